"""A programme with a working group whose sub-report is signed."""

from dataclasses import dataclass

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.models import Composition
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.types import (
    CompositionKind,
    EvidenceUse,
    PartKind,
    PlannedStep,
    RecommendationContent,
    Side,
)
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import Role
from consult.domain.programmes.models import WorkingGroup
from consult.domain.programmes.queries import find_group
from consult.domain.programmes.service.sending import send_sub_report
from consult.domain.responses.listing import Concern, get_concern
from consult.domain.responses.service.deciding import take_round
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.types import InvitationReason, RoundType
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import passages_of, receive
from tests.support.factories import Factory

BASE_URL = "http://x"
FOUND = "The offices close too early."
PROPOSED = "Keep the offices open until six."
ASKED = "May we change the opening hours ourselves?"
INPUT = "I never get there before four."


@dataclass
class Group:
    """A working group and its work, nothing of it sent yet."""

    make: Factory
    programme: Round
    body: Organisation
    own: Round
    report: Composition
    leader: Person
    inputs: tuple[Submission, ...]

    @property
    def concern(self) -> Concern:
        """The programme as the group sees it."""
        session().flush()
        session().expire_all()
        return get_concern(self.body, self.programme.slug, now=utc_now())

    @property
    def row(self) -> WorkingGroup | None:
        """What the steering group knows of it."""
        return find_group(self.programme.id, self.body.id)

    def write(self, heading: str, text: str, *, rests_on: tuple[Passage, ...] = ()) -> None:
        """Write a part of the sub-report, by its heading, resting on passages."""
        part = next(one for one in list_parts(self.report.id) if one.heading == heading)
        marks = [rest_on_mark(part, one) for one in rests_on]
        tree = to_tree(from_markdown(text))
        if marks:
            for inline in tree["content"][0]["content"]:
                inline["marks"] = [{"type": "evidence", "attrs": {"id": one}} for one in marks]
        part.body = tree
        part.revision += 1
        session().flush()

    def sign(self) -> None:
        """Have the leader sign the text as it stands."""
        steps = [PlannedStep("Leader", self.leader.id, "leader")]
        start_sign_off(self.report, steps, name="Final", base_url=BASE_URL, by=SYSTEM)
        digest = current_digest(self.report)
        sign(self.report, digest=digest, base_url=BASE_URL, by=self.make.actor(self.leader))

    def send(self) -> Submission:
        """Send it up."""
        return send_sub_report(self.concern, base_url=BASE_URL, by=SYSTEM, received_at=utc_now())


def rest_on_mark(part, passage: Passage) -> str:
    """Evidence for a part, and the id that its mark carries."""
    return rest_on(part, passage, EvidenceUse.REFERRED, by=SYSTEM).public_id


def make_programme(make: Factory, **values) -> Round:
    """An open programme of a steering group."""
    return make.round(**{"type": RoundType.PROGRAMME, "questions": 0, **values})


def invite(programme: Round, body: Organisation) -> Invitation:
    """Ask a group to take part."""
    invitation = Invitation(
        round=programme, organisation=body, reason=InvitationReason.AFFECTED, created_at=utc_now()
    )
    session().add(invitation)
    session().flush()
    return invitation


def make_group(make: Factory, programme: Round, *, name: str = "Group A") -> Group:
    """A group that has heard two offices, written its sub-report and signed it."""
    body = make.organisation(name=name, email="group@consult.example", language="en")
    invite(programme, body)
    own = make.round(type=RoundType.INTERNAL_HEARING, owner=body, parent=programme, questions=1)
    case = take_round(programme, body, by=SYSTEM, at=utc_now())
    case.hearing = own
    open_input = receive(own, INPUT, name="Vik office")
    closed_input = receive(
        own, "Nobody may know that I said this.", name="Nes office",
        publication=Publication.NOT_ON_WEB,
    )  # fmt: skip
    snapshot = take_snapshot(own, by=SYSTEM, now=utc_now())
    report = begin_report(own, CompositionKind.REPORT, snapshot=snapshot, by=SYSTEM)
    made = Group(
        make, programme, body, own, report,
        make.member(body, Role.SIGNATORY), (open_input, closed_input),
    )  # fmt: skip
    passages = (passages_of(open_input)[0], passages_of(closed_input)[0])
    made.write("Why: what shall become better", FOUND, rests_on=passages)
    made.write("Questions back", f"- {ASKED}\n- Who pays?")
    part = next(one for one in list_parts(report.id) if one.kind is PartKind.OWN)
    proposal = propose(part, RecommendationContent(PROPOSED), by=SYSTEM)
    ground(proposal, passages[0], Side.FOR, reason="It says when.", by=SYSTEM)
    made.sign()
    return made
