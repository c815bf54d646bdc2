"""Counting queries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event

from consult.db import session
from tests.support.page_client import PageClient


@dataclass
class Queries:
    """The statements that were sent to the database."""

    statements: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.statements)


@contextmanager
def count_queries() -> Iterator[Queries]:
    """Counts what is sent to the database inside; savepoints are no queries."""
    queries = Queries()

    def note(_connection, _cursor, statement, *_rest) -> None:
        queries.statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield queries
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def queries_of(client: PageClient, path: str, *, add: Callable[[], object]) -> tuple[int, int]:
    """How many queries a page takes, before and after ``add`` has been done twice more."""
    counts = []
    for _ in range(2):
        session().expire_all()
        with count_queries() as count:
            client.get(path)
        counts.append(count.number)
        add()
        add()
    return counts[0], counts[1]
