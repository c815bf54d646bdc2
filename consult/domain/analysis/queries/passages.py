"""Passages across all answers: lists, the page of a theme, quotes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select, union_all
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.analysis.filters import EVERYTHING, AnswerFilter
from consult.domain.analysis.queries.choosing import answers_chosen, codings_chosen
from consult.domain.analysis.queries.places import Places, find_places
from consult.domain.analysis.queries.positions import Positions, find_positions
from consult.domain.analysis.queries.scope import (
    SENDER_COLUMNS,
    group_key,
    rank_key,
    sender_of,
)
from consult.domain.analysis.queries.stances import tabulate
from consult.domain.analysis.rules import sender_key
from consult.domain.analysis.types import (
    GroupCount,
    PassageCount,
    PassageList,
    PassageRow,
    ProposalStances,
    Quote,
    Sender,
    ThemeMark,
    ThemePage,
)
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.coding.queries.clusters import campaign_of_answers
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.coding.queries.scope import counted_as, counts, is_current
from consult.domain.coding.queries.themes import ranked_themes
from consult.domain.coding.types import PassageKind, ThemeRow
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.models import Proposal, Question, Section
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.private import is_private_answer
from consult.domain.submissions.types import Channel, Publication, Voice
from consult.kernel.errors import NotFound

AnySelect = Select[*tuple[Any, ...]]

PAGE = 50
"""Passages on one page of a list."""

QUOTE_LENGTH = (40, 420)
"""Characters a quote should have: long enough to be understood alone, short enough to be read."""


def list_passages(
    round_id: int,
    *,
    theme_ids: Collection[int] | None = None,
    actor_types: Collection[ActorType] | None = None,
    chosen: AnswerFilter = EVERYTHING,
    only: Collection[int] | None = None,
    offset: int = 0,
    limit: int = PAGE,
    count: PassageCount | None = None,
) -> PassageList:
    """Passages that have any of the themes and come from any of the kinds of actor.

    ``None`` means any; ``only`` are ids of passages. Order: kind of actor as in a list of senders,
    number of the answer, place.
    ``count`` is how many there are, where the caller knows it from :func:`count_passages`.
    """
    order = (rank_key(), Submission.number, Passage.position, Passage.start, Passage.end)
    found = narrow(
        select(Passage.id),
        round_id,
        theme_ids=theme_ids,
        actor_types=actor_types,
        chosen=chosen,
        only=only,
    )  # ids first: it is the sorting of thousands of texts that takes the time
    wanted = found.order_by(*order).offset(offset).limit(limit).subquery()
    columns = select(*PASSAGE_COLUMNS).join(Submission, Passage.submission_id == Submission.id)
    query = with_answer(columns).where(Passage.id.in_(select(wanted.c.id))).order_by(*order)
    rows = session().execute(query).all()
    themes = themes_of_passages([row.passage_id for row in rows])
    positions = find_positions(round_id, submission_ids={row.submission_id for row in rows})
    return PassageList(
        rows=tuple(_passage_row(row, themes.get(row.passage_id, ()), positions) for row in rows),
        count=count
        or count_passages(
            round_id, theme_ids=theme_ids, actor_types=actor_types, chosen=chosen, only=only
        ),
    )


def list_passage_ids(
    round_id: int,
    *,
    theme_ids: Collection[int] | None,
    actor_types: Collection[ActorType] | None,
    chosen: AnswerFilter,
    limit: int,
) -> list[str]:
    """The public ids of the passages that a list shows, in the order of the answers."""
    found = narrow(
        select(Passage.public_id),
        round_id,
        theme_ids=theme_ids,
        actor_types=actor_types,
        chosen=chosen,
    )
    ordered = found.order_by(Submission.number, Passage.position, Passage.start, Passage.end)
    return list(session().scalars(ordered.limit(limit)))


def load_passages(passage_ids: Collection[int]) -> dict[int, PassageRow]:
    """Some passages as a list shows them, of whatever rounds and answers, by their ids."""
    columns = select(*PASSAGE_COLUMNS).join(Submission, Passage.submission_id == Submission.id)
    query = with_answer(columns).where(Passage.id.in_(passage_ids))
    rows = session().execute(query).all()
    themes = themes_of_passages(passage_ids)
    positions = find_positions(None, submission_ids={row.submission_id for row in rows})
    return {
        row.passage_id: _passage_row(row, themes.get(row.passage_id, ()), positions) for row in rows
    }


def count_passages(
    round_id: int,
    *,
    theme_ids: Collection[int] | None = None,
    actor_types: Collection[ActorType] | None = None,
    chosen: AnswerFilter = EVERYTHING,
    only: Collection[int] | None = None,
) -> PassageCount:
    """How many passages there are of a kind, and from how many answers."""
    numbers = select(*_NUMBERS, func.count(Passage.id))
    counted = narrow(
        numbers, round_id, theme_ids=theme_ids, actor_types=actor_types, chosen=chosen, only=only
    )
    passages, submissions, rows = session().execute(counted).one()
    return PassageCount(passages=passages, submissions=submissions, rows=rows)


_NUMBERS = (func.count(counted_as().distinct()), func.count(Submission.id.distinct()))
_ORIGIN = aliased(Submission)
"""The answer that a passage is repeated from."""
_ORIGINAL = aliased(Passage)
_PROPOSAL_ID = func.coalesce(Answer.proposal_id, Question.proposal_id)
PASSAGE_COLUMNS = (
    Passage.id.label("passage_id"),
    Passage.public_id,
    Passage.quote,
    Passage.kind,
    Passage.memo,
    _ORIGIN.number.label("same_as"),
    *SENDER_COLUMNS,
    _PROPOSAL_ID.label("proposal_id"),
    Question.key.label("question_key"),
    Question.text.label("question_text"),
    Proposal.key.label("proposal_key"),
    Proposal.title.label("proposal_title"),
    Section.key.label("section_key"),
    Section.title.label("section_title"),
    Answer.voice,
    Answer.voice_label,
    is_private_answer().label("is_private"),
)


def narrow(
    query: AnySelect,
    round_id: int,
    *,
    theme_ids: Collection[int] | None,
    actor_types: Collection[ActorType] | None = None,
    chosen: AnswerFilter = EVERYTHING,
    only: Collection[int] | None = None,
) -> AnySelect:
    """The query over passages of answers that count, by theme, kind of actor and more."""
    narrowed = (
        query.select_from(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Passage.round_id == round_id,
            counts(round_id),
            is_current(),
            *answers_chosen(round_id, chosen),
        )
    )
    codings = codings_chosen(chosen)
    if theme_ids is not None or codings:
        wanted = [*codings, *([] if theme_ids is None else [Coding.theme_id.in_(theme_ids)])]
        narrowed = narrowed.where(*_has_theme(select(Coding.passage_id).where(*wanted)))
    if only is not None:
        narrowed = narrowed.where(Passage.id.in_(only))
    if actor_types is not None:
        narrowed = narrowed.where(Submission.actor_type.in_(actor_types))
    return narrowed


def _has_theme(coded: Select[int]) -> tuple[ColumnElement[bool], ...]:
    """A passage is one of those coded, or repeats the paragraph that one is, or lies in.

    What repeats another has the themes of that one only, whatever was put on it before.
    """
    inner, copy = aliased(Passage), aliased(Passage)
    is_part = inner.kind == PassageKind.CHOSEN
    paragraph = case((is_part, func.coalesce(inner.parent_id, inner.id)), else_=inner.id)
    paragraphs = select(paragraph).where(inner.id.in_(coded))
    repeated = select(copy.id).where(  # coalesce: begun from the copies, which are few
        copy.copy_of_id.is_not(None), func.coalesce(copy.copy_of_id, 0).in_(paragraphs)
    )
    is_copy = (Passage.kind != PassageKind.CHOSEN) & Passage.copy_of_id.in_(paragraphs)
    return (
        Passage.id.in_(union_all(coded, repeated)),  # by an index; the rest looks at these only
        Passage.copy_of_id.is_(None) | is_copy,
    )


def with_answer(query: AnySelect) -> AnySelect:
    """The query with the question and the proposal that each passage's answer is about."""
    return (
        query.join(Answer, Passage.answer_id == Answer.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .outerjoin(Proposal, Proposal.id == _PROPOSAL_ID)
        .outerjoin(Section, Answer.section_id == Section.id)
        .outerjoin(_ORIGINAL, _ORIGINAL.id == Passage.copy_of_id)
        .outerjoin(_ORIGIN, _ORIGIN.id == _ORIGINAL.submission_id)
    )


def _passage_row(
    row: Row[*tuple[Any, ...]], themes: Collection[Theme], positions: Positions
) -> PassageRow:
    position = positions.get((row.submission_id, row.proposal_id))
    return PassageRow(
        public_id=row.public_id,
        quote=row.quote,
        kind=row.kind,
        memo=row.memo,
        sender=sender_of(row),
        heading=row.question_text or row.proposal_title or row.section_title,
        label=row.question_key or row.proposal_key or row.section_key,
        proposal_key=row.proposal_key,
        stance=position.value if position and row.voice is not Voice.MINORITY else None,
        themes=tuple(ThemeMark(theme.key, theme.name, theme.colour) for theme in themes),
        voice=row.voice,
        voice_label=row.voice_label,
        is_private=row.is_private,
        same_as=row.same_as,
    )


def with_themes_below(themes: Collection[ThemeRow], theme: ThemeRow) -> tuple[ThemeRow, ...]:
    """A theme and all themes under it."""
    found = [theme]
    for candidate in themes:
        if candidate.parent_id in {row.id for row in found}:
            found.append(candidate)
    return tuple(found)


def theme_page(
    round_id: int,
    theme_key: str,
    *,
    group: ActorGroup | None = None,
    only: Collection[int] | None = None,
    page: int = 1,
    size: int = PAGE,
) -> ThemePage:
    """Everything on a theme and those under it: who speaks of it, where they stand, their words.

    Stances are those of the senders who speak of the theme, on the proposals under which they do.

    Args:
        round_id: The round.
        theme_key: The theme.
        group: Only passages of this group of actors; the counts stay those of all.
        only: Only these passages, by their ids; the counts of groups stay those of all.
        page: Which page of the passages, from 1; beyond the last it is the last.
        size: Passages on a page.

    Raises:
        NotFound: There is no such theme.
    """
    themes = ranked_themes(round_id)
    theme = next((row for row in themes if row.key == theme_key), None)
    if theme is None:
        raise NotFound("theme", theme_key)
    here = [row.id for row in with_themes_below(themes, theme)]
    places = find_places(round_id, here)
    senders = _senders_of(places.answers)
    wanted = places if only is None else find_places(round_id, here, only=only)
    if group is not None:
        wanted = wanted.of({key for key, one in senders.items() if one.actor_type.group is group})
    rows = wanted.rows
    last = max(1, -(-sum(rows.values()) // size))
    return ThemePage(
        theme=theme,
        below=with_themes_below(themes, theme)[1:],
        groups=_group_counts(places, senders),
        stances=_stances_of_theme(round_id, places, senders),
        passages=PassageList(
            rows=_rows_of(
                round_id,
                _on_page(
                    _in_order(rows, senders),
                    lambda answers: _ids_of(round_id, here, answers, only),
                    first=(min(page, last) - 1) * size,
                    size=size,
                ),
            ),
            count=PassageCount(
                passages=wanted.passages, submissions=len(rows), rows=sum(rows.values())
            ),
        ),
    )


def _senders_of(submission_ids: Collection[int]) -> dict[int, Sender]:
    """Who sent some answers, by the answers' ids."""
    query = select(*SENDER_COLUMNS).where(Submission.id.in_(submission_ids))
    return {row.submission_id: sender_of(row) for row in session().execute(query)}


def _in_order(rows: Mapping[int, int], senders: Mapping[int, Sender]) -> Iterable[tuple[int, int]]:
    """Answers and their passages as lists have them: by kind of actor and number of the answer."""
    ranks = {key: (one.actor_type.list_rank, one.number) for key, one in senders.items()}
    return sorted(rows.items(), key=lambda one: ranks[one[0]])


def _on_page(
    answers: Iterable[tuple[int, int]],
    ids_of: Callable[[Collection[int]], Sequence[int]],
    *,
    first: int,
    size: int,
) -> Sequence[int]:
    """The ids of the passages on a page; only the texts of the answers it shows are put in order.

    Args:
        answers: The answers in order, each with how many passages it has in the list.
        ids_of: The passages of some answers, in the order of the list.
        first: How many passages stand before the page.
        size: Passages on a page.
    """
    passed, skipped, shown = 0, 0, []
    for submission_id, number in answers:
        if passed >= first + size:
            break
        if passed + number <= first:
            skipped += number
        else:
            shown.append(submission_id)
        passed += number
    return ids_of(shown)[first - skipped : first - skipped + size]


def _ids_of(
    round_id: int,
    theme_ids: Collection[int],
    submission_ids: Collection[int],
    only: Collection[int] | None,
) -> Sequence[int]:
    """The passages of some answers on some themes, in the order of a list."""
    query = narrow(select(Passage.id), round_id, theme_ids=theme_ids, only=only)
    order = (rank_key(), Submission.number, Passage.position, Passage.start, Passage.end)
    return session().scalars(query.where(Submission.id.in_(submission_ids)).order_by(*order)).all()


def _rows_of(round_id: int, passage_ids: Sequence[int]) -> tuple[PassageRow, ...]:
    """Passages as a list shows them, in the order of their ids given."""
    columns = select(*PASSAGE_COLUMNS).join(Submission, Passage.submission_id == Submission.id)
    rows = session().execute(with_answer(columns).where(Passage.id.in_(passage_ids))).all()
    themes = themes_of_passages(passage_ids)
    positions = find_positions(round_id, submission_ids={row.submission_id for row in rows})
    found = {
        row.passage_id: _passage_row(row, themes.get(row.passage_id, ()), positions) for row in rows
    }
    return tuple(found[passage_id] for passage_id in passage_ids)


def _group_counts(places: Places, senders: Mapping[int, Sender]) -> tuple[GroupCount, ...]:
    """How many passages and answers of each group of actors there are."""
    answers: dict[ActorGroup, set[int]] = defaultdict(set)
    for submission_id in places.answers:
        answers[senders[submission_id].actor_type.group].add(submission_id)
    return tuple(
        GroupCount(group, places.of(answers[group]).passages, len(answers[group]))
        for group in ActorGroup
        if group in answers
    )


def _stances_of_theme(
    round_id: int, places: Places, senders: Mapping[int, Sender]
) -> tuple[ProposalStances, ...]:
    speakers = {
        proposal_id: [senders[one] for one in found]
        for proposal_id, found in places.speaking_of_proposals().items()
    }
    submission_ids = {sender.submission_id for group in speakers.values() for sender in group}
    positions = find_positions(round_id, submission_ids=submission_ids)
    proposals = session().scalars(
        select(Proposal).where(Proposal.id.in_(speakers)).order_by(Proposal.position)
    )
    campaigns = campaign_of_answers(round_id)
    return tuple(
        stances
        for proposal in proposals
        for stances in tabulate(
            [proposal],
            sorted(speakers[proposal.id], key=sender_key),
            positions,
            campaigns=campaigns,
        )
    )


def pick_quotes(round_id: int, theme_key: str, *, per_group: int = 3) -> tuple[Quote, ...]:
    """Passages on a theme to print: at most one per answer and a few per actor group.

    Only what may be published is given; the length nearest to a good quote's comes first, and the
    same answers give the same quotes. The sender's public name may still be ``None``.
    """
    themes = ranked_themes(round_id)
    theme = next((row for row in themes if row.key == theme_key), None)
    if theme is None:
        raise NotFound("theme", theme_key)
    theme_ids = [row.id for row in with_themes_below(themes, theme)]
    length = func.length(Passage.quote)
    shortest, longest = QUOTE_LENGTH
    fitness = func.abs(length - (shortest + longest) // 2)
    columns = (
        Passage.public_id.label("passage_public_id"),
        Passage.quote,
        *SENDER_COLUMNS,
        group_key().label("actor_group"),
        fitness.label("fitness"),
        func.row_number()
        .over(partition_by=Submission.id, order_by=(fitness, Passage.id))
        .label("within_answer"),
    )
    best = (
        narrow(select(*columns), round_id, theme_ids=theme_ids)
        .where(
            Submission.publication != Publication.NOT_ON_WEB,
            length.between(shortest, longest),
            Passage.copy_of_id.is_(None),
        )
        .subquery()
    )
    is_minuted = case((best.c.channel.in_((Channel.PHONE, Channel.MEETING)), 1), else_=0)
    place = func.row_number().over(
        partition_by=best.c.actor_group, order_by=(is_minuted, best.c.fitness, best.c.number)
    )
    ranked = select(best, place.label("place")).where(best.c.within_answer == 1).subquery()
    query = select(ranked).where(ranked.c.place <= per_group)
    quotes = [_quote(row) for row in session().execute(query)]
    return tuple(sorted(quotes, key=lambda quote: sender_key(quote.sender)))


def _quote(row: Row[*tuple[Any, ...]]) -> Quote:
    sender = sender_of(row)
    return Quote(
        passage_public_id=row.passage_public_id,
        text=row.quote,
        language=sender.language,
        sender=sender,
        is_minuted=sender.is_minuted,
    )
