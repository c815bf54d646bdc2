"""Loading the demo through the same services that people use."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.db import transaction
from consult.demo.alike import load_alike
from consult.demo.drafts import load_drafts
from consult.demo.following_up import load_follow_ups
from consult.demo.freezing import load_frozen
from consult.demo.handling import load_work
from consult.demo.hearings import ground_of, load_hearings
from consult.demo.joining import load_joined
from consult.demo.programming import load_programmes
from consult.demo.reading_twice import load_second_reading
from consult.demo.reporting import load_reports
from consult.demo.responding import load_responses
from consult.demo.returning import load_returned
from consult.demo.reviewing import load_reviews
from consult.demo.sending import send_signed
from consult.demo.signing import load_sign_offs
from consult.demo.telling import load_feedback, send_feedback_of_sent
from consult.demo.tree import give_roles, load_mergers
from consult.domain.accounts.queries import find_person_by_email
from consult.domain.accounts.service import register_person
from consult.domain.accounts.types import SYSTEM, Actor
from consult.domain.coding.queries.passages import passages_of_version
from consult.domain.coding.service.codebook import add_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.disclosure.service.reviewing import clear_unremarkable
from consult.domain.meetings.importing import store_meeting
from consult.domain.meetings.service.validating import validate_meeting
from consult.domain.organisations.importing import import_organisations
from consult.domain.organisations.queries import count_organisations, get_organisation
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.importing import import_round
from consult.domain.rounds.queries import get_round, list_proposals, list_questions
from consult.domain.rounds.service.lifecycle import announce, change_status, move_by_clock
from consult.domain.rounds.service.publishing import change_publishing
from consult.domain.rounds.service.sending import mark_invitations_sent
from consult.domain.rounds.types import AnswerPublishing, RoundStatus
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    AssistantRole,
    Channel,
    DecisionKind,
    Publication,
    Relay,
    Respondent,
    Signer,
    Stance,
    StanceModifier,
    StoredFile,
    SubmissionContent,
    Voice,
)
from consult.kernel.clock import OSLO, end_of_day, start_of_day, to_oslo, utc_now
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission

FOLDER = Path(__file__).parent
PASSWORD = "lokale kontor"  # noqa: S105 -- the demo's people are invented and their password public
_MARKER = re.compile(r"[ \t]*\{([a-z0-9 -]+)\}[ \t]*$", re.MULTILINE)
_CODERS = ("jonas", "solveig")


def is_empty() -> bool:
    """Whether the database holds no organisation yet."""
    return count_organisations() == 0


def persona_lines() -> list[str]:
    """What ``consult serve`` prints of the demo's people, when they are there."""
    people = _read("people.toml")["people"]
    if find_person_by_email(people[0]["email"]) is None:
        return []
    width = max(len(person["email"]) for person in people)
    lines = [f"  {person['email']:<{width}}  {person['title']}" for person in people]
    return ["", f"Sign in as (password: {PASSWORD})", *lines, ""]


def load_demo(*, now: datetime | None = None) -> None:
    """Fill an empty database with the demo, counted back from now, in one transaction."""
    moment = now or utc_now()
    with transaction():
        _load_organisations()
        _load_people()
        for slug, dates in _read("demo.toml")["rounds"].items():
            _load_round(slug, dates, moment)
        move_by_clock(now=moment)
        load_alike(actor=_actor, load_answer=_load_answer, now=moment)
        load_joined(actor=_actor)
        load_drafts(get_round("moteplasser-med-brukerne"), actor=_actor, now=moment)
        load_hearings(actor=_actor, load_answer=_load_answer, now=moment)
        load_responses(actor=_actor)
        load_reviews(actor=_actor, now=moment)
        load_second_reading(actor=_actor)
        load_returned(actor=_actor, now=moment)
        load_feedback(actor=_actor, now=moment)
        load_sign_offs(actor=_actor, now=moment)
        send_signed(actor=_actor, now=moment)
        clear_unremarkable(get_round("moteplasser-med-brukerne"), by=_actor("jonas"))
        load_work(actor=_actor, now=moment)
        send_feedback_of_sent(actor=_actor, now=moment)
        load_mergers(_read("mergers.toml")["mergers"], now=moment)
        for slug in _read("demo.toml")["rounds"]:
            round_ = get_round(slug)
            if round_.status is RoundStatus.CLOSED:
                begun = round_.closes_at + timedelta(days=1)
                change_status(round_, RoundStatus.ANALYSIS, by=_actor("torunn"), at=begun)
        load_frozen(actor=_actor, load_answer=_load_answer, now=moment)
        load_reports(actor=_actor, now=moment)
        load_follow_ups(actor=_actor, now=moment)
        load_programmes(actor=_actor, load_answer=_load_answer, now=moment)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text())


def _load_organisations() -> None:
    name = "organisations.toml"
    content = (FOLDER / name).read_bytes()
    import_organisations(content, filename=name, today=to_oslo(utc_now()).date(), by=SYSTEM)


def _load_people() -> None:
    for entry in _read("people.toml")["people"]:
        person = register_person(
            email=entry["email"],
            name=entry["name"],
            locale=entry.get("locale"),
            is_admin=entry.get("admin", False),
            password=PASSWORD,
        )
        give_roles(person, entry["memberships"])


def _actor(key: str) -> Actor:
    """One of the demo's people as an actor of the audit log."""
    entry = next(person for person in _read("people.toml")["people"] if person["key"] == key)
    person = find_person_by_email(entry["email"])
    if person is None:
        raise LookupError(key)
    return Actor(reference=person.reference, person_id=person.id, name=person.name)


def _load_round(slug: str, dates: dict[str, Any], now: datetime) -> None:
    opened = to_oslo(now).date() - timedelta(days=dates["opened_days_ago"])
    source = (FOLDER / "rounds" / f"{slug}.toml").read_text()
    round_ = import_round(
        source,
        by=_actor("torunn"),
        opens=start_of_day(opened),
        closes=end_of_day(opened + timedelta(days=dates["duration_days"])),
    )
    announce(round_, by=_actor("torunn"), at=round_.opens_at - timedelta(days=7))
    move_by_clock(now=round_.opens_at)
    mark_invitations_sent(round_, at=round_.opens_at)
    themes = _load_codebook(round_)
    for number, path in enumerate(sorted((FOLDER / "answers" / slug).glob("*.toml"))):
        _load_answer(round_, tomllib.loads(path.read_text()), themes, _CODERS[number % 2])
    for path in sorted((FOLDER / "meetings" / slug).glob("*.toml")):
        _load_meeting(round_, tomllib.loads(path.read_text()), themes)
    change_publishing(round_, AnswerPublishing(str(dates["publishing"])), by=_actor("torunn"))
    clear_unremarkable(round_, by=_actor("jonas"))


def _load_meeting(round_: "Round", entry: dict[str, Any], themes: dict[str, "Theme"]) -> None:
    """A meeting with approved notes, coded by the braces at their ends."""
    held = to_oslo(round_.opens_at).date() + timedelta(days=entry.pop("days_after_opening"))
    codes = []
    for group in entry["groups"]:
        for note in group["notes"]:
            note["text"], of_note = _without_markers(note["text"])
            codes.append(of_note)
    at = datetime.combine(held, time(21, 30), tzinfo=OSLO)
    meeting = store_meeting(round_, {**entry, "day": held}, by=_actor("jonas"), at=at)
    submission = validate_meeting(meeting, by=_actor("jonas"), at=at)
    _code(submission, codes, themes, _actor("solveig"))


def _load_codebook(round_: "Round") -> dict[str, "Theme"]:
    themes: dict[str, Theme] = {}
    if not (FOLDER / "codebooks" / f"{round_.slug}.toml").exists():
        return themes
    for entry in _read(f"codebooks/{round_.slug}.toml")["themes"]:
        content = ThemeContent(
            name=entry["name"],
            colour=Colour(entry["colour"]),
            definition=entry.get("definition", ""),
            include=entry.get("include", ""),
            exclude=entry.get("exclude", ""),
        )
        themes[entry["key"]] = add_theme(
            round_,
            content,
            key=entry["key"],
            parent=themes.get(entry.get("parent", "")),
            by=_actor("torunn"),
        )
    return themes


def _load_answer(
    round_: "Round", entry: dict[str, Any], themes: dict[str, "Theme"], coder: str
) -> None:
    opened = to_oslo(round_.opens_at).date()
    hour, minute = map(int, entry["time"].split(":"))
    day = opened + timedelta(days=entry["day"])
    received_at = datetime.combine(day, time(hour, minute), tzinfo=OSLO)
    answers = [pair for pair in _answers(round_, entry) if not pair[0].is_blank]
    content = SubmissionContent(
        respondent=_respondent(entry),
        channel=Channel(entry["channel"]),
        language=entry["language"],
        publication=Publication(entry["publication"]),
        answers=tuple(answer for answer, _codes in answers),
        no_comments=entry.get("no_comments", False),
        signers=tuple(Signer(**signer) for signer in entry.get("signatories", ())),
        document_date=(
            opened + timedelta(days=entry["document_date_day"])
            if "document_date_day" in entry
            else None
        ),
        their_ref=entry.get("their_ref"),
        files=(_scan(entry["scan"]),) if "scan" in entry else (),
        relay=_relay(entry["relay"], opened) if "relay" in entry else None,
        ground=ground_of(entry, opened),
    )
    is_registered = content.channel is not Channel.FORM
    submission, _token = receive_submission(
        round_,
        content,
        by=_actor("jonas") if is_registered else SYSTEM,
        received_at=received_at,
        is_registered=is_registered,
    )
    if "late" in entry:
        kept = entry["late"]["is_included"]
        kind = DecisionKind.LATE_INCLUDED if kept else DecisionKind.LATE_EXCLUDED
        mark_answer(submission, kind, reason=entry["late"]["reason"], by=_actor("jonas"))
    _code(submission, [codes for _answer, codes in answers], themes, _actor(coder))
    _code_stances(round_, submission, entry, _actor(coder))


def _scan(name: str) -> StoredFile:
    """A scan of the demo, kept as if somebody had attached it."""
    content = (FOLDER / "scans" / name).read_bytes()
    digest = current_app.extensions["files"].save(content)
    return StoredFile(name, "image/png", digest, len(content))


def _relay(entry: dict[str, Any], opened: date) -> Relay:
    """How an answer came by another person's hand; days are counted from the opening."""
    posted = entry.get("posted_day")
    return Relay(
        posted_on=None if posted is None else opened + timedelta(days=posted),
        is_read_back=entry.get("is_read_back", False),
        assistant=AssistantRole(entry["assistant"]) if "assistant" in entry else None,
        assistance=entry.get("assistance"),
    )


def _answers(
    round_: "Round", entry: dict[str, Any]
) -> Iterator[tuple[AnswerContent, dict[int, list[str]]]]:
    """Each answer, and its theme keys by the offset at which their passage ends."""
    questions = {question.key: question.id for question in list_questions(round_.id)}
    proposals = {proposal.key: proposal.id for proposal in list_proposals(round_.id)}
    general = [{"text": entry["general"]}] if entry.get("general") else []
    for item in [*general, *entry.get("items", ())]:
        text, codes = _without_markers(item.get("text", ""))
        is_stated = "question" in item and "stance" in item
        answer = AnswerContent(
            question_id=questions.get(item.get("question")),
            proposal_id=proposals.get(item.get("proposal")),
            text=text,
            stance=Stance(item["stance"]) if is_stated else None,
            choices=tuple(item.get("choices", ())),
            scale_value=item.get("scale"),
            no_comments=item.get("no_comments", False),
            voice=Voice.MINORITY if "minority" in item else Voice.SENDER,
            voice_label=item.get("minority"),
        )
        yield answer, codes


def _without_markers(text: str) -> tuple[str, dict[int, list[str]]]:
    """The text as it is stored, and the theme keys by the offset at which their passage ends."""
    source, codes, clean, last = canonical(text), {}, "", 0
    for marker in _MARKER.finditer(source):
        clean += source[last : marker.start()]
        codes[len(clean)] = marker.group(1).split()
        last = marker.end()
    return clean + source[last:], codes


def _respondent(entry: dict[str, Any]) -> Respondent:
    if "person" in entry:
        return Respondent(name=entry["person"], actor_type=ActorType(entry["actor_type"]))
    organisation = get_organisation(entry["organisation"])
    return Respondent(
        name=organisation.name,
        actor_type=organisation.actor_type,
        organisation_id=organisation.id,
        contact_email=organisation.email,
    )


def _code(
    submission: "Submission",
    codes: list[dict[int, list[str]]],
    themes: dict[str, "Theme"],
    by: Actor,
) -> None:
    """Put the themes of the braces on the passages that end where the braces stood."""
    version = submission.current_version
    passages = {passage.end: passage for passage in passages_of_version(version.id)}
    for answer, of_answer in zip(version.answers, codes, strict=True):
        for end, keys in of_answer.items():
            for key in keys:
                apply_theme(passages[answer.start + end], themes[key], by=by)


def _code_stances(
    round_: "Round", submission: "Submission", entry: dict[str, Any], by: Actor
) -> None:
    """Code the stances read out of a text, and stated ones with modifiers or a place in the text.

    ``stance_in`` tells in which passage of an item the stance can be read, from 1.
    """
    proposals = {proposal.key: proposal for proposal in list_proposals(round_.id)}
    asked = {question.key: question.proposal for question in list_questions(round_.id)}
    for item in entry.get("items", ()):
        proposal = proposals.get(item.get("proposal")) or asked.get(item.get("question"))
        if proposal is None or "stance" not in item:
            continue
        if "question" in item and not item.keys() & {"modifiers", "stance_in"}:
            continue
        code_stance(
            submission,
            proposal,
            value=Stance(item["stance"]),
            modifiers=[StanceModifier(name) for name in item.get("modifiers", ())],
            passage=_stance_place(submission, item) if "stance_in" in item else None,
            by=by,
        )


def _stance_place(submission: "Submission", item: dict[str, Any]) -> "Passage":
    """The passage that the stance of an item can be read in."""
    version = submission.current_version
    place = next(
        answer.id
        for answer in version.answers
        if answer.question and answer.question.key == item["question"]
    )
    found = [p for p in passages_of_version(version.id) if p.answer_id == place]
    return found[int(item["stance_in"]) - 1]
