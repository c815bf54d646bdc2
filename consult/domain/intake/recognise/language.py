"""Which language a text is in, by its small words and its letters: a guess, or no guess."""

import re

from consult.domain.intake.types import Language

_WORD = re.compile(r"[^\W\d_]+")
_WORDS: dict[Language, frozenset[str]] = {
    "nb": frozenset((
        "ikke", "jeg", "hva", "noen", "fra", "være", "hvordan", "mer", "gjennom", "også", "bare",
        "blir", "hvor", "dere", "hvis", "mye", "en", "et", "disse", "selv", "ene", "øke", "hun",
        "måtte", "kunne", "tjenester", "deres", "både", "slik",
        "støtter", "mener", "ønsker", "gjøre", "bedre", "uten", "høringen", "ordningen", "hver",
    )),
    "nn": frozenset((
        "ikkje", "eg", "kva", "nokon", "frå", "vere", "korleis", "meir", "gjennom", "òg", "berre",
        "blir", "vert", "kvar", "dykk", "viss", "mykje", "ein", "eit", "desse", "sjølv", "auke",
        "ho", "måtte", "kunne", "tenester", "deira", "både", "slik", "me", "ikkje", "dei", "noko",
        "støttar", "meiner", "ønskjer", "gjere", "betre", "utan", "høyringa", "ordninga", "kvart",
    )),
    "se": frozenset((
        "lea", "ja", "leat", "mii", "ahte", "go", "maid", "ovdal", "dat", "daid", "muhto", "galgá",
        "ferte", "galget", "leamaš", "eai", "ii", "dás", "leage", "dán", "dahje", "mat", "buot",
        "eará", "sámi", "nu",
    )),
    "en": frozenset((
        "the", "and", "of", "is", "we", "that", "this", "with", "are", "should", "not", "our",
        "from", "have", "be", "which", "their", "would", "it", "support",
    )),
}  # fmt: skip
_ENDINGS: dict[Language, tuple[str, ...]] = {
    "nb": ("ene", "lig", "lige", "heten", "elsen"),
    "nn": ("ane", "leg", "lege", "inga", "heita"),
}
_SAMI_LETTERS = re.compile(r"[đŋŧčšžáĐŊŦČŠŽÁ]")
_LEAST_WORDS = 3


def guess_language(text: str) -> Language | None:
    """The language with the most of its small words, or ``None`` when too few tell."""
    words = [word.casefold() for word in _WORD.findall(text[:60_000])]
    counts = dict.fromkeys(_WORDS, 0)
    for word in words:
        for language, known in _WORDS.items():
            counts[language] += word in known
        for language, endings in _ENDINGS.items():
            counts[language] += len(word) > 5 and word.endswith(endings)
    letters = len(_SAMI_LETTERS.findall(text[:60_000]))
    if letters < 0.015 * sum(map(len, words)):
        counts["se"] = 0
    best, second = sorted(counts.items(), key=lambda item: -item[1])[:2]
    if best[1] < _LEAST_WORDS or best[1] == second[1]:
        return None
    return best[0]
