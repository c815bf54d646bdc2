"""Collect the texts of code and templates and bring the nb and nn catalogues up to date.

Message ids are the English texts, so English needs no catalogue. Nothing is guessed: a new text
stands untranslated until a person has written it, and the test suite says which.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CONSULT = Path(__file__).parent.parent / "consult"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORD_SPEC = {
    "_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "_n": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def collect() -> Catalog:
    """Every text in the code, without file names, so that moving code changes no catalogue."""
    template = Catalog(charset="utf-8")
    found = extract_from_dir(
        CONSULT, METHODS, options_map={"**": {"trimmed": "true"}}, keywords=KEYWORD_SPEC
    )
    for _file, _line, message, _comments, context in found:
        template.add(message, context=context)
    return template


def update() -> None:
    """Bring both catalogues up to date and say how much is left to translate."""
    template = collect()
    for locale in ("nb", "nn"):
        po = CONSULT / "translations" / locale / "LC_MESSAGES" / "messages.po"
        catalogue = Catalog(locale=locale, charset="utf-8")
        if po.exists():
            with po.open("rb") as source:
                catalogue = read_po(source, locale=locale)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        po.parent.mkdir(parents=True, exist_ok=True)
        with po.open("wb") as target:
            write_po(target, catalogue, sort_output=True, no_location=True, omit_header=True,
                     ignore_obsolete=True, width=100)  # fmt: skip
        missing = [m.id for m in catalogue if m.id and not (any(m.string) if m.string else False)]
        print(f"{locale}: {len(catalogue)} texts, {len(missing)} to translate")


if __name__ == "__main__":
    update()
