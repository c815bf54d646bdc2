"""Receipts for answers that the owner's staff registered: mailed once somebody has checked them."""

from consult.domain.notifications.messages import ReceiptLine, send_receipt
from consult.domain.notifications.types import Recipient
from consult.domain.submissions.models import Answer, Submission
from consult.domain.submissions.rules import chosen_words
from consult.kernel.i18n import N_, choose_locale, localised, translator


def mail_receipt(submission: Submission, *, link: str) -> bool:
    """Mail the sender number, time, every word and the personal link; ``False`` without address."""
    if submission.contact_email is None:
        return False
    locale = choose_locale(submission.language)
    send_receipt(
        Recipient(
            email=submission.contact_email,
            name=submission.contact_name or submission.name,
            locale=locale,
        ),
        receipt_number=submission.receipt_number,
        received_at=submission.received_at,
        round_title=localised(submission.round.title, locale),
        owner=submission.round.owner.name,
        language=submission.language,
        lines=[_line(answer, locale) for answer in submission.current_version.answers],
        link=link,
    )
    return True


def _line(answer: Answer, locale: str) -> ReceiptLine:
    """What was said at one place; what belongs to none is about the round as a whole."""
    if answer.question is not None:
        chosen = chosen_words(answer.question, answer, locale=locale)
        return ReceiptLine(localised(answer.question.text, locale), chosen, answer.text)
    heading = translator(locale).gettext(N_("About the consultation as a whole"))
    if answer.proposal is not None:
        heading = f"{answer.proposal.key}. {localised(answer.proposal.title, locale)}"
    return ReceiptLine(heading, (), answer.text)
