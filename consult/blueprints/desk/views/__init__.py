"""The desk's pages, one module per page of the side navigation."""

from consult.blueprints.desk.views import (
    answers,
    by_hand,
    codebook,
    coding,
    deciding,
    documents,
    incoming_mail,
    intake,
    matrix,
    overview,
    proposals,
    setup,
    themes,
)

__all__ = [
    "answers",
    "by_hand",
    "codebook",
    "coding",
    "deciding",
    "documents",
    "incoming_mail",
    "intake",
    "matrix",
    "overview",
    "proposals",
    "setup",
    "themes",
]
