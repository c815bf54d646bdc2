"""Commands for meetings: import one from a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consult.cli.output import fail, in_app, json_option, say
from consult.cli.rounds import read_file, tell_problems
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.errors import GroupsNotApproved, NothingNoted
from consult.domain.meetings.importing import import_meeting
from consult.domain.meetings.queries import counts_by_meeting
from consult.domain.meetings.service.validating import validate_meeting
from consult.domain.rounds.errors import FileRejected
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting

_NOTHING = "Nothing was imported."


@click.group()
def meeting() -> None:
    """Import what was said in meetings."""


@meeting.command(
    "import", epilog="Example: consult meeting import cafe.toml --round rom-for-lokale-kontor"
)
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option(
    "--approve",
    "is_approved",
    is_flag=True,
    help="Approve the notes as well; every group with notes must have done so.",
)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@in_app
def import_file(*, file: Path, slug: str, is_approved: bool, as_json: bool) -> None:
    """Bring in a meeting from a TOML file: groups, prompts, notes and participants.

    It counts as one meeting and as nobody's answer. Every problem is told with its place, such as
    groups[2].notes[1].text; parts are counted from 1.
    """
    source = read_file(file)
    try:
        with transaction():
            stored = import_meeting(get_round(slug), source, by=SYSTEM, at=utc_now())
            if is_approved:
                validate_meeting(stored, by=SYSTEM, at=utc_now())
            data = _head(stored)
    except NotFound:
        fail(f"There is no round {slug!r}.", kept=_NOTHING)
    except FileRejected as rejected:
        tell_problems([str(problem) for problem in rejected.problems], file, as_json=as_json)
    except NothingNoted:
        fail("The meeting has no notes to approve.", kept=_NOTHING)
    except GroupsNotApproved as refused:
        fail(f"Not approved by {', '.join(refused.names)}.", kept=_NOTHING)
    say(
        f"{data['title']}: {data['groups']} groups, {data['notes']} notes, "
        f"{data['participants']} participants, {data['state']}",
        data,
        as_json=as_json,
    )


def _head(stored: "Meeting") -> dict[str, Any]:
    count = counts_by_meeting([stored.id])[stored.id]
    return {
        "id": stored.public_id,
        "round": stored.round.slug,
        "title": stored.title,
        "kind": stored.kind.value,
        "starts_at": to_oslo(stored.starts_at).isoformat(),
        "state": stored.state.value,
        "groups": count.groups,
        "notes": count.notes,
        "participants": count.people,
        "number": stored.submission.number if stored.submission else None,
    }
