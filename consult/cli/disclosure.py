"""The command that hands out answers on a request for access."""

import time
from pathlib import Path

import click

from consult.cli.output import fail, in_app, json_option, say
from consult.cli.submissions import find_round
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.documents.service.packaging import note_written
from consult.domain.organisations.types import ActorGroup
from consult.domain.submissions.listing import AnswerFilter
from consult.jobs.packages import write_package
from consult.kernel.i18n import DEFAULT_LOCALE, LOCALES


@click.group()
def disclosure() -> None:
    """Hand answers out on a request for access."""


@disclosure.command(
    epilog="Example: consult disclosure export --round my-round --out innsyn.zip --group local"
)
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, a ZIP.",
)
@click.option("--group", help="Only senders of this part of society, such as local.")
@click.option("--sender", default="", help="Only senders with this in their name.")
@click.option(
    "--name",
    "named",
    type=int,
    multiple=True,
    help="Number of an answer whose sender is named although they want no name; several times.",
)
@click.option(
    "--locale",
    type=click.Choice(LOCALES),
    default=DEFAULT_LOCALE,
    show_default=True,
    help="Language of headings and lists.",
)
@json_option
@in_app
def export(
    *,
    slug: str,
    out: Path,
    group: str | None,
    sender: str,
    named: tuple[int, ...],
    locale: str,
    as_json: bool,
) -> None:
    """Write what others may read of answers, and a list of what is withheld by which law."""
    started = time.perf_counter()
    wanted = AnswerFilter(text=sender, group=_read_group(group))
    slug = find_round(slug).slug
    try:
        with out.open("wb") as file:
            listed = write_package(file, slug, wanted, locale=locale, named=named)
    except OSError as problem:
        fail(f"Cannot write {out}: {problem.strerror or problem}.")
    with transaction():
        note_written(find_round(slug), named=named, by=SYSTEM)
    given = sum(bool(one.path) for one in listed)
    withheld = sum(len(one.withheld) for one in listed)
    seconds = round(time.perf_counter() - started, 1)
    data = {
        "path": str(out),
        "answers": len(listed),
        "given": given,
        "withheld": withheld,
        "to_be_decided": sum(not part.is_decided for one in listed for part in one.withheld),
        "bytes": out.stat().st_size,
        "seconds": seconds,
    }
    text = (
        f"{out}: {given} of {len(listed)} answers, {withheld} things withheld, "
        f"{data['to_be_decided']} of them to be decided. {seconds} seconds."
    )
    say(text, data, as_json=as_json)


def _read_group(group: str | None) -> ActorGroup | None:
    if group is None:
        return None
    try:
        return ActorGroup(group.strip().lower().replace("-", "_"))
    except ValueError:
        fail(f"Unknown group {group!r}. Use one of {', '.join(ActorGroup)}.")
