"""The harness: one database per run, one transaction per test, the clock frozen by a marker.

``CONSULT_TEST_DB`` chooses ``sqlite`` (default) or ``postgresql`` (a real server from a wheel).
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser

from consult import create_app
from consult.config import Settings
from consult.db import db
from consult.domain.accounts import service as accounts
from tests.support.browser import launched_browser
from tests.support.databases import database_url
from tests.support.factories import Factory
from tests.support.kept import kept, settle_memory
from tests.support.page_client import PageClient
from tests.support.transactions import rolled_back

BACKEND = os.environ.get("CONSULT_TEST_DB", "sqlite")


def pytest_collection_finish() -> None:
    settle_memory()


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def settings(instance: Path) -> Settings:
    return Settings(
        instance=instance,
        database_url=database_url(BACKEND, instance),
        secret_key="a key for tests only",
        queue="immediate",
        testing=True,
    )


@pytest.fixture(scope="session")
def session_app(settings: Settings) -> Iterator[Flask]:
    """The application over an empty database with every table."""
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(session_app: Flask) -> Iterator[Flask]:
    """The application, inside one transaction that is rolled back after the test."""
    with rolled_back(session_app):
        yield session_app


@pytest.fixture(scope="session", autouse=True)
def _weak_passwords() -> Iterator[None]:
    """Hash with as little work as argon2 allows: what is slow for thieves is slow for tests."""
    with pytest.MonkeyPatch.context() as patch:
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(accounts, "_hasher", weak)
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Every application that a test makes takes a compiled template from where it is kept."""
    compiled = FileSystemBytecodeCache(str(kept("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": compiled})
        yield


@pytest.fixture(autouse=True)
def _frozen_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("at")
    if marker is None:
        yield
        return
    with time_machine.travel(datetime.fromisoformat(marker.args[0]), tick=False):
        yield


@pytest.fixture
def make(app: Flask) -> Factory:
    """Makes whatever a test needs: ``make.round(...)``, ``make.submission(...)``, …"""
    return Factory()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor's browser without scripts, which checks every page it is shown."""
    return PageClient(app)


@pytest.fixture
def new_client(app: Flask):
    """Makes further browsers, each with its own cookies."""
    return lambda: PageClient(app)


@pytest.fixture(scope="session")
def running_browser() -> Iterator[Browser]:
    """One Chromium for the whole run: Playwright allows one driver in a process."""
    with launched_browser() as browser:
        yield browser
