"""Shapes an import in progress for its pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk.forms.intake import place_title, role_code
from consult.blueprints.shared.context import current_locale
from consult.domain.intake.correcting import LETTER_ROLES, Mapped
from consult.domain.intake.queries import Place
from consult.domain.intake.service.registering import ImportSummary
from consult.domain.intake.types import (
    GENERAL,
    LEFT_OUT,
    Assignment,
    BlockRole,
    IntakeWarning,
    RecognisedBlock,
    TargetKind,
)
from consult.kernel.i18n import N_, localised_language

BLOCKS_PER_PAGE = 150
_SURE_ENOUGH = 0.7

ROLE_LABELS: dict[BlockRole, str] = {
    BlockRole.LETTERHEAD: N_("Letterhead"),
    BlockRole.TITLE: N_("Title"),
    BlockRole.HEADING: N_("Heading"),
    BlockRole.PARAGRAPH: N_("Paragraph"),
    BlockRole.BULLET: N_("Bullet"),
    BlockRole.CLOSING: N_("Closing"),
    BlockRole.SIGNATURE: N_("Signature"),
    BlockRole.PAGE_FURNITURE: N_("Page header or number"),
}

WARNING_LABELS: dict[IntakeWarning, str] = {
    IntakeWarning.WRONG_EXTENSION: N_("The file's name ends in another way than its content says."),
    IntakeWarning.PAGES_WITHOUT_TEXT: N_("Some pages hold pictures only. Read them yourself."),
    IntakeWarning.TRACKED_CHANGES: N_(
        "The document holds tracked changes. The text is shown as if they were accepted."
    ),
    IntakeWarning.ENCODING_GUESSED: N_(
        "The file does not say how its letters are stored. Check æ, ø and å."
    ),
    IntakeWarning.NO_HEADINGS: N_("We found no headings. Place the parts yourself."),
    IntakeWarning.NO_SIGNATORY: N_("We found nobody who signed."),
    IntakeWarning.NUMBER_REMOVED: N_(
        "Identity numbers were taken out of the text: “[…]” stands in their place. The file itself "
        "is not kept."
    ),
}


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block of the document with what may be changed of it.

    Attributes:
        roles: Choices for what it is, as (value, text).
        role: The value that holds now.
        rows: How many lines its text field shows.
    """

    index: int
    kind: str
    label: str
    text: str
    number: str | None
    level: int
    page: int | None
    target: str
    is_uncertain: bool
    role: str
    roles: list[tuple[str, str]]
    rows: int


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place in the list of where a block can belong; ``lang`` where it is not the page's."""

    key: str
    text: str
    lang: str | None = None


def block_rows(mapped: Mapped, *, offset: int, limit: int) -> list[BlockRow]:
    """The blocks of one page of the preview."""
    pairs = zip(mapped.document.blocks, mapped.assignments, strict=True)
    rows = [_block_row(index, block, one) for index, (block, one) in enumerate(pairs)]
    return rows[offset : offset + limit]


def _block_row(index: int, block: RecognisedBlock, assignment: Assignment) -> BlockRow:
    role = role_code(block.role, block.level)
    roles = _role_choices()
    if role not in {value for value, _text in roles}:
        label = _(ROLE_LABELS[block.role])
        roles.append((role, f"{label} {block.level}" if block.level else label))
    return BlockRow(
        index=index,
        kind=block.role.value,
        label=_(ROLE_LABELS[block.role]),
        text=block.text,
        number=block.number,
        level=min(block.level, 4),
        page=block.page,
        target=assignment.target,
        is_uncertain=(block.role is BlockRole.HEADING and assignment.confidence < _SURE_ENOUGH),
        role=role,
        roles=roles,
        rows=min(12, 2 + len(block.text) // 70),
    )


def _role_choices() -> list[tuple[str, str]]:
    return [
        (role_code(BlockRole.HEADING, 1), _("Heading")),
        (role_code(BlockRole.HEADING, 2), _("Heading under a heading")),
        (role_code(BlockRole.PARAGRAPH, 0), _("Paragraph")),
        (role_code(BlockRole.BULLET, 0), _("Bullet")),
        (role_code(BlockRole.BULLET, 1), _("Bullet under a bullet")),
        *((role_code(role, 0), _(ROLE_LABELS[role])) for role in BlockRole if role in LETTER_ROLES),
    ]


def place_choices(places: Sequence[Place]) -> dict[str, list[PlaceChoice]]:
    """Where a block can belong, in groups by their heading."""
    groups = {
        _("Not at one place"): [
            PlaceChoice(GENERAL, _("The consultation as a whole")),
            PlaceChoice(LEFT_OUT, _("Left out of the answer")),
        ]
    }
    headings = {TargetKind.QUESTION: _("Questions"), TargetKind.PROPOSAL: _("Proposals")}
    for kind, heading in headings.items():
        choices = [place_choice(place) for place in places if place.kind is kind]
        if choices:
            groups[heading] = choices
    return groups


def place_choice(place: Place) -> PlaceChoice:
    """A question or proposal under its number, in the reader's language."""
    locale = current_locale()
    lang = localised_language(place.title, locale)
    return PlaceChoice(place.key, place_title(place), None if lang == locale else lang)


def summary_words(summary: ImportSummary, *, is_undated: bool) -> str:
    """What was found in one line: 4 questions, 46 passages, 2 signatories, date missing."""
    parts = []
    if summary.questions or not summary.proposals:
        parts.append(ngettext("%(num)d question", "%(num)d questions", summary.questions))
    if summary.proposals:
        parts.append(ngettext("%(num)d proposal", "%(num)d proposals", summary.proposals))
    parts += [
        ngettext("%(num)d passage", "%(num)d passages", summary.passage_count),
        ngettext("%(num)d signatory", "%(num)d signatories", summary.signatories),
    ]
    if not summary.is_dated:
        parts.append(_("no date on the letter") if is_undated else _("date missing"))
    return ", ".join(parts)
