"""A report that is signed and published, and its proposals as measures."""

from dataclasses import dataclass

from consult.domain.accounts.models import Person
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.models import Composition
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.types import (
    CompositionKind,
    PlannedStep,
    RecommendationContent,
    Side,
)
from consult.domain.followup.models import Measure
from consult.domain.followup.service.measures import take_up_report
from consult.domain.organisations.types import Role
from consult.domain.rounds.models import Round
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.factories import Factory
from tests.support.published import as_published

BASE_URL = "http://x"


@dataclass(frozen=True)
class Signed:
    """A round with a report that is approved by its one signatory."""

    round: Round
    report: Composition
    leader: Person


def sign_report(
    make: Factory,
    round_: Round,
    *texts: str,
    rests_on: tuple[Passage, ...] = (),
    against: tuple[Passage, ...] = (),
    kind: CompositionKind = CompositionKind.REPORT,
) -> Signed:
    """An approved report with a proposal of each text; the first rests on the passages."""
    report = begin_report(round_, kind, snapshot=None, by=SYSTEM)
    part = list_parts(report.id)[3]
    part.body = to_tree(from_markdown("What we found."))
    made = [
        propose(part, RecommendationContent(text, addressee="The director"), by=SYSTEM)
        for text in texts
    ]
    refused = RecommendationContent("Close it.", is_proposed=False, reason="Nobody asked for it.")
    propose(part, refused, by=SYSTEM)
    for passages, side in ((rests_on, Side.FOR), (against, Side.AGAINST)):
        for passage in passages:
            ground(made[0], passage, side, reason="It says why.", by=SYSTEM)
    leader = make.member(round_.owner, Role.SIGNATORY)
    steps = [PlannedStep("Leader", leader.id, "leader")]
    start_sign_off(report, steps, name="Final", base_url=BASE_URL, by=SYSTEM)
    digest = current_digest(report)
    sign(report, digest=digest, base_url=BASE_URL, by=make.actor(leader))
    as_published(report)
    return Signed(round_, report, leader)


def follow(
    make: Factory, round_: Round, *texts: str, **grounds: tuple[Passage, ...]
) -> list[Measure]:
    """The proposals of an approved report as measures."""
    signed = sign_report(make, round_, *texts, **grounds)
    return take_up_report(signed.report, by=SYSTEM, at=utc_now())
