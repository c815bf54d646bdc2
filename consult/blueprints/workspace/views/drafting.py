"""The drafting table: what is asked at the left, the branches' passages, our own text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.drafting import HeadingForm, LeaveOutForm, PartForm
from consult.blueprints.workspace.loading import DraftPlace, concern_of, draft_place
from consult.blueprints.workspace.presenters.drafting import (
    label_of,
    outline,
    rests_on,
    source_cards,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.coding.queries.themes import list_themes
from consult.domain.composing.errors import PartChanged
from consult.domain.composing.queries import list_parts, list_removed_parts
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.beginning import begin_response
from consult.domain.composing.service.saving import content_of
from consult.domain.composing.sources import (
    Hearings,
    SourceFilter,
    count_points,
    find_hearings,
    list_branches,
    list_evidence,
    list_sources,
    overtaken_evidence,
    reasons_for_leaving_out,
    reasons_given,
    stances_of_senders,
    uses_of_passages,
)
from consult.domain.composing.threads import count_open_threads
from consult.domain.composing.types import (
    EVIDENCE_USE_LABELS,
    POINT_STATE_LABELS,
    PartKind,
    PointState,
)
from consult.domain.responses.types import CaseStatus
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    MODIFIER_LABELS,
    STANCE_LABELS,
    VOICE_LABELS,
    Stance,
)
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.merging import Choice
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.coding.types import ThemeRow
    from consult.domain.composing.models import Composition, Part
    from consult.domain.responses.listing import Concern

LABELS: Mapping[str, Mapping[Any, str]] = {
    "stance": STANCE_LABELS,
    "our_stance": ASKED_STANCE_LABELS,
    "modifier": MODIFIER_LABELS,
    "state": POINT_STATE_LABELS,
    "use": EVIDENCE_USE_LABELS,
    "voice": VOICE_LABELS,
}
"""The code lists that the page spells out."""

FILTERS = ("scope", "state", "theme", "branch", "stance", "q", "page")
"""What the address says about which passages are shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a page of the drafting table is about."""

    composition: "Composition"
    parts: "Sequence[Part]"
    part: "Part"
    hearings: Hearings


@bp.get("/<slug:organisation>/cases/<slug:round_slug>/draft")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def draft(place: DraftPlace) -> ResponseReturnValue:
    """One part of the response beside what the branches say about the same."""
    if place.composition is None:
        return _not_begun(place.concern)
    table = open_table(place.composition, request.args.get("part"))
    return show(table, form_of(table.part))


@bp.post("/<slug:organisation>/cases/<slug:round_slug>/draft/begin")
@requires(Permission.WRITE_RESPONSE, on=concern_of)
@transactional
def draft_begin(concern: "Concern") -> ResponseReturnValue:
    """Begin the response: a part for each question and proposal."""
    if concern.case is None or concern.case.status is not CaseStatus.TAKEN:
        return _not_begun(concern), 422
    composition = begin_response(concern.round, concern.organisation, by=current_actor())
    return redirect(address(composition))


def _not_begun(concern: "Concern") -> str:
    return render_template(
        "workspace/draft/begin.html",
        organisation=concern.organisation,
        round=concern.round,
        rooms=room_tabs(concern.organisation, concern.round),
        is_taken=concern.case is not None and concern.case.status is CaseStatus.TAKEN,
        answer=concern.answer,
    )


def open_table(composition: "Composition", part_key: str | None) -> Table:
    """The table at a part, or at the first. Raises ``NotFound``."""
    parts = list_parts(composition.id)
    wanted = [part for part in parts if part_key in (None, "", part.key)]
    if not wanted:
        raise NotFound("part", part_key)
    return Table(composition, parts, wanted[0], find_hearings(composition, parts))


def form_of(part: "Part") -> PartForm:
    """A fresh form of a part as it stands."""
    form = PartForm(formdata=None).offer()
    return form.fill(content_of(part), part_key=part.key, revision=part.revision)


def address(composition: "Composition", part_key: str | None = None, *, anchor: str = "") -> str:
    """The table at a part, with the passages that the present address asks for."""
    values: dict[str, Any] = {**_kept(), "part": part_key}
    return url_for(
        "workspace.draft",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        _anchor=anchor or None,
        **values,
    )


def _kept() -> dict[str, str]:
    """Which passages the present address asks for."""
    return {name: value for name in FILTERS if (value := request.args.get(name))}


def show(
    table: Table,
    form: PartForm,
    *,
    leaving: LeaveOutForm | None = None,
    heading: HeadingForm | None = None,
    ticked: "Sequence[str]" = (),
    asks_seal: bool = False,
) -> str:
    """The page; a form with errors in place of a fresh one.

    ``asks_seal``: what was sent would break the seal; ask before it is saved.
    """
    part, composition = table.part, table.composition
    in_all, counts = count_points(table.hearings)
    marked = [one.id for one in content_of(part).body.evidence]
    return render_template(
        "workspace/draft/table.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=room_tabs(composition.organisation, composition.round),
        composition=composition,
        part=part,
        label=label_of(part),
        outline=outline(table.parts, part, counts),
        points=in_all,
        here=counts.get(part.id),
        removed=[(one, label_of(one)) for one in list_removed_parts(composition.id)],
        is_own=part.kind is PartKind.OWN,
        saved_by=names_by_reference([part.updated_by]).get(part.updated_by),
        rests_on=rests_on(
            list_evidence(part.id), marked=marked, overtaken=overtaken_evidence(part.id)
        ),
        open_comments=count_open_threads(composition.id).get(part.id, 0),
        seal=seal_state(composition),
        asks_seal=asks_seal,
        labels=LABELS,
        form=form,
        leaving=leaving or LeaveOutForm(formdata=None),
        heading=heading or HeadingForm(formdata=None),
        ticked=frozenset(ticked),
        asked={name: request.args.get(name, "") for name in FILTERS},
        kept=_kept(),
        chosen={name: value for name, value in _kept().items() if name != "page"},
        **_sources(table),
    )


def show_both_texts(table: Table, changed: PartChanged) -> ResponseReturnValue:
    """The page with both texts, to keep one or put them together; nothing is saved yet."""
    part = table.part

    def form_with(choice: Choice) -> PartForm:
        form = PartForm(formdata=None).offer()
        decided = changed.merge.decided(choice)
        return form.fill(decided, part_key=part.key, revision=changed.revision)

    page = render_template(
        "workspace/draft/conflict.html",
        organisation=table.composition.organisation,
        round=table.composition.round,
        composition=table.composition,
        part=part,
        label=label_of(part),
        changed=changed,
        changed_by=names_by_reference([changed.changed_by]).get(changed.changed_by),
        labels=LABELS,
        forms={choice.value: form_with(choice) for choice in Choice if choice is not Choice.BASE},
    )
    return page, 409


def _sources(table: Table) -> dict[str, Any]:
    """What the middle of the page shows."""
    hearings, part = table.hearings, table.part
    themes = [theme for id_ in hearings.round_ids for theme in list_themes(id_)]
    wanted = _wanted(table, themes)
    found = list_sources(hearings, wanted)
    ids = [passage.id for passage in found.passages]
    senders = {passage.submission_id for passage in found.passages}
    return {
        "sources": found,
        "cards": source_cards(
            found.passages,
            parts=table.parts,
            uses=uses_of_passages(hearings, ids),
            reasons=reasons_for_leaving_out(hearings, ids),
            themes=themes_of_passages(ids),
            stances=stances_of_senders(hearings, senders, part.proposal_id),
            language=table.composition.language,
        ),
        "wanted": wanted,
        "themes": themes,
        "branches": list_branches(hearings),
        "reasons": reasons_given(hearings),
        "scope": _scope(part),
        "words": wanted.words,
    }


def _scope(part: "Part") -> str:
    """Whether the points of this part are shown or all; headings of our own have none."""
    if part.kind is PartKind.OWN:
        return "all"
    return "all" if request.args.get("scope") == "all" else "here"


def _wanted(table: Table, themes: "Sequence[ThemeRow]") -> SourceFilter:
    """The filter that the address asks for; what makes no sense is left out."""
    part, args = table.part, request.args
    chosen = next((one for one in themes if one.public_id == args.get("theme")), None)
    below = [one.id for one in themes if chosen and one.path[: chosen.depth] == chosen.path]
    state, stance = args.get("state", ""), args.get("stance", "")
    return SourceFilter(
        part_id=part.id if _scope(part) == "here" else None,
        state=PointState(state) if state in set(PointState) else None,
        theme_ids=tuple(below),
        branch=args.get("branch", "")[:24],
        stance=Stance(stance) if stance in set(Stance) else None,
        stance_on=part.proposal_id,
        words=asked_text("q"),
        page=min(max(args.get("page", 1, type=int), 1), 10_000),
    )
