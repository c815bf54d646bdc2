"""Transactions on a real database of their own, as in production: no harness around them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consult.db import db, savepoint, session, transaction
from consult.domain.accounts.models import Person
from consult.kernel.clock import utc_now
from tests.conftest import BACKEND
from tests.support.live import make_live_app


@pytest.fixture
def app(tmp_path) -> Iterator[Flask]:
    app = make_live_app(tmp_path, BACKEND)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _person(email: str) -> Person:
    return Person(email=email, name="Kari", created_at=utc_now())


def _emails() -> list[str]:
    return list(session().scalars(select(Person.email).order_by(Person.email)))


def test_a_savepoint_without_an_earlier_write_commits_nothing(app):
    with pytest.raises(ZeroDivisionError), transaction():
        with savepoint():
            session().add(_person("a@consult.example"))
        raise ZeroDivisionError
    assert _emails() == []


def test_what_fails_in_a_savepoint_leaves_the_rest(app):
    with transaction():
        session().add(_person("a@consult.example"))
        session().flush()
        with pytest.raises(IntegrityError), savepoint():
            session().add(_person("a@consult.example"))
        session().add(_person("b@consult.example"))
    assert _emails() == ["a@consult.example", "b@consult.example"]


def test_an_error_carries_nothing_that_was_written(app):
    with transaction():
        session().add(_person("a@consult.example"))
    with pytest.raises(IntegrityError) as caught, transaction():
        session().add(_person("a@consult.example"))
    assert "a@consult.example" not in str(caught.value).split("DETAIL")[0]
