"""A ZIP of documents: what lies in it, and each file becomes an import or says why not."""

import io
import zipfile

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.intake import archives
from consult.domain.intake.archives import list_members, read_member
from consult.domain.intake.errors import (
    EmptyDocument,
    EncryptedFile,
    OversizedFile,
    TooManyFiles,
    UnreadableFile,
    UnsupportedFormat,
)
from consult.domain.intake.queries import count_open_imports_of, list_imports
from consult.domain.intake.service.importing import INCOMING
from consult.domain.intake.service.unpacking import (
    begin_archive,
    finish_archives,
    give_up_entry,
    read_entry,
)
from consult.domain.intake.types import EntryState, MailProblem
from consult.domain.rounds.types import RoundStatus
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from tests.domain.intake.letters import as_docx
from tests.domain.intake.samples import LETTER_WITH_HEAD
from tests.support.zipped import zip_of

TEXT = "Vi mener at kontoret skal være åpent.".encode()
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path)


def marked(content: bytes, flag: int) -> bytes:
    """A ZIP whose members all carry a flag; with 0 they carry none, not even that of UTF-8."""
    changed = bytearray(content)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + offset : at + offset + 2] = flag.to_bytes(2, "little")
            at = changed.find(sign, at + 4)
    return bytes(changed)


def test_only_what_people_put_in_is_listed_with_its_name():
    content = zip_of(
        {
            "Svar/": b"",
            "Svar/Sølvik kommune.docx": b"x",
            "__MACOSX/Svar/._Sølvik kommune.docx": b"x",
            "Svar/.DS_Store": b"x",
            "Thumbs.db": b"x",
            "Svar/~$lvik.docx": b"x",
        }
    )
    assert [one.filename for one in list_members(content, filename="a.zip")] == [
        "Svar/Sølvik kommune.docx"
    ]
    (member,) = list_members(marked(zip_of({"Sølvik.txt": b"x"}), 0), filename="a.zip")
    assert member.filename == "Sølvik.txt"
    old = zip_of({"S?lvik.txt": b"x"}).replace(b"S?lvik", "Sølvik".encode("cp850"))
    assert list_members(old, filename="a.zip")[0].filename == "Sølvik.txt"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"no archive", UnsupportedFormat),
        (as_docx(LETTER_WITH_HEAD), UnsupportedFormat),
        (zip_of({"mappe/": b""}), EmptyDocument),
        (b"PK\x03\x04 cut off", UnreadableFile),
        (zip_of({f"{one}.txt": b"x" for one in range(4)}), TooManyFiles),
    ],
)
def test_what_is_no_zip_of_documents_is_refused(monkeypatch, content, error):
    monkeypatch.setattr(archives, "MAX_FILES", 3)
    with pytest.raises(error):
        list_members(content, filename="a.zip")


@pytest.mark.scenario(49)
def test_a_file_is_unpacked_no_further_than_the_limit():
    bomb = zip_of({"stor.txt": bytes(5_000_000)})
    with pytest.raises(OversizedFile):
        read_member(bomb, 0, filename="stor.txt", limit_bytes=1000)
    with pytest.raises(EncryptedFile):
        read_member(marked(zip_of({"a.txt": b"x"}), 1), 0, filename="a.txt", limit_bytes=1000)
    damaged = bytearray(zip_of({"a.txt": TEXT * 50}))
    damaged[40:60] = bytes(20)
    with pytest.raises(UnreadableFile):
        read_member(bytes(damaged), 0, filename="a.txt", limit_bytes=10_000)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", TEXT)
    assert read_member(whole.getvalue(), 0, filename="a.txt", limit_bytes=1000) == TEXT


def test_every_file_becomes_an_import_or_says_why_not(make, files):
    round_ = make.round(questions=1)
    content = zip_of(
        {
            "Solvik.docx": as_docx(LETTER_WITH_HEAD),
            "Granli.txt": TEXT,
            "låst.docx": LOCKED,
            "tomt.txt": b"",
            "bilde.gif": b"GIF89a\x00\x01",
            "fnr 15076500565.txt": b"Jeg er 15076500565.",
            "stor.txt": b"x" * 200_000,
        }
    )
    archive = begin_archive(
        round_, content, filename="svar.zip", by=SYSTEM, files=files, limit_bytes=100_000
    )
    assert count_open_imports_of(archive.digest) == 1
    ids = [entry.id for entry in archive.entries]
    for entry_id in [*ids[:-1], ids[0]]:
        read_entry(entry_id, files=files, limit_bytes=100_000)
    finish_archives(files=files)
    assert archive.finished_at is None
    read_entry(ids[-1], files=files, limit_bytes=100_000)
    give_up_entry(ids[-1])  # it is read already
    finish_archives(files=files)
    became = {entry.filename: entry.problem or entry.state for entry in archive.entries}
    assert became == {
        "Solvik.docx": EntryState.TAKEN_IN,
        "Granli.txt": EntryState.TAKEN_IN,
        "låst.docx": MailProblem.ENCRYPTED,
        "tomt.txt": MailProblem.EMPTY,
        "bilde.gif": MailProblem.OTHER_KIND,
        "fnr […].txt": MailProblem.IDENTITY_NUMBER,
        "stor.txt": MailProblem.OVERSIZED,
    }
    assert len(list_imports(round_.id)) == 2
    assert archive.finished_at is not None
    assert count_open_imports_of(archive.digest) == 0
    assert entries_about(archive.reference)[0].data == {"taken_in": 2, "refused": 5}


def test_a_round_that_is_cancelled_meanwhile_takes_no_more(make, files):
    round_ = make.round()
    with pytest.raises(OversizedFile):
        begin_archive(
            round_, zip_of({"a.txt": TEXT}), filename="a.zip", by=SYSTEM, files=files, limit_bytes=9
        )
    archive = begin_archive(
        round_,
        zip_of({"a.txt": TEXT, "b.txt": TEXT}),
        filename="svar.zip",
        by=SYSTEM,
        files=files,
        limit_bytes=1000,
    )
    round_.status = RoundStatus.CANCELLED
    session().flush()
    read_entry(archive.entries[0].id, files=files, limit_bytes=1000)
    give_up_entry(archive.entries[1].id)
    assert {entry.problem for entry in archive.entries} == {MailProblem.UNREADABLE}
    with pytest.raises(InvalidInput):
        begin_archive(
            round_, zip_of({"a": b"x"}), filename="a", by=SYSTEM, files=files, limit_bytes=1000
        )
    assert not files.part(INCOMING).has("0" * 64)
