"""Requests whose texts every database can keep."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict


class TextsWithoutNul(ImmutableMultiDict[str, Any]):
    """Values of a form or an address without NUL, which comes along from broken documents.

    PostgreSQL refuses it in a text, and there is no reader whom it tells anything.
    """

    def __init__(self, values: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        pairs = MultiDict(values or ()).items(multi=True)
        super().__init__(
            (name, value.replace("\x00", "") if isinstance(value, str) else value)
            for name, value in pairs
        )


class PlainRequest(Request):
    """A request as :class:`TextsWithoutNul` has it."""

    parameter_storage_class = TextsWithoutNul
