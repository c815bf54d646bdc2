"""The command that brings in meetings, and the file it reads."""

import json

import pytest
from click.testing import CliRunner

from consult.cli import main
from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.importing import import_meeting
from consult.domain.meetings.queries import list_meetings
from consult.domain.rounds.errors import FileRejected
from consult.kernel.clock import to_oslo, utc_now
from tests.support.factories import Factory

CAFE = """
kind = "dialogue_cafe"
title = "Dialogkafé i Solvik"
place = "Biblioteket"
organiser = "Lokalkontoret"
day = 2026-03-03
from = "18:00"
to = "20:30"
questions = ["q1"]
prompts = ["Hva savner dere?"]
organisations = ["departementet"]
[participants]
anonymous_participant = 12
[[groups]]
host = "Bord 1"
approved = true
[[groups.notes]]
prompt = 2
time = "18:20"
wording = "verbatim"
text = "En åpen dør."
[[groups]]
[[groups.notes]]
text = "Flere ville ha tid."
"""


@pytest.fixture
def run(tmp_path, install):
    """Runs a command line over an installation with one round."""
    make = Factory()
    install(lambda: make.round(slug="rom", owner=make.organisation(slug="departementet")))
    file = tmp_path / "cafe.toml"

    def run(source: str, *options: str, code: int = 0) -> str:
        file.write_text(source)
        words = ["meeting", "import", str(file), "--round", "rom", *options]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_a_file_becomes_a_meeting_and_no_answer(run):
    refused = run(CAFE, "--approve", code=1)
    assert "Not approved by" in refused
    assert "Nothing was imported." in refused
    text = run(CAFE)
    assert "Dialogkafé i Solvik: 2 groups, 2 notes, 12 participants, open" in text
    approved = CAFE.replace("[[groups]]\n[[groups.notes]]\ntext", "[[groups.notes]]\ntext")
    data = json.loads(run(approved, "--approve", "--json"))
    assert (data["groups"], data["notes"], data["state"], data["number"]) == (1, 2, "validated", 1)
    result = CliRunner().invoke(main, ["round", "show", "rom", "--json"])
    assert json.loads(result.output)["received"] == 0
    missing = CliRunner().invoke(main, ["meeting", "import", "nowhere.toml", "--round", "rom"])
    assert missing.exit_code == 1


def test_what_is_read_is_what_was_written(make):
    round_ = make.round(owner=make.organisation(slug="departementet"))
    meeting = import_meeting(round_, CAFE, by=SYSTEM, at=utc_now())
    note = meeting.groups[0].notes[0]
    assert (note.prompt.text, note.wording.value, note.body) == (
        "Hva savner dere?", "verbatim", "En åpen dør.",
    )  # fmt: skip
    assert to_oslo(note.written_at).strftime("%d.%m. %H:%M") == "03.03. 18:20"
    assert meeting.groups[0].approved_at is not None
    assert meeting.groups[1].approved_at is None
    assert meeting.groups[1].notes[0].prompt is None


BROKEN = """
kind = "party"
title = " "
organiser = "Kontoret"
day = "tirsdag"
from = "25:00"
to = "20:30"
speed = 3
questions = ["q9"]
organisations = ["ingen"]
[participants]
trolls = 3
union = 0
[[groups]]
[[groups.notes]]
prompt = 4
text = "Hun har 13097248022."
"""


def test_every_problem_is_told_with_its_place_and_nothing_is_kept(make):
    round_ = make.round()
    with pytest.raises(FileRejected) as rejected:
        import_meeting(round_, BROKEN, by=SYSTEM, at=utc_now())
    assert {problem.place for problem in rejected.value.problems} == {
        "speed", "kind", "title", "place", "day", "from", "questions", "organisations",
        "participants.trolls", "participants.union",
        "groups[1].notes[1].text", "groups[1].notes[1].prompt",
    }  # fmt: skip
    assert not list_meetings(round_.id)
    for source in ("kind = ", "title = 'x'"):
        with pytest.raises(FileRejected):
            import_meeting(round_, source, by=SYSTEM, at=utc_now())
