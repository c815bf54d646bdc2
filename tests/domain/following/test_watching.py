"""Senders who have asked for it are told what happens with their answer, at most once a day."""

from datetime import datetime, timedelta

import pytest
import time_machine

from consult.db import session
from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.coding.service.coding import apply_theme
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.following.queries import find_watch
from consult.domain.following.rules import changes_since
from consult.domain.following.service.watching import watch_answer
from consult.domain.following.types import AnswerChange
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.stopping import find_link, stop_mail
from consult.domain.rounds.service.showing import show_themes
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.service.linking import find_by_link
from consult.jobs.clock import tell_people
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme

NOON = datetime.fromisoformat("2026-03-02T12:00:00+01:00")
TOMORROW = NOON + timedelta(days=1)
NEVER = dict.fromkeys(("themes_shown_at", "themes_changed_at", "outcome_told_at", "published_at"))

pytestmark = pytest.mark.at(NOON.isoformat())


def _since(told_at: datetime, **moments: datetime) -> tuple[AnswerChange, ...]:
    return changes_since(told_at, **NEVER | moments, now=NOON)


def test_what_is_news():
    before, after = NOON - timedelta(hours=2), NOON - timedelta(hours=1)
    assert _since(before) == ()
    assert _since(before, themes_shown_at=after, themes_changed_at=after) == (
        AnswerChange.THEMES_SHOWN,
    )
    assert _since(after, themes_shown_at=before, themes_changed_at=NOON) == (
        AnswerChange.THEMES_CHANGED,
    )
    assert _since(before, themes_changed_at=after) == (), "hidden themes are nobody's news"
    assert _since(before, outcome_told_at=after) == ()
    assert _since(after, themes_shown_at=before, outcome_told_at=NOON) == (
        AnswerChange.OUTCOME_TOLD,
    )
    assert _since(before, published_at=after) == (AnswerChange.PUBLISHED,)
    assert _since(before, published_at=TOMORROW) == (), "not before the deadline"


@pytest.fixture
def watched(make):
    round_ = make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    submission = receive(round_, "Døra må være åpen.")
    submission.contact_email = "kari@solvik.example"
    assert watch_answer(submission, by=VISITOR, now=utc_now())
    session().commit()
    return submission


def _run(traveller) -> int:
    """Run the clock's job the day after; how many mails there are."""
    traveller.move_to(TOMORROW, tick=False)
    tell_people()
    return sum(mail.kind == "answer_news" for mail in list_messages())


def test_one_mail_a_day_with_all_that_has_happened_and_a_way_in(watched):
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False) as traveller:
        clear_answer(get_review(watched.round.slug, 1), by=SYSTEM)
        show_themes(watched.round, is_shown=True, by=SYSTEM, now=utc_now())
        session().commit()
        tell_people()
        assert not list_messages(), "the same day waits"
        assert _run(traveller) == 1
        assert _run(traveller) == 1, "once"
    (mail,) = list_messages()
    assert (mail.to_email, mail.locale) == ("kari@solvik.example", "nb")
    assert watched.receipt_number in mail.subject
    assert mail.body_text.count("\n- ") == 2
    token = mail.body_text.split("/answer/link/")[1].split()[0]
    assert find_by_link(token, now=TOMORROW).thing is watched


def test_changed_themes_are_told_while_they_are_shown(watched):
    show_themes(watched.round, is_shown=True, by=SYSTEM, now=utc_now() - timedelta(days=1))
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False) as traveller:
        apply_theme(passages_of(watched)[0], theme(watched.round, "Åpningstid"), by=SYSTEM)
        session().commit()
        assert _run(traveller) == 1


def test_one_press_in_the_mail_stops_it_for_good(watched):
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False) as traveller:
        clear_answer(get_review(watched.round.slug, 1), by=SYSTEM)
        session().commit()
        assert _run(traveller) == 1
        link = list_messages()[0].headers["List-Unsubscribe"].strip("<>")
        stop_mail(find_link(link.rsplit("/", 1)[1]), now=utc_now())
    assert find_watch(watched) is None
    assert watch_answer(watched, by=VISITOR, now=utc_now()), "whoever asks again, gets it again"


def test_no_address_no_mail(watched):
    watched.contact_email = None
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False) as traveller:
        clear_answer(get_review(watched.round.slug, 1), by=SYSTEM)
        session().commit()
        assert _run(traveller) == 0
    assert not watch_answer(watched, by=VISITOR, now=utc_now())
