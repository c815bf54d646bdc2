"""Putting what happened into the reader's language: values for the mails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from babel.dates import format_datetime

from consult.domain.notifications.news import Concern, Correction, DigestItem, RoundNote
from consult.domain.rounds.models import Proposal, Question
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.rounds.types import MailPlace, NewsKind
from consult.kernel.clock import OSLO
from consult.kernel.errors import NotFound
from consult.kernel.i18n import N_, localised, localised_language, translator

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round, RoundNews


@dataclass(frozen=True, slots=True)
class Corrected:
    """A part that was corrected, with what it said before and says since, by language."""

    part: Question | Proposal
    number: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    was_private: bool = False
    is_private: bool = False

    def place_in(self, locale: str) -> str:
        """Which part it is, in words."""
        return _place(type(self.part).__name__.lower(), self.number, locale)

    def told_in(self, locale: str) -> Correction:
        """What a mail says of it."""
        return Correction(
            place=self.place_in(locale),
            before=self._with_promise(self.before, self.was_private, locale),
            after=self._with_promise(self.after, self.is_private, locale),
            language=localised_language(self.after, locale),
        )

    def _with_promise(self, texts: Mapping[str, str], is_private: bool, locale: str) -> str:
        """The words, and whether answers to them are published where that has changed."""
        words = localised(texts, locale)
        if self.was_private == self.is_private:
            return words
        kept, shown = N_("(Answers are not published.)"), N_("(Answers can be published.)")
        promise = translator(localised_language(texts, locale)).gettext(
            kept if is_private else shown
        )
        return f"{words}\n\n{promise}"


def note_of(
    round_: "Round",
    *,
    locale: str,
    base_url: str,
    concern: Concern,
    draft_link: str = "",
    receipt_number: str = "",
    place: MailPlace | None = None,
    closes_at: datetime | None = None,
) -> RoundNote:
    """What a mail says of a round, in a language.

    Args:
        round_: The round.
        locale: The recipient's language.
        base_url: Address that links start with.
        concern: What the recipient has with the round.
        draft_link: Where they go on with what they have begun.
        receipt_number: The number of what they have sent.
        place: The mail, if its owner can add words to it.
        closes_at: The recipient's own deadline, if it is another than the round's.
    """
    contact = (round_.contact.get(name) for name in ("name", "email", "phone"))
    return RoundNote(
        title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        owner=round_.owner.name,
        closes_at=closes_at or round_.closes_at,
        contact=", ".join(part for part in contact if part),
        link=f"{base_url}/rounds/{round_.slug}",
        concern=concern,
        draft_link=draft_link,
        receipt_number=receipt_number,
        own_words=round_.words_for(place, locale) if place else None,
    )


def correction_of(
    round_: "Round", data: Mapping[str, Any], *, since: int | None = None
) -> Corrected:
    """What a correction changed.

    Args:
        round_: The round.
        data: What was noted of the latest correction.
        since: The wording that the first of several corrections made.

    Raises:
        NotFound: The part has been removed.
    """
    parts = list_questions(round_.id) if data["part"] == "question" else list_proposals(round_.id)
    part = next((one for one in parts if one.key == data["key"]), None)
    if part is None:
        raise NotFound(data["part"], data["key"])
    last = int(data["wording"])
    first = (since or last) - 1
    return Corrected(
        part,
        data["number"],
        _texts(part, first),
        _texts(part, last),
        was_private=_promise(part, first),
        is_private=_promise(part, last),
    )


def _promise(part: Question | Proposal, wording: int) -> bool:
    """Whether a wording of a question promises that answers are not published."""
    if isinstance(part, Proposal):
        return False
    former = (one for one in part.former_wordings if one.number == wording)
    return next((one.is_private for one in former), part.is_private)


def digest_item(news: Sequence["RoundNews"], *, locale: str, base_url: str) -> DigestItem:
    """What a digest says of one round, to which all this happened."""
    round_ = news[-1].round
    is_gone = any(one.kind is NewsKind.CANCELLED for one in news)
    return DigestItem(
        title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        texts=tuple(_sentence(one, locale) for one in news),
        link="" if is_gone else f"{base_url}/rounds/{round_.slug}",
    )


def _sentence(news: "RoundNews", locale: str) -> str:
    say = translator(locale).gettext
    match news.kind:
        case NewsKind.OPENED:
            text, values = N_("The round is open for answers."), {}
        case NewsKind.DEADLINE_MOVED:
            moment = _moment(datetime.fromisoformat(news.data["new"]), locale)
            text, values = N_("The deadline has been moved to %(moment)s."), {"moment": moment}
        case NewsKind.CLOSED_EARLY:
            reason = news.data["reason"]
            text, values = (
                N_("The round has closed before the deadline: %(reason)s"),
                {"reason": reason},
            )
        case NewsKind.CORRECTED:
            place = _place(news.data["part"], news.data["number"], locale)
            text, values = N_("%(place)s has been corrected."), {"place": place}
        case NewsKind.REPORTED:
            text, values = N_("The answers have been summed up."), {}
        case NewsKind.PUBLISHED:
            text, values = (
                N_("“%(title)s” is published, edition %(number)s."),
                {"title": news.data["title"], "number": str(news.data["number"])},
            )
        case NewsKind.FOLLOWED_UP:
            text = N_("It is told what becomes of the proposals in the report.")
            values = {}
        case NewsKind.CANCELLED:
            reason = news.round.cancel_reason or ""
            text, values = N_("The round has been cancelled: %(reason)s"), {"reason": reason}
    return say(text) % values


def _place(part: str, number: str, locale: str) -> str:
    label = N_("Question %(number)s") if part == "question" else N_("Proposal %(number)s")
    return translator(locale).gettext(label) % {"number": number}


def _texts(part: Question | Proposal, number: int) -> Mapping[str, str]:
    """The text of one of a part's wordings, by language."""
    for former in part.former_wordings:
        if former.number == number:
            return former.text
    return part.text


def _moment(value: datetime, locale: str) -> str:
    pattern = "d MMMM y 'at' HH:mm" if locale == "en" else "d. MMMM y 'kl.' HH.mm"
    return str(format_datetime(value, pattern, tzinfo=OSLO, locale=locale))
