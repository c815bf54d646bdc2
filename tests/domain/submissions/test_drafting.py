"""Beginning, changing and deleting drafts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import VISITOR
from consult.domain.audit.queries import entries_about, latest_entries
from consult.domain.audit.types import organisation_stream
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.rounds.models import Invitation
from consult.domain.rounds.types import InvitationReason, RoundStatus
from consult.domain.submissions.models import Draft, DraftAnswer
from consult.domain.submissions.queries import (
    get_draft,
    list_drafts_of,
)
from consult.domain.submissions.service.drafting import (
    change_respondent,
    delete_draft,
    start_draft,
)
from consult.domain.submissions.service.linking import find_by_link, renew_link
from consult.domain.submissions.types import Respondent
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.ids import token_digest
from tests.domain.submissions.written import BASE_URL, begin, links_of, send, write


def _count(model) -> int:
    return session().scalar(select(func.count()).select_from(model))


def test_the_drafters_of_an_organisation_share_one_draft(make):
    round_, body = make.round(), make.organisation()
    first = make.actor(make.member(body, Role.DRAFTER))
    second = make.actor(make.member(body, Role.DRAFTER))
    draft = begin(round_, by=first, organisation=body)
    assert begin(round_, by=second, organisation=body) is draft
    assert list_drafts_of(second, second.organisation_ids) == [draft]
    assert not links_of(draft)


def test_a_person_alone_may_begin_two(make):
    round_ = make.round()
    assert begin(round_) is not begin(round_)


def test_deleting_leaves_nothing_but_that_it_was_deleted(make):
    draft = write(begin(make.round()), "Hemmelig")
    reference, public_id = draft.reference, draft.public_id
    delete_draft(draft, by=VISITOR)
    assert _count(Draft) == _count(DraftAnswer) == 0
    with pytest.raises(NotFound):
        get_draft(public_id)
    assert [entry.tag for entry in entries_about(reference)] == ["draft:deleted", "draft:started"]
    assert all(not entry.data for entry in entries_about(reference))


def test_deleting_takes_the_mails_with_the_link_along(make):
    round_ = make.round()
    draft = begin(round_, contact_email="kari@consult.example")
    begin(round_, contact_email="ola@consult.example")
    delete_draft(draft, by=VISITOR)
    assert [mail.to_email for mail in list_messages()] == ["ola@consult.example"]


def test_the_owners_log_knows_nothing_of_drafts(make):
    round_, body = make.round(), make.organisation()
    writer = make.actor(make.member(body, Role.DRAFTER))
    sent = send(write(begin(round_, by=writer, organisation=body), "Ja", by=writer), by=writer)
    entries = latest_entries([organisation_stream(round_.owner_id)])
    assert [(entry.tag, entry.actor) for entry in entries] == [("submission:received", "sender")]
    own = latest_entries([organisation_stream(body.id)])
    assert [(entry.tag, entry.actor) for entry in own] == [
        ("draft:sent", writer.reference),
        ("draft:started", writer.reference),
    ]
    assert sent.submission.organisation_id == body.id


def test_a_new_link_takes_the_place_of_the_old_and_only_its_digest_is_kept(make):
    draft = begin(make.round())
    old, new = renew_link(draft), renew_link(draft)
    assert find_by_link(old, now=utc_now()) is None
    found = find_by_link(new, now=utc_now())
    assert found is not None
    assert found.thing is draft
    assert list(links_of(draft)) == [token_digest(new)]


def test_the_link_is_mailed_in_the_language_that_is_written(make):
    begin(make.round(), language="nn", contact_email="kari@consult.example")
    (mail,) = list_messages()
    assert (mail.kind, mail.locale) == ("draft_link", "nn")
    assert f"{BASE_URL}/answer/link/" in mail.body_text


@pytest.mark.parametrize("field", ["name", "contact_name"])
def test_an_identity_number_is_in_no_name(make, field):
    respondent = {"name": "Kari", "actor_type": "private_person", field: "Kari 151086 95088"}
    with pytest.raises(InvalidInput) as refused:
        start_draft(
            make.round(),
            Respondent(**respondent),
            language="nb",
            by=VISITOR,
            base_url=BASE_URL,
            now=utc_now(),
        )
    assert (refused.value.field, refused.value.reason) == (field, "identity_number")


def test_changing_who_it_is_from(make):
    draft = begin(make.round())
    respondent = Respondent("  Eldrerådet \n i Solvik ", draft.actor_type)
    change_respondent(draft, respondent, language="se", base_url=BASE_URL)
    assert (draft.name, draft.language) == ("Eldrerådet i Solvik", "se")


@pytest.mark.parametrize("name", ["", " \n", "\u200b", "\u200d\u2060"])
def test_only_a_person_needs_no_name(make, name):
    draft = begin(make.round())
    with pytest.raises(InvalidInput, match="name: required"):
        change_respondent(
            draft, Respondent(name, ActorType.UNION), language="nb", base_url=BASE_URL
        )
    change_respondent(
        draft, Respondent(name, ActorType.PRIVATE_PERSON), language="nb", base_url=BASE_URL
    )
    assert draft.name == ""


def test_nothing_is_begun_that_cannot_be_sent(make):
    now = utc_now()
    closed = make.round(closes_at=now - timedelta(hours=1))
    with pytest.raises(DeadlinePassed):
        begin(closed, contact_email="kari@consult.example")
    with pytest.raises(RoundNotOpen):
        begin(make.round(status=RoundStatus.CLOSED))
    assert _count(Draft) == 0
    assert list_messages() == []


def test_an_own_deadline_lets_the_body_begin(make):
    round_, body = make.round(closes_at=utc_now() - timedelta(hours=1)), make.organisation()
    invited = Invitation(
        round=round_,
        organisation=body,
        reason=InvitationReason.AFFECTED,
        deadline_at=utc_now() + timedelta(days=1),
        created_at=utc_now(),
    )
    session().add(invited)
    session().flush()
    writer = make.actor(make.member(body, Role.DRAFTER))
    assert begin(round_, by=writer, organisation=body).organisation_id == body.id
