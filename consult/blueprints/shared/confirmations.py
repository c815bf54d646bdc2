"""What members have said of a council's answer, in words: on the check page, receipt and desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    from consult.domain.submissions.models import MemberConfirmation


@dataclass(frozen=True, slots=True)
class ConfirmationRow:
    """One member's word.

    Attributes:
        who: Role, and name where given.
        text: Which text they confirmed.
        is_current: Whether it is the one that stands now.
    """

    who: str
    agrees: bool
    text: str
    is_current: bool
    remark: str
    confirmed_at: datetime


def confirmations_in_words(
    confirmations: Sequence["MemberConfirmation"], *, digest: str, versions: Mapping[str, int]
) -> list[ConfirmationRow]:
    """Rows of a list of confirmations.

    Args:
        confirmations: What members have said.
        digest: The fingerprint of the text that stands now.
        versions: Numbers of the versions that were sent, by fingerprint.
    """
    return [
        ConfirmationRow(
            who=f"{item.name} ({item.role})" if item.name else item.role,
            agrees=item.agrees,
            text=_which_text(item.digest, digest, versions),
            is_current=item.digest == digest,
            remark=item.remark,
            confirmed_at=item.confirmed_at,
        )
        for item in confirmations
    ]


def _which_text(seen: str, now: str, versions: Mapping[str, int]) -> str:
    if seen == now:
        text: str = _("the text as it stands now")
    elif seen in versions:
        text = _("version %(number)s, which has been replaced", number=versions[seen])
    else:
        text = _("an earlier text; it has been changed since")
    return text
