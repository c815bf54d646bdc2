"""Drawing what must be blurred in a photo: by keys, with a mouse and with a finger."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from consult.domain.accounts.service import set_password
from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.service.pictures import add_picture
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from tests.support.browser import check_accessibility
from tests.support.meetings import meeting_of

PASSWORD = "en lang setning for prøving"


@pytest.fixture
def photo(live_server):
    """The address of a photo's page, and who may review it."""

    def arrange(make) -> tuple[str, str]:
        round_ = make.round(questions=1)
        out = BytesIO()
        Image.new("RGB", (400, 300), "white").save(out, "JPEG")
        picture = add_picture(
            meeting_of(round_),
            out.getvalue(),
            filename="tavle.jpg",
            files=live_server.app.extensions["files"],
            by=SYSTEM,
            at=utc_now(),
        )
        person = make.member(round_.owner, Role.CASE_OFFICER)
        set_password(person, PASSWORD, by=SYSTEM)
        return f"/desk/rounds/{round_.slug}/pictures/{picture.public_id}", person.email

    return live_server.arrange(arrange)


def numbers(page: Page, row: int) -> list[int]:
    sides = ("left", "top", "width", "height")
    return [int(page.locator(f"[name=area_{row}_{side}]").input_value() or -1) for side in sides]


@pytest.mark.scenario(62)
@pytest.mark.once
def test_rectangles_are_drawn_moved_and_kept(browser_pages, photo):
    address, email = photo
    page = browser_pages.open()
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(address)
    expect(page.locator("[data-area]").first).to_be_hidden()
    button = page.get_by_role("button", name="Draw a rectangle")
    button.press("Enter")
    box = page.locator(".area-box")
    expect(box).to_be_focused()
    assert numbers(page, 0) == [35, 40, 30, 20]
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert numbers(page, 0) == [36, 39, 31, 22]
    words = "Rectangle 1, in per cent: 36 from the left, 39 from the top, 31 wide, 22 high"
    expect(box).to_have_attribute("aria-label", words)
    check_accessibility(page)

    frame = page.locator("[data-areas]").bounding_box()

    def at(x: int, y: int) -> tuple[float, float]:
        return frame["x"] + frame["width"] * x / 100, frame["y"] + frame["height"] * y / 100

    page.mouse.move(*at(5, 5))
    page.mouse.down()
    page.mouse.move(*at(25, 20))
    page.mouse.up()
    assert numbers(page, 1) == [5, 5, 20, 15]
    page.mouse.move(*at(15, 10))
    page.mouse.down()
    page.mouse.move(*at(99, 10))
    page.mouse.up()
    assert numbers(page, 1) == [80, 5, 20, 15]
    page.keyboard.press("Delete")
    expect(button).to_be_focused()
    assert numbers(page, 1) == [-1, -1, -1, -1]
    page.get_by_role("button", name="Save the review").click()
    expect(page.locator("main")).to_contain_text("This is what would be published")
    assert numbers(page, 0) == [36, 39, 31, 22]
