"""Commands for codebooks and codings."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from consult.cli.output import fail, fail_with_problems, in_app, json_option, say
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.agreement import Figures, figures_of, pool
from consult.domain.coding.errors import FileRefused
from consult.domain.coding.queries.double import answers_by_theme, list_double_codings
from consult.domain.coding.queries.themes import offered_themes, themes_by_key
from consult.domain.coding.service.codebook_file import (
    CodebookFormat,
    export_codebook,
    import_codebook,
)
from consult.domain.coding.service.exchange import export_codings, import_codings, write_codings
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

round_option = click.option("--round", "slug", required=True, help="Short name of the round.")
out_option = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write to."
)
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def coding() -> None:
    """Bring codings in and out as CSV."""


@coding.command("import", epilog="Example: consult coding import --round my-round codings.csv")
@round_option
@file_argument
@json_option
@in_app
def import_(*, slug: str, file: Path, as_json: bool) -> None:
    """Add the codings of a CSV file: all of them, or none.

    Columns: submission, passage, start, end, quote, theme, coder, coded_at. A row needs a theme,
    and a passage id, or the number of an answer with start and end or with a quote.
    """
    text = read_text(file)
    try:
        with transaction():
            result = import_codings(find_round(slug), text, by=SYSTEM)
    except FileRefused as refused:
        refuse(refused)
    say(
        f"{result.added} codings added, {result.present} were there already;"
        f" {result.passages} passages made for them.",
        {"added": result.added, "present": result.present, "passages": result.passages},
        as_json=as_json,
    )


@coding.command("export", epilog="Example: consult coding export --round my-round --out out.csv")
@round_option
@out_option
@json_option
@in_app
def export(*, slug: str, out: Path | None, as_json: bool) -> None:
    """Write every coding of a round as CSV; "import" reads it back."""
    round_ = find_round(slug)
    rows = export_codings(round_)
    if out is None and not as_json:
        click.echo(write_codings(round_), nl=False)
        return
    if out is not None:
        out.write_text(write_codings(round_), encoding="utf-8")
    data = {"file": str(out)} if out is not None else {"codings": rows}
    say(f"{len(rows)} codings written to {out}.", {"number": len(rows)} | data, as_json=as_json)


@coding.command("agreement", epilog="Example: consult coding agreement --round my-round --json")
@round_option
@json_option
@in_app
def show_agreement(*, slug: str, as_json: bool) -> None:
    """Show how far two coders agree on each theme, sample by sample, with the counts behind it.

    alpha is Krippendorff's, kappa Cohen's; null where only one answer was ever given.
    """
    round_ = find_round(slug)
    names = {theme.id: theme.key for theme in themes_by_key(round_.id).values()}
    samples, lines = [], []
    for sample in list_double_codings(round_.id):
        by_theme = answers_by_theme(sample.id)
        pooled = figures_of(pool(by_theme.values()))
        lines.append(
            f"{sample.drawn_at:%Y-%m-%d}: {sample.done} of {sample.passages} passages coded twice;"
            f" all themes: alpha {_decimals(pooled.alpha)}, kappa {_decimals(pooled.kappa)}"
        )
        samples.append(
            {
                "drawn_at": sample.drawn_at.isoformat(),
                "codebook_version": sample.codebook_version,
                "share": sample.share,
                "passages": sample.passages,
                "done": sample.done,
                "themes": {names[key]: _data(figures_of(one)) for key, one in by_theme.items()},
                "all_themes": _data(pooled),
            }
        )
    say("\n".join(lines) or "No sample has been drawn.", {"samples": samples}, as_json=as_json)


def _data(found: Figures) -> dict[str, Any]:
    return asdict(found.answers) | {"alpha": found.alpha, "kappa": found.kappa}


def _decimals(value: float | None) -> str:
    return "cannot be computed" if value is None else f"{value:.3f}"


@click.group()
def codebook() -> None:
    """Bring a round's codebook in and out as TOML, CSV or REFI-QDA."""


@codebook.command("import", epilog="Example: consult codebook import --round my-round themes.toml")
@round_option
@file_argument
@click.option("--why", default="", help="For the codebook's history; else the file's name.")
@json_option
@in_app
def import_themes(*, slug: str, file: Path, why: str, as_json: bool) -> None:
    """Add themes, and change those that are there already; all of the file, or nothing.

    What the file's name ends with says what it is: .toml, .csv or .qdc.
    """
    kind = find_format(file)
    try:
        with transaction():
            result = import_codebook(
                find_round(slug), file.read_bytes(), by=SYSTEM, kind=kind, why=why or file.name
            )
    except FileRefused as refused:
        refuse(refused)
    say(
        f"{result.added} themes added, {result.changed} changed, {result.unchanged} as they were.",
        {"added": result.added, "changed": result.changed, "unchanged": result.unchanged},
        as_json=as_json,
    )


@codebook.command("export", epilog="Example: consult codebook export --round my-round")
@round_option
@out_option
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in CodebookFormat]),
    help="What to write, where the file's name does not tell.",
)
@json_option
@in_app
def export_themes(*, slug: str, out: Path | None, kind: str | None, as_json: bool) -> None:
    """Write a round's codebook; "import" reads it back.

    Without a format, what the file's name ends with decides, and TOML is printed.
    """
    round_ = find_round(slug)
    wanted = CodebookFormat(kind) if kind else find_format(out) if out else CodebookFormat.TOML
    text = export_codebook(round_, wanted)
    number = len(offered_themes(round_.id))
    if out is None and not as_json:
        click.echo(text, nl=False)
        return
    if out is not None:
        out.write_text(text, encoding="utf-8")
    data = {"file": str(out)} if out is not None else {wanted.value: text}
    say(f"{number} themes written to {out}.", {"number": number} | data, as_json=as_json)


def find_format(file: Path) -> CodebookFormat:
    """The kind of codebook that a file's name tells of, or one line that says which there are."""
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in set(CodebookFormat):
        fail(f"The name of {file} must end with .toml, .csv or .qdc.")
    return CodebookFormat(suffix)


def find_round(slug: str) -> "Round":
    """The round, or one line that says there is none."""
    try:
        return get_round(slug)
    except NotFound:
        fail(f"There is no round {slug!r}.")


def read_text(file: Path) -> str:
    """The file's text, or one line that says it is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8 text.")


def refuse(refused: FileRefused) -> NoReturn:
    """End with every problem of a file."""
    fail_with_problems("The file", refused.problems)
