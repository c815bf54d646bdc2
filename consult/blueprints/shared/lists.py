"""Long lists: what is looked for, and which page of it is shown."""

from dataclasses import dataclass

from flask import request

from consult.kernel.text.plain import canonical

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is shown.

    Attributes:
        number: The page, from 1; never beyond the last.
        total: How many things the list holds in all.
        size: How many stand on a page.
    """

    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many things stand on the pages before."""
        return (self.number - 1) * self.size


def page_of(total: int, *, size: int = PAGE_SIZE) -> Paging:
    """The page that ``?page=`` asks for, or the nearest one that exists."""
    wanted = request.args.get("page", 1, type=int)
    last = Paging(1, total, size).pages
    return Paging(min(max(1, wanted), last), total, size)


def asked_text(name: str, *, limit: int = 200) -> str:
    """What the address asks for by this name: one line, cut, without signs no database takes."""
    return " ".join(canonical(request.args.get(name, "")).split())[:limit]
