"""Commands that run the installation: web and worker, together or each alone."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click
from flask import current_app

from consult.cli.database import upgrade_database
from consult.cli.output import fail, in_app
from consult.config import Settings
from consult.demo.loader import is_empty, load_demo, persona_lines
from consult.kernel.i18n import LOCALES

_TOP = Path(__file__).parent.parent.parent
_START_SECONDS = 30
_STOP_SECONDS = 30  # longer than a mail server may take to answer
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class _Ended(BaseException):
    """Somebody pressed Ctrl-C, or the service manager asked us to stop."""


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _Ended


@click.command(epilog="Example: PORT=8080 consult serve --demo")
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="Where to listen.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--demo", is_flag=True, help="Load the demo first if the database is empty.")
@in_app
def serve(*, port: int, host: str, demo: bool) -> None:
    """Migrate, then serve the pages and run the worker until Ctrl-C."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.shows_local_inbox and host not in _LOOPBACK:
        fail(f"The local inbox serves this machine only: set CONSULT_MAIL_URL to listen on {host}.")
    _refuse_taken_port(host, port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    upgrade_database()
    if demo and is_empty():
        click.echo("Loading the demo …")
        load_demo()
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_start_web(host, port))
        children.append(_start_worker(port))
        _wait_until_served(host, port, children)
        _greet(settings, port)
        _watch(children)
    except _Ended:
        click.echo("Stopping …")
    finally:
        _stop(children)


@click.command(epilog="Example: consult worker")
@in_app
def worker() -> None:
    """Run only the worker: sends mail, moves rounds by the clock, builds documents."""
    queue = current_app.extensions["jobs"].huey
    queue.create_consumer(workers=1, initial_delay=0.2, max_delay=2.0, graceful_signal="TERM").run()


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            fail(f"Port {port} is taken. Choose another: PORT={port + 1} make run.")


def _start_web(host: str, port: int) -> subprocess.Popen[bytes]:
    options = ["--bind", f"{host}:{port}", "--workers", "2", "--threads", "4", "--preload"]
    quiet = ["--log-level", "warning", "--chdir", str(_TOP)]
    return subprocess.Popen([sys.executable, "-m", "gunicorn", *options, *quiet, "wsgi:app"],
                            env=_environment(port), start_new_session=True)  # fmt: skip


def _start_worker(port: int) -> subprocess.Popen[bytes]:
    code = "from consult.cli import main; main(['worker'])"
    return subprocess.Popen([sys.executable, "-c", code], cwd=_TOP, env=_environment(port),
                            start_new_session=True)  # fmt: skip


def _environment(port: int) -> dict[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    return {
        **os.environ,
        "CONSULT_INSTANCE": str(settings.instance),
        "CONSULT_BASE_URL": os.environ.get("CONSULT_BASE_URL", f"http://localhost:{port}"),
    }


def _wait_until_served(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    """Return when the port answers; fail when the web server ends or takes too long."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if children[0].poll() is not None:
            fail("The web server did not start; its message stands above.")
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    fail(f"The web server did not answer within {_START_SECONDS} seconds.")


def _greet(settings: Settings, port: int) -> None:
    address = f"http://localhost:{port}"
    click.echo(f"\nconsult is ready: {address}   (languages: {', '.join(LOCALES)})")
    if settings.shows_local_inbox:
        click.echo(f"Mail ends here:   {address}/inbox")
    for line in persona_lines():
        click.echo(line)
    click.echo("Ctrl-C stops it.\n")


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    """Return never: fail when a child ends by itself, until a signal ends the waiting."""
    while True:
        if any(child.poll() is not None for child in children):
            fail("The web server or the worker ended by itself; both are stopped now.")
        time.sleep(0.2)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
