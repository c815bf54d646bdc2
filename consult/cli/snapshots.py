"""Commands for frozen data: freeze them, list what was frozen, tell what has changed since."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

import click

from consult.cli.output import fail, in_app, json_option, say
from consult.cli.submissions import find_round
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.documents.errors import DamagedSnapshot, NothingChanged
from consult.domain.documents.freezing.types import CHANGE_LABELS, Change, Changes
from consult.domain.documents.service.freezing import (
    MAX_NAME_LENGTH,
    MAX_REASON_LENGTH,
    take_snapshot,
)
from consult.domain.documents.snapshots import (
    changes_between,
    changes_since,
    find_snapshot,
    list_snapshots,
    newest_snapshot,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from consult.domain.documents.models import Snapshot
    from consult.domain.rounds.models import Round

REFUSALS = {
    ("name", "taken"): "There is a snapshot of that name already.",
    ("name", "too_long"): f"The name is longer than {MAX_NAME_LENGTH} characters.",
    ("name", "identity_number"): "There is a national identity number in the name.",
    ("reason", "required"): "Data were frozen before. Say why again: --reason TEXT.",
    ("reason", "too_long"): f"The reason is longer than {MAX_REASON_LENGTH} characters.",
    ("reason", "identity_number"): "There is a national identity number in the reason.",
}
"""What the service refuses, in words, by field and reason."""


@click.group()
def snapshot() -> None:
    """Freeze the data of a round, and compare."""


@snapshot.command(epilog="Example: consult snapshot take --round my-round --name 'Final data'")
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option("--name", default="", help="What to call it; numbered if not given.")
@click.option("--reason", default="", help="Why again; needed when data were frozen before.")
@json_option
@in_app
def take(*, slug: str, name: str, reason: str, as_json: bool) -> None:
    """Freeze the data of a round as they are now."""
    with transaction():
        round_ = find_round(slug)
        try:
            taken = take_snapshot(round_, name=name, reason=reason, by=SYSTEM, now=utc_now())
        except InvalidInput as error:
            fail(REFUSALS[error.field, error.reason], kept="Nothing was frozen.")
        except NothingChanged:
            newest = newest_snapshot(round_.id)
            known = newest.name if newest else ""
            fail(f"Nothing has changed since {known!r} was frozen.", kept="It can be built from.")
        data = _data(taken)
    say(f"{_line(taken)}\nSHA-256 {taken.digest}", data, as_json=as_json)


@snapshot.command("list", epilog="Example: consult snapshot list --round my-round")
@click.option("--round", "slug", required=True, help="Short name of the round.")
@json_option
@in_app
def list_(*, slug: str, as_json: bool) -> None:
    """List the frozen data of a round, the newest first."""
    round_ = find_round(slug)
    found = list_snapshots(round_.id)
    text = "\n".join(_line(one) for one in found) or "Nothing has been frozen."
    data = {"round": round_.slug, "snapshots": [_data(one) for one in found]}
    say(text, data, as_json=as_json)


@snapshot.command(epilog="Example: consult snapshot diff --round my-round 'Final data' --json")
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option("--against", help="Name of another snapshot; the data of today if not given.")
@click.argument("name", required=False)
@json_option
@in_app
def diff(*, slug: str, against: str | None, name: str | None, as_json: bool) -> None:
    """Tell what has changed since data were frozen; the newest ones if no name is given."""
    round_ = find_round(slug)
    frozen = named_snapshot(round_, name) if name else newest_snapshot(round_.id)
    if frozen is None:
        fail(f"No data of {slug} have been frozen.")
    try:
        if against is None:
            changes = changes_since(frozen, now=utc_now())
        else:
            changes = changes_between(frozen, named_snapshot(round_, against))
    except DamagedSnapshot:
        fail("The frozen data are damaged: they do not have the hash they were frozen under.")
    lines = [f"{len(changes)} changes since {frozen.name}", *map(_describe, changes.changes)]
    data = {"round": round_.slug, "snapshot": frozen.name, "against": against, **_told(changes)}
    say("\n".join(lines), data, as_json=as_json)


def named_snapshot(round_: "Round", name: str) -> "Snapshot":
    """The snapshot of this name, or one line that says there is none."""
    try:
        return find_snapshot(round_.id, name)
    except NotFound:
        fail(f"Round {round_.slug} has no snapshot {name!r}.")


def _line(one: "Snapshot") -> str:
    counts = one.counts
    return (
        f"{to_oslo(one.taken_at):%Y-%m-%d %H:%M}  {one.name}  {counts['analysed']} answers, "
        f"{counts['passages']} passages, {counts['codings']} codings  {one.digest[:12]}"
    )


def _data(one: "Snapshot") -> dict[str, Any]:
    return {
        "id": one.public_id,
        "name": one.name,
        "reason": one.reason,
        "taken_at": one.taken_at.astimezone(UTC).isoformat(),
        "as_of": one.as_of.astimezone(UTC).isoformat(),
        "sha256": one.digest,
        **one.counts,
    }


def _describe(change: Change) -> str:
    answer = f" {change.answer:>4}" if change.answer else ""
    moved = f": {change.before} → {change.after}" if change.before or change.after else ""
    return f"  {CHANGE_LABELS[change.kind]:<28}{answer}  {change.name}{moved}".rstrip()


def _told(changes: Changes) -> dict[str, Any]:
    return {
        "number": len(changes),
        "may_be_printed": not changes.forbidding,
        "changes": [
            {
                "kind": one.kind.value,
                "answer": one.answer,
                "name": one.name,
                "before": str(one.before),
                "after": str(one.after),
                "number": one.number,
            }
            for one in changes.changes
        ],
    }
