"""The checks of a report: mended, signed for by name, and back again when things change."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.composing.evidence import list_evidence
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.leaving_out import leave_out
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.composing.sources import find_hearings
from consult.domain.composing.types import (
    CompositionKind,
    EvidenceUse,
    PartContent,
    RecommendationContent,
    Side,
)
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.organisations.types import Role
from consult.domain.reports.checking import blocking, check_report, standing_clearances
from consult.domain.reports.traces import traces_of_answer
from consult.domain.reports.types import CheckKind, Doubt
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme

REPORT = "/workspace/utvalget/reports/runde/report"


@pytest.fixture
def written(make):
    """A report about a round with two answers: one named, one that is not on the web."""
    round_ = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    hours = theme(round_, "Åpningstider")
    passages = passages_of(receive(round_, TWO_PARAGRAPHS))
    hidden = passages_of(
        receive(round_, "Naboen er syk.", name="Havnes", publication=Publication.NOT_ON_WEB)
    )
    for passage in (*passages, *hidden):
        apply_theme(passage, hours, by=SYSTEM)
    snapshot = snapshot_of_now(round_, reason="", by=SYSTEM, now=utc_now())
    report = begin_report(round_, CompositionKind.REPORT, snapshot=snapshot, by=SYSTEM)
    chapter = next(part for part in list_parts(report.id) if part.theme_id)
    return report, chapter, passages, hidden


def write(part, words: str) -> None:
    content = PartContent(heading=part.heading, body=from_markdown(words))
    save_part(part, content, revision=part.revision, by=SYSTEM)


def found(report, *checks: CheckKind):
    return [one for one in blocking(report) if one.check in checks]


def test_the_chain_of_evidence_is_followed(written):
    report, chapter, passages, hidden = written
    write(chapter, "De sier «naboen er syk» og «døra må være åpen».")
    (unpublishable,) = found(report, CheckKind.UNPUBLISHABLE)
    assert unpublishable.words == "naboen er syk"
    (unused,) = found(report, CheckKind.UNUSED)
    assert unused.values["count"] == 3
    rest_on(chapter, passages[0], EvidenceUse.MERGED, by=SYSTEM)
    proposal = propose(chapter, RecommendationContent("Hold åpent."), by=SYSTEM)
    assert found(report, CheckKind.UNGROUNDED_PROPOSAL)
    ground(proposal, passages[0], Side.FOR, "", by=SYSTEM)
    ground(proposal, hidden[0], Side.AGAINST, "", by=SYSTEM)
    assert not found(report, CheckKind.UNGROUNDED_PROPOSAL)
    assert found(report, CheckKind.UNANSWERED_OBJECTION)
    (unused,) = found(report, CheckKind.UNUSED)
    assert unused.values["count"] == 1
    checked = check_report(report)
    assert (checked.treated, checked.answers) == (2, 2)
    assert not found(report, CheckKind.STALE)
    apply_theme(passages[0], theme(report.round, "Rom"), by=SYSTEM)
    assert {one.doubts for one in found(report, CheckKind.STALE)} == {(Doubt.RECODED,)}
    (outdated,) = found(report, CheckKind.OUTDATED_DATA)
    assert outdated.values["name"] == report.snapshot.name


def test_a_finding_is_signed_for_by_name_and_falls_when_it_changes(client, make, written):
    report, chapter, _passages, _hidden = written
    session().commit()
    client.sign_in(make.member(report.organisation, Role.COORDINATOR, name="Hege Nes"))
    page = client.get(f"{REPORT}/checks")
    assert "3 passages on “Åpningstider” are neither used nor left out" in page.words
    assert "from 0 of 2 answers" in page.words
    (line,) = found(report, CheckKind.UNUSED)
    sign = f"{REPORT}/checks/{line.code}"
    assert page.has_link(sign)
    client.submit(client.get(sign), {"reason": " "}, action=sign, status=422)
    client.post(sign, {"reason": "Dekkes av kapittel 2."})
    assert not found(report, CheckKind.UNUSED)
    page = client.get(f"{REPORT}/checks")
    assert "Hege Nes" in page.words
    assert "Dekkes av kapittel 2." in page.words
    client.post(sign, {"reason": "En gang til."})  # settled meanwhile: nothing happens
    apply_theme(
        passages_of(receive(report.round, "Enda en.", name="Ås"))[0], chapter.theme, by=SYSTEM
    )
    assert found(report, CheckKind.UNUSED)
    line = found(report, CheckKind.UNGROUNDED_PART, CheckKind.OUTDATED_DATA)[0]
    client.post(f"{REPORT}/checks/{line.code}", {"reason": "Vi venter."})
    page = client.get(f"{REPORT}/checks")
    client.submit(page, action=page.find("//form[contains(@action, '/cleared/')]").get("action"))
    assert line.key in {one.key for one in blocking(report)}


def test_what_breaks_the_law_is_not_signed_for(client, make, written):
    report, chapter, _passages, _hidden = written
    write(chapter, "De sier «naboen er syk».")
    client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    (line,) = found(report, CheckKind.UNPUBLISHABLE)
    page = client.get(f"{REPORT}/checks")
    assert not page.has_link(f"{REPORT}/checks/{line.code}")
    client.post(f"{REPORT}/checks/{line.code}", {"reason": "Likevel."})
    assert found(report, CheckKind.UNPUBLISHABLE)
    assert content_of(chapter).body.blocks


def test_only_what_may_be_published_comes_into_the_text(client, make, written):
    report, chapter, passages, hidden = written
    unnamed = passages_of(
        receive(report.round, "Korridoren.", name="Ås", publication=Publication.WITHOUT_NAME)
    )[0]
    client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    page = client.get(f"{REPORT}/draft?part={chapter.key}&scope=all")
    assert "the sender does not want it published" in page.words
    quotes = {one.get("value") for one in page.tree.xpath("//button[@name='take']")}
    assert f"quoted:{passages[0].public_id}" in quotes
    assert f"quoted:{hidden[0].public_id}" not in quotes
    values = dict(page.find("//form[@id='part-form']").form_values())
    insert = f"{REPORT}/draft/parts/{chapter.key}/insert"
    page = client.post(insert, values | {"take": f"quoted:{hidden[0].public_id}"})
    assert "May not be quoted" in page.words
    assert not list_evidence(chapter.id)
    client.post(insert, values | {"take": f"referred:{unnamed.public_id}"})
    session().expire_all()
    assert content_of(chapter).body.blocks[-1].words == "(Kommune (uten navn))"


@pytest.mark.scenario(78)
def test_words_of_quantity_are_marked_beside_the_text(client, make, written):
    report, chapter, *_passages = written
    write(chapter, "Et flertall av høringsinstansene støtter dette, og NFLG vil mer.")
    client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    page = client.get(f"{REPORT}/draft?part={chapter.key}")
    assert page.find("//*[@id='draft-findings']//mark").text == "Et flertall av høringsinstansene"
    (line,) = found(report, CheckKind.QUANTIFIER, CheckKind.UNNAMED, CheckKind.NO_DENOMINATOR)
    sign = f"{REPORT}/checks/{line.code}"
    assert page.has_link(sign)
    client.post(sign, {"reason": "Et møte viste det."})
    cleared = standing_clearances(report.id)[line.key]
    assert cleared.supporting == list(line.numbers)
    assert not client.get(f"{REPORT}/draft?part={chapter.key}").tree.xpath("//mark")


def test_an_answer_tells_the_team_what_it_led_to(client, make, written):
    report, chapter, passages, hidden = written
    rest_on(chapter, passages[0], EvidenceUse.MERGED, by=SYSTEM)
    proposal = propose(chapter, RecommendationContent("Hold åpent."), by=SYSTEM)
    ground(proposal, passages[0], Side.AGAINST, "Dyrt.", by=SYSTEM)
    hearings = find_hearings(report, list_parts(report.id))
    leave_out(report, hearings, hidden, "Gjelder naboen.", by=SYSTEM)
    traced = traces_of_answer(passages[0].submission_id)
    assert [len(one.traces) for one in traced] == [2]
    client.sign_in(make.member(report.organisation, Role.COORDINATOR))
    page = client.get(f"/desk/rounds/runde/answers/{passages[0].submission.number}")
    for words in ("In our reports", "Merged with other points", "Speaks against it: Hold åpent."):
        assert words in page.words
    assert page.has_link(f"{REPORT}/draft?part={chapter.key}")
    page = client.get(f"/desk/rounds/runde/answers/{hidden[0].submission.number}")
    assert "Left out: Gjelder naboen." in page.words
