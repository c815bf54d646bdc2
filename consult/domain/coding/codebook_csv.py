"""Codebooks as CSV: one theme per row, examples one per line within their cell."""

from collections.abc import Mapping, Sequence

from consult.domain.coding.codebook_entries import CodebookFile, Entry
from consult.domain.coding.types import Colour
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
    problems = [f"row 1: unknown column {name!r}" for name in header if name not in COLUMNS]
    if "name" not in header:
        problems.append("row 1: the column 'name' is missing")
    if problems:
        return CodebookFile((), tuple(problems))
    entries = []
    called: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        entry = _entry(f"row {number}", row, called, with_examples="examples" in header)
        if row.get("colour", "").strip() not in {"", *Colour}:
            problems.append(f"{entry.place}: colour must be one of {', '.join(Colour)}")
        called.setdefault(entry.name, entry.called)
        entries.append(entry)
    if not entries:
        problems.append("row 1: the file has no themes")
    return CodebookFile(tuple(entries), tuple(problems))


def _entry(
    place: str, row: Mapping[str, str], called: Mapping[str, str], *, with_examples: bool
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
