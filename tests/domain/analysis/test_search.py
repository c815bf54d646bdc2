"""Searching answers: the same answers on both databases, and only what somebody may see."""

import pytest
from sqlalchemy import delete, func, select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.models import SearchEntry
from consult.domain.analysis.queries.searching import count_hits, find_answers, find_passages
from consult.domain.analysis.search.asking import Search, SearchOrder
from consult.domain.analysis.search.language import parse_query
from consult.domain.analysis.service import IndexChange, bring_up_to_date
from consult.domain.coding.models import Passage
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.stances import code_stance
from consult.domain.meetings.service.writing import strike_note
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.service.amending import withdraw_submission
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.service.transcribing import write_transcript
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Channel,
    Publication,
    Respondent,
    Stance,
    StoredFile,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.meetings import meeting_of, note_in, validated

TEXTS = {
    "tid": "Veilederne trenger tid til samtalen. Uten tid blir brukerne ikke hørt.",
    "brukarar": "Brukarane må få vere med. Brukarmedverknad er ikkje eit møte i året.",
    "kommuner": "Små kommuner trenger hjelp. Kommunedirektøren må få ansvaret.",
    "kommunar": "Kommunane kjenner folka sine, og kommuneøkonomien er stram.",
    "ledere": "Lederne må tåle uenighet, og leder må følge opp avtalen om tid.",
    "leiarar": "Leiarane må tole usemje.",
    "samisk": "Sámegiella galgá gullot. Čálmmit ja bealjit; ŋ, đ, š, ŧ ja ž.",
    "lønn": "Lønnsnivået er ikke et mål. Målet er et godt møte.",
    "mal": "Vi ønsker en mal for brevet.",
    "hilsen": "Vi takker for muligheten til å uttale oss.",
    "frist": "Frist for svar er 31. oktober 2026, jf. § 5-12. NAV-kontoret svarer.",
}
"""Paragraphs of an answer, by a word they are told apart by."""

FINDS = [
    ("tid", "tid ledere"),
    ("tid -avtalen", "tid"),
    ('tid -"uten tid"', "ledere"),
    ("bruker", "tid brukarar"),
    ("brukarane", "tid brukarar"),
    ("ikke", "tid brukarar lønn"),
    ("ikkje", "tid brukarar lønn"),
    ("kommune", "kommuner kommunar"),
    ("kommunar", "kommuner kommunar"),
    ("kommunedirektør", "kommuner"),
    ("kommune*", "kommuner kommunar"),
    ("kommuneø*", "kommunar"),
    ("brukermedv*", "brukarar"),
    ("brukarmed*", "brukarar"),
    ("leder uenighet", "ledere leiarar"),
    ("leiar usemje", "ledere leiarar"),
    ('"må tåle uenighet"', "ledere"),
    ('"tåle må uenighet"', ""),
    ("«små kommunar»", "kommuner"),
    ('"tåle uenighet" OR oktober OR kommuneø*', "ledere frist kommunar"),
    ('leder -"tåle uenighet"', "leiarar"),
    ('leder -avtalen -"uenighet tåle"', "leiarar"),
    ("samtalen OR oktober", "tid frist"),
    ("samtale ELLER oktober ELLER mal", "tid frist mal lønn"),
    ("tid samtalen OR avtalen", "tid ledere"),
    ("Čálmmit", "samisk"),
    ("čálmmit", "samisk"),
    ("calmmit", "samisk"),
    ("calm*", "samisk"),
    ("sámegiella", "samisk"),
    ("samegiella", "samisk"),
    ("ŋ", "samisk"),
    ("đ", "samisk"),
    ("mål", "lønn"),
    ("mal", "mal lønn"),
    ('"mal"', "mal"),
    ("lonnsniva", "lønn"),
    ("lønnsnivå", "lønn"),
    ("moglegheit", "hilsen"),
    ("uttalelse", ""),
    ("NAV-kontor", "frist"),
    ("5-12", "frist"),
    ("2026", "frist"),
    ("31 oktober", "frist"),
    ("'); DROP TABLE passage; --", ""),
    ('"', ""),
    ("NEAR(tid samtalen)", ""),
    ("tid AND samtalen", ""),
]
"""What is asked for, and the texts it finds on either database: no more and no less."""


@pytest.fixture
def round_(make):
    return make.round(questions=1)


def find(round_, words: str = "", *, owner_ids=None, **asked) -> list[str]:
    """The first words of what is found, in order."""
    search = Search(query=parse_query(words), **asked)
    hits = find_passages(search, owner_ids=owner_ids or {round_.owner_id})
    return [hit.passage.quote for hit in hits]


def test_both_databases_find_the_same(round_):
    receive(round_, "\n\n".join(TEXTS.values()))
    keys = {text: key for key, text in TEXTS.items()}
    found = {words: {keys[quote] for quote in find(round_, words)} for words, _ in FINDS}
    wanted = {words: set(names.split()) for words, names in FINDS}
    wanted |= {words: set(keys.values()) for words in ('"',)}
    assert found == wanted


def test_the_best_come_first_and_in_the_same_order(round_):
    receive(round_, "Tolk. " + "Mye annet å si her om saken. " * 8)
    receive(round_, "Tolk og tolk.")
    receive(round_, "Vi vil ha tolk, og tolk i alle møter.")
    receive(round_, "Om tolk.")
    receive(round_, "Tólk uten noe annet.")
    best = [quote[:14] for quote in find(round_, "tolk")]
    assert best == [
        "Tolk og tolk.",
        "Vi vil ha tolk",
        "Om tolk.",
        "Tolk. Mye anne",
        "Tólk uten noe ",
    ]
    search = Search(query=parse_query("tolk"))
    owner_ids = {round_.owner_id}
    place = find_passages(search, owner_ids=owner_ids, order=SearchOrder.PLACE, offset=1, limit=2)
    assert [hit.passage.sender.number for hit in place] == [2, 3]


def test_answers_are_listed_with_their_best_passages(round_):
    receive(round_, "Vi vil ha tolk.\n\nTolk.\n\nMer tolk.\n\nEnda mer tolk.\n\nSnø.", name="Dalen")
    receive(round_, "Tolk til alle.", name="Åsen")
    search = Search(query=parse_query("tolk"))
    found = find_answers(search, owner_ids={round_.owner_id})
    assert [(one.sender.name, one.passages, len(one.best)) for one in found] == [
        ("Dalen", 4, 3),
        ("Åsen", 1, 1),
    ]
    count = count_hits(search, owner_ids={round_.owner_id})
    assert (count.passages, count.answers, count.minutes) == (5, 2, 0)


def test_of_a_respondent_an_answer_without_words_is_found_too(round_):
    receive(round_, no_comments=True, name="Dalen kommune")
    receive(round_, "Tolk til alle.", name="Dalen kommune")
    search = Search(respondent="dalen")
    owner_ids = {round_.owner_id}
    assert count_hits(search, owner_ids=owner_ids).answers == 2
    assert [one.passages for one in find_answers(search, owner_ids=owner_ids)] == [0, 1]
    assert find(round_, respondent="dalen") == ["Tolk til alle."]
    assert find_answers(search, owner_ids={0}) == ()


def test_only_the_present_version_is_found(round_, make):
    submission = receive(round_, "Vi vil ha snø.")
    assert find(round_, "snø") == ["Vi vil ha snø."]
    content = SubmissionContent(
        respondent=Respondent(name="Dalen", actor_type=ActorType.MUNICIPALITY),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(question_id=round_.questions[0].id, text="Vi vil ha sol."),),
    )
    receive_version(submission, content, by=SYSTEM, received_at=utc_now())
    assert find(round_, "snø") == []
    assert find(round_, "sol") == ["Vi vil ha sol."]
    assert session().scalar(select(func.count()).select_from(SearchEntry)) == 1


def test_what_does_not_stand_is_found_when_it_is_asked_for(round_, app):
    submission = receive(round_, "Vi vil ha snø.")
    withdraw_submission(submission, by=SYSTEM, now=utc_now(), files=app.extensions["files"])
    assert find(round_, "snø") == []
    asked = frozenset({SubmissionStatus.WITHDRAWN})
    assert find(round_, "snø", statuses=asked) == ["Vi vil ha snø."]


def test_a_chosen_part_is_no_hit_of_its_own(round_):
    submission = receive(round_, "Vi vil ha snø. Og sol.")
    add_passage(submission.current_version, start=0, end=14, by=SYSTEM)
    assert find(round_, "snø") == ["Vi vil ha snø. Og sol."]


def test_nothing_of_another_owner_is_found(round_, make):
    """A search is asked with whose rounds may be seen; there is none without."""
    receive(round_, "Vi vil ha snø.")
    foreign = make.round(questions=1)
    receive(foreign, "Hemmelig snø.")
    assert find(round_, "snø") == ["Vi vil ha snø."]
    assert find(round_, "snø", owner_ids={foreign.owner_id}, round_id=round_.id) == []
    assert find(round_, "snø", owner_ids=frozenset({0})) == []
    assert len(find(round_, "snø", owner_ids={round_.owner_id, foreign.owner_id})) == 2


def test_it_can_be_narrowed(round_, make):
    proposal = make.proposal(round_)
    tid = theme(round_, "Tid")
    about = make.question(round_, proposal=proposal)
    first = receive(
        round_,
        answers=(AnswerContent(question_id=about.id, text="Snø er fint.", stance=Stance.SUPPORT),),
        name="Dalen kommune",
        language="nn",
    )
    second = receive(
        round_,
        answers=(AnswerContent(question_id=about.id, text="Snø er kaldt.", stance=Stance.SUPPORT),),
        name="Forbundet",
        actor_type=ActorType.UNION,
        channel=Channel.EMAIL,
    )
    receive(round_, "Snø til alle.", name="Kari Nes", actor_type=ActorType.PRIVATE_PERSON)
    code_stance(second, proposal, value=Stance.OPPOSE, modifiers=(), passage=None, by=SYSTEM)
    apply_theme(passages_of(first)[0], tid, by=SYSTEM)
    part = add_passage(second.current_version, start=0, end=3, by=SYSTEM)
    apply_theme(part, theme(round_, "Vær"), by=SYSTEM)
    assert find(round_, "snø", stance=Stance.SUPPORT) == ["Snø er fint."]
    assert find(round_, "snø", stance=Stance.OPPOSE) == ["Snø er kaldt."]
    assert find(round_, "snø", theme_ids=frozenset({tid.id})) == ["Snø er fint."]
    assert find(round_, "snø", theme_ids=frozenset({tid.id + 1})) == ["Snø er kaldt."]
    assert find(round_, "snø", channel=Channel.EMAIL) == ["Snø er kaldt."]
    assert find(round_, "snø", language="nn") == ["Snø er fint."]
    assert find(round_, "snø", actor_types=(ActorType.PRIVATE_PERSON,)) == ["Snø til alle."]
    assert find(round_, respondent="kari") == ["Snø til alle."]
    assert find(round_, "snø", respondent="100%") == []


def test_notes_of_meetings_are_counted_apart_and_a_struck_one_is_gone(round_):
    meeting = meeting_of(round_, groups=1)
    notes = [note_in(meeting.groups[0], text) for text in ("Mer tolk.", "Vi vil ha tolk.")]
    validated(meeting)
    receive(round_, "Tolk til alle.")
    search = Search(query=parse_query("tolk"))
    count = count_hits(search, owner_ids={round_.owner_id})
    assert (count.passages, count.answers, count.minutes) == (3, 1, 1)
    strike_note(notes[0], by=SYSTEM, at=utc_now())
    assert set(find(round_, "tolk")) == {"Tolk til alle.", "Vi vil ha tolk."}


def test_what_the_staff_writes_down_is_found_as_it_stands_now(round_):
    video = StoredFile(
        "svar.mp4", "video/mp4", "a" * 64, 5, AttachmentKind.VIDEO,
        question_id=round_.questions[0].id,
    )  # fmt: skip
    only_files = AnswerContent(question_id=round_.questions[0].id, has_files=True)
    file = receive(round_, answers=(only_files,), files=(video,)).current_version.attachments[0]
    write_transcript(file, "Tegnet om snø.", by=SYSTEM)
    assert find(round_, "snø") == ["Tegnet om snø."]
    write_transcript(file, "Tegnet om sol.", by=SYSTEM)
    assert find(round_, "snø OR sol") == ["Tegnet om sol."]


def test_what_is_searched_can_be_made_anew(round_):
    submission = receive(round_, "Vi vil ha snø.\n\nOg sol.")
    entries = session().query(SearchEntry).order_by(SearchEntry.passage_id).all()
    entries[0].edition = 0
    session().delete(entries[1])
    session().flush()
    assert find(round_, "sol") == []
    assert bring_up_to_date() == IndexChange(added=2, removed=0, entries=2)
    assert bring_up_to_date() == IndexChange(added=0, removed=0, entries=2)
    assert bring_up_to_date(everything=True) == IndexChange(added=2, removed=0, entries=2)
    assert find(round_, "sol snø OR sol") == ["Og sol."]
    submission.current_version_number = 2
    session().flush()
    assert bring_up_to_date() == IndexChange(added=0, removed=2, entries=0)


def test_what_is_deleted_is_found_no_more(round_):
    receive(round_, "Vi vil ha snø.")
    session().execute(delete(Passage))
    assert session().scalar(select(func.count()).select_from(SearchEntry)) == 0
    receive(round_, "Snø igjen.")
    assert find(round_, "snø") == ["Snø igjen."]
