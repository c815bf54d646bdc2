"""Sending invitations and reminders."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import address_in_mail
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds import service
from consult.domain.rounds.queries import get_invitation, get_round
from consult.domain.rounds.types import SendResult
from consult.domain.submissions.counting import answered_organisation_ids
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Invitation, Round


@bp.post("/rounds/<slug:round_slug>/setup/invitations/send")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def send_invitations(round_: "Round") -> ResponseReturnValue:
    """Mail everybody on the list who has not been asked."""
    return _mail(round_, service.send_invitations)


@bp.post("/rounds/<slug:round_slug>/setup/invitations/remind")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def remind_silent(round_: "Round") -> ResponseReturnValue:
    """Mail those who were asked and have not answered."""
    return _mail(round_, service.remind_silent)


@bp.post("/rounds/<slug:round_slug>/setup/invitations/<pid:public_id>/send")
@requires(Permission.MANAGE_ROUND, on=get_invitation)
@transactional
def send_invitation(invitation: "Invitation") -> ResponseReturnValue:
    """Mail one body, also again."""
    round_ = invitation.round
    sent = service.send_invitation(
        invitation, link=address_in_mail(round_), by=current_actor(), at=utc_now()
    )
    _tell(SendResult(sent=int(sent), without_address=int(not sent)))
    return redirect(url_for("desk.invitations", round_slug=round_.slug))


def _mail(round_: "Round", send: Callable[..., SendResult]) -> ResponseReturnValue:
    """Mail those on the list whom it concerns, and tell how many that were."""
    result = send(
        round_,
        answered=answered_organisation_ids(round_.id),
        link=address_in_mail(round_),
        by=current_actor(),
        at=utc_now(),
    )
    _tell(result)
    return redirect(url_for("desk.invitations", round_slug=round_.slug))


def _tell(result: SendResult) -> None:
    if result.sent:
        flash(ngettext("%(num)d mail is sent.", "%(num)d mails are sent.", result.sent), "success")
    if result.without_address:
        text = ngettext(
            "%(num)d body has no e-mail address and was not written to.",
            "%(num)d bodies have no e-mail address and were not written to.",
            result.without_address,
        )
        flash(text, "warning")
    if not result.sent and not result.without_address:
        flash(_("There was nobody left to write to."), "info")
