"""An administrator's browser."""

import pytest


@pytest.fixture
def admin_person(make):
    return make.person(name="Ada Ministrator", email="ada@consult.example", is_admin=True)


@pytest.fixture
def admin(client, admin_person):
    return client.sign_in(admin_person)
