"""Meetings from plan to text, through the database."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.counting import matrix
from consult.domain.analysis.queries.respondents import respondents
from consult.domain.audit.queries import entries_about
from consult.domain.coding.queries.worklist import work_list
from consult.domain.meetings.errors import GroupsNotApproved, MeetingClosed, NothingNoted
from consult.domain.meetings.models import MeetingNote
from consult.domain.meetings.queries import (
    attended_by,
    count_meetings,
    counts_by_meeting,
    find_group_by_link,
    meetings_attended,
)
from consult.domain.meetings.service.planning import (
    add_organisation,
    issue_link,
    revoke_link,
    set_participants,
)
from consult.domain.meetings.service.validating import validate_meeting
from consult.domain.meetings.service.writing import approve_group, strike_note, write_note
from consult.domain.meetings.types import MeetingTotals, Wording, WrittenNote
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.counting import count_by_round, count_received
from consult.domain.submissions.listing import AnswerFilter, count_answers
from consult.domain.submissions.types import Channel, SubmissionStatus
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive
from tests.support.meetings import meeting_of, note_in, validated


@pytest.mark.scenario(59)
def test_a_dialogue_cafe_counts_as_one_meeting_and_no_answer(make):
    round_ = make.round(questions=4)
    receive(round_, "Døra må være åpen.")
    meeting = meeting_of(round_, groups=5)
    for group in meeting.groups:
        for prompt in range(1, 5):
            note_in(group, f"Notat {prompt}", prompt=prompt)
    set_participants(meeting, ActorType.ANONYMOUS_PARTICIPANT, 36, by=SYSTEM)
    set_participants(meeting, ActorType.NAV_OFFICE, 4, by=SYSTEM)
    submission = validated(meeting)

    assert count_meetings(round_.id) == MeetingTotals(1, 5, 20, 40, unfinished=0)
    assert count_received(round_.id).total == 1
    assert count_by_round([round_.id]) == {round_.id: 1}
    assert count_answers(round_.id, AnswerFilter()) == 1
    assert respondents(round_.id).counted == 1
    assert matrix(round_.id).units == 1

    assert submission.status is SubmissionStatus.MINUTES
    assert submission.channel is Channel.MEETING
    answers = submission.current_version.answers
    assert [answer.source_heading for answer in answers[3:5]] == ["Group 1", "Group 2"]
    assert [answer.question_id for answer in answers[:4]] == [q.id for q in round_.questions]
    assert len(passages_of(submission)) == 20
    assert {item.number: item.passages for item in work_list(round_.id).items} == {1: 1, 2: 20}


@pytest.mark.scenario(60)
def test_notes_posted_twice_and_late_stand_once_in_the_order_of_writing(make):
    round_ = make.round()
    group = meeting_of(round_).groups[0]
    basement = utc_now() - timedelta(hours=5)
    for minutes, client_id in ((20, "c"), (0, "a"), (10, "b"), (0, "a"), (20, "c")):
        written = WrittenNote(
            client_id, f"Notat {client_id}", written_at=basement + timedelta(minutes=minutes)
        )
        write_note(group, written, by=group.reference, received_at=utc_now())
    assert [note.body for note in group.notes] == ["Notat a", "Notat b", "Notat c"]
    assert group.notes[1].written_at == basement + timedelta(minutes=10)


def test_other_words_with_an_old_id_are_not_lost(make):
    """A browser that goes back may send the id of the note before."""
    group = meeting_of(make.round()).groups[0]
    for body in ("Åpne dører", "Uten timebok", "Åpne dører"):
        note_in(group, body, client_id="a")
    assert [note.body for note in group.notes] == ["Åpne dører", "Uten timebok"]


def test_a_repeated_post_changes_nothing_even_after_approval(make):
    group = meeting_of(make.round()).groups[0]
    first = note_in(group, "Åpne dører", client_id="a")
    validated(group.meeting)
    again = WrittenNote("a", "Åpne dører ")
    assert write_note(group, again, by=group.reference, received_at=utc_now()) is first
    with pytest.raises(MeetingClosed):
        note_in(group, "For sent", client_id="b")


@pytest.mark.scenario(61)
def test_a_remark_is_removed_before_approval_and_marked_afterwards(make):
    meeting = meeting_of(make.round())
    group = meeting.groups[0]
    removed = note_in(group, "Dette angrer jeg på", client_id="a")
    kept = note_in(group, "Dette står jeg ved")
    strike_note(removed, by=SYSTEM, at=utc_now())
    assert [note.body for note in group.notes] == ["Dette står jeg ved"]
    again = WrittenNote("a", "Dette angrer jeg på")
    assert write_note(group, again, by=group.reference, received_at=utc_now()) is None

    submission = validated(meeting)
    strike_note(kept, by=SYSTEM, at=utc_now())
    assert session().get(MeetingNote, kept.id).struck_at is not None
    assert submission.current_version.text == "Dette står jeg ved"
    assert counts_by_meeting([meeting.id])[meeting.id].notes == 0
    tags = [entry.tag for entry in entries_about(meeting.reference)]
    assert "meeting:note_removed" in tags
    assert "meeting:note_struck" in tags


def test_a_group_approves_again_after_another_note(make):
    meeting = meeting_of(make.round())
    with pytest.raises(NothingNoted):
        validate_meeting(meeting, by=SYSTEM, at=utc_now())
    first, second = meeting.groups
    note_in(first, "Én")
    approve_group(first, by=SYSTEM, at=utc_now())
    note_in(first, "To", wording=Wording.VERBATIM)
    note_in(second, "Tre")
    approve_group(second, by=SYSTEM, at=utc_now())
    with pytest.raises(GroupsNotApproved) as refused:
        validate_meeting(meeting, by=SYSTEM, at=utc_now())
    assert refused.value.names == ("Group 1",)


def test_a_new_link_ends_the_old_one(make):
    group = meeting_of(make.round()).groups[0]
    old = issue_link(group, by=SYSTEM)
    key = group.access_key
    new = issue_link(group, by=SYSTEM)
    assert find_group_by_link(old) is None
    assert find_group_by_link(new) is group
    assert group.access_key != key
    assert group.is_link_live(utc_now())
    revoke_link(group, by=SYSTEM, at=utc_now())
    assert not group.is_link_live(utc_now())


@pytest.mark.scenario(64)
def test_who_attends_and_writes_is_linked_and_counted_once(make):
    round_ = make.round()
    body = make.organisation(name="Foreningen Lyttepunkt", actor_type=ActorType.USER_ORGANISATION)
    silent = make.organisation(name="Ungdomsrådet")
    answer = receive(
        round_, "Vi er enige.", name=body.name, actor_type=body.actor_type, organisation_id=body.id
    )
    meeting = meeting_of(round_)
    for organisation in (body, silent, body):
        add_organisation(meeting, organisation, by=SYSTEM)
    note_in(meeting.groups[0], "Det samme sa vi i møtet")
    validated(meeting)
    linked = {one.name: one.answer for one in attended_by([meeting.id])[meeting.id]}
    assert linked == {"Foreningen Lyttepunkt": answer.number, "Ungdomsrådet": None}
    assert list(meetings_attended(round_.id, body.id)) == [meeting]
    assert matrix(round_.id).units == 1
