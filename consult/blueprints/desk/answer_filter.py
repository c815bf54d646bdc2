"""The filter of answers that an address asks for."""

from flask import request

from consult.blueprints.shared.lists import asked_text
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.listing import AnswerFilter
from consult.domain.submissions.types import Channel, SubmissionStatus


def asked_answers() -> AnswerFilter:
    """Which answers the address asks for; what it cannot mean is left out."""
    values = request.args
    return AnswerFilter(
        text=asked_text("q"),
        group=values.get("group", type=ActorGroup),
        status=values.get("status", type=SubmissionStatus),
        channel=values.get("channel", type=Channel),
    )
