"""Personal links and codes: opening, replacing, turning off, mailing."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import VISITOR
from consult.domain.audit.queries import latest_entries
from consult.domain.audit.types import SYSTEM_STREAM
from consult.domain.notifications.models import MailTally
from consult.domain.notifications.queries import list_messages
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.rules import (
    answer_access_ends,
    draft_access_ends,
    identity_level,
    letter_locale,
)
from consult.domain.submissions.senders import IdentityLevel
from consult.domain.submissions.service.drafting import change_respondent, delete_draft
from consult.domain.submissions.service.linking import (
    confirm_email,
    find_by_code,
    find_by_link,
    mail_draft_link,
    mail_found_links,
    renew_code,
    renew_link,
    replace_access,
    turn_off_link,
)
from consult.domain.submissions.types import Respondent
from consult.kernel.clock import utc_now
from tests.blueprints.respond.answering import link_in
from tests.domain.submissions.written import BASE_URL, begin, links_of, send, write

KARI = "kari@consult.example"
CLOSES = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)


def _token(body: str) -> str:
    return link_in(body).rsplit("/", 1)[-1]


def _opens(token: str, *, now: datetime | None = None) -> bool:
    return find_by_link(token, now=now or utc_now()) is not None


def test_how_long_links_work():
    later = CLOSES + timedelta(days=14)
    assert draft_access_ends(CLOSES) == CLOSES + timedelta(days=30)
    assert draft_access_ends(CLOSES, later) == later + timedelta(days=30)
    assert answer_access_ends(CLOSES, CLOSES - timedelta(days=9)).year == 2029
    assert answer_access_ends(CLOSES, later) > answer_access_ends(CLOSES, CLOSES)


@pytest.mark.scenario(14)
def test_how_a_sender_is_known():
    assert identity_level(is_signed_in=False, has_confirmed_email=False) == "unverified"
    assert identity_level(is_signed_in=False, has_confirmed_email=True) == "email_confirmed"
    assert identity_level(is_signed_in=True, has_confirmed_email=False) == "signed_in"


@pytest.mark.scenario(23)
@pytest.mark.parametrize(
    ("language", "locale", "expected"),
    [("nn", "nb", "nn"), ("nb", "en", "nb"), ("se", "nn", "nn"), ("sma", None, "nb")],
)
def test_letters_come_in_the_language_of_the_answer_or_of_the_start(language, locale, expected):
    assert letter_locale(language, locale) == expected


def test_a_drafts_link_ends_some_time_after_the_deadline(make):
    draft = begin(make.round())
    token, code = renew_link(draft), renew_code(draft)
    closes = draft.round.closes_at
    assert _opens(token, now=closes + timedelta(days=29))
    assert find_by_code(code, now=closes + timedelta(days=29)) is not None
    assert not _opens(token, now=closes + timedelta(days=31))
    assert find_by_code(code, now=closes + timedelta(days=31)) is None


def test_an_answers_link_works_while_the_round_is_followed_up(make):
    sent = send(write(begin(make.round()), "Ja"))
    closes = sent.submission.round.closes_at
    assert _opens(sent.token, now=closes + timedelta(days=2 * 365))
    assert not _opens(sent.token, now=closes + timedelta(days=3 * 365 + 1))
    sent.submission.round.status = RoundStatus.ARCHIVED
    assert not _opens(sent.token)


def test_a_link_to_a_draft_does_not_open_the_answer(make):
    draft = write(begin(make.round(), contact_email=KARI), "Ja")
    mailed = _token(list_messages()[0].body_text)
    shown, code = renew_link(draft), renew_code(draft)
    assert _opens(mailed)
    send(draft)
    assert not _opens(mailed)
    assert not _opens(shown)
    assert find_by_code(code, now=utc_now()) is None


def test_a_new_link_turns_off_all_that_was_handed_out(make):
    draft = begin(make.round(), contact_email=KARI)
    mailed = _token(list_messages()[0].body_text)
    shown, code, key = renew_link(draft), renew_code(draft), draft.access_key
    fresh = replace_access(draft, by=VISITOR)
    assert not _opens(mailed)
    assert not _opens(shown)
    assert find_by_code(code, now=utc_now()) is None
    assert draft.access_key != key, "other browsers are closed"
    assert _opens(fresh)
    entry = latest_entries([SYSTEM_STREAM])[0]
    assert (entry.tag, entry.data) == ("draft:link_changed", {"change": "replaced"})


def test_a_link_that_came_to_the_wrong_mailbox_is_turned_off_with_the_address(make):
    draft = begin(make.round(), contact_email=KARI)
    found = find_by_link(_token(list_messages()[0].body_text), now=utc_now())
    key = draft.access_key
    turn_off_link(found, by=VISITOR)
    assert draft.contact_email is None
    assert not links_of(draft)
    assert draft.access_key == key, "the writer's own browser stays open"


@pytest.mark.scenario(14)
def test_only_the_mailed_link_confirms_the_address(make):
    draft = write(begin(make.round(), contact_email=KARI), "Ja")
    confirm_email(find_by_link(renew_link(draft), now=utc_now()), now=utc_now())
    assert draft.email_confirmed_at is None
    confirm_email(find_by_link(_token(list_messages()[0].body_text), now=utc_now()), now=utc_now())
    assert draft.email_confirmed_at is not None
    assert send(draft).submission.identity is IdentityLevel.EMAIL_CONFIRMED


@pytest.mark.scenario(14)
def test_the_receipts_link_confirms_the_address_of_an_answer(make):
    sent = send(write(begin(make.round(), contact_email=KARI), "Ja"))
    assert sent.submission.identity is IdentityLevel.UNVERIFIED
    receipt = next(mail for mail in list_messages() if mail.kind == "receipt")
    found = find_by_link(_token(receipt.body_text), now=utc_now())
    confirm_email(found, now=utc_now())
    assert sent.submission.identity is IdentityLevel.EMAIL_CONFIRMED


def test_another_address_must_be_confirmed_anew(make):
    draft = begin(make.round(), contact_email=KARI)
    old = _token(list_messages()[0].body_text)
    confirm_email(find_by_link(old, now=utc_now()), now=utc_now())
    other = Respondent(draft.name, draft.actor_type, contact_email="ola@consult.example")
    change_respondent(draft, other, language="nb", base_url=BASE_URL)
    assert draft.email_confirmed_at is None
    assert not _opens(old)
    assert list_messages()[0].to_email == "ola@consult.example"
    assert _opens(_token(list_messages()[0].body_text))


def test_an_address_is_not_flooded_even_by_drafts_that_are_deleted(make):
    round_ = make.round()
    for _ in range(3):
        delete_draft(begin(round_, contact_email=KARI), by=VISITOR)
    drafts = [begin(round_, contact_email=address) for address in ("Kari@Consult.example", KARI)]
    assert not mail_draft_link(drafts[0], base_url=BASE_URL, now=utc_now())
    begin(round_, contact_email=KARI)
    assert len([mail for mail in list_messages() if mail.kind == "draft_link"]) == 2
    assert mail_draft_link(drafts[1], base_url=BASE_URL, now=utc_now() + timedelta(minutes=61))
    begin(round_, contact_email="ola@consult.example")
    assert list_messages()[0].to_email == "ola@consult.example"


def test_the_tally_keeps_no_address_and_only_a_day(make):
    begin(make.round(), contact_email=KARI)
    draft = begin(make.round(), contact_email="ola@consult.example")
    mail_draft_link(draft, base_url=BASE_URL, now=utc_now() + timedelta(days=2))
    (left,) = session().query(MailTally)
    assert "ola" not in left.address_digest


def test_lost_links_are_mailed_anew_without_locking_anybody_out(make):
    round_ = make.round()
    begin(round_, contact_email=KARI)
    mailed = _token(list_messages()[0].body_text)
    sent = send(write(begin(round_, contact_email=KARI), "Ja"))
    mail_found_links("KARI@consult.example", locale="nn", base_url=BASE_URL, now=utc_now())
    mail = list_messages()[0]
    assert (mail.kind, mail.locale, mail.body_text.count("/answer/link/")) == (
        "found_links",
        "nn",
        2,
    )
    assert sent.submission.receipt_number in mail.body_text
    assert not _opens(mailed)
    assert _opens(sent.token), "what the sender holds in her own browser keeps working"
    before = len(list_messages())
    mail_found_links("nobody@consult.example", locale="nb", base_url=BASE_URL, now=utc_now())
    assert len(list_messages()) == before


@pytest.mark.scenario(14)
def test_a_signed_in_sender_is_noted_as_such(make):
    person = make.actor(make.person())
    draft = write(begin(make.round(), by=person), "Ja", by=person)
    assert send(draft, by=person).submission.identity is IdentityLevel.SIGNED_IN
