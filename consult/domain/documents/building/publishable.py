"""The publishable variant of an answer as a document, and the list of what is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from babel.dates import format_date

from consult.domain.disclosure.access import WITHHOLDING_LABELS, Withheld, Withholding
from consult.domain.disclosure.types import BASIS_LABELS, REFUSAL_LABELS
from consult.domain.disclosure.variants import (
    publishable_answers,
    publishable_label,
    publishable_text,
    publishable_words,
    sayer,
)
from consult.domain.documents.building.written import written_blocks
from consult.domain.documents.types import (
    Block,
    Column,
    Document,
    DocumentKind,
    Emphasis,
    Fact,
    Numbered,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.submissions.parties import COUNTED
from consult.domain.submissions.rules import is_wordless, public_name
from consult.domain.submissions.types import (
    PUBLICATION_LABELS,
    VOICE_LABELS,
    Publication,
    Voice,
)
from consult.domain.submissions.wording import choice_in_words, place_in_words
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, localised, translator
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Answer, Submission

_PLACE = 60  # characters of a question, enough to find it


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer on the list that goes with what is handed out.

    Attributes:
        name: What the sender is called there.
        kind: The kind of sender, in words.
        status: What was decided about the answer, in words.
        withheld: What of it is not handed out.
        path: Where it lies in the package; empty where it is not handed out.
        digest: SHA-256 of that file.
        files: Names in the package of the files that are handed out with it.
    """

    number: int
    name: str
    kind: str
    status: str
    received_at: datetime
    withheld: tuple[Withheld, ...]
    path: str = ""
    digest: str = ""
    files: tuple[str, ...] = ()


def sender_on_request(submission: "Submission", *, is_named: bool, locale: str) -> str:
    """What a sender is called where access is given.

    Who wants nothing on the web is named all the same: that is no wish to be unnamed.
    """
    is_unnamed = submission.publication is Publication.WITHOUT_NAME and not is_named
    return public_name(
        submission.name,
        actor_type=submission.actor_type,
        publication=Publication.WITHOUT_NAME if is_unnamed else Publication.WITH_NAME,
        locale=locale,
    )


def place_on_request(review: "AnswerReview", answer: "Answer", locale: str) -> str:
    """What a part of an answer is about; a heading of the sender's own without words taken out."""
    return publishable_words(review, place_in_words(answer, locale))


def build_publishable(
    review: "AnswerReview", *, locale: str, is_named: bool, files: Sequence[str]
) -> Document:
    """What others may read of an answer: no contact, no receipt, nothing that was taken out.

    Args:
        review: The review of the version that counts, cleared.
        locale: Language of the headings; the answer keeps its own.
        is_named: Whether a sender is named who wants to stand without.
        files: Names of the files that are handed out with it.
    """
    say = translator(locale).gettext
    submission, round_ = review.submission, review.round
    name = sender_on_request(submission, is_named=is_named, locale=locale)
    said = [one for one in publishable_answers(review) if not is_wordless(one, text=one.text)]
    sections = tuple(
        _section(number, review, answer, locale) for number, answer in enumerate(said, 1)
    )
    nothing = Paragraph((Text(say(N_("No comments"))),))
    return Document(
        kind=DocumentKind.RESPONSE,
        title=localised(round_.title, locale),
        subtitle=say(N_("Answer %(number)s from %(name)s"))
        % {"number": submission.number, "name": name},
        publisher=round_.owner.name,
        language=locale,
        date=to_oslo(submission.received_at).date(),
        case_number=round_.case_number or "",
        description=say(N_("An answer to a consultation, as others may read it")),
        facts=_facts(review, name, locale, is_named=is_named, files=files),
        blocks=(Section("answer", say(N_("The answer")), sections or (nothing,), Numbered.NO),),
        contents=False,
    )


def _facts(
    review: "AnswerReview", name: str, locale: str, *, is_named: bool, files: Sequence[str]
) -> tuple[Fact, ...]:
    say = translator(locale).gettext
    submission = review.submission
    facts = [
        Fact(say(N_("Number")), str(submission.number)),
        Fact(say(N_("Received")), _day(submission.received_at, locale)),
        Fact(say(N_("To")), review.round.owner.name),
        Fact(say(N_("From")), name),
        Fact(say(N_("Kind of body")), say(ACTOR_TYPE_LABELS[submission.actor_type])),
    ]
    if submission.publication is not Publication.WITHOUT_NAME or is_named:
        others = [one.name for one in review.version.parties if one.capacity in COUNTED]
        if others:
            together = publishable_words(review, ", ".join(others))
            facts.append(Fact(say(N_("Together with or on behalf of")), together))
    facts.append(
        Fact(say(N_("The sender's choice")), say(PUBLICATION_LABELS[submission.publication]))
    )
    if review.redactions:
        gone = say(N_("Words are taken out by law. The reason stands in their place."))
        facts.append(Fact(say(N_("Taken out")), gone))
    if files:
        facts.append(Fact(say(N_("Files")), ", ".join(files)))
    return tuple(facts)


def _section(number: int, review: "AnswerReview", answer: "Answer", locale: str) -> Section:
    say = translator(locale).gettext
    blocks: list[Block] = []
    if answer.voice is not Voice.SENDER:
        label = publishable_label(review, answer)
        whose = say(VOICE_LABELS[answer.voice]) + (f": {label}" if label else "")
        blocks.append(Paragraph((Strong((Text(whose),)),)))
    blocks += [Paragraph((Strong((Text(words),)),)) for words in choice_in_words(answer, locale)]
    if answer.quote:
        quote = publishable_words(review, answer.quote)
        blocks.append(Paragraph((Emphasis((Text(f"«{quote}»"),)),)))
    language = review.submission.language
    blocks += written_blocks(
        publishable_text(review, answer, say=sayer(locale)),
        language="" if language == locale else language,
    )
    heading = place_on_request(review, answer, locale)
    return Section(f"answer-{number}", heading, tuple(blocks), Numbered.NO)


def build_withheld(
    round_: "Round", listed: Sequence[Listed], *, locale: str, made_at: datetime
) -> Document:
    """The list of what is withheld, with the legal basis of each thing."""
    say = translator(locale).gettext
    given = sum(bool(one.path) for one in listed)
    rows = tuple(
        Row(tuple((Text(cell),) for cell in cells)) for cells in _paper_rows(listed, locale)
    )
    columns = (
        Column(say(N_("Answer")), weight=2),
        Column(say(N_("What, and where")), weight=4),
        Column(say(N_("Legal basis or reason")), weight=4),
    )
    table = Table("withheld", say(N_("What is not handed out")), columns, rows, row_headers=False)
    nothing = Paragraph((Text(say(N_("Nothing is withheld."))),))
    return Document(
        kind=DocumentKind.RESPONSE,
        title=say(N_("What is withheld, and by which law")),
        subtitle=localised(round_.title, locale),
        publisher=round_.owner.name,
        language=locale,
        date=to_oslo(made_at).date(),
        case_number=round_.case_number or "",
        description=say(N_("List that goes with answers handed out on request")),
        facts=(
            Fact(say(N_("Answers asked for")), str(len(listed))),
            Fact(say(N_("Handed out")), str(given)),
            Fact(say(N_("Not handed out")), str(len(listed) - given)),
        ),
        blocks=(table if rows else nothing,),
        contents=False,
    )


def _paper_rows(listed: Sequence[Listed], locale: str) -> list[tuple[str, str, str]]:
    """The list for paper: one row for all that is withheld of an answer by the same law."""
    rows = []
    for answer in listed:
        alike: dict[tuple[object, ...], list[Withheld]] = {}
        for one in answer.withheld:
            alike.setdefault((one.what, one.basis, one.reason), []).append(one)
        for same in alike.values():
            first, times = same[0], sum(one.times for one in same)
            places = "; ".join(excerpt(one.place, _PLACE) for one in same if one.place)
            what = _what(replace(first, times=times), locale)
            why = [_why(first, locale), _left_to_decide(first, locale)]
            rows.append(
                (
                    f"{answer.number} {answer.name}",
                    f"{what}: {places}" if places else what,
                    ". ".join(filter(None, why)),
                )
            )
    return rows


def withheld_header(locale: str) -> tuple[str, ...]:
    """The headings of the list for a spreadsheet."""
    say = translator(locale).gettext
    return (
        say(N_("No.")),
        say(N_("Sender")),
        say(N_("What")),
        say(N_("Where")),
        say(N_("Legal basis or reason")),
        say(N_("To be decided")),
    )


def withheld_rows(listed: Sequence[Listed], locale: str) -> list[tuple[str, ...]]:
    """The list for a spreadsheet: no words of an answer stand in it."""
    return [
        (
            str(answer.number),
            answer.name,
            _what(one, locale),
            one.place,
            _why(one, locale),
            _left_to_decide(one, locale),
        )
        for answer in listed
        for one in answer.withheld
    ]


def _what(one: Withheld, locale: str) -> str:
    text = translator(locale).gettext(WITHHOLDING_LABELS[one.what])
    return f"{text} ({one.times})" if one.times > 1 else text


def _why(one: Withheld, locale: str) -> str:
    say = translator(locale).gettext
    if one.basis is not None:
        return say(BASIS_LABELS[one.basis])
    if one.reason is not None:
        return say(REFUSAL_LABELS[one.reason])
    if one.what is Withholding.NAME:
        return say(N_("The sender's wish"))
    return "–"


def _left_to_decide(one: Withheld, locale: str) -> str:
    """What somebody has to decide before the request is answered; empty where the law decides."""
    say = translator(locale).gettext
    if one.is_decided:
        return ""
    if one.basis is not None:
        return say(N_("The basis holds for the web only. Decide whether it is given on request."))
    if one.what is Withholding.NAME:
        return say(N_("A wish is no ground in law. Decide whether the name is given."))
    if one.what is Withholding.REFUSED:
        return say(N_("It is not published. Decide whether it is given on request."))
    return say(N_("Decide whether it is given."))


def _day(moment: datetime, locale: str) -> str:
    return str(format_date(to_oslo(moment).date(), "long", locale=locale))
