"""A report that everybody has signed and that has passed its checks, ready to be published."""

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.models import Composition
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.types import PlannedStep
from consult.domain.documents.types import BuildStatus
from consult.domain.organisations.types import Role
from consult.domain.reports.checking import blocking
from consult.domain.reports.models import Edition
from consult.domain.reports.service.clearing import sign_for
from consult.domain.reports.service.publishing import prepare, publish
from consult.kernel.clock import utc_now
from tests.support.factories import Factory

BASE_URL = "http://x"


def approve(make: Factory, report: Composition) -> None:
    """Sign for what the checks find, and have the text signed by a leader."""
    for line in blocking(report):
        sign_for(report, line, "Sett på.", by=SYSTEM)
    leader = make.member(report.organisation, Role.SIGNATORY, name="Liv Nes")
    steps = [PlannedStep("Leder", leader.id, "leder")]
    start_sign_off(report, steps, name="Endelig", base_url=BASE_URL, by=SYSTEM)
    sign(report, digest=current_digest(report), base_url=BASE_URL, by=make.actor(leader))


def publish_now(report: Composition) -> Edition:
    """Prepare an approved report and publish it, without laying it out on paper."""
    edition = prepare(report, by=SYSTEM, at=utc_now())
    edition.document.status = BuildStatus.READY
    publish(edition, by=SYSTEM, at=utc_now())
    session().flush()
    return edition
