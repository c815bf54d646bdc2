"""What the public pages lead to."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from consult.db import session
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Invitation
from consult.domain.rounds.types import InvitationReason
from consult.kernel.clock import utc_now


@pytest.fixture(autouse=True)
def _way_to_answer(session_app: Flask) -> None:
    """A round's page leads to ``respond.start``; the address is enough, whoever answers at it."""
    if not any(rule.endpoint == "respond.start" for rule in session_app.url_map.iter_rules()):
        session_app.url_map.add(
            Rule("/answer/<slug:round_slug>", endpoint="respond.start", methods=["GET"])
        )


@pytest.fixture
def invite(make):
    """Invites a new body of a kind to a round: ``invite(round_, ActorType.UNION, name="…")``."""

    def add(round_, kind: ActorType, *, reason=InvitationReason.AFFECTED, **values) -> Invitation:
        invitation = Invitation(
            round_id=round_.id,
            organisation_id=make.organisation(actor_type=kind, **values).id,
            reason=reason,
            created_at=utc_now(),
        )
        session().add(invitation)
        session().flush()
        return invitation

    return add
