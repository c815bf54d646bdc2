"""The desk looks at answers that join another's when that one has changed."""

import pytest

from consult.db import session
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.submissions.endorsements import find_endorsement
from consult.domain.submissions.endorsing import EndorsementState
from tests.domain.analysis.test_positions import correct
from tests.support.joined import ask, join, municipality


@pytest.fixture
def asked(make):
    return ask(make)


@pytest.fixture
def desk(client, make, asked):
    return client.sign_in(make.member(asked.round.owner, Role.CASE_OFFICER))


@pytest.mark.scenario(38)
def test_stances_are_shown_as_taken_from_another_and_a_change_waits(desk, make, asked):
    hjelm = municipality(make, "Hjelm", email="post@hjelm.example")
    submission = join(asked, hjelm, reservations="Ikke alt.")
    page = desk.get(asked.path("proposals/4.1"))
    assert "2 of 2 answers take a stance. 1 of them takes it from the answer" in page.words
    assert "joins Fellesorganet, with a reservation" in page.words
    correct(asked)
    overview = desk.get("/desk/rounds/kontor")
    assert "1 endorsement rests on a text that has come or changed" in overview.words
    assert "that answer has changed" in desk.get(asked.path("proposals/4.1")).words
    made = find_endorsement(submission.id)
    here = asked.path(f"joined/{made.public_id}")
    assert desk.get(asked.path("joined")).has_link(here)
    page = desk.get(here)
    assert "The answer it joins has changed" in page.words
    assert "Does not support differs" in page.words
    desk.post(here, {"choice": "drop"}, status=422)
    desk.post(here, {"choice": "ask"})
    assert "joined_changed" in [one.kind for one in list_messages()]
    desk.post(here, {"choice": "keep", "version": "1"})
    assert find_endorsement(submission.id).state is EndorsementState.TO_CHECK
    desk.submit(desk.get(here), {"choice": "keep"}, action=here)
    session().expire_all()
    assert find_endorsement(submission.id).state is EndorsementState.STANDS
    desk.post(here, {"choice": "drop", "reason": "De vil ikke mer."})
    assert "De vil ikke mer." in desk.get(here).words
    page = desk.get(asked.path(f"answers/{submission.number}"))
    assert "Decided that it joins the other answer no more" in page.words
    assert "Joins Fellesorganet, with a reservation" in desk.get(asked.path("answers")).words
