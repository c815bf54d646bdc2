"""The work on the demo's answers: most of the closed round handled, some of the open one given."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.handling.errors import StillWaits
from consult.domain.handling.queries.queue import Reader, numbers_in_queue
from consult.domain.handling.queries.tasks import list_team
from consult.domain.handling.service.bulk import Change, change_many
from consult.domain.handling.service.filters import save_filter
from consult.domain.handling.service.noting import open_note
from consult.domain.handling.service.tasks import mark_handled, plan_work
from consult.domain.handling.types import ME, BulkKind, Due, Pile, QueueFilter, QueueOrder
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.listing import get_answer
from consult.kernel.clock import to_oslo, utc_now

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

_CLOSED = "rom-for-lokale-kontor"
_OPEN = "moteplasser-med-brukerne"
_NEVER_SENT = "http://localhost"
_NOTE = "Jeg har ringt og spurt om det gule arket skal med. De svarer innen fredag."


def load_work(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Let Jonas and Solveig handle what can be, and share what is left."""
    jonas, solveig = actor("jonas"), actor("solveig")
    today = to_oslo(now).date()
    # roles began while the demo was loading, which is after the moment it counts from
    members = list_team(get_round(_CLOSED).owner_id, now=utc_now())
    team = {person.id: person for person in members}
    left = []
    for position, number in enumerate(_numbers(get_round(_CLOSED), now=now)):
        answer = get_answer(_CLOSED, number)
        try:
            mark_handled(answer, by=solveig if position % 3 else jonas)
        except StillWaits:
            left.append(answer)
    for position, answer in enumerate(left):
        who = solveig if position % 2 else jonas
        person = team[who.person_id or 0]
        plan_work(answer, person, today + timedelta(days=2 + position), by=who)
    if left:
        open_note(left[0], _NOTE, by=jonas, base_url=_NEVER_SENT)
    round_ = get_round(_OPEN)
    change = Change(BulkKind.ASSIGN, assignee=team[jonas.person_id or 0])
    change_many(round_, _numbers(round_, now=now)[:3], change, by=jonas, base_url=_NEVER_SENT)
    soon = QueueFilter(assignee=ME, due=Due.WEEK, order=QueueOrder.DUE)
    save_filter(round_, "Mine, som haster", soon, is_shared=True, by=jonas)


def _numbers(round_: "Round", *, now: datetime) -> list[int]:
    everything = QueueFilter(pile=Pile.OPEN)
    return numbers_in_queue(round_.id, everything, Reader(0, now, to_oslo(now).date()), limit=500)
