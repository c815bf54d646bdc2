"""Mails by which a round's owner writes to those who answered, and sends an answer on."""

from dataclasses import asdict, dataclass

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.service import enqueue, enqueue_declinable
from consult.domain.notifications.types import Choice, Recipient


@dataclass(frozen=True, slots=True)
class AboutAnswer:
    """The answer that a letter is about.

    Attributes:
        round_title: In the recipient's language.
        contact: Where to write to.
    """

    receipt_number: str
    round_title: str
    owner: str
    contact: str


def send_sender_question(
    to: Recipient, answer: AboutAnswer, *, about: str, question: str, language: str, link: str
) -> OutboxMessage:
    """Ask a sender what was meant.

    Args:
        to: The sender.
        answer: What it is about.
        about: The answer's reference.
        question: In the words of the owner's staff.
        language: Of the question.
        link: Where the answer can be opened.
    """
    values = {**asdict(answer), "question": question, "language": language, "link": link}
    return enqueue("sender_question", to, about=about, **values)


def send_round_letter(
    to: Recipient, choice: Choice, answer: AboutAnswer, *, subject: str, words: str, language: str
) -> OutboxMessage | None:
    """Write to somebody who answered; ``None`` when they want no mail about the round.

    Args:
        to: The sender.
        choice: What they can decline.
        answer: What it is about.
        subject: Of the mail.
        words: Of the owner's staff, with the recipient's own values in them.
        language: Of subject and words.
    """
    values = {**asdict(answer), "letter_subject": subject, "words": words, "language": language}
    return enqueue_declinable("round_letter", to, choice, **values)


def send_forwarded_answer(
    to: Recipient,
    answer: AboutAnswer,
    *,
    about: str,
    sender: str,
    words: str,
    language: str,
    filenames: tuple[str, ...],
    reason: str,
) -> OutboxMessage:
    """Send an answer on to where it belongs, without the address of who wrote it.

    Args:
        to: The body that it belongs with.
        answer: What it is about.
        about: The answer's reference.
        sender: Who wrote it.
        words: All that it says.
        language: Of the answer.
        filenames: What came with it.
        reason: Why it is sent on.
    """
    values = {
        **asdict(answer),
        "sender": sender,
        "words": words,
        "language": language,
        "filenames": filenames,
        "reason": reason,
    }
    return enqueue("forwarded_answer", to, about=about, **values)


def send_forwarded_notice(
    to: Recipient, answer: AboutAnswer, *, about: str, recipient: str, reason: str
) -> OutboxMessage:
    """Tell a sender where the answer was sent on to, and why."""
    values = {**asdict(answer), "recipient": recipient, "reason": reason}
    return enqueue("forwarded_notice", to, about=about, **values)
