"""One function per mail: what it says is in ``templates/emails/<name>/``."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.rules import site_of
from consult.domain.notifications.service import enqueue, enqueue_declinable
from consult.domain.notifications.types import (
    Choice,
    InvitationMail,
    MailAttachment,
    OwnWords,
    Recipient,
)


def send_sign_in_link(to: Recipient, *, link: str, minutes: int) -> None:
    """Mail somebody the link that signs them in once."""
    enqueue("sign_in_link", to, link=link, minutes=minutes)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One question of a receipt: what was chosen, in words, and what was written."""

    question: str
    chosen: tuple[str, ...]
    text: str


def send_receipt(
    to: Recipient,
    *,
    about: str,
    receipt_number: str,
    version: int,
    received_at: datetime,
    round_title: str,
    owner: str,
    language: str,
    lines: Sequence[ReceiptLine],
    link: str,
    answer_id: str,
    own_words: OwnWords | None = None,
) -> None:
    """Mail a sender the receipt: number, time, everything that was written, personal link, PDF.

    ``answer_id`` is the answer's public id: the PDF is made of it when the mail leaves.
    """
    enqueue(
        "receipt",
        to,
        about=about,
        receipt_number=receipt_number,
        version=version,
        received_at=received_at,
        round_title=round_title,
        owner=owner,
        language=language,
        lines=lines,
        link=link,
        own_words=own_words,
        attachments=[
            MailAttachment(f"{receipt_number}.pdf", "application/pdf", receipt_of=answer_id)
        ],
    )


def send_draft_link(
    to: Recipient, *, about: str, round_title: str, link: str, closes_at: datetime
) -> None:
    """Mail somebody the personal link to an answer they have begun.

    Args:
        to: Who has begun it.
        about: The draft's reference.
        round_title: The round's title in the recipient's language.
        link: The personal link.
        closes_at: When the round closes.
    """
    enqueue("draft_link", to, about=about, round_title=round_title, link=link, closes_at=closes_at)


def send_withdrawn(
    to: Recipient,
    *,
    about: str,
    receipt_number: str,
    round_title: str,
    owner: str,
    withdrawn_at: datetime,
) -> None:
    """Tell a sender that the answer is withdrawn, and what that means."""
    enqueue(
        "withdrawn",
        to,
        about=about,
        receipt_number=receipt_number,
        round_title=round_title,
        owner=owner,
        withdrawn_at=withdrawn_at,
    )


def send_erasure_decision(
    to: Recipient,
    *,
    about: str,
    receipt_number: str,
    round_title: str,
    owner: str,
    is_granted: bool,
    reason: str,
) -> None:
    """Tell a sender what was decided about deleting the answer, and why."""
    enqueue(
        "erasure_decision",
        to,
        about=about,
        receipt_number=receipt_number,
        round_title=round_title,
        owner=owner,
        is_granted=is_granted,
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A personal link to something that somebody has begun or sent.

    Attributes:
        receipt_number: Of an answer that was sent; ``None`` for a draft.
    """

    round_title: str
    receipt_number: str | None
    link: str


def send_found_links(to: Recipient, links: Sequence[FoundLink]) -> None:
    """Mail somebody who asked new links to everything that their address stands on."""
    enqueue("found_links", to, links=links)


def send_role_given(
    to: Recipient, *, organisation: str, role: str, link: str, is_new: bool
) -> None:
    """Tell somebody which role they have got where, and where to sign in.

    Args:
        to: Who has got the role.
        organisation: The organisation's name.
        role: The role in the recipient's language.
        link: The sign-in page.
        is_new: The person was registered just now and has never signed in.
    """
    enqueue("role_given", to, organisation=organisation, role=role, link=link, is_new=is_new)


def send_access_asked(
    to: Recipient, *, organisation: str, name: str, email: str, message: str, link: str
) -> None:
    """Tell a coordinator who asks to represent the organisation, and where to answer.

    Args:
        to: The coordinator.
        organisation: The organisation's name.
        name: Who asks.
        email: The address they sign in with.
        message: What they say about it; may be empty.
        link: The organisation's members' page.
    """
    enqueue(
        "access_asked",
        to,
        organisation=organisation,
        name=name,
        email=email,
        message=message,
        link=link,
    )


def send_access_declined(to: Recipient, *, organisation: str, reason: str) -> None:
    """Tell somebody that an organisation does not let them represent it, and why."""
    enqueue("access_declined", to, organisation=organisation, reason=reason)


def send_case_given(
    to: Recipient,
    *,
    body: str,
    organisation: str,
    round_title: str,
    language: str,
    reason: str,
    deadline: datetime,
    link: str,
) -> None:
    """Tell a body that the organisation above has handed it a round to answer.

    Args:
        to: Who coordinates the body.
        body: The body's name.
        organisation: Who hands it on.
        round_title: The round's title, in ``language``.
        language: Of the title.
        reason: Why it is handed on.
        deadline: When the round closes.
        link: The round in the body's workspace.
    """
    enqueue(
        "case_given",
        to,
        body=body,
        organisation=organisation,
        round_title=round_title,
        language=language,
        reason=reason,
        deadline=deadline,
        link=link,
    )


def send_round_invitation(
    to: Recipient, mail: InvitationMail, *, topic: str, is_reminder: bool
) -> OutboxMessage | None:
    """Ask a body to answer a round, or remind it that it was asked.

    The invitation itself goes out whatever was declined before: some bodies must be asked by law.
    """
    choice = Choice(topic, site_of(mail.link), is_sent_anyway=not is_reminder)
    return enqueue_declinable(
        "invitation",
        to,
        choice,
        is_reminder=is_reminder,
        **asdict(mail),
    )


def send_publication_decision(
    to: Recipient,
    *,
    about: str,
    receipt_number: str,
    round_title: str,
    owner: str,
    reason: str | None,
    explanation: str,
    contact: str,
) -> None:
    """Tell a sender that their answer is not published and why, or that this was taken back.

    Args:
        to: The sender.
        about: The answer's reference.
        receipt_number: The number that the sender knows the answer by.
        round_title: The round's title in the recipient's language.
        owner: Who decided.
        reason: Why, in the recipient's language; ``None`` when the decision is taken back.
        explanation: What the reviewer wrote; may be empty.
        contact: Where to object.
    """
    enqueue(
        "publication_decision",
        to,
        about=about,
        receipt_number=receipt_number,
        round_title=round_title,
        owner=owner,
        reason=reason,
        explanation=explanation,
        contact=contact,
    )


def send_words_taken_out(
    to: Recipient,
    *,
    about: str,
    receipt_number: str,
    round_title: str,
    owner: str,
    reasons: Sequence[str],
    contact: str,
) -> None:
    """Tell a sender by which laws words are left out of what others read of their answer.

    Args:
        to: The sender.
        about: The answer's reference.
        receipt_number: The number that the sender knows the answer by.
        round_title: The round's title in the recipient's language.
        owner: Who decided.
        reasons: The laws, in the recipient's language; none of the words.
        contact: Where to object.
    """
    enqueue(
        "words_taken_out",
        to,
        about=about,
        receipt_number=receipt_number,
        round_title=round_title,
        owner=owner,
        reasons=list(reasons),
        contact=contact,
    )


def send_support_link(
    to: Recipient, *, about: str, round_title: str, sender: str, link: str
) -> None:
    """Mail somebody the link that confirms or takes back their support of an answer.

    Args:
        to: Whoever gave this address.
        about: The support's reference.
        round_title: The round's title in the recipient's language.
        sender: What the answer's sender is called on the web.
        link: The link.
    """
    enqueue("support_link", to, about=about, round_title=round_title, sender=sender, link=link)
