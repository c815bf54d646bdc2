"""How long a response of 60 pages takes to go out as Word, come back and be decided about.

Run as ``python -m bench.returning FOLDER``.
"""

import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from werkzeug.test import TestResponse

from bench.application import open_application
from bench.drafting import make_response
from consult.db import session, transaction
from consult.domain.composing.models import Suggestion, WordReturn
from tests.support.factories import Factory
from tests.support.page_client import PageClient

_PLACE = "/workspace/forbundet/cases/langt/draft/word"
_EACH = 20
"""Every so many paragraphs one is changed."""

_TARGET = 3
"""Seconds for the way out and back."""


def main(folder: Path) -> int:
    """Measure each step once; 1 when the way out and back takes longer than the target."""
    with open_application(folder, database="") as app:
        client = PageClient(app)
        with app.app_context(), transaction():
            client.sign_in(make_response(Factory()))
        token = {"csrf_token": client.csrf_token()}
        took = []
        out = _post(client, f"{_PLACE}/out", token)
        content = _measure("Word out", lambda: client.raw(out.headers["Location"]), took).data
        changed = _edit(content)
        data = {**token, "file": (BytesIO(changed), "svar.docx")}
        _measure("Word in", lambda: _post(client, f"{_PLACE}/in", data), took)
        with app.app_context():
            returned = session().scalars(select(WordReturn)).one().public_id
            first = session().scalars(select(Suggestion)).first()
            part, number = first.part.key, len(session().scalars(select(Suggestion)).all())
            one = {**token, "step": "accept", "part": part, "suggestion": first.public_id}
        print(f"{number} suggestions in a file of {len(changed) // 1024} kB")
        _measure("the page of suggestions", lambda: client.raw(f"{_PLACE}/{returned}"))
        _measure("take one in", lambda: _post(client, f"{_PLACE}/{returned}/decide", one))
        _measure("take in the part", lambda: _post(client, f"{_PLACE}/{returned}/decide", {
            **token, "step": "accept", "part": part,
        }))  # fmt: skip
    return int(sum(took) > _TARGET)


def _post(client: PageClient, path: str, data: dict[str, object]) -> TestResponse:
    return client.raw(path, method="POST", data=data)


def _edit(content: bytes) -> bytes:
    """The file after somebody has changed every so many paragraphs."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = _reword(data.decode()).encode()
            target.writestr(name, data)
    return out.getvalue()


def _reword(markup: str) -> str:
    places = iter(range(1_000_000))
    return re.sub(
        "Lagene sier det",
        lambda found: "Lagene mener det" if next(places) % _EACH == 0 else found[0],
        markup,
    )


def _measure(
    name: str, step: Callable[[], TestResponse], took: list[float] | None = None
) -> TestResponse:
    started = perf_counter()
    response = step()
    seconds = perf_counter() - started
    if response.status_code not in {200, 302}:
        raise RuntimeError(f"{name}: {response.status_code}")
    print(f"{name:<26} {seconds * 1000:5.0f} ms", flush=True)
    if took is not None:
        took.append(seconds)
    return response


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
