"""Senders and their answers: how they are known, how they get in, what they ask for afterwards."""

from enum import StrEnum

from consult.kernel.i18n import N_


class IdentityLevel(StrEnum):
    """How a sender is known. Each is as good an answer as the others: nobody is counted by it."""

    UNVERIFIED = "unverified"
    EMAIL_CONFIRMED = "email_confirmed"
    SIGNED_IN = "signed_in"


IDENTITY_LABELS: dict[IdentityLevel, str] = {
    IdentityLevel.UNVERIFIED: N_("Not verified"),
    IdentityLevel.EMAIL_CONFIRMED: N_("E-mail address confirmed"),
    IdentityLevel.SIGNED_IN: N_("Signed in"),
}


class SenderCheck(StrEnum):
    """Why the owner's staff should look at who sent an answer."""

    CLAIMED = "claimed"
    NO_NUMBER = "no_number"


SENDER_CHECK_LABELS: dict[SenderCheck, str] = {
    SenderCheck.CLAIMED: N_("The sender chose this body from the register; not confirmed yet"),
    SenderCheck.NO_NUMBER: N_("An employer without an organisation number"),
}


class LinkKind(StrEnum):
    """How a personal link or code is handed out.

    Whoever opens one that was mailed reads the mailbox; the others say nothing about that.
    """

    SHOWN = "shown"
    MAILED = "mailed"
    CODE = "code"


class ErasureStatus(StrEnum):
    """What became of a request to delete an answer."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"


ERASURE_STATUS_LABELS: dict[ErasureStatus, str] = {
    ErasureStatus.OPEN: N_("Not decided yet"),
    ErasureStatus.GRANTED: N_("Granted"),
    ErasureStatus.DECLINED: N_("Declined"),
}
