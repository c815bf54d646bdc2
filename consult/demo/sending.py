"""Responses in the demo that have been sent, provisionally first where a body decides later."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app

from consult.demo.joining import ask_bodies
from consult.demo.signing import FOLDER
from consult.domain.accounts.types import Actor
from consult.domain.composing.models import Composition
from consult.domain.composing.queries import get_composition
from consult.domain.documents.types import Document, DocumentKind, Paragraph, Text
from consult.domain.organisations.queries import get_organisation
from consult.domain.responses.letters import Printing
from consult.domain.responses.listing import Concern, get_concern
from consult.domain.responses.readiness import list_attachable
from consult.domain.responses.service.enclosing import NewFile, enclose_file
from consult.domain.responses.service.preparing import Outside, SendingPlan
from consult.domain.responses.service.sending import send_again, send_response
from consult.domain.responses.service.supplementing import send_supplement
from consult.domain.submissions.additions import Supplement
from consult.domain.submissions.mandates import PoliticalStep
from consult.domain.submissions.service.filing import UploadLimits
from consult.kernel.clock import to_oslo
from consult.kernel.text.plain import canonical


def send_signed(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Send the letters that say so, and then what was decided about them."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        if "sending" in entry:
            _send(entry, by=actor(entry["sending"]["person"]), now=now)


def _send(entry: dict[str, Any], *, by: Actor, now: datetime) -> None:
    sending = entry["sending"]
    body = get_organisation(entry["organisation"])
    composition = get_composition(body.id, entry["round"])
    outside = _outside()
    decided = tuple(_steps(sending.get("steps", ()), now=now))
    open_ones = tuple(replace(one, decided="", held_on=None) for one in decided)
    sent_at = now - timedelta(days=sending["sent_days_ago"])
    ask_bodies(entry, base_url=outside.base_url, by=by, at=sent_at)
    for enclosed in entry.get("enclosed", ()):
        _enclose(composition, enclosed, outside=outside, by=by, at=sent_at)
    concern = get_concern(body, entry["round"], now=sent_at)
    attached = frozenset(_attached(concern, sending.get("attached", ())))
    plan = SendingPlan(attached=attached, is_provisional=bool(decided), case_steps=open_ones)
    send_response(concern, composition, plan, outside=outside, by=by, received_at=sent_at)
    if not decided:
        return
    decided_at = now - timedelta(days=sending["decided_days_ago"])
    send_again(
        get_concern(body, entry["round"], now=decided_at),
        composition,
        SendingPlan(case_steps=decided),
        outside=outside,
        by=by,
        received_at=decided_at,
    )
    if "supplement" in sending:
        _add(get_concern(body, entry["round"], now=now), sending["supplement"], by=by, now=now)


def _enclose(
    composition: Composition, entry: dict[str, Any], *, outside: Outside, by: Actor, at: datetime
) -> None:
    """Lay a body's own statement beside the response, as the PDF that it sent its parent."""
    body = get_organisation(entry["body"])
    statement = Document(
        kind=DocumentKind.LETTER,
        title=entry["title"],
        subtitle=composition.organisation.name,
        publisher=body.name,
        language=composition.language,
        date=to_oslo(at).date(),
        blocks=tuple(Paragraph((Text(one),)) for one in entry["paragraphs"]),
        contents=False,
    )
    file = NewFile(BytesIO(outside.printing.pdf(statement)), entry["filename"], body)
    settings = current_app.config["SETTINGS"]
    limits = UploadLimits(settings.upload_limit_mb, settings.video_limit_mb)
    enclose_file(composition, file, files=outside.files, limits=limits, by=by)


def _add(concern: Concern, entry: dict[str, Any], *, by: Actor, now: datetime) -> None:
    """Send what a body adds to its response."""
    send_supplement(
        concern,
        Supplement(canonical(entry["text"]).strip()),
        base_url=_outside().base_url,
        by=by,
        received_at=now - timedelta(days=entry["sent_days_ago"]),
    )


def _attached(concern: Concern, slugs: Iterable[str]) -> Iterator[str]:
    """The answers of branches that go along; those branches have said yes to it."""
    wanted = {get_organisation(slug).id for slug in slugs}
    if wanted and concern.case is not None:
        for answer in list_attachable(concern.case):
            if answer.organisation_id in wanted:
                yield answer.public_id


def _steps(entries: Iterable[dict[str, Any]], *, now: datetime) -> Iterator[PoliticalStep]:
    today = to_oslo(now).date()
    for entry in entries:
        yield PoliticalStep(
            body=entry["body"],
            held_on=today - timedelta(days=entry["held_days_ago"]),
            case_number=entry["case_number"],
            proposed=entry["proposed"],
            decided=entry["decided"],
        )


def _outside() -> Outside:
    assets = Path(str(current_app.static_folder)) / "build"
    return Outside(
        files=current_app.extensions["files"],
        printing=Printing(assets, current_app.extensions["derived"]),
        base_url=str(current_app.config["SETTINGS"].base_url),
    )
