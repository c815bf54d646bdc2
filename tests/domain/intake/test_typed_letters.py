"""Typed letters as they come: columns by blanks, lists by hand, names in all their shapes."""

from datetime import date

from consult.domain.intake.assembly import assemble_answers
from consult.domain.intake.mapping import map_to_targets
from consult.domain.intake.recognise import recognise
from consult.domain.intake.types import GENERAL, BlockRole, Target, TargetKind


def read(text):
    return recognise(text.encode(), filename="svar.txt", limit_bytes=100_000)


def headings(document):
    return [(b.number, b.text) for b in document.blocks if b.role is BlockRole.HEADING]


def people(document):
    return [(person.name, person.title) for person in document.signatories]


MUNICIPALITY = """
                                                        Granli kommune
                                                        Rådmannens stab
Kunnskapsdepartementet
Postboks 8119 Dep
0032 OSLO

Deres ref.        Vår ref.               Saksbehandler             Dato
26/1234           2026/88-3 - A20        Tuva Lien, tlf 310 11 222 12.10.2026

Høringsuttalelse - endringer i barnehageloven

Granli kommune viser til departementets høringsbrev av 1. juli 2026 med frist 15. oktober 2026.
Formannskapet behandlet saken 8. oktober 2026, sak 77/26, og vedtok følgende uttalelse:

1  Innledning
Granli kommune er i hovedsak positiv. Kommunen har likevel enkelte merknader, som framgår nedenfor.

2  Merknader
2.1 Bemanningsnorm
Kommunen støtter forslaget om en skjerpet bemanningsnorm, men forutsetter at staten dekker kost-
nadene fullt ut. I dag er det små barnehager som rammes hardest når noen blir syke, og vikar-
budsjettet er brukt opp i april.

   a) Normen bør gjelde hele åpningstiden.
   b) Det må være mulig å søke dispensasjon i inntil ett år.

2.2 Pedagogtetthet
Kommunen går imot forslaget. Det utdannes ikke nok barnehagelærere.
3  Økonomiske konsekvenser
Beregningene i kapittel 9 er etter kommunens syn for lave.

Med hilsen

Tuva Lien                                   Aslak Moen
kommunedirektør                             kommunalsjef oppvekst

Kopi til:
Statsforvalteren i Fjellfylket
Per Hegg
"""


def test_municipality_with_columns():
    document = read(MUNICIPALITY)
    assert document.sender == "Granli kommune"
    assert document.recipient == "Kunnskapsdepartementet"
    assert (document.their_ref, document.our_ref) == ("26/1234", "2026/88-3 - A20")
    assert document.document_date == date(2026, 10, 12)
    assert headings(document) == [
        ("1", "Innledning"),
        ("2", "Merknader"),
        ("2.1", "Bemanningsnorm"),
        ("2.2", "Pedagogtetthet"),
        ("3", "Økonomiske konsekvenser"),
    ]
    assert people(document) == [
        ("Tuva Lien", "kommunedirektør"),
        ("Aslak Moen", "kommunalsjef oppvekst"),
    ]
    body = " ".join(block.text for block in document.blocks)
    assert "kostnadene" in body
    assert "vikarbudsjettet" in body


def test_mail_with_questions_and_answers():
    document = read(
        "Fra: Siri Dahl <siri.dahl@example.org>\nSendt: 3. mars 2026 09:12\nTil: Postmottak KD\n"
        "Emne: Høringssvar\n\nHei!\n\nHer kommer svar fra oss.\n\n"
        "Spørsmål 1: Vi er enige i at normen skjerpes. Det gir barna tryggere dager hele året.\n\n"
        "Spørsmål 2\nNei.\n\nSpørsmål 3: Bør kommunen kunne gi dispensasjon?\n"
        "Ja, men bare i korte perioder.\n\nVennlig hilsen\nSiri Dahl\nStyrer, Solbakken barnehage\n"
    )
    targets = [
        Target(TargetKind.QUESTION, f"q{n}", title, "", str(n))
        for n, title in enumerate(("Bemanning?", "Pedagoger?", "Dispensasjon?"), start=1)
    ]
    answers = {
        one.target: one.text
        for one in assemble_answers(document, map_to_targets(document, targets))
    }
    assert answers == {
        GENERAL: "Her kommer svar fra oss.",
        "q1": "Vi er enige i at normen skjerpes. Det gir barna tryggere dager hele året.",
        "q2": "Nei.",
        "q3": "Ja, men bare i korte perioder.",
    }
    assert (document.sender, document.recipient) == ("Siri Dahl", "Postmottak KD")
    assert document.document_date == date(2026, 3, 3)
    assert people(document) == [("Siri Dahl", "Styrer, Solbakken barnehage")]


def test_form_with_short_answers():
    document = read(
        "Svar på høring om parkering\n\n1. Er du enig i at beboere skal få billigere kort?\nJa\n\n"
        "2. Hva bør kortet koste?\nIkke mer enn 300 kroner i måneden.\n\n"
        "3. Andre kommentarer\nNei\n"
    )
    assert headings(document) == [
        ("1.", "Er du enig i at beboere skal få billigere kort?"),
        ("2.", "Hva bør kortet koste?"),
        ("3.", "Andre kommentarer"),
    ]
    assert [b.text for b in document.blocks if b.role is BlockRole.PARAGRAPH] == [
        "Ja",
        "Ikke mer enn 300 kroner i måneden.",
        "Nei",
    ]


def test_statute_references_and_stacked_names():
    document = read(
        "NORSK HAVFORUM\nOrg.nr. 310 000 008\n\nVår dato: 15.06.2026\nDeres dato: 01.04.2026\n"
        "Vår referanse: NH-2026/17\n\nHøring - forslag om endringer i havneloven\n\n"
        "Norsk Havforum organiserer 120 havner.\n\n"
        "Til § 4 Definisjoner\nVi har ingen merknader.\n\n"
        "Til § 12 Anløpsavgift\nVi støtter ikke forslaget. Avgiften vil:\n"
        " - øke kostnadene for små fartøy,\n - flytte trafikk fra sjø til vei.\n\n"
        "Vennlig hilsen\nfor Norsk Havforum\n\nLine Sund (sign.)\nadministrerende direktør\n"
        "                                 Erik Nes\n                                 fagsjef havn\n"
    )
    assert document.document_date == date(2026, 6, 15)
    assert document.our_ref == "NH-2026/17"
    assert document.their_ref is None
    assert [text for _, text in headings(document)] == [
        "Til § 4 Definisjoner",
        "Til § 12 Anløpsavgift",
    ]
    assert people(document) == [
        ("Line Sund", "administrerende direktør"),
        ("Erik Nes", "fagsjef havn"),
    ]


def test_topics_announced_within_a_numbered_list():
    document = read(
        "Til Helse- og omsorgsdepartementet                     Bergen, 14. februar 2026\n\n"
        "Høyring - forslag til ny forskrift om legevakt\n\n"
        "1. Bemanning. Me meiner at kravet er for strengt for små kommunar. Det finst ikkje nok\n"
        "legar som kan ta vakt.\n2. Utstyr. Me støttar kravet, men finansieringa må på plass.\n"
        "3. Reisetid. Me går imot forslaget om inntil to timar reisetid.\n\n"
        "Med venleg helsing\nVestland legelag\n\nGunnar Vik                 Liv Hauge\n"
        "leiar                      sekretær\n"
    )
    targets = [
        Target(TargetKind.PROPOSAL, "p1", "Krav til bemanning"),
        Target(TargetKind.PROPOSAL, "p2", "Krav til reisetid"),
    ]
    answers = {
        one.target: one.text
        for one in assemble_answers(document, map_to_targets(document, targets))
    }
    assert answers["p1"].startswith("- 1. Bemanning.")
    assert answers["p2"].startswith("- 3. Reisetid.")
    assert answers[GENERAL].startswith("- 2. Utstyr.")
    assert document.recipient == "Helse- og omsorgsdepartementet"
    assert document.document_date == date(2026, 2, 14)
    assert document.language == "nn"
    assert people(document) == [("Gunnar Vik", "leiar"), ("Liv Hauge", "sekretær")]


def test_names_without_leave_taking():
    document = read(
        "HØRINGSSVAR FRA UNGE STEMMER\n\nVi støtter forslaget fordi:\n• unge betaler skatt\n"
        "• unge bruker tjenestene\n    – særlig helse og skole\n"
        "• demokratiet trenger flere stemmer\n\n"
        "Forsøket bør starte i 2027.\n\nFor Unge Stemmer\nMina Berg, leder\nJonas Eide, nestleder\n"
    )
    assert people(document) == [("Mina Berg", "leder"), ("Jonas Eide", "nestleder")]
    assert document.sender == "UNGE STEMMER"
    assert document.document_date is None
    bullets = [block.level for block in document.blocks if block.role is BlockRole.BULLET]
    assert bullets == [0, 0, 1, 0]


def test_opening_sentence_with_a_date_is_no_letterhead():
    opening = "Kommunestyret i Granli vedtok 30. april 2026 slik høringsuttalelse:"
    document = read(
        f"GRANLI KOMMUNE\nVår ref.: 2026/77\n\nSvar på høring - bostøtte\n\n{opening}\n\n"
        "Kommunen støtter forslaget, men peker på at fristen er for lang for familier uten bolig.\n"
    )
    assert opening in [block.text for block in document.blocks if block.role is BlockRole.PARAGRAPH]
    assert (document.sender, document.our_ref) == ("GRANLI KOMMUNE", "2026/77")
    assert document.document_date is None
    assert document.language == "nb"
