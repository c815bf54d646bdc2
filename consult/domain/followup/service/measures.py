"""Measures: taking them from a report, who carries them out, answers to them, how far they are."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.followup.models import Measure, MeasureEvent
from consult.domain.followup.queries import (
    followable,
    next_number,
    proposals_in,
    recommendation_ids,
    taken_up_keys,
)
from consult.domain.followup.rules import check_answered, check_plan, check_report
from consult.domain.followup.types import Answered, MeasureEventKind, MeasurePlan, StatusReport
from consult.kernel.clock import to_oslo
from consult.kernel.errors import Conflict

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


def take_up_report(composition: "Composition", *, by: Actor, at: datetime) -> list[Measure]:
    """Make a measure of each proposal of a published report that is not one yet.

    Raises:
        Conflict: The report is not published.
    """
    version = followable(composition)
    if version is None:
        raise Conflict("the report is not published")
    number = next_number(composition.round_id)
    taken, ids = taken_up_keys(composition.id), recommendation_ids(composition.id)
    frozen = {part["key"]: part["heading"] for part in version.content["sealed"]["parts"]}
    waiting = [one for one in proposals_in(version) if one.key not in taken]
    made = [
        Measure(
            round_id=composition.round_id,
            recommendation_id=ids[one.key],
            version_id=version.id,
            number=number + place,
            key=one.key,
            chapter=frozen.get(one.part, ""),
            text=one.text,
            language=composition.language,
            addressee=one.addressee,
            horizon=one.horizon,
            owner_locale=composition.language,
            taken_up_at=at,
        )
        for place, one in enumerate(waiting)
    ]
    session().add_all(made)
    session().flush()
    for measure in made:
        _note(measure, MeasureEventKind.TAKEN_UP, by=by, at=at)
    record(
        Tag.MEASURES_TAKEN_UP,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={"number": len(made)},
    )
    return made


def plan_measure(measure: Measure, plan: MeasurePlan, *, by: Actor, at: datetime) -> bool:
    """Say who carries a measure out and when; whether that was something else than before.

    Raises:
        InvalidInput: As :func:`~consult.domain.followup.rules.check_plan`.
    """
    wanted = check_plan(plan)
    if wanted == plan_of(measure):
        return False
    measure.owner, measure.owner_email = wanted.owner, wanted.owner_email
    measure.owner_locale = wanted.owner_locale
    measure.starts_on, measure.ends_on = wanted.starts_on, wanted.ends_on
    _note(measure, MeasureEventKind.PLANNED, by=by, at=at)
    _record(Tag.MEASURE_PLANNED, measure, by=by)
    return True


def plan_of(measure: Measure) -> MeasurePlan:
    """Who carries a measure out, and when."""
    return MeasurePlan(
        measure.owner,
        measure.owner_email,
        measure.owner_locale,
        measure.starts_on,
        measure.ends_on,
    )


def answer_proposal(measure: Measure, answered: Answered, *, by: Actor, at: datetime) -> None:
    """Note what the addressee says to a proposal; what was said before stays in its history.

    Raises:
        InvalidInput: As :func:`~consult.domain.followup.rules.check_answered`.
    """
    told = check_answered(answered, today=to_oslo(at).date())
    measure.reply, measure.replied_on = told.reply, told.on
    measure.reply_reason, measure.reply_language = told.reason, told.language
    _note(
        measure,
        MeasureEventKind.REPLIED,
        by=by,
        at=at,
        on=told.on,
        reply=told.reply,
        reason=told.reason,
        language=told.language,
    )
    _record(Tag.MEASURE_ANSWERED, measure, by=by, reply=told.reply.value)


def tell_status(measure: Measure, report: StatusReport, *, by: Actor, at: datetime) -> None:
    """Note how far a measure has come; what was told before stays in its history.

    Raises:
        InvalidInput: As :func:`~consult.domain.followup.rules.check_report`.
    """
    told = check_report(report, today=to_oslo(at).date())
    measure.status, measure.status_on = told.status, told.on
    _note(
        measure,
        MeasureEventKind.STATUS,
        by=by,
        at=at,
        on=told.on,
        status=told.status,
        reason=told.reason,
        evidence=told.evidence,
        evidence_link=told.evidence_link,
        language=told.language,
    )
    _record(Tag.MEASURE_STATUS_TOLD, measure, by=by, status=told.status.value)


def note_reminded(measure: Measure, *, by: Actor, at: datetime) -> None:
    """Note that the owner of a measure was reminded of it."""
    measure.reminded_at = at
    _note(measure, MeasureEventKind.REMINDED, by=by, at=at)
    _record(Tag.MEASURE_OWNER_REMINDED, measure, by=by)


def _note(
    measure: Measure, kind: MeasureEventKind, *, by: Actor, at: datetime, **values: object
) -> None:
    event = MeasureEvent(
        measure=measure,
        kind=kind,
        at=at,
        by=by.reference,
        **{"on": to_oslo(at).date(), **values},
    )
    session().add(event)
    session().flush()


def _record(tag: Tag, measure: Measure, *, by: Actor, **data: str) -> None:
    record(
        tag,
        subject=measure.reference,
        by=by.reference,
        stream=organisation_stream(measure.round.owner_id),
        data=data,
    )
