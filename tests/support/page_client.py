"""A browser without scripts that checks every page it is shown (architecture, habit 22)."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from lxml import html as lxml_html
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from consult.domain.accounts.models import Person
from tests.support.valid_html import check_html

_ANONYMOUS_WORDS = re.compile(r"\b(None|Undefined|undefined|NaN)\b")
_LABELLED = "input[not(@type='hidden' or @type='submit' or @type='button')]|.//select|.//textarea"


@dataclass(frozen=True)
class Page:
    """A checked page."""

    status: int
    url: str
    text: str
    tree: lxml_html.HtmlElement

    @property
    def words(self) -> str:
        """All visible text, blanks folded."""
        return " ".join(self.tree.text_content().split())

    @property
    def h1(self) -> str:
        return " ".join(self.tree.findtext(".//h1", default="").split()) or " ".join(
            self.tree.xpath(".//h1")[0].text_content().split()
        )

    def find(self, xpath: str) -> lxml_html.HtmlElement:
        """The one element that matches."""
        found = self.tree.xpath(xpath)
        assert len(found) == 1, f"{xpath}: {len(found)} on {self.url}"
        return found[0]

    def has_link(self, path: str) -> bool:
        return bool(self.tree.xpath(f".//a[starts-with(@href, '{path}')]"))

    def form(self, action: str | None = None) -> lxml_html.FormElement:
        """The form that posts to a path, or the page's main form."""
        forms = [
            form
            for form in self.tree.forms
            if (form.get("action") or "").split("?")[0] == action
            or (action is None and form.get("action") != "/sign-out")
        ]
        assert forms, f"no form to {action} on {self.url}"
        return forms[0]


class PageClient:
    """Fetches, checks, follows and fills in; each instance is a browser of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self.headers = {"Accept-Language": "en"}

    def sign_in(self, person: Person) -> "PageClient":
        """Open a session for a person, as if by a link."""
        with self._client.session_transaction() as session:
            session["_user_id"] = f"{person.id}.{person.session_epoch}"
            session["_fresh"] = True
        return self

    def hold_links(self, links: Mapping[str, str]) -> "PageClient":
        """Hold secrets of links by the names that addresses have for them, as if followed."""
        with self._client.session_transaction() as session:
            session["held_links"] = [[name, token] for name, token in links.items()]
        return self

    def copy(self) -> "PageClient":
        """Another browser that holds what this one holds now."""
        other = PageClient(self.app)
        cookie = self._client.get_cookie("session")
        if cookie is not None:
            other._client.set_cookie("session", cookie.value)
        return other

    def raw(self, path: str, *, method: str = "GET", **options) -> TestResponse:
        """A response as it came. A nested app context keeps logins of two clients apart.

        It is closed when the request's session is over, as a server does: what is done after a
        response has gone out sees nothing of the request any more.
        """
        headers = {**self.headers, **options.pop("headers", {})}
        with self.app.app_context():
            response = self._client.open(path, method=method, headers=headers, **options)
            response.get_data()
        response.close()
        return response

    def get(self, path: str, *, status: int = 200, follow: bool = True) -> Page:
        response = self.raw(path)
        if follow and response.status_code in {301, 302, 303, 307, 308}:
            return self.get(_path_of(response.headers["Location"]), status=status)
        return self._checked(response, path, status)

    def post(self, path: str, data: dict | None = None, *, status: int = 200, **options) -> Page:
        """Post to a path as its page would, with the CSRF token of this session."""
        token = {"csrf_token": self.csrf_token()}
        response = self.raw(path, method="POST", data={**token, **(data or {})}, **options)
        if response.status_code in {301, 302, 303}:
            return self.get(_path_of(response.headers["Location"]), status=status)
        return self._checked(response, path, status)

    def submit(
        self, page: Page, data: dict | None = None, *, action: str | None = None, status: int = 200
    ) -> Page:
        """Fill in the page's own form, keep what it holds already, and send it."""
        form = page.form(action)
        values = dict(form.form_values())
        values.update(data or {})
        target = form.get("action")
        assert target, "a form without an action"
        if (form.get("method") or "get").lower() == "get":
            query = "&".join(f"{key}={value}" for key, value in values.items())
            return self.get(f"{target}?{query}", status=status)
        response = self.raw(target, method="POST", data=values)
        if response.status_code in {301, 302, 303}:
            return self.get(_path_of(response.headers["Location"]), status=status)
        return self._checked(response, target, status)

    def csrf_token(self) -> str:
        """A token for this session, as its pages would carry it; no page is made for it."""
        with self._client.session_transaction() as session:
            secret = session.setdefault("csrf_token", "of this session")
        key = self.app.secret_key
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))

    def _checked(self, response: TestResponse, path: str, status: int) -> Page:
        assert response.status_code == status, (
            f"{path}: {response.status_code}, expected {status}\n{response.text[:2000]}"
        )
        page = Page(status, path, response.text, lxml_html.document_fromstring(response.text))
        check_page(page, self.app)
        return page


def check_page(page: Page, app: Flask) -> None:
    """Everything that must hold of every page."""
    check_html(page.text)
    tree, where = page.tree, page.url
    assert tree.get("lang") in {"nb", "nn", "en"}, f"{where}: no language"
    headings = tree.xpath(".//h1")
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
    title = " ".join((tree.findtext(".//title") or "").split())
    assert title.startswith(page.h1), f"{where}: title {title!r} does not start with {page.h1!r}"
    doubles = [key for key, n in Counter(tree.xpath(".//@id")).items() if n > 1]
    assert not doubles, f"{where}: ids twice: {doubles}"
    _check_labels(page)
    _check_forms(page)
    _check_headings(page)
    assert not tree.xpath(".//*[@style]|.//style"), f"{where}: inline style"
    assert not tree.xpath(".//script[not(@src)]"), f"{where}: inline script"
    handlers = [name for e in tree.iter() for name in e.attrib if name.startswith("on")]
    assert not handlers, f"{where}: inline handlers {handlers}"
    words = _ANONYMOUS_WORDS.search(page.words)
    assert words is None, f"{where}: {words.group()!r} in the text"
    _check_links(page, app)


def _check_labels(page: Page) -> None:
    for control in page.tree.xpath(f".//{_LABELLED}"):
        identity = control.get("id")
        labelled = (
            control.get("aria-label")
            or control.get("aria-labelledby")
            or (identity and page.tree.xpath(f".//label[@for='{identity}']"))
            or control.xpath("ancestor::label")
        )
        assert labelled, f"{page.url}: unlabelled {lxml_html.tostring(control)!r}"
    for reference in page.tree.xpath(".//@aria-describedby|.//@aria-labelledby|.//@aria-controls"):
        for identity in reference.split():
            assert page.tree.xpath(f".//*[@id='{identity}']"), f"{page.url}: no id {identity}"


def _check_forms(page: Page) -> None:
    for form in page.tree.forms:
        assert form.get("action"), f"{page.url}: a form without an action"
        if (form.get("method") or "get").lower() == "post":
            assert form.xpath(".//input[@name='csrf_token']"), f"{page.url}: no CSRF token"


def _check_headings(page: Page) -> None:
    levels = [int(e.tag[1]) for e in page.tree.iter() if e.tag in {f"h{n}" for n in range(1, 7)}]
    for before, after in pairwise(levels):
        assert after <= before + 1, f"{page.url}: heading levels skip from h{before} to h{after}"


def _check_links(page: Page, app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    for href in set(page.tree.xpath(".//a/@href|.//form/@action")):
        parts = urlsplit(href)
        if parts.scheme in {"mailto", "tel"} or (parts.netloc and parts.netloc != "localhost"):
            continue
        if not parts.path:
            target = parts.fragment
            assert not target or page.tree.xpath(f".//*[@id='{target}']"), f"{page.url}: {href}"
            continue
        try:
            adapter.match(parts.path, method="GET")
        except MethodNotAllowed:
            adapter.match(parts.path, method="POST")
        except RequestRedirect:
            continue
        except HTTPException as problem:
            raise AssertionError(f"{page.url}: dead link {href}") from problem


def _path_of(location: str) -> str:
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")
