"""The canonical form of frozen data."""

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.analysis.meetings import HeldMeeting, SaidInMeeting
from consult.domain.analysis.types import ThemeMark
from consult.domain.coding.types import Colour
from consult.domain.documents.building.data import FormerWordingFacts, SummaryData
from consult.domain.documents.errors import UnknownFormat
from consult.domain.documents.freezing.codec import (
    data_hash,
    from_bytes,
    pack,
    to_bytes,
    unpack,
)
from consult.domain.meetings.types import Attended, MeetingKind, Wording
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.mandates import Mandate
from consult.domain.submissions.parties import BodyBehind, Capacity
from tests.domain.documents.building.small_round import AS_OF, answer, small_round

SAMI = "Čáhppesjohka gielda: á, č, đ, ŋ, š, ŧ, ž, æ, ø, å"


def everything() -> SummaryData:
    """The small round with a value of every type that a field may have."""
    data = small_round()
    first = data.questions[0]
    marks = (ThemeMark("access", "Access", Colour.BLUE),)
    branch = answer(
        10, SAMI, mandate=Mandate(body="Styret", held_on=date(2026, 9, 3), votes_for=5),
        behind=(BodyBehind(3, "Fylket", ActorType.COUNTY, Capacity.CO_SENDER, is_confirmed=True),),
        version=2, digest="ab" * 32,
    )  # fmt: skip
    return replace(
        data,
        answers=(*data.answers, branch),
        questions=(
            replace(first, former=(FormerWordingFacts({"en": "Was?"}, AS_OF, 3),)),
            *data.questions[1:],
        ),
        meetings=(
            HeldMeeting(
                1, MeetingKind.DIALOGUE_CAFE, "Café", "Solvik", AS_OF, 2, 3,
                {ActorType.PRIVATE_PERSON: 4}, (Attended(3, "fylket", "Fylket", 10),),
            ),
        ),
        said=(
            SaidInMeeting("p", 1, "Café", 2, "nb", Wording.VERBATIM, "Å ja.", 7, marks),
        ),
    )  # fmt: skip


def test_all_of_it_comes_back():
    data = everything()
    content = to_bytes(data)
    assert from_bytes(unpack(pack(content))) == data
    assert to_bytes(from_bytes(content)) == content


def test_equal_data_have_one_hash_and_others_another():
    assert data_hash(to_bytes(everything())) == data_hash(to_bytes(everything()))
    other = replace(everything(), coders=3)
    assert data_hash(to_bytes(everything())) != data_hash(to_bytes(other))


def test_what_a_field_holds_by_default_is_not_written():
    """So that data frozen before there was such a field keep their hash."""
    assert b"is_protected" not in to_bytes(small_round())
    assert b'"wording"' not in to_bytes(small_round())


def test_letters_are_kept_as_they_are():
    assert SAMI.encode() in to_bytes(everything())


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"[]",
        b'{"format":"other","version":1}',
        b'{"format":"consult-snapshot","version":2,"data":{}}',
        b'{"format":"consult-snapshot","version":1,"data":{}}',
        b'{"format":"consult-snapshot","version":1,"data":null}',
        b'{"format":"consult-snapshot","version":1,"data":{"as_of":"then"}}',
        b'{"format":"consult-snapshot","version":1,"data":{"a_new_field":1}}',
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(UnknownFormat):
        from_bytes(content)


def test_what_was_not_packed_is_refused():
    with pytest.raises(UnknownFormat):
        unpack(b"plain")
