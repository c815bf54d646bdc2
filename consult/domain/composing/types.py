"""Values of documents being written: parts, evidence, comments, versions, sign-off."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.domain.documents.types import Numbered
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.i18n import N_
from consult.kernel.text.rich.types import EMPTY, RichText


class CompositionKind(StrEnum):
    """What is being written. A hearing response and a report are the same kind of thing.

    All but the response are written by the round's owner, about what the round has brought in.
    """

    RESPONSE = "response"
    REPORT = "report"
    SUMMARY = "summary"
    CHAPTER = "chapter"
    FACTUAL = "factual"


COMPOSITION_KIND_LABELS: dict[CompositionKind, str] = {
    CompositionKind.RESPONSE: N_("Response"),
    CompositionKind.REPORT: N_("Report of a working group"),
    CompositionKind.SUMMARY: N_("Summary with our words"),
    CompositionKind.CHAPTER: N_("Chapter on the consultation, for a bill or a decision"),
    CompositionKind.FACTUAL: N_("Factual summary"),
}

REPORTS = frozenset(CompositionKind) - {CompositionKind.RESPONSE}
"""What an owner writes about its own round."""


class PartKind(StrEnum):
    """What a part of the document is about, or what role it has.

    ``VIEWS`` and ``ASSESSMENT`` are apart on purpose: what others think, and what the writer thinks
    of that. Source: domain guide §3.3. ``QUESTIONS_BACK`` are for whoever gets
    the report. A ``BLOCK`` is made from the data, nobody writes in it.
    """

    GENERAL = "general"
    QUESTION = "question"
    PROPOSAL = "proposal"
    OWN = "own"
    FINDING = "finding"
    VIEWS = "views"
    ASSESSMENT = "assessment"
    QUESTIONS_BACK = "questions_back"
    BLOCK = "block"


PART_KIND_LABELS: dict[PartKind, str] = {
    PartKind.GENERAL: N_("On the whole"),
    PartKind.QUESTION: N_("Question"),
    PartKind.PROPOSAL: N_("Proposal"),
    PartKind.OWN: N_("Own heading"),
    PartKind.FINDING: N_("Finding"),
    PartKind.VIEWS: N_("What those who answered think"),
    PartKind.ASSESSMENT: N_("Our assessment"),
    PartKind.QUESTIONS_BACK: N_("Questions back"),
    PartKind.BLOCK: N_("Made from the data"),
}

ANSWERED = frozenset({PartKind.GENERAL, PartKind.QUESTION, PartKind.PROPOSAL})
"""Parts of a response that stand for what is asked; they cannot be taken out."""


class BlockKind(StrEnum):
    """What a part that nobody writes is made from."""

    FLOW = "flow"
    SENDERS = "senders"
    IMPRESSIONS = "impressions"
    THEME = "theme"
    POSITIONS = "positions"
    MATRIX = "matrix"
    CAMPAIGNS = "campaigns"
    PROPOSED = "proposed"
    ALL_PROPOSED = "all_proposed"
    MEASURES = "measures"
    NOT_PROPOSED = "not_proposed"
    QUESTIONS = "questions"
    METHOD = "method"
    CODEBOOK = "codebook"
    EVIDENCE = "evidence"


BLOCK_LABELS: dict[BlockKind, str] = {
    BlockKind.FLOW: N_("Who answered, from received to analysed"),
    BlockKind.SENDERS: N_("List of senders"),
    BlockKind.IMPRESSIONS: N_("Main impressions"),
    BlockKind.THEME: N_("A theme: who speaks of it, with figure"),
    BlockKind.POSITIONS: N_("Positions on a proposal of the round"),
    BlockKind.MATRIX: N_("Matrix of themes and groups"),
    BlockKind.CAMPAIGNS: N_("Campaigns"),
    BlockKind.PROPOSED: N_("Box: what is proposed in this chapter"),
    BlockKind.ALL_PROPOSED: N_("All that is proposed, by chapter"),
    BlockKind.MEASURES: N_("Table of measures, short and long term"),
    BlockKind.NOT_PROPOSED: N_("What was considered and is not proposed"),
    BlockKind.QUESTIONS: N_("The questions, as they were asked"),
    BlockKind.METHOD: N_("Method"),
    BlockKind.CODEBOOK: N_("The codebook"),
    BlockKind.EVIDENCE: N_("What the text rests on"),
}


class SaveKind(StrEnum):
    """How a revision of a part came about.

    ``ASIDE`` is what one writer had when it was merged with another's: no text of the document, but
    what the writer's page goes on from.
    """

    BEGUN = "begun"
    TYPED = "typed"
    MERGED = "merged"
    SUGGESTION = "suggestion"
    RESTORED = "restored"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class PartContent:
    """What a part says, as its form holds it."""

    heading: str = ""
    body: RichText = EMPTY
    stance: Stance | None = None
    modifiers: tuple[StanceModifier, ...] = ()
    no_comments: bool = False


@dataclass(frozen=True, slots=True)
class SavedPart:
    """How saving a part went.

    Attributes:
        revision: The number of what stands there now.
        base: What the writer's page goes on from while it shows what it sent; ``revision``, unless
            somebody else's words were merged in.
        merged: What stands there now, where that is not what was sent.
    """

    revision: int
    saved_at: datetime
    base: int
    merged: PartContent | None = None


@dataclass(frozen=True, slots=True)
class RevisionMark:
    """A revision without its text: enough to tell which one a page goes on from."""

    number: int
    kind: SaveKind
    saved_at: datetime
    saved_by: str
    window: str | None


class EvidenceUse(StrEnum):
    """What a passage does in the text that rests on it."""

    QUOTED = "quoted"
    REFERRED = "referred"
    MERGED = "merged"


EVIDENCE_USE_LABELS: dict[EvidenceUse, str] = {
    EvidenceUse.QUOTED: N_("Quoted"),
    EvidenceUse.REFERRED: N_("Referred to"),
    EvidenceUse.MERGED: N_("Merged with other points"),
}


class PointState(StrEnum):
    """What has become of a passage that the document may rest on."""

    OPEN = "open"
    USED = "used"
    LEFT_OUT = "left_out"


POINT_STATE_LABELS: dict[PointState, str] = {
    PointState.OPEN: N_("Not looked at yet"),
    PointState.USED: N_("Used"),
    PointState.LEFT_OUT: N_("Left out, with a reason"),
}


@dataclass(frozen=True, slots=True)
class PointCount:
    """How many passages there are, and what has become of them; the rest is open."""

    total: int = 0
    used: int = 0
    left_out: int = 0

    @property
    def open(self) -> int:
        """Those that nobody has decided about."""
        return self.total - self.used - self.left_out

    def __add__(self, other: "PointCount") -> "PointCount":
        return PointCount(
            self.total + other.total, self.used + other.used, self.left_out + other.left_out
        )


class Horizon(StrEnum):
    """By when a proposal shall begin. Source: domain guide §3.5."""

    SHORT = "short"
    LONG = "long"


HORIZON_LABELS: dict[Horizon, str] = {
    Horizon.SHORT: N_("Short term"),
    Horizon.LONG: N_("Long term"),
}


class Instrument(StrEnum):
    """What it takes to carry a proposal out. Source: domain guide §3.5."""

    WITHIN_ROOM = "within_room"
    AGREEMENT = "agreement"
    REGULATION = "regulation"
    POLITICAL = "political"
    TRIAL = "trial"


INSTRUMENT_LABELS: dict[Instrument, str] = {
    Instrument.WITHIN_ROOM: N_("Within what the addressee decides today"),
    Instrument.AGREEMENT: N_("An agreement between parties"),
    Instrument.REGULATION: N_("A change of law or regulation"),
    Instrument.POLITICAL: N_("A political decision"),
    Instrument.TRIAL: N_("A trial first"),
}


class Side(StrEnum):
    """Whether a passage speaks for a proposal or against it."""

    FOR = "for"
    AGAINST = "against"


SIDE_LABELS: dict[Side, str] = {
    Side.FOR: N_("Speaks for it"),
    Side.AGAINST: N_("Speaks against it"),
}


class SuggestionKind(StrEnum):
    """What a returned Word file changes."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


class SuggestionStatus(StrEnum):
    """What was decided about a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    BY_HAND = "by_hand"


SUGGESTION_STATUS_LABELS: dict[SuggestionStatus, str] = {
    SuggestionStatus.OPEN: N_("Not decided yet"),
    SuggestionStatus.ACCEPTED: N_("Taken in"),
    SuggestionStatus.REJECTED: N_("Turned down"),
    SuggestionStatus.BY_HAND: N_("Settled by hand"),
}


class SignEventKind(StrEnum):
    """What happened in a sign-off. Events are only appended; where it stands is derived."""

    STARTED = "started"
    SIGNED = "signed"
    RETURNED = "returned"
    DELEGATED = "delegated"
    REMINDED = "reminded"
    SEAL_BROKEN = "seal_broken"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What stands above the text. What is empty is not printed.

    Attributes:
        sender: The organisation's name when the text was frozen.
        document_date: ``None`` where the day of the last signature stands.
        basis: How members were heard, in the letter's words.
    """

    sender: str
    title: str
    language: str
    recipient: str = ""
    their_ref: str = ""
    our_ref: str = ""
    document_date: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FrozenPart:
    """A part as it stood in a version: what a signatory saw.

    Attributes:
        body: Rich text as canonical JSON.
        question: Key of the question it answers; ``proposal`` of the proposal.
        asked: The wording of what it is about, in the letter's language, as it was then.
        depth: 1 for a chapter, 2 for what stands in one.
        block: What it is made from, where nobody writes in it.
        about: Key of the theme that the part is about.
    """

    key: str
    kind: PartKind
    heading: str
    body: str
    question: str | None = None
    proposal: str | None = None
    asked: str = ""
    stance: Stance | None = None
    modifiers: tuple[StanceModifier, ...] = ()
    no_comments: bool = False
    depth: int = 1
    numbered: Numbered = Numbered.YES
    block: BlockKind | None = None
    about: str | None = None

    @property
    def title(self) -> str:
        """What stands above it: a heading of its own, or what it is about; empty for neither."""
        return self.heading or self.asked


@dataclass(frozen=True, slots=True)
class RecommendationContent:
    """What a proposal says, as its form holds it.

    The fields are those of :class:`~consult.domain.composing.models.Recommendation`.
    """

    text: str
    is_proposed: bool = True
    reason: str = ""
    addressee: str = ""
    horizon: Horizon | None = None
    begins_in: int | None = None
    instrument: Instrument | None = None
    concretises: str = ""
    legal_need: str = ""
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class FrozenGround:
    """A passage for or against a proposal, by public id; see :class:`FrozenRecommendation`."""

    passage: str
    side: Side
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class FrozenRecommendation:
    """A proposal as it stood in a version.

    The fields are those of :class:`~consult.domain.composing.models.Recommendation`; ``part`` is
    the key of its chapter.
    """

    key: str
    part: str
    text: str
    is_proposed: bool = True
    reason: str = ""
    addressee: str = ""
    horizon: Horizon | None = None
    begins_in: int | None = None
    instrument: Instrument | None = None
    concretises: str = ""
    legal_need: str = ""
    assessment: str = ""
    grounds: tuple[FrozenGround, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenText:
    """A whole document as it stood: its head and its parts in order.

    Attributes:
        recommendations: What a report proposes, chapter by chapter.
        data: The digest of the frozen data that its figures come from.
    """

    head: LetterHead
    parts: tuple[FrozenPart, ...]
    recommendations: tuple[FrozenRecommendation, ...] = ()
    data: str = ""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as somebody plans it; see :class:`~consult.domain.composing.models.SignStep`."""

    label: str
    person_id: int
    title: str = ""
    on_letter: bool = True
    is_body: bool = False
    due_on: date | None = None
