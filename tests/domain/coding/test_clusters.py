"""Answers that say nearly the same: found as they arrive, decided by a person, taken back."""

from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import delete

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.counting import matrix
from consult.domain.analysis.queries.stances import stance_table
from consult.domain.analysis.types import CountUnit
from consult.domain.coding.clusters import (
    CampaignPolicy,
    ClusterKind,
    ClusterState,
    Line,
    SenderKey,
    describe,
    place_groups,
    point_at_first,
    suggest_kind,
)
from consult.domain.coding.copies import fingerprint
from consult.domain.coding.differing import is_nearly_same, mark_differences, words_of
from consult.domain.coding.likeness import Sketch, group_alike, mark_sentences, sketch
from consult.domain.coding.models import TextCluster, TextSketch
from consult.domain.coding.queries.clusters import (
    count_undecided,
    find_membership,
    list_clusters,
    list_members,
)
from consult.domain.coding.queries.copies import find_copies
from consult.domain.coding.queries.worklist import next_uncoded
from consult.domain.coding.service.campaign_policy import answer_choice, choose_policy
from consult.domain.coding.service.clustering import group_answers, sketch_older
from consult.domain.coding.service.clusters import (
    confirm_cluster,
    put_in,
    reject_cluster,
    take_back_cluster,
    take_out,
)
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.types import AnswerContent, Stance, Voice
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme

NUMBERS = count(1)
BUS = (
    "Nattbussen må gå hver helg, for uten den kommer ingen hjem fra arbeid etter klokka elleve. "
    "Fylket har penger til det, og andre byer av samme størrelse har hatt den lenge."
)
SAFE = (
    "Trygg hjemreise er en rettighet, ikke en gave til dem som bor sentralt. Vi ber derfor om at "
    "ruten settes opp fra nyttår og blir fast."
)
OWN = (
    "Selv går jeg fem kilometer langs en vei uten lys når vakta er over, og datteren min gjør det "
    "samme. Det er ikke forsvarlig om vinteren."
)
OTHER = (
    "Kommunen bør heller bruke pengene på skolene, som trenger både lærere og nye vinduer. Buss "
    "har vi nok av, sier de fleste her i bygda når noen spør."
)


def sketches(*texts: str) -> dict[int, Sketch]:
    return {number: sketch(text) for number, text in enumerate(texts, 1)}


def test_texts_with_the_same_words_or_nearly_belong_together():
    letter = f"{BUS}\n\n{SAFE}"
    changed = letter.replace("hver helg", "hver eneste helg").upper()
    assert group_alike(sketches(letter, OTHER, letter, changed, OWN)) == [(1, 3, 4)]
    assert group_alike(sketches("Vi er enige.", "Vi er enige.")) == []  # too short to tell


def test_an_excerpt_and_a_letter_with_much_of_ones_own_are_found_by_their_sentences():
    letter = f"{BUS}\n\n{SAFE}"
    much = "\n\n".join(f"{OWN} {number} {OTHER} {number}" for number in range(6))
    found = sketches(letter, letter, f"{much}\n\n{letter}", BUS, OTHER)
    assert group_alike(found) == [(1, 2, 3, 4)]
    assert group_alike(found, known=mark_sentences(letter)) == [(1, 2, 4)]  # the paper's own words


def test_what_a_person_has_said_apart_is_not_put_together_again():
    assert group_alike(sketches(BUS, BUS), apart={(1, 2)}) == []


def test_a_sketch_is_the_same_after_it_was_stored():
    made = sketch(f"{BUS} {SAFE}")
    assert Sketch.unpack(made.signature, made.pack_sentences()) == made


def test_few_changed_words_make_no_other_paragraph_unless_they_turn_it_around():
    common = words_of(SAFE)
    assert is_nearly_same(words_of(SAFE.replace("nyttår", "påske")), common)
    assert not is_nearly_same(words_of(SAFE.replace("Vi ber", "Vi ber ikke")), common)
    assert not is_nearly_same(words_of(OTHER), common)


def test_the_differing_words_are_marked_and_no_character_is_lost():
    mine = SAFE.replace("nyttår", "påske neste år")
    marked = mark_differences(mine, SAFE)
    assert "".join(one.text for one in marked) == mine
    assert [one.text for one in marked if one.is_own] == ["påske neste år"]


def sender(
    name: str, kind: ActorType = ActorType.PRIVATE_PERSON, email: str | None = None
) -> SenderKey:
    return SenderKey(None, email, name, kind)


@pytest.mark.scenario(69)
def test_what_a_cluster_seems_to_be():
    town = ActorType.MUNICIPALITY
    assert suggest_kind([sender("A", town), sender("B", town)]) is ClusterKind.TEMPLATE
    assert suggest_kind([sender("Kari"), sender("Ola")]) is ClusterKind.CAMPAIGN
    assert suggest_kind([sender("Kari"), sender("Ola"), sender("B", town)]) is ClusterKind.CAMPAIGN
    twice = [sender("Kari", email="k@post.example"), sender("K. Moen", email="K@post.example")]
    assert suggest_kind(twice) is ClusterKind.SAME_SENDER


def test_groups_find_their_clusters_again_and_decided_ones_keep_theirs():
    standing = {1: 10, 2: 10, 3: 11, 4: 11, 5: 12}
    assert place_groups([(1, 2, 7)], standing, ()) == [(10, (1, 2, 7))]
    assert place_groups([(8, 9)], standing, ()) == [(None, (8, 9))]
    assert place_groups([(1, 2, 5)], standing, {12}) == [(12, (1, 2, 5))]
    assert place_groups([(1, 2, 3, 6)], standing, {10, 11}) == [(10, (1, 2, 6))]


def lines(*answers: tuple[str, ...]) -> list[Line]:
    return [
        Line(number * 10 + place, number, fingerprint(text), text)
        for number, texts in enumerate(answers, 1)
        for place, text in enumerate(texts)
    ]


def test_repeated_paragraphs_point_at_where_they_stand_first():
    nearly = SAFE.replace("nyttår", "påske")
    found = point_at_first(
        lines((BUS, SAFE, "Hilsen Kari"), (BUS, OWN, "Hilsen Ola"), (nearly, OTHER, OTHER))
    )
    assert found == {20: 10, 22: 12, 30: 11, 32: 31}


def test_the_common_text_and_what_each_has_of_its_own():
    nearly = SAFE.replace("nyttår", "påske")
    found = describe(
        lines((BUS, SAFE, "Mvh Kari"), (BUS, SAFE), (BUS, OWN, SAFE), (BUS, nearly), (BUS,))
    )
    assert found.common == (BUS, SAFE)
    assert found.same == (1, 2)
    own, changed, less = found.variants
    assert (own.answers, own.own[0].is_changed) == ((3,), False)
    assert [one.text for one in changed.own[0].stretches if one.is_own] == ["påske"]
    assert (less.answers, less.own, less.left_out) == ((5,), (), 1)
    assert (found.with_own_words, found.with_changed_words) == (1, 1)
    assert describe([]).common == ()


def letters(round_, number: int, *, own: str = "", **values):
    text = f"{BUS}\n\n{SAFE}" + (f"\n\n{own}" if own else "")
    return [
        receive(
            round_,
            text,
            name=f"Avsender {next(NUMBERS)}",
            actor_type=ActorType.PRIVATE_PERSON,
            **values,
        )
        for _at in range(number)
    ]


@pytest.mark.scenario(66)
def test_a_campaign_is_suggested_coded_once_and_taken_back(make):
    round_ = make.round(questions=1)
    buses, lights = theme(round_, "Busser"), theme(round_, "Lys")
    first, second, third = letters(round_, 3)
    (mine,) = letters(round_, 1, own=OWN)
    receive(round_, OTHER, name="Solvik")
    assert group_answers(round_.id, now=utc_now()) == 5
    assert group_answers(round_.id, now=utc_now()) == 0
    (card,) = list_clusters(round_.id)
    assert (card.cluster.kind, card.cluster.state) == (ClusterKind.CAMPAIGN, ClusterState.SUGGESTED)
    assert (card.answers, card.senders, card.organisations) == (4, 4, 0)
    assert (card.first_number, card.opening) == (first.number, (BUS, SAFE))
    assert passages_of(second)[0].copy_of_id is None  # nothing holds before a person has looked

    assert confirm_cluster(card.cluster, ClusterKind.CAMPAIGN, by=SYSTEM) == 4
    assert count_undecided(round_.id) == 0
    assert [one.copy_of_id for one in passages_of(third)] == [p.id for p in passages_of(first)]
    apply_theme(passages_of(second)[0], buses, by=SYSTEM)  # stands at the first
    apply_theme(passages_of(first)[1], buses, by=SYSTEM)
    own = passages_of(mine)[2]
    assert own.copy_of_id is None
    assert next_uncoded(round_.id) == own.public_id
    apply_theme(own, lights, by=SYSTEM)

    (late,) = letters(round_, 1)
    group_answers(round_.id, now=utc_now())
    (card,) = list_clusters(round_.id)
    assert (card.answers, card.waiting, count_undecided(round_.id)) == (5, 1, 1)
    assert passages_of(late)[0].copy_of_id is None
    confirm_cluster(card.cluster, ClusterKind.CAMPAIGN, by=SYSTEM)
    assert passages_of(late)[0].copy_of_id == passages_of(first)[0].id

    assert take_out(card.cluster, [third.number], by=SYSTEM) == 1
    assert passages_of(third)[0].copy_of_id is None
    assert find_membership(third.id) is None
    assert [one.submission_id for one in list_members(card.cluster.id, is_out=True)] == [third.id]
    assert put_in(card.cluster, [third.number], by=SYSTEM) == 1
    assert passages_of(third)[0].copy_of_id is not None

    take_back_cluster(card.cluster, by=SYSTEM)
    assert passages_of(late)[0].copy_of_id is None
    with pytest.raises(AlreadyDecided):
        take_back_cluster(card.cluster, by=SYSTEM)


@pytest.mark.scenario(69)
def test_two_municipalities_with_one_template_are_no_campaign(make):
    round_ = make.round(questions=1)
    for name in ("Solvik kommune", "Havn kommune"):
        receive(round_, f"{BUS}\n\n{SAFE}", name=name)
    group_answers(round_.id, now=utc_now())
    (card,) = list_clusters(round_.id)
    assert (card.cluster.kind, card.organisations) == (ClusterKind.TEMPLATE, 2)
    assert find_copies(round_.id) == []  # told once, as a cluster
    reject_cluster(card.cluster, by=SYSTEM)
    receive(round_, f"{BUS}\n\n{SAFE}", name="Nes kommune")
    group_answers(round_.id, now=utc_now())
    (card,) = list_clusters(round_.id)
    assert (card.cluster.state, card.answers) == (ClusterState.REJECTED, 3)
    assert session().query(TextCluster).count() == 1


@pytest.mark.scenario(68)
def test_the_desks_figures_hold_a_campaign_apart(make):
    round_ = make.round(questions=1)
    proposal, buses = make.proposal(round_), theme(round_, "Busser")
    town = receive(round_, OTHER, name="Solvik kommune")
    sent = letters(round_, 3)
    (mine,) = letters(round_, 1, own=OWN)
    club = receive(round_, f"{BUS}\n\n{SAFE}", name="Nattlaget", actor_type=ActorType.UNION)
    group_answers(round_.id, now=utc_now())
    (card,) = list_clusters(round_.id)
    confirm_cluster(card.cluster, ClusterKind.CAMPAIGN, by=SYSTEM)
    for passage in (passages_of(town)[0], passages_of(sent[0])[0]):
        apply_theme(passage, buses, by=SYSTEM)
    code_stance(town, proposal, value=Stance.SUPPORT, by=SYSTEM)
    code_stance(sent[0], proposal, value=Stance.OPPOSE, by=SYSTEM)

    as_one = matrix(round_.id, unit=CountUnit.SUBMISSIONS)
    assert (as_one.units, as_one.rows[0].total, as_one.letters) == (3, 2, 5)
    persons = {"private_person": 4}
    assert as_one.behind_units.parts == ({"private_person": 1}, persons)  # own words; the letters
    assert (as_one.rows[0].behind.persons, as_one.rows[0].behind.theirs) == (persons, 1)
    assert (as_one.rows[0].behind.parts, as_one.rows[0].speaking_parts) == (({}, persons), (0, 4))
    by_passage = matrix(round_.id, unit=CountUnit.PASSAGES)
    assert by_passage.rows[0].behind.parts == ({}, persons)
    apply_theme(passages_of(mine)[2], buses, by=SYSTEM)  # own words are the sender's own
    assert matrix(round_.id, unit=CountUnit.SUBMISSIONS).rows[0].total == 3
    bodies = matrix(round_.id, unit=CountUnit.ORGANISATIONS)
    assert (bodies.units, bodies.rows[0].total) == (1, 1)  # not the club that sent the letter
    assert club.number == 6
    (table,) = stance_table(round_.id)
    assert [one.sender.name for one in table.entries] == ["Solvik kommune"]
    assert table.not_mentioned == ()
    (campaign,) = table.campaigns
    assert (campaign.answers, campaign.stances) == (5, ((Stance.OPPOSE, 5),))

    choice = choose_policy(round_, CampaignPolicy.EACH, reason="Utvalget ber om det.", by=SYSTEM)
    answer_choice(choice, approve=True, by=replace(SYSTEM, reference="person:2"))
    each = matrix(round_.id, unit=CountUnit.SUBMISSIONS)
    assert (each.units, each.rows[0].total) == (6, 6)
    data = gather_summary(round_, now=utc_now())
    assert [one.campaign for one in data.answers] == [None, 1, 1, 1, 1, 1]
    assert data.policy_choices[0].reason == "Utvalget ber om det."
    assert sum(one.is_common for one in data.passages) == 10


def test_who_only_joins_another_answer_says_nothing_to_compare(make):
    round_ = make.round(questions=1)
    words = (
        "Vi slutter oss til svaret fra Solvik kommune i ett og alt, og har ingenting å legge til."
    )
    for name in ("Havn kommune", "Nes kommune"):
        joining = AnswerContent(text=words, voice=Voice.JOINING)
        receive(round_, name=name, answers=(joining,))
    session().execute(delete(TextSketch))  # as an older release left them
    assert sketch_older() == 2
    group_answers(round_.id, now=utc_now())
    assert list_clusters(round_.id) == []
