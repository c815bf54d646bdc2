"""How a branch's words come into the text where no scripts run."""

import pytest

from consult.domain.composing.inserting import append_words, words_of
from consult.domain.composing.merging import find_origin, superseded
from consult.domain.composing.types import EvidenceUse, RevisionMark, SaveKind
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.types import Evidence
from tests.support.factories import days

MARK = Evidence("a1", "se")


@pytest.mark.parametrize(
    ("before", "use", "after"),
    [
        ("", EvidenceUse.QUOTED, "> [Èn linje]{e:a1@se}\n> [og en til]{e:a1@se}"),
        ("Vi mener.", EvidenceUse.REFERRED, "Vi mener. [(Lag Havnes)]{e:a1@se}"),
        ("- Punkt", EvidenceUse.REFERRED, "- Punkt [(Lag Havnes)]{e:a1@se}"),
        ("> Sitat", EvidenceUse.REFERRED, "> Sitat\n\n[(Lag Havnes)]{e:a1@se}"),
        ("", EvidenceUse.REFERRED, "[(Lag Havnes)]{e:a1@se}"),
        ("Vi mener.", EvidenceUse.MERGED, "Vi mener."),
    ],
)
def test_words_are_put_at_the_end(before, use, after):
    words = words_of(use, "Èn  linje\n\nog en til", name="Lag Havnes")
    assert to_markdown(append_words(from_markdown(before), use, words, MARK)) == after


def mark(number, *, kind=SaveKind.TYPED, window=None, minutes=0.0):
    return RevisionMark(number, kind, days(utc_now(), minutes / 1440), "person:x", window)


def test_a_page_goes_on_from_what_it_showed_or_saved_last():
    revisions = [
        mark(1),
        mark(3, window="a"),
        mark(4, kind=SaveKind.ASIDE, window="b"),
        mark(5, kind=SaveKind.MERGED),
    ]
    assert find_origin(revisions, base=5, window="a").number == 5
    assert find_origin(revisions, base=1, window="a").number == 3
    assert find_origin(revisions, base=3, window="b").number == 4
    assert find_origin(revisions, base=2, window="c").number == 1
    assert find_origin(revisions[1:], base=2, window=None).number == 3


@pytest.mark.at("2026-10-28T11:00:00+00:00")
def test_only_autosaves_of_one_page_soon_after_one_another_become_one():
    revisions = [
        mark(1, window="a"),
        mark(2, window="a", minutes=4),
        mark(3, window="b", minutes=5),
        mark(4, window="b", minutes=11),
        mark(5, kind=SaveKind.ASIDE, window="b", minutes=12),
        mark(6, kind=SaveKind.MERGED, minutes=12),
        mark(7, minutes=13),
        mark(8, minutes=13),
    ]
    assert superseded(revisions) == (1,)
