"""Shapes the queue: its piles, its rows, what has been done with many, and how far the work is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import format_clock, format_day
from consult.domain.handling.queries.queue import KindProgress, Left, QueueRow
from consult.domain.handling.rules import in_ranges, is_held, tally
from consult.domain.handling.types import (
    BULK_LABELS,
    OUTCOME_LABELS,
    PILE_LABELS,
    WAITS_LABELS,
    BulkKind,
    Outcome,
    Pile,
    QueueFilter,
    Waits,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.types import DECISION_LABELS, DecisionKind

if TYPE_CHECKING:
    from consult.domain.handling.models import AnswerTask, BulkAction, BulkItem, SavedFilter
    from consult.domain.handling.queries.tasks import Standing
    from consult.domain.rounds.models import Round

AT_WORK = frozenset({RoundStatus.OPEN, RoundStatus.CLOSED, RoundStatus.ANALYSIS})
"""States of a round in which answers that nobody has handled wait for somebody."""

_WORK = tuple(pile for pile in Pile if pile.is_work)
_DONE = tuple(pile for pile in Pile if not pile.is_work)


def pile_tabs(
    round_slug: str, counts: Mapping[Pile, int], wanted: QueueFilter
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The piles that wait, and those that are done with; each leads to itself, filtered alike."""
    rest = {name: value for name, value in wanted.values().items() if name != "pile"}

    def tab(pile: Pile) -> dict[str, Any]:
        values = rest if pile is Pile.OPEN else {**rest, "pile": pile.value}
        return {
            "text": _(PILE_LABELS[pile]),
            "href": url_for("desk.queue", round_slug=round_slug, **values),
            "current": pile is wanted.pile,
            "count": counts.get(pile, 0),
        }

    return [tab(pile) for pile in _WORK], [tab(pile) for pile in _DONE]


@dataclass(frozen=True, slots=True)
class RowView:
    """An answer in the queue, in words.

    Attributes:
        why: What waits with it, as text and where that is done.
        holder: Who works on it now, and since when.
        due: Until when, with the tone that says how urgent it is.
    """

    number: int
    name: str
    kind: str
    received: Any
    is_read: bool
    why: list[tuple[str, str]]
    assignee: str | None
    holder: str | None
    due: tuple[str, str] | None
    notes: int


def row_views(rows: Sequence[QueueRow], round_slug: str, *, me: int, today: date) -> list[RowView]:
    """Rows of the queue for the page."""
    return [_row(row, round_slug, me=me, today=today) for row in rows]


def _row(row: QueueRow, round_slug: str, *, me: int, today: date) -> RowView:
    submission, task = row.submission, row.task
    holder = assignee = due = None
    if task is not None:
        assignee = task.assignee.name if task.assignee is not None else None
        due = due_tag(task.due_on, today=today)
        if row.is_held and task.held_by is not None and task.held_at is not None:
            holder = working_text(task.held_by.name, task.held_at, is_mine=task.held_by_id == me)
    return RowView(
        number=submission.number,
        name=submission.name or _("Private person"),
        kind=_(ACTOR_TYPE_LABELS[submission.actor_type]),
        received=submission.received_at,
        is_read=row.is_read,
        why=[
            (_(WAITS_LABELS[one]), _where(one, round_slug, submission.number))
            for one in Waits
            if one in row.waits
        ],
        assignee=assignee,
        holder=holder,
        due=due,
        notes=row.notes,
    )


def _where(what: Waits, round_slug: str, number: int) -> str:
    """The page on which what waits is done."""
    endpoint = {
        Waits.REVIEW: "desk.review_answer",
        Waits.LATE: "desk.answer_mark",
        Waits.TWICE: "desk.answer_merge",
    }.get(what, "desk.answer")
    return url_for(endpoint, round_slug=round_slug, number=number)


def due_tag(due_on: date | None, *, today: date) -> tuple[str, str] | None:
    """A deadline of the work in words, with its tone."""
    if due_on is None:
        return None
    if due_on < today:
        return _("Overdue since %(day)s", day=format_day(due_on)), "danger"
    if due_on == today:
        return _("Today"), "warning"
    return format_day(due_on), "neutral"


def working_text(name: str, since: Any, *, is_mine: bool) -> str:
    """Who works on an answer, and since when."""
    clock = format_clock(since)
    if is_mine:
        return str(_("You are working on it, since %(time)s", time=clock))
    return str(_("%(name)s is working on it, since %(time)s", name=name, time=clock))


@dataclass(frozen=True, slots=True)
class WorkView:
    """How the work on one answer stands, in words.

    Attributes:
        working: Who works on it now, if anybody.
        notes: How many discussions about it are open.
    """

    assignee: str | None
    due: tuple[str, str] | None
    working: str | None
    is_mine: bool
    is_held_elsewhere: bool
    is_handled: bool
    is_read: bool
    notes: int


@dataclass(frozen=True, slots=True)
class HoldView:
    """Who works on an answer now, in words; for pages that show nothing else of the work on it."""

    working: str | None
    is_held_elsewhere: bool


def hold_view(task: "AnswerTask | None", *, me: int, now: datetime) -> HoldView:
    """Who works on an answer now."""
    if task is None or task.held_by is None or not is_held(task.held_at, now=now):
        return HoldView(None, False)
    is_mine = task.held_by_id == me
    return HoldView(working_text(task.held_by.name, task.held_at, is_mine=is_mine), not is_mine)


def work_view(standing: "Standing", *, notes: int, today: date) -> WorkView:
    """The work on one answer for its page."""
    holder, since = standing.holder, standing.held_at
    working = None
    if holder is not None and since is not None:
        working = working_text(holder.name, since, is_mine=standing.is_mine)
    return WorkView(
        assignee=standing.assignee.name if standing.assignee else None,
        due=None if standing.is_handled else due_tag(standing.due_on, today=today),
        working=working,
        is_mine=standing.is_mine,
        is_held_elsewhere=standing.is_held_elsewhere,
        is_handled=standing.is_handled,
        is_read=standing.is_read,
        notes=notes,
    )


@dataclass(frozen=True, slots=True)
class FilterView:
    """A saved filter as a link. ``owner``: the colleague who shares it, if it is not mine."""

    name: str
    href: str
    public_id: str
    owner: str | None
    is_shared: bool


def filter_views(saved: Sequence["SavedFilter"], round_slug: str, *, me: int) -> list[FilterView]:
    """Saved filters for the page."""
    return [
        FilterView(
            name=one.name,
            href=url_for("desk.queue", round_slug=round_slug, **one.data),
            public_id=one.public_id,
            owner=one.person.name if one.person_id != me else None,
            is_shared=one.is_shared,
        )
        for one in saved
    ]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What became of some answers. ``links``: their numbers with the way to each."""

    text: str
    numbers: str
    links: list[tuple[int, str]]


def report_lines(
    items: Sequence["BulkItem"], round_slug: str, *, undone: bool = False
) -> list[ReportLine]:
    """What became of each answer in an action, or when it was undone; what is done comes first."""
    outcomes = {
        item.submission.number: outcome
        for item in items
        if (outcome := item.undone if undone else item.outcome) is not None
    }
    return [
        ReportLine(
            text=_(OUTCOME_LABELS[outcome]),
            numbers=in_ranges(numbers),
            links=[
                (number, url_for("desk.answer", round_slug=round_slug, number=number))
                for number in numbers
            ],
        )
        for outcome, numbers in tally(outcomes).items()
    ]


def done_of(items: Sequence["BulkItem"], *, undone: bool = False) -> tuple[int, int]:
    """How many answers were changed (or changed back), of how many."""
    asked = [item for item in items if not undone or item.outcome is Outcome.DONE]
    reached = [item for item in asked if (item.undone if undone else item.outcome) is Outcome.DONE]
    return len(reached), len(asked)


def action_title(action: "BulkAction", names: Mapping[str, str]) -> str:
    """What was asked for, in words."""
    data = action.data
    match action.kind:
        case BulkKind.ASSIGN:
            name = names.get(data.get("assignee") or "")
            return str(_("Assigned to %(name)s", name=name) if name else _("Assigned to nobody"))
        case BulkKind.DEADLINE if data.get("due_on"):
            day = format_day(date.fromisoformat(data["due_on"]))
            return str(_("Finish by %(day)s", day=day))
        case BulkKind.DEADLINE:
            return str(_("Deadline taken away"))
        case BulkKind.MARK if data.get("mark"):
            text = _(DECISION_LABELS[DecisionKind(data["mark"])])
            return str(_("Marked: %(what)s", what=text))
        case _:
            return str(_(BULK_LABELS[action.kind]))


def left_lines(
    rounds: Collection["Round"],
    left: Mapping[int, Left],
    titles: Mapping[int, tuple[str, str | None]],
) -> list[dict[str, Any]]:
    """What somebody has left, round by round, where anything is.

    What is nobody's waits no more once the report is handed over; what is theirs still does.
    """
    lines = []
    for round_ in rounds:
        found = left.get(round_.id, Left())
        new = found.new if round_.status in AT_WORK else 0
        if not (found.mine or new):
            continue
        title, lang = titles[round_.id]
        lines.append(
            {
                "title": title,
                "lang": lang,
                "mine": _mine_text(found) if found.mine else None,
                "mine_href": url_for("desk.queue", round_slug=round_.slug, assignee="me"),
                "new": ngettext(
                    "%(num)d answer is nobody's yet", "%(num)d answers are nobody's yet", new
                )
                if new
                else None,
                "new_href": url_for("desk.queue", round_slug=round_.slug, pile="new"),
                "is_late": bool(found.overdue),
            }
        )
    return lines


def _mine_text(left: Left) -> str:
    parts = [ngettext("%(num)d answer is yours", "%(num)d answers are yours", left.mine)]
    if left.overdue:
        parts.append(ngettext("%(num)d of them overdue", "%(num)d of them overdue", left.overdue))
    if left.next_due is not None:
        parts.append(_("next deadline %(day)s", day=format_day(left.next_due)))
    return ", ".join(parts)


def progress_rows(progress: Sequence[KindProgress]) -> list[dict[str, Any]]:
    """How far the work is for each kind of sender, and in all."""
    rows = [
        {
            "kind": _(ACTOR_TYPE_LABELS[one.kind]),
            "received": one.received,
            "taken": one.taken,
            "handled": one.handled,
            "left": one.received - one.handled,
        }
        for one in progress
    ]
    if len(rows) > 1:
        total = {name: sum(row[name] for row in rows) for name in rows[0] if name != "kind"}
        rows.append({"kind": _("All"), **total})
    return rows
