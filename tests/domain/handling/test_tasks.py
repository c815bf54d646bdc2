"""Whose an answer is, who works on it, until when, and on which piles it lies."""

from datetime import date, timedelta

import pytest

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.audit.queries import entries_about
from consult.domain.audit.types import Tag
from consult.domain.coding.models import VersionCheck
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.handling.errors import HeldByOther, StillWaits
from consult.domain.handling.queries.notes import list_notes
from consult.domain.handling.queries.queue import (
    Left,
    Reader,
    count_piles,
    count_queue,
    left_by_round,
    list_queue,
    progress_by_kind,
    waits_of,
)
from consult.domain.handling.queries.tasks import (
    find_task,
    list_team,
    people_to_remind,
    standing_of_work,
)
from consult.domain.handling.service.reading import mark_read
from consult.domain.handling.service.reminding import remind_of_deadlines
from consult.domain.handling.service.tasks import (
    assign_answer,
    let_go,
    mark_handled,
    open_again,
    set_deadline,
    take_over,
    take_up,
)
from consult.domain.handling.types import (
    HOLD_LASTS,
    ME,
    NOBODY,
    Due,
    Pile,
    QueueFilter,
    QueueOrder,
    Waits,
)
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.senders import SenderCheck
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.types import (
    DeadlineStatus,
    DecisionKind,
    StoredFile,
    SubmissionStatus,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from tests.support.coded import receive

BASE_URL = "https://consult.example"


def reader(actor):
    now = utc_now()
    return Reader(actor.person_id, now, to_oslo(now).date())


def numbers(round_, actor, **values):
    rows = list_queue(round_.id, QueueFilter(**values), reader(actor))
    return [row.submission.number for row in rows]


def person_of(actor):
    return session().get(Person, actor.person_id)


def standing(submission, actor):
    return standing_of_work(submission, person_id=actor.person_id, now=utc_now())


def test_taking_up_an_answer_holds_it_and_makes_it_mine(round_, sara, ola):
    answer = receive(round_, "Ja.")
    take_up(answer, by=sara)
    mine = standing(answer, sara)
    assert (mine.assignee.name, mine.is_mine, mine.is_read) == ("Sara Lie", True, True)
    assert standing(answer, ola).is_held_elsewhere
    with pytest.raises(HeldByOther) as held:
        take_up(answer, by=ola)
    assert held.value.name == "Sara Lie"
    let_go(answer, by=ola)  # nothing of one's own to let go
    assert standing(answer, sara).is_mine
    let_go(answer, by=sara)
    take_up(answer, by=ola)
    assert standing(answer, ola).is_mine
    assert standing(answer, ola).assignee.name == "Sara Lie"


def test_a_forgotten_hold_stops_nobody(round_, sara, ola):
    answer = receive(round_, "Ja.")
    take_up(answer, by=sara)
    find_task(answer.id).held_at -= HOLD_LASTS
    session().flush()
    assert standing(answer, ola).holder is None
    take_up(answer, by=ola)
    assert standing(answer, ola).is_mine


def test_taking_over_takes_a_word_that_the_other_is_told_of(round_, sara, ola):
    answer = receive(round_, "Ja.")
    take_up(answer, by=sara)
    with pytest.raises(InvalidInput):
        take_over(answer, "  ", by=ola, base_url=BASE_URL)
    take_over(answer, "Du er borte i dag.", by=ola, base_url=BASE_URL)
    now = standing(answer, ola)
    assert (now.is_mine, now.assignee.name) == (True, "Ola Berg")
    note = list_notes(answer.id)[0].posts[0]
    assert (note.text, note.mentions) == ("Du er borte i dag.", [sara.reference])
    mail = list_messages()[0]
    assert mail.to_email == sara.email
    assert "borte" not in mail.body_text
    assert "/desk/rounds/apne-dorer/answers/1/notes#note-" in mail.body_text
    assert Tag.SUBMISSION_TAKEN_OVER in [one.tag for one in entries_about(answer.reference)]


def test_given_to_a_colleague_while_somebody_works_on_it(round_, sara, ola):
    answer = receive(round_, "Ja.")
    take_up(answer, by=sara)
    with pytest.raises(HeldByOther):
        assign_answer(answer, person_of(ola), by=ola)
    assert assign_answer(answer, person_of(ola), by=sara)
    assert not assign_answer(answer, person_of(ola), by=sara)
    assert standing(answer, ola).holder is None  # it is another's now
    assert [one.name for one in list_team(round_.owner_id, now=utc_now())] == [
        "Ola Berg", "Sara Lie",
    ]  # fmt: skip


def test_handled_once_nothing_waits_and_again_with_a_new_version(round_, sara):
    round_.answer_publishing = "when_released"
    answer = receive(round_, "Ja.")
    session().flush()
    session().refresh(round_)
    with pytest.raises(StillWaits) as waiting:
        mark_handled(answer, by=sara)
    assert waiting.value.waits == {Waits.REVIEW}
    clear_answer(get_review(round_.slug, 1), by=sara)
    assert mark_handled(answer, by=sara)
    assert not mark_handled(answer, by=sara)
    assert numbers(round_, sara) == []
    assert numbers(round_, sara, pile=Pile.HANDLED) == [1]
    answer.current_version_number = 2
    session().flush()
    assert numbers(round_, sara) == [1]
    answer.current_version_number = 1
    assert open_again(answer, by=sara)
    assert not open_again(answer, by=sara)
    assert numbers(round_, sara) == [1]


@pytest.mark.scenario(49)
def test_a_file_that_cannot_be_read_is_a_task_until_somebody_has_seen_to_it(round_, sara):
    sent = StoredFile("svar.pdf", "application/pdf", "0" * 64, 7, problem=FileProblem.ENCRYPTED)
    answer = receive(round_, "Ja.", files=(sent,))
    assert numbers(round_, sara, pile=Pile.TO_CHECK) == [1]
    with pytest.raises(StillWaits):
        mark_handled(answer, by=sara)
    answer.current_version.attachments[0].attended_at = utc_now()
    session().flush()
    assert numbers(round_, sara, pile=Pile.TO_CHECK) == []


def test_each_answer_lies_on_the_piles_it_waits_on(round_, sara):
    plain = receive(round_, "Ja.", name="Lunde kommune")
    late, call, checked, marked, aside = (
        receive(round_, "Ja.", name=f"Kommune {name}") for name in "ABCDE"
    )
    late.deadline_status = DeadlineStatus.LATE_INCLUDED
    call.status = SubmissionStatus.TO_CHECK
    checked.sender_check = next(iter(SenderCheck))
    aside.status = SubmissionStatus.QUARANTINED
    session().flush()
    mark_answer(marked, DecisionKind.OFF_TOPIC, reason="Annet.", by=sara)
    twins = [
        receive(round_, "Ja.", name=name, actor_type=ActorType.PRIVATE_PERSON)
        for name in ("Åse Vik", "ÅSE VIK")
    ]
    session().add(
        VersionCheck(round_id=round_.id, version_id=plain.current_version.id, carried=0, lost=0)
    )
    session().flush()
    on_pile = {pile: numbers(round_, sara, pile=pile) for pile in Pile}
    everything = {pile: len(found) for pile, found in on_pile.items()}
    assert everything == count_piles(round_.id)
    assert on_pile[Pile.TO_CHECK] == [plain.number, call.number, checked.number]
    assert on_pile[Pile.LATE] == [late.number]
    assert on_pile[Pile.TWICE] == [one.number for one in twins]
    assert on_pile[Pile.OFF_TOPIC] == [marked.number]
    assert on_pile[Pile.DUPLICATE] == on_pile[Pile.HANDLED] == []
    assert on_pile[Pile.OPEN] == on_pile[Pile.NEW] == [1, 2, 3, 4, 7, 8]
    assert on_pile[Pile.REVIEW] == [1, 2, 4, 7, 8]
    assert waits_of(late) == {Waits.LATE, Waits.REVIEW}


def test_the_queue_is_narrowed_and_sorted(round_, sara, ola):
    first, second, third = (receive(round_, "Ja.", name=name) for name in "ABC")
    today = to_oslo(utc_now()).date()
    assign_answer(first, person_of(sara), by=ola)
    assign_answer(second, person_of(ola), by=ola)
    set_deadline(second, today + timedelta(days=3), by=ola)
    set_deadline(third, today + timedelta(days=1), by=ola)
    mark_read(second, by=sara)
    assert numbers(round_, sara, assignee=ME) == [1]
    assert numbers(round_, sara, assignee=NOBODY) == numbers(round_, sara, pile=Pile.NEW) == [3]
    assert numbers(round_, sara, assignee=person_of(ola).public_id) == [2]
    assert numbers(round_, sara, assignee="unknown") == []
    assert numbers(round_, sara, unread=True) == [1, 3]
    assert numbers(round_, sara, due=Due.WEEK, order=QueueOrder.DUE) == [3, 2]
    assert numbers(round_, sara, order=QueueOrder.DUE) == [3, 2, 1]
    assert numbers(round_, sara, q="b") == [2]
    assert count_queue(round_.id, QueueFilter(due=Due.NONE), reader(sara)) == 1
    find_task(third.id).due_on = today - timedelta(days=1)
    session().flush()
    assert numbers(round_, sara, due=Due.OVERDUE) == [3]
    assert left_by_round([round_.id], reader(ola)) == {
        round_.id: Left(mine=1, overdue=0, next_due=today + timedelta(days=3), new=1)
    }
    progress = progress_by_kind(round_.id)
    assert [(one.received, one.taken, one.handled) for one in progress] == [(3, 2, 0)]


@pytest.mark.at("2026-11-26T09:00:00+00:00")
def test_deadlines_are_reminded_of_once_before_and_once_after(round_, sara, ola, make):
    gone = make.person(name="Gone")
    for number, person in enumerate([person_of(sara), person_of(sara), gone], 1):
        answer = receive(round_, "Ja.", name=f"Kommune {number}")
        assign_answer(answer, person, by=ola)
        set_deadline(answer, date(2026, 11, 27), by=ola)
    with pytest.raises(InvalidInput):
        set_deadline(answer, date(2026, 11, 25), by=ola)
    told = []
    for days in (0, 1, 2, 3):
        moment = utc_now() + timedelta(days=days)
        for person_id in people_to_remind(to_oslo(moment).date()) * 2:
            remind_of_deadlines(person_id, base_url=BASE_URL, now=moment)
        told.append([mail.subject for mail in list_messages() if mail.kind == "answers_due"])
    assert [len(mails) for mails in told] == [1, 1, 2, 2]
    mails = [mail for mail in list_messages() if mail.kind == "answers_due"]
    assert {mail.to_email for mail in mails} == {sara.email}
    assert any(": 1, 2" in mail.body_text for mail in mails)
