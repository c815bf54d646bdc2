"""The log of what was done, and the proof that it is whole."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.admin import bp
from consult.blueprints.admin.labels import TAG_LABELS
from consult.blueprints.admin.presenters import log_rows, name_of, names_of
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.accounts.queries import find_person_by_email
from consult.domain.audit.queries import (
    EntryFilter,
    count_entries,
    find_chain_break,
    find_recent_break,
    search_entries,
    stream_names,
)
from consult.domain.audit.types import Tag
from consult.domain.responses.confidentiality import confidential_ids, is_readable
from consult.policy import Permission


@bp.get("/log")
@requires(Permission.ADMINISTER)
def log() -> ResponseReturnValue:
    """What was done, newest first, by whom and to what."""
    who = asked_text("who")
    wanted = EntryFilter(
        subject=asked_text("subject"),
        tag=asked_text("tag"),
        actor=_actor_reference(who),
    )
    mine = current_actor().organisation_ids
    # Whoever asks for somebody or something gets no hint, not even a number, of what is only
    # inside an organisation. Without a question such entries stand there as sealed lines.
    among = is_readable(mine) if wanted != EntryFilter() else None
    paging = page_of(count_entries(wanted, among=among))
    entries = search_entries(wanted, offset=paging.offset, limit=paging.size, among=among)
    names = names_of({wanted.subject, wanted.actor}, mine)
    return render_template(
        "admin/log.html",
        rows=log_rows(entries, confidential=confidential_ids(entries, mine), mine=mine),
        paging=paging,
        wanted=wanted,
        who=who,
        who_name=name_of(wanted.actor, names),
        subject_name=name_of(wanted.subject, names),
        tags={tag.value: TAG_LABELS.get(tag, tag.value) for tag in Tag},
        chain_break=find_recent_break(),
    )


@bp.get("/log/check")
@requires(Permission.ADMINISTER)
def check_log() -> ResponseReturnValue:
    """Follow every chain of the log from its first entry to its last."""
    chains = [(name, find_chain_break(name)) for name in stream_names()]
    return render_template("admin/log_check.html", chains=chains)


def _actor_reference(who: str) -> str:
    """The reference of who is asked for: given as such, or found by e-mail address."""
    if "@" not in who:
        return who
    person = find_person_by_email(who)
    return person.reference if person is not None else who
