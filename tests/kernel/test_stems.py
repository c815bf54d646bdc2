"""Stems: what bokmål and nynorsk find of each other, what stays apart, and letters with marks."""

import pytest
import Stemmer

from consult.kernel.text.stems import analyse, without_marks, words_of

SAME = """
ikke ikkje|kommuner kommunar|kommunene kommunane|brukere brukarar|brukerne brukarane|bruker brukar
brukeren brukaren|leder leiar|ledere leiarar|lederen leiaren|ledelse leiing|ledelsen leiinga
veileder rettleiar|veiledere rettleiarar|veiledning rettleiing|høring høyring|høringen høyringa
høringssvar høyringssvar|tjeneste teneste|tjenestene tenestene|tjenester tenester|skole skule
skolene skulane|mulighet moglegheit|muligheter moglegheiter|mulig mogleg|vanlig vanleg
offentlige offentlege|trygghet tryggleik|virksomhet verksemd|virksomheter verksemder
medvirkning medverknad|brukermedvirkning brukarmedverknad|opplevelse oppleving
opplevelser opplevingar|deltakelse deltaking|forskning forsking|løsning løysing|løsninger løysingar
oppgave oppgåve|oppgavene oppgåvene|måned månad|måneder månader|arbeidsgiver arbeidsgjevar
arbeidsgivere arbeidsgjevarar|arbeidstaker arbeidstakar|saksbehandlere saksbehandlarar
innbyggere innbyggjarar|innbyggerne innbyggjarane|statsforvalteren statsforvaltaren|fra frå
flere fleire|mer meir|bare berre|hva kva|hvordan korleis|hvorfor kvifor|noe noko|noen nokon
være vere|gjøre gjere|sammen saman|selv sjølv|hjemme heime|sykemeldt sjukemeldt|sykehus sjukehus
lønn løn|innhold innhald|forhold tilhøve|holdning haldning|tenke tenkje|søke søkje|følge følgje
bygge byggje|merke merkje|ønske ønskje|velge velje|spørre spørje|foreslår føreslår|formål føremål
forutsetning føresetnad|forutsetninger føresetnader|ansatte tilsette|enhet eining|enheter einingar
uttalelse fråsegn|høringsuttalelse høyringsfråsegn|avgjørelse avgjerd|forskjell skilnad
innspill innspel|innspillsrunde innspelsrunde|pårørende pårørande|kastet kasta
viktigste viktigaste|viktigere viktigare|tydelig tydeleg|personlige personlege|steder stader
tilbud tilbod|tilbudet tilbodet|egen eigen|hele heile|bedre betre|enig einig|fremme fremje|vei veg
veien vegen|kilde kjelde|uke veke|økning auking|øke auke|rådgiver rådgjevar|virkning verknad
påvirke påverke|virkemidler verkemiddel|hjemmel heimel|eier eigar|kjønn kjøn|mener meiner
mening meining|høyere høgare|høyskole høgskule|enkelte einskilde|fastleger fastlegar
arbeidsgiverforeningen arbeidsgjevarforeininga|fagforeninger fagforeiningar
brukerutvalg brukarutval|brukerorganisasjoner brukarorganisasjonar|sosialtjenesten sosialtenesta
oppfølgingen oppfølginga|ordningene ordningane|reglene reglane|rapporter rapportar
vurderinger vurderingar|konsekvensene konsekvensane|undersøkelse undersøking
forventninger forventingar|tilgjengelig tilgjengeleg|nødvendige naudsynte|endringer endringar
ressursene ressursane|samtaler samtalar|lærerne lærarane|frister fristar|språklige språklege
avdelingen avdelinga|hjelpemidlene hjelpemidla|åpningstider opningstider|søknaden søknaden
behandlingstid handsamingstid|utfordringer utfordringar|egne eigne|følger følgjer
"""
"""Bokmål and nynorsk of the same form."""

LEXICAL = """
bekymring uro|tillatelse løyve|myndighetene styresmaktene|følelser kjensler|bestemmelser føresegner
kjærlighet kjærleik|skrevet skrive|kom kjem|gikk gjekk|jente jente|begynner byrjar|også dessutan
"""
"""What no fold should join or does not: other words, strong verbs. Counted to keep us honest."""

APART = """
bruker brød|kommune kommunikasjon|leder lege|leder ledig|fastlege fast|folkehelse folk|høring hørsel
skole skål|tjeneste tjære|mål mal|råd rad|lønn lån|virksomhet virkning|trygghet trygd|vei vegg
arbeid arbeidsgiver|barn bar|statsforvalter stat|rett rest|veileder vedtak|uttalelse uttak
tilbud tilbake|språk språng|uke ulike|følge føle|forskning forskjell|ansatt ansvar|enhet enig
innspill innsyn|kontor kontroll|åpen åpenbar|kilde kile|eldre el|aktiv aktør|tid tidligere
bruker brukt|brukerne bruken
"""
"""Words that must not find each other."""


def _pairs(table: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for pair in table.strip().replace("\n", "|").split("|")]


def _joined(pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return {pair for pair in pairs if analyse(pair[0]).stem == analyse(pair[1]).stem}


def test_both_norms_find_each_other():
    pairs = _pairs(SAME)
    assert len(pairs) >= 130
    assert set(pairs) - _joined(pairs) == set()
    stem = Stemmer.Stemmer("norwegian").stemWord
    alone = sum(stem(one) == stem(other) for one, other in pairs)
    assert alone < len(pairs) / 3, "without the fold, the stemmer joins few of them"


def test_what_is_another_word_stays_another_word():
    assert _joined(_pairs(APART)) == set()
    assert len(_joined(_pairs(LEXICAL))) <= 3


def test_all_forms_of_a_word_are_one():
    for forms in (
        "bruker brukere brukeren brukerne brukernes brukar brukarar brukaren brukarane",
        "kommune kommunen kommuner kommunene kommunenes kommunar kommunane",
        "vurdere vurderer vurderte vurdert",
        "kommunal kommunale kommunalt",
        "mulighet muligheten muligheter mulighetene moglegheit moglegheita moglegheitene",
    ):
        assert len({analyse(form).stem for form in forms.split()}) == 1, forms


@pytest.mark.scenario(24)
def test_letters_with_marks_are_kept_and_found_without():
    assert without_marks("áčđŋšŧž æøå é") == "acdnstz aeoa e"
    word = analyse("Čálmmit")
    assert word.stem.startswith("čálm")
    assert word.plain_stem == analyse("calmmit").stem
    assert not word.is_plain
    assert "calmmit" in word.plain_beginnings
    assert analyse("lønnsnivå").plain_stem == analyse("lonnsniva").stem
    assert analyse("C\u030ca\u0301lmmit") == word, "composed or not is the same"


def test_words_have_their_places():
    text = "§ 5-12: NAV-kontoret, «mål» og A/S."
    found = [text[one.start : one.end] for one in words_of(text)]
    assert found == ["5", "12", "NAV", "kontoret", "mål", "og", "A", "S"]
    assert analyse("2026").stem == "2026"
    assert len(analyse("x" * 5000).stem) <= 60
