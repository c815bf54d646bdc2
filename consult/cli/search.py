"""The commands that search the words of answers, and keep what is searched."""

from typing import TYPE_CHECKING, Any

import click

from consult.cli.coding import find_round
from consult.cli.output import in_app, json_option, say
from consult.db import transaction
from consult.domain.analysis.queries.searching import count_hits, find_passages
from consult.domain.analysis.search.asking import PAGE, STANDING, Search, SearchCount, SearchOrder
from consult.domain.analysis.search.language import parse_query
from consult.domain.analysis.service import bring_up_to_date
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.analysis.search.asking import Hit

_FIND = "find"
_LINE = 110


class _FindsByDefault(click.Group):
    """A group whose command ``find`` may be left out: ``consult search "mer tid" --round …``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no command for what is looked for."""
        if args and args[0] not in self.commands:
            args = [_FIND, *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_FindsByDefault, context_settings={"ignore_unknown_options": True})
def search() -> None:
    """Find passages by their words; "find" may be left out."""


@search.command(_FIND, epilog='Example: consult search find "mer tid" --round my-round')
@click.argument("query")
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option("--from", "respondent", default="", help="Part of a sender's name, or an address.")
@click.option("--all", "every", is_flag=True, help="Withdrawn and marked answers as well.")
@click.option("--limit", default=PAGE, show_default=True, help="Passages to print at most.")
@json_option
@in_app
def find(*, query: str, slug: str, respondent: str, every: bool, limit: int, as_json: bool) -> None:
    """Find passages in the answers of a round, the best first.

    All words of QUERY must be there in any form; "words in quotes" in a row; kommune* begins a
    word; -word must not be there; OR between two: one of them.
    """
    round_ = find_round(slug)
    wanted = Search(
        query=parse_query(query),
        round_id=round_.id,
        respondent=respondent,
        statuses=frozenset(SubmissionStatus) if every else STANDING,
    )
    if wanted.query.is_empty and not respondent:
        raise click.BadParameter("it holds no word that shall be there", param_hint="QUERY")
    owner_ids = {round_.owner_id}
    count = count_hits(wanted, owner_ids=owner_ids)
    order = SearchOrder.BEST if count.can_be_ranked else SearchOrder.PLACE
    hits = find_passages(wanted, owner_ids=owner_ids, order=order, limit=max(limit, 0))
    lines = [_line(hit) for hit in hits]
    say("\n".join([_summary(count), *lines]), _data(count, hits), as_json=as_json)


def _summary(count: SearchCount) -> str:
    return (
        f"{count.passages} passages in {count.answers} answers"
        f" and the notes of {count.minutes} meetings."
    )


def _line(hit: "Hit") -> str:
    row = hit.passage
    return f"{row.sender.number:>5}  {row.sender.name}: {excerpt(row.quote, _LINE)}"


def _data(count: SearchCount, hits: "tuple[Hit, ...]") -> dict[str, Any]:
    return {
        "passages": count.passages,
        "answers": count.answers,
        "meetings": count.minutes,
        "hits": [
            {
                "passage": hit.passage.public_id,
                "number": hit.passage.sender.number,
                "sender": hit.passage.sender.name,
                "status": hit.place.status.value,
                "question": hit.passage.label,
                "stance": hit.passage.stance.value if hit.passage.stance else None,
                "themes": [theme.key for theme in hit.passage.themes],
                "language": hit.passage.sender.language,
                "text": hit.passage.quote,
            }
            for hit in hits
        ],
    }


@search.command(epilog="Example: consult search reindex --everything")
@click.option("--everything", is_flag=True, help="Make all of it anew, whatever stands there.")
@json_option
@in_app
def reindex(*, everything: bool, as_json: bool) -> None:
    """Let all passages be found that should be; every migration does the same at its end."""
    with transaction():
        change = bring_up_to_date(everything=everything)
    say(
        f"{change.added} passages added, {change.removed} taken out;"
        f" {change.entries} can be found.",
        {"added": change.added, "removed": change.removed, "entries": change.entries},
        as_json=as_json,
    )
