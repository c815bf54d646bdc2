"""The table that answers to a round can be written into, as CSV and as Excel."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consult.domain.intake.tables.columns import column_targets, heading_in
from consult.domain.intake.tables.types import CHOSEN, SenderField
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    CHANNEL_LABELS,
    PUBLICATION_LABELS,
    Channel,
)
from consult.kernel.i18n import LANGUAGE_NAMES, N_, localised, translator
from consult.kernel.office.sheets import MAX_ROWS
from consult.kernel.office.workbook import PlainSheet, words_range, write_workbook
from consult.kernel.text.spreadsheet import write_plain_csv

if TYPE_CHECKING:
    from consult.domain.intake.queries import Place


def csv_template(places: Sequence["Place"], *, locale: str) -> str:
    """The headings as a CSV file that Excel opens in Norway: semicolons, UTF-8 with its mark."""
    headings = [heading for heading, _words in template_columns(places, locale=locale)]
    return write_plain_csv([headings])


def template_columns(
    places: Sequence["Place"], *, locale: str
) -> list[tuple[str, tuple[str, ...]]]:
    """Each column's heading, and the words to choose between where there are such."""
    words = words_by_target(places, locale=locale)
    return [(heading_in(target, locale), words[target.key]) for target in column_targets(places)]


def words_by_target(places: Sequence["Place"], *, locale: str) -> dict[str, tuple[str, ...]]:
    """The words to choose between in each column, by what it holds; none where all can be said."""
    by_key = {place.key: place for place in places}
    return {target.key: _words_of(target.key, by_key, locale) for target in column_targets(places)}


def _words_of(key: str, places: dict[str, "Place"], locale: str) -> tuple[str, ...]:
    say = translator(locale).gettext
    labels: dict[str, Sequence[str]] = {
        SenderField.KIND: [say(label) for label in ACTOR_TYPE_LABELS.values()],
        SenderField.CHANNEL: [
            say(label) for one, label in CHANNEL_LABELS.items() if one is not Channel.MEETING
        ],
        SenderField.LANGUAGE: list(LANGUAGE_NAMES.values()),
        SenderField.PUBLICATION: [say(label) for label in PUBLICATION_LABELS.values()],
        SenderField.NO_COMMENTS: [say(N_("Yes")), say(N_("No"))],
    }
    if not key.endswith(CHOSEN):
        return tuple(labels.get(key, ()))
    place = places[key.removesuffix(CHOSEN)]
    if place.takes_stance:
        return tuple(say(label) for label in ASKED_STANCE_LABELS.values())
    if place.closed is None:
        return ()
    if (scale := place.closed.scale) is not None:
        return tuple(str(value) for value in range(scale.minimum, scale.maximum + 1))
    return tuple(localised(option.labels, locale) for option in place.closed.options)


def xlsx_template(places: Sequence["Place"], *, locale: str) -> bytes:
    """The headings as a workbook; where there are words to choose between, the cells offer them.

    The second sheet lists those words.
    """
    columns = template_columns(places, locale=locale)
    say = translator(locale).gettext
    listed = [(index, words) for index, (_heading, words) in enumerate(columns) if words]
    words_name = say(N_("Words to choose between"))[:31]
    height = max(len(words) for _index, words in listed)
    word_rows = [
        [columns[index][0] for index, _words in listed],
        *(
            [words[row] if row < len(words) else "" for _index, words in listed]
            for row in range(height)
        ),
    ]
    choices = {
        index: words_range(words_name, position, len(words))
        for position, (index, words) in enumerate(listed)
    }
    headings = [heading for heading, _words in columns]
    return write_workbook(
        [
            PlainSheet(say(N_("Answers")), [headings], choices, MAX_ROWS),
            PlainSheet(words_name, word_rows),
        ]
    )
