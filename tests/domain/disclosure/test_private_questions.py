"""Answers to questions that promise not to publish them are looked for in every way out."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.exporting import passage_lines
from consult.domain.coding.queries.projects import coded_texts
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.exchange import write_codings
from consult.domain.composing.printable import Barrier, find_printable
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.types import EvidenceUse
from consult.domain.disclosure.errors import FileBarred
from consult.domain.disclosure.queries import get_review, protected_places
from consult.domain.disclosure.service.filing import publish_file
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.documents.building.statement import build_statement
from consult.domain.documents.render import render_pdf
from consult.domain.documents.render.html import render_html
from consult.domain.documents.service.building import compose_summary
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.documents.snapshots import frozen_bytes
from consult.domain.following.wording import correction_of
from consult.domain.notifications.queries import list_messages
from consult.domain.responses.statements import Frame, minority_of_branch, statement_of_branch
from consult.domain.rounds.models import FormerWording, Question
from consult.domain.rounds.queries import question_spec
from consult.domain.rounds.service import change_question
from consult.domain.rounds.service.withholding import stop_withholding, withhold_answers
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.listing import AnswerFilter
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.service.writing import forward_answer
from consult.domain.submissions.types import AnswerContent, Publication, StoredFile
from consult.jobs.packages import write_package
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.drafted import hear, start_drafting
from tests.support.secrets import reveals

SECRET = "Kvikksølvnes"
OPEN = "Vi er enige i at døra skal være åpen for alle."
TOLD = f"Lederen vår i {SECRET} har sagt at vi ikke skal svare på dette."


def question(*, now: bool, then: bool) -> Question:
    """A question in its second wording, with what each of the two promises."""
    former = FormerWording(number=1, is_private=then)
    return Question(wording=2, is_private=now, former_wordings=[former])


@pytest.mark.once
@pytest.mark.parametrize(
    ("now", "then", "old", "new"),
    [
        (False, False, False, False),
        (False, True, True, False),
        (True, False, True, True),
        (True, True, True, True),
    ],
)
def test_an_answer_keeps_the_promise_it_was_given_under(now, then, old, new):
    asked = question(now=now, then=then)
    assert asked.keeps_private(1) is old
    assert asked.keeps_private(2) is new


def promise(asked, is_private):
    """Change what a question promises, as in its editor."""
    change_question(asked, replace(question_spec(asked), is_private=is_private), by=SYSTEM)


@pytest.fixture
def round_(make, app):
    """A round with one cleared answer; the secret stands in what was told in private."""
    round_ = make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    first, second = round_.questions[:2]
    second.is_private = True
    files = app.extensions["files"]
    sent = StoredFile(
        f"{SECRET}.txt", "application/pdf", files.save(b"x"), 1, question_id=second.id
    )
    answers = (
        AnswerContent(question_id=first.id, text=OPEN),
        AnswerContent(question_id=second.id, text=TOLD, has_files=True),
    )
    receive(round_, name="Solvik kommune", answers=answers, files=(sent,))
    review = get_review(round_.slug, 1)
    for finding in review.findings:
        finding.decision = "released"
    clear_answer(review, by=SYSTEM)
    for passage in passages_of(review.submission):
        apply_theme(passage, theme(round_, "Åpne dører"), by=SYSTEM)
    session().commit()
    return round_


def pages(client, round_):
    """What everybody can open of a round."""
    base, private = f"/rounds/{round_.slug}", round_.questions[1].key
    addresses = (
        f"{base}/answers/1",
        f"{base}/answers",
        f"{base}/answers?question={private}",
        f"{base}/answers/1/support",
        f"{base}/news",
        base,
    )
    return [client.get(address).text for address in addresses]


def test_pages_tell_nothing(client, round_):
    assert not any(reveals(text, SECRET) for text in pages(client, round_))
    found = client.get(f"/rounds/{round_.slug}/answers?q={SECRET}")
    assert not found.tree.xpath(".//main//article")
    listed = client.get(f"/rounds/{round_.slug}/answers?question={round_.questions[1].key}")
    assert "Solvik kommune" not in listed.words
    assert "døra skal være åpen" in client.get(f"/rounds/{round_.slug}/answers/1").words


def test_a_promise_outlives_the_question(client, round_):
    asked = round_.questions[1]
    promise(asked, False)
    session().commit()
    assert asked.wording == 2
    assert not any(reveals(text, SECRET) for text in pages(client, round_))


def test_answers_are_hidden_later_and_shown_again(client, round_):
    asked, address = round_.questions[0], f"/rounds/{round_.slug}/answers/1"
    withhold_answers(asked, by=SYSTEM)
    session().commit()
    assert "åpen for alle" not in client.get(address).words
    stop_withholding(asked, by=SYSTEM)
    promise(asked, True)
    session().commit()
    assert "åpen for alle" not in client.get(address).words
    promise(asked, False)
    session().commit()
    assert "åpen for alle" in client.get(address).words


@pytest.mark.once
def test_files_tell_nothing(app, round_):
    assets = Path(app.static_folder) / "build"
    made = BytesIO()
    write_package(made, round_.slug, AnswerFilter(), locale="nb")
    snapshot = take_snapshot(round_, by=SYSTEM, now=utc_now())
    tree = compose_summary(snapshot, locale="nb")
    for content in (
        made.getvalue(),
        frozen_bytes(snapshot),
        str(render_html(tree)),
        render_pdf(tree, assets=assets),
        write_codings(round_),
        " ".join(line.quote for line in passage_lines(round_.id)),
        " ".join(one.text for one in coded_texts(round_.id)),
    ):
        assert not reveals(content, SECRET)
    assert reveals(frozen_bytes(snapshot), "Åpne dører")


def test_nothing_is_published_quoted_or_sent_on(make, app, round_):
    review = get_review(round_.slug, 1)
    with pytest.raises(FileBarred):
        publish_file(review, review.version.attachments[0], by=SYSTEM)
    [private] = [one for one in passages_of(review.submission) if SECRET in one.quote]
    assert (private.start, private.end) in protected_places(round_.id)[private.version_id]
    forward_answer(
        review.submission,
        recipient="Solvik fylke",
        email="post@solvik.example",
        reason="Dette hører hjemme hos dere.",
        tells_sender=False,
        contact="a@b.c",
        by=SYSTEM,
    )
    mail = list_messages()[-1]
    assert "åpen for alle" in mail.body_text
    assert not reveals(f"{mail.subject}{mail.body_text}{mail.body_html}", SECRET)


def test_what_goes_along_with_a_response_tells_nothing(make, app):
    drafted = start_drafting(make)
    heard = hear(drafted, TOLD)
    answer = next(one for one in get_sent_answers(heard) if one.question is not None)
    answer.question.is_private = True
    session().flush()
    [passage, *_rest] = passages_of(heard)
    assert find_printable(drafted.composition, [passage])[passage.id].barrier is Barrier.PRIVATE
    part = next(iter(drafted.parts.values()))
    assert not reveals(rest_on(part, passage, EvidenceUse.QUOTED, by=SYSTEM).quote, SECRET)
    along = [
        *statement_of_branch(heard, (), Frame("nb", Publication.WITH_NAME)).answers,
        *minority_of_branch(heard),
    ]
    assert not any(reveals(one.text, SECRET) for one in along)
    statement = render_pdf(build_statement(heard), assets=Path(app.static_folder) / "build")
    assert not reveals(statement, SECRET)


def test_a_changed_promise_is_told_with_the_words(round_):
    asked = round_.questions[1]
    promise(asked, False)
    data = {"part": "question", "key": asked.key, "number": "2", "wording": 2}
    told = correction_of(round_, data).told_in("en")
    assert told.before.endswith("(Answers are not published.)")
    assert told.after.endswith("(Answers can be published.)")
