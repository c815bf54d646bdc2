"""Codebooks as CSV: one theme per row, examples one per line within their cell."""

from collections.abc import Mapping, Sequence

from consult.domain.coding.codebook_entries import (
    CodebookFile,
    Entry,
    Fault,
    at_row,
    fault_at,
    wrong_colour,
)
from consult.domain.coding.types import Colour
from consult.kernel.i18n import N_
from consult.kernel.text.spreadsheet import read_csv, write_csv

COLUMNS = ("key", "parent", "name", "definition", "include", "exclude", "examples", "colour")


def write_codebook_csv(entries: Sequence[Entry]) -> str:
    """Themes as a table, parents before their children."""
    rows = [
        (
            entry.key,
            entry.parent,
            entry.name,
            entry.definition,
            entry.include,
            entry.exclude,
            "\n".join(entry.examples or ()),
            entry.colour.value,
        )
        for entry in entries
    ]
    return write_csv(COLUMNS, rows)


def read_codebook_csv(text: str) -> CodebookFile:
    """The themes of a table; only the name is needed. Row 1 is the header.

    A theme without a key gets one from its name; ``parent`` is the key of a theme, or the name of
    one that stands before it.
    """
    header, rows = read_csv(text)
    unknown = [name for name in header if name not in COLUMNS]
    problems = [_in_header(N_("there is no column “%(name)s”"), name) for name in unknown]
    if "name" not in header:
        problems.append(_in_header(N_("the column “%(name)s” is missing"), "name"))
    if problems:
        return CodebookFile((), tuple(problems))
    entries = []
    called: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        entry = _entry(at_row(number), row, called, with_examples="examples" in header)
        if row.get("colour", "").strip() not in {"", *Colour}:
            problems.append(fault_at(entry.place, wrong_colour()))
        called.setdefault(entry.name, entry.called)
        entries.append(entry)
    if not entries:
        problems.append(fault_at(at_row(1), Fault(N_("the file has no themes"))))
    return CodebookFile(tuple(entries), tuple(problems))


def _in_header(message: str, name: str) -> Fault:
    return fault_at(at_row(1), Fault(message, name=name))


def _entry(
    place: Fault, row: Mapping[str, str], called: Mapping[str, str], *, with_examples: bool
) -> Entry:
    colour = row.get("colour", "").strip()
    parent = row.get("parent", "").strip()
    lines = (line.strip() for line in row.get("examples", "").splitlines())
    return Entry(
        place=place,
        name=" ".join(row["name"].split()),
        colour=Colour(colour) if colour in set(Colour) else Colour.GREY,
        key=row.get("key", "").strip() or None,
        parent=called.get(parent, parent) or None,
        definition=row.get("definition", ""),
        include=row.get("include", ""),
        exclude=row.get("exclude", ""),
        examples=tuple(line for line in lines if line) if with_examples else None,
    )
