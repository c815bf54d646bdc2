"""The form to answer on paper: every question with room for an answer, and a code on each sheet."""

import io
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

import consult
from consult.domain.documents.building.form import build_form, form_code
from consult.domain.documents.render import render_pdf
from consult.domain.documents.tree import check_document, from_json, to_json, walk
from consult.domain.documents.types import Document, Section, TickBoxes, WritingLines
from consult.domain.rounds.models import Question, Round
from consult.domain.rounds.types import QuestionKind
from tests.support.factories import in_languages

ASSETS = Path(consult.__file__).parent / "static" / "build"


@pytest.fixture
def document(make) -> Document:
    round_ = make.round(
        questions=0,
        contact={"name": "Sekretariatet", "address": "Postboks 1, 0000 Fjordby"},
        public_id="k7qm2n4pxh3d",
    )
    proposal = make.proposal(round_)
    options = [{"key": key, "labels": in_languages(key)} for key in ("Ja", "Nei")]
    scale = {"minimum": 1, "maximum": 5, "low": in_languages("dårlig"), "high": {"nb": "bra"}}
    for kind, values in {
        QuestionKind.OPEN: {"help": in_languages("Skriv fritt.")},
        QuestionKind.STANCE: {"proposal": proposal},
        QuestionKind.SINGLE: {"option_data": options},
        QuestionKind.MULTIPLE: {"option_data": options},
        QuestionKind.SCALE: {"scale_data": scale},
    }.items():
        make.question(round_, kind=kind, text=in_languages(f"Spørsmål {kind}"), **values)
    return _form(round_, round_.questions)


def _form(round_: Round, questions: list[Question]) -> Document:
    return build_form(
        round_, questions, locale="nb", address="http://localhost/rounds/x", now=round_.created_at
    )


def parts_of(document: Document, anchor: str, kind: type) -> list:
    section = next(one for one in walk(document) if isinstance(one, Section) and one.id == anchor)
    return [part for part in section.blocks if isinstance(part, kind)]


def test_each_kind_of_question_has_its_boxes_and_lines(document):
    check_document(document)
    assert from_json(to_json(document)) == document
    open_, stance, single, multiple, scale = (
        parts_of(document, f"question-{number}", TickBoxes) for number in range(1, 6)
    )
    assert len(open_) == 1  # "no comments"
    assert len(stance[0].choices) == 5
    assert single[0].choices == ("Ja", "Nei")
    assert single[0].instruction != multiple[0].instruction
    assert scale[0].choices == ("1 – dårlig", "2", "3", "4", "5 – bra")
    for number in range(1, 6):
        assert parts_of(document, f"question-{number}", WritingLines)


def test_the_code_can_be_read_aloud(make):
    round_ = make.round(public_id="k7qm2n4pxh3d")
    assert form_code(round_) == "K7QM-2N4P-XH3D"


@pytest.mark.once
def test_the_pdf_is_tagged_with_the_code_on_each_sheet_in_large_type(document):
    content = render_pdf(document, assets=ASSETS)
    with pdfplumber.open(io.BytesIO(content)) as opened:
        pages = [page.extract_text() for page in opened.pages]
        sizes = [char["size"] for page in opened.pages for char in page.chars if char["top"] > 90]
        body = sorted(sizes)[len(sizes) // 2]
    assert all("K7QM-2N4P-XH3D" in page for page in pages)
    assert "Postboks 1, 0000 Fjordby" in pages[0]
    assert body >= 12
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
