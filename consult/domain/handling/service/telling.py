"""Mails to colleagues about their work on answers: who, how many and where, never what is said."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from consult.domain.notifications.types import Recipient
from consult.domain.notifications.working import (
    WorkNote,
    send_answers_given,
    send_note_mentioned,
)
from consult.domain.rounds.types import ROUND_RULES
from consult.kernel.i18n import choose_locale, localised, localised_language

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.handling.models import NoteThread
    from consult.domain.rounds.models import Round


def tell_mentioned(thread: "NoteThread", person: "Person", *, name: str, base_url: str) -> None:
    """Tell a colleague that somebody asks for them in a note."""
    submission = thread.submission
    place = f"answers/{submission.number}/notes#note-{thread.public_id}"
    to, note = letter_to(person, thread.round, place=place, base_url=base_url)
    send_note_mentioned(to, note, name=name, number=submission.number)


def tell_given(
    person: "Person", round_: "Round", numbers: Collection[int], *, name: str, base_url: str
) -> None:
    """Tell a colleague which answers somebody has given them."""
    to, note = letter_to(person, round_, place="queue?assignee=me", base_url=base_url)
    send_answers_given(to, note, name=name, numbers=sorted(numbers))


def letter_to(
    person: "Person", round_: "Round", *, place: str, base_url: str
) -> tuple[Recipient, WorkNote]:
    """Where a mail about work goes, and what all such mails say."""
    locale = choose_locale(person.locale or round_.owner.language)
    note = WorkNote(
        title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        link=f"{base_url.rstrip('/')}/desk/rounds/{round_.slug}/{place}",
    )
    is_confidential = not ROUND_RULES[round_.type].is_open_to_all
    return Recipient(person.email, person.name, locale, is_confidential=is_confidential), note
