"""Slides hold a document's boxes and figures, each readable, told in words, and with its source."""

from io import BytesIO
from typing import Any

import pptx
import pytest
from pptx.util import Pt

from consult.domain.documents.slides.choosing import Bars, Grid, Opening, Words, choose_slides
from consult.domain.documents.slides.writing import render_pptx
from consult.domain.documents.types import Box, Chart, ChartKind, Series
from tests.domain.documents.sample import sample_document
from tests.domain.documents.small import bar_chart, document, paragraph, section


@pytest.fixture(scope="module")
def slides() -> list[Any]:
    return list(pptx.Presentation(BytesIO(render_pptx(sample_document()))).slides)


def shown(*blocks: Any) -> tuple[Any, ...]:
    return choose_slides(document(section("one", *blocks)))[1:]


def test_boxes_and_figures_become_slides_in_reading_order():
    opening, short, senders, left, right, stance, proposals, *_, facts = choose_slides(
        sample_document()
    )
    assert isinstance(opening, Opening)
    assert opening.lines == ("Rapport", "Utkast", "Reisedirektoratet", "20. november 2026")
    assert (short.title, short.lines[0].text) == ("Sammendrag", "Rapporten kort fortalt")
    assert [line.depth for line in short.lines] == [0, 1, 1, 1]
    assert isinstance(senders, Bars)
    assert isinstance(left, Grid)
    assert isinstance(right, Grid)
    assert (len(left.heads), len(right.heads)) == (5, 5)
    assert stance.unit == "Antall avsendere som har uttalt seg om forslaget"
    assert stance.notes.startswith("Hele reisen skal være mulig, 3.1 Hovedtendens\nFigur 3. ")
    named = (proposals.chapter, proposals.title, proposals.lines[0].strong)
    assert named == ("Holdeplasser og terminaler", "Forslag til endringer", True)
    assert facts.lines[0].text == "Runde: Tilgjengelige reisekjeder"


def test_long_words_go_on_in_another_slide_and_none_is_lost():
    words = [f"word{number}" for number in range(600)]
    made = shown(Box("Long", (paragraph(" ".join(words)),)))
    assert len(made) > 3
    assert all(isinstance(one, Words) and one.title == "A heading" for one in made)
    told = " ".join(line.text for one in made for line in one.lines)
    assert told.split() == ["Long", *words]


def test_many_bars_are_drawn_to_one_scale():
    many = tuple(f"Type {number}" for number in range(9))
    first, second = shown(
        Chart("c", ChartKind.BAR, "Who", "Many.", many, (Series("Senders", tuple(range(9))),))
    )
    assert (len(first.chart.categories), len(second.chart.categories)) == (7, 2)
    assert first.most == second.most == 8


def test_numbers_that_may_not_be_told_are_not_drawn():
    chart = bar_chart("c", (0, 7))
    (series,) = chart.series
    hidden = Series(series.name, series.values, texts=("1–4", "7"))
    (made,) = shown(Chart("c", chart.kind, "Who", "Two.", chart.categories, (hidden,)))
    assert isinstance(made, Grid)
    assert made.rows == (("Cities", "1–4"), ("Villages", "7"))


def test_every_slide_has_a_title_notes_and_type_that_can_be_read(slides):
    assert all(slide.shapes.title.text_frame.text for slide in slides)
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides[1:])
    frames = [shape.text_frame for slide in slides for shape in slide.placeholders]
    runs = [run for frame in frames for one in frame.paragraphs for run in one.runs]
    assert all(run.font.size >= Pt(18) for run in runs)
    assert {run._r.rPr.get("lang") for run in runs} == {"nb-NO"}


def test_figures_say_what_they_show(slides):
    figures = [one for slide in slides for one in slide.shapes if one.has_chart or one.has_table]
    assert len(figures) == 11
    assert all(len(one._element.nvGraphicFramePr.cNvPr.get("descr")) > 100 for one in figures)
    chart = next(one.chart for one in figures if one.has_chart)
    assert list(chart.plots[0].series[0].values) == [58, 94, 11, 23, 17, 9, 187]


def test_the_same_tree_gives_the_same_slides():
    tree = document(section("one", bar_chart("two")))
    assert render_pptx(tree) == render_pptx(tree)
