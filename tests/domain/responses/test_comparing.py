"""Where a body stands beside what it said before and what others say in public."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.organisations.types import ActorType
from consult.domain.responses.comparing import (
    Relation,
    is_alike,
    list_earlier,
    list_published_on,
    relation_of,
)
from consult.domain.rounds.types import AnswerPublishing, RoundType
from consult.domain.submissions.types import AnswerContent, Publication, Stance
from tests.support.coded import receive
from tests.support.factories import in_languages


@pytest.mark.parametrize(
    ("ours", "theirs", "relation"),
    [
        (Stance.SUPPORT, Stance.SUPPORT_WITH_COMMENTS, Relation.AGREE),
        (Stance.OPPOSE, Stance.OPPOSE, Relation.AGREE),
        (Stance.SUPPORT, Stance.SUPPORT_PARTLY, Relation.PARTLY),
        (Stance.SUPPORT_PARTLY, Stance.OPPOSE, Relation.PARTLY),
        (Stance.SUPPORT, Stance.OPPOSE, Relation.DISAGREE),
        (None, Stance.SUPPORT, Relation.UNSAID),
        (Stance.SUPPORT, Stance.NO_POSITION, Relation.UNSAID),
    ],
)
def test_a_stance_relates_to_ours(ours, theirs, relation):
    assert relation_of(ours, theirs) is relation


def test_titles_that_are_nearly_the_same():
    assert is_alike("Åpen dør tolv timer i uka", "Åpen dør ti timer i uka")
    assert not is_alike("Åpen dør tolv timer i uka", "Brukerutvalg med egen saksliste")


def _say(proposal, text, stance=Stance.SUPPORT, **values):
    answer = AnswerContent(proposal_id=proposal.id, text=text, stance=stance)
    return receive(proposal.round, answers=(answer,), **values)


def test_what_we_said_in_other_open_rounds(make):
    title = in_languages("Åpen dør i uka")
    proposal, union = make.proposal(make.round(), title=title), make.organisation()
    before = make.proposal(make.round(), title=title)
    other = make.proposal(before.round, title=in_languages("Noe helt annet enn dører"))
    inside = make.proposal(make.round(type=RoundType.INTERNAL_HEARING), title=title)
    _say(before, "Vi støtter dette.", organisation_id=union.id)
    _say(before, "Ikke vårt.")
    for one in (other, inside, proposal):
        _say(one, "Ikke dette.", organisation_id=union.id)
    (found,) = list_earlier(union.id, proposal)
    assert (found.text, found.stance) == ("Vi støtter dette.", Stance.SUPPORT)


def test_others_only_as_everybody_may_read_them(make):
    round_ = make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    proposal, union = make.proposal(round_), make.organisation()
    sent = [
        _say(proposal, "Fra kommunen.", name="Solvik kommune"),
        _say(proposal, "Fra oss.", organisation_id=union.id),
        _say(proposal, "Uten navn.", publication=Publication.WITHOUT_NAME),
        _say(proposal, "Ikke på nett.", publication=Publication.NOT_ON_WEB),
        _say(proposal, "Fra en person.", actor_type=ActorType.PRIVATE_PERSON),
    ]
    for one in sent:
        clear_answer(get_review(round_.slug, one.number), by=SYSTEM)
    _say(proposal, "Ikke sett gjennom.")
    found = list_published_on(proposal, without=union.id, say=str)
    assert [one.text for one in found] == ["Fra kommunen."]
