"""What everybody may see of a round's meetings: that they were held, and pictures with words."""

from io import BytesIO
from typing import TYPE_CHECKING

from flask import current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.presenters import standing_of
from consult.blueprints.shared.access import requires
from consult.domain.meetings.picture import CLEANED_TYPE
from consult.domain.meetings.queries import (
    counts_by_meeting,
    get_picture,
    list_meetings,
    list_published_pictures,
)
from consult.domain.meetings.types import MEETING_KIND_LABELS
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.meetings.models import MeetingPicture
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/meetings")
@requires(Permission.VIEW_ROUND, on=get_round)
def meetings(round_: "Round") -> ResponseReturnValue:
    """The meetings whose notes are approved: when, where, how many, and pictures."""
    rows = list_meetings(round_.id, validated_only=True)
    ids = [row.id for row in rows]
    return render_template(
        "public/meetings.html",
        round=round_,
        standing=standing_of(round_, now=utc_now()),
        meetings=rows,
        counts=counts_by_meeting(ids),
        pictures=list_published_pictures(ids),
        kinds=MEETING_KIND_LABELS,
        actor_types=ACTOR_TYPE_LABELS,
    )


@bp.get("/rounds/<slug:round_slug>/meetings/pictures/<pid:picture_id>.jpg")
@requires(Permission.VIEW_ROUND, on=get_picture)
def meeting_picture(picture: "MeetingPicture") -> ResponseReturnValue:
    """A picture that is published, with names and faces blurred."""
    if picture.published_at is None or picture.cleaned_digest is None:
        raise NotFound("picture", picture.public_id)
    content = current_app.extensions["files"].read(picture.cleaned_digest)
    return send_file(BytesIO(content), mimetype=CLEANED_TYPE)
