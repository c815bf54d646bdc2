"""The import contracts hold, and each is caught when it is broken on purpose."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent.parent

BREACHES = {
    "layers": ("consult/kernel/ids.py", "import consult.db"),
    "areas": ("consult/domain/audit/rules.py", "import consult.domain.rounds.types"),
    "inside": ("consult/domain/rounds/rules.py", "import consult.domain.rounds.queries"),
    "surfaces": ("consult/blueprints/public/views/pages.py", "import consult.blueprints.desk"),
    "edges-without-models": (
        "consult/blueprints/public/views/pages.py",
        "import consult.domain.rounds.models",
    ),
    "services-without-foreign-models": (
        "consult/domain/organisations/service/registering.py",
        "import consult.domain.accounts.models",
    ),
    "no-web-inside": ("consult/domain/rounds/rules.py", "import flask"),
    "owner-weasyprint": ("consult/domain/rounds/rules.py", "import weasyprint"),
    "owner-typst": ("consult/domain/rounds/rules.py", "import typst"),
    "owner-xlsxwriter": ("consult/domain/rounds/rules.py", "import xlsxwriter"),
    "owner-calamine": ("consult/domain/rounds/rules.py", "import python_calamine"),
    "owner-docx": ("consult/domain/rounds/rules.py", "import docx"),
    "owner-pptx": ("consult/domain/rounds/rules.py", "import pptx"),
    "owner-pictures": ("consult/kernel/ids.py", "import segno"),
    "owner-pdfium": ("consult/domain/rounds/rules.py", "import pypdfium2"),
    "owner-smtp": ("consult/domain/notifications/rendering.py", "import smtplib"),
    "owner-stemmer": ("consult/domain/rounds/rules.py", "import Stemmer"),
    "owner-learning": ("consult/domain/rounds/rules.py", "import sklearn"),
    "owner-rensa": ("consult/domain/rounds/rules.py", "import rensa"),
    "learner-by-name": (
        "consult/domain/rounds/rules.py",
        "import consult.domain.coding.suggesting.learning",
    ),
    "owner-icalendar": ("consult/domain/rounds/rules.py", "import icalendar"),
    "owner-queue": ("consult/cli/database.py", "import huey"),
    "no-cycles": ("consult/kernel/clock.py", "import consult.kernel.text.plain"),
}


OWNERS = [contract for contract in BREACHES if contract.startswith("owner-")]
"""Each is about one library of its own, so that all can be broken and looked at together."""

TOGETHER = [OWNERS, *([contract] for contract in BREACHES if contract not in OWNERS)]


def _lint(folder: Path, contracts: list[str]) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    for contract in contracts:
        command += ["--contract", contract]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _append(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text()}\n{line}\n")


def test_every_contract_has_a_breach():
    settings = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert {contract["id"] for contract in settings["contracts"]} == set(BREACHES)


@pytest.mark.parametrize("contracts", TOGETHER, ids=lambda contracts: contracts[0])
def test_breach_is_caught(contracts: list[str], tmp_path: Path):
    shutil.copytree(
        TOP / "consult",
        tmp_path / "consult",
        ignore=shutil.ignore_patterns("static", "templates", "__pycache__"),
    )
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    for contract in contracts:
        file, line = BREACHES[contract]
        _append(tmp_path / file, line)
    if contracts == ["no-cycles"]:
        _append(tmp_path / "consult/kernel/text/plain.py", "import consult.kernel.clock")
    result = _lint(tmp_path, contracts)
    assert result.returncode == 1
    assert f"Contracts: 0 kept, {len(contracts)} broken." in result.stdout, result.stdout
