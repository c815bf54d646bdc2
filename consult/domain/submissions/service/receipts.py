"""Receipts by mail: number, time, every word, the personal link, and the PDF."""

from consult.domain.notifications.messages import ReceiptLine, send_receipt
from consult.domain.rounds.types import MailPlace
from consult.domain.submissions.companions import get_sent_files
from consult.domain.submissions.models import Answer, Submission
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.service.linking import answer_address
from consult.domain.submissions.types import VOICE_LABELS, Voice
from consult.domain.submissions.wording import choice_in_words, place_in_words
from consult.kernel.i18n import localised, translator


def mail_receipt(submission: Submission, *, base_url: str) -> bool:
    """Mail the sender the receipt of what counts now; ``False`` without an address.

    It carries a new personal link under ``base_url``, which takes the place of those mailed before.
    """
    recipient = recipient_of(submission)
    if recipient is None:
        return False
    locale = recipient.locale
    files = get_sent_files(submission)
    send_receipt(
        recipient,
        about=submission.reference,
        receipt_number=submission.receipt_number,
        version=submission.current_version_number,
        received_at=submission.current_version.received_at or submission.received_at,
        round_title=localised(submission.round.title, locale),
        owner=submission.round.owner.name,
        language=submission.language,
        lines=[
            _line(answer, [file.filename for file in files if answer.holds(file)], locale)
            for answer in get_sent_answers(submission)
            if not answer.voice.is_added
        ],
        link=answer_address(submission, base_url=base_url),
        answer_id=submission.public_id,
        own_words=submission.round.words_for(MailPlace.RECEIPT, locale),
    )
    return True


def _line(answer: Answer, files: list[str], locale: str) -> ReceiptLine:
    """What was said at one place, in the words that were answered."""
    place = place_in_words(answer, locale)
    if answer.voice is Voice.MINORITY:
        minority = translator(locale).gettext(VOICE_LABELS[answer.voice])
        return ReceiptLine(f"{place} – {answer.voice_label}", (minority,), answer.text)
    quoted = (f"«{answer.quote}»",) if answer.quote else ()
    return ReceiptLine(place, (*quoted, *choice_in_words(answer, locale), *files), answer.text)
