"""Mails become answers to be checked: taken in once, read, kept, and decided on by a person."""

from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import (
    HoldsIdentityNumber,
    IntakeError,
    MailDecided,
)
from consult.domain.intake.explaining import problem_of
from consult.domain.intake.mail_queries import find_mail_by_name
from consult.domain.intake.models import READABLE_ENDINGS, ImportDraft, IncomingFile, IncomingMail
from consult.domain.intake.reading_mail import MailFile, ReadMail, read_head, read_mail
from consult.domain.intake.scanning import check_file
from consult.domain.intake.service.importing import (
    begin_import,
    change_details,
    details_of,
    discard_import,
    safe_filename,
)
from consult.domain.intake.types import MailProblem, MailState
from consult.domain.notifications.service import note_bounce
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.types import Channel
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.text.identity import has_identity_number, without_identity_numbers
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a mail that was met; ``is_new`` is false when it had been met before."""

    mail: IncomingMail
    is_new: bool


def take_in_mail(
    round_: "Round",
    content: bytes,
    *,
    by: Actor,
    files: FileStore,
    limit_bytes: int,
    size: int | None = None,
) -> TakenIn:
    """Keep a mail for somebody to check, with its text read as an answer; nothing is raised.

    Args:
        round_: The round it is for.
        content: The mail as it came, or only its head when it is larger than the limit.
        by: Who takes it in.
        files: Where the mail and its files are kept.
        limit_bytes: The largest mail that is kept.
        size: Bytes of the whole mail, where ``content`` is only its head.
    """
    size = len(content) if size is None else size
    read = _read(content, is_oversized=size > limit_bytes)
    known = find_mail_by_name(round_.id, read.message_id)
    if known is not None:
        return TakenIn(known, is_new=False)
    mail = IncomingMail(
        round=round_,
        message_id=read.message_id,
        size=size,
        sender_name=without_identity_numbers(read.sender_name),
        sender_email=read.sender_email,
        subject=without_identity_numbers(read.subject),
        received_at=_received_at(read),
        taken_in_at=utc_now(),
        state=MailState.TO_CHECK,
        problem=read.problem,
    )
    session().add(mail)
    session().flush()
    mail.files = [_keep_file(one, files=files, limit_bytes=limit_bytes) for one in read.files]
    _keep_mail(mail, read, content, files=files)
    _read_as_answer(mail, read, by=by, files=files, limit_bytes=limit_bytes)
    session().flush()
    _log(Tag.MAIL_TAKEN_IN, mail, by=by)
    _note_bounces(mail, read)
    return TakenIn(mail, is_new=True)


def read_attachment(
    mail: IncomingMail, file: IncomingFile, *, by: Actor, files: FileStore, limit_bytes: int
) -> ImportDraft:
    """Read a file that came with a mail as the answer, in place of the mail's own text.

    Raises ``MailDecided``, or one of :mod:`consult.domain.intake.errors`: then the mail's own text
    stays what it is.
    """
    _check_undecided(mail)
    if file.digest is None:
        raise MailDecided
    return _read_again(
        mail, files.read(file.digest), file.filename, by=by, files=files, limit_bytes=limit_bytes
    )


def read_text(mail: IncomingMail, *, by: Actor, files: FileStore, limit_bytes: int) -> ImportDraft:
    """Read the mail's own words as the answer, also where it was read in another way before.

    Raises ``MailDecided`` when the mail itself is not kept, or an error of the intake.
    """
    _check_undecided(mail)
    if mail.digest is None:
        raise MailDecided
    read = read_mail(files.read(mail.digest))
    name = f"{mail.subject or mail.sender}.txt"
    return _read_again(mail, read.text.encode(), name, by=by, files=files, limit_bytes=limit_bytes)


def _read_again(
    mail: IncomingMail,
    content: bytes,
    filename: str,
    *,
    by: Actor,
    files: FileStore,
    limit_bytes: int,
) -> ImportDraft:
    """Begin an import of some part of the mail, in place of the one there was."""
    draft = begin_import(
        mail.round,
        content,
        filename=filename,
        by=by,
        files=files,
        limit_bytes=limit_bytes,
        sender=mail.sender_name,
    )
    earlier, mail.draft = mail.draft, draft
    session().flush()
    if earlier is not None:
        discard_import(earlier, by=by, files=files)
    _complete(mail, draft, by=by)
    return draft


def set_aside(mail: IncomingMail, *, reason: str, by: Actor) -> None:
    """Decide that a mail is no answer; it is kept, and can be taken up again.

    Raises ``MailDecided``, or ``InvalidInput`` for ``reason`` (``required``, ``identity_number``).
    """
    _check_undecided(mail)
    text = " ".join(canonical(reason).split())[:500]
    if not text:
        raise InvalidInput("reason", "required")
    check_free_text("reason", text)
    mail.state, mail.set_aside_reason = MailState.SET_ASIDE, text
    session().flush()
    _log(Tag.MAIL_SET_ASIDE, mail, by=by)


def take_up(mail: IncomingMail, *, by: Actor) -> None:
    """Put a mail that was set aside back among those to be checked. Raises ``MailDecided``."""
    if mail.state is not MailState.SET_ASIDE:
        raise MailDecided
    mail.state, mail.set_aside_reason = MailState.TO_CHECK, None
    session().flush()
    _log(Tag.MAIL_TAKEN_UP, mail, by=by)


def _note_bounces(mail: IncomingMail, read: ReadMail) -> None:
    """Note which of our own mails came back; a report on one of them is nobody's answer."""
    returned = [note_bounce(name, now=utc_now()) for name in read.bounced]
    if any(returned):
        mail.state = MailState.SET_ASIDE
        session().flush()


def _read(content: bytes, *, is_oversized: bool) -> ReadMail:
    if not is_oversized:
        return read_mail(content)
    head = read_head(message_from_bytes(content, policy=default), content=content)
    return replace(head, problem=MailProblem.OVERSIZED)


def _received_at(read: ReadMail) -> datetime:
    """When it arrived: when it was sent, unless that lies ahead or is not said."""
    now = utc_now()
    return min(read.sent_at, now) if read.sent_at is not None else now


def _keep_file(file: MailFile, *, files: FileStore, limit_bytes: int) -> IncomingFile:
    """Keep a file unless an identity number stands in it."""
    name = safe_filename(file.filename)
    kept = IncomingFile(
        filename=without_identity_numbers(name),
        media_type=file.media_type,
        size=len(file.content),
    )
    try:
        check_file(file.content, filename=name, limit_bytes=limit_bytes)
        if file.media_type == "message/rfc822":
            check_free_text("file", read_mail(file.content).searched)
    except (HoldsIdentityNumber, InvalidInput):
        kept.problem = MailProblem.IDENTITY_NUMBER
        return kept
    kept.digest = files.save(file.content)
    return kept


def _keep_mail(mail: IncomingMail, read: ReadMail, content: bytes, *, files: FileStore) -> None:
    """Keep the mail as it came, unless it is too large or an identity number stands in it."""
    if read.problem is MailProblem.OVERSIZED:
        return
    if has_identity_number(canonical(read.searched)) or any(
        file.problem is MailProblem.IDENTITY_NUMBER for file in mail.files
    ):
        mail.problem = MailProblem.IDENTITY_NUMBER
        return
    mail.digest = files.save(content)


def _read_as_answer(
    mail: IncomingMail, read: ReadMail, *, by: Actor, files: FileStore, limit_bytes: int
) -> None:
    """Read the text of the mail as an answer, else the only document that came with it."""
    if read.problem is not None:
        return
    readable = [file for file in mail.files if file.can_be_read]
    if not read.text.strip() and len(readable) == 1 and readable[0].digest is not None:
        source, name = files.read(readable[0].digest), readable[0].filename
    else:
        source, name = read.text.encode(), f"{mail.subject or mail.sender}.txt"
    try:
        mail.draft = begin_import(
            mail.round,
            source,
            filename=name if name.lower().endswith(READABLE_ENDINGS) else f"{name}.txt",
            by=by,
            files=files,
            limit_bytes=limit_bytes,
            sender=mail.sender_name,
            redact=True,
        )
    except IntakeError as error:
        mail.problem = mail.problem or problem_of(error)
        return
    _complete(mail, mail.draft, by=by)


def _complete(mail: IncomingMail, draft: ImportDraft, *, by: Actor) -> None:
    """Put what the mail says of its sender and its day into the details of the import."""
    found = details_of(draft)
    day = to_oslo(mail.received_at).date()
    details: AnswerDetails = replace(
        found,
        channel=Channel.EMAIL,
        sender=found.sender or mail.sender,
        document_date=found.document_date or day,
        received_on=day,
        received_at=mail.received_at,
        contact_name=mail.sender_name or None,
        contact_email=mail.sender_email or None,
    )
    change_details(draft, details, by=by)


def _check_undecided(mail: IncomingMail) -> None:
    if mail.state is not MailState.TO_CHECK:
        raise MailDecided


def _log(tag: Tag, mail: IncomingMail, *, by: Actor) -> None:
    record(
        tag,
        subject=mail.reference,
        by=by.reference,
        stream=organisation_stream(mail.round.owner_id),
        data={"digest": mail.digest, "problem": mail.problem and mail.problem.value},
    )
