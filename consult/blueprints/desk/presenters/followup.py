"""Shaping what is followed up, for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import request, url_for
from flask_babel import gettext as _

from consult.blueprints.shared.measures import (
    EventLine,
    Mark,
    MeasureRow,
    ShareRow,
    chapter_address,
    event_lines,
    measure_rows,
    reply_mark,
    reply_shares,
    status_mark,
    status_shares,
)
from consult.domain.accounts.queries import names_by_reference
from consult.domain.composing.types import HORIZON_LABELS
from consult.domain.followup.queries import (
    ReadyReport,
    clock_for,
    follow_up_of,
    list_changes,
    list_measures,
    ready_reports,
)
from consult.domain.followup.rules import count_progress, is_overdue
from consult.domain.followup.service.reminding import can_be_reminded
from consult.domain.followup.tracing import Trace, trace
from consult.domain.followup.types import MeasureStatus, Progress, Reply, ResponseClock
from consult.domain.rounds.types import ROUND_RULES
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.followup.models import Measure, ProposalChange, RoundFollowUp
    from consult.domain.rounds.models import Round

OVERDUE = "overdue"
NONE = "none"


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """Which measures are listed.

    Attributes:
        status: A status, ``none`` for those nothing is told of, ``overdue``, or empty for all.
        reply: An answer, ``none``, or empty for all.
        addressee: Exactly this addressee, or empty for all.
    """

    status: str = ""
    reply: str = ""
    addressee: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.status or self.reply or self.addressee)


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """All that the list shows."""

    rows: Sequence[MeasureRow]
    wanted: MeasureFilter
    tabs: Sequence[dict[str, object]]
    addressees: Sequence[str]
    replies: Sequence[ShareRow]
    progress: Progress
    ready: Sequence[ReadyReport]
    clock: ResponseClock | None
    told: "RoundFollowUp | None"
    changes: Sequence["ProposalChange"]
    remindable: frozenset[int]
    is_hearing: bool


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """All that is shown of one measure."""

    status: Mark
    reply: Mark
    is_overdue: bool
    horizon: str
    lines: Sequence[EventLine]
    trace: Trace
    report_href: str
    chapter_href: str | None


def read_measure_filter() -> MeasureFilter:
    """What the address asks for; what cannot be is taken as not asked."""
    status, reply = request.args.get("status", ""), request.args.get("answer", "")
    statuses = {*(one.value for one in MeasureStatus), OVERDUE, NONE}
    replies = {*(one.value for one in Reply), NONE}
    return MeasureFilter(
        status if status in statuses else "",
        reply if reply in replies else "",
        request.args.get("addressee", "").strip(),
    )


def follow_up_page(round_: "Round", wanted: MeasureFilter, *, now: datetime) -> FollowUpPage:
    """The measures that were asked for, and all that waits."""
    today, measures = to_oslo(now).date(), list_measures(round_.id)
    progress = count_progress(measures, today=today)
    rows = measure_rows(measures, today=today)
    return FollowUpPage(
        rows=[row for row in rows if _is_wanted(row, wanted)],
        wanted=wanted,
        tabs=_tabs(round_, progress, wanted),
        addressees=sorted({one.addressee for one in measures if one.addressee}),
        replies=reply_shares(progress),
        progress=progress,
        ready=ready_reports(round_.id),
        clock=clock_for(round_, now=now),
        told=follow_up_of(round_.id),
        changes=list_changes(round_.id),
        remindable=frozenset(one.number for one in measures if can_be_reminded(one)),
        is_hearing=ROUND_RULES[round_.type].minimum_period is not None,
    )


def measure_page(measure: "Measure", *, now: datetime) -> MeasurePage:
    """One measure, with its history and what it rests on."""
    names = names_by_reference({one.by for one in measure.events})
    report = measure.version.composition
    return MeasurePage(
        status=status_mark(measure.status),
        reply=reply_mark(measure.reply),
        is_overdue=is_overdue(measure, today=to_oslo(now).date()),
        horizon=_(HORIZON_LABELS[measure.horizon]) if measure.horizon else "",
        lines=event_lines(
            measure,
            names=names,
            href=lambda file: url_for(
                "desk.evidence_file",
                round_slug=measure.round.slug,
                number=measure.number,
                file_id=file.public_id,
            ),
        ),
        chapter_href=chapter_address(measure),
        trace=trace(measure),
        report_href=url_for(
            "workspace.draft",
            organisation=report.organisation.slug,
            round_slug=measure.round.slug,
            kind=report.kind.value,
        ),
    )


def _is_wanted(row: MeasureRow, wanted: MeasureFilter) -> bool:
    measure = row.measure
    if wanted.status == OVERDUE and not row.is_overdue:
        return False
    if wanted.status not in {"", OVERDUE} and (measure.status or NONE) != wanted.status:
        return False
    if wanted.reply and (measure.reply or NONE) != wanted.reply:
        return False
    return not wanted.addressee or measure.addressee == wanted.addressee


def _tabs(round_: "Round", progress: Progress, wanted: MeasureFilter) -> list[dict[str, object]]:
    choices = [("", _("All"), progress.total), (OVERDUE, _("Overdue"), progress.overdue)]
    choices += [(one.value, one.text, one.number) for one in status_shares(progress)]
    return [
        {
            "text": text,
            "count": number,
            "current": value == wanted.status,
            "href": url_for(
                "desk.follow_up",
                round_slug=round_.slug,
                status=value or None,
                answer=wanted.reply or None,
                addressee=wanted.addressee or None,
            ),
        }
        for value, text, number in choices
        if number or not value or value == wanted.status
    ]
