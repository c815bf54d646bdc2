"""Reminding: owners of their measures, and a round's owner of the response that is due."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.followup.models import Measure
from consult.domain.followup.queries import follow_up_of, reminder_for
from consult.domain.followup.service.measures import note_reminded
from consult.domain.followup.service.responding import ensure_follow_up
from consult.domain.followup.types import SETTLED_STATUSES, Reply, ResponseReminder
from consult.domain.notifications.measures import (
    DueMeasure,
    FollowNote,
    send_measures_due,
    send_response_due,
)
from consult.domain.notifications.rules import round_topic
from consult.domain.notifications.types import Choice, Recipient
from consult.domain.organisations.types import Role
from consult.domain.responses.recipients import recipients_for
from consult.domain.rounds.types import ROUND_RULES
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def remind_owners(
    round_: "Round", measures: Iterable[Measure], *, base_url: str, by: Actor, at: datetime
) -> int:
    """Write one mail to each owner about those of their measures that are not settled.

    Returns:
        How many mails were written. Owners without an address, and those who have declined mail
        about the round, get none.
    """
    waiting = sorted(filter(can_be_reminded, measures), key=lambda one: (_owner(one), one.number))
    number = 0
    for _address, group in groupby(waiting, key=_owner):
        number += _remind_owner(round_, list(group), base_url=base_url, by=by, at=at)
    return number


def can_be_reminded(measure: Measure) -> bool:
    """Whether there is somebody to remind, and something to remind of."""
    is_open = measure.status not in SETTLED_STATUSES and measure.reply is not Reply.DECLINED
    return is_open and bool(measure.owner_email)


def remind_of_response(round_id: int, *, base_url: str, now: datetime) -> int:
    """Remind a round's owner that its response is due soon, or is late; returns how many mails.

    Which reminder was sent is noted in the same transaction, so that none goes out twice.
    """
    found = reminder_for(round_id, now=now)
    if found is None:
        return 0
    round_, due, clock = found
    ensure_follow_up(round_).reminded = due
    session().flush()
    people = recipients_for(round_.owner, Role.COORDINATOR, at=now)
    for to in people:
        note = _note(round_, to.locale, link=f"{base_url}/desk/rounds/{round_.slug}/follow-up")
        is_late = due is ResponseReminder.DUE
        send_response_due(to, note, due_on=clock.due_on, is_late=is_late)
    return len(people)


def _remind_owner(
    round_: "Round", measures: list[Measure], *, base_url: str, by: Actor, at: datetime
) -> bool:
    first = measures[0]
    is_inside = not ROUND_RULES[round_.type].is_open_to_all
    to = Recipient(first.owner_email, first.owner, first.owner_locale, is_confidential=is_inside)
    told = follow_up_of(round_.id)
    is_public = told is not None and told.published_at is not None
    page = f"{base_url}/rounds/{round_.slug}"
    sent = send_measures_due(
        to,
        _note(round_, to.locale, link=f"{page}/follow-up" if is_public else page),
        Choice(round_topic(round_.public_id), base_url, about=first.reference),
        measures=[DueMeasure(one.number, one.text, one.language, one.ends_on) for one in measures],
    )
    if sent is None:
        return False
    for one in measures:
        note_reminded(one, by=by, at=at)
    return True


def _note(round_: "Round", locale: str, *, link: str) -> FollowNote:
    contact = ", ".join(
        round_.contact[key] for key in ("name", "email", "phone") if round_.contact.get(key)
    )
    return FollowNote(
        title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        owner=round_.owner.name,
        contact=contact,
        link=link,
    )


def _owner(measure: Measure) -> str:
    return measure.owner_email
