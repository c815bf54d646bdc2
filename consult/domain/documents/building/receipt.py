"""The receipt of an answer: number, time and everything that was written."""

from typing import TYPE_CHECKING

from babel.dates import format_date, format_datetime

from consult.domain.documents.building.written import written_blocks
from consult.domain.documents.types import (
    Block,
    Document,
    DocumentKind,
    Emphasis,
    Fact,
    Numbered,
    Paragraph,
    Section,
    Strong,
    Text,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.submissions.companions import confirmations_of, get_sent_files
from consult.domain.submissions.parties import Capacity
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.types import (
    ATTACHMENT_KIND_LABELS,
    PUBLICATION_LABELS,
    VOICE_LABELS,
    Voice,
)
from consult.domain.submissions.wording import choice_in_words, place_in_words
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.i18n import N_, localised, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from consult.domain.submissions.models import Answer, Attachment, Submission


def build_receipt(submission: "Submission", locale: str) -> Document:
    """The receipt as a document in an interface language; the answer keeps its own language."""
    say = translator(locale).gettext
    round_ = submission.round
    written_in = "" if submission.language == locale else submission.language
    files = get_sent_files(submission)
    answers = get_sent_answers(submission)
    own = [answer for answer in answers if not answer.voice.is_added]
    sections = tuple(
        answer_section(number, answer, files, locale=locale, written_in=written_in)
        for number, answer in enumerate(own, 1)
    )
    nothing = Paragraph((Text(say("No comments")),))
    return Document(
        kind=DocumentKind.RESPONSE,
        title=localised(round_.title, locale),
        subtitle=say(N_("Receipt %(number)s")) % {"number": submission.receipt_number},
        publisher=submission.name,
        language=locale,
        date=to_oslo(submission.received_at).date(),
        case_number=round_.case_number or "",
        description=say(N_("Receipt for an answer to a consultation")),
        facts=_facts(submission, locale),
        blocks=(Section("answers", say("What you answered"), sections or (nothing,), Numbered.NO),),
        contents=False,
    )


def answer_section(
    number: int,
    answer: "Answer",
    files: "Sequence[Attachment]",
    *,
    locale: str,
    written_in: str,
    words: "Callable[[Answer], str] | None" = None,
) -> Section:
    """One part of an answer, with what was asked over it and the files that stand at it.

    ``words`` says what may be read of it, where that is not all.
    """
    say = translator(locale).gettext
    blocks: list[Block] = []
    if answer.supplement is not None:
        blocks.append(Paragraph((Strong((Text(say(N_("Supplement"))),)),)))
    if answer.voice is Voice.MINORITY:
        whose = f"{say(VOICE_LABELS[answer.voice])}: {answer.voice_label}"
        blocks.append(Paragraph((Strong((Text(whose),)),)))
    else:
        chosen = choice_in_words(answer, locale)
        blocks += [Paragraph((Strong((Text(line),)),)) for line in chosen]
    if answer.quote:
        blocks.append(Paragraph((Emphasis((Text(f"«{answer.quote}»"),)),)))
    text = words(answer) if words is not None else answer.text
    blocks += written_blocks(text, language=written_in)
    blocks += [
        Paragraph((Text(f"{say(ATTACHMENT_KIND_LABELS[file.kind])}: {file.filename}"),))
        for file in files
        if answer.holds(file)
    ]
    heading = place_in_words(answer, locale)
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
    if submission.round.case_number:
        facts.insert(1, Fact(say(N_("Case number")), submission.round.case_number))
    facts += _behind_facts(submission, locale)
    if submission.written_by:
        facts.append(Fact(say("Written on their behalf by"), submission.written_by))
    if submission.participants:
        took_part = ", ".join(f"{item.role}: {item.count}" for item in submission.participants)
        facts.append(Fact(say("Took part"), took_part))
    if submission.discussed_on is not None:
        day = str(format_date(submission.discussed_on, "long", locale=locale))
        facts.append(Fact(say("Talked about in the meeting on"), day))
    facts += _confirmation_facts(submission, locale)
    digest = submission.current_version.digest
    groups = " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))
    return (*facts, Fact(say(N_("Fingerprint (SHA-256)")), groups))


def _behind_facts(submission: "Submission", locale: str) -> list[Fact]:
    """In whose name it is sent, on what ground, and together with whom."""
    say = translator(locale).gettext
    facts = []
    for party in submission.current_version.parties:
        name = party.name
        if party.capacity is Capacity.ON_BEHALF_OF:
            if not party.is_confirmed:
                name = say(N_("%(name)s (says it is not its own)")) % {"name": name}
            facts.append(Fact(say(N_("On behalf of")), name))
            facts.append(Fact(say(N_("On what ground")), party.ground or ""))
        elif party.capacity is Capacity.CO_SENDER:
            if not party.is_confirmed:
                name = say(N_("%(name)s (not confirmed)")) % {"name": name}
            facts.append(Fact(say(N_("Together with")), name))
    return facts


def _version_facts(submission: "Submission", locale: str) -> tuple[Fact, ...]:
    """When it came; of an answer that was changed also which version this is, and when it came."""
    say = translator(locale).gettext
    received = Fact(say("Received"), _moment(submission.received_at, locale))
    version = submission.current_version
    if version.number == 1 or version.received_at is None:
        return (received,)
    moment = _moment(version.received_at, locale)
    return (received, Fact(say("Version"), f"{version.number} ({moment})"))


def _confirmation_facts(submission: "Submission", locale: str) -> list[Fact]:
    """What members say of a council's answer, and whether it was this text that they saw."""
    say = translator(locale).gettext
    digest = submission.current_version.digest
    facts = []
    for item in confirmations_of(submission.id):
        word = say(N_("Confirms")) if item.agrees else say(N_("Does not agree"))
        if item.digest != digest:
            word += f" ({say(N_('an earlier text; it has been changed since'))})"
        who = f"{item.name} ({item.role})" if item.name else item.role
        text = f"{word}: {item.remark}" if item.remark else word
        facts.append(Fact(who, text))
    return facts


def _moment(value: "datetime", locale: str) -> str:
    pattern = "d MMMM y 'at' HH:mm:ss" if locale == "en" else "d. MMMM y 'kl.' HH.mm.ss"
    return str(format_datetime(value, pattern, tzinfo=OSLO, locale=locale))
