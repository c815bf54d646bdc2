"""The administration's first page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.admin import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.screening import scanner
from consult.domain.accounts.queries import count_persons
from consult.domain.audit.queries import count_entries, find_recent_break
from consult.domain.files.queries import screening_state
from consult.domain.notifications.queries import count_by_state
from consult.domain.organisations.queries import count_organisations
from consult.domain.rounds.listing import count_rounds
from consult.policy import Permission


@bp.get("/")
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    """What there is to look after."""
    return render_template(
        "admin/index.html",
        organisations=count_organisations(),
        people=count_persons(),
        rounds=count_rounds(),
        entries=count_entries(),
        mails=count_by_state(),
        chain_break=find_recent_break(),
        screening=screening_state() if scanner() else None,
    )
