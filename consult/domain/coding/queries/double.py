"""Reading double coding: samples, what is left of them, and how far two readers agree."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import aliased, joinedload

from consult.db import get_one, session
from consult.domain.coding.agreement import Answers, CoderAnswers
from consult.domain.coding.models import (
    Coding,
    DoubleCodedPassage,
    DoubleCodedTheme,
    DoubleCoding,
    Passage,
    Theme,
)
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.queries.scope import counted_as, is_current, is_read
from consult.domain.coding.queries.themes import list_themes, themes_by_key
from consult.domain.coding.revisions import FrozenTheme, SampledTheme, thaw_themes
from consult.domain.coding.types import DoubleCodingRow, PassageKind
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission, SubmissionVersion


def get_double_coding(round_slug: str, double_id: str) -> DoubleCoding:
    """A sample of a round by public id. Raises :class:`NotFound`."""
    query = (
        select(DoubleCoding)
        .join(Round, DoubleCoding.round_id == Round.id)
        .where(Round.slug == round_slug, DoubleCoding.public_id == double_id)
        .options(joinedload(DoubleCoding.round))
    )
    return get_one(query, "double coding", double_id)


def get_difference(round_slug: str, difference_id: str) -> DoubleCodedTheme:
    """What two readers differ on, by public id. Raises :class:`NotFound`."""
    query = (
        select(DoubleCodedTheme)
        .join(DoubleCodedTheme.place)
        .join(DoubleCodedPassage.double_coding)
        .join(Round, DoubleCoding.round_id == Round.id)
        .where(
            Round.slug == round_slug,
            DoubleCodedTheme.public_id == difference_id,
            DoubleCodedPassage.done_at.is_not(None),
            DoubleCodedTheme.by_first != DoubleCodedTheme.by_second,
        )
    )
    return get_one(query, "difference", difference_id)


def list_double_codings(round_id: int) -> tuple[DoubleCodingRow, ...]:
    """The samples of a round, the latest first, with how far each is."""
    per_sample = (
        select(
            DoubleCodedPassage.double_coding_id,
            func.count().label("passages"),
            func.count(DoubleCodedPassage.done_at).label("done"),
        )
        .group_by(DoubleCodedPassage.double_coding_id)
        .subquery()
    )
    query = (
        select(DoubleCoding, per_sample.c.passages, per_sample.c.done)
        .join(per_sample, per_sample.c.double_coding_id == DoubleCoding.id)
        .where(DoubleCoding.round_id == round_id)
        .order_by(DoubleCoding.id.desc())
    )
    return tuple(
        DoubleCodingRow(
            id=one.id,
            public_id=one.public_id,
            coder=one.coder,
            share=one.share,
            drawn_from=one.drawn_from,
            drawn_at=one.drawn_at,
            codebook_version=one.codebook_version,
            passages=passages,
            done=done,
        )
        for one, passages, done in session().execute(query)
    )


def passages_to_draw(round_id: int, *, coder: str) -> Sequence[int]:
    """Ids of the passages that a coder could code once more, in a lasting order.

    They have a theme that somebody else put there, and the coder has put none there and has not
    had them in a sample before. What repeats another passage is coded there and left out here, and
    so is what waits to be sorted after a split: its first reader has not answered yet.
    """
    own = select(Coding.id).where(Coding.passage_id == Passage.id, Coding.coded_by == coder)
    earlier = (
        select(DoubleCodedPassage.id)
        .join(DoubleCodedPassage.double_coding)
        .where(DoubleCodedPassage.passage_id == Passage.id, DoubleCoding.coder == coder)
    )
    inside = aliased(Passage)
    unsorted = (
        select(Coding.id)
        .join(inside, Coding.passage_id == inside.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where((inside.id == Passage.id) | (inside.parent_id == Passage.id))
        .where(Theme.retired_at.is_not(None))
    )
    query = (
        select(Passage.id)
        .select_from(Submission)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Passage, Passage.version_id == SubmissionVersion.id)
        .where(is_read(round_id), is_current(), Passage.kind != PassageKind.CHOSEN, is_coded())
        .where(Passage.copy_of_id.is_(None), ~own.exists(), ~earlier.exists())
        .where(~unsorted.exists())
        .order_by(Passage.id)
    )
    return session().scalars(query).all()


def passage_of_sample(double_coding_id: int, position: int) -> DoubleCodedPassage:
    """A passage of a sample by its place. Raises :class:`NotFound`."""
    query = (
        select(DoubleCodedPassage)
        .where(
            DoubleCodedPassage.double_coding_id == double_coding_id,
            DoubleCodedPassage.position == position,
        )
        .options(joinedload(DoubleCodedPassage.passage))
    )
    return get_one(query, "passage of the sample", position)


def next_to_do(double_coding_id: int) -> int | None:
    """The place of the first passage that the second reader has not done."""
    query = select(func.min(DoubleCodedPassage.position)).where(
        DoubleCodedPassage.double_coding_id == double_coding_id,
        DoubleCodedPassage.done_at.is_(None),
    )
    return session().scalars(query).one()


def themes_of_sample(sample: DoubleCoding) -> tuple[SampledTheme, ...]:
    """The codebook that a sample speaks of: as it stood when it was drawn.

    Samples of releases that did not keep it speak of the codebook as it stands.
    """
    if sample.themes is None:
        used = select(DoubleCodedTheme.theme_id).join(DoubleCodedTheme.place)
        of_sample = used.where(DoubleCodedPassage.double_coding_id == sample.id)
        rows = list_themes(sample.round_id, besides=set(session().scalars(of_sample)))
        return tuple(
            SampledTheme(row.id, FrozenTheme(row.key, row.content, row.path, row.is_retired))
            for row in rows
        )
    ids = {theme.key: theme.id for theme in themes_by_key(sample.round_id).values()}
    return tuple(
        SampledTheme(ids[one.key], one) for one in thaw_themes(sample.themes) if one.key in ids
    )


def first_answers(double_coding_id: int) -> Sequence[Row[int, int, str]]:
    """What the desk has on the passages of a sample that nobody has kept yet.

    Each row has the id of the place in the sample, that of a theme and who put it there, in order.
    """
    query = (
        select(DoubleCodedPassage.id, Coding.theme_id, Coding.coded_by)
        .select_from(DoubleCodedPassage)
        .join(Passage, counted_as() == DoubleCodedPassage.passage_id)
        .join(Coding, Coding.passage_id == Passage.id)
        .where(
            DoubleCodedPassage.double_coding_id == double_coding_id,
            DoubleCodedPassage.first_coder.is_(None),
            DoubleCodedPassage.done_at.is_(None),
        )
        .order_by(Coding.id)
    )
    return session().execute(query).all()


def themes_on(place: DoubleCodedPassage) -> dict[int, DoubleCodedTheme]:
    """What the sample says of one passage, by the id of the theme."""
    query = select(DoubleCodedTheme).where(DoubleCodedTheme.double_coded_passage_id == place.id)
    return {row.theme_id: row for row in session().scalars(query)}


def main_codings(passage_id: int) -> Sequence[Coding]:
    """What the desk has on a passage and on the parts chosen from it, in order."""
    query = (
        select(Coding)
        .join(Passage, Coding.passage_id == Passage.id)
        .where(counted_as() == passage_id)
        .order_by(Coding.id)
    )
    return session().scalars(query).all()


def answers_by_theme(double_coding_id: int) -> dict[int, Answers]:
    """How two readers answered, by the id of each theme that either used in the sample."""
    done = _count_done(double_coding_id)
    query = (
        select(DoubleCodedTheme.theme_id, *_cells())
        .join(DoubleCodedTheme.place)
        .where(
            DoubleCodedPassage.double_coding_id == double_coding_id,
            DoubleCodedPassage.done_at.is_not(None),
        )
        .group_by(DoubleCodedTheme.theme_id)
    )
    return {row.theme_id: _answers(row, of=done) for row in session().execute(query)}


def answers_by_coder(round_id: int) -> tuple[CoderAnswers, ...]:
    """How second readers answered to each first reader, sample by sample in order of the draws.

    Pooled over the themes that either of the two used in that sample: rows in their order show
    whether a reader drifts.
    """
    is_done = (DoubleCoding.round_id == round_id) & DoubleCodedPassage.done_at.is_not(None)
    done = (
        select(DoubleCodedPassage.first_coder, DoubleCoding.id, func.count().label("done"))
        .join(DoubleCodedPassage.double_coding)
        .where(is_done)
        .group_by(DoubleCodedPassage.first_coder, DoubleCoding.id)
    )
    passages = {(row.first_coder, row.id): row.done for row in session().execute(done)}
    query = (
        select(
            DoubleCodedPassage.first_coder,
            DoubleCoding,
            func.count(DoubleCodedTheme.theme_id.distinct()).label("themes"),
            *_cells(),
        )
        .select_from(DoubleCodedTheme)
        .join(DoubleCodedTheme.place)
        .join(DoubleCodedPassage.double_coding)
        .where(is_done)
        .group_by(DoubleCodedPassage.first_coder, DoubleCoding.id)
        .order_by(DoubleCodedPassage.first_coder, DoubleCoding.drawn_at, DoubleCoding.id)
    )
    return tuple(
        CoderAnswers(
            coder=row.first_coder,
            sample=row.DoubleCoding.public_id,
            drawn_at=row.DoubleCoding.drawn_at,
            codebook_version=row.DoubleCoding.codebook_version,
            answers=_answers(row, of=passages[row.first_coder, row.DoubleCoding.id] * row.themes),
        )
        for row in session().execute(query)
    )


def differences(double_coding_id: int) -> Sequence[DoubleCodedTheme]:
    """Where two readers differ, what is not decided first, then as in the sample."""
    query = (
        select(DoubleCodedTheme)
        .join(DoubleCodedTheme.place)
        .join(DoubleCodedTheme.theme)
        .where(
            DoubleCodedPassage.double_coding_id == double_coding_id,
            DoubleCodedPassage.done_at.is_not(None),
            DoubleCodedTheme.by_first != DoubleCodedTheme.by_second,
        )
        .options(
            joinedload(DoubleCodedTheme.theme),
            joinedload(DoubleCodedTheme.place)
            .joinedload(DoubleCodedPassage.passage)
            .joinedload(Passage.submission),
        )
        .order_by(
            case((DoubleCodedTheme.decided_at.is_(None), 0), else_=1),
            DoubleCodedPassage.position,
            Theme.name,
        )
    )
    return session().scalars(query).all()


def _count_done(double_coding_id: int) -> int:
    query = select(func.count(DoubleCodedPassage.done_at)).where(
        DoubleCodedPassage.double_coding_id == double_coding_id
    )
    return session().scalars(query).one()


def _cells() -> tuple[Any, ...]:
    first, second = DoubleCodedTheme.by_first, DoubleCodedTheme.by_second
    cells = {"both": first & second, "first": first & ~second, "second": ~first & second}
    return tuple(func.sum(case((is_so, 1), else_=0)).label(name) for name, is_so in cells.items())


def _answers(row: Any, *, of: int) -> Answers:
    differing = int(row.first) + int(row.second)
    neither = of - int(row.both) - differing
    return Answers(int(row.both), int(row.first), int(row.second), neither)
