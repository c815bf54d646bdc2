"""Shaping what has become of a round, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.public.published import name_of
from consult.blueprints.shared.actor import current_actor
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
from consult.domain.composing.types import HORIZON_LABELS
from consult.domain.following.outcomes import Told, list_outcomes
from consult.domain.following.types import OUTCOME_LABELS
from consult.domain.followup.exporting import last_status
from consult.domain.followup.queries import (
    clock_for,
    follow_up_of,
    list_changes,
    measures_with_history,
)
from consult.domain.followup.rules import count_progress
from consult.domain.followup.tracing import Trace, TracedGround, published_part, trace
from consult.domain.followup.types import PUBLIC_EVENTS, Progress, ResponseClock
from consult.kernel.clock import to_oslo
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.followup.models import (
        EvidenceFile,
        Measure,
        MeasureEvent,
        ProposalChange,
        RoundFollowUp,
    )
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A measure in the table; ``told``: what was said last of how far it has come."""

    row: MeasureRow
    told: "MeasureEvent | None"


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What everybody may read of a round's follow-up; no measures before they are published."""

    rows: Sequence[PublicRow]
    progress: Progress
    statuses: Sequence[ShareRow]
    replies: Sequence[ShareRow]
    outcomes: Sequence[tuple[Told, str]]
    clock: ResponseClock | None
    told: "RoundFollowUp | None"
    changes: Sequence["ProposalChange"]


@dataclass(frozen=True, slots=True)
class Response:
    """Where a round stands with its response; ``told`` is what its owner says of that."""

    clock: ResponseClock | None
    told: "RoundFollowUp | None"


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """One measure.

    Attributes:
        grounds: With the name that their sender chose for the web.
        chapter_href: Where the published report proposes it.
    """

    status: Mark
    reply: Mark
    horizon: str
    lines: Sequence[EventLine]
    trace: Trace
    grounds: Sequence[tuple[TracedGround, str]]
    chapter_href: str | None


def response_of(round_: "Round", *, now: datetime) -> Response:
    """Where a round stands with its response."""
    return Response(clock_for(round_, now=now), follow_up_of(round_.id))


def follow_up_page(round_: "Round", *, now: datetime) -> PublicPage:
    """What everybody may read of a round's follow-up."""
    told = follow_up_of(round_.id)
    is_published = told is not None and told.published_at is not None
    measures = measures_with_history(round_.id) if is_published else ()
    today = to_oslo(now).date()
    progress = count_progress(measures, today=today)
    outcomes = list_outcomes(round_.id) if is_published else ()
    return PublicPage(
        rows=[
            PublicRow(row, last_status(row.measure)) for row in measure_rows(measures, today=today)
        ],
        progress=progress,
        statuses=[one for one in status_shares(progress) if one.number],
        replies=[one for one in reply_shares(progress) if one.number],
        outcomes=[(one, _(OUTCOME_LABELS[one.outcome])) for one in outcomes],
        clock=clock_for(round_, now=now),
        told=told,
        changes=[one for one in list_changes(round_.id) if one.decision is not None],
    )


def measure_page(measure: "Measure") -> PublicMeasure:
    """What everybody may read of one measure."""
    actor, whole = current_actor(), trace(measure)
    rounds = {one.passage.round for one in whole.grounds}
    open_rounds = [one.id for one in rounds if can(actor, Permission.VIEW_PUBLISHED, one)]
    found = published_part(whole, open_rounds=open_rounds)
    return PublicMeasure(
        status=status_mark(measure.status),
        reply=reply_mark(measure.reply),
        horizon=_(HORIZON_LABELS[measure.horizon]) if measure.horizon else "",
        lines=event_lines(
            measure, kinds=PUBLIC_EVENTS, href=lambda file: _file_address(measure, file)
        ),
        chapter_href=chapter_address(measure),
        trace=found,
        grounds=[(one, name_of(one.passage.submission)) for one in found.grounds],
    )


def _file_address(measure: "Measure", file: "EvidenceFile") -> str | None:
    """Where everybody has a file; nothing for those that stay at the desk."""
    if not file.is_public:
        return None
    return url_for(
        "public.measure_file",
        round_slug=measure.round.slug,
        number=measure.number,
        file_id=file.public_id,
    )
