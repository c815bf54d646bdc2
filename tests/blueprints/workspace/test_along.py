"""What goes along with a response, and what comes after it: files, statements, supplements."""

from datetime import timedelta
from io import BytesIO

import pytest

from consult.db import session
from consult.domain.analysis.queries.stances import stance_table
from consult.domain.coding.service.stances import code_stance
from consult.domain.composing.types import PlannedStep
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.organisations.types import ActorType
from consult.domain.responses.crossing import DocumentKept
from consult.domain.responses.queries import get_case
from consult.domain.responses.readiness import list_attachable
from consult.domain.responses.register import list_documents
from consult.domain.responses.service.deciding import take_round
from consult.domain.responses.service.hearing import plan_hearing
from consult.domain.responses.types import AskedBelow, HearingPlan
from consult.domain.submissions.additions import VersionKind
from consult.domain.submissions.companions import list_statements
from consult.domain.submissions.mandates import Exposure, Ground
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Channel,
    Publication,
    Respondent,
    Stance,
    SubmissionContent,
    SubmissionStatus,
    Voice,
)
from consult.kernel.clock import utc_now
from tests.support.signing import Chain

PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def chain(make) -> Chain:
    chain = Chain(make)
    chain.start([PlannedStep("Leder", chain.ola.id, "forbundsleder")])
    chain.sign(chain.ola)
    take_round(chain.letter.round, chain.body, by=chain.actor(chain.hege), at=utc_now())
    session().flush()
    return chain


def address(chain: Chain, name: str = "send") -> str:
    return f"/workspace/forbundet/cases/{chain.letter.round.slug}/{name}"


def plan(**values) -> dict[str, str]:
    return {"publication": "with_name", "is_checked": "y", **values}


def sent(chain: Chain):
    session().expire_all()
    return get_case(chain.body.id, chain.letter.round.slug).submission


def statement(text: str) -> tuple[BytesIO, str]:
    return BytesIO(text.encode()), "uttalelse.txt"


@pytest.mark.scenario(35)
@pytest.mark.scenario(40)
def test_each_council_is_a_source_of_its_own_with_text_and_stance(client, make, chain):
    elders, youth = (
        make.organisation(
            name=name, slug=slug, parent=chain.body, actor_type=ActorType.MUNICIPAL_COUNCIL
        )
        for name, slug in (("Eldrerådet", "eldre"), ("Ungdomsrådet", "ungdom"))
    )
    proposal = make.proposal(chain.letter.round)
    files = address(chain, "send/files")
    client.sign_in(chain.hege)
    page = client.post(files, {"file": statement(""), "body": ""}, status=422)
    assert "The file is empty." in page.words
    words = "Eldrerådet ber om at døra er åpen hele dagen.\n\nRådet var enstemmig."
    client.post(files, {"file": statement(words), "body": elders.slug})
    page = client.post(files, {"file": statement("En til."), "body": elders.slug}, status=422)
    assert "A statement of this body goes along already." in page.words
    client.post(files, {"file": statement("Ungdomsrådet er imot."), "body": youth.slug})
    client.post(files, {"file": (BytesIO(PDF), "kart.pdf"), "body": ""})
    page = client.post(files, {"file": (BytesIO(PDF), "feil.pdf"), "body": ""})
    removing = page.find("(//form[contains(@action, '/remove')])[last()]").get("action")
    client.submit(page, action=removing)
    assert "kart.pdf" in client.get(address(chain, "sign-off")).words
    client.post(address(chain), plan())
    answer = sent(chain)
    assert [(one.filename, one.source.name if one.source else None)
            for one in answer.current_version.attachments][1:] == [
        ("uttalelse.txt", "Eldrerådet"), ("uttalelse.txt", "Ungdomsrådet"), ("kart.pdf", None)
    ]  # fmt: skip
    beside = list_statements(answer.id)
    assert [(one.name, one.status, one.number) for one in beside] == [
        ("Eldrerådet", SubmissionStatus.RECEIVED, 2),
        ("Ungdomsrådet", SubmissionStatus.RECEIVED, 3),
    ]
    assert [one.current_version.text for one in beside] == [words, "Ungdomsrådet er imot."]
    code_stance(beside[1], proposal, value=Stance.OPPOSE, by=chain.actor(chain.hege))
    (table,) = [one for one in stance_table(chain.letter.round_id) if one.key == proposal.key]
    stances = {one.sender.name: one.value for group in table.groups for one in group.entries}
    assert stances == {"Ungdomsrådet": Stance.OPPOSE}
    figures = Figures(gather_summary(chain.letter.round, now=utc_now()))
    assert (len(figures.analysed), figures.count_senders()) == (3, 3)
    client.post(address(chain, "send/withdraw"), {"is_sure": "y"})
    session().expire_all()
    assert {one.status for one in beside} == {SubmissionStatus.WITHDRAWN}


@pytest.mark.scenario(54)
@pytest.mark.scenario(57)
@pytest.mark.scenario(58)
def test_branches_go_along_as_actors_of_their_own_or_as_a_minority_view(client, make, chain):
    case = get_case(chain.body.id, chain.letter.round.slug)
    branches = [make.organisation(name=name, parent=chain.body) for name in ("Nord", "Sør", "Vest")]
    by = chain.actor(chain.hege)
    asked = HearingPlan(
        title="Internt", introduction="Hva mener dere?", language="nb",
        closes_at=utc_now() + timedelta(days=3), questions=(AskedBelow("q1"),),
        bodies=frozenset(one.id for one in branches),
    )  # fmt: skip
    hearing = plan_hearing(chain.letter.round, chain.body, asked, by=by, at=utc_now())
    for branch in branches:
        content = SubmissionContent(
            respondent=Respondent(branch.name, branch.actor_type, branch.id),
            channel=Channel.FORM,
            language="nb",
            publication=Publication.WITH_NAME,
            answers=(
                AnswerContent(question_id=hearing.questions[0].id, text=f"{branch.name} mener."),
            ),
            ground=Ground(exposure=Exposure.ATTACHED),
        )
        receive_submission(hearing, content, by=by, received_at=utc_now())
    ids = {one.name: one.public_id for one in list_attachable(case)}
    client.sign_in(chain.hege)
    both = plan(attached=ids["Nord"], dissents=ids["Nord"])
    assert "Choose one of the two ways" in client.post(address(chain), both, status=422).words
    client.post(address(chain), plan(attached=ids["Nord"], dissents=ids["Sør"]))
    answer = sent(chain)
    (beside,) = list_statements(answer.id)
    assert (beside.name, beside.current_version.text) == ("Nord", "Nord mener.")
    assert beside.current_version.answers[0].question.round_id == answer.round_id
    minority = [one for one in answer.current_version.answers if one.voice is Voice.MINORITY]
    assert [(one.voice_label, one.text) for one in minority] == [("Sør", "Sør mener.")]
    kept = list_documents(chain.body)
    crossed = {(one.kind, one.name) for one in kept if one.has_crossed}
    assert (DocumentKept.ANSWER, answer.receipt_number) in crossed
    assert (DocumentKept.VERSION, "1. Styret") in crossed
    assert {one.kind for one in kept if not one.has_crossed} == {
        DocumentKept.DRAFT, DocumentKept.HEARING
    }  # fmt: skip
    (north,) = [one for one in kept if one.name.startswith("Nord, ")]
    assert [(one.other, one.is_incoming) for one in north.crossings] == [
        ("Nord", True), (answer.round.owner.name, False)
    ]  # fmt: skip
    page = client.get("/workspace/forbundet/register")
    assert "2 have stayed with you" in page.words
    table = client.raw("/workspace/forbundet/register.csv?round=" + answer.round.slug).text
    assert f'Answer from a branch,"Nord, {north.name.split()[-1]}"' in table
    assert "answer" not in client.raw("/workspace/forbundet/register.csv?round=other").text
    client.post(address(chain), plan(is_again="1", dissents=ids["Sør"]))
    session().expire_all()
    assert beside.status is SubmissionStatus.WITHDRAWN
    assert sent(chain).current_version_number == 2


@pytest.mark.scenario(33)
def test_a_supplement_stands_beside_the_answer_and_survives_a_correction(client, chain):
    client.sign_in(chain.hege).post(address(chain), plan())
    more = address(chain, "send/supplement")
    page = client.post(more, {"is_checked": "y"}, status=422)
    assert "Write something, or choose a file." in page.words
    file = (BytesIO(PDF), "notat.pdf")
    client.post(more, {"is_checked": "y", "text": "Tallene er nå klare.", "file": file})
    answer = sent(chain)
    before, after = answer.versions
    assert (before.kind, after.kind) == (VersionKind.WHOLE, VersionKind.SUPPLEMENT)
    assert after.text == f"{before.text}\n\nTallene er nå klare."
    assert [one.supplement for one in after.answers] == [None, None, 2]
    assert after.attachments[-1].supplement == 2
    assert [one.name for one in after.parties] == [one.name for one in before.parties]
    client.post(address(chain), plan(is_again="1", is_provisional="y"))
    third = sent(chain).current_version
    assert (third.kind, third.answers[-1].supplement) == (VersionKind.WHOLE, 2)
    assert [one.kind for one in third.attachments] == [
        AttachmentKind.ORIGINAL, AttachmentKind.ATTACHMENT
    ]  # fmt: skip
    assert "Supplement" in client.get(address(chain)).words
