"""Snapshots: what a document says stays true to them, whatever happens afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.respondents import respondents
from consult.domain.analysis.queries.stances import stance_table
from consult.domain.audit.queries import entries_about
from consult.domain.coding.queries.revisions import get_queued, queue_of
from consult.domain.coding.queries.themes import find_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.splitting import sort_coding, split_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import redact_words
from consult.domain.disclosure.types import LegalBasis
from consult.domain.documents.building.counts import FrozenCounts
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.errors import (
    DamagedSnapshot,
    NoLongerPrintable,
    NothingChanged,
)
from consult.domain.documents.freezing import codec
from consult.domain.documents.freezing.types import ChangeKind
from consult.domain.documents.models import Snapshot
from consult.domain.documents.service.building import compose_summary, request_document
from consult.domain.documents.service.freezing import next_name, snapshot_of_now, take_snapshot
from consult.domain.documents.snapshots import (
    changes_between,
    changes_since,
    frozen_bytes,
    read_frozen,
)
from consult.domain.documents.tree import content_hash, walk
from consult.domain.documents.types import DocumentKind, Text
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.reclassifying import change_actor_type
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DeadlineStatus,
    DecisionKind,
    Publication,
    Respondent,
    Stance,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries

WORDS = "Kontoret må ha åpent hver dag, også når det er få som kommer innom."


class Frozen:
    """A round with two answers and a theme, frozen."""

    def __init__(self, make) -> None:
        self.round = make.round(questions=1, owner=make.organisation(language="en"))
        self.proposal = make.proposal(self.round)
        self.question = make.question(self.round, kind=QuestionKind.STANCE, proposal=self.proposal)
        self.theme = theme(self.round, "Opening hours")
        self.union = self.add("Fagforbundet", ActorType.UNION)
        self.council = self.add("Solvik kommune", ActorType.MUNICIPALITY)
        self.snapshot = take_snapshot(self.round, by=SYSTEM, now=utc_now())
        self.hash = self.compose()

    def add(self, name: str, actor_type: ActorType):
        stated = AnswerContent(question_id=self.question.id, stance=Stance.SUPPORT)
        submission = receive(self.round, WORDS, name=name, actor_type=actor_type, answers=(stated,))
        apply_theme(passages_of(submission)[0], self.theme, by=SYSTEM)
        return submission

    def correct(self, submission, text: str) -> None:
        content = SubmissionContent(
            respondent=Respondent(submission.name, submission.actor_type),
            channel=Channel.FORM, language="nb", publication=submission.publication,
            answers=(AnswerContent(question_id=self.round.questions[0].id, text=text),),
        )  # fmt: skip
        receive_version(submission, content, by=SYSTEM, received_at=utc_now())

    def compose(self) -> str:
        return content_hash(compose_summary(self.snapshot, locale="nb"))

    def kinds(self) -> list[tuple[ChangeKind, int | None]]:
        session().flush()
        found = changes_since(self.snapshot, now=utc_now())
        return [(change.kind, change.answer) for change in found.changes]

    def again(self) -> Snapshot:
        return take_snapshot(self.round, reason="Rettet svar.", by=SYSTEM, now=utc_now())


@pytest.fixture
def frozen(make) -> Frozen:
    return Frozen(make)


def test_a_snapshot_is_named_counted_hashed_and_noted(frozen):
    one = frozen.snapshot
    assert (one.name, one.reason) == ("Data 1", "")
    assert FrozenCounts.from_json(one.counts).codings == 2
    assert codec.data_hash(frozen_bytes(one)) == one.digest
    [entry] = entries_about(one.reference)
    assert (entry.tag, entry.data["digest"]) == ("snapshot:taken", one.digest)
    assert read_frozen(one).basis.digest == one.digest
    assert frozen.kinds() == []


@pytest.mark.scenario(80)
def test_numbers_are_identical_after_a_late_answer_and_the_difference_is_told(frozen):
    late = frozen.add("Sen kommune", ActorType.MUNICIPALITY)
    late.deadline_status = DeadlineStatus.LATE_INCLUDED
    assert frozen.compose() == frozen.hash
    assert frozen.kinds() == [(ChangeKind.ARRIVED, late.number)]
    later = frozen.again()
    assert len(Figures(read_frozen(later).data).analysed) == 3
    assert content_hash(compose_summary(later, locale="nb")) != frozen.hash
    [change] = changes_between(frozen.snapshot, later).changes
    assert (change.kind, change.name) == (ChangeKind.ARRIVED, "Sen kommune")


@pytest.mark.scenario(34)
def test_a_correction_changes_no_document_until_somebody_decides_so(frozen):
    frozen.correct(frozen.union, "Kontoret kan stenge om fredagen, mener vi nå.")
    assert frozen.compose() == frozen.hash
    assert frozen.kinds() == [(ChangeKind.CORRECTED, frozen.union.number)]
    with pytest.raises(InvalidInput) as refused:
        take_snapshot(frozen.round, by=SYSTEM, now=utc_now())
    assert (refused.value.field, refused.value.reason) == ("reason", "required")
    later = frozen.again()
    assert later.name == "Data 2"
    told = " ".join(
        node.text for node in walk(compose_summary(later, locale="en")) if isinstance(node, Text)
    )
    assert "Why the data were frozen again:  Rettet svar." in told
    assert later.digest in told


@pytest.mark.scenario(35)
def test_who_withdraws_is_out_of_the_next_snapshot_but_counted_as_withdrawn(frozen):
    mark_answer(frozen.union, DecisionKind.WITHDRAWN, reason="Ba om det.", by=SYSTEM)
    assert frozen.compose() == frozen.hash
    assert frozen.kinds() == [(ChangeKind.WITHDRAWN, frozen.union.number)]
    later = frozen.again()
    assert frozen.union.name.encode() not in frozen_bytes(later)
    data = read_frozen(later).data
    assert {passage.answer for passage in data.passages} == {frozen.council.number}
    assert {stance.answer for stance in data.stances} == {frozen.council.number}
    assert FrozenCounts.from_json(later.counts).withdrawn == 1
    tree = compose_summary(later, locale="en")
    told = " ".join(node.text for node in walk(tree) if isinstance(node, Text))
    assert "Answers withdrawn:  1" in told
    assert frozen.union.receipt_number  # the registry entry remains
    assert frozen.union.versions


@pytest.mark.scenario(82)
def test_another_kind_of_sender_is_told_and_all_tables_agree(frozen):
    change_actor_type(frozen.union, ActorType.MINISTRY, reason="Feil i registeret.", by=SYSTEM)
    assert frozen.kinds() == [(ChangeKind.KIND, frozen.union.number)]
    assert entries_about(frozen.union.reference)[0].data["reason"] == "Feil i registeret."
    figures = Figures(read_frozen(frozen.again()).data)
    by_type = dict(figures.count_by(lambda answer: answer.actor_type))
    assert by_type == respondents(frozen.round.id).by_type
    [row] = stance_table(frozen.round.id)
    groups = {group.group for group in row.groups if group.entries}
    assert set(figures.proposal(row.key).groups) == groups
    assert ActorGroup.WORKING_LIFE not in groups


def test_coding_and_the_codebook_are_compared(frozen):
    new = theme(frozen.round, "Staff")
    apply_theme(passages_of(frozen.union)[0], new, by=SYSTEM)
    assert frozen.kinds() == [
        (ChangeKind.RECODED, frozen.union.number),
        (ChangeKind.THEME_ADDED, None),
    ]


@pytest.mark.scenario(72)
def test_a_report_on_the_first_codebook_stays_when_a_theme_is_split(frozen):
    parts = [ThemeContent(name, Colour.RED) for name in ("Evenings", "Mornings")]
    split_theme(frozen.theme, parts, why="Two things", by=SYSTEM)
    waiting, following = queue_of(frozen.theme)
    evenings = find_theme(frozen.round.id, "evenings")
    sort_coding(get_queued(frozen.theme, waiting.public_id), [evenings], by=SYSTEM)
    assert frozen.compose() == frozen.hash
    data = read_frozen(frozen.again()).data
    assert (read_frozen(frozen.snapshot).data.codebook_version, data.codebook_version) == (1, 2)
    assert [(one.name, one.waiting) for one in data.themes] == [
        ("Opening hours", 1), ("Evenings", 0), ("Mornings", 0),
    ]  # fmt: skip
    assert sorted(passage.themes for passage in data.passages) == [
        ("evenings",), ("opening-hours",),
    ]  # fmt: skip
    sort_coding(get_queued(frozen.theme, following.public_id), [], by=SYSTEM)
    assert [one.name for one in read_frozen(frozen.again()).data.themes] == ["Evenings", "Mornings"]


def test_nothing_is_printed_from_data_that_hold_what_was_taken_out_since(frozen):
    redact_words(
        get_review(frozen.round.slug, frozen.union.number), "åpent",
        LegalBasis.CONFIDENTIALITY, by=SYSTEM,
    )  # fmt: skip
    assert frozen.kinds() == [(ChangeKind.PROTECTED, frozen.union.number)]
    with pytest.raises(NoLongerPrintable):
        request_document(
            frozen.round, DocumentKind.SUMMARY, locale="nb", by=SYSTEM, snapshot=frozen.snapshot
        )
    assert changes_since(frozen.again(), now=utc_now()).forbidding == ()


def test_nothing_is_printed_of_a_sender_who_asked_for_less(frozen):
    frozen.union.publication = Publication.NOT_ON_WEB
    assert changes_since(frozen.snapshot, now=utc_now()).forbidding


def test_unchanged_data_are_not_frozen_twice(frozen):
    with pytest.raises(NothingChanged):
        take_snapshot(frozen.round, name="Again", reason="Så", by=SYSTEM, now=utc_now())
    assert snapshot_of_now(frozen.round, reason="", by=SYSTEM, now=utc_now()) is frozen.snapshot
    document = request_document(frozen.round, DocumentKind.SUMMARY, locale="nb", by=SYSTEM)
    assert document.snapshot is frozen.snapshot


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": "x" * 121}, ("name", "too_long")),
        ({"name": "Fødselsnummer 13097248022"}, ("name", "identity_number")),
        ({"name": " Data  1 "}, ("name", "taken")),
        ({"reason": " "}, ("reason", "required")),
        ({"reason": "x" * 501}, ("reason", "too_long")),
        ({"reason": "Fødselsnummer 13097248022"}, ("reason", "identity_number")),
    ],
)
def test_names_and_reasons_are_checked(frozen, values, refusal):
    frozen.add("Ny kommune", ActorType.MUNICIPALITY)
    with pytest.raises(InvalidInput) as refused:
        take_snapshot(frozen.round, by=SYSTEM, now=utc_now(), **{"reason": "Så"} | values)
    assert (refused.value.field, refused.value.reason) == refusal


def test_a_free_number_is_found(frozen):
    frozen.snapshot.name = "Data 2"
    assert next_name(frozen.round) == "Data 3"


def test_damage_is_noticed(frozen):
    other = codec.pack(codec.to_bytes(read_frozen(frozen.snapshot).data) + b" ")
    session().execute(update(Snapshot).values(content=other))
    session().expire_all()
    with pytest.raises(DamagedSnapshot):
        read_frozen(frozen.snapshot)


def test_the_number_of_queries_does_not_grow(frozen):
    with count_queries() as few:
        changes_since(frozen.snapshot, now=utc_now())
    for number in range(3):
        frozen.add(f"Kommune {number}", ActorType.MUNICIPALITY)
    later = frozen.again()
    session().flush()
    with count_queries() as many:
        changes_since(later, now=utc_now() + timedelta(seconds=1))
    assert many.number <= few.number + 1
