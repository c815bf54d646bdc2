"""Commands for the audit log."""

import click

from consult.cli.output import fail, in_app, json_option, say
from consult.domain.audit.queries import find_chain_break, stream_names


@click.group()
def audit() -> None:
    """Prove the audit log whole."""


@audit.command(epilog="Example: consult audit verify --json")
@json_option
@in_app
def verify(*, as_json: bool) -> None:
    """Recompute every chain of the log; exit code 1 names the first entry that does not fit."""
    streams = stream_names()
    for stream in streams:
        broken = find_chain_break(stream)
        if broken is not None:
            fail(f"The chain {broken.stream} breaks at entry {broken.seq}.")
    say(f"{len(streams)} chains are whole.", {"chains": len(streams)}, as_json=as_json)
