"""Signing a document: begin, sign, send back, hand on, stop, and what a changed text breaks.

Each is an event; where a sign-off stands follows from them
(:mod:`consult.domain.composing.standing`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.acting import Acting, acting_as, can_hand_on, signatory_role
from consult.domain.composing.errors import NotSignable, TextIsSealed
from consult.domain.composing.models import SignEvent, SignOff, SignStep
from consult.domain.composing.sealing import current_sign_off, seal_state, standing_in
from consult.domain.composing.service import telling
from consult.domain.composing.service.freezing import current_digest, freeze, read_text
from consult.domain.composing.standing import (
    Reminder,
    SignState,
    Standing,
    Turn,
    check_plan,
    is_blank,
    reminder_due,
)
from consult.domain.composing.types import PlannedStep, SignEventKind
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


def start_sign_off(
    composition: "Composition",
    steps: Sequence[PlannedStep],
    *,
    name: str,
    base_url: str,
    by: Actor,
    at: datetime | None = None,
) -> SignOff:
    """Freeze the text under a name, ask the first signatory, and seal the text from now on.

    ``at`` is when, if not now.

    Raises :class:`NotSignable` while another sign-off holds, and ``InvalidInput`` for a plan that
    does not hold together, for somebody who may not sign (``person``), or for a blank text.
    """
    now = at or utc_now()
    previous = _hold(composition)
    if previous is not None:
        standing = standing_in(previous)
        if standing.holds:
            raise NotSignable
        if standing.ending is None:  # the text was changed past every question about the seal
            _add(previous, SignEventKind.SEAL_BROKEN, by=SYSTEM, digest=current_digest(composition))
    check_plan(steps, today=to_oslo(now).date())
    for step in steps:
        if signatory_role(composition.organisation_id, step.person_id, now=utc_now()) is None:
            raise InvalidInput("person", "not_a_signatory")
    if is_blank(read_text(composition)):
        raise InvalidInput("steps", "blank_text")
    sign_off = SignOff(
        composition=composition,
        version=freeze(composition, name, by=by, at=now),
        created_at=now,
        created_by=by.reference,
    )
    sign_off.steps = [_make_step(number, step) for number, step in enumerate(steps, start=1)]
    session().add(sign_off)
    session().flush()
    _add(sign_off, SignEventKind.STARTED, by=by, at=now)
    telling.tell_turn(sign_off, standing_in(sign_off), base_url=base_url)
    return sign_off


def sign(
    composition: "Composition",
    *,
    digest: str,
    base_url: str,
    by: Actor,
    decided_on: date | None = None,
    case_number: str = "",
    at: datetime | None = None,
) -> Standing:
    """Sign the step whose turn it is; the next one is asked.

    Args:
        composition: What is signed.
        digest: Of the text that the signatory was shown.
        base_url: Address that links in mails start with.
        by: Whose turn it is, or a deputy.
        decided_on: The day of the meeting, where a body decides.
        case_number: The case in the body's minutes.
        at: When, if not now.

    Raises :class:`NotSignable`, and ``InvalidInput`` at ``decided_on``.
    """
    sign_off, turn, acting = _my_turn(composition, by)
    if digest != sign_off.version.digest:
        raise NotSignable
    if turn.step.is_body:
        _check_meeting(decided_on)
    _add(
        sign_off,
        SignEventKind.SIGNED,
        by=by,
        at=at,
        step_id=turn.step.id,
        title=turn.title,
        for_name=acting.for_name,
        decided_on=decided_on if turn.step.is_body else None,
        case_number=case_number.strip() if turn.step.is_body else "",
    )
    standing = standing_in(sign_off)
    if standing.state is SignState.COMPLETE:
        telling.tell_complete(sign_off, standing, base_url=base_url)
    else:
        telling.tell_turn(sign_off, standing, base_url=base_url)
    return standing


def return_text(composition: "Composition", *, reason: str, base_url: str, by: Actor) -> None:
    """Send the text back to the writers, which ends the sign-off.

    Raises :class:`NotSignable`, and ``InvalidInput`` at ``reason`` where none is given.
    """
    sign_off, turn, acting = _my_turn(composition, by)
    said = _reason(reason)
    before = standing_in(sign_off)
    _add(
        sign_off,
        SignEventKind.RETURNED,
        by=by,
        step_id=turn.step.id,
        title=turn.title,
        for_name=acting.for_name,
        reason=said,
    )
    telling.tell_returned(sign_off, before, name=by.name, base_url=base_url)


def hand_on(
    composition: "Composition",
    *,
    to_person_id: int,
    title: str,
    reason: str,
    base_url: str,
    by: Actor,
) -> None:
    """Hand the step whose turn it is on to another signatory, who signs in their own name.

    Whoever is asked may do it, and the organisation's coordinators for somebody who cannot. Raises
    :class:`NotSignable`, and ``InvalidInput`` at ``person`` or ``reason``.
    """
    sign_off, standing = _held(composition)
    turn = standing.turn
    if turn is None or not can_hand_on(standing, composition.organisation_id, actor=by):
        raise NotSignable
    if to_person_id == turn.person_id:
        raise InvalidInput("person", "same_person")
    if signatory_role(composition.organisation_id, to_person_id, now=utc_now()) is None:
        raise InvalidInput("person", "not_a_signatory")
    said = _reason(reason)
    _add(
        sign_off,
        SignEventKind.DELEGATED,
        by=by,
        step_id=turn.step.id,
        to_id=to_person_id,
        title=title.strip(),
        reason=said,
    )
    telling.tell_turn(sign_off, standing_in(sign_off), base_url=base_url, handed_by=by.name)


def stop_sign_off(composition: "Composition", *, reason: str, base_url: str, by: Actor) -> None:
    """Stop signing, or take a signed text out again; every signature falls.

    Raises :class:`NotSignable`, and ``InvalidInput`` at ``reason`` where none is given.
    """
    sign_off, standing = _held(composition)
    said = _reason(reason)
    _add(sign_off, SignEventKind.STOPPED, by=by, reason=said)
    telling.tell_stopped(sign_off, standing, name=by.name, base_url=base_url)


def guard_seal(composition: "Composition", *, is_confirmed: bool) -> None:
    """Raise :class:`TextIsSealed` where a change would break a seal that nobody has agreed to."""
    if not is_confirmed and seal_state(composition).is_sealed:
        raise TextIsSealed(composition.reference)


def break_seal(composition: "Composition", *, part: str, base_url: str, by: Actor) -> int:
    """After a change: let every signature fall and tell those who had signed.

    A change that leaves the text as it was sealed breaks nothing.

    Args:
        composition: The document, already changed.
        part: What was changed, in words: the part's title.
        base_url: Address that links in mails start with.
        by: Who changed it.

    Returns:
        How many signatures fell.
    """
    sign_off = _hold(composition)
    before = standing_in(sign_off, as_sealed=True) if sign_off else None
    if sign_off is None or before is None or not before.holds:
        return 0
    digest = current_digest(composition)
    if digest == sign_off.version.digest:
        return 0
    _add(sign_off, SignEventKind.SEAL_BROKEN, by=by, reason=part, digest=digest)
    telling.tell_broken(sign_off, before, name=by.name, part=part, base_url=base_url)
    return len(before.signatures)


def remind(sign_off_id: int, *, base_url: str, now: datetime) -> bool:
    """Remind whose turn it is, if that is due and was not done; says whether it was."""
    found = session().get(SignOff, sign_off_id)
    sign_off = _hold(found.composition) if found else None
    if sign_off is None or sign_off.id != sign_off_id:
        return False
    standing = standing_in(sign_off)
    turn = standing.turn
    if turn is None:
        return False
    due = reminder_due(turn.step.due_on, reminded_on=turn.reminded_on, today=to_oslo(now).date())
    if due is None:
        return False
    _add(sign_off, SignEventKind.REMINDED, by=SYSTEM, step_id=turn.step.id, reason=due.value)
    telling.remind_turn(sign_off, standing, base_url=base_url, is_overdue=due is Reminder.OVERDUE)
    return True


def _hold(composition: "Composition") -> SignOff | None:
    """The latest sign-off, as it is now that nobody else can write to it before we are done."""
    lock = (
        update(SignOff)
        .where(SignOff.composition_id == composition.id)
        .values(created_at=SignOff.created_at)
        .execution_options(synchronize_session=False)
    )
    session().execute(lock)
    return current_sign_off(composition.id, is_anew=True)


def _held(composition: "Composition") -> tuple[SignOff, Standing]:
    sign_off = _hold(composition)
    if sign_off is None:
        raise NotSignable
    standing = standing_in(sign_off)
    if not standing.holds:
        raise NotSignable
    return sign_off, standing


def _my_turn(composition: "Composition", by: Actor) -> tuple[SignOff, Turn, Acting]:
    sign_off, standing = _held(composition)
    acting = acting_as(standing, composition.organisation_id, actor=by, now=utc_now())
    if standing.turn is None or acting is None:
        raise NotSignable
    return sign_off, standing.turn, acting


def _make_step(position: int, planned: PlannedStep) -> SignStep:
    return SignStep(
        position=position,
        label=planned.label.strip(),
        person_id=planned.person_id,
        title=planned.title.strip(),
        on_letter=planned.on_letter,
        is_body=planned.is_body,
        due_on=planned.due_on,
    )


def _check_meeting(decided_on: date | None) -> None:
    if decided_on is None:
        raise InvalidInput("decided_on", "required")
    if decided_on > to_oslo(utc_now()).date():
        raise InvalidInput("decided_on", "future")


def _reason(text: str) -> str:
    said = text.strip()
    if not said:
        raise InvalidInput("reason", "required")
    return said


def _add(
    sign_off: SignOff,
    kind: SignEventKind,
    *,
    by: Actor,
    digest: str | None = None,
    at: datetime | None = None,
    **values: object,
) -> None:
    """Append what happened, here and in the audit log."""
    moment = at or utc_now()
    event = SignEvent(
        sign_off=sign_off,
        kind=kind,
        at=moment,
        by=by.reference,
        name=by.name,
        digest=digest or sign_off.version.digest,
        **values,
    )
    session().add(event)
    session().flush()
    position = next((one.position for one in sign_off.steps if one.id == event.step_id), None)
    record(
        Tag.SIGN_OFF_CHANGED,
        subject=sign_off.reference,
        by=by.reference,
        stream=organisation_stream(sign_off.composition.organisation_id),
        at=moment,
        data={"event": kind.value, "step": position, "digest": event.digest},
    )
