"""Reading a draft report by a link, and commenting on it, without an account (ADR 58)."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.public import bp
from consult.blueprints.public.forms import DraftCommentForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.secret_links import exchange_secret, held_secret
from consult.domain.composing.queries import list_parts
from consult.domain.composing.readers import comments_by, find_reader
from consult.domain.composing.service.inviting import comment_by_link
from consult.domain.composing.types import BLOCK_LABELS
from consult.domain.documents.render.html import render_html
from consult.domain.reports.drafts import shown_outside
from consult.extensions import limiter
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import N_, choose_locale, localised, translator
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Part, ReaderLink

_DRAFT = N_("Draft")


@bp.get("/draft-link/<token>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def draft_link(token: str) -> ResponseReturnValue:
    """Lead a reader outside to the draft, at an address without the secret."""
    return exchange_secret(token, "public.read_draft")


@bp.route("/draft-link/held/<pid:held>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
@transactional
def read_draft(held: str) -> ResponseReturnValue:
    """The draft, what the reader has said of it, and a field for more."""
    now = utc_now()
    link = find_reader(held_secret(held), today=to_oslo(now).date())
    if link is None:
        return render_template("public/draft_unknown.html"), 404
    parts = {part.key: part for part in list_parts(link.composition_id)}
    form = DraftCommentForm().offer([(key, _title(part)) for key, part in parts.items()])
    if form.validate_on_submit():
        said = len(comments_by(link))
        try:
            part = parts[str(form.part.data)]
            comment_by_link(link, part, form.text.data or "", said=said, at=now)
        except InvalidInput as error:
            form.refuse(error, {"too_many": _("There is room for no more comments by this link.")})
        else:
            flash(_("Thank you. Those who write the report read your comment."), "success")
            return redirect(url_for("public.read_draft", held=held, _anchor="comment"), code=303)
    return _page(link, held, form)


def _page(link: "ReaderLink", held: str, form: DraftCommentForm) -> ResponseReturnValue:
    composition = link.composition
    say = translator(choose_locale(composition.language))
    document = shown_outside(composition, status=say.gettext(_DRAFT), now=utc_now())
    page = render_template(
        "public/draft.html",
        link=link,
        held=held,
        composition=composition,
        round=composition.round,
        content=render_html(document) if document else None,
        said=[(one, _title(one.thread.part)) for one in comments_by(link)],
        form=form,
    )
    return page, 422 if form.errors else 200


def _title(part: "Part") -> str:
    """What a part is called for a reader outside."""
    if part.heading:
        return part.heading
    if part.theme is not None:
        return part.theme.name
    if part.proposal is not None:
        return localised(part.proposal.title, part.composition.language)
    return str(_(BLOCK_LABELS[part.block]) if part.block is not None else _("Untitled part"))
