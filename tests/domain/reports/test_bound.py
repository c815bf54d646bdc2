"""Numbers and names in prose: printed from the data, in the list when they have changed."""

from dataclasses import replace

import pytest

from consult.domain.composing.types import BlockKind, PartKind
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.render.html import render_html
from consult.domain.documents.types import Table
from consult.domain.reports.bound import as_printed, check_bound
from consult.domain.reports.building.bound import places_of, resolve, restate, values_of
from consult.domain.reports.rules import WrittenPart
from consult.domain.reports.types import CheckKind
from consult.kernel.text.rich.codec import from_json, to_json
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from tests.domain.documents.building.small_round import answer, small_round
from tests.domain.reports.test_building import block, build, of_type, part


def values(data=None, proposed=0):
    return values_of(Figures(data or small_round()), Wording("en"), proposed=proposed)


def test_a_value_in_the_text_survives_every_form_of_it():
    text = from_markdown("Of [7]{v:answers} **[5]{v:group.local}** [a [b]{v:x.y}]{e:p}.")
    assert [one.id for one in places_of(text)] == ["answers", "group.local", "x.y"]
    assert from_markdown(to_markdown(text)) == text
    assert from_json(to_json(text)) == text
    assert from_markdown("[7]{v:!}").blocks[0].words == "[7]{v:!}"


def test_what_is_printed_is_what_the_data_say():
    written = from_markdown("We got **[6]{v:answers}** answers and [3]{v:gone}.")
    printed = resolve(written, values(), set())
    assert printed.blocks[0].words == "We got 7 answers and 3."
    assert places_of(printed).__next__().words == "7"


def test_a_body_is_named_in_full_first():
    data = replace(small_round(), answers=(answer(1, "Solvik Users (SUF)"), answer(2, "Havnes")))
    text = from_markdown("[x]{v:body.1} and [y]{v:body.2}. Then [x]{v:body.1}.")
    words = resolve(text, values(data), set()).blocks[0].words
    assert words == "Solvik Users (SUF) and Havnes. Then SUF."


def test_what_has_changed_is_found_until_the_sentence_is_read_again():
    text = from_markdown("[6]{v:answers} answers, [9]{v:theme.gone.senders}, [x]{v:at.part-a}.")
    one = WrittenPart("p-1", "Doors", PartKind.OWN, text)
    found = list(check_bound([one], values(), {"part-b"}))
    assert [line.check for line in found] == [
        CheckKind.BOUND_CHANGED,
        CheckKind.BOUND_LOST,
        CheckKind.BOUND_LOST,
    ]
    assert (found[0].values["was"], found[0].values["now"]) == ("6", "7")
    place = next(places_of(text))
    again = replace(one, text=restate(text, place, "7"))
    assert len(list(check_bound([again], values(), {"part-a"}))) == 1
    assert as_printed([one], values())[0].text.blocks[0].words.startswith("7 answers")


def test_few_persons_are_not_counted_for_a_theme():
    data = small_round()
    told = values(replace(data, round=replace(data.round, small_groups=5)))
    assert not [one for one in told if one.startswith("group.people")]


@pytest.mark.scenario(84)
def test_the_number_of_proposals_is_the_number_of_rows_and_references_find_them():
    body = to_json(
        from_markdown(
            "We have [9]{v:proposed} proposal. See [x]{v:at.proposal-r1}, [y]{v:at.part-p-6}."
        )
    )
    document = build(
        part("p-2", heading="Open doors"),
        block("p-3", BlockKind.PROPOSED),
        part("p-4", heading="In short", body=body),
        block("p-6", BlockKind.MEASURES, heading="Measures", depth=1),
        block("p-7", BlockKind.METHOD, heading="Method", depth=1),
    )
    html = str(render_html(document))
    assert "We have 1 proposal." in html
    assert 'href="#proposal-r1"' in html
    assert "chapter 3" in html
    tables = {one.id: one for one in of_type(document, Table)}
    assert len(tables["p-6-short"].rows) == 1
    assert [row.cells[1][0].text for row in tables["p-7-bound"].rows] == ["1"]
