"""When joining another's answer holds, and in which words it is said."""

import pytest

from consult.domain.submissions.endorsing import (
    EndorsementState,
    Rested,
    joining_words,
    state_of,
)
from consult.domain.submissions.types import SubmissionStatus

RECEIVED = SubmissionStatus.RECEIVED
FIRST = Rested(1, RECEIVED)


@pytest.mark.parametrize(
    ("confirmed", "present", "state"),
    [
        (Rested(None, None), None, EndorsementState.AWAITED),
        (Rested(None, None), FIRST, EndorsementState.TO_CHECK),
        (FIRST, FIRST, EndorsementState.STANDS),
        (FIRST, Rested(2, RECEIVED), EndorsementState.TO_CHECK),
        (FIRST, Rested(1, SubmissionStatus.WITHDRAWN), EndorsementState.TO_CHECK),
        (
            Rested(1, SubmissionStatus.WITHDRAWN),
            Rested(1, SubmissionStatus.WITHDRAWN),
            EndorsementState.STANDS,
        ),
    ],
)
def test_it_holds_for_exactly_what_a_person_confirmed(confirmed, present, state):
    assert state_of(confirmed, present) is state
    assert state_of(confirmed, present, is_dropped=True) is EndorsementState.DROPPED


def test_the_sentence_names_the_points():
    assert joining_words("KS", (), "en") == "We join the answer from KS."
    assert joining_words("KS", ("4.1 One", "4.2 Two"), "en") == (
        "We join the answer from KS on these points:\n\n- 4.1 One\n- 4.2 Two"
    )
