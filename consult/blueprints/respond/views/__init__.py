"""The pages of answering, one module per step."""

from consult.blueprints.respond.views import (  # noqa: F401 -- views register themselves on bp
    afterwards,
    cards,
    caring,
    codes,
    comments,
    council,
    device,
    drafts,
    fact_checks,
    files,
    links,
    mandates,
    mine,
    questions,
    receipts,
    sending,
    starting,
    tables,
)
