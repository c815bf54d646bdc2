"""What is left of a text, who is named, and what looks like a flood."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.disclosure.rules import (
    MOST_IDENTICAL,
    MOST_IDENTICAL_SHORT,
    MOST_RANDOM,
    burst_kind,
    file_bar,
    fingerprint,
    looks_random,
    most_identical,
    places_of,
    public_filename,
    published_text,
    reads_as,
    redacted_file_bar,
    stretches,
    whole_words,
    without_words,
)
from consult.domain.disclosure.types import BurstKind, FileBar, LegalBasis, Span
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.rules import publishing_is_open
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.rules import public_name
from consult.domain.submissions.types import Publication

TEXT = "Hei.\n\nMin veileder Kari Nordmann var grei. Kari  Nordmann svarte."


def _say(basis: LegalBasis) -> str:
    return f"[{basis.value}]"


def test_words_taken_out_leave_the_reason():
    spans = [Span(19, 32, LegalBasis.THIRD_PARTY)]
    shown = published_text(TEXT, 6, len(TEXT), spans, say=_say)
    assert shown == "Min veileder [third_party] var grei. Kari  Nordmann svarte."


def test_overlapping_and_foreign_spans():
    spans = [
        Span(2, 9, LegalBasis.PERSONAL_DATA),
        Span(0, 5, LegalBasis.CONFIDENTIALITY),
        Span(90, 99, LegalBasis.OFFENCES),
    ]
    shown = published_text("abcdefghijkl", 0, 12, spans, say=lambda _basis: "#")
    assert shown == "##jkl"


def test_no_word_of_a_redaction_survives_in_any_part():
    spans = [
        Span(start, end, LegalBasis.THIRD_PARTY) for start, end in places_of("kari nordmann", TEXT)
    ]
    assert len(spans) == 2
    assert "Nordmann" not in published_text(TEXT, 0, len(TEXT), spans, say=_say)


def test_places_are_whole_words():
    assert places_of("Ola", "Olav og Ola") == [(8, 11)]
    assert places_of(" ", "Ola") == []


NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("publishing", "passed", "is_open"),
    [
        (AnswerPublishing.NEVER, True, False),
        (AnswerPublishing.AFTER_DEADLINE, False, False),
        (AnswerPublishing.AFTER_DEADLINE, True, True),
        (AnswerPublishing.WHEN_RELEASED, False, True),
    ],
)
def test_when_answers_may_stand_on_the_web(publishing, passed, is_open):
    closes_at = NOON - timedelta(days=1) if passed else NOON + timedelta(days=1)
    assert publishing_is_open(publishing, closes_at=closes_at, now=NOON) is is_open


@pytest.mark.scenario(20)
@pytest.mark.parametrize(
    ("kind", "publication", "shown"),
    [
        (ActorType.PRIVATE_PERSON, Publication.WITH_NAME, "Kari Nes"),
        (ActorType.PRIVATE_PERSON, Publication.WITHOUT_NAME, "Private person"),
        (ActorType.PRIVATE_PERSON, Publication.NOT_ON_WEB, "Private person"),
        (ActorType.EMPLOYER, Publication.WITHOUT_NAME, "Organisation without name"),
    ],
)
def test_public_name(kind, publication, shown):
    assert public_name("Kari Nes", actor_type=kind, publication=publication, locale="en") == shown


def test_person_without_name_is_a_private_person():
    name = public_name(
        "", actor_type=ActorType.PRIVATE_PERSON, publication=Publication.WITH_NAME, locale="en"
    )
    assert name == "Private person"


@pytest.mark.scenario(71)
@pytest.mark.parametrize(
    "text",
    [
        "Vi mener at kontoret må være åpent hver dag, for mange eldre kommer ikke på nettet.",
        "Kontoret bør ha drop-in. Angstskrekk, arbeidsavklaringspengesøknadsskjema og strømkrise.",
        "Me ynskjer at rettleiarane får betre tid til kvar einskild brukar, og at døra er open.",
        "We want the office to be open every day, because many elders cannot use the internet.",
        "Proszę o więcej czasu na odpowiedź, bo sprawa jest ważna dla naszego urzędu i mieszkańców",
        "مكتب الرعاية يجب أن يكون مفتوحا كل يوم لأن كثيرا من الناس لا يستطيعون استخدام الإنترنت",
        "Ja",
        "",
    ],
)
def test_prose_does_not_look_random(text):
    assert not looks_random(text)


@pytest.mark.parametrize(
    "text",
    [
        "asdf jklø qwer tyui zxcv asdfgh jkløæ qwerty zxcvbnm asdasd fghfgh jkhkjh",
        "xqzwv kjhgf pqlmz wvxkq zzrtp qwplk mnbvc xkjqz hgfdw",
    ],
)
def test_letters_without_sense_look_random(text):
    assert looks_random(text)


def test_fingerprint_looks_past_case_blanks_and_signs():
    long = "Vi krever at kontoret åpnes igjen, for alle som bor her ute!"
    assert fingerprint(long) == fingerprint(
        "  VI krever at kontoret åpnes igjen for alle som bor her ute"
    )
    assert fingerprint(long, ["a"]) == fingerprint(long, ["b"])
    assert fingerprint("Ja", ["support"]) != fingerprint("Ja", ["oppose"])


def test_a_hall_may_agree_in_a_word():
    assert most_identical("Ja!") == most_identical("") == MOST_IDENTICAL_SHORT
    assert (
        most_identical("Vi krever at kontoret åpnes igjen, for alle som bor her ute")
        == MOST_IDENTICAL
    )


@pytest.mark.parametrize(
    ("identical", "random", "kind"),
    [
        (MOST_IDENTICAL, None, None),
        (MOST_IDENTICAL + 1, None, BurstKind.IDENTICAL),
        (1, MOST_RANDOM, None),
        (1, MOST_RANDOM + 1, BurstKind.RANDOM),
    ],
)
def test_burst_begins_after_the_limit(identical, random, kind):
    assert burst_kind(identical=identical, allowed=MOST_IDENTICAL, random=random) is kind


@pytest.mark.parametrize(
    ("media_type", "publication", "bar"),
    [
        ("application/pdf", Publication.WITH_NAME, None),
        ("video/mp4", Publication.WITH_NAME, None),
        ("text/plain", Publication.NOT_ON_WEB, FileBar.NOT_ON_WEB),
        ("application/pdf", Publication.WITHOUT_NAME, FileBar.WITHOUT_NAME),
        ("image/jpeg", Publication.WITH_NAME, FileBar.PICTURE),
        ("message/rfc822", Publication.WITH_NAME, FileBar.OTHER_KIND),
    ],
)
def test_what_hides_in_a_file_keeps_it_off_the_web(media_type, publication, bar):
    assert file_bar(media_type, publication) is bar


@pytest.mark.parametrize(
    ("marked", "taken"),
    [
        ("Nordmann", "Nordmann"),
        ("ordman", "Nordmann"),
        (" var ", "var"),
        ("i. Min v", "Hei. Min veileder"),
    ],
)
def test_a_marked_stretch_is_taken_as_whole_words(marked, taken):
    text = TEXT.replace("\n\n", " ")
    start = text.index(marked)
    place = whole_words(text, start, start + len(marked))
    assert place is not None
    assert text[slice(*place)] == taken


def test_letters_of_two_characters_are_not_torn():
    text = "Per Ga\u030ardsrud"
    assert whole_words(text, 4, 6) == (4, len(text))
    assert whole_words("a   b", 1, 4) is None


def test_a_stretch_goes_to_the_nearest_end():
    text = "Fra a til b, og til b. Fra a."
    assert stretches("fra a", "b", text) == [(0, 11)]
    assert stretches("fra", "b", "fra x b, fra y b") == [(0, 7), (9, 16)]
    assert stretches("b", "fra", "fra b") == []


def test_what_was_seen_has_to_stand_there():
    assert reads_as("Kari\n Nordmann", "Kari Nordmann", "")
    assert not reads_as("Kari Nordmann", "Kari", "")
    assert reads_as("Kari bor på Nes", "Kari bor", "på Nes")
    assert not reads_as("Kari bor på Nes", "Kari bor", "Oslo")


def test_short_texts_lose_what_was_taken_out():
    said = without_words("Sak om Kari Nes, 12/26", ["Kari", "Kari Nes"], instead="[…]")
    assert said == "Sak om […], 12/26"


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        ("uttalelse.pdf", "uttalelse.pdf"),
        ("klage_på_Ola-Dunk.PDF", "file-3.pdf"),
        ("brev.ola.dunk.docx", "file-3.docx"),
        ("ring 98765432.txt", "file-3.txt"),
    ],
)
def test_a_file_is_not_called_what_was_taken_out(name, outside):
    assert public_filename(name, ["Ola Dunk", "§"], number=3) == outside


def test_a_redacted_file_may_stand_without_name_but_not_against_the_senders_wish():
    pdf = "application/pdf"
    assert redacted_file_bar(pdf, Publication.WITHOUT_NAME) is None
    assert redacted_file_bar(pdf, Publication.NOT_ON_WEB) is FileBar.NOT_ON_WEB
    assert redacted_file_bar("image/png", Publication.WITH_NAME) is FileBar.PICTURE
