"""Every layout and component is sound HTML that a strict policy and a screen reader accept."""

import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask.testing import FlaskClient

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "consult" / "templates" / "components"
PAGES = (
    "components",
    "front",
    "round",
    "sign_in",
    "tasks",
    "question",
    "question_errors",
    "check",
    "receipt",
    "desk",
    "matrix",
    "coding",
    "rich_text",
    "admin",
)


def parse(page_of: FlaskClient, name: str) -> ET.Element:
    answer = page_of.get(f"/gallery/{name}")
    assert answer.status_code == 200
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(answer.text)
    assert not parser.errors, parser.errors
    return document


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_page_of_the_gallery_is_tested(gallery: ModuleType) -> None:
    assert set(gallery.PAGES) == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(page_of: FlaskClient, name: str) -> None:
    document = parse(page_of, name)
    assert document.get("lang") == "nb"
    headings = [element for element in document.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    first = [element for element in headings if element.tag == "h1"]
    assert len(first) == 1
    title = document.find(".//title")
    assert title is not None
    assert words(title) == f"{words(first[0])} – consult"
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    for attribute in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
        for element in document.iter():
            for reference in (element.get(attribute) or "").split():
                assert reference in ids, f"{attribute}={reference} points at nothing"


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_the_content_security_policy(page_of: FlaskClient, name: str) -> None:
    for element in parse(page_of, name).iter():
        assert not [key for key in element.attrib if key == "style" or key.startswith("on")]
        assert element.tag != "style"
        assert element.tag != "script" or element.get("src")


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_label_and_every_form_a_token(page_of: FlaskClient, name: str) -> None:
    document = parse(page_of, name)
    labelled = {label.get("for") for label in document.iter("label")}
    for tag in ("input", "select", "textarea"):
        for control in document.iter(tag):
            if control.get("type") != "hidden":
                assert control.get("id") in labelled, ET.tostring(control)
    for form in document.iter("form"):
        assert form.get("action")
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
        assert len(tokens) == (1 if form.get("method") == "post" else 0)


def test_errors_are_linked_both_ways(page_of: FlaskClient) -> None:
    document = parse(page_of, "question_errors")
    summary = document.find(".//*[@data-error-summary]")
    assert summary is not None
    targets = [link.get("href", "")[1:] for link in summary.iter("a")]
    assert targets == ["stance-0"]
    assert document.find(f".//input[@id='{targets[0]}']") is not None
    group = document.find(".//fieldset[@id='stance']")
    assert group is not None
    assert group.get("aria-invalid") == "true"
    assert "stance-error" in (group.get("aria-describedby") or "")


def test_a_page_for_somebody_who_is_not_signed_in_offers_sign_in(page_of: FlaskClient) -> None:
    text = page_of.get("/gallery/front?as=nobody").text
    assert 'href="/sign-in"' in text
    assert "account-menu" not in text


def test_every_macro_is_shown_in_the_gallery() -> None:
    shown = [*ROOT.glob("scripts/gallery/*.html"), *COMPONENTS.glob("*.html")]
    calls = "\n".join(re.sub(r"{% macro .*?%}", "", path.read_text()) for path in shown)
    for path in sorted(COMPONENTS.glob("*.html")):
        for macro in re.findall(r"{% macro ([a-z]\w*)\(", path.read_text()):
            assert re.search(rf"\b{macro}\(", calls), f"{path.name}: {macro} is not shown"


def test_every_macro_is_explained() -> None:
    for path in sorted(COMPONENTS.glob("*.html")):
        text = path.read_text()
        for match in re.finditer(r"{% macro ([a-z]\w*)\(", text):
            assert text[: match.start()].rstrip().endswith("#}"), f"{path.name}: {match[1]}"


def test_templates_stay_short() -> None:
    for path in COMPONENTS.parent.rglob("*.html"):
        assert len(path.read_text().splitlines()) <= 200, path
