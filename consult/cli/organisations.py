"""Commands for organisations and the people who work for them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.cli.output import fail, fail_with_problems, in_app, json_option, say
from consult.db import transaction
from consult.domain.accounts.errors import EmailTaken
from consult.domain.accounts.service import register_person
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.errors import ImportRejected
from consult.domain.organisations.exporting import (
    organisations_as_csv,
    organisations_as_rows,
)
from consult.domain.organisations.importing import import_organisations
from consult.domain.organisations.queries import (
    count_organisations,
    descendants_of,
    get_organisation,
    search_organisations,
)
from consult.domain.organisations.service import start_membership
from consult.domain.organisations.types import Role
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import LOCALES

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


@click.group()
def organisation() -> None:
    """Register and list organisations."""


@click.group()
def person() -> None:
    """Register the people who work here."""


@organisation.command("import", epilog="Example: consult organisation import organisations.toml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@in_app
def import_file(file: Path, *, as_json: bool) -> None:
    """Register the organisations of FILE (TOML or CSV), all of them or none.

    Columns: name and actor_type, and where they are known slug, organisation_number, parent (the
    slug of the body above), language, county, email, dissolved_on; names in further languages
    (name_nb, name_nn, name_se, name_en); of one that has ended, successors (slugs) and
    ended_because. Organisations that are registered already are left as they are.
    """
    try:
        with transaction():
            result = import_organisations(
                file.read_bytes(), filename=file.name, today=to_oslo(utc_now()).date(), by=SYSTEM
            )
    except ImportRejected as rejected:
        fail_with_problems(file.name, rejected.problems)
    say(
        f"{len(result.registered)} registered, {len(result.known)} known before.",
        {"registered": list(result.registered), "known": list(result.known)},
        as_json=as_json,
    )


@organisation.command(
    "export", epilog="Example: consult organisation export --under my-union --out tree.csv"
)
@click.option("--under", "slug", help="Only the body with this slug and everything below it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write to.")
@json_option
@in_app
def export(*, slug: str | None, out: Path | None, as_json: bool) -> None:
    """Write organisations as CSV, each after the one above it; "import" reads it back."""
    bodies = _bodies_under(slug)
    if out is None and not as_json:
        click.echo(organisations_as_csv(bodies), nl=False)
        return
    if out is not None:
        out.write_text(organisations_as_csv(bodies), encoding="utf-8")
    say(
        f"{len(bodies)} organisations written to {out}.",
        {"number": len(bodies)}
        | ({"file": str(out)} if out else {"organisations": organisations_as_rows(bodies)}),
        as_json=as_json,
    )


def _bodies_under(slug: str | None) -> "list[Organisation]":
    """One body and everything below it, or every tree there is."""
    if slug is None:
        tops = [one for one in search_organisations(limit=count_organisations()) if not one.parent]
    else:
        try:
            tops = [get_organisation(slug)]
        except NotFound:
            fail(f"No organisation has the short name {slug}.")
    return [
        body
        for top in tops
        for body in (top, *(node.organisation for node in descendants_of(top.id)))
    ]


@organisation.command("list", epilog="Example: consult organisation list --search solvik")
@click.option("--search", default="", help="A part of the name, or the number's first digits.")
@json_option
@in_app
def list_all(search: str, *, as_json: bool) -> None:
    """List organisations by name."""
    shown = search_organisations(search, limit=count_organisations(search))
    lines = [f"{one.organisation_number or '-':9}  {one.slug}  {one.name}" for one in shown]
    data = [
        {
            "slug": one.slug,
            "name": one.name,
            "actor_type": one.actor_type.value,
            "organisation_number": one.organisation_number,
            "parent": one.parent.slug if one.parent else None,
            "dissolved_on": one.dissolved_on.isoformat() if one.dissolved_on else None,
        }
        for one in shown
    ]
    say("\n".join(lines) or "No organisations.", {"organisations": data}, as_json=as_json)


@person.command(
    "add",
    epilog="Example: consult person add kari@example.no --name 'Kari Nes' "
    "--organisation solvik-kommune --role coordinator",
)
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--admin", "is_admin", is_flag=True, help="May run the installation.")
@click.option("--locale", type=click.Choice(LOCALES), help="Language of pages and mails.")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input.")
@click.option("--organisation", "slug", help="Give a role in the organisation with this slug.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="The role there.")
@json_option
@in_app
def add_person(
    email: str,
    name: str,
    *,
    is_admin: bool,
    locale: str | None,
    password_stdin: bool,
    slug: str | None,
    role: str | None,
    as_json: bool,
) -> None:
    """Register a person with the address EMAIL. No mail is sent; they sign in by a mailed link."""
    if "@" not in email:
        fail(f"{email} is not an e-mail address.")
    if (slug is None) != (role is None):
        fail("--organisation and --role belong together.")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    try:
        with transaction():
            added = register_person(
                email=email, name=name, locale=locale, is_admin=is_admin, password=password
            )
            if slug is not None and role is not None:
                start_membership(
                    get_organisation(slug), person_id=added.id, role=Role(role), by=SYSTEM
                )
    except EmailTaken as taken:
        fail(f"Somebody is registered with {taken.email} already.")
    except NotFound:
        fail(f"No organisation has the short name {slug}.")
    except InvalidInput as error:
        fail(f"The password is too short: give at least {error.data['minimum']} characters.")
    say(
        f"{added.name} is registered with {added.email}.",
        {"id": added.public_id, "email": added.email, "admin": added.is_admin},
        as_json=as_json,
    )
