"""Somebody who answers."""

import pytest

from tests.blueprints.respond.answering import Answering


@pytest.fixture
def answering(client, make) -> Answering:
    """A visitor's browser that can begin and go through an answer."""
    return Answering(client, make)
