"""Where documents print words of answers."""

import json

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.documents.models import Document
from consult.domain.documents.quoted import find_printed, printed_in
from consult.domain.documents.service.building import compose_summary
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.documents.tree import to_json
from consult.domain.documents.types import BuildStatus, DocumentKind
from consult.kernel.clock import utc_now
from tests.domain.documents.building.small_round import LONG, small_round, summary_of
from tests.support.coded import passages_of, receive, theme


def test_every_quotation_is_found_with_its_answer_and_chapter():
    found = list(printed_in(summary_of(small_round(), "en")))
    assert {one.answer for one in found} == {1, 2, 4, 6}
    first = next(one for one in found if one.answer == 1)
    assert first.words == f"{LONG}, says Granli."
    assert first.place.heading[0].isdigit()


def test_a_passage_is_found_by_its_words_in_the_newest_edition(make):
    round_ = make.round()
    time = theme(round_, "Tid")
    passage, other = passages_of(receive(round_, f"{LONG}, skriver vi.\n\nKort."))
    apply_theme(passage, time, by=SYSTEM)
    snapshot = take_snapshot(round_, by=SYSTEM, now=utc_now())
    tree = json.loads(to_json(compose_summary(snapshot, locale="nb")))
    document = Document(
        round_id=round_.id,
        snapshot_id=snapshot.id,
        kind=DocumentKind.SUMMARY,
        locale="nb",
        title="Oppsummering",
        status=BuildStatus.READY,
        alive_at=utc_now(),
        tree=tree,
        requested_by="system",
        requested_at=utc_now(),
    )
    session().add(document)
    session().flush()
    found = find_printed(round_.id)
    assert list(found) == [passage.id]
    assert other.id not in found
    assert {place.document.id for place in found[passage.id]} == {document.id}
