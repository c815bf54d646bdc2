"""The editor in a real browser: what is written, pasted and rewritten is what the server reads."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from consult.kernel.text.rich.codec import from_json, from_tree, to_tree
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from tests.kernel.rich.making import chances, rich_text
from tests.support.browser import axe_violations
from tests.templates.test_browser import AXE_RULES, address

__all__ = ["address"]
pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.enable_socket]

FIELD = "[data-rich-editor]"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><style>p{color:red}</style>
<p class=MsoNormal>Fra <b style='mso-bidi-font-weight:normal'>Word</b><o:p></o:p>
<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1">[1]</a></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
</span>Kveld</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.
</span>Mandag</p>
<p class=MsoQuote onclick="alert(1)">Et sitat</p><img src=x onerror="alert(1)">
<div style='mso-element:footnote-list'><div id=ftn1><p><a href="#_ftnref1">[1]</a> Kilde.</p></div>
</div></body></html>"""


@pytest.fixture(scope="module")
def page(running_browser: Browser, address: str) -> Iterator[Page]:
    opened = running_browser.new_page(viewport={"width": 1280, "height": 800})
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.goto(f"{address}/rich_text")
    yield opened
    opened.close()
    assert problems == []


def text_of(page: Page) -> str:
    """What stands in the editor, as Markdown; the same value as the server's canonical one."""
    tree: dict[str, Any] = page.evaluate(f"document.querySelector('{FIELD}').richEditor.getJSON()")
    assert to_tree(from_tree(tree)) == tree
    return to_markdown(from_tree(tree))


def set_text(page: Page, *words: str) -> None:
    nodes = [{"type": "paragraph", "content": [{"type": "text", "text": word}]} for word in words]
    call(page, "setJSON", {"type": "doc", "content": nodes})


def call(page: Page, method: str, argument: object) -> object:
    return page.evaluate(
        f"([m, a]) => document.querySelector('{FIELD}').richEditor[m](a)", [method, argument]
    )


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        html,
    )


def test_what_is_written_is_what_the_server_reads(page: Page) -> None:
    surface = page.get_by_role("textbox", name="Vårt svar")
    set_text(page)
    surface.click()
    page.keyboard.type("## Svar")
    page.keyboard.press("Enter")
    page.keyboard.type("Vi er ")
    page.keyboard.press("Control+b")
    page.keyboard.type("enige")
    page.keyboard.press("Control+b")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("i alt.")
    page.keyboard.press("Enter")
    page.keyboard.type("- Kveld")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Mandag")
    assert text_of(page) == "## Svar\n\nVi er **enige**\ni alt.\n\n- Kveld\n    - Mandag"
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Lagre").click()
    fields = sent.value.post_data or ""
    assert "text-json=" in fields
    assert "&text=" not in fields
    page.locator(".rich-surface h3").wait_for()
    assert text_of(page) == "## Svar\n\nVi er **enige**\ni alt.\n\n- Kveld\n    - Mandag"


def test_toolbar_shows_and_changes_what_stands_at_the_cursor(page: Page) -> None:
    set_text(page, "Ett avsnitt")
    page.get_by_role("textbox", name="Vårt svar").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Bold"
    page.keyboard.press("Enter")
    bold = page.get_by_role("button", name="Bold")
    assert bold.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Alt+F10")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Quotation"
    page.get_by_role("button", name="Numbered list").click()
    assert text_of(page) == "1. **Ett avsnitt**"
    page.get_by_role("button", name="Link").click()
    page.get_by_label("Web address").fill("ikke en adresse")
    page.keyboard.press("Enter")
    assert page.get_by_role("alert").inner_text() != ""
    page.get_by_label("Web address").fill("example.no/side")
    page.keyboard.press("Enter")
    page.locator(".rich-surface a").wait_for()
    page.keyboard.press("End")
    page.get_by_role("button", name="Footnote").click()
    page.get_by_label("The text of the footnote").fill("Sak 12/26")
    page.keyboard.press("Enter")
    page.locator(".rich-surface .footnote-ref").wait_for()
    assert text_of(page) == "1. [**Ett avsnitt**](https://example.no/side)^[Sak 12/26]"
    page.get_by_role("button", name="Undo").click()
    assert "Sak" not in text_of(page)


def test_evidence_stays_while_its_words_are_rewritten(page: Page) -> None:
    set_text(page, "Vi ser at")
    page.get_by_role("textbox", name="Vårt svar").click()
    page.keyboard.press("End")
    call(page, "insertEvidence", {"id": "p7", "text": "tre lag sier nei", "language": "nn"})
    page.keyboard.type(" i år.")
    written = "Vi ser at [tre lag sier nei]{e:p7@nn} i år."
    assert text_of(page) == written
    for _ in range(len(" nei i år.")):
        page.keyboard.press("ArrowLeft")
    for _ in range(len("sier")):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.type("roper")
    assert text_of(page) == written.replace("sier", "roper")
    for _ in range(len("tre lag roper")):
        page.keyboard.press("ArrowLeft")
    for _ in range(len("tre lag roper nei")):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("alle er imot")
    assert text_of(page) == "Vi ser at [alle er imot]{e:p7@nn} i år."
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(150)  # the browser tells of a moved cursor later; nobody types this fast
    page.keyboard.type("nå ")
    assert text_of(page) == "Vi ser at [alle er imot]{e:p7@nn} nå i år."
    call(page, "insertEvidence", {"id": "p9", "text": "Ja takk", "asQuote": True})
    page.keyboard.type("Etter sitatet")
    assert text_of(page).endswith("\n\n> [Ja takk]{e:p9}\n\nEtter sitatet")
    assert page.locator(".evidence-number").all_inner_texts() == ["1", "2"]


def test_paste_from_word_is_brought_into_shape(page: Page) -> None:
    set_text(page)
    page.get_by_role("textbox", name="Vårt svar").click()
    paste(page, WORD)
    assert text_of(page) == ("Fra **Word** ^[Kilde.]\n\n- Kveld\n    1. Mandag\n\n> Et sitat")


def test_any_text_passes_through_the_editor_unchanged(page: Page) -> None:
    trees = [to_tree(rich_text(chance)) for chance in chances(30)]
    passed = page.evaluate(
        f"""trees => trees.map(tree => {{
          const editor = document.querySelector('{FIELD}').richEditor;
          editor.setJSON(tree);
          return editor.getJSON();
        }})""",
        trees,
    )
    assert passed == trees


def test_what_another_wrote_is_taken_up_while_one_goes_on(page: Page) -> None:
    def take_up(sent: str, merged: str) -> object:
        trees = [to_tree(from_markdown(text)) for text in (sent, merged)]
        return page.evaluate(
            f"trees => document.querySelector('{FIELD}').richEditor.takeUp(...trees)", trees
        )

    sent = "Ett\n\nTo\n\nTre"
    set_text(page, "Ett", "To", "Tre")
    page.get_by_role("textbox", name="Vårt svar").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" nye ord")
    assert take_up(sent, "Ett annet sted\n\nTo\n\nTre")
    assert text_of(page) == "Ett annet sted\n\nTo\n\nTre nye ord"
    page.keyboard.type(" til")
    assert text_of(page).endswith("Tre nye ord til")
    assert not take_up("Ett annet sted\n\nTo\n\nTre", "Ett annet sted\n\nTo\n\nTre deres")
    assert text_of(page).endswith("Tre nye ord til")
    saved = text_of(page)
    page.keyboard.press("Control+Home")
    page.keyboard.type("Her: ")
    assert take_up(saved, f"{saved}\n\nDeres slutt")
    assert text_of(page) == f"Her: {saved}\n\nDeres slutt"


def test_strange_documents_become_what_the_server_makes_of_them(page: Page) -> None:
    words = [{"type": "text", "text": "a\u00adb\u202e  e\u0301"}]
    empty = {"type": "paragraph"}
    inner = {"type": "ordered_list", "attrs": {"order": 4}, "content": [
        {"type": "list_item", "content": [{"type": "paragraph", "content": words}]}]}  # fmt: skip
    tree = {"type": "doc", "content": [
        {"type": "paragraph"},
        {"type": "bullet_list", "content": [
            {"type": "list_item", "content": [empty]},
            {"type": "list_item", "content": [empty, inner]}]},
        inner,
        {"type": "paragraph", "content": [{"type": "hard_break"}]},
    ]}  # fmt: skip
    call(page, "setJSON", tree)
    tree_there = call(page, "getJSON", None)
    assert tree_there == to_tree(from_json(json.dumps(tree)))


def test_axe_finds_nothing_while_one_writes_and_is_asked(page: Page) -> None:
    set_text(page, "Ord med note")
    page.get_by_role("textbox", name="Vårt svar").click()
    page.get_by_role("button", name="Footnote").click()
    found = axe_violations(page, AXE_RULES)
    assert [violation["id"] for violation in found] == []
