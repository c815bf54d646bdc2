"""Reading a list of organisations from a file."""

from datetime import date
from pathlib import Path

import pytest

import consult
from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.errors import ImportRejected
from consult.domain.organisations.exporting import organisations_as_csv, organisations_as_rows
from consult.domain.organisations.importing import import_organisations
from consult.domain.organisations.queries import (
    count_organisations,
    events_of,
    get_organisation,
    successor_of,
)
from consult.domain.organisations.service import merge_into
from consult.domain.organisations.types import ActorType, Ground

DEMO = Path(consult.__file__).parent / "demo" / "organisations.toml"
TODAY = date(2026, 10, 19)


def _import(content: str | bytes, filename: str = "liste.csv"):
    data = content.encode() if isinstance(content, str) else content
    return import_organisations(data, filename=filename, today=TODAY, by=SYSTEM)


def _problems(content: str | bytes, filename: str = "liste.csv") -> tuple[str, ...]:
    before = count_organisations()
    with pytest.raises(ImportRejected) as rejected:
        _import(content, filename)
    assert count_organisations() == before
    return rejected.value.problems


def test_the_demo_is_read_whole_and_a_second_time_changes_nothing(make):
    first = _import(DEMO.read_bytes(), "organisations.toml")
    assert len(first.registered) == count_organisations() > 40
    owner = get_organisation("arbeidsgruppen-lokale-kontor")
    assert owner.parent.slug == "velferdsetaten"
    second = _import(DEMO.read_bytes(), "organisations.toml")
    assert second.registered == ()
    assert second.known == first.registered


def test_what_is_exported_is_read_back(make):
    above = make.organisation(slug="union", name="Forbundet", names={"nn": "Laget", "se": "Searvi"})
    old = make.organisation(slug="nord", name="=Nord", parent=above, county="Nordhav")
    new = make.organisation(slug="sor", name="Sør", parent=above, email="sor@union.example")
    merge_into(old, new, ground=Ground(TODAY, "Årsmøtet"), by=SYSTEM)
    bodies = [above, old, new]
    written, rows = organisations_as_csv(bodies), organisations_as_rows(bodies)
    for event in events_of(old.id):
        session().delete(event)
    for body in reversed(bodies):
        session().delete(body)
    session().flush()
    assert _import(written).registered == ("union", "nord", "sor")
    again = [get_organisation(slug) for slug in ("union", "nord", "sor")]
    assert organisations_as_rows(again) == rows
    assert successor_of(again[1], on=TODAY).successor == again[2].id


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a;;b;", "row 2: successors and ended_because need dissolved_on"),
        ("a;2026-01-01;c;", "row 2: no organisation has the short name 'c'"),
        ("a;2026-01-01;a;", "row 2: 'a' would be carried on by itself"),
    ],
)
def test_ends_that_make_no_sense(make, line, problem):
    heading = "name;dissolved_on;successors;ended_because;actor_type"
    lines = [heading, f"{line};union_branch", "b;;;;union_branch"]
    assert problem in _problems("\n".join(lines))


@pytest.mark.parametrize("divider", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_spreadsheets_come_in_several_shapes(make, divider, encoding, newline):
    lines = [
        ["name", "actor_type", "organisation_number", "parent", "dissolved"],
        ["Østdal Ungdomsråd", "municipal_council", "", "ostdal", ""],
        ["Østdal", "municipality", "123 778 847", "", "true"],
        ["", "", "", "", ""],
    ]
    text = newline.join(divider.join(cells) for cells in lines)
    result = _import(text.encode(encoding))
    assert result.registered == ("ostdal-ungdomsrad", "ostdal")
    council = get_organisation("ostdal-ungdomsrad")
    assert council.actor_type is ActorType.MUNICIPAL_COUNCIL
    assert council.parent.name == "Østdal"
    assert council.parent.dissolved_on == TODAY
    assert council.parent.organisation_number == "123778847"


@pytest.mark.scenario(6)
def test_every_problem_is_told_with_its_row_and_nothing_is_kept(make):
    make.organisation(name="Solvik kommune", organisation_number="974760673")
    problems = _problems(
        "name,actor_type,organisation_number,email,language\n"
        "Havnes,municipality,123456785,post@havnes.example,nb\n"
        "Feil tall,municipality,970188291,,\n"
        "For kort,municipality,12345,,\n"
        ",municipality,,,\n"
        "Ukjent slag,brygge,,havnes,no\n"
    )
    assert problems == (
        "row 3: organisation_number '970188291' has a wrong last digit",
        "row 4: organisation_number '12345' does not have nine digits",
        "row 5: name is missing",
        "row 6: unknown actor_type 'brygge'",
        "row 6: unknown language 'no'",
        "row 6: 'havnes' is not an e-mail address",
    )


def test_rows_are_held_against_each_other_and_against_what_is_registered(make):
    make.organisation(name="Solvik kommune", organisation_number="974760673")
    problems = _problems(
        "slug,name,actor_type,organisation_number,parent\n"
        "a,A,union,123456785,\n"
        "b,B,union,,a\n"
        "a,C,union,,\n"
        "d,D,union,123456785,nowhere\n"
        "e,E,union,974760673,\n"
    )
    assert problems == (
        "row 4: 'a' stands in row 2 too",
        "row 5: '123456785' stands in row 2 too",
        "row 6: Solvik kommune has the number 974760673 already",
        "row 5: no organisation has the short name 'nowhere'",
    )


def test_a_circle_is_told_at_each_of_its_rows(make):
    assert _problems(
        "slug,name,actor_type,parent\na,A,union,c\nb,B,union,a\nc,C,union,b\nd,D,union,d\n"
        "e,E,union,a\n"
    ) == (
        "row 2: 'a' would stand above itself",
        "row 3: 'b' would stand above itself",
        "row 4: 'c' would stand above itself",
        "row 5: 'd' would stand above itself",
    )


@pytest.mark.parametrize(
    ("content", "filename", "problem"),
    [
        ("", "liste.csv", "the file holds no organisations"),
        ("name,actor_type\n", "liste.csv", "the file holds no organisations"),
        ("name,actor_type,colour\nA,union,red\n", "liste.csv", "row 2: unknown column 'colour'"),
        (
            "name,actor_type\nA,union,x\n",
            "liste.csv",
            "row 2: more cells than the heading line has",
        ),
        ('name,actor_type\n"A,union\n', "liste.csv", "unexpected end of data"),
        ("organisations = 3", "liste.toml", "expected tables headed [[organisations]]"),
        ("[[organisations", "liste.toml", "this is not TOML"),
        (b"\xff\xfe", "liste.toml", "this is not TOML"),
        ('[[organisations]]\nname = "中"\nactor_type = "union"', "liste.toml", "give a slug"),
        (f"name,actor_type\n{'A' * 251},union\n", "liste.csv", "name is longer than 250"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(make, content, filename, problem):
    (told,) = _problems(content, filename)
    assert problem in told
