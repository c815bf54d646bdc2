"""Commands that run the installation: web and worker, together or each alone."""

import gc
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from contextvars import Context
from dataclasses import replace
from multiprocessing.process import BaseProcess
from types import FrameType

import click
from flask import Flask, current_app
from gunicorn.app.base import BaseApplication

from consult import create_app
from consult.cli.database import upgrade_database
from consult.cli.output import fail, in_app
from consult.config import Settings
from consult.db import db
from consult.demo.loader import is_empty, load_demo, persona_lines
from consult.kernel.i18n import LOCALES

_FORK = multiprocessing.get_context("fork")
_START_SECONDS = 30
_STOP_SECONDS = 30  # longer than a mail server may take to answer
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_received: list[int] = []  # signals that came since the start


class _Ended(Exception):
    """Somebody pressed Ctrl-C, or the service manager asked us to stop."""


def _note(number: int, _frame: FrameType | None) -> None:
    """Only noted: an exception out of a handler is lost where Python expects none, as in a fork."""
    _received.append(number)


def _end_if_asked() -> None:
    if _received:
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
    for number in _SIGNALS:
        signal.signal(number, _note)
    upgrade_database()
    lacks_demo = demo and is_empty()
    db.session.remove()
    db.engine.dispose()  # a connection must not be shared with the children
    served, children = _served_settings(port), list[BaseProcess]()
    try:
        if lacks_demo:
            click.echo("Loading the demo …")
            _wait_until_loaded(_start(_load_demo, served))
        children.append(_start(_serve_pages, served, host, port))
        children.append(_start(_work, served))
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
    _run_worker(current_app._get_current_object())  # type: ignore[attr-defined]


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            fail(f"Port {port} is taken. Choose another: PORT={port + 1} make run.")


class _Web(BaseApplication):
    """Gunicorn over an application that is made once and shared by the workers."""

    def __init__(self, settings: Settings, bind: str) -> None:
        self._settings = settings
        self._bind = bind
        super().__init__()

    def load_config(self) -> None:
        """Two workers of four threads each."""
        options = {"bind": self._bind, "workers": 2, "threads": 4, "preload_app": True}
        for name, value in {**options, "loglevel": "warning"}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application the workers serve."""
        app = create_app(self._settings)
        gc.freeze()  # as in wsgi.py
        return app


def _serve_pages(settings: Settings, host: str, port: int) -> None:
    _Web(settings, f"{host}:{port}").run()


def _work(settings: Settings) -> None:
    _run_worker(create_app(settings))


def _load_demo(settings: Settings) -> None:
    """Fill the database; in a child, for the threads that set its report would not be forked."""
    with create_app(settings).app_context():
        load_demo()


def _run_worker(app: Flask) -> None:
    queue = app.extensions["jobs"].huey
    queue.create_consumer(workers=1, initial_delay=0.2, max_delay=2.0, graceful_signal="TERM").run()


def _start(run: Callable[..., None], *arguments: object) -> BaseProcess:
    """A child that shares the code this process has loaded, so that it starts at once."""
    child = _FORK.Process(target=_detached, args=(run, *arguments))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # until the child can take them
    try:
        child.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return child


def _detached(run: Callable[..., None], *arguments: object) -> None:
    """Run out of reach of the terminal's Ctrl-C and of the application that started this."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    os.setsid()
    Context().run(run, *arguments)


def _served_settings(port: int) -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    if "CONSULT_BASE_URL" in os.environ:
        return settings
    return replace(settings, base_url=f"http://localhost:{port}")


def _wait_until_loaded(child: BaseProcess) -> None:
    """Return when the child has ended well; fail otherwise. End it when a signal comes."""
    try:
        while child.is_alive():
            _end_if_asked()
            child.join(timeout=0.2)
    finally:
        _stop_one(child)
    if child.exitcode:
        fail("The demo was not loaded; its message stands above.")


def _wait_until_served(host: str, port: int, children: list[BaseProcess]) -> None:
    """Return when the port answers; fail when the web server ends or takes too long."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        _end_if_asked()
        if not children[0].is_alive():
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


def _watch(children: list[BaseProcess]) -> None:
    """Return never: fail when a child ends by itself, until a signal ends the waiting."""
    while True:
        _end_if_asked()
        if not all(child.is_alive() for child in children):
            fail("The web server or the worker ended by itself; both are stopped now.")
        time.sleep(0.2)


def _stop(children: list[BaseProcess]) -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.is_alive():
            child.terminate()
    for child in children:
        _stop_one(child)


def _stop_one(child: BaseProcess) -> None:
    if child.is_alive():
        child.terminate()
    child.join(timeout=_STOP_SECONDS)
    if child.is_alive():
        child.kill()
        child.join()
