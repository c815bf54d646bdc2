"""Shaping drafts and answers for pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.rounds.rules import days_left, is_past
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.rules import check_sending, chosen_words
from consult.domain.submissions.types import (
    COUNCIL_TYPES,
    PUBLICATION_LABELS,
    SenderKind,
    WrittenAnswer,
)
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question, Round
    from consult.domain.submissions.models import Answer, Draft, DraftAnswer

_MINUTES = {QuestionKind.OPEN: 3, QuestionKind.STANCE: 2}
_WORDS_PER_MINUTE = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether answers can be sent now, and until when.

    Attributes:
        deadline: The sender's own where there is one.
        days_left: Whole days; ``None`` unless it is open.
    """

    is_open: bool
    is_ahead: bool
    opens_at: datetime
    deadline: datetime
    days_left: int | None

    @property
    def is_over(self) -> bool:
        """Whether the time to send is past."""
        return not (self.is_open or self.is_ahead)


def standing_of(round_: "Round", *, own_deadline: datetime | None, now: datetime) -> Standing:
    """Where a round stands for one sender."""
    deadline = max(round_.closes_at, own_deadline or round_.closes_at)
    try:
        check_sending(round_, received_at=now, own_deadline=own_deadline, now=now)
    except (RoundNotOpen, DeadlinePassed):
        is_open = False
    else:
        is_open = True
    return Standing(
        is_open=is_open,
        is_ahead=now < round_.opens_at and not is_past(deadline, now=now),
        opens_at=round_.opens_at,
        deadline=deadline,
        days_left=days_left(deadline, now=now) if is_open else None,
    )


def sender_kind(actor_type: ActorType) -> SenderKind:
    """As whom a kind of actor answers."""
    if actor_type is ActorType.PRIVATE_PERSON:
        return SenderKind.PERSON
    return SenderKind.COUNCIL if actor_type in COUNCIL_TYPES else SenderKind.ORGANISATION


def minutes_of(question: "Question") -> int:
    """About how long a question takes to answer, in minutes."""
    return _MINUTES.get(question.kind, 1)


def reading_minutes(question: "Question", locale: str) -> int:
    """How long the paper's section behind a question takes to read, in minutes, at least one."""
    body = localised(question.section.body, locale) if question.section else ""
    return max(1, round(len(body.split()) / _WORDS_PER_MINUTE))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draft is.

    Attributes:
        tasks: One mapping per question for the task list.
        minutes: About how long the unanswered questions take.
        missing: Questions that must be answered and are not.
    """

    tasks: tuple[dict[str, object], ...]
    answered: int
    total: int
    minutes: int
    missing: tuple["Question", ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is answered yet."""
        return self.answered == 0


def progress_of(
    draft: "Draft",
    questions: Sequence["Question"],
    answers: Mapping[int, "DraftAnswer"],
    locale: str,
) -> Progress:
    """How far a draft is, question by question."""
    written = {
        q.id: answers[q.id].written if q.id in answers else WrittenAnswer() for q in questions
    }
    open_ones = [question for question in questions if written[question.id].is_blank]
    tasks = [
        {
            "text": f"{number}. {localised(question.text, locale)}",
            "lang": localised_language(question.text, locale),
            "href": url_for(
                "respond.question", public_id=draft.public_id, question_key=question.key
            ),
            **_state_of(question, written[question.id]),
        }
        for number, question in enumerate(questions, 1)
    ]
    return Progress(
        tasks=tuple(tasks),
        answered=len(questions) - len(open_ones),
        total=len(questions),
        minutes=sum(minutes_of(question) for question in open_ones),
        missing=tuple(question for question in open_ones if question.is_required),
    )


def _state_of(question: "Question", written: WrittenAnswer) -> dict[str, object]:
    if written.no_comments:
        return {"status": _("No comments"), "tone": "success"}
    if not written.is_blank:
        return {"status": _("Answered"), "tone": "success"}
    minutes = minutes_of(question)
    note = ngettext("About %(num)d minute", "About %(num)d minutes", minutes)
    if question.is_required:
        return {"status": _("Must be answered"), "tone": "warning", "note": note}
    return {"status": _("Not begun"), "tone": "neutral", "note": note}


def answer_rows(
    draft: "Draft",
    questions: Sequence["Question"],
    answers: Mapping[int, "DraftAnswer"],
    locale: str,
) -> list[dict[str, object]]:
    """Rows of "check your answers", one per question, unanswered ones included."""
    return [
        {
            "label": f"{number}. {localised(question.text, locale)}",
            "words": chosen_words(question, answers[question.id], locale=locale)
            if question.id in answers
            else (),
            "text": answers[question.id].text if question.id in answers else "",
            "lang": draft.language,
            "is_stale": question.id in answers and answers[question.id].wording < question.wording,
            "href": url_for(
                "respond.question", public_id=draft.public_id, question_key=question.key
            ),
        }
        for number, question in enumerate(questions, 1)
    ]


def receipt_rows(
    answers: Sequence["Answer"], *, language: str, locale: str
) -> list[dict[str, object]]:
    """Rows of a receipt: what was answered, in order."""
    return [_receipt_row(answer, language=language, locale=locale) for answer in answers]


def _receipt_row(answer: "Answer", *, language: str, locale: str) -> dict[str, object]:
    """One answer under the words of its question that were answered, corrected or not."""
    asked = answer.question.as_worded(answer.wording) if answer.question else None
    return {
        "label": localised(asked.text, locale) if asked else _("General remarks"),
        "words": chosen_words(asked, answer, locale=locale) if asked else (),
        "text": answer.text,
        "lang": language,
    }


def sender_facts(
    name: str, actor_type: ActorType, contact_email: str | None
) -> list[tuple[str, str]]:
    """Who an answer is from, as pairs of label and value."""
    facts = [(_("From"), name or _("Private person"))]
    if actor_type is not ActorType.PRIVATE_PERSON:
        facts.append((_("Kind of body"), _(ACTOR_TYPE_LABELS[actor_type])))
    facts.append((_("E-mail"), contact_email or _("Not given")))
    return facts


def draft_as_text(
    draft: "Draft",
    questions: Sequence["Question"],
    answers: Mapping[int, "DraftAnswer"],
    locale: str,
) -> str:
    """A whole draft as plain text, to keep or to send by mail."""
    lines = [
        localised(draft.round.title, locale),
        draft.name or _("Private person"),
        _(PUBLICATION_LABELS[draft.publication]) if draft.publication else "",
        _("Draft, not sent"),
    ]
    parts = ["\n".join(line for line in lines if line)]
    for number, question in enumerate(questions, 1):
        answer = answers.get(question.id)
        said = [*chosen_words(question, answer, locale=locale), answer.text] if answer else []
        body = "\n".join(part for part in said if part) or _("Not answered")
        parts.append(f"{number}. {localised(question.text, locale)}\n\n{body}")
    return "\n\n\n".join(parts) + "\n"
