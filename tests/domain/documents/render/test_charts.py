"""Charts tell everything without colour, in the space they have."""

from xml.etree import ElementTree as ET

import pytest

from consult.domain.documents.render.charts import WIDTH, choose_inks, draw_chart, wrap_label
from consult.domain.documents.types import Chart, ChartKind, Series, Tone
from tests.domain.documents.sample import STANCES, sample_document
from tests.domain.documents.small import bar_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(  # noqa: S314 -- our own drawing
        draw_chart(chart, alternative="What it shows & more", prefix="doc-x")
    )


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def stacked(*values: int) -> Chart:
    series = tuple(
        Series(name, (value,), tone) for value, (name, tone) in zip(values, STANCES, strict=False)
    )
    return Chart("x", ChartKind.STACKED_BAR, "Stances", "Who stands where.", ("Cities",), series)


def test_every_number_of_a_stacked_bar_is_written():
    svg = drawn(stacked(30, 12, 1, 7))
    assert {"30", "12", "1", "7", "50"} <= set(texts(svg))


def test_a_number_without_room_stands_above_its_part():
    svg = drawn(stacked(900, 1))
    heights = {e.text: float(e.get("y", "")) for e in svg.iter(f"{SVG}text")}
    assert heights["1"] < heights["900"]


def test_zero_takes_no_part():
    assert "0" not in texts(drawn(stacked(4, 0, 2)))


def test_tones_differ_in_more_than_hue():
    inks = choose_inks([Series(name, (), tone) for name, tone in STANCES])
    assert len({(ink.fill, ink.pattern) for ink in inks}) == len(STANCES)
    assert sum(bool(ink.pattern) for ink in inks) >= 3


def test_plain_series_take_turns():
    assert len({ink.fill for ink in choose_inks([Series(str(i), ()) for i in range(6)])}) == 6
    assert (
        choose_inks([Series("a", (), Tone.FOR)])[0] == choose_inks([Series("b", (), Tone.FOR)])[0]
    )


def test_everything_stays_inside_the_drawing():
    for node in sample_document().blocks:
        for chart in (block for block in getattr(node, "blocks", ()) if isinstance(block, Chart)):
            svg = drawn(chart)
            height = float(svg.get("height", "0"))
            for box in svg.iter(f"{SVG}rect"):
                assert float(box.get("x", "0")) + float(box.get("width", "0")) <= WIDTH + 0.1
                assert float(box.get("y", "0")) + float(box.get("height", "0")) <= height + 0.1


def test_a_matrix_writes_every_count():
    series = tuple(Series(f"Theme {i}", (i, 0)) for i in range(1, 4))
    svg = drawn(Chart("x", ChartKind.HEAT_MAP, "M", "D", ("Cities", "Villages"), series))
    assert {"1", "2", "3"} <= set(texts(svg))
    assert texts(svg).count("–") == 3


def test_a_matrix_with_many_columns_turns_its_headings():
    series = tuple(Series(f"Theme number {i}", (i,)) for i in range(12))
    svg = drawn(Chart("x", ChartKind.HEAT_MAP, "M", "D", ("Cities",), series))
    assert any("rotate" in (e.get("transform") or "") for e in svg.iter(f"{SVG}text"))


def test_texts_are_escaped_and_the_figure_has_a_name():
    chart = bar_chart("x")
    chart = Chart("x", chart.kind, "T", "D", ("R & D", "<script>"), chart.series)
    svg = drawn(chart)
    assert {"R & D", "<script>"} <= set(texts(svg))
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert title.text == "What it shows & more"
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == title.get("id")


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Kommuner", ("Kommuner",)),
        ("Lag og arbeidsgiverorganisasjoner", ("Lag og", "arbeidsgiverorganisas-", "joner")),
        ("en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten", None),
    ],
)
def test_labels_are_wrapped_to_their_column(label, lines):
    wrapped = wrap_label(label, 160)
    assert len(wrapped) <= 3
    assert all(len(line) <= 25 for line in wrapped)
    if lines:
        assert wrapped == lines
    else:
        assert wrapped[-1].endswith("…")
