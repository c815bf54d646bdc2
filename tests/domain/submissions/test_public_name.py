"""What a sender is called in public."""

import pytest

from consult.domain.organisations.types import ActorType
from consult.domain.submissions.rules import public_name
from consult.domain.submissions.types import Publication

PERSON, COUNCIL = ActorType.PRIVATE_PERSON, ActorType.USER_COUNCIL_LOCAL


@pytest.mark.scenario(20)
@pytest.mark.parametrize(
    ("actor_type", "publication", "name", "called"),
    [
        (PERSON, Publication.WITH_NAME, "Kari Nes", "Kari Nes"),
        (PERSON, Publication.WITH_NAME, "", "Private person"),
        (PERSON, Publication.WITHOUT_NAME, "Kari Nes", "Private person"),
        (PERSON, Publication.NOT_ON_WEB, "Kari Nes", "Private person"),
        (ActorType.ANONYMOUS_PARTICIPANT, Publication.WITHOUT_NAME, "Ola", "Private person"),
        (COUNCIL, Publication.WITH_NAME, "Rådet", "Rådet"),
        (COUNCIL, Publication.WITHOUT_NAME, "Rådet", "Organisation without name"),
        (COUNCIL, Publication.NOT_ON_WEB, "Rådet", "Organisation without name"),
    ],
)
def test_the_name_is_public_only_if_the_sender_said_so(actor_type, publication, name, called):
    shown = public_name(name, actor_type=actor_type, publication=publication, locale="en")
    assert shown == called


@pytest.mark.scenario(20)
def test_without_name_is_called_privatperson_in_norwegian():
    called = {
        public_name(
            "Kari Nes", actor_type=PERSON, publication=Publication.WITHOUT_NAME, locale=locale
        )
        for locale in ("nb", "nn")
    }
    assert called == {"Privatperson"}
