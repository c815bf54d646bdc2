"""Sentences that explain the kinds of round and of question where one chooses between them."""

from flask_babel import gettext as _

from consult.domain.rounds.types import QuestionKind, RoundType


def round_type_hints() -> dict[str, str]:
    """What each kind of round is for, by its value."""
    return {
        RoundType.INPUT_ROUND: _(
            "You want ideas and experience early, before anything is decided. No rules about time."
        ),
        RoundType.HEARING: _(
            "A formal hearing of a proposal. Usually three months to answer, and not under six "
            "weeks without a written reason."
        ),
        RoundType.INTERNAL_HEARING: _(
            "You ask your own branches or offices before you answer somebody else. Not public."
        ),
        RoundType.ADVISORY_CASE: _("You ask an advisory council for its statement. Not public."),
        RoundType.MEETING_SERIES: _(
            "You meet people, and write down what they say in each meeting."
        ),
        RoundType.PROGRAMME: _(
            "Several working groups look into their part each, and send you a sub-report. "
            "Not public."
        ),
    }


def question_kind_hints() -> dict[str, str]:
    """What each kind of question gives, by its value."""
    return {
        QuestionKind.OPEN: _("People write in their own words. Gives the most to learn from."),
        QuestionKind.STANCE: _(
            "People say whether they support a proposal, and write why. Write the proposal first."
        ),
        QuestionKind.SINGLE: _("People choose one option, and can add a comment."),
        QuestionKind.MULTIPLE: _("People choose as many options as they like."),
        QuestionKind.SCALE: _("People choose a number between two ends that you describe."),
    }
