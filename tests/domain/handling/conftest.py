"""A team of two, and a round with answers."""

import pytest

from consult.domain.organisations.types import Role


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer")


@pytest.fixture
def sara(make, round_):
    return make.actor(make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie"))


@pytest.fixture
def ola(make, round_):
    return make.actor(make.member(round_.owner, Role.COORDINATOR, name="Ola Berg"))
