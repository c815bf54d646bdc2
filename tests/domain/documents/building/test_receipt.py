"""The receipt as a document."""

import pytest

from consult.domain.accounts.types import VISITOR
from consult.domain.documents.building.receipt import build_receipt
from consult.domain.documents.building.written import written_blocks
from consult.domain.documents.render.html import render_html
from consult.domain.documents.tree import check_document, content_hash
from consult.domain.documents.types import Foreign, ItemList, ListItem, Paragraph, Text
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    Stance,
    SubmissionContent,
)
from consult.kernel.clock import utc_now


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        ("En.\n\nTo.", (_paragraph("En."), _paragraph("To."))),
        ("En\nTo", (_paragraph("En"), _paragraph("To"))),
        ("- a\n- b", (ItemList((ListItem((_paragraph("a"),)), ListItem((_paragraph("b"),)))),)),
        (
            "Før:\n\n- a\n  - aa\n  - ab\n- b",
            (
                _paragraph("Før:"),
                ItemList(
                    (
                        ListItem(
                            (
                                _paragraph("a"),
                                ItemList(
                                    (ListItem((_paragraph("aa"),)), ListItem((_paragraph("ab"),)))
                                ),
                            )
                        ),
                        ListItem((_paragraph("b"),)),
                    )
                ),
            ),
        ),
        ("-bindestrek", (_paragraph("-bindestrek"),)),
        ("  - a\n- b", (ItemList((ListItem((_paragraph("a"),)), ListItem((_paragraph("b"),)))),)),
    ],
)
def test_what_people_write_becomes_blocks(text, blocks):
    assert written_blocks(text) == blocks


def test_foreign_words_are_marked():
    assert written_blocks("Čáppa", language="se") == (
        Paragraph((Foreign((Text("Čáppa"),), "se"),)),
    )


@pytest.fixture
def submission(make):
    """An answer in North Sámi to an open question and a proposal."""
    round_ = make.round(questions=1, case_number="31/1234")
    make.question(round_, kind=QuestionKind.STANCE)
    first, second = round_.questions
    content = SubmissionContent(
        respondent=Respondent("Máret", ActorType.PRIVATE_PERSON),
        channel=Channel.FORM,
        language="se",
        publication=Publication.WITHOUT_NAME,
        answers=(
            AnswerContent(question_id=first.id, text="Áddjá čálii <b>"),
            AnswerContent(question_id=second.id, stance=Stance.OPPOSE),
        ),
    )
    return receive_submission(round_, content, by=VISITOR, received_at=utc_now())[0]


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.scenario(24)
def test_the_receipt_holds_everything(submission, locale):
    document = build_receipt(submission, locale)
    check_document(document)
    html = render_html(document)
    assert '<span lang="se">Áddjá čálii &lt;b&gt;</span>' in html
    assert submission.receipt_number in document.subtitle
    assert "31/1234" in {fact.value for fact in document.facts}
    digest = submission.current_version.digest
    assert digest == next(f.value for f in document.facts if digest[:16] in f.value).replace(
        " ", ""
    )
    assert content_hash(document) == content_hash(build_receipt(submission, locale))


def test_an_answer_without_comments_says_so(make):
    content = SubmissionContent(
        respondent=Respondent("Solvik kommune", ActorType.MUNICIPALITY),
        channel=Channel.EMAIL,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(),
        no_comments=True,
    )
    submission, _ = receive_submission(make.round(), content, by=VISITOR, received_at=utc_now())
    assert "No comments" in render_html(build_receipt(submission, "en"))
