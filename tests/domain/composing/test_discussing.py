"""Comments in threads: what they are about, who is told, what may be changed."""

from datetime import timedelta

import pytest

from consult.domain.audit.queries import entries_about
from consult.domain.composing.models import CommentPost
from consult.domain.composing.queries import get_part
from consult.domain.composing.service.arranging import NewPart, add_part, remove_part
from consult.domain.composing.service.discussing import (
    NotChangeable,
    can_change,
    change_comment,
    open_thread,
    reopen,
    reply,
    resolve,
)
from consult.domain.composing.threads import count_open_threads, list_threads, open_threads
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from tests.support.letters import letter_of


@pytest.fixture
def letter(make):
    return letter_of(make, make.organisation(slug="forbundet", name="Forbundet", language="en"))


@pytest.fixture
def hege(make, letter):
    return make.member(letter.organisation, Role.DRAFTER, name="Hege Dal")


def comment(make, letter, person, text="Er dette sant?", **values):
    return open_thread(
        get_part(letter, "q-q1"), text, base_url="http://x", by=make.actor(person), **values
    )


def test_a_mention_is_told_by_mail_where_it_is_and_never_what_it_says(make, letter, hege):
    ola = make.member(letter.organisation, Role.SIGNATORY, name="Ola Vik", email="ola@x.example")
    thread = comment(make, letter, hege, "Hemmelig tall: 14", mentions=[ola.id])
    (mail,) = list_messages()
    assert mail.to_email == "ola@x.example"
    assert "Hege Dal has mentioned you" in mail.body_text
    assert f"/draft/comments?show=all#thread-{thread.public_id}" in mail.body_text
    assert "Hemmelig" not in mail.body_text + mail.body_html + mail.subject
    assert thread.posts[0].mentions == [ola.reference]


def test_nobody_outside_the_organisation_can_be_mentioned(make, letter, hege):
    stranger = make.member(make.organisation(), Role.COORDINATOR)
    with pytest.raises(InvalidInput, match="mentions"):
        comment(make, letter, hege, mentions=[stranger.id])
    assert list_messages() == []


def test_the_quoted_words_must_stand_in_the_part(make, letter, hege):
    assert comment(make, letter, hege, quote="kontoret  MÅ være").quote == "kontoret MÅ være"
    with pytest.raises(InvalidInput, match="quote"):
        comment(make, letter, hege, quote="Vi støtter hovedlinjene")


def test_open_threads_are_counted_where_there_still_is_a_part(make, letter, hege):
    by = make.actor(hege)
    first, second = comment(make, letter, hege), comment(make, letter, hege)
    own = add_part(letter, NewPart("Åpningstider"), by=by)
    open_thread(own, "Trengs dette?", base_url="http://x", by=by)
    remove_part(own, is_confirmed=True, by=by)
    resolve(first, by=by)
    assert open_threads(letter) == [second]
    assert count_open_threads(letter.id) == {second.part_id: 1}
    assert len(list_threads(letter.id)) == 3
    reopen(first, by=by)
    assert len(open_threads(letter)) == 2


def test_a_reply_to_what_was_resolved_opens_it_again(make, letter, hege):
    thread = comment(make, letter, hege)
    resolve(thread, by=make.actor(hege))
    reply(thread, "Ikke helt.", base_url="http://x", by=make.actor(hege))
    assert thread.is_open
    assert [post.text for post in thread.posts] == ["Er dette sant?", "Ikke helt."]


def test_only_ones_own_comment_is_changed_and_only_shortly_after(make, letter, hege):
    post = comment(make, letter, hege).posts[0]
    change_comment(post, "Er det sant?", by=make.actor(hege))
    assert (post.text, post.earlier) == ("Er det sant?", ["Er dette sant?"])
    other = make.actor(make.member(letter.organisation, Role.COORDINATOR))
    with pytest.raises(NotChangeable):
        change_comment(post, "Nei.", by=other)
    post.written_at = utc_now() - timedelta(minutes=11)
    with pytest.raises(NotChangeable):
        change_comment(post, "Nei.", by=make.actor(hege))


def test_what_a_word_file_named_somebody_for_is_nobodys_to_change(make, letter, hege):
    by, now = make.actor(hege), utc_now()
    post = CommentPost(written_by=by.reference, written_at=now, author="Ola i Word")
    assert not can_change(post, by=by, now=now)


def test_the_log_tells_that_and_where_never_what(make, letter, hege):
    thread = comment(make, letter, hege, "Hemmelig")
    (entry,) = entries_about(thread.reference)
    assert (entry.tag, entry.data) == ("comment:written", {"part": "q-q1"})
