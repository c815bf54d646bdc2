"""The object store: immutable files under the instance folder, named by their own hash."""

from dataclasses import dataclass
from pathlib import Path

from consult.kernel.ids import content_digest


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
            partial = path.with_suffix(".partial")
            partial.write_bytes(content)
            partial.rename(path)
        return digest

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
