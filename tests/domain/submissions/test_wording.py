"""What a sent answer is about, and what was chosen in it, as its receipt says it."""

from consult.domain.rounds.models import Proposal
from consult.domain.submissions.models import Answer, SubmissionVersion
from consult.domain.submissions.types import Stance, Voice
from consult.domain.submissions.wording import choice_in_words, place_in_words

_PROPOSAL = Proposal(id=7, key="1.1", title={"nb": "Åpent til klokka 20", "en": "Open until 8"})


def _answer(**values) -> Answer:
    return Answer(**{"voice": Voice.SENDER, "modifiers": [], "no_comments": False, **values})


def test_words_about_a_proposal_are_named_by_it_with_the_stance_and_what_goes_with_it():
    said = _answer(proposal=_PROPOSAL, stance=Stance.SUPPORT_PARTLY, modifiers=["condition"])
    assert place_in_words(said, "en") == "1.1. Open until 8"
    assert choice_in_words(said, "en") == ("Support partly, on a condition",)
    nothing = _answer(proposal=_PROPOSAL, no_comments=True)
    assert choice_in_words(nothing, "en") == ("No comments",)


def test_words_about_nothing_asked_are_named_by_their_own_heading():
    assert place_in_words(_answer(source_heading="Språk"), "en") == "Språk"
    assert place_in_words(_answer(), "en") == "The answer as a whole"
    assert choice_in_words(_answer(), "en") == ()


def test_files_of_the_whole_stand_at_its_first_words_and_not_at_a_proposal():
    basis, whole, on_proposal = _answer(), _answer(), _answer(proposal_id=7)
    minority = _answer(voice=Voice.MINORITY)
    added = _answer(supplement=2)
    SubmissionVersion(answers=[on_proposal, minority, basis, whole, added])
    takers = [one for one in (on_proposal, minority, basis, whole, added) if one.takes_files]
    assert takers == [basis, added]
    assert _answer(question_id=3).takes_files
