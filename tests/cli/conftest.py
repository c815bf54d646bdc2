"""What the tests of the commands share."""

from collections.abc import Callable

import pytest
from flask import Flask

from consult.cli import output


@pytest.fixture
def lend_app(monkeypatch) -> Callable[[Flask], None]:
    """Lets every command of a test use the test's own app: making one anew takes longer than most.

    That an app is made from the environment is shown by the commands that run as processes.
    """
    return lambda app: monkeypatch.setattr(output, "create_app", lambda: app)
