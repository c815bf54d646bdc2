"""Setting a round up, one module per page; they register themselves on the blueprint."""

from consult.blueprints.desk.views.setup import (
    announcing,
    creating,
    invitations,
    mail_texts,
    mailing,
    parts,
    proposals,
    questions,
    sections,
    small_groups,
    task_list,
    texts,
)

__all__ = [
    "announcing",
    "creating",
    "invitations",
    "mail_texts",
    "mailing",
    "parts",
    "proposals",
    "questions",
    "sections",
    "small_groups",
    "task_list",
    "texts",
]
