"""The paper card by card: read a point, say what one thinks of it, go on.

What is said is stored by the pages of questions and of comments, which know the card it came from.
"""

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.respond.caring import notices_in
from consult.blueprints.respond.comment_forms import MARKED, CommentForm
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.places import address_from_card, let_card_wait, shown_card
from consult.blueprints.respond.question_forms import question_form
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale, localise
from consult.domain.rounds.cards import cards_of, deck_at
from consult.domain.rounds.queries import get_round, list_proposals, list_sections
from consult.domain.submissions.companions import list_comments
from consult.domain.submissions.queries import get_draft, list_draft_answers, list_drafts_of
from consult.domain.submissions.service.statement import statement_of
from consult.kernel.text.markdown import find_words, plain_blocks
from consult.policy import Permission
from consult.policy.scope import drafting_organisation_ids

if TYPE_CHECKING:
    from consult.domain.rounds.cards import Card
    from consult.domain.rounds.models import Question, Round, Section
    from consult.domain.submissions.models import Draft


@bp.get("/<slug:round_slug>/card")
@requires(Permission.START_ANSWER, on=get_round)
def start_card(round_: "Round") -> ResponseReturnValue:
    """Lead from a card that is read to the same card in a draft, which may have to be begun."""
    mine = drafting_organisation_ids(current_actor())
    drafts = list_drafts_of(current_actor(), mine, round_id=round_.id)
    if not drafts:
        let_card_wait(shown_card())
        return redirect(url_for("respond.start", round_slug=round_.slug))
    return redirect(url_for("respond.cards", public_id=drafts[0].public_id, at=shown_card()))


@bp.get("/drafts/<pid:public_id>/cards")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
def cards(draft: "Draft") -> ResponseReturnValue:
    """One card of the paper with a place to say something; first what concerns the sender most."""
    deck = deck_at(
        cards_of(
            list_sections(draft.round_id),
            list_proposals(draft.round_id),
            statement_of(draft).asked,
            locale=current_locale(),
            group=draft.actor_type.group,
        ),
        at=request.args.get("at", ""),
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return render_template(
        "respond/cards.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        deck=deck,
        next_href=address_from_card(draft, deck.card.key) if deck.card else None,
        **(_place_to_write(draft, deck.card) if deck.card else {}),
    )


def _place_to_write(draft: "Draft", card: "Card") -> dict[str, Any]:
    """What stands under a card: the question about it, else a comment on its section."""
    if card.question is not None:
        return _asked(draft, card.question)
    if card.section is not None:
        return _commented(draft, card.section, card.quote)
    return {"form": None}


def _asked(draft: "Draft", question: "Question") -> dict[str, Any]:
    stored = list_draft_answers(draft.id).get(question.id)
    form = question_form(
        question,
        locale=current_locale(),
        written=stored.written if stored else None,
        revision=stored.revision if stored else 0,
    )
    notices = notices_in(draft, form.text.data or "", stored)
    return {"form": form, "stored": stored, "question": question, "notices": notices}


def _commented(draft: "Draft", section: "Section", quote: str | None) -> dict[str, Any]:
    marked = find_words(quote or "", plain_blocks(localise(section.body)))
    said = [one for one in list_comments(draft.id) if one.section_id == section.id]
    return {
        "form": CommentForm(formdata=None),
        "comments": [one for one in said if one.quote == marked],
        "marked": MARKED,
    }
