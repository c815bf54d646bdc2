"""What a passage of a sub-report rests on, in words."""

from consult.domain.documents.building.wording import Wording
from consult.domain.programmes.beneath import Beneath
from consult.kernel.i18n import N_


def rests_on(beneath: Beneath, say: Wording) -> str:
    """How a note tells the first inputs: "which rests on 4 inputs to Group A: Vik and 3 others"."""
    piece = beneath.piece
    count = say.ngettext(
        "which rests on %(num)s input to %(group)s",
        "which rests on %(num)s inputs to %(group)s",
        piece.total,
        group=beneath.group,
    )
    senders = dict.fromkeys(
        f"{one.sender} ({_against(one.number, say)})"
        if one.is_contrary
        else f"{one.sender} ({say.gettext(N_('answer %(number)s'), number=str(one.number))})"
        for one in piece.inputs
    )
    names = list(senders)
    if piece.unprinted:
        names.append(
            say.ngettext(
                "%(num)s that may not be named",
                "%(num)s that may not be named",
                piece.unprinted,
            )
        )
    return f"{count}: {', '.join(names)}"


def _against(number: int, say: Wording) -> str:
    return say.gettext(N_("answer %(number)s, which speaks against it"), number=str(number))
