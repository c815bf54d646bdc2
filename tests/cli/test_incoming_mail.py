"""The command that takes mails in."""

import json

import pytest
from click.testing import CliRunner

from consult.cli import main
from tests.domain.intake.mails import mail
from tests.support.factories import Factory


@pytest.fixture
def run(install):
    """Runs the command over a database of its own with one round."""
    install(lambda: Factory().round(slug="apne-dorer"))

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
