"""Writing to those who answered; each letter is kept with every answer that it is about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.letters import (
    AboutAnswer,
    send_forwarded_answer,
    send_forwarded_notice,
    send_round_letter,
    send_sender_question,
)
from consult.domain.notifications.rules import round_topic
from consult.domain.notifications.types import Choice, Recipient
from consult.domain.submissions.letter_queries import answers_by_id, mailing_list
from consult.domain.submissions.letters import (
    LONGEST_LETTER,
    LetterKind,
    LetterRecipient,
    LetterWords,
    check_words,
    merged,
)
from consult.domain.submissions.listing import AnswerFilter
from consult.domain.submissions.models import (
    SenderLetter,
    SenderLetterCopy,
    Submission,
    SubmissionVersion,
)
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.rules import check_free_text, letter_locale
from consult.domain.submissions.service.linking import further_address
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.i18n import N_, localised, translator
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage
    from consult.domain.rounds.models import Round

QUESTION_SUBJECT = N_("A question about your answer")
FORWARDED_SUBJECT = N_("An answer that belongs with you")


class RecipientsChanged(Conflict):
    """Others would get the letter than those who were shown before it was sent."""


def ask_sender(
    submission: Submission, question: str, *, contact: str, by: Actor, base_url: str
) -> SenderLetterCopy:
    """Mail the sender a question about what was written.

    Args:
        submission: The answer.
        question: In the language of the answer where it is one of the interface's.
        contact: Where the sender shall write to.
        by: Who asks.
        base_url: Address that the link to the answer begins with.

    Raises ``InvalidInput`` as :func:`letters.check_words` does, or ``Conflict`` when the sender
    has given no e-mail address.
    """
    locale = letter_locale(submission.language, submission.locale)
    subject = translator(locale).gettext(QUESTION_SUBJECT)
    words = check_words(LetterWords(subject, question, locale), is_merged=False)
    message = send_sender_question(
        _sender_of(submission),
        _about(submission, locale, contact),
        about=submission.reference,
        question=words.body,
        language=locale,
        link=further_address(submission, base_url=base_url),
    )
    letter = _keep(submission.round, LetterKind.QUESTION, words, by=by)
    return _note(letter, submission, message, by=by)


def forward_answer(
    submission: Submission,
    *,
    recipient: str,
    email: str,
    reason: str,
    tells_sender: bool,
    contact: str,
    by: Actor,
) -> SenderLetterCopy:
    """Mail an answer to the body that it belongs with, and tell the sender where it wanted to.

    The answer stays what it is here; marking it is another matter. What was answered to questions
    that promise not to publish it stays here as well. Source of the duty to show the
    right way: forvaltningsloven § 11, fourth paragraph.

    Raises:
        Conflict: The answer was given inside an organisation, and leaves it for nobody.
        InvalidInput: ``body`` as :func:`letters.check_words`, or ``recipient`` (``required``,
            ``identity_number``).
    """
    if submission.is_internal:
        raise Conflict("internal")
    name = " ".join(canonical(recipient).split())[:250]
    if not name:
        raise InvalidInput("recipient", "required")
    check_free_text("recipient", name)
    locale = letter_locale(submission.language, submission.locale)
    subject = translator(locale).gettext(FORWARDED_SUBJECT)
    words = check_words(LetterWords(subject, reason, locale), is_merged=False)
    version = submission.current_version
    message = send_forwarded_answer(
        Recipient(email, name, locale),
        _about(submission, locale, contact),
        about=submission.reference,
        sender=submission.name or translator(locale).gettext(N_("Private person")),
        words=_words_for_others(version),
        language=submission.language,
        filenames=tuple(one.filename for one in version.attachments if not one.is_private),
        reason=words.body,
    )
    if tells_sender and submission.contact_email is not None:
        send_forwarded_notice(
            _sender_of(submission),
            _about(submission, locale, contact),
            about=submission.reference,
            recipient=name,
            reason=words.body,
        )
    letter = _keep(submission.round, LetterKind.FORWARDED, words, by=by, recipient=name)
    return _note(letter, submission, message, by=by)


def write_to_all(
    round_: "Round",
    wanted: AnswerFilter,
    words: LetterWords,
    *,
    expected: int,
    contact: str,
    by: Actor,
    base_url: str,
) -> int:
    """Mail a letter to the senders of all answers that a filter shows, and say to how many.

    Args:
        round_: The round they answered.
        wanted: Which answers.
        words: What it says, with places for each one's own values.
        expected: How many addresses were shown when somebody decided to send it.
        contact: Where to write to.
        by: Who writes.
        base_url: Address that the links to decline begin with.

    Raises:
        InvalidInput: As :func:`letters.check_words`.
        RecipientsChanged: There are others now than those who were shown.
    """
    words = check_words(words, is_merged=True)
    found = mailing_list(round_, wanted)
    recipients = found.recipients
    if found.is_too_long or not recipients or len(recipients) != expected:
        raise RecipientsChanged
    letter = _keep(round_, LetterKind.TO_ALL, words, by=by)
    answers = answers_by_id([one for found in recipients for one in found.submission_ids])
    sent = 0
    for one in recipients:
        about = [answers[submission_id] for submission_id in one.submission_ids]
        message = _send_to(one, about, words, contact=contact, base_url=base_url)
        if message is None:  # they have declined since
            continue
        sent += 1
        for submission in about:
            _note(letter, submission, message, by=by)
    record(
        Tag.LETTER_SENT,
        subject=letter.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"addresses": sent},
    )
    return sent


def note_reply(copy: SenderLetterCopy, reply: str, *, by: Actor) -> None:
    """Keep what a sender replied with the answer; a second reply takes the place of the first.

    Raises ``InvalidInput`` (``reply``: ``required``, ``too_long``, ``identity_number``).
    """
    text = canonical(reply).strip()
    if not text:
        raise InvalidInput("reply", "required")
    if len(text) > LONGEST_LETTER:
        raise InvalidInput("reply", "too_long", limit=LONGEST_LETTER)
    check_free_text("reply", text)
    copy.reply, copy.replied_at, copy.noted_by = text, utc_now(), by.reference
    session().flush()
    _record(Tag.SUBMISSION_REPLY_NOTED, copy, by)


def _send_to(
    one: LetterRecipient,
    answers: Sequence[Submission],
    words: LetterWords,
    *,
    contact: str,
    base_url: str,
) -> "OutboxMessage | None":
    latest = answers[-1]
    topic = round_topic(latest.round.public_id)
    return send_round_letter(
        Recipient(one.email, one.name, one.locale, is_confidential=latest.is_internal),
        Choice(topic, base_url, about=latest.reference),
        _about(latest, one.locale, contact),
        subject=merged(words.subject, one.own_values),
        words=merged(words.body, one.own_values),
        language=words.language,
    )


def _sender_of(submission: Submission) -> Recipient:
    """Where mail to the sender goes. Raises ``Conflict`` when no address is known."""
    found = recipient_of(submission)
    if found is None:
        raise Conflict("no address")
    return found


def _words_for_others(version: SubmissionVersion) -> str:
    """What was sent, but for what was promised to go no further."""
    text = version.text
    for one in sorted(version.answers, key=lambda one: one.start, reverse=True):
        if one.is_private and one.added_text is None:
            text = text[: one.start] + text[one.end :]
    return text.strip()


def _about(submission: Submission, locale: str, contact: str) -> AboutAnswer:
    return AboutAnswer(
        receipt_number=submission.receipt_number,
        round_title=localised(submission.round.title, locale),
        owner=submission.round.owner.name,
        contact=contact,
    )


def _keep(
    round_: "Round",
    kind: LetterKind,
    words: LetterWords,
    *,
    by: Actor,
    recipient: str | None = None,
) -> SenderLetter:
    letter = SenderLetter(
        round_id=round_.id,
        kind=kind,
        subject=words.subject,
        body=words.body,
        language=words.language,
        recipient=recipient,
        created_by=by.reference,
        created_at=utc_now(),
    )
    session().add(letter)
    session().flush()
    return letter


def _note(
    letter: SenderLetter, submission: Submission, message: "OutboxMessage", *, by: Actor
) -> SenderLetterCopy:
    """Keep a letter with an answer that it is about."""
    copy = SenderLetterCopy(letter=letter, submission=submission, message_id=message.id)
    session().add(copy)
    session().flush()
    _record(Tag.SUBMISSION_WRITTEN_TO, copy, by)
    return copy


def _record(tag: Tag, copy: SenderLetterCopy, by: Actor) -> None:
    record(
        tag,
        subject=copy.submission.reference,
        by=by.reference,
        stream=organisation_stream(copy.submission.round.owner_id),
        data={"letter": copy.letter.reference, "letter_kind": copy.letter.kind.value},
    )
