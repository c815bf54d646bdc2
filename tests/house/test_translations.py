"""Every text a person reads stands in bokmål, nynorsk and English."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from scripts.update_messages import KEYWORD_SPEC, METHODS

CONSULT = Path(__file__).parent.parent.parent / "consult"


@pytest.fixture(scope="module")
def texts() -> set[str]:
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        CONSULT, METHODS, options_map={"**": {"trimmed": "true"}}, keywords=KEYWORD_SPEC
    ):
        found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def _catalogue(locale: str) -> Catalog:
    path = CONSULT / "translations" / locale / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=locale)


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_catalogue_is_complete(locale: str, texts: set[str]):
    catalogue = _catalogue(locale)
    translated = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id
        and (all(message.string) if isinstance(message.string, tuple) else message.string)
    }
    assert sorted(texts - translated) == []
    assert sorted(translated - texts) == [], "texts that no longer stand in the code"
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


def test_what_documents_say_is_collected(texts: set[str]):
    """Texts are found by the names in KEYWORD_SPEC, so what `say` is given needs N_()."""
    said = {
        call.args[0].value: f"{path.relative_to(CONSULT)}:{call.lineno}"
        for path in (CONSULT / "domain").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "say"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert said, "the name has changed: look for the new one"
    assert {text: place for text, place in said.items() if text not in texts} == {}


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_placeholders_survive(locale: str):
    pattern = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
    for message in _catalogue(locale):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(pattern.findall(ids[-1]))
        for string in strings[-1:]:
            assert set(pattern.findall(string)) == wanted, message.id
