"""Reading what suggestions are made from, making them, and how they fared."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, and_, case, exists, func, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.coding.models import (
    Coding,
    Passage,
    Suggesting,
    SuggestionModel,
    SuggestionOutcome,
    Theme,
)
from consult.domain.coding.queries.examples import examples_of_round
from consult.domain.coding.queries.passages import neighbours_in_text
from consult.domain.coding.queries.scope import is_current, is_read
from consult.domain.coding.queries.themes import offered_themes
from consult.domain.coding.queries.worklist import coded_stances
from consult.domain.coding.suggesting.codebook import (
    CodingState,
    MadeModel,
    digest_of,
    is_due,
    read_codebook,
)
from consult.domain.coding.suggesting.stances import suggest_stance
from consult.domain.coding.suggesting.types import (
    Example,
    Lesson,
    Suggested,
    SuggestedStance,
    Surroundings,
)
from consult.domain.coding.types import PassageKind
from consult.domain.rounds.models import Proposal, Question, Round
from consult.domain.rounds.types import RoundStatus
from consult.domain.scans.queries import pages_by_id
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.kernel.files import FileStore

if TYPE_CHECKING:
    from consult.domain.coding.suggesting.model import Model

CLAIM_HOLDS = timedelta(minutes=30)
"""How long a worker may take to make a model before another one tries."""

CODED_NO_MORE = (RoundStatus.CONCLUDED, RoundStatus.ARCHIVED, RoundStatus.CANCELLED)
"""Rounds that nothing is learned of any more."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a model suggests for a passage: themes that are not on it yet, the likeliest first."""

    model: SuggestionModel
    shown: tuple[Suggested, ...]

    def place_of(self, theme_id: int) -> int | None:
        """Where a theme stands among those that people see, from 1."""
        ids = [one.theme_id for one in self.shown]
        return ids.index(theme_id) + 1 if theme_id in ids else None


def has_suggestions(round_id: int) -> bool:
    """Whether a round's coding page shows suggestions."""
    off = select(Suggesting.is_on).where(Suggesting.round_id == round_id)
    return session().scalar(off) is not False


def latest_model(round_id: int) -> SuggestionModel | None:
    """The model in use."""
    query = (
        select(SuggestionModel)
        .where(SuggestionModel.round_id == round_id)
        .order_by(SuggestionModel.number.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def suggest_themes(passage: Passage, *, models: FileStore) -> Suggestions | None:
    """What the round's model suggests for a passage.

    ``None`` where suggestions are off, where no model is made yet, and for a scanned page that
    nobody has read.
    """
    if not has_suggestions(passage.round_id):
        return None
    made = latest_model(passage.round_id)
    if made is None or _is_unread(passage):
        return None
    model = _open(models, made.digest)
    if model is None:
        return None
    here = {coding.theme_id for coding in passage.coded_at.codings}
    standing = select(Theme.id).where(
        Theme.round_id == passage.round_id, Theme.retired_at.is_(None)
    )
    known = set(session().scalars(standing))
    return Suggestions(made, model.suggest(_surroundings(passage), among=known - here))


@lru_cache(maxsize=8)
def _open(models: FileStore, digest: str) -> "Model | None":
    """A model from its file; ``None`` where it is gone or of another edition: it is made anew."""
    # NumPy takes a tenth of a second to load, and most processes never suggest anything.
    from consult.domain.coding.suggesting.codec import (  # noqa: PLC0415 -- see above
        UnreadableModel,
        decode,
    )

    try:
        return decode(models.read(digest))
    except (FileNotFoundError, UnreadableModel):
        return None


def _is_unread(passage: Passage) -> bool:
    whole = passage
    if passage.kind is PassageKind.CHOSEN and passage.parent is not None:
        whole = passage.parent
    return whole.page_id is not None and not pages_by_id([whole.page_id])[whole.page_id].is_read


def _surroundings(passage: Passage) -> Surroundings:
    answer = passage.answer
    before, after = neighbours_in_text(passage)
    return Surroundings(
        text=passage.quote,
        place=_place(answer.question_id, answer.proposal_id, answer.section_id),
        near="\n".join(one.quote for one in (before, after) if one is not None),
    )


def _place(question_id: int | None, proposal_id: int | None, section_id: int | None) -> str:
    kinds = (("question", question_id), ("proposal", proposal_id), ("section", section_id))
    return next((f"{kind}:{one}" for kind, one in kinds if one is not None), "")


def suggest_stance_of(passage: Passage) -> tuple[Proposal, SuggestedStance] | None:
    """Where the answer seems to stand on the proposal that a passage is about.

    ``None`` where its words do not say, or the sender has ticked a stance there or a reader has
    coded one: what people said needs no guessing.
    """
    answer = passage.answer
    asked = answer.question.proposal if answer.question else None
    about = answer.proposal or asked
    if about is None or answer.stance is not None or not has_suggestions(passage.round_id):
        return None
    if any(one.proposal_key == about.key for one in coded_stances(passage.submission_id)):
        return None
    found = None if _is_unread(passage) else suggest_stance(passage.quote)
    return None if found is None else (about, found)


def state_of_coding(round_id: int, made: SuggestionModel | None) -> CodingState:
    """How far a round's coding is beside its present model."""
    since = Coding.id > (made.last_coding_id if made is not None else 0)
    query = (
        select(func.count(Coding.id), func.coalesce(func.sum(case((since, 1), else_=0)), 0))
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
    )
    codings, new = session().execute(query).one()
    said = (
        select(
            *(Theme.id, Theme.parent_id, Theme.name),
            *(Theme.definition, Theme.include, Theme.exclude),
        )
        .where(Theme.round_id == round_id, Theme.retired_at.is_(None))
        .order_by(Theme.id)
    )
    themes = [tuple(row) for row in session().execute(said)]
    themes += [(theme_id, *lines) for theme_id, lines in sorted(_lines(round_id).items())]
    return CodingState(
        themes=len(themes),
        codings=int(codings),
        new=int(new),
        codebook=digest_of(themes),
        texts=state_of_texts(round_id),
    )


def state_of_texts(round_id: int) -> str:
    """Stands for the texts that are read; another one when an answer came, went or was replaced."""
    versions = (
        select(func.count(SubmissionVersion.id), func.coalesce(func.sum(SubmissionVersion.id), 0))
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(is_read(round_id), is_current())
    )
    number, total = session().execute(versions).one()
    return f"{number}:{total}"


def rounds_to_learn(now: datetime, *, models: FileStore) -> list[Round]:
    """The rounds that should get a new model and that no worker has taken."""
    query = (
        select(Round)
        .outerjoin(Suggesting, Suggesting.round_id == Round.id)
        .where(
            Round.status.not_in(CODED_NO_MORE),
            exists().where(Theme.round_id == Round.id),
            func.coalesce(Suggesting.is_on, True),
            Suggesting.claimed_at.is_(None) | (Suggesting.claimed_at < now - CLAIM_HOLDS),
        )
        .order_by(Round.id)
    )
    found = session().scalars(query).all()
    return [one for one in found if _is_due(one.id, now=now, models=models)]


def _is_due(round_id: int, *, now: datetime, models: FileStore) -> bool:
    made = latest_model(round_id)
    before = None
    if made is not None and models.has(made.digest):
        took = timedelta(milliseconds=made.milliseconds)
        before = MadeModel(
            made.edition, made.codings, made.codebook, made.texts, made.made_at, took
        )
    return is_due(state_of_coding(round_id, made), before, now=now)


def last_coding_id(round_id: int) -> int:
    """The latest coding of a round, 0 where there is none."""
    query = (
        select(func.max(Coding.id))
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
    )
    return session().scalar(query) or 0


def gather_lesson(round_id: int) -> Lesson:
    """Everything that a model of a round is made from, as plain values."""
    rows = read_passages(round_id)
    around = _near(rows)
    codings = _themes_by_passage(round_id)
    examples: list[Example] = []
    uncoded: list[Surroundings] = []
    for row in rows:
        place = _place(row.question_id, row.proposal_id, row.section_id)
        passage = Surroundings(row.quote, place, around.get(row.id, ""))
        if found := codings.get(row.id):
            examples.append(Example(passage, frozenset(found), row.submission_id))
        elif row.kind is not PassageKind.CHOSEN:
            uncoded.append(passage)
    return Lesson(
        themes=read_codebook(offered_themes(round_id), _lines(round_id)),
        examples=tuple(examples),
        uncoded=tuple(uncoded),
        places=_asked(round_id),
    )


def _lines(round_id: int) -> dict[int, list[str]]:
    """The written examples of each theme; those that are passages are learned as codings."""
    found = examples_of_round(round_id).items()
    return {
        theme_id: [one.text for one in rows if one.passage_id is None] for theme_id, rows in found
    }


def read_passages(round_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The passages of the texts that are read, without pages that nobody has read, as they run."""
    query = (
        select(
            Passage.id,
            Passage.kind,
            Passage.parent_id,
            Passage.page_id,
            Passage.quote,
            Passage.submission_id,
            Passage.answer_id,
            Answer.question_id,
            Answer.proposal_id,
            Answer.section_id,
        )
        .select_from(Submission)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Passage, Passage.version_id == SubmissionVersion.id)
        .join(Answer, Passage.answer_id == Answer.id)
        .where(is_read(round_id), is_current(), Passage.copy_of_id.is_(None))
        .order_by(Passage.submission_id, Passage.position, Passage.id)
    )
    rows = session().execute(query).all()
    pages = pages_by_id([row.page_id for row in rows if row.page_id is not None])
    unread = {row.id for row in rows if row.page_id in pages and not pages[row.page_id].is_read}
    return [row for row in rows if row.id not in unread and row.parent_id not in unread]


def _near(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, str]:
    """What stands before and after each whole passage in the same part of its answer."""
    by_answer: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        if row.kind is not PassageKind.CHOSEN:
            by_answer[row.answer_id].append(row)
    found = {}
    for group in by_answer.values():
        for place, row in enumerate(group):
            neighbours = (*group[max(place - 1, 0) : place], *group[place + 1 : place + 2])
            found[row.id] = "\n".join(one.quote for one in neighbours)
    return found


def _themes_by_passage(round_id: int) -> dict[int, set[int]]:
    """The themes on each passage; a whole one has those of the parts chosen from it as well."""
    query = (
        select(Passage.id, Passage.kind, Passage.parent_id, Coding.theme_id)
        .join(Coding, Coding.passage_id == Passage.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Passage.round_id == round_id, Theme.retired_at.is_(None))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for passage_id, kind, parent_id, theme_id in session().execute(query):
        found[passage_id].add(theme_id)
        if kind is PassageKind.CHOSEN and parent_id is not None:
            found[parent_id].add(theme_id)
    return found


def _asked(round_id: int) -> dict[str, str]:
    """The words of every question and proposal, in all languages that stems know."""
    asked = {}
    questions = select(Question.id, Question.text).where(Question.round_id == round_id)
    for one, text in session().execute(questions):
        asked[_place(one, None, None)] = _norwegian(text)
    proposals = select(Proposal.id, Proposal.title, Proposal.text)
    for one, title, text in session().execute(proposals.where(Proposal.round_id == round_id)):
        asked[_place(None, one, None)] = f"{_norwegian(title)}\n{_norwegian(text)}"
    return asked


def _norwegian(texts: dict[str, str]) -> str:
    return texts.get("nb") or texts.get("nn") or ""


@dataclass(frozen=True, slots=True)
class Fared:
    """What people decided beside suggestions.

    Attributes:
        decided: Themes that people put on passages while suggestions stood there.
        first: How many of them stood first.
        among: How many stood among those shown.
        accepted: How many were taken over from the suggestion itself.
        taken_back: Of the accepted, how many are gone again.
    """

    decided: int = 0
    first: int = 0
    among: int = 0
    accepted: int = 0
    taken_back: int = 0


def _counts() -> tuple[Any, ...]:
    stands = exists().where(
        Coding.passage_id == SuggestionOutcome.passage_id,
        Coding.theme_id == SuggestionOutcome.theme_id,
    )

    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    accepted = SuggestionOutcome.is_accepted
    return (
        count(stands),
        count(and_(stands, SuggestionOutcome.place == 1)),
        count(and_(stands, SuggestionOutcome.place.is_not(None))),
        count(and_(stands, accepted)),
        count(and_(~stands, accepted)),
    )


def fared_by_model(round_id: int) -> list[tuple[SuggestionModel, Fared]]:
    """Every model of a round, the latest first, with what people decided beside it."""
    models = session().scalars(
        select(SuggestionModel)
        .where(SuggestionModel.round_id == round_id)
        .order_by(SuggestionModel.number.desc())
    )
    query = (
        select(SuggestionOutcome.model_id, *_counts())
        .join(SuggestionModel, SuggestionOutcome.model_id == SuggestionModel.id)
        .where(SuggestionModel.round_id == round_id)
        .group_by(SuggestionOutcome.model_id)
    )
    found = {row[0]: Fared(*(int(one) for one in row[1:])) for row in session().execute(query)}
    return [(model, found.get(model.id, Fared())) for model in models]


def fared_by_theme(round_id: int) -> dict[int, Fared]:
    """What people decided beside suggestions, by the id of the theme that they chose."""
    query = (
        select(SuggestionOutcome.theme_id, *_counts())
        .join(SuggestionModel, SuggestionOutcome.model_id == SuggestionModel.id)
        .where(SuggestionModel.round_id == round_id)
        .group_by(SuggestionOutcome.theme_id)
    )
    return {row[0]: Fared(*(int(one) for one in row[1:])) for row in session().execute(query)}


def codings_with_models(passage: Passage) -> Sequence[Coding]:
    """The codings of a passage, or of the one it repeats, with theme and model, in order."""
    query = (
        select(Coding)
        .where(Coding.passage_id == passage.coded_at.id)
        .options(joinedload(Coding.theme), joinedload(Coding.model))
        .order_by(Coding.id)
    )
    return session().scalars(query).all()
