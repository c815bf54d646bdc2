"""Every model there is, imported once so that the metadata is whole (migrations, tests)."""

from consult.domain.accounts import models as accounts
from consult.domain.analysis import models as analysis
from consult.domain.audit import models as audit
from consult.domain.coding import models as coding
from consult.domain.composing import models as composing
from consult.domain.disclosure import models as disclosure
from consult.domain.documents import models as documents
from consult.domain.files import models as files
from consult.domain.following import models as following
from consult.domain.followup import models as followup
from consult.domain.handling import models as handling
from consult.domain.intake import models as intake
from consult.domain.meetings import models as meetings
from consult.domain.notifications import models as notifications
from consult.domain.organisations import models as organisations
from consult.domain.reports import models as reports
from consult.domain.responses import models as responses
from consult.domain.rounds import models as rounds
from consult.domain.scans import models as scans
from consult.domain.submissions import models as submissions

__all__ = [
    "accounts",
    "analysis",
    "audit",
    "coding",
    "composing",
    "disclosure",
    "documents",
    "files",
    "following",
    "followup",
    "handling",
    "intake",
    "meetings",
    "notifications",
    "organisations",
    "reports",
    "responses",
    "rounds",
    "scans",
    "submissions",
]
