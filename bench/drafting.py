"""How long a long response takes: opening the drafting table, inserting, saving, the letter.

Run as ``python -m bench.drafting FOLDER``.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

import pdfplumber
from sqlalchemy import func, select

from bench.application import open_application
from bench.data import paragraph
from bench.papers import peak_memory
from consult.db import session, transaction
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.models import Passage
from consult.domain.composing.models import Evidence, Part
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_response
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.saving import save_part
from consult.domain.composing.types import EvidenceUse, PartContent
from consult.domain.organisations.types import ActorType, Role
from consult.domain.responses.service.deciding import take_round
from consult.domain.rounds.types import RoundType
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import from_tree, to_json
from consult.kernel.text.rich.showing import word_count
from consult.kernel.text.rich.types import Block, Kind, Marks, RichText, Text
from consult.kernel.text.rich.types import Evidence as Mark
from tests.support.coded import receive
from tests.support.factories import Factory
from tests.support.page_client import PageClient

_QUESTIONS, _PROPOSALS = 8, 12
_BRANCHES, _PASSAGES_EACH = 60, 24
_EVIDENCE, _WORDS, _WORDS_PER_PAGE = 400, 24_000, 400
_WARM_UPS, _REQUESTS = 3, 40
_TARGET = 100
"""Milliseconds that the median may take on SQLite."""

_CASE = "/workspace/forbundet/cases/langt"
_PATH = f"{_CASE}/draft"
_BEHIND = {"X-Autosave": "1"}


def main(folder: Path) -> int:
    """Make the response, then measure; 1 when something takes longer than the target."""
    with open_application(folder, database="") as app:
        client = PageClient(app)
        with app.app_context(), transaction():
            client.sign_in(make_response(Factory()))
        with app.app_context():
            _tell_size()
        steps = {
            "open the table": lambda _number: client.raw(f"{_PATH}?part=p-4.1"),
            "insert a passage": _inserting(client),
            "save a part": _saving(client),
        }
        slow = [_measure(name, step) for name, step in steps.items()]
        _print_letter(client)
    return int(any(slow))


def make_response(make: Factory) -> Person:
    """A response of some 60 pages that rests on 400 passages; returns its drafter."""
    source = Random(20261122)
    round_ = make.round(slug="langt", questions=_QUESTIONS)
    for _ in range(_PROPOSALS):
        make.proposal(round_)
    union = make.organisation(slug="forbundet", actor_type=ActorType.UNION)
    drafter = make.member(union, Role.DRAFTER)
    hearing = make.round(type=RoundType.INTERNAL_HEARING, owner=union, parent=round_, questions=0)
    for question in round_.questions:
        make.question(hearing, parent=question, text=question.text)
    for _ in range(_BRANCHES):
        texts = [
            "\n\n".join(paragraph(source) for _ in range(_PASSAGES_EACH // _QUESTIONS))
            for _ in range(_QUESTIONS)
        ]
        name = make.organisation(actor_type=ActorType.UNION_BRANCH).name
        receive(hearing, *texts, name=name, actor_type=ActorType.UNION_BRANCH)
    take_round(round_, union, by=SYSTEM, at=utc_now())
    parts = list_parts(begin_response(round_, union, by=SYSTEM).id)
    passages = list(session().scalars(select(Passage).where(Passage.round_id == hearing.id)))
    by = make.actor(drafter)
    for number, part in enumerate(parts):
        own = passages[number :: len(parts)][: _EVIDENCE // len(parts) + 1]
        marks = [Mark(rest_on(part, one, EvidenceUse.QUOTED, by=by).public_id) for one in own]
        content = PartContent(body=_text(source, marks, words=_WORDS // len(parts)))
        save_part(part, content, revision=1, by=by)
    return drafter


def _text(source: Random, marks: list[Mark], *, words: int) -> RichText:
    """So many words, with a mark at the beginning of each paragraph as long as there are marks."""
    blocks, waiting = [], list(marks)
    while sum(len(block.words.split()) for block in blocks) < words or waiting:
        marked = Marks(evidence=(waiting.pop(),)) if waiting else Marks()
        text = paragraph(source)
        blocks.append(Block(Kind.PARAGRAPH, (Text("Lagene sier det. ", marked), Text(text))))
    return RichText(tuple(blocks))


def _tell_size() -> None:
    words = sum(word_count(_body(part)) for part in session().scalars(select(Part)))
    evidence = session().scalar(select(func.count()).select_from(Evidence))
    passages = session().scalar(select(func.count()).select_from(Passage))
    print(
        f"a response of {words:,} words ({words // _WORDS_PER_PAGE} pages), {evidence} links to"
        f" {passages:,} passages of {_BRANCHES} branches"
    )


def _body(part: Part) -> RichText:
    return from_tree(part.body)


def _inserting(client: PageClient) -> Callable[[int], object]:
    with client.app.app_context():
        ids = session().scalars(select(Passage.public_id).order_by(Passage.id.desc())).all()

    def insert(number: int) -> object:
        data = {"csrf_token": token, "take": f"quoted:{ids[number]}"}
        return client.raw(f"{_PATH}/parts/q-q1/insert", method="POST", data=data, headers=_BEHIND)

    token = client.csrf_token()
    return insert


def _saving(client: PageClient) -> Callable[[int], object]:
    with client.app.app_context():
        part = session().scalars(select(Part).where(Part.key == "p-4.2")).one()
        body, revision = _body(part), part.revision
    token = client.csrf_token()

    def save(number: int) -> object:
        more = RichText((*body.blocks, Block(Kind.PARAGRAPH, (Text(f"Avsnitt {number}."),))))
        data = {
            "csrf_token": token, "part": "p-4.2", "window": "maaling",
            "revision": str(revision + number), "text-json": to_json(more),
        }  # fmt: skip
        return client.raw(f"{_PATH}/parts/p-4.2", method="POST", data=data, headers=_BEHIND)

    return save


def _print_letter(client: PageClient) -> None:
    """Get the letter as PDF, with WeasyPrint loaded at the first."""
    started, used = perf_counter(), process_time()
    with pdfplumber.open(BytesIO(client.raw(f"{_CASE}/letter.pdf").data)) as letter:
        seconds, work, pages = perf_counter() - started, process_time() - used, len(letter.pages)
    print(
        f"{'the letter as PDF':<26} {pages} pages  {seconds:.1f} s, processor {work:.1f} s"
        f"  {seconds / pages:.2f} s a page  peak {peak_memory()} MB"
    )


def _measure(name: str, step: Callable[[int], object]) -> bool:
    """Print how long a step takes; tell whether the median is over the target."""
    elapsed, processor = [], []
    for number in range(_WARM_UPS + _REQUESTS):
        started, used = perf_counter(), process_time()
        response = step(number)
        times = (perf_counter() - started) * 1000, (process_time() - used) * 1000
        status = getattr(response, "status_code", None)
        if status != 200:
            raise RuntimeError(f"{name}: {status}")
        if number >= _WARM_UPS:
            elapsed.append(times[0])
            processor.append(times[1])
    middle = median(elapsed)
    print(
        f"{name:<26} median {middle:4.0f} ms  p95 {quantiles(elapsed, n=20)[-1]:4.0f} ms"
        f"  processor {median(processor):4.0f} ms{f'  over {_TARGET} ms' * (middle > _TARGET)}",
        flush=True,
    )
    return middle > _TARGET


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
