"""Serving: web and worker start together, answer, and stop together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult import create_app
from consult.cli import main
from consult.config import Settings

TOP = Path(__file__).parent.parent.parent
_OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")}
CONSULT = Path(sys.executable).with_name("consult")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _serve(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [CONSULT, "serve", *options],
        cwd=TOP,
        env={**_OUTSIDE, "INSTANCE": str(folder), "CONSULT_MAIL_URL": "inbox"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _children(process: subprocess.Popen[str]) -> list[str]:
    listing = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return listing.read_text().split()


def _runs(pid: str) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_serves_and_stops_cleanly(tmp_path):
    port = _free_port()
    process = _serve(tmp_path, "--port", str(port))
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    children = _children(process)
    assert f"http://localhost:{port}" in "".join(lines)
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert "Stopping" in rest
    assert children
    assert not [pid for pid in children if _runs(pid)]


@pytest.mark.once
def test_the_demo_is_loaded_with_its_published_report(tmp_path):
    port = _free_port()
    process = _serve(tmp_path, "--port", str(port), "--demo")
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    try:
        assert "torunn.aaslund@velferdsetaten.example" in "".join(lines)
        report = f"http://localhost:{port}/rounds/rom-for-lokale-kontor/reports/report"
        with urllib.request.urlopen(report, timeout=60) as answer:
            assert b"Rom for lokale kontor" in answer.read()
        for kind, begins in (("pdf", b"%PDF-"), ("docx", b"PK"), ("pptx", b"PK")):
            with urllib.request.urlopen(f"{report}/editions/1/files/{kind}", timeout=60) as answer:
                assert answer.read().startswith(begins)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


def test_a_signal_during_the_start_leaves_nothing_behind(tmp_path):
    process = _serve(tmp_path, "--port", str(_free_port()))
    children: list[str] = []
    while not children and process.poll() is None:
        children = _children(process)
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)  # each of the two may take 30 seconds to finish its work
    assert children
    assert not [pid for pid in children if _runs(pid)]


@pytest.fixture
def refused(tmp_path, lend_app):
    """What ``serve`` says when it does not start; nothing of it needs a process of its own."""
    settings = Settings(instance=tmp_path, mail_url="inbox", secret_key="a key for tests only")
    lend_app(create_app(settings))

    def refused(*options: str) -> str:
        result = CliRunner().invoke(main, ["serve", *options])
        assert result.exit_code == 1
        return result.output

    return refused


def test_a_taken_port_is_one_line(refused):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        text = refused("--port", str(port))
    assert re.search(rf"Port {port} is taken\. Choose another: PORT={port + 1}", text)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7"])
def test_the_local_inbox_is_not_served_to_the_network(refused, host):
    assert "CONSULT_MAIL_URL" in refused("--port", str(_free_port()), "--host", host)
