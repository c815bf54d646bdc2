"""Sending a signed sub-report up: it becomes an answer of the group to the programme."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.sealing import signers
from consult.domain.programmes.assembling import answers_from, assemble_report
from consult.domain.programmes.errors import (
    AnsweredOtherwise,
    NotPrintable,
    NotSigned,
    NotTaking,
)
from consult.domain.programmes.models import GroupQuestion, SentReport, WorkingGroup
from consult.domain.programmes.queries import (
    find_group,
    find_sub_report,
    gather_inputs,
    is_taking,
)
from consult.domain.programmes.rules import difference_of_questions
from consult.domain.programmes.types import SentUp
from consult.domain.responses.readiness import find_signed
from consult.domain.responses.service.deciding import hold_case, take_round
from consult.domain.rounds.types import RoundType
from consult.domain.submissions.senders import IdentityLevel
from consult.domain.submissions.service.amending import hold_submission
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.i18n import choose_locale

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, NamedVersion
    from consult.domain.composing.standing import Standing
    from consult.domain.organisations.models import Organisation
    from consult.domain.responses.listing import Concern
    from consult.domain.responses.models import ResponseCase
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


def send_sub_report(
    concern: "Concern", *, base_url: str, by: Actor, received_at: datetime
) -> "Submission":
    """Send the signed sub-report, as the group's first or as the next version of what it sent.

    With it go its inputs as far as they may be printed, frozen as they are now.

    Raises:
        NotSigned: It is not begun, or not everybody has signed it as it stands.
        NotPrintable: It quotes words that may not be passed on.
        NotTaking: The deadline has passed, and nobody asked for more.
        AnsweredOtherwise: The group has answered in the form, or taken its answer back.
        NothingChanged: It says what was sent last.
        InvalidInput: A national identity number stands in it.
    """
    composition = find_sub_report(concern)
    signed = find_signed(composition) if composition is not None else None
    if composition is None or signed is None:
        raise NotSigned
    if concern.round.type is not RoundType.PROGRAMME or not is_taking(concern, now=received_at):
        raise NotTaking
    gathered = gather_inputs(composition)
    if gathered.held:
        raise NotPrintable
    version, standing = signed
    sent = assemble_report(
        unfreeze(version.content),
        evidence=gathered.evidence,
        passages=gathered.passages,
        answers=gathered.answers,
    )
    content = _content(concern, composition, sent, standing, by=by)
    case = take_round(concern.round, concern.organisation, by=by, at=received_at)
    hold_case(case)
    submission = _receive(concern, case, content, by=by, received_at=received_at)
    case.submission, case.sent_version = submission, version
    group = hold_group(concern.round, concern.organisation)
    group.submission = submission
    _keep(group, submission, sent, version, at=received_at)
    record(
        Tag.CASE_SENT,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={"digest": version.digest, "number": submission.current_version_number},
    )
    mail_receipt(submission, base_url=base_url)
    return submission


def hold_group(round_: "Round", organisation: "Organisation") -> WorkingGroup:
    """The row of a group in a programme, made when it is first needed."""
    group = find_group(round_.id, organisation.id)
    if group is None:
        group = WorkingGroup(round=round_, organisation=organisation)
        session().add(group)
        session().flush()
    return group


def _content(
    concern: "Concern",
    composition: "Composition",
    sent: SentUp,
    standing: "Standing",
    *,
    by: Actor,
) -> SubmissionContent:
    body = concern.organisation
    return SubmissionContent(
        respondent=Respondent(
            name=body.name,
            actor_type=body.actor_type,
            organisation_id=body.id,
            contact_name=by.name,
            contact_email=by.email or body.email,
        ),
        channel=Channel.DOCUMENT,
        language=sent.language,
        publication=Publication.WITH_NAME,
        answers=tuple(answers_from(sent)),
        signers=signers(standing.signatures, language=sent.language),
        document_date=composition.document_date,
        their_ref=composition.our_ref,
        identity=IdentityLevel.SIGNED_IN,
        locale=choose_locale(sent.language),
    )


def _receive(
    concern: "Concern",
    case: "ResponseCase",
    content: SubmissionContent,
    *,
    by: Actor,
    received_at: datetime,
) -> "Submission":
    before = case.submission
    if before is None:
        if concern.answer is not None:
            raise AnsweredOtherwise
        submission, _token = receive_submission(
            concern.round, content, by=by, received_at=received_at
        )
        return submission
    if before.withdrawn_at is not None or find_group(case.round_id, case.organisation_id) is None:
        raise AnsweredOtherwise
    hold_submission(before)
    receive_version(before, content, by=by, received_at=received_at)
    return before


def _keep(
    group: WorkingGroup,
    submission: "Submission",
    sent: SentUp,
    version: "NamedVersion",
    *,
    at: datetime,
) -> None:
    """Keep what was sent as it was sent, and its questions as records of their own."""
    kept = SentReport(
        group=group,
        number=len(group.reports) + 1,
        version_id=submission.current_version.id,
        digest=version.digest,
        data_digest=unfreeze(version.content).data,
        content=sent.to_json(),
        sent_at=at,
    )
    session().add(kept)
    standing = {one.text: one for one in group.questions if one.withdrawn_at is None}
    new, gone = difference_of_questions(list(standing), sent.questions)
    for text in gone:
        standing[text].withdrawn_at = at
    for number, text in enumerate(new, len(group.questions) + 1):
        session().add(
            GroupQuestion(
                group=group, number=number, text=text, language=sent.language, asked_at=at
            )
        )
    session().flush()
