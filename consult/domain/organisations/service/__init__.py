"""Changing organisations: what is registered, what happens to them, who works for them."""

from consult.domain.organisations.service.asking import (
    approve_request,
    ask_for_access,
    decline_request,
)
from consult.domain.organisations.service.identity import (
    dissolve,
    merge_into,
    rename,
    renumber,
    split_into,
    take_back_event,
)
from consult.domain.organisations.service.registering import (
    change_organisation,
    register_organisation,
)
from consult.domain.organisations.service.roles import (
    add_member,
    end_membership,
    prolong_membership,
    start_membership,
)

__all__ = [
    "add_member",
    "approve_request",
    "ask_for_access",
    "change_organisation",
    "decline_request",
    "dissolve",
    "end_membership",
    "merge_into",
    "prolong_membership",
    "register_organisation",
    "rename",
    "renumber",
    "split_into",
    "start_membership",
    "take_back_event",
]
