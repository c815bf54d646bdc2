"""Answering without coverage: what is written stays on the phone until the server has it."""

import re
from collections.abc import Callable

import pytest
from flask import Response
from playwright.sync_api import BrowserContext, Page, expect

from consult.domain.submissions.models import Submission
from consult.domain.submissions.queries import get_draft, get_submission, list_draft_answers
from consult.domain.submissions.types import Publication
from tests.support.browser import check_accessibility
from tests.support.factories import in_languages
from tests.support.line import ENTRIES, wait_for

STATE = "[data-save-state]:not([data-send-state])"
NOTICE = "[data-kept-notice]"


def _begin(page: Page, live_server, *, questions: int = 2, sender: str = "person") -> str:
    """An answer begun on a phone, its pages kept there; the path of its list of tasks."""

    def arrange(make):
        round_ = make.round(questions=questions)
        make.section(round_, title=in_languages("Døra"), body=in_languages("Døra er åpen."))
        return round_.slug

    page.goto(f"/answer/{live_server.arrange(arrange)}/as?sender={sender}")
    if sender == "council":
        page.fill("#name", "Solvik eldreråd")
    page.click("main button[type=submit]")
    base = page.url[len(live_server.base_url) :]
    _wait_until_kept(page, f"{base}/publication")  # the last of them
    return base


def _wait_until_kept(page: Page, path: str) -> None:
    wait_for(page, "path => caches.match(path).then(Boolean)", path)


def _publish(page: Page, base: str) -> None:
    page.goto(f"{base}/publication")
    page.check("input[value=with_name]")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Check your answers before you send")


def _write(page: Page, base: str, text: str, *, state: str, key: str = "q1") -> None:
    page.goto(f"{base}/questions/{key}")
    page.fill("#text", text)
    expect(page.locator(STATE)).to_have_attribute("data-save-state", state)


def _reopen(context: BrowserContext, path: str) -> Page:
    """Close the browser's pages and open one anew."""
    for page in context.pages:
        page.close()
    page = context.new_page()
    page.goto(path)
    return page


def _texts(live_server, base: str) -> list[str]:
    public_id = base.rsplit("/", 1)[-1]
    answers: Callable[[], list[str]] = lambda: [  # noqa: E731 -- read inside the session
        answer.text for answer in list_draft_answers(get_draft(public_id).id).values()
    ]
    return live_server.look(answers)


def _comment_on_the_paper(page: Page, text: str) -> None:
    """From the list of tasks to the paper, a comment that is left half-typed, and back to it."""
    page.click("text=Read the paper and comment on it")
    page.click("text=Comment on this section")
    expect(page.locator("#section")).to_have_value("1")
    page.fill("#text", text)
    wait_for(page, f"async () => await ({ENTRIES})() === 7")
    page.reload()
    expect(page.locator("#text")).to_have_value(text)
    check_accessibility(page)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Your answer")


def _as_sent(submission: Submission) -> tuple[int, Publication | None, str | None]:
    """How many were sent in its round, how it may be published, and where its receipt went."""
    return submission.round.last_number, submission.publication, submission.contact_email


def _personal_link(page: Page, base: str) -> str:
    page.goto(f"{base}/link")
    return page.input_value("#copy-link")


@pytest.mark.scenario(15)
def test_written_without_coverage_and_sent_once(live_server, browser_page, line):
    page, context = browser_page, browser_page.context
    base = _begin(page, live_server, sender="council")
    line.cut(page)
    _write(page, base, "Skrevet feil", state="kept")
    page.fill("#text", "")
    wait_for(page, f"async () => await ({ENTRIES})() === 0")
    page.fill("#text", "Skrevet i tunnelen")
    expect(page.locator(STATE)).to_have_attribute("data-save-state", "kept")
    check_accessibility(page)
    page.click("button[value=next]")
    expect(page.locator("main")).to_contain_text("Question 2 of 2")
    page.click("button[value=no_comments]")
    expect(page.locator("h1")).to_have_text("How may we publish your answer?")
    page.check("input[value=without_name]")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Check your answers before you send")

    page = _reopen(context, base)
    expect(page.locator(NOTICE)).to_contain_text("Kept here, and not with us yet")
    expect(page.locator(".task .status").first).to_have_text("Kept here")
    check_accessibility(page)
    page.click("text=Who the answer is from")
    page.fill("#contact_email", "berit@example.no")
    page.fill("#discussed_on", "2026-03-05")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Your answer")
    page.click("text=Who took part in the meeting")
    page.fill("#role_0", "members")
    page.fill("#count_0", "5")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Your answer")
    page.click("text=Minority remarks")
    page.fill("#label", "To av sju")
    page.fill("#text", "Åpne også om kvelden.")
    page.click("main button[type=submit]")
    expect(page.locator(NOTICE)).to_contain_text("Minority remarks")
    _comment_on_the_paper(page, "Ikke om kvelden")
    expect(page.locator(NOTICE)).to_contain_text("Comment on the paper: 1 Døra")
    page.goto(f"{base}/check")
    expect(page.locator("main")).to_contain_text("Skrevet i tunnelen")
    expect(page.locator("[data-field=publication] dd").first).to_have_text("Publish without name")
    expect(page.locator("[data-field=contact_email] dd").first).to_have_text("berit@example.no")
    expect(page.locator("[data-field=discussed_on] dd").first).to_have_text("5 March 2026")
    expect(page.locator("[data-field=participants] dd").first).to_have_text("members: 5")
    page.click("text=Send the answer")
    expect(page.locator("[data-send-state]")).to_contain_text("Not sent: there is no contact")
    page.goto("/rounds/elsewhere")
    expect(page.locator("h1")).to_have_text("No contact right now")
    expect(page.locator("[data-kept-pages] a")).to_have_attribute("href", base)
    check_accessibility(page)
    assert _texts(live_server, base) == []

    page.goto(f"{base}/check")
    line.mend(page)
    expect(page.locator(NOTICE)).to_contain_text("What was kept here is now saved with us.")
    assert _texts(live_server, base) == ["Skrevet i tunnelen", ""]
    page.dblclick("text=Send the answer")
    expect(page.locator("h1")).to_have_text("We have received your answer")
    expect(page.locator("main")).to_contain_text("Skrevet i tunnelen")
    for words in ("Ikke om kvelden", "Åpne også om kvelden.", "5 March 2026", "members: 5"):
        expect(page.locator("main")).to_contain_text(words)
    public_id = page.url.rsplit("/", 1)[-1]
    number, chosen, email = live_server.look(lambda: _as_sent(get_submission(public_id)))
    assert (number, chosen, email) == (1, Publication.WITHOUT_NAME, "berit@example.no")


@pytest.mark.scenario(16)
@pytest.mark.once
def test_a_session_that_ran_out_keeps_the_text_and_sends_once(live_server, browser_page, line):
    page, context = browser_page, browser_page.context
    base = _begin(page, live_server, questions=1)
    link = _personal_link(page, base)
    _publish(page, base)
    writing = context.new_page()
    writing.goto(f"{base}/questions/q1")
    line.cut(page)
    writing.fill("#text", "Skrevet for lenge siden")
    expect(writing.locator(STATE)).to_have_attribute("data-save-state", "kept")
    context.clear_cookies()
    line.mend(page)
    expect(writing.locator(STATE)).to_have_attribute("data-save-state", "refused")
    page.click("text=Send the answer")
    expect(page.locator("[data-send-state]")).to_contain_text("not with us yet")
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('[data-send]'))")
    expect(page.locator("h1")).to_contain_text("Nothing was sent")
    writing.close()
    assert page.evaluate(ENTRIES) == 1

    page.goto(link)
    page.click("text=Open it here")
    expect(page.locator(NOTICE)).to_contain_text("What was kept here is now saved with us.")
    assert page.evaluate(ENTRIES) == 0
    page.goto(f"{base}/check")
    page.dblclick("text=Send the answer")
    expect(page.locator("main")).to_contain_text("Skrevet for lenge siden")
    expect(page.locator("h1")).to_have_text("We have received your answer")
    public_id = page.url.rsplit("/", 1)[-1]
    assert live_server.look(lambda: get_submission(public_id).round.last_number) == 1


@pytest.mark.scenario(15)
def test_two_devices_meet_with_both_texts(live_server, browser_pages, line):
    phone = browser_pages.open()
    base = _begin(phone, live_server, questions=1)
    link = _personal_link(phone, base)
    line.cut(phone)
    _write(phone, base, "Fra telefonen", state="kept")
    phone = _reopen(phone.context, base)
    line.restore()
    computer = browser_pages.open()
    computer.goto(link)
    computer.click("text=Open it here")
    _write(computer, base, "Fra maskinen", state="saved")

    line.mend(phone)
    expect(phone.locator(NOTICE)).to_contain_text("there are two versions")
    phone.click(f"{NOTICE} a")
    expect(phone.locator("#text")).to_have_value("Fra telefonen")
    phone.click("button[value=next]")
    expect(phone.locator("h1")).to_have_text("There are two versions of this answer")
    assert phone.evaluate(ENTRIES) == 1, "kept until one of them is chosen"
    phone.click("text=Save this text")
    expect(phone.locator("h1")).to_have_text("How may we publish your answer?")
    assert phone.evaluate(ENTRIES) == 0
    assert _texts(live_server, base) == ["Fra maskinen\n\nFra telefonen"]

    line.cut(phone)
    phone.check("input[value=with_name]")
    phone.click("main button[type=submit]")
    expect(phone.locator("[data-field=publication] dd").first).to_have_text("Publish with name")
    line.restore()
    computer.goto(f"{base}/publication")
    computer.check("input[value=not_web]")
    computer.click("main button[type=submit]")
    expect(computer.locator("h1")).to_have_text("Check your answers before you send")
    line.mend(phone)
    expect(phone.locator(NOTICE)).to_contain_text("How it may be published")
    expect(phone.locator(NOTICE)).to_contain_text("there are two versions")
    phone.click(f"{NOTICE} a")
    expect(phone.locator("input[value=with_name]")).to_be_checked()
    phone.click("main button[type=submit]")
    expect(phone.locator("main")).to_contain_text("With us it says: Do not publish on the web.")
    check_accessibility(phone)
    phone.click("main button[type=submit]")
    expect(phone.locator("[data-field=publication] dd").first).to_have_text("Publish with name")
    assert phone.evaluate(ENTRIES) == 0


@pytest.mark.once
def test_deleting_from_this_machine(live_server, browser_page, line):
    page = browser_page
    base = _begin(page, live_server, questions=1)
    line.cut(page)
    _write(page, base, "Bare her", state="kept")
    page.goto("/answer/nowhere")
    line.mend(page)
    page.goto(f"/answer/device?draft={base.rsplit('/', 1)[-1]}")
    expect(page.locator("[data-kept-texts]")).to_contain_text("These texts are only here")
    check_accessibility(page)
    page.click("main button[type=submit]")
    expect(page.locator("#flashes")).to_contain_text("This is deleted from this machine.")
    assert page.evaluate(ENTRIES) == 0
    assert not page.evaluate("path => caches.match(path).then(Boolean)", base)
    page.goto(base)
    expect(page.locator("h1")).to_have_text("Sign in")


@pytest.mark.once
def test_a_new_version_of_the_application_keeps_texts_and_pages(live_server, browser_page, line):
    page = browser_page
    base = _begin(page, live_server, questions=1)
    line.cut(page)
    _write(page, base, "Fra den forrige", state="kept")
    page.goto("/answer/nowhere")
    line.mend(page)
    script = page.request.get("/service-worker.js").text()
    newer = re.sub(r"(consult-(?:pages|assets)-)[0-9a-f]+", r"\1next", script)
    line.replace("public.service_worker", lambda: Response(newer, mimetype="text/javascript"))
    page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.update())")
    page.goto(base)
    expect(page.locator(NOTICE)).to_contain_text("What was kept here is now saved with us.")
    wait_for(page, "async () => (await caches.keys()).every((name) => name.endsWith('-next'))")
    _wait_until_kept(page, f"{base}/questions/q1")
    assert _texts(live_server, base) == ["Fra den forrige"]
