"""Values of an organisation's work on an answer."""

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
    BELOW = "below"
    OWNER = "owner"
    NOBODY = "nobody"
