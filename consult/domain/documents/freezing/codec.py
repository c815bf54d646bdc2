"""The canonical form of frozen data: JSON there and back, its hash, and its packed form.

Equal data give equal bytes. Fields that hold their default are left out, so that data which were
frozen before a field existed keep their hash and are read with the default.
"""

import dataclasses
import json
import types
import typing
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from consult.domain.documents.building.data import SummaryData
from consult.domain.documents.errors import UnknownFormat
from consult.kernel.ids import content_digest

FORMAT = "consult-snapshot"
VERSION = 1
"""Raised when stored data would no longer be read the same; older ones are then converted."""

_COMPRESSION = 6  # of 9: a level more costs twice the time for a hundredth of the size

_Read = Callable[[Any], Any]


def to_bytes(data: SummaryData) -> bytes:
    """The data as canonical JSON: sorted keys, no spaces, moments in UTC."""
    content = {"format": FORMAT, "version": VERSION, "data": _encode(data)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def from_bytes(content: bytes) -> SummaryData:
    """The data of canonical JSON. Raises :class:`UnknownFormat` for anything else."""
    try:
        read = json.loads(content)
    except ValueError as error:
        raise UnknownFormat("not JSON", str(error)) from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise UnknownFormat("not frozen data", type(read).__name__)
    if read.get("version") != VERSION:
        raise UnknownFormat("another version", read.get("version"))
    try:
        data: SummaryData = _reader(SummaryData)(read.get("data"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnknownFormat("malformed", str(error)) from error
    return data


def data_hash(content: bytes) -> str:
    """SHA-256 of the canonical JSON in hexadecimal: equal exactly when the data are equal."""
    return content_digest(content)


def pack(content: bytes) -> bytes:
    """The bytes as they are stored."""
    return zlib.compress(content, _COMPRESSION)


def unpack(stored: bytes) -> bytes:
    """What was packed. Raises :class:`UnknownFormat` for anything else."""
    try:
        return zlib.decompress(stored)
    except zlib.error as error:
        raise UnknownFormat("not packed", str(error)) from error


def _encode(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _encode(part) for key, part in value.items()}
    return {
        name: _encode(part)
        for name, default in _fields(value.__class__)
        if (part := getattr(value, name)) != default
    }


@cache
def _fields(cls: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a class with their defaults; ``MISSING``, which equals nothing, for none."""
    return tuple((field.name, field.default) for field in dataclasses.fields(cls))


@cache
def _reader(hint: Any) -> _Read:
    """What turns the JSON of a value of this type into the value."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return _optional_reader(arguments)
    if origin is tuple:
        part = _reader(arguments[0])
        return lambda value: tuple([part(one) for one in value])
    if origin is Mapping:
        key, part = (_reader(one) for one in arguments)
        return lambda value: {key(name): part(one) for name, one in value.items()}
    if hint in {datetime, date}:
        return typing.cast("_Read", hint.fromisoformat)
    if dataclasses.is_dataclass(hint):
        return _class_reader(hint)
    if issubclass(hint, StrEnum):
        return typing.cast("_Read", hint)
    return lambda value: value


def _optional_reader(arguments: tuple[Any, ...]) -> _Read:
    [kept] = [one for one in arguments if one is not types.NoneType]
    read = _reader(kept)
    return lambda value: None if value is None else read(value)


def _class_reader(cls: Any) -> _Read:
    hints = typing.get_type_hints(cls)
    readers = {name: _reader(hints[name]) for name, _default in _fields(cls)}
    return lambda value: cls(**{name: readers[name](part) for name, part in value.items()})
