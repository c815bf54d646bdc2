"""The desk's pages, one module per page of the side navigation."""

from consult.blueprints.desk.views import (
    answer_tasks,
    answers,
    codebook,
    coding,
    documents,
    intake,
    matrix,
    meeting_groups,
    meeting_pictures,
    meetings,
    overview,
    proposals,
    setup,
    themes,
    wordings,
)

__all__ = [
    "answer_tasks",
    "answers",
    "codebook",
    "coding",
    "documents",
    "intake",
    "matrix",
    "meeting_groups",
    "meeting_pictures",
    "meetings",
    "overview",
    "proposals",
    "setup",
    "themes",
    "wordings",
]
