"""Moving rounds by the clock, and telling people what that and others have done to them."""

import logging
from collections.abc import Callable, Iterable

from flask import current_app

from consult.db import transaction
from consult.domain.composing.sealing import dated_sign_offs
from consult.domain.composing.service.signing import remind
from consult.domain.disclosure.service.supporting import forget_unconfirmed_supports
from consult.domain.following import queries
from consult.domain.following.service.following import forget_unconfirmed
from consult.domain.following.service.reminding import remind_changer, remind_writer, write_digest
from consult.domain.following.service.telling import tell_news
from consult.domain.following.service.watching import tell_sender
from consult.domain.followup.queries import responses_to_remind
from consult.domain.followup.service.reminding import remind_of_response
from consult.domain.handling.queries.tasks import people_to_remind
from consult.domain.handling.service.reminding import remind_of_deadlines
from consult.domain.notifications.rules import is_daytime
from consult.domain.responses.service.endorsing import tell_joined_changed
from consult.domain.rounds.service import move_by_clock
from consult.domain.submissions.endorsements import ids_to_tell
from consult.kernel.clock import to_oslo, utc_now

_LOG = logging.getLogger(__name__)


def move_rounds() -> None:
    """Open and close every round whose time has come."""
    with transaction():
        move_by_clock(now=utc_now())


def tell_people() -> None:
    """Write the mails that are due: news, reminders, digests. At night nobody is written to."""
    now = utc_now()
    with transaction():
        forget_unconfirmed(now=now)
        forget_unconfirmed_supports(now=now)
    if not is_daytime(now):
        return
    base_url = str(current_app.config["SETTINGS"].base_url)
    _each(queries.waiting_news_ids(), lambda one: tell_news(one, base_url=base_url, now=now))
    _each(queries.drafts_to_remind(now), lambda one: remind_writer(one, base_url=base_url, now=now))
    _each(dated_sign_offs(to_oslo(now).date()), lambda one: remind(one, base_url=base_url, now=now))
    _each(
        queries.changes_to_remind(now),
        lambda one: remind_changer(one, base_url=base_url, now=now),
    )
    _each(
        queries.daily_follower_ids(now), lambda one: write_digest(one, base_url=base_url, now=now)
    )
    _each(
        queries.watch_ids_to_look_at(now), lambda one: tell_sender(one, base_url=base_url, now=now)
    )
    _each(
        people_to_remind(to_oslo(now).date()),
        lambda one: remind_of_deadlines(one, base_url=base_url, now=now),
    )
    _each(responses_to_remind(now), lambda one: remind_of_response(one, base_url=base_url, now=now))
    _each(ids_to_tell(), lambda one: tell_joined_changed(one, base_url=base_url, now=now))


def _each(ids: Iterable[int], tell: Callable[[int], object]) -> None:
    """Do it for each in a transaction of its own; none that fails holds up the next."""
    for one in ids:
        try:
            with transaction():
                tell(one)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the others must be told
            _LOG.error("telling %d failed", one, exc_info=problem)
