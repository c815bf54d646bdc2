"""Reminding of deadlines: one mail for each round, not one for each answer."""

from datetime import datetime
from itertools import groupby

from consult.db import session
from consult.domain.accounts.queries import find_person
from consult.domain.handling.models import AnswerTask
from consult.domain.handling.queries.tasks import list_team, tasks_to_remind
from consult.domain.handling.service.telling import letter_to
from consult.domain.handling.types import Reminder
from consult.domain.notifications.working import send_answers_due
from consult.kernel.clock import to_oslo


def remind_of_deadlines(person_id: int, *, base_url: str, now: datetime) -> None:
    """Write to somebody about their open answers whose deadline is tomorrow, today or over.

    Whoever has no role with the owner any more is not written to; their answers stay in the queue
    under their name until somebody gives them to another.
    """
    person, today = find_person(person_id), to_oslo(now).date()
    due = tasks_to_remind(person_id, today=today)
    for _round_id, pairs in groupby(due, key=lambda pair: pair[0].round_id):
        group = list(pairs)
        round_ = group[0][0].submission.round
        for task, reminder in group:
            task.reminded = reminder
        session().flush()
        if person is None or person not in list_team(round_.owner_id, now=now):
            continue
        to, note = letter_to(person, round_, place="queue?assignee=me&order=due", base_url=base_url)
        send_answers_due(
            to,
            note,
            due_on=max(task.due_on or today for task, _reminder in group),
            soon=_numbers(group, Reminder.SOON),
            overdue=_numbers(group, Reminder.OVERDUE),
        )


def _numbers(group: list[tuple[AnswerTask, Reminder]], which: Reminder) -> list[int]:
    return [task.submission.number for task, reminder in group if reminder is which]
