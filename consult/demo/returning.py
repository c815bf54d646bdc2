"""A Word file of the demo that has been out, and has come back with changes."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import current_app

from consult.demo.reviewing import FOLDER
from consult.domain.accounts.types import Actor
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.lettering import make_document
from consult.domain.composing.queries import get_composition
from consult.domain.composing.service.returning import take_in_word
from consult.domain.composing.versions import list_versions
from consult.domain.documents.word.writing import write_docx
from consult.domain.organisations.queries import get_organisation
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion

_TEXT = "word/document.xml"


def load_returned(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Take in the files that the folder tells of; their changes wait for somebody to decide."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        for told in entry.get("returned", ()):
            body = get_organisation(entry["organisation"])
            composition = get_composition(body.id, entry["round"])
            version = next(
                one for one in list_versions(composition.id) if one.name == told["version"]
            )
            at = now - timedelta(hours=told["returned_hours_ago"])
            take_in_word(
                version,
                _changed(_sent(version, now=at), told, at=at),
                filename=told["filename"],
                files=current_app.extensions["files"],
                by=actor(told["by"]),
                at=at,
            )


def _sent(version: "NamedVersion", *, now: datetime) -> bytes:
    """The file as it went out."""
    document = make_document(
        unfreeze(version.content),
        identifier=f"consult:{version.public_id}",
        made_at=now,
        today=to_oslo(now).date(),
    )
    return write_docx(document)


def _changed(content: bytes, told: Mapping[str, Any], *, at: datetime) -> bytes:
    """The file after somebody has changed words in it with the tracking of Word turned on.

    Raises:
        LookupError: Words that shall be changed do not stand in one run of the file.
    """
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == _TEXT:
                text = data.decode()
                for number, change in enumerate(told["changes"]):
                    if escape(change["was"]) not in text:
                        raise LookupError(change["was"])
                    text = text.replace(
                        escape(change["was"]),
                        _tracked(change, number=number, author=told["changed_by"], at=at),
                        1,
                    )
                data = text.encode()
            target.writestr(name, data)
    return out.getvalue()


def _tracked(change: Mapping[str, str], *, number: int, author: str, at: datetime) -> str:
    """Markup that ends a plain run, takes words out, puts words in, and begins a run again."""
    who = f'w:author="{escape(author)}" w:date="{at:%Y-%m-%dT%H:%M:%SZ}"'
    return (
        "</w:t></w:r>"
        f'<w:del w:id="{9000 + 2 * number}" {who}><w:r>'
        f'<w:delText xml:space="preserve">{escape(change["was"])}</w:delText></w:r></w:del>'
        f'<w:ins w:id="{9001 + 2 * number}" {who}><w:r>'
        f'<w:t xml:space="preserve">{escape(change["now"])}</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve">'
    )
