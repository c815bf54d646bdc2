"""A codebook on its way in or out, whatever the file is: its themes in order, and where they stand.

Also the words of a theme as one text, which is all that other programs have room for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID, uuid5

from consult.domain.coding.types import Colour
from consult.kernel.i18n import N_

MAX_LINE_LENGTH = 1000
"""Characters of an example that is written as a line."""

_GUIDS = UUID("4f1d3c2a-9b57-4c0e-8d7a-2f6e5b0c91a3")
"""What the GUIDs of our themes are made from; never to be changed."""

_LABELS = {
    "en": ("Include", "Exclude", "Examples"),
    "nb": ("Ta med", "Ikke ta med", "Eksempler"),
    "nn": ("Ta med", "Ikkje ta med", "Døme"),
}


class Fault(str):
    """What is wrong with a file: a text in English that can be told in other languages too.

    Attributes:
        message: The English message id.
        values: What it speaks of; faults among them are told in the same language.
    """

    __slots__ = ("message", "values")

    message: str
    values: dict[str, object]

    def __new__(cls, message: str, **values: object) -> Self:
        """The message with its values in place."""
        fault = super().__new__(cls, message % values)
        fault.message, fault.values = message, values
        return fault

    def tell(self, translate: Callable[[str], str]) -> str:
        """The same in the language that ``translate`` gives message ids in."""
        values = {
            name: value.tell(translate) if isinstance(value, Fault) else value
            for name, value in self.values.items()
        }
        return translate(self.message) % values


def at_line(number: int) -> Fault:
    """A line of a file."""
    return Fault(N_("line %(number)s"), number=number)


def at_row(number: int) -> Fault:
    """A row of a table."""
    return Fault(N_("row %(number)s"), number=number)


def wrong_colour() -> Fault:
    """That a colour is none of those a theme may have."""
    return Fault(N_("colour must be one of %(colours)s"), colours=", ".join(Colour))


def fault_at(place: str, problem: str) -> Fault:
    """What is wrong, and where."""
    return Fault("%(place)s: %(problem)s", place=place, problem=problem)


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme as a file tells of it.

    Attributes:
        place: Where in the file it stands, as its reader would say it: "line 12".
        key: Its key, where the file has keys.
        parent: What the file calls the theme it stands under: key, GUID or name.
        examples: Lines; ``None`` where the file says nothing of examples.
    """

    place: Fault
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
    problems: tuple[Fault, ...] = ()


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
