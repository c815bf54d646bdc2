"""The steps of an answer, as a reader of the tests would tell them."""

import re

from consult.domain.submissions.models import Draft
from consult.domain.submissions.queries import get_draft
from tests.support.factories import Factory
from tests.support.page_client import Page, PageClient


class Answering:
    """One person's browser on the way through an answer."""

    def __init__(self, client: PageClient, make: Factory) -> None:
        self.client = client
        self.make = make
        self.draft_id = ""

    def begin(self, round_, *, sender: str = "person", **fields: str) -> Page:
        """Start an answer; the list of tasks."""
        page = self.client.get(f"/answer/{round_.slug}/as?sender={sender}")
        page = self.client.submit(page, fields)
        assert page.h1 == "Your answer", page.words
        self.draft_id = page.url.rsplit("/", 1)[-1]
        return page

    @property
    def draft(self) -> Draft:
        """The draft as it is stored."""
        return get_draft(self.draft_id)

    def path(self, rest: str = "") -> str:
        """An address below the draft's."""
        return f"/answer/drafts/{self.draft_id}{rest}"

    def open(self, key: str = "q1") -> Page:
        """A question's page."""
        return self.client.get(self.path(f"/questions/{key}"))

    def write(self, text: str, *, key: str = "q1", step: str = "next", **fields: str) -> Page:
        """Write an answer and press a button."""
        return self.client.submit(self.open(key), {"text": text, "step": step, **fields})

    def publish(self, choice: str = "with_name") -> Page:
        """Choose how the answer may be published; the page to check everything on."""
        return self.client.submit(
            self.client.get(self.path("/publication")), {"publication": choice}
        )

    def send(self) -> Page:
        """Press "Send the answer"; the receipt."""
        return self.client.submit(self.client.get(self.path("/check")))


def link_in(text: str) -> str:
    """The path of the personal link in a mail or on a page."""
    found = re.search(r"/answer/link/[\w-]+", text)
    assert found, text
    return found.group()
