"""What was corrected while answers came in: both wordings, and how many answered which."""

from consult.domain.documents.building.context import Context
from consult.domain.documents.building.data import ProposalFacts, QuestionFacts
from consult.domain.documents.building.prose import prose
from consult.domain.documents.building.wording import paragraph
from consult.domain.documents.types import Block, Box
from consult.kernel.i18n import N_


def corrections_of(
    context: Context, part: QuestionFacts | ProposalFacts, *, name: str
) -> tuple[Block, ...]:
    """A box for each former wording and a sentence with the numbers; nothing where it stood fast.

    Args:
        context: What the summary is built from.
        part: The question or the proposal.
        name: What it is called in the text, such as "Question 3".
    """
    if not part.former:
        return ()
    say = context.say
    boxes: list[Block] = [
        Box(
            say.gettext(
                N_("%(part)s until %(moment)s"), part=name, moment=say.moment(former.until)
            ),
            prose(former.text, say.locale),
        )
        for former in part.former
    ]
    total = sum(former.answered for former in part.former) + part.answered
    numbers = say.ngettext(
        "%(part)s was corrected while answers came in. One answer speaks to it: %(former)s to the "
        "former words, %(present)s to the present ones.",
        "%(part)s was corrected while answers came in. %(num)s answers speak to it: %(former)s to "
        "the former words, %(present)s to the present ones.",
        total,
        part=name,
        former=total - part.answered,
        present=part.answered,
    )
    return (paragraph(numbers), *boxes)
