"""Joint statements: other bodies are asked to stand behind a response, and say yes or no."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.queries import find_composition
from consult.domain.notifications.joining import send_joint_asked
from consult.domain.organisations.types import Role
from consult.domain.responses.errors import TextChanged
from consult.domain.responses.models import JointParty, ResponseCase
from consult.domain.responses.readiness import list_joint_parties
from consult.domain.responses.recipients import recipients_for
from consult.domain.rounds.rules import written_reason
from consult.domain.submissions.service.confirming import confirm_co_sender
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation


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
    record(
        Tag.JOINT_ASKED,
        subject=party.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={"organisation": body.reference},
    )
    _tell(party, base_url=base_url, at=at)
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
        confirm_co_sender(submission, party.organisation_id)


def decline_joint(party: JointParty, *, reason: str, by: Actor, at: datetime) -> None:
    """The body does not stand behind it; the reason is for those who asked.

    Raises ``InvalidInput`` without a reason.
    """
    party.reason = written_reason(reason)
    party.declined_at, party.confirmed_at, party.digest = at, None, None
    session().flush()
    _log(party, by=by, answer="declined")


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


def _tell(party: JointParty, *, base_url: str, at: datetime) -> None:
    body, round_ = party.organisation, party.case.round
    for recipient in recipients_for(body, Role.COORDINATOR, at=at):
        send_joint_asked(
            recipient,
            organisation=party.case.organisation.name_in(recipient.locale),
            body=body.name_in(recipient.locale),
            round_title=localised(round_.title, recipient.locale),
            language=localised_language(round_.title, recipient.locale),
            link=f"{base_url}/workspace/{body.slug}/joint/{party.public_id}",
        )
