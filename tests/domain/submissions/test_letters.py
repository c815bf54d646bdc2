"""Letters to those who answered: what they may say, whom they reach, and that they are kept."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.audit.types import Tag
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.rules import round_topic
from consult.domain.notifications.stopping import find_link, make_link, stop_mail
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.types import RoundType
from consult.domain.submissions import letter_queries
from consult.domain.submissions.letter_queries import letters_about, list_letters, mailing_list
from consult.domain.submissions.letters import (
    LetterKind,
    LetterWords,
    MailingList,
    check_words,
    merged,
)
from consult.domain.submissions.listing import AnswerFilter
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.linking import find_by_link, renew_mail_link
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.writing import (
    RecipientsChanged,
    ask_sender,
    forward_answer,
    note_reply,
    write_to_all,
)
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DecisionKind,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput

SITE = "https://consult.example"
POST = "post@solvik.example"

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


def answer(round_, name="Kari Moe", email="kari@example.no", kind=ActorType.PRIVATE_PERSON):
    content = SubmissionContent(
        respondent=Respondent(name, kind, contact_email=email),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(text="Toget må stoppe her."),),
    )
    return receive_submission(round_, content, by=SYSTEM, received_at=utc_now())[0]


def write(round_, wanted=None, **values):
    words = values.pop("words", LetterWords("Til {name}", "Hei {name}! Om {number}.", "nb"))
    values = {"expected": 1, "contact": POST, "by": SYSTEM, "base_url": SITE, **values}
    return write_to_all(round_, wanted or AnswerFilter(), words, **values)


@pytest.mark.parametrize(
    ("subject", "body", "field", "reason"),
    [
        (" ", "Hei", "subject", "required"),
        ("Hei", "\n", "body", "required"),
        ("x" * 151, "Hei", "subject", "too_long"),
        ("Hei", "x" * 6001, "body", "too_long"),
        ("Hei", "Er du 15076500565?", "body", "identity_number"),
        ("Hei {navn}", "Hei", "subject", "unknown_field"),
    ],
)
def test_what_a_letter_may_not_say(subject, body, field, reason):
    with pytest.raises(InvalidInput) as refused:
        check_words(LetterWords(subject, body, "nb"), is_merged=True)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_own_values_are_put_in_once():
    assert (
        merged("{name}: {number} {x}", {"{name}": "{number}", "{number}": "7"}) == "{number}: 7 {x}"
    )
    words = LetterWords(" En \n to ", " Hei {hva}\r\nder ", "nb")
    assert check_words(words, is_merged=False) == LetterWords("En to", "Hei {hva}\nder", "nb")


def test_a_question_is_mailed_and_kept_with_its_reply(make):
    submission = answer(make.round())
    copy = ask_sender(submission, "Hvilken stasjon?", contact=POST, by=SYSTEM, base_url=SITE)
    mail = next(one for one in list_messages() if one.kind == "sender_question")
    assert mail.to_email == "kari@example.no"
    for words in ("Hvilken stasjon?", submission.receipt_number, POST, SITE):
        assert words in mail.body_text
    assert "Hvilken stasjon?" in mail.body_html
    note_reply(copy, "Solvik.", by=SYSTEM)
    for reply, reason in (("", "required"), ("x" * 6001, "too_long")):
        with pytest.raises(InvalidInput) as refused:
            note_reply(copy, reply, by=SYSTEM)
        assert refused.value.reason == reason
    (kept,) = letters_about(submission.id)
    assert (kept.letter.kind, kept.letter.body, kept.reply) == (
        LetterKind.QUESTION, "Hvilken stasjon?", "Solvik.",
    )  # fmt: skip
    tags = [entry.tag for entry in entries_about(submission.reference)]
    assert tags[:2] == [Tag.SUBMISSION_REPLY_NOTED, Tag.SUBMISSION_WRITTEN_TO]
    with pytest.raises(Conflict):
        ask_sender(
            answer(submission.round, email=None), "Hva?", contact=POST, by=SYSTEM, base_url=SITE
        )


def test_an_answer_is_sent_on_without_the_senders_address(make):
    submission = answer(make.round())
    values = {"reason": "Gjelder toget.", "contact": POST, "by": SYSTEM, "tells_sender": True}
    forward_answer(submission, recipient=" Jernbane\nverket ", email="post@jbv.example", **values)
    by_kind = {one.kind: one for one in list_messages()}
    mail, notice = by_kind["forwarded_answer"], by_kind["forwarded_notice"]
    assert mail.to_email == "post@jbv.example"
    assert "Toget må stoppe her." in mail.body_text
    assert "Kari Moe" in mail.body_text
    assert "kari@example.no" not in mail.body_text + mail.body_html
    assert notice.to_email == "kari@example.no"
    assert "Jernbane verket" in notice.subject
    assert letters_about(submission.id)[0].letter.recipient == "Jernbane verket"
    with pytest.raises(InvalidInput):
        forward_answer(submission, recipient=" ", email="a@b.example", **values)
    inside = answer(make.round(type=RoundType.INTERNAL_HEARING))
    with pytest.raises(Conflict):
        forward_answer(inside, recipient="Avisa", email="a@b.example", **values)
    quiet = answer(submission.round, email=None)
    forward_answer(quiet, recipient="Jernbaneverket", email="post@jbv.example", **values)
    assert sum(one.kind == "forwarded_notice" for one in list_messages()) == 1


def test_a_letter_reaches_each_address_once_and_nobody_who_declined(make):
    round_ = make.round()
    first, again = answer(round_), answer(round_, "Kari M.", "KARI@example.no")
    answer(round_, "Uten adresse", None)
    answer(round_, "Liv Ås", "liv@example.no")
    body = answer(round_, "Solvik kommune", "post@solvik.example", ActorType.MUNICIPALITY)
    aside = answer(round_, "Feil sak", "feil@example.no")
    mark_answer(aside, DecisionKind.OFF_TOPIC, reason="En annen sak.", by=SYSTEM)
    stop_mail(find_link(make_link("LIV@example.no", round_topic(round_.public_id))), now=utc_now())
    found = mailing_list(round_, AnswerFilter())
    assert [one.email for one in found.recipients] == ["KARI@example.no", "post@solvik.example"]
    assert (found.without_address, found.declined) == (1, 1)
    local = AnswerFilter(group=ActorGroup.LOCAL)
    assert [one.name for one in mailing_list(round_, local).recipients] == ["Solvik kommune"]
    with pytest.raises(RecipientsChanged):
        write(round_)
    assert write(round_, expected=2) == 2
    mails = [one for one in list_messages() if one.kind == "round_letter"]
    to_kari = next(one for one in mails if one.to_email == "KARI@example.no")
    assert to_kari.subject == "Til Kari M."
    assert f"Om {first.receipt_number}, {again.receipt_number}." in to_kari.body_text
    assert "List-Unsubscribe" in to_kari.headers
    assert f"{SITE}/mail/" in to_kari.body_text
    for submission in (first, again, body):
        assert [one.letter.kind for one in letters_about(submission.id)] == [LetterKind.TO_ALL]
    assert [number for _letter, number in list_letters(round_.id)] == [3]
    with pytest.raises(RecipientsChanged):
        write(make.round(), expected=0)


def test_a_letter_about_too_many_answers_is_written_to_nobody(make, monkeypatch):
    monkeypatch.setattr(letter_queries, "MOST_ANSWERS", 1)
    round_ = make.round()
    answer(round_)
    answer(round_, "Liv Ås", "liv@example.no")
    assert mailing_list(round_, AnswerFilter()) == MailingList((), 0, 0, is_too_long=True)
    with pytest.raises(RecipientsChanged):
        write(round_, expected=0)
    assert write(round_, AnswerFilter(text="Liv")) == 1


def test_the_link_in_a_question_leaves_those_in_earlier_mails_alone(make):
    submission = answer(make.round())
    earlier = renew_mail_link(submission)
    ask_sender(submission, "Hvilken stasjon?", contact=POST, by=SYSTEM, base_url=SITE)
    assert find_by_link(earlier, now=utc_now()) is not None
