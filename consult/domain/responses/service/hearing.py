"""Hearing the branches: an internal round made out of the round above."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.organisations.queries import descendants_of
from consult.domain.responses.errors import HearingExists, LaterThanAbove, NotBelow
from consult.domain.responses.rules import is_later_than_above
from consult.domain.responses.service.deciding import take_round
from consult.domain.responses.types import AskedBelow, HearingPlan
from consult.domain.rounds.queries import (
    list_proposals,
    list_questions,
    question_spec,
)
from consult.domain.rounds.rules import next_key
from consult.domain.rounds.service import create_round
from consult.domain.rounds.types import (
    InvitationReason,
    InvitationSpec,
    ProposalSpec,
    QuestionKind,
    QuestionSpec,
    RoundSpec,
    RoundType,
)
from consult.kernel.clock import to_oslo
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Proposal, Question, Round


def plan_hearing(
    above: "Round",
    organisation: "Organisation",
    plan: HearingPlan,
    *,
    by: Actor,
    at: datetime,
    may_outlast_parent: bool = False,
) -> "Round":
    """Make the internal hearing, being prepared: nobody below sees it before it is opened.

    The organisation takes the round above by this. Questions and proposals keep pointing at those
    above, however they are reworded.

    Raises:
        InvalidInput: No question is chosen, a text is missing, or the deadline has passed.
        HearingExists: There is one already.
        LaterThanAbove: Its deadline lies behind the one above, and nobody has confirmed that.
        NotBelow: A body does not stand under the organisation.
    """
    case = take_round(above, organisation, by=by, at=at)
    if case.hearing is not None:
        raise HearingExists(case.hearing.slug)
    if plan.closes_at <= at:
        raise InvalidInput("closes_at", "past")
    if is_later_than_above(plan.closes_at, above.closes_at) and not may_outlast_parent:
        raise LaterThanAbove
    spec = _spec(above, organisation, plan, by=by, at=at)
    hearing = create_round(spec, owner=organisation, parent=above, by=by)
    _point_upwards(hearing, above)
    case.hearing = hearing
    session().flush()
    return hearing


def _spec(
    above: "Round", organisation: "Organisation", plan: HearingPlan, *, by: Actor, at: datetime
) -> RoundSpec:
    questions = {one.key: one for one in list_questions(above.id)}
    proposals = {one.key: one for one in list_proposals(above.id)}
    asked = list(_asked(questions, plan))
    own = list(_own(plan, taken=list(questions)))
    if not asked and not own:
        raise InvalidInput("questions", "required")
    languages = tuple(dict.fromkeys((plan.language, *above.languages)))
    return RoundSpec(
        type=RoundType.INTERNAL_HEARING,
        languages=languages,
        title={plan.language: plan.title},
        introduction={plan.language: plan.introduction},
        contact={"name": by.name, "email": by.email or organisation.email or ""},
        opens_at=at,
        closes_at=plan.closes_at,
        proposals=tuple(_put_before(proposals, asked, plan)),
        questions=(*asked, *own),
        invitations=tuple(_invited(organisation, plan.bodies, at=at)),
    )


def _asked(questions: "Mapping[str, Question]", plan: HearingPlan) -> Iterator[QuestionSpec]:
    """The chosen questions in the order above, in our words where we wrote some."""
    chosen = _wordings(plan.questions)
    for key, question in questions.items():
        if key not in chosen:
            continue
        spec = replace(question_spec(question), section=None, audience=())
        if spec.shown_if is not None and spec.shown_if.question not in chosen:
            spec = replace(spec, shown_if=None)
        yield replace(spec, text=_reworded(spec.text, chosen[key], plan.language))


def _own(plan: HearingPlan, *, taken: list[str]) -> Iterator[QuestionSpec]:
    """Questions of our own, under keys that no question above has."""
    for text in plan.own_questions:
        if text.strip():
            taken.append(next_key("own", [key for key in taken if key.startswith("own")]))
            yield QuestionSpec(
                kind=QuestionKind.OPEN, text={plan.language: text.strip()}, key=taken[-1]
            )


def _put_before(
    proposals: "Mapping[str, Proposal]", asked: Iterable[QuestionSpec], plan: HearingPlan
) -> Iterator[ProposalSpec]:
    """The chosen proposals, and those that a chosen question is about."""
    chosen = _wordings(plan.proposals)
    needed = {spec.proposal for spec in asked} | chosen.keys()
    for key, proposal in proposals.items():
        if key in needed:
            text = _reworded(proposal.text, chosen.get(key, ""), plan.language)
            yield ProposalSpec(title=dict(proposal.title), text=text, key=key)


def _wordings(chosen: Iterable[AskedBelow]) -> dict[str, str]:
    return {one.key: one.text.strip() for one in chosen}


def _reworded(texts: dict[str, str], ours: str, language: str) -> dict[str, str]:
    """Our words alone where they are other words; otherwise theirs in every language."""
    if not ours or " ".join(ours.split()) == " ".join(texts.get(language, "").split()):
        return dict(texts)
    return {language: ours}


def _invited(
    organisation: "Organisation", bodies: frozenset[int], *, at: datetime
) -> Iterator[InvitationSpec]:
    below = {
        node.organisation.id: node.organisation
        for node in descendants_of(organisation.id, on=to_oslo(at).date())
    }
    for body_id in sorted(bodies):
        if body_id not in below:
            raise NotBelow(str(body_id))
        yield InvitationSpec(below[body_id].slug, InvitationReason.AFFECTED)


def _point_upwards(hearing: "Round", above: "Round") -> None:
    """Let each question and proposal name the one above that it passes on."""
    questions = {one.key: one.id for one in list_questions(above.id)}
    proposals = {one.key: one.id for one in list_proposals(above.id)}
    for question in hearing.questions:
        question.parent_id = questions.get(question.key)
    for proposal in hearing.proposals:
        proposal.parent_id = proposals.get(proposal.key)
    session().flush()
