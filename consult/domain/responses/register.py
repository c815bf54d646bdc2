"""The register of an organisation's documents: what has crossed to another body, and what has not.

A fixed number of queries, however much there is.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import session
from consult.domain.composing.models import (
    CommentPost,
    CommentThread,
    Composition,
    NamedVersion,
    Part,
    WordReturn,
)
from consult.domain.documents.models import Document
from consult.domain.responses.crossing import Crossing, DocumentKept, KeptDocument
from consult.domain.responses.models import (
    BranchFeedback,
    Enclosure,
    JointParty,
    ResponseCase,
)
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.types import PUBLIC_STATUSES
from consult.domain.submissions.additions import VersionKind
from consult.domain.submissions.models import Submission, SubmissionVersion

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


def list_documents(organisation: "Organisation") -> list[KeptDocument]:
    """Every document of the organisation's own work, round by round, the oldest first."""
    compositions = _compositions(organisation.id)
    cases = _cases(organisation.id)
    hearings = _hearings(organisation.id)
    sent = _sent(organisation.id)
    found = chain(
        _answers(sent),
        _hearing_letters(hearings),
        _branch_answers(hearings, sent),
        _feedback(cases),
        _drafts(compositions, cases),
        _versions(compositions, cases, sent),
        _comments(compositions),
        _word_files(compositions),
        _files_to_send(compositions, sent),
        _summaries(hearings),
    )
    return sorted(found, key=lambda one: (one.round_slug, one.made_at, one.kind, one.name))


def _row(
    kind: DocumentKept, round_: Round, name: str, made_at: datetime, *crossings: Crossing
) -> KeptDocument:
    return KeptDocument(kind, round_.slug, round_.title, name, made_at, crossings)


def _about(hearing: Round) -> Round:
    """The round that an own internal hearing is about: its documents stand with that."""
    return hearing.parent or hearing


def _cases(organisation_id: int) -> Sequence[ResponseCase]:
    query = select(ResponseCase).where(ResponseCase.organisation_id == organisation_id)
    return session().scalars(query.options(joinedload(ResponseCase.round))).all()


def _compositions(organisation_id: int) -> dict[int, Composition]:
    query = (
        select(Composition)
        .where(Composition.organisation_id == organisation_id)
        .options(joinedload(Composition.round))
    )
    return {one.id: one for one in session().scalars(query)}


def _hearings(organisation_id: int) -> dict[int, Round]:
    """The organisation's own internal hearings."""
    query = (
        select(Round)
        .where(Round.owner_id == organisation_id, Round.parent_id.is_not(None))
        .options(joinedload(Round.parent))
    )
    return {one.id: one for one in session().scalars(query)}


def _sent(organisation_id: int) -> Sequence[Submission]:
    """What the organisation has answered, wherever it was asked; not what others sent along."""
    query = (
        select(Submission)
        .where(
            Submission.organisation_id == organisation_id,
            Submission.came_with_id.is_(None),
            Submission.registered_by.is_(None),
        )
        .options(
            joinedload(Submission.round).joinedload(Round.owner),
            selectinload(Submission.versions).selectinload(SubmissionVersion.attachments),
        )
        .order_by(Submission.id)
    )
    return session().scalars(query).all()


def _answers(sent: Sequence[Submission]) -> Iterator[KeptDocument]:
    """Each version that was sent, and each file once, with the version it went with first."""
    for submission in sent:
        seen: set[str] = set()
        for version in submission.versions:
            at = version.received_at or submission.received_at
            is_more = version.kind is VersionKind.SUPPLEMENT
            kind = DocumentKept.SUPPLEMENT if is_more else DocumentKept.ANSWER
            name = submission.receipt_number
            if version.number > 1:
                name = f"{name} ({version.number})"
            to = Crossing(submission.round.owner.name, at)
            yield _row(kind, submission.round, name, at, to)
            for file in version.attachments:
                if file.digest not in seen:
                    seen.add(file.digest)
                    yield _row(DocumentKept.ATTACHMENT, submission.round, file.filename, at, to)


def _hearing_letters(hearings: dict[int, Round]) -> Iterator[KeptDocument]:
    """What the branches were asked: it has crossed to each that was invited."""
    query = (
        select(Invitation)
        .where(Invitation.round_id.in_(hearings))
        .options(joinedload(Invitation.organisation))
        .order_by(Invitation.id)
    )
    to: dict[int, list[Crossing]] = {}
    for one in session().scalars(query):
        round_ = hearings[one.round_id]
        at = one.sent_at or (round_.opens_at if round_.status in PUBLIC_STATUSES else None)
        if at is not None:
            to.setdefault(one.round_id, []).append(Crossing(one.organisation.name, at))
    for round_ in hearings.values():
        crossings = to.get(round_.id, ())
        name = next(iter(round_.title.values()), round_.slug)
        yield _row(DocumentKept.HEARING, _about(round_), name, round_.created_at, *crossings)


def _branch_answers(
    hearings: dict[int, Round], sent: Sequence[Submission]
) -> Iterator[KeptDocument]:
    """What branches have answered us: it came from another body, and may have gone on."""
    onwards = {
        (submission.round_id, file.source.organisation_id): Crossing(
            submission.round.owner.name, version.received_at or submission.received_at
        )
        for submission in sent
        for version in reversed(submission.versions)
        for file in version.attachments
        if file.source is not None
    }
    query = select(Submission).where(Submission.round_id.in_(hearings)).order_by(Submission.number)
    for one in session().scalars(query):
        round_ = hearings[one.round_id]
        went_on = onwards.get((round_.parent_id or 0, one.organisation_id))
        yield _row(
            DocumentKept.BRANCH_ANSWER,
            _about(round_),
            f"{one.name}, {one.receipt_number}",
            one.received_at,
            Crossing(one.name, one.received_at, is_incoming=True),
            *([went_on] if went_on else ()),
        )


def _feedback(cases: Sequence[ResponseCase]) -> Iterator[KeptDocument]:
    rounds = {one.id: one.round for one in cases}
    query = (
        select(BranchFeedback)
        .where(BranchFeedback.case_id.in_(rounds))
        .options(joinedload(BranchFeedback.submission))
    )
    for one in session().scalars(query):
        name, at = one.submission.name, one.sent_at
        crossing = [Crossing(name, at)] if at else []
        yield _row(DocumentKept.FEEDBACK, rounds[one.case_id], name, one.written_at, *crossing)


def _drafts(
    compositions: dict[int, Composition], cases: Sequence[ResponseCase]
) -> Iterator[KeptDocument]:
    """The text as it stands; it has crossed where another body was asked to stand behind it."""
    query = (
        select(JointParty)
        .where(JointParty.case_id.in_([one.id for one in cases]))
        .options(joinedload(JointParty.organisation), joinedload(JointParty.case))
    )
    asked: dict[int, list[Crossing]] = {}
    for one in session().scalars(query):
        crossing = Crossing(one.organisation.name, one.asked_at)
        asked.setdefault(one.case.round_id, []).append(crossing)
    for composition in compositions.values():
        yield _row(
            DocumentKept.DRAFT,
            composition.round,
            composition.title,
            composition.created_at,
            *asked.get(composition.round_id, ()),
        )


def _versions(
    compositions: dict[int, Composition],
    cases: Sequence[ResponseCase],
    sent: Sequence[Submission],
) -> Iterator[KeptDocument]:
    """Frozen texts; the one that was sent last has crossed with the answer."""
    gone = {
        one.sent_version_id: Crossing(answer.round.owner.name, answer.received_at)
        for one in cases
        for answer in sent
        if one.submission_id == answer.id
    }
    query = select(NamedVersion).where(NamedVersion.composition_id.in_(compositions))
    for version in session().scalars(query):
        crossing = gone.get(version.id)
        yield _row(
            DocumentKept.VERSION,
            compositions[version.composition_id].round,
            f"{version.number}. {version.name}",
            version.saved_at,
            *([crossing] if crossing else ()),
        )


def _comments(compositions: dict[int, Composition]) -> Iterator[KeptDocument]:
    """All comments on a draft as one entry."""
    query = (
        select(Part.composition_id, func.count(CommentPost.id), func.max(CommentPost.written_at))
        .join(CommentThread, CommentThread.part_id == Part.id)
        .join(CommentPost, CommentPost.thread_id == CommentThread.id)
        .where(Part.composition_id.in_(compositions))
        .group_by(Part.composition_id)
    )
    for composition_id, number, latest in session().execute(query):
        round_ = compositions[composition_id].round
        yield _row(DocumentKept.COMMENTS, round_, str(number), latest)


def _word_files(compositions: dict[int, Composition]) -> Iterator[KeptDocument]:
    query = select(WordReturn).where(WordReturn.composition_id.in_(compositions))
    for one in session().scalars(query):
        round_ = compositions[one.composition_id].round
        yield _row(DocumentKept.WORD_FILE, round_, one.filename, one.returned_at)


def _files_to_send(
    compositions: dict[int, Composition], sent: Sequence[Submission]
) -> Iterator[KeptDocument]:
    """Files that have not gone yet; the others stand with the answer."""
    gone = {
        (one.round_id, file.digest)
        for one in sent
        for version in one.versions
        for file in version.attachments
    }
    query = select(Enclosure).where(Enclosure.composition_id.in_(compositions))
    for one in session().scalars(query):
        round_ = compositions[one.composition_id].round
        if (round_.id, one.digest) not in gone:
            yield _row(DocumentKept.FILE_TO_SEND, round_, one.filename, one.added_at)


def _summaries(hearings: dict[int, Round]) -> Iterator[KeptDocument]:
    query = select(Document).where(Document.round_id.in_(hearings))
    for one in session().scalars(query):
        yield _row(
            DocumentKept.SUMMARY, _about(hearings[one.round_id]), one.title, one.requested_at
        )
