"""A small world with one of everything that an address can name."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import SYSTEM
from consult.domain.documents.models import Document, DocumentFile
from consult.domain.documents.types import BuildStatus, DocumentFormat, DocumentKind
from consult.domain.intake.service.importing import begin_import
from consult.domain.notifications.messages import send_sign_in_link
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.models import Membership
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.types import InvitationReason
from consult.domain.submissions.service.drafting import start_draft
from consult.domain.submissions.service.erasing import request_erasure
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    StoredFile,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, theme
from tests.support.factories import Factory

LETTER = "Til arbeidsgruppen\n\nSpørsmål 1\n\nVi mener at kontoret skal være åpent.\n".encode()


@dataclass(frozen=True)
class Login:
    """What opening a session takes of a person, once their row is out of reach."""

    id: int
    session_epoch: int


@dataclass(frozen=True)
class World:
    """People by role, the round they meet in, and the names that addresses take."""

    people: dict[str, Login]
    owner_id: int
    things: dict[str, object]


def make_world(make: Factory) -> World:
    round_ = make.round()
    section, proposal = make.section(round_), make.proposal(round_)
    sender_body = make.organisation(name="Solvik kommune", email="post@solvik.example")
    people = _people(make, round_, sender_body)
    files = current_app.extensions["files"]
    submission, token = receive_submission(
        round_, _content(sender_body, round_, files), by=SYSTEM, received_at=utc_now()
    )
    respondent = Respondent(
        name=sender_body.name, actor_type=sender_body.actor_type, organisation_id=sender_body.id
    )
    draft, _token = start_draft(
        round_,
        respondent,
        language="nb",
        by=make.actor(people["sender"]),
        base_url="http://x",
        now=utc_now(),
    )
    own_draft, _token = start_draft(
        round_,
        Respondent(name="Kari Nes", actor_type=ActorType.PRIVATE_PERSON),
        language="nb",
        by=make.actor(people["citizen"]),
        base_url="http://x",
        now=utc_now(),
    )
    incoming = begin_import(
        round_, LETTER, filename="svar.txt", by=SYSTEM, files=files, limit_bytes=10_000
    )
    other = make.organisation(slug="granli-kommune")
    invitation = Invitation(
        round=round_, organisation=sender_body, reason=InvitationReason.AFFECTED,
        email="post@solvik.example", created_at=utc_now(),
    )  # fmt: skip
    session().add(invitation)
    document = _document(round_, files)
    send_sign_in_link(
        Recipient(email="kari@consult.example", name="Kari", locale="nb"), link="x", minutes=1
    )
    session().flush()
    things = {
        "round_slug": round_.slug,
        "organisation_slug": other.slug,
        "organisation": sender_body.slug,
        "number": submission.number,
        "submission": submission.public_id,
        "file": submission.current_version.attachments[0].public_id,
        "draft": draft.public_id,
        "own_draft": own_draft.public_id,
        "import": incoming.public_id,
        "invitation": invitation.public_id,
        "document": document.public_id,
        "message": list_messages()[0].public_id,
        "question": round_.questions[0].key,
        "proposal": proposal.key,
        "section": section.key,
        "person": people["citizen"].public_id,
        "membership": _membership_of(people["reader"]).public_id,
        "failed": _failed_mail().public_id,
        "theme": theme(round_, "Tid").key,
        "passage": passages_of(submission)[0].public_id,
        "erasure": request_erasure(submission, "", now=utc_now()).public_id,
        "version_number": 1,
        "step": "next",
        "direction": "down",
        "token": token,
        "locale": "nn",
        "sender_kind": "person",
        "question_kind": "open",
        "part_kind": "questions",
    }
    logins = {role: Login(person.id, person.session_epoch) for role, person in people.items()}
    owner_id = round_.owner_id
    session().commit()
    return World(logins, owner_id, things)


def _membership_of(person: Person) -> Membership:
    return session().scalars(select(Membership).where(Membership.person_id == person.id)).one()


def _failed_mail() -> OutboxMessage:
    message = list_messages()[0]
    message.failed_at = utc_now()
    return message


def _people(make: Factory, round_: Round, sender_body) -> dict[str, Person]:
    elsewhere = make.organisation()
    outsider = make.member(elsewhere, Role.COORDINATOR)
    for role in (Role.CASE_OFFICER, Role.DRAFTER, Role.READER):
        session().add(
            Membership(
                person_id=outsider.id, organisation_id=elsewhere.id, role=role, starts_at=utc_now()
            )
        )
    return {
        "citizen": make.person(),
        "outsider": outsider,
        "sender": make.member(sender_body, Role.DRAFTER),
        "reader": make.member(round_.owner, Role.READER),
        "officer": make.member(round_.owner, Role.CASE_OFFICER),
        "coordinator": make.member(round_.owner, Role.COORDINATOR),
        "owner_drafter": make.member(round_.owner, Role.DRAFTER),
        "admin": make.person(is_admin=True),
    }


def _content(body, round_: Round, files) -> SubmissionContent:
    digest = files.save(b"vedlegg")
    return SubmissionContent(
        respondent=Respondent(name=body.name, actor_type=body.actor_type, organisation_id=body.id),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(question_id=round_.questions[0].id, text="Vi er enige."),),
        files=(StoredFile("vedlegg.txt", "text/plain", digest, 7),),
    )


def _document(round_: Round, files) -> Document:
    pdf = b"%PDF-1.7 a stand-in: whether it may be fetched is the question here"
    document = Document(
        round_id=round_.id, kind=DocumentKind.SUMMARY, locale="nb", title="Oppsummering",
        status=BuildStatus.READY, progress=100, requested_by="system", requested_at=utc_now(),
        alive_at=utc_now(), finished_at=utc_now(),
    )  # fmt: skip
    for kind, content in ((DocumentFormat.PDF, pdf), (DocumentFormat.HTML, b"<p>Svar</p>")):
        document.files.append(
            DocumentFile(format=kind, digest=files.save(content), size=len(content))
        )
    session().add(document)
    session().flush()
    return document
