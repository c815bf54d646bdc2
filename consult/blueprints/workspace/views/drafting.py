"""The drafting table: what is asked at the left, the branches' passages, our own text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.workspace.forms.drafting import HeadingForm, LeaveOutForm, PartForm
from consult.blueprints.workspace.forms.outlines import BeginForm
from consult.blueprints.workspace.loading import DraftPlace, ResponsePlace, draft_place
from consult.blueprints.workspace.presenters.checks import ShownLine, shown_line
from consult.blueprints.workspace.presenters.drafting import (
    label_of,
    outline,
    rests_on,
    source_cards,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import written
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.coding.queries.themes import list_themes
from consult.domain.composing.errors import PartChanged
from consult.domain.composing.evidence import list_evidence, overtaken_evidence
from consult.domain.composing.kept_outlines import list_outlines
from consult.domain.composing.printable import find_printable
from consult.domain.composing.queries import list_parts, list_removed_parts
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.beginning import begin_report, begin_response
from consult.domain.composing.service.saving import content_of
from consult.domain.composing.sources import (
    Hearings,
    SourceFilter,
    count_points,
    find_hearings,
    list_branches,
    list_sources,
    reasons_for_leaving_out,
    reasons_given,
    stances_of_senders,
    uses_of_passages,
)
from consult.domain.composing.threads import count_open_threads
from consult.domain.composing.treated import grounded_passages
from consult.domain.composing.types import (
    ANSWERED,
    BLOCK_LABELS,
    COMPOSITION_KIND_LABELS,
    EVIDENCE_USE_LABELS,
    POINT_STATE_LABELS,
    PointState,
)
from consult.domain.documents.snapshots import newest_snapshot
from consult.domain.reports.checking import check_words
from consult.domain.responses.types import CaseStatus
from consult.domain.rounds.queries import list_proposals
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

LABELS: Mapping[str, Mapping[Any, str]] = {
    "stance": STANCE_LABELS,
    "our_stance": ASKED_STANCE_LABELS,
    "modifier": MODIFIER_LABELS,
    "state": POINT_STATE_LABELS,
    "use": EVIDENCE_USE_LABELS,
    "voice": VOICE_LABELS,
    "block": BLOCK_LABELS,
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


@written("/draft")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def draft(place: DraftPlace) -> ResponseReturnValue:
    """One part of the response beside what the branches say about the same."""
    if place.composition is None:
        return _not_begun(place)
    table = open_table(place.composition, request.args.get("part"))
    return show(table, form_of(table.part))


@written("/draft/begin", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_place)
@transactional
def draft_begin(place: DraftPlace) -> ResponseReturnValue:
    """Begin the response, a part for each question and proposal; or a report, by its template."""
    if not isinstance(place, ResponsePlace):
        snapshot = newest_snapshot(place.round.id)
        form = BeginForm().offer(list_outlines(place.organisation.id, kind=place.kind))
        if not form.validate_on_submit():
            return _not_begun(place, form), 422
        begun = begin_report(
            place.round,
            place.kind,
            snapshot=snapshot,
            outline=form.chosen,
            by=current_actor(),
        )
        return redirect(address(begun))
    if not _is_taken(place):
        return _not_begun(place), 422
    composition = begin_response(place.round, place.organisation, by=current_actor())
    return redirect(address(composition))


def _not_begun(place: DraftPlace, form: BeginForm | None = None) -> str:
    own = list_outlines(place.organisation.id, kind=place.kind)
    return render_template(
        "workspace/draft/begin.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        form=form or BeginForm(formdata=None).offer(own),
        own=own,
        kind=place.kind,
        kind_label=COMPOSITION_KIND_LABELS[place.kind],
        is_taken=_is_taken(place),
        answer=place.concern.answer if isinstance(place, ResponsePlace) else None,
    )


def _is_taken(place: DraftPlace) -> bool:
    """Whether the organisation has decided that it answers."""
    case = place.concern.case if isinstance(place, ResponsePlace) else None
    return case is not None and case.status is CaseStatus.TAKEN


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
        kind=composition.kind,
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
        rooms=room_tabs(composition.organisation, composition.round, composition.kind),
        composition=composition,
        part=part,
        label=label_of(part),
        outline=outline(table.parts, part, counts),
        points=in_all,
        here=counts.get(part.id),
        removed=[(one, label_of(one)) for one in list_removed_parts(composition.id)],
        is_own=part.kind not in ANSWERED,
        saved_by=names_by_reference([part.updated_by]).get(part.updated_by),
        rests_on=rests_on(
            list_evidence(part.id), marked=marked, overtaken=overtaken_evidence(part.id)
        ),
        findings=_findings(table),
        open_comments=count_open_threads(composition.id).get(part.id, 0),
        seal=seal_state(composition),
        asks_seal=asks_seal,
        labels=LABELS,
        form=form,
        leaving=leaving or LeaveOutForm(formdata=None),
        heading=heading or offer_heading(table, HeadingForm(formdata=None)),
        ticked=frozenset(ticked),
        asked={name: request.args.get(name, "") for name in FILTERS},
        kept=_kept(),
        chosen={name: value for name, value in _kept().items() if name != "page"},
        **_sources(table),
    )


def _findings(table: Table) -> list[ShownLine]:
    """What the words of this part of a report say that the numbers do not."""
    composition = table.composition
    if not composition.is_report:
        return []
    found = check_words(composition, table.part.key)
    return [shown_line(one, composition, table.parts) for one in found]


def offer_heading(table: Table, form: HeadingForm) -> HeadingForm:
    """A form that adds a part, with what a part of this document can be."""
    composition = table.composition
    if not composition.is_report:
        return form
    themes = [one for one in list_themes(composition.round_id) if not one.is_retired]
    proposals = list_proposals(composition.round_id)
    return form.offer(themes, proposals, language=composition.language)


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
            printable=find_printable(table.composition, found.passages),
            grounds=grounded_passages(hearings, ids) if table.composition.is_report else (),
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
    if part.kind not in ANSWERED and not (part.theme_id or part.proposal_id):
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
