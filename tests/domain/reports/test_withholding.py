"""Taking words out of a text, also where its marks change in the middle of them."""

import pytest

from consult.domain.reports.building.withholding import Hiding
from consult.kernel.text.rich.markdown import from_markdown

SAID = "Kontoret i Bergfaret har ingen vaktmester, og lampene er gamle."


@pytest.fixture
def hiding():
    return Hiding(["Liv Nes"], [SAID], evidence=frozenset({"e1"}), mark="[…]")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vi hørte Liv  Nes og Livnes.", "Vi hørte […] og Livnes."),
        ("De sier: «kontoret i Bergfaret har ingen» og mer.", "De sier: «[…]» og mer."),
        ("Kontoret i Bergfaret har en vaktmester.", "Kontoret i Bergfaret har en vaktmester."),
        (f"Først. {SAID} Sist.", "Først. […]. Sist."),
    ],
)
def test_words_and_longer_runs_of_words_go(hiding, text, left):
    assert hiding.words(text) == left


def test_marks_and_notes_hide_nothing(hiding):
    text = from_markdown(
        "Se **Kontoret i** *Bergfaret har* ingen vaktmester.\n\n"
        "> [Noe helt]{e:e1} **[annet]{e:e1}**\n\nLes mer.^[Etter Liv Nes.]"
    )
    shown = hiding.rich(text)
    assert [block.words for block in shown.blocks] == ["Se […].", "[…] […]", "Les mer."]
    assert [one.text for one in shown.blocks[2].content] == ["Les mer.", "Etter […]."]


def test_what_holds_nothing_hidden_stays_as_it_is(hiding):
    text = from_markdown("Fritt [frem]{e:e2}, og **likt**.\n\n* Ett\n* To")
    assert hiding.rich(text) == text
