"""Values of reports: what the checks find in them, and what those who are quoted say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from consult.kernel.i18n import N_
from consult.kernel.ids import content_digest


class CheckKind(StrEnum):
    """What may be wrong with a report, in the order of the list."""

    UNPUBLISHABLE = "unpublishable"
    UNGROUNDED_PROPOSAL = "ungrounded_proposal"
    UNANSWERED_OBJECTION = "unanswered_objection"
    UNGROUNDED_PART = "ungrounded_part"
    UNUSED = "unused"
    STALE = "stale"
    BOUND_LOST = "bound_lost"
    BOUND_CHANGED = "bound_changed"
    NOT_VERBATIM = "not_verbatim"
    QUANTIFIER = "quantifier"
    UNCOUNTED = "uncounted"
    UNNAMED = "unnamed"
    NO_DENOMINATOR = "no_denominator"
    SHORT_FORM = "short_form"
    NO_DATA = "no_data"
    OUTDATED_DATA = "outdated_data"


CHECK_LABELS: dict[CheckKind, str] = {
    CheckKind.UNPUBLISHABLE: N_("Words that may not be published"),
    CheckKind.UNGROUNDED_PROPOSAL: N_("Proposals that rest on nothing"),
    CheckKind.UNANSWERED_OBJECTION: N_("Objections without an assessment"),
    CheckKind.UNGROUNDED_PART: N_("Findings and views that rest on nothing"),
    CheckKind.UNUSED: N_("Passages that are used nowhere"),
    CheckKind.STALE: N_("Passages that have changed since"),
    CheckKind.BOUND_LOST: N_("Numbers and references that are not there any more"),
    CheckKind.BOUND_CHANGED: N_("Numbers that are others than when the sentence was written"),
    CheckKind.NOT_VERBATIM: N_("Quotation marks around other words"),
    CheckKind.QUANTIFIER: N_("Words of quantity that do not fit the numbers"),
    CheckKind.UNCOUNTED: N_("Words of quantity that nothing is counted for"),
    CheckKind.UNNAMED: N_("So few that they should be named"),
    CheckKind.NO_DENOMINATOR: N_("A majority without saying of how many"),
    CheckKind.SHORT_FORM: N_("Short names before the full name"),
    CheckKind.NO_DATA: N_("No frozen data"),
    CheckKind.OUTDATED_DATA: N_("Figures from older data"),
}

MUST_BE_MENDED = frozenset(
    {
        CheckKind.UNPUBLISHABLE,
        CheckKind.UNANSWERED_OBJECTION,
        CheckKind.BOUND_LOST,
        CheckKind.BOUND_CHANGED,
        CheckKind.NO_DATA,
    }
)
"""What nobody can sign for: the law, or the report itself, would be broken."""

OF_LANGUAGE = frozenset(
    {
        CheckKind.BOUND_LOST,
        CheckKind.BOUND_CHANGED,
        CheckKind.NOT_VERBATIM,
        CheckKind.QUANTIFIER,
        CheckKind.UNCOUNTED,
        CheckKind.UNNAMED,
        CheckKind.NO_DENOMINATOR,
        CheckKind.SHORT_FORM,
    }
)
"""What is found in the words themselves, and shown beside them."""


class Doubt(StrEnum):
    """Why a passage is not what it was when the text took it in."""

    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    PROTECTED = "protected"
    RECODED = "recoded"


DOUBT_LABELS: dict[Doubt, str] = {
    Doubt.WITHDRAWN: N_("The answer was withdrawn or does not count any more."),
    Doubt.CHANGED: N_("The sender has changed these words."),
    Doubt.PROTECTED: N_("Words in it were taken out, or are being looked at."),
    Doubt.RECODED: N_("It has got other themes."),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that must be mended or signed for.

    Attributes:
        subject: What it is about, the same as long as that is the same.
        digest: Of what was looked at; another digest is another matter.
        part: Key of the part that it stands in; empty for the report as a whole.
        words: The very words.
        sentence: The sentence that they stand in.
        values: What the message says: numbers, names.
        names: Who is counted, as far as they may be named.
        numbers: The numbers of their answers.
        doubts: For a passage: what has changed.
    """

    check: CheckKind
    subject: str
    digest: str
    part: str = ""
    words: str = ""
    sentence: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def may_be_signed_for(self) -> bool:
        """Whether a person may answer for it as it is."""
        return self.check not in MUST_BE_MENDED

    @property
    def key(self) -> tuple[CheckKind, str, str]:
        """What a clearance names."""
        return (self.check, self.subject, self.digest)

    @property
    def code(self) -> str:
        """The same, short enough for an address."""
        return content_digest("\x1f".join(self.key).encode())[:16]


class EditionStatus(StrEnum):
    """Where an edition of a report stands."""

    PREPARED = "prepared"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


EDITION_STATUS_LABELS: dict[EditionStatus, str] = {
    EditionStatus.PREPARED: N_("Prepared"),
    EditionStatus.PUBLISHED: N_("Published"),
    EditionStatus.SUPERSEDED: N_("Replaced"),
    EditionStatus.WITHDRAWN: N_("Taken off the web"),
}


class Hindrance(StrEnum):
    """What keeps a report from being published."""

    NO_DATA = "no_data"
    CHECKS = "checks"
    NOT_SIGNED = "not_signed"


class Verdict(StrEnum):
    """What a body that is quoted says of the words."""

    CONFIRMS = "confirms"
    OBJECTS = "objects"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.CONFIRMS: N_("It is right"),
    Verdict.OBJECTS: N_("Something is wrong"),
}


class Settlement(StrEnum):
    """What the writers did about an objection."""

    CHANGED = "changed"
    KEPT = "kept"


SETTLEMENT_LABELS: dict[Settlement, str] = {
    Settlement.CHANGED: N_("The text was changed"),
    Settlement.KEPT: N_("The text stands, with a reason"),
}


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Words of an answer in a report: the chapter that they stand in, and the words."""

    part: str
    heading: str
    words: str
