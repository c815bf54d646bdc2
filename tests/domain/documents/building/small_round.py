"""A small round as plain data, with every number known by hand."""

from dataclasses import replace
from datetime import UTC, datetime

from consult.domain.documents.building.data import (
    AnswerFacts,
    Basis,
    DeadlineMove,
    InvitedFacts,
    PassageFacts,
    ProposalFacts,
    QuestionFacts,
    RoundFacts,
    StanceFacts,
    SummaryData,
    ThemeFacts,
)
from consult.domain.documents.building.summary import build_summary
from consult.domain.documents.types import Document
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import QuestionKind, RoundStatus, RoundType
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Publication,
    Stance,
    StanceModifier,
    SubmissionStatus,
)

OPENED = datetime(2026, 6, 9, 22, tzinfo=UTC)
CLOSED = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)
AS_OF = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BASIS = Basis("Data 1", datetime(2026, 11, 21, 8, tzinfo=UTC), "5e" * 32)
LONG = "The door must be open, because those who cannot ring also need somebody to talk to"


def in_english(text: str) -> dict[str, str]:
    return {"en": text, "nb": f"{text} (nb)"}


def answer(number: int, name: str = "", **values) -> AnswerFacts:
    defaults = AnswerFacts(
        number=number,
        name=name or f"Municipality {number}",
        actor_type=ActorType.MUNICIPALITY,
        organisation_id=number,
        language="en",
        channel=Channel.FORM,
        publication=Publication.WITH_NAME,
        status=SubmissionStatus.RECEIVED,
        deadline_status=DeadlineStatus.IN_TIME,
        has_comments=True,
    )
    return replace(defaults, **values)


def passage(number: int, text: str, *themes: str, **values) -> PassageFacts:
    """A passage; one per answer, so that it counts as itself unless told otherwise."""
    values = {"id": number, "counted_as": number, "position": 0} | values
    return PassageFacts(answer=number, quote=text, themes=themes, **values)


def summary_of(data: SummaryData, locale: str) -> Document:
    """The summary of some data, as frozen under a name."""
    return build_summary(data, locale, basis=BASIS)


def small_round() -> SummaryData:
    """Nine answers, seven that count: five municipalities, one union unnamed, one secret person."""
    answers = (
        answer(1, "Granli kommune"),
        answer(2, "Havnes kommune", channel=Channel.EMAIL),
        answer(3, "Solvik kommune", deadline_status=DeadlineStatus.LATE_INCLUDED),
        answer(4, "Ås <b>kommune</b>"),
        answer(5, "Fjellmyra kommune", has_comments=False),
        answer(
            6,
            "The Secret Union",
            actor_type=ActorType.UNION,
            publication=Publication.WITHOUT_NAME,
        ),
        answer(
            7,
            "Kari Hidden",
            actor_type=ActorType.PRIVATE_PERSON,
            organisation_id=None,
            publication=Publication.NOT_ON_WEB,
            language="se",
        ),
        answer(8, "Gone kommune", status=SubmissionStatus.WITHDRAWN),
        answer(9, "Late kommune", deadline_status=DeadlineStatus.LATE_EXCLUDED),
    )
    stances = (
        StanceFacts(1, "4.1", Stance.SUPPORT, (StanceModifier.CONDITION,)),
        StanceFacts(2, "4.1", Stance.SUPPORT),
        StanceFacts(3, "4.1", Stance.SUPPORT_WITH_COMMENTS),
        StanceFacts(4, "4.1", Stance.SUPPORT),
        StanceFacts(4, "4.1", Stance.OPPOSE, is_coded=True),
        StanceFacts(5, "4.1", Stance.NO_COMMENTS),
        StanceFacts(6, "4.1", Stance.SUPPORT_PARTLY),
        StanceFacts(8, "4.1", Stance.OPPOSE),
        StanceFacts(6, "4.2", Stance.OPPOSE),
        StanceFacts(1, "4.2", Stance.SUPPORT),
    )
    passages = (
        passage(1, f"{LONG}, says Granli.", "access", proposal="4.1"),
        passage(2, f"{LONG} <b>now</b>.", "access", "digital", proposal="4.1"),
        passage(4, f"{LONG}, yet not on Sundays.", "access", proposal="4.1"),
        passage(6, f"{LONG}, writes the union.", "digital"),
        passage(7, f"{LONG}, and this must stay secret.", "digital"),
        passage(8, f"{LONG}, withdrawn.", "digital"),
        passage(3, "Nothing on any theme in this one."),
    )
    return SummaryData(
        as_of=AS_OF,
        round=RoundFacts(
            slug="open-doors",
            type=RoundType.INPUT_ROUND,
            status=RoundStatus.ANALYSIS,
            owner="Agency of Doors",
            language="en",
            case_number="31/00001",
            title=in_english("Open <doors>"),
            introduction=in_english("Why **doors** matter.\n\n- one\n- two"),
            influence=in_english("- the hours"),
            settled={},
            opens_at=OPENED,
            closes_at=CLOSED,
            deadline_moves=(
                DeadlineMove(OPENED, datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC), CLOSED, "Ill."),
            ),
        ),
        proposals=(
            ProposalFacts("4.1", in_english("Open all day"), in_english("The door is open.")),
            ProposalFacts("4.2", in_english("Close at night"), in_english("The door is shut.")),
            ProposalFacts("4.3", in_english("Paint it"), in_english("The door is blue.")),
        ),
        questions=(
            QuestionFacts("q1", QuestionKind.OPEN, in_english("What of doors?"), {}),
            QuestionFacts(
                "q2", QuestionKind.STANCE, in_english("Open all day?"), in_english("Why?"), "4.1"
            ),
        ),
        themes=(
            ThemeFacts("access", "Access", definition="Getting in."),
            ThemeFacts("digital", "Digital doors", parent="access", include="Logging in."),
            ThemeFacts("unused", "Unused"),
        ),
        invited=(
            InvitedFacts(1, ActorType.MUNICIPALITY),
            InvitedFacts(2, ActorType.MUNICIPALITY),
            InvitedFacts(77, ActorType.MINISTRY),
        ),
        answers=answers,
        stances=stances,
        passages=passages,
        divided=6,
        sorted=5,
        coders=2,
    )
