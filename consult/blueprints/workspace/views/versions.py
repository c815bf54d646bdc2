"""Versions with a name, what differs between two, and how a part has come about."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.versions import RestoreForm, VersionForm
from consult.blueprints.workspace.loading import DraftPlace, draft_of, draft_place, place_of
from consult.blueprints.workspace.presenters.changes import changed_parts, general_changes
from consult.blueprints.workspace.presenters.drafting import label_of
from consult.blueprints.workspace.presenters.letter import present_letter
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.presenters.versions import (
    revision_change,
    revision_rows,
    titles_of_same,
    version_rows,
)
from consult.blueprints.workspace.routes import written
from consult.domain.composing.errors import TextIsSealed
from consult.domain.composing.frozen import read_text, unfreeze
from consult.domain.composing.queries import get_part, list_parts
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.freezing import freeze
from consult.domain.composing.service.restoring import (
    restore_from_revision,
    restore_from_version,
)
from consult.domain.composing.service.saving import content_of
from consult.domain.composing.types import PartContent
from consult.domain.composing.versions import (
    find_revision_before,
    get_revision,
    get_version,
    list_revisions,
    list_versions,
    versions_to_sign,
)
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Part
    from consult.domain.composing.types import FrozenText

_PLACE = "/draft/versions"
NOW = "now"
"""What the text as it stands is called where a version is asked for."""


@written(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def versions(place: DraftPlace) -> ResponseReturnValue:
    """The versions of the draft, and the way to any two of them."""
    return _page(place, VersionForm(formdata=None))


@written(_PLACE, methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def version_save(composition: "Composition") -> ResponseReturnValue:
    """Keep the draft as it stands under a name."""
    form = VersionForm()
    if not form.validate_on_submit():
        place = place_of(composition)
        return _page(place, form), 422
    version = freeze(composition, str(form.name.data).strip(), by=current_actor())
    flash(_("Kept as version %(number)s.", number=version.number), "success")
    return redirect(_address("versions", composition))


@written(f"{_PLACE}/<int:number>")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def version(composition: "Composition", number: int) -> ResponseReturnValue:
    """The draft as it stood in a version."""
    found = get_version(composition.id, number)
    (row,) = version_rows([found], to_sign=versions_to_sign(composition.id))
    return render_template(
        "workspace/review/version.html",
        **_frame(composition),
        row=row,
        letter=present_letter(unfreeze(found.content), None),
    )


@written(f"{_PLACE}/compare")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def version_diff(composition: "Composition") -> ResponseReturnValue:
    """What differs between two versions, or between one and the text as it stands."""
    asked = (request.args.get("from"), request.args.get("to", NOW))
    if not asked[0]:
        return redirect(_address("versions", composition))
    before, after = (_text_of(composition, one) for one in asked)
    return render_template(
        "workspace/review/version_diff.html",
        **_frame(composition),
        from_=asked[0],
        to=asked[1],
        rows=version_rows(list_versions(composition.id), to_sign=frozenset()),
        changed=changed_parts(before, after),
        general=general_changes(before, after),
        same=titles_of_same(before, after),
        restorable=_restorable(composition, before) if asked[1] == NOW else (),
    )


@written("/draft/history/<key:part_key>")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def part_history(composition: "Composition", part_key: str) -> ResponseReturnValue:
    """How a part has come about, and what one saving changed."""
    part = get_part(composition, part_key)
    revisions = list_revisions(part.id)
    number = request.args.get("revision", revisions[0].number, type=int)
    revision = get_revision(part.id, number)
    before = find_revision_before(revision)
    return render_template(
        "workspace/review/history.html",
        **_frame(composition),
        part=part,
        label=label_of(part),
        rows=revision_rows(revisions),
        shown=number,
        text=content_of(revision).body,
        change=revision_change(
            content_of(before) if before else PartContent(), content_of(revision)
        ),
        is_current=content_of(revision) == content_of(part),
    )


@written(f"{_PLACE}/restore", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def part_restore(composition: "Composition") -> ResponseReturnValue:
    """Bring back what a part said in a version or after an earlier saving."""
    form = RestoreForm()
    if not form.validate_on_submit():
        return redirect(_address("versions", composition))
    part = get_part(composition, str(form.part.data))
    try:
        _restore(part, form)
    except TextIsSealed:
        page = render_template(
            "workspace/review/seal.html",
            **_frame(composition),
            form=form,
            action=_address("part_restore", composition),
            back=_address("versions", composition),
            seal=seal_state(composition),
        )
        return page, 409
    flash(_("The earlier text is back. What stood there is kept in the history."), "success")
    return redirect(_address("part_history", composition, part_key=part.key))


def _restore(part: "Part", form: RestoreForm) -> None:
    """Raises ``NotFound`` where neither a version nor a revision is named."""
    means: dict[str, Any] = {
        "title": label_of(part).text,
        "breaks_seal": bool(form.breaks_seal.data),
        "base_url": base_url(),
        "by": current_actor(),
    }
    if form.version.data:
        found = get_version(part.composition_id, _number(form.version.data))
        restore_from_version(part, found, **means)
    else:
        restore_from_revision(part, get_revision(part.id, _number(form.revision.data)), **means)


def _number(text: str | None) -> int:
    if not text or not text.isdecimal():
        raise NotFound("number", text)
    return int(text)


def _text_of(composition: "Composition", asked: str | None) -> "FrozenText":
    if asked == NOW:
        return read_text(composition)
    return unfreeze(get_version(composition.id, _number(asked)).content)


def _restorable(composition: "Composition", before: "FrozenText") -> frozenset[str]:
    """Keys of the parts that can get back what they said: those that there still are."""
    return frozenset(one.key for one in before.parts) & {
        one.key for one in list_parts(composition.id)
    }


def _page(place: DraftPlace, form: VersionForm) -> str:
    composition = place.composition
    rows = []
    if composition:
        to_sign = versions_to_sign(composition.id)
        rows = version_rows(list_versions(composition.id), to_sign=to_sign)
    return render_template(
        "workspace/review/versions.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        rows=rows,
        parts=[(one, label_of(one)) for one in list_parts(composition.id)] if composition else [],
        form=form,
    )


def _frame(composition: "Composition") -> dict[str, object]:
    return {
        "organisation": composition.organisation,
        "round": composition.round,
        "composition": composition,
    }


def _address(name: str, composition: "Composition", **values: Any) -> str:
    return url_for(
        f"workspace.{name}",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        **values,
    )
