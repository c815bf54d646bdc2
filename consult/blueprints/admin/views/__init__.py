"""The administration's pages, one module per page of the side navigation."""

from consult.blueprints.admin.views import (
    history,
    log,
    mail,
    members,
    organisations,
    overview,
    people,
)

__all__ = ["history", "log", "mail", "members", "organisations", "overview", "people"]
