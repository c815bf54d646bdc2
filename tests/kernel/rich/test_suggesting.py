"""An edited text that comes back, suggestion by suggestion."""

import pytest

from consult.kernel.text.rich.errors import StaleSuggestion
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.suggesting import Action, apply, suggest
from tests.kernel.rich.making import chances, edited, rich_text, without_evidence

OURS = "## Svar\n\n[Tre lag ønsker leksehjelp]{e:p1} i hele kommunen.\n\n- Kveld\n- Helg\n\nTakk."


def test_an_unedited_text_gives_no_suggestion():
    for chance in chances(200):
        text = rich_text(chance)
        assert suggest(text, without_evidence(text)) == ()


def test_evidence_stays_on_what_is_unchanged_and_on_what_is_rewritten_inside_it():
    theirs = OURS.replace("[Tre lag ønsker leksehjelp]{e:p1}", "Tre fylkeslag krever leksehjelp")
    (one,) = suggest(from_markdown(OURS), from_markdown(theirs))
    assert one.action is Action.REPLACE
    after = apply(from_markdown(OURS), one)
    assert "[Tre fylkeslag krever leksehjelp]{e:p1} i hele kommunen." in to_markdown(after)


def test_blocks_added_taken_away_and_written_anew():
    ours = from_markdown(OURS)
    theirs = from_markdown(
        "## Svar\n\n[Tre lag ønsker leksehjelp]{e:p1} i hele kommunen.\n\nNytt én.\n\nNytt to."
        "\n\n- Kveld\n\nMed vennlig hilsen styret"
    )
    found = suggest(ours, theirs)
    assert [(one.action, one.place) for one in found] == [
        (Action.INSERT, 2),
        (Action.INSERT, 2),
        (Action.DELETE, 3),
        (Action.DELETE, 4),
        (Action.INSERT, 5),
    ]
    only_second = apply(ours, found[1])
    assert [block.words for block in apply(only_second, found[0]).blocks][2:4] == [
        "Nytt én.",
        "Nytt to.",
    ]


def test_one_block_in_the_place_of_another_is_one_suggestion():
    theirs = from_markdown(OURS.replace("- Kveld", "- Hele døgnet, alle dager"))
    (one,) = suggest(from_markdown(OURS), theirs)
    assert (one.action, one.place) == (Action.REPLACE, 2)


def test_the_text_may_go_on_but_not_in_the_same_words():
    ours = from_markdown(OURS)
    (one,) = suggest(ours, from_markdown(OURS.replace("hele kommunen", "alle bydeler")))
    went_on = from_markdown(OURS.replace("Tre lag", "Fire lag"))
    assert "Fire lag ønsker leksehjelp" in to_markdown(apply(went_on, one))
    assert "alle bydeler" in to_markdown(apply(went_on, one))
    assert apply(apply(ours, one), one) == apply(ours, one)
    for changed in ("hele kommunen", "hele kommunen."), ("i hele kommunen.", ""):
        current = OURS.replace(changed[0], "halve fylket" if changed[1] else "")
        with pytest.raises(StaleSuggestion):
            apply(from_markdown(current), one)
    with pytest.raises(StaleSuggestion):
        apply(from_markdown("## Svar\n\nTakk."), one)


def test_all_accepted_in_any_order_give_their_text():
    stale = 0
    for chance in chances(200):
        ours = rich_text(chance)
        theirs = without_evidence(edited(chance, ours))
        found = list(suggest(ours, theirs))
        chance.shuffle(found)
        current = ours
        try:
            for one in found:
                current = apply(current, one)
        except StaleSuggestion:
            stale += 1
            continue
        assert [block.words for block in current.blocks] == [b.words for b in theirs.blocks]
    assert stale <= 1
