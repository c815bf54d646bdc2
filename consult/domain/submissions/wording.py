"""What an answer that was sent is about, what was chosen in it, and which files stand at it."""

from typing import TYPE_CHECKING

from consult.domain.submissions.rules import chosen_words, stance_words
from consult.domain.submissions.types import MODIFIER_LABELS, StanceModifier
from consult.kernel.i18n import N_, localised, translator

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer


def place_in_words(answer: "Answer", locale: str) -> str:
    """What was asked as it was worded; a section, a proposal, an own heading; else the whole.

    What was added later says so.
    """
    place = _about(answer, locale)
    if answer.supplement is None:
        return place
    return f"{translator(locale).gettext(N_('Supplement'))}: {place}"


def _about(answer: "Answer", locale: str) -> str:
    if answer.question is not None:
        return localised(answer.question.as_worded(answer.wording).text, locale)
    if answer.section is not None:
        return f"{answer.section.key} {localised(answer.section.title, locale)}"
    if answer.proposal is not None:
        return f"{answer.proposal.key}. {localised(answer.proposal.title, locale)}"
    return answer.source_heading or translator(locale).gettext(N_("The answer as a whole"))


def choice_in_words(answer: "Answer", locale: str) -> tuple[str, ...]:
    """What was chosen, and the stance with what goes with it."""
    if answer.question is not None:
        asked = answer.question.as_worded(answer.wording)
        chosen = chosen_words(asked, answer, locale=locale)
    else:
        chosen = stance_words(answer, locale=locale)
    say = translator(locale).gettext
    beside = [say(MODIFIER_LABELS[StanceModifier(one)]) for one in answer.modifiers]
    return (", ".join((*chosen, *beside)),) if beside else chosen
