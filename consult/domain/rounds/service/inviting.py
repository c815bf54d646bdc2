"""Keeping the list of consultees: who is asked, why, and until when."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.rounds.errors import AlreadyInvited, BodyDissolved, InvitationSent
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.queries import invited_organisation_ids
from consult.domain.rounds.rules import check_extension, written_reason
from consult.domain.rounds.service.deadlines import check_against_parent
from consult.domain.rounds.service.recording import note
from consult.domain.rounds.types import InvitationReason, InvitationRow
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


def invite(
    round_: Round,
    organisation: "Organisation",
    *,
    reason: InvitationReason,
    by: Actor,
    email: str | None = None,
) -> Invitation:
    """Put one body on the list. Raises ``AlreadyInvited`` or ``BodyDissolved``."""
    if organisation.dissolved_on is not None:
        raise BodyDissolved(organisation.name)
    if organisation.id in invited_organisation_ids(round_.id):
        raise AlreadyInvited(organisation.name)
    invitation = Invitation(
        round_id=round_.id,
        organisation_id=organisation.id,
        reason=reason,
        email=email,
        created_at=utc_now(),
    )
    session().add(invitation)
    session().flush()
    note(Tag.ROUND_INVITATIONS_ADDED, round_, by=by, data={"number": 1})
    return invitation


def add_invitations(round_: Round, rows: Collection[InvitationRow], *, by: Actor) -> int:
    """Put the accepted rows of a list on the list of consultees; returns how many are new.

    Whoever was put on it by somebody else in the meantime is passed over.
    """
    invited = invited_organisation_ids(round_.id)
    now = utc_now()
    new = [row for row in rows if row.organisation_id not in invited]
    session().add_all(
        Invitation(
            round_id=round_.id,
            organisation_id=row.organisation_id,
            reason=row.reason,
            email=row.email,
            created_at=now,
        )
        for row in new
    )
    session().flush()
    if new:
        note(Tag.ROUND_INVITATIONS_ADDED, round_, by=by, data={"number": len(new)})
    return len(new)


def change_invitation(
    invitation: Invitation, *, reason: InvitationReason, email: str | None, by: Actor
) -> None:
    """Change why a body is invited, and where its mail goes."""
    before = invitation.reason
    changed = [
        name
        for name, value in (("reason", reason), ("email", email))
        if getattr(invitation, name) != value
    ]
    invitation.reason = reason
    invitation.email = email
    session().flush()
    if changed:
        _note_change(
            invitation,
            by=by,
            data={"fields": changed, "before": before.value, "after": reason.value},
        )


def set_own_deadline(
    invitation: Invitation,
    deadline_at: datetime | None,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    may_outlast_parent: bool = False,
) -> None:
    """Give one body a later deadline of its own, with the reason; ``None`` takes it back.

    Raises:
        InvalidInput: There is no reason, or the moment is past or not after everybody's deadline,
            or as :func:`~consult.domain.rounds.service.deadlines.check_against_parent`.
    """
    before = invitation.deadline_at
    if deadline_at is not None:
        check_extension(deadline_at, old=invitation.round.closes_at, now=at)
        check_against_parent(invitation.round, deadline_at, may_outlast_parent=may_outlast_parent)
    invitation.deadline_at = deadline_at
    invitation.deadline_reason = written_reason(reason) if deadline_at is not None else None
    session().flush()
    _note_change(
        invitation,
        by=by,
        data={
            "fields": ["deadline"],
            "before": before.isoformat() if before else None,
            "after": deadline_at.isoformat() if deadline_at else None,
        },
    )


def remove_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take a body off the list. Raises ``InvitationSent`` once it has been asked."""
    if invitation.sent_at is not None:
        raise InvitationSent
    round_ = invitation.round
    session().delete(invitation)
    session().flush()
    note(Tag.ROUND_INVITATIONS_REMOVED, round_, by=by, data={"number": 1})


def decline_invitation(invitation: Invitation, *, by: str, at: datetime) -> None:
    """Note that a body has let it be known that it does not answer; it is not reminded any more.

    ``by`` is the body's own reference: who in it decided so does not concern the round's owner.
    """
    if invitation.declined_at is not None:
        return
    invitation.declined_at = at
    session().flush()
    record(
        Tag.ROUND_INVITATION_CHANGED,
        subject=invitation.round.reference,
        by=by,
        stream=organisation_stream(invitation.round.owner_id),
        data={"invitation": invitation.public_id, "fields": ["declined"]},
    )


def _note_change(invitation: Invitation, *, by: Actor, data: dict[str, object]) -> None:
    note(
        Tag.ROUND_INVITATION_CHANGED,
        invitation.round,
        by=by,
        data={"invitation": invitation.public_id, **data},
    )
