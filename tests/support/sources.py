"""The two real answers that the platform is modelled on, and the rounds that they answer.

They lie beside the repository, not in it: in ``../shared/sources`` or the folder that
``CONSULT_SOURCES`` names. Nothing of their text stands here, and names only as digests.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.domain.intake.test_sources import FO_PEOPLE, NTL_PEOPLE, PROPOSALS, QUESTIONS

_TOP = Path(__file__).parents[2]
_FOLDER = Path(os.environ.get("CONSULT_SOURCES", _TOP.parent / "shared" / "sources"))
FO_FORMS = ("docx", "odt", "pdf")
NTL_FORMS = ("docx", "pdf")

__all__ = ["FO_FORMS", "FO_PEOPLE", "NTL_FORMS", "NTL_PEOPLE", "four_questions", "source"]


def source(name: str) -> Path:
    """A source; a test that needs it fails when it is missing."""
    path = _FOLDER / name
    assert path.exists(), f"{path} is missing: set CONSULT_SOURCES to the folder it lies in"
    return path


def four_questions(make) -> Any:
    """A round that asks the four questions, in bokmål and English."""
    round_ = make.round(questions=0, slug="fire-sporsmal")
    for number, target in enumerate(QUESTIONS, start=1):
        make.question(round_, text={"nb": target.title, "en": f"Question number {number}?"})
    return round_


def thirteen_proposals(make) -> Any:
    """A round with the thirteen proposals and no question."""
    round_ = make.round(questions=0, slug="tretten-forslag")
    for target in PROPOSALS:
        make.proposal(round_, key=str(target.number), title={"nb": target.title}, text={})
    return round_


def digests(people: Iterable[Any]) -> list[str]:
    """Signatories as :data:`FO_PEOPLE` and :data:`NTL_PEOPLE` write them."""
    return [hashlib.sha256(f"{one.name} | {one.title}".encode()).hexdigest()[:16] for one in people]
