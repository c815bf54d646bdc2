"""The two real answers that the platform is modelled on, in every format they exist in.

They lie beside the repository, not in it: in ``../shared/sources`` or the folder that
``CONSULT_SOURCES`` names. Nothing of their text stands here, and names only as digests.
"""

import hashlib
import os
from pathlib import Path

import pytest

from consult.domain.intake.assembly import assemble_answers
from consult.domain.intake.mapping import map_to_targets
from consult.domain.intake.recognise import recognise
from consult.domain.intake.types import (
    GENERAL,
    BlockRole,
    RecognisedDocument,
    Signatory,
    Target,
    TargetKind,
)

ROOT = Path(__file__).parents[3]
QUESTIONS = tuple(
    Target(TargetKind.QUESTION, f"q{number}", title, "", str(number))
    for number, title in enumerate(
        (
            "Hva er de viktigste kriteriene for et løsningsdyktig og myndig NAV-kontor?",
            "Hvordan kan vi lære mer av brukerne?",
            "Hva er de viktigste endringene som skal til for at vi skal lykkes?",
            "Hvordan kan vi lære av hverandre?",
        ),
        start=1,
    )
)
PROPOSALS = tuple(
    Target(TargetKind.PROPOSAL, f"p{number}", title, "", str(number))
    for number, title in enumerate(
        (
            "Tiltaksplasser i egenregi",
            "Formalisert arbeidsevnevurdering",
            "Arbeidslivssentrenes ressurser til NAV-kontorene",
            "Ansettelse av personer med nedsatt arbeidsevne",
            "Oppfølging av brukere med innvandrerbakgrunn",
            "En nasjonal stillingsdatabase",
            "Styring, måling og rapportering",
            "Kompetanse i NAV-kontoret",
            "Innholdet i oppgavene",
            "Kontorenes størrelse",
            "Enhetlig eller todelt ledelse",
            "Regionkontor i stedet for fylkeskontor",
            "Én felles tariffavtale",
        ),
        start=1,
    )
)
FO_FORMS = ("docx", "odt", "pdf", "txt")
NTL_FORMS = ("docx", "pdf", "txt")
FO_PEOPLE = ["fc725c2b088f9311", "cf99accf246e9974"]
NTL_PEOPLE = ["d15718a0568dc669", "19f5ab8df5658ed7"]


def digest(person: Signatory) -> str:
    return hashlib.sha256(f"{person.name} | {person.title}".encode()).hexdigest()[:16]


def read(name: str) -> RecognisedDocument:
    folder = Path(os.environ.get("CONSULT_SOURCES", ROOT.parent / "shared" / "sources"))
    content = (folder / name).read_bytes()
    return recognise(content, filename=name, limit_bytes=5_000_000)


def answers_to(document: RecognisedDocument, targets: tuple[Target, ...]) -> dict[str, str]:
    assignments = map_to_targets(document, targets)
    return {answer.target: answer.text for answer in assemble_answers(document, assignments)}


@pytest.mark.parametrize("form", FO_FORMS)
def test_four_questions_are_answered_with_bullets(form):
    answers = answers_to(read(f"fo-innspill.{form}"), QUESTIONS)
    assert set(answers) == {"q1", "q2", "q3", "q4", GENERAL}
    passages = [
        line for key, text in answers.items() if key != GENERAL for line in text.split("\n") if line
    ]
    bullets = [line for line in passages if line.lstrip().startswith("- ")]
    deeper = [line for line in bullets if line.startswith("  - ")]
    assert len(passages) >= 58
    assert len(bullets) >= 55
    assert len(deeper) == 25
    assert all(text.count("\n  - ") >= 1 for key, text in answers.items() if key != GENERAL)


@pytest.mark.parametrize("form", FO_FORMS)
def test_introduction_and_leave_taking_are_general(form):
    answers = answers_to(read(f"fo-innspill.{form}"), QUESTIONS)
    assert len(answers[GENERAL].split("\n\n")) == 3


@pytest.mark.parametrize("form", FO_FORMS)
def test_two_people_signed_the_first(form):
    document = read(f"fo-innspill.{form}")
    assert [digest(person) for person in document.signatories] == FO_PEOPLE
    assert document.document_date is None
    assert document.our_ref is None
    assert document.their_ref is None
    assert document.language == "nb"
    assert document.warnings == ()


def test_formats_agree_on_the_answers():
    word, odt, pdf = (
        answers_to(read(f"fo-innspill.{form}"), QUESTIONS) for form in ("docx", "odt", "pdf")
    )
    assert word == odt
    assert word == pdf


@pytest.mark.parametrize("form", NTL_FORMS)
def test_thirteen_topics_find_their_proposals(form):
    document = read(f"ntl-horingssvar.{form}")
    answers = answers_to(document, PROPOSALS)
    assert set(answers) == {*(target.key for target in PROPOSALS), GENERAL}
    counts = [len(answers[target.key].split("\n\n")) for target in PROPOSALS]
    assert counts[:9] == [8, 2, 1, 1, 2, 1, 6, 1, 1]
    assert counts[10:] == [1, 1, 1]
    assert counts[9] in (2, 3)  # the plain text starts a page, and a paragraph, where Word does not
    assert len(answers[GENERAL].split("\n\n")) == 1


@pytest.mark.parametrize("form", NTL_FORMS)
def test_two_people_signed_the_second(form):
    document = read(f"ntl-horingssvar.{form}")
    assert [digest(person) for person in document.signatories] == NTL_PEOPLE
    assert document.document_date is None
    assert document.our_ref is None
    titles = [block for block in document.blocks if block.role is BlockRole.TITLE]
    assert len(titles) == 1


def test_topics_read_the_same_in_both_formats():
    word, pdf = (answers_to(read(f"ntl-horingssvar.{form}"), PROPOSALS) for form in ("docx", "pdf"))
    assert word == pdf
