"""The groups' findings side by side, theme by theme, on a page and as files."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.programme import ComparisonForm
from consult.blueprints.desk.presenters.programme import (
    line_of,
    programme_tabs,
    side_by_side,
    table_header,
    table_rows,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import localise
from consult.blueprints.shared.downloads import send_csv, send_workbook
from consult.domain.programmes.errors import FindingsChanged
from consult.domain.programmes.queries import comparisons_of, get_compared_theme, get_programme
from consult.domain.programmes.service.comparing import compare_findings
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.office.workbook import write_table
from consult.kernel.text.spreadsheet import write_csv
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.blueprints.desk.presenters.programme import ThemeLine
    from consult.domain.coding.models import Theme
    from consult.domain.rounds.models import Round

_PLACE = "/rounds/<slug:round_slug>/findings"
_THEME, _GROUP, _MARK = 24, 50, 28
"""Widths of the columns of the workbook, in characters."""


@bp.get(_PLACE)
@requires(Permission.VIEW_DESK, on=get_programme)
def findings(round_: "Round") -> ResponseReturnValue:
    """What each group found and proposes, by theme."""
    return render_template(
        "desk/programme/findings.html",
        round=round_,
        tabs=programme_tabs(round_, "findings"),
        page=side_by_side(round_),
    )


@bp.get(f"{_PLACE}.csv")
@requires(Permission.VIEW_DESK, on=get_programme)
def findings_csv(round_: "Round") -> ResponseReturnValue:
    """The same for a statistics program."""
    page = side_by_side(round_)
    return send_csv(write_csv(table_header(page), table_rows(page)), f"findings-{round_.slug}.csv")


@bp.get(f"{_PLACE}.xlsx")
@requires(Permission.VIEW_DESK, on=get_programme)
def findings_xlsx(round_: "Round") -> ResponseReturnValue:
    """The same as a workbook."""
    page = side_by_side(round_)
    content = write_table(
        table_header(page),
        table_rows(page),
        sheet=localise(round_.title),
        widths=(_THEME, *(_GROUP for _one in page.groups), _MARK, _GROUP, _MARK),
    )
    return send_workbook(content, f"findings-{round_.slug}.xlsx")


@bp.route(f"{_PLACE}/<key:theme_key>", methods=["GET", "POST"])
@requires(Permission.HANDLE_ANSWERS, on=get_compared_theme)
@transactional
def findings_compare(theme: "Theme") -> ResponseReturnValue:
    """Mark what the findings on a theme are to one another."""
    round_ = theme.round
    page, line = line_of(round_, theme.key)
    made = comparisons_of(round_.id).get(theme.id)
    form = ComparisonForm(
        data={
            "seen": line.digest if line else "",
            "value": made.value if made else None,
            "note": made.note if made else "",
        }
    ).offer()
    if form.validate_on_submit() and _compared(theme, form, line):
        flash(_("Saved. It stands beside the theme."), "success")
        return redirect(url_for("desk.findings", round_slug=round_.slug))
    shown = render_template(
        "desk/programme/compare.html", round=round_, theme=theme, page=page, line=line, form=form
    )
    return shown, 422 if form.is_submitted() else 200


def _compared(theme: "Theme", form: ComparisonForm, line: "ThemeLine | None") -> bool:
    try:
        compare_findings(
            theme,
            form.chosen,
            note=form.note.data or "",
            seen=form.seen.data or "",
            by=current_actor(),
            at=utc_now(),
        )
    except FindingsChanged:
        form.form_errors.append(
            _("Other findings stand here now. Look at them, and save once more.")
        )
        form.seen.data = line.digest if line else ""
        return False
    except InvalidInput as error:
        if error.field == "note":
            form.add_error(form.note, _("Write in which way they contradict one another."))
        else:
            form.form_errors.append(_("Nothing is found on this theme. There is nothing to mark."))
        return False
    return True
