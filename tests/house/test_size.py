"""Nothing grows beyond what can be read at one sitting (architecture, habit 2)."""

import ast
from pathlib import Path

import pytest

CONSULT = Path(__file__).parent.parent.parent / "consult"
MODULES = sorted(p for p in CONSULT.rglob("*.py") if "versions" not in p.parts)
TEMPLATES = sorted((CONSULT / "templates").rglob("*.*"))


def _name(path: Path) -> str:
    return str(path.relative_to(CONSULT))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_functions_are_short(path: Path):
    source = path.read_text()
    assert len(source.splitlines()) <= 500
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{node.name}: {length} lines"


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_templates_are_short(path: Path):
    assert len(path.read_text().splitlines()) <= 200


def test_no_room_for_odds_and_ends():
    vague = {"utils", "helpers", "common", "misc", "manager"}
    assert not [p for p in MODULES if p.stem in vague or p.parent.name in vague]
