"""Say what the tests reached: of each file that they did not reach whole, and of all.

Takes the files that tests/support/branches.py wrote; reached is what any of them reached.
"""

import json
import sys
from functools import reduce
from pathlib import Path

from slipcover import merge_coverage

_SHOWN = 20


def main(paths: list[str]) -> None:
    """Print the files that least was reached of, and the sum of all."""
    found = reduce(merge_coverage, (json.loads(Path(path).read_text()) for path in paths))
    files = {name: one["summary"] for name, one in found["files"].items()}
    partly = {name: one for name, one in files.items() if one["percent_covered"] < 100}
    print(f"{'lines':>8} {'missed':>7} {'branches':>9} {'missed':>7} {'reached':>8}")
    for name in sorted(partly, key=lambda name: partly[name]["percent_covered"])[:_SHOWN]:
        print(_line(name, partly[name]))
    print(
        _line(f"all {len(files)} files, {len(files) - len(partly)} of them whole", found["summary"])
    )


def _line(name: str, one: dict[str, float]) -> str:
    lines, missed = one["covered_lines"] + one["missing_lines"], one["missing_lines"]
    branches = one["covered_branches"] + one["missing_branches"]
    return (
        f"{lines:8} {missed:7} {branches:9} {one['missing_branches']:7}"
        f" {one['percent_covered']:7.1f}% {name}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
