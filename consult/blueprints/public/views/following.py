"""Following rounds by mail: with an address that confirms, or in one click when signed in."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.public import bp
from consult.blueprints.public.forms import FollowForm, RhythmForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.forms import Form
from consult.domain.following.queries import (
    find_follower_of_person,
    get_pending,
    is_following,
    list_followed,
)
from consult.domain.following.service.following import (
    ask_to_follow,
    change_rhythm,
    confirm_following,
    follow_as_person,
    stop_following,
)
from consult.domain.following.types import CONFIRM_WITHIN
from consult.domain.rounds.queries import get_round
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.route("/rounds/<slug:round_slug>/follow", methods=["GET", "POST"])
@requires(Permission.FOLLOW_ROUND, on=get_round)
@limiter.limit("60 per hour", methods=["POST"])
@transactional
def follow(round_: "Round") -> ResponseReturnValue:
    """Ask for an address to tell; whoever is signed in presses a button instead."""
    actor = current_actor()
    form = FollowForm()
    if actor.is_authenticated:
        is_followed = is_following(round_, actor.person_id)
        return render_template("public/follow.html", round=round_, form=None, on=is_followed)
    if not form.validate_on_submit():
        page = render_template("public/follow.html", round=round_, form=form, on=False)
        return page, 422 if form.errors else 200
    ask_to_follow(
        round_,
        str(form.email.data),
        locale=current_locale(),
        rhythm=form.chosen,
        base_url=str(current_app.config["SETTINGS"].base_url),
        now=utc_now(),
    )
    return redirect(url_for("public.follow_asked", round_slug=round_.slug))


@bp.get("/rounds/<slug:round_slug>/follow/asked")
@requires(Permission.FOLLOW_ROUND, on=get_round)
def follow_asked(round_: "Round") -> ResponseReturnValue:
    """Say that a mail is on its way; the same for every address."""
    days = CONFIRM_WITHIN.days
    return render_template("public/follow_asked.html", round=round_, days=days)


@bp.post("/rounds/<slug:round_slug>/follow/on")
@requires(Permission.FOLLOW_ROUND, on=get_round)
@transactional
def follow_now(round_: "Round") -> ResponseReturnValue:
    """Follow a round as whoever is signed in; their address needs no confirming."""
    actor = current_actor()
    if not actor.is_authenticated:
        return redirect(url_for("public.follow", round_slug=round_.slug))
    follow_as_person(round_, actor, locale=current_locale(), now=utc_now())
    flash(_("You follow this round. We write to %(email)s.", email=actor.email), "success")
    return redirect(url_for("public.round", round_slug=round_.slug))


@bp.route("/follow/<token>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("30 per minute")
@transactional
def confirm_follow(token: str) -> ResponseReturnValue:
    """Confirm an address, on a press of the button: programs open links in mails by themselves."""
    try:
        pending = get_pending(token, since=utc_now() - CONFIRM_WITHIN)
    except NotFound:
        return render_template("public/follow_unknown.html"), 404
    form = Form()
    is_done = pending.confirmed_at is not None
    if form.validate_on_submit():
        confirm_following(pending, now=utc_now())
        return redirect(url_for("public.confirm_follow", token=token))
    page = render_template(
        "public/follow_confirm.html", round=pending.round, token=token, is_done=is_done
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/rounds/<slug:round_slug>/follow/off")
@requires(Permission.VIEW_FOLLOWED)
@transactional
def unfollow(round_slug: str) -> ResponseReturnValue:
    """Stop following a round as whoever is signed in."""
    actor = current_actor()
    for following in list_followed(find_follower_of_person(actor.person_id)):
        if following.round.slug == round_slug:
            stop_following(following, by=actor)
            flash(_("You no longer follow this round."), "success")
    return redirect(url_for("public.following"))


@bp.route("/following", methods=["GET", "POST"])
@requires(Permission.VIEW_FOLLOWED)
@transactional
def following() -> ResponseReturnValue:
    """The rounds that whoever is signed in follows, and how often they want mail."""
    follower = find_follower_of_person(current_actor().person_id)
    form = RhythmForm(data={"rhythm": follower.rhythm if follower else None})
    if follower is not None and form.validate_on_submit():
        change_rhythm(follower, form.chosen, now=utc_now())
        flash(_("Saved."), "success")
        return redirect(url_for("public.following"))
    page = render_template("public/following.html", followed=list_followed(follower), form=form)
    return page, 422 if form.is_submitted() else 200
