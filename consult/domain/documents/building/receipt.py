"""The receipt of an answer: number, time and everything that was written."""

from typing import TYPE_CHECKING

from babel.dates import format_date, format_datetime

from consult.domain.documents.building.written import written_blocks
from consult.domain.documents.types import (
    Block,
    Document,
    DocumentKind,
    Fact,
    Numbered,
    Paragraph,
    Section,
    Strong,
    Text,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.rules import chosen_words
from consult.domain.submissions.types import PUBLICATION_LABELS
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.i18n import localised, translator

if TYPE_CHECKING:
    from datetime import datetime

    from consult.domain.submissions.models import Answer, Submission


def build_receipt(submission: "Submission", locale: str) -> Document:
    """The receipt as a document in an interface language; the answer keeps its own language."""
    say = translator(locale).gettext
    round_ = submission.round
    written_in = "" if submission.language == locale else submission.language
    sections = tuple(
        _section(number, answer, locale=locale, written_in=written_in)
        for number, answer in enumerate(get_sent_answers(submission), 1)
    )
    nothing = Paragraph((Text(say("No comments")),))
    return Document(
        kind=DocumentKind.RESPONSE,
        title=localised(round_.title, locale),
        subtitle=say("Receipt %(number)s") % {"number": submission.receipt_number},
        publisher=submission.name,
        language=locale,
        date=to_oslo(submission.received_at).date(),
        case_number=round_.case_number or "",
        description=say("Receipt for an answer to a consultation"),
        facts=_facts(submission, locale),
        blocks=(Section("answers", say("What you answered"), sections or (nothing,), Numbered.NO),),
        contents=False,
    )


def _section(number: int, answer: "Answer", *, locale: str, written_in: str) -> Section:
    question = answer.question
    say = translator(locale).gettext
    blocks: list[Block] = []
    if question is not None:
        words = chosen_words(question, answer, locale=locale)
        blocks += [Paragraph((Strong((Text(line),)),)) for line in words]
    blocks += written_blocks(answer.text, language=written_in)
    heading = localised(question.text, locale) if question else say("General remarks")
    return Section(f"answer-{number}", heading, tuple(blocks), Numbered.NO)


def _facts(submission: "Submission", locale: str) -> tuple[Fact, ...]:
    say = translator(locale).gettext
    facts = [
        Fact(say("Number"), submission.receipt_number),
        *_version_facts(submission, locale),
        Fact(say("To"), submission.round.owner.name),
        Fact(say("From"), submission.name),
        Fact(say("Kind of body"), say(ACTOR_TYPE_LABELS[submission.actor_type])),
        Fact(say("Publication"), say(PUBLICATION_LABELS[submission.publication])),
    ]
    if submission.discussed_on is not None:
        day = str(format_date(submission.discussed_on, "long", locale=locale))
        facts.append(Fact(say("Talked about in the meeting on"), day))
    digest = submission.current_version.digest
    groups = " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))
    return (*facts, Fact(say("Fingerprint (SHA-256)"), groups))


def _version_facts(submission: "Submission", locale: str) -> tuple[Fact, ...]:
    """When it came; of an answer that was changed also which version this is, and when it came."""
    say = translator(locale).gettext
    received = Fact(say("Received"), _moment(submission.received_at, locale))
    version = submission.current_version
    if version.number == 1 or version.received_at is None:
        return (received,)
    moment = _moment(version.received_at, locale)
    return (received, Fact(say("Version"), f"{version.number} ({moment})"))


def _moment(value: "datetime", locale: str) -> str:
    pattern = "d MMMM y 'at' HH:mm:ss" if locale == "en" else "d. MMMM y 'kl.' HH.mm.ss"
    return str(format_datetime(value, pattern, tzinfo=OSLO, locale=locale))
