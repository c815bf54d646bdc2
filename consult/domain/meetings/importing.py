"""Reading a meeting from a TOML file: every problem is reported at once, nothing is half-kept."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.meetings.models import Meeting, MeetingGroup
from consult.domain.meetings.rules import check_details, check_note
from consult.domain.meetings.service.planning import (
    add_organisation,
    plan_meeting,
    set_participants,
)
from consult.domain.meetings.service.writing import approve_group, write_note
from consult.domain.meetings.types import (
    MAX_GROUPS,
    MAX_PARTICIPANTS,
    MeetingDetails,
    MeetingKind,
    PromptSpec,
    Wording,
    WrittenNote,
)
from consult.domain.organisations.queries import find_by_any_name
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.errors import FileRejected
from consult.domain.rounds.queries import list_questions
from consult.domain.rounds.reading import Reader
from consult.domain.rounds.types import Problem
from consult.kernel.clock import OSLO
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round

_FIELDS = frozenset(
    [
        "kind",
        "title",
        "place",
        "organiser",
        "language",
        "day",
        "from",
        "to",
        "questions",
        "prompts",
        "participants",
        "organisations",
        "groups",
    ]
)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_REASONS = {
    "required": "required",
    "identity_number": "a national identity number stands in it; those are never stored",
    "too_long": "longer than a note may be",
    "before_start": "the meeting must end after it begins",
}


@dataclass(frozen=True, slots=True)
class _GroupFile:
    host: str
    is_approved: bool
    notes: tuple[WrittenNote, ...]


@dataclass(frozen=True, slots=True)
class _MeetingFile:
    details: MeetingDetails
    prompts: tuple[PromptSpec, ...]
    groups: tuple[_GroupFile, ...]
    participants: Mapping[ActorType, int]
    organisations: "tuple[Organisation, ...]"


def import_meeting(round_: "Round", source: str, *, by: Actor, at: datetime) -> Meeting:
    """Read a file and store its meeting, with notes that can still be changed.

    Raises:
        FileRejected: With every problem in the file; nothing of it was kept.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise FileRejected((Problem("file", f"not valid TOML: {error}"),)) from None
    return store_meeting(round_, table, by=by, at=at)


def store_meeting(round_: "Round", table: dict[str, Any], *, by: Actor, at: datetime) -> Meeting:
    """As :func:`import_meeting`, of a table that was read already."""
    reader = Reader(table)
    file = _read(reader, round_)
    if reader.problems:
        raise FileRejected(tuple(reader.problems))
    meeting = plan_meeting(
        round_,
        file.details,
        prompts=file.prompts,
        hosts=[group.host for group in file.groups],
        by=by,
        at=at,
    )
    for kind, number in file.participants.items():
        set_participants(meeting, kind, number, by=by)
    for body in file.organisations:
        add_organisation(meeting, body, by=by)
    for group, read in zip(meeting.groups, file.groups, strict=True):
        _fill(group, read, by=by, at=at)
    return meeting


def _fill(group: MeetingGroup, read: _GroupFile, *, by: Actor, at: datetime) -> None:
    for note in read.notes:
        write_note(group, note, by=by.reference, received_at=at)
    if read.is_approved:
        approve_group(group, by=by, at=at)


def _read(reader: Reader, round_: "Round") -> _MeetingFile:
    reader.only(_FIELDS)
    details = _read_details(reader)
    prompts = _read_prompts(reader, {question.key for question in list_questions(round_.id)})
    groups = tuple(
        _read_group(item, details, number, prompts=len(prompts))
        for number, item in enumerate(reader.tables("groups"), 1)
    )
    if not 0 < len(groups) <= MAX_GROUPS:
        reader.reject("groups", f"1 to {MAX_GROUPS} are expected, written as [[groups]]")
    return _MeetingFile(
        details, prompts, groups, _read_participants(reader), _read_organisations(reader)
    )


def _read_details(reader: Reader) -> MeetingDetails:
    day = reader.moment("day")
    if not isinstance(day, date) or isinstance(day, datetime):
        if day is None and "day" not in reader.table:
            reader.reject("day", "required: a date such as 2026-03-03, without quotation marks")
        day = date(1970, 1, 1)
    language = reader.text("language") or "nb"
    if language not in CONTENT_LANGUAGES:
        reader.reject("language", f"expected one of {', '.join(CONTENT_LANGUAGES)}")
    details = MeetingDetails(
        kind=reader.choice("kind", MeetingKind, MeetingKind.DIALOGUE_CAFE),
        title=reader.text("title", required=True) or "–",
        place=reader.text("place", required=True) or "–",
        organiser=reader.text("organiser", required=True) or "–",
        starts_at=datetime.combine(day, _read_clock(reader, "from", time(0, 0)), tzinfo=OSLO),
        ends_at=datetime.combine(day, _read_clock(reader, "to", time(23, 59)), tzinfo=OSLO),
        language=language,
    )
    try:
        check_details(details)
    except InvalidInput as error:
        field = "to" if error.field == "ends_at" else error.field
        reader.reject(field, _REASONS.get(error.reason, error.reason))
    return details


def _read_clock(reader: Reader, name: str, default: time) -> time:
    text = reader.text(name, required=True)
    found = _CLOCK.fullmatch(text) if text else None
    if found is None:
        if text:
            reader.reject(name, f'{text!r} is no time such as "18:30"')
        return default
    return time(int(found.group(1)), int(found.group(2)))


def _read_prompts(reader: Reader, known: set[str]) -> tuple[PromptSpec, ...]:
    prompts = []
    for key in _read_list(reader, "questions"):
        if key not in known:
            reader.reject("questions", f"the round has no question {key!r}")
        prompts.append(PromptSpec(question=key))
    return (*prompts, *(PromptSpec(text=text) for text in _read_list(reader, "prompts")))


def _read_list(reader: Reader, name: str) -> list[str]:
    value = reader.table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        reader.reject(name, 'a list of texts is expected, such as ["q1", "q2"]')
        return []
    return [item.strip() for item in value]


def _read_participants(reader: Reader) -> dict[ActorType, int]:
    value = reader.table.get("participants", {})
    if not isinstance(value, dict):
        reader.reject("participants", "a table of numbers is expected, such as union = 4")
        return {}
    found = {}
    for name, number in value.items():
        if name not in list(ActorType):
            reader.reject(f"participants.{name}", "no kind of participant is called that")
        elif type(number) is not int or not 0 < number <= MAX_PARTICIPANTS:
            reader.reject(f"participants.{name}", "a whole number above 0 is expected")
        else:
            found[ActorType(name)] = number
    return found


def _read_organisations(reader: Reader) -> "tuple[Organisation, ...]":
    found = []
    for name in _read_list(reader, "organisations"):
        body = find_by_any_name(name)
        if body is None:
            reader.reject("organisations", f"no organisation {name!r} is registered")
        else:
            found.append(body)
    return tuple(found)


def _read_group(
    reader: Reader, details: MeetingDetails, number: int, *, prompts: int
) -> _GroupFile:
    reader.only(frozenset({"host", "approved", "notes"}))
    return _GroupFile(
        host=reader.text("host") or "",
        is_approved=reader.flag("approved"),
        notes=tuple(
            _read_note(item, details, f"file-{number}-{position}", prompts=prompts)
            for position, item in enumerate(reader.tables("notes"), 1)
        ),
    )


def _read_note(
    reader: Reader, details: MeetingDetails, client_id: str, *, prompts: int
) -> WrittenNote:
    reader.only(frozenset({"prompt", "text", "wording", "time"}))
    body = reader.text("text", required=True) or "–"
    try:
        check_note(client_id, body)
    except InvalidInput as error:
        reader.reject("text", _REASONS.get(error.reason, error.reason))
    prompt = reader.table.get("prompt")
    if prompt is not None and (type(prompt) is not int or not 1 <= prompt <= prompts):
        reader.reject("prompt", f"a number from 1 to {prompts} is expected")
    wording = Wording.PARAPHRASE
    if "wording" in reader.table:
        wording = reader.choice("wording", Wording, wording)
    written_at = details.ends_at
    if "time" in reader.table:
        clock = _read_clock(reader, "time", details.starts_at.timetz().replace(tzinfo=None))
        written_at = datetime.combine(details.starts_at.date(), clock, tzinfo=OSLO)
    return WrittenNote(client_id, body, wording, prompt, written_at)
