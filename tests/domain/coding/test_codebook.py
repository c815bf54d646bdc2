"""The codebook."""

from dataclasses import replace

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.coding.errors import FileRefused, ThemeInUse
from consult.domain.coding.queries.themes import get_theme, list_themes
from consult.domain.coding.service.codebook import (
    add_theme,
    change_theme,
    delete_theme,
    move_theme,
    shift_theme,
)
from consult.domain.coding.service.codebook_file import import_codebook
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_last
from consult.domain.coding.types import Colour, ThemeContent
from consult.kernel.errors import InvalidInput, NotFound
from tests.support.coded import passages_of, receive, theme


@pytest.fixture
def round_(make):
    return make.round()


def content(name: str, **values) -> ThemeContent:
    return ThemeContent(name=name, colour=Colour.TEAL, **values)


def test_the_tree_in_order(round_):
    access = theme(round_, "Tilgjengelighet")
    theme(round_, "Kompetanse")
    hours = theme(round_, "Åpningstid", parent=access)
    theme(round_, "Drop-in", parent=hours)
    rows = list_themes(round_.id)
    assert [row.full_name for row in rows] == [
        "Tilgjengelighet",
        "Tilgjengelighet › Åpningstid",
        "Tilgjengelighet › Åpningstid › Drop-in",
        "Kompetanse",
    ]
    assert [row.key for row in rows] == ["tilgjengelighet", "apningstid", "drop-in", "kompetanse"]
    assert [(row.is_first, row.is_last) for row in rows] == [
        (True, False), (True, True), (True, True), (False, True),
    ]  # fmt: skip
    assert rows[2].parent_key == "apningstid"


def test_at_most_three_levels(round_):
    a = theme(round_, "A")
    b = theme(round_, "B", parent=a)
    c = theme(round_, "C", parent=b)
    with pytest.raises(InvalidInput) as caught:
        theme(round_, "D", parent=c)
    assert (caught.value.field, caught.value.reason) == ("parent", "too_deep")
    other = theme(round_, "Annet")
    theme(round_, "Under", parent=other)
    with pytest.raises(InvalidInput, match="too_deep"):
        move_theme(other, parent=b, by=SYSTEM)
    with pytest.raises(InvalidInput, match="under_itself"):
        move_theme(a, parent=c, by=SYSTEM)
    assert move_theme(other, parent=a, by=SYSTEM)
    assert not move_theme(other, parent=a, by=SYSTEM)
    assert [row.depth for row in list_themes(round_.id)] == [1, 2, 3, 2, 3]


def test_keys_are_unique_and_well_formed(make, round_):
    first = add_theme(round_, content("Tid"), by=SYSTEM, key="tid")
    assert add_theme(round_, content("Tid"), by=SYSTEM).key == "tid-2"
    for key, reason in (("tid", "taken"), ("Tid!", "shape")):
        with pytest.raises(InvalidInput) as caught:
            add_theme(round_, content("Tid"), by=SYSTEM, key=key)
        assert (caught.value.field, caught.value.reason) == ("key", reason)
    with pytest.raises(InvalidInput):
        add_theme(round_, content("  "), by=SYSTEM)
    with pytest.raises(InvalidInput):
        add_theme(make.round(), content("Andre"), by=SYSTEM, parent=first)


def test_changing_keeps_the_key_and_is_audited(round_):
    tid = theme(round_, "Tid")
    assert change_theme(tid, content(" Tid  til oppfølging", definition="Ro."), by=SYSTEM)
    assert not change_theme(tid, content("Tid til oppfølging", definition="Ro."), by=SYSTEM)
    assert (tid.key, tid.name, tid.definition) == ("tid", "Tid til oppfølging", "Ro.")
    entry, _added = entries_about(tid.reference)
    assert entry.data["fields"] == ["name", "definition", "colour"]


def test_order_among_siblings(round_):
    a, b, c = (theme(round_, name) for name in "ABC")
    assert shift_theme(c, places=-1, by=SYSTEM)
    assert not shift_theme(a, places=-1, by=SYSTEM)
    assert not shift_theme(b, places=1, by=SYSTEM)
    assert [row.name for row in list_themes(round_.id)] == ["A", "C", "B"]


def test_a_theme_in_use_stays(round_):
    (passage,) = passages_of(receive(round_, "Åpne dører."))
    access = theme(round_, "Tilgjengelighet")
    hours = theme(round_, "Åpningstid", parent=access)
    apply_theme(passage, hours, by=SYSTEM)
    with pytest.raises(ThemeInUse) as caught:
        delete_theme(hours, by=SYSTEM)
    assert caught.value.codings == 1
    with pytest.raises(ThemeInUse) as caught:
        delete_theme(access, by=SYSTEM)
    assert caught.value.children == 1
    remove_theme(passage, hours, by=SYSTEM)
    delete_theme(hours, by=SYSTEM)
    delete_theme(access, by=SYSTEM)
    assert list_themes(round_.id) == ()
    assert undo_last(round_, by=SYSTEM) is None
    with pytest.raises(NotFound):
        get_theme(round_.slug, "apningstid")


@pytest.mark.parametrize("field", ["name", "definition", "include", "exclude"])
def test_a_theme_holds_no_identity_number(round_, field):
    told = "Kari 15108695088"
    with pytest.raises(InvalidInput, match=f"{field}: identity_number"):
        add_theme(round_, replace(content("Tilgang"), **{field: told}), by=SYSTEM)
    table = {"key": "tilgang", "name": "Tilgang", field: told}
    lines = "\n".join(f'{name} = "{value}"' for name, value in table.items())
    with pytest.raises(FileRefused) as refused:
        import_codebook(round_, f"[[themes]]\n{lines}\n", by=SYSTEM)
    assert f"a national identity number stands in {field}" in str(refused.value.problems)
