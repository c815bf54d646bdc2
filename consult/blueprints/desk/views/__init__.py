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
    review,
    review_bursts,
    setup,
    themes,
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
    "review",
    "review_bursts",
    "setup",
    "themes",
]
