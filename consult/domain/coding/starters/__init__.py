"""Codebooks to begin with: written for fields that come again and again, to be changed freely."""

import tomllib
from pathlib import Path

from consult.kernel.i18n import N_

STARTERS: dict[str, str] = {
    "participation": N_("User participation"),
    "working-life": N_("Working life and co-determination"),
    "welfare": N_("Welfare services"),
}
"""What each is about, by the name of its file."""

LANGUAGES = ("nb", "nn")
"""What each is written in."""


def starter_themes(name: str, language: str) -> list[str]:
    """The names of the outermost themes of a starter codebook."""
    tables = tomllib.loads(starter_text(name, language))["themes"]
    return [table["name"] for table in tables if "parent" not in table]


def starter_text(name: str, language: str) -> str:
    """A starter codebook as TOML. Raises ``KeyError`` for one that there is not."""
    if name not in STARTERS or language not in LANGUAGES:
        raise KeyError(name)
    return (Path(__file__).parent / f"{name}.{language}.toml").read_text(encoding="utf-8")
