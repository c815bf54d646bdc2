"""Taking in a Word file that came back: its changes as suggestions, its comments as threads."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.errors import AlreadyTakenIn
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.lettering import BASIS, lead_of, part_key_of, sections_of
from consult.domain.composing.models import NamedVersion, Part, Suggestion, WordReturn
from consult.domain.composing.queries import list_parts
from consult.domain.composing.returned import blocks_of, body_in, find_same_file
from consult.domain.composing.service.discussing import take_in_comment
from consult.domain.composing.types import PartKind, SuggestionKind, SuggestionStatus
from consult.domain.documents.word.placing import read_docx_edits
from consult.domain.documents.word.types import EditedSection
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore
from consult.kernel.i18n import N_, choose_locale, translator
from consult.kernel.ids import content_digest
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.suggesting import suggest
from consult.kernel.text.rich.types import EMPTY, Block, Kind, RichText, Text

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.composing.types import FrozenPart, FrozenText

_SAME_LINE = 60
"""From how alike, of 100, the first line of a part is taken for the stance that stood there."""


@dataclass
class _Taking:
    """A file being taken in."""

    returned: WordReturn
    text: "FrozenText"
    parts: dict[str, Part]
    by: Actor


def take_in_word(
    version: NamedVersion,
    content: bytes,
    *,
    filename: str,
    files: FileStore,
    by: Actor,
    at: datetime | None = None,
) -> WordReturn:
    """Keep a Word file unchanged, and lay what differs from a version beside the text.

    Nothing in the text is changed. What belongs to no part is kept as suggestions without a place.

    Args:
        version: What had gone out.
        content: The file.
        filename: Its name.
        files: Where it is kept.
        by: Who takes it in.
        at: When, if not now.

    Raises:
        AlreadyTakenIn: The same file has come back before.
        IntakeError: It is no Word file, or one that must not be opened.
        RichTextTooLarge: A part is longer than a text may be.
    """
    composition = version.composition
    same = find_same_file(composition.id, content_digest(content))
    if same is not None:
        raise AlreadyTakenIn(same.public_id)
    text = unfreeze(version.content)
    edits = read_docx_edits(content, filename=filename, sections=sections_of(text))
    returned = WordReturn(
        composition=composition,
        version=version,
        filename=filename[-255:],
        digest=files.save(content),
        size=len(content),
        returned_at=at or utc_now(),
        returned_by=by.reference,
        texts={},
        missing=[key for one in edits.missing if (key := part_key_of(one)) is not None],
    )
    session().add(returned)
    taking = _Taking(returned, text, {part.key: part for part in list_parts(composition.id)}, by)
    for section in edits.sections:
        _take_section(taking, section)
    for section in edits.unplaced:
        _take_unplaced(taking, section)
    session().flush()
    _log(composition, returned, by=by)
    return returned


def _take_section(taking: _Taking, section: EditedSection) -> None:
    key = part_key_of(section.key)
    part = taking.parts.get(key or "")
    frozen = next((one for one in taking.text.parts if one.key == key), None)
    if key is None or part is None or frozen is None:
        is_same = section.key == BASIS and _words(section.text) == [taking.text.head.basis]
        if not is_same:
            _take_unplaced(taking, section)
        return
    body, told = _without_lead(section.text, frozen, taking.text.head.language)
    changes = suggest(body_in(taking.text, key), body)
    if changes:
        taking.returned.texts = {**taking.returned.texts, key: to_tree(body)}
    author = ", ".join(section.authors)[:200] or None
    for number, change in enumerate(changes):
        taking.returned.suggestions.append(
            Suggestion(
                part=part,
                position=len(taking.returned.suggestions),
                block=number,
                kind=SuggestionKind(change.action.value),
                before=to_tree(blocks_of(change.before)),
                after=to_tree(blocks_of(change.after)),
                author=author,
                status=SuggestionStatus.OPEN,
            )
        )
    _take_comments(section, part, by=taking.by)
    for words in (told, _new_heading(section, frozen, taking.text.head.language)):
        if words:
            take_in_comment(part, words, quote="", author=author or "", by=taking.by)


def _take_unplaced(taking: _Taking, section: EditedSection) -> None:
    """Keep what belongs to no part, and hang its comments on the first part."""
    heading = (Block(Kind.HEADING, (Text(section.title),)),) if section.title else ()
    whole = RichText((*heading, *section.text.blocks))
    if whole.blocks:
        taking.returned.suggestions.append(
            Suggestion(
                position=len(taking.returned.suggestions),
                kind=SuggestionKind.INSERT,
                before=to_tree(EMPTY),
                after=to_tree(whole),
                author=", ".join(section.authors)[:200] or None,
                status=SuggestionStatus.OPEN,
            )
        )
    if taking.parts:
        _take_comments(section, next(iter(taking.parts.values())), by=taking.by)


def _take_comments(section: EditedSection, part: Part, *, by: Actor) -> None:
    for comment in section.comments:
        if comment.text.strip():
            take_in_comment(part, comment.text, quote=comment.quoted, author=comment.author, by=by)


def _without_lead(text: RichText, frozen: "FrozenPart", language: str) -> tuple[RichText, str]:
    """The part's own text, and what became of the line with its stance if it was changed."""
    blocks = list(text.blocks)
    for line in lead_of(frozen, language):
        if not blocks:
            break
        found = blocks[0].words.strip()
        if found == line.words:
            del blocks[0]
        elif fuzz.ratio(found.casefold(), line.words.casefold()) >= _SAME_LINE:
            del blocks[0]
            say = translator(choose_locale(language)).gettext
            told = say(N_("In Word, “%(before)s” was changed to “%(after)s”."))
            return RichText(tuple(blocks)), told % {"before": line.words, "after": found}
    return RichText(tuple(blocks)), ""


def _new_heading(section: EditedSection, frozen: "FrozenPart", language: str) -> str:
    """What is said of a heading that was changed; headings are not changed by suggestions."""
    old = " ".join(frozen.title.split())
    is_own = frozen.kind is PartKind.OWN
    if not is_own or not section.title or section.title == old:
        return ""
    told = translator(choose_locale(language)).gettext(
        N_("In Word, “%(before)s” was changed to “%(after)s”.")
    )
    return told % {"before": old, "after": section.title}


def _words(text: RichText) -> list[str]:
    return [" ".join(block.words.split()) for block in text.blocks]


def _log(composition: "Composition", returned: WordReturn, *, by: Actor) -> None:
    record(
        Tag.WORD_TAKEN_IN,
        subject=returned.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={
            "digest": returned.digest,
            "version": returned.version.number,
            "suggestions": len(returned.suggestions),
        },
    )
