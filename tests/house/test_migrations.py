"""The migrations lead to exactly the models, up and down, with data in the tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade, upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from consult.db import Base
from tests.conftest import BACKEND
from tests.support.databases import database_url

FIRST_ROUND = """
INSERT INTO organisation (public_id, slug, name, actor_type, language, created_at)
VALUES ('aaaaaaaaaaaa', 'eier', 'Eier', 'directorate', 'nb', '2026-01-01')
"""


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(database_url(BACKEND, tmp_path))
    yield engine
    engine.dispose()


def _config(connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "consult:migrations")
    config.attributes["connection"] = connection
    return config


def _run(engine: Engine, command, revision: str) -> None:
    with engine.connect() as connection:
        command(_config(connection), revision)
        connection.commit()


def test_head_equals_models(engine):
    _run(engine, upgrade, "head")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_up_and_down_with_data(engine):
    _run(engine, upgrade, "head")
    with engine.begin() as connection:
        connection.execute(text(FIRST_ROUND))
    revisions = list(ScriptDirectory.from_config(_config(None)).walk_revisions())
    for revision in revisions[:-1]:
        _run(engine, downgrade, revision.down_revision)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT name FROM organisation")) == "Eier"
    _run(engine, upgrade, "head")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM organisation")) == "Eier"
    _run(engine, downgrade, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_one_head():
    assert len(ScriptDirectory.from_config(_config(None)).get_heads()) == 1
