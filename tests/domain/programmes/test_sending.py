"""A sub-report goes up as it was signed, and nothing else of the group's round does."""

import json
from datetime import timedelta

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.types import CompositionKind
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.documents.types import Footnote
from consult.domain.notifications.queries import list_messages
from consult.domain.programmes.errors import NotSigned, NotTaking
from consult.domain.programmes.queries import beneath_passages, list_groups
from consult.domain.programmes.service.reviewing import review_report, settle_question
from consult.domain.programmes.types import PieceKind, QuestionStatus, Verdict
from consult.domain.reports.building.beneath import rests_on
from consult.domain.reports.queries import preview
from consult.domain.submissions.errors import NothingChanged
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import passages_of
from tests.support.programmes import (
    ASKED,
    BASE_URL,
    FOUND,
    INPUT,
    PROPOSED,
    make_group,
    make_programme,
    rest_on_mark,
)


@pytest.fixture
def group(make):
    return make_group(make, make_programme(make))


def test_sections_proposals_and_questions_go_up_with_what_they_rest_on(group):
    submission = group.send()
    sent = group.row.latest.sent_up
    assert [one.kind for one in sent.pieces] == [
        PieceKind.SECTION, PieceKind.QUESTIONS, PieceKind.PROPOSAL,
    ]  # fmt: skip
    found, _asked, proposed = sent.pieces
    assert found.total == 2
    assert group.row.latest.sent_up.answers == 2
    assert [one.quote for one in found.inputs] == [INPUT]
    assert [one.sender for one in proposed.inputs] == ["Vik office"]
    assert [one.text for one in group.row.questions] == [ASKED, "Who pays?"]
    words = [one.quote for one in passages_of(submission)]
    assert FOUND in words
    assert PROPOSED in words
    assert submission.round_id == group.programme.id


def test_what_may_not_be_printed_stays_in_the_group_and_is_counted(group):
    group.send()
    stored = json.dumps(group.row.latest.content)
    assert "Nobody may know" not in stored
    assert "Nes office" not in stored
    assert group.row.latest.sent_up.pieces[0].unprinted == 1


def test_what_changes_in_the_group_afterwards_is_not_seen_above(group):
    group.send()
    before = dict(group.row.latest.content)
    group.inputs[0].name = "Another name"
    group.write("Why: what shall become better", "Quite different words.")
    assert group.row.latest.content == before
    with pytest.raises(NotSigned):
        group.send()


def test_after_the_deadline_only_what_was_asked_for_is_taken(group):
    group.send()
    group.programme.closes_at = utc_now() - timedelta(days=1)
    with pytest.raises(NotTaking):
        group.send()
    with pytest.raises(InvalidInput):
        _review(group, Verdict.SUPPLEMENT, reason=" ")
    _review(group, Verdict.SUPPLEMENT, reason="What of the evenings?")
    with pytest.raises(NothingChanged):
        group.send()
    group.write("Questions back", "- Who pays?\n- And the evenings?")
    group.sign()
    group.send()
    row = group.row
    assert [one.number for one in row.reports] == [1, 2]
    assert row.latest.verdict is None
    assert row.submission.current_version_number == 2
    standing = [one.text for one in row.questions if one.withdrawn_at is None]
    assert standing == ["Who pays?", "And the evenings?"]


def test_a_question_is_answered_and_the_group_is_told(group):
    group.send()
    question = group.row.questions[0]
    with pytest.raises(InvalidInput):
        _settle(question, QuestionStatus.HANDED_ON)
    _settle(question, QuestionStatus.HANDED_ON, handed_to="The ministry")
    assert question.handed_to == "The ministry"
    mail = list_messages()[0]
    assert mail.to_email == "group@consult.example"
    assert "handed on" in mail.body_text


def test_the_combined_report_reaches_through_to_the_first_inputs(group):
    submission = group.send()
    passage = next(one for one in passages_of(submission) if one.quote == FOUND)
    beneath = beneath_passages([passage.id])[passage.id]
    words = "which rests on 2 inputs to Group A: Vik office (answer 1), 1 that may not be named"
    assert rests_on(beneath, Wording("en")) == words
    owner = group.programme.owner
    owner.language = "en"
    snapshot = take_snapshot(group.programme, by=SYSTEM, now=utc_now())
    report = begin_report(group.programme, CompositionKind.REPORT, snapshot=snapshot, by=SYSTEM)
    part = list_parts(report.id)[0]
    tree = to_tree(from_markdown("They close early."))
    mark = {"type": "evidence", "attrs": {"id": rest_on_mark(part, passage)}}
    tree["content"][0]["content"][0]["marks"] = [mark]
    part.body = tree
    document = preview(report, day=utc_now().date(), status="Draft")
    assert words in _words_of(document.footnotes[0])


def test_the_steering_group_knows_nothing_before_it_is_sent(group):
    assert list_groups(group.programme.id) == []


def _words_of(note: Footnote) -> str:
    return "".join(getattr(one, "text", "") for one in note.inlines)


def _review(group, verdict, *, reason=""):
    review_report(
        group.row, verdict, number=group.row.latest.number, reason=reason, base_url=BASE_URL,
        by=SYSTEM, at=utc_now(),
    )  # fmt: skip


def _settle(question, status, *, answer="", handed_to=""):
    settle_question(
        question, status, answer=answer, handed_to=handed_to, base_url=BASE_URL, by=SYSTEM,
        at=utc_now(),
    )  # fmt: skip
