"""The migrations lead to exactly the models, up and down, with data in the tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade, upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, func, inspect, select, table

from consult.db import Base
from tests.conftest import BACKEND
from tests.support.databases import database_url

ROWS = """
INSERT INTO organisation (id, public_id, slug, name, actor_type, language, created_at)
VALUES (1, 'aaaaaaaaaaaa', 'eier', 'Eier', 'directorate', 'nb', '2026-01-01');
INSERT INTO person (id, public_id, email, name, is_admin, session_epoch, created_at)
VALUES (1, 'bbbbbbbbbbbb', 'kari@consult.example', 'Kari', false, 0, '2026-01-01');
INSERT INTO membership (public_id, person_id, organisation_id, role, starts_at)
VALUES ('cccccccccccc', 1, 1, 'coordinator', '2026-01-01');
INSERT INTO round (id, public_id, slug, owner_id, type, status, languages, title, introduction,
    influence, settled, contact, opens_at, closes_at, last_number, created_at)
VALUES (1, 'dddddddddddd', 'runde', 1, 'hearing', 'open', '["nb"]', '{"nb": "Runde"}', '{}',
    '{}', '{}', '{}', '2026-01-01', '2026-04-01', 0, '2026-01-01');
INSERT INTO question (id, public_id, round_id, key, position, kind, is_required, text, help,
    option_data)
VALUES (1, 'eeeeeeeeeeee', 1, 'q1', 1, 'open', false, '{"nb": "Hva?"}', '{}', '[]');
INSERT INTO former_wording (question_id, number, title, text, option_data, replaced_at, replaced_by)
VALUES (1, 1, '{}', '{"nb": "Kva?"}', '[]', '2026-02-01', 'person:bbbbbbbbbbbb')
"""
"""Rows of the first tables that point at one another, among them what goes when its owner goes."""

TABLES = ("organisation", "person", "membership", "round", "question", "former_wording")


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(database_url(BACKEND, tmp_path, tables=False))
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
        for statement in ROWS.split(";"):
            connection.exec_driver_sql(statement)
    revisions = list(ScriptDirectory.from_config(_config(None)).walk_revisions())
    for revision in revisions[:-1]:
        _run(engine, downgrade, revision.down_revision)
        _all_rows_stand(engine)
    _run(engine, upgrade, "head")
    _all_rows_stand(engine)
    _run(engine, downgrade, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def _all_rows_stand(engine: Engine) -> None:
    with engine.connect() as connection:
        for name in TABLES:
            assert connection.scalar(select(func.count()).select_from(table(name))) == 1, name


def test_one_head():
    assert len(ScriptDirectory.from_config(_config(None)).get_heads()) == 1
