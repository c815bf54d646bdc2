"""Beginning an answer: as whom, and a little about them."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import WhoForm
from consult.blueprints.respond.links import keep_token
from consult.blueprints.respond.places import waiting_place
from consult.blueprints.respond.presenters import sender_kind, standing_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor, remember_key
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.limits import A_FULL_HALL
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.shared.settings import site_address
from consult.blueprints.shared.workplaces import workplaces_for
from consult.domain.organisations.queries import find_by_public_id, organisations_by_id
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.rounds.queries import get_round, invited_organisation_ids, list_questions
from consult.domain.rounds.types import ROUND_RULES
from consult.domain.submissions.companions import search_bodies
from consult.domain.submissions.queries import list_drafts_of, list_sent_by, own_deadline
from consult.domain.submissions.service.drafting import start_draft
from consult.domain.submissions.types import COUNCIL_TYPES, Respondent, SenderKind
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission
from consult.policy.scope import drafting_organisation_ids

if TYPE_CHECKING:
    from consult.blueprints.respond.presenters import Standing
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round

_TOGETHER = (Permission.WRITE_RESPONSE, Permission.SIGN_RESPONSE)
"""Whoever may do none of it has nothing to do in the workspace that is about answering."""


@bp.get("/<slug:round_slug>")
@requires(Permission.START_ANSWER, on=get_round)
def start(round_: "Round") -> ResponseReturnValue:
    """Ask as whom somebody answers, offer what they have begun, or say that it is not open."""
    mine = _sending_ids(round_)
    own = [own_deadline(round_.id, organisation_id) for organisation_id in mine]
    latest = max((moment for moment in own if moment is not None), default=None)
    standing = standing_of(round_, own_deadline=latest, now=utc_now())
    if not standing.is_open:
        return _not_open_page(round_, standing)
    return render_template(
        "respond/start.html",
        round=round_,
        standing=standing,
        drafts=list_drafts_of(current_actor(), mine, round_id=round_.id),
        sent=list_sent_by(current_actor(), round_id=round_.id),
        bodies=sorted(organisations_by_id(mine).values(), key=lambda body: body.name),
        workplaces=workplaces_for(round_, to=_TOGETHER),
        total=len(list_questions(round_.id)),
        is_open_to_all=ROUND_RULES[round_.type].is_open_to_all,
    )


@bp.route("/<slug:round_slug>/as", methods=["GET", "POST"])
@requires(Permission.START_ANSWER, on=get_round)
@limiter.limit(A_FULL_HALL, methods=["POST"])
@transactional
def start_as(round_: "Round") -> ResponseReturnValue:
    """Ask for what the chosen kind of sender needs, and begin the draft while it can be sent."""
    kind, body = _chosen(round_, request.args.get("sender", ""))
    now = utc_now()
    own = own_deadline(round_.id, body.id if body else None)
    standing = standing_of(round_, own_deadline=own, now=now)
    if not standing.is_open:
        return _not_open_page(round_, standing), 409 if request.method == "POST" else 200
    form = WhoForm(data={"language": current_locale(), **_from_register(kind, body)})
    form.suit(kind, is_registered=body is not None)
    del form.revision  # nothing is stored yet
    page = {
        "round": round_,
        "standing": standing,
        "form": form,
        "kind": kind,
        "body": body,
        "sender": request.args.get("sender"),
    }
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("respond/who.html", **page), status
    try:
        draft, token = start_draft(
            round_,
            respondent_of(form, body),
            language=str(form.language.data),
            by=current_actor(),
            base_url=site_address(),
            now=now,
            discussed_on=form.discussed_on.data if "discussed_on" in form else None,
            locale=current_locale(),
        )
    except InvalidInput as error:
        form.refuse_name(error)
        return render_template("respond/who.html", **page), 422
    if token is not None:
        remember_key(draft.access_key)
        keep_token(draft.public_id, token)
    tasks = url_for("respond.tasks", public_id=draft.public_id)
    return redirect(waiting_place(draft) or tasks)


def _not_open_page(round_: "Round", standing: "Standing") -> str:
    """When the round takes answers, and what the visitor has begun."""
    mine = drafting_organisation_ids(current_actor())
    drafts = list_drafts_of(current_actor(), mine, round_id=round_.id)
    return render_template(
        "respond/not_open.html",
        round=round_,
        standing=standing,
        drafts=drafts,
        sent=list_sent_by(current_actor(), round_id=round_.id),
    )


def respondent_of(form: WhoForm, body: "Organisation | None") -> Respondent:
    """Who the answer is from, by the form and the registered body, where there is one."""
    email = str(form.contact_email.data or "") or None
    if body is not None:
        return Respondent(body.name, body.actor_type, body.id, contact_email=email)
    name = str(form.name.data or "")
    if form.chosen_type is ActorType.PRIVATE_PERSON:
        name = name or _("Private person")
    claimed = _claimed_body(form, name)
    number = str(form.organisation_number.data or "") if "organisation_number" in form else ""
    return Respondent(
        name,
        form.chosen_type,
        contact_email=email,
        claimed_organisation_id=claimed.id if claimed else None,
        organisation_number=number or None,
        written_by=str(form.written_by.data or "") or None,
    )


def _from_register(kind: SenderKind, body: "Organisation | None") -> dict[str, str]:
    """What the register knows of the body that was chosen in it, to begin the form with."""
    wanted = request.args.get("from", "")
    if body is not None or not wanted:
        return {}
    found = find_by_public_id(wanted)
    if found is None or sender_kind(found.actor_type) is not kind:
        return {}
    return {
        "claimed": found.public_id,
        "name": found.name,
        "actor_type": found.actor_type.value,
        "council_type": found.actor_type.value,
        "organisation_number": found.organisation_number or "",
    }


def _claimed_body(form: WhoForm, name: str) -> "Organisation | None":
    """The body chosen from the register, as long as the name is still its name."""
    wanted = str(form.claimed.data or "") if "claimed" in form else ""
    found = find_by_public_id(wanted) if wanted else None
    return found if found is not None and found.name == name else None


@bp.get("/<slug:round_slug>/find")
@requires(Permission.START_ANSWER, on=get_round)
@limiter.limit("60 per minute")
def find_body(round_: "Round") -> ResponseReturnValue:
    """Look a body up in the register, to begin an answer in its name."""
    wanted = asked_text("q")
    is_council = request.args.get("sender") == SenderKind.COUNCIL
    return render_template(
        "respond/find_body.html",
        round=round_,
        standing=standing_of(round_, own_deadline=None, now=utc_now()),
        sender=SenderKind.COUNCIL if is_council else SenderKind.ORGANISATION,
        wanted=wanted,
        found=[
            (body, sender_kind(body.actor_type))
            for body in search_bodies(wanted, among=COUNCIL_TYPES if is_council else None)
        ],
        kinds=ACTOR_TYPE_LABELS,
    )


def _sending_ids(round_: "Round") -> frozenset[int]:
    """The organisations I may write for; in a round only for those asked, those of them."""
    mine = drafting_organisation_ids(current_actor())
    if ROUND_RULES[round_.type].is_open_to_all:
        return mine
    return mine & invited_organisation_ids(round_.id)


def _chosen(round_: "Round", sender: str) -> tuple[SenderKind, "Organisation | None"]:
    """The kind of sender that was chosen, and the registered body if it was one of mine."""
    if sender in set(SenderKind) and ROUND_RULES[round_.type].is_open_to_all:
        return SenderKind(sender), None
    bodies = organisations_by_id(_sending_ids(round_))
    for body in bodies.values():
        if body.public_id == sender:
            return sender_kind(body.actor_type), body
    raise NotFound("sender", sender)
