"""Mail: what failed and can be sent again, what waits, what was sent."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.admin import bp
from consult.blueprints.admin.labels import MAIL_KIND_LABELS, STATE_LABELS
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.notifications.queries import (
    count_by_state,
    get_message,
    list_failed,
    list_in_state,
)
from consult.domain.notifications.service import send_again
from consult.domain.notifications.types import DeliveryState
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage


@bp.get("/mail")
@requires(Permission.ADMINISTER)
def mail() -> ResponseReturnValue:
    """Mails by how far they came; never what they say, for some of them let people in."""
    asked = asked_text("state")
    state = next((one for one in DeliveryState if one == asked), DeliveryState.FAILED)
    counts = count_by_state()
    paging = page_of(counts[state])
    return render_template(
        "admin/mail.html",
        messages=list_in_state(state, offset=paging.offset, limit=paging.size),
        state=state,
        views=[
            {
                "text": _(label),
                "href": url_for("admin.mail", state=one),
                "current": one is state,
                "count": counts[one],
            }
            for one, label in STATE_LABELS.items()
        ],
        kind_labels=MAIL_KIND_LABELS,
        paging=paging,
    )


@bp.post("/mail/<pid:public_id>/send-again")
@requires(Permission.ADMINISTER, on=get_message)
@transactional
def send_mail_again(message: "OutboxMessage") -> ResponseReturnValue:
    """Put one failed mail back into the queue."""
    send_again(message, by=current_actor().reference, now=utc_now())
    address = message.domain if message.is_confidential else message.to_email
    flash(_("The mail to %(address)s is on its way again.", address=address), "success")
    return redirect(url_for("admin.mail"))


@bp.post("/mail/send-again")
@requires(Permission.ADMINISTER)
@transactional
def send_all_mail_again() -> ResponseReturnValue:
    """Put every failed mail back into the queue."""
    failed = list_failed()
    for message in failed:
        send_again(message, by=current_actor().reference, now=utc_now())
    flash(
        ngettext(
            "%(num)d mail is on its way again.",
            "%(num)d mails are on their way again.",
            len(failed),
        ),
        "success",
    )
    return redirect(url_for("admin.mail"))
