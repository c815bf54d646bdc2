"""How the databases are asked: SQLite's FTS5 and PostgreSQL's full text, over the same tokens.

What is stored of a passage is its stems in order, and besides, each once: ``~`` with stems as they
would be without marks on their letters, and ``=`` with the words as they are spelled. Words and
phrases are looked for among the stems, beginnings of words among the spellings. Both databases
only compare tokens, so they find the same; and the order is reckoned from the same stems by the
same arithmetic.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

from consult.db import session
from consult.domain.analysis.models import SearchEntry
from consult.domain.analysis.search.language import Query, Term, TermKind
from consult.domain.analysis.search_index import INDEX_TABLE, TOKENS
from consult.kernel.text.stems import words_of

AnySelect = Select[*tuple[Any, ...]]

_USUAL_LENGTH = 300
"""Characters that the stems of a paragraph of some forty words take."""


def tokens_of(written: str) -> dict[str, str]:
    """The tokens of a text. Each stands between blanks of its own, to be counted by."""
    words = [placed.word for placed in words_of(written)]
    plain = [f"~{word.plain_stem}" for word in words if not word.is_plain]
    spelled = [f"={one}" for word in words for one in (*word.beginnings, *word.plain_beginnings)]
    return {
        "stems": _line(word.stem for word in words),
        "others": _line(dict.fromkeys((*plain, *spelled))),
    }


def _line(tokens: Iterable[str]) -> str:
    return "".join(f" {token} " for token in tokens)


def matching(found: AnySelect, query: Query) -> AnySelect:
    """The statement over entries with only those that a search asks for, by the index."""
    if session().get_bind().dialect.name == "sqlite":
        asked = text(f"{INDEX_TABLE} MATCH :fts").bindparams(fts=fts5_expression(query))
        # asked once and kept: to ask for one passage after the other takes seconds
        hits = select(column("rowid")).select_from(table(INDEX_TABLE)).where(asked).cte("hits")
        hits = hits.prefix_with("MATERIALIZED", dialect="sqlite")
        return found.join(hits, hits.c.rowid == SearchEntry.passage_id)
    tokens: ColumnElement[object] = literal_column(TOKENS)
    wanted = cast(literal(tsquery_expression(query)), TSQUERY)
    return found.where(tokens.bool_op("@@")(wanted), *_in_a_row(query))


def fts5_expression(query: Query) -> str:
    """The search in the language of FTS5; every token is quoted and has no quote in it."""
    wanted = " AND ".join(f"({' OR '.join(map(_fts5, group))})" for group in query.groups)
    if not query.excluded:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_fts5, query.excluded))})"


def _fts5(term: Term) -> str:
    match term.kind:
        case TermKind.PHRASE:
            return f'"{" ".join(word.stem for word in term.words)}"'
        case TermKind.WORD:
            return " OR ".join(f'"{token}"' for token in _word_tokens(term))
        case TermKind.BEGINNING:
            return " OR ".join(f'"={one}" *' for one in term.words[0].beginnings)


def tsquery_expression(query: Query) -> str:
    """The search in the language of ``tsquery``, for an index that knows no places.

    Of a phrase it asks for the words alone; :func:`_in_a_row` asks for the rest.
    """
    wanted = " & ".join(f"({' | '.join(map(_tsquery, group))})" for group in query.groups)
    excluded = [term for term in query.excluded if not _is_row(term)]
    if not excluded:
        return wanted
    return f"({wanted}) & !({' | '.join(map(_tsquery, excluded))})"


def _tsquery(term: Term) -> str:
    match term.kind:
        case TermKind.PHRASE:
            return "(" + " & ".join(f"'{word.stem}'" for word in term.words) + ")"
        case TermKind.WORD:
            return " | ".join(f"'{token}'" for token in _word_tokens(term))
        case TermKind.BEGINNING:
            return " | ".join(f"'={one}':*" for one in term.words[0].beginnings)


def _in_a_row(query: Query) -> list[ColumnElement[bool]]:
    """What a search with phrases asks for beside the words in them."""
    wanted = [or_(*map(_stands, group)) for group in query.groups if any(map(_is_row, group))]
    return wanted + [~_stands(term) for term in query.excluded if _is_row(term)]


def _is_row(term: Term) -> bool:
    return term.kind is TermKind.PHRASE and len(term.words) > 1


def _stands(term: Term) -> ColumnElement[bool]:
    """The term is there, by the stored tokens themselves."""
    match term.kind:
        case TermKind.PHRASE:
            sought = [(SearchEntry.stems, "".join(f" {word.stem} " for word in term.words))]
        case TermKind.WORD:
            sought = [
                (SearchEntry.others if token[0] == "~" else SearchEntry.stems, f" {token} ")
                for token in _word_tokens(term)
            ]
        case TermKind.BEGINNING:
            sought = [(SearchEntry.others, f" ={one}") for one in term.words[0].beginnings]
    return or_(*(func.strpos(line, tokens) > 0 for line, tokens in sought))


def _word_tokens(term: Term) -> tuple[str, ...]:
    """A word written without marks finds itself with marks too; with marks only itself."""
    word = term.words[0]
    return (word.stem, f"~{word.stem}") if word.is_plain else (word.stem,)


def relevance(query: Query) -> ColumnElement[float]:
    """How much an entry is about a search: more often, in fewer words, is more.

    The formula is BM25's for the frequency of a term (k1 = 1.2, b = 0.75), with the usual length
    of a paragraph for the mean. How rare a term is does not enter: every hit has all of them.
    """
    length = cast(func.length(SearchEntry.stems), Float)
    damping = 0.3 + 0.9 / _USUAL_LENGTH * length
    total: ColumnElement[float] = literal(0.0)
    for term in query.terms:
        times = _times(term)
        total = total + times / (times + damping)
    return total


def _times(term: Term) -> ColumnElement[float]:
    """How often a term stands in an entry, exactly as it was written."""
    if term.kind is TermKind.BEGINNING:
        total: ColumnElement[float] = literal(0.0)
        for one in term.words[0].beginnings:
            total = total + _count(SearchEntry.others, f" ={one}")
        return total
    return _count(SearchEntry.stems, "".join(f" {word.stem} " for word in term.words))


def _count(line: InstrumentedAttribute[str], sought: str) -> ColumnElement[float]:
    left_out = func.length(line) - func.length(func.replace(line, sought, ""))
    times: ColumnElement[float] = literal(1.0 / len(sought)) * left_out
    return times
