"""An internal hearing from the round above to the branches' answers, as people walk through it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.db import session
from consult.domain.audit.queries import latest_entries
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import Round
from consult.domain.rounds.types import QuestionKind, RoundType
from consult.domain.submissions.models import Submission
from consult.kernel.clock import to_oslo, utc_now
from tests.support.factories import days, in_languages

CASE = "/workspace/forbundet/cases/runde"


def _union(make):
    union = make.organisation(slug="forbundet", name="Forbundet", actor_type=ActorType.UNION)
    kinds = {"actor_type": ActorType.UNION_BRANCH, "parent": union}
    north = make.organisation(name="Avd. Nord", email="nord@forbundet.example", **kinds)
    make.organisation(name="Avd. Sør", **kinds)
    return union, north


def _above(make, **values):
    above = make.round(slug="runde", closes_at=days(utc_now(), 30), **values)
    proposal = make.proposal(above)
    make.proposal(above)
    make.question(above, kind=QuestionKind.STANCE, proposal=proposal, text=in_languages("Enig?"))
    return above


def _hearing():
    query = select(Round).where(Round.type == RoundType.INTERNAL_HEARING)
    return session().scalars(query.order_by(Round.id.desc())).first()


def _planned(client, case=CASE, *, status=200, **changes):
    """Send the form as it stands, every ticked box included, with some fields filled in."""
    page = client.get(f"{case}/hearing/plan")
    values = {}
    for name, value in page.form(f"{case}/hearing/plan").form_values():
        values.setdefault(name, []).append(value)
    values |= {"introduction": "Vi vil vite hva dere mener.", **changes}
    return client.post(f"{case}/hearing/plan", values, status=status)


@pytest.mark.scenario(52)
@pytest.mark.scenario(53)
@pytest.mark.scenario(54)
@pytest.mark.scenario(57)
def test_a_union_hears_its_branches(client, new_client, make):
    union, north = _union(make)
    _above(make)
    client.sign_in(make.member(union, Role.COORDINATOR, email="rad@forbundet.example"))
    page = client.get(f"{CASE}/hearing")
    assert "You have not asked your branches" in page.words
    form = client.get(f"{CASE}/hearing/plan")
    assert "no e-mail address" in form.words
    assert form.words.count("nobody has a role there yet") == 2
    ours = {"question_text_0": "Hva mener avdelingen?", "own_questions": "Flere?"}
    page = _planned(client, proposals="4.2", **ours)
    assert "2 branches will be asked" in page.words
    assert "2 branches cannot sign in yet" in page.words
    hearing = _hearing()
    assert [one.parent.key if one.parent else None for one in hearing.questions] == [
        "q1", "q2", "q3", None, None,
    ]  # fmt: skip
    assert [one.key for one in hearing.questions[3:]] == ["s-4.2", "own1"]
    assert all(one.parent is not None for one in hearing.proposals)
    branch = new_client().sign_in(make.member(north, Role.DRAFTER))
    path = f"/rounds/{hearing.slug}"
    branch.get(path, status=404)
    page = client.submit(page, action=f"{CASE}/hearing/open")
    assert "0 of 2 branches have answered" in page.words
    mail = next(one for one in list_messages() if one.to_email == "nord@forbundet.example")
    assert path in mail.body_text
    assert "Ingen andre ser denne runden" in mail.body_text
    page = branch.get(path)
    assert "Hva mener avdelingen?" in page.words
    assert "The one who asks from outside says: «Question 1? (en)»" in page.words
    assert "Avd. Sør" not in page.words
    _answer(branch, north, hearing)
    page = client.get(f"{CASE}/hearing")
    assert "1 of 2 branches has answered" in page.words or "1 of 2 branches have" in page.words
    assert page.words.index("Have not answered") < page.words.index("Avd. Sør")
    assert "Nobody has a role there: Avd. Sør." in page.words
    client.submit(client.get(f"{CASE}/draft"), action=f"{CASE}/draft/begin")
    assert "1 av 2 ledd har svart" in client.get(f"{CASE}/letter").words
    number = session().scalars(select(Submission)).one().number
    shown = client.get(f"/desk/rounds/{hearing.slug}/answers/{number}").words
    assert "The board" in shown
    assert "12 for, 3 against" in shown
    assert "May be attached to the joint response" in shown
    assert "To av femten" in shown
    assert "Vi er uenige." in shown
    home = branch.get(f"/workspace/{north.slug}").words
    assert "Sent" in home


def _answer(branch, north, hearing):
    """A branch answers, says who met and what a minority says, and sends."""
    start = branch.get(f"/answer/{hearing.slug}")
    assert "Myself" not in start.words
    page = branch.submit(start)
    tasks = branch.submit(page, action=f"/answer/{hearing.slug}/as")
    here = tasks.url
    page = branch.get(_link(tasks, "q1"))
    branch.submit(page, {"text": "Åpne dører.", "step": "next"})
    remark = {"label": "To av femten", "text": "Vi er uenige."}
    branch.submit(branch.get(f"{here}/remarks"), remark, action=f"{here}/remarks")
    check = branch.get(f"{here}/check")
    mandate = branch.submit(check, action=f"{here}/check")
    assert mandate.h1 == "Your mandate, and how far the answer may go"
    told = {
        "body": "The board", "held_on": to_oslo(utc_now()).date().isoformat(), "votes_for": "12",
        "votes_against": "3", "members": "214",
    }  # fmt: skip
    branch.submit(mandate, told, action=f"{here}/mandate", status=422)
    check = branch.submit(mandate, {**told, "exposure": "attached"}, action=f"{here}/mandate")
    assert "214 members" in check.words
    receipt = branch.submit(check, action=f"{here}/check")
    assert "May be attached to the joint response" in receipt.words
    assert "Get a link to this answer" not in receipt.words


def _link(page, key):
    return next(href for href in page.tree.xpath(".//a/@href") if href.endswith(f"/{key}"))


@pytest.mark.scenario(56)
def test_the_branches_deadline_lies_before_the_one_above_unless_confirmed(client, make):
    union, _north = _union(make)
    above = _above(make)
    client.sign_in(make.member(union, Role.COORDINATOR))
    form = client.get(f"{CASE}/hearing/plan")
    proposed = form.find("//input[@name='closes']").get("value")
    wanted = to_oslo(above.closes_at).date()
    assert proposed == (wanted - timedelta(days=14)).isoformat()
    closes = (wanted + timedelta(days=1)).isoformat()
    page = _planned(client, status=422, closes=closes)
    assert "This is after the deadline above" in page.words
    page = _planned(client, closes=closes, may_outlast="y")
    assert "Some answers can come too late" in page.words
    dates = f"/desk/rounds/{_hearing().slug}/setup/dates"
    later = {"closes": (wanted + timedelta(days=2)).isoformat()}
    page = client.submit(client.get(dates), later, action=dates, status=422)
    assert "This is after the deadline above" in page.words
    client.submit(page, {**later, "may_outlast_parent": "y"}, action=dates)
    assert to_oslo(_hearing().closes_at).date() == wanted + timedelta(days=2)


def test_branches_are_chosen_by_kind_without_scripts(client, make):
    union, north = _union(make)
    north.actor_type = ActorType.UNION
    _above(make)
    client.sign_in(make.member(union, Role.COORDINATOR))
    form = client.get(f"{CASE}/hearing/plan")
    page = client.submit(form, {"choose": "kind:union"}, action=f"{CASE}/hearing/plan")
    assert page.tree.xpath(".//input[@name='bodies'][@checked]/@value") == [str(north.id)]
    page = client.submit(form, {"choose": "none"}, action=f"{CASE}/hearing/plan")
    assert not page.tree.xpath(".//input[@name='bodies'][@checked]")


@pytest.mark.scenario(52)
def test_a_branch_opens_a_hearing_of_its_own(client, new_client, make):
    union, north = _union(make)
    club = make.organisation(name="Klubben", parent=north)
    _above(make)
    client.sign_in(make.member(union, Role.COORDINATOR))
    client.submit(_planned(client), action=f"{CASE}/hearing/open")
    first = _hearing()
    below = new_client().sign_in(make.member(north, Role.COORDINATOR))
    path = f"/workspace/{north.slug}/cases/{first.slug}"
    page = _planned(below, path)
    below.submit(page, action=f"{path}/hearing/open")
    second = _hearing()
    assert second.parent_id == first.id
    assert second.closes_at < first.closes_at
    member = new_client().sign_in(make.member(club, Role.DRAFTER))
    member.get(f"/answer/{second.slug}")
    member.get(f"/answer/{first.slug}", status=404)
    client.get(f"/desk/rounds/{second.slug}", status=404)
    denied = latest_entries([organisation_stream(north.id)])[0]
    assert denied.tag == Tag.ACCESS_DENIED


def test_denied_attempts_are_kept_for_the_coordinators(client, new_client, make):
    union, north = _union(make)
    above = _above(make)
    client.sign_in(make.member(union, Role.COORDINATOR))
    client.submit(_planned(client), action=f"{CASE}/hearing/open")
    nosy = make.member(above.owner, Role.COORDINATOR, name="Nysgjerrig Person")
    path = f"/desk/rounds/{_hearing().slug}/answers"
    response = new_client().sign_in(nosy).raw(path)
    assert response.status_code == 404
    page = client.get("/workspace/forbundet/attempts")
    assert "Nysgjerrig Person" in page.words
    assert _hearing().title["nb"] in page.words
    other = new_client().sign_in(make.member(north, Role.COORDINATOR))
    assert "Nysgjerrig" not in other.get(f"/workspace/{north.slug}/attempts").words
