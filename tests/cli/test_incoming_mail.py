"""The command that takes mails in."""

import json

import pytest
from click.testing import CliRunner

from consult import create_app
from consult.cli import main
from consult.config import read_settings
from consult.db import db, transaction
from tests.conftest import BACKEND
from tests.domain.intake.mails import mail
from tests.support.databases import database_url, prepare_database
from tests.support.factories import Factory


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command over a database of its own with one round."""
    monkeypatch.setenv("CONSULT_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("CONSULT_DATABASE_URL", database_url(BACKEND, tmp_path))
    monkeypatch.setenv("CONSULT_QUEUE", "immediate")
    for name in ("CONSULT_SOURCES", "CONSULT_TEST_DB"):  # they steer the tests, not the app
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "instance").mkdir()
    with create_app(read_settings()).app_context():
        prepare_database(db.engine)
        with transaction():
            Factory().round(slug="apne-dorer")
        db.session.remove()
        db.engine.dispose()

    def run(*arguments, code=0):
        command = ["submission", "import-mail", "--round", "apne-dorer", *map(str, arguments)]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_a_file_then_a_maildir_with_the_same_mail(run, tmp_path):
    (tmp_path / "svar.eml").write_bytes(mail())
    assert "Taken in: 1. Met before: 0." in run(tmp_path / "svar.eml")
    (tmp_path / "mails" / "new").mkdir(parents=True)
    (tmp_path / "mails" / "new" / "1").write_bytes(mail())
    (tmp_path / "mails" / "new" / "2").write_bytes(mail("", message_id="<2@x.example>"))
    data = json.loads(run(tmp_path / "mails", "--json"))
    assert [(one["is_new"], one["problem"]) for one in data["mails"]] == [
        (False, None),
        (True, "empty"),
    ]
    assert "is no maildir" in run(tmp_path, code=1)
    assert "Cannot read" in run(tmp_path / "nothing.eml", code=1)
