"""The sample on paper, laid out once for all who look at it: it takes seconds."""

from pathlib import Path

import pytest

import consult
from consult.domain.documents.render.pdf import render_pdf
from tests.domain.documents.sample import sample_document


@pytest.fixture(scope="session")
def sample_pdf() -> bytes:
    """The sample as WeasyPrint lays it out."""
    return render_pdf(sample_document(), assets=Path(consult.__file__).parent / "static" / "build")
