"""Makes valid things with as little said as a test needs to say. Real rows, no mocks."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import Actor
from consult.domain.organisations.models import Membership, Organisation
from consult.domain.organisations.queries import grants_of
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import Proposal, Question, Round, Section
from consult.domain.rounds.types import QuestionKind, RoundStatus, RoundType
from consult.kernel.clock import utc_now


def in_languages(text: str) -> dict[str, str]:
    """The same text in all three languages, told apart by their codes."""
    return {"nb": text, "nn": f"{text} (nn)", "en": f"{text} (en)"}


class Factory:
    """One counter for names; every method flushes what it makes."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def _next(self) -> int:
        return next(self._numbers)

    def _add(self, thing):
        session().add(thing)
        session().flush()
        return thing

    def person(self, **values) -> Person:
        number = self._next()
        defaults = {
            "email": f"person{number}@consult.example",
            "name": f"Person {number}",
            "created_at": utc_now(),
        }
        return self._add(Person(**defaults | values))

    def organisation(self, **values) -> Organisation:
        number = self._next()
        defaults = {
            "slug": f"organisation-{number}",
            "name": f"Organisation {number}",
            "actor_type": ActorType.MUNICIPALITY,
            "created_at": utc_now(),
        }
        return self._add(Organisation(**defaults | values))

    def member(self, organisation: Organisation, role: Role, **values) -> Person:
        """A person with a role in the organisation since yesterday."""
        person = self.person(**values)
        self._add(
            Membership(
                person_id=person.id,
                organisation_id=organisation.id,
                role=role,
                starts_at=utc_now() - timedelta(days=1),
            )
        )
        return person

    def end_roles(self, person: Person, *, after: timedelta) -> None:
        """End every role of a person, some time from now."""
        session().execute(
            update(Membership)
            .where(Membership.person_id == person.id)
            .values(ends_at=utc_now() + after)
        )

    def actor(self, person: Person, **values) -> Actor:
        """The actor a person is at this moment."""
        actor = Actor(
            reference=person.reference,
            person_id=person.id,
            name=person.name,
            email=person.email,
            is_admin=person.is_admin,
            grants=grants_of(person.id, now=utc_now()),
        )
        return replace(actor, **values)

    def round(self, *, questions: int = 2, **values) -> Round:
        """An open call for input that closes in ten days, with open questions."""
        number = self._next()
        now = utc_now()
        defaults = {
            "slug": f"round-{number}",
            "type": RoundType.INPUT_ROUND,
            "status": RoundStatus.OPEN,
            "languages": ["nb", "nn", "en"],
            "title": in_languages(f"Round {number}"),
            "introduction": in_languages("Why we ask."),
            "influence": {},
            "settled": {},
            "contact": {"name": "Sekretariatet", "email": "post@consult.example"},
            "opens_at": now - timedelta(days=10),
            "closes_at": now + timedelta(days=10),
            "created_at": now - timedelta(days=20),
        }
        if "owner" not in values and "owner_id" not in values:
            values["owner"] = self.organisation()
        round_ = self._add(Round(**defaults | values))
        for index in range(questions):
            self.question(round_, text=in_languages(f"Question {index + 1}?"))
        return round_

    def section(self, round_: Round, **values) -> Section:
        position = len(round_.sections) + 1
        defaults = {
            "round": round_,
            "key": str(position),
            "position": position,
            "title": in_languages(f"Section {position}"),
            "body": in_languages("What it is about."),
        }
        return self._add(Section(**defaults | values))

    def proposal(self, round_: Round, **values) -> Proposal:
        position = len(round_.proposals) + 1
        defaults = {
            "round": round_,
            "key": f"4.{position}",
            "position": position,
            "title": in_languages(f"Proposal {position}"),
            "text": in_languages("What is proposed."),
        }
        return self._add(Proposal(**defaults | values))

    def question(self, round_: Round, **values) -> Question:
        position = len(round_.questions) + 1
        defaults = {
            "round": round_,
            "key": f"q{position}",
            "position": position,
            "kind": QuestionKind.OPEN,
            "text": in_languages(f"Question {position}?"),
            "help": {},
            "option_data": [],
        }
        return self._add(Question(**defaults | values))


def days(moment: datetime, number: float) -> datetime:
    """A moment some days later (or earlier)."""
    return moment + timedelta(days=number)
