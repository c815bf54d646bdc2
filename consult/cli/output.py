"""What all commands share: the app around them, ``--json``, and one line for what goes wrong."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from consult import create_app
from consult.config import ConfigurationError
from consult.db import db

P = ParamSpec("P")
R = TypeVar("R")

_SHOWN_PROBLEMS = 20

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, for programs."
)


def in_app(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application, with settings from the environment."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            app = create_app()
        except ConfigurationError as problem:
            fail(str(problem))
        with app.app_context():
            try:
                return command(*args, **kwargs)
            finally:
                db.session.remove()
                db.engine.dispose()

    return run


def fail(message: str, *, kept: str = "Nothing was changed.") -> NoReturn:
    """End with exit code 1 and one line that says what is wrong and what was kept."""
    raise click.ClickException(f"{message} {kept}")


def fail_with_problems(
    what: str, problems: Sequence[str], *, kept: str = "Nothing was changed."
) -> NoReturn:
    """List the problems of a file, the first ones of very many, and end as :func:`fail` does."""
    for problem in problems[:_SHOWN_PROBLEMS]:
        click.echo(f"  {problem}", err=True)
    left = len(problems) - _SHOWN_PROBLEMS
    if left > 0:
        click.echo(f"  … and {left} more", err=True)
    fail(count_problems(what, problems), kept=kept)


def count_problems(what: str, problems: Sequence[str]) -> str:
    """How many problems something has, in words."""
    number = len(problems)
    return f"{what} has {number} {'problem' if number == 1 else 'problems'}."


def say(text: str, data: dict[str, Any], *, as_json: bool) -> None:
    """Print the result for people, or as JSON for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)
