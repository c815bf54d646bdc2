"""Telling senders that words were taken out of what others read of their answers."""

from consult.db import session
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.types import BASIS_LABELS
from consult.domain.notifications.messages import send_words_taken_out
from consult.domain.notifications.types import Recipient
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.i18n import choose_locale, localised, translator


def tell_of_redactions(review: AnswerReview, *, contact: str) -> bool:
    """Mail the sender by which laws words are left out, never which; whether a mail was written.

    Once for the same words, and only where the answer stands on the web, or shall.

    Args:
        review: The review of the version that counts, cleared.
        contact: Where the sender can object.
    """
    submission, round_ = review.submission, review.round
    since = review.told_at
    is_new = any(since is None or one.made_at > since for one in review.redactions)
    is_on_web = (
        submission.publication is not Publication.NOT_ON_WEB
        and round_.answer_publishing is not AnswerPublishing.NEVER
    )
    if submission.contact_email is None or not (is_new and is_on_web):
        return False
    locale = choose_locale(submission.language)
    say = translator(locale).gettext
    bases = sorted({one.basis for one in review.redactions})
    send_words_taken_out(
        Recipient(submission.contact_email, submission.contact_name or submission.name, locale),
        about=submission.reference,
        receipt_number=submission.receipt_number,
        round_title=localised(round_.title, locale),
        owner=round_.owner.name,
        reasons=[say(BASIS_LABELS[basis]) for basis in bases],
        contact=contact,
    )
    review.told_at = utc_now()
    session().flush()
    return True
