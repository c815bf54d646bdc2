"""``consult document build`` in a process of its own."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner

from consult import create_app
from consult.cli import main
from consult.config import Settings
from consult.db import Base, db, transaction
from consult.kernel.clock import utc_now
from tests.support.coded import receive
from tests.support.factories import Factory

TOP = Path(__file__).parent.parent.parent
CONSULT = Path(sys.executable).with_name("consult")


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one round and one answer."""
    folder = tmp_path_factory.mktemp("installation")
    app = create_app(Settings(instance=folder, secret_key="a key for tests only", testing=True))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            round_ = Factory().round(slug="open-doors", closes_at=utc_now() + timedelta(days=3))
            receive(round_, "Døra må være åpen.", name="Čáhppesjohka gielda")
        db.session.remove()
        db.engine.dispose()
    return folder


def run(instance: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")
    } | {"CONSULT_INSTANCE": str(instance), "CONSULT_SECRET_KEY": "a key for tests only"}
    return subprocess.run(
        [CONSULT, "document", "build", *arguments],
        cwd=TOP, env=environment, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip


def test_it_writes_every_format_and_tells_what(instance, tmp_path):
    formats = [part for name in ("pdf", "html", "docx", "pptx") for part in ("--format", name)]
    result = run(instance, "--round", "open-doors", *formats, "--locale", "en",
                 "--out", str(tmp_path / "new"), "--json")  # fmt: skip
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    paper, web, *office = told["files"]
    assert all(Path(one["path"]).read_bytes().startswith(b"PK") for one in office)
    assert Path(paper["path"]).read_bytes().startswith(b"%PDF-")
    assert Path(paper["path"]).name == "open-doors-summary-en.pdf"
    assert paper["pages"] >= 5
    assert len(paper["sha256"]) == len(told["tree"]) == 64
    page = Path(web["path"]).read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<style>" in page
    assert "Čáhppesjohka gielda" in page
    assert "src=" not in page
    assert '<link rel="stylesheet"' not in page


@pytest.fixture
def run_here(instance, lend_app):
    """Runs the command in this process, which is quicker and enough to see what it refuses."""
    settings = Settings(instance=instance, secret_key="a key for tests only", testing=True)
    app = create_app(settings)
    lend_app(app)
    yield lambda *arguments: CliRunner().invoke(main, ["document", "build", *arguments])
    with app.app_context():
        db.engine.dispose()


def test_an_unknown_round_is_one_line(run_here):
    result = run_here("--round", "nowhere")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "Error: There is no round 'nowhere'. Nothing was written.\n"


def test_a_folder_that_cannot_be_written_is_one_line(run_here, tmp_path):
    (tmp_path / "file").write_text("")
    result = run_here("--round", "open-doors", "--format", "html",
                      "--out", str(tmp_path / "file" / "below"))  # fmt: skip
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Could not write" in result.stderr
