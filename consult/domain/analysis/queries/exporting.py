"""Passages by the thousand, for files: few queries, and nothing between their rows and the file."""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from consult.db import session
from consult.domain.analysis.filters import EVERYTHING, AnswerFilter
from consult.domain.analysis.queries.passages import PASSAGE_COLUMNS, narrow, with_answer
from consult.domain.analysis.queries.positions import find_positions
from consult.domain.analysis.queries.scope import rank_key
from consult.domain.analysis.types import PassageLine
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.themes import list_themes
from consult.domain.disclosure.quoting import quotable_in_round
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import Voice

_AT_ONCE = 1_000
"""Rows that are fetched at a time."""


def passage_lines(
    round_id: int,
    *,
    theme_ids: Collection[int] | None = None,
    actor_types: Collection[ActorType] | None = None,
    chosen: AnswerFilter = EVERYTHING,
) -> Iterator[PassageLine]:
    """All passages that ``list_passages`` would page through, in its order.

    Words that were taken out by law are left out.
    """
    order = (rank_key(), Submission.number, Passage.position, Passage.start, Passage.end)
    found = narrow(
        select(*PASSAGE_COLUMNS),
        round_id,
        theme_ids=theme_ids,
        actor_types=actor_types,
        chosen=chosen,
    )
    query = with_answer(found).order_by(*order)
    query = query.add_columns(Passage.version_id, Passage.start, Passage.end)
    themes, positions = _themes_by_passage(round_id), find_positions(round_id)
    may_quote = quotable_in_round(round_id)  # a file goes where nobody guards it
    rows = session().execute(query.execution_options(yield_per=_AT_ONCE))
    for row in rows:
        position = positions.get((row.submission_id, row.proposal_id))
        yield PassageLine(
            public_id=row.public_id,
            number=row.number,
            sender=row.name,
            actor_type=row.actor_type,
            channel=row.channel,
            language=row.language,
            publication=row.publication,
            label=row.question_key or row.proposal_key or row.section_key,
            heading=row.question_text or row.proposal_title or row.section_title,
            voice=row.voice,
            voice_label=may_quote.label(row.voice_label or "", version_id=row.version_id),
            quote=may_quote.words(
                row.quote, version_id=row.version_id, start=row.start, end=row.end
            ),
            themes=themes.get(row.passage_id, ()),
            stance=position.value if position and row.voice is not Voice.MINORITY else None,
            memo=row.memo,
            same_as=row.same_as,
        )


def words_to_hand_out(round_id: int, passage_ids: Collection[int]) -> dict[int, str]:
    """The words of some passages of a round, by their ids, without those taken out by law."""
    columns = (Passage.id, Passage.quote, Passage.version_id, Passage.start, Passage.end)
    may_quote = quotable_in_round(round_id)
    return {
        row.id: may_quote.words(row.quote, version_id=row.version_id, start=row.start, end=row.end)
        for row in session().execute(select(*columns).where(Passage.id.in_(passage_ids)))
    }


def _themes_by_passage(round_id: int) -> dict[int, tuple[str, ...]]:
    """The full names of the themes of each passage; one that repeats another has that one's."""
    names = {theme.id: theme.full_name for theme in list_themes(round_id)}
    query = (
        select(Passage.id, Coding.theme_id)
        .join(Coding, Coding.passage_id == func.coalesce(Passage.copy_of_id, Passage.id))
        .where(Passage.round_id == round_id)
        .order_by(Coding.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for passage_id, theme_id in session().execute(query):
        if theme_id in names:
            found[passage_id] = (*found.get(passage_id, ()), names[theme_id])
    return found
