"""Commands for answers: import a document, list what came in, show one answer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from consult.cli.output import fail, in_app, json_option, say
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.progress import Progress, progress_by_answer
from consult.domain.intake.correcting import count_passages
from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import HoldsIdentityNumber, IntakeError
from consult.domain.intake.explaining import ROUND_REFUSALS, explain
from consult.domain.intake.queries import Place, answers_with_file, list_places
from consult.domain.intake.service.registering import import_at_once
from consult.domain.organisations.queries import get_organisation
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.errors import NothingAnswered
from consult.domain.submissions.listing import AnswerFilter, get_answer, list_answers
from consult.domain.submissions.types import Voice
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import CONTENT_LANGUAGES, localised
from consult.kernel.ids import content_digest
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission

_MOST = 100_000
_PROBLEMS = {
    ("sender", "required"): "Give the sender: --organisation NAME.",
    ("name", "identity_number"): "There is a national identity number in the sender's name.",
    ("actor_type", "required"): "A new sender needs a kind: --kind union, for example.",
    ("received_on", "future"): "--received is a day to come.",
    ("document_date", "after_received"): "--date is after the day the answer was received.",
    **{("round", status.value): text for status, text in ROUND_REFUSALS.items()},
}


@click.group()
def submission() -> None:
    """Import, list and show answers."""


@submission.command(
    "import",
    epilog="Example: consult submission import --round rom-for-lokale-kontor "
    "--organisation 'Velferdsansattes forbund' --kind union svar.docx",
)
@click.option("--round", "round_slug", required=True, help="Short name of the round.")
@click.option("--organisation", required=True, help="Registered name or short name, or a new name.")
@click.option("--kind", help="Kind of sender, such as union; needed for a new sender.")
@click.option("--date", "letter_date", help="Date of the letter, YYYY-MM-DD.")
@click.option("--received", help="When it arrived, YYYY-MM-DD or with a time; today if not given.")
@click.option("--language", help=f"Language of the answer: {', '.join(CONTENT_LANGUAGES)}.")
@click.option("--redact", is_flag=True, help="Take identity numbers out; keep text, not file.")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@in_app
def import_submission(
    *,
    round_slug: str,
    organisation: str,
    kind: str | None,
    letter_date: str | None,
    received: str | None,
    language: str | None,
    redact: bool,
    file: Path,
    as_json: bool,
) -> None:
    """Register a document (.docx, .odt, .pdf, .txt) as an answer."""
    if not organisation.strip():
        fail(_PROBLEMS["sender", "required"])
    actor_type = read_kind(kind)
    written = _read_moment("--date", letter_date)
    arrived = _read_moment("--received", received)
    if language is not None and language not in CONTENT_LANGUAGES:
        fail(f"Unknown language {language!r}. Use one of {', '.join(CONTENT_LANGUAGES)}.")
    content = read_file(file)
    with transaction():
        round_ = find_round(round_slug)
        same = [one.number for one in answers_with_file(round_.id, content_digest(content))]
        answer = _import(
            round_,
            content,
            file.name,
            _registered_name(organisation),
            actor_type,
            lambda found: _completed(found, written, arrived, language),
            redact=redact,
        )
        data = {**_answer_data(answer), "missing": _missing(answer), "same_file_as": same}
        text = _report(answer, data)
    say(text, data, as_json=as_json)


@submission.command("list", epilog="Example: consult submission list --round moteplasser")
@click.option("--round", "round_slug", required=True, help="Short name of the round.")
@json_option
@in_app
def list_submissions(*, round_slug: str, as_json: bool) -> None:
    """List the answers of a round."""
    round_ = find_round(round_slug)
    rows = list_answers(round_.id, AnswerFilter(), limit=_MOST)
    progress = progress_by_answer([row.id for row in rows])
    data = [{**_head(row), **_coded(progress.get(row.id))} for row in rows]
    lines = [
        f"{row.number:>4}  {to_oslo(row.received_at):%Y-%m-%d}  {row.actor_type.value:<22}"
        f"  {row.channel.value:<8}  {row.name}"
        for row in rows
    ]
    text = "\n".join(lines) or "No answers yet."
    say(text, {"round": round_.slug, "submissions": data}, as_json=as_json)


@submission.command("show", epilog="Example: consult submission show --round moteplasser 3 --json")
@click.option("--round", "round_slug", required=True, help="Short name of the round.")
@click.argument("number", type=int)
@json_option
@in_app
def show_submission(*, round_slug: str, number: int, as_json: bool) -> None:
    """Show one answer, with every word of it."""
    round_ = find_round(round_slug)
    try:
        answer = get_answer(round_.slug, number)
    except NotFound:
        fail(f"Round {round_.slug} has no answer number {number}.")
    data = _answer_data(answer)
    say(_whole_text(answer, data), data, as_json=as_json)


def find_round(slug: str) -> "Round":
    """The round of this short name, or one line that says there is none."""
    try:
        return get_round(slug)
    except NotFound:
        fail(f"There is no round {slug!r}.")


def read_kind(kind: str | None) -> ActorType | None:
    """The kind of sender that an option names, or one line that says which there are."""
    if kind is None:
        return None
    try:
        return ActorType(kind.strip().lower().replace("-", "_"))
    except ValueError:
        fail(f"Unknown kind {kind!r}. Use one of {', '.join(ActorType)}.")


def _read_moment(option: str, text: str | None) -> datetime | None:
    """A day (at 00:00) or a moment, in Norway unless an offset is given."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r} is no date. Write it as YYYY-MM-DD.")
    return moment if moment.tzinfo else moment.replace(tzinfo=OSLO)


def read_file(file: Path) -> bytes:
    """The bytes of a file, or one line that says why it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as problem:
        fail(f"Cannot read {file}: {problem.strerror or problem}.")


def _registered_name(organisation: str) -> str:
    """The name of the organisation with this short name, else what was given."""
    try:
        return get_organisation(organisation).name
    except NotFound:
        return organisation


def _import(
    round_: "Round",
    content: bytes,
    filename: str,
    sender: str,
    actor_type: ActorType | None,
    complete: Callable[[AnswerDetails], AnswerDetails],
    *,
    redact: bool,
) -> "Submission":
    """The registered answer, or one line that says why there is none."""
    settings = current_app.config["SETTINGS"]
    try:
        return import_at_once(
            round_,
            content,
            filename=filename,
            sender=sender,
            actor_type=actor_type,
            complete=complete,
            by=SYSTEM,
            files=current_app.extensions["files"],
            limit_bytes=settings.upload_limit_mb * 1024 * 1024,
            redact=redact,
        )
    except IntakeError as error:
        refusal = explain(error)
        how = " Give --redact for that." if isinstance(error, HoldsIdentityNumber) else ""
        fail(f"{filename}: {refusal.problem % refusal.data} {refusal.advice}{how}")
    except InvalidInput as error:
        fail(_PROBLEMS.get((error.field, error.reason), str(error)))
    except NothingAnswered:
        fail(f"{filename}: there is nothing in it that answers the round.")


def _completed(
    found: AnswerDetails, written: datetime | None, arrived: datetime | None, language: str | None
) -> AnswerDetails:
    """What the document says, with what was given on the command line in its place.

    A letter without a date is imported all the same; the report says what is missing.
    """
    document_date: date | None = written.date() if written else found.document_date
    values: dict[str, Any] = {
        "document_date": document_date,
        "is_undated": document_date is None,
        "language": language or found.language,
    }
    if arrived is not None:
        values["received_on"] = to_oslo(arrived).date()
        if arrived.time() != datetime.min.time():
            values["received_at"] = arrived
    return replace(found, **values)


def _missing(answer: "Submission") -> list[str]:
    missing = [] if answer.document_date else ["date"]
    return missing if answer.current_version.parties else [*missing, "signatories"]


def _head(answer: "Submission") -> dict[str, Any]:
    return {
        "number": answer.number,
        "receipt_number": answer.receipt_number,
        "sender": answer.name,
        "kind": answer.actor_type.value,
        "channel": answer.channel.value,
        "status": answer.status.value,
        "deadline_status": answer.deadline_status.value,
        "received_at": answer.received_at.astimezone(UTC).isoformat(),
        "stored_at": answer.stored_at.astimezone(UTC).isoformat(),
        "document_date": answer.document_date.isoformat() if answer.document_date else None,
        "their_ref": answer.their_ref,
        "language": answer.language,
        "publication": answer.publication.value,
        "has_comments": answer.has_comments,
    }


def _coded(progress: Progress | None) -> dict[str, int]:
    known = progress or Progress()
    return {"passages": known.total, "passages_coded": known.coded}


def _answer_data(answer: "Submission") -> dict[str, Any]:
    version = answer.current_version
    places = list_places(answer.round_id)
    passages = _passages_by_place(answer, places)
    return {
        **_head(answer),
        "passages": sum(passages.values()),
        "passages_by_place": passages,
        "not_answered_directly": [one.key for one in places if one.key not in passages],
        "signatories": [{"name": one.name, "title": one.title} for one in version.parties],
        "files": [
            {
                "filename": one.filename,
                "media_type": one.media_type,
                "size": one.size,
                "pages": one.pages,
                "sha256": one.digest,
            }
            for one in version.attachments
        ],
        "answers": [
            {
                "question": one.question.key if one.question else None,
                "proposal": one.proposal.key if one.proposal else None,
                "section": one.section.key if one.section else None,
                "quote": one.quote,
                "source_heading": one.source_heading,
                "stance": one.stance.value if one.stance else None,
                "modifiers": one.modifiers,
                "no_comments": one.no_comments,
                "voice": one.voice.value,
                "voice_label": one.voice_label,
                "passages": count_passages(one.text),
                "text": one.text,
            }
            for one in version.answers
        ],
    }


def _passages_by_place(answer: "Submission", places: tuple[Place, ...]) -> dict[str, int]:
    """How many paragraphs and bullets each question and proposal got, in the round's order."""
    keys: dict[tuple[int | None, int | None], str] = {}
    for place in places:
        keys[place.question_id, place.proposal_id] = place.key
    counts: Counter[str] = Counter()
    for one in answer.current_version.answers:
        if one.section is not None:
            counts[f"section:{one.section.key}"] += count_passages(one.text)
            continue
        ids = (one.question_id, None if one.question_id else one.proposal_id)
        counts[keys.get(ids, "general")] += count_passages(one.text)
    sections = sorted(key for key in counts if key.startswith("section:"))
    order = ["general", *sections, *(place.key for place in places)]
    return {key: counts[key] for key in order if key in counts}


def _report(answer: "Submission", data: dict[str, Any]) -> str:
    places = {place.key: place for place in list_places(answer.round_id)}
    lines = [f"Registered as number {answer.number}: {answer.name} ({answer.actor_type.value})"]
    lines.append(f"passages: {data['passages']}")
    for key, number in data["passages_by_place"].items():
        lines.append(f"  {number:>4}  {_title(places.get(key))}")
    lines += [
        f"     –  {_title(places[key])} (not answered directly)"
        for key in data["not_answered_directly"]
    ]
    lines += [
        f"signatory: {person.name}{f', {person.title}' if person.title else ''}"
        for person in answer.current_version.parties
    ]
    if not answer.current_version.parties:
        lines.append("signatories: missing")
    written = answer.document_date
    lines.append(f"date: {written.isoformat()}" if written else "date: missing — give --date")
    if data["same_file_as"]:
        numbers = ", ".join(map(str, data["same_file_as"]))
        lines.append(f"note: the same file is registered already as number {numbers}")
    return "\n".join(lines)


def _title(place: Place | None) -> str:
    if place is None:
        return "the round as a whole"
    return f"{place.kind.value} {place.label}: {excerpt(localised(place.title, 'nb'), 70)}"


def _whole_text(answer: "Submission", data: dict[str, Any]) -> str:
    places = {place.key: place for place in list_places(answer.round_id)}
    lines = [f"Number {answer.number}: {answer.name} ({answer.actor_type.value})"]
    for one in data["answers"]:
        lines += ["", _heading(one, places), one["text"] or one["stance"] or "no comments"]
    return "\n".join(lines)


def _heading(one: dict[str, Any], places: dict[str, Place]) -> str:
    """What a part is about, and whose words it is where it is not the sender itself."""
    key = f"question:{one['question']}" if one["question"] else f"proposal:{one['proposal']}"
    about = f"section {one['section']}" if one["section"] else _title(places.get(key))
    quoted = f" «{one['quote']}»" if one["quote"] else ""
    voice = "" if one["voice"] == Voice.SENDER else f" ({one['voice_label'] or one['voice']})"
    return f"{about}{quoted}{voice}"
