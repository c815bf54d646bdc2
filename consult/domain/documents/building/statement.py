"""A branch's answer as a document of its own, to go along with the response above it."""

from typing import TYPE_CHECKING

from consult.domain.disclosure.quoting import outside_of
from consult.domain.documents.building.receipt import answer_section
from consult.domain.documents.types import Document, DocumentKind, Fact
from consult.domain.submissions.companions import get_sent_files
from consult.domain.submissions.mandates import mandate_in_words, mandate_of
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.rules import letter_locale
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, localised, translator

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def build_statement(submission: "Submission") -> Document:
    """What a body answered, under its own name: no contact person, no receipt.

    What was taken out of it by law stays out, and so does what our questions promise to keep.
    """
    locale = letter_locale(submission.language, submission.locale)
    say = translator(locale).gettext
    written_in = "" if submission.language == locale else submission.language
    outside = outside_of(submission.current_version, locale=locale)
    files = [one for one in get_sent_files(submission) if one.id not in outside.held]
    said = get_sent_answers(submission)
    answers = [one for one in said if not (one.voice.is_added or one.is_private)]
    ground = mandate_in_words(mandate_of(submission.mandate), locale)
    return Document(
        kind=DocumentKind.LETTER,
        title=localised(submission.round.title, locale),
        subtitle=submission.round.owner.name,
        publisher=submission.name,
        language=locale,
        date=to_oslo(submission.current_version.received_at or submission.received_at).date(),
        facts=(Fact(say(N_("Decided by")), ground),) if ground else (),
        blocks=tuple(
            answer_section(
                number, answer, files, locale=locale, written_in=written_in, words=outside.words
            )
            for number, answer in enumerate(answers, 1)
        ),
        contents=False,
    )
