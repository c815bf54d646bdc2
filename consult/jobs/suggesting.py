"""Making models that suggest themes: what is read in one transaction, the learning in none."""

import logging
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING

from flask import current_app

from consult.db import transaction
from consult.domain.coding.queries.suggesting import gather_lesson, rounds_to_learn
from consult.domain.coding.service.claiming import claim_learning
from consult.domain.coding.service.suggesting import begin_model, keep_model
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.kernel.files import FileStore

_LOG = logging.getLogger(__name__)


def learn_suggestions() -> None:
    """Make a new model of one round that has enough new codings, or another codebook.

    One at a time: mails and documents come in between. The clock comes back every minute.
    """
    models: FileStore = current_app.extensions["models"]
    with transaction():
        now = utc_now()
        waiting = rounds_to_learn(now, models=models)
        taken = next((one.slug for one in waiting if claim_learning(one.id, now=now)), None)
    if taken is None:
        return
    try:
        _learn(taken, models)
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the worker's other jobs must run
        _LOG.error("no model of round %s was made", taken, exc_info=problem)


def _learn(slug: str, models: "FileStore") -> None:
    # scikit-learn takes a second to load: only a process that learns pays for it.
    learning = import_module("consult.domain.coding.suggesting.learning")
    codec = import_module("consult.domain.coding.suggesting.codec")
    started = perf_counter()
    with transaction():
        round_ = get_round(slug)
        lesson = gather_lesson(round_.id)
        begun = begin_model(round_, passages=len(lesson.examples))
    model, trial = learning.learn(lesson)
    content = codec.encode(model)
    digest = models.save(content)
    with transaction():
        outdated = keep_model(
            get_round(slug),
            begun,
            digest=digest,
            size=len(content),
            trial=trial,
            milliseconds=round(1000 * (perf_counter() - started)),
            now=utc_now(),
        )
    for one in outdated:
        models.remove(one)
