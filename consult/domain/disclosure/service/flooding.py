"""Floods: bursts of identical or random answers stand aside until the owner has looked at them.

Nobody is refused and nobody is asked to prove anything: each answer is stored and receipted. It is
set aside only as one of many alike that came close together, so an address that a household, an
office or a hall shares never matters.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from consult.db import session, table_of
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.models import AnswerPrint, Burst
from consult.domain.disclosure.queries import count_prints, find_burst
from consult.domain.disclosure.rules import (
    BURST_WINDOW,
    MOST_RANDOM,
    burst_kind,
    fingerprint,
    looks_random,
    most_identical,
)
from consult.domain.disclosure.types import BurstKind, BurstState
from consult.domain.submissions.service.setting_aside import change_statuses, set_aside
from consult.domain.submissions.types import Channel, SubmissionStatus, Voice
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion

_MARKED_AS = {
    BurstKind.IDENTICAL: SubmissionStatus.DUPLICATE,
    BurstKind.RANDOM: SubmissionStatus.OFF_TOPIC,
}
_SYSTEM = "system"
_NEW_PRINT = insert(table_of(AnswerPrint))


def watch_for_bursts(version: "SubmissionVersion") -> None:
    """Set a new answer aside when it is one of too many alike that came close together.

    Those the burst began with stand: otherwise whoever wanted an answer gone could copy it. What
    the owner's staff registers is never set aside, nor are bodies that join the same answer in the
    same words.
    """
    submission = version.submission
    is_joining = any(answer.voice is Voice.JOINING for answer in version.answers)
    if version.number != 1 or submission.channel is not Channel.FORM or is_joining:
        return
    now = submission.stored_at
    chosen = [
        part
        for answer in version.answers
        for part in (answer.question_id, answer.stance, *answer.choices, answer.scale_value)
    ]
    mark, is_random = fingerprint(version.text, chosen), looks_random(version.text)
    allowed = most_identical(version.text)
    since, known = now - BURST_WINDOW, submission.round_id
    kind = burst_kind(
        identical=1 + count_prints(known, since=since, at_most=allowed, fingerprint=mark),
        allowed=allowed,
        random=1 + count_prints(known, since=since, at_most=MOST_RANDOM) if is_random else None,
    )
    burst = None if kind is None else _burst_of(known, mark, kind, at=now)
    made = {
        "round_id": known,
        "submission_id": submission.id,
        "burst_id": burst and burst.id,
        "fingerprint": mark,
        "is_random": is_random,
        "made_at": now,
    }
    session().execute(_NEW_PRINT, made)
    if burst is not None:
        set_aside(submission)


def _burst_of(round_id: int, mark: str, kind: BurstKind, *, at: datetime) -> Burst | None:
    """The burst that an answer belongs to, waiting; nothing where its text has been let in."""
    key = mark if kind is BurstKind.IDENTICAL else kind.value
    burst = find_burst(round_id, key)
    if burst is None:
        burst = Burst(
            round_id=round_id,
            kind=kind,
            fingerprint=key,
            state=BurstState.WAITING,
            begun_at=at,
        )
        session().add(burst)
        session().flush()
        _note(Tag.BURST_BEGUN, burst, by=_SYSTEM, data={"kind": kind.value})
    if burst.state is BurstState.RELEASED and kind is BurstKind.IDENTICAL:
        return None  # the owner has seen this text and let it in
    if burst.state is not BurstState.WAITING:
        burst.state = BurstState.WAITING
        burst.decided_at = burst.decided_by = None
    return burst


def release_burst(burst: Burst, *, by: Actor) -> int:
    """Let the answers of a burst in, and further ones with the same text; returns how many."""
    return _decide(burst, BurstState.RELEASED, SubmissionStatus.RECEIVED, by=by)


def mark_burst(burst: Burst, *, by: Actor) -> int:
    """Keep the answers of a burst out of the figures: they stay in the journal; returns how many.

    Identical ones are marked as duplicates, random ones as off topic.
    """
    return _decide(burst, BurstState.MARKED, _MARKED_AS[burst.kind], by=by)


def reopen_burst(burst: Burst, *, by: Actor) -> int:
    """Take the decision about a burst back: its answers stand aside again; returns how many."""
    return _decide(burst, BurstState.WAITING, SubmissionStatus.QUARANTINED, by=by)


def release_answer(made: AnswerPrint, *, by: Actor) -> None:
    """Let one answer of a burst in; the others stay aside."""
    burst = made.burst
    if burst is None:
        return
    change_statuses([made.submission_id], SubmissionStatus.RECEIVED)
    made.burst_id = None
    session().flush()
    record(
        Tag.SUBMISSION_LET_IN,
        subject=made.submission.reference,
        by=by.reference,
        stream=organisation_stream(burst.round.owner_id),
    )


def _decide(burst: Burst, state: BurstState, status: SubmissionStatus, *, by: Actor) -> int:
    query = select(AnswerPrint.submission_id).where(AnswerPrint.burst_id == burst.id)
    number = change_statuses(
        session().scalars(query).all(),
        status,
        of=(SubmissionStatus.QUARANTINED, SubmissionStatus.RECEIVED, _MARKED_AS[burst.kind]),
    )
    burst.state = state
    burst.decided_at = utc_now() if state is not BurstState.WAITING else None
    burst.decided_by = by.reference if state is not BurstState.WAITING else None
    session().flush()
    data = {"state": state.value, "answers": number}
    _note(Tag.BURST_DECIDED, burst, by=by.reference, data=data)
    return number


def _note(tag: Tag, burst: Burst, *, by: str, data: Mapping[str, object]) -> None:
    record(
        tag,
        subject=burst.reference,
        by=by,
        stream=organisation_stream(burst.round.owner_id),
        data=data,
    )
