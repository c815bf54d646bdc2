"""Values of review, redaction and floods (domain guide §1.5, offentlegforskrifta § 7)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from consult.kernel.i18n import N_
from consult.kernel.text.sensitive import Sensitive

FINDING_LABELS: dict[Sensitive, str] = {
    Sensitive.HEALTH: N_("Health"),
    Sensitive.OTHER_CATEGORY: N_("Belief, union, origin, orientation or offences"),
    Sensitive.NAME: N_("Name of a person"),
    Sensitive.PHONE: N_("Phone number"),
    Sensitive.EMAIL: N_("E-mail address"),
}


class LegalBasis(StrEnum):
    """Why words are taken out before others see them. Codes, for the law is renumbered at times."""

    CONFIDENTIALITY = "confidentiality"
    SPECIAL_CATEGORY = "special_category"
    PERSONAL_DATA = "personal_data"
    THIRD_PARTY = "third_party"
    OFFENCES = "offences"
    IDENTITY_NUMBER = "identity_number"
    PAY = "pay"
    COPYRIGHT = "copyright"
    NOT_ON_WEB = "not_on_web"
    PRIVATE_QUESTION = "private_question"

    @property
    def is_for_web_only(self) -> bool:
        """Whether it keeps words off the internet, and says nothing about access on request."""
        return self in {
            LegalBasis.PAY,
            LegalBasis.COPYRIGHT,
            LegalBasis.NOT_ON_WEB,
            LegalBasis.PRIVATE_QUESTION,
        }


BASIS_LABELS: dict[LegalBasis, str] = {
    LegalBasis.CONFIDENTIALITY: N_(
        "Duty of confidentiality (forvaltningsloven § 13, offentleglova § 13)"
    ),
    LegalBasis.SPECIAL_CATEGORY: N_("Special category of personal data (GDPR article 9)"),
    LegalBasis.PERSONAL_DATA: N_("Personal data (GDPR article 6)"),
    LegalBasis.THIRD_PARTY: N_("A third party who is named"),
    LegalBasis.OFFENCES: N_("Criminal offences (GDPR article 10)"),
    LegalBasis.IDENTITY_NUMBER: N_("National identity number (offentlegforskrifta § 7)"),
    LegalBasis.PAY: N_("Pay of a person (offentlegforskrifta § 7)"),
    LegalBasis.COPYRIGHT: N_("Work of others, without their consent (offentlegforskrifta § 7)"),
    LegalBasis.NOT_ON_WEB: N_("Must not stand on the internet (offentlegforskrifta § 7)"),
    LegalBasis.PRIVATE_QUESTION: N_("Answers to the question are not for publication"),
}

CHOSEN_BASES = tuple(one for one in LegalBasis if one is not LegalBasis.PRIVATE_QUESTION)
"""What a reviewer can choose from; the rest follows from the round."""

BASIS_OF_FINDING: dict[Sensitive, LegalBasis] = {
    Sensitive.HEALTH: LegalBasis.SPECIAL_CATEGORY,
    Sensitive.OTHER_CATEGORY: LegalBasis.SPECIAL_CATEGORY,
    Sensitive.NAME: LegalBasis.THIRD_PARTY,
    Sensitive.PHONE: LegalBasis.PERSONAL_DATA,
    Sensitive.EMAIL: LegalBasis.PERSONAL_DATA,
}
"""The basis that is offered first; the reviewer decides."""


class FindingDecision(StrEnum):
    """What a reviewer decided about something that was found."""

    RELEASED = "released"
    REDACTED = "redacted"


class ReviewState(StrEnum):
    """Whether a version of an answer may be seen by others than the owner's team."""

    WAITING = "waiting"
    CLEARED = "cleared"
    REFUSED = "refused"


REVIEW_STATE_LABELS: dict[ReviewState, str] = {
    ReviewState.WAITING: N_("To look through"),
    ReviewState.CLEARED: N_("Cleared"),
    ReviewState.REFUSED: N_("Not to be published"),
}


class RefusalReason(StrEnum):
    """Why an answer is not published at all; it is journaled and counted all the same."""

    PRIVACY = "privacy"
    HATEFUL = "hateful"
    DEFAMATORY = "defamatory"
    UNLAWFUL = "unlawful"
    OFF_TOPIC = "off_topic"


REFUSAL_LABELS: dict[RefusalReason, str] = {
    RefusalReason.PRIVACY: N_("It breaches the privacy of individuals"),
    RefusalReason.HATEFUL: N_("It holds hateful or discriminating speech"),
    RefusalReason.DEFAMATORY: N_("It is defamatory"),
    RefusalReason.UNLAWFUL: N_("It holds other unlawful speech"),
    RefusalReason.OFF_TOPIC: N_("It is not about what was asked"),
}


class FileBar(StrEnum):
    """Why a file that came with an answer cannot stand on the web, whoever looks at it."""

    NOT_ON_WEB = "not_on_web"
    WITHOUT_NAME = "without_name"
    PICTURE = "picture"
    OTHER_KIND = "other_kind"
    PRIVATE = "private"


FILE_BAR_LABELS: dict[FileBar, str] = {
    FileBar.NOT_ON_WEB: N_("Its sender does not want the answer on the web."),
    FileBar.WITHOUT_NAME: N_(
        "The answer stands without name, and a file can hold the name where nobody sees it."
    ),
    FileBar.PICTURE: N_("A picture can hold where and when it was taken."),
    FileBar.OTHER_KIND: N_("It is a kind of file that we do not give to everybody."),
    FileBar.PRIVATE: N_("Answers to the question that it came with are not for publication."),
}


class BurstKind(StrEnum):
    """What made answers that came close together stand out."""

    IDENTICAL = "identical"
    RANDOM = "random"


BURST_LABELS: dict[BurstKind, str] = {
    BurstKind.IDENTICAL: N_("Many answers with the same text"),
    BurstKind.RANDOM: N_("Many answers that look like random letters"),
}


class BurstState(StrEnum):
    """What the owner has decided about a burst."""

    WAITING = "waiting"
    RELEASED = "released"
    MARKED = "marked"


BURST_STATE_LABELS: dict[BurstState, str] = {
    BurstState.WAITING: N_("Waits for you"),
    BurstState.RELEASED: N_("Let in"),
    BurstState.MARKED: N_("Kept out of the figures"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words taken out of a version's text: ``text[start:end]``, and why."""

    start: int
    end: int
    basis: LegalBasis


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of a round's answers on the web. Only answers that stand are counted.

    Attributes:
        published: They stand on the web.
        not_on_web: The sender did not want them there.
        waiting: They have not been looked through yet.
        refused: They are not published, for a reason that the sender was told.
    """

    published: int
    not_on_web: int
    waiting: int
    refused: int

    @property
    def total(self) -> int:
        """All answers that stand."""
        return self.published + self.not_on_web + self.waiting + self.refused


CONFIRM_SUPPORT_WITHIN = timedelta(days=7)
"""How long the link in the mail confirms a support; then nothing of the asking is kept."""
