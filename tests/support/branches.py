"""Branch coverage of ``consult``: a plugin that measures while the tests run.

SlipCover puts probes into the program's own modules and takes them out again when they were hit.
The interpreter's tracing, which coverage.py needs for branches before Python 3.14, slows down every
line of every library: it took as long as the tests themselves.

``scripts/run-tests`` loads it, and names in ``TESTS_COVERAGE`` the file for what was found.
"""

import json
import os
from pathlib import Path

from slipcover import FileMatcher, ImportManager, Slipcover

_PROGRAM = ["consult"]
_MIGRATIONS = ["consult/migrations/*"]  # they are run up and down, by Alembic

_measure = Slipcover(
    branch=True,
    source=_PROGRAM,
    omit=_MIGRATIONS,
    exclude_also=["if TYPE_CHECKING:", "@overload", r"\.\.\.$"],
)
ImportManager(_measure, FileMatcher(_PROGRAM, _MIGRATIONS)).__enter__()


def pytest_unconfigure() -> None:
    found = _measure.get_coverage()
    Path(os.environ["TESTS_COVERAGE"]).write_text(json.dumps(found))
