"""What an answer that was sent is about, what was chosen in it, and which files stand at it."""

from typing import TYPE_CHECKING

from consult.domain.submissions.rules import chosen_words, stance_words
from consult.domain.submissions.types import MODIFIER_LABELS, StanceModifier, Voice
from consult.kernel.i18n import N_, localised, translator

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer


def place_in_words(answer: "Answer", locale: str) -> str:
    """What was asked as it was worded; a section, a proposal, an own heading; else the whole."""
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


def takes_files(answer: "Answer") -> bool:
    """Whether files stand at it: at the sender's words to a question, or the first on the whole."""
    if answer.question_id is not None:
        return answer.voice is Voice.SENDER
    return answer is next(filter(_is_on_the_whole, answer.version.answers), None)


def _is_on_the_whole(answer: "Answer") -> bool:
    about = (answer.question_id, answer.proposal_id, answer.section_id)
    return answer.voice is Voice.SENDER and about == (None, None, None)
