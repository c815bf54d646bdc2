"""Uploads in pieces: taken up again where they stopped, never more than was said."""

from datetime import timedelta

import pytest

from consult.db import transaction
from consult.domain.files.errors import OutOfStep
from consult.domain.files.queries import find_upload, unfinished_uploads
from consult.domain.files.service.pieces import (
    begin_upload,
    forget_stale_uploads,
    receive_piece,
)
from consult.domain.files.types import KEPT_UNFINISHED, MOST_UNFINISHED
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.files import PartialFiles

OWNER = "draft:abc"


@pytest.fixture
def partials(tmp_path):
    return PartialFiles(tmp_path / "unfinished")


def _begin(partials, *, owner: str = OWNER, mark: str = "a", size: int = 10):
    return begin_upload(
        owner,
        filename="C:\\fakepath\\stor.pdf",
        size=size,
        fingerprint=mark * 64,
        limit_bytes=100,
        partials=partials,
        now=utc_now(),
    )


def _send(upload, piece: bytes, offset: int, partials):
    receive_piece(upload, piece, offset=offset, partials=partials, now=utc_now())


@pytest.mark.scenario(48)
def test_an_upload_goes_on_where_it_stopped(app, partials):
    upload = _begin(partials)
    assert upload.filename == "stor.pdf"
    _send(upload, b"12345", 0, partials)
    again = _begin(partials)
    assert (again.id, again.received, again.percent) == (upload.id, 5, 50)
    with pytest.raises(OutOfStep) as step:
        _send(upload, b"12345", 0, partials)
    assert step.value.received == 5
    _send(upload, b"67890", 5, partials)
    assert upload.is_complete
    with partials.open(upload.public_id) as whole:
        assert whole.read() == b"1234567890"
    with pytest.raises(NotFound):
        find_upload("draft:other", upload.public_id)


def test_a_piece_that_was_written_and_lost_is_written_over(app, partials):
    upload = _begin(partials)
    partials.write(upload.public_id, 0, b"half of a piece that no transaction knows")
    _send(upload, b"1234567890", 0, partials)
    with partials.open(upload.public_id) as whole:
        assert whole.read() == b"1234567890"


@pytest.mark.parametrize("piece", [b"", b"12345678901"])
def test_pieces_that_cannot_be(app, partials, piece):
    with pytest.raises(InvalidInput):
        _send(_begin(partials), piece, 0, partials)


@pytest.mark.parametrize(("size", "mark"), [(0, "a"), (101, "a"), (10, "/")])
def test_uploads_that_cannot_be(app, partials, size, mark):
    with pytest.raises(InvalidInput):
        _begin(partials, size=size, mark=mark)


def test_the_oldest_makes_room_and_the_stale_are_forgotten(app, partials):
    for mark in "abcdef"[: MOST_UNFINISHED + 1]:
        _begin(partials, mark=mark)
    assert len(unfinished_uploads(OWNER)) == MOST_UNFINISHED
    assert unfinished_uploads(OWNER)[0].fingerprint == "b" * 64
    upload = _begin(partials, mark="c")
    _send(upload, b"123", 0, partials)
    later = utc_now() + KEPT_UNFINISHED + timedelta(minutes=1)
    name = upload.public_id
    with transaction():
        assert forget_stale_uploads(partials=partials, now=later) == MOST_UNFINISHED
    with pytest.raises(FileNotFoundError):
        partials.open(name)
