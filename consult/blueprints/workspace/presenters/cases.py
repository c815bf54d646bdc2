"""Shaping what concerns an organisation: cards of its home, and the page of one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale, localise
from consult.domain.responses.queries import has_told_branches
from consult.domain.responses.types import CASE_STEP_LABELS, CaseStatus, CaseStep, Move
from consult.domain.rounds.rules import days_left, is_past
from consult.domain.rounds.types import ROUND_RULES, RoundType
from consult.kernel.i18n import localised_language

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern

_STEPS = tuple(step for step in CaseStep if step is not CaseStep.NEW)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A round on the home page.

    Attributes:
        step: How far we are, in words.
        move: Whose move it is, in words; empty where nobody's.
        days_left: Whole days until our deadline; ``None`` when it is over.
    """

    title: str
    lang: str
    href: str
    owner: str
    kind: str
    is_internal: bool
    closes_at: datetime
    days_left: int | None
    is_extended: bool
    step: str
    tone: str
    move: str
    handed_from: str


@dataclass(frozen=True, slots=True)
class HomeLists:
    """The home page's cards: what is to be decided, what is worked on, what is done."""

    undecided: tuple[CaseCard, ...]
    working: tuple[CaseCard, ...]
    done: tuple[CaseCard, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing concerns the organisation."""
        return not (self.undecided or self.working or self.done)


def home_lists(concerns: Sequence["Concern"], *, now: datetime) -> HomeLists:
    """What concerns an organisation, by what is to be done, each list by deadline."""
    undecided, working, done = [], [], []
    for concern in concerns:
        card = card_of(concern, now=now)
        if concern.move in {Move.OWNER, Move.NOBODY, Move.BELOW}:
            done.append(card)
        elif concern.progress.status is None:
            undecided.append(card)
        else:
            working.append(card)
    return HomeLists(tuple(undecided), tuple(working), tuple(reversed(done)))


def card_of(concern: "Concern", *, now: datetime) -> CaseCard:
    """One round as a card."""
    round_ = concern.round
    over = is_past(concern.closes_at, now=now)
    label, tone = step_text(concern)
    return CaseCard(
        title=localise(round_.title),
        lang=localised_language(round_.title, current_locale()),
        href=url_for(
            "workspace.case", organisation=concern.organisation.slug, round_slug=round_.slug
        ),
        owner=round_.owner.name_in(current_locale()),
        kind=_(ROUND_RULES[round_.type].label),
        is_internal=round_.type is RoundType.INTERNAL_HEARING,
        closes_at=concern.closes_at,
        days_left=None if over else days_left(concern.closes_at, now=now),
        is_extended=concern.invitation is not None and concern.invitation.deadline_at is not None,
        step=label,
        tone=tone,
        move=move_text(concern),
        handed_from=", ".join(
            one.organisation.name_in(current_locale()) for one in concern.handed_from
        ),
    )


def step_text(concern: "Concern") -> tuple[str, str]:
    """How far we are, in words, with the tone of its tag."""
    status = concern.progress.status
    if concern.progress.is_sent:
        return _(CASE_STEP_LABELS[CaseStep.SENT]), "success"
    if status is CaseStatus.DECLINED:
        return _("We do not answer"), "neutral"
    if status is CaseStatus.HANDED_ON:
        return _("Handed on"), "neutral"
    tone = "warning" if concern.step is CaseStep.NEW else "info"
    return _(CASE_STEP_LABELS[concern.step]), tone


def move_text(concern: "Concern") -> str:
    """Whose move it is, in words."""
    case, text = concern.case, ""
    match concern.move:
        case Move.COORDINATOR:
            text = _("A coordinator decides what we do")
        case Move.PERSON if case is not None and case.responsible is not None:
            text = _("%(name)s has the ball", name=case.responsible.name)
        case Move.BRANCHES:
            text = _("The branches are answering")
        case Move.SIGNERS:
            text = _("Those who sign")
        case Move.SENDER:
            text = _("A coordinator sends the answer")
        case Move.BELOW if case is not None and case.handed_to is not None:
            text = _("%(name)s answers", name=case.handed_to.name_in(current_locale()))
        case _:
            pass
    return text


def step_items(concern: "Concern") -> dict[str, Any]:
    """The way of a case through its steps, for the component: texts and the present one."""
    reached = 0 if concern.step is CaseStep.NEW else _STEPS.index(concern.step) + 1
    return {"items": [_(CASE_STEP_LABELS[step]) for step in _STEPS], "current": reached}


def next_steps(concern: "Concern", *, has_branches: bool) -> list[tuple[str, str]]:
    """What to do next about a round that we answer, as texts and addresses; the likeliest first."""
    progress, hearing = concern.progress, concern.hearing
    found: list[tuple[str, str]] = []
    if concern.round.type is RoundType.PROGRAMME:
        if hearing is not None or has_branches:
            found.append((_("Hear our part of the organisation"), "hearing"))
        found.append((_("Write and send the sub-report"), "sub_report"))
    elif progress.is_sent:
        if hearing is not None and concern.case and not has_told_branches(concern.case.id):
            found.append((_("Tell the branches where their points went"), "feedback"))
    elif progress.is_signed:
        found.append((_("Check the letter and send it"), "send"))
    elif progress.is_signing:
        found.append((_("See who has signed"), "sign_off"))
    elif progress.is_written:
        found += [(_("Go on with the draft"), "draft"), (_("Ask for signatures"), "sign_off")]
    else:
        if hearing is not None:
            found.append((_("See which branches have answered"), "hearing"))
        elif has_branches:
            found.append((_("Ask the branches first"), "hearing"))
        found.append((_("Begin to write"), "draft"))
    organisation, round_slug = concern.organisation.slug, concern.round.slug
    return [
        (text, url_for(f"workspace.{name}", organisation=organisation, round_slug=round_slug))
        for text, name in found
    ]


def case_facts(concern: "Concern") -> list[tuple[str, str]]:
    """Who asks, how, until when, and who has the ball."""
    from_above = ", ".join(
        one.organisation.name_in(current_locale()) for one in concern.handed_from
    )
    facts = [
        (_("Who asks"), concern.round.owner.name_in(current_locale())),
        (_("Kind"), _(ROUND_RULES[concern.round.type].label)),
        (_("Whose move it is"), move_text(concern) or _("Nobody's")),
    ]
    if from_above:
        facts.append((_("Handed to us by"), from_above))
        facts.append((_("Why we got it"), " ".join(one.reason for one in concern.handed_from)))
    if concern.case is not None and concern.case.reason:
        facts.append((_("Reason"), concern.case.reason))
    return facts
