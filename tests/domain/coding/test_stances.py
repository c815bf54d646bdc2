"""Coded stances."""

import pytest
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.coding.models import CodedStance
from consult.domain.coding.service.stances import code_stance, remove_stance
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.errors import InvalidInput
from tests.support.coded import passages_of, receive


def test_a_stance_is_written_changed_and_taken_back(make):
    round_ = make.round()
    proposal = make.proposal(round_)
    submission = receive(round_, "Vi støtter, og vil gå lenger.")
    (passage,) = passages_of(submission)
    modifiers = {StanceModifier.TIMETABLE, StanceModifier.GOES_FURTHER}
    arguments = {"value": Stance.SUPPORT, "modifiers": modifiers, "passage": passage, "by": SYSTEM}
    assert code_stance(submission, proposal, **arguments)
    assert not code_stance(submission, proposal, **arguments)
    assert code_stance(submission, proposal, value=Stance.SUPPORT_PARTLY, by=SYSTEM)
    (stored,) = session().scalars(select(CodedStance))
    assert (stored.value, stored.modifiers, stored.passage_id) == (Stance.SUPPORT_PARTLY, [], None)
    assert remove_stance(submission, proposal, by=SYSTEM)
    assert not remove_stance(submission, proposal, by=SYSTEM)
    entries = [entry for entry in entries_about(submission.reference) if "stance" in entry.tag]
    assert [entry.tag for entry in entries] == ["stance:removed", "stance:coded", "stance:coded"]
    assert entries[2].data["modifiers"] == ["goes_further", "timetable"]


def test_nothing_is_coded_across_rounds_or_submissions(make):
    round_ = make.round()
    submission, other = receive(round_, "Ja."), receive(round_, "Nei.")
    with pytest.raises(InvalidInput):
        code_stance(submission, make.proposal(make.round()), value=Stance.SUPPORT, by=SYSTEM)
    with pytest.raises(InvalidInput):
        code_stance(
            submission,
            make.proposal(round_),
            value=Stance.SUPPORT,
            passage=passages_of(other)[0],
            by=SYSTEM,
        )
