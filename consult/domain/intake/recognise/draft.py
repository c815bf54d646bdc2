"""What every format is read into before it is interpreted: paragraphs with the looks they had."""

from dataclasses import dataclass, replace

from consult.domain.intake.types import IntakeWarning


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as it stands in the file.

    Attributes:
        lines: its lay-out lines; a tab marks a wide gap, as between columns.
        page: the page it starts on, from 1, where known.
        level: 0 for a title's style, 1 and up for a heading's, ``None`` without such a style.
        strong: all of it is bold.
        underlined: all of it is underlined.
        scale: the size of its letters as a share of the body text's.
        lead: how many characters at its start are bold while the rest is not (a run-in heading).
        list_level: the nesting the format itself states for a list item, from 0.
        number: the number the format itself gives a heading or item.
        mark_style: what the marks of its list have in common, where the lay-out shows one.
        indent: where its mark stands, in points or characters.
        cell: table, row and column, where it stands in a table.
        notes: its footnotes.
        furniture: it repeats on pages: a running header or footer, a page number.
    """

    lines: tuple[str, ...]
    page: int | None = None
    level: int | None = None
    strong: bool = False
    underlined: bool = False
    scale: float = 1.0
    lead: int = 0
    list_level: int | None = None
    number: str | None = None
    mark_style: str | None = None
    indent: float = 0.0
    cell: tuple[int, int, int] | None = None
    notes: tuple[str, ...] = ()
    furniture: bool = False

    @property
    def flat(self) -> str:
        """The text on one line, hyphens at line ends left as they are."""
        return " ".join(" ".join(self.lines).split())

    def with_lines(self, *lines: str) -> "Draft":
        """The same paragraph with other lines."""
        return replace(self, lines=lines)


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A file's paragraphs in reading order.

    ``wrapped`` tells that line breaks come from the lay-out and mean nothing; otherwise the
    writer set them. ``indent_tolerance`` is how far indents may differ and still be the same.
    """

    media_type: str
    drafts: tuple[Draft, ...]
    page_count: int | None = None
    warnings: tuple[IntakeWarning, ...] = ()
    indent_tolerance: float = 1.0
    wrapped: bool = False


def is_contents_style(name: str) -> bool:
    """Whether a style belongs to a table of contents, which repeats what stands elsewhere."""
    folded = name.casefold().replace("_20_", " ").strip()
    return folded.startswith(("toc ", "inh ", "innholdsfortegnelse", "contents ", "inhalt"))
