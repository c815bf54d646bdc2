"""The page of sending: checks, the letter, sending once, corrections, withdrawing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.bodies import BodyRule
from consult.domain.analysis.queries.bodies import bodies_that_answered
from consult.domain.analysis.queries.counting import matrix
from consult.domain.analysis.types import CountUnit
from consult.domain.composing.letter import build_letter
from consult.domain.composing.queries import get_part
from consult.domain.composing.service.signing import break_seal
from consult.domain.composing.types import PlannedStep
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.responses.queries import get_case
from consult.domain.responses.readiness import (
    letter_frame,
    list_attachable,
    list_joint_parties,
    text_to_send,
)
from consult.domain.responses.service.deciding import take_round
from consult.domain.responses.service.hearing import plan_hearing
from consult.domain.responses.service.joining import (
    ask_body,
    confirm_joint,
    decline_joint,
    shown_digest,
)
from consult.domain.responses.types import AskedBelow, HearingPlan
from consult.domain.submissions.counting import answered_organisation_ids
from consult.domain.submissions.listing import AnswerFilter, list_answers
from consult.domain.submissions.mandates import Exposure, Ground
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Channel,
    DeadlineStatus,
    Publication,
    Respondent,
    Stance,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from tests.support.coded import receive
from tests.support.letters import body_of
from tests.support.signing import BASE_URL, Chain


@pytest.fixture
def chain(make) -> Chain:
    chain = Chain(make)
    part = get_part(chain.letter, "q-q1")
    part.stance, part.modifiers = Stance.SUPPORT_PARTLY, ["condition"]
    return chain


def signed(chain: Chain) -> Chain:
    chain.start([PlannedStep("Leder", chain.ola.id, "forbundsleder")])
    chain.sign(chain.ola)
    take_round(chain.letter.round, chain.body, by=chain.actor(chain.hege), at=datetime.now(UTC))
    session().flush()
    return chain


def address(chain: Chain, name: str = "send") -> str:
    return f"/workspace/forbundet/cases/{chain.letter.round.slug}/{name}"


def plan(**values) -> dict[str, str]:
    return {"publication": "with_name", "is_checked": "y", **values}


def test_what_stands_in_the_way_is_told_with_where_it_is_mended(client, chain):
    page = client.sign_in(chain.hege).get(address(chain))
    assert "Nobody has been asked to sign" in page.words
    assert "Must be mended" in page.words
    assert "1 question is answered" in page.words
    assert page.has_link(address(chain, "sign-off"))
    page = client.post(address(chain), plan(), status=422)
    assert "Something must be mended first." in page.words


def test_a_signed_letter_is_sent_once_however_often_the_button_is_pressed(client, make, chain):
    signed(chain)
    page = client.sign_in(chain.hege).get(address(chain))
    assert "Everybody has signed, and the text is as they saw it" in page.words
    client.post(address(chain), plan())
    page = client.post(address(chain), plan())
    page = client.get(address(chain))
    assert "The answer is sent" in page.words
    rows = list_answers(chain.letter.round_id, AnswerFilter())
    assert len(rows) == 1
    sent = get_case(chain.body.id, chain.letter.round.slug).submission
    version = sent.current_version
    assert [one.text for one in version.answers] == [
        "Vi støtter hovedlinjene.",
        "Kontoret må være åpent.",
    ]
    assert version.answers[1].stance is Stance.SUPPORT_PARTLY
    assert version.answers[1].modifiers == ["condition"]
    assert [(one.name, one.title) for one in version.parties] == [("Ola Vik", "forbundsleder")]
    assert version.attachments[0].media_type == "application/pdf"
    assert sent.document_date is not None
    assert "receipt" in [one.kind for one in list_messages()]
    assert client.get(f"/answer/receipts/{sent.public_id}").has_link(address(chain))


def test_the_letter_is_there_as_pdf_and_for_word(client, chain):
    signed(chain)
    client.sign_in(chain.kari)
    pdf = client.raw(address(chain, "letter.pdf"))
    assert pdf.data.startswith(b"%PDF")
    word = client.raw(address(chain, "letter.docx"))
    assert word.data.startswith(b"PK")


def test_the_head_is_changed_and_breaks_the_seal_only_when_asked_to(client, chain):
    signed(chain)
    head = {"title": "Svar", "recipient": "Departementet", "our_ref": "26/14"}
    page = client.sign_in(chain.hege).post(address(chain, "letter"), head, status=422)
    assert "This breaks the seal" in page.words
    assert chain.standing.holds
    client.post(address(chain, "letter"), {**head, "breaks_seal": "1"})
    assert not chain.standing.holds
    assert chain.letter.recipient == "Departementet"


@pytest.mark.scenario(39)
def test_a_decision_takes_the_place_of_the_provisional_answer_and_both_are_shown(client, chain):
    signed(chain)
    steps = {
        "steps-0-body": "Formannskapet",
        "steps-0-held_on": "2026-09-01",
        "steps-0-case_number": "26/77",
        "steps-0-proposed": "Punkt 4: Kommunen støtter forslaget.",
    }
    client.sign_in(chain.hege).post(address(chain), plan(is_provisional="y", **steps))
    decided = {**steps, "steps-0-decided": "Punkt 4: Kommunen støtter ikke forslaget."}
    page = client.post(address(chain), plan(is_again="1", **decided))
    assert "Decided otherwise than recommended" in page.words
    sent = get_case(chain.body.id, chain.letter.round.slug).submission
    assert [one.is_provisional for one in sent.versions] == [True, False]
    step = sent.current_version.political_steps[0]
    assert step.held_on == date(2026, 9, 1)
    assert step.was_changed
    page = client.post(address(chain), plan(is_again="1", **decided), status=422)
    assert "This is what you have sent already." in page.words


@pytest.mark.scenario(33)
@pytest.mark.scenario(35)
def test_a_correction_is_a_new_version_and_an_answer_can_be_taken_back(client, chain):
    signed(chain)
    client.sign_in(chain.hege).post(address(chain), plan())
    get_part(chain.letter, "general").body = body_of("Vi støtter hovedlinjene, med ett unntak.")
    session().flush()
    break_seal(chain.letter, part="Generelt", base_url=BASE_URL, by=chain.actor(chain.hege))
    page = client.post(address(chain), plan(is_again="1"), status=422)
    assert "The text is not the one that was sent." in page.words
    chain.start([PlannedStep("Leder", chain.ola.id, "forbundsleder")])
    chain.sign(chain.ola)
    client.post(address(chain), plan(is_again="1"))
    sent = get_case(chain.body.id, chain.letter.round.slug).submission
    assert sent.current_version_number == 2
    assert len(sent.current_version.parties) == 1
    page = client.post(address(chain, "send/withdraw"), {}, status=422)
    assert "This cannot be undone." in page.words
    client.post(address(chain, "send/withdraw"), {"is_sure": "y"})
    session().refresh(sent)
    assert sent.status is SubmissionStatus.WITHDRAWN
    assert "The answer is withdrawn" in client.get(address(chain)).words


@pytest.mark.scenario(32)
def test_being_late_is_told_and_blocks_nothing(client, chain):
    signed(chain)
    chain.letter.round.closes_at = datetime(2026, 1, 5, tzinfo=UTC)
    chain.letter.round.opens_at = datetime(2026, 1, 1, tzinfo=UTC)
    session().flush()
    page = client.sign_in(chain.hege).get(address(chain))
    assert "The deadline has passed. You can send" in page.words
    client.post(address(chain), plan())
    sent = get_case(chain.body.id, chain.letter.round.slug).submission
    assert sent.deadline_status is DeadlineStatus.LATE_INCLUDED


@pytest.mark.scenario(36)
def test_a_joint_statement_counts_each_body_that_has_said_yes(client, new_client, make, chain):
    signed(chain)
    other, third = make.organisation(name="Skolelaget"), make.organisation(name="Busslaget")
    ruth, siv = make.member(other, Role.COORDINATOR), make.member(third, Role.COORDINATOR)
    client.sign_in(chain.hege)
    page = client.get(f"{address(chain, 'joint')}?q=laget")
    assert "Skolelaget" in page.words
    for body in (other, third):
        client.post(address(chain, "joint"), {"chosen": body.slug})
    mail = next(one for one in list_messages() if one.to_email == ruth.email)
    link = next(word for word in mail.body_text.split() if "/joint/" in word)
    page = new_client().sign_in(ruth).get(link[link.index("/workspace") :])
    assert "Kontoret må være åpent." in page.words
    client.post(address(chain), plan())
    said_yes = new_client().sign_in(ruth)
    said_yes.submit(said_yes.get(page.url), action=f"{page.url}/confirm")
    new_client().sign_in(siv).get(page.url, status=404)
    sent = get_case(chain.body.id, chain.letter.round.slug).submission
    session().expire_all()
    behind = {one.name: one.is_confirmed for one in sent.current_version.parties[1:]}
    assert behind == {"Skolelaget": True, "Busslaget": False}
    figures = Figures(gather_summary(chain.letter.round, now=datetime.now(UTC)))
    assert (len(figures.analysed), figures.count_senders()) == (1, 2)


@pytest.mark.scenario(36)
@pytest.mark.scenario(37)
def test_co_senders_stand_in_every_list_and_one_with_its_own_answer_is_linked(
    client, new_client, make, chain
):
    round_ = signed(chain).letter.round
    clubs = [make.organisation(name=name, slug=name.lower()) for name in ("Bilen", "Bussen")]
    case, by = get_case(chain.body.id, round_.slug), chain.actor(chain.hege)
    for club in clubs:
        ask_body(case, club, base_url="http://x", by=by, at=utc_now())
    ruth = new_client().sign_in(make.member(clubs[0], Role.COORDINATOR))
    home = ruth.get("/workspace/bilen")
    assert "Asked to send an answer together with others" in home.words
    client.sign_in(chain.hege).post(address(chain), plan())
    session().expire_all()
    party = list_joint_parties(case)[0]
    confirm_joint(party, digest=shown_digest(party), by=SYSTEM, at=utc_now())
    assert "Asked to send" not in ruth.get("/workspace/bilen").words
    own = receive(round_, "Vi sier det selv.", name="Bilen", organisation_id=clubs[0].id)
    sent = get_case(chain.body.id, round_.slug).submission
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    words = desk.get(f"/desk/rounds/{round_.slug}/answers?q=bussen").words
    assert "Bussen Not confirmed" in words
    assert "Together with Forbundet" in words
    page = desk.get(f"/desk/rounds/{round_.slug}/answers/{own.number}")
    assert page.has_link(f"/desk/rounds/{round_.slug}/answers/{sent.number}")
    assert "has its own answer as well" in desk.get(f"/desk/rounds/{round_.slug}/answers").words
    table = bodies_that_answered(round_.id, BodyRule.THEN, on=date(2026, 11, 22))
    assert {line.name: len(line.answers) for line in table.lines} == {"Bilen": 2, "Forbundet": 1}
    assert (table.answers, table.others) == (2, 0)
    units = matrix(round_.id, unit=CountUnit.ORGANISATIONS).units
    assert units == 2
    assert answered_organisation_ids(round_.id) == {chain.body.id, clubs[0].id}
    decline_joint(party, reason="Vi ombestemte oss.", by=SYSTEM, at=utc_now())
    assert not any(one.is_confirmed for one in sent.current_version.parties[1:])


def test_a_question_to_a_body_is_reminded_of_and_taken_back(client, make, chain):
    signed(chain)
    club = make.organisation(name="Bussen", slug="bussen", email="post@bussen.example")
    case, by = get_case(chain.body.id, chain.letter.round.slug), chain.actor(chain.hege)
    party = ask_body(case, club, base_url="http://x", by=by, at=utc_now() - timedelta(days=2))
    here = f"{address(chain, 'joint')}/{party.public_id}"
    page = client.sign_in(chain.hege).get(address(chain, "joint"))
    client.submit(page, action=f"{here}/remind")
    page = client.post(f"{here}/remind")
    assert "got a mail less than a day ago" in page.words
    page = client.post(f"{here}/take-back")
    assert "Bussen is asked no more" in page.words
    assert list_joint_parties(case) == []
    assert [one.kind for one in list_messages()][:2] == ["joint_taken_back", "joint_reminder"]
    client.post(f"{here}/remind", status=404)


def test_an_answer_on_behalf_of_another_counts_for_that_one_unless_it_denies_it(
    client, new_client, make, chain
):
    round_ = signed(chain).letter.round
    club = make.organisation(name="Klubben", slug="klubben", actor_type=ActorType.USER_ORGANISATION)
    ruth = make.member(club, Role.COORDINATOR)
    client.sign_in(chain.hege)
    here = address(chain, "in-whose-name")
    assert client.get(f"{here}?q=klubben").has_link(f"{here}/klubben")
    client.get(f"{here}/forbundet", status=404)
    client.post(f"{here}/klubben", {"ground": " "}, status=422)
    client.post(f"{here}/klubben", {"ground": "Vedtak i styret 3. mai 2026"})
    session().expire_all()
    frame = letter_frame(chain.letter, today=date(2026, 5, 3))
    letter = build_letter(text_to_send(chain.letter), frame)
    assert letter.publisher == "Forbundet on behalf of Klubben"
    client.post(address(chain), plan())
    sent = get_case(chain.body.id, round_.slug).submission
    assert sent.actor_type is ActorType.USER_ORGANISATION
    words = client.get(f"/answer/receipts/{sent.public_id}").words
    assert "On behalf ofKlubben" in words
    assert "Vedtak i styret 3. mai 2026" in words
    assert answered_organisation_ids(round_.id) == {club.id}
    mail = next(one for one in list_messages() if one.kind == "written_in_your_name")
    assert mail.to_email == ruth.email
    theirs = f"/workspace/klubben/in-our-name/{sent.public_id}"
    assert theirs in mail.body_text
    other = new_client().sign_in(ruth)
    assert other.get("/workspace/klubben").has_link(theirs)
    page = other.get(theirs)
    assert "Kontoret må være åpent." in page.words
    other.submit(page, action=theirs)
    session().expire_all()
    assert answered_organisation_ids(round_.id) == {chain.body.id}
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    assert "says it is not its own" in desk.get(f"/desk/rounds/{round_.slug}/answers").words
    client.post(here)
    page = client.post(address(chain), plan(is_again="1"))
    assert [one.name for one in sent.current_version.parties] == ["Ola Vik"]


@pytest.mark.scenario(54)
def test_only_what_a_branch_allows_and_a_coordinator_ticks_goes_along(client, make, chain):
    signed(chain)
    case = get_case(chain.body.id, chain.letter.round.slug)
    names = {
        "Avd. Nord": Exposure.ATTACHED,
        "Avd. Sør": Exposure.ATTACHED,
        "Avd. Vest": Exposure.INTERNAL_ONLY,
    }
    branches = {name: make.organisation(name=name, parent=chain.body) for name in names}
    plan_ = HearingPlan(
        title="Internt", introduction="Hva mener dere?", language="nb",
        closes_at=utc_now() + timedelta(days=3), questions=(AskedBelow("q1"),),
        bodies=frozenset(one.id for one in branches.values()),
    )  # fmt: skip
    by = chain.actor(chain.hege)
    hearing = plan_hearing(chain.letter.round, chain.body, plan_, by=by, at=utc_now())
    question = hearing.questions[0]
    for name, exposure in names.items():
        branch = branches[name]
        content = SubmissionContent(
            respondent=Respondent(name, branch.actor_type, branch.id, contact_name="Hemmelig"),
            channel=Channel.FORM,
            language="nb",
            publication=Publication.WITH_NAME,
            answers=(AnswerContent(question_id=question.id, text=f"{name} er enig."),),
            ground=Ground(exposure=exposure),
        )
        receive_submission(hearing, content, by=by, received_at=utc_now())
    offered = {one.name: one.public_id for one in list_attachable(case)}
    assert set(offered) == {"Avd. Nord", "Avd. Sør"}
    client.sign_in(chain.hege)
    client.post(address(chain), plan(attached="madeup"), status=422)
    client.post(address(chain), plan(attached=offered["Avd. Nord"]))
    session().expire_all()
    version = get_case(chain.body.id, chain.letter.round.slug).submission.current_version
    files = [(one.kind, one.source.name if one.source else None) for one in version.attachments]
    assert files == [(AttachmentKind.ORIGINAL, None), (AttachmentKind.ATTACHMENT, "Avd. Nord")]
    assert [one.name for one in version.parties] == ["Ola Vik", "Avd. Nord"]
    assert "Avd. Nord" in client.get(address(chain)).words
