"""Whom mail to an organisation about its cases goes to."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.domain.notifications.types import Recipient
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.types import Role
from consult.kernel.i18n import choose_locale

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


def recipients_for(body: "Organisation", *roles: Role, at: datetime) -> list[Recipient]:
    """Those who have the roles, each once and in their language; the body where it has none."""
    locale = choose_locale(body.language)
    people = {member.person_id: member.person for member in members_as(body.id, *roles, now=at)}
    if not people and body.email:
        return [Recipient(body.email, body.name, locale, is_confidential=True)]
    return [
        Recipient(
            person.email, person.name, choose_locale(person.locale or locale), is_confidential=True
        )
        for person in people.values()
    ]
