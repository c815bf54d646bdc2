"""Shaping discussions: by part, with who said what and what may be done about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.workspace.presenters.drafting import PartLabel, label_of
from consult.domain.accounts.queries import names_by_reference
from consult.domain.accounts.types import Actor
from consult.domain.composing.rules import stands_in
from consult.domain.composing.service.discussing import can_change
from consult.kernel.text.rich.codec import from_tree

if TYPE_CHECKING:
    from consult.domain.composing.models import CommentPost, CommentThread


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One comment.

    Attributes:
        mentioned: Names of those who were asked for.
        earlier: What it said before it was changed.
        may_change: Whether I may change it now.
    """

    public_id: str
    name: str
    text: str
    written_at: datetime
    mentioned: str
    changed_at: datetime | None
    earlier: tuple[str, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class ShownThread:
    """One discussion.

    Attributes:
        quote: The words that it is about; ``is_quote_gone``: they do not stand there any more.
        passage: The branch's words that it is about; ``passage_from`` says whose.
        resolved: Who put it aside; empty while it is open.
    """

    public_id: str
    quote: str
    is_quote_gone: bool
    passage: str
    passage_from: str
    posts: tuple[ShownPost, ...]
    is_open: bool
    resolved: str
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class PartThreads:
    """What is said about one part; ``is_removed``: it has been taken out."""

    key: str
    label: PartLabel
    is_removed: bool
    threads: tuple[ShownThread, ...]


def threads_by_part(
    threads: Sequence["CommentThread"], *, actor: Actor, now: datetime
) -> list[PartThreads]:
    """Discussions under the parts they are about, in the document's order."""
    names = names_by_reference(set(_references(threads)))
    shown = []
    for _id, group in groupby(threads, key=lambda one: one.part_id):
        here = list(group)
        part = here[0].part
        shown.append(
            PartThreads(
                key=part.key,
                label=label_of(part),
                is_removed=part.removed_at is not None,
                threads=tuple(_thread(one, names, actor=actor, now=now) for one in here),
            )
        )
    return shown


def _references(threads: Iterable["CommentThread"]) -> Iterable[str]:
    for thread in threads:
        if thread.resolved_by:
            yield thread.resolved_by
        for post in thread.posts:
            yield post.written_by
            yield from post.mentions


def _thread(
    thread: "CommentThread", names: dict[str, str], *, actor: Actor, now: datetime
) -> ShownThread:
    passage = thread.passage
    return ShownThread(
        public_id=thread.public_id,
        quote=thread.quote,
        is_quote_gone=bool(thread.quote)
        and not stands_in(thread.quote, from_tree(thread.part.body)),
        passage=passage.quote if passage else "",
        passage_from=passage.submission.name if passage else "",
        posts=tuple(_post(one, names, actor=actor, now=now) for one in thread.posts),
        is_open=thread.is_open,
        resolved=_name(thread.resolved_by or "", names),
        resolved_at=thread.resolved_at,
    )


def _post(post: "CommentPost", names: dict[str, str], *, actor: Actor, now: datetime) -> ShownPost:
    name = _name(post.written_by, names)
    if post.is_by_link:
        name = _("%(name)s, by link", name=post.author)
    elif post.author:
        name = _("%(author)s, in Word (taken in by %(name)s)", author=post.author, name=name)
    return ShownPost(
        public_id=post.public_id,
        name=name,
        text=post.text,
        written_at=post.written_at,
        mentioned=", ".join(_name(one, names) for one in post.mentions),
        changed_at=post.changed_at,
        earlier=tuple(post.earlier),
        may_change=can_change(post, by=actor, now=now),
    )


def _name(reference: str, names: dict[str, str]) -> str:
    """The name behind a reference; whoever has been erased has none."""
    return names.get(reference) or str(_("Somebody who has left"))
