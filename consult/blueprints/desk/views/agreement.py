"""Double coding: a sample for a second reader, how far the two agree, and where they differ."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.agreement import BlindForm, DifferenceForm, SampleForm
from consult.blueprints.desk.presenters.agreement import (
    agreement_csv,
    measure_coders,
    measure_themes,
    tell_since,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_csv
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.queries.double import (
    answers_by_coder,
    answers_by_theme,
    differences,
    get_difference,
    get_double_coding,
    list_double_codings,
    next_to_do,
    passage_of_sample,
    themes_of_sample,
)
from consult.domain.coding.queries.passages import neighbours_in_text
from consult.domain.coding.queries.revisions import version_number
from consult.domain.coding.queries.themes import get_theme
from consult.domain.coding.service.double import code_blind, decide_difference, draw_sample
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.types import Role
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import DoubleCodedTheme, DoubleCoding
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/agreement")
@requires(Permission.VIEW_DESK, on=get_round)
def agreement(round_: "Round") -> ResponseReturnValue:
    """The samples that a second reader codes, and how each first reader fares over time."""
    samples = list_double_codings(round_.id)
    by_coder = answers_by_coder(round_.id)
    people = [*(one.coder for one in samples), *(one.coder for one in by_coder if one.coder)]
    names = names_by_reference(people)
    return render_template(
        "desk/agreement/samples.html",
        round=round_,
        samples=samples,
        names=names,
        coders=measure_coders(by_coder, names),
        me=current_actor().reference,
    )


@bp.route("/rounds/<slug:round_slug>/agreement/new", methods=["GET", "POST"])
@requires(Permission.CODE_ANSWERS, on=get_round)
@transactional
def agreement_new(round_: "Round") -> ResponseReturnValue:
    """Draw a sample."""
    members = members_as(round_.owner_id, Role.COORDINATOR, Role.CASE_OFFICER, now=utc_now())
    people = {one.person.reference: one.person.name for one in members}
    form = SampleForm().offer(list(people.items()))
    if form.validate_on_submit():
        try:
            made = draw_sample(
                round_,
                share=form.share.data or 0,
                coder=form.coder.data,
                by=current_actor(),
            )
        except InvalidInput as error:
            form.refuse_sample(error)
        else:
            flash(_("The sample is drawn."), "success")
            return redirect(_place(made))
    page = render_template("desk/agreement/new.html", round=round_, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/rounds/<slug:round_slug>/agreement/<pid:double_id>")
@requires(Permission.VIEW_DESK, on=get_double_coding)
def agreement_sample(sample: "DoubleCoding") -> ResponseReturnValue:
    """How far the two readers of a sample agree, theme by theme."""
    row = next(
        one for one in list_double_codings(sample.round_id) if one.public_id == sample.public_id
    )
    found = answers_by_theme(sample.id)
    themes, overall = measure_themes(themes_of_sample(sample), found, done=row.done)
    return render_template(
        "desk/agreement/sample.html",
        round=sample.round,
        sample=row,
        name=names_by_reference([sample.coder]).get(sample.coder, ""),
        themes=themes,
        overall=overall,
        undecided=sum(one.decided_at is None for one in differences(sample.id)),
        next_position=next_to_do(sample.id),
        is_mine=sample.coder == current_actor().reference,
        present_version=version_number(sample.round_id),
    )


@bp.get("/rounds/<slug:round_slug>/agreement/<pid:double_id>.csv")
@requires(Permission.VIEW_DESK, on=get_double_coding)
def agreement_file(sample: "DoubleCoding") -> ResponseReturnValue:
    """The same as a table for a spreadsheet; the mark at its head says that it is UTF-8."""
    row = next(
        one for one in list_double_codings(sample.round_id) if one.public_id == sample.public_id
    )
    found = answers_by_theme(sample.id)
    themes, overall = measure_themes(themes_of_sample(sample), found, done=row.done)
    columns = (
        _("Theme"),
        _("Passages"),
        _("Both"),
        _("Only the first"),
        _("Only the second"),
        _("Neither"),
        _("Krippendorff’s α"),
        _("Cohen’s κ"),
        _("Version of the codebook"),
    )
    text = agreement_csv(
        themes, overall, version=row.codebook_version, columns=columns, total=_("All themes")
    )
    return send_csv(text, f"agreement-{sample.round.slug}-{sample.public_id}.csv")


@bp.route(
    "/rounds/<slug:round_slug>/agreement/<pid:double_id>/passages/<number:number>",
    methods=["GET", "POST"],
)
@requires(Permission.CODE_BLIND, on=get_double_coding)
@transactional
def agreement_passage(sample: "DoubleCoding", number: int) -> ResponseReturnValue:
    """A passage of the sample for the second reader, who sees nothing of the first's work."""
    place = passage_of_sample(sample.id, number)
    themes = themes_of_sample(sample)
    form = BlindForm().offer(themes)
    if place.done_at is None and form.validate_on_submit():
        chosen = [get_theme(sample.round.slug, key) for key in form.themes.data or ()]
        code_blind(place, chosen, by=current_actor())
        following = next_to_do(sample.id)
        if following is None:
            flash(_("That was the last passage of the sample. Thank you."), "success")
            return redirect(_place(sample))
        flash(_("Saved. The next passage stands here."), "success")
        return redirect(_place(sample, "desk.agreement_passage", number=following))
    before, after = neighbours_in_text(place.passage)
    page = render_template(
        "desk/agreement/passage.html",
        round=sample.round,
        sample=sample,
        place=place,
        passage=place.passage,
        before=before,
        after=after,
        definitions={theme.key: theme.content.definition for theme in themes},
        form=form,
        next_position=next_to_do(sample.id),
        is_older=(sample.codebook_version or 0) < version_number(sample.round_id),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/rounds/<slug:round_slug>/agreement/<pid:double_id>/differences")
@requires(Permission.VIEW_DESK, on=get_double_coding)
def agreement_differences(sample: "DoubleCoding") -> ResponseReturnValue:
    """Where the two readers differ, what waits first."""
    rows = differences(sample.id)
    people = [one for row in rows for one in (row.place.first_coder, row.decided_by) if one]
    return render_template(
        "desk/agreement/differences.html",
        round=sample.round,
        sample=sample,
        rows=[(row, tell_since(row.theme)) for row in rows],
        themes={one.id: one.content for one in themes_of_sample(sample)},
        names=names_by_reference([sample.coder, *people]),
    )


@bp.route(
    "/rounds/<slug:round_slug>/agreement/differences/<pid:difference_id>", methods=["GET", "POST"]
)
@requires(Permission.CODE_ANSWERS, on=get_difference)
@transactional
def agreement_decide(difference: "DoubleCodedTheme") -> ResponseReturnValue:
    """Decide whether a theme belongs on a passage that two readers read differently."""
    sample = difference.place.double_coding
    form = DifferenceForm()
    if form.validate_on_submit() and _decided(difference, form):
        waiting = [one for one in differences(sample.id) if one.decided_at is None]
        if not waiting:
            flash(_("Decided. That was the last difference of the sample."), "success")
            return redirect(_place(sample, "desk.agreement_differences"))
        flash(_("Decided. The coding follows the decision. The next one stands here."), "success")
        return redirect(
            url_for(
                "desk.agreement_decide",
                round_slug=sample.round.slug,
                difference_id=waiting[0].public_id,
            )
        )
    first = difference.place.first_coder or ""
    page = render_template(
        "desk/agreement/decide.html",
        round=sample.round,
        sample=sample,
        one=difference,
        since=tell_since(difference.theme),
        themes={one.id: one.content for one in themes_of_sample(sample)},
        form=form,
        names=names_by_reference([sample.coder, first]),
    )
    return page, 422 if form.is_submitted() else 200


def _decided(difference: "DoubleCodedTheme", form: DifferenceForm) -> bool:
    try:
        decide_difference(
            difference,
            is_on=form.is_on.data == "yes",
            reason=form.reason.data or "",
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse(error, {})
        return False
    return True


def _place(
    sample: "DoubleCoding", endpoint: str = "desk.agreement_sample", **values: object
) -> str:
    """The address of a page of a sample."""
    return url_for(
        endpoint,
        round_slug=sample.round.slug,
        double_id=sample.public_id,
        **values,  # type: ignore[arg-type]
    )
