"""What is worked out once and kept for the rest of a run, by its parts together where they can.

``scripts/run-tests`` names a folder of the run in ``TESTS_KEPT``, which the parts share that
run beside one another. Without it each process keeps what it worked out for itself.
"""

import atexit
import gc
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


@cache
def kept(kind: str) -> Path:
    """The folder for one kind of things that are worth keeping."""
    folder = Path(os.environ.get("TESTS_KEPT") or _folder_of_this_process()) / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def _folder_of_this_process() -> str:
    folder = TemporaryDirectory(prefix="consult-kept-")
    atexit.register(folder.cleanup)
    return folder.name


def settle_memory() -> None:
    """Leave out of every later collection what the imports made, and collect seldom.

    Half a million objects live as long as the run; going through them again and again took a tenth
    of its time and found nothing. What a test leaves behind is still found.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()
