"""Words for mails that came in, and what waits to be checked."""

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.domain.intake.types import MailProblem, MailState
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.intake.models import IncomingMail

PROBLEM_LABELS: dict[MailProblem, str] = {
    MailProblem.BROKEN: N_("The mail is damaged. Open it in another program, or ask the sender."),
    MailProblem.OVERSIZED: N_("Too large to be taken in. It still lies in the mailbox."),
    MailProblem.ENCRYPTED: N_(
        "Encrypted or locked with a password. Ask the sender to send it open."
    ),
    MailProblem.EMPTY: N_("There is no text in it."),
    MailProblem.AUTOMATIC: N_("Sent by a machine, such as an out-of-office reply."),
    MailProblem.IDENTITY_NUMBER: N_(
        "There is a national identity number (11 digits) in it. We never store those: the number "
        "is taken out of the text, and what holds it is not kept."
    ),
    MailProblem.UNREADABLE: N_("We could not read it. Write the answer down by hand."),
    MailProblem.OTHER_KIND: N_(
        "Of a kind that we cannot read. Ask the sender for Word, OpenDocument, PDF or plain text."
    ),
}

PROBLEM_TAGS: dict[MailProblem, str] = {
    MailProblem.BROKEN: N_("Damaged"),
    MailProblem.OVERSIZED: N_("Too large"),
    MailProblem.ENCRYPTED: N_("Encrypted or locked"),
    MailProblem.EMPTY: N_("No text"),
    MailProblem.AUTOMATIC: N_("Sent by a machine"),
    MailProblem.IDENTITY_NUMBER: N_("Holds an identity number"),
    MailProblem.UNREADABLE: N_("Could not be read"),
    MailProblem.OTHER_KIND: N_("Of another kind"),
}

STATE_TAGS: dict[MailState, tuple[str, str]] = {
    MailState.TO_CHECK: (N_("To be checked"), "warning"),
    MailState.SET_ASIDE: (N_("Set aside"), "neutral"),
    MailState.REGISTERED: (N_("Registered"), "success"),
}


def problem_text(problem: MailProblem | None) -> str | None:
    """Why a mail or a file could not be taken in, in words."""
    return _(PROBLEM_LABELS[problem]) if problem else None


def problem_tag(problem: MailProblem) -> str:
    """The same in a word or two."""
    return str(_(PROBLEM_TAGS[problem]))


def state_tag(state: MailState) -> tuple[str, str]:
    """Text and tone of what became of a mail."""
    text, tone = STATE_TAGS[state]
    return _(text), tone


def can_read_words(mail: "IncomingMail") -> bool:
    """Whether the mail's own words can be read as the answer, and are not what is read now."""
    if mail.digest is None or mail.problem not in {None, MailProblem.AUTOMATIC}:
        return False
    return mail.draft is None or mail.draft.digest in {file.digest for file in mail.files}


def mail_address(round_slug: str, mail_id: str) -> str:
    """The page of a mail."""
    return url_for("desk.incoming_mail", round_slug=round_slug, mail_id=mail_id)
