"""Answers that say nearly the same: what they have in common, and what they are."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.clusters import ClusterForm, DescribeForm, MembersForm
from consult.blueprints.desk.presenters.clusters import (
    VARIANTS,
    card_view,
    member_rows,
    variant_views,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import page_of
from consult.domain.coding.clusters import ClusterKind, ClusterState, MemberState, describe
from consult.domain.coding.queries.clusters import (
    count_members,
    get_cluster,
    lines_of_cluster,
    list_clusters,
    list_members,
)
from consult.domain.coding.service.clusters import (
    confirm_cluster,
    describe_cluster,
    let_in,
    put_in,
    reject_cluster,
    take_back_cluster,
    take_out,
)
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import TextCluster

_ALL_IN = (MemberState.FOUND, MemberState.IN)


@bp.get("/rounds/<slug:round_slug>/alike/<pid:cluster_id>")
@requires(Permission.VIEW_DESK, on=get_cluster)
def cluster(cluster: "TextCluster") -> ResponseReturnValue:
    """The common text, in which ways answers differ from it, and the answers."""
    return _page(cluster)


def _page(
    cluster: "TextCluster", *, form: ClusterForm | None = None, about: DescribeForm | None = None
) -> str:
    found = list_clusters(cluster.round_id, cluster_id=cluster.id)
    if not found:
        raise NotFound("cluster", cluster.public_id)
    described = describe(lines_of_cluster(cluster.id, states=_ALL_IN))
    paging = page_of(count_members(cluster.id))
    members = list_members(cluster.id, offset=paging.offset, limit=paging.size)
    return render_template(
        "desk/alike/cluster.html",
        round=cluster.round,
        cluster=cluster,
        card=card_view(found[0]),
        described=described,
        variants=variant_views(described.variants[:VARIANTS]),
        members=member_rows(members, described),
        outside=list_members(cluster.id, is_out=True),
        paging=paging,
        form=form or ClusterForm(cluster.kind, may_reject=_may_reject(cluster)),
        about=about or DescribeForm(obj=cluster),
        kinds=ClusterKind,
    )


def _may_reject(cluster: "TextCluster") -> bool:
    return cluster.state is ClusterState.SUGGESTED


@bp.post("/rounds/<slug:round_slug>/alike/<pid:cluster_id>/decide")
@requires(Permission.CODE_ANSWERS, on=get_cluster)
@transactional
def decide_cluster(cluster: "TextCluster") -> ResponseReturnValue:
    """Say what the answers are to one another, or that they only happen to agree."""
    form = ClusterForm(may_reject=_may_reject(cluster))
    if not form.validate_on_submit():
        return _page(cluster, form=form), 422
    if form.chosen is None:
        reject_cluster(cluster, by=current_actor())
        flash(_("Each of the answers stands by itself."), "success")
        return redirect(url_for("desk.copies", round_slug=cluster.round.slug))
    confirm_cluster(cluster, form.chosen, by=current_actor())
    released = let_in(cluster, by=current_actor()) if form.let_in.data else 0
    text = _("It is confirmed. What several say is coded once; every answer stands as it was.")
    if released:
        text += " " + ngettext("%(num)d answer is let in.", "%(num)d answers are let in.", released)
    flash(text, "success")
    return redirect(_address(cluster))


@bp.post("/rounds/<slug:round_slug>/alike/<pid:cluster_id>/take-back")
@requires(Permission.CODE_ANSWERS, on=get_cluster)
@transactional
def take_cluster_back(cluster: "TextCluster") -> ResponseReturnValue:
    """Take back what was said: it is a suggestion again."""
    take_back_cluster(cluster, by=current_actor())
    flash(_("It is taken back. Each answer stands as it did before."), "success")
    return redirect(_address(cluster))


@bp.post("/rounds/<slug:round_slug>/alike/<pid:cluster_id>/<any(out, in):way>")
@requires(Permission.CODE_ANSWERS, on=get_cluster)
@transactional
def move_members(cluster: "TextCluster", way: str) -> ResponseReturnValue:
    """Take answers out of it, or put them in again."""
    form = MembersForm()
    numbers = form.numbers.data if form.validate_on_submit() else []
    move = take_out if way == "out" else put_in
    moved = move(cluster, numbers or [], by=current_actor())
    if not moved:
        flash(_("Choose at least one answer. Nothing is changed."), "warning")
    elif way == "out":
        flash(
            ngettext(
                "%(num)d answer is taken out. You can put it in again below.",
                "%(num)d answers are taken out. You can put them in again below.",
                moved,
            ),
            "success",
        )
    else:
        flash(
            ngettext("%(num)d answer is in it again.", "%(num)d answers are in it again.", moved),
            "success",
        )
    return redirect(_address(cluster, page=request.args.get("page", type=int)))


@bp.post("/rounds/<slug:round_slug>/alike/<pid:cluster_id>/describe")
@requires(Permission.CODE_ANSWERS, on=get_cluster)
@transactional
def describe_campaign(cluster: "TextCluster") -> ResponseReturnValue:
    """Write down who is behind it and what it asks for."""
    form = DescribeForm()
    if form.validate_on_submit():
        try:
            describe_cluster(
                cluster,
                organiser=form.organiser.data or "",
                demand=form.demand.data or "",
                by=current_actor(),
            )
        except InvalidInput as error:
            form.refuse_description(error)
        else:
            flash(_("It is saved."), "success")
            return redirect(_address(cluster))
    return _page(cluster, about=form), 422


def _address(cluster: "TextCluster", **values: Any) -> str:
    return url_for(
        "desk.cluster", round_slug=cluster.round.slug, cluster_id=cluster.public_id, **values
    )
