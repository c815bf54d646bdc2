"""Which of our documents have gone to another body, or come from one, and which have not."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.downloads import send_csv
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.loading import workspace_of
from consult.blueprints.workspace.presenters.register import register_csv, rows_of
from consult.domain.responses.register import list_documents
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.responses.crossing import KeptDocument


@bp.get("/<slug:organisation>/register")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def register(organisation: "Organisation") -> ResponseReturnValue:
    """The documents of our work with a round, or with all, by whether they have crossed."""
    documents = list_documents(organisation)
    rounds = {one.round_slug: one.round_title for one in documents}
    shown = _of_round(documents)
    return render_template(
        "workspace/register.html",
        organisation=organisation,
        rounds=rounds,
        chosen=request.args.get("round", ""),
        crossed=rows_of(one for one in shown if one.has_crossed),
        inside=rows_of(one for one in shown if not one.has_crossed),
    )


@bp.get("/<slug:organisation>/register.csv")
@requires(Permission.VIEW_WORKSPACE, on=workspace_of)
def register_file(organisation: "Organisation") -> ResponseReturnValue:
    """The same as a table for a spreadsheet; the mark at its head says that it is UTF-8."""
    text = register_csv(_of_round(list_documents(organisation)))
    return send_csv(text, f"register-{organisation.slug}.csv")


def _of_round(documents: "list[KeptDocument]") -> "list[KeptDocument]":
    """Those of the round that the address names; all of them where it names none."""
    slug = request.args.get("round", "")
    return [one for one in documents if not slug or one.round_slug == slug]
