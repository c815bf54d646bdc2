"""Putting themes on passages, taking them off, and undoing either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.models import Coding, CodingStep, Passage, SuggestionModel, Theme
from consult.domain.coding.queries.steps import steps_together
from consult.domain.coding.service.revising import hold_theme
from consult.domain.coding.types import CodingMethod, UndoneStep
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class _Origin:
    """How a coding came about; see :class:`Coding`."""

    method: CodingMethod
    coded_by: str
    coded_at: datetime
    model_id: int | None


def apply_theme(
    passage: Passage,
    theme: Theme,
    *,
    by: Actor,
    model: SuggestionModel | None = None,
    together: str | None = None,
) -> bool:
    """Put a theme on a passage, or on the one it repeats; returns whether it was new there.

    A theme that was merged means the one it was merged into. One that was split waits on the
    passage to be sorted: what is offered to people leaves it out.

    Args:
        passage: Where.
        theme: What.
        by: Who says so.
        model: What had suggested it, when a person accepts a suggestion.
        together: What the steps share that are taken at once.

    Raises:
        InvalidInput: reason ``other_round``.
    """
    passage = passage.coded_at
    _check_round(passage, theme)
    theme = hold_theme(theme)
    made = _Origin(
        method=CodingMethod.MANUAL if model is None else CodingMethod.SUGGESTED,
        coded_by=by.reference,
        coded_at=utc_now(),
        model_id=model.id if model is not None else None,
    )
    coding = _add_coding(passage, theme, made)
    if coding is None:
        return False
    _keep_step(coding, applied=True, by=by, together=together)
    _record_change(passage, theme, applied=True, by=by, model=model)
    return True


def remove_theme(passage: Passage, theme: Theme, *, by: Actor, together: str | None = None) -> bool:
    """Take a theme off a passage, whoever put it there; returns whether it was there."""
    passage, theme = passage.coded_at, hold_theme(theme)
    coding = _find_coding(passage.id, theme.id)
    if coding is None:
        return False
    _keep_step(coding, applied=False, by=by, together=together)
    _delete_coding(coding)
    _record_change(passage, theme, applied=False, by=by)
    return True


def undo_last(round_: "Round", *, by: Actor) -> UndoneStep | None:
    """Undo this person's latest step in the round that still has an effect, or do nothing.

    Steps are kept, so this works in any later session, one step further back each time. What
    somebody else has done since to the same theme on the same passage stays as they left it. Steps
    that were taken at once are undone at once.
    """
    while step := _last_step(round_, by):
        steps = [step] if step.together is None else steps_together(round_.id, step.together)
        if back := undo_steps(steps, by=by):
            return UndoneStep(
                passage_public_id=step.passage.public_id,
                theme_name=step.theme.standing.name,
                was_applied=step.applied,
                passages=back,
            )
    return None


def undo_steps(steps: Sequence[CodingStep], *, by: Actor) -> int:
    """Undo steps that are not undone yet; returns on how many that still had an effect."""
    back = 0
    for step in steps:
        if step.undone_at is not None:
            continue
        step.undone_at = utc_now()
        if _take_back(step):
            _record_change(step.passage, step.theme, applied=not step.applied, by=by, is_undo=True)
            back += 1
    session().flush()
    return back


def set_memo(passage: Passage, memo: str, *, by: Actor) -> bool:
    """Write the note on a passage, seen at the desk only; returns whether it changed.

    Raises:
        InvalidInput: reason ``identity_number``.
    """
    text = memo.replace("\r\n", "\n").strip()
    if has_identity_number(text):
        raise InvalidInput("memo", "identity_number")
    if text == passage.memo:
        return False
    passage.memo = text
    session().flush()
    record(
        Tag.PASSAGE_MEMO_CHANGED,
        subject=passage.reference,
        by=by.reference,
        stream=organisation_stream(passage.round.owner_id),
        data={"characters": len(text)},
    )
    return True


def _check_round(passage: Passage, theme: Theme) -> None:
    if passage.round_id != theme.round_id:
        raise InvalidInput("theme", "other_round")


def _find_coding(passage_id: int, theme_id: int) -> Coding | None:
    query = select(Coding).where(Coding.passage_id == passage_id, Coding.theme_id == theme_id)
    return session().scalars(query).one_or_none()


def _add_coding(passage: Passage, theme: Theme, made: "_Origin") -> Coding | None:
    """A new coding, or ``None`` when the passage has the theme, also since a moment ago."""
    if _find_coding(passage.id, theme.id) is not None:
        return None
    coding = Coding(
        passage_id=passage.id,
        theme_id=theme.id,
        method=made.method,
        coded_by=made.coded_by,
        coded_at=made.coded_at,
        model_id=made.model_id,
    )
    try:
        with savepoint():
            session().add(coding)
    except IntegrityError:
        return None
    session().expire(passage, ["codings"])
    return coding


def _delete_coding(coding: Coding) -> None:
    passage = coding.passage
    session().delete(coding)
    session().flush()
    session().expire(passage, ["codings"])


def _keep_step(coding: Coding, *, applied: bool, by: Actor, together: str | None) -> None:
    session().add(
        CodingStep(
            round_id=coding.passage.round_id,
            passage_id=coding.passage_id,
            theme_id=coding.theme_id,
            applied=applied,
            method=coding.method,
            coded_by=coding.coded_by,
            coded_at=coding.coded_at,
            model_id=coding.model_id,
            done_by=by.reference,
            done_at=utc_now(),
            together=together,
        )
    )
    session().flush()


def _last_step(round_: "Round", by: Actor) -> CodingStep | None:
    query = (
        select(CodingStep)
        .where(
            CodingStep.round_id == round_.id,
            CodingStep.done_by == by.reference,
            CodingStep.undone_at.is_(None),
        )
        .order_by(CodingStep.id.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def _take_back(step: CodingStep) -> bool:
    """Carry out the opposite of a step; false when there is nothing left to take back.

    If the theme has been merged since, its coding stands under the other one.
    """
    theme = hold_theme(step.theme)
    if not step.applied:
        made = _Origin(step.method, step.coded_by, step.coded_at, step.model_id)
        restored = _add_coding(step.passage, theme, made)
        return restored is not None
    coding = _find_coding(step.passage_id, theme.id)
    if coding is None or (coding.coded_by, coding.coded_at) != (step.coded_by, step.coded_at):
        return False
    _delete_coding(coding)
    return True


def _record_change(
    passage: Passage,
    theme: Theme,
    *,
    applied: bool,
    by: Actor,
    is_undo: bool = False,
    model: SuggestionModel | None = None,
) -> None:
    data: dict[str, object] = {"theme": theme.reference}
    if is_undo:
        data["undo"] = True
    if model is not None:
        data |= {"model": model.number, "model_digest": model.digest}
    record(
        Tag.CODING_APPLIED if applied else Tag.CODING_REMOVED,
        subject=passage.reference,
        by=by.reference,
        stream=organisation_stream(passage.round.owner_id),
        data=data,
    )
