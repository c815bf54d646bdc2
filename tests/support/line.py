"""A phone that loses contact, and what lies on it."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from flask import Response
from playwright.sync_api import Page

from tests.support.live import LiveServer

ENTRIES = """() => new Promise((resolve) => {
  const opening = indexedDB.open("consult");
  opening.onsuccess = () => {
    const db = opening.result;
    const all = db.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => {
      db.close();
      resolve(all.result.filter((entry) => entry.state !== "saved").length);
    };
  };
})"""
"""A script: how many texts lie in the browser that the server does not have."""


class Line:
    """The line between a phone and the server."""

    def __init__(self, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self._app = live_server.app
        self._patch = monkeypatch

    def cut(self, page: Page) -> None:
        """Let the browser know, and hang up on whoever asks: the service worker does not listen."""
        page.context.set_offline(True)
        self._patch.setattr(self._app, "wsgi_app", _hang_up)

    def replace(self, endpoint: str, view: Callable[[], Response]) -> None:
        """Put another view in the place of one."""
        self._patch.setitem(self._app.view_functions, endpoint, view)

    def restore(self) -> None:
        """Let the server answer others; this phone still has no coverage."""
        self._patch.undo()

    def mend(self, page: Page) -> None:
        """Bring the contact back."""
        self.restore()
        page.context.set_offline(False)


def _hang_up(environ: dict[str, Any], _start: object) -> list[bytes]:
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError


def wait_for(page: Page, question: str, argument: str | None = None) -> None:
    """Ask until the answer is yes; ``wait_for_function`` takes a promise itself for a yes."""
    for _attempt in range(100):
        if page.evaluate(question, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {question} ({argument})")
