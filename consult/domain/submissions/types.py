"""Values of answers (domain guide §1.4, §2.4, §3.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.domain.organisations.types import ActorType
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.mandates import NO_GROUND, Ground, PoliticalStep
from consult.domain.submissions.parties import Signer as Signer
from consult.domain.submissions.parties import StandsBehind
from consult.domain.submissions.senders import IdentityLevel
from consult.kernel.i18n import N_


class Channel(StrEnum):
    """How an answer reached us."""

    FORM = "form"
    DOCUMENT = "document"
    EMAIL = "email"
    PAPER = "paper"
    PHONE = "phone"
    MEETING = "meeting"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.FORM: N_("Online form"),
    Channel.DOCUMENT: N_("Document"),
    Channel.EMAIL: N_("E-mail"),
    Channel.PAPER: N_("Paper"),
    Channel.PHONE: N_("Phone"),
    Channel.MEETING: N_("Meeting"),
}


class Publication(StrEnum):
    """What the sender said about publishing on the web; access by law is another matter."""

    WITH_NAME = "with_name"
    WITHOUT_NAME = "without_name"
    NOT_ON_WEB = "not_web"


PUBLICATION_LABELS: dict[Publication, str] = {
    Publication.WITH_NAME: N_("Publish with name"),
    Publication.WITHOUT_NAME: N_("Publish without name"),
    Publication.NOT_ON_WEB: N_("Do not publish on the web"),
}


class Stance(StrEnum):
    """A stance on a proposal. "Not mentioned" is computed and never stored."""

    SUPPORT = "support"
    SUPPORT_WITH_COMMENTS = "support_with_comments"
    SUPPORT_PARTLY = "support_partly"
    OPPOSE = "oppose"
    NO_POSITION = "no_position"
    NO_COMMENTS = "no_comments"
    UNCLEAR = "unclear"


STANCE_LABELS: dict[Stance, str] = {
    Stance.SUPPORT: N_("Supports"),
    Stance.SUPPORT_WITH_COMMENTS: N_("Supports, with comments"),
    Stance.SUPPORT_PARTLY: N_("Supports partly"),
    Stance.OPPOSE: N_("Does not support"),
    Stance.NO_POSITION: N_("Takes no position"),
    Stance.NO_COMMENTS: N_("No comments"),
    Stance.UNCLEAR: N_("Unclear"),
}

ASKED_STANCES: tuple[Stance, ...] = (
    Stance.SUPPORT,
    Stance.SUPPORT_PARTLY,
    Stance.OPPOSE,
    Stance.NO_POSITION,
    Stance.NO_COMMENTS,
)
"""The stances a person chooses between in the form; the others come from reading documents."""


ASKED_STANCE_LABELS: dict[Stance, str] = {
    Stance.SUPPORT: N_("Support"),
    Stance.SUPPORT_PARTLY: N_("Support partly"),
    Stance.OPPOSE: N_("Do not support"),
    Stance.NO_POSITION: N_("Take no position"),
    Stance.NO_COMMENTS: N_("No comments"),
}
"""The same stances as the words that the sender chooses between and gets a receipt for."""

MOST_COMMENTS = 100
"""Comments on the paper in one draft."""

MAX_ANSWER_LENGTH = 20_000
"""Characters of one answer; some eight pages, and a bound on what one request can fill us with."""


class SenderKind(StrEnum):
    """As whom somebody answers; decides what they are asked about themselves."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNCIL = "council"


COUNCIL_TYPES: tuple[ActorType, ...] = (
    ActorType.USER_COUNCIL_LOCAL,
    ActorType.USER_COUNCIL_COUNTY,
    ActorType.USER_COUNCIL_CENTRAL,
    ActorType.USER_COUNCIL_SPECIAL,
    ActorType.MUNICIPAL_COUNCIL,
)
"""Bodies that answer after having talked about it in a meeting; the most common first."""


class StanceModifier(StrEnum):
    """What goes with a stance; any number of them."""

    GOES_FURTHER = "goes_further"
    OTHER_MEANS = "other_means"
    CONDITION = "condition"
    TOO_EARLY = "too_early"
    FOR_THE_PARTIES = "for_the_parties"
    SEES_NEED = "sees_need"
    COUNTER_PROPOSAL = "counter_proposal"
    TIMETABLE = "timetable"
    PRINCIPLED = "principled"


MODIFIER_LABELS: dict[StanceModifier, str] = {
    StanceModifier.GOES_FURTHER: N_("wants to go further"),
    StanceModifier.OTHER_MEANS: N_("shares the aim, prefers other means"),
    StanceModifier.CONDITION: N_("on a condition"),
    StanceModifier.TOO_EARLY: N_("too early to say"),
    StanceModifier.FOR_THE_PARTIES: N_("a matter for the parties to negotiate"),
    StanceModifier.SEES_NEED: N_("sees a need"),
    StanceModifier.COUNTER_PROPOSAL: N_("makes a counter-proposal"),
    StanceModifier.TIMETABLE: N_("wants a timetable"),
    StanceModifier.PRINCIPLED: N_("on principle"),
}


class SubmissionStatus(StrEnum):
    """What became of what was received.

    ``MINUTES`` is the text of a meeting's notes: read and coded, but nobody's answer, and so left
    out wherever answers are counted (docs/adr/0021-meetings-counted-apart.md).
    """

    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"
    MINUTES = "minutes"
    MULTIPLE = "multiple"
    TO_CHECK = "to_check"
    QUARANTINED = "quarantined"


SUBMISSION_STATUS_LABELS: dict[SubmissionStatus, str] = {
    SubmissionStatus.RECEIVED: N_("Received"),
    SubmissionStatus.WITHDRAWN: N_("Withdrawn"),
    SubmissionStatus.DUPLICATE: N_("Duplicate"),
    SubmissionStatus.OFF_TOPIC: N_("Off topic"),
    SubmissionStatus.MINUTES: N_("Notes of a meeting"),
    SubmissionStatus.MULTIPLE: N_("Merged with another answer from the same sender"),
    SubmissionStatus.TO_CHECK: N_("To be checked"),
    SubmissionStatus.QUARANTINED: N_("Set aside"),
}

STANDING_STATUSES = frozenset({SubmissionStatus.RECEIVED, SubmissionStatus.TO_CHECK})
"""What nothing has been decided about yet; anything else must be taken back first."""


class DeadlineStatus(StrEnum):
    """How the time of receipt stands to the deadline."""

    IN_TIME = "in_time"
    LATE_EXTENDED = "late_extended"
    LATE_INCLUDED = "late_included"
    LATE_EXCLUDED = "late_excluded"


DEADLINE_STATUS_LABELS: dict[DeadlineStatus, str] = {
    DeadlineStatus.IN_TIME: N_("In time"),
    DeadlineStatus.LATE_EXTENDED: N_("After the deadline, extension granted"),
    DeadlineStatus.LATE_INCLUDED: N_("After the deadline, included"),
    DeadlineStatus.LATE_EXCLUDED: N_("After the deadline, not included"),
}


class DecisionKind(StrEnum):
    """What the owner's staff can decide about an answer once it has been received."""

    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"
    MULTIPLE = "multiple"
    LATE_INCLUDED = "late_included"
    LATE_EXCLUDED = "late_excluded"

    @property
    def is_about_lateness(self) -> bool:
        """Whether it says how an answer after the deadline is treated."""
        return self in {DecisionKind.LATE_INCLUDED, DecisionKind.LATE_EXCLUDED}

    @property
    def names_another(self) -> bool:
        """Whether it names the answer that stands in place of this one."""
        return self in {DecisionKind.DUPLICATE, DecisionKind.MULTIPLE}


DECISION_LABELS: dict[DecisionKind, str] = {
    DecisionKind.WITHDRAWN: N_("Withdrawn by the sender"),
    DecisionKind.DUPLICATE: N_("The same answer has come twice"),
    DecisionKind.OFF_TOPIC: N_("Is not about this round"),
    DecisionKind.MULTIPLE: N_("Merged with another answer from the same sender"),
    DecisionKind.LATE_INCLUDED: N_("Came after the deadline and is included"),
    DecisionKind.LATE_EXCLUDED: N_("Came after the deadline and is not included"),
}


class AssistantRole(StrEnum):
    """Who helped somebody to answer; the role, never the name."""

    ADVISER = "adviser"
    RELATIVE = "relative"
    INTERPRETER = "interpreter"
    REPRESENTATIVE = "representative"
    OTHER = "other"


ASSISTANT_LABELS: dict[AssistantRole, str] = {
    AssistantRole.ADVISER: N_("An adviser at the office"),
    AssistantRole.RELATIVE: N_("A relative or friend"),
    AssistantRole.INTERPRETER: N_("An interpreter"),
    AssistantRole.REPRESENTATIVE: N_("A guardian or representative"),
    AssistantRole.OTHER: N_("Somebody else"),
}


class AttachmentKind(StrEnum):
    """What a file is to an answer. A video, such as one in sign language, is an answer itself."""

    ORIGINAL = "original"
    ATTACHMENT = "attachment"
    VIDEO = "video"


ATTACHMENT_KIND_LABELS: dict[AttachmentKind, str] = {
    AttachmentKind.ORIGINAL: N_("Original document"),
    AttachmentKind.ATTACHMENT: N_("Attachment"),
    AttachmentKind.VIDEO: N_("Video"),
}


class Voice(StrEnum):
    """Whose words a part of an answer is; ``JOINING`` says that another's are joined."""

    SENDER = "sender"
    MINORITY = "minority"
    TRANSCRIPT = "transcript"
    JOINING = "joining"
    SCAN = "scan"

    @property
    def is_added(self) -> bool:
        """Whether the words were written down after the answer came, by staff or by a machine."""
        return self in {Voice.TRANSCRIPT, Voice.SCAN}


VOICE_LABELS: dict[Voice, str] = {
    Voice.SENDER: N_("The sender"),
    Voice.MINORITY: N_("Minority remark"),
    Voice.TRANSCRIPT: N_("Transcript of a video, written by the owner's staff"),
    Voice.JOINING: N_("Joins another answer"),
    Voice.SCAN: N_("Pages of a scanned document, read by a machine"),
}


@dataclass(frozen=True, slots=True)
class Participants:
    """How many people in one role took part in a council's meeting; no names are asked for."""

    role: str
    count: int


MOST_ROLES = 10
"""Roles that a council can name."""

MOST_REMARKS = 10
"""Minority remarks on one answer."""

MOST_CONFIRMATIONS = 100
"""Members who can confirm one answer; a bound on what a link that went astray can fill us with."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers, as they say themselves.

    Attributes:
        name: The organisation's or the person's name.
        organisation_id: The registered organisation, when known.
        contact_name: Whom to ask; never published.
        contact_email: Where the receipt goes; never published.
        claimed_organisation_id: The body chosen from the register by somebody without a role in it.
        organisation_number: As the sender gave it, normalised.
        written_by: Who writes on the sender's behalf.
    """

    name: str
    actor_type: ActorType
    organisation_id: int | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    claimed_organisation_id: int | None = None
    organisation_number: str | None = None
    written_by: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """The answer to one question, a comment on one proposal or section, or general remarks.

    Attributes:
        quote: The words of the section that a comment is about; ``None`` for all of it.
        text: Canonical light markup: paragraphs apart by a blank line, bullets ``- ``, sub-bullets
            two spaces in.
        choices: Keys of chosen options.
        no_comments: "Ingen merknader": a complete answer that supports nothing.
        source_heading: The document's own heading that the text stood under.
        voice: Whose words it is; a minority's has a label of its own in ``voice_label``.
        has_files: Whether files stand at it; they answer as words do.
        wording: The question's wording that was answered; ``None`` for the one in force when the
            answer arrived.
        supplement: The number of the version that it came with as a supplement.
    """

    question_id: int | None = None
    proposal_id: int | None = None
    section_id: int | None = None
    quote: str | None = None
    text: str = ""
    stance: Stance | None = None
    modifiers: tuple[StanceModifier, ...] = ()
    choices: tuple[str, ...] = ()
    scale_value: int | None = None
    no_comments: bool = False
    source_heading: str | None = None
    voice: Voice = Voice.SENDER
    voice_label: str | None = None
    has_files: bool = False
    wording: int | None = None
    supplement: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return not (
            self.text.strip()
            or self.stance
            or self.choices
            or self.scale_value is not None
            or self.no_comments
            or self.has_files
        )


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What somebody has written to a question so far. Fields as in :class:`AnswerContent`."""

    text: str = ""
    stance: Stance | None = None
    choices: tuple[str, ...] = ()
    scale_value: int | None = None
    no_comments: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written or chosen."""
        return self == WrittenAnswer()

    @property
    def says_something(self) -> bool:
        """Whether there is more in it than "no comments"."""
        return not (self.is_blank or self.no_comments)


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """How an answer stands after saving.

    Attributes:
        revision: What the next save has to build on.
    """

    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept in the store, as it came.

    Attributes:
        digest: SHA-256 in hexadecimal, its name in the store.
        size: Bytes.
        pages: Pages, when the format has them.
        question_id: The question it stands at; ``None`` for the answer as a whole.
        source_id: The body whose words they are, where they are not the sender's own.
        supplement: The number of the version that it came with as a supplement.
        problem: Why it cannot be read.
    """

    filename: str
    media_type: str
    digest: str
    size: int
    kind: AttachmentKind = AttachmentKind.ORIGINAL
    pages: int | None = None
    question_id: int | None = None
    source_id: int | None = None
    supplement: int | None = None
    problem: FileProblem | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """How an answer came to us by another person's hand: paper, phone or help (scenarios 25, 27).

    Attributes:
        posted_on: The day of the postmark, in Norway.
        is_read_back: What was written down was read aloud to the caller, who confirmed it.
        spoken_language: The language of the conversation, where it is not the answer's.
        with_interpreter: An interpreter took part.
        assistant: The role of whoever helped the sender to write.
        assistance: What the help was, in a few words.
    """

    posted_on: date | None = None
    is_read_back: bool = False
    spoken_language: str | None = None
    with_interpreter: bool = False
    assistant: AssistantRole | None = None
    assistance: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to tell."""
        return self == Relay()


@dataclass(frozen=True, slots=True)
class SubmissionContent:
    """Everything that makes a submission, before it is stored.

    Attributes:
        discussed_on, took_part: A council's meeting about its answer: the day, and who was there.
        ground: On what ground a branch answers inside its organisation, and how far that may go.
        identity: How the sender is known; ``None`` when somebody else registers the answer.
        locale: The interface language the sender began in; mails and receipts follow it where
            they do not exist in the language of the answer.
        relay: How it came, where somebody of the owner's staff has written it down.
        behind: Other bodies on it.
        is_provisional: Sent with reservation until a political body has met.
        case_steps: The way of the answer through political bodies.
    """

    respondent: Respondent
    channel: Channel
    language: str
    publication: Publication
    answers: tuple[AnswerContent, ...]
    no_comments: bool = False
    signers: tuple[Signer, ...] = ()
    files: tuple[StoredFile, ...] = ()
    document_date: date | None = None
    their_ref: str | None = None
    discussed_on: date | None = None
    identity: IdentityLevel | None = None
    locale: str | None = None
    took_part: tuple[Participants, ...] = ()
    relay: Relay | None = None
    ground: Ground = NO_GROUND
    behind: tuple[StandsBehind, ...] = ()
    is_provisional: bool = False
    case_steps: tuple[PoliticalStep, ...] = ()
