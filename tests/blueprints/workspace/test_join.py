"""Answering by joining another's answer: choosing, sending, standing by it, taking it back."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.responses.service.endorsing import tell_joined_changed
from consult.domain.submissions.endorsements import find_endorsement, ids_to_tell, list_endorsements
from consult.domain.submissions.endorsing import EndorsementState
from consult.domain.submissions.types import Stance, SubmissionStatus
from consult.kernel.clock import utc_now
from tests.domain.analysis.test_positions import correct
from tests.support.coded import receive
from tests.support.joined import ask, contents, join, municipality

PATH = "/workspace/hjelm/cases/kontor/join"


@pytest.fixture
def asked(make):
    return ask(make)


@pytest.fixture
def hjelm(make):
    return municipality(make, "Hjelm")


@pytest.fixture
def coordinator(client, make, hjelm):
    return client.sign_in(make.member(hjelm, Role.COORDINATOR, name="Kari Nes"))


def plan(**values) -> dict[str, str]:
    return {"extent": "all", "publication": "with_name", **values}


@pytest.mark.scenario(38)
def test_a_published_answer_is_joined_on_some_points_with_a_reservation(coordinator, asked):
    page = coordinator.get(PATH)
    assert "Answers that can be read here" in page.words
    here = f"{PATH}/answers/{asked.source.number}"
    assert page.has_link(here)
    page = coordinator.post(here, plan(version="1", points="proposal.4.2"), status=422)
    assert "You have chosen points." in page.words
    page = coordinator.post(here, plan(version="1", extent="some"), status=422)
    assert "Choose at least one point" in page.words
    page = coordinator.post(here, plan(version="3", reservations="Våre ord"), status=422)
    assert "The answer was changed meanwhile" in page.words
    assert "Våre ord" in page.text
    chosen = {"extent": "some", "points": "proposal.4.2", "reservations": "Vi trenger mer tid."}
    coordinator.post(here, plan(version="1", **chosen))
    page = coordinator.get(PATH)
    assert "You have joined another’s answer" in page.words
    assert "4.2 Proposal 2" in page.words
    (made,) = list_endorsements(asked.round.id)
    assert made.state is EndorsementState.STANDS
    assert made.submission.current_version.text == (
        "We join the answer from Fellesorganet on these points:\n\n- 4.2 Proposal 2 (en)"
        "\n\nVi trenger mer tid."
    )
    assert "receipt" in [one.kind for one in list_messages()]
    page = coordinator.get("/workspace/hjelm/cases/kontor")
    assert "Joins Fellesorganet on some points, with a reservation" in page.words
    coordinator.post(here, plan(version="1"))
    assert len(list_endorsements(asked.round.id)) == 1


def test_it_can_be_taken_back(coordinator, asked, hjelm):
    submission = join(asked, hjelm)
    coordinator.post(f"{PATH}/withdraw", {}, status=422)
    coordinator.post(f"{PATH}/withdraw", {"is_sure": "y"})
    session().refresh(submission)
    assert submission.status is SubmissionStatus.WITHDRAWN
    assert "Answers that can be read here" in coordinator.get(PATH).words


def test_a_body_whose_answer_cannot_be_read_here_is_named_and_not_told_of(coordinator, make, asked):
    other = municipality(make, "Skard")
    hidden = receive(
        asked.round,
        organisation_id=other.id,
        answers=contents((asked.proposals[0], Stance.SUPPORT, "Ja.")),
    )
    coordinator.get(f"{PATH}/answers/{hidden.number}", status=404)
    assert coordinator.get(f"{PATH}?q=skard").has_link(f"{PATH}/bodies/skard")
    coordinator.get(f"{PATH}/bodies/hjelm", status=404)
    coordinator.post(f"{PATH}/bodies/skard", plan())
    (made,) = list_endorsements(asked.round.id)
    assert (made.of_id, made.state) == (hidden.id, EndorsementState.TO_CHECK)
    assert "changed" not in coordinator.get(PATH).words
    assert ids_to_tell() == []
    coordinator.post(f"{PATH}/keep", {"version": "1"})
    session().expire_all()
    assert made.state is EndorsementState.TO_CHECK


@pytest.mark.scenario(38)
def test_whoever_joins_is_told_once_that_the_answer_has_changed(coordinator, asked, hjelm):
    submission = join(asked, hjelm)
    correct(asked)
    for _ in range(2):
        for one in ids_to_tell():
            tell_joined_changed(one, base_url="http://x", now=utc_now())
    mails = [one for one in list_messages() if one.kind == "joined_changed"]
    assert [one.subject for one in mails] == ["The answer from Fellesorganet has changed"]
    assert f"http://x{PATH}" in mails[0].body_text
    page = coordinator.get(PATH)
    assert "Do you still join it as it is now?" in page.words
    coordinator.submit(page, action=f"{PATH}/keep")
    session().expire_all()
    made = find_endorsement(submission.id)
    assert (made.state, made.of_version) == (EndorsementState.STANDS, 2)


def test_what_was_joined_and_by_how_many_can_be_read_by_everybody(client, make, asked, hjelm):
    mine = join(asked, hjelm)
    clear_answer(get_review(asked.round.slug, mine.number), by=SYSTEM)
    source = f"/rounds/kontor/answers/{asked.source.number}"
    assert "1 organisation joins this answer" in client.get(source).words
    page = client.get(f"/rounds/kontor/answers/{mine.number}")
    assert "We join the answer from Fellesorganet." in page.words
    assert page.has_link(source)
    assert "We join the answer from Fellesorganet." in client.get("/rounds/kontor/answers").words
    client.sign_in(make.member(municipality(make, "Skard"), Role.COORDINATOR))
    assert client.get(source).has_link(
        f"/workspace/skard/cases/kontor/join/answers/{asked.source.number}"
    )
