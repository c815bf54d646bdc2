"""Pictures of flip charts: kept as they came, reviewed, and published with a text."""

from dataclasses import asdict
from datetime import datetime

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.meetings.errors import PictureUnfinished
from consult.domain.meetings.models import Meeting, MeetingPicture
from consult.domain.meetings.picture import blur_areas, inspect_photo
from consult.domain.meetings.rules import check_areas
from consult.domain.meetings.service.planning import record_change
from consult.domain.meetings.types import Area
from consult.domain.submissions.rules import check_free_text
from consult.kernel.files import FileStore
from consult.kernel.text.plain import canonical


def add_picture(
    meeting: Meeting, content: bytes, *, filename: str, files: FileStore, by: Actor, at: datetime
) -> MeetingPicture:
    """Keep a photo as it came; nobody but the desk sees it. Raises ``InvalidInput`` (``file``)."""
    photo = inspect_photo(content)
    picture = MeetingPicture(
        filename=canonical(filename)[-255:] or "picture",
        media_type=photo.media_type,
        size=len(content),
        digest=files.save(content),
        uploaded_at=at,
        uploaded_by=by.reference,
    )
    meeting.pictures.append(picture)
    session().flush()
    data = {"picture": picture.public_id, "digest": picture.digest}
    record_change(Tag.MEETING_PICTURE_ADDED, meeting, by=by, data=data)
    return picture


def review_picture(
    picture: MeetingPicture,
    *,
    areas: tuple[Area, ...],
    text: str,
    files: FileStore,
    by: Actor,
    at: datetime,
) -> None:
    """Blur the rectangles in a copy and keep the text that says what the picture shows.

    What was published is taken back, to be looked at once more. The original stays as it is.

    Raises:
        InvalidInput: As :func:`consult.domain.meetings.rules.check_areas`, or an identity number
            in ``text``.
    """
    check_areas(areas)
    check_free_text("text", text)
    picture.cleaned_digest = files.save(blur_areas(files.read(picture.digest), areas))
    picture.area_data = [asdict(area) for area in areas]
    picture.text = canonical(text)
    picture.reviewed_at = at
    picture.reviewed_by = by.reference
    picture.published_at = None
    session().flush()
    data = {"picture": picture.public_id, "areas": len(areas), "digest": picture.cleaned_digest}
    record_change(Tag.MEETING_PICTURE_REVIEWED, picture.meeting, by=by, data=data)


def publish_picture(picture: MeetingPicture, *, by: Actor, at: datetime) -> None:
    """Show the cleaned picture with its text to everybody who may see the round.

    Raises :class:`PictureUnfinished` without a review (``review``) or without words (``text``).
    """
    if picture.cleaned_digest is None:
        raise PictureUnfinished("review")
    if not picture.text.strip():
        raise PictureUnfinished("text")
    if picture.published_at is None:
        _publish(picture, at, by=by)


def withdraw_picture(picture: MeetingPicture, *, by: Actor) -> None:
    """Take a picture off the public page."""
    if picture.published_at is not None:
        _publish(picture, None, by=by)


def _publish(picture: MeetingPicture, at: datetime | None, *, by: Actor) -> None:
    picture.published_at = at
    session().flush()
    data = {"picture": picture.public_id, "published": at is not None}
    record_change(Tag.MEETING_PICTURE_PUBLISHED, picture.meeting, by=by, data=data)
