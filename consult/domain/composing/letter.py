"""A frozen text as a letter: the document tree for PDF, and the same letter for Word."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.domain.composing.frozen import short_code
from consult.domain.composing.types import FrozenPart, FrozenText
from consult.domain.documents.building.rich import RichBlocks
from consult.domain.documents.types import (
    Block,
    Definition,
    DefinitionList,
    Document,
    DocumentKind,
    Fact,
    ItemList,
    ListItem,
    Numbered,
    Paragraph,
    Section,
    Strong,
    Text,
)
from consult.domain.documents.word.types import (
    Letterhead,
    Signatory,
    WordDocument,
    WordSection,
)
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    MODIFIER_LABELS,
    STANCE_LABELS,
    Signer,
    Stance,
    StanceModifier,
)
from consult.kernel.i18n import N_, choose_locale, translator
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.types import Block as RichBlock
from consult.kernel.text.rich.types import Kind, Marks, RichText
from consult.kernel.text.rich.types import Text as RichWords


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """What stands around the text of a letter.

    Attributes:
        day: The letter's date.
        signers: Who signed, with the titles that are printed.
        behind: Further bodies that stand behind it, in words.
        attachments: Their titles, in order.
        digest: The fingerprint of the text that was signed; empty for a draft.
        status: What it is besides final: "Provisional", "Draft".
        on_behalf_of: In whose name the sender writes; empty for its own.
    """

    day: dt.date
    signers: tuple[Signer, ...] = ()
    behind: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    digest: str = ""
    status: str = ""
    on_behalf_of: str = ""


def build_letter(text: FrozenText, frame: LetterFrame) -> Document:
    """The letter as a document, in its own language."""
    head, locale = text.head, choose_locale(text.head.language)
    say = translator(locale).gettext
    references = ((say(N_("Your ref.")), head.their_ref), (say(N_("Our ref.")), head.our_ref))
    blocks: list[Block] = [Paragraph((Text(line),)) for line in _lines(head.basis)]
    notes = []
    for number, part in enumerate(written_parts(text.parts), 1):
        writer = RichBlocks(f"part-{number}")
        body = (*_stance_blocks(part, locale), *writer.blocks(from_json(part.body)))
        notes += writer.notes
        if part.title:
            blocks.append(Section(f"part-{number}", part.title, body, Numbered.NO))
        else:
            blocks += body
    return Document(
        kind=DocumentKind.LETTER,
        title=head.title,
        subtitle=head.recipient,
        publisher=" ".join(_sender_lines(head.sender, frame, locale)),
        language=locale,
        date=frame.day,
        status=frame.status,
        facts=tuple(Fact(label, value) for label, value in references if value),
        blocks=(*blocks, *_ending(frame, locale)),
        footnotes=tuple(notes),
        contents=False,
    )


def word_letter(text: FrozenText, frame: LetterFrame, *, made_at: dt.datetime) -> WordDocument:
    """The same letter for Word, with the titles as they are printed."""
    head, locale = text.head, choose_locale(text.head.language)
    say = translator(locale).gettext
    sections = [WordSection("basis", "", _plain(_lines(head.basis)))] if head.basis else []
    for part in written_parts(text.parts):
        lead = stance_in_words(part.stance, part.modifiers, locale)
        body = from_json(part.body).blocks
        if lead:
            body = (_strong(lead), *body)
        if part.no_comments:
            body = (*body, *_plain([say(N_("No comments"))]).blocks)
        sections.append(WordSection(part.key, part.title, RichText(body)))
    if frame.attachments:
        items = (RichBlock(Kind.NUMBER, (RichWords(one),), depth=1) for one in frame.attachments)
        sections.append(WordSection("attachments", say(N_("Attachments")), RichText(tuple(items))))
    return WordDocument(
        title=head.title,
        author=head.sender,
        language=locale,
        made_at=made_at,
        sections=tuple(sections),
        letterhead=Letterhead(
            sender=_sender_lines(head.sender, frame, locale),
            recipient=tuple(_lines(head.recipient)),
            date=frame.day,
            our_reference=head.our_ref,
            your_reference=head.their_ref,
        ),
        signatories=tuple(Signatory(one.name, one.title or "") for one in frame.signers),
    )


def _sender_lines(sender: str, frame: LetterFrame, locale: str) -> tuple[str, ...]:
    """Who writes, and in whose name."""
    if not frame.on_behalf_of:
        return (sender,)
    say = translator(locale).gettext
    return (sender, say(N_("on behalf of %(name)s")) % {"name": frame.on_behalf_of})


def written_parts(parts: Iterable[FrozenPart]) -> list[FrozenPart]:
    """The parts that say something: an empty one is not printed and not sent."""
    return [
        part
        for part in parts
        if part.stance or part.no_comments or part.heading or from_json(part.body).blocks
    ]


def stance_in_words(
    stance: Stance | None, modifiers: Sequence[StanceModifier], language: str
) -> str:
    """A stance and what goes with it, as the letter says it; empty for none."""
    if stance is None:
        return ""
    say = translator(choose_locale(language)).gettext
    labels = [ASKED_STANCE_LABELS.get(stance, STANCE_LABELS[stance])]
    labels += [MODIFIER_LABELS[one] for one in modifiers]
    return ", ".join(say(label) for label in labels)


def _stance_blocks(part: FrozenPart, locale: str) -> list[Block]:
    words = [stance_in_words(part.stance, part.modifiers, locale)]
    if part.no_comments and part.stance is not Stance.NO_COMMENTS:
        words.append(translator(locale).gettext(N_("No comments")))
    return [Paragraph((Strong((Text(one),)),)) for one in words if one]


def _ending(frame: LetterFrame, locale: str) -> list[Block]:
    """Who signed, who else stands behind it, the fingerprint, and what is attached."""
    say = translator(locale).gettext
    blocks: list[Block] = []
    if frame.signers:
        named = tuple(
            Definition(one.name, (Paragraph((Text(one.title),)),) if one.title else ())
            for one in frame.signers
        )
        blocks.append(DefinitionList(named))
    if frame.behind:
        blocks.append(
            Section("behind", say(N_("Together with")), (_item_list(frame.behind),), Numbered.NO)
        )
    if frame.digest and frame.signers:
        text = say(N_("Signed electronically. Code of the signed text: %(code)s"))
        blocks.append(Paragraph((Text(text % {"code": short_code(frame.digest)}),)))
    if frame.attachments:
        items = _item_list(frame.attachments, ordered=True)
        blocks.append(Section("attachments", say(N_("Attachments")), (items,), Numbered.NO))
    return blocks


def _item_list(texts: Iterable[str], *, ordered: bool = False) -> ItemList:
    items = tuple(ListItem((Paragraph((Text(one),)),)) for one in texts)
    return ItemList(items, ordered=ordered)


def _plain(lines: Iterable[str]) -> RichText:
    return RichText(tuple(RichBlock(Kind.PARAGRAPH, (RichWords(line),)) for line in lines))


def _strong(words: str) -> RichBlock:
    return RichBlock(Kind.PARAGRAPH, (RichWords(words, Marks(strong=True)),))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
