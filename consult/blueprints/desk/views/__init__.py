"""The desk's pages, one module per page of the side navigation."""

from consult.blueprints.desk.views import (
    answers,
    codebook,
    coding,
    documents,
    intake,
    matrix,
    overview,
    proposals,
    setup,
    themes,
    wordings,
)

__all__ = [
    "answers",
    "codebook",
    "coding",
    "documents",
    "intake",
    "matrix",
    "overview",
    "proposals",
    "setup",
    "themes",
    "wordings",
]
