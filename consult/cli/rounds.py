"""Commands for rounds: import one from a file, list them, show one."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from consult.cli.output import count_problems, fail, fail_with_problems, in_app, json_option, say
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.queries import find_by_any_name
from consult.domain.rounds.errors import FileRejected, RoundIncomplete
from consult.domain.rounds.importing import import_round
from consult.domain.rounds.queries import get_round, list_rounds, spec_of
from consult.domain.rounds.rules import effective_status
from consult.domain.rounds.service.lifecycle import announce, find_before_announcing
from consult.domain.rounds.types import Finding, FindingCode, RoundStatus
from consult.domain.submissions.counting import count_by_round
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import NotFound
from consult.kernel.i18n import localised

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round

_NOTHING = "Nothing was imported."


@click.group("round")
def rounds() -> None:
    """Import, list and show rounds."""


@rounds.command(
    "import",
    epilog="Example: consult round import hearing.toml --opens 2026-09-01 --closes 2026-12-01 "
    "--announce",
)
@click.option("--opens", help="When it opens, YYYY-MM-DD or with a time; else as the file says.")
@click.option("--closes", help="Its deadline; a date means the end of that day.")
@click.option("--owner", help="Short name or number of the organisation that asks.")
@click.option("--announce", "is_announced", is_flag=True, help="Show the round to everybody.")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@in_app
def import_file(
    *,
    file: Path,
    opens: str | None,
    closes: str | None,
    owner: str | None,
    is_announced: bool,
    as_json: bool,
) -> None:
    """Make a round from a TOML file: paper, proposals, questions and invitations.

    Every problem is told with its place, such as questions[3].options; parts are counted from 1.
    """
    source = read_file(file)
    opening, closing = _read_moment("--opens", opens), _read_moment("--closes", closes)
    try:
        with transaction():
            round_ = import_round(
                source, by=SYSTEM, owner=_find_owner(owner), opens=opening, closes=closing
            )
            if is_announced:
                announce(round_, by=SYSTEM, at=utc_now())
            data = {**_head(round_), "findings": _findings(round_)}
            text = _report(round_, data)
    except FileRejected as rejected:
        tell_problems([str(problem) for problem in rejected.problems], file, as_json=as_json)
    except RoundIncomplete as incomplete:
        lines = [finding_line(finding) for finding in incomplete.missing]
        tell_problems(lines, file, as_json=as_json)
    say(text, data, as_json=as_json)


@rounds.command("list", epilog="Example: consult round list --json")
@json_option
@in_app
def list_all(*, as_json: bool) -> None:
    """List every round, the latest opening first."""
    found = list_rounds()
    received = count_by_round([round_.id for round_ in found])
    data = [{**_head(round_), "received": received.get(round_.id, 0)} for round_ in found]
    lines = [
        f"{item['slug']:<40}  {item['status']:<10}  {item['closes_at'][:10]}"
        f"  {item['received']:>4} answers"
        for item in data
    ]
    say("\n".join(lines) or "No rounds yet.", {"rounds": data}, as_json=as_json)


@rounds.command("show", epilog="Example: consult round show rom-for-lokale-kontor --json")
@click.argument("slug")
@json_option
@in_app
def show(*, slug: str, as_json: bool) -> None:
    """Show one round with every text; as JSON in all its languages."""
    try:
        round_ = get_round(slug)
    except NotFound:
        fail(f"There is no round {slug!r}.")
    received = count_by_round([round_.id]).get(round_.id, 0)
    content = _plain(asdict(spec_of(round_)))
    data = {**content, **_head(round_), "received": received, "findings": _findings(round_)}
    say(_report(round_, data), data, as_json=as_json)


_EXPLAINED = {
    FindingCode.TITLE_MISSING: "the title is missing",
    FindingCode.INTRODUCTION_MISSING: "the introduction is missing",
    FindingCode.QUESTIONS_MISSING: "there is no question",
    FindingCode.CONTACT_MISSING: "give a contact with name and e-mail or phone",
    FindingCode.CLOSES_BEFORE_IT_OPENS: "the deadline is before the opening",
    FindingCode.DEADLINE_PAST: "the deadline has passed",
    FindingCode.REASON_MISSING: "the time to answer is short: give short_deadline_reason",
    FindingCode.LANGUAGES_MISSING: (
        "a state body asks in both bokmål and nynorsk (språklova § 14): "
        "languages must hold nb and nn; without --announce the round is imported as a draft"
    ),
    FindingCode.TRANSLATION_MISSING: "the text is missing",
    FindingCode.UNDER_MINIMUM: "the time to answer is under six weeks",
    FindingCode.UNDER_NORMAL: "the time to answer is under three months",
    FindingCode.HOLIDAY: "the time to answer runs over a holiday",
    FindingCode.NOBODY_INVITED: "nobody is invited yet",
}


def finding_line(finding: Finding) -> str:
    """A finding on one line: ``question q3: the text is missing (nn)``."""
    place = f"{finding.part.value} {finding.key}" if finding.key else finding.part.value
    detail = finding.language or (finding.holiday and finding.holiday.value)
    return f"{place}: {_EXPLAINED[finding.code]}" + (f" ({detail})" if detail else "")


def read_file(file: Path) -> str:
    """The text of a file to import, or the end of the command with the reason."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not UTF-8"
        fail(f"Cannot read {file}: {reason}.", kept=_NOTHING)


def _read_moment(option: str, text: str | None) -> date | datetime | None:
    """A date, or a date with a time, as ISO 8601 writes them."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r} is no date such as 2026-10-31.", kept=_NOTHING)


def _find_owner(owner: str | None) -> "Organisation | None":
    if owner is None:
        return None
    found = find_by_any_name(owner)
    if found is None:
        fail(f"No organisation {owner!r} is registered.", kept=_NOTHING)
    return found


def tell_problems(problems: list[str], file: Path, *, as_json: bool) -> NoReturn:
    """List every problem and end with exit code 1."""
    if as_json:
        say("", {"problems": problems}, as_json=True)
        fail(count_problems(file.name, problems), kept=_NOTHING)
    if len(problems) == 1:
        fail(f"{file.name}: {problems[0]}.", kept=_NOTHING)
    fail_with_problems(file.name, problems, kept=_NOTHING)


def _head(round_: "Round") -> dict[str, Any]:
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=utc_now()
    )
    return {
        "slug": round_.slug,
        "type": round_.type.value,
        "status": status.value,
        "owner": round_.owner.slug,
        "title": round_.title,
        "languages": round_.languages,
        "opens_at": to_oslo(round_.opens_at).isoformat(),
        "closes_at": to_oslo(round_.closes_at).isoformat(),
    }


def _findings(round_: "Round") -> list[dict[str, Any]]:
    """What the check before announcing says, as long as the round is being prepared."""
    if round_.status is not RoundStatus.PLANNED:
        return []
    return [
        {"text": finding_line(finding), "blocks": finding.blocks}
        for finding in find_before_announcing(round_, now=utc_now())
    ]


def _report(round_: "Round", data: dict[str, Any]) -> str:
    spec = spec_of(round_)
    lines = [
        f"{data['slug']}: {localised(round_.title, 'en')}",
        f"  {data['status']}, {data['opens_at'][:16]} to {data['closes_at'][:16]}",
        "  "
        + ", ".join(
            f"{len(getattr(spec, name))} {name}"
            for name in ("sections", "proposals", "questions", "invitations")
        ),
    ]
    lines += [
        f"  {'missing' if finding['blocks'] else 'note'}: {finding['text']}"
        for finding in data["findings"]
    ]
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    """A value as JSON knows it: moments in Norwegian time, tuples as lists."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return to_oslo(value).isoformat()
    return value
