"""The list one works down: answers to code, and the way from passage to passage."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased, joinedload

from consult.db import session
from consult.domain.coding.models import CodedStance, Passage
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.queries.scope import is_current, is_read
from consult.domain.coding.types import CodedStanceRow, PassageKind, WorkItem, WorkList
from consult.domain.rounds.models import Proposal
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import DeadlineStatus, StanceModifier, SubmissionStatus

PAGE = 40
"""Answers on one page of the list."""

READING_ORDER = (
    Passage.position,
    case((Passage.kind == PassageKind.CHOSEN, 1), else_=0),
    Passage.start,
    Passage.id,
)
"""As the text runs; parts chosen from a passage follow it."""


def work_list(
    round_id: int, *, submission_id: int | None = None, page: int | None = None
) -> WorkList:
    """A page of the answers that have passages: those not done first, then in order of receipt.

    Without a page, the one that the given answer stands on; beyond the last page, the last.
    """
    coded = func.sum(case((is_coded(), 1), else_=0))
    per_answer = (
        _divided(select(Submission.id.label("submission_id")), round_id)
        .add_columns(
            Submission.number,
            Submission.name,
            Submission.actor_type,
            func.count().label("passages"),
            coded.label("coded"),
            func.count(Passage.copy_of_id).label("copies"),
        )
        .group_by(Submission.id)
        .cte("per_answer")
    )
    order = (
        case((per_answer.c.coded == per_answer.c.passages, 1), else_=0),
        per_answer.c.number,
    )
    ranked = select(
        per_answer,
        (func.row_number().over(order_by=order) - 1).label("place"),
        func.count().over().label("total"),
        func.sum(per_answer.c.passages).over().label("all_passages"),
        func.sum(per_answer.c.coded).over().label("all_coded"),
    ).cte("ranked")
    wanted: Any = 0 if page is None else max(page, 1) - 1
    if page is None and submission_id is not None:
        place = select(ranked.c.place).where(ranked.c.submission_id == submission_id)
        wanted = func.coalesce(place.scalar_subquery(), 0) // PAGE
    last = (ranked.c.total - 1) // PAGE
    shown = case((last < wanted, last), else_=wanted)
    query = select(ranked).where(ranked.c.place // PAGE == shown).order_by(ranked.c.place)
    rows = session().execute(query).all()
    return WorkList(
        items=tuple(
            WorkItem(
                row.submission_id,
                row.number,
                row.name,
                row.actor_type,
                row.passages,
                row.coded,
                row.copies,
            )
            for row in rows
        ),
        page=rows[0].place // PAGE + 1 if rows else 1,
        pages=-(-rows[0].total // PAGE) if rows else 1,
        passages=int(rows[0].all_passages) if rows else 0,
        coded=int(rows[0].all_coded) if rows else 0,
    )


def _divided(query: Select[*tuple[Any, ...]], round_id: int) -> Select[*tuple[Any, ...]]:
    """The query over paragraphs and bullets of the texts that are read."""
    return (
        query.select_from(Submission)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Passage, Passage.version_id == SubmissionVersion.id)
        .where(is_read(round_id), is_current(), Passage.kind != PassageKind.CHOSEN)
    )


def reading_order(version_id: int) -> tuple[tuple[str, int], ...]:
    """Public id and position of every passage of a text, as it runs, parts after the whole."""
    query = (
        select(Passage.public_id, Passage.position)
        .where(Passage.version_id == version_id)
        .order_by(*READING_ORDER)
    )
    return tuple((row.public_id, row.position) for row in session().execute(query))


def passages_between(version_id: int, first: int, last: int) -> Sequence[Passage]:
    """The passages of a text from one position to another, in reading order."""
    query = (
        select(Passage)
        .where(Passage.version_id == version_id, Passage.position.between(first, last))
        .order_by(*READING_ORDER)
    )
    return session().scalars(query).all()


def answers_of_version(version_id: int) -> Sequence[Answer]:
    """The answers of a text in order, with the questions and proposals they are about."""
    query = (
        select(Answer)
        .where(Answer.version_id == version_id)
        .options(
            joinedload(Answer.question), joinedload(Answer.proposal), joinedload(Answer.section)
        )
        .order_by(Answer.position)
    )
    return session().scalars(query).all()


def first_passage(round_id: int, *, number: int) -> str | None:
    """Where to begin with an answer: its first passage without a theme, else its first.

    What it repeats of another answer is coded there, so its own words come before that.
    """
    query = (
        _divided(select(Passage.public_id), round_id)
        .where(Submission.number == number)
        .order_by(case((is_coded() | _is_coded_elsewhere(round_id), 1), else_=0), Passage.position)
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def next_uncoded(round_id: int, *, after: tuple[int, int] | None = None) -> str | None:
    """The next passage without a theme, in order of receipt and as each text runs.

    What repeats another answer is passed over: it is coded where it stands first.

    Args:
        round_id: The round.
        after: Number of an answer and a position in it to go on from; after the last passage it
            begins again with the first.

    Returns:
        Its public id, or ``None`` when every passage has a theme.
    """
    uncoded = (
        _divided(select(Passage.public_id), round_id)
        .where(~is_coded(), ~_is_coded_elsewhere(round_id))
        .order_by(Submission.number, Passage.position)
        .limit(1)
    )
    number, position = after or (0, -1)
    steps = (
        uncoded.where(Submission.number == number, Passage.position > position),
        uncoded.where(Submission.number > number),
        uncoded,
    )
    return next((found for step in steps if (found := session().scalars(step).first())), None)


def _is_coded_elsewhere(round_id: int) -> ColumnElement[bool]:
    """The passage repeats one in an answer that is read."""
    origin, version, first = aliased(Passage), aliased(SubmissionVersion), aliased(Submission)
    standing = (
        select(origin.id)
        .join(version, origin.version_id == version.id)
        .join(first, origin.submission_id == first.id)
        .where(
            origin.round_id == round_id,
            first.status == SubmissionStatus.RECEIVED,
            first.deadline_status != DeadlineStatus.LATE_EXCLUDED,
            version.number == first.current_version_number,
            origin.id == Passage.copy_of_id,
        )
    )
    return Passage.copy_of_id.is_not(None) & standing.exists()


def passage_in_neighbour(round_id: int, *, number: int, forward: bool) -> str | None:
    """The first passage of the next answer, or the last one of the answer before."""
    query = _divided(select(Passage.public_id), round_id).limit(1)
    if forward:
        query = query.where(Submission.number > number)
        query = query.order_by(Submission.number, Passage.position)
    else:
        query = query.where(Submission.number < number)
        query = query.order_by(Submission.number.desc(), Passage.position.desc())
    return session().scalars(query).first()


def coded_stances(submission_id: int) -> tuple[CodedStanceRow, ...]:
    """The stances that readers have coded for an answer, in the order of the proposals."""
    query = (
        select(CodedStance, Proposal)
        .join(Proposal, CodedStance.proposal_id == Proposal.id)
        .where(CodedStance.submission_id == submission_id)
        .order_by(Proposal.position)
    )
    return tuple(
        CodedStanceRow(
            proposal_key=proposal.key,
            proposal_title=proposal.title,
            value=stance.value,
            modifiers=tuple(StanceModifier(value) for value in stance.modifiers),
            coded_by=stance.coded_by,
            is_suggested=stance.suggested_edition is not None,
        )
        for stance, proposal in session().execute(query)
    )
