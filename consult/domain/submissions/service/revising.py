"""Revising: what a sender changes after sending becomes the next version of the answer."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.decisions import current_decisions
from consult.domain.submissions.errors import NothingAnswered, NothingChanged
from consult.domain.submissions.mandates import case_data, mandate_data
from consult.domain.submissions.models import Party, Submission, SubmissionVersion
from consult.domain.submissions.parties import COUNTED, Capacity, StandsBehind
from consult.domain.submissions.rules import (
    assemble_text,
    check_content,
    sender_check,
    version_digest,
)
from consult.domain.submissions.service.receiving import (
    SENDER,
    status_on_arrival,
    store_version,
    version_stored,
)
from consult.domain.submissions.service.supplementing import with_supplements
from consult.domain.submissions.service.transcribing import carry_added
from consult.domain.submissions.types import SubmissionContent


def receive_version(
    submission: Submission, content: SubmissionContent, *, by: Actor, received_at: datetime
) -> SubmissionVersion:
    """Store what a sender has changed as the next version, which takes the place of the last.

    Number and first time of receipt stay, and so does every earlier version with what stands beside
    it. Signatories go along where the new version brings none of its own, and so do transcripts and
    translations of what is unchanged, and supplements that had come.

    Raises:
        InvalidInput: As ``receive_submission``.
        NothingAnswered: Nothing would be left of the answer.
        NothingChanged: It says what the last version says.
    """
    content = with_supplements(submission, check_content(content))
    answers = [answer for answer in content.answers if not answer.is_blank]
    if not answers:
        raise NothingAnswered
    before = submission.current_version
    digest = version_digest(assemble_text(answers).text, answers, content.files)
    changed = [*_change_frame(submission, content), *_changed_standing(before, content)]
    if digest == before.digest and not changed:
        raise NothingChanged
    submission.current_version_number += 1
    submission.has_comments = any(not answer.no_comments for answer in answers)
    if not any(decision.kind.is_about_lateness for decision in current_decisions(submission.id)):
        submission.deadline_status = status_on_arrival(
            submission.round, submission.organisation_id, received_at
        )
    version = store_version(submission, content, answers, by=by, received_at=received_at)
    if not version.parties:
        _carry_signatories(before, version)
    carry_added(before, version)
    _log(version, changed=changed)
    version_stored.send(version)
    return version


def _change_frame(submission: Submission, content: SubmissionContent) -> list[str]:
    """Take over who it is from and how it may be published; returns what of it is new."""
    respondent = content.respondent
    claimed = submission.claimed_organisation_id
    wanted: dict[str, object] = {
        "name": respondent.name,
        "actor_type": respondent.actor_type,
        "contact_name": respondent.contact_name,
        "contact_email": respondent.contact_email,
        "claimed_organisation_id": respondent.claimed_organisation_id,
        "organisation_number": respondent.organisation_number,
        "written_by": respondent.written_by,
        "language": content.language,
        "publication": content.publication,
        "discussed_on": content.discussed_on,
        "took_part": [asdict(item) for item in content.took_part],
        "mandate": mandate_data(content.ground.mandate),
        "exposure": content.ground.exposure,
    }
    changed = [name for name, value in wanted.items() if getattr(submission, name) != value]
    for name in changed:
        setattr(submission, name, wanted[name])
    if "contact_email" in changed:
        submission.identity = content.identity
    if "claimed_organisation_id" in changed and submission.organisation_id == claimed:
        submission.organisation_id = respondent.organisation_id
    if not _WHO.isdisjoint(changed):
        is_settled = submission.organisation_id is not None
        submission.sender_check = None if is_settled else sender_check(respondent)
    return changed


_WHO = frozenset({"actor_type", "claimed_organisation_id", "organisation_number"})
"""What the owner's staff looks at anew when the sender has changed it."""


def _changed_standing(before: SubmissionVersion, content: SubmissionContent) -> list[str]:
    """What is new about the reservation, the political bodies, and the bodies behind it."""
    now = {
        "is_provisional": content.is_provisional,
        "case_steps": case_data(content.case_steps),
    }
    changed = [name for name, value in now.items() if getattr(before, name) != value]
    return changed if _bodies(before.parties) == _bodies(content.behind) else [*changed, "behind"]


def _bodies(parties: Iterable[Party | StandsBehind]) -> set[tuple[Capacity, int | None, str]]:
    """The bodies that count as if they had sent it, whether they have confirmed or not."""
    return {
        (one.capacity, one.organisation_id, one.ground or "")
        for one in parties
        if one.capacity in COUNTED
    }


def _carry_signatories(before: SubmissionVersion, version: SubmissionVersion) -> None:
    version.parties = [
        Party(
            organisation_id=party.organisation_id,
            capacity=party.capacity,
            position=party.position,
            name=party.name,
            title=party.title,
            signed_for=party.signed_for,
            is_confirmed=party.is_confirmed,
            ground=party.ground,
        )
        for party in before.parties
    ]
    session().flush()


def _log(version: SubmissionVersion, *, changed: list[str]) -> None:
    """Note in the owner's log that an answer was changed; what was said stands in the versions."""
    record(
        Tag.SUBMISSION_AMENDED,
        subject=version.submission.reference,
        by=SENDER,
        stream=organisation_stream(version.submission.round.owner_id),
        data={"version": version.number, "digest": version.digest, "changed": changed},
    )
