"""Shaping measures, for the desk and for everybody."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.domain.followup.evidence import place_in_report
from consult.domain.followup.rules import is_overdue
from consult.domain.followup.types import (
    MEASURE_EVENT_LABELS,
    MEASURE_STATUS_LABELS,
    NO_REPLY_LABEL,
    NOT_TOLD_LABEL,
    REPLY_LABELS,
    MeasureEventKind,
    MeasureStatus,
    Progress,
    Reply,
)

if TYPE_CHECKING:
    from consult.domain.followup.models import EvidenceFile, Measure, MeasureEvent

STATUS_TONES: Mapping[MeasureStatus | None, str] = {
    MeasureStatus.DONE: "success",
    MeasureStatus.UNDERWAY: "info",
    MeasureStatus.PARTLY: "warning",
    MeasureStatus.NOT_DONE: "danger",
    MeasureStatus.OUTSIDE: "neutral",
    None: "neutral",
}
REPLY_TONES: Mapping[Reply | None, str] = {
    Reply.ACCEPTED: "success",
    Reply.PARTLY: "warning",
    Reply.DECLINED: "danger",
    None: "neutral",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in words, with its tone."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in a list."""

    measure: "Measure"
    status: Mark
    reply: Mark
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How many measures of all are in one state."""

    value: str
    text: str
    tone: str
    number: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened to a measure, in words.

    Attributes:
        mark: The state it led to.
        files: What shows it: the name of each file and where it is.
    """

    event: "MeasureEvent"
    text: str
    mark: Mark | None
    who: str = ""
    files: Sequence[tuple[str, str]] = ()


def status_mark(status: MeasureStatus | None) -> Mark:
    """A status in the reader's language."""
    label = MEASURE_STATUS_LABELS[status] if status else NOT_TOLD_LABEL
    return Mark(_(label), STATUS_TONES[status])


def reply_mark(reply: Reply | None) -> Mark:
    """What was answered to a proposal, in the reader's language."""
    return Mark(_(REPLY_LABELS[reply] if reply else NO_REPLY_LABEL), REPLY_TONES[reply])


def measure_rows(measures: Iterable["Measure"], *, today: date) -> list[MeasureRow]:
    """Measures for a list."""
    return [
        MeasureRow(
            one, status_mark(one.status), reply_mark(one.reply), is_overdue(one, today=today)
        )
        for one in measures
    ]


def status_shares(progress: Progress) -> list[ShareRow]:
    """How many measures have come how far; every status, also those with none."""
    return [
        ShareRow(
            one.value if one else "none",
            status_mark(one).text,
            STATUS_TONES[one],
            progress.by_status.get(one, 0),
        )
        for one in (*MeasureStatus, None)
    ]


def reply_shares(progress: Progress) -> list[ShareRow]:
    """How many proposals were answered in what way."""
    return [
        ShareRow(
            one.value if one else "none",
            reply_mark(one).text,
            REPLY_TONES[one],
            progress.by_reply.get(one, 0),
        )
        for one in (*Reply, None)
    ]


def event_lines(
    measure: "Measure",
    *,
    kinds: Collection[MeasureEventKind] = frozenset(MeasureEventKind),
    names: Mapping[str, str] | None = None,
    href: "Callable[[EvidenceFile], str | None]",
) -> list[EventLine]:
    """What has happened to a measure, the latest first.

    Args:
        measure: The measure.
        kinds: What is told of it.
        names: Of people, by reference.
        href: Where a file is; nothing for those that are not shown.
    """
    return [
        EventLine(
            one,
            _(MEASURE_EVENT_LABELS[one.kind]),
            _mark_of(one),
            (names or {}).get(one.by, ""),
            [(file.filename, link) for file in one.files if (link := href(file))],
        )
        for one in reversed(measure.events)
        if one.kind in kinds
    ]


def chapter_address(measure: "Measure") -> str | None:
    """Where the published report proposes it; nothing while that is not on the web."""
    place = place_in_report(measure)
    if place is None:
        return None
    return url_for(
        "public.report_chapter",
        round_slug=measure.round.slug,
        kind=place.edition.composition.kind.value,
        number=place.edition.number,
        chapter=place.chapter,
    )


def _mark_of(event: "MeasureEvent") -> Mark | None:
    if event.kind is MeasureEventKind.STATUS:
        return status_mark(event.status)
    return reply_mark(event.reply) if event.kind is MeasureEventKind.REPLIED else None
