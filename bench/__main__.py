"""``make bench``: every figure of docs/performance.md, one line each.

Each part runs in a process of its own, started from this small one: what a process reports as its
peak of memory is never less than what the one that started it held.
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> int:
    """Run every part; 1 when one failed, or a page's number of queries depends on the size."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure consult.")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--database", default="", metavar="URL", help="an empty database to fill")
    chosen.add_argument("--postgresql", action="store_true", help="use the tests' server")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_load()}", flush=True)
    with TemporaryDirectory(prefix="consult-bench-") as name:
        folder = Path(name)
        database = _start_postgresql(folder) if arguments.postgresql else arguments.database
        failed = [
            _run("bench.pages", name, database),
            _run("bench.drafting", f"{name}/drafting"),
            _run("bench.papers", "summary", name, database),
            _run("bench.papers", "demo", f"{name}/demo"),
            _run("bench.papers", "letter", name),
            _run("bench.papers", "recognition", name),
            _run("bench.long_report", "typst"),
            _run("bench.long_report", "summary"),
            _run("bench.long_report", "chromium"),
            _run("bench.texts"),
            _run("bench.search", f"{name}/search"),
            _run("bench.suggestions", f"{name}/suggestions"),
            _run("bench.suggestions", "large"),
            _run("bench.returning", f"{name}/returning"),
            _run("bench.campaigns", f"{name}/campaigns"),
            _run("bench.scans", f"{name}/scans"),
        ]
    print(_load())
    return int(any(failed))


def _load() -> str:
    return f"load average {os.getloadavg()[0]:.1f}"


def _start_postgresql(folder: Path) -> str:
    from tests.support.databases import database_url  # noqa: PLC0415 -- keeps this process small

    return database_url("postgresql", folder, tables=False)


def _run(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
