"""Answering: saving what is written, without one writer ever overwriting another."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.companions import list_draft_files
from consult.domain.submissions.errors import AnswerChanged
from consult.domain.submissions.models import Draft, DraftAnswer
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.rules import check_written, no_comments_to
from consult.domain.submissions.service.drafting import hold_draft
from consult.domain.submissions.skipping import asked_questions
from consult.domain.submissions.types import SavedAnswer, WrittenAnswer
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question


def save_answer(
    draft: Draft,
    question: "Question",
    written: WrittenAnswer,
    *,
    revision: int,
    by: Actor,
    window: str | None = None,
    is_autosave: bool = False,
    wording: int | None = None,
) -> SavedAnswer:
    """Save what is written to one question, if nobody else has saved it since it was opened.

    Saving the same again changes nothing and is never a conflict. An empty form does not take
    back "no comments".

    Args:
        draft: The draft it belongs to.
        question: The question, of the same round.
        written: All that the form holds.
        revision: The revision that the form was opened with; 0 when there was no answer yet.
        by: Who writes.
        window: Names the open page. Its autosave may have arrived while our answer to it was
            lost; what the page sends next then builds on it, whatever its revision.
        is_autosave: Whether the page goes on being open after this save.
        wording: The question's wording that the page showed, if not the present one.

    Raises:
        AnswerChanged: Another writer was first. Carries both texts.
        InvalidInput: See :func:`~consult.domain.submissions.rules.check_written`.
        AlreadySent: The draft has been sent.
        NotFound: The draft has been deleted.
    """
    content = check_written(question, written)
    hold_draft(draft, now=utc_now())
    stored = _find(draft, question)
    shown = min(wording or question.wording, question.wording)
    if stored is None:
        return _add(
            draft,
            question,
            content,
            by=by,
            window=window if is_autosave else None,
            wording=shown,
        )
    stored.wording = max(stored.wording, shown)
    if stored.written == content or (content.is_blank and stored.no_comments):
        return SavedAnswer(stored.revision, stored.updated_at)
    return _overwrite(
        stored, content, revision=revision, by=by, window=window, is_autosave=is_autosave
    )


def _overwrite(
    stored: DraftAnswer,
    content: WrittenAnswer,
    *,
    revision: int,
    by: Actor,
    window: str | None,
    is_autosave: bool,
) -> SavedAnswer:
    """Put new content in the place of what was opened. Raises ``AnswerChanged``."""
    now = utc_now()
    taken = (
        update(DraftAnswer)
        .where(
            DraftAnswer.id == stored.id,
            or_(
                DraftAnswer.revision == revision,
                and_(DraftAnswer.window.is_not(None), DraftAnswer.window == window),
            ),
        )
        .values(
            **_columns(content, by=by, now=now),
            revision=DraftAnswer.revision + 1,
            window=window if is_autosave else None,
        )
        .returning(DraftAnswer.revision)
        .execution_options(synchronize_session=False)
    )
    reached: int | None = session().execute(taken).scalar_one_or_none()
    if reached is None:
        raise AnswerChanged(
            mine=content,
            theirs=stored.written,
            revision=stored.revision,
            changed_at=stored.updated_at,
            changed_by=stored.updated_by,
        )
    session().expire(stored)
    return SavedAnswer(reached, now)


def mark_no_comments(draft: Draft, question: "Question", *, by: Actor) -> None:
    """Answer "no comments" to one question.

    Raises:
        InvalidInput: ``no_comments`` (``has_text``): something is written there already.
    """
    hold_draft(draft, now=utc_now())
    stored = _find(draft, question)
    has_files = any(file.question_id == question.id for file in list_draft_files(draft.id))
    if has_files or (stored is not None and stored.written.says_something):
        raise InvalidInput("no_comments", "has_text")
    _put(draft, question, stored, no_comments_to(question), by=by)


def clear_no_comments(draft: Draft, question: "Question", *, by: Actor) -> None:
    """Take "no comments" back; what somebody has written stays."""
    hold_draft(draft, now=utc_now())
    stored = _find(draft, question)
    if stored is not None and stored.no_comments:
        _put(draft, question, stored, WrittenAnswer(), by=by)


def mark_rest_no_comments(draft: Draft, *, by: Actor) -> int:
    """Answer "no comments" to every question asked without an answer; returns how many."""
    hold_draft(draft, now=utc_now())
    marked = 0
    questions = list_questions(draft.round_id)
    with_files = {file.question_id for file in list_draft_files(draft.id)}
    written = {key: answer.written for key, answer in list_draft_answers(draft.id).items()}
    for question in asked_questions(questions, written):
        stored = _find(draft, question)
        if question.id not in with_files and (stored is None or stored.written.is_blank):
            _put(draft, question, stored, no_comments_to(question), by=by)
            marked += 1
    return marked


def _find(draft: Draft, question: "Question") -> DraftAnswer | None:
    query = (
        select(DraftAnswer)
        .where(DraftAnswer.draft_id == draft.id, DraftAnswer.question_id == question.id)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).one_or_none()


def _put(
    draft: Draft,
    question: "Question",
    stored: DraftAnswer | None,
    content: WrittenAnswer,
    *,
    by: Actor,
) -> None:
    if stored is None:
        _add(draft, question, content, by=by, window=None, wording=question.wording)
        return
    for name, value in _columns(content, by=by, now=utc_now()).items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.wording = question.wording
    stored.window = None
    session().flush()


def _add(
    draft: Draft,
    question: "Question",
    content: WrittenAnswer,
    *,
    by: Actor,
    window: str | None,
    wording: int,
) -> SavedAnswer:
    now = utc_now()
    if content.is_blank:
        return SavedAnswer(0, now)
    answer = DraftAnswer(
        draft_id=draft.id,
        question_id=question.id,
        revision=1,
        wording=wording,
        window=window,
        **_columns(content, by=by, now=now),
    )
    session().add(answer)
    session().flush()
    return SavedAnswer(1, now)


def _columns(content: WrittenAnswer, *, by: Actor, now: datetime) -> dict[str, object]:
    return {
        "text": content.text,
        "stance": content.stance,
        "choices": list(content.choices),
        "scale_value": content.scale_value,
        "no_comments": content.no_comments,
        "updated_at": now,
        "updated_by": by.reference,
    }
