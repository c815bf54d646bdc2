"""Measures as open data. Names in the files are English, whatever the reader's language."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consult.domain.followup.models import Measure, MeasureEvent

from consult.domain.followup.types import PUBLIC_EVENTS, MeasureEventKind

COLUMNS: Sequence[str] = (
    "number",
    "proposal",
    "language",
    "chapter",
    "addressee",
    "horizon",
    "owner",
    "starts_on",
    "ends_on",
    "answer",
    "answered_on",
    "answer_reason",
    "status",
    "status_on",
    "status_reason",
)
"""What is told of each measure; never where its owner is reached."""


def measure_records(measures: Iterable["Measure"]) -> list[dict[str, Any]]:
    """Each measure as values of :data:`COLUMNS`, days as ISO 8601."""
    return [_record(one) for one in measures]


def measure_rows(measures: Iterable["Measure"]) -> list[list[object]]:
    """The same as rows of a table."""
    return [list(record.values()) for record in measure_records(measures)]


def history_of(measure: "Measure") -> list[dict[str, Any]]:
    """What everybody may know of a measure's history, oldest first."""
    return [
        {
            "kind": one.kind.value,
            "on": one.on.isoformat(),
            "status": one.status,
            "answer": one.reply,
            "reason": one.reason,
            "evidence": one.evidence,
            "evidence_link": one.evidence_link,
            "language": one.language,
        }
        for one in public_events(measure)
    ]


def public_events(measure: "Measure") -> list["MeasureEvent"]:
    """What everybody may know of a measure's history, oldest first."""
    return [one for one in measure.events if one.kind in PUBLIC_EVENTS]


def last_status(measure: "Measure") -> "MeasureEvent | None":
    """What was told last of how far a measure has come."""
    told = [one for one in measure.events if one.kind is MeasureEventKind.STATUS]
    return told[-1] if told else None


def _record(measure: "Measure") -> dict[str, Any]:
    told = last_status(measure)
    days = {
        name: day.isoformat() if (day := getattr(measure, name)) else None
        for name in ("starts_on", "ends_on", "replied_on", "status_on")
    }
    values = (
        measure.number,
        measure.text,
        measure.language,
        measure.chapter,
        measure.addressee,
        measure.horizon,
        measure.owner,
        days["starts_on"],
        days["ends_on"],
        measure.reply,
        days["replied_on"],
        measure.reply_reason,
        measure.status,
        days["status_on"],
        told.reason if told else "",
    )
    return dict(zip(COLUMNS, values, strict=True))
