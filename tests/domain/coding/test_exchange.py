"""Codings as CSV and codebooks as TOML, out and in again."""

from pathlib import Path

import pytest
from sqlalchemy import delete, select

import consult
from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.errors import FileRefused
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.codebook_file import export_codebook, import_codebook
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.exchange import export_codings, import_codings, write_codings
from consult.domain.coding.types import PassageKind
from consult.domain.organisations.types import Role
from consult.kernel.text.spreadsheet import neutralise_cell, read_csv, restore_cell, write_csv
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme

CODEBOOKS = sorted((Path(consult.__file__).parent / "demo" / "codebooks").glob("*.toml"))


@pytest.fixture
def round_(make):
    return make.round()


def test_what_was_exported_comes_in_unchanged(make, round_):
    reader = make.actor(make.member(round_.owner, Role.CASE_OFFICER))
    access, time = theme(round_, "Tilgjengelighet"), theme(round_, "Tid")
    first, second = passages_of(receive(round_, TWO_PARAGRAPHS))
    chosen = add_passage(second.version, start=second.start, end=second.start + 11, by=reader)
    for passage, one in ((first, access), (second, time), (chosen, time), (first, time)):
        apply_theme(passage, one, by=reader)
    before = export_codings(round_)
    text = write_codings(round_)
    session().execute(delete(Coding))
    result = import_codings(round_, text, by=SYSTEM)
    assert (result.added, result.present, result.passages) == (4, 0, 0)
    assert export_codings(round_) == before
    again = import_codings(round_, text, by=SYSTEM)
    assert (again.added, again.present) == (0, 4)


def test_into_another_installation_by_number_and_range(make, round_):
    access = theme(round_, "Tilgjengelighet")
    (passage,) = passages_of(receive(round_, "Čáppa – én to."))
    chosen = add_passage(passage.version, start=8, end=10, by=SYSTEM)
    apply_theme(chosen, access, by=SYSTEM)
    text = write_codings(round_)
    other = make.round()
    theme(other, "Tilgjengelighet")
    receive(other, "Čáppa – én to.")
    assert import_codings(other, text, by=SYSTEM).passages == 1
    (made,) = session().scalars(
        select(Passage).where(Passage.round_id == other.id, Passage.kind == PassageKind.CHOSEN)
    )
    assert made.quote == "én"
    assert {c.theme.key for c in made.codings} == {"tilgjengelighet"}


def test_semicolons_and_a_quote_alone(round_):
    theme(round_, "Tid")
    passages = passages_of(receive(round_, TWO_PARAGRAPHS))
    text = (
        "\ufeffsubmission;quote;theme\r\n1;Veilederne trenger tid. Da blir samtalen bedre.;tid\r\n"
    )
    assert import_codings(round_, text, by=SYSTEM).added == 1
    assert [coding.coded_by for coding in passages[1].codings] == ["system"]


def test_every_problem_is_told_with_its_row_and_nothing_is_kept(round_):
    theme(round_, "Tid")
    receive(round_, TWO_PARAGRAPHS, "Døra må være åpen.")
    text = (
        "submission,passage,start,end,quote,theme,coder,coded_at\n"
        "1,,0,18,,tid,,\n"
        "9,,0,18,,tid,,\n"
        "1,,0,18,,tull,,\n"
        "1,,0,x,,tid,,\n"
        "1,,0,900,,tid,,\n"
        "1,,0,18,Noe annet,tid,,\n"
        "1,,,,Døra må være åpen.,tid,,\n"
        "1,,,,,tid,,\n"
        "1,,0,18,,tid,ukjent@consult.example,\n"
        ",zzzzzzzzzzzz,,,,tid,,\n"
        "1,,0,18,,tid,,i fjor\n"
    )
    with pytest.raises(FileRefused) as caught:
        import_codings(round_, text, by=SYSTEM)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        f"row {number}" for number in range(3, 13)
    ]
    assert "stands 2 times" in caught.value.problems[5]
    assert export_codings(round_) == []
    with pytest.raises(FileRefused, match="'theme' is missing"):
        import_codings(round_, "submission\n1\n", by=SYSTEM)


@pytest.mark.scenario(104)
def test_cells_that_a_spreadsheet_would_run_are_neutralised_and_read_back(round_):
    evil = '=HYPERLINK("http://x.example";"klikk") <script>alert(1)</script>; DROP TABLE person; --'
    time = theme(round_, "Tid")
    for text in (evil, "+47 22 00 00 00", "@alle", "-50 prosent", "'=1+1"):
        (passage,) = passages_of(receive(round_, text))
        apply_theme(passage, time, by=SYSTEM)
    before = export_codings(round_)
    text = write_codings(round_)
    assert before[0]["quote"] == evil
    cells = [line.split(",")[4] for line in text.splitlines()[1:]]
    assert all(cell.lstrip('"').startswith("'") for cell in cells)
    session().execute(delete(Coding))
    import_codings(round_, text, by=SYSTEM)
    assert export_codings(round_) == before


@pytest.mark.scenario(104)
@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\tx", "'=1", "''+", "'n", "n", "", "'", "å", '1,5;\n"x"']
)
def test_neutralising_can_be_taken_back_from_every_text(text):
    cell = neutralise_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restore_cell(cell) == text
    _header, rows = read_csv(write_csv(["a"], [[f"x{text}"], [text]]) + "y\n")
    assert [row["a"] for row in rows] == [row for row in (f"x{text}", text, "y") if row.strip()]


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_the_demo_codebook_comes_in_goes_out_and_comes_in_again(make, round_, path):
    text = path.read_text()
    result = import_codebook(round_, text, by=SYSTEM)
    assert result.added == text.count("[[themes]]")
    out = export_codebook(round_)
    again = import_codebook(round_, out, by=SYSTEM)
    assert (again.added, again.changed, again.unchanged) == (0, 0, result.added)
    other = make.round()
    import_codebook(other, out, by=SYSTEM)
    assert export_codebook(other) == out
    assert [row.content for row in list_themes(other.id)] == [
        row.content for row in list_themes(round_.id)
    ]


def test_texts_that_toml_must_escape_survive(make, round_):
    name = 'Si "nei" \\ ja'
    theme(round_, name, definition="Linje 1\n\tLinje 2\x7f č «æøå» 🇳🇴", include="'''\"\"\"")
    other = make.round()
    import_codebook(other, export_codebook(round_), by=SYSTEM)
    assert list_themes(other.id)[0].content == list_themes(round_.id)[0].content


def test_importing_changes_and_moves_what_has_the_same_key(round_):
    import_codebook(round_, _toml(("a", None), ("b", None)), by=SYSTEM)
    result = import_codebook(round_, _toml(("a", None), ("b", "a"), ("c", "b")), by=SYSTEM)
    assert (result.added, result.changed, result.unchanged) == (1, 1, 1)
    assert [row.full_name for row in list_themes(round_.id)] == ["A", "A › B", "A › B › C"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x", "not TOML"),
        ("themes = 1", "has no"),
        ('[[themes]]\nkey = "a"\nname = "A"\ncolor = "blue"', "unknown fields color"),
        ('[[themes]]\nkey = "a"\nname = 3', "not texts: name"),
        ('[[themes]]\nkey = "a"\nname = " "', "1 to 200"),
        ('[[themes]]\nkey = "Å"\nname = "A"', "lower-case"),
        ('[[themes]]\nkey = "a"\nname = "A"\ncolour = "mauve"', "one of"),
        ('[[themes]]\nkey = "a"\nname = "A"\nparent = "b"', "no theme “b” before it"),
    ],
)
def test_a_codebook_with_problems_is_refused(round_, text, problem):
    with pytest.raises(FileRefused, match=problem):
        import_codebook(round_, text, by=SYSTEM)
    assert list_themes(round_.id) == ()


def test_a_codebook_must_stay_a_tree_of_three_levels(round_):
    deep = _toml(("a", None), ("b", "a"), ("c", "b"), ("d", "c"), ("a", None))
    with pytest.raises(FileRefused) as caught:
        import_codebook(round_, deep, by=SYSTEM)
    assert [problem.split(":")[1].strip() for problem in caught.value.problems] == [
        "a codebook has at most 3 levels",
        "the key stands twice in the file",
    ]
    import_codebook(round_, _toml(("a", None), ("b", "a")), by=SYSTEM)
    with pytest.raises(FileRefused, match="under itself"):
        import_codebook(round_, _toml(("a", "b")), by=SYSTEM)


def _toml(*themes: tuple[str, str | None]) -> str:
    tables = []
    for key, parent in themes:
        under = f'parent = "{parent}"\n' if parent else ""
        tables.append(f'[[themes]]\nkey = "{key}"\nname = "{key.upper()}"\n{under}')
    return "\n".join(tables)
