"""Sign-offs half-way, as tests of signing and sending need them."""

from dataclasses import dataclass, field

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import Actor
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.models import Composition
from consult.domain.composing.sealing import current_sign_off, standing_of
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.standing import Standing
from consult.domain.composing.types import PlannedStep
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import Role
from tests.support.letters import letter_of

BASE_URL = "http://x"


@dataclass
class Chain:
    """A union whose letter is signed by its section leader, its leader and its board."""

    make: object
    body: Organisation = field(init=False)
    letter: Composition = field(init=False)

    def __post_init__(self) -> None:
        make = self.make
        self.body = make.organisation(slug="forbundet", name="Forbundet", language="en")
        self.kari = make.member(self.body, Role.SIGNATORY, name="Kari Nes")
        self.ola = make.member(self.body, Role.SIGNATORY, name="Ola Vik")
        self.hege = make.member(self.body, Role.COORDINATOR, name="Hege Dal")
        self.letter = letter_of(make, self.body)

    def plan(self) -> list[PlannedStep]:
        return [
            PlannedStep("Seksjonen", self.kari.id, "seksjonsleder"),
            PlannedStep("Forbundsleder", self.ola.id, "forbundsleder"),
            PlannedStep("Forbundsstyret", self.ola.id, "forbundsleder", is_body=True),
        ]

    def actor(self, person: Person) -> Actor:
        return self.make.actor(person)

    def start(self, steps: list[PlannedStep] | None = None) -> "Chain":
        by = self.actor(self.hege)
        start_sign_off(self.letter, steps or self.plan(), name="Styret", base_url=BASE_URL, by=by)
        return self

    def sign(self, person: Person, **values) -> Standing:
        by = self.actor(person)
        values.setdefault("digest", current_digest(self.letter))
        return sign(self.letter, base_url=BASE_URL, by=by, **values)

    @property
    def standing(self) -> Standing:
        """As it stands now, whatever a page has done since the test last looked."""
        session().flush()
        session().expire_all()
        return standing_of(self.letter)

    @property
    def sign_off(self):
        return current_sign_off(self.letter.id, is_anew=True)
