"""A small world with one of everything that an address can name."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO

from flask import current_app
from PIL import Image
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.clusters import (
    CampaignPolicy,
    ClusterKind,
    ClusterState,
    MemberState,
)
from consult.domain.coding.models import (
    ClusterMember,
    DoubleCodedTheme,
    DoubleCoding,
    TextCluster,
    Theme,
)
from consult.domain.coding.queries.double import differences, passage_of_sample
from consult.domain.coding.service.campaign_policy import choose_policy
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.copying import decide_copy
from consult.domain.coding.service.double import code_blind, draw_sample
from consult.domain.coding.service.examples import add_line
from consult.domain.coding.service.many import code_together
from consult.domain.coding.service.splitting import split_theme
from consult.domain.coding.types import Colour, ThemeContent
from consult.domain.composing.models import Composition, WordReturn
from consult.domain.composing.queries import get_part, list_parts
from consult.domain.composing.service.beginning import begin_report, begin_response
from consult.domain.composing.service.discussing import open_thread
from consult.domain.composing.service.inviting import default_end, invite_reader
from consult.domain.composing.service.outlining import save_outline
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.signing import start_sign_off
from consult.domain.composing.types import (
    CompositionKind,
    EvidenceUse,
    PlannedStep,
    RecommendationContent,
    Side,
)
from consult.domain.composing.versions import list_versions
from consult.domain.disclosure.models import Burst, Support
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.filing import replace_file
from consult.domain.disclosure.service.reviewing import (
    clear_answer,
    redact_words,
    release_finding,
)
from consult.domain.disclosure.types import BurstKind, BurstState, LegalBasis
from consult.domain.documents.models import AccessPackage, Document, DocumentFile
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.documents.types import BuildStatus, DocumentFormat, DocumentKind
from consult.domain.files.service.pieces import begin_upload
from consult.domain.following.service.following import ask_to_follow
from consult.domain.following.types import Rhythm
from consult.domain.followup.models import Measure
from consult.domain.followup.service.evidencing import add_evidence
from consult.domain.followup.service.measures import take_up_report, tell_status
from consult.domain.followup.service.responding import note_change, publish_follow_up
from consult.domain.followup.types import MeasureStatus, StatusReport
from consult.domain.handling.service.bulk import Change, change_many
from consult.domain.handling.service.filters import save_filter
from consult.domain.handling.service.noting import open_note
from consult.domain.handling.types import ME, BulkKind, QueueFilter
from consult.domain.intake.models import ArchiveImport, TableImport
from consult.domain.intake.service.importing import begin_import
from consult.domain.intake.service.incoming_mail import take_in_mail
from consult.domain.intake.service.tabling import begin_table
from consult.domain.intake.service.unpacking import begin_archive
from consult.domain.meetings.models import MeetingGroup, MeetingNote, MeetingPicture
from consult.domain.meetings.service.pictures import (
    add_picture,
    publish_picture,
    review_picture,
)
from consult.domain.meetings.service.planning import issue_link
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.queries import list_messages
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.stopping import make_link
from consult.domain.notifications.types import MailAttachment, Recipient
from consult.domain.organisations.models import (
    AccessRequest,
    Membership,
    Organisation,
    OrganisationEvent,
)
from consult.domain.organisations.service import ask_for_access, rename
from consult.domain.organisations.types import ActorType, Ground, Role
from consult.domain.reports.models import Clearance, FactCheck
from consult.domain.reports.service.clearing import sign_for
from consult.domain.reports.types import CheckKind, CheckLine, Verdict
from consult.domain.responses.service.deciding import take_round
from consult.domain.responses.service.enclosing import NewFile, enclose_file
from consult.domain.responses.service.hearing import plan_hearing
from consult.domain.responses.service.joining import ask_body
from consult.domain.responses.types import AskedBelow, HearingPlan
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.queries import list_invitations
from consult.domain.rounds.service import announce
from consult.domain.rounds.types import AnswerPublishing, InvitationReason
from consult.domain.scans.queries import waiting_files
from consult.domain.scans.rules import PDF
from consult.domain.scans.service.noting import begin_pages
from consult.domain.scans.service.reading import finish_page
from consult.domain.scans.types import Inspection, Recognised
from consult.domain.submissions.attached import ReadUpload
from consult.domain.submissions.council import Remark
from consult.domain.submissions.endorsing import Joining
from consult.domain.submissions.models import (
    Draft,
    DraftFile,
    Endorsement,
    SenderLetterCopy,
    Submission,
)
from consult.domain.submissions.parties import Capacity, StandsBehind
from consult.domain.submissions.service.commenting import add_comment
from consult.domain.submissions.service.council import add_remark, renew_confirmation_link
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.drafting import start_draft
from consult.domain.submissions.service.endorsing import join_answer
from consult.domain.submissions.service.erasing import request_erasure
from consult.domain.submissions.service.filing import UploadLimits, attach_file
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.service.writing import ask_sender
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Channel,
    DecisionKind,
    Publication,
    Respondent,
    StoredFile,
    SubmissionContent,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.files import FileStore
from consult.kernel.ids import new_public_id, token_digest
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import from_markdown
from tests.support.coded import passages_of, theme
from tests.support.factories import Factory
from tests.support.followed import sign_report
from tests.support.letters import letter_of
from tests.support.meetings import meeting_of, note_in
from tests.support.programmes import Group, invite, make_group, make_programme
from tests.support.published import approve, publish_now
from tests.support.scanned import scanned_pdf
from tests.support.zipped import zip_of

LETTER = "Til arbeidsgruppen\n\nSpørsmål 1\n\nVi mener at kontoret skal være åpent.\n".encode()
WORDS = "Vi er enige. Spør Ola Nes."
MAIL = (
    b"From: Kari <kari@solvik.example>\r\nMessage-ID: <1@solvik.example>\r\nSubject: Svar\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHer er svaret.\r\n"
    b"--b\r\nContent-Type: text/plain; name=svar.txt\r\n"
    b"Content-Disposition: attachment; filename=svar.txt\r\n\r\nVi er enige.\r\n--b--\r\n"
)


@dataclass(frozen=True)
class Login:
    """What opening a session takes of a person, once their row is out of reach."""

    id: int
    session_epoch: int


@dataclass(frozen=True)
class World:
    """People by role, the round they meet in, and the names that addresses take.

    Attributes:
        links: Secrets of links that every browser has followed, by what addresses call them.
    """

    people: dict[str, Login]
    owner_id: int
    things: dict[str, object]
    links: dict[str, str]


def make_world(make: Factory, round_: Round | None = None) -> World:
    """A world around a round: one open to all, or a given one in which the sender is asked."""
    is_internal = round_ is not None
    round_ = round_ or make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    section, proposal = make.section(round_), make.proposal(round_)
    sender_body = make.organisation(name="Solvik kommune", email="post@solvik.example")
    people = _people(make, round_, sender_body)
    files = current_app.extensions["files"]
    heard, internal_draft, heard_answer = _internal_hearing(make, round_, people, files)
    invitation = Invitation(
        round=round_, organisation=sender_body, reason=InvitationReason.AFFECTED,
        email="post@solvik.example", created_at=utc_now(),
    )  # fmt: skip
    session().add(invitation)
    session().flush()
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
    own_draft = draft if is_internal else _person_draft(make, round_, people["citizen"])
    council = draft if is_internal else _council_draft(make, round_, people["citizen"])
    remark = add_remark(council, Remark("To av sju", "Vi er uenige."), question=None)
    draft_file = _attach(council, files)
    comment = add_comment(draft, section, "Godt skrevet.")
    confirm_token = renew_confirmation_link(council)
    incoming = begin_import(
        round_, LETTER, filename="svar.txt", by=SYSTEM, files=files, limit_bytes=10_000
    )
    mail = take_in_mail(round_, MAIL, by=SYSTEM, files=files, limit_bytes=100_000).mail
    marked, _token = receive_submission(
        round_, _content(sender_body, round_, files), by=SYSTEM, received_at=utc_now()
    )
    _read_scans()
    decision = mark_answer(marked, DecisionKind.OFF_TOPIC, reason="En annen sak.", by=SYSTEM)
    other = make.organisation(slug="granli-kommune")
    branch, change, request = _tree(make, round_.owner, people)
    joint = ask_body(
        take_round(heard, other, by=SYSTEM, at=utc_now()),
        round_.owner, base_url="http://x", by=SYSTEM, at=utc_now(),
    )  # fmt: skip
    joining = _joining(round_, other, submission)
    in_name = _in_the_owners_name(round_, other, files)
    our_joint = ask_body(
        take_round(round_, round_.owner, by=SYSTEM, at=utc_now()),
        other, base_url="http://x", by=SYSTEM, at=utc_now(),
    )  # fmt: skip
    group, note, picture, table_token = _meeting(round_, files)
    document = _document(round_, files)
    letter = _sign_off(make, round_, people["signatory"])
    enclosure = enclose_file(
        letter,
        NewFile(BytesIO(b"Kart over ruta."), "kart.txt"),
        files=files, limits=UploadLimits(1, 1), by=SYSTEM,
    )  # fmt: skip
    thread = open_thread(
        get_part(letter, "general"), "Er det sant?", base_url="http://x", by=SYSTEM
    )
    rests_on = rest_on(
        get_part(letter, "general"), passages_of(submission)[0], EvidenceUse.MERGED, by=SYSTEM
    )
    enqueue(
        "sign_in_link", Recipient(email="kari@consult.example", name="Kari", locale="nb"),
        attachments=[MailAttachment("a.txt", "text/plain", files.save(b"a"))],
        link="x", minutes=1,
    )  # fmt: skip
    time_theme = theme(round_, "Tid")
    new_themes = [ThemeContent(name, Colour.RED) for name in ("Kontor", "Hall")]
    split = split_theme(theme(round_, "Rom"), new_themes, why="To ting", by=SYSTEM)
    sample, difference = _double_coding(round_, submission, time_theme, people)
    review = get_review(round_.slug, submission.number)
    redact_words(review, "enige", LegalBasis.PERSONAL_DATA, by=SYSTEM)
    release_finding(review.findings[0], by=SYSTEM)
    redacted = StoredFile("s.txt", "text/plain", files.save(b"Vi er"), 5)
    replace_file(
        review, submission.current_version.attachments[0], redacted, by=SYSTEM, files=files
    )
    clear_answer(review, by=SYSTEM)
    burst = Burst(
        round_id=round_.id, kind=BurstKind.RANDOM, fingerprint="random", state=BurstState.WAITING,
        begun_at=utc_now(),
    )  # fmt: skip
    session().add(burst)
    support = Support(
        submission=submission, email_digest="0" * 64, access_digest=token_digest("support"),
        asked_at=utc_now(),
    )  # fmt: skip
    session().add(support)
    cluster = TextCluster(
        round=round_, number=1, kind=ClusterKind.TEMPLATE, state=ClusterState.SUGGESTED,
        found_at=utc_now(),
    )  # fmt: skip
    session().add(cluster)
    session().flush()
    for one in (marked, submission):
        session().add(ClusterMember(cluster=cluster, submission=one, state=MemberState.FOUND))
    policy_choice = choose_policy(round_, CampaignPolicy.EACH, reason="", by=SYSTEM)
    session().flush()
    receipt = list_messages()[0]
    mail_token = make_link("kari@consult.example", round_.reference)
    secrets = {
        "held": token,
        "confirm_held": confirm_token,
        "table_held": table_token,
        "support_held": "support",
        "mail_held": mail_token,
        "follow_held": _follow_token(round_),
    }
    report = begin_report(round_, CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    fact_check = _objection(report, submission)
    reader, secrets["reader_held"] = invite_reader(
        report, "Ada Vik", ends_on=default_end(utc_now().date()), by=SYSTEM, at=utc_now()
    )
    names = {what: new_public_id() for what in secrets}
    officer = make.actor(people["officer"])
    bulk = change_many(
        round_, [submission.number], Change(BulkKind.READ), by=officer, base_url="http://x"
    )
    together = code_together(
        passages_of(submission)[:1], theme(round_, "Sammen"), on=True, by=officer
    )
    noted = open_note(submission, "Ring avsenderen.", by=officer, base_url="http://x")
    saved = save_filter(round_, "Mine", QueueFilter(assignee=ME), is_shared=True, by=officer)
    followed = _followed(make, round_)
    programme, working_group, above = _programmes(make, round_.owner)
    things = {
        **names,
        "round_slug": round_.slug,
        "kind": "report",
        "fact_check": fact_check.public_id,
        "reader": reader.public_id,
        "clearance": _clearance(round_).public_id,
        "check_code": "0" * 16,
        "view": "arrivals",
        "heard": heard.slug,
        "joint": joint.public_id,
        "our_joint": our_joint.public_id,
        "endorsement": joining.public_id,
        "in_name": in_name.public_id,
        "enclosure": enclosure.public_id,
        "text_copy": decide_copy(marked, submission, is_copy=True, by=SYSTEM).public_id,
        "cluster": cluster.public_id,
        "way_out": "out",
        "policy_choice": policy_choice.public_id,
        "internal_draft": internal_draft.public_id,
        "heard_answer": heard_answer.public_id,
        "organisation_slug": other.slug,
        "organisation": sender_body.slug,
        "owner": round_.owner.slug,
        "branch": branch.slug,
        "change": change.public_id,
        "access_request": request.public_id,
        "number": submission.number,
        "submission": submission.public_id,
        "file": submission.current_version.attachments[0].public_id,
        "video": submission.current_version.attachments[1].public_id,
        "scan": submission.current_version.attachments[2].public_id,
        "position": 0,
        "one": 1,
        "upload": _begin_upload(draft.reference),
        "desk_upload": _begin_upload(f"{round_.reference} {people['officer'].reference}"),
        "council_draft": council.public_id,
        "remark": remark.public_id,
        "draft_file": draft_file.public_id,
        "comment": comment.public_id,
        "mail": mail.public_id,
        "mail_file": mail.files[0].public_id,
        "marked": marked.number,
        "decision": decision.public_id,
        "draft": draft.public_id,
        "own_draft": own_draft.public_id,
        "import": incoming.public_id,
        "letter_copy": _letter_about(marked).public_id,
        "archive": _archive_of(round_, files).public_id,
        "table": _table_of(round_, files).public_id,
        "table_form": "csv",
        "meeting": group.meeting.public_id,
        "group": group.public_id,
        "note": note.public_id,
        "picture": picture.public_id,
        "picture_version": "cleaned",
        "invitation": invitation.public_id,
        "package": _package(round_).public_id,
        "document": document.public_id,
        "snapshot": snapshot_of_now(round_, reason="Later.", by=SYSTEM, now=utc_now()).public_id,
        "first": 0,
        "finding": review.findings[0].public_id,
        "redaction": review.redactions[0].public_id,
        "burst": burst.public_id,
        "bulk": bulk.public_id,
        "filter": saved.public_id,
        "note_thread": noted.public_id,
        "note_post": noted.posts[0].public_id,
        "note_step": "settle",
        "message": receipt.public_id,
        "question": round_.questions[0].key,
        "proposal": proposal.key,
        "section": section.key,
        "person": people["citizen"].public_id,
        "membership": _membership_of(people["reader"]).public_id,
        "failed": _failed_mail().public_id,
        "theme": time_theme.key,
        "split_theme": "rom",
        "theme_example": add_line(time_theme, "Vi venter lenge.", by=SYSTEM).public_id,
        "codebook_kind": "qdc",
        "codebook_version": split.public_id,
        "double_coding": sample.public_id,
        "programme": programme.slug,
        "programme_asked": list_invitations(programme.id)[0].public_id,
        "programme_theme": theme(programme, "Tid").key,
        "programme_above": above.slug,
        "working_group": working_group.row.public_id,
        "group_question": working_group.row.questions[0].public_id,
        "report": followed.version.composition.public_id,
        "measure": followed.number,
        "measure_file": _shown(followed, files),
        "evidence_act": "show",
        "follow_step": "publish",
        "proposal_change": note_change(
            round_, "Nå gjelder det alle.", language="nb", by=SYSTEM, at=utc_now()
        ).public_id,
        "difference": difference.public_id,
        "passage": passages_of(submission)[0].public_id,
        "together": together.public_id,
        "part": "general",
        "report_part": "own-1",
        "part_step": "down",
        "removed_part": "own-1",
        "word_return": _word_return(letter, files).public_id,
        "thread": thread.public_id,
        "thread_step": "resolve",
        "post": thread.posts[0].public_id,
        "evidence": rests_on.public_id,
        "off": "remove",
        "erasure": request_erasure(submission, "", now=utc_now()).public_id,
        "version_number": 1,
        "step": "next",
        "state": "off",
        "direction": "down",
        "token": token,
        "mail_token": mail_token,
        "locale": "nn",
        "sender_kind": "person",
        "question_kind": "open",
        "part_kind": "questions",
    }
    things |= _report_on(round_, submission)
    things |= _published(make, round_)
    logins = {role: Login(person.id, person.session_epoch) for role, person in people.items()}
    owner_id = round_.owner_id
    session().commit()
    links = {names[what]: secret for what, secret in secrets.items()}
    return World(logins, owner_id, things, links)


def _report_on(round_: Round, submission: Submission) -> dict[str, str]:
    """A report on the round, with a proposal that rests on a passage."""
    made = begin_report(round_, CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    proposal = propose(made.parts[0], RecommendationContent("Open doors."), by=SYSTEM)
    put = ground(proposal, passages_of(submission)[0], Side.FOR, "", by=SYSTEM)
    outline = save_outline(made, "Ours", by=SYSTEM)
    return {
        "recommendation": proposal.public_id,
        "ground": put.public_id,
        "outline": outline.public_id,
        "outline_place": "0",
    }


def _published(make: Factory, round_: Round) -> dict[str, str]:
    """A chapter of the law that is published, with a file."""
    taken = snapshot_of_now(round_, reason="For the chapter.", by=SYSTEM, now=utc_now())
    made = begin_report(round_, CompositionKind.CHAPTER, snapshot=taken, by=SYSTEM)
    list_parts(made.id)[0].body = to_tree(from_markdown("Hørt."))
    approve(make, made)
    edition = publish_now(made)
    edition.document.files = [
        DocumentFile(
            format=DocumentFormat.PDF,
            digest=current_app.extensions["files"].save(b"%PDF-1.7 of a test"),
            size=18,
        )
    ]
    return {
        "published_kind": "chapter",
        "edition": str(edition.number),
        "format": "pdf",
        "edition_chapter": "part-own-1",
    }


def _double_coding(
    round_: Round, submission: Submission, time_theme: Theme, people: dict[str, Person]
) -> tuple[DoubleCoding, DoubleCodedTheme]:
    """A sample that waits for the coordinator, and what the officer read differently in theirs."""
    apply_theme(passages_of(submission)[0], time_theme, by=SYSTEM)
    waiting, done = (
        draw_sample(round_, share=100, coder=people[role].reference, by=SYSTEM)
        for role in ("coordinator", "officer")
    )
    code_blind(passage_of_sample(done.id, 1), [], by=SYSTEM)
    return waiting, differences(done.id)[0]


def _followed(make: Factory, round_: Round) -> Measure:
    """A measure from an approved report, which everybody may read who may see the round."""
    signed = sign_report(make, round_, "Hold døra åpen.", kind=CompositionKind.FACTUAL)
    publish_follow_up(round_, by=SYSTEM, at=utc_now())
    return take_up_report(signed.report, by=SYSTEM, at=utc_now())[0]


def _shown(measure: Measure, files: FileStore) -> str:
    """A file that shows how far the measure is, which everybody may have."""
    now = utc_now()
    told = StatusReport(MeasureStatus.DONE, to_oslo(now).date())
    tell_status(measure, told, by=SYSTEM, at=now)
    kept = add_evidence(
        measure, BytesIO(b"Vedtak."), "vedtak.txt", is_public=True, files=files,
        limits=UploadLimits(1, 1), by=SYSTEM, at=now,
    )  # fmt: skip
    return kept.public_id


def _sign_off(make: Factory, round_: Round, signatory: Person) -> Composition:
    """The owner's own response to the round, which waits for its signatory."""
    letter = letter_of(make, round_.owner, round_=round_)
    steps = [PlannedStep("Leder", signatory.id)]
    start_sign_off(letter, steps, name="Til leder", base_url="http://x", by=SYSTEM)
    return letter


def _internal_hearing(
    make: Factory, owned: Round, people: dict[str, Person], files
) -> tuple[Round, Draft, Submission]:
    """A round that the owner is asked in, with its own internal hearing, a branch's draft and
    answer, and the response that is begun."""
    above = make.round()
    branch = make.organisation(parent=owned.owner, email="klubb@solvik.example")
    people["branch"] = make.member(branch, Role.DRAFTER)
    coordinator = make.actor(people["coordinator"])
    plan = HearingPlan(
        title="Internt", introduction="Hva mener dere?", language="nb",
        closes_at=utc_now() + timedelta(days=3), questions=(AskedBelow("q1"),),
        bodies=frozenset({branch.id}),
    )  # fmt: skip
    hearing = plan_hearing(above, owned.owner, plan, by=coordinator, at=utc_now())
    announce(hearing, by=coordinator, at=utc_now())
    draft, _token = start_draft(
        hearing,
        Respondent(name=branch.name, actor_type=branch.actor_type, organisation_id=branch.id),
        language="nb",
        by=make.actor(people["branch"]),
        base_url="http://x",
        now=utc_now(),
    )
    answer, _token = receive_submission(
        hearing, _content(branch, hearing, files), by=SYSTEM, received_at=utc_now()
    )
    begin_response(above, owned.owner, by=SYSTEM)
    return above, draft, answer


def _objection(report: Composition, submission: Submission) -> FactCheck:
    """Somebody who is quoted in a report has been asked, and objects."""
    check = FactCheck(
        composition_id=report.id, submission=submission, places=[], asked_at=utc_now(),
        asked_by="system", due_on=utc_now().date(), verdict=Verdict.OBJECTS, reply="Nei.",
    )  # fmt: skip
    session().add(check)
    session().flush()
    return check


def _person_draft(make: Factory, round_: Round, citizen: Person) -> Draft:
    draft, _token = start_draft(
        round_,
        Respondent(name="Kari Nes", actor_type=ActorType.PRIVATE_PERSON),
        language="nb",
        by=make.actor(citizen),
        base_url="http://x",
        now=utc_now(),
    )
    return draft


def _tree(
    make: Factory, owner: Organisation, people: dict[str, Person]
) -> tuple[Organisation, OrganisationEvent, AccessRequest]:
    """A branch under the round's owner, what happened to it, and who asks for a role above."""
    branch = make.organisation(slug="lag-nord", parent=owner)
    change = rename(branch, name="Lag nord", ground=Ground(date(2026, 1, 1), "Vedtak"), by=SYSTEM)
    request = ask_for_access(
        owner, message="", base_url="http://x", by=make.actor(people["citizen"])
    )
    return branch, change, request


def _clearance(round_: Round) -> Clearance:
    """That somebody answers for what the checks found in the owner's report."""
    report = begin_report(round_, CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    line = CheckLine(CheckKind.STALE, "evidence:x", "0" * 64)
    return sign_for(report, line, "Looked at.", by=SYSTEM)


def _word_return(letter: Composition, files: FileStore) -> WordReturn:
    returned = WordReturn(
        composition=letter, version=list_versions(letter.id)[0], filename="svar.docx",
        digest=files.save(b"svar"), size=4, returned_at=utc_now(), returned_by="system",
    )  # fmt: skip
    session().add(returned)
    session().flush()
    return returned


def _council_draft(make: Factory, round_: Round, citizen: Person) -> Draft:
    draft, _token = start_draft(
        round_,
        Respondent(name="Eldrerådet", actor_type=ActorType.MUNICIPAL_COUNCIL),
        language="nb",
        by=make.actor(citizen),
        base_url="http://x",
        now=utc_now(),
    )
    return draft


def _attach(draft: Draft, files) -> DraftFile:
    return attach_file(
        draft,
        BytesIO(b"vedlegg"),
        filename="vedlegg.txt",
        question=None,
        files=files,
        limits=UploadLimits(1, 1),
        read=lambda _stream, _name: ReadUpload(),
    )


def _membership_of(person: Person) -> Membership:
    return session().scalars(select(Membership).where(Membership.person_id == person.id)).one()


def _follow_token(round_: Round) -> str:
    ask_to_follow(
        round_, "ola@consult.example", locale="nb", rhythm=Rhythm.SINGLE,
        base_url="http://x", now=utc_now(),
    )  # fmt: skip
    return list_messages(limit=1)[0].body_text.split("/follow/")[1].split()[0]


def _failed_mail() -> OutboxMessage:
    message = list_messages()[0]
    message.failed_at = utc_now()
    return message


def _programmes(make: Factory, owner: Organisation) -> tuple[Round, Group, Round]:
    """A programme of the owner with a group that has sent, and one that it is a group of."""
    programme = make_programme(make, owner=owner)
    group = make_group(make, programme)
    group.send()
    above = make_programme(make)
    invite(above, owner)
    return programme, group, above


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
        "signatory": make.member(round_.owner, Role.SIGNATORY),
        "admin": make.person(is_admin=True),
    }


def _content(body, round_: Round, files) -> SubmissionContent:
    digest, scan = files.save(b"vedlegg"), files.save(scanned_pdf(["Vi svarer"], scale=1))
    return SubmissionContent(
        respondent=Respondent(name=body.name, actor_type=body.actor_type, organisation_id=body.id),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(question_id=round_.questions[0].id, text=WORDS),),
        files=(
            StoredFile("vedlegg.txt", "text/plain", digest, 7),
            StoredFile("svar.mp4", "video/mp4", digest, 7, AttachmentKind.VIDEO),
            StoredFile("skannet.pdf", PDF, scan, 7, AttachmentKind.ATTACHMENT),
        ),
    )


def _joining(round_: Round, body: Organisation, other: Submission) -> Endorsement:
    """A body that joins an answer."""
    made = join_answer(
        round_,
        Joining(other.name, other.organisation_id, other.id, other.current_version_number),
        respondent=Respondent(body.name, body.actor_type, body.id),
        language="nb",
        publication=Publication.WITH_NAME,
        by=SYSTEM,
        received_at=utc_now(),
    )
    return session().scalars(select(Endorsement).where(Endorsement.submission == made)).one()


def _in_the_owners_name(round_: Round, body: Organisation, files: FileStore) -> Submission:
    """An answer that a body has sent on behalf of the round's owner."""
    owner = round_.owner
    represented = StandsBehind(owner.name, Capacity.ON_BEHALF_OF, owner.id, ground="Vedtak")
    content = replace(_content(body, round_, files), behind=(represented,))
    return receive_submission(round_, content, by=SYSTEM, received_at=utc_now())[0]


def _letter_about(submission: Submission) -> SenderLetterCopy:
    submission.contact_email = "kari@consult.example"
    return ask_sender(submission, "Hvem?", contact="x", by=SYSTEM, base_url="http://x")


def _archive_of(round_: Round, files: FileStore) -> ArchiveImport:
    return begin_archive(
        round_,
        zip_of({"svar.txt": LETTER}),
        filename="svar.zip",
        by=SYSTEM,
        files=files,
        limit_bytes=10_000,
    )


def _table_of(round_: Round, files: FileStore) -> TableImport:
    return begin_table(
        round_,
        b"Sender;Kind of sender;General\nKari;private_person;Ja.\n",
        filename="svar.csv",
        by=SYSTEM,
        files=files,
        limit_bytes=1000,
    )


def _begin_upload(owner: str) -> str:
    upload = begin_upload(
        owner,
        filename="stor.pdf",
        size=5,
        fingerprint="a" * 64,
        limit_bytes=10,
        partials=current_app.extensions["partials"],
        now=utc_now(),
    )
    return upload.public_id


def _read_scans() -> None:
    """Read the scanned files as the worker would, without the machine's time."""
    for scan in waiting_files(10):
        begin_pages(scan, Inspection(1, (1,)))
        finish_page(scan.pages[0].id, Recognised("Vi svarer", 91))


def _meeting(
    round_: Round, files: FileStore
) -> tuple[MeetingGroup, MeetingNote, MeetingPicture, str]:
    group = meeting_of(round_).groups[0]
    note = note_in(group, "Åpne dører")
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    given = {"files": files, "by": SYSTEM, "at": utc_now()}
    picture = add_picture(group.meeting, out.getvalue(), filename="tavle.png", **given)
    review_picture(picture, areas=(), text="En tavle.", **given)
    publish_picture(picture, by=SYSTEM, at=utc_now())
    return group, note, picture, issue_link(group, by=SYSTEM)


def _document(round_: Round, files) -> Document:
    pdf = b"%PDF-1.7 a stand-in: whether it may be fetched is the question here"
    document = Document(
        round_id=round_.id, kind=DocumentKind.SUMMARY, locale="nb", title="Oppsummering",
        status=BuildStatus.READY, progress=100, requested_by="system", requested_at=utc_now(),
        alive_at=utc_now(), finished_at=utc_now(),
    )  # fmt: skip
    for kind, content in (
        (DocumentFormat.PDF, pdf),
        (DocumentFormat.HTML, b"<p>Svar</p>"),
        (DocumentFormat.DOCX, b"PK"),
        (DocumentFormat.PPTX, b"PK"),
    ):
        document.files.append(
            DocumentFile(format=kind, digest=files.save(content), size=len(content))
        )
    session().add(document)
    session().flush()
    return document


def _package(round_: Round) -> AccessPackage:
    """A package for an access request whose worker has died."""
    package = AccessPackage(
        round_id=round_.id, locale="nb", status=BuildStatus.FAILED,
        alive_at=utc_now(), requested_by=SYSTEM.reference, requested_at=utc_now(),
    )  # fmt: skip
    session().add(package)
    session().flush()
    return package
