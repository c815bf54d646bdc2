"""The deadline for one's own calendar."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.public import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import current_locale, format_moment, localise
from consult.blueprints.shared.settings import site_address
from consult.domain.rounds.calendar import DeadlineEvent, calendar_file
from consult.domain.rounds.listing import list_deadline_changes
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.types import RoundStatus
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/deadline.ics")
@requires(Permission.VIEW_ROUND, on=get_round)
def deadline_file(round_: "Round") -> ResponseReturnValue:
    """The deadline as a calendar file in the reader's language; later ones take its place."""
    base_url = site_address()
    changes = list_deadline_changes(round_.id)
    link = f"{base_url}/rounds/{round_.slug}"
    title = _("Deadline: %(title)s", title=localise(round_.title))
    until = _(
        "Answers are taken until %(moment)s, Norwegian time.",
        moment=format_moment(round_.closes_at),
    )
    content = calendar_file(
        DeadlineEvent(
            uid=f"{round_.public_id}@{urlsplit(base_url).hostname}",
            sequence=len(changes),
            changed_at=changes[-1].changed_at if changes else round_.created_at,
            closes_at=round_.closes_at,
            title=title,
            description=f"{round_.owner.name}\n{until}\n{link}",
            link=link,
            language=current_locale(),
            alarm=title,
            is_cancelled=round_.status is RoundStatus.CANCELLED,
        )
    )
    name = f"{round_.slug}.ics"
    return content, {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
