"""The pages of a programme: of the steering group, and of a working group."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.organisations.types import Role
from tests.support.coded import passages_of, theme
from tests.support.page_client import PageClient
from tests.support.programmes import FOUND, INPUT, PROPOSED, make_group, make_programme
from tests.support.queries import queries_of


@pytest.fixture
def programme(make):
    return make_programme(make, slug="program")


@pytest.fixture
def group(make, programme):
    return make_group(make, programme)


@pytest.fixture
def steering(client, make, programme):
    """The browser of the steering group's coordinator."""
    return client.sign_in(make.member(programme.owner, Role.COORDINATOR, name="Kari Nes"))


@pytest.fixture
def member(app, make, group):
    """The browser of the group's coordinator."""
    return PageClient(app).sign_in(make.member(group.body, Role.COORDINATOR))


def test_before_it_is_sent_nothing_of_the_group_is_seen_above(steering, group):
    page = steering.get("/desk/rounds/program/programme").text
    assert "Group A" in page
    assert "Nothing sent yet" in page
    for path in ("programme", "findings", "group-questions", "answers"):
        shown = steering.get(f"/desk/rounds/program/{path}").text
        assert FOUND not in shown
        assert group.own.slug not in shown
    for path in (
        f"/desk/rounds/{group.own.slug}",
        f"/workspace/{group.body.slug}/reports/{group.own.slug}/report/draft",
        f"/workspace/{group.body.slug}/cases/program/sub-report",
    ):
        steering.get(path, status=404)


def test_a_sub_report_is_sent_reviewed_and_supplemented(steering, member, group):
    path = f"/workspace/{group.body.slug}/cases/program/sub-report"
    assert "Send it to" in member.get(path).text
    member.post(f"{path}/send")
    there = f"/desk/rounds/program/sub-reports/{group.row.public_id}"
    page = steering.get(there).text
    assert PROPOSED in page
    assert INPUT in page
    assert "Rests on 2 inputs to Group A" in page
    assert "Nobody may know" not in page
    assert group.own.slug not in page
    asking = {"verdict": "supplement", "number": "1", "reason": ""}
    steering.post(f"{there}/review", asking, status=422)
    asking["reason"] = "What of the evenings?"
    steering.post(f"{there}/review", asking)
    steering.post(f"{there}/review", asking | {"number": "2"}, status=422)
    assert "What of the evenings?" in member.get(path).text
    member.post(f"{path}/send", status=422)


def test_nothing_is_sent_while_the_check_list_has_open_lines(member, group):
    group.write("Why: what shall become better", "They write «We are never open on Sundays».")
    group.sign()
    path = f"/workspace/{group.body.slug}/cases/program/sub-report"
    page = member.get(path).text
    assert "1 line in the check list stands open" in page
    assert "Send it to" not in page
    refused = member.post(f"{path}/send", status=422).text
    assert "Nothing was sent. The check list has 1 line" in refused
    assert group.row is None


def test_a_question_goes_up_and_its_answer_comes_down(steering, member, group):
    group.send()
    question = group.row.questions[0]
    path = f"/desk/rounds/program/group-questions/{question.public_id}"
    steering.post(path, {"status": "handed_on"}, status=422)
    steering.post(path, {"status": "answered", "answer": "Yes."})
    assert "Yes." in steering.get("/desk/rounds/program/group-questions").text
    told = member.get(f"/workspace/{group.body.slug}/cases/program/sub-report").text
    assert "Yes." in told
    assert "Kari Nes" in told


def test_findings_stand_side_by_side_and_are_marked(steering, make, programme, group):
    hours = theme(programme, "Hours")
    _code(group.send(), hours)
    path = f"/desk/rounds/program/findings/{hours.key}"
    seen = steering.get(path).form(path).fields["seen"]
    marking = {"value": "contradicting", "seen": seen}
    steering.post(path, marking, status=422)
    marking["note"] = "One closes at four."
    steering.post(path, marking)
    names = iter(("Group B", "Group C", "Group D", "Group E"))
    before, after = queries_of(
        steering,
        "/desk/rounds/program/findings",
        add=lambda: _code(make_group(make, programme, name=next(names)).send(), hours),
    )
    assert before == after
    page = steering.get("/desk/rounds/program/findings").text
    assert FOUND in page
    assert "They contradict one another" in page
    assert "Findings have changed since" in page
    steering.post(path, marking, status=422)
    assert "One closes at four." in steering.raw("/desk/rounds/program/findings.csv").text
    workbook = steering.raw("/desk/rounds/program/findings.xlsx")
    assert workbook.data.startswith(b"PK")


def test_a_group_gets_its_part_described(steering, member, group):
    invitation = group.concern.invitation
    path = f"/desk/rounds/program/programme/asked/{invitation.public_id}"
    steering.post(path, {"text": "The offices in the north"})
    assert "The offices in the north" in steering.get("/desk/rounds/program/programme").text
    path = f"/workspace/{group.body.slug}/cases/program"
    assert "The offices in the north" in member.get(f"{path}/sub-report").text
    assert "Write and send the sub-report" in member.get(path).text


def _code(submission, hours):
    passage = next(one for one in passages_of(submission) if one.quote == FOUND)
    apply_theme(passage, hours, by=SYSTEM)
