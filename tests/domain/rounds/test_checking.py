"""What a round lacks before it can be announced."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from consult.domain.organisations.types import ActorType
from consult.domain.rounds.checking import announcement_findings, holidays_within, spec_problems
from consult.domain.rounds.findings import FindingCode, Holiday, Part
from consult.domain.rounds.rules import closing_moment, deadline_warning, next_key, opening_moment
from consult.domain.rounds.types import (
    DeadlineWarning,
    Option,
    QuestionKind,
    QuestionSpec,
    RoundSpec,
    RoundType,
    Scale,
)

NOW = datetime(2026, 8, 1, 8, 0, tzinfo=UTC)
BOTH = {"nb": "Tekst", "nn": "Tekst"}
SPEC = RoundSpec(
    type=RoundType.HEARING,
    languages=("nb", "nn"),
    title=BOTH,
    introduction=BOTH,
    contact={"name": "Sekretariatet", "email": "post@consult.example"},
    opens_at=opening_moment(date(2026, 9, 1)),
    closes_at=closing_moment(date(2026, 12, 1)),
    questions=(QuestionSpec(key="q1", kind=QuestionKind.OPEN, text=BOTH),),
)


def _findings(spec, *, owner_type=ActorType.MINISTRY, invited=1, now=NOW):
    return announcement_findings(spec, owner_type=owner_type, invited=invited, now=now)


def _codes(findings):
    return [finding.code for finding in findings]


def test_a_whole_round_has_no_findings():
    assert _findings(SPEC) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": {}}, FindingCode.TITLE_MISSING),
        ({"introduction": {"nb": "  "}}, FindingCode.INTRODUCTION_MISSING),
        ({"questions": ()}, FindingCode.QUESTIONS_MISSING),
        ({"contact": {"name": "Sekretariatet"}}, FindingCode.CONTACT_MISSING),
        ({"closes_at": SPEC.opens_at}, FindingCode.CLOSES_BEFORE_IT_OPENS),
        ({"opens_at": opening_moment(date(2026, 6, 1)), "closes_at": NOW}, "deadline_past"),
        ({"languages": ("nb",)}, FindingCode.LANGUAGES_MISSING),
    ],
)
def test_what_stands_in_the_way(change, code):
    findings = _findings(replace(SPEC, **change))
    assert code in _codes(finding for finding in findings if finding.blocks)


def test_a_list_of_consultees_is_no_condition():
    (finding,) = _findings(SPEC, invited=0)
    assert finding.code is FindingCode.NOBODY_INVITED
    assert not finding.blocks


@pytest.mark.scenario(4)
def test_a_missing_language_blocks_a_state_body_and_warns_a_municipality():
    question = QuestionSpec(key="q3", kind=QuestionKind.OPEN, text={"nb": "Hva mener du?"})
    spec = replace(SPEC, questions=(*SPEC.questions, question))
    (state,) = _findings(spec, owner_type=ActorType.DIRECTORATE)
    assert (state.code, state.part, state.key, state.language, state.blocks) == (
        FindingCode.TRANSLATION_MISSING,
        Part.QUESTION,
        "q3",
        "nn",
        True,
    )
    (municipality,) = _findings(spec, owner_type=ActorType.MUNICIPALITY)
    assert municipality == replace(state, blocks=False)


@pytest.mark.scenario(4)
def test_options_and_scales_belong_to_the_form():
    options = (Option("a", BOTH), Option("b", {"nb": "Bare bokmål"}))
    scale = Scale(1, 5, BOTH, {"nn": "Berre nynorsk"})
    spec = replace(
        SPEC,
        questions=(
            QuestionSpec(key="q1", kind=QuestionKind.SINGLE, text=BOTH, options=options),
            QuestionSpec(key="q2", kind=QuestionKind.SCALE, text=BOTH, scale=scale),
        ),
    )
    found = [(finding.key, finding.language) for finding in _findings(spec) if finding.blocks]
    assert found == [("q1", "nn"), ("q2", "nb")]


def test_the_paper_and_english_only_warn():
    spec = replace(SPEC, languages=("nb", "nn", "en"), influence={"nb": "Alt"})
    findings = _findings(spec)
    assert {finding.language for finding in findings} == {"nn", "en"}
    assert not any(finding.blocks for finding in findings)


def test_internal_texts_are_outside_the_language_act():
    spec = replace(SPEC, type=RoundType.INTERNAL_HEARING, languages=("nb",), title={"nb": "Hei"})
    assert not any(finding.blocks for finding in _findings(spec))


@pytest.mark.scenario(1)
@pytest.mark.parametrize(
    ("reason", "code", "blocks"),
    [(None, FindingCode.REASON_MISSING, True), ("EØS-frist", FindingCode.UNDER_MINIMUM, False)],
)
def test_a_hearing_of_five_weeks_needs_a_reason(reason, code, blocks):
    spec = replace(SPEC, closes_at=closing_moment(date(2026, 10, 6)), short_deadline_reason=reason)
    (finding,) = _findings(spec)
    assert (finding.code, finding.blocks) == (code, blocks)


@pytest.mark.scenario(3)
def test_a_call_for_input_has_no_norm_for_the_time_to_answer():
    spec = replace(SPEC, type=RoundType.INPUT_ROUND, closes_at=closing_moment(date(2026, 10, 6)))
    assert _findings(spec) == ()


def test_the_time_to_answer_is_counted_from_the_announcement():
    late = datetime(2026, 11, 1, tzinfo=UTC)
    assert FindingCode.REASON_MISSING in _codes(_findings(SPEC, now=late))


@pytest.mark.parametrize(
    ("closes", "warning"),
    [
        (date(2026, 4, 11), DeadlineWarning.UNDER_MINIMUM),
        (date(2026, 4, 12), DeadlineWarning.UNDER_NORMAL),
        (date(2026, 5, 29), DeadlineWarning.UNDER_NORMAL),
        (date(2026, 5, 30), None),
    ],
)
def test_six_weeks_and_three_months_are_counted_from_date_to_date(closes, warning):
    found = deadline_warning(
        RoundType.HEARING,
        opens_at=opening_moment(date(2026, 3, 1)),
        closes_at=closing_moment(closes),
    )
    assert found is warning


@pytest.mark.scenario(2)
def test_a_holiday_in_the_time_to_answer_is_pointed_out():
    spec = replace(
        SPEC,
        opens_at=opening_moment(date(2027, 5, 20)),
        closes_at=closing_moment(date(2027, 8, 20)),
    )
    (finding,) = _findings(spec)
    assert (finding.code, finding.holiday, finding.blocks) == ("holiday", Holiday.SUMMER, False)
    longer = replace(spec, closes_at=closing_moment(date(2027, 9, 10)))
    assert _findings(longer) == ()


@pytest.mark.parametrize(
    ("first", "last", "holidays"),
    [
        (date(2026, 9, 1), date(2026, 12, 23), ()),
        (date(2026, 12, 31), date(2027, 2, 1), (Holiday.CHRISTMAS,)),
        (date(2027, 1, 1), date(2027, 3, 21), (Holiday.CHRISTMAS, Holiday.EASTER)),
        (date(2026, 4, 7), date(2026, 6, 30), ()),
        (date(2026, 3, 1), date(2026, 7, 1), (Holiday.EASTER, Holiday.SUMMER)),
    ],
)
def test_holidays(first, last, holidays):
    assert set(holidays_within(first, last)) == set(holidays)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (QuestionSpec(QuestionKind.OPEN, {}), "questions[1].text: required"),
        (
            QuestionSpec(QuestionKind.OPEN, BOTH, options=(Option("a", BOTH),)),
            "questions[1].options: a question of kind open has no options",
        ),
        (
            QuestionSpec(QuestionKind.SINGLE, BOTH, options=(Option("a", BOTH),) * 2),
            "questions[1].options: the key 'a' is used 2 times",
        ),
        (
            QuestionSpec(QuestionKind.SCALE, BOTH, scale=Scale(1, 1, BOTH, BOTH)),
            "questions[1].scale: a scale has 2 to 11 steps",
        ),
        (
            QuestionSpec(QuestionKind.SCALE, BOTH, scale=Scale(1, 5, BOTH, {})),
            "questions[1].scale: say in words what both ends mean",
        ),
        (
            QuestionSpec(QuestionKind.STANCE, BOTH),
            "questions[1].proposal: a stance is taken on a proposal; name its key",
        ),
    ],
)
def test_rules_of_questions(question, problem):
    assert problem in map(str, spec_problems(replace(SPEC, questions=(question,))))


def test_next_key():
    assert next_key("q", []) == "q1"
    assert next_key("q", ["q1", "q2"]) == "q3"
    assert next_key("q", ["q1", "q3"]) == "q4"
    assert next_key("4.", ["4.2", "4.3"]) == "4.4"
