"""Building documents outside a request: progress, failure, a second try."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import current_app

from consult.db import session, transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.documents.queries.finding import find_document
from consult.domain.documents.rules import STALLED_AFTER, UNCLAIMED_AFTER
from consult.domain.documents.service import building as service
from consult.domain.documents.tree import content_hash, from_json
from consult.domain.documents.types import (
    BuildError,
    BuildStatus,
    DocumentFormat,
    DocumentKind,
)
from consult.jobs import documents as job
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, TransitionError
from consult.kernel.ids import content_digest
from tests.support.coded import receive


@pytest.fixture
def round_(make):
    round_ = make.round()
    receive(round_, "Døra må være åpen hver dag, også når det er lite folk på kontoret.")
    session().commit()
    return round_


@pytest.fixture
def waiting(round_, monkeypatch):
    """A document whose job has not run yet."""
    monkeypatch.setitem(current_app.extensions["jobs"].tasks, "build_document", lambda *_: None)
    with transaction():
        document = service.request_document(round_, DocumentKind.SUMMARY, locale="nb", by=SYSTEM)
    return document.public_id


def state(public_id: str):
    session().expire_all()
    return find_document(public_id)


def test_a_request_is_built_after_its_commit(round_):
    with transaction():
        document = service.request_document(round_, DocumentKind.SUMMARY, locale="nn", by=SYSTEM)
        assert document.status is BuildStatus.WAITING
    built = state(document.public_id)
    assert (built.status, built.progress, built.title) == (BuildStatus.READY, 100, "Round 1 (nn)")
    store = current_app.extensions["files"]
    for file in built.files:
        content = store.read(file.digest)
        assert (content_digest(content), len(content)) == (file.digest, file.size)
    assert {file.format for file in built.files} == set(DocumentFormat)
    tags = [entry.tag for entry in entries_about(built.reference)]
    assert sorted(tags) == ["document:built", "document:requested"]


def test_the_tree_is_kept_as_it_was_rendered(waiting, monkeypatch):
    monkeypatch.setattr(job, "render_pdf", lambda *_, **__: b"%PDF-1.7 of a test")
    job.build_document(waiting, 1)
    built = state(waiting)
    assert from_json(json.dumps(built.tree)).language == "nb"


def test_the_same_data_give_the_same_files(round_, monkeypatch):
    """As far as the tree; that the same tree gives the same PDF is shown where it is laid out."""
    monkeypatch.setattr(job, "render_pdf", lambda tree, **_: content_hash(tree).encode())
    digests = []
    for _ in range(2):
        with transaction():
            document = service.request_document(
                round_, DocumentKind.SUMMARY, locale="nb", by=SYSTEM
            )
        digests.append({file.format: file.digest for file in state(document.public_id).files})
    assert digests[0] == digests[1]


def test_progress_grows_and_is_written_down_while_it_is_built(waiting, monkeypatch):
    seen = []

    def note(public_id, attempt, progress, **values) -> None:
        service.note_progress(public_id, attempt, progress, **values)
        found = state(public_id)
        seen.append((found.status, found.progress))

    monkeypatch.setattr(job, "note_progress", note)
    job.build_document(waiting, 1)
    shown = [progress for _, progress in seen]
    assert len(shown) >= 3
    assert shown == sorted(shown)
    assert {status for status, _ in seen} == {BuildStatus.BUILDING}


def test_missing_assets_are_a_failure_in_plain_words(waiting, monkeypatch, tmp_path):
    build = Path(str(current_app.static_folder)) / "build"
    (tmp_path / "build").mkdir()
    for file in build.iterdir():
        if file.suffix != ".woff2":
            shutil.copy(file, tmp_path / "build")
    monkeypatch.setattr(current_app._get_current_object(), "static_folder", str(tmp_path))
    job.build_document(waiting, 1)
    failed = state(waiting)
    assert (failed.status, failed.error) == (BuildStatus.FAILED, BuildError.ASSETS)
    assert entries_about(failed.reference)[0].tag in {"document:failed", "document:requested"}


def test_an_unforeseen_failure_is_told_and_can_be_tried_again(waiting, monkeypatch, caplog):
    def fail(*_args, **_values):
        raise RuntimeError("a secret detail")

    with monkeypatch.context() as patch:
        patch.setattr(job, "render_pdf", fail)
        job.build_document(waiting, 1)
    failed = state(waiting)
    assert (failed.status, failed.error) == (BuildStatus.FAILED, BuildError.UNEXPECTED)
    assert "a secret detail" in caplog.text
    with transaction():
        service.restart_document(failed, by=SYSTEM, now=utc_now())
    monkeypatch.setattr(job, "render_pdf", lambda *_, **__: b"%PDF-1.7 of a test")
    job.build_document(waiting, 2)
    assert state(waiting).status is BuildStatus.READY


def test_a_build_that_never_reached_the_queue_is_found(waiting, monkeypatch):
    monkeypatch.undo()  # the queue takes jobs again
    monkeypatch.setattr(job, "render_pdf", lambda *_, **__: b"%PDF-1.7 of a test")
    job.find_unclaimed_documents()
    assert state(waiting).status is BuildStatus.WAITING  # it may still be on its way
    with time_machine.travel(utc_now() + UNCLAIMED_AFTER, tick=False):
        job.find_unclaimed_documents()
        assert state(waiting).status is BuildStatus.READY
        assert service.announce_unclaimed(now=utc_now()) == 0


def test_a_live_build_is_not_restarted_but_a_silent_one_is(waiting):
    with transaction():
        service.claim_build(waiting, 1, now=utc_now())
    document = state(waiting)
    with pytest.raises(TransitionError):
        service.restart_document(document, by=SYSTEM, now=utc_now())
    later = utc_now() + STALLED_AFTER + timedelta(seconds=1)
    with transaction():
        service.restart_document(document, by=SYSTEM, now=later)
    assert (state(waiting).status, state(waiting).attempt) == (BuildStatus.WAITING, 2)


def test_a_worker_that_was_given_up_changes_nothing_any_more(waiting):
    now = utc_now()
    with transaction():
        assert service.claim_build(waiting, 1, now=now)
        assert not service.claim_build(waiting, 1, now=now)
        tree = service.compose_document(waiting, now=now)
    with transaction():
        service.restart_document(
            state(waiting), by=SYSTEM, now=now + STALLED_AFTER + timedelta(seconds=1)
        )
    with transaction():
        service.note_progress(waiting, 1, 77, now=now)
        service.finish_build(waiting, 1, tree=tree, files=(), now=now)
        service.fail_build(waiting, 1, error=BuildError.CONTENT, now=now)
    document = state(waiting)
    assert (document.status, document.progress, document.tree) == (BuildStatus.WAITING, 0, None)


def test_only_summaries_in_known_languages_are_built(round_):
    with pytest.raises(InvalidInput):
        service.request_document(round_, DocumentKind.REPORT, locale="nb", by=SYSTEM)
    with pytest.raises(InvalidInput):
        service.request_document(round_, DocumentKind.SUMMARY, locale="de", by=SYSTEM)
