"""Searching answers: the same answers on both databases, and only what somebody may see."""

import pytest

from consult.domain.analysis.queries.searching import find_passages
from consult.domain.analysis.search.asking import Search
from consult.domain.analysis.search.language import parse_query
from tests.support.coded import receive

TEXTS = {
    "tid": "Veilederne trenger tid til samtalen. Uten tid blir brukerne ikke hørt.",
    "brukarar": "Brukarane må få vere med. Brukarmedverknad er ikkje eit møte i året.",
    "kommuner": "Små kommuner trenger hjelp. Kommunedirektøren må få ansvaret.",
    "kommunar": "Kommunane kjenner folka sine, og kommuneøkonomien er stram.",
    "ledere": "Lederne må tåle uenighet, og leder må følge opp avtalen om tid.",
    "leiarar": "Leiarane må tole usemje.",
    "samisk": "Sámegiella galgá gullot. Čálmmit ja bealjit; ŋ, đ, š, ŧ ja ž.",
    "lønn": "Lønnsnivået er ikke et mål. Målet er et godt møte.",
    "mal": "Vi ønsker en mal for brevet.",
    "hilsen": "Vi takker for muligheten til å uttale oss.",
    "frist": "Frist for svar er 31. oktober 2026, jf. § 5-12. NAV-kontoret svarer.",
}
"""Paragraphs of one answer each, by a word they are told apart by."""

FINDS = [
    ("tid", "tid ledere"),
    ("tid -avtalen", "tid"),
    ('tid -"uten tid"', "ledere"),
    ("bruker", "tid brukarar"),
    ("brukarane", "tid brukarar"),
    ("ikke", "tid brukarar lønn"),
    ("ikkje", "tid brukarar lønn"),
    ("kommune", "kommuner kommunar"),
    ("kommunar", "kommuner kommunar"),
    ("kommunedirektør", "kommuner"),
    ("kommune*", "kommuner kommunar"),
    ("kommuneø*", "kommunar"),
    ("brukermedv*", "brukarar"),
    ("brukarmed*", "brukarar"),
    ("leder uenighet", "ledere leiarar"),
    ("leiar usemje", "ledere leiarar"),
    ('"må tåle uenighet"', "ledere"),
    ('"tåle må uenighet"', ""),
    ("«små kommunar»", "kommuner"),
    ("samtalen OR oktober", "tid frist"),
    ("samtale ELLER oktober ELLER mal", "tid frist mal lønn"),
    ("tid samtalen OR avtalen", "tid ledere"),
    ("Čálmmit", "samisk"),
    ("čálmmit", "samisk"),
    ("calmmit", "samisk"),
    ("calm*", "samisk"),
    ("sámegiella", "samisk"),
    ("samegiella", "samisk"),
    ("ŋ", "samisk"),
    ("đ", "samisk"),
    ("mål", "lønn"),
    ("mal", "mal lønn"),
    ('"mal"', "mal"),
    ("lonnsniva", "lønn"),
    ("lønnsnivå", "lønn"),
    ("moglegheit", "hilsen"),
    ("uttalelse", ""),
    ("NAV-kontor", "frist"),
    ("5-12", "frist"),
    ("2026", "frist"),
    ("31 oktober", "frist"),
    ("'); DROP TABLE passage; --", ""),
    ('"', ""),
    ("NEAR(tid samtalen)", ""),
    ("tid AND samtalen", ""),
]
"""What is asked for, and the texts it finds on either database: no more and no less."""


@pytest.fixture
def round_(make):
    return make.round(questions=1)


def find(round_, words: str = "", *, owner_ids=None, **asked) -> list[str]:
    """The first words of what is found, in order."""
    search = Search(query=parse_query(words), **asked)
    hits = find_passages(search, owner_ids=owner_ids or {round_.owner_id})
    return [hit.passage.quote for hit in hits]


def test_both_databases_find_the_same(round_):
    for text in TEXTS.values():
        receive(round_, text)
    keys = {text: key for key, text in TEXTS.items()}
    found = {words: {keys[quote] for quote in find(round_, words)} for words, _ in FINDS}
    wanted = {words: set(names.split()) for words, names in FINDS}
    wanted |= {words: set(keys.values()) for words in ('"',)}
    assert found == wanted
