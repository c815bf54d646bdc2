"""The pages of versions: keeping, reading and comparing them, and bringing a part back."""

import pytest

from consult.db import session
from consult.domain.composing.queries import get_part
from consult.domain.composing.service.freezing import freeze
from consult.domain.composing.service.saving import save_part
from consult.domain.composing.types import SaveKind
from consult.domain.composing.versions import list_revisions
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Stance
from tests.support.drafted import Drafted, start_drafting, written
from tests.support.queries import count_queries
from tests.support.signing import Chain


@pytest.fixture
def made(make) -> Drafted:
    made = start_drafting(make)
    write(made, "Kontoret må være åpent.")
    return made


def write(made: Drafted, text: str, *, part: str = "q-q1", **values) -> None:
    part = get_part(made.composition, part)
    save_part(part, written(text, **values), revision=part.revision, by=made.by)


def address(made: Drafted, rest: str = "") -> str:
    return f"{made.path}/versions{rest}"


def test_a_draft_is_kept_under_a_name_and_read_again(client, made):
    page = client.sign_in(made.drafter).get(address(made))
    assert "No versions yet" in page.words
    page = client.submit(page, {"name": " Til styret "}, action=address(made))
    assert "Kept as version 1." in page.words
    assert "1. Til styret" in page.words
    write(made, "Kontoret må være stengt.")
    page = client.get(address(made, "/1"))
    assert page.h1 == "Version 1: Til styret"
    assert "Kontoret må være åpent." in page.words
    client.get(address(made, "/2"), status=404)


def test_a_version_needs_a_name(client, made):
    client.sign_in(made.drafter)
    page = client.post(address(made), {"name": ""}, status=422)
    assert "Give the version a name." in page.words


def test_two_versions_are_compared_and_the_unchanged_is_folded(client, made):
    freeze(made.composition, "Først", by=made.by)
    write(made, "Kontoret må være åpent hver dag.")
    write(made, "Vi støtter dette.", part="general", stance=Stance.SUPPORT)
    freeze(made.composition, "Så", by=made.by)
    page = client.sign_in(made.drafter).get(address(made, "/compare?from=1&to=2"))
    assert "put in: hver dag" in page.words
    assert "Stance before: none. Now: Supports." in page.words
    assert "2 parts are the same in both" in page.words
    assert "Bring back" not in page.words
    assert "Every word is the same" in client.get(address(made, "/compare?from=2&to=now")).words
    client.get(address(made, "/compare?from=2&to=9"), status=404)


def test_a_part_gets_back_what_it_said_in_a_version(client, made):
    freeze(made.composition, "Først", by=made.by)
    write(made, "Alt skal stenges.")
    page = client.sign_in(made.drafter).get(address(made, "/compare?from=1&to=now"))
    page = client.submit(page, {}, action=address(made, "/restore"))
    assert "The earlier text is back." in page.words
    assert "An earlier text brought back" in page.words
    part = get_part(made.composition, "q-q1")
    session().refresh(part)
    assert part.body == list_revisions(part.id)[2].body
    assert list_revisions(part.id)[0].kind is SaveKind.RESTORED


def test_the_history_of_a_part_tells_who_changed_what(client, made):
    write(made, "Kontoret må være åpent hver dag.")
    path = f"{made.path}/history/q-q1"
    page = client.sign_in(made.drafter).get(path)
    assert "put in: hver dag" in page.words
    assert "3. Written" in page.words
    assert "Hege Nes" in page.words
    page = client.get(f"{path}?revision=2")
    page = client.submit(page, {}, action=address(made, "/restore"))
    assert "4. An earlier text brought back" in page.words
    client.get(f"{path}?revision=9", status=404)


def test_bringing_back_asks_before_it_breaks_the_seal(client, make):
    chain = Chain(make)
    freeze(chain.letter, "Tidlig", by=chain.actor(chain.hege))
    part = get_part(chain.letter, "q-q1")
    save_part(part, written("Åpent."), revision=part.revision, by=chain.actor(chain.hege))
    chain.start()
    chain.sign(chain.kari)
    path = f"/workspace/forbundet/cases/{chain.letter.round.slug}/draft/versions/restore"
    client.sign_in(chain.hege)
    page = client.post(path, {"part": "q-q1", "version": "1"}, status=409)
    assert "This breaks the seal" in page.words
    assert len(chain.standing.signatures) == 1
    client.submit(page, {"breaks_seal": "1"}, action=path)
    assert chain.standing.signatures == ()


def test_a_version_is_nobody_elses_to_see(client, make, made):
    freeze(made.composition, "Vår", by=made.by)
    stranger = make.member(make.organisation(), Role.COORDINATOR)
    client.sign_in(stranger).get(address(made, "/1"), status=404)


def test_the_list_takes_the_same_queries_for_one_and_three(client, made):
    client.sign_in(made.drafter)
    freeze(made.composition, "A", by=made.by)
    client.get(address(made))
    with count_queries() as one:
        client.get(address(made))
    freeze(made.composition, "B", by=made.by)
    freeze(made.composition, "C", by=made.by)
    with count_queries() as three:
        client.get(address(made))
    assert one.number == three.number
