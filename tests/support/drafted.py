"""A union that hears its branches about somebody else's round, and writes its response."""

from dataclasses import dataclass

from consult.domain.accounts.models import Person
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.composing.models import Composition, Part
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_response
from consult.domain.composing.types import PartContent
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorType, Role
from consult.domain.responses.service.deciding import take_round
from consult.domain.rounds.models import Round
from consult.domain.rounds.types import RoundType
from consult.domain.submissions.models import Submission
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import AnswerContent, Respondent, SubmissionContent
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import receive
from tests.support.factories import Factory


@dataclass(frozen=True)
class Drafted:
    """What there is to write with."""

    union: Organisation
    round: Round
    hearing: Round
    composition: Composition
    drafter: Person
    by: Actor

    @property
    def parts(self) -> dict[str, Part]:
        """The parts by key."""
        return {part.key: part for part in list_parts(self.composition.id)}

    @property
    def path(self) -> str:
        """The address of the drafting table."""
        return f"/workspace/{self.union.slug}/cases/{self.round.slug}/draft"


def start_drafting(make: Factory, **values) -> Drafted:
    """A round with two questions and a proposal, the union's hearing about it, and its draft."""
    round_ = make.round(**{"slug": "rom", **values})
    proposal = make.proposal(round_)
    union = make.organisation(slug="forbundet", name="Forbundet", actor_type=ActorType.UNION)
    drafter = make.member(union, Role.DRAFTER, email="hege@consult.example", name="Hege Nes")
    hearing = make.round(
        slug="internt", type=RoundType.INTERNAL_HEARING, owner=union, parent=round_, questions=0
    )
    for question in round_.questions:
        make.question(hearing, parent=question, text=question.text)
    make.proposal(hearing, parent=proposal)
    take_round(round_, union, by=SYSTEM, at=utc_now())
    composition = begin_response(round_, union, by=SYSTEM)
    return Drafted(union, round_, hearing, composition, drafter, make.actor(drafter))


def hear(made: Drafted, *texts: str, name: str = "Lag Havnes", on_proposal: str = "") -> Submission:
    """A branch's answer: a text to each question in order, and one to the proposal."""
    proposal = made.hearing.proposals[0]
    answers = (AnswerContent(proposal_id=proposal.id, text=on_proposal),) if on_proposal else ()
    return receive(
        made.hearing, *texts, name=name, actor_type=ActorType.UNION_BRANCH, answers=answers
    )


def hear_again(submission: Submission, *texts: str) -> None:
    """A new version of a branch's answer."""
    questions = submission.round.questions
    content = SubmissionContent(
        respondent=Respondent(name=submission.name, actor_type=submission.actor_type),
        channel=submission.channel,
        language=submission.language,
        publication=submission.publication,
        answers=tuple(
            AnswerContent(question_id=question.id, text=text)
            for question, text in zip(questions, texts, strict=False)
        ),
    )
    receive_version(submission, content, by=SYSTEM, received_at=utc_now())


def written(text: str, **values) -> PartContent:
    """What a part says, from Markdown."""
    return PartContent(body=from_markdown(text), **values)
