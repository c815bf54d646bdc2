"""What the tests of intake share."""

import pytest

from consult.domain.intake.recognise import recognise
from tests.domain.intake.letters import WRITERS


@pytest.fixture(scope="session")
def read():
    """Writes an invented letter in a format and reads it again, once for all tests that ask."""
    known = {}

    def reader(letter, form):
        if (letter.name, form) not in known:
            content = WRITERS[form](letter)
            known[letter.name, form] = recognise(
                content, filename=f"svar.{form}", limit_bytes=5_000_000
            )
        return known[letter.name, form]

    return reader
