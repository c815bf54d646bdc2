"""Collect the texts of code and templates and bring the nb and nn catalogues up to date.

Message ids are the English texts, so English needs no catalogue. Nothing is guessed: a new text
stands untranslated until a person has written it, and the test suite says which.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path("consult/translations")
POT = FOLDER / "messages.pot"
BABEL = [sys.executable, "-m", "babel.messages.frontend"]
KEYWORDS = ["_", "_l", "N_", "_n:1,2", "pgettext:1c,2", "ngettext:1,2", "gettext"]


def run(*arguments: str) -> None:
    subprocess.run([*BABEL, *arguments], check=True)


keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
run(
    "-q",
    "extract",
    "-F",
    "babel.cfg",
    "--no-location",
    "--sort-output",
    "--omit-header",
    *keywords,
    "-o",
    str(POT),
    "consult",
)
for locale in ("nb", "nn"):
    po = FOLDER / locale / "LC_MESSAGES" / "messages.po"
    if po.exists():
        run(
            "-q",
            "update",
            "-i",
            str(POT),
            "-d",
            str(FOLDER),
            "-l",
            locale,
            "--no-fuzzy-matching",
            "--ignore-obsolete",
            "--omit-header",
        )
    else:
        run("-q", "init", "-i", str(POT), "-d", str(FOLDER), "-l", locale)
POT.unlink()
