"""Who may do what: one table, the same for views and templates."""

from consult.policy.permissions import Permission
from consult.policy.table import can

__all__ = ["Permission", "can"]
