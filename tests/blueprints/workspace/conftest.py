"""An organisation with somebody who coordinates it."""

import pytest

from consult.domain.organisations.types import Role


@pytest.fixture
def body(make):
    return make.organisation(slug="solvik", name="Solvik")


@pytest.fixture
def coordinator(client, make, body):
    """The browser of Solvik's only coordinator."""
    return client.sign_in(make.member(body, Role.COORDINATOR, name="Kari Nes"))
