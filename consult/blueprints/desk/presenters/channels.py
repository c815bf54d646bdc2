"""The ways in which an answer is written down at the desk."""

from flask import url_for
from flask_babel import gettext as _

from consult.domain.intake.details import HAND_CHANNELS
from consult.domain.submissions.types import Channel
from consult.kernel.i18n import N_

BY_HAND_TITLES: dict[Channel, str] = {
    Channel.PAPER: N_("Register a letter on paper"),
    Channel.PHONE: N_("Register an answer by phone"),
    Channel.EMAIL: N_("Register a mail"),
    Channel.DOCUMENT: N_("Register a document by hand"),
}

_WAYS: dict[Channel, str] = {
    Channel.PAPER: N_("A letter on paper"),
    Channel.PHONE: N_("A phone call"),
    Channel.EMAIL: N_("A mail"),
    Channel.DOCUMENT: N_("A document"),
}


def other_ways(round_slug: str, *, besides: Channel | None = None) -> list[dict[str, str]]:
    """Links to writing down an answer that came in each of the other ways."""
    return [
        {
            "text": _(_WAYS[channel]),
            "href": url_for("desk.intake_by_hand", round_slug=round_slug, channel=channel.value),
        }
        for channel in HAND_CHANNELS
        if channel is not besides
    ]
