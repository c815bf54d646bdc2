"""The steering group's side: what a group looks into, its review, answers to its questions."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.programmes import GroupNews, send_group_news
from consult.domain.organisations.types import Role
from consult.domain.programmes.errors import NothingToReview
from consult.domain.programmes.models import GroupQuestion, WorkingGroup
from consult.domain.programmes.service.sending import hold_group
from consult.domain.programmes.types import QuestionStatus, Verdict
from consult.domain.responses.recipients import recipients_for
from consult.domain.rounds.rules import written_reason
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.rounds.models import Invitation

MAX_TEXT = 5000
"""Characters of a reason, an answer or a note."""


def describe_part(invitation: "Invitation", text: str, *, by: Actor) -> WorkingGroup:
    """Say which part of the organisation a group looks into; the group reads it."""
    group = hold_group(invitation.round, invitation.organisation)
    group.part = text.strip()
    session().flush()
    _note(Tag.GROUP_DESCRIBED, group, group.reference, by=by)
    return group


def review_report(
    group: WorkingGroup,
    verdict: Verdict,
    *,
    number: int,
    reason: str,
    base_url: str,
    by: Actor,
    at: datetime,
) -> None:
    """Accept what a group sent last, or ask it to supplement, with the reason; it is told.

    Args:
        group: Whose sub-report.
        verdict: What is said of it.
        number: The version that the reader was shown.
        reason: Needed to ask for more.
        base_url: Address that links in mails start with.
        by: Who reviews.
        at: When.

    Raises:
        NothingToReview: Another version is the last by now, or it is withdrawn.
        InvalidInput: No reason is given.
    """
    latest, submission = group.latest, group.submission
    if latest is None or latest.number != number:
        raise NothingToReview
    if submission is None or submission.withdrawn_at is not None:
        raise NothingToReview
    text = written_reason(reason) if verdict is Verdict.SUPPLEMENT else reason.strip()
    latest.verdict, latest.verdict_reason = verdict, text
    latest.verdict_at, latest.verdict_by = at, by.reference
    session().flush()
    data = {"verdict": verdict.value, "number": number}
    _note(Tag.GROUP_REVIEWED, group, group.reference, by=by, data=data)
    _tell(group, verdict.value, text=text, base_url=base_url, at=at)


def settle_question(
    question: GroupQuestion,
    status: QuestionStatus,
    *,
    answer: str,
    handed_to: str,
    base_url: str,
    by: Actor,
    at: datetime,
) -> None:
    """Answer a group's question, or hand it on; the group is told.

    Raises:
        InvalidInput: at ``answer`` or ``handed_to`` when that is needed and empty.
    """
    answer, handed_to = answer.strip(), handed_to.strip()
    if status is QuestionStatus.ANSWERED and not answer:
        raise InvalidInput("answer", "required")
    if status is QuestionStatus.HANDED_ON and not handed_to:
        raise InvalidInput("handed_to", "required")
    is_open = status is QuestionStatus.OPEN
    question.status = status
    question.answer = "" if is_open else answer
    question.handed_to = handed_to if status is QuestionStatus.HANDED_ON else ""
    question.decided_at = None if is_open else at
    question.decided_by = None if is_open else by.reference
    question.decided_name = "" if is_open else by.name
    session().flush()
    data = {"status": status.value}
    _note(Tag.GROUP_QUESTION_SETTLED, question.group, question.reference, by=by, data=data)
    if not is_open:
        _tell(question.group, status.value, text=answer, base_url=base_url, at=at)


def _note(
    tag: Tag,
    group: WorkingGroup,
    subject: str,
    *,
    by: Actor,
    data: Mapping[str, object] | None = None,
) -> None:
    record(
        tag,
        subject=subject,
        by=by.reference,
        stream=organisation_stream(group.round.owner_id),
        data=dict(data or {}),
    )


def _tell(group: WorkingGroup, what: str, *, text: str, base_url: str, at: datetime) -> None:
    """Mail the group's coordinators, or the group itself where it has none."""
    round_, body = group.round, group.organisation
    for recipient in recipients_for(body, Role.COORDINATOR, at=at):
        news = GroupNews(
            what=what,
            text=text,
            owner=round_.owner.name_in(recipient.locale),
            title=localised(round_.title, recipient.locale),
            language=localised_language(round_.title, recipient.locale),
            link=f"{base_url}/workspace/{body.slug}/cases/{round_.slug}/sub-report",
        )
        send_group_news(recipient, news)
