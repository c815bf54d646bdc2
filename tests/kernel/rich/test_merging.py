"""Two writers in one text: no word of either is lost."""

from collections import Counter
from collections.abc import Iterable

import pytest

from consult.kernel.text.rich.aligning import tokens
from consult.kernel.text.rich.errors import UnresolvedConflict
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.merging import Choice, Merge, MergeConflict, merge
from consult.kernel.text.rich.types import Block, RichText
from tests.kernel.rich.making import chances, edited, rich_text

BASE = "## Om skolen\n\nVi mener at leksehjelp bør gis på alle trinn.\n\n- Kveld\n- Helg"


def merged(mine: str, theirs: str, base: str = BASE) -> Merge:
    return merge(from_markdown(base), from_markdown(mine), from_markdown(theirs))


def test_changes_in_different_blocks_and_words():
    mine = BASE.replace("alle trinn", "alle **barnetrinn**").replace("## Om", "## Mer om")
    theirs = BASE.replace("Vi mener", "Utvalget mener").replace("- Helg", "- Helg\n- Ferie")
    assert to_markdown(merged(mine, theirs).text) == (
        "## Mer om skolen\n\nUtvalget mener at leksehjelp bør gis på alle **barnetrinn**."
        "\n\n- Kveld\n- Helg\n- Ferie"
    )


def test_marks_of_both_on_the_same_words():
    mine = BASE.replace("leksehjelp", "[leksehjelp]{e:p1}")
    theirs = BASE.replace("leksehjelp", "**[leksehjelp]{e:p2@se}**")
    both = BASE.replace("leksehjelp", "[**leksehjelp**]{e:p1 e:p2@se}")
    assert to_markdown(merged(mine, theirs).text) == both


def test_evidence_that_one_adds_stays_on_words_that_the_other_rewrites():
    mine = BASE.replace("alle trinn", "[alle trinn]{e:p1}")
    theirs = BASE.replace("alle trinn", "ungdomstrinnet")
    assert "[ungdomstrinnet]{e:p1}" in to_markdown(merged(mine, theirs).text)


def test_the_same_words_changed_by_both_are_a_conflict_about_those_words():
    mine = BASE.replace("alle trinn", "barnetrinnet").replace("Vi", "Utvalget")
    result = merged(mine, BASE.replace("alle trinn", "ungdomstrinnet"))
    (conflict,) = result.conflicts
    assert conflict.base[0].words == "Vi mener at leksehjelp bør gis på alle trinn."
    assert conflict.mine[0].words == "Utvalget mener at leksehjelp bør gis på barnetrinnet."
    assert conflict.theirs[0].words == "Utvalget mener at leksehjelp bør gis på ungdomstrinnet."
    with pytest.raises(UnresolvedConflict):
        _ = result.text
    with pytest.raises(UnresolvedConflict):
        result.resolve([Choice.MINE, Choice.MINE])
    assert "barnetrinnet" in to_markdown(result.resolve([Choice.MINE]))
    assert "ungdomstrinnet" in to_markdown(result.resolve([Choice.THEIRS]))
    assert len(result.resolve([Choice.BOTH]).blocks) == 5
    assert result.resolve([Choice.BASE]) == from_markdown(BASE)


def test_a_block_taken_away_by_one_and_changed_by_the_other_is_a_conflict():
    mine = BASE.replace("\n\nVi mener at leksehjelp bør gis på alle trinn.", "")
    (conflict,) = merged(mine, BASE.replace("alle trinn", "to trinn")).conflicts
    assert (conflict.mine, conflict.theirs[0].words[-9:]) == ((), "to trinn.")


def test_a_block_written_anew_by_one_and_changed_by_the_other_shows_both_texts():
    mine = BASE.replace("Vi mener at leksehjelp bør gis på alle trinn.", "Noe helt annet her")
    (conflict,) = merged(mine, BASE.replace("alle trinn", "to trinn")).conflicts
    assert [block.words for block in conflict.mine] == ["Noe helt annet her"]


def test_both_add_at_the_same_place():
    result = merged(f"{BASE}\n\nMin slutt.", f"{BASE}\n\nDeres slutt.")
    assert [block.words for block in result.text.blocks][-2:] == ["Deres slutt.", "Min slutt."]


def test_both_write_the_same_block_anew():
    first, second = "Noe helt annet her", "Ganske nye setninger nå"
    old = "Vi mener at leksehjelp bør gis på alle trinn."
    (conflict,) = merged(BASE.replace(old, first), BASE.replace(old, second)).conflicts
    texts = [[block.words for block in part] for part in (conflict.mine, conflict.theirs)]
    assert ([block.words for block in conflict.base], *texts) == ([old], [first], [second])


def counted(blocks: Iterable[Block]) -> Counter[tuple[str, str]]:
    return Counter(
        token.key
        for block in blocks
        for token in tokens(block.content)
        if token.key[0] != "break" and not token.is_blank
    )


def test_no_word_is_lost_and_it_does_not_matter_whose_is_mine():
    for chance in chances(400):
        base = rich_text(chance)
        one, other = edited(chance, base), edited(chance, base)
        result, turned = merge(base, one, other), merge(base, other, one)
        blocks = [part for part in result.parts if isinstance(part, Block)]
        assert blocks == [part for part in turned.parts if isinstance(part, Block)]
        assert result.conflicts == tuple(
            MergeConflict(part.base, part.theirs, part.mine) for part in turned.conflicts
        )
        seen = counted(blocks)
        for part in result.conflicts:
            seen += counted(part.mine) | counted(part.theirs)
        for text in (one, other):
            assert not counted(text.blocks) - counted(base.blocks) - seen
        assert not seen - counted(one.blocks) - counted(other.blocks)


def test_one_writer_alone_gets_what_was_written():
    for chance in chances(100):
        base = rich_text(chance)
        text = edited(chance, base)
        for result in (merge(base, text, base), merge(base, base, text), merge(base, text, text)):
            assert result.text == text
    assert merge(RichText(), RichText(), RichText()).text.is_empty
