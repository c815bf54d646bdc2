"""The command for mails with answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask import current_app

from consult.cli.output import fail, in_app, json_option, say
from consult.cli.submissions import find_round
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.intake.mailboxes import FoundMail, MailboxProblem, MaildirFolder
from consult.domain.intake.service.incoming_mail import TakenIn, take_in_mail


@click.command(
    "import-mail",
    epilog="Example: consult submission import-mail --round rom-for-lokale-kontor svar.eml",
)
@click.option("--round", "round_slug", required=True, help="Short name of the round.")
@click.argument("source", type=click.Path(path_type=Path))
@json_option
@in_app
def import_mail(*, round_slug: str, source: Path, as_json: bool) -> None:
    """Take in a mail (.eml), or every mail of a maildir, to be checked at the desk."""
    with transaction():
        round_ = find_round(round_slug)
        limit_bytes = current_app.config["SETTINGS"].upload_limit_mb * 1024 * 1024
        taken = [
            take_in_mail(
                round_,
                found.content,
                by=SYSTEM,
                files=current_app.extensions["files"],
                limit_bytes=limit_bytes,
                size=found.size,
            )
            for found in _mails(source, limit_bytes=limit_bytes)
        ]
        data = [_data(one) for one in taken]
    new = [one for one in data if one["is_new"]]
    lines = [f"Taken in: {len(new)}. Met before: {len(data) - len(new)}."]
    lines += [
        f"  {one['sender']}: {one['subject']}" + (f" [{one['problem']}]" if one["problem"] else "")
        for one in new
    ]
    say("\n".join(lines), {"round": round_slug, "mails": data}, as_json=as_json)


def _mails(source: Path, *, limit_bytes: int) -> Iterator[FoundMail]:
    """The file itself, or the mails of a maildir, by name."""
    try:
        if source.is_dir():
            yield from MaildirFolder(source).mails(limit_bytes=limit_bytes)
        else:
            content = source.read_bytes()
            yield FoundMail(source.name, content, len(content))
    except MailboxProblem as problem:
        fail(f"{problem}.")
    except OSError as problem:
        fail(f"Cannot read {source}: {problem.strerror or problem}.")


def _data(taken: TakenIn) -> dict[str, Any]:
    mail = taken.mail
    return {
        "id": mail.public_id,
        "is_new": taken.is_new,
        "message_id": mail.message_id,
        "sender": mail.sender,
        "email": mail.sender_email,
        "subject": mail.subject,
        "received_at": mail.received_at.isoformat(),
        "state": mail.state.value,
        "problem": mail.problem.value if mail.problem else None,
        "files": [
            {
                "filename": file.filename,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.digest,
                "problem": file.problem.value if file.problem else None,
            }
            for file in mail.files
        ],
    }
