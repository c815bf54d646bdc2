"""Shaping the desk's first page and the overview of a round: where am I, what waits, what next."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk.presenters.invitations import InvitationRow
from consult.blueprints.desk.presenters.setup import Standing, standing_of
from consult.blueprints.shared.context import current_locale, language_of, localise
from consult.domain.analysis.types import Progress
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.rounds.types import (
    FREE_STEPS,
    ROUND_RULES,
    InvitationStatus,
    RoundStatus,
)

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round on the desk's first page.

    Attributes:
        lang: Language of the title where it is not the page's, else ``None``.
        counts: What has come in, with units.
    """

    title: str
    lang: str | None
    href: str
    owner: str
    kind: str
    standing: Standing
    opens_at: datetime
    closes_at: datetime
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: a link, for those who have the permission."""

    text: str
    href: str
    permission: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many of one kind of sender answered, and how many were invited."""

    kind: str
    received: int
    invited: int
    answered: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the overview counts.

    Attributes:
        received: Answers that stand, by kind of sender.
        answered: Internal ids of the bodies that have answered.
        unfinished: What still stands in the way of announcing; 0 afterwards.
        unchecked: Numbers of answers whose new version nobody has looked at yet.
        erasures: Requests for deletion that wait for a decision.
        answer_tasks: Transcripts to write and senders to check.
        to_check: Mails and answers that somebody must look at before they count.
        unreviewed: Answers that nobody has looked through.
        set_aside: Answers that stand aside as a possible flood.
        endorsements: Answers that rest on another that has come or changed.
        alike: Groups of answers that say nearly the same and that nobody has decided about.
        unhandled: Answers that nobody has said are handled.
    """

    received: Mapping[ActorType, int]
    answered: Collection[int]
    progress: Progress
    unfinished: int
    unchecked: tuple[int, ...] = ()
    erasures: int = 0
    answer_tasks: int = 0
    to_check: int = 0
    unreviewed: int = 0
    set_aside: int = 0
    endorsements: int = 0
    alike: int = 0
    unhandled: int = 0

    @property
    def total(self) -> int:
        """All answers that stand."""
        return sum(self.received.values())

    @property
    def uncoded(self) -> int:
        """Passages that have no theme yet."""
        return self.progress.passages - self.progress.coded


_LIST_ORDER = (
    RoundStatus.OPEN,
    RoundStatus.CLOSED,
    RoundStatus.ANALYSIS,
    RoundStatus.PLANNED,
    RoundStatus.ANNOUNCED,
    RoundStatus.REPORTED,
    RoundStatus.CONCLUDED,
    RoundStatus.ARCHIVED,
    RoundStatus.CANCELLED,
)
"""What needs work first."""


def round_cards(
    rounds: Sequence["Round"],
    *,
    received: Mapping[int, int],
    invited: Mapping[int, int],
    now: datetime,
) -> list[RoundCard]:
    """Rounds as cards, those that need work first."""
    cards = [
        _card(round_, received.get(round_.id, 0), invited.get(round_.id, 0), now=now)
        for round_ in rounds
    ]
    return sorted(cards, key=lambda card: _LIST_ORDER.index(card.standing.status))


def title_of(round_: "Round") -> tuple[str, str | None]:
    """A round's title, and its language where it is not the page's."""
    language = language_of(round_.title)
    return localise(round_.title), None if language == current_locale() else language


def _card(round_: "Round", received: int, invited: int, *, now: datetime) -> RoundCard:
    title, language = title_of(round_)
    standing = standing_of(round_, now=now)
    counts = [ngettext("%(num)d body invited", "%(num)d bodies invited", invited)]
    if not standing.is_planned:
        counts.insert(0, ngettext("%(num)d answer received", "%(num)d answers received", received))
    return RoundCard(
        title=title,
        lang=language,
        href=url_for("desk.overview", round_slug=round_.slug),
        owner=round_.owner.name,
        kind=_(ROUND_RULES[round_.type].label),
        standing=standing,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        counts=tuple(counts),
    )


def tiles(
    round_: "Round", numbers: Numbers, consultees: Sequence[InvitationRow]
) -> list[dict[str, Any]]:
    """The round in figures, each with its unit and denominator."""
    slug = round_.slug
    answered = sum(row.status is InvitationStatus.ANSWERED for row in consultees)
    organisations = sum(number for kind, number in numbers.received.items() if kind.is_organisation)
    shown: list[dict[str, Any]] = [
        {
            "value": numbers.total,
            "unit": ngettext("answer received", "answers received", numbers.total),
            "note": _(
                "%(number)s from organisations, %(people)s from people",
                number=organisations,
                people=numbers.total - organisations,
            ),
            "href": url_for("desk.answers", round_slug=slug),
        }
    ]
    if consultees:
        shown.append(
            {
                "value": answered,
                "of": len(consultees),
                "unit": ngettext(
                    "invited body has answered", "invited bodies have answered", len(consultees)
                ),
            }
        )
    if numbers.progress.passages:
        shown.append(
            {
                "value": numbers.progress.coded,
                "of": numbers.progress.passages,
                "unit": ngettext(
                    "passage has a theme", "passages have a theme", numbers.progress.passages
                ),
                "href": url_for("desk.coding", round_slug=slug),
            }
        )
    return shown


def kind_rows(numbers: Numbers, consultees: Sequence[InvitationRow]) -> list[KindRow]:
    """Answers by kind of sender, beside how many of that kind were invited."""
    invited: dict[ActorType, list[InvitationRow]] = {}
    for row in consultees:
        invited.setdefault(row.actor_type, []).append(row)
    return [
        KindRow(
            kind=_(ACTOR_TYPE_LABELS[kind]),
            received=numbers.received.get(kind, 0),
            invited=len(invited.get(kind, [])),
            answered=sum(row.status is InvitationStatus.ANSWERED for row in invited.get(kind, [])),
        )
        for kind in ActorType
        if kind in invited or kind in numbers.received
    ]


def waiting(
    round_: "Round",
    numbers: Numbers,
    consultees: Sequence[InvitationRow],
    *,
    standing: Standing,
) -> list[Step]:
    """What waits for somebody, the most urgent first."""
    uncoded, unchecked = numbers.uncoded, numbers.to_check
    candidates = [
        (
            unchecked,
            ngettext("%(num)d thing to be checked", "%(num)d things to be checked", unchecked),
            url_for("desk.to_check", round_slug=round_.slug),
            "register_answer",
        ),
        (
            numbers.unhandled,
            ngettext(
                "%(num)d answer is not handled yet",
                "%(num)d answers are not handled yet",
                numbers.unhandled,
            ),
            url_for("desk.queue", round_slug=round_.slug),
            "view_desk",
        ),
        *_to_tell(round_, consultees, standing),
        *_to_review(round_, numbers),
        *_about_answers(round_, numbers),
        (
            uncoded,
            ngettext("%(num)d passage has no theme", "%(num)d passages have no theme", uncoded),
            url_for("desk.coding", round_slug=round_.slug),
            "code_answers",
        ),
    ]
    return [Step(text, href, who) for number, text, href, who in candidates if number]


def _to_tell(
    round_: "Round", consultees: Sequence[InvitationRow], standing: Standing
) -> list[tuple[int, str, str, str]]:
    """Bodies that have not heard of the round, or have not been heard."""
    count = Counter(row.status for row in consultees)
    failed = count[InvitationStatus.FAILED]
    unsent = count[InvitationStatus.NOT_SENT] if standing.can_invite else 0
    silent = count[InvitationStatus.SENT] if standing.is_open else 0
    return [
        (
            failed,
            ngettext("%(num)d mail was not delivered", "%(num)d mails were not delivered", failed),
            _list_href(round_, InvitationStatus.FAILED),
            "manage_round",
        ),
        (
            unsent,
            ngettext("%(num)d invitation is not sent", "%(num)d invitations are not sent", unsent),
            _list_href(round_, InvitationStatus.NOT_SENT),
            "manage_round",
        ),
        (
            silent,
            ngettext(
                "%(num)d invited body has not answered",
                "%(num)d invited bodies have not answered",
                silent,
            ),
            _list_href(round_, InvitationStatus.SENT),
            "manage_round",
        ),
    ]


def _to_review(round_: "Round", numbers: Numbers) -> list[tuple[int, str, str, str]]:
    """What waits for somebody to look at it before others may."""
    aside, unread = numbers.set_aside, numbers.unreviewed
    return [
        (
            aside,
            ngettext(
                "%(num)d answer stands aside as a possible flood",
                "%(num)d answers stand aside as a possible flood",
                aside,
            ),
            url_for("desk.review_bursts", round_slug=round_.slug),
            "review_answers",
        ),
        (
            unread,
            ngettext(
                "%(num)d answer is not looked through",
                "%(num)d answers are not looked through",
                unread,
            ),
            url_for("desk.review", round_slug=round_.slug),
            "review_answers",
        ),
    ]


def _about_answers(round_: "Round", numbers: Numbers) -> list[tuple[int, str, str, str]]:
    """What waits with single answers: new versions, requests for deletion, transcripts, senders."""
    slug, unchecked = round_.slug, numbers.unchecked
    first = unchecked[0] if unchecked else 1
    return [
        (
            len(unchecked),
            ngettext(
                "%(num)d answer has a new version to check",
                "%(num)d answers have a new version to check",
                len(unchecked),
            ),
            url_for("desk.answer_versions", round_slug=slug, number=first),
            "code_answers",
        ),
        (
            numbers.endorsements,
            ngettext(
                "%(num)d endorsement rests on a text that has come or changed",
                "%(num)d endorsements rest on a text that has come or changed",
                numbers.endorsements,
            ),
            url_for("desk.endorsements", round_slug=slug),
            "code_answers",
        ),
        (
            numbers.alike,
            ngettext(
                "%(num)d group of answers says nearly the same",
                "%(num)d groups of answers say nearly the same",
                numbers.alike,
            ),
            url_for("desk.copies", round_slug=slug),
            "code_answers",
        ),
        (
            numbers.erasures,
            ngettext(
                "%(num)d sender asks for deletion",
                "%(num)d senders ask for deletion",
                numbers.erasures,
            ),
            url_for("desk.erasures", round_slug=slug),
            "manage_round",
        ),
        (
            numbers.answer_tasks,
            ngettext(
                "%(num)d transcript, sender or file to look at",
                "%(num)d transcripts, senders and files to look at",
                numbers.answer_tasks,
            ),
            url_for("desk.answer_tasks", round_slug=slug),
            "register_answer",
        ),
    ]


def _list_href(round_: "Round", status: InvitationStatus) -> str:
    return url_for("desk.invitations", round_slug=round_.slug, status=status.value)


def next_step(round_: "Round", numbers: Numbers, *, standing: Standing) -> Step | None:
    """The one thing to do next, if the round's state points at one."""
    slug = round_.slug
    match standing.status:
        case RoundStatus.PLANNED if numbers.unfinished:
            href = url_for("desk.setup", round_slug=slug)
            return Step(_("Finish the set-up"), href, "manage_round")
        case RoundStatus.PLANNED:
            href = url_for("desk.announce_round", round_slug=slug)
            return Step(_("Check and announce"), href, "manage_round")
        case RoundStatus.ANNOUNCED:
            href = url_for("desk.invitations", round_slug=slug)
            return Step(_("Send the invitations"), href, "manage_round")
        case RoundStatus.OPEN:
            href = url_for("desk.intake", round_slug=slug)
            return Step(_("Register an answer"), href, "register_answer")
        case RoundStatus.CLOSED | RoundStatus.ANALYSIS if numbers.uncoded:
            href = url_for("desk.coding", round_slug=slug)
            return Step(_("Code the answers"), href, "code_answers")
        case RoundStatus.CLOSED | RoundStatus.ANALYSIS:
            href = url_for("desk.documents", round_slug=slug)
            return Step(_("Make the summary"), href, "build_document")
        case _other:
            return None


def free_steps(standing: Standing) -> list[tuple[str, str]]:
    """States that the round can be moved to with one press, as (value, words on the button)."""
    words = {
        (RoundStatus.ANNOUNCED, RoundStatus.PLANNED): _("Take the announcement back"),
        (RoundStatus.CLOSED, RoundStatus.ANALYSIS): _("Start the analysis"),
        (RoundStatus.ANALYSIS, RoundStatus.REPORTED): _("The report is handed over"),
        (RoundStatus.ANALYSIS, RoundStatus.CLOSED): _("Stop the analysis"),
        (RoundStatus.REPORTED, RoundStatus.CONCLUDED): _("Conclude the round"),
        (RoundStatus.REPORTED, RoundStatus.ANALYSIS): _("Go back to the analysis"),
        (RoundStatus.CONCLUDED, RoundStatus.ARCHIVED): _("Archive the round"),
    }
    return [
        (target.value, words[standing.status, target])
        for target in FREE_STEPS.get(standing.status, ())
    ]
