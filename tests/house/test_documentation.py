"""The documentation tells of every command, and its links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from consult.cli import main

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WITHOUT_JSON = {"consult serve", "consult worker"}
"""They run until they are stopped and print no data."""

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words one types."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _commands(inner, f"{path} {name}")
    else:
        yield path, command


COMMANDS = dict(_commands(main, "consult"))


def _anchors(page: Path) -> list[str]:
    return [_anchor(heading) for heading in _HEADING.findall(page.read_text())]


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _options(command: click.Command) -> set[str]:
    return {name for one in command.params if isinstance(one, click.Option) for name in one.opts}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_section(path: str):
    sections = re.split(r"^### ", (ROOT / "docs" / "commands.md").read_text(), flags=re.MULTILINE)
    section = next((one for one in sections if one.startswith(f"`{path}`")), "")
    assert section, f"docs/commands.md has no heading for {path}"
    example = section.partition("```\n")[2].partition("```")[0]
    assert path in example


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_stands_in_the_section(path: str):
    page = (ROOT / "docs" / "commands.md").read_text()
    section = page.partition(f"### `{path}`")[2].partition("\n### ")[0]
    assert not {name for name in _options(COMMANDS[path]) - {"--json"} if name not in section}


@pytest.mark.parametrize("path", COMMANDS)
def test_help_has_an_example(path: str):
    epilog = COMMANDS[path].epilog or ""
    assert epilog.startswith("Example: ")
    assert path in epilog


@pytest.mark.parametrize("path", COMMANDS)
def test_programs_can_read_what_is_printed(path: str):
    assert ("--json" in _options(COMMANDS[path])) != (path in WITHOUT_JSON)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path):
    text = _CODE.sub("", _FENCE.sub("", page.read_text()))
    dead = []
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            dead.append(link)
    assert not dead
