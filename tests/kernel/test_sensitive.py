"""What people should perhaps not write is found, and what they may well write is left alone."""

import time

import pytest

from consult.kernel.text.sensitive import Sensitive, find_sensitive, without_found


def seen(text: str, **names) -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.start : one.end]) for one in find_sensitive(text, **names)]


@pytest.mark.scenario(17)
def test_health_and_benefit_of_the_writer():
    assert seen("Hei. Jeg har angst og får AAP.") == [
        ("health", "Jeg har angst"),
        ("health", "får AAP"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "jeg har hatt alvorlig depresjon i mange år",
        "Eg slit med angst.",
        "Eg er ufør og treng hjelp.",
        "Jeg har vært sykmeldt siden mars.",
        "Eg har vore sjukmeld lenge",
        "Da fikk jeg diagnosen ADHD",
        "Sønnen min har autisme.",
        "min datter er alvorlig syk",
        "Kona mi har kreft.",
        "Jeg går på AAP.",
        "eg får arbeidsavklaringspengar",
        "Det er uføretrygden min det gjelder",
        "Jeg går til psykolog hver uke",
        "I fjor ble jeg deprimert.",
        "Jeg har en kronisk sykdom",
    ],
)
def test_health_is_found(text: str):
    assert [kind for kind, _words in seen(text)] == ["health"], seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mange unge har angst og får AAP.",
        "Jeg jobber med mennesker som har angst.",
        "Jeg har god erfaring med AAP-saker.",
        "Jeg har jobbet med rus i tjue år.",
        "Vi har mange brukere med depresjon.",
        "Brukere på arbeidsavklaringspenger må vente lenge.",
        "Jeg er opptatt av at sykmeldte får oppfølging.",
        "Jeg har ikke angst.",
        "Eg er rettleiar for uføre.",
        "Jeg har en sykmeldt ansatt.",
        "Helsetilbudet er viktig for kommunen vår.",
        "Kontoret er på 2. etasje, åpent 09-15.",
        "Vi støtter forslag 4.2 om lokale kontor i Vestrand fylke.",
        "Jeg er leder i brukerutvalget.",
        "Eg er medlem",
    ],
)
def test_speaking_of_a_subject_is_left_alone(text: str):
    assert seen(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er muslim.",
        "Jeg er fagorganisert",
        "Eg er medlem av Fagforbundet",
        "Sønnen min er homofil",
    ],
)
def test_other_special_categories(text: str):
    assert [kind for kind, _words in seen(text)] == ["other_category"]


@pytest.mark.scenario(19)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Min saksbehandler Kari Nordmann svarer aldri.", "Kari Nordmann"),
        ("Rettleiaren min, Oluf Brekkeflåt, var flink", "Oluf Brekkeflåt"),
        ("Saksbehandler Nordmann ringte", "Nordmann"),
        ("Det var Anne-Grete Fjellmyr som bestemte", "Anne-Grete Fjellmyr"),
        ("Jeg snakket med Per Kristian Solvik i går.", "Per Kristian Solvik"),
        ("Elle Márjá Čálliid hjalp meg", "Elle Márjá Čálliid"),
    ],
)
def test_names_of_others(text: str, name: str):
    assert seen(text) == [("name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "Kontoret i Kari Nordmanns gate 4 er stengt.",
        "Solvik Kommune og Vestrand Fylkeskommune må samarbeide.",
        "Vi i Velferdsansattes Forbund mener dette.",
        "Det Norske Akademi har uttalt seg.",
        "Ola fra kontoret hjalp oss.",
    ],
)
def test_places_and_bodies_are_no_names(text: str):
    assert seen(text) == []


def test_own_name_is_ones_own():
    text = "Hilsen fra Kari Nordmann"
    assert seen(text) == [("name", "Kari Nordmann")]
    assert seen(text, own_names=["Kari Nordmann"]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring meg på 98 76 54 32.", "98 76 54 32"),
        ("Tlf +47 987 65 432", "+47 987 65 432"),
        ("mobil 98765432", "98765432"),
    ],
)
def test_phone(text: str, words: str):
    assert seen(text) == [(Sensitive.PHONE, words)]


@pytest.mark.parametrize(
    "text",
    ["Det koster kr 98765432.", "I 2024 2025 og 2026", "12 000 000 kroner", "sak 2026/12345678"],
)
def test_other_numbers_are_no_phones(text: str):
    assert seen(text) == []


def test_email_and_marks_in_their_place():
    text = "Skriv til kari@solvik.example, jeg har angst."
    found = find_sensitive(text)
    assert [one.kind for one in found] == [Sensitive.EMAIL, Sensitive.HEALTH]
    assert without_found(text, found) == "Skriv til […], […]."


@pytest.mark.parametrize(
    "piece",
    ["jeg har ikke noe og jeg har sett det ", "a", "Kari-", "a+.", "min ", "12 34 56 ", " "],
)
def test_long_text_is_quick(piece: str):
    """Nobody can make a page of almost-matches keep the server busy."""
    text = "jeg har" + piece * (100_000 // len(piece))
    begun = time.process_time()
    find_sensitive(text)
    assert time.process_time() - begun < 30
