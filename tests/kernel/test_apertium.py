"""Machine translation with the real program, which every machine that runs the tests has."""

import pytest

from consult.kernel import apertium
from consult.kernel.apertium import NotTranslated, TextTooLong, installed_pairs, translate


def test_the_pairs_go_into_norwegian_only():
    pairs = installed_pairs()
    assert {("nn", "nb"), ("nb", "nn"), ("da", "nb"), ("sv", "nb")} <= pairs
    assert {target for _source, target in pairs} <= {"nb", "nn"}


@pytest.mark.parametrize(
    ("source", "text", "says"),
    [
        ("nn", "Eg meiner at kommunen må få meir tid.", "Jeg mener at kommunen må få mer tid."),
        ("da", "Kommunen skal have mere tid.", "Kommunen skal ha mer tid."),
        ("sv", "Kommunen måste få mer tid.", "Kommunen må få mer tid."),
    ],
)
def test_a_paragraph_is_put_into_bokmal(source, text, says):
    assert translate([text], source=source, target="nb") == (says,)


def test_paragraphs_stay_apart_and_unknown_words_stay_as_they_are():
    given = [
        "Eg veit ikkje",
        "",
        "Xyzzyord her. * stjerne",
        "Ei [klamme] ^og/meir$ \\ @ a@b.no {her} <b>",
    ]
    first, empty, unknown, odd = translate(given, source="nn", target="nb")
    assert (first, empty) == ("Jeg vet ikke", "")
    assert unknown == "Xyzzyord her. * stjerne"
    assert all(one in odd for one in ("[klamme]", "^og/", "\\ @ ", "a@b.no", "{her}", "<b>"))


@pytest.mark.parametrize(
    "odd",
    [
        "\x00",
        "\u2028",
        "\x1b",
        "\u202e",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "-l",
        "; ls",
    ],
)
def test_odd_characters_do_no_harm(odd):
    before, after = translate([f"Eg {odd} veit", "Ei linje\ntil"], source="nn", target="nb")
    assert before.startswith("Jeg")
    assert "\n" not in after


def test_what_cannot_be_translated_is_said(monkeypatch):
    with pytest.raises(TextTooLong):
        translate(["a " * apertium.MOST_CHARACTERS], source="nn", target="nb")
    with pytest.raises(NotTranslated):
        translate(["Eg"], source="nn", target="se")
    monkeypatch.setattr(apertium, "_SECONDS", 0.001)
    with pytest.raises(NotTranslated):
        translate(["Eg"], source="nn", target="nb")
