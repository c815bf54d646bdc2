"""Shaping drafts and answers for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import format_day
from consult.domain.organisations.rules import format_organisation_number
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.rounds.rules import concerns, days_left, is_past
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.rules import check_sending, chosen_words
from consult.domain.submissions.types import (
    ATTACHMENT_KIND_LABELS,
    COUNCIL_TYPES,
    PUBLICATION_LABELS,
    Participants,
    SenderKind,
    Voice,
)
from consult.domain.submissions.wording import choice_in_words, place_in_words, takes_files
from consult.kernel.i18n import localised, localised_language
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question, Round, Section
    from consult.domain.submissions.models import (
        Answer,
        Attachment,
        Draft,
        DraftComment,
        DraftFile,
        Submission,
    )
    from consult.domain.submissions.service.statement import Statement
    from consult.domain.submissions.types import AnswerContent

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
        skipped: How many questions are not asked, by what is answered to others.
        unsent: Questions that are not asked any more but have been answered.
    """

    tasks: tuple[dict[str, object], ...]
    answered: int
    total: int
    minutes: int
    missing: tuple["Question", ...]
    skipped: int = 0
    unsent: tuple["Question", ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is answered yet."""
        return self.answered == 0

    @property
    def tasks_for_you(self) -> list[dict[str, object]]:
        """The questions that concern the sender most, unless that is all of them."""
        meant = [task for task in self.tasks if task["for_you"]]
        return meant if len(meant) < len(self.tasks) else []

    @property
    def other_tasks(self) -> list[dict[str, object]]:
        """The questions that concern all alike, or others more."""
        return [task for task in self.tasks if not task["for_you"]]


def progress_of(
    draft: "Draft", questions: Sequence["Question"], statement: "Statement", locale: str
) -> Progress:
    """How far a draft is, question by question; those that concern the sender most are marked."""
    group = draft.actor_type.group
    answered = statement.own_answers
    open_ones = [question for question in statement.asked if answered[question.id].is_blank]
    tasks = [
        {
            "text": f"{number}. {localised(question.text, locale)}",
            "lang": localised_language(question.text, locale),
            "href": _question_href(draft, question),
            "for_you": concerns(question.audience, group),
            **_state_of(question, answered[question.id]),
        }
        for number, question in enumerate(statement.asked, 1)
    ]
    return Progress(
        tasks=tuple(tasks),
        answered=len(statement.asked) - len(open_ones),
        total=len(statement.asked),
        minutes=sum(minutes_of(question) for question in open_ones),
        missing=statement.missing,
        skipped=len(questions) - len(statement.asked),
        unsent=tuple(question for question in questions if question.id in statement.set_aside),
    )


def _question_href(draft: "Draft", question: "Question") -> str:
    return url_for("respond.question", public_id=draft.public_id, question_key=question.key)


def _state_of(question: "Question", answer: "AnswerContent") -> dict[str, object]:
    if answer.no_comments:
        return {"status": _("No comments"), "tone": "success"}
    if not answer.is_blank:
        return {"status": _("Answered"), "tone": "success"}
    minutes = minutes_of(question)
    note = ngettext("About %(num)d minute", "About %(num)d minutes", minutes)
    if question.is_required:
        return {"status": _("Must be answered"), "tone": "warning", "note": note}
    return {"status": _("Not begun"), "tone": "neutral", "note": note}


def answer_rows(draft: "Draft", statement: "Statement", locale: str) -> list[dict[str, object]]:
    """Rows of "check your answers": each question asked, then the whole, remarks at their place."""
    numbers = {found.id: (number, found) for number, found in enumerate(statement.asked, 1)}
    files = named_files(statement.files)
    rows: list[dict[str, object]] = []
    for answer in statement.answers:
        if answer.section_id is not None:
            continue
        number, question = numbers.get(answer.question_id or 0, (0, None))
        asked = f"{number}. {localised(question.text, locale)}" if question else _whole()
        rows.append(
            {
                "label": asked,
                "words": chosen_words(question, answer, locale=locale) if question else (),
                "text": answer.text,
                "lang": draft.language,
                "files": files.get(answer.question_id, []) if answer.has_files else [],
                "minority": answer.voice_label,
                "is_stale": question is not None
                and statement.seen.get(question.id, question.wording) < question.wording,
                "href": _change_href(draft, question, answer),
            }
        )
    return rows + [_comment_row(draft, comment, locale) for comment in statement.comments]


def comment_tasks(comments: Sequence["DraftComment"], locale: str) -> list[dict[str, object]]:
    """Comments on the paper as entries of the task list."""
    return [
        {
            "text": section_words(comment.section, locale),
            "href": url_for(
                "respond.comment", public_id=comment.draft.public_id, comment_id=comment.public_id
            ),
            "note": excerpt(comment.text, 90),
            "status": _("Saved"),
            "tone": "success",
        }
        for comment in comments
    ]


def _comment_row(draft: "Draft", comment: "DraftComment", locale: str) -> dict[str, object]:
    return {
        "label": section_words(comment.section, locale),
        "words": _quoted(comment.quote),
        "text": comment.text,
        "lang": draft.language,
        "files": [],
        "minority": None,
        "is_stale": False,
        "href": url_for("respond.comment", public_id=draft.public_id, comment_id=comment.public_id),
    }


def section_words(section: "Section", locale: str) -> str:
    """A section of the paper as a label."""
    return f"{section.key} {localised(section.title, locale)}"


def _quoted(quote: str | None) -> tuple[str, ...]:
    return (f"«{quote}»",) if quote else ()


def _change_href(draft: "Draft", question: "Question | None", answer: "AnswerContent") -> str:
    if answer.voice is Voice.MINORITY:
        return url_for("respond.remarks", public_id=draft.public_id)
    if question is None:
        return url_for("respond.files", public_id=draft.public_id)
    return _question_href(draft, question)


def _whole() -> str:
    whole: str = _("The answer as a whole")
    return whole


def receipt_rows(
    answers: Sequence["Answer"], files: Sequence["Attachment"], *, language: str, locale: str
) -> list[dict[str, object]]:
    """Rows of a receipt: what was answered, in order."""
    by_question = named_files(files)
    return [
        {
            "label": place_in_words(answer, locale),
            "words": (*_quoted(answer.quote), *choice_in_words(answer, locale)),
            "text": answer.text,
            "lang": language,
            "files": by_question.get(answer.question_id, []) if takes_files(answer) else [],
            "minority": answer.voice_label,
        }
        for answer in answers
        if answer.voice is not Voice.TRANSCRIPT
    ]


def named_files(
    files: "Sequence[DraftFile] | Sequence[Attachment]",
) -> dict[int | None, list[tuple[str, str]]]:
    """Kind and name of the files at each question; those of the whole under ``None``."""
    found: dict[int | None, list[tuple[str, str]]] = {}
    for file in files:
        kind = _(ATTACHMENT_KIND_LABELS[file.kind])
        found.setdefault(file.question_id, []).append((kind, file.filename))
    return found


def sender_facts(sender: "Draft | Submission") -> list[tuple[str, str]]:
    """Who an answer is from, as pairs of label and value."""
    facts = [(_("From"), sender.name or _("Private person"))]
    if sender.written_by:
        facts.append((_("Written on their behalf by"), sender.written_by))
    if sender.actor_type is not ActorType.PRIVATE_PERSON:
        facts.append((_("Kind of body"), _(ACTOR_TYPE_LABELS[sender.actor_type])))
    if sender.organisation_number:
        number = format_organisation_number(sender.organisation_number)
        facts.append((_("Organisation number"), number))
    facts.append((_("E-mail"), sender.contact_email or _("Not given")))
    return facts


def meeting_facts(sender: "Draft | Submission") -> list[tuple[str, str]]:
    """When a council met and who took part, as pairs of label and value, where known."""
    facts = []
    if sender.discussed_on:
        facts.append((_("Talked about in the meeting on"), format_day(sender.discussed_on)))
    if sender.participants:
        facts.append((_("Took part"), participants_in_words(sender.participants)))
    return facts


def participants_in_words(participants: Sequence[Participants]) -> str:
    """Roles with their numbers on one line."""
    return ", ".join(f"{item.role}: {item.count}" for item in participants)


def draft_as_text(draft: "Draft", statement: "Statement", locale: str) -> str:
    """A whole draft as plain text, to keep or to send by mail."""
    lines = [
        localised(draft.round.title, locale),
        draft.name or _("Private person"),
        _(PUBLICATION_LABELS[draft.publication]) if draft.publication else "",
        _("Draft, not sent"),
    ]
    parts = ["\n".join(line for line in lines if line)]
    for row in answer_rows(draft, statement, locale):
        names = [name for _kind, name in cast("list[tuple[str, str]]", row["files"])]
        minority = f"{_('Minority remark')}: {row['minority']}" if row["minority"] else ""
        said = [minority, *cast("tuple[str, ...]", row["words"]), *names, str(row["text"])]
        body = "\n".join(part for part in said if part) or _("Not answered")
        parts.append(f"{row['label']}\n\n{body}")
    return "\n\n\n".join(parts) + "\n"
