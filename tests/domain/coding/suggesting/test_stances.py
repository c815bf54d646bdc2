"""Turns of phrase and the stances they mean, in bokmål and nynorsk."""

import pytest

from consult.domain.coding.suggesting.stances import suggest_stance
from consult.domain.submissions.types import Stance, StanceModifier

SAID = [
    ("Vi støtter forslaget.", Stance.SUPPORT),
    ("Forbundet slutter seg til vurderingen i notatet.", Stance.SUPPORT),
    ("Vi er enige i at kontoret skal bestemme dette.", Stance.SUPPORT),
    ("Kommunen stiller seg positiv til ordningen.", Stance.SUPPORT),
    ("Vi stør framlegget.", Stance.SUPPORT),
    ("Laget sluttar seg til framlegget.", Stance.SUPPORT),
    ("Vi støtter forslaget, men pengene må følge med.", Stance.SUPPORT_WITH_COMMENTS),
    ("Fylkesutvalget støttar i hovudsak framlegget.", Stance.SUPPORT_WITH_COMMENTS),
    ("Vi er delvis enige i vurderingen.", Stance.SUPPORT_PARTLY),
    ("Vi støtter målet. Vi støtter ikke måten.", Stance.SUPPORT_PARTLY),
    ("Vi støtter ikke dette.", Stance.OPPOSE),
    ("Vi stør ikkje dette.", Stance.OPPOSE),
    ("Laget går imot at kontoret blir lagt ned.", Stance.OPPOSE),
    ("Vi vil sterkt fraråde en slik løsning.", Stance.OPPOSE),
    ("Fagforeningen er uenig i beskrivelsen.", Stance.OPPOSE),
    ("Vi kan ikke støtte forslaget slik det står.", Stance.OPPOSE),
    ("Dette bør ikke innføres nå.", Stance.OPPOSE),
    ("Kommunen har ingen merknader til forslaget.", Stance.NO_COMMENTS),
    ("Vi har ikkje merknader.", Stance.NO_COMMENTS),
    ("Rådet tar ikke stilling til spørsmålet.", Stance.NO_POSITION),
    ("Vi ønsker ikke å uttale oss om dette.", Stance.NO_POSITION),
]


@pytest.mark.parametrize(("text", "stance"), SAID)
def test_what_is_said_is_suggested(text, stance):
    assert suggest_stance(text).value is stance


@pytest.mark.parametrize(
    "text",
    [
        "Noen støtter dette, har vi hørt.",
        "Mange er imot.",
        "Støtteordningen er for liten.",
        "Døra må være åpen.",
        "Vi har merknader til punkt to.",
        "",
    ],
)
def test_what_others_say_or_nobody_says_is_not(text):
    assert suggest_stance(text) is None


def test_the_words_that_say_so_are_shown():
    text = "Tiden er knapp. Vi støtter forslaget, men forutsetter friske midler."
    found = suggest_stance(text)
    assert [text[start:end] for start, end in found.words] == ["støtter", "forutsetter"]
    assert found.modifiers == (StanceModifier.CONDITION,)


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("Vi støtter dette så lenge taushetsplikten holdes.", StanceModifier.CONDITION),
        ("Vi støtter forslaget, og det bør gå lenger.", StanceModifier.GOES_FURTHER),
        ("Vi går imot; det er for tidlig å avgjøre.", StanceModifier.TOO_EARLY),
        ("Vi støtter ikke dette, som hører til partene.", StanceModifier.FOR_THE_PARTIES),
    ],
)
def test_what_goes_with_it_is_suggested_too(text, modifier):
    assert modifier in suggest_stance(text).modifiers
