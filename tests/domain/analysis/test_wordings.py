"""Which wording an answer was written to can be told apart."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.wordings import answers_by_wording
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.rounds.service import change_proposal, change_question
from consult.domain.rounds.types import ProposalSpec, QuestionKind, QuestionSpec
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, write


@pytest.mark.scenario(74)
def test_answers_are_counted_by_the_wording_they_were_written_to(make):
    round_ = make.round(questions=1)
    question, proposal = round_.questions[0], make.proposal(round_)
    asked = make.question(round_, kind=QuestionKind.OPEN, proposal=proposal)
    assert not answers_by_wording(question)
    for _ in range(2):
        send(write(begin(round_), "Ja", "Ja"))
    withdrawn = send(write(begin(round_), "Ja", "Ja")).submission
    withdrawn.status = SubmissionStatus.WITHDRAWN
    change_question(question, QuestionSpec(QuestionKind.OPEN, {"nb": "Når?"}), by=SYSTEM)
    spec = ProposalSpec(title=proposal.title, text={"nb": "Noe annet."})
    change_proposal(proposal, spec, by=SYSTEM)
    send(write(begin(round_), "Nei", "Nei"))
    for part in (question, proposal):
        assert answers_by_wording(part) == {1: 2, 2: 1}
    assert not answers_by_wording(asked)
    data = gather_summary(round_, now=utc_now())
    assert [one.answered for one in data.questions[0].former] == [2]
    assert (data.questions[0].answered, data.proposals[0].answered) == (1, 1)
