"""The client of clamd, against a server on a real socket."""

from io import BytesIO

import pytest

from consult.kernel.clamd import Clamd, ScannerUnavailable
from tests.support.clamd import EICAR, LIMIT, running_clamd


def test_clean_infected_and_too_large():
    with running_clamd() as address:
        scanner = Clamd(address, timeout=5)
        assert scanner.scan(BytesIO(b"Vi svarer gjerne.")) is None
        assert scanner.scan(BytesIO(b"")) is None
        across_pieces = b" " * (256 * 1024 - 20) + EICAR
        assert scanner.scan(BytesIO(across_pieces)) == "Eicar-Test-Signature"
        with pytest.raises(ScannerUnavailable):
            scanner.scan(BytesIO(b" " * (LIMIT + 1_000_000)))


def test_nobody_there(tmp_path):
    with running_clamd() as address:
        gone = address
    for nowhere in (gone, str(tmp_path / "clamd.sock")):
        with pytest.raises(ScannerUnavailable):
            Clamd(nowhere, timeout=1).scan(BytesIO(b"x"))
