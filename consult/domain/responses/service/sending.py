"""Sending: a signed response becomes an ordinary answer in the round above, once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.frozen import current_digest, unfreeze
from consult.domain.composing.letter import written_parts
from consult.domain.composing.types import FrozenPart, FrozenText
from consult.domain.responses.checking import blocks
from consult.domain.responses.errors import NotAttachable, NothingNew, NotReady
from consult.domain.responses.letters import Printing, letter_pdf, statement_pdf
from consult.domain.responses.models import JointParty, ResponseCase
from consult.domain.responses.readiness import (
    check_before_sending,
    find_signed,
    letter_frame,
    list_attachable,
    list_joint_parties,
)
from consult.domain.responses.service.deciding import hold_case, take_round
from consult.domain.responses.service.representing import in_name_of, tell_represented
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.submissions.companions import get_sent_files
from consult.domain.submissions.errors import NothingChanged
from consult.domain.submissions.mandates import PoliticalStep
from consult.domain.submissions.parties import Capacity, StandsBehind
from consult.domain.submissions.senders import IdentityLevel
from consult.domain.submissions.service.amending import hold_submission
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Channel,
    Publication,
    Respondent,
    StoredFile,
    SubmissionContent,
)
from consult.kernel.clock import to_oslo
from consult.kernel.files import FileStore
from consult.kernel.i18n import N_, choose_locale, translator
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.light import to_light

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, NamedVersion
    from consult.domain.responses.listing import Concern
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class SendingPlan:
    """What goes along with the letter.

    Attributes:
        publication: What we say about publishing on the web.
        attached: Public ids of the branch answers that go along, each chosen by a coordinator.
        is_provisional: With reservation until a political body has met.
        case_steps: The way through political bodies so far.
    """

    publication: Publication = Publication.WITH_NAME
    attached: frozenset[str] = frozenset()
    is_provisional: bool = False
    case_steps: tuple[PoliticalStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """What sending needs of the installation.

    Attributes:
        files: The store of what is sent.
        printing: What PDFs are made with.
        base_url: Address that links in mails start with.
    """

    files: FileStore
    printing: Printing
    base_url: str


def send_response(
    concern: "Concern",
    composition: "Composition",
    plan: SendingPlan,
    *,
    outside: Outside,
    by: Actor,
    received_at: datetime,
) -> "Submission":
    """Send the signed response as the organisation's answer; a second press finds it sent.

    The files are made before anything is locked. What was sent stays; when it is signed anew after
    a change, :func:`send_again` makes the next version of the same answer.

    Raises:
        NotReady: Something blocks it (:mod:`consult.domain.responses.checking`), or the
            organisation has answered in the form already.
        NotAttachable: A ticked branch answer may not go along.
    """
    if concern.case is not None and concern.case.submission is not None:
        return concern.case.submission
    if concern.answer is not None:
        raise NotReady
    content, version = _prepare(
        concern, composition, plan, outside=outside, by=by, received_at=received_at
    )
    case = take_round(concern.round, concern.organisation, by=by, at=received_at)
    hold_case(case)
    if case.submission is not None:
        return case.submission
    submission, _token = receive_submission(concern.round, content, by=by, received_at=received_at)
    case.submission = submission
    _note(case, version, content, by=by)
    mail_receipt(submission, base_url=outside.base_url)
    tell_represented(case, base_url=outside.base_url, at=received_at)
    return submission


def send_again(
    concern: "Concern",
    composition: "Composition",
    plan: SendingPlan,
    *,
    outside: Outside,
    by: Actor,
    received_at: datetime,
) -> "Submission":
    """Send what has been changed and signed since as the next version; the earlier ones stay.

    Raises:
        NotReady: As :func:`send_response`, or nothing has been sent, or it is withdrawn.
        NothingNew: It says what was sent last.
        NotAttachable: A ticked branch answer may not go along.
    """
    case = concern.case
    if case is None or case.submission is None or case.submission.withdrawn_at is not None:
        raise NotReady
    content, version = _prepare(
        concern, composition, plan, outside=outside, by=by, received_at=received_at
    )
    hold_case(case)
    hold_submission(case.submission)
    try:
        receive_version(case.submission, content, by=by, received_at=received_at)
    except NothingChanged as same:
        raise NothingNew from same
    _note(case, version, content, by=by)
    mail_receipt(case.submission, base_url=outside.base_url)
    tell_represented(case, base_url=outside.base_url, at=received_at)
    return case.submission


def _prepare(
    concern: "Concern",
    composition: "Composition",
    plan: SendingPlan,
    *,
    outside: Outside,
    by: Actor,
    received_at: datetime,
) -> "tuple[SubmissionContent, NamedVersion]":
    """What is sent, and the frozen text it was made from. Nothing is changed but the file store."""
    findings = check_before_sending(
        concern, composition, has_attachments=bool(plan.attached), now=received_at
    )
    signed = find_signed(composition)
    if blocks(findings) or signed is None:
        raise NotReady
    version, _standing = signed
    text = unfreeze(version.content)
    joint = [one for one in list_joint_parties(concern.case) if one.declined_at is None]
    sources = _chosen(concern, plan.attached)
    frame = letter_frame(composition, today=to_oslo(received_at).date())
    content = SubmissionContent(
        respondent=_respondent(concern, by=by),
        channel=Channel.DOCUMENT,
        language=composition.language,
        publication=plan.publication,
        answers=tuple(_answers(composition, text)),
        no_comments=any(part.no_comments for part in text.parts),
        signers=frame.signers,
        files=(
            _letter_file(composition, plan, joint, sources, outside=outside, now=received_at),
            *_source_files(sources, outside=outside),
        ),
        document_date=frame.day,
        their_ref=text.head.our_ref or None,
        identity=IdentityLevel.SIGNED_IN,
        locale=choose_locale(composition.language),
        behind=(
            *in_name_of(concern.case),
            *_co_senders(joint, digest=version.digest),
            *_sources(sources),
        ),
        is_provisional=plan.is_provisional,
        case_steps=plan.case_steps,
    )
    return content, version


def _respondent(concern: "Concern", *, by: Actor) -> Respondent:
    """Who sends it; it is counted as the kind of body that it is sent on behalf of."""
    body, case = concern.organisation, concern.case
    counted = case.on_behalf_of if case is not None and case.on_behalf_of is not None else body
    return Respondent(
        name=body.name,
        actor_type=counted.actor_type,
        organisation_id=body.id,
        contact_name=by.name,
        contact_email=by.email or body.email,
    )


def _answers(composition: "Composition", text: FrozenText) -> Iterator[AnswerContent]:
    """The letter's parts as answers to the questions and proposals that they are about."""
    questions = {one.key: one for one in list_questions(composition.round_id)}
    proposals = {one.key: one.id for one in list_proposals(composition.round_id)}
    if text.head.basis:
        yield AnswerContent(text=text.head.basis)
    for part in written_parts(text.parts):
        question = questions.get(part.question or "")
        yield replace(
            _said(part),
            question_id=question.id if question else None,
            proposal_id=question.proposal_id if question else proposals.get(part.proposal or ""),
        )


def _said(part: FrozenPart) -> AnswerContent:
    return AnswerContent(
        text=to_light(from_json(part.body)),
        stance=part.stance,
        modifiers=part.modifiers,
        no_comments=part.no_comments,
        source_heading=part.heading or None,
    )


def _chosen(concern: "Concern", attached: Iterable[str]) -> "list[Submission]":
    """The branch answers that were ticked, as far as their branches allow it."""
    allowed = {one.public_id: one for one in list_attachable(concern.case)}
    for public_id in attached:
        if public_id not in allowed:
            raise NotAttachable(public_id)
    return [one for key, one in allowed.items() if key in set(attached)]


def _letter_file(
    composition: "Composition",
    plan: SendingPlan,
    joint: Sequence[JointParty],
    sources: "Sequence[Submission]",
    *,
    outside: Outside,
    now: datetime,
) -> StoredFile:
    content = letter_pdf(
        composition,
        outside.printing,
        attachments=[one.name for one in sources],
        behind=behind_in_words(joint, composition.language, digest=current_digest(composition)),
        is_provisional=plan.is_provisional,
        now=now,
    )
    return _stored(content, f"{composition.organisation.slug}.pdf", outside.files)


def _source_files(sources: "Sequence[Submission]", *, outside: Outside) -> Iterator[StoredFile]:
    """Each branch's answer as a document of its own, and the files that it sent itself."""
    for number, source in enumerate(sources, 1):
        slug = source.organisation.slug if source.organisation else source.public_id
        statement = _stored(
            statement_pdf(source, outside.printing), f"{number:02}-{slug}.pdf", outside.files
        )
        yield replace(statement, kind=AttachmentKind.ATTACHMENT, source_id=source.organisation_id)
        for file in get_sent_files(source):
            yield StoredFile(
                filename=f"{number:02}-{file.filename}",
                media_type=file.media_type,
                digest=file.digest,
                size=file.size,
                kind=AttachmentKind.ATTACHMENT,
                pages=file.pages,
                source_id=source.organisation_id,
            )


def _stored(content: bytes, filename: str, files: FileStore) -> StoredFile:
    return StoredFile(filename, "application/pdf", files.save(content), len(content))


def _sources(sources: "Sequence[Submission]") -> Iterator[StandsBehind]:
    for one in sources:
        yield StandsBehind(one.name, Capacity.SOURCE, one.organisation_id)


def _co_senders(joint: Sequence[JointParty], *, digest: str) -> Iterator[StandsBehind]:
    """Bodies that were asked; one that said yes to another text has not confirmed this one."""
    for party in joint:
        yield StandsBehind(
            party.organisation.name,
            Capacity.CO_SENDER,
            party.organisation_id,
            party.confirms(digest),
        )


def behind_in_words(joint: Sequence[JointParty], language: str, *, digest: str) -> tuple[str, ...]:
    """The bodies behind a joint statement of this fingerprint, as the letter lists them."""
    say = translator(choose_locale(language)).gettext
    return tuple(
        party.organisation.name
        if party.confirms(digest)
        else say(N_("%(name)s (not confirmed)")) % {"name": party.organisation.name}
        for party in joint
        if party.declined_at is None
    )


def _note(
    case: ResponseCase, version: "NamedVersion", content: SubmissionContent, *, by: Actor
) -> None:
    """Remember which text was sent, and log with the organisation who pressed the button."""
    case.sent_version = version
    session().flush()
    record(
        Tag.CASE_SENT,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={
            "digest": version.digest,
            "attached": sum(file.source_id is not None for file in content.files),
            "is_provisional": content.is_provisional,
        },
    )
