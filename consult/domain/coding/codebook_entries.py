"""A codebook on its way in or out, whatever the file is: its themes in order, and where they stand.

Also the words of a theme as one text, which is all that other programs have room for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from consult.domain.coding.types import Colour

MAX_LINE_LENGTH = 1000
"""Characters of an example that is written as a line."""

_GUIDS = UUID("4f1d3c2a-9b57-4c0e-8d7a-2f6e5b0c91a3")
"""What the GUIDs of our themes are made from; never to be changed."""

_LABELS = {
    "en": ("Include", "Exclude", "Examples"),
    "nb": ("Ta med", "Ikke ta med", "Eksempler"),
    "nn": ("Ta med", "Ikkje ta med", "Døme"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme as a file tells of it.

    Attributes:
        place: Where in the file it stands, as its reader would say it: "line 12".
        key: Its key, where the file has keys.
        parent: What the file calls the theme it stands under: key, GUID or name.
        examples: Lines; ``None`` where the file says nothing of examples.
    """

    place: str
    name: str
    colour: Colour
    key: str | None = None
    guid: str | None = None
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] | None = None

    @property
    def called(self) -> str:
        """What the file calls it where another theme stands under it."""
        return self.key or self.guid or self.name


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """What was read from a file: themes, parents before their children, and what is wrong."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()


def guid_of(public_id: str, guid: str | None) -> str:
    """The GUID of a theme: the one it came with, or one that is the same in every export."""
    return guid or str(uuid5(_GUIDS, public_id))


def normal_guid(text: str) -> str:
    """A GUID in lower case without braces. Raises ``ValueError`` for anything else."""
    bare = text.strip()
    if bare.startswith("{") and bare.endswith("}"):
        bare = bare[1:-1]
    if len(bare) != 36:
        raise ValueError("not a GUID")
    return str(UUID(bare))


def join_words(
    definition: str, include: str, exclude: str, examples: Sequence[str], *, language: str
) -> str:
    """Everything that a theme says as one text, each part under its heading."""
    labels = _LABELS.get(language, _LABELS["en"])
    lines = "\n".join(f"- {line}" for line in examples)
    parts = [definition] if definition else []
    for label, words in zip(labels, (include, exclude, lines), strict=True):
        if words:
            parts.append(f"{label}:\n{words}")
    return "\n\n".join(parts)


def split_words(text: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Definition, include, exclude and examples of such a text; any other is a definition."""
    headings = {
        f"{label}:": index for labels in _LABELS.values() for index, label in enumerate(labels, 1)
    }
    parts: list[list[str]] = [[], [], [], []]
    current = 0
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() in headings:
            current = headings[line.strip()]
        else:
            parts[current].append(line)
    definition, include, exclude, examples = ("\n".join(lines).strip() for lines in parts)
    written = (line.strip().removeprefix("- ").strip() for line in examples.split("\n"))
    return definition, include, exclude, tuple(line for line in written if line)
