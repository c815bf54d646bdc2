"""A frozen text as a Word document for those who read it before it is signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.composing.types import FrozenPart, FrozenText
from consult.domain.documents.word.types import Letterhead, WordDocument, WordSection
from consult.domain.submissions.types import ASKED_STANCE_LABELS, MODIFIER_LABELS, STANCE_LABELS
from consult.kernel.i18n import N_, choose_locale, translator
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.types import Block, Kind, Marks, RichText, Text

BASIS = "basis"
ANNEX = "annex"
_OF_PARTS = "part."
"""What the keys of sections that are parts begin with."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A passage that a part rests on: whose, and in which words."""

    name: str
    quote: str


def make_document(
    text: FrozenText,
    *,
    identifier: str,
    made_at: datetime,
    today: date,
    is_confidential: bool = False,
    rests: Mapping[str, Sequence[Rest]] | None = None,
) -> WordDocument:
    """The letter with its head, every part under its heading, and its stances in words.

    Args:
        text: The text.
        identifier: Kept in the file, so that it is known again when it comes back.
        made_at: Noted in the file.
        today: The letter's date where it has none of its own.
        is_confidential: Whether it is marked as not for others.
        rests: What each part rests on, by its key, for an annex; no annex without.
    """
    head = text.head
    say = translator(choose_locale(head.language)).gettext
    mark = [say(N_("DRAFT – confidential, not for anybody outside"))] if is_confidential else []
    return WordDocument(
        title=head.title,
        author=head.sender,
        language=head.language,
        made_at=made_at,
        sections=(*sections_of(text), *_annex(text, rests or {})),
        letterhead=Letterhead(
            sender=(*mark, head.sender),
            recipient=(head.recipient,) if head.recipient else (),
            date=head.document_date or today,
            our_reference=head.our_ref,
            your_reference=head.their_ref,
        ),
        identifier=identifier,
    )


def sections_of(text: FrozenText) -> tuple[WordSection, ...]:
    """How members were heard, and the parts in order; these are found again in a file."""
    basis = [WordSection(BASIS, "", RichText((_paragraph(text.head.basis),)))]
    parts = (
        WordSection(
            f"{_OF_PARTS}{part.key}",
            part.title,
            RichText((*lead_of(part, text.head.language), *from_json(part.body).blocks)),
        )
        for part in text.parts
    )
    return (*(basis if text.head.basis else ()), *parts)


def part_key_of(section_key: str | None) -> str | None:
    """Which part a section is; ``None`` for those that are none."""
    if section_key is None or not section_key.startswith(_OF_PARTS):
        return None
    return section_key.removeprefix(_OF_PARTS)


def lead_of(part: FrozenPart, language: str) -> tuple[Block, ...]:
    """What stands above a part's text in the file: its stance in words, or that we say nothing."""
    say = translator(choose_locale(language)).gettext
    lines = []
    if part.stance is not None:
        labels = [ASKED_STANCE_LABELS.get(part.stance, STANCE_LABELS[part.stance])]
        labels += [MODIFIER_LABELS[one] for one in part.modifiers]
        words = ", ".join(say(label) for label in labels)
        lines.append(say(N_("Our stance: %(stance)s")) % {"stance": words})
    if part.no_comments:
        lines.append(say(N_("No comments")))
    return tuple(_paragraph(line, Marks(strong=True)) for line in lines)


def _annex(text: FrozenText, rests: Mapping[str, Sequence[Rest]]) -> Iterable[WordSection]:
    say = translator(choose_locale(text.head.language)).gettext
    blocks = []
    for part in text.parts:
        if part.key in rests:
            title = part.title or say(N_("The introduction"))
            blocks.append(Block(Kind.HEADING, (Text(title),)))
            blocks += [
                Block(Kind.BULLET, (Text(one.name, Marks(strong=True)), Text(f": {one.quote}")), 1)
                for one in rests[part.key]
            ]
    if blocks:
        title = say(N_("Annex: what the text rests on"))
        yield WordSection(ANNEX, title, RichText(tuple(blocks)))


def _paragraph(words: str, marks: Marks | None = None) -> Block:
    return Block(Kind.PARAGRAPH, (Text(words, marks or Marks()),))
