"""Joint statements: other bodies are asked to stand behind a response, and say yes or no."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.queries import find_composition
from consult.domain.notifications.joining import (
    send_joint_asked,
    send_joint_reminder,
    send_joint_taken_back,
)
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.types import Role
from consult.domain.responses.errors import TextChanged
from consult.domain.responses.models import JointParty, ResponseCase
from consult.domain.responses.readiness import list_joint_parties
from consult.domain.responses.recipients import recipients_for
from consult.domain.rounds.rules import written_reason
from consult.domain.submissions.service.confirming import confirm_body
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation


BETWEEN_REMINDERS = timedelta(days=1)
"""Nobody is reminded more often."""


def ask_body(
    case: ResponseCase, body: "Organisation", *, base_url: str, by: Actor, at: datetime
) -> JointParty:
    """Ask a body to stand behind the response; its coordinators get a mail. Asking twice is one.

    Raises ``InvalidInput`` (``body``, ``itself``) when it is the organisation itself.
    """
    if body.id == case.organisation_id:
        raise InvalidInput("body", "itself")
    asked = next((one for one in list_joint_parties(case) if one.organisation_id == body.id), None)
    if asked is not None:
        return asked
    party = JointParty(case=case, organisation=body, asked_at=at, asked_by=by.reference)
    session().add(party)
    session().flush()
    _note(Tag.JOINT_ASKED, party, by=by)
    for recipient in recipients_for(body, Role.COORDINATOR, at=at):
        send_joint_asked(
            recipient, **_names(party, recipient), link=_address(party, base_url=base_url)
        )
    return party


def confirm_joint(party: JointParty, *, digest: str, by: Actor, at: datetime) -> None:
    """The body stands behind the text that it was shown.

    What has been sent already shows it from now on.

    Raises ``TextChanged`` when the text is another one by now.
    """
    if digest != shown_digest(party):
        raise TextChanged
    party.digest, party.confirmed_at, party.confirmed_by = digest, at, by.reference
    party.declined_at, party.reason = None, ""
    session().flush()
    _log(party, by=by, answer="confirmed")
    sent = party.case.sent_version
    submission = party.case.submission
    if submission is not None and sent is not None and sent.digest == digest:
        confirm_body(submission, party.organisation_id, is_confirmed=True)


def decline_joint(party: JointParty, *, reason: str, by: Actor, at: datetime) -> None:
    """The body does not stand behind it; the reason is for those who asked.

    What has been sent with its yes shows it as not confirmed from now on.

    Raises ``InvalidInput`` without a reason.
    """
    party.reason = written_reason(reason)
    party.declined_at, party.confirmed_at, party.digest = at, None, None
    session().flush()
    _log(party, by=by, answer="declined")
    submission = party.case.submission
    if submission is not None:
        confirm_body(submission, party.organisation_id, is_confirmed=False)


def can_remind(party: JointParty, *, now: datetime) -> bool:
    """Whether a body may be reminded: it has not answered, and was not written to for a day."""
    last = party.reminded_at or party.asked_at
    return party.is_open and now - last >= BETWEEN_REMINDERS


def remind_body(party: JointParty, *, base_url: str, by: Actor, at: datetime) -> bool:
    """Remind a body that it was asked; ``False`` when it is too early or it has answered."""
    if not can_remind(party, now=at):
        return False
    party.reminded_at = at
    session().flush()
    _note(Tag.JOINT_REMINDED, party, by=by)
    for recipient in recipients_for(party.organisation, Role.COORDINATOR, at=at):
        send_joint_reminder(
            recipient, **_names(party, recipient), link=_address(party, base_url=base_url)
        )
    return True


def take_back_question(party: JointParty, *, by: Actor, at: datetime) -> None:
    """Ask the body no more: it disappears from both workspaces, and is told by mail.

    What has been sent already keeps it, as not confirmed, until a new version is sent.
    """
    _note(Tag.JOINT_TAKEN_BACK, party, by=by)
    submission = party.case.submission
    if submission is not None:
        confirm_body(submission, party.organisation_id, is_confirmed=False)
    for recipient in recipients_for(party.organisation, Role.COORDINATOR, at=at):
        send_joint_taken_back(recipient, **_names(party, recipient))
    session().delete(party)
    session().flush()


def waits_for_answer(party: JointParty) -> bool:
    """Whether the body has yet to say yes or no to the text as it stands, before it is sent."""
    if party.is_open:
        return True
    is_over = party.declined_at is not None or party.case.submission_id is not None
    return not is_over and not party.confirms(shown_digest(party))


def composition_of(party: JointParty) -> "Composition | None":
    """The response that a body is asked about, if it has been begun."""
    return find_composition(party.case.organisation_id, party.case.round_id)


def shown_digest(party: JointParty) -> str:
    """The fingerprint of the text that a body is shown now; empty where there is none."""
    composition = composition_of(party)
    return current_digest(composition) if composition else ""


def _log(party: JointParty, *, by: Actor, answer: str) -> None:
    """Note the answer with both: only the body itself learns which of its people gave it."""
    logs = {
        party.organisation_id: by.reference,
        party.case.organisation_id: party.organisation.reference,
    }
    for organisation_id, actor in logs.items():
        record(
            Tag.JOINT_ANSWERED,
            subject=party.reference,
            by=actor,
            stream=organisation_stream(organisation_id),
            data={"answer": answer, "digest": party.digest},
        )


def _note(tag: Tag, party: JointParty, *, by: Actor) -> None:
    """Note with those who ask what they have done."""
    record(
        tag,
        subject=party.reference,
        by=by.reference,
        stream=organisation_stream(party.case.organisation_id),
        data={"organisation": party.organisation.reference},
    )


def _names(party: JointParty, recipient: Recipient) -> dict[str, str]:
    """Who asks whom about what, in the language of who reads it."""
    locale, round_ = recipient.locale, party.case.round
    return {
        "organisation": party.case.organisation.name_in(locale),
        "body": party.organisation.name_in(locale),
        "round_title": localised(round_.title, locale),
        "language": localised_language(round_.title, locale),
    }


def _address(party: JointParty, *, base_url: str) -> str:
    return f"{base_url}/workspace/{party.organisation.slug}/joint/{party.public_id}"
