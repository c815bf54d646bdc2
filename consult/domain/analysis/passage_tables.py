"""All passages as a table for a spreadsheet or a statistics program."""

from collections.abc import Iterable, Iterator
from functools import cache

from consult.domain.analysis.types import PassageLine
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ACTOR_TYPE_LABELS
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    PUBLICATION_LABELS,
    STANCE_LABELS,
    VOICE_LABELS,
    Voice,
)
from consult.kernel.i18n import N_, localised, translator

COLUMNS: tuple[tuple[str, int], ...] = (
    (N_("Answer no."), 9),
    (N_("Sender"), 32),
    (N_("Kind of sender"), 24),
    (N_("Group"), 20),
    (N_("Came as"), 14),
    (N_("Language"), 9),
    (N_("Publication"), 18),
    (N_("Place"), 9),
    (N_("Question or proposal"), 40),
    (N_("Whose words"), 18),
    (N_("Passage"), 80),
    (N_("Themes"), 40),
    (N_("Stance"), 18),
    (N_("Note"), 30),
    (N_("Repeats answer no."), 9),
    (N_("Code"), 16),
)
"""Heading and width in characters of each."""


def passage_header(locale: str) -> list[str]:
    """The headings, as :func:`passage_rows` fills the columns below them."""
    say = translator(locale).gettext
    return [say(heading) for heading, _width in COLUMNS]


def passage_rows(lines: Iterable[PassageLine], *, locale: str) -> Iterator[list[object]]:
    """A row for each passage; several themes are parted by semicolons."""
    say = cache(translator(locale).gettext)  # some texts stand in thousands of rows
    headings: dict[str | None, str] = {}
    for line in lines:
        if line.label not in headings:
            headings[line.label] = localised(line.heading, locale)
        is_senders = line.voice is Voice.SENDER
        yield [
            line.number,
            line.sender,
            say(ACTOR_TYPE_LABELS[line.actor_type]),
            say(ACTOR_GROUP_LABELS[line.actor_type.group]),
            say(CHANNEL_LABELS[line.channel]),
            line.language,
            say(PUBLICATION_LABELS[line.publication]),
            line.label,
            headings[line.label],
            line.voice_label or ("" if is_senders else say(VOICE_LABELS[line.voice])),
            line.quote,
            "; ".join(line.themes),
            say(STANCE_LABELS[line.stance]) if line.stance else "",
            line.memo,
            line.same_as,
            line.public_id,
        ]
