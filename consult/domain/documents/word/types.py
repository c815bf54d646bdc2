"""A document that goes out as Word and comes back edited, as values."""

import datetime as dt
import re
from dataclasses import dataclass

from consult.kernel.ids import content_digest
from consult.kernel.text.rich.types import EMPTY, RichText

END = "consult__end"
"""The bookmark where the sections end and the signatories begin."""


@dataclass(frozen=True, slots=True)
class WordSection:
    """A part of a document with a key that finds it again when it comes back.

    Attributes:
        key: Whatever the caller knows it by.
        title: Its heading; without one it has none.
        text: What stands in it; headings in it stand below its own.
        level: The level of its heading, 1 or 2.
    """

    key: str
    title: str
    text: RichText = EMPTY
    level: int = 1

    @property
    def bookmark(self) -> str:
        """The name of its bookmark: letters, digits and ``_``, 40 at most, as Word has it."""
        plain = re.sub(r"[^A-Za-z0-9_]", "_", self.key)
        if plain == self.key and len(plain) <= 30:
            return f"consult_{plain}"
        return f"consult_{plain[:20]}_{content_digest(self.key.encode())[:8]}"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands over a letter. Sender and recipient are lines: name, address."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date: dt.date
    our_reference: str = ""
    your_reference: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs; ``on_behalf_of`` names whom a deputy signs for."""

    name: str
    title: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A document to be written.

    Attributes:
        title: The subject: its title and what it is called among files.
        author: Whose document it is.
        language: Of the text, as ``nb``, ``nn``, ``se`` or ``en``.
        made_at: Noted in the file.
        identifier: Kept in the file's properties, to tell what came back.
    """

    title: str
    author: str
    language: str
    made_at: dt.datetime
    sections: tuple[WordSection, ...]
    letterhead: Letterhead | None = None
    signatories: tuple[Signatory, ...] = ()
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment in the margin and the words it is about."""

    author: str
    text: str
    quoted: str


@dataclass(frozen=True, slots=True)
class EditedSection:
    """A section as it came back.

    Attributes:
        key: The section it is; ``None`` where it could not be told.
        title: Its heading as it now is.
        text: With every tracked change accepted; without evidence.
        authors: Who tracked changes in it, in order of first appearance.
        comments: In reading order.
    """

    key: str | None
    title: str
    text: RichText
    authors: tuple[str, ...] = ()
    comments: tuple[WordComment, ...] = ()


@dataclass(frozen=True, slots=True)
class WordEdits:
    """An edited document: the sections that were found, in reading order, and what was not.

    ``missing`` are the keys of sections that are not there any more; ``unplaced`` is text that
    belongs to no known section.
    """

    sections: tuple[EditedSection, ...]
    missing: tuple[str, ...] = ()
    unplaced: tuple[EditedSection, ...] = ()
