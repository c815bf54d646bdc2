"""A draft as the answer it would be if it were sent now, for sending and for confirming."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.companions import list_comments, list_draft_files, list_remarks
from consult.domain.submissions.models import Draft, DraftComment, DraftFile, DraftRemark
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.rules import SEPARATOR, assemble_text, version_digest
from consult.domain.submissions.service.filing import stored_file
from consult.domain.submissions.skipping import asked_questions
from consult.domain.submissions.types import AnswerContent, StoredFile, Voice, WrittenAnswer

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question


@dataclass(frozen=True, slots=True)
class Statement:
    """What a draft says.

    Attributes:
        asked: The questions that are asked, by what is answered so far, in order.
        written: The answers so far, by question id, those to questions not asked included.
        seen: The wording of the question that each answer was last written to, by question id.
        remarks: Minority remarks on what is asked, and on the whole.
        files: Files at what is asked, and at the whole.
        set_aside: Ids of questions not asked any more that have an answer, remarks or files.
        comments: Comments on the paper.
        answers: What would be sent.
    """

    asked: tuple["Question", ...]
    written: dict[int, WrittenAnswer]
    seen: dict[int, int]
    remarks: tuple[DraftRemark, ...]
    files: tuple[DraftFile, ...]
    set_aside: frozenset[int]
    comments: tuple[DraftComment, ...]
    answers: tuple[AnswerContent, ...]

    @property
    def missing(self) -> tuple["Question", ...]:
        """The questions that must be answered and are not."""
        return tuple(
            question
            for question in self.asked
            if question.is_required and self.own_answers[question.id].is_blank
        )

    @property
    def own_answers(self) -> dict[int | None, AnswerContent]:
        """What the sender itself answers, by question id, blank answers included."""
        return {
            item.question_id: item
            for item in self.answers
            if item.voice is Voice.SENDER and item.section_id is None
        }

    @property
    def stored_files(self) -> tuple[StoredFile, ...]:
        """The files as they are sent."""
        return tuple(stored_file(file) for file in self.files)

    @property
    def digest(self) -> str:
        """The fingerprint that the first version gets if this is sent."""
        answers = [answer for answer in self.answers if not answer.is_blank]
        return version_digest(assemble_text(answers).text, answers, self.stored_files)


def statement_of(draft: Draft) -> Statement:
    """What a draft says now."""
    questions = list_questions(draft.round_id)
    drafted = list_draft_answers(draft.id)
    written = {key: answer.written for key, answer in drafted.items()}
    seen = {key: answer.wording for key, answer in drafted.items()}
    asked = asked_questions(questions, written)
    places = {None, *(question.id for question in asked)}
    all_remarks, all_files = list_remarks(draft.id), list_draft_files(draft.id)
    remarks = tuple(item for item in all_remarks if item.question_id in places)
    files = tuple(file for file in all_files if file.question_id in places)
    used = {
        *(key for key, said in written.items() if not said.is_blank),
        *(item.question_id for item in all_remarks),
        *(file.question_id for file in all_files),
    }
    comments = tuple(list_comments(draft.id))
    return Statement(
        asked=tuple(asked),
        written=written,
        seen=seen,
        remarks=remarks,
        files=files,
        set_aside=frozenset(key for key in used - places if key is not None),
        comments=comments,
        answers=(*_answers(asked, written, seen, remarks, files), *map(_comment, comments)),
    )


_FRAME = (
    *("name", "actor_type", "contact_email", "claimed_organisation_id", "organisation_number"),
    *("written_by", "language", "publication", "discussed_on", "took_part"),
)


def is_changed(draft: Draft) -> bool:
    """Whether a draft that is to be a new version says something else than what was sent."""
    sent = draft.amends
    if sent is None or any(getattr(draft, name) != getattr(sent, name) for name in _FRAME):
        return sent is not None
    return statement_of(draft).digest != sent.current_version.digest


def _answers(
    asked: Sequence["Question"],
    written: dict[int, WrittenAnswer],
    seen: dict[int, int],
    remarks: Sequence[DraftRemark],
    files: Sequence[DraftFile],
) -> list[AnswerContent]:
    with_files = {file.question_id for file in files}
    summaries = _summaries(files)
    answers: list[AnswerContent] = []
    for question in asked:
        said = written.get(question.id, WrittenAnswer())
        said = replace(said, text=SEPARATOR.join(filter(None, (said.text, summaries[question.id]))))
        answer = _answer(question, said, has_files=question.id in with_files)
        answers.append(replace(answer, wording=seen.get(question.id)))
        answers += [_remark(item, question) for item in remarks if item.question_id == question.id]
    if None in with_files:
        answers.append(AnswerContent(text=summaries[None], has_files=True))
    answers += [_remark(item, None) for item in remarks if item.question_id is None]
    return answers


def _summaries(files: Sequence[DraftFile]) -> defaultdict[int | None, str]:
    """What senders wrote of their long documents, by the place of the files."""
    found: defaultdict[int | None, str] = defaultdict(str)
    for file in files:
        found[file.question_id] = SEPARATOR.join(
            filter(None, (found[file.question_id], file.summary))
        )
    return found


def _answer(question: "Question", said: WrittenAnswer, *, has_files: bool) -> AnswerContent:
    return AnswerContent(
        question_id=question.id,
        proposal_id=question.proposal_id,
        text=said.text,
        stance=said.stance,
        choices=said.choices,
        scale_value=said.scale_value,
        no_comments=said.no_comments and not has_files,
        has_files=has_files,
    )


def _remark(remark: DraftRemark, question: "Question | None") -> AnswerContent:
    return AnswerContent(
        question_id=question.id if question else None,
        proposal_id=question.proposal_id if question else None,
        text=remark.text,
        voice=Voice.MINORITY,
        voice_label=remark.label,
    )


def _comment(comment: DraftComment) -> AnswerContent:
    return AnswerContent(section_id=comment.section_id, quote=comment.quote, text=comment.text)
