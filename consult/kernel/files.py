"""The object store: immutable files under the instance folder, named by their own hash."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from consult.kernel.ids import content_digest, new_public_id

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileStore:
    """Files by SHA-256; the same content is kept once and never changed."""

    root: Path

    def save(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hexadecimal."""
        digest = content_digest(content)
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, content)
        return digest

    def save_stream(self, stream: BinaryIO) -> str:
        """Keep what a stream holds from where it stands, without holding it all in memory."""
        self.root.mkdir(parents=True, exist_ok=True)
        partial = self.root / f".{new_public_id()}"
        hashing = hashlib.sha256()
        try:
            with partial.open("wb") as file:
                while chunk := stream.read(_CHUNK):
                    hashing.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            path = self._path(hashing.hexdigest())
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.rename(path)
        finally:
            partial.unlink(missing_ok=True)
        return hashing.hexdigest()

    def adopt(self, digest: str, source: "FileStore") -> None:
        """Keep a file here as well that another store has. Raises ``FileNotFoundError``."""
        path = self._path(digest)
        if not path.exists():
            with source.open(digest) as stream:
                self.save_stream(stream)

    def has(self, digest: str) -> bool:
        """Whether a file is kept under a hash."""
        return self._path(digest).exists()

    def open(self, digest: str) -> BinaryIO:
        """The file kept under a hash, to be read bit by bit. Raises ``FileNotFoundError``."""
        return self._path(digest).open("rb")

    def read(self, digest: str) -> bytes:
        """The bytes kept under a hash. Raises ``FileNotFoundError`` when there are none."""
        return self._path(digest).read_bytes()

    def remove(self, digest: str) -> None:
        """Forget what is kept under a hash; nothing happens when there is none."""
        try:
            self._path(digest).unlink(missing_ok=True)
        except FileNotFoundError:
            return

    def part(self, name: str) -> "FileStore":
        """A store of its own inside this one, for files that are not kept for good yet."""
        return FileStore(self.root / name)

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest


@dataclass(frozen=True, slots=True)
class PartialFiles:
    """Files that come in pieces, by a name of ours, until the last piece is there."""

    root: Path

    def write(self, name: str, offset: int, piece: bytes) -> None:
        """Put a piece at its place; what stood behind it is gone, as after a write that failed."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._path(name).open("r+b" if self._path(name).exists() else "w+b") as file:
            file.seek(offset)
            file.write(piece)
            file.truncate()

    def open(self, name: str) -> BinaryIO:
        """What has come so far, to be read. Raises ``FileNotFoundError``."""
        return self._path(name).open("rb")

    def remove(self, name: str) -> None:
        """Forget a file."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not name.isalnum():
            raise FileNotFoundError(name)
        return self.root / name


@dataclass(frozen=True, slots=True)
class DerivedStore:
    """Files that can be made again from what is stored, kept to spare the making.

    The folder may be emptied at any time. Nothing is archived here, and no backup needs it.
    """

    root: Path

    def fetch(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The file that belongs to a key, which is made and kept when there is none yet.

        Args:
            key: A hash of all that the file is made from, in hexadecimal.
            make: Makes it.
        """
        path = self.root / key[:2] / key
        if path.exists():
            return path.read_bytes()
        content = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, content)
        return content


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it, also when two write it at once."""
    partial = path.with_suffix(f".{new_public_id()}")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
