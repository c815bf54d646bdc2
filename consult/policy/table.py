"""The policy: each permission and whoever holds it. A permission not listed is held by nobody."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from consult.domain.accounts.types import Actor
from consult.kernel.clock import utc_now
from consult.policy import predicates as is_
from consult.policy.permissions import Permission
from consult.policy.predicates import Predicate

POLICY: Mapping[Permission, tuple[Predicate, ...]] = MappingProxyType(
    {
        Permission.VIEW_SITE: (is_.anyone,),
        Permission.SIGN_IN: (is_.anyone,),
        Permission.SIGN_OUT: (is_.signed_in,),
        Permission.VIEW_ROUND: (
            is_.round_is_public,
            is_.in_desk,
            is_.round_asks_my_organisation,
        ),
        Permission.FOLLOW_ROUND: (is_.round_is_public,),
        Permission.START_ANSWER: (is_.round_is_public, is_.round_asks_me_to_write),
        Permission.VIEW_FOLLOWED: (is_.signed_in,),
        Permission.VIEW_OWN_ANSWERS: (is_.signed_in, is_.key_holder),
        Permission.EDIT_DRAFT: (is_.draft_is_mine, is_.draft_is_my_organisations),
        Permission.VIEW_RECEIPT: (is_.answer_is_mine, is_.answer_is_my_organisations),
        Permission.AMEND_ANSWER: (is_.answer_is_mine, is_.answer_is_my_organisations_to_write),
        Permission.VIEW_DESK_HOME: (is_.desk_member_somewhere,),
        Permission.CREATE_ROUND: (is_.coordinator_of_subject,),
        Permission.VIEW_DESK: (is_.in_desk,),
        Permission.MANAGE_ROUND: (is_.coordinates,),
        Permission.REGISTER_ANSWER: (is_.handles_answers,),
        Permission.MANAGE_MEETINGS: (is_.handles_answers,),
        Permission.WRITE_NOTES: (is_.table_host,),
        Permission.REVIEW_ANSWERS: (is_.handles_answers,),
        Permission.HANDLE_ANSWERS: (is_.handles_answers,),
        Permission.CHANGE_FILTER: (is_.filter_is_mine,),
        Permission.CHANGE_NOTE: (is_.note_is_mine,),
        Permission.VIEW_PUBLISHED: (is_.answers_are_published,),
        Permission.SUPPORT_ANSWER: (is_.answers_are_published,),
        Permission.CODE_ANSWERS: (is_.handles_answers,),
        Permission.CODE_BLIND: (is_.second_coder,),
        Permission.EDIT_CODEBOOK: (is_.handles_answers,),
        Permission.FREEZE_DATA: (is_.handles_answers,),
        Permission.BUILD_DOCUMENT: (is_.handles_answers,),
        Permission.VIEW_OWN_ORGANISATIONS: (is_.signed_in,),
        Permission.VIEW_WORKSPACE: (is_.works_for_organisation,),
        Permission.MANAGE_MEMBERS: (is_.coordinates_organisation,),
        Permission.DECIDE_CASE: (is_.coordinates_organisation,),
        Permission.PUBLISH_REPORT: (is_.coordinates_organisation,),
        Permission.WRITE_RESPONSE: (is_.writes_for_organisation,),
        Permission.DISCUSS_RESPONSE: (is_.writes_for_organisation, is_.signs_for_organisation),
        Permission.SIGN_RESPONSE: (is_.signs_for_organisation,),
        Permission.HAND_ON_SIGNING: (is_.signs_for_organisation, is_.coordinates_organisation),
        Permission.MANAGE_BODIES: (is_.coordinates_organisation,),
        Permission.MANAGE_BODY_BELOW: (is_.coordinates_above,),
        Permission.ASK_FOR_ACCESS: (is_.signed_in,),
        Permission.ADMINISTER: (is_.administrator,),
        Permission.VIEW_LOCAL_INBOX: (is_.local_inbox_is_on,),
    }
)
"""Any one predicate suffices."""


def can(
    actor: Actor, permission: Permission, subject: object = None, *, now: datetime | None = None
) -> bool:
    """Whether the actor may do this to the subject at this moment."""
    moment = now or utc_now()
    return any(holds(actor, subject, moment) for holds in POLICY.get(permission, ()))
