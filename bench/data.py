"""Data to measure with: a round that says the same every time, made with the tests' factory."""

from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.coding.models import CodedStance, Coding, CodingStep, Passage, Theme
from consult.domain.coding.types import CodingMethod
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import Round
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.types import Stance
from consult.kernel.clock import utc_now
from tests.support.coded import receive, theme
from tests.support.factories import Factory

_QUESTIONS, _PROPOSALS, _STANCES_EACH = 4, 12, 3
_THEMES_EACH = (0, 1, 1, 1, 2, 3)
_SENDERS = tuple(kind for kind in ActorType if kind.is_organisation)
_WORDS = (
    "kontoret brukerne veilederne kommunen samtalen tiden tilliten ansvaret fagfolkene utvalget "
    "møtet skjemaet reisen barnet arbeidsgiveren opplæringen målene rapporten ledelsen åpningstiden"
).split()


@dataclass(frozen=True)
class Size:
    """How large a round is; the passages are spread evenly over the answers and the questions."""

    submissions: int
    passages: int
    themes: int


LARGE = Size(submissions=1_000, passages=10_000, themes=40)
SMALL = Size(submissions=5, passages=10, themes=4)


def make_coordinator(make: Factory) -> tuple[Person, Organisation]:
    """Somebody who may do everything in the rounds of an organisation."""
    owner = make.organisation(name="Sekretariatet", actor_type=ActorType.DIRECTORATE)
    return make.member(owner, Role.COORDINATOR), owner


def make_round(make: Factory, slug: str, size: Size, *, owner: Organisation, coder: Person) -> None:
    """A round under analysis whose every answer has been received and then coded by one person."""
    source = Random(20261122)
    round_ = make.round(slug=slug, owner=owner, questions=_QUESTIONS, status=RoundStatus.ANALYSIS)
    for _ in range(_PROPOSALS):
        make.proposal(round_)
    for number in range(size.submissions):
        _receive(make, round_, number, size.passages // size.submissions, source)
    _code(round_, _themes(round_, size.themes), source, by=coder.reference)
    session().flush()


def _receive(make: Factory, round_: Round, number: int, passages: int, source: Random) -> None:
    """An answer of so many paragraphs, and where a reader says that it stands."""
    kind = _SENDERS[number % len(_SENDERS)]
    sender = make.organisation(name=f"{round_.slug} {number:04}", actor_type=kind)
    paragraphs = [paragraph(source) for _ in range(passages)]
    texts = ["\n\n".join(paragraphs[first::_QUESTIONS]) for first in range(_QUESTIONS)]
    submission = receive(
        round_, *texts, name=sender.name, actor_type=kind, organisation_id=sender.id
    )
    session().add_all(
        CodedStance(
            submission_id=submission.id,
            proposal_id=proposal.id,
            value=source.choice(list(Stance)),
            coded_by="system",
            coded_at=utc_now(),
        )
        for proposal in source.sample(round_.proposals, k=_STANCES_EACH)
    )


def paragraph(source: Random) -> str:
    """One to four sentences that mean nothing."""
    return " ".join(_sentence(source) for _ in range(source.randint(1, 4)))


def _sentence(source: Random) -> str:
    return " ".join(source.choices(_WORDS, k=source.randint(8, 20))).capitalize() + "."


def _themes(round_: Round, number: int) -> list[Theme]:
    """A quarter of the themes, with three under each."""
    top = [theme(round_, f"Tema {index}") for index in range(1, number // 4 + 1)]
    below = [
        theme(round_, f"{over.name}.{index}", parent=over) for over in top for index in (1, 2, 3)
    ]
    return top + below


def _code(round_: Round, themes: list[Theme], source: Random, *, by: str) -> None:
    """None to three themes on every passage, with the steps that putting them there leaves."""
    passages = session().scalars(
        select(Passage.id).where(Passage.round_id == round_.id).order_by(Passage.id)
    )
    when, how = utc_now(), CodingMethod.MANUAL
    for passage_id in passages.all():
        for chosen in source.sample(themes, k=source.choice(_THEMES_EACH)):
            known = {"passage_id": passage_id, "theme_id": chosen.id, "method": how}
            known |= {"coded_by": by, "coded_at": when}
            step = CodingStep(round_id=round_.id, applied=True, done_by=by, done_at=when, **known)
            session().add_all([Coding(**known), step])
