"""A report that everybody has signed and that has passed its checks, ready to be published."""

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.models import Composition
from consult.domain.composing.sealing import current_sign_off
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.types import PlannedStep
from consult.domain.documents.service.building import request_report
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.documents.types import BuildStatus
from consult.domain.organisations.types import Role
from consult.domain.reports.checking import blocking
from consult.domain.reports.models import Edition
from consult.domain.reports.service.clearing import sign_for
from consult.domain.reports.service.publishing import prepare, publish
from consult.domain.reports.types import EditionStatus
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


def as_published(report: Composition) -> Edition:
    """A signed report as if it had been published, whatever its checks find."""
    round_, now = report.round, utc_now()
    taken = snapshot_of_now(round_, reason="To publish.", by=SYSTEM, now=now)
    document = request_report(round_, taken, locale=report.language, title=report.title, by=SYSTEM)
    document.status = BuildStatus.READY
    sign_off = current_sign_off(report.id)
    edition = Edition(
        composition=report,
        version=sign_off.version,
        snapshot=taken,
        document=document,
        number=1,
        status=EditionStatus.PUBLISHED,
        digest=sign_off.version.digest,
        prepared_at=now,
        prepared_by=SYSTEM.reference,
        published_at=now,
        published_by=SYSTEM.reference,
    )
    session().add(edition)
    session().flush()
    return edition
