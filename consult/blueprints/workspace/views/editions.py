"""Editions of a report: preparing one, publishing it, correcting it, taking it off the web."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.editions import files_of, show_edition
from consult.blueprints.workspace.forms.editions import EditionForm, ErrataForm, WithdrawForm
from consult.blueprints.workspace.loading import DraftPlace, draft_of, draft_place, edition_at
from consult.blueprints.workspace.presenters.editions import cards_of, hindrance_rows
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.documents.errors import NoLongerPrintable
from consult.domain.documents.service.building import restart_document
from consult.domain.reports.service.publishing import (
    hindrances,
    note_errata,
    prepare,
    publish,
    withdraw,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput, NotFound, TransitionError
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.reports.models import Edition

_PLACE = "/editions"
_EDITION = f"{_PLACE}/<number:number>"


@report(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def editions(place: DraftPlace) -> ResponseReturnValue:
    """What is published, what waits to be, and what stands in the way."""
    composition = place.composition
    now = utc_now()
    return render_template(
        "workspace/reports/editions.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        cards=cards_of(composition, now=now) if composition else [],
        hindrances=hindrance_rows(composition, hindrances(composition, now=now))
        if composition
        else [],
    )


@report(_PLACE, methods=["POST"])
@requires(Permission.PUBLISH_REPORT, on=draft_of)
@transactional
def edition_prepare(composition: "Composition") -> ResponseReturnValue:
    """Have the signed text built as the next edition."""
    if EditionForm().validate_on_submit():
        try:
            prepare(composition, by=current_actor(), at=utc_now())
        except NoLongerPrintable:
            _say_unprintable()
        except Conflict:
            flash(
                _("No edition was made. Look at what stands in the way, or change the text first."),
                "warning",
            )
        else:
            flash(_("The edition is being built. You can leave this page meanwhile."), "success")
    return _back(composition)


@report(f"{_EDITION}/publish", methods=["POST"])
@requires(Permission.PUBLISH_REPORT, on=edition_at)
@transactional
def edition_publish(edition: "Edition") -> ResponseReturnValue:
    """Let everybody read it from now on, and tell those who follow the round."""
    if EditionForm().validate_on_submit():
        try:
            publish(edition, by=current_actor(), at=utc_now())
        except NoLongerPrintable:
            _say_unprintable()
        except Conflict:
            flash(
                _("Nothing was published. The text, the signatures or the checks have changed."),
                "warning",
            )
        else:
            flash(_("The edition is published. Those who follow the round are told."), "success")
    return _back(edition.composition)


@report(f"{_EDITION}/restart", methods=["POST"])
@requires(Permission.PUBLISH_REPORT, on=edition_at)
@transactional
def edition_restart(edition: "Edition") -> ResponseReturnValue:
    """Build again what has failed or stopped."""
    if EditionForm().validate_on_submit():
        try:
            restart_document(edition.document, by=current_actor(), now=utc_now())
        except TransitionError:
            flash(_("It is being built, or is ready already."), "info")
        else:
            flash(_("The document is being built again."), "success")
    return _back(edition.composition)


@report(f"{_EDITION}/errata", methods=["GET", "POST"])
@requires(Permission.PUBLISH_REPORT, on=edition_at)
@transactional
def edition_errata(edition: "Edition") -> ResponseReturnValue:
    """Say what was wrong in a published edition."""
    if edition.published_at is None:
        raise NotFound("edition", str(edition.number))
    form = ErrataForm(data={"errata": edition.errata})
    if not form.validate_on_submit() or not _note(edition, form):
        return _form_page(edition, form, "errata"), 422 if form.is_submitted() else 200
    flash(_("The correction stands on top of the edition."), "success")
    return _back(edition.composition)


@report(f"{_EDITION}/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLISH_REPORT, on=edition_at)
@transactional
def edition_withdraw(edition: "Edition") -> ResponseReturnValue:
    """Take an edition off the web."""
    if edition.published_at is None:
        raise NotFound("edition", str(edition.number))
    form = WithdrawForm()
    if not form.validate_on_submit() or not _withdraw(edition, form):
        return _form_page(edition, form, "withdraw"), 422 if form.is_submitted() else 200
    flash(_("The edition is taken off the web. Its address says so."), "success")
    return _back(edition.composition)


@report(f"{_EDITION}/files/<key:format_name>")
@requires(Permission.VIEW_WORKSPACE, on=edition_at)
def edition_file(edition: "Edition", format_name: str) -> ResponseReturnValue:
    """A file of an edition, to look at it before it is published; only if all may be printed."""
    file = files_of(edition).get(format_name)
    if file is None or not show_edition(edition).is_whole:
        raise NotFound("document file", format_name)
    name = f"{edition.round.slug}-{edition.composition.kind.value}-{edition.number}.{format_name}"
    return send_stored(file.digest, name, "application/pdf" if format_name == "pdf" else "")


def _note(edition: "Edition", form: ErrataForm) -> bool:
    try:
        note_errata(edition, str(form.errata.data or ""), by=current_actor(), at=utc_now())
    except InvalidInput as error:
        form.refuse(error, {})
        return False
    return True


def _withdraw(edition: "Edition", form: WithdrawForm) -> bool:
    try:
        withdraw(edition, str(form.reason.data), by=current_actor())
    except InvalidInput as error:
        form.refuse(error, {})
        return False
    except Conflict:
        form.add_error(form.reason, str(_("It is off the web already.")))
        return False
    return True


def _form_page(edition: "Edition", form: ErrataForm | WithdrawForm, act: str) -> str:
    composition = edition.composition
    return render_template(
        "workspace/reports/edition_note.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=(),
        edition=edition,
        form=form,
        act=act,
    )


def _say_unprintable() -> None:
    flash(
        _("The data hold words that may not be printed any more. Freeze them anew, and take up."),
        "danger",
    )


def _back(composition: "Composition") -> ResponseReturnValue:
    place = url_for(
        "workspace.editions",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        kind=composition.kind,
    )
    return redirect(place, code=303)
