"""What the tests of the desk share."""

import pytest

from consult.domain.organisations.types import Role


@pytest.fixture
def owner(make):
    """An organisation that asks."""
    return make.organisation(name="Solvik kommune", slug="solvik")


@pytest.fixture
def desk(client, make, owner):
    """The browser of a coordinator of the owner."""
    return client.sign_in(make.member(owner, Role.COORDINATOR))
