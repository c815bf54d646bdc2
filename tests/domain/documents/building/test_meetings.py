"""What a summary tells of meetings: apart from the answers, quoted only where it was verbatim."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.meetings import HeldMeeting, SaidInMeeting
from consult.domain.analysis.queries.meetings import said_about, themes_in_meetings
from consult.domain.analysis.types import ThemeMark
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.types import Colour
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.documents.render.html import render_html
from consult.domain.documents.tree import check_document, walk
from consult.domain.documents.types import Document, Quote, Section, Text
from consult.domain.meetings.service.writing import strike_note
from consult.domain.meetings.types import Attended, MeetingKind, Wording
from consult.domain.organisations.types import ActorType
from consult.kernel.clock import utc_now
from tests.domain.documents.building.small_round import small_round, summary_of
from tests.support.coded import passages_of, receive, theme
from tests.support.meetings import meeting_of, note_in, validated

SPOKEN = "I have answered nine surveys and seen no answer"
RETOLD = "The group wants a telephone number that somebody answers"


def said(quote: str, wording: Wording, **values) -> SaidInMeeting:
    one = SaidInMeeting(
        passage_id="p", meeting_id=1, meeting="Café in Solvik", group=2, language="en",
        wording=wording, quote=quote, counted_as=len(quote),
        themes=(ThemeMark("access", "Access", Colour.BLUE),),
    )  # fmt: skip
    return replace(one, **values)


@pytest.fixture
def document() -> Document:
    """The summary of a small round with one meeting, one note of each sort, and one unheard one."""
    unheard = said("Only said here", Wording.PARAPHRASE, counted_as=3)
    meeting = HeldMeeting(
        id=1, kind=MeetingKind.DIALOGUE_CAFE, title="Café in Solvik", place="Library",
        starts_at=datetime(2026, 9, 1, 16, tzinfo=UTC), groups=5, notes=20,
        participants={ActorType.UNION: 4, ActorType.ANONYMOUS_PARTICIPANT: 36},
        attended=(Attended(1, "granli", "Granli kommune", 1), Attended(9, "x", "Silent", None)),
    )  # fmt: skip
    data = replace(
        small_round(),
        meetings=(meeting,),
        said=(
            said(SPOKEN, Wording.VERBATIM),
            said(RETOLD, Wording.PARAPHRASE),
            replace(unheard, themes=(ThemeMark("unused", "Unused", Colour.RED),)),
        ),
    )
    found = summary_of(data, locale="en")
    check_document(found)
    return found


def section(document: Document, anchor: str) -> Section:
    return next(one for one in walk(document) if isinstance(one, Section) and one.id == anchor)


def words(node: object) -> str:
    return " ".join(part.text for part in walk(node) if isinstance(part, Text))


@pytest.mark.scenario(59)
def test_meetings_are_stated_apart(document):
    text = words(section(document, "meetings"))
    assert "One meeting was held, with 5 groups, 20 notes and 40 participants" in text
    assert "Trade union 4 · Meeting participant 36" in text
    assert "7 of them have been analysed" in words(section(document, "senders-flow"))


@pytest.mark.scenario(64)
def test_who_attended_and_answered_counts_once(document):
    text = words(section(document, "meetings"))
    assert "2 organisations are known to have taken part." in text
    assert "One of them has also sent an answer, and counts once" in text
    assert "Taken up in meetings only, and therefore without a section: Unused." in text


@pytest.mark.scenario(63)
def test_a_paraphrase_is_told_from_the_minutes_and_never_quoted(document):
    told = section(document, "theme-access-meetings")
    quoted = [one for one in walk(told) if isinstance(one, Quote)]
    assert [words(one) for one in quoted] == [SPOKEN]
    assert f"{RETOLD}  (from the minutes of Café in Solvik, group 2)" in words(told)
    html = render_html(document)
    assert f"“{SPOKEN}”" in html
    assert f"“{RETOLD}" not in html


def test_a_summary_without_meetings_says_nothing_of_them():
    document = summary_of(small_round(), locale="en")
    assert not [one for one in walk(document) if isinstance(one, Section) and one.id == "meetings"]


@pytest.mark.scenario(61)
@pytest.mark.scenario(64)
def test_figures_of_answers_stay_and_what_was_struck_is_gone(make):
    round_ = make.round()
    tid = theme(round_, "Tid")
    receive(round_, "Vi trenger tid.")
    before = Figures(gather_summary(round_, now=utc_now()))
    meeting = meeting_of(round_, groups=1)
    struck, kept = (note_in(meeting.groups[0], body) for body in (SPOKEN, RETOLD))
    submission = validated(meeting)
    for passage in passages_of(submission):
        apply_theme(passage, tid, by=SYSTEM)
    strike_note(struck, by=SYSTEM, at=utc_now())
    after = gather_summary(round_, now=utc_now())
    assert Figures(after).analysed == before.analysed
    assert Figures(after).passages == before.passages
    assert (after.divided, after.sorted) == (before.data.divided, before.data.sorted)
    assert [one.quote for one in after.said] == [kept.body]
    assert [one.notes for one in after.meetings] == [1]
    assert [(row.meetings, row.passages) for row in themes_in_meetings(round_.id)] == [(1, 1)]
    assert len(said_about(round_.id, [tid.key])) == 1
    assert SPOKEN not in render_html(summary_of(after, locale="nb"))
