"""A summary says what the data say: numbers, words, names, and nothing that must not be told."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

import consult
from consult.domain.documents.building.data import (
    FormerWordingFacts,
    StanceFacts,
    SummaryData,
)
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.summary import build_summary
from consult.domain.documents.render.html import render_html
from consult.domain.documents.render.page import render_page
from consult.domain.documents.render.pdf import render_pdf
from consult.domain.documents.tree import check_document, content_hash, walk
from consult.domain.documents.types import (
    Box,
    Chart,
    Document,
    Foreign,
    Quote,
    Section,
    SenderList,
    Table,
    Text,
)
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.mandates import Mandate
from consult.domain.submissions.types import Channel, Publication, Stance, Voice
from tests.domain.documents.building.small_round import LONG, answer, passage, small_round
from tests.support.pdf_text import text_of

ASSETS = Path(consult.__file__).parent / "static" / "build"
SAMI = "Gielaid áššis: č, đ, ŋ, š, ŧ ja ž galget leat seamma buorit go eará bustávat, jáhkán mun."


def words(node: object) -> str:
    """All text of a node."""
    return " ".join(part.text for part in walk(node) if isinstance(part, Text))


def section(document: Document, anchor: str) -> Section:
    return next(n for n in walk(document) if isinstance(n, Section) and n.id == anchor)


def quotes(node: object) -> list[Quote]:
    return [part for part in walk(node) if isinstance(part, Quote)]


def cells(table: Table) -> list[list[str]]:
    return [["".join(t.text for t in walk(c) if isinstance(t, Text)) for c in row.cells]
            for row in table.rows]  # fmt: skip


@pytest.fixture(scope="module")
def summary() -> Document:
    return build_summary(small_round(), "en")


# Numbers


def test_the_flow_from_received_to_analysed_adds_up(summary):
    flow = section(summary, "senders-flow")
    table = next(part for part in walk(flow) if isinstance(part, Table))
    assert [row[1] for row in cells(table)] == ["9", "-1", "-1", "7"]
    assert "9 answers were received. 7 of them have been analysed." in words(flow)


def test_kinds_channels_languages_and_deadline_are_counted(summary):
    table = next(n for n in walk(summary) if isinstance(n, Table) and n.id == "table-kinds")
    assert cells(table) == [
        ["Municipality", "5", "4", "1"],
        ["Trade union", "1", "1", "0"],
        ["Private person", "1", "1", "0"],
        ["All", "7", "6", "1"],
    ]
    how = words(section(summary, "senders-how"))
    assert "Online form 6 · E-mail 1" in how
    assert "In time 6 · After the deadline, included 1" in how


def test_invited_and_answered_are_told_without_a_rate(summary):
    text = words(section(summary, "senders-invited"))
    assert "3 bodies were invited to answer. 2 of them have answered." in text
    assert "no response rate" in text
    assert "%" not in words(summary)


def test_every_number_has_its_unit(summary):
    for node in walk(summary):
        if isinstance(node, Chart | Table):
            assert node.unit.startswith("number of "), node.id


def test_themes_roll_up_and_name_the_silent(summary):
    text = words(section(summary, "theme-access"))
    assert "5 passages are about this." in text
    assert "They come from 4 organisations and one person: most of the 6 senders" in text
    access = Figures(small_round())
    tally = access.tally(access.passages_on("access"))
    assert (tally.passages, tally.answers, tally.organisations, tally.persons) == (5, 5, 4, 1)


def test_chosen_parts_count_as_the_passage_they_lie_in():
    data = small_round()
    parts = (
        passage(1, f"{LONG}, says a part.", "access", counted_as=1),
        passage(1, f"{LONG}, says another.", "digital", counted_as=1),
        passage(6, f"{LONG}, says the union's.", "digital", counted_as=6),
    )
    built = build_summary(replace(data, passages=(*data.passages, *parts)), "en")
    access = words(section(built, "theme-access"))
    assert "5 passages are about this." in access  # 1 and 2, 4; below it 6 and 7, and 1 again
    assert "3 of the passages are about the theme as a whole" in access
    assert "Passages by group: Municipalities and counties 3 · Working life 1 · People 1." in access
    assert "4 passages are about this." in words(section(built, "theme-digital"))
    [table] = [node for node in walk(built) if getattr(node, "id", "") == "table-matrix"]
    numbers = [[cell[0].text for cell in row.cells[1:]] for row in table.rows]
    assert numbers == [["3", "1", "1", "5"], ["2", "1", "1", "4"]]


def test_groups_that_do_not_mention_a_theme_are_named():
    data = small_round()
    data = replace(data, passages=tuple(p for p in data.passages if p.answer not in {6, 7}))
    text = words(section(build_summary(data, "en"), "theme-access"))
    assert "Groups that answered but do not mention it: Working life and People." in text


def test_unused_themes_stand_only_in_the_codebook(summary):
    assert "theme-unused" not in {n.id for n in walk(summary) if isinstance(n, Section)}
    definitions = [getattr(node, "term", "") for node in walk(section(summary, "codebook"))]
    assert "Unused" in definitions
    assert "– Digital doors" in definitions


# Stances and their words


def test_a_judged_stance_wins_over_the_stated_one():
    found = Figures(small_round()).proposal("4.1")
    assert {p.answer.number: p.stance.value for p in found.addressing}[4] is Stance.OPPOSE
    assert [p.answer.number for p in found.no_comments] == [5]
    assert found.silent == 1


def test_quantity_words_have_their_denominator(summary):
    text = words(section(summary, "proposal-4-1"))
    assert "A majority of the 5 who address the proposal support it (3)." in text
    assert (
        "Of the same 5, one supports it partly (1 sender without name) and one does not support "
        "it (Ås <b>kommune</b>)." in text
    )
    assert "One sender has no comments on it. One sender does not mention it." in text


def test_fewer_than_five_are_named_instead(summary):
    text = words(section(summary, "proposal-4-2"))
    assert "Only 2 senders address the proposal. In support: Granli kommune." in text
    assert "Against: 1 sender without name." in text
    assert "majority" not in text


def test_a_proposal_that_nobody_mentions_says_so(summary):
    text = words(section(summary, "proposal-4-3"))
    assert "Nobody addresses this proposal. 7 senders do not mention it." in text
    assert not [n for n in walk(section(summary, "proposal-4-3")) if isinstance(n, Chart)]


def test_who_writes_without_a_stance_is_not_called_silent():
    data = small_round()
    written = replace(passage(7, "Red would be better.", proposal="4.3"), id=70, counted_as=70)
    summary = build_summary(replace(data, passages=(*data.passages, written)), "en")
    text = words(section(summary, "proposal-4-3"))
    assert "Nobody addresses" not in text
    assert "One sender writes about it, but no stance has been read in it. 6 senders do" in text


def test_the_last_answer_of_an_organisation_decides():
    data = small_round()
    again = answer(10, "Granli kommune", organisation_id=1)
    data = replace(
        data,
        answers=(*data.answers, again),
        stances=(*data.stances, replace(data.stances[0], answer=10, value=Stance.OPPOSE)),
    )
    found = Figures(data).proposal("4.1")
    assert len(found.addressing) == 5
    assert {p.answer.number for p in found.with_value(Stance.OPPOSE)} == {4, 10}


def test_names_with_commas_stay_apart():
    data = small_round()
    data = replace(
        data,
        answers=tuple(replace(a, name="Union, branch North") if a.number == 1 else a
                      for a in data.answers),
        stances=(*data.stances, replace(data.stances[0], answer=2, proposal="4.2")),
    )  # fmt: skip
    text = words(section(build_summary(data, "en"), "proposal-4-2"))
    assert "In support: Havnes kommune; Union, branch North." in text


def test_opposite_groups_are_told_apart():
    data = small_round()
    unions = tuple(answer(n, f"Union {n}", actor_type=ActorType.UNION) for n in (20, 21, 22))
    opposing = tuple(replace(data.stances[0], answer=u.number, value=Stance.OPPOSE) for u in unions)
    data = replace(data, answers=(*data.answers, *unions), stances=(*data.stances, *opposing))
    text = words(section(build_summary(data, "en"), "impressions-stances"))
    assert "A majority is in support among: Municipalities and counties (3 of 4)." in text
    assert "A majority is against among: Working life (3 of 4)." in text


# Names and publication


def test_names_that_must_not_be_told_are_nowhere(summary):
    told = render_page(summary, assets=ASSETS)
    for secret in ("The Secret Union", "Kari Hidden", "must stay secret", "Gone kommune",
                   "Late kommune", "withdrawn."):  # fmt: skip
        assert secret not in told


def test_a_sender_without_name_is_called_by_its_kind(summary):
    by_union = [quote for quote in quotes(summary) if "writes the union" in words(quote)]
    assert {quote.sender for quote in by_union} == {"Trade union (without name)"}
    lists = [node for node in walk(summary) if isinstance(node, SenderList)]
    groups = {group.heading: [s.name for s in group.senders] for group in lists[0].groups}
    assert groups["Without name"] == ["Trade union"]
    assert "one answer from a private person" in words(section(summary, "all-senders"))


def test_a_body_that_is_one_of_a_kind_is_not_given_away_by_its_kind():
    data = small_round()
    data = replace(
        data,
        answers=tuple(
            replace(a, actor_type=ActorType.SAMI_PARLIAMENT) if a.number == 6 else a
            for a in data.answers
        ),
    )
    told = render_page(build_summary(data, "en"), assets=ASSETS)
    assert "Sámi Parliament" not in told
    assert "State (without name)" in told


def test_a_person_with_name_is_quoted_by_name_but_not_listed():
    data = small_round()
    person = answer(30, "Ola Open", actor_type=ActorType.PRIVATE_PERSON, organisation_id=None)
    words_of_ola = passage(30, f"{LONG}, thinks Ola.", "access")
    data = replace(data, answers=(*data.answers, person), passages=(*data.passages, words_of_ola))
    document = build_summary(data, "en")
    assert "Ola Open" in {quote.sender for quote in quotes(document)}
    assert "Ola Open" not in str(section(document, "all-senders"))


def test_the_mandate_of_a_branch_stands_behind_its_name_and_weighs_nothing():
    data = small_round()
    branch = answer(32, "Lag Solvik", mandate=Mandate("Styret", votes_for=7, members=900))
    plain = build_summary(replace(data, answers=(*data.answers, answer(32, "Lag Solvik"))), "en")
    told = build_summary(replace(data, answers=(*data.answers, branch)), "en")
    assert "Lag Solvik (Styret · 7 for · 900 members)" in str(section(told, "all-senders"))
    assert str(section(told, "senders")) == str(section(plain, "senders"))


def test_groups_without_a_name_are_not_counted_as_persons():
    data = small_round()
    group = answer(
        31,
        "Naboene",
        actor_type=ActorType.INFORMAL_GROUP,
        organisation_id=None,
        publication=Publication.WITHOUT_NAME,
    )
    document = build_summary(replace(data, answers=(*data.answers, group)), "en")
    told = words(section(document, "all-senders"))
    assert "one answer from a private person and one answer from a group without legal form" in told
    assert "Naboene" not in told


def test_nobody_is_quoted_twice_under_a_heading_and_no_passage_twice(summary):
    for anchor in ("theme-access", "proposal-4-1"):
        senders = [q.reference for q in quotes(section(summary, anchor)) if q.reference]
        assert len(senders) == len(set(senders))
    said = [words(quote) for quote in quotes(summary)]
    assert len(said) == len(set(said))


# Sides: a sender who supports a proposal may object to parts of it


def sides(document: Document, anchor: str) -> dict[str, list[str]]:
    """What is quoted under each heading of a section, by the end of the words."""
    return {
        node.heading: [words(quote).removeprefix(LONG).strip() for quote in quotes(node)]
        for node in walk(section(document, anchor))
        if isinstance(node, Section) and node.id.startswith(f"{anchor}-")
    }


FOR = "From answers that support what is proposed"
AGAINST = "From answers with objections or reservations"
NEITHER = "Passages without a stance of their own"


def with_dissent(*, read_in: int | None = None) -> SummaryData:
    """Granli supports proposal 4.1 in one passage; in the next one a district objects."""
    data = small_round()
    district = passage(1, f"{LONG}, yet a district objects.", "access", id=101, counted_as=101,
                       position=1, proposal="4.1")  # fmt: skip
    judged = StanceFacts(1, "4.1", Stance.SUPPORT, is_coded=True, read_in=read_in)
    return replace(
        data,
        passages=(*data.passages, district),
        stances=(*data.stances, judged) if read_in else data.stances,
    )


def test_what_is_all_that_is_said_of_a_proposal_has_the_stance_of_its_answer(summary):
    assert sides(summary, "theme-access") == {
        FOR: [", says Granli.", "<b>now</b>."],
        AGAINST: [", yet not on Sundays."],
    }


@pytest.mark.parametrize("anchor", ["theme-access", "proposal-4-1"])
def test_of_several_passages_none_is_given_a_side(anchor):
    figures = Figures(with_dissent())
    assert not [p for p in figures.passages if p.answer == 1 and figures.own_stances(p)]
    told = sides(build_summary(with_dissent(), "en"), anchor)
    assert not [said for said in told.get(FOR, []) + told.get(AGAINST, []) if "district" in said]


def test_a_passage_has_the_side_that_was_read_in_it():
    figures = Figures(with_dissent(read_in=1))
    first, district = (p for p in figures.passages if p.answer == 1)
    assert figures.own_stances(first)["4.1"].value is Stance.SUPPORT
    assert not figures.own_stances(district)


def test_a_side_that_was_read_elsewhere_is_not_that_of_the_answer():
    data = small_round()
    general = passage(3, f"{LONG}; in general we are for it.", "access", id=103, counted_as=103)
    to_it = passage(3, f"{LONG}, with a long but.", id=104, counted_as=104, proposal="4.1")
    read = StanceFacts(3, "4.1", Stance.SUPPORT, is_coded=True, read_in=103)
    data = replace(data, passages=(*data.passages, general, to_it), stances=(*data.stances, read))
    figures = Figures(data)
    assert figures.own_stances(general)["4.1"] is read
    assert not figures.own_stances(to_it)
    assert {general, to_it} <= set(figures.passages_to("4.1"))


def test_a_part_of_the_only_passage_has_no_side():
    data = small_round()
    part = passage(4, f"{LONG}, yet", "access", id=104, counted_as=4, proposal="4.1")
    figures = Figures(replace(data, passages=(*data.passages, part)))
    assert not figures.own_stances(part)
    whole = next(p for p in figures.passages if p.answer == 4)
    assert figures.own_stances(whole)["4.1"].value is Stance.OPPOSE


def test_a_passage_for_one_proposal_and_against_another_has_two_sides():
    data = small_round()
    read = StanceFacts(1, "4.2", Stance.OPPOSE, is_coded=True, read_in=1)
    document = build_summary(replace(data, stances=(*data.stances, read)), "en")
    [quoted] = [q for q in quotes(section(document, "theme-access")) if "Granli" in words(q)]
    [neither] = [n for n in walk(document)
                 if isinstance(n, Section) and n.id == "theme-access-neither"]  # fmt: skip
    assert quoted in quotes(neither)


def test_what_was_taken_down_stands_without_quotation_marks():
    data = small_round()
    data = replace(
        data,
        answers=tuple(replace(a, channel=Channel.PHONE) if a.number == 6 else a
                      for a in data.answers),
    )  # fmt: skip
    document = build_summary(data, "en")
    assert not [quote for quote in quotes(document) if "writes the union" in words(quote)]
    assert "(taken down from Trade union (without name), answer 6)" in words(document)


def test_a_minority_is_quoted_as_such_and_never_for_the_councils_stance():
    data = small_round()
    first = replace(data.passages[0], voice=Voice.MINORITY, voice_label="Two of seven")
    video = replace(data.passages[1], voice=Voice.TRANSCRIPT)
    document = build_summary(replace(data, passages=(first, video, *data.passages[2:])), "en")
    found = [quote for quote in quotes(document) if "says Granli" in words(quote)]
    assert {quote.sender for quote in found} == {"minority of Granli kommune: Two of seven"}
    supporting = [n for n in walk(document) if isinstance(n, Section) and n.id.endswith("-support")]
    assert "says Granli" not in " ".join(words(node) for node in supporting)
    assert "taken down from Havnes kommune" in words(document)


# Form


def test_markup_in_names_and_quotes_is_escaped(summary):
    html = render_html(summary)
    assert "<b>" not in html
    assert "&lt;b&gt;now&lt;/b&gt;" in html
    assert "Open &lt;doors&gt;" in render_page(summary, assets=ASSETS)


def test_the_record_is_printed_word_for_word(summary):
    about = section(summary, "about")
    assert "What of doors?" in str(about)
    assert "Ill." in words(about)
    assert "On 10 June 2026 the deadline was moved from 30 September 2026" in words(about)
    boxes = [node for node in walk(section(summary, "proposals")) if isinstance(node, Box)]
    assert [words(box).strip() for box in boxes] == [
        "The door is open.", "The door is shut.", "The door is blue.",
    ]  # fmt: skip


def test_text_in_another_language_is_marked():
    document = build_summary(small_round(), "nn")
    assert document.language == "nn"
    marked = [node.language for node in walk(document) if isinstance(node, Foreign)]
    assert {"nb", "en"} <= set(marked)
    assert {quote.language for quote in quotes(document)} == {"en"}


def test_an_open_round_says_that_numbers_change():
    data = small_round()
    data = replace(data, round=replace(data.round, status=RoundStatus.OPEN))
    assert "The round is still open" in words(build_summary(data, "en"))
    assert "The round is still open" not in words(build_summary(small_round(), "en"))


def test_a_round_without_answers_can_be_summed_up():
    data = small_round()
    empty: SummaryData = replace(data, answers=(), stances=(), passages=(), divided=0, sorted=0)
    document = build_summary(empty, "en")
    check_document(document)
    assert "No answers have been received." in words(document)
    assert not [node for node in walk(document) if isinstance(node, Chart)]


def test_the_same_data_give_the_same_tree_and_others_another():
    first = build_summary(small_round(), "en")
    assert content_hash(first) == content_hash(build_summary(small_round(), "en"))
    later = replace(small_round(), as_of=small_round().as_of + timedelta(days=1))
    assert content_hash(first) != content_hash(build_summary(later, "en"))


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_it_is_a_sound_document_in_every_language(locale):
    check_document(build_summary(small_round(), locale))


@pytest.mark.scenario(24)
@pytest.mark.scenario(86)
@pytest.mark.once
def test_the_pdf_is_accessible_and_keeps_sami_letters():
    data = small_round()
    sami = answer(40, "Čáhppesjohka <kommune>", language="se", publication=Publication.WITH_NAME)
    data = replace(
        data,
        answers=(*data.answers, sami),
        passages=(*data.passages, passage(40, SAMI, "access")),
    )
    document = build_summary(data, "nb")
    assert '<blockquote class="doc-quote" lang="se">' in render_html(document)
    content = render_pdf(document, assets=ASSETS)
    text = text_of(content)
    for letter in "áčđŋšŧž":
        assert letter in text
    assert "Čáhppesjohka <kommune>" in text
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Open <doors> (nb)"
        assert pdf.Root.Lang == "nb"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 9
        assert "/StructTreeRoot" in pdf.Root


@pytest.mark.scenario(74)
def test_both_wordings_are_printed_with_how_many_answered_which():
    data = small_round()
    former = FormerWordingFacts({"en": "What of windows?"}, data.round.opens_at, answered=12)
    question = replace(data.questions[0], former=(former,), answered=3)
    proposal = replace(data.proposals[0], former=(replace(former, answered=1),), answered=0)
    data = replace(
        data,
        questions=(question, *data.questions[1:]),
        proposals=(proposal, *data.proposals[1:]),
    )
    summary = build_summary(data, "en")
    asked = words(section(summary, "about-questions"))
    for sentence in (
        "What of windows?",
        "Question 1 was corrected while answers came in. 15 answers speak to it:",
        "12 to the former words, 3 to the present ones.",
    ):
        assert sentence in asked
    (box,) = [b for b in walk(section(summary, "about-questions")) if isinstance(b, Box)]
    assert box.title.startswith("Question 1 until ")
    assert "One answer speaks to it: 1 to the former words" in words(section(summary, "proposals"))
    check_document(summary)
