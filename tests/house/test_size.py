"""Nothing grows beyond what can be read at one sitting (architecture, habit 2)."""

import ast
from collections.abc import Iterator
from pathlib import Path

CONSULT = Path(__file__).parent.parent.parent / "consult"
MODULES = sorted(p for p in CONSULT.rglob("*.py") if "versions" not in p.parts)
TEMPLATES = sorted((CONSULT / "templates").rglob("*.*"))


def _name(path: Path) -> str:
    return str(path.relative_to(CONSULT))


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module and their lengths in lines."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_modules_are_short():
    assert not [_name(path) for path in MODULES if _lines(path) > 500]


def test_functions_are_short():
    found = ((_name(path), *function) for path in MODULES for function in _functions(path))
    assert not [long for long in found if long[-1] > 60]


def test_templates_are_short():
    assert not [_name(path) for path in TEMPLATES if _lines(path) > 200]


def test_no_room_for_odds_and_ends():
    vague = {"utils", "helpers", "common", "misc", "manager"}
    assert not [p for p in MODULES if p.stem in vague or p.parent.name in vague]
