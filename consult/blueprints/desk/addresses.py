"""Addresses of the desk's pages that many views lead to."""

from typing import TYPE_CHECKING

from flask import url_for

from consult.blueprints.shared.site import base_url
from consult.domain.meetings.queries import find_by_submission
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


def address_in_mail(round_: "Round") -> str:
    """The round's page as a mail has to give it: with scheme and host."""
    return base_url() + url_for("public.round", round_slug=round_.slug)


def answer_address(submission: "Submission") -> str:
    """The page of an answer."""
    return url_for("desk.answer", round_slug=submission.round.slug, number=submission.number)


def meeting_address(meeting: "Meeting", *, anchor: str | None = None) -> str:
    """The page of a meeting."""
    return url_for(
        "desk.meeting",
        round_slug=meeting.round.slug,
        meeting_id=meeting.public_id,
        _anchor=anchor,
    )


def notes_address(submission: "Submission") -> str:
    """The page of the meeting whose notes these are. Raises :class:`NotFound`."""
    meeting = find_by_submission(submission.id)
    if meeting is None:
        raise NotFound("meeting", submission.number)
    return meeting_address(meeting)
