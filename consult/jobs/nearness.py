"""Drawing maps of nearness: what is read in one transaction, the drawing in none."""

import logging
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING

from flask import current_app

from consult.db import transaction
from consult.domain.coding.queries.nearness import passages_to_draw, rounds_to_draw
from consult.domain.coding.queries.suggesting import state_of_texts
from consult.domain.coding.service.claiming import claim_drawing
from consult.domain.coding.service.nearness import keep_map
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.kernel.files import FileStore

_LOG = logging.getLogger(__name__)


def draw_nearness() -> None:
    """Draw the map of one round whose texts have changed; the clock comes every minute."""
    models: FileStore = current_app.extensions["models"]
    with transaction():
        now = utc_now()
        waiting = [one.id for one in rounds_to_draw(now, models=models)]
        taken = next((one for one in waiting if claim_drawing(one, now=now)), None)
    if taken is None:
        return
    try:
        _draw(taken, models)
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the worker's other jobs must run
        _LOG.error("no map of round %s was drawn", taken, exc_info=problem)


def _draw(round_id: int, models: "FileStore") -> None:
    # scikit-learn takes a second to load: only a process that learns pays for it.
    learning = import_module("consult.domain.coding.nearness.learning")
    codec = import_module("consult.domain.coding.nearness.codec")
    started = perf_counter()
    with transaction():
        texts = state_of_texts(round_id)
        passages = passages_to_draw(round_id)
    digest = models.save(codec.encode(learning.draw_map(passages)))
    with transaction():
        outdated = keep_map(
            round_id,
            digest=digest,
            texts=texts,
            passages=len(passages),
            milliseconds=round(1000 * (perf_counter() - started)),
            now=utc_now(),
        )
    if outdated is not None:
        models.remove(outdated)
