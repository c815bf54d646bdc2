"""Floods: bursts of identical or random answers stand aside until the owner has looked at them.

Nobody is refused and nobody is asked to prove anything: each answer is stored and receipted. It is
set aside only as one of many alike that came close together, so an address that a household, an
office or a hall shares never matters.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.models import AnswerPrint, Burst
from consult.domain.disclosure.queries import count_prints, find_burst
from consult.domain.disclosure.rules import (
    BURST_WINDOW,
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
    made = AnswerPrint(
        round_id=submission.round_id,
        submission_id=submission.id,
        fingerprint=fingerprint(version.text, chosen),
        is_random=looks_random(version.text),
        made_at=now,
    )
    session().add(made)
    session().flush()
    since = now - BURST_WINDOW
    kind = burst_kind(
        identical=count_prints(made.round_id, since=since, fingerprint=made.fingerprint),
        allowed=most_identical(version.text),
        random=count_prints(made.round_id, since=since) if made.is_random else None,
    )
    if kind is not None:
        _join(made, kind)


def _join(made: AnswerPrint, kind: BurstKind) -> None:
    key = made.fingerprint if kind is BurstKind.IDENTICAL else kind.value
    burst = find_burst(made.round_id, key)
    if burst is None:
        burst = Burst(
            round_id=made.round_id,
            kind=kind,
            fingerprint=key,
            state=BurstState.WAITING,
            begun_at=made.made_at,
        )
        session().add(burst)
        session().flush()
        _note(Tag.BURST_BEGUN, burst, by=_SYSTEM, data={"kind": kind.value})
    if burst.state is BurstState.RELEASED and kind is BurstKind.IDENTICAL:
        return  # the owner has seen this text and let it in
    if burst.state is not BurstState.WAITING:
        burst.state = BurstState.WAITING
        burst.decided_at = burst.decided_by = None
    made.burst_id = burst.id
    set_aside(made.submission)


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
