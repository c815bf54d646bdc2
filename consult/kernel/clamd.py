r"""A client of the virus scanner clamd: a stream of bytes in, the name of what was found out.

The protocol is clamd's INSTREAM (clamd(8)): ``zINSTREAM\0``, then pieces that begin with their
length in four bytes, highest first, then a piece of length 0. The answer ends with a null byte.
"""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO

_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096
_FOUND = " FOUND"


class ScannerUnavailable(Exception):
    """The scanner could not be reached, or did not say whether the file is clean."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """A scanner at an address.

    Attributes:
        address: ``host:port``, or the path of a Unix socket.
        timeout: Seconds to wait for each answer of the network.
    """

    address: str
    timeout: float = 30.0

    def scan(self, stream: BinaryIO) -> str | None:
        """The name of what is found in a stream from where it stands; ``None`` when it is clean.

        Raises ``ScannerUnavailable``; then nothing is known of the file.
        """
        try:
            with self._connect() as connection:
                connection.sendall(b"zINSTREAM\0")
                self._send(connection, stream)
                answer = _read_answer(connection)
        except OSError as error:
            raise ScannerUnavailable(type(error).__name__) from error
        return _understand(answer)

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            try:
                connection.connect(self.address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _colon, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=self.timeout)

    @staticmethod
    def _send(connection: socket.socket, stream: BinaryIO) -> None:
        """Send all pieces. A scanner that has had enough closes first; its answer says why."""
        try:
            while piece := stream.read(_PIECE):
                connection.sendall(struct.pack("!I", len(piece)))
                connection.sendall(piece)
            connection.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            return


def _read_answer(connection: socket.socket) -> str:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and not answer.endswith(b"\0"):
        if not (piece := connection.recv(_LONGEST_ANSWER)):
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _understand(answer: str) -> str | None:
    """``stream: OK`` and ``stream: <name> FOUND`` are findings; everything else is none."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return None
    if said.endswith(_FOUND):
        return said.removesuffix(_FOUND)[:200]
    raise ScannerUnavailable(said[:200] or "no answer")
