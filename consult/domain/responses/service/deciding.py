"""Deciding what an organisation does about a round: answer, hand it on, or not answer."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.messages import send_case_given
from consult.domain.organisations.queries import descendants_of
from consult.domain.organisations.types import Role
from consult.domain.responses.errors import CaseIsSent, NotBelow, OnlyForThoseAsked
from consult.domain.responses.models import ResponseCase
from consult.domain.responses.queries import find_case
from consult.domain.responses.recipients import recipients_for
from consult.domain.responses.types import CaseStatus
from consult.domain.rounds.rules import written_reason
from consult.domain.rounds.service import decline_invitation
from consult.domain.rounds.types import ROUND_RULES
from consult.kernel.clock import to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.organisations.models import Membership, Organisation
    from consult.domain.rounds.models import Invitation, Round


def take_round(
    round_: "Round", organisation: "Organisation", *, by: Actor, at: datetime
) -> ResponseCase:
    """Decide that the organisation answers; whoever decides has the ball. Taking twice is one.

    A round that was handed on or declined is taken back by this. Raises ``CaseIsSent``.
    """
    case = find_case(organisation.id, round_.id)
    if case is not None and case.status is CaseStatus.TAKEN:
        return case
    case = _decide(round_, organisation, CaseStatus.TAKEN, by=by, at=at)
    case.responsible_id = by.person_id
    session().flush()
    return case


def hold_case(case: ResponseCase) -> None:
    """Keep a second press from sending until this transaction ends, on either database."""
    session().execute(
        update(ResponseCase)
        .where(ResponseCase.id == case.id)
        .values(reason=ResponseCase.reason)
        .execution_options(synchronize_session=False)
    )
    session().refresh(case)


def give_case(case: ResponseCase, member: "Membership", *, by: Actor) -> None:
    """Give the ball to somebody who may write for the organisation.

    Raises:
        InvalidInput: at ``member`` when the role is not one that writes, or is another
            organisation's.
    """
    writes = {Role.COORDINATOR, Role.DRAFTER}
    if member.organisation_id != case.organisation_id or member.role not in writes:
        raise InvalidInput("member", "cannot_write")
    case.responsible_id = member.person_id
    session().flush()
    _note(case, by=by, data={"responsible": member.person.reference})


def hand_on(
    round_: "Round",
    organisation: "Organisation",
    *,
    body: "Organisation",
    reason: str,
    base_url: str,
    by: Actor,
    at: datetime,
) -> ResponseCase:
    """Hand a round to a body below, with the reason; its coordinators are told by mail.

    Raises:
        InvalidInput: No reason is given.
        NotBelow: The body does not stand under the organisation, or exists no more.
        OnlyForThoseAsked: The round is not open to all.
        CaseIsSent: The organisation has answered.
    """
    why = written_reason(reason)
    if not ROUND_RULES[round_.type].is_open_to_all:
        raise OnlyForThoseAsked
    below = {
        node.organisation.id for node in descendants_of(organisation.id, on=to_oslo(at).date())
    }
    if body.id not in below:
        raise NotBelow(body.name)
    case = _decide(round_, organisation, CaseStatus.HANDED_ON, reason=why, by=by, at=at)
    case.handed_to_id = body.id
    session().flush()
    _tell_below(round_, organisation, body, reason=why, base_url=base_url, at=at)
    return case


def decline_round(
    round_: "Round",
    organisation: "Organisation",
    *,
    reason: str,
    invitation: "Invitation | None",
    by: Actor,
    at: datetime,
) -> ResponseCase:
    """Decide that the organisation does not answer, with the reason, which stays inside.

    With ``invitation`` whoever asked is told that no answer comes: that, and nothing more.
    Raises ``InvalidInput`` without a reason, and ``CaseIsSent``.
    """
    case = _decide(
        round_, organisation, CaseStatus.DECLINED, reason=written_reason(reason), by=by, at=at
    )
    if invitation is not None:
        decline_invitation(invitation, by=organisation.reference, at=at)
    return case


def _decide(
    round_: "Round",
    organisation: "Organisation",
    status: CaseStatus,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> ResponseCase:
    case = find_case(organisation.id, round_.id)
    before = case.status.value if case is not None else None
    if case is None:
        case = ResponseCase(organisation_id=organisation.id, round_id=round_.id)
        session().add(case)
    elif case.submission_id is not None:
        raise CaseIsSent(case.public_id)
    case.status = status
    case.reason = reason
    case.handed_to_id = case.responsible_id = None
    case.decided_at = at
    case.decided_by = by.reference
    session().flush()
    _note(case, by=by, data={"before": before, "after": status.value})
    return case


def _note(case: ResponseCase, *, by: Actor, data: dict[str, object]) -> None:
    record(
        Tag.CASE_DECIDED,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data=data,
    )


def _tell_below(
    round_: "Round",
    organisation: "Organisation",
    body: "Organisation",
    *,
    reason: str,
    base_url: str,
    at: datetime,
) -> None:
    """Mail the body's coordinators, or the body itself where it has none."""
    for recipient in recipients_for(body, Role.COORDINATOR, at=at):
        send_case_given(
            recipient,
            body=body.name_in(recipient.locale),
            organisation=organisation.name_in(recipient.locale),
            round_title=localised(round_.title, recipient.locale),
            language=localised_language(round_.title, recipient.locale),
            reason=reason,
            deadline=round_.closes_at,
            link=f"{base_url}/workspace/{body.slug}/cases/{round_.slug}",
        )
