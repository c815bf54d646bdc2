"""Answers registered by the owner's staff: from a checked import, or written down by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.intake.assembly import assemble_answers
from consult.domain.intake.codec import details_to_json
from consult.domain.intake.correcting import count_passages
from consult.domain.intake.details import (
    AnswerDetails,
    Lateness,
    check_details,
    default_publication,
    lateness_of,
    moment_of_receipt,
)
from consult.domain.intake.errors import AlreadyRegistered, ImportChanged, OversizedFile
from consult.domain.intake.mail_queries import find_mail_of
from consult.domain.intake.models import ImportDraft, IncomingMail
from consult.domain.intake.queries import (
    Place,
    answers_with_file,
    count_open_imports_of,
    list_places,
)
from consult.domain.intake.scanning import check_file, picture_type
from consult.domain.intake.service.importing import (
    INCOMING,
    begin_import,
    check_takes_answers,
    details_of,
    forget_incoming,
    mapped_of,
    resolve_sender,
    safe_filename,
)
from consult.domain.intake.service.stepping import claim
from consult.domain.intake.types import (
    GENERAL,
    LEFT_OUT,
    MailState,
    MappedAnswer,
    TargetKind,
)
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.rules import check_closed
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    DeadlineStatus,
    DecisionKind,
    Respondent,
    StoredFile,
    SubmissionContent,
    SubmissionStatus,
    WrittenAnswer,
)
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore
from consult.kernel.ids import content_digest

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import would register, in numbers and places.

    Attributes:
        passages: Paragraphs and bullets of each place that got any, by the place's key.
        unanswered: Places that nothing was placed at.
        signatories: How many people signed.
        is_dated: Whether the letter's date is known.
    """

    passages: dict[str, int]
    questions: int
    proposals: int
    unanswered: tuple[Place, ...]
    signatories: int
    is_dated: bool

    @property
    def passage_count(self) -> int:
        """All paragraphs and bullets."""
        return sum(self.passages.values())


def summarise_import(draft: ImportDraft, places: Sequence[Place]) -> ImportSummary:
    """What an import would register as it stands now."""
    passages = {answer.target: count_passages(answer.text) for answer in _answers_of(draft)}
    details = details_of(draft)
    answered = [place for place in places if place.key in passages]
    return ImportSummary(
        passages=passages,
        questions=sum(place.kind is TargetKind.QUESTION for place in answered),
        proposals=sum(place.kind is TargetKind.PROPOSAL for place in answered),
        unanswered=tuple(place for place in places if place.key not in passages),
        signatories=len(details.signatories),
        is_dated=details.document_date is not None,
    )


def is_scan(draft: ImportDraft) -> bool:
    """Whether a document is nothing but pictures of pages: they answer as words do."""
    document = mapped_of(draft).document
    return not document.blocks and document.page_count is not None


def find_lateness(round_: "Round", details: AnswerDetails) -> Lateness | None:
    """Whether an answer with these details came after the deadline that holds for its sender."""
    return lateness_of(
        details,
        closes_at=round_.closes_at,
        own_deadline=own_deadline(round_.id, resolve_sender(details).organisation_id),
        now=utc_now(),
    )


def confirm_import(
    draft: ImportDraft,
    details: AnswerDetails,
    *,
    by: Actor,
    files: FileStore,
    despite_same_file: bool = False,
    base_url: str | None = None,
) -> "Submission":
    """Register an import as an answer, with its original attached; a second time changes nothing.

    Args:
        draft: The import, corrected as far as somebody wanted to.
        details: What is said of sender and letter; see :func:`check_details` for what must be.
        by: Who registers it.
        files: Where the original is kept.
        despite_same_file: Somebody has decided to register a file that is registered already.
        base_url: Address that the personal link of the receipt begins with; ``None`` mails none.

    Raises:
        AlreadyRegistered: The file is, and nobody has decided so.
        InvalidInput: Something is missing or cannot be.
        NothingAnswered: All of the text is left out.
    """
    with savepoint():  # what is refused leaves the import as it was
        try:
            claim(draft)
        except ImportChanged:  # somebody, or a second click, was first
            session().refresh(draft)
            assert draft.submission is not None  # noqa: S101 -- filled in the claim's transaction
            return draft.submission
        same = answers_with_file(draft.round_id, draft.digest)
        if same and not despite_same_file:
            raise AlreadyRegistered(tuple(submission.number for submission in same))
        return _register(draft, details, by=by, files=files, base_url=base_url)


def _register(
    draft: ImportDraft,
    details: AnswerDetails,
    *,
    by: Actor,
    files: FileStore,
    base_url: str | None,
) -> "Submission":
    details = resolve_sender(details)
    places = {place.key: place for place in list_places(draft.round_id)}
    answers = [
        replace(
            _content(places.get(answer.target), answer.text, answer.source_heading),
            no_comments=details.has_no_comments,
        )
        for answer in _answers_of(draft)
    ]
    if not answers and is_scan(draft):
        answers = [AnswerContent(has_files=True)]
    mail = find_mail_of(draft.id)
    stored = [_original_of(draft)] if mail is None else _files_of(mail, draft)
    submission = receive_registered(draft.round, details, answers, stored, by=by, base_url=base_url)
    if draft.digest in {file.digest for file in stored}:
        files.save(files.part(INCOMING).read(draft.digest))
    draft.submission_id = submission.id
    if mail is not None:
        mail.state = MailState.REGISTERED
    draft.details = details_to_json(details)
    session().flush()
    forget_incoming(draft.digest, files=files)
    return submission


def import_at_once(
    round_: "Round",
    content: bytes,
    *,
    filename: str,
    sender: str,
    actor_type: ActorType | None,
    complete: Callable[[AnswerDetails], AnswerDetails],
    by: Actor,
    files: FileStore,
    limit_bytes: int,
    redact: bool = False,
) -> "Submission":
    """Import a document and register it without anybody checking it; all of it or nothing.

    ``complete`` adds to what the document says of itself. Raises what :func:`begin_import` and
    :func:`confirm_import` raise; the same file may be registered again.
    """
    with savepoint():
        draft = begin_import(
            round_,
            content,
            filename=filename,
            by=by,
            files=files,
            limit_bytes=limit_bytes,
            sender=sender,
            actor_type=actor_type,
            redact=redact,
        )
        try:
            return confirm_import(
                draft, complete(details_of(draft)), by=by, files=files, despite_same_file=True
            )
        except BaseException:
            if count_open_imports_of(draft.digest) == 1:  # this one, which is being rolled back
                files.part(INCOMING).remove(draft.digest)
            raise


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that comes along: a scan of the letter, or a document that could not be read."""

    content: bytes
    filename: str
    media_type: str


def register_by_hand(
    round_: "Round",
    details: AnswerDetails,
    written: Mapping[str, WrittenAnswer],
    *,
    by: Actor,
    files: FileStore,
    limit_bytes: int,
    scan: UploadedFile | None = None,
    base_url: str | None = None,
) -> "Submission":
    """Register an answer that came on paper, by phone or by mail, with its scan if there is one.

    ``written`` is by place key, or ``GENERAL``. Raises ``InvalidInput``, ``NothingAnswered`` (a
    scan alone is no answer), ``OversizedFile`` or ``HoldsIdentityNumber``.
    """
    details = resolve_sender(details)
    stored = [_scan_to_store(scan, limit_bytes)] if scan else []
    places = {place.key: place for place in list_places(round_.id)}
    answers = [
        written_content(places.get(key), answer, has_no_comments=details.has_no_comments)
        for key, answer in written.items()
        if key in places or key == GENERAL
    ]
    submission = receive_registered(round_, details, answers, stored, by=by, base_url=base_url)
    if scan is not None:
        files.save(scan.content)
    return submission


def _answers_of(draft: ImportDraft) -> list[MappedAnswer]:
    mapped = mapped_of(draft)
    answers = assemble_answers(mapped.document, mapped.assignments)
    return [answer for answer in answers if answer.target != LEFT_OUT]


def _content(place: Place | None, text: str, source_heading: str | None) -> AnswerContent:
    """The answer at a place; what belongs to none is a general remark."""
    return AnswerContent(
        question_id=place.question_id if place else None,
        proposal_id=place.proposal_id if place else None,
        text=text,
        source_heading=source_heading[:500] if source_heading else None,
    )


def written_content(
    place: Place | None, answer: WrittenAnswer, *, has_no_comments: bool
) -> AnswerContent:
    """What was written or chosen at a place, as it is stored.

    Raises ``InvalidInput`` for ``choices`` or ``scale_value`` (``unknown``).
    """
    answer = replace(answer, text=answer.text if answer.text.strip() else "")
    choices: tuple[str, ...] = ()
    scale_value: int | None = None
    if place is not None and place.closed is not None:
        choices, scale_value = check_closed(place.closed, answer.choices, answer.scale_value)
    return replace(
        _content(place, answer.text, None),
        stance=answer.stance,
        choices=choices,
        scale_value=scale_value,
        no_comments=has_no_comments and not answer.is_blank,
    )


def _original_of(draft: ImportDraft) -> StoredFile:
    pages = mapped_of(draft).document.page_count
    return StoredFile(draft.filename, draft.media_type, draft.digest, draft.size, pages=pages)


def _files_of(mail: IncomingMail, draft: ImportDraft) -> list[StoredFile]:
    """What is kept with an answer that came by mail: what was read first, then all the rest."""
    whole = StoredFile(f"{_stem(mail)}.eml", "message/rfc822", mail.digest or "", mail.size)
    with_it = [
        StoredFile(file.filename, file.media_type, file.digest, file.size)
        for file in mail.files
        if file.digest is not None
    ]
    read_file = next((file for file in with_it if file.digest == draft.digest), None)
    if read_file is not None:
        original = replace(read_file, pages=mapped_of(draft).document.page_count)
        others = [file for file in with_it if file is not read_file]
        rest = [whole, *others] if mail.digest else others
    elif mail.digest:
        original, rest = whole, with_it
    else:
        original, rest = _original_of(draft), with_it
    return [original, *(replace(file, kind=AttachmentKind.ATTACHMENT) for file in rest)]


def _stem(mail: IncomingMail) -> str:
    return safe_filename(mail.subject)[:200] if mail.subject else "mail"


def _scan_to_store(scan: UploadedFile, limit_bytes: int) -> StoredFile:
    size = len(scan.content)
    name = safe_filename(scan.filename)
    if size > limit_bytes:
        raise OversizedFile(name, size=size, limit=limit_bytes)
    check_file(scan.content, filename=name, limit_bytes=limit_bytes)
    media_type = picture_type(scan.content) or scan.media_type
    return StoredFile(name, media_type, content_digest(scan.content), size)


def receive_registered(
    round_: "Round",
    details: AnswerDetails,
    answers: Sequence[AnswerContent],
    stored: Sequence[StoredFile],
    *,
    by: Actor,
    base_url: str | None,
    organisation_number: str | None = None,
) -> "Submission":
    """Store an answer that the owner's staff registers, and mail its receipt where one is wanted.

    ``organisation_number`` is what the sender gave, where the register does not have it. Raises
    ``InvalidInput`` or ``NothingAnswered``.
    """
    check_takes_answers(round_)
    now: datetime = utc_now()
    check_details(details, now=now)
    content = _submission_content(details, answers, stored)
    if organisation_number is not None:
        sender = replace(content.respondent, organisation_number=organisation_number)
        content = replace(content, respondent=sender)
    submission, _token = receive_submission(
        round_,
        content,
        by=by,
        received_at=moment_of_receipt(details, now=now),
        is_registered=True,
    )
    if details.late and submission.deadline_status is DeadlineStatus.LATE_INCLUDED:
        is_included = details.late.is_included
        kind = DecisionKind.LATE_INCLUDED if is_included else DecisionKind.LATE_EXCLUDED
        mark_answer(submission, kind, reason=details.late.reason, by=by)
    if base_url is not None and submission.status is SubmissionStatus.RECEIVED:
        mail_receipt(submission, base_url=base_url)
    return submission


def _submission_content(
    details: AnswerDetails, answers: Sequence[AnswerContent], stored: Sequence[StoredFile]
) -> SubmissionContent:
    assert details.actor_type is not None  # noqa: S101 -- check_details has seen to it
    return SubmissionContent(
        respondent=Respondent(
            name=details.sender,
            actor_type=details.actor_type,
            organisation_id=details.organisation_id,
            contact_name=details.contact_name,
            contact_email=details.contact_email,
        ),
        channel=details.channel,
        language=details.language,
        publication=details.publication or default_publication(details.actor_type),
        answers=tuple(answers),
        no_comments=details.has_no_comments,
        signers=details.signatories,
        files=tuple(stored),
        document_date=details.document_date,
        their_ref=details.their_ref,
        relay=details.relay,
    )
