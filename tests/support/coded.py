"""Answers with passages, and readers who code them."""

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.coding.models import Passage, Theme
from consult.domain.coding.service.codebook import add_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    StoredFile,
    SubmissionContent,
)
from consult.kernel.clock import utc_now

TWO_PARAGRAPHS = "Døra må være åpen.\n\nVeilederne trenger tid. Da blir samtalen bedre."


def receive(
    round_: Round,
    *texts: str,
    name: str = "Solvik kommune",
    actor_type: ActorType = ActorType.MUNICIPALITY,
    organisation_id: int | None = None,
    publication: Publication = Publication.WITH_NAME,
    channel: Channel = Channel.FORM,
    language: str = "nb",
    answers: tuple[AnswerContent, ...] = (),
    no_comments: bool = False,
    files: tuple[StoredFile, ...] = (),
) -> Submission:
    """An answer with one text per question in order, or with the given answers."""
    made = [
        AnswerContent(question_id=question.id, text=text)
        for question, text in zip(round_.questions, texts, strict=False)
    ]
    submission, _token = receive_submission(
        round_,
        SubmissionContent(
            respondent=Respondent(
                name=name, actor_type=actor_type, organisation_id=organisation_id
            ),
            channel=channel,
            language=language,
            publication=publication,
            answers=(*made, *answers),
            no_comments=no_comments,
            files=files,
        ),
        by=SYSTEM,
        received_at=utc_now(),
    )
    return submission


def passages_of(submission: Submission) -> list[Passage]:
    """The passages of an answer in reading order."""
    query = (
        select(Passage)
        .where(Passage.submission_id == submission.id)
        .order_by(Passage.position, Passage.start, Passage.id)
    )
    return list(session().scalars(query))


def theme(
    round_: Round, name: str, *, parent: Theme | None = None, by: Actor = SYSTEM, **values
) -> Theme:
    """A theme with a colour."""
    content = ThemeContent(name=name, colour=Colour.BLUE, **values)
    return add_theme(round_, content, by=by, parent=parent)
