"""Streams of a compound file (OLE), the container of Office before 2007.

Structure: [MS-CFB], Microsoft's open specification of compound files.
"""

import struct
from collections.abc import Iterator

from consult.kernel.office.errors import UnreadableFile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_IN_HEADER = 109
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""Numbers above this are no sectors: the end of a chain, or a sector that nobody uses."""


class CompoundFile:
    """A compound file, opened for reading; damage raises :class:`UnreadableFile`."""

    def __init__(self, content: bytes, *, filename: str) -> None:
        self._content, self._filename = content, filename
        if not content.startswith(SIGNATURE) or len(content) < _HEADER:
            raise UnreadableFile(filename, "no compound file")
        shift, self._short_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or self._short_shift != 6:
            raise UnreadableFile(filename, "sectors of an unknown size")
        self._size = 1 << shift
        first, self._cutoff, short_first = struct.unpack_from("<I4xII", content, 48)
        self._next = self._numbers(b"".join(map(self._sector, self._table_sectors())))
        self._short_next = self._numbers(self._chained(short_first))
        self._streams = dict(self._entries(self._chained(first)))

    @property
    def names(self) -> frozenset[str]:
        """What its streams are called."""
        return frozenset(self._streams)

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self._streams[name]
        if size >= self._cutoff:
            return self._chained(start)[:size]
        root = self._chained(self._streams["Root Entry"][0])
        width = 1 << self._short_shift
        pieces = (root[at * width :][:width] for at in self._chain(start, self._short_next))
        return b"".join(pieces)[:size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the table that says which sector follows which."""
        listed = struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76)
        yield from (one for one in listed if one < _LAST)
        (more,) = struct.unpack_from("<I", self._content, 68)
        for _step in range(len(self._content) // self._size):
            if more >= _LAST:
                return
            *listed_there, more = self._numbers(self._sector(more))
            yield from (one for one in listed_there if one < _LAST)

    def _entries(self, directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", errors="replace")
                yield name, (start, size)

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(one) for one in self._chain(start, self._next))

    def _chain(self, start: int, following: tuple[int, ...]) -> Iterator[int]:
        for _step in range(len(following)):
            if start >= _LAST:
                return
            if start >= len(following):
                raise UnreadableFile(self._filename, "a sector is missing")
            yield start
            start = following[start]

    def _sector(self, number: int) -> bytes:
        begins = (number + 1) * self._size
        if begins >= len(self._content):
            raise UnreadableFile(self._filename, "cut off")
        return self._content[begins : begins + self._size]

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(content) // 4}I", content)
