"""A report as a document: written parts, parts from data, proposals, sources."""

import datetime as dt
from dataclasses import replace

import pytest

from consult.domain.composing.types import (
    BLOCK_LABELS,
    BlockKind,
    CompositionKind,
    FrozenGround,
    FrozenPart,
    FrozenRecommendation,
    FrozenText,
    Horizon,
    Instrument,
    LetterHead,
    PartKind,
    Side,
)
from consult.domain.documents.building.data import SummaryData
from consult.domain.documents.render.html import render_html
from consult.domain.documents.tree import check_document, walk
from consult.domain.documents.types import Box, Numbered, Quote, Section, Table
from consult.domain.reports.building.report import ReportBasis, ReportFrame, build_report
from consult.domain.submissions.types import Publication
from consult.kernel.text.rich.codec import to_json
from consult.kernel.text.rich.types import Block, Evidence, Kind, Marks, RichText, Text
from tests.domain.documents.building.small_round import BASIS, answer, passage, small_round

HEAD = LetterHead("The working group", "Open doors", "en", our_ref="26/14")
DAY = dt.date(2026, 12, 1)
FREE_SHARE = FrozenRecommendation(
    "r1",
    "p-2",
    "Keep the door open until six.",
    addressee="The municipalities",
    horizon=Horizon.SHORT,
    begins_in=2027,
    instrument=Instrument.WITHIN_ROOM,
    assessment="It costs little.",
    grounds=(
        FrozenGround("pas1", Side.FOR, "Says why.", "The door must be open"),
        FrozenGround("hidden", Side.AGAINST, "", "Nobody may print this"),
    ),
)
TURNED_DOWN = FrozenRecommendation(
    "r2", "p-2", "Close on Fridays.", is_proposed=False, reason="Nobody asked for it."
)


def rich(*blocks: Block) -> str:
    return to_json(RichText(blocks))


def words(text: str, *evidence: str) -> Block:
    marks = Marks(evidence=tuple(Evidence(one) for one in evidence))
    return Block(Kind.PARAGRAPH, (Text(text, marks), Text(" And more.")))


def part(key: str, kind: PartKind = PartKind.OWN, **values) -> FrozenPart:
    return FrozenPart(**({"key": key, "kind": kind, "heading": "", "body": rich()} | values))


def block(key: str, what: BlockKind, **values) -> FrozenPart:
    return part(key, PartKind.BLOCK, **({"block": what, "depth": 2} | values))


def build(*parts: FrozenPart, data: SummaryData | None = None, **basis):
    text = FrozenText(HEAD, parts, (FREE_SHARE, TURNED_DOWN), "5e" * 32)
    grounds = ReportBasis(data or small_round(), BASIS, **basis)
    document = build_report(text, grounds, ReportFrame(CompositionKind.REPORT, DAY))
    check_document(document)
    return document


def of_type(document, kind):
    return [node for node in walk(document) if isinstance(node, kind)]


def test_chapters_hold_what_stands_in_them():
    document = build(
        part("p-1", heading="Preface", numbered=Numbered.NO),
        part("p-2", heading="Open doors"),
        part("p-3", heading="The evenings", depth=2, body=rich(words("Late."))),
    )
    preface, doors = document.blocks
    assert (preface.numbered, doors.heading) == (Numbered.NO, "Open doors")
    assert [one.heading for one in doors.blocks] == ["The evenings"]


@pytest.mark.scenario(84)
def test_one_proposal_is_the_same_in_box_list_and_table():
    document = build(
        part("p-2", heading="Open doors"),
        block("p-3", BlockKind.PROPOSED),
        part("p-4", heading="In short"),
        block("p-5", BlockKind.ALL_PROPOSED, heading="All"),
        block("p-6", BlockKind.MEASURES, heading="Measures"),
        block("p-7", BlockKind.NOT_PROPOSED, heading="Not proposed"),
    )
    html = str(render_html(document))
    assert html.count(FREE_SHARE.text) == 3
    assert html.count('href="#proposal-r1"') == 2
    assert html.count('id="proposal-r1"') == 1
    (box,), (table,) = of_type(document, Box), of_type(document, Table)
    assert box.title == "The working group proposes:"
    assert table.caption == "Short term"
    assert "Nobody asked for it." in html


def test_words_name_whom_they_rest_on():
    data = replace(
        small_round(),
        answers=(answer(1, "Solvik"), answer(2, "Havnes", publication=Publication.WITHOUT_NAME)),
        passages=(passage(1, "The door must be open", id=11), passage(2, "Late", id=12)),
    )
    quote = Block(Kind.QUOTE, (Text("Late", Marks(evidence=(Evidence("e2"),))),))
    body = rich(words("They ask for it.", "e1", "e2", "gone"), quote)
    document = build(
        part("p-2", heading="Doors", body=body),
        data=data,
        evidence={"e1": 11, "e2": 12, "gone": 99},
    )
    assert [str(note.inlines[0].text) for note in document.footnotes] == ["Solvik, answer 1"]
    html = str(render_html(document))
    assert "Havnes" not in html
    (quoted,) = of_type(document, Quote)
    assert quoted.sender == "Municipality (without name)"


def test_what_may_not_be_printed_is_no_ground():
    data = replace(
        small_round(),
        answers=(answer(1, "Solvik"), answer(2, "Havnes", publication=Publication.NOT_ON_WEB)),
        passages=(passage(1, "The door must be open", id=11), passage(2, "Late", id=12)),
    )
    document = build(
        part("p-2", heading="Doors"),
        block("p-3", BlockKind.EVIDENCE, heading="Grounds", depth=1),
        data=data,
        passages={"pas1": 11, "hidden": 12},
    )
    html = str(render_html(document))
    assert "Solvik" in html
    assert "Nobody may print this" not in html


@pytest.mark.parametrize("kind", BLOCK_LABELS)
def test_each_part_from_data_stands_twice_and_for_nothing(kind):
    about = {"about": "hours", "proposal": "4.1"}
    build(
        part("p-2", heading="Doors"),
        block("p-3", kind, heading="Once", **about),
        block("p-4", kind, heading="Twice", **about),
    )
    empty = replace(small_round(), answers=(), passages=(), themes=(), proposals=(), stances=())
    build(part("p-2", heading="Doors"), block("p-3", kind, heading="Once", **about), data=empty)


def test_a_part_that_the_data_hold_nothing_for_is_left_out():
    document = build(
        part("p-2", heading="Doors"), block("p-3", BlockKind.CAMPAIGNS, heading="Campaigns")
    )
    assert [one.heading for one in of_type(document, Section)] == ["Doors"]
