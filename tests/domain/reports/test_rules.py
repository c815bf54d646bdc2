"""What is checked before a report is published, on plain values."""

from consult.domain.composing.types import PartKind
from consult.domain.reports import rules
from consult.domain.reports.language.quoted import Said
from consult.domain.reports.rules import (
    DataState,
    OpenTheme,
    ProposedPoint,
    Resting,
    WrittenPart,
)
from consult.domain.reports.types import CheckKind, Doubt
from consult.kernel.text.rich.markdown import from_markdown


def part(kind: PartKind, words: str = "Døra skal være åpen.") -> WrittenPart:
    return WrittenPart("p-1", "Dører", kind, from_markdown(words))


def kinds(lines) -> list[CheckKind]:
    return [one.check for one in lines]


def test_a_proposal_rests_on_something_and_meets_its_objections():
    points = [
        ProposedPoint("r1", "p-1", "Hold åpent."),
        ProposedPoint("r2", "p-1", "Steng.", is_supported=True, objections=2),
        ProposedPoint("r3", "p-1", "Vent.", is_proposed=False),
        ProposedPoint("r4", "p-1", "Mal.", is_supported=True, objections=1, assessment="Lite."),
    ]
    ungrounded, unanswered = rules.check_proposals(points)
    assert (ungrounded.check, ungrounded.may_be_signed_for) == (
        CheckKind.UNGROUNDED_PROPOSAL,
        True,
    )
    assert (unanswered.check, unanswered.may_be_signed_for) == (
        CheckKind.UNANSWERED_OBJECTION,
        False,
    )


def test_findings_and_views_rest_on_passages():
    ground = Resting("ground:a", "p-1", "Solvik", "Åpent.")
    evidence = Resting("evidence:a", "p-1", "Solvik", "Åpent.")
    for kind in (PartKind.FINDING, PartKind.VIEWS):
        assert kinds(rules.check_grounding([part(kind)], [ground])) == [CheckKind.UNGROUNDED_PART]
        assert not list(rules.check_grounding([part(kind)], [evidence]))
        assert not list(rules.check_grounding([part(kind, "")], []))
    assert not list(rules.check_grounding([part(PartKind.ASSESSMENT)], []))


def test_passages_that_nobody_has_used_are_told_by_theme_until_another_comes():
    (line,) = rules.check_use([OpenTheme("t1", "Tid", "p-1", (4, 3))])
    assert line.values["count"] == 2
    (same,) = rules.check_use([OpenTheme("t1", "Tid", "p-1", (3, 4))])
    (more,) = rules.check_use([OpenTheme("t1", "Tid", "p-1", (3, 4, 5))])
    assert line.key == same.key
    assert line.code != more.code
    assert not list(rules.check_use([OpenTheme("t1", "Tid", "p-1", ())]))


def test_a_quote_that_may_not_be_published_cannot_be_signed_for():
    quoted = Resting(
        "evidence:a", "p-1", "Solvik", "Åpent.", stands_as_quote=True, may_be_quoted=False
    )
    (line,) = rules.check_resting([quoted])
    assert (line.check, line.may_be_signed_for) == (CheckKind.UNPUBLISHABLE, False)


def test_a_passage_that_changes_again_is_another_matter():
    first = Resting("evidence:a", "p-1", "Solvik", "Å", doubts=(Doubt.RECODED,), state="tid")
    again = Resting("evidence:a", "p-1", "Solvik", "Å", doubts=(Doubt.RECODED,), state="rom")
    (one,), (other,) = rules.check_resting([first]), rules.check_resting([again])
    assert one.check is CheckKind.STALE
    assert one.subject == other.subject
    assert one.digest != other.digest


def test_quotation_marks_stand_around_what_somebody_said():
    said = Said(["Døra må være åpen."], ["Naboen er syk."])
    words = "De sier «døra må være åpen», «vi fryser» og «naboen er syk»."
    found = list(rules.check_quotations([part(PartKind.OWN, words)], said))
    assert kinds(found) == [CheckKind.NOT_VERBATIM, CheckKind.UNPUBLISHABLE]
    assert [one.words for one in found] == ["vi fryser", "naboen er syk"]
    told = list(rules.check_quotations([part(PartKind.OWN, words)], said, known=["vi fryser"]))
    assert kinds(told) == [CheckKind.UNPUBLISHABLE]


def test_figures_come_from_frozen_data_of_today():
    assert kinds(rules.check_data(DataState())) == [CheckKind.NO_DATA]
    assert kinds(rules.check_data(DataState("Data 1", 3, "x"))) == [CheckKind.OUTDATED_DATA]
    assert not list(rules.check_data(DataState("Data 1")))
