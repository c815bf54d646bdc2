"""Counting the statements that a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from consult.db import db


class QueryCount:
    """How many statements were sent, and which."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __int__(self) -> int:
        return len(self.statements)


@contextmanager
def count_queries() -> Iterator[QueryCount]:
    """Count what is sent inside; savepoints are the harness's own and not counted."""
    count = QueryCount()
    connection = db.engine

    def note(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        if "SAVEPOINT" not in statement:
            count.statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(connection, "before_cursor_execute", note)
