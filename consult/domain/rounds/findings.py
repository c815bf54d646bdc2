"""What is found about a round before it is announced: what it lacks, what needs a second look."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from consult.kernel.i18n import N_


class Holiday(StrEnum):
    """Times of year when few boards and councils meet."""

    SUMMER = "summer"
    CHRISTMAS = "christmas"
    EASTER = "easter"


HOLIDAY_LABELS: dict[Holiday, str] = {
    Holiday.SUMMER: N_("the summer holiday"),
    Holiday.CHRISTMAS: N_("Christmas"),
    Holiday.EASTER: N_("Easter"),
}

HOLIDAY_EXTENSIONS: dict[Holiday, timedelta] = {
    Holiday.SUMMER: timedelta(weeks=3),
    Holiday.CHRISTMAS: timedelta(weeks=1),
    Holiday.EASTER: timedelta(weeks=1),
}
"""How much longer a deadline over a holiday commonly is. Practice of counties, no rule of law
(domain guide §1.2, "Holidays")."""


class Part(StrEnum):
    """The parts of a round that can lack something before it is announced."""

    ROUND = "round"
    DATES = "dates"
    FRAME = "frame"
    SECTION = "section"
    PROPOSAL = "proposal"
    QUESTION = "question"
    INVITATIONS = "invitations"


class FindingCode(StrEnum):
    """What stands in the way of announcing a round, or is worth a second look."""

    TITLE_MISSING = "title_missing"
    INTRODUCTION_MISSING = "introduction_missing"
    QUESTIONS_MISSING = "questions_missing"
    CONTACT_MISSING = "contact_missing"
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"
    DEADLINE_PAST = "deadline_past"
    REASON_MISSING = "reason_missing"
    LANGUAGES_MISSING = "languages_missing"
    TRANSLATION_MISSING = "translation_missing"
    UNDER_MINIMUM = "under_minimum"
    UNDER_NORMAL = "under_normal"
    HOLIDAY = "holiday"
    NOBODY_INVITED = "nobody_invited"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the check before announcing.

    Attributes:
        blocks: Whether the round cannot be announced with it; the others are for information.
        part: Where it is; ``key`` names the section, proposal or question.
        language: Which language is missing.
        holiday: Which holiday the time to answer runs over.
    """

    code: FindingCode
    blocks: bool
    part: Part = Part.ROUND
    key: str | None = None
    language: str | None = None
    holiday: Holiday | None = None
