"""What senders do after sending, seen from the desk."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.coding.service.coding import apply_theme
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.submissions.service.amending import start_amendment
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.drafting import change_publication, change_respondent
from consult.domain.submissions.service.erasing import request_erasure
from consult.domain.submissions.types import Publication, Respondent, WrittenAnswer
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import BASE_URL, begin, send, withdraw, write
from tests.support.coded import passages_of, theme


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def desk(client, make, round_):
    """The browser of the round's coordinator."""
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


def _sent(round_, *texts: str, **values):
    return send(write(begin(round_, **values), *texts)).submission


def _path(submission, rest: str = "") -> str:
    return f"/desk/rounds/{submission.round.slug}/answers/{submission.number}{rest}"


@pytest.mark.scenario(33)
def test_a_new_version_waits_to_be_checked(desk, round_):
    submission = _sent(round_, "Døra må være åpen.\n\nTakk.")
    apply_theme(passages_of(submission)[0], theme(round_, "Dører"), by=SYSTEM)
    draft = start_amendment(submission, by=VISITOR, now=utc_now())
    changed = WrittenAnswer(text="Døra bør være åpen.\n\nTakk.")
    save_answer(draft, round_.questions[0], changed, revision=1, by=VISITOR)
    send(draft)
    overview = desk.get(f"/desk/rounds/{round_.slug}")
    assert "1 answer has a new version to check" in overview.words
    assert desk.get(_path(submission)).has_link(_path(submission, "/versions"))
    page = desk.get(_path(submission, "/versions"))
    assert "1 coded passage is not in the new version." in page.words
    gone = page.words.split("No longer in it, with the themes it had")[1]
    assert gone.index("Døra må være åpen.") < gone.index("Dører")
    assert "Replaced" in page.words
    page = desk.submit(page, action=_path(submission, "/versions"))
    assert "Noted. The new version is checked." in page.words
    assert "new version to check" not in desk.get(f"/desk/rounds/{round_.slug}").words


@pytest.mark.scenario(35)
def test_a_withdrawn_answer_is_seen_as_such_and_not_counted(desk, round_):
    submission = _sent(round_, "Ja")
    withdraw(submission)
    page = desk.get(_path(submission))
    assert "The sender withdrew this answer" in page.words
    assert "Withdrawn by the sender" in page.words
    assert "Withdrawn" in desk.get(f"/desk/rounds/{round_.slug}/answers").words
    assert "0 answers received" in desk.get("/desk/").words


@pytest.mark.scenario(21)
def test_the_coordinator_decides_on_deletion_and_the_sender_is_told(desk, round_):
    submission = _sent(round_, "Ja", contact_email="kari@consult.example")
    request_erasure(submission, "Jeg angrer", now=utc_now())
    overview = desk.get(f"/desk/rounds/{round_.slug}")
    assert "1 sender asks for deletion" in overview.words
    listed = desk.get(f"/desk/rounds/{round_.slug}/erasures")
    path = listed.find(".//table[@id='erasures']//a").get("href")
    page = desk.get(path)
    assert "Jeg angrer" in page.words
    page = desk.submit(page, {"decision": "decline", "reason": ""}, status=422)
    assert "Write why the request is declined." in page.words
    page = desk.submit(page, {"decision": "grant", "reason": "Greit."})
    assert "The decision is noted" in page.words
    session().expire_all()
    assert submission.publication is Publication.NOT_ON_WEB
    assert "Greit." in list_messages()[0].body_text
    assert "Granted" in desk.get(path).words
    assert "The request for deletion was decided" in desk.get(_path(submission)).words


@pytest.mark.scenario(14)
@pytest.mark.scenario(20)
def test_the_desk_sees_name_and_how_the_sender_is_known(desk, round_):
    draft = begin(round_)
    person = Respondent("Kari Nes", ActorType.PRIVATE_PERSON)
    change_respondent(draft, person, language="nb", base_url=BASE_URL)
    write(draft, "Ja")
    change_publication(draft, Publication.WITHOUT_NAME)
    submission = send(draft).submission
    page = desk.get(_path(submission))
    assert "Kari Nes" in page.words
    assert "Sender known byNot verified" in page.words
    assert "Publish without name" in page.words
    assert "Not verified" not in desk.get(f"/desk/rounds/{round_.slug}/answers").words


def test_the_coordinator_opens_the_themes_to_senders(desk, round_):
    theme(round_, "Dører")
    page = desk.get(f"/desk/rounds/{round_.slug}/codebook")
    assert "Senders do not see the themes of their answers yet." in page.words
    action = f"/desk/rounds/{round_.slug}/codebook/shown"
    page = desk.submit(page, action=action)
    session().expire_all()
    assert round_.themes_shown_at is not None
    assert "Each sender now sees the themes of their own answer." in page.words
    desk.submit(page, action=action)
    session().expire_all()
    assert round_.themes_shown_at is None
