"""Sending a sub-report up to its programme once its checks are cleared."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.programmes.queries import find_sub_report
from consult.domain.programmes.service.sending import send_sub_report
from consult.domain.reports.checking import blocking
from consult.domain.reports.errors import NotCleared

if TYPE_CHECKING:
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Submission


def send_checked(
    concern: "Concern", *, base_url: str, by: Actor, received_at: datetime
) -> "Submission":
    """Send a group's signed sub-report; what goes up is checked like what is published.

    Raises:
        NotCleared: Something is neither mended nor signed for.
        NotSigned: As :func:`send_sub_report`, which raises all other refusals as well.
    """
    report = find_sub_report(concern)
    lines = blocking(report, now=received_at) if report is not None else ()
    if lines:
        raise NotCleared(len(lines))
    return send_sub_report(concern, base_url=base_url, by=by, received_at=received_at)
