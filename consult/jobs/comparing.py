"""Comparing answers with one another as they arrive."""

import logging

from flask import current_app

from consult.db import transaction
from consult.domain.coding.queries.clusters import rounds_to_group
from consult.domain.coding.service.clustering import group_answers, sketch_older, sketches_waiting
from consult.kernel.clock import utc_now

_LOG = logging.getLogger(__name__)


PAUSE = 10
"""Seconds between two comparisons, so that a flood of letters does not keep the worker busy."""


def compare_answers() -> None:
    """Find what says nearly the same in every round with new answers; each in a transaction.

    As long as there were any, it is done again a little later: others may have come meanwhile.
    """
    with transaction():
        found = sketch_older()
    for round_id in rounds_to_group():
        try:
            with transaction():
                found += group_answers(round_id, now=utc_now())
        except Exception as problem:  # noqa: BLE001 -- the other rounds have the same right
            _LOG.error("comparing the answers of round %d failed", round_id, exc_info=problem)
    if found:
        current_app.extensions["jobs"].enqueue_later("compare_answers", seconds=PAUSE)


def _enqueue(_sender: object) -> None:
    current_app.extensions["jobs"].enqueue("compare_answers")


sketches_waiting.connect(_enqueue)
