"""Finding imports in progress, and what a round can be answered on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload

from consult.db import get_one, session
from consult.domain.intake.models import (
    ArchiveImport,
    ImportDraft,
    IncomingFile,
    IncomingMail,
    TableImport,
)
from consult.domain.intake.similarity import number_of
from consult.domain.intake.types import Target, TargetKind
from consult.domain.rounds.models import Round
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.rounds.types import Option, QuestionKind, Scale
from consult.domain.submissions.models import Attachment, Submission, SubmissionVersion
from consult.kernel.errors import InvalidInput

CLOSED_KINDS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE})
"""Questions that are answered by choosing."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a question gives to choose from."""

    kind: QuestionKind
    options: tuple[Option, ...]
    scale: Scale | None


@dataclass(frozen=True, slots=True)
class Place:
    """A question or proposal of a round, as a part of an answer can be placed at it.

    Attributes:
        key: Unique among questions and proposals together, such as ``question:q1``.
        label: The number of a question, the key of a proposal.
        title: What is asked or the proposal's title, by language.
        takes_stance: Whether it is asked for a stance.
        closed: What there is to choose from, where it is asked to choose.
    """

    key: str
    kind: TargetKind
    label: str
    title: dict[str, str]
    text: dict[str, str]
    number: str | None
    question_id: int | None = None
    proposal_id: int | None = None
    takes_stance: bool = False
    closed: Closed | None = None


def place_refused(error: InvalidInput, places: Sequence[Place]) -> Place | None:
    """The place whose text was refused; ``None`` for what is said of the round as a whole."""
    ids = (error.data.get("question_id"), error.data.get("proposal_id"))
    found = (place for place in places if (place.question_id, place.proposal_id) == ids)
    return next(found, None)


def get_import(round_slug: str, import_id: str) -> ImportDraft:
    """An import of a round by public id. Raises :class:`NotFound`."""
    query = (
        select(ImportDraft)
        .join(ImportDraft.round)
        .where(ImportDraft.public_id == import_id, Round.slug == round_slug)
        .options(joinedload(ImportDraft.round).joinedload(Round.owner))
    )
    return get_one(query, "import", import_id)


def list_imports(round_id: int) -> Sequence[ImportDraft]:
    """Imports that are not confirmed yet, the newest first."""
    query = (
        select(ImportDraft)
        .where(ImportDraft.round_id == round_id, ImportDraft.confirmed_at.is_(None))
        .options(defer(ImportDraft.recognised), defer(ImportDraft.assignments))
        .order_by(ImportDraft.id.desc())
    )
    return session().scalars(query).all()


def list_uploads(round_id: int) -> Sequence[ImportDraft]:
    """Imports that are not confirmed yet, but for mails: those wait in a queue of their own."""
    of_mail = select(IncomingMail.draft_id).where(
        IncomingMail.round_id == round_id, IncomingMail.draft_id.is_not(None)
    )
    mails = set(session().scalars(of_mail))
    return [draft for draft in list_imports(round_id) if draft.id not in mails]


def answers_with_file(round_id: int, digest: str) -> Sequence[Submission]:
    """Answers of a round that carry a file with this content, by number."""
    with_file = (
        select(SubmissionVersion.submission_id)
        .join(Attachment, Attachment.version_id == SubmissionVersion.id)
        .where(Attachment.digest == digest)
    )
    query = (
        select(Submission)
        .where(Submission.round_id == round_id, Submission.id.in_(with_file))
        .order_by(Submission.number)
    )
    return session().scalars(query).all()


def imports_with_file(round_id: int, digest: str, *, besides: int) -> Sequence[ImportDraft]:
    """Other imports in progress of the same file."""
    return [
        draft for draft in list_imports(round_id) if draft.digest == digest and draft.id != besides
    ]


def count_open_imports_of(digest: str) -> int:
    """How many imports in progress, of documents, tables and ZIPs, in any round, rest on a file."""
    in_progress = (
        (ImportDraft, ImportDraft.confirmed_at),
        (TableImport, TableImport.confirmed_at),
        (ArchiveImport, ArchiveImport.finished_at),
    )
    return sum(
        session().scalar(
            select(func.count(model.id)).where(model.digest == digest, done_at.is_(None))
        )
        or 0
        for model, done_at in in_progress
    )


def list_places(round_id: int) -> tuple[Place, ...]:
    """Everything in a round that a part of an answer can be about: questions, then proposals."""
    questions = [
        Place(
            key=f"question:{question.key}",
            kind=TargetKind.QUESTION,
            label=str(number),
            title=question.text,
            text={},
            number=str(number),
            question_id=question.id,
            takes_stance=question.kind is QuestionKind.STANCE,
            closed=(
                Closed(question.kind, question.options, question.scale)
                if question.kind in CLOSED_KINDS
                else None
            ),
        )
        for number, question in enumerate(list_questions(round_id), start=1)
    ]
    proposals = [
        Place(
            key=f"proposal:{proposal.key}",
            kind=TargetKind.PROPOSAL,
            label=proposal.key,
            title=proposal.title,
            text=proposal.text,
            number=number_of(proposal.key),
            proposal_id=proposal.id,
        )
        for proposal in list_proposals(round_id)
    ]
    return (*questions, *proposals)


def targets_of(places: Sequence[Place]) -> tuple[Target, ...]:
    """What headings are compared with: each place once for every language it is written in."""
    return tuple(
        Target(place.kind, place.key, title, place.text.get(language, ""), place.number)
        for place in places
        for language, title in place.title.items()
        if title
    )


def upload_digests() -> tuple[Select[tuple[str]], ...]:
    """The digests of all imports, tables, mails and files that came with mails, as queries."""
    uploads = (ImportDraft, IncomingMail, IncomingFile, TableImport)
    return tuple(select(model.digest) for model in uploads)
