"""A round's response: publishing what is followed, why it is late, hearing people again."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.followup.models import ProposalChange, RoundFollowUp
from consult.domain.followup.queries import follow_up_of, list_measures
from consult.domain.followup.rules import check_words, count_progress
from consult.domain.followup.types import Rehearing, Reply
from consult.domain.rounds.service.news import add_news
from consult.domain.rounds.types import NewsKind
from consult.kernel.clock import to_oslo
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def publish_follow_up(round_: "Round", *, by: Actor, at: datetime) -> None:
    """Let everybody see the measures of a round from now on. Nobody is told by that."""
    told = ensure_follow_up(round_)
    if told.published_at is None:
        told.published_at = at
        session().flush()
        _record(Tag.FOLLOW_UP_CHANGED, round_, by=by, is_published=True)


def hide_follow_up(round_: "Round", *, by: Actor) -> None:
    """Take the measures of a round off the web."""
    told = follow_up_of(round_.id)
    if told is not None and told.published_at is not None:
        told.published_at = None
        session().flush()
        _record(Tag.FOLLOW_UP_CHANGED, round_, by=by, is_published=False)


def tell_those_who_asked(round_: "Round", *, by: Actor, at: datetime) -> None:
    """Have everybody who follows the round, or asked what becomes of their answer, told once.

    The clock writes the mails, one to each address. They say how many proposals were accepted and
    declined now.

    Raises:
        Conflict: Nobody could read what the mail leads to, or somebody was told just before.
    """
    told = follow_up_of(round_.id)
    if told is None or told.published_at is None:
        raise Conflict("the follow-up is not published")
    progress = count_progress(list_measures(round_.id), today=to_oslo(at).date())
    counts = {one.value: progress.by_reply.get(one, 0) for one in Reply}
    told.told_at = at
    add_news(round_, NewsKind.FOLLOWED_UP, at=at, data={"total": progress.total, **counts})
    _record(Tag.FOLLOW_UP_CHANGED, round_, by=by, is_told=True)


def explain_delay(
    round_: "Round", reason: str, *, language: str, expected_on: date | None, by: Actor
) -> None:
    """Say why there is no response yet, and when it is expected; an empty reason takes it back.

    Raises:
        InvalidInput: ``reason`` (``too_long``, ``identity_number``), ``language`` (``unknown``).
    """
    words = check_words("reason", reason)
    if language not in CONTENT_LANGUAGES:
        raise InvalidInput("language", "unknown")
    told = ensure_follow_up(round_)
    told.delay_reason, told.delay_language, told.expected_on = words, language, expected_on
    session().flush()
    _record(Tag.FOLLOW_UP_CHANGED, round_, by=by, has_reason=bool(words))


def note_change(
    round_: "Round", text: str, *, language: str, by: Actor, at: datetime
) -> ProposalChange:
    """Note that what was heard has changed since: somebody must assess whether to hear again.

    Source: utredningsinstruksen 3-3 with DFØ's guide; domain guide §1.2.

    Raises:
        InvalidInput: ``text`` (``required``, ``too_long``, ``identity_number``), ``language``
            (``unknown``).
    """
    words = check_words("text", text)
    if not words:
        raise InvalidInput("text", "required")
    if language not in CONTENT_LANGUAGES:
        raise InvalidInput("language", "unknown")
    change = ProposalChange(
        round=round_, text=words, language=language, noted_at=at, noted_by=by.reference
    )
    session().add(change)
    session().flush()
    record(
        Tag.PROPOSAL_CHANGE_NOTED,
        subject=change.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
    )
    return change


def decide_rehearing(
    change: ProposalChange, decision: Rehearing, reason: str, *, by: Actor, at: datetime
) -> None:
    """Decide whether people are heard once more about a change, and why.

    Raises:
        InvalidInput: ``reason`` (``required``, ``too_long``, ``identity_number``).
    """
    words = check_words("reason", reason)
    if not words:
        raise InvalidInput("reason", "required")
    change.decision, change.reason = decision, words
    change.decided_on, change.decided_by = to_oslo(at).date(), by.reference
    session().flush()
    record(
        Tag.REHEARING_DECIDED,
        subject=change.reference,
        by=by.reference,
        stream=organisation_stream(change.round.owner_id),
        data={"decision": decision.value},
    )


def ensure_follow_up(round_: "Round") -> RoundFollowUp:
    """The row about a round's response, made where there is none."""
    told = follow_up_of(round_.id)
    if told is None:
        told = RoundFollowUp(round=round_)
        session().add(told)
        session().flush()
    return told


def _record(tag: Tag, round_: "Round", *, by: Actor, **data: bool) -> None:
    record(
        tag,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data=data,
    )
