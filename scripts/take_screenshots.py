"""Take the pictures of docs/images from the demo: make screenshots.

The application runs here, over a database of its own in a temporary folder, on a free port; the
pictures show the interface in bokmål. Chromium takes them, and puts the pages of the summary side
by side.
"""

import base64
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docx import Document as WordDocument
from playwright.sync_api import Browser, Page, expect

from consult.demo.loader import PASSWORD, load_demo
from consult.domain.documents.render import render_pdf
from consult.domain.documents.service.building import compose_summary
from consult.domain.documents.snapshots import list_snapshots
from consult.domain.rounds.queries import get_round
from tests.support.browser import DESKTOP, PHONE, launched_browser
from tests.support.live import LiveServer, serve

IMAGES = Path(__file__).parent.parent / "docs" / "images"
LARGEST = 250_000  # bytes of one picture: README shows several
SHEET = {"width": 1280, "height": 600}

OPEN_ROUND = "moteplasser-med-brukerne"
CODED_ROUND = "rom-for-lokale-kontor"
DESK = f"/desk/rounds/{CODED_ROUND}"
COORDINATOR = "torunn.aaslund@velferdsetaten.example"
ADVISER = "hege.ronsdal@velferdsansatte.example"
CASE = f"/workspace/velferdsansattes-forbund/cases/{OPEN_ROUND}"

DRAFT = (
    "Vi vil sette opp halve lista selv. Da vi fikk prøve det i høst, kom det tre saker på bordet "
    "som ingen hadde tenkt på."
)
CODED_ANSWER, CODED_PASSAGE = 1, "Den i utvalget som har hatt flest kontaktpersoner"
SUMMARY_PAGES = (1, 8, 29)
LETTER_PASSAGE = 4  # the first heading that names a question

LETTER: tuple[tuple[str, str], ...] = (
    ("Normal", "Brukerutvalget i Solvik"),
    ("Normal", "Dato: 3. mars 2026"),
    ("Title", "Svar på «Rom for lokale kontor»"),
    ("Heading 1", "Spørsmål 1: Å avgjøre det som haster"),
    (
        "Normal",
        "Vi mener at kontoret må kunne si ja samme dag, når hjelpen er billig og det haster.",
    ),
    ("List Bullet", "To linjer om hvorfor, i et språk folk forstår."),
    ("List Bullet", "Den som får nei, bør få nabokontoret til å se på saken."),
    ("Heading 1", "Forslag 4.3 Fast kontaktperson"),
    ("Normal", "Vi støtter forslaget. Tre måneder er likevel lenge å vente på et navn."),
    ("Normal", "Til slutt: Det viktigste er at kontoret blir liggende der folk bor."),
    ("Normal", "Med vennlig hilsen"),
    ("Normal", "Gudrun Ellingvåg"),
    ("Normal", "leder"),
)


def main() -> None:
    """Take every picture and put it in docs/images."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _demo() as live, launched_browser() as browser:
        summary = live.look(lambda: _summary(live))
        pictures: dict[str, Callable[[], bytes]] = {
            "round": lambda: _round(_page(browser, live)),
            "answer": lambda: _answer(_page(browser, live, viewport=PHONE, scale=2)),
            "overview": lambda: _overview(_signed_in(browser, live)),
            "import": lambda: _import(_signed_in(browser, live)),
            "coding": lambda: _coding(_signed_in(browser, live)),
            "matrix": lambda: _matrix(_signed_in(browser, live)),
            "report": lambda: _report(_page(browser, live)),
            "follow-up": lambda: _follow_up(_page(browser, live)),
            "drafting": lambda: _drafting(_signed_in(browser, live, as_=ADVISER)),
            "summary": lambda: _sheet(_page(browser, live, viewport=SHEET), summary),
        }
        for name, take in pictures.items():
            _keep(name, take())


@contextmanager
def _demo() -> Iterator[LiveServer]:
    """The application with the demo in it."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), "sqlite") as live:
        live.look(load_demo)
        yield live


def _page(
    browser: Browser, live: LiveServer, *, viewport: dict[str, int] | None = None, scale: int = 1
) -> Page:
    """A visitor's page in bokmål."""
    context = browser.new_context(
        base_url=live.base_url,
        viewport=viewport or DESKTOP,
        device_scale_factor=scale,
        locale="nb-NO",
        timezone_id="Europe/Oslo",
    )
    return context.new_page()


def _signed_in(browser: Browser, live: LiveServer, *, as_: str = COORDINATOR) -> Page:
    """The page of somebody in the demo; of its coordinator when nobody is named."""
    page = _page(browser, live)
    page.goto("/sign-in/password")
    page.locator("input[type=email]").fill(as_)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/")
    return page


def _round(page: Page) -> bytes:
    page.goto(f"/rounds/{OPEN_ROUND}")
    return page.screenshot()


def _answer(page: Page) -> bytes:
    """A draft in progress: a stance is chosen, a reason begun, and both are kept."""
    page.goto(f"/answer/{OPEN_ROUND}")
    page.locator("main button[type=submit]").click()
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/drafts/*")
    page.goto(f"{page.url}/questions/q5")
    page.locator("input[value=support]").check()
    page.locator("textarea").fill(DRAFT)
    page.locator("textarea").blur()
    page.mouse.move(0, 0)
    expect(page.locator("[data-save-state=saved]")).to_be_visible()
    page.locator("h1").evaluate(
        "heading => scrollBy({top: heading.getBoundingClientRect().top - 12, behavior: 'instant'})"
    )
    return page.screenshot()


def _overview(page: Page) -> bytes:
    page.goto(DESK)
    return page.screenshot()


def _import(page: Page) -> bytes:
    """A letter whose parts have found their places in the round."""
    page.goto(f"{DESK}/intake")
    page.locator("input[type=file]").set_input_files(
        {
            "name": "Svar fra brukerutvalget.docx",
            "mimeType": "application/octet-stream",
            "buffer": _letter(),
        }
    )
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_url("**/intake/*")
    for _ in range(LETTER_PASSAGE):
        page.keyboard.press("j")
    page.locator(".import-keys").evaluate("keys => keys.scrollIntoView({behavior: 'instant'})")
    return page.screenshot()


def _letter() -> bytes:
    document = WordDocument()
    for style, text in LETTER:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _coding(page: Page) -> bytes:
    """A passage with its themes, among others that have theirs."""
    page.goto(f"{DESK}/coding?answer={CODED_ANSWER}")
    page.locator("[data-passage]", has_text=CODED_PASSAGE).locator("a").first.click()
    current = page.locator("[data-passage][aria-current=true]")
    expect(current).to_have_count(1)
    expect(current).to_contain_text(CODED_PASSAGE)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    return page.screenshot()


def _matrix(page: Page) -> bytes:
    page.goto(f"{DESK}/matrix?unit=submissions&by=group")
    return page.screenshot()


def _drafting(page: Page) -> bytes:
    """The union's draft beside what its branches have said."""
    page.goto(f"{CASE}/draft")
    expect(page.locator("[data-rich-editor] [role=textbox]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def _report(page: Page) -> bytes:
    """A chapter of the published report, as everybody reads it."""
    page.goto(f"/rounds/{CODED_ROUND}/reports/report")
    page.get_by_role("link", name="Handlingsrom og fullmakter").first.click()
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def _follow_up(page: Page) -> bytes:
    """What became of the report's proposals."""
    page.goto(f"/rounds/{CODED_ROUND}/follow-up")
    return page.screenshot()


def _summary(live: LiveServer) -> bytes:
    basis = list_snapshots(get_round(CODED_ROUND).id)[0]
    tree = compose_summary(basis, locale="nb")
    return render_pdf(tree, assets=Path(str(live.app.static_folder)) / "build")


def _sheet(page: Page, pdf: bytes) -> bytes:
    """Some pages of the summary side by side."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "summary.pdf"
        source.write_bytes(pdf)
        images = "".join(_image(source, number) for number in SUMMARY_PAGES)
    page.set_content(f"<style>{_SHEET_STYLE}</style>{images}")
    return page.screenshot()


_SHEET_STYLE = """
body { margin: 0; height: 100vh; display: flex; gap: 20px; background: #e9ecef;
  justify-content: center; align-items: center }
img { height: 560px; background: white; box-shadow: 0 2px 10px #0003 }
"""


def _image(source: Path, number: int) -> str:
    """One page as an image in HTML; drawn twice as large as it is shown."""
    pages = ["-f", str(number), "-l", str(number), "-scale-to", "1120", "-png"]
    drawn = subprocess.run(["pdftoppm", *pages, str(source)], check=True, capture_output=True)
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(drawn.stdout).decode()}">'


def _keep(name: str, picture: bytes) -> None:
    if len(picture) > LARGEST:
        raise ValueError(f"{name}.png has {len(picture)} bytes, more than {LARGEST}")
    path = IMAGES / f"{name}.png"
    path.write_bytes(picture)
    print(f"{path.relative_to(IMAGES.parent.parent)}  {len(picture) // 1000} kB")


if __name__ == "__main__":
    main()
