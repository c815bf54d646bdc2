"""Values of an organisation's work on an answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.kernel.i18n import N_


class CaseStatus(StrEnum):
    """What an organisation has decided to do with a round that concerns it."""

    TAKEN = "taken"
    HANDED_ON = "handed_on"
    DECLINED = "declined"


CASE_STATUS_LABELS: dict[CaseStatus, str] = {
    CaseStatus.TAKEN: N_("We answer"),
    CaseStatus.HANDED_ON: N_("Handed on"),
    CaseStatus.DECLINED: N_("We do not answer"),
}


class CaseStep(StrEnum):
    """How far the work has come; each is derived from what has been done."""

    NEW = "new"
    SCREENED = "screened"
    HEARD = "heard"
    DRAFTED = "drafted"
    SIGNED = "signed"
    SENT = "sent"


CASE_STEP_LABELS: dict[CaseStep, str] = {
    CaseStep.NEW: N_("New"),
    CaseStep.SCREENED: N_("Screened"),
    CaseStep.HEARD: N_("Heard internally"),
    CaseStep.DRAFTED: N_("Drafted"),
    CaseStep.SIGNED: N_("Signed"),
    CaseStep.SENT: N_("Sent"),
}


class Move(StrEnum):
    """Whose move it is."""

    COORDINATOR = "coordinator"
    PERSON = "person"
    BRANCHES = "branches"
    SIGNERS = "signers"
    SENDER = "sender"
    BELOW = "below"
    OWNER = "owner"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class AskedBelow:
    """A question or a proposal that is passed on, with our words for it.

    Attributes:
        key: Of the question or proposal above.
        text: Our wording; empty passes on theirs.
    """

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class HearingPlan:
    """An internal hearing as it is to be made.

    Attributes:
        language: Of what is written here.
        questions: Which of the questions above are asked below; those on a proposal bring it along.
        proposals: Which further proposals the branches take a stance on.
        own_questions: Questions of our own, one text each.
        bodies: Ids of the branches that are asked.
    """

    title: str
    introduction: str
    language: str
    closes_at: datetime
    questions: tuple[AskedBelow, ...]
    proposals: tuple[AskedBelow, ...] = ()
    own_questions: tuple[str, ...] = ()
    bodies: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of those asked have answered an internal hearing.

    Attributes:
        answered: Names of those that have, by name.
        declined: Names of those that have let it be known that they do not answer.
        silent: Names of those that have neither answered nor declined.
    """

    answered: tuple[str, ...]
    declined: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many were asked."""
        return len(self.answered) + len(self.declined) + len(self.silent)
