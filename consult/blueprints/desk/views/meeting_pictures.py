"""Photos of flip charts: taking them in, blurring what must not be read, publishing."""

from io import BytesIO
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.meetings import (
    AREA_ROWS,
    PictureForm,
    ReviewForm,
    review_data,
    row_names,
)
from consult.blueprints.desk.views.meetings import show_meeting
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.screening import screen_upload
from consult.domain.meetings.errors import PictureUnfinished
from consult.domain.meetings.picture import CLEANED_TYPE, draw_grid, draw_plain
from consult.domain.meetings.queries import get_meeting, get_picture
from consult.domain.meetings.service import pictures
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting, MeetingPicture


@bp.post("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/pictures")
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_picture_add(meeting: "Meeting") -> ResponseReturnValue:
    """Take in a photo; it is for the desk until it is reviewed and published."""
    form = PictureForm()
    if form.validate_on_submit():
        upload = form.file.data
        try:
            screen_upload(upload.stream)
            picture = pictures.add_picture(
                meeting,
                upload.read(),
                filename=upload.filename or "",
                files=current_app.extensions["files"],
                by=current_actor(),
                at=utc_now(),
            )
        except InvalidInput as error:
            messages = {
                "no_picture": _("This is not a picture we can read. Send JPEG, PNG or WebP."),
                "infected": _("The virus scanner found something in the file. It is not kept."),
                "too_large": _("The picture has too many pixels. Send a smaller one."),
            }
            form.refuse(error, messages)
        else:
            return redirect(_address(picture))
    return show_meeting(meeting, picture=form), 422


@bp.route("/rounds/<slug:round_slug>/pictures/<pid:picture_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS, on=get_picture)
@transactional
def meeting_picture(picture: "MeetingPicture") -> ResponseReturnValue:
    """Say what must be blurred and what the picture shows."""
    form = ReviewForm(data=review_data(picture.areas, picture.text))
    if form.validate_on_submit():
        for row in form.half_filled:
            form.add_error(
                form[row_names(row)[0]], _("Fill in all four numbers of the rectangle, or none.")
            )
        if not form.errors and _review(picture, form):
            flash(_("Saved. Look at the result below before you publish it."), "success")
            return redirect(_address(picture, anchor="result"))
    page = render_template(
        "desk/meetings/picture.html",
        round=picture.round,
        meeting=picture.meeting,
        picture=picture,
        form=form,
        area_rows=[row_names(row) for row in AREA_ROWS],
    )
    return page, 422 if form.is_submitted() else 200


def _review(picture: "MeetingPicture", form: ReviewForm) -> bool:
    """Keep the review; ``False`` with the reason put into the form."""
    try:
        pictures.review_picture(
            picture,
            areas=form.areas,
            text=form.text.data or "",
            files=current_app.extensions["files"],
            by=current_actor(),
            at=utc_now(),
        )
    except InvalidInput as error:
        field = error.field
        if field == "areas":
            field = row_names(int(str(error.data["number"])) - 1)[0]
        message = _("The rectangle must lie inside the picture and have a width and a height.")
        form.refuse(InvalidInput(field, error.reason), {"outside": message})
        return False
    return True


@bp.get(
    "/rounds/<slug:round_slug>/pictures/<pid:picture_id>/"
    "<any(grid, plain, cleaned, original):version>"
)
@requires(Permission.VIEW_DESK, on=get_picture)
def meeting_picture_file(picture: "MeetingPicture", version: str) -> ResponseReturnValue:
    """The photo with a grid to measure by, without it, as it would be published, or as it came."""
    files = current_app.extensions["files"]
    if version == "original":
        return send_stored(picture.digest, picture.filename, picture.media_type)
    if version == "grid":
        content = draw_grid(files.read(picture.digest), picture.areas)
    elif version == "plain":
        content = draw_plain(files.read(picture.digest))
    elif picture.cleaned_digest is None:
        raise NotFound("picture", picture.public_id)
    else:
        content = files.read(picture.cleaned_digest)
    return send_file(BytesIO(content), mimetype=CLEANED_TYPE)


@bp.post("/rounds/<slug:round_slug>/pictures/<pid:picture_id>/publish")
@requires(Permission.MANAGE_MEETINGS, on=get_picture)
@transactional
def meeting_picture_publish(picture: "MeetingPicture") -> ResponseReturnValue:
    """Show the cleaned picture with its text on the round's page of meetings."""
    response = redirect(_address(picture))
    try:
        pictures.publish_picture(picture, by=current_actor(), at=utc_now())
    except PictureUnfinished as error:
        text = _("Write what the picture says before it is published. Nothing was changed.")
        review = _("Review the picture before it is published. Nothing was changed.")
        flash(text if error.missing == "text" else review, "warning")
        return response
    flash(_("The picture is published."), "success")
    return response


@bp.post("/rounds/<slug:round_slug>/pictures/<pid:picture_id>/withdraw")
@requires(Permission.MANAGE_MEETINGS, on=get_picture)
@transactional
def meeting_picture_withdraw(picture: "MeetingPicture") -> ResponseReturnValue:
    """Take the picture off the public page."""
    pictures.withdraw_picture(picture, by=current_actor())
    flash(_("The picture is no longer public."), "success")
    return redirect(_address(picture))


def _address(picture: "MeetingPicture", *, anchor: str | None = None) -> str:
    return url_for(
        "desk.meeting_picture",
        round_slug=picture.round.slug,
        picture_id=picture.public_id,
        _anchor=anchor,
    )
