"""The pages of Word: sending the draft around, bringing it back, deciding about each change."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from consult.db import session
from consult.domain.composing.queries import get_part
from consult.domain.composing.returned import list_returns
from consult.domain.composing.service.saving import content_of
from consult.domain.composing.versions import list_versions
from consult.domain.organisations.types import Role
from consult.kernel.office.container import MAX_MARKUP_BYTES
from consult.kernel.text.rich.markdown import to_markdown
from tests.domain.composing.test_returning import edited, write
from tests.support.drafted import Drafted, start_drafting


@pytest.fixture
def made(make) -> Drafted:
    made = start_drafting(make)
    write(made, "general", "Vi støtter hovedlinjene.\n\nTakk for brevet.")
    write(made, "q-q1", "Kontoret må være åpent.")
    return made


def address(made: Drafted, rest: str = "") -> str:
    return f"{made.path}/word{rest}"


def sent(client, made: Drafted, **fields: str) -> bytes:
    """The file that the page gives."""
    page = client.get(address(made))
    token = client.csrf_token()
    response = client.raw(
        address(made, "/out"), method="POST", data={"csrf_token": token, **fields}
    )
    assert page.status == 200
    return client.raw(response.headers["Location"]).data


def bring(client, made: Drafted, content: bytes, *, status: int = 200, **fields: str):
    data = {"file": (BytesIO(content), "svar.docx"), **fields}
    return client.post(address(made, "/in"), data, status=status)


def text_of(made: Drafted, key: str) -> str:
    part = get_part(made.composition, key)
    session().refresh(part)
    return to_markdown(content_of(part).body).strip()


def test_a_file_goes_out_comes_back_and_its_changes_are_decided(client, made):
    client.sign_in(made.drafter)
    content = sent(client, made, confidential="1")
    assert [one.number for one in list_versions(made.composition.id)] == [1]
    changed = edited(content, ("hovedlinjene", "linjene"), ("Takk for", "Tusen takk for"))
    page = bring(client, made, changed)
    assert page.h1 == "Changes from Word"
    assert "taken out: hovedlinjene" in page.words
    assert "not tracked in Word" in page.words
    (returned, changes, waiting) = list_returns(made.composition.id)[0]
    assert (changes, waiting) == (2, 2)
    decide = address(made, f"/{returned.public_id}/decide")
    first = returned.suggestions[0].public_id
    page = client.post(decide, {"step": "reject", "suggestion": first, "part": "general"})
    assert "Turned down. The text is as it was." in page.words
    page = client.post(decide, {"step": "accept", "part": "general"})
    assert "1 change is taken in." in page.words
    assert text_of(made, "general") == "Vi støtter hovedlinjene.\n\nTusen takk for brevet."
    assert "All decided" in client.get(address(made)).words


def test_what_does_not_fit_any_more_shows_both_texts(client, made):
    client.sign_in(made.drafter)
    changed = edited(sent(client, made), ("Kontoret må være åpent", "Kontoret kan være åpent"))
    write(made, "q-q1", "Ingen dører skal låses.")
    page = bring(client, made, changed)
    assert "Our text has been changed here since the file went out." in page.words
    assert "Ingen dører skal låses." in page.words
    page = client.submit(page, {}, action=page_action(page, "by_hand"))
    assert "Settled by hand" in page.words


def page_action(page, step: str) -> str:
    form = page.find(f".//form[input[@name='step' and @value='{step}']]")
    return form.get("action")


def test_the_same_file_leads_to_what_it_became(client, made):
    client.sign_in(made.drafter)
    changed = edited(sent(client, made), ("Takk for", "Tusen takk for"))
    bring(client, made, changed)
    page = bring(client, made, changed)
    assert "This very file has come back before." in page.words


@pytest.mark.parametrize(
    ("content", "version", "message"),
    [
        (b"Bare tekst", "1", "The file is damaged."),
        (b"PK\x03\x04", "1", "The file is damaged."),
        (b"PK\x03\x04", "", "The file is damaged."),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(client, made, content, version, message):
    client.sign_in(made.drafter)
    sent(client, made)
    page = bring(client, made, content, status=422, version=version)
    assert message in page.words


def test_a_file_that_does_not_tell_its_version_is_asked_about(client, made):
    client.sign_in(made.drafter)
    sent(client, made)
    out = BytesIO()
    docx.Document().save(out)
    page = bring(client, made, out.getvalue(), status=422)
    assert "Choose the version that was changed." in page.words
    assert "Not in the file any more" in bring(client, made, out.getvalue(), version="1").words


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_opened(client, made):
    client.sign_in(made.drafter)
    content, out = sent(client, made), BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            is_huge = name == "docProps/core.xml"
            target.writestr(name, bytes(MAX_MARKUP_BYTES + 1) if is_huge else source.read(name))
    page = bring(client, made, out.getvalue(), status=413)
    assert "The file is too large." in page.words


def test_the_original_is_kept_and_is_nobody_elses(client, new_client, make, made):
    client.sign_in(made.drafter)
    changed = edited(sent(client, made), ("Takk for", "Tusen takk for"))
    bring(client, made, changed)
    returned = list_returns(made.composition.id)[0][0]
    path = address(made, f"/{returned.public_id}/original.docx")
    assert client.raw(path).data == changed
    stranger = new_client().sign_in(make.member(make.organisation(), Role.COORDINATOR))
    stranger.get(path, status=404)
    stranger.get(address(made), status=404)


def test_a_draft_that_was_not_changed_goes_out_as_the_same_version(client, made):
    client.sign_in(made.drafter)
    sent(client, made)
    sent(client, made, evidence="1")
    assert len(list_versions(made.composition.id)) == 1
