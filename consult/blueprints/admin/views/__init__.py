"""The administration's pages, one module per page of the side navigation."""

from consult.blueprints.admin.views import log, mail, members, organisations, overview, people

__all__ = ["log", "mail", "members", "organisations", "overview", "people"]
