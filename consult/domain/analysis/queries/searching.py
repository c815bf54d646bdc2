"""Searching the words of answers. Whose rounds may be searched is an argument of every search."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    join,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.analysis.models import SearchEntry
from consult.domain.analysis.queries.passages import load_passages
from consult.domain.analysis.queries.scope import SENDER_COLUMNS, sender_of
from consult.domain.analysis.search.asking import (
    HITS_EACH,
    PAGE,
    AnswerHits,
    FoundIn,
    Hit,
    Search,
    SearchCount,
    SearchOrder,
)
from consult.domain.analysis.search.matching import matching, relevance
from consult.domain.coding.models import CodedStance, Coding, Passage
from consult.domain.coding.queries.scope import is_current
from consult.domain.coding.types import PassageKind
from consult.domain.meetings.models import MeetingNote
from consult.domain.organisations.models import Organisation
from consult.domain.rounds.models import Question, Round
from consult.domain.submissions.models import Answer, Party, Submission, SubmissionVersion
from consult.domain.submissions.types import Stance, SubmissionStatus, Voice

AnySelect = Select[*tuple[Any, ...]]

_PLACE_COLUMNS = (
    Round.slug.label("round_slug"),
    Round.title.label("round_title"),
    Submission.status,
    Submission.deadline_status,
    Submission.received_at,
)
_IN_ROUND = (Round.opens_at.desc(), Round.id.desc(), Submission.number)


def count_hits(search: Search, *, owner_ids: Collection[int]) -> SearchCount:
    """How much is found in the rounds that some organisations own."""
    is_minutes = Submission.status == SubmissionStatus.MINUTES
    numbers = select(
        func.count(Passage.id),
        func.count(case((~is_minutes, Submission.id)).distinct()),
        func.count(case((is_minutes, Submission.id)).distinct()),
    )
    row = session().execute(_found_answers(numbers, search, owner_ids)).one()
    return SearchCount(passages=row[0], answers=row[1], minutes=row[2])


def find_passages(
    search: Search,
    *,
    owner_ids: Collection[int],
    order: SearchOrder = SearchOrder.BEST,
    offset: int = 0,
    limit: int = PAGE,
) -> tuple[Hit, ...]:
    """Passages that are found in the rounds that some organisations own.

    The best first: where the words stand more often and in fewer others. Equal ones, and all of
    them in the other order, as they came in and as they stand in the answer, newer rounds first.
    """
    found = _found(select(Passage.id), search, owner_ids)
    if order is SearchOrder.BEST and not search.query.is_empty:
        found = found.order_by(relevance(search.query).desc())
    found = found.order_by(*_IN_ROUND, Passage.position)
    return _load_hits(session().scalars(found.offset(offset).limit(limit)).all())


def find_passage_ids(search: Search, *, owner_ids: Collection[int], limit: int) -> list[str]:
    """The public ids of what is found, in the order of the answers."""
    found = _found(select(Passage.public_id), search, owner_ids)
    return list(session().scalars(found.order_by(*_IN_ROUND, Passage.position).limit(limit)))


def find_answers(
    search: Search,
    *,
    owner_ids: Collection[int],
    order: SearchOrder = SearchOrder.BEST,
    offset: int = 0,
    limit: int = PAGE,
) -> tuple[AnswerHits, ...]:
    """Answers in which something is found, each with its best passages; sorted by their best."""
    found = _found_answers(select(Submission.id, func.count(Passage.id)), search, owner_ids)
    found = found.group_by(Submission.id, Round.id)
    if order is SearchOrder.BEST and not search.query.is_empty:
        found = found.order_by(func.max(relevance(search.query)).desc())
    found = found.order_by(*_IN_ROUND)
    numbers = {row[0]: row[1] for row in session().execute(found.offset(offset).limit(limit))}
    best = _best_passages(search, owner_ids, numbers)
    answers = {row.submission_id: row for row in session().execute(_answers(numbers))}
    return tuple(
        AnswerHits(
            sender=sender_of(answers[submission_id]),
            place=_place_of(answers[submission_id]),
            passages=number,
            best=best.get(submission_id, ()),
        )
        for submission_id, number in numbers.items()
    )


def _answers(submission_ids: Collection[int]) -> AnySelect:
    return (
        select(*SENDER_COLUMNS, *_PLACE_COLUMNS)
        .join(Round, Round.id == Submission.round_id)
        .where(Submission.id.in_(submission_ids))
    )


def _best_passages(
    search: Search, owner_ids: Collection[int], submission_ids: Collection[int]
) -> dict[int, tuple[Hit, ...]]:
    """The best hits in each of some answers, in the order of the text."""
    rank = func.row_number().over(
        partition_by=Passage.submission_id,
        order_by=(relevance(search.query).desc(), Passage.position),
    )
    columns = (Passage.id, Passage.submission_id, Passage.position, rank.label("rank"))
    ranked = (
        _found(select(*columns), search, owner_ids)
        .where(Passage.submission_id.in_(submission_ids))
        .subquery()
    )
    query = select(ranked.c.id).where(ranked.c.rank <= HITS_EACH).order_by(ranked.c.position)
    found: dict[int, tuple[Hit, ...]] = {}
    for hit in _load_hits(session().scalars(query).all()):
        answer = hit.passage.sender.submission_id
        found[answer] = (*found.get(answer, ()), hit)
    return found


def _load_hits(passage_ids: Sequence[int]) -> tuple[Hit, ...]:
    """Passages with where they stand, in the order of the ids."""
    query = (
        select(Passage.id.label("passage_id"), *_PLACE_COLUMNS)
        .join(Submission, Submission.id == Passage.submission_id)
        .join(Round, Round.id == Submission.round_id)
        .where(Passage.id.in_(passage_ids))
    )
    places = {row.passage_id: _place_of(row) for row in session().execute(query)}
    passages = load_passages(passage_ids)
    return tuple(Hit(passages[one], places[one]) for one in passage_ids)


def _place_of(row: Row[*tuple[Any, ...]]) -> FoundIn:
    return FoundIn(
        round_slug=row.round_slug,
        round_title=row.round_title,
        status=row.status,
        deadline=row.deadline_status,
        received_at=row.received_at,
    )


def _found(query: AnySelect, search: Search, owner_ids: Collection[int]) -> AnySelect:
    """The query over passages that are found and may be seen."""
    joined = (
        query.select_from(SearchEntry)
        .join(Passage, Passage.id == SearchEntry.passage_id)
        .join(Submission, Submission.id == Passage.submission_id)
        .join(Round, Round.id == Submission.round_id)
    )
    if not search.query.is_empty:
        joined = matching(joined, search.query)
    return joined.where(_may_be_seen(search, owner_ids), *_conditions(search))


def _found_answers(query: AnySelect, search: Search, owner_ids: Collection[int]) -> AnySelect:
    """The same over answers with what is found in them.

    Where nothing is asked of the words, an answer without any is found too: whoever wants to see
    all that somebody has sent wants to see also that they had no comments.
    """
    if not search.query.is_empty or search.theme_ids is not None or search.stance is not None:
        return _found(query, search, owner_ids)
    passages = join(Passage, SearchEntry, Passage.id == SearchEntry.passage_id)
    joined = (
        query.select_from(Submission)
        .join(Round, Round.id == Submission.round_id)
        .outerjoin(passages, Passage.submission_id == Submission.id)
    )
    return joined.where(_may_be_seen(search, owner_ids), *_conditions(search))


def _may_be_seen(search: Search, owner_ids: Collection[int]) -> ColumnElement[bool]:
    """It stands in a round of these owners, as it is asked for, and is not struck from minutes."""
    struck = exists().where(
        MeetingNote.answer_id == Passage.answer_id, MeetingNote.struck_at.is_not(None)
    )
    return and_(
        Round.owner_id.in_(owner_ids),
        Submission.status.in_(sorted(search.statuses)),
        or_(Submission.status != SubmissionStatus.MINUTES, ~struck),
    )


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    """What the search asks for beside the words."""
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (search.round_id, Submission.round_id == search.round_id),
        (search.channel, Submission.channel == search.channel),
        (search.language, Submission.language == search.language),
        (search.actor_types, Submission.actor_type.in_(search.actor_types or ())),
        (search.organisation_id, _is_of(search.organisation_id)),
        (search.respondent, _is_from(search.respondent)),
    ]
    found = [condition for value, condition in asked if value]
    if search.theme_ids is not None:
        found.append(_has_theme(search.theme_ids))
    if search.stance is not None:
        found.append(_takes(search.stance))
    return found


def _is_of(organisation_id: int | None) -> ColumnElement[bool]:
    """A body's own answers, and those whose sender says to be it."""
    return or_(
        Submission.organisation_id == organisation_id,
        Submission.claimed_organisation_id == organisation_id,
    )


def _is_from(respondent: str) -> ColumnElement[bool]:
    """Somebody with this in a name has sent or signed it; or the address or number is exact.

    A body is found by today's name as well as by the one it had when it answered.
    """
    number = respondent.replace(" ", "")
    by_name = [
        one.icontains(respondent, autoescape=True)
        for one in (Submission.name, Submission.contact_name, Submission.written_by)
    ]
    on_it = (
        Party.version_id == SubmissionVersion.id,
        is_current(),
        Party.name.icontains(respondent, autoescape=True),
    )
    registered = select(Organisation.id).where(
        or_(
            Organisation.name.icontains(respondent, autoescape=True),
            Organisation.organisation_number == number,
        )
    )
    return or_(
        *by_name,
        func.lower(Submission.contact_email) == respondent.lower(),
        Submission.organisation_number == number,
        Submission.receipt_number == respondent,
        Submission.organisation_id.in_(registered),
        exists().where(*on_it),
    )


def _has_theme(theme_ids: Collection[int]) -> ColumnElement[bool]:
    """A theme is on the passage or on a part that was chosen from it."""
    part = aliased(Passage)
    on_itself = select(Coding.passage_id).where(Coding.theme_id.in_(theme_ids))
    on_part = (
        select(part.parent_id)
        .join(Coding, Coding.passage_id == part.id)
        .where(part.kind == PassageKind.CHOSEN, Coding.theme_id.in_(theme_ids))
    )
    return or_(Passage.id.in_(on_itself), Passage.id.in_(on_part))


def _takes(stance: Stance) -> ColumnElement[bool]:
    """The passage is about a proposal on which its sender takes the stance, coded before stated.

    A minority does not share it.
    """
    said, asked = aliased(Answer), aliased(Question)
    stated = (
        select(said.version_id, func.coalesce(said.proposal_id, asked.proposal_id))
        .outerjoin(asked, said.question_id == asked.id)
        .where(said.stance == stance)
    )
    about = func.coalesce(Answer.proposal_id, Question.proposal_id)
    judged = (CodedStance.proposal_id == about) & (
        CodedStance.submission_id == SubmissionVersion.submission_id
    )
    answers = (
        select(Answer.id)
        .join(SubmissionVersion, Answer.version_id == SubmissionVersion.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .outerjoin(CodedStance, judged)
        .where(
            Answer.voice != Voice.MINORITY,
            or_(
                CodedStance.value == stance,
                CodedStance.id.is_(None) & tuple_(Answer.version_id, about).in_(stated),
            ),
        )
    )
    return Passage.answer_id.in_(answers)
