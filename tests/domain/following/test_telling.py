"""What happens to a round is told once to everybody it concerns, in their language."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.audit.queries import entries_about
from consult.domain.following.queries import drafts_to_remind, find_follower
from consult.domain.following.service.following import (
    ask_to_follow,
    change_rhythm,
    confirm_following,
    forget_unconfirmed,
)
from consult.domain.following.types import CONFIRM_WITHIN, Rhythm
from consult.domain.notifications.models import MailLink, OutboxMessage
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.stopping import find_link, is_stopped, stop_mail
from consult.domain.rounds.models import Invitation, RoundNews
from consult.domain.rounds.service import (
    cancel,
    change_question,
    change_status,
    close_now,
    extend_deadline,
)
from consult.domain.rounds.types import InvitationReason, QuestionKind, QuestionSpec, RoundStatus
from consult.domain.submissions.models import Draft
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.service.amending import start_amendment
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.linking import find_by_link, replace_access
from consult.domain.submissions.types import WrittenAnswer
from consult.jobs.clock import tell_people
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, withdraw, write

MORNING = "2026-03-02T10:00:00+01:00"
NIGHT = "2026-03-02T22:00:00+01:00"


@pytest.fixture
def tell(app):
    """Runs the clock's job and returns the mails it wrote, by address."""

    def run() -> dict[str, OutboxMessage]:
        before = {mail.id for mail in session().query(OutboxMessage)}
        session().commit()
        tell_people()
        new = [mail for mail in session().query(OutboxMessage) if mail.id not in before]
        assert len({mail.to_email for mail in new}) == len(new), "somebody got two mails"
        return {mail.to_email: mail for mail in new}

    return run


def follow(round_, email, *, locale="nb", rhythm=Rhythm.SINGLE):
    """An address that follows a round."""
    ask_to_follow(round_, email, locale=locale, rhythm=rhythm, base_url="http://x", now=utc_now())
    follower = find_follower(email)
    for following in follower.followings:
        confirm_following(following, now=utc_now() - timedelta(seconds=1))
    return follower


def invite(make, round_, email):
    """A body that was asked and has not answered."""
    body = make.organisation(name="Granli kommune", email=email, language="nn")
    session().add(
        Invitation(
            round=round_, organisation=body, reason=InvitationReason.AFFECTED,
            created_at=utc_now(), sent_at=utc_now(),
        )
    )  # fmt: skip
    session().flush()


def amend(submission, *texts) -> Draft:
    """A sent answer that somebody has begun to change two days ago."""
    draft = start_amendment(submission, by=VISITOR, now=utc_now() - timedelta(days=2))
    for question, text in zip(draft.round.questions, texts, strict=False):
        revision = list_draft_answers(draft.id)[question.id].revision
        save_answer(draft, question, WrittenAnswer(text=text), revision=revision, by=VISITOR)
    return draft


@pytest.mark.scenario(51)
@pytest.mark.at(MORNING)
def test_more_time_is_told_once_to_everybody_with_both_dates(make, tell):
    round_ = make.round()
    write(begin(round_, contact_email="utkast@x.example"), "Hei")
    sent = send(write(begin(round_, language="nn", contact_email="sendt@x.example"), "Ja"))
    begin(round_, contact_email="sendt@x.example")
    invite(make, round_, "post@granli.example")
    for email in ("folgjer@x.example", "utkast@x.example"):
        follow(round_, email)
    old = round_.closes_at
    extend_deadline(round_, old + timedelta(days=7), reason="Ferie.", by=SYSTEM, at=utc_now())
    extend_deadline(round_, old + timedelta(days=21), reason="Flom.", by=SYSTEM, at=utc_now())
    mails = tell()
    assert set(mails) == {
        "utkast@x.example", "sendt@x.example", "post@granli.example", "folgjer@x.example",
    }  # fmt: skip
    for mail in mails.values():
        assert mail.kind == "deadline_moved"
        for body in (mail.body_text, mail.body_html):
            assert "12." in body, "the first of the old dates"
            assert "2. april 2026" in body, "the last of the new ones"
            assert "Flom." in body
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.submission.receipt_number not in mails["folgjer@x.example"].body_text
    token = mails["utkast@x.example"].body_text.split("/answer/link/")[1].split()[0]
    assert find_by_link(token, now=utc_now()).thing.contact_email == "utkast@x.example"
    assert tell() == {}, "a restart tells nothing twice"
    (entry,) = [e for e in entries_about(round_.reference) if e.tag == "round:news_told"]
    assert entry.data == {"kind": "deadline_moved", "number": 4}


@pytest.mark.at(NIGHT)
def test_what_happens_at_night_waits_for_the_morning(make, tell):
    round_ = make.round()
    follow(round_, "kari@x.example")
    cancel(round_, reason="Saken er trukket.", by=SYSTEM, at=utc_now())
    assert tell() == {}
    assert session().query(RoundNews).one().told_at is None


@pytest.mark.at(MORNING)
def test_a_cancelled_round_is_told_with_its_reason(make, tell):
    round_ = make.round()
    write(begin(round_, contact_email="utkast@x.example"), "Hei")
    invite(make, round_, "post@granli.example")
    cancel(round_, reason="Saken er trukket.", by=SYSTEM, at=utc_now())
    mails = tell()
    assert set(mails) == {"utkast@x.example", "post@granli.example"}
    assert "Saken er trukket." in mails["utkast@x.example"].body_text
    assert "/rounds/" not in mails["utkast@x.example"].body_text


@pytest.mark.at(MORNING)
def test_closing_early_is_told_once_to_those_who_could_still_have_answered(make, tell):
    round_ = make.round()
    write(begin(round_, contact_email="utkast@x.example"), "Hei")
    sent = send(write(begin(round_, contact_email="sendt@x.example"), "Ja")).submission
    changed = send(write(begin(round_, contact_email="endret@x.example"), "Ja")).submission
    amend(changed, "Nei")
    follow(round_, "utkast@x.example")
    follow(round_, "kari@x.example")
    invite(make, round_, "post@granli.example")
    close_now(round_, reason="Saken haster.", by=SYSTEM, at=utc_now())
    mails = tell()
    assert set(mails) == {
        "utkast@x.example", "endret@x.example", "kari@x.example", "post@granli.example",
    }  # fmt: skip
    for mail in mails.values():
        assert (mail.kind, "Saken haster." in mail.body_text) == ("round_closed", True)
        assert sent.receipt_number not in mail.body_text
    writer, changer = mails["utkast@x.example"], mails["endret@x.example"]
    token = writer.body_text.split("/answer/link/")[1].split()[0]
    assert find_by_link(token, now=utc_now()).thing.contact_email == "utkast@x.example"
    assert changed.receipt_number in changer.body_html
    assert tell() == {}


@pytest.mark.at(MORNING)
def test_closing_early_is_no_news_for_a_body_with_more_time_or_when_it_is_taken_back(make, tell):
    round_, other = make.round(), make.round()
    invite(make, round_, "post@granli.example")
    session().query(Invitation).one().deadline_at = utc_now() + timedelta(days=30)
    write(begin(other, contact_email="utkast@x.example"), "Hei")
    for one in (round_, other):
        close_now(one, reason="Saken haster.", by=SYSTEM, at=utc_now())
    other.closes_at = utc_now() + timedelta(days=3)
    assert tell() == {}


@pytest.mark.at(MORNING)
def test_only_those_who_follow_are_told_of_opening_and_of_the_report(make, tell):
    round_ = make.round(status=RoundStatus.ANNOUNCED, opens_at=utc_now() + timedelta(hours=1))
    follow(round_, "kari@x.example", locale="en")
    change_status(round_, RoundStatus.OPEN, by=SYSTEM, at=utc_now())
    (mail,) = tell().values()
    assert (mail.kind, mail.subject) == (
        "round_opened", f"Open for answers: {round_.title['en']}",
    )  # fmt: skip
    for status in (RoundStatus.CLOSED, RoundStatus.ANALYSIS, RoundStatus.REPORTED):
        change_status(round_, status, by=SYSTEM, at=utc_now())
    assert [mail.kind for mail in tell().values()] == ["report_published"]


@pytest.mark.at(MORNING)
def test_what_is_old_is_no_news(make, tell):
    round_ = make.round()
    follow(round_, "kari@x.example")
    cancel(round_, reason="Saken er trukket.", by=SYSTEM, at=utc_now() - timedelta(days=8))
    assert tell() == {}
    assert session().query(RoundNews).one().told_at is not None


@pytest.mark.scenario(74)
@pytest.mark.at(MORNING)
def test_a_corrected_question_is_told_to_those_who_wrote_on_it(make, tell):
    round_ = make.round()
    send(write(begin(round_, contact_email="begge@x.example"), "Ja", "Ja"))
    send(write(begin(round_, contact_email="annet@x.example"), "", "Bare det andre"))
    begin(round_, contact_email="utkast@x.example")
    question = round_.questions[0]
    spec = QuestionSpec(QuestionKind.OPEN, {**question.text, "nb": "Hvor ofte bør det være åpent?"})
    change_question(question, spec, by=SYSTEM)
    mails = tell()
    assert set(mails) == {"begge@x.example", "utkast@x.example"}
    for body in (mails["begge@x.example"].body_text, mails["begge@x.example"].body_html):
        assert "Question 1?" in body
        assert "Hvor ofte bør det være åpent?" in body


@pytest.mark.at(MORNING)
def test_whoever_declined_gets_no_mail_and_is_forgotten(make, tell):
    round_ = make.round()
    follow(round_, "kari@x.example")
    write(begin(round_, contact_email="kari@x.example"), "Hei")
    extend_deadline(
        round_, round_.closes_at + timedelta(days=7), reason="x", by=SYSTEM, at=utc_now()
    )
    (mail,) = tell().values()
    token = mail.headers["List-Unsubscribe"].rstrip(">").rsplit("/", 1)[1]
    assert token in mail.body_text
    assert token not in str([link.token_digest for link in session().query(MailLink)])
    for _ in range(2):
        stop_mail(find_link(token), now=utc_now())
    assert find_follower("kari@x.example") is None
    assert is_stopped("Kari@x.example", round_.reference)
    cancel(round_, reason="Saken er trukket.", by=SYSTEM, at=utc_now())
    assert tell() == {}


@pytest.mark.at(MORNING)
def test_following_again_takes_the_stop_back(make):
    round_ = make.round()
    follower = follow(round_, "kari@x.example")
    session().add(MailLink(token_digest="x", address_digest=follower.address_digest,
                           topic=round_.reference, created_at=utc_now()))  # fmt: skip
    session().flush()
    stop_mail(session().query(MailLink).filter_by(token_digest="x").one(), now=utc_now())
    follow(round_, "kari@x.example")
    assert not is_stopped("kari@x.example", round_.reference)


def test_an_address_that_never_confirms_is_told_nothing_and_deleted(make, tell):
    round_ = make.round()
    now = utc_now()
    for _ in range(2):
        ask_to_follow(
            round_, "kari@x.example", locale="nb", rhythm=Rhythm.SINGLE, base_url="http://x",
            now=now,
        )  # fmt: skip
    assert session().query(OutboxMessage).count() == 1, "asked once, however often the form is sent"
    assert forget_unconfirmed(now=now + CONFIRM_WITHIN + timedelta(seconds=1)) == 1
    assert find_follower("kari@x.example") is None
    assert session().query(OutboxMessage).count() == 0


@pytest.mark.at(MORNING)
def test_a_digest_tells_everything_in_one_mail_a_day(make, tell):
    first, second = make.round(), make.round()
    for round_ in (first, second):
        follower = follow(round_, "kari@x.example", locale="en", rhythm=Rhythm.DAILY)
    change_rhythm(follower, Rhythm.DAILY, now=utc_now())
    extend_deadline(
        first, first.closes_at + timedelta(days=7), reason="Flom", by=SYSTEM, at=utc_now()
    )
    cancel(second, reason="Saken er trukket.", by=SYSTEM, at=utc_now())
    (mail,) = tell().values()
    assert mail.kind == "news_digest"
    for words in ("The deadline has been moved to", "Saken er trukket.", first.title["en"]):
        assert words in mail.body_text
        assert words in mail.body_html
    extend_deadline(
        first, first.closes_at + timedelta(days=7), reason="Flom", by=SYSTEM,
        at=utc_now() + timedelta(seconds=1),
    )  # fmt: skip
    assert tell() == {}, "the next digest comes tomorrow"


@pytest.mark.at(MORNING)
def test_a_writer_is_reminded_once_and_never_after_sending(make, tell):
    round_ = make.round(closes_at=utc_now() + timedelta(days=3))
    yesterday = utc_now() - timedelta(days=1)
    waiting = begin(round_, contact_email="utkast@x.example", language="nn")
    sent = write(begin(round_, contact_email="sendt@x.example"), "Ja")
    send(sent)
    for draft in (waiting, sent):
        draft.updated_at = yesterday
    (mail,) = tell().values()
    assert (mail.kind, mail.to_email, mail.locale) == ("draft_reminder", "utkast@x.example", "nn")
    (first,) = [one for one in list_messages() if one.kind == "draft_link"][-1:]
    tokens = [one.body_text.split("/answer/link/")[1].split()[0] for one in (first, mail)]
    opened = [find_by_link(token, now=utc_now()) for token in tokens]
    assert [one.thing for one in opened] == [waiting, waiting], "an earlier mail goes on working"
    assert all(one.is_mailed for one in opened)
    later = waiting.round.closes_at + timedelta(days=31)
    assert not any(find_by_link(token, now=later) for token in tokens), "they end with the rest"
    assert not drafts_to_remind(utc_now()), "what is done is not looked at again each minute"
    assert drafts_to_remind(utc_now() + timedelta(days=2)) == [waiting.id]
    assert tell() == {}
    replace_access(waiting, by=VISITOR)
    assert not any(find_by_link(token, now=utc_now()) for token in tokens)


@pytest.mark.at(MORNING)
def test_changes_that_are_not_sent_are_reminded_of_once(make, tell):
    round_ = make.round(closes_at=utc_now() + timedelta(days=3))
    yesterday = utc_now() - timedelta(days=1)
    drafts = {}
    for name in ("endret", "uendret", "sendt", "trukket"):
        answer = send(write(begin(round_, contact_email=f"{name}@x.example"), "Ja")).submission
        drafts[name] = amend(answer, "Ja" if name == "uendret" else "Nei")
    send(drafts["sendt"])
    withdraw(drafts.pop("trukket").amends)
    for draft in drafts.values():
        draft.updated_at = yesterday
    (mail,) = tell().values()
    assert (mail.kind, mail.to_email) == ("change_reminder", "endret@x.example")
    for body in (mail.body_text, mail.body_html):
        assert drafts["endret"].amends.receipt_number in body
    token = mail.body_text.split("/answer/link/")[1].split()[0]
    assert find_by_link(token, now=utc_now()).thing is drafts["endret"]
    round_.closes_at = utc_now() + timedelta(hours=20)
    assert tell() == {}, "once is enough: what was sent counts"


@pytest.mark.at(MORNING)
def test_an_organisations_writer_signs_in_to_go_on(make, tell):
    round_ = make.round(closes_at=utc_now() + timedelta(days=1))
    body = make.organisation()
    person = make.person(email="ola@x.example")
    draft = begin(round_, by=make.actor(person), organisation=body)
    draft.updated_at = utc_now() - timedelta(days=1)
    (mail,) = tell().values()
    assert f"/answer/drafts/{draft.public_id}" in mail.body_text
    assert VISITOR.reference not in mail.body_text


@pytest.mark.scenario(23)
def test_who_writes_nynorsk_gets_receipt_and_reply_in_nynorsk(make, tell):
    round_ = make.round()
    send(write(begin(round_, language="nn", contact_email="kari@x.example"), "Eg synest det."))
    receipt = session().query(OutboxMessage).filter_by(kind="receipt").one()
    assert receipt.locale == "nn"
    assert round_.title["nn"] in receipt.body_text
    assert "Eg synest det." in receipt.body_html
    (file,) = receipt.attachments
    assert (file["media_type"], bool(file["receipt_of"])) == ("application/pdf", True)
