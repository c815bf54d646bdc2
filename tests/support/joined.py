"""A municipality that joins what the association of municipalities says."""

from dataclasses import dataclass

from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import Proposal, Round
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.endorsing import Joining
from consult.domain.submissions.models import Submission
from consult.domain.submissions.service.endorsing import join_answer
from consult.domain.submissions.types import AnswerContent, Publication, Respondent, Stance
from consult.kernel.clock import utc_now
from tests.support.coded import receive


@dataclass(frozen=True)
class Asked:
    """A round with two proposals, and the association's published answer to both."""

    round: Round
    association: Organisation
    proposals: tuple[Proposal, Proposal]
    source: Submission

    def path(self, rest: str) -> str:
        return f"/desk/rounds/{self.round.slug}/{rest}"


def respondent_of(body: Organisation) -> Respondent:
    return Respondent(body.name, body.actor_type, body.id)


def contents(*said: tuple[Proposal, Stance, str]) -> tuple[AnswerContent, ...]:
    return tuple(
        AnswerContent(proposal_id=proposal.id, stance=stance, text=text)
        for proposal, stance, text in said
    )


def ask(make) -> Asked:
    round_ = make.round(
        questions=0, slug="kontor", answer_publishing=AnswerPublishing.WHEN_RELEASED
    )
    first, second = make.proposal(round_), make.proposal(round_)
    association = make.organisation(
        slug="fellesorganet", name="Fellesorganet", actor_type=ActorType.KS
    )
    source = receive(
        round_,
        name=association.name,
        organisation_id=association.id,
        actor_type=association.actor_type,
        answers=contents(
            (first, Stance.SUPPORT, "Kontoret trengs."), (second, Stance.OPPOSE, "For dyrt.")
        ),
    )
    clear_answer(get_review(round_.slug, source.number), by=SYSTEM)
    return Asked(round_, association, (first, second), source)


def municipality(make, name: str, **values) -> Organisation:
    return make.organisation(
        slug=name.lower(), name=name, actor_type=ActorType.MUNICIPALITY, language="en", **values
    )


def join(asked: Asked, body: Organisation, **values) -> Submission:
    """The body has read the association's answer as it is now, and joins it."""
    values.setdefault("submission_id", asked.source.id)
    if values["submission_id"]:
        values.setdefault("version", asked.source.current_version_number)
    joining = Joining(asked.association.name, asked.association.id, **values)
    return join_answer(
        asked.round,
        joining,
        respondent=respondent_of(body),
        language="en",
        publication=Publication.WITH_NAME,
        by=SYSTEM,
        received_at=utc_now(),
    )


__all__ = ["Asked", "Role", "ask", "contents", "join", "municipality", "respondent_of"]
