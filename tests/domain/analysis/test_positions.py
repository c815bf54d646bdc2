"""Stances that are taken from the answer that a sender joins."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.positions import find_positions
from consult.domain.coding.queries.passages import passages_of_version
from consult.domain.coding.service.stances import code_stance
from consult.domain.submissions.endorsements import find_endorsement
from consult.domain.submissions.endorsing import EndorsementState
from consult.domain.submissions.errors import AnswerReplaced
from consult.domain.submissions.service.endorsing import drop_endorsement, keep_endorsement
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    Channel,
    Publication,
    Stance,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from tests.support.coded import receive
from tests.support.joined import ask, contents, join, municipality, respondent_of


@pytest.fixture
def asked(make):
    return ask(make)


def stances(asked, submission) -> dict[str, str]:
    """By proposal key; a star marks what is derived, an exclamation mark what has changed."""
    session().expire_all()
    found = find_positions(asked.round.id)
    marks = {}
    for proposal in asked.proposals:
        position = found.get((submission.id, proposal.id))
        if position is not None:
            mark = "" if position.derived is None else "*"
            mark += "!" if position.derived and position.derived.is_unchecked else ""
            marks[proposal.key] = f"{position.value}{mark}"
    return marks


def correct(asked) -> None:
    first, second = asked.proposals
    content = SubmissionContent(
        respondent=respondent_of(asked.association),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=contents(
            (first, Stance.OPPOSE, "Vi har snudd."), (second, Stance.OPPOSE, "For dyrt.")
        ),
    )
    receive_version(asked.source, content, by=SYSTEM, received_at=utc_now())
    session().flush()


def test_all_of_it_or_some_points_and_own_judgement_first(make, asked):
    first, second = asked.proposals
    all_of_it = join(asked, municipality(make, "Hjelm"))
    partly = join(
        asked, municipality(make, "Skard"), proposals=(second.key,), reservations="Ikke alt."
    )
    assert stances(asked, all_of_it) == {"4.1": "support*", "4.2": "oppose*"}
    assert stances(asked, partly) == {"4.2": "oppose*"}
    texts = [one.quote for one in passages_of_version(partly.current_version.id)]
    assert texts == ["Ikke alt."]
    assert not passages_of_version(all_of_it.current_version.id)
    code_stance(partly, second, value=Stance.SUPPORT_PARTLY, by=SYSTEM)
    code_stance(asked.source, first, value=Stance.SUPPORT_PARTLY, by=SYSTEM)
    assert stances(asked, partly) == {"4.2": "support_partly"}
    assert stances(asked, all_of_it) == {"4.1": "support_partly*", "4.2": "oppose*"}


@pytest.mark.scenario(38)
def test_a_correction_changes_nothing_before_a_person_has_looked(make, asked):
    joining = join(asked, municipality(make, "Hjelm"))
    code_stance(asked.source, asked.proposals[1], value=Stance.NO_POSITION, by=SYSTEM)
    correct(asked)
    code_stance(asked.source, asked.proposals[1], value=Stance.SUPPORT, by=SYSTEM)
    assert stances(asked, joining) == {"4.1": "support*!", "4.2": "no_position*!"}
    endorsement = find_endorsement(joining.id)
    assert endorsement.state is EndorsementState.TO_CHECK
    with pytest.raises(AnswerReplaced):
        keep_endorsement(endorsement, version=1, by=SYSTEM, at=utc_now())
    keep_endorsement(endorsement, version=2, by=SYSTEM, at=utc_now())
    assert stances(asked, joining) == {"4.1": "oppose*", "4.2": "support*"}
    drop_endorsement(endorsement, reason="De har snudd.", by=SYSTEM, at=utc_now())
    assert stances(asked, joining) == {}
    assert joining.status is SubmissionStatus.RECEIVED


def test_a_withdrawn_answer_keeps_its_say_until_somebody_has_looked(make, asked):
    joining = join(asked, municipality(make, "Hjelm"))
    asked.source.status = SubmissionStatus.WITHDRAWN
    session().flush()
    assert stances(asked, joining) == {"4.1": "support*!", "4.2": "oppose*!"}


def test_an_answer_that_was_read_elsewhere_waits_for_a_person(make, asked):
    joining = join(asked, municipality(make, "Hjelm"), submission_id=None)
    assert find_endorsement(joining.id).state is EndorsementState.TO_CHECK
    assert stances(asked, joining) == {}


def test_an_answer_to_come_is_linked_when_it_comes(make, asked):
    late = municipality(make, "Sein")
    joining = join(asked, municipality(make, "Hjelm"), submission_id=None)
    endorsement = find_endorsement(joining.id)
    endorsement.of, endorsement.of_organisation_id = None, late.id
    session().flush()
    assert endorsement.state is EndorsementState.AWAITED
    first = asked.proposals[0]
    came = receive(
        asked.round, organisation_id=late.id, answers=contents((first, Stance.SUPPORT, "Ja."))
    )
    session().expire_all()
    assert endorsement.of_id == came.id
    keep_endorsement(endorsement, version=1, by=SYSTEM, at=utc_now())
    assert stances(asked, joining) == {"4.1": "support*"}


def test_two_that_join_each_other_say_nothing(make, asked):
    one = join(asked, municipality(make, "Hjelm"))
    two = join(asked, municipality(make, "Skard"))
    for mine, theirs in ((one, two), (two, one)):
        endorsement = find_endorsement(mine.id)
        endorsement.of_id, endorsement.of_version = theirs.id, 1
    session().flush()
    assert stances(asked, one) == {}
