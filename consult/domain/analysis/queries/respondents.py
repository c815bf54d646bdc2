"""Who answered."""

from collections import Counter
from collections.abc import Hashable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Row, func, select

from consult.db import session
from consult.domain.analysis.queries.scope import SENDER_COLUMNS, sender_of
from consult.domain.analysis.rules import sender_key
from consult.domain.analysis.types import Respondents, Sender
from consult.domain.coding.queries.scope import counts
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus

T = TypeVar("T", bound=Hashable)


def senders(round_id: int) -> tuple[Sender, ...]:
    """Everybody whose answer counts: authorities first, persons last, then by name."""
    query = select(*SENDER_COLUMNS).where(counts(round_id))
    return tuple(sorted((sender_of(row) for row in session().execute(query)), key=sender_key))


def respondents(round_id: int) -> Respondents:
    """Answers by kind of actor, channel, language and time; what does not count, by reason."""
    properties = (
        Submission.status,
        Submission.deadline_status,
        Submission.actor_type,
        Submission.channel,
        Submission.language,
        Submission.publication,
        Submission.has_comments,
    )
    query = (
        select(*properties, func.count().label("number"))
        .where(Submission.round_id == round_id)
        .group_by(*properties)
    )
    rows = session().execute(query).all()
    counting = [row for row in rows if _counts(row)]
    comments = _tally((row.has_comments, row.number) for row in counting)
    statuses = _tally((row.status, row.number) for row in rows)
    received = statuses.get(SubmissionStatus.RECEIVED, 0)
    counted = sum(comments.values())
    return Respondents(
        counted=counted,
        with_comments=comments.get(True, 0),
        without_comments=comments.get(False, 0),
        by_type=_tally((row.actor_type, row.number) for row in counting),
        by_group=_tally((row.actor_type.group, row.number) for row in counting),
        by_channel=_tally((row.channel, row.number) for row in counting),
        by_language=_tally((row.language, row.number) for row in counting),
        by_deadline=_tally((row.deadline_status, row.number) for row in counting),
        by_publication=_tally((row.publication, row.number) for row in counting),
        withdrawn=statuses.get(SubmissionStatus.WITHDRAWN, 0),
        duplicates=statuses.get(SubmissionStatus.DUPLICATE, 0),
        off_topic=statuses.get(SubmissionStatus.OFF_TOPIC, 0),
        multiple=statuses.get(SubmissionStatus.MULTIPLE, 0),
        to_check=statuses.get(SubmissionStatus.TO_CHECK, 0),
        set_aside=statuses.get(SubmissionStatus.QUARANTINED, 0),
        late_excluded=received - counted,
    )


def _counts(row: Row[*tuple[Any, ...]]) -> bool:
    """The same as :func:`~consult.domain.coding.queries.scope.counts`, of a row."""
    is_late = row.deadline_status is DeadlineStatus.LATE_EXCLUDED
    return row.status is SubmissionStatus.RECEIVED and not is_late


def _tally(pairs: Iterable[tuple[T, int]]) -> dict[T, int]:
    """Sums by value: in the order of the code list, or the most frequent first where there is none.

    The code list of actor types is the order of a list of senders.
    """
    sums: Counter[T] = Counter()
    for value, number in pairs:
        sums[value] += number
    values = list(sums)
    if values and isinstance(values[0], StrEnum):
        code_list = list(type(values[0]))
        return {value: sums[value] for value in sorted(values, key=code_list.index)}  # type: ignore[arg-type]
    return dict(sums.most_common())
