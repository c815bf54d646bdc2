"""What the columns of a table can hold in a round, and what their headings say they do."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from consult.domain.intake.tables.types import (
    CHOSEN,
    FIELD_LABELS,
    LEFT_OUT_COLUMN,
    ColumnTarget,
    SenderField,
    Sheet,
)
from consult.kernel.i18n import LOCALES, N_, localised, translator

if TYPE_CHECKING:
    from consult.domain.intake.queries import Place

CHOSEN_HEADING = N_("%(place)s [choice]")
"""What heads the column of a choice, beside that of the words at the same place."""

_OTHER_HEADINGS: dict[SenderField, tuple[str, ...]] = {
    SenderField.SENDER: (
        *("name", "navn", "namn", "avsendernavn", "organisation", "organisasjon"),
        *("organisasjonsnavn", "respondent", "virksomhet", "verksemd", "instans", "høringsinstans"),
    ),
    SenderField.NUMBER: ("orgnr", "orgnummer", "org.nr", "organisasjonsnr"),
    SenderField.KIND: ("type", "aktørtype", "avsendertype", "kategori"),
    SenderField.CONTACT_NAME: ("contact", "kontakt"),
    SenderField.CONTACT_EMAIL: ("email", "e-mail", "mail", "epost", "e-post", "e-postadresse"),
    SenderField.RECEIVED: ("received at", "received on", "mottatt dato", "innsendt", "levert"),
    SenderField.WRITTEN: ("date", "dato", "brevdato", "datert"),
    SenderField.REFERENCE: ("reference", "referanse", "saksnummer", "vår ref", "ref"),
    SenderField.GENERAL: ("comment", "comments", "kommentar", "merknader", "generelt", "fritekst"),
}
_LIKE = 90.0
_SHORTEST_COMPARED = 15
_SIGNS = re.compile(r"[\W_]+")


def column_targets(places: Sequence["Place"]) -> tuple[ColumnTarget, ...]:
    """All that a column can hold: the sender's fields, then words and choices at each place."""
    fields = [
        ColumnTarget(field.value, tuple(_field_headings(field)))
        for field in SenderField
        if field is not SenderField.GENERAL
    ]
    general = ColumnTarget(SenderField.GENERAL, tuple(_field_headings(SenderField.GENERAL)))
    at_places = [target for place in places for target in _targets_at(place)]
    return (*fields, *at_places, general)


def heading_in(target: ColumnTarget, locale: str) -> str:
    """What the template calls a column, in a language of the interface."""
    return target.headings[LOCALES.index(locale)]


def guess_targets(headings: Sequence[str], targets: Sequence[ColumnTarget]) -> tuple[str, ...]:
    """What each column holds, as far as its heading says so; each thing stands in one column.

    A heading counts when it is ours in any language, a customary word for it, or nearly the words
    of the question.
    """
    exact = {_folded(words): target.key for target in targets for words in target.headings[::-1]}
    found: list[str] = []
    for heading in headings:
        key = exact.get(_folded(heading), LEFT_OUT_COLUMN)
        found.append(LEFT_OUT_COLUMN if key in found else key)
    for index, heading in enumerate(headings):
        if found[index] == LEFT_OUT_COLUMN:
            left = [target for target in targets if target.key not in found]
            found[index] = _alike(heading, left)
    return tuple(found)


def empty_columns(sheet: Sheet) -> frozenset[int]:
    """The columns, from 0, in which nothing stands below the heading."""
    filled = {
        index for _number, cells in sheet.rows for index, cell in enumerate(cells) if cell.strip()
    }
    return frozenset(range(len(sheet.headings))) - filled


def _field_headings(field: SenderField) -> Iterator[str]:
    for locale in LOCALES:
        yield translator(locale).gettext(FIELD_LABELS[field])
    yield field.value
    yield from _OTHER_HEADINGS.get(field, ())


def _targets_at(place: "Place") -> Iterator[ColumnTarget]:
    titles = [f"{place.label}. {localised(place.title, locale)}" for locale in LOCALES]
    bare = [title for title in place.title.values() if title]
    own_key = place.key.partition(":")[2]
    if not place.takes_stance and place.closed is None:
        yield ColumnTarget(place.key, (*titles, place.key, own_key, *bare))
        return
    headings = [
        translator(locale).gettext(CHOSEN_HEADING) % {"place": title}
        for locale, title in zip(LOCALES, titles, strict=True)
    ]
    # other tools head the choice by the question alone; words in it are then refused, not lost
    yield ColumnTarget(place.key + CHOSEN, (*headings, place.key + CHOSEN, own_key, *bare))
    yield ColumnTarget(place.key, (*titles, place.key))


def _alike(heading: str, targets: Sequence[ColumnTarget]) -> str:
    wanted = _folded(heading)
    if len(wanted) < _SHORTEST_COMPARED:
        return LEFT_OUT_COLUMN
    likeness = {
        target.key: max(fuzz.ratio(wanted, _folded(words)) for words in target.headings)
        for target in targets
    }
    best = max(likeness, key=lambda key: likeness[key], default=LEFT_OUT_COLUMN)
    return best if likeness.get(best, 0) >= _LIKE else LEFT_OUT_COLUMN


def _folded(text: str) -> str:
    return _SIGNS.sub(" ", text).strip().casefold()
