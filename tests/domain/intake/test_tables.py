"""Columns are recognised, and rows read as answers or refused with every reason."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from consult.domain.intake.queries import Closed, Place
from consult.domain.intake.tables import cells
from consult.domain.intake.tables.columns import column_targets, empty_columns, guess_targets
from consult.domain.intake.tables.rows import (
    TableContext,
    cells_with_identity_numbers,
    check_rows,
)
from consult.domain.intake.tables.template import csv_template, template_columns, xlsx_template
from consult.domain.intake.tables.types import KnownBody, RowFault, RowNotice, Sheet
from consult.domain.intake.types import GENERAL, TargetKind
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import Option, QuestionKind, Scale
from consult.domain.submissions.types import (
    Channel,
    Publication,
    Signer,
    Stance,
    WrittenAnswer,
)
from consult.kernel.i18n import LOCALES
from consult.kernel.office.sheets import FULL_CELL, read_rows

QUESTION = TargetKind.QUESTION
CHOICES = (
    Option("morning", {"nb": "Om morgenen", "nn": "Om morgonen"}),
    Option("night", {"nb": "Om kvelden"}),
)
FROM_1_TO_5 = Scale(1, 5, {"nb": "lite"}, {"nb": "svært"})
OPEN = Place("question:q1", QUESTION, "1", {"nb": "Hva mener du om møteplassene?"}, {}, "1", 1)
STANCE = Place("question:q2", QUESTION, "2", {"nb": "Støtter du forslaget?"}, {}, "2", 2)
STANCE = replace(STANCE, takes_stance=True)
MANY = Place("question:q3", QUESTION, "3", {"nb": "Når bør det være åpent?"}, {}, "3", 3)
MANY = replace(MANY, closed=Closed(QuestionKind.MULTIPLE, CHOICES, None))
ONE = Place("question:q4", QUESTION, "4", {"nb": "Når kommer du selv?"}, {}, "4", 4)
ONE = replace(ONE, closed=Closed(QuestionKind.SINGLE, CHOICES, None))
SCALE = Place("question:q5", QUESTION, "5", {"nb": "Hvor viktig er det?"}, {}, "5", 5)
SCALE = replace(SCALE, closed=Closed(QuestionKind.SCALE, (), FROM_1_TO_5))
PROPOSAL = Place(
    "proposal:3.2", TargetKind.PROPOSAL, "3.2", {"nb": "Tiltaksplasser"}, {}, "3.2", proposal_id=1
)
PLACES = (OPEN, STANCE, MANY, ONE, SCALE, PROPOSAL)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SOLVIK = KnownBody(7, "Solvik kommune", ActorType.MUNICIPALITY, "310000116")


def find_body(number, name):
    is_named = number == SOLVIK.number if number else name.casefold() == "solvik kommune"
    return SOLVIK if is_named else None


def sheet(headings: str, *rows: str) -> Sheet:
    return Sheet(
        tuple(headings.split(";")),
        tuple((number, tuple(row.split(";"))) for number, row in enumerate(rows, start=2)),
    )


def check(found: Sheet, **context):
    columns = context.pop("columns", guess_targets(found.headings, column_targets(PLACES)))
    places = {place.key: place for place in PLACES}
    values = {"language": "nb", "now": NOW, "find_body": find_body, **context}
    return check_rows(found, TableContext(columns=columns, places=places, **values))


def faults(checked):
    return [(one.row, one.column, one.fault) for one in checked.problems]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_template_is_understood_in_every_language(locale):
    targets = column_targets(PLACES)
    headings = [heading for heading, _words in template_columns(PLACES, locale=locale)]
    assert guess_targets(headings, targets) == tuple(target.key for target in targets)
    assert len(set(headings)) == len(headings)
    for content, name in (
        (csv_template(PLACES, locale=locale).encode(), "mal.csv"),
        (xlsx_template(PLACES, locale=locale), "mal.xlsx"),
    ):
        assert read_rows(content, filename=name) == [headings]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_that_the_template_offers_is_understood(locale):
    offered = {
        target.key: words
        for target, (_heading, words) in zip(
            column_targets(PLACES), template_columns(PLACES, locale=locale), strict=True
        )
        if words
    }
    read = {
        "kind": cells.read_kind,
        "channel": cells.read_channel,
        "language": cells.read_language,
        "publication": cells.read_publication,
        "no_comments": cells.read_yes,
        "question:q2#chosen": cells.read_stance,
        "question:q3#chosen": lambda words: cells.read_choices(words, MANY.closed),
        "question:q4#chosen": lambda words: cells.read_choices(words, ONE.closed),
        "question:q5#chosen": lambda words: cells.read_scale(words, SCALE.closed),
    }
    assert set(read) == set(offered)
    for key, words in offered.items():
        understood = [read[key](one) for one in words]
        assert None not in understood
        assert len(set(understood)) == len(understood)


def test_headings_of_other_tools_are_recognised():
    headings = [
        "ID", "Navn", "E-post", "Orgnr.", "Aktørtype", "Hva mener du om møteplassene",
        "Støtter du forslaget?", "3. Når bør det være åpent?", "Hvor viktig er dette?", "Navn",
        "3.2", "q4", "Kommentar",
    ]  # fmt: skip
    assert guess_targets(headings, column_targets(PLACES)) == (
        "", "sender", "contact_email", "organisation_number", "kind", "question:q1",
        "question:q2#chosen", "question:q3", "question:q5#chosen", "", "proposal:3.2",
        "question:q4#chosen", "general",
    )  # fmt: skip


def test_a_row_says_who_when_how_and_what():
    found = sheet(
        "Avsender;Aktørtype;Kontaktperson;E-post;Mottatt;Brevdato;channel;language;publication;"
        "Referanse;signed_by;q1;question:q2#chosen;question:q3#chosen;question:q5#chosen;Generelt",
        "Bydel Nord;Bydel;Liv Ås;liv@example.no;18.11.2026 14:30;2026-11-17;paper;nn;without_name;"
        "26/118;Eva Moe, leder|Per Li;Bra.;Støtter delvis;Om morgenen|night;4 – ganske;Takk.",
    )  # fmt: skip
    row = replace(found, rows=((2, tuple(cell.replace("|", "\n") for cell in found.rows[0][1])),))
    columns = (
        "sender", "kind", "contact_name", "contact_email", "received", "document_date", "channel",
        "language", "publication", "their_ref", "signed_by", "question:q1", "question:q2#chosen",
        "question:q3#chosen", "question:q5#chosen", "general",
    )  # fmt: skip
    checked = check(row, columns=columns)
    assert checked.problems == ()
    (answer,) = checked.answers
    details = answer.details
    assert (details.sender, details.actor_type) == ("Bydel Nord", ActorType.CITY_DISTRICT)
    assert (details.contact_name, details.contact_email) == ("Liv Ås", "liv@example.no")
    assert details.received_at == datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
    assert (details.document_date, details.is_undated) == (date(2026, 11, 17), False)
    assert (details.channel, details.language) == (Channel.PAPER, "nn")
    assert details.publication is Publication.WITHOUT_NAME
    assert details.signatories == (Signer("Eva Moe", "leder"), Signer("Per Li", None))
    assert answer.written == {
        GENERAL: WrittenAnswer("Takk."),
        "question:q1": WrittenAnswer("Bra."),
        "question:q2": WrittenAnswer(stance=Stance.SUPPORT_PARTLY),
        "question:q3": WrittenAnswer(choices=("morning", "night")),
        "question:q5": WrittenAnswer(scale_value=4),
    }


def test_the_register_says_who_a_body_is():
    checked = check(
        sheet(
            "Navn;Orgnr;q1",
            "solvik KOMMUNE;;Ja.",
            "Solvik;310 000 116;Ja.",
            ";310000116;Ja.",
            "Granli kommune;310000124;Ja.",
        ),
        default_kind=ActorType.MUNICIPALITY,
        answered=frozenset({7}),
    )
    assert checked.problems == ()
    names = [
        (one.details.sender, one.details.organisation_id, one.number) for one in checked.answers
    ]
    assert names == [
        ("Solvik kommune", 7, None),
        ("Solvik kommune", 7, None),
        ("Solvik kommune", 7, None),
        ("Granli kommune", None, "310000124"),
    ]
    known, misnamed, unnamed, unknown = (set(one.notices) for one in checked.answers)
    assert known == unnamed == {RowNotice.ANSWERED_ALREADY, RowNotice.TWICE}
    assert misnamed == known | {RowNotice.OTHER_NAME}
    assert unknown == {RowNotice.UNKNOWN_NUMBER}


@pytest.mark.parametrize(
    ("heading", "cell", "fault"),
    [
        ("Aktørtype", "fylkesmann?", RowFault.UNKNOWN_KIND),
        ("Orgnr", "974760674", RowFault.BAD_NUMBER),
        ("E-post", "kari(at)example.no", RowFault.BAD_EMAIL),
        ("Mottatt", "i går", RowFault.BAD_DATE),
        ("Mottatt", "31.02.2026", RowFault.BAD_DATE),
        ("Mottatt", "2026-11-21", RowFault.FUTURE),
        ("Mottatt", "2026-11-20 10:30", RowFault.FUTURE),
        ("Brevdato", "2026-11-21", RowFault.AFTER_RECEIVED),
        ("channel", "meeting", RowFault.UNKNOWN_CHANNEL),
        ("language", "svensk", RowFault.UNKNOWN_LANGUAGE),
        ("publication", "kanskje", RowFault.UNKNOWN_PUBLICATION),
        ("no_comments", "kanskje", RowFault.NEITHER_YES_NOR_NO),
        ("no_comments", "ja", RowFault.COMMENTS_AND_NONE),
        ("question:q2#chosen", "Tja", RowFault.UNKNOWN_STANCE),
        ("question:q3#chosen", "Om morgenen; Aldri", RowFault.UNKNOWN_CHOICE),
        ("question:q4#chosen", "morning;night", RowFault.UNKNOWN_CHOICE),
        ("question:q5#chosen", "6", RowFault.NOT_ON_SCALE),
        ("Referanse", "x" * 101, RowFault.TOO_LONG),
        ("Generelt", "x" * FULL_CELL, RowFault.CUT_OFF),
    ],
)
def test_what_is_wrong_is_said_at_its_row_and_column(heading, cell, fault):
    found = Sheet(("Navn", "Type", "q1", heading), ((2, ("Kari", "private_person", "Ja.", cell)),))
    if heading == "Aktørtype":
        found = Sheet(("Navn", heading, "q1"), ((2, ("Kari", cell, "Ja.")),))
    assert faults(check(found)) == [(2, heading, fault)]


def test_all_that_is_wrong_in_all_rows_is_told_at_once():
    checked = check(
        sheet(
            "Navn;Type;q1",
            "Kari;;Ja.",
            ";union;Ja.",
            "Per;private_person;",
            ";private_person;Ja.",
            "Liv;private_person;Ja.;Til side",
            "Ola;private_person",
        )
    )
    assert faults(checked) == [
        (2, "Navn", RowFault.NO_KIND),
        (3, "Navn", RowFault.NO_SENDER),
        (4, "", RowFault.NOTHING_ANSWERED),
        (6, "", RowFault.BESIDE_THE_TABLE),
        (7, "", RowFault.NOTHING_ANSWERED),
    ]
    assert [one.row for one in checked.answers] == [5]
    assert not checked.can_be_registered
    assert checked.row_count == 6


def test_no_comments_is_an_answer_and_a_default_kind_fills_in():
    checked = check(
        sheet("Navn;no_comments", "Kari;ja", "Solvik kommune;x"),
        default_kind=ActorType.PRIVATE_PERSON,
        is_late=lambda details: details.organisation_id == 7,
    )
    person, body = checked.answers
    assert person.details.has_no_comments
    assert person.details.actor_type is ActorType.PRIVATE_PERSON
    assert body.details.actor_type is ActorType.MUNICIPALITY
    assert (person.notices, body.notices) == ((), (RowNotice.LATE,))
    assert checked.can_be_registered


def test_identity_numbers_are_found_wherever_they_stand():
    found = sheet("Navn;Svar", "Kari;Jeg er 15076500565.", "Per;Ja;01010750160")
    assert cells_with_identity_numbers(found) == ((2, "Svar"), (3, ""))
    assert check(found, columns=("sender", "general")).problems  # the cell beside the table


def test_columns_without_content_lose_nothing():
    assert empty_columns(sheet("A;B;C", "1; ;", "2")) == {1, 2}
