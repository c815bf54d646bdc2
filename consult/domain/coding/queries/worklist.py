"""The list one works down: answers to code, and the way from passage to passage."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    select,
)
from sqlalchemy.orm import aliased, joinedload

from consult.db import session
from consult.domain.coding.models import CodedStance, Passage
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.queries.scope import is_current, is_read
from consult.domain.coding.types import CodedStanceRow, PassageKind, WorkItem, WorkList
from consult.domain.rounds.models import Proposal
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import DeadlineStatus, StanceModifier, SubmissionStatus

PAGE = 25
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
    wanted = {"round_id": round_id, "submission_id": submission_id, "page": page}
    rows = session().execute(_work_list_query(), wanted).all()
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


@cache
def _work_list_query() -> Select[*tuple[Any, ...]]:
    """The statement of :func:`work_list`: building it takes as long as asking it.

    It takes ``round_id``, ``submission_id`` and ``page``. Passages are counted by version from an
    index alone; which versions are read is told afterwards.
    """
    round_id: ColumnElement[int] = bindparam("round_id", type_=Integer)
    submission_id: ColumnElement[Any] = bindparam("submission_id", type_=Integer)
    page: ColumnElement[Any] = bindparam("page", type_=Integer)
    counted = (
        select(
            Passage.version_id,
            func.count().label("passages"),
            func.sum(case((is_coded(), 1), else_=0)).label("coded"),
            func.count(Passage.copy_of_id).label("copies"),
        )
        .where(Passage.round_id == round_id, Passage.kind != PassageKind.CHOSEN)
        .group_by(Passage.submission_id, Passage.version_id)
        .subquery("counted")
    )
    order = (case((counted.c.coded == counted.c.passages, 1), else_=0), Submission.number)
    ranked = (
        select(
            Submission.id.label("submission_id"),
            Submission.number,
            Submission.name,
            Submission.actor_type,
            counted.c.passages,
            counted.c.coded,
            counted.c.copies,
            (func.row_number().over(order_by=order) - 1).label("place"),
            func.count().over().label("total"),
            func.sum(counted.c.passages).over().label("all_passages"),
            func.sum(counted.c.coded).over().label("all_coded"),
        )
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(counted, counted.c.version_id == SubmissionVersion.id)
        .where(is_read(round_id), is_current())
        .cte("ranked")
    )
    place = select(ranked.c.place).where(ranked.c.submission_id == submission_id)
    of_answer = func.coalesce(place.scalar_subquery(), 0) // PAGE
    asked = case((page < 1, 0), else_=page - 1)
    last = (ranked.c.total - 1) // PAGE
    wanted = func.coalesce(asked, of_answer)
    shown = case((last < wanted, last), else_=wanted)
    on_page = ranked.c.place // PAGE == shown
    return select(ranked).where(on_page).order_by(ranked.c.place)


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
