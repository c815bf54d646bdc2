"""Changing rounds: making them, writing them, moving them through their states, inviting."""

from consult.domain.rounds.service.creating import create_round
from consult.domain.rounds.service.deadlines import (
    change_dates,
    extend_deadline,
)
from consult.domain.rounds.service.editing import change_frame, change_mail_texts, change_texts
from consult.domain.rounds.service.inviting import (
    add_invitations,
    change_invitation,
    decline_invitation,
    invite,
    remove_invitation,
    set_own_deadline,
)
from consult.domain.rounds.service.lifecycle import (
    announce,
    cancel,
    change_status,
    close_now,
    move_by_clock,
    take_step,
)
from consult.domain.rounds.service.parts import (
    add_proposal,
    add_question,
    add_section,
    change_proposal,
    change_question,
    change_section,
    hold_for_change,
    move_part,
    remove_part,
)
from consult.domain.rounds.service.sending import (
    remind_silent,
    send_invitation,
    send_invitations,
    tell_own_deadline,
)

__all__ = [
    "add_invitations",
    "add_proposal",
    "add_question",
    "add_section",
    "announce",
    "cancel",
    "change_dates",
    "change_frame",
    "change_invitation",
    "change_mail_texts",
    "change_proposal",
    "change_question",
    "change_section",
    "change_status",
    "change_texts",
    "close_now",
    "create_round",
    "decline_invitation",
    "extend_deadline",
    "hold_for_change",
    "invite",
    "move_by_clock",
    "move_part",
    "remind_silent",
    "remove_invitation",
    "remove_part",
    "send_invitation",
    "send_invitations",
    "set_own_deadline",
    "take_step",
    "tell_own_deadline",
]
