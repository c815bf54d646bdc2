"""How long searches take in 10,000 and in 100,000 passages, and what it costs to index one more.

Run as ``python -m bench.search FOLDER [DATABASE]``.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from sqlalchemy import insert, select, text

from bench.application import open_application
from bench.data import make_coordinator
from consult.db import db, session, transaction
from consult.domain.analysis.queries.searching import count_hits, find_answers, find_passages
from consult.domain.analysis.search.asking import MOST_RANKED, PAGE, Search, SearchOrder
from consult.domain.analysis.search.language import parse_query
from consult.domain.analysis.service import bring_up_to_date, index_passages
from consult.domain.coding.models import Passage
from consult.domain.coding.types import PassageKind
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Publication,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from consult.kernel.ids import new_public_id
from tests.support.factories import Factory

_SIZES = (10_000, 100_000)
_PASSAGES_EACH = 10
_WARM_UPS, _SEARCHES = 3, 20
_SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu æra øke åle sko nda".split()
_COMMON, _PHRASE, _RARE = "samtalen", "brukerne møter", "fjellrev"


def main(folder: Path, database: str = "") -> int:
    """Measure each size in the same database, which grows."""
    with open_application(folder, database=database) as app, app.app_context():
        with transaction():
            _person, owner = make_coordinator(make := Factory())
            round_ = make.round(slug="stor", owner=owner, questions=1)
            round_id, owner_id, question_id = round_.id, owner.id, round_.questions[0].id
        source, there = Random(20261122), 0
        for size in _SIZES:
            for first in range(there, size, 10_000):
                with transaction():
                    _add(round_id, question_id, range(first, first + 10_000), source)
            there = size
            _index(size)
            _measure_all(round_id, owner_id)
    return 0


def _add(round_id: int, question_id: int, places: range, source: Random) -> None:
    """Passages of some 35 words, ten to an answer, put straight into the tables."""
    rows: dict[type, list[dict[str, object]]] = {
        kind: [] for kind in (Submission, SubmissionVersion, Answer, Passage)
    }
    now = utc_now()
    for number in range(places.start // _PASSAGES_EACH + 1, places.stop // _PASSAGES_EACH + 1):
        quotes = [_paragraph(source) for _ in range(_PASSAGES_EACH)]
        rows[Submission].append(
            {
                "id": number, "public_id": new_public_id(), "round_id": round_id, "number": number,
                "receipt_number": f"S-{number}", "name": f"Avsender {number}", "language": "nb",
                "actor_type": ActorType.MUNICIPALITY, "channel": Channel.FORM,
                "publication": Publication.WITH_NAME, "has_comments": True,
                "status": SubmissionStatus.RECEIVED, "deadline_status": DeadlineStatus.IN_TIME,
                "received_at": now, "stored_at": now, "current_version_number": 1,
                "access_epoch": 0,
            }
        )  # fmt: skip
        words = "\n\n".join(quotes)
        own = {"id": number, "digest": "", "created_at": now, "created_by": "system", "text": words}
        rows[SubmissionVersion].append(own | {"submission_id": number, "number": 1})
        rows[Answer].append(
            {
                "id": number, "version_id": number, "question_id": question_id, "position": 0,
                "start": 0, "end": len(words),
            }
        )  # fmt: skip
        ends = list(accumulate(len(quote) + 2 for quote in quotes))
        rows[Passage] += [
            {
                "id": (number - 1) * _PASSAGES_EACH + place + 1, "public_id": new_public_id(),
                "round_id": round_id, "submission_id": number, "version_id": number,
                "answer_id": number, "kind": PassageKind.PARAGRAPH, "position": place,
                "start": ends[place] - len(quote) - 2, "end": ends[place] - 2, "quote": quote,
            }
            for place, quote in enumerate(quotes)
        ]  # fmt: skip
    for kind, values in rows.items():
        session().execute(insert(kind), values)


def _paragraph(source: Random) -> str:
    """Words of which few are frequent; a third of the paragraphs have the common one."""
    words = ["".join(source.choices(_SYLLABLES, k=source.randint(1, 3))) for _ in range(34)]
    if source.random() < 1 / 3:
        words[source.randrange(34)] = _COMMON
    if source.random() < 1 / 100:
        words[10] = _PHRASE
    elif source.random() < 1 / 50:
        words[12], words[20] = _PHRASE.split()
    if source.random() < 1 / 2_000:
        words[5] = _RARE
    return " ".join(words).capitalize() + "."


def _index(size: int) -> None:
    started = perf_counter()
    with transaction():
        added = bring_up_to_date().added
    took = perf_counter() - started
    if db.engine.dialect.name == "postgresql":
        with transaction() as current:
            current.execute(text("ANALYZE"))
    print(
        f"{size:,} passages: {added:,} indexed in {took:.1f} s, {1000 * took / added:.2f} ms each"
    )


def _measure_all(round_id: int, owner_id: int) -> None:
    for words in (_COMMON, f'"{_PHRASE}"', _RARE, "samt*"):
        search = Search(query=parse_query(words), round_id=round_id)
        owners = {owner_id}
        found = count_hits(search, owner_ids=owners).passages
        note = f"{words}: {found:,}"
        _measure(f"{note}, count", partial(count_hits, search, owner_ids=owners))
        order = SearchOrder.BEST if found <= MOST_RANKED else SearchOrder.PLACE
        asked = {"owner_ids": owners, "order": order}
        _measure(f"{note}, {order} {PAGE}", partial(find_passages, search, **asked))
        _measure(f"{note}, {order}, by answers", partial(find_answers, search, **asked))
    query = select(Passage).where(Passage.round_id == round_id).limit(_WARM_UPS + _SEARCHES)
    passages = iter(session().scalars(query).all())
    _measure("index one more", lambda: index_passages({(one := next(passages)).id: one.quote}))
    session().rollback()


def _measure(name: str, work: Callable[[], object]) -> None:
    elapsed, processor = [], []
    for number in range(_WARM_UPS + _SEARCHES):
        started, used = perf_counter(), process_time()
        work()
        if number >= _WARM_UPS:
            elapsed.append((perf_counter() - started) * 1000)
            processor.append((process_time() - used) * 1000)
    print(
        f"  {name:<42} median {median(elapsed):7.2f} ms  p95 {quantiles(elapsed, n=20)[-1]:7.2f} ms"
        f"  processor {median(processor):7.2f} ms",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
