"""A round's page and its paper."""

from datetime import date

import pytest

from consult.db import session
from consult.domain.accounts.types import VISITOR
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import DeadlineChange
from consult.domain.rounds.types import InvitationReason, RoundStatus, RoundType
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import Channel, Publication, Respondent, SubmissionContent
from consult.kernel.clock import end_of_day, utc_now
from tests.support.factories import days, in_languages
from tests.support.queries import count_queries

DEADLINE = end_of_day(date(2026, 10, 31))

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")


@pytest.fixture
def paper(make):
    """A round with a section, a proposal and the questions about both."""
    round_ = make.round(questions=0, slug="apne-dorer", closes_at=DEADLINE)
    section = make.section(round_, title=in_languages("Døra"), body=in_languages("ord " * 450))
    proposal = make.proposal(round_, section=section, title=in_languages("Åpent oftere"))
    make.question(round_, text=in_languages("Hva synes du om åpningstida?"), proposal=proposal)
    make.question(round_, text=in_languages("Når kommer du?"), section=section)
    return round_


def test_an_open_round_says_what_is_asked_of_whom_until_when(client, make, invite, paper):
    paper.influence = in_languages("- hvem som bestemmer åpningstida")
    paper.settled = in_languages("Budsjettet er vedtatt.")
    paper.case_number = "31/00417"
    invite(paper, ActorType.UNION, name="Velferdsansattes forbund")
    invite(
        paper,
        ActorType.USER_COUNCIL_LOCAL,
        name="Rådet i Solvik",
        reason=InvitationReason.STATUTORY,
    )
    page = client.get("/rounds/apne-dorer")
    assert page.h1 == paper.title["en"]
    for text in (
        "Open for answers",
        "12 days left – until 31 October 2026 at 23:59",
        "Why we ask.",
        "hvem som bestemmer åpningstida",
        "Budsjettet er vedtatt.",
        "31/00417",
        "Not a formal public consultation",
        "Everyone may answer.",
        "Working life (1)",
        "Rådet i Solvik – Must be heard by law",
        "Extensions can be granted on request",
    ):
        assert text in page.words, text
    assert page.find(".//a[text()='Answer now']").get("href") == "/answer/apne-dorer"
    assert page.find(".//aside//a[@href='mailto:post@consult.example']") is not None
    assert "What came in" not in page.words


def test_questions_and_proposals_lead_to_each_other(client, paper):
    page = client.get("/rounds/apne-dorer")
    question = page.find(".//li[@id='question-q1']")
    assert question.xpath(".//a/@href") == ["/rounds/apne-dorer/paper#proposal-4.1"]
    assert page.find(".//li[@id='question-q2']").xpath(".//a/@href") == [
        "/rounds/apne-dorer/paper#section-1"
    ]
    assert page.has_link("/rounds/apne-dorer#question-q1")
    text = client.get("/rounds/apne-dorer/paper")
    assert text.find(".//*[@id='proposal-4.1']").xpath(".//a/@href") == [
        "/rounds/apne-dorer#question-q1"
    ]
    assert text.find(".//section[@id='section-1']") is not None
    assert text.has_link("#proposal-4.1")
    assert text.has_link("/rounds/apne-dorer#question-q2")


def test_reading_time_is_told_for_the_whole_and_for_each_section(client, make, paper):
    make.section(paper, title=in_languages("Navnet"), body=in_languages("Kort."))
    page = client.get("/rounds/apne-dorer/paper")
    contents = page.find(".//nav[@class='contents']/ol")
    assert [" ".join(item.text_content().split()) for item in contents] == [
        "1 Døra (en) 3 minutes 4.1 Åpent oftere (en)",
        "2 Navnet (en) 1 minute",
    ]
    assert "4 minutes to read" in page.words
    assert "Read the paper (4 minutes)" in client.get("/rounds/apne-dorer").words


def test_an_announced_round_can_be_read_but_not_answered(client, make, paper):
    paper.status, paper.opens_at = RoundStatus.ANNOUNCED, days(utc_now(), 2)
    session().flush()
    page = client.get("/rounds/apne-dorer")
    assert "Opens in 2 days" in page.words
    assert "answer from 21 October 2026 at 10:00" in page.words
    assert "Answer now" not in page.words
    assert "Answer now" not in client.get("/rounds/apne-dorer/paper").words


def test_a_closed_round_tells_how_many_answered(client, make, paper):
    paper.closes_at = days(utc_now(), -1)
    for kind in (ActorType.UNION, ActorType.MUNICIPALITY, ActorType.PRIVATE_PERSON):
        _answer(paper, kind)
    page = client.get("/rounds/apne-dorer")
    assert "Answer now" not in page.words
    assert "The deadline was" in page.words
    assert "3 answers were received: 2 from organisations and 1 from a private person" in page.words


@pytest.mark.scenario(3)
def test_only_a_formal_consultation_is_told_to_be_short(client, make):
    five_weeks = {"opens_at": days(utc_now(), -1), "closes_at": days(utc_now(), 34)}
    make.round(slug="innspill", **five_weeks)
    assert "shorter than" not in client.get("/rounds/innspill").words


@pytest.mark.scenario(1)
def test_the_reason_for_a_short_deadline_stands_on_the_page(client, make):
    make.round(
        slug="horing",
        type=RoundType.HEARING,
        opens_at=days(utc_now(), -1),
        closes_at=days(utc_now(), 34),
        short_deadline_reason="Loven må virke fra nyttår.",
    )
    page = client.get("/rounds/horing")
    assert "shorter than six weeks. The reason given: Loven må virke fra nyttår." in page.words
    assert "Not a formal public consultation" not in page.words


@pytest.mark.scenario(51)
def test_both_dates_of_an_extension_are_shown(client, paper):
    session().add(
        DeadlineChange(
            round_id=paper.id,
            changed_at=utc_now(),
            old_closes_at=end_of_day(date(2026, 10, 10)),
            new_closes_at=DEADLINE,
            reason="Mange ba om mer tid.",
            changed_by="system",
        )
    )
    session().flush()
    words = client.get("/rounds/apne-dorer").words
    assert (
        "Moved from 10 October 2026 at 23:59 to 31 October 2026 at 23:59. Mange ba om mer tid."
        in words
    )


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER, Role.READER])
def test_the_owners_desk_sees_a_planned_round_as_a_preview(client, new_client, make, role):
    round_ = make.round(slug="plan", status=RoundStatus.PLANNED)
    page = client.sign_in(make.member(round_.owner, role)).get("/rounds/plan")
    assert "Preview." in page.words
    assert "Being prepared" in page.words
    assert "Answer now" not in page.words
    assert client.get("/rounds/plan/paper").status == 200


@pytest.mark.parametrize("path", ["/rounds/plan", "/rounds/plan/paper"])
@pytest.mark.parametrize(
    "values",
    [
        {"status": RoundStatus.PLANNED},
        {"status": RoundStatus.CANCELLED},
        {"type": RoundType.INTERNAL_HEARING},
    ],
)
def test_nobody_else_sees_what_is_not_public(client, new_client, make, path, values):
    round_ = make.round(slug="plan", **values)
    assert client.get(path).h1 == "Sign in"
    for person in (
        make.member(make.organisation(), Role.COORDINATOR),
        make.member(round_.owner, Role.DRAFTER),
        make.person(is_admin=True),
    ):
        other = new_client().sign_in(person)
        assert other.get(path, status=404).text.count(round_.title["en"]) == 0


def test_a_round_that_is_not_there_looks_like_one_that_is_hidden(client, make):
    client.sign_in(make.person())
    assert client.get("/rounds/finnes-ikke", status=404).h1 == "We did not find this page"


def test_a_paper_without_sections_shows_its_proposals(client, make):
    round_ = make.round(slug="kort")
    assert "This round has no paper" in client.get("/rounds/kort/paper").words
    make.proposal(round_, title=in_languages("Én kontaktperson"))
    page = client.get("/rounds/kort/paper")
    assert "What is proposed" in page.words
    assert "Én kontaktperson" in page.words


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", ["/rounds/apne-dorer", "/rounds/apne-dorer/paper"])
def test_speaks_the_readers_language(client, make, invite, paper, locale, path):
    invite(paper, ActorType.UNION)
    make.section(paper, title={"en": "In English only"}, body={"en": "Text."})
    client.headers = {"Accept-Language": locale}
    page = client.get(path)
    assert page.tree.get("lang") == locale
    if path.endswith("paper") and locale != "en":
        assert page.tree.xpath(".//h2[@lang='en']")


def test_markup_in_a_round_stays_text(client, make):
    make.round(
        slug="farlig",
        title=in_languages("<script>alert(1)</script>"),
        introduction=in_languages(
            "<img src=x onerror=alert(1)> **Viktig** [x](javascript:alert(1))"
        ),
    )
    page = client.get("/rounds/farlig")
    assert not page.tree.xpath(".//main//script|.//main//img")
    assert page.h1 == "<script>alert(1)</script> (en)"
    assert "<img" in client.get("/").words


@pytest.mark.parametrize("path", ["/rounds/stor", "/rounds/stor/paper"])
def test_as_many_queries_for_three_of_everything_as_for_one(client, make, invite, path):
    round_ = make.round(slug="stor", questions=0)

    def add() -> None:
        section = make.section(round_)
        proposal = make.proposal(round_, section=section)
        make.question(round_, proposal=proposal)
        make.question(round_, section=section)
        invite(round_, ActorType.UNION)

    add()
    session().expire_all()
    client.get(path)
    session().expire_all()
    with count_queries() as one:
        client.get(path)
    add()
    add()
    session().expire_all()
    with count_queries() as three:
        client.get(path)
    assert one.number == three.number


def _answer(round_, kind: ActorType) -> None:
    content = SubmissionContent(
        respondent=Respondent(name="En avsender", actor_type=kind),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(),
        no_comments=True,
    )
    receive_submission(round_, content, by=VISITOR, received_at=days(utc_now(), -2))


def test_whoever_reads_in_plain_words_gets_them_on_the_rounds_page_too(client, make):
    round_ = make.round(plain=in_languages("We ask you."), introduction=in_languages("The matter."))
    page = client.get(f"/rounds/{round_.slug}")
    assert "We ask you." not in page.words
    page = client.get(f"/rounds/{round_.slug}?words=plain")
    assert page.words.index("We ask you.") < page.words.index("The matter.")
    assert "You are reading in plain words." in client.get(f"/rounds/{round_.slug}").words
    assert "We ask you." not in client.get(f"/rounds/{round_.slug}?words=all").words


def test_whoever_works_for_an_organisation_finds_its_workspace_at_the_round(client, make):
    round_ = make.round(slug="rom")
    body = make.organisation(slug="forbundet", name="Forbundet")
    page = client.get("/rounds/rom")
    assert page.has_link("/sign-in?next=/rounds/rom")
    client.sign_in(make.member(body, Role.SIGNATORY))
    case = "/workspace/forbundet/cases/rom"
    assert client.get("/rounds/rom").has_link(case)
    assert client.get("/answer/rom").has_link(case)
    client.sign_in(make.member(round_.owner, Role.COORDINATOR))
    assert "You work for" not in client.get("/rounds/rom").words
