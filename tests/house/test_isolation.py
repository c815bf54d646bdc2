"""Nothing of an internal hearing reaches anybody outside it (scenario 52).

Every row of the access table that names something of a round is asked again about a round that
is inside an organisation, by everybody who has no business there: what they get is what a page
that does not exist gives. A new endpoint has a row, so it cannot be forgotten here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.audit.queries import latest_entries
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.service import enqueue
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.models import Membership
from consult.domain.organisations.types import Role
from consult.domain.rounds.models import Invitation
from consult.domain.rounds.types import InvitationReason, RoundType
from consult.kernel.clock import utc_now
from tests.house.test_access import TABLE
from tests.house.world import Login, World, make_world
from tests.support.factories import Factory, in_languages
from tests.support.page_client import PageClient
from tests.support.queries import Queries, count_queries
from tests.support.transactions import rolled_back

pytestmark = [pytest.mark.scenario(52), pytest.mark.once]

SECRET_WORDS = ("Taushetsbelagt", "Spør Ola Nes", "intern-")
"""Of the round's title, of an answer, and of its address."""

PUBLIC_VALUES = frozenset(
    {"locale", "organisation_slug", "organisation", "owner", "membership", "person", "failed",
     "message", "token", "mail_token", "follow_token", "support_token", "confirm_token",
     "table_token", "sender_kind", "first"}
)  # fmt: skip
"""Values in addresses that are no secret, or are a secret that opens by itself."""

OUTSIDERS = ("parent_owner", "sibling", "ex_member", "outsider", "admin", "visitor")
"""Who has no business there: the round above is theirs; a branch that was not asked; a role that
has ended; every role elsewhere; who runs the installation; not signed in."""

SAME_FOR_ALL = frozenset({"public.unfollow", "public.stop_followed"})
"""They end what one follows, and answer alike whether there is such a round or not."""

ASKED_ONLY_READS = frozenset({"public.round", "public.paper", "public.news", "public.meetings"})


@dataclass(frozen=True)
class Inside:
    """A world whose round is internal, and those outside it."""

    world: World
    people: dict[str, Login | None]


@pytest.fixture(scope="module")
def inside(session_app) -> Iterator[Inside]:
    with rolled_back(session_app):
        yield _make_inside(Factory())


def _make_inside(make: Factory) -> Inside:
    above = make.round()
    owner = make.organisation()
    round_ = make.round(
        slug="intern-taushet", type=RoundType.INTERNAL_HEARING, owner=owner, parent=above,
        title=in_languages("Taushetsbelagt"),
    )  # fmt: skip
    outside = {
        "parent_owner": make.member(above.owner, Role.COORDINATOR),
        "sibling": make.member(make.organisation(parent=owner), Role.COORDINATOR),
        "ex_member": make.member(owner, Role.COORDINATOR),
        "other_branch": make.member(make.organisation(parent=owner), Role.COORDINATOR),
    }
    make.end_roles(outside["ex_member"], after=timedelta(minutes=-1))
    asked = session().query(Membership).filter_by(person_id=outside["other_branch"].id).one()
    session().add(
        Invitation(
            round=round_, organisation_id=asked.organisation_id,
            reason=InvitationReason.AFFECTED, created_at=utc_now(),
        )
    )  # fmt: skip
    session().flush()
    outside = {name: Login(one.id, one.session_epoch) for name, one in outside.items()}
    world = make_world(make, round_)
    return Inside(world, {**world.people, **outside, "visitor": None})


def _names_a_secret(endpoint: str) -> bool:
    """Whether its address names something of the round, or the organisation's own rooms."""
    row = TABLE[endpoint]
    values = {pair.split("=")[-1] for pair in row.values.split()}
    if endpoint in SAME_FOR_ALL or endpoint.startswith("admin."):
        return False
    if row.values.startswith("held"):
        return False  # a name that means something in the browser that followed a link, only
    is_room = endpoint.startswith("workspace.") and "citizen" not in row.allowed
    return bool(values - PUBLIC_VALUES) or (is_room and bool(values))


NOT_LISTS = frozenset(
    {"public.choose_language", "auth.inbox", "auth.inbox_message", "auth.inbox_html",
     "auth.inbox_file"}
)  # fmt: skip
"""The local inbox is the tool of whoever tries the program without a mail server."""

SECRET_ENDPOINTS = [name for name in TABLE if _names_a_secret(name)]
OPEN_ENDPOINTS = [name for name in TABLE if name not in SECRET_ENDPOINTS]


def _address(app, world: World, endpoint: str) -> str:
    pairs = (pair.split("=") for pair in TABLE[endpoint].values.split())
    values = {pair[0]: world.things[pair[-1]] for pair in pairs}
    return app.url_map.bind("localhost").build(endpoint, values, force_external=False)


def _method(app, endpoint: str) -> str:
    """The way it is asked: by reading where that can be; one decorator guards both."""
    found = {
        method for rule in app.url_map.iter_rules(endpoint) for method in rule.methods or set()
    }
    return "GET" if "GET" in found else "POST"


@pytest.fixture(scope="module")
def clients(session_app, inside) -> dict[str, PageClient]:
    clients = {}
    for role, person in inside.people.items():
        client = PageClient(session_app)
        clients[role] = client if person is None else client.sign_in(person)
    return clients


@pytest.mark.parametrize("endpoint", SECRET_ENDPOINTS)
def test_whoever_is_outside_gets_what_a_missing_page_gives(session_app, inside, clients, endpoint):
    path = _address(session_app, inside.world, endpoint)
    for role in OUTSIDERS:
        _refused(clients[role], _method(session_app, endpoint), path, role)


@pytest.mark.parametrize(
    "endpoint", [name for name in SECRET_ENDPOINTS if name.startswith(("desk.", "workspace."))]
)
def test_a_branch_that_is_asked_sees_nothing_of_the_others(session_app, inside, clients, endpoint):
    path = _address(session_app, inside.world, endpoint)
    _refused(clients["other_branch"], _method(session_app, endpoint), path, "other_branch")


def test_the_whole_desk_serves_an_internal_round(session_app, inside, clients):
    """Every page of the desk that can be read, for the organisation's own coordinator.

    A colleague's own note is the colleague's to change.
    """
    for endpoint in SECRET_ENDPOINTS:
        row = TABLE[endpoint]
        if endpoint.startswith("desk.") and _method(session_app, endpoint) == "GET":
            role = "officer" if endpoint == "desk.note_change" else "coordinator"
            assert role in row.allowed, endpoint
            response = clients[role].raw(_address(session_app, inside.world, endpoint))
            assert response.status_code in {200, 302, 303}, endpoint


def test_a_branch_reads_what_it_is_asked_and_no_other_answer(session_app, inside, clients):
    branch = clients["other_branch"]
    for endpoint in ASKED_ONLY_READS:
        page = branch.get(_address(session_app, inside.world, endpoint))
        assert "Spør Ola Nes" not in page.text
        assert "Solvik kommune" not in page.words
    for endpoint in ("respond.receipt", "respond.receipt_pdf", "respond.tasks", "respond.check"):
        _refused(branch, "GET", _address(session_app, inside.world, endpoint), "other_branch")


@pytest.mark.parametrize("role", OUTSIDERS)
def test_lists_and_searches_hold_nothing_of_it(session_app, inside, clients, role):
    """Every page that names nothing of the round, with a search for its title where it can."""
    for endpoint in OPEN_ENDPOINTS:
        if _method(session_app, endpoint) != "GET" or endpoint in NOT_LISTS:
            continue
        if "token" in TABLE[endpoint].values:
            continue  # a secret of its own opens these; the next test asks about them
        path = _address(session_app, inside.world, endpoint)
        response = clients[role].raw(f"{path}?q=Taushetsbelagt&words=Taushetsbelagt")
        if response.status_code != 302:  # that only says back what was asked
            _holds_no_secret(response.text, f"{path} as {role}")


def test_the_link_in_a_mail_opens_nothing_inside(session_app, inside):
    visitor = PageClient(session_app)
    token = inside.world.things["token"]
    page = visitor.get(f"/answer/link/{token}")
    _holds_no_secret(page.text, "the personal link")
    assert not page.has_link("/answer/receipts")


def test_the_log_shows_whoever_runs_it_only_that_something_was_done(inside, clients):
    words = clients["admin"].get("/admin/log").words
    assert "Confidential to" in words
    for name in ("submission", "passage", "document", "draft"):
        public_id = str(inside.world.things[name])
        assert public_id not in words
        found = clients["admin"].get(f"/admin/log?subject={name}:{public_id}")
        assert "No entry matches" in found.words


def test_the_outbox_shows_whoever_runs_it_only_a_domain(inside, clients, make_mail):
    make_mail()
    words = clients["admin"].get("/admin/mail?state=waiting").words
    assert "…@hemmelig.example" in words
    assert "branch@hemmelig.example" not in words


@pytest.fixture
def make_mail(session_app):
    def make() -> None:
        to = Recipient("branch@hemmelig.example", "Kari", "nb", is_confidential=True)
        enqueue("sign_in_link", to, link="x", minutes=1)
        session().commit()

    return make


@pytest.mark.parametrize("role", ["parent_owner", "sibling"])
@pytest.mark.parametrize("path", ["/rounds/{}", "/desk/rounds/{}/answers", "/answer/{}"])
def test_a_refused_page_asks_the_database_as_often_as_a_missing_one(clients, role, path):
    with count_queries() as refused:
        clients[role].raw(path.format("intern-taushet"))
    with count_queries() as missing:
        clients[role].raw(path.format("finnes-ikke"))
    assert _before_it_went_out(refused) == _before_it_went_out(missing)


def _before_it_went_out(queries: Queries) -> int:
    """What was asked to make the page; the log is written when the page has gone out."""
    return sum(one.startswith("SELECT") and "audit_" not in one for one in queries.statements)


def test_refused_attempts_stand_in_the_owners_log(inside, clients):
    clients["parent_owner"].raw("/desk/rounds/intern-taushet")
    entry = latest_entries([organisation_stream(inside.world.owner_id)], limit=1)[0]
    assert entry.tag == Tag.ACCESS_DENIED
    assert entry.actor.startswith("person:")
    assert entry.subject.startswith("round:")


@pytest.mark.scenario(52)
def test_guessing_what_an_organisation_works_on_is_an_attempt_and_a_slip_of_its_own_is_none(
    inside, clients
):
    room = f"/workspace/{inside.world.things['owner']}/cases"
    log = [organisation_stream(inside.world.owner_id)]
    before = latest_entries(log, limit=1)[0]
    clients["coordinator"].raw(f"{room}/no-such-round/send")
    assert latest_entries(log, limit=1)[0].seq == before.seq
    clients["parent_owner"].raw(f"{room}/no-such-round/send")
    entry = latest_entries(log, limit=1)[0]
    assert entry.tag == Tag.ACCESS_DENIED
    assert entry.subject.startswith("organisation:")


def _refused(client: PageClient, method: str, path: str, role: str) -> None:
    data = {"csrf_token": client.csrf_token()} if method == "POST" else None
    response = client.raw(path, method=method, data=data)
    cell = f"{method} {path} as {role}: {response.status_code}"
    if role == "visitor" and method == "GET":
        assert response.status_code == 302, cell
        assert response.headers["Location"].startswith("/sign-in?"), cell
    else:
        assert response.status_code == 404, cell
        _holds_no_secret(response.text, cell)


def _holds_no_secret(text: str, where: str) -> None:
    """The address that was asked for may come back in links; nothing else may."""
    without_links = re.sub(r'(href|action|value)="[^"]*"', "", text)
    for word in SECRET_WORDS:
        assert word not in without_links, f"{word!r} on {where}"
