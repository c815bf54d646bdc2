"""Texts in the reader's language, without a web framework: mails, documents and code lists.

Message ids are the English texts; ``nb`` and ``nn`` come from ``consult/translations``. Mark a text
for translation with ``N_`` where no reader is known yet, and look it up with
``translator(locale).gettext`` where one is.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

LOCALES: tuple[str, ...] = ("nb", "nn", "en")
"""Languages of the interface, the default first."""

DEFAULT_LOCALE = "nb"

CONTENT_LANGUAGES: tuple[str, ...] = ("nb", "nn", "se", "smj", "sma", "en")
"""Languages an answer may be written in; independent of the interface's."""

LANGUAGE_NAMES: Mapping[str, str] = {
    "nb": "Bokmål",
    "nn": "Nynorsk",
    "se": "Davvisámegiella",
    "smj": "Julevsámegiella",
    "sma": "Åarjelsaemien gïele",
    "en": "English",
}
"""Each language is named in itself, so the names need no translation."""

_FOLDER = Path(__file__).parent.parent / "translations"


def N_(message: str) -> str:  # noqa: N802 -- the customary name of the marker
    """Mark a text as translatable and return it as it is."""
    return message


@cache
def translator(locale: str) -> NullTranslations:
    """The catalogue of a locale; English is the message ids themselves."""
    if locale == "en":
        return NullTranslations()
    return Translations.load(str(_FOLDER), [locale])


def choose_locale(wanted: str | None) -> str:
    """The interface language closest to what was asked for, or the default."""
    language = (wanted or "").replace("-", "_").split("_")[0].lower()
    if language == "no":
        return "nb"
    return language if language in LOCALES else DEFAULT_LOCALE


def localised(texts: Mapping[str, str] | None, locale: str) -> str:
    """The text in the wanted language, else in the next best one that exists, else empty.

    Bokmål and nynorsk stand in for each other before English does.
    """
    if not texts:
        return ""
    order = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb", "nn")}
    for candidate in order.get(locale, (locale, *LOCALES)):
        if texts.get(candidate):
            return texts[candidate]
    return next((text for text in texts.values() if text), "")


def localised_language(texts: Mapping[str, str] | None, locale: str) -> str:
    """The language that :func:`localised` picks, for the ``lang`` attribute; else the locale."""
    shown = localised(texts, locale)
    return next((code for code, text in (texts or {}).items() if text and text == shown), locale)
