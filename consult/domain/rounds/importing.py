"""Reading a round from a TOML file: every problem is reported at once, nothing is half-imported."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from consult.domain.accounts.types import Actor
from consult.domain.organisations.queries import get_organisation
from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.checking import question_problems, spec_problems
from consult.domain.rounds.errors import FileRejected
from consult.domain.rounds.models import Round
from consult.domain.rounds.queries import is_slug_taken, organisation_directory
from consult.domain.rounds.reading import Reader as _Reader
from consult.domain.rounds.rules import closing_moment, opening_moment
from consult.domain.rounds.service.creating import create_round
from consult.domain.rounds.types import (
    AnswerPublishing,
    Condition,
    InvitationReason,
    InvitationSpec,
    MailPlace,
    Option,
    Problem,
    ProposalSpec,
    QuestionKind,
    QuestionSpec,
    RoundSpec,
    RoundType,
    Scale,
    SectionSpec,
)

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,18}[A-Za-z0-9])?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_ENTRY_FIELDS = frozenset(
    [
        "slug",
        "type",
        "owner",
        "languages",
        "case_number",
        "contact",
        "title",
        "introduction",
        "influence",
        "settled",
        "plain",
        "opens",
        "closes",
        "short_deadline_reason",
        "answer_publishing",
        "mails",
        "sections",
        "proposals",
        "questions",
        "invitations",
    ]
)
_NEVER = date(1970, 1, 1)

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RoundFile:
    """What a file says: the round, and the short name of the body that owns it."""

    spec: RoundSpec
    owner: str | None


def import_round(
    source: str,
    *,
    by: Actor,
    owner: "Organisation | None" = None,
    opens: date | datetime | None = None,
    closes: date | datetime | None = None,
) -> Round:
    """Read a file and store its round, being prepared.

    Args:
        source: The file's text.
        by: Who imports it.
        owner: The body that shall own the round, if not the one that the file names.
        opens: When it opens, if the file shall not decide; a date means 00:00 in Norway.
        closes: Its deadline, if the file shall not decide; a date means 23:59:59 in Norway.

    Raises:
        FileRejected: With every problem in the file; nothing of it was kept.
    """
    file, problems = _read(source, opens=opens, closes=closes)
    problems += _registry_problems(file, owner=owner)
    if problems:
        raise FileRejected(tuple(problems))
    return create_round(file.spec, owner=owner or get_organisation(file.owner or ""), by=by)


def read_round(
    source: str,
    *,
    opens: date | datetime | None = None,
    closes: date | datetime | None = None,
) -> RoundFile:
    """Read a file without looking anything up. Raises :class:`FileRejected` with every problem."""
    file, problems = _read(source, opens=opens, closes=closes)
    if problems:
        raise FileRejected(tuple(problems))
    return file


def _read(
    source: str, *, opens: date | datetime | None, closes: date | datetime | None
) -> tuple[RoundFile, list[Problem]]:
    try:
        content = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise FileRejected((Problem("file", f"not valid TOML: {error}"),)) from None
    reader = _Reader(content)
    file = RoundFile(_read_spec(reader, opens=opens, closes=closes), reader.text("owner"))
    rejected = {problem.place for problem in reader.problems}
    doubtful = {
        problem
        for number, question in enumerate(file.spec.questions, start=1)
        if f"questions[{number}].kind" in rejected  # what it may have and must have is not known
        for problem in question_problems(question, f"questions[{number}]")
    }
    broken = [
        problem
        for problem in spec_problems(file.spec)
        if problem.place not in rejected and problem not in doubtful
    ]
    return file, [*reader.problems, *broken]


def _registry_problems(file: RoundFile, *, owner: "Organisation | None") -> list[Problem]:
    """What a file names that is not registered, or is taken already."""
    directory = {entry.slug: entry for entry in organisation_directory()}
    problems = []
    if owner is None and file.owner is None:
        problems.append(Problem("owner", "name the organisation that owns the round"))
    elif owner is None and file.owner not in directory:
        problems.append(Problem("owner", f"no organisation {file.owner!r} is registered"))
    if file.spec.slug and is_slug_taken(file.spec.slug):
        problems.append(Problem("slug", f"there is a round {file.spec.slug!r} already"))
    for number, invitation in enumerate(file.spec.invitations, start=1):
        entry = directory.get(invitation.organisation)
        place = f"invitations[{number}].organisation"
        if entry is None:
            what = f"no organisation {invitation.organisation!r} is registered"
            problems.append(Problem(place, what))
        elif entry.is_dissolved:
            problems.append(Problem(place, f"{invitation.organisation!r} has been dissolved"))
    return problems


def _read_spec(
    reader: _Reader, *, opens: date | datetime | None, closes: date | datetime | None
) -> RoundSpec:
    reader.only(_ENTRY_FIELDS)
    slug = reader.text("slug")
    if slug and (len(slug) > 80 or not _SLUG.fullmatch(slug)):
        reader.reject("slug", f"{slug!r}: up to 80 lower-case letters, digits and single hyphens")
    opening = opens or reader.moment("opens")
    closing = closes or reader.moment("closes")
    if opening is None:
        reader.reject("opens", "required: in the file, or with the import")
    if closing is None:
        reader.reject("closes", "required: in the file, or with the import")
    return RoundSpec(
        slug=slug,
        type=reader.choice("type", RoundType, RoundType.INPUT_ROUND),
        languages=_read_languages(reader),
        title=reader.texts("title", required=True),
        introduction=reader.texts("introduction"),
        influence=reader.texts("influence"),
        settled=reader.texts("settled"),
        plain=reader.texts("plain"),
        contact=_read_contact(reader),
        case_number=reader.text("case_number"),
        opens_at=opening_moment(opening or _NEVER),
        closes_at=closing_moment(closing or _NEVER),
        short_deadline_reason=reader.text("short_deadline_reason"),
        answer_publishing=_read_publishing(reader),
        mail_texts=_read_mail_texts(reader),
        sections=tuple(_read_section(item) for item in reader.tables("sections")),
        proposals=tuple(_read_proposal(item) for item in reader.tables("proposals")),
        questions=tuple(_read_question(item) for item in reader.tables("questions")),
        invitations=tuple(_read_invitation(item) for item in reader.tables("invitations")),
    )


def _read_languages(reader: _Reader) -> tuple[str, ...]:
    value = reader.table.get("languages")
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        reader.reject("languages", 'a list is expected, such as ["nb", "nn"]')
        return ()
    return tuple(value)


def _read_contact(reader: _Reader) -> dict[str, str]:
    value = reader.table.get("contact", {})
    if not isinstance(value, dict):
        reader.reject("contact", 'expected { name = "…", email = "…", phone = "…" }')
        return {}
    contact = _Reader(value, "contact", reader.problems)
    fields = ("name", "email", "phone", "address")
    contact.only(frozenset(fields))
    found = {name: contact.text(name) for name in fields}
    return {name: text for name, text in found.items() if text}


def _read_publishing(reader: _Reader) -> AnswerPublishing:
    if "answer_publishing" not in reader.table:
        return AnswerPublishing.NEVER
    return reader.choice("answer_publishing", AnswerPublishing, AnswerPublishing.NEVER)


def _read_mail_texts(reader: _Reader) -> dict[MailPlace, dict[str, str]]:
    value = reader.table.get("mails", {})
    if not isinstance(value, dict):
        reader.reject("mails", "tables are expected, such as [mails.receipt]")
        return {}
    mails = _Reader(value, "mails", reader.problems)
    mails.only(frozenset(MailPlace))
    return {place: mails.texts(place) for place in MailPlace if place in value}


def _read_section(reader: _Reader) -> SectionSpec:
    reader.only(frozenset({"key", "title", "body", "plain"}))
    return SectionSpec(
        key=reader.key(),
        title=reader.texts("title", required=True),
        body=reader.texts("body"),
        plain=reader.texts("plain"),
    )


def _read_proposal(reader: _Reader) -> ProposalSpec:
    reader.only(frozenset({"key", "section", "title", "text"}))
    return ProposalSpec(
        key=reader.key(),
        section=reader.text("section"),
        title=reader.texts("title", required=True),
        text=reader.texts("text"),
    )


def _read_question(reader: _Reader) -> QuestionSpec:
    reader.only(
        frozenset(
            [
                "key", "kind", "section", "proposal", "required", "text", "help", "options",
                "private", "scale", "shown_if", "audience",
            ]
        )
    )  # fmt: skip
    return QuestionSpec(
        key=reader.key(),
        kind=reader.choice("kind", QuestionKind, QuestionKind.OPEN),
        section=reader.text("section"),
        proposal=reader.text("proposal"),
        is_required=reader.flag("required"),
        is_private=reader.flag("private"),
        audience=_read_audience(reader),
        text=reader.texts("text", required=True),
        help=reader.texts("help"),
        options=tuple(_read_option(item) for item in reader.tables("options")),
        scale=_read_scale(reader),
        shown_if=_read_condition(reader),
    )


def _read_audience(question: _Reader) -> tuple[ActorGroup, ...]:
    value = question.table.get("audience", [])
    if isinstance(value, list) and all(item in list(ActorGroup) for item in value):
        return tuple(ActorGroup(item) for item in value)
    question.reject("audience", f"a list is expected, with any of {', '.join(ActorGroup)}")
    return ()


def _read_option(reader: _Reader) -> Option:
    labels = {name: text for name, text in reader.table.items() if name != "key"}
    return Option(
        key=reader.key(), labels=_Reader(labels, reader.place, reader.problems).languages()
    )


def _read_scale(question: _Reader) -> Scale | None:
    value = question.table.get("scale")
    if value is None:
        return None
    if not isinstance(value, dict):
        question.reject("scale", "a table is expected, with min, max, low and high")
        return None
    reader = _Reader(value, f"{question.place}.scale", question.problems)
    reader.only(frozenset({"min", "max", "low", "high"}))
    ends = []
    for name in ("min", "max"):
        number = value.get(name)
        if not isinstance(number, int) or isinstance(number, bool):
            reader.reject(name, "a whole number is expected")
            number = 0
        ends.append(number)
    return Scale(
        ends[0], ends[1], reader.texts("low", required=True), reader.texts("high", required=True)
    )


def _read_condition(question: _Reader) -> Condition | None:
    value = question.table.get("shown_if")
    if value is None:
        return None
    if not isinstance(value, dict):
        question.reject("shown_if", 'expected { question = "…", values = ["…"] }')
        return None
    reader = _Reader(value, f"{question.place}.shown_if", question.problems)
    reader.only(frozenset({"question", "values"}))
    values = value.get("values")
    if not isinstance(values, list):
        reader.reject("values", 'a list is expected, such as ["yes", "partly"]')
        values = []
    key = reader.text("question", required=True) or ""
    return Condition(key, tuple(str(item) for item in values))


def _read_invitation(reader: _Reader) -> InvitationSpec:
    reader.only(frozenset({"organisation", "reason", "email"}))
    email = reader.text("email")
    if email and not _EMAIL.fullmatch(email):
        reader.reject("email", f"{email!r} is not an e-mail address")
    return InvitationSpec(
        organisation=reader.text("organisation", required=True) or "",
        reason=reader.choice("reason", InvitationReason, InvitationReason.AFFECTED),
        email=email,
    )
