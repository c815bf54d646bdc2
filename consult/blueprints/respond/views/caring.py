"""The notice under a text, fetched when one leaves the field; without scripts it comes on save."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.respond.caring import notices_in
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.limits import ONE_WRITER, by_public_id
from consult.domain.rounds.queries import get_question
from consult.domain.submissions.queries import get_draft, list_draft_answers
from consult.domain.submissions.service.noticing import keep_notice
from consult.domain.submissions.types import MAX_ANSWER_LENGTH
from consult.extensions import limiter
from consult.kernel.text.identity import has_identity_number
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft


@bp.post("/drafts/<pid:public_id>/questions/<key:question_key>/care")
@limiter.limit(ONE_WRITER, key_func=by_public_id, methods=["POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def care(draft: "Draft", question_key: str) -> ResponseReturnValue:
    """Look at a text without storing it, and note what its writer keeps."""
    question = get_question(draft.round.slug, question_key)
    digest = request.args.get("keep", "")
    if digest and ConfirmForm().validate():
        keep_notice(draft, question, digest[:16])
    text = request.form.get("text", "")[:MAX_ANSWER_LENGTH]
    return render_template(
        "respond/parts/care.html",
        draft=draft,
        question=question,
        notices=notices_in(draft, text, list_draft_answers(draft.id).get(question.id)),
        has_number=has_identity_number(text),
    )
