"""The desk's first page and the overview of a round."""

from datetime import timedelta

import pytest

from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.service import invite
from consult.domain.rounds.types import InvitationReason, RoundStatus
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from tests.support.queries import count_queries

OVERVIEW = "/desk/rounds/apen-dor"


@pytest.fixture
def round_(make, owner):
    return make.round(owner=owner, slug="apen-dor")


def _answer(round_, *, organisation=None, actor_type=ActorType.PRIVATE_PERSON):
    respondent = Respondent(
        name=organisation.name if organisation else "Kari",
        actor_type=organisation.actor_type if organisation else actor_type,
        organisation_id=organisation.id if organisation else None,
    )
    receive_submission(
        round_,
        SubmissionContent(
            respondent=respondent,
            channel=Channel.FORM,
            language="nb",
            publication=Publication.WITH_NAME,
            answers=(AnswerContent(question_id=round_.questions[0].id, text="Ett.\n\nTo."),),
        ),
        by=VISITOR,
        received_at=utc_now(),
    )


def test_the_round_in_figures_with_units_and_denominators(desk, make, round_):
    union = make.organisation(actor_type=ActorType.UNION)
    office = make.organisation(actor_type=ActorType.NAV_OFFICE)
    for body in (union, office):
        invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
    _answer(round_, organisation=union)
    _answer(round_)
    page = desk.get(OVERVIEW)
    assert "2 answers received" in page.words
    assert "1 from organisations, 1 from people" in page.words
    assert "1 of 2 invited bodies have answered" in page.words
    assert "0 of 4 passages have a theme" in page.words
    assert "4 passages have no theme" in page.words
    rows = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.tree.xpath("//table/tbody/tr")
    ]
    assert rows == [
        ["Local welfare office", "0", "1", "0 of 1"],
        ["Trade union", "1", "1", "1 of 1"],
        ["Private person", "1", "0", "–"],
    ]


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (RoundStatus.PLANNED, "Check and announce"),
        (RoundStatus.OPEN, "Register an answer"),
        (RoundStatus.CLOSED, "Make the summary"),
        (RoundStatus.REPORTED, "Conclude the round"),
    ],
)
def test_what_comes_next(desk, make, owner, status, step):
    make.round(owner=owner, slug="apen-dor", status=status)
    assert step in desk.get(OVERVIEW).words


def test_a_round_being_prepared_says_how_much_is_missing(desk, make, owner):
    make.round(owner=owner, slug="apen-dor", status=RoundStatus.PLANNED, questions=0, contact={})
    page = desk.get(OVERVIEW)
    assert "2 things are missing before the round can be announced." in page.words
    assert "Finish the set-up" in page.words


def test_a_reader_sees_the_overview_and_no_buttons(new_client, make, owner, round_):
    browser = new_client().sign_in(make.member(owner, Role.READER))
    page = browser.get(OVERVIEW)
    assert not page.has_link(f"{OVERVIEW}/setup")
    assert not page.tree.xpath(f"//form[starts-with(@action, '{OVERVIEW}')]")


def test_nobody_else_sees_it(new_client, make, round_):
    stranger = make.member(make.organisation(), Role.COORDINATOR)
    new_client().sign_in(stranger).get(OVERVIEW, status=404)


def test_my_rounds_need_work_first(desk, make, owner, round_):
    make.round(owner=owner, slug="ferdig", status=RoundStatus.CONCLUDED)
    make.round(owner=owner, slug="kladd", status=RoundStatus.PLANNED)
    make.round(owner=make.organisation(), slug="andres")
    _answer(round_)
    page = desk.get("/desk/")
    links = page.tree.xpath("//article//h2/a/@href")
    assert links == [f"/desk/rounds/{slug}" for slug in ("apen-dor", "kladd", "ferdig")]
    assert "1 answer received" in page.words


def test_no_rounds_yet(desk):
    assert "There are no rounds yet" in desk.get("/desk/").words


def test_pages_cost_the_same_for_one_and_for_three(desk, make, owner, round_):
    def add():
        body = make.organisation()
        invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
        _answer(round_, organisation=body)
        make.round(owner=owner)

    add()
    for path in ("/desk/", OVERVIEW):
        desk.get(path)
    with count_queries() as one:
        desk.get("/desk/")
        desk.get(OVERVIEW)
    add()
    add()
    with count_queries() as three:
        desk.get("/desk/")
        desk.get(OVERVIEW)
    assert three.number == one.number


def test_the_set_up_costs_the_same_for_one_and_for_three(desk, make, owner):
    round_ = make.round(
        owner=owner,
        slug="kladd",
        status=RoundStatus.PLANNED,
        questions=1,
        opens_at=utc_now() + timedelta(days=1),
    )
    paths = ["setup", "setup/announce", "setup/questions", "setup/proposals", "setup/sections"]

    def add():
        section = make.section(round_)
        make.question(round_, section=section, proposal=make.proposal(round_, section=section))

    def fetch():
        for path in paths:
            desk.get(f"/desk/rounds/kladd/{path}")

    add()
    fetch()
    with count_queries() as one:
        fetch()
    add()
    add()
    with count_queries() as three:
        fetch()
    assert three.number == one.number
