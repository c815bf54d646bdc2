"""Preparing what is sent: the answer, the letter and what goes along, before anything is locked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.composing.frozen import current_digest, unfreeze
from consult.domain.composing.letter import written_parts
from consult.domain.composing.types import FrozenPart, FrozenText
from consult.domain.files.types import QUARANTINE
from consult.domain.responses.checking import blocks
from consult.domain.responses.enclosures import enclosure_title, list_enclosures
from consult.domain.responses.errors import NotAttachable, NotReady
from consult.domain.responses.letters import Printing, letter_pdf, statement_pdf
from consult.domain.responses.models import Enclosure, JointParty
from consult.domain.responses.readiness import (
    check_before_sending,
    find_signed,
    letter_frame,
    list_attachable,
    list_joint_parties,
)
from consult.domain.responses.service.enclosing import WAITING
from consult.domain.responses.service.representing import in_name_of
from consult.domain.responses.statements import (
    Frame,
    minority_of_branch,
    statement_of_body,
    statement_of_branch,
)
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.submissions.companions import get_sent_files
from consult.domain.submissions.mandates import PoliticalStep
from consult.domain.submissions.parties import Capacity, StandsBehind
from consult.domain.submissions.senders import IdentityLevel
from consult.domain.submissions.service.filing import stored_file
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
        dissents: Public ids of those that go along as minority views in our own answer instead.
        is_provisional: With reservation until a political body has met.
        case_steps: The way through political bodies so far.
    """

    publication: Publication = Publication.WITH_NAME
    attached: frozenset[str] = frozenset()
    dissents: frozenset[str] = frozenset()
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is sent, what lies beside it, and the frozen text it was made from."""

    content: SubmissionContent
    statements: tuple[SubmissionContent, ...]
    version: "NamedVersion"


def prepare_sending(
    concern: "Concern",
    composition: "Composition",
    plan: SendingPlan,
    *,
    outside: Outside,
    by: Actor,
    received_at: datetime,
) -> Prepared:
    """What is to be sent. Nothing is changed but the file store."""
    enclosures = list_enclosures(composition.id)
    has_attachments = bool(plan.attached or plan.dissents or enclosures)
    findings = check_before_sending(
        concern, composition, has_attachments=has_attachments, now=received_at
    )
    signed = find_signed(composition)
    if blocks(findings) or signed is None:
        raise NotReady
    version, _standing = signed
    text, frame = unfreeze(version.content), letter_frame(composition, today=_today(received_at))
    joint = [one for one in list_joint_parties(concern.case) if one.declined_at is None]
    along = _gather(concern, plan, enclosures, outside=outside)
    letter = _letter_file(composition, plan, joint, along.titles, outside=outside, now=received_at)
    content = SubmissionContent(
        respondent=_respondent(concern, by=by),
        channel=Channel.DOCUMENT,
        language=composition.language,
        publication=plan.publication,
        answers=(*_answers(composition, text), *along.minority_views),
        no_comments=any(part.no_comments for part in text.parts),
        signers=frame.signers,
        files=(letter, *along.files),
        document_date=frame.day,
        their_ref=text.head.our_ref or None,
        identity=IdentityLevel.SIGNED_IN,
        locale=choose_locale(composition.language),
        behind=(
            *in_name_of(concern.case),
            *_co_senders(joint, digest=version.digest),
            *along.sources,
        ),
        is_provisional=plan.is_provisional,
        case_steps=plan.case_steps,
    )
    statements = along.statements(
        Frame(composition.language, plan.publication), files=outside.files
    )
    return Prepared(content, tuple(statements), version)


def _today(moment: datetime) -> date:
    return to_oslo(moment).date()


@dataclass(frozen=True, slots=True)
class _Along:
    """What goes along: the answers of branches and the files of our own, as they are sent."""

    branches: "tuple[tuple[Submission, tuple[StoredFile, ...]], ...]"
    enclosed: tuple[tuple[Enclosure, StoredFile], ...]
    dissents: frozenset[str]

    @property
    def titles(self) -> list[str]:
        """What the letter's list of attachments calls them."""
        return [
            *(one.name for one, _files in self.branches),
            *(enclosure_title(e) for e, _f in self.enclosed),
        ]

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """All of them, in the order of the list."""
        of_branches = (file for _one, files in self.branches for file in files)
        return (*of_branches, *(file for _one, file in self.enclosed))

    @property
    def sources(self) -> Iterator[StandsBehind]:
        """The bodies whose words lie beside ours."""
        for source, _files in self.branches:
            yield StandsBehind(source.name, Capacity.SOURCE, source.organisation_id)
        for one, _file in self.enclosed:
            if one.body is not None:
                yield StandsBehind(one.body.name, Capacity.SOURCE, one.body_id)

    @property
    def minority_views(self) -> Iterator[AnswerContent]:
        """What goes along as minority views in our own answer."""
        for source, _files in self.branches:
            if source.public_id in self.dissents:
                yield from minority_of_branch(source)

    def statements(self, frame: Frame, *, files: FileStore) -> Iterator[SubmissionContent]:
        """What becomes an answer of its own beside ours."""
        for source, own in self.branches:
            if source.public_id not in self.dissents:
                yield statement_of_branch(source, tuple(_as_own(own)), frame)
        for one, file in self.enclosed:
            if one.body is not None:
                (plain,) = _as_own([file])
                yield statement_of_body(one.body, plain, files.read(file.digest), frame)


def _gather(
    concern: "Concern", plan: SendingPlan, enclosures: Sequence[Enclosure], *, outside: Outside
) -> _Along:
    return _Along(
        branches=tuple(
            (source, tuple(_files_of(source, number, outside=outside)))
            for number, source in enumerate(_chosen(concern, plan), 1)
        ),
        enclosed=tuple((one, _enclosed(one, files=outside.files)) for one in enclosures),
        dissents=plan.dissents,
    )


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


def _chosen(concern: "Concern", plan: SendingPlan) -> "list[Submission]":
    """The branch answers that were ticked, as far as their branches allow it."""
    allowed = {one.public_id: one for one in list_attachable(concern.case)}
    wanted = plan.attached | plan.dissents
    for public_id in wanted:
        if public_id not in allowed or (public_id in plan.attached & plan.dissents):
            raise NotAttachable(public_id)
    return [one for key, one in allowed.items() if key in wanted]


def _letter_file(
    composition: "Composition",
    plan: SendingPlan,
    joint: Sequence[JointParty],
    attachments: Sequence[str],
    *,
    outside: Outside,
    now: datetime,
) -> StoredFile:
    content = letter_pdf(
        composition,
        outside.printing,
        attachments=attachments,
        behind=behind_in_words(joint, composition.language, digest=current_digest(composition)),
        is_provisional=plan.is_provisional,
        now=now,
    )
    return _stored(content, f"{composition.organisation.slug}.pdf", outside.files)


def _files_of(source: "Submission", number: int, *, outside: Outside) -> Iterator[StoredFile]:
    """A branch's answer as a document of its own, and the files that it sent itself."""
    slug = source.organisation.slug if source.organisation else source.public_id
    statement = _stored(
        statement_pdf(source, outside.printing), f"{number:02}-{slug}.pdf", outside.files
    )
    yield replace(statement, kind=AttachmentKind.ATTACHMENT, source_id=source.organisation_id)
    for file in get_sent_files(source):
        yield replace(
            stored_file(file),
            filename=f"{number:02}-{file.filename}",
            kind=AttachmentKind.ATTACHMENT,
            question_id=None,
            source_id=source.organisation_id,
        )


def _enclosed(enclosure: Enclosure, *, files: FileStore) -> StoredFile:
    """A file that goes along, kept for good; an infected one is named, and stays in quarantine."""
    if not files.part(QUARANTINE).has(enclosure.digest):
        files.adopt(enclosure.digest, files.part(WAITING))
    return StoredFile(
        filename=enclosure.filename,
        media_type=enclosure.media_type,
        digest=enclosure.digest,
        size=enclosure.size,
        kind=enclosure.kind,
        source_id=enclosure.body_id,
    )


def _as_own(files: Iterable[StoredFile]) -> Iterator[StoredFile]:
    """Files as they stand at a body's own statement, where nobody else is their source."""
    return (replace(file, source_id=None) for file in files)


def _stored(content: bytes, filename: str, files: FileStore) -> StoredFile:
    return StoredFile(filename, "application/pdf", files.save(content), len(content))


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
