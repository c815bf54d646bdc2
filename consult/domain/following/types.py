"""How somebody follows rounds, and when they are written to."""

from datetime import timedelta
from enum import StrEnum

from consult.kernel.i18n import N_


class Rhythm(StrEnum):
    """How often a follower gets mail."""

    SINGLE = "single"
    DAILY = "daily"


RHYTHM_LABELS: dict[Rhythm, str] = {
    Rhythm.SINGLE: N_("A mail each time something happens"),
    Rhythm.DAILY: N_("At most one mail a day, with all that has happened"),
}


class AnswerChange(StrEnum):
    """Something that has happened with an answer since its sender was last told."""

    THEMES_SHOWN = "themes_shown"
    THEMES_CHANGED = "themes_changed"
    OUTCOME_TOLD = "outcome_told"
    PUBLISHED = "published"


ANSWER_CHANGE_TEXTS: dict[AnswerChange, str] = {
    AnswerChange.THEMES_SHOWN: N_(
        "%(owner)s now shows you which theme each part of your answer was put under."
    ),
    AnswerChange.THEMES_CHANGED: N_("%(owner)s has changed the themes of your answer."),
    AnswerChange.OUTCOME_TOLD: N_(
        "%(owner)s tells what is recommended on something that you wrote about, and why."
    ),
    AnswerChange.PUBLISHED: N_("Your answer is published on the web, the way you chose."),
}


class Outcome(StrEnum):
    """What comes of what was said on a theme ("dere sa – vi gjorde", domain guide §4)."""

    RECOMMENDED = "recommended"
    PARTLY = "partly"
    NOT_RECOMMENDED = "not_recommended"
    UNDERWAY = "underway"
    DONE = "done"
    OUTSIDE = "outside"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.RECOMMENDED: N_("Recommended"),
    Outcome.PARTLY: N_("Recommended in part"),
    Outcome.NOT_RECOMMENDED: N_("Not recommended"),
    Outcome.UNDERWAY: N_("Being carried out"),
    Outcome.DONE: N_("Carried out"),
    Outcome.OUTSIDE: N_("Outside what we can decide"),
}

CONFIRM_WITHIN = timedelta(days=7)
"""How long an address that has not confirmed is kept."""

ASK_AGAIN_AFTER = timedelta(minutes=10)
"""How long an address is left alone before it can be asked once more to confirm the same."""

REMIND_DAYS: tuple[int, ...] = (3, 1)
"""Days before the deadline at which a writer is reminded of what is not sent."""

QUIET_FOR = timedelta(hours=12)
"""Somebody who has written this recently needs no reminder."""

TELL_WITHIN = timedelta(days=7)
"""What is older than this is no news any more, and is told to nobody."""
