"""The drafting table: what is asked, what the branches say, what we write."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.evidence import list_evidence
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.composing.service.signing import start_sign_off
from consult.domain.composing.types import PlannedStep, PointState
from consult.domain.organisations.types import Role
from consult.domain.responses.service.deciding import take_round
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import from_tree, to_json
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from tests.support.coded import passages_of
from tests.support.drafted import hear, start_drafting, written
from tests.support.queries import count_queries


@pytest.fixture
def made(make):
    return start_drafting(make)


@pytest.fixture
def desk(client, made):
    return client.sign_in(made.drafter)


def text_of(part):
    session().refresh(part)
    return to_markdown(content_of(part).body)


def press(client, page, text_typed, address, **fields):
    """What a button of the page sends: the form of the text, and what the button says itself."""
    values = dict(page.find("//form[@id='part-form']").form_values())
    if text_typed is not None:
        values["text"] = text_typed
    return client.post(address, values | fields)


def _save_path(page):
    return page.find("//form[@id='part-form']").get("action")


def test_the_three_stand_side_by_side(desk, made):
    hear(made, "Bussen går til tre.", "Ja.")
    page = desk.get(f"{made.path}?part=q-q1")
    assert page.h1 == "Draft"
    assert "Question 1?" in page.words
    assert "Bussen går til tre." in page.words
    assert "Lag Havnes" in page.words
    assert "0 of 2 points used" in page.words
    assert page.find("//textarea[@id='text']") is not None


def test_a_draft_begins_when_the_round_is_taken(desk, make, made):
    other = make.round(slug="annen")
    path = f"/workspace/forbundet/cases/{other.slug}/draft"
    assert "Nobody has decided yet that you answer" in desk.get(path).words
    desk.post(f"{path}/begin", status=422)
    take_round(other, made.union, by=SYSTEM, at=utc_now())
    page = desk.submit(desk.get(path), action=f"{path}/begin")
    assert page.find("//form[@id='part-form']") is not None


def test_a_text_is_saved_by_its_button(desk, made):
    page = desk.get(f"{made.path}?part=p-4.1")
    data = {"text": "Vi **støtter** dette.", "stance": "support_partly", "modifiers": "condition"}
    page = desk.submit(page, data, action=_save_path(page))
    part = made.parts["p-4.1"]
    assert text_of(part) == "Vi **støtter** dette."
    assert part.stance == "support_partly"
    assert part.modifiers == ["condition"]
    assert "Our stance: Support partly" in page.words


def test_the_document_of_the_editor_counts_before_the_markdown(desk, made):
    page = desk.get(f"{made.path}?part=q-q1")
    document = to_json(from_markdown("Fra redigeringsfeltet."))
    desk.submit(page, {"text": "Gammelt", "text-json": document}, action=_save_path(page))
    assert text_of(made.parts["q-q1"]) == "Fra redigeringsfeltet."
    page = desk.get(f"{made.path}?part=q-q1")
    refused = {"text-json": '{"type": "script"}', "text": "Nytt"}
    page = desk.submit(page, refused, action=_save_path(page), status=422)
    assert "could not be read" in page.words


def test_an_autosave_tells_what_others_wrote(desk, new_client, make, made):
    part = made.parts["q-q1"]
    save_part(part, written("Klokka tre.\n\nTo."), revision=1, by=made.by)
    path = f"{made.path}/parts/q-q1"
    behind = {"headers": {"X-Autosave": "1"}}
    token = desk.csrf_token()
    first = {"csrf_token": token, "part": "q-q1", "revision": "2", "window": "a"}
    answer = desk.raw(path, method="POST", data=first | {"text": "Klokka fire.\n\nTo."}, **behind)
    assert (answer.json["revision"], answer.json["base"]) == (3, 3)
    assert "merged" not in answer.json
    amir = new_client().sign_in(make.member(made.union, Role.DRAFTER))
    theirs = {"csrf_token": amir.csrf_token(), "part": "q-q1", "revision": "2", "window": "b"}
    answer = amir.raw(
        path, method="POST", data=theirs | {"text": "Klokka tre.\n\nTo til."}, **behind
    )
    assert (answer.json["revision"], answer.json["base"]) == (5, 4)
    assert to_markdown(from_tree(answer.json["merged"]["document"])) == "Klokka fire.\n\nTo til."
    clash = theirs | {"window": "c", "text": "Klokka fem.\n\nTo."}
    assert amir.raw(path, method="POST", data=clash, **behind).status_code == 409
    stale = amir.raw(path, method="POST", data=clash | {"csrf_token": "x"}, **behind)
    assert stale.status_code == 422
    assert stale.json["csrf_token"]


@pytest.mark.scenario(29)
def test_two_who_change_the_same_words_get_both_texts(desk, new_client, make, made):
    part = made.parts["q-q1"]
    save_part(part, written("Åpent til klokka tre."), revision=1, by=made.by)
    amir = new_client().sign_in(make.member(made.union, Role.DRAFTER, name="Amir Lie"))
    first, second = desk.get(f"{made.path}?part=q-q1"), amir.get(f"{made.path}?part=q-q1")
    amir.submit(second, {"text": "Åpent til klokka fire."}, action=_save_path(second))
    page = desk.submit(
        first, {"text": "Åpent til klokka fem."}, action=_save_path(first), status=409
    )
    assert page.h1 == "There are two versions of this text"
    for words in ("klokka fire.", "klokka fem.", "Saved by Amir Lie"):
        assert words in page.words
    assert text_of(part) == "Åpent til klokka fire."
    joined = next(form for form in page.tree.forms if form.get("data-choice") == "joined")
    values = dict(joined.form_values())
    assert "fem" in values["text"]
    assert "fire" in values["text"]
    desk.post(joined.get("action"), values)
    assert "fem" in text_of(part)
    assert "fire" in text_of(part)


def test_a_passage_comes_into_the_text_together_with_what_was_typed(desk, made):
    passage = passages_of(hear(made, "Bussen går til tre."))[0]
    page = desk.get(f"{made.path}?part=q-q1&state=open")
    insert = f"{made.path}/parts/q-q1/insert"
    page = press(desk, page, "Vi er enige.", insert, take=f"quoted:{passage.public_id}")
    assert "The quote from Lag Havnes stands in the text." in page.words
    part = made.parts["q-q1"]
    mark = content_of(part).body.evidence[0].id
    assert text_of(part) == f"Vi er enige.\n\n> [Bussen går til tre.]{{e:{mark}}}"
    page = desk.get(f"{made.path}?part=q-q1")
    assert "1 of 1 points used" in page.words
    page = press(desk, page, None, insert, take=f"referred:{passage.public_id}")
    assert text_of(part).endswith(f"[(Lag Havnes)]{{e:{content_of(part).body.evidence[1].id}}}")
    page = press(desk, page, None, insert, take=f"merged:{passage.public_id}")
    assert page.words.count("Take away") >= 3
    removal = f"{made.path}/parts/q-q1/evidence/{mark}/remove"
    page = press(desk, desk.get(f"{made.path}?part=q-q1"), None, removal)
    assert "Taken away" in page.words
    press(desk, page, None, removal.replace("remove", "restore"))
    assert len(content_of(part).body.evidence) == 2


def test_a_script_gets_what_it_puts_in_at_the_cursor(desk, made):
    passage = passages_of(hear(made, "Bussen går\ntil tre."))[0]
    data = {"csrf_token": desk.csrf_token(), "take": f"quoted:{passage.public_id}"}
    path, behind = f"{made.path}/parts/q-q1/insert", {"X-Autosave": "1"}
    answer = desk.raw(path, method="POST", data=data, headers=behind)
    assert answer.json["text"] == "Bussen går\ntil tre."
    assert answer.json["use"] == "quoted"
    assert answer.json["language"] is None
    assert text_of(made.parts["q-q1"]) == ""
    for wanted, given in (("til  tre.", "til tre."), ("til fire.", "Bussen går\ntil tre.")):
        answer = desk.raw(path, method="POST", data=data | {"words": wanted}, headers=behind)
        assert answer.json["text"] == given


def test_passages_are_left_out_with_one_reason_and_taken_back(desk, made):
    passages = passages_of(hear(made, "En.\n\nTo.\n\nTre."))
    ids = [one.public_id for one in passages]
    page = desk.get(f"{made.path}?part=q-q1")
    path = f"{made.path}/left-out"
    values = dict(page.find("//form[@id='part-form']").form_values()) | {"text": "Skrevet."}
    refused = desk.post(path, values | {"passages": ids[:2]}, status=422)
    assert "Say in a few words" in refused.words
    assert text_of(made.parts["q-q1"]) == "Skrevet."
    assert refused.find(f"//input[@value='{ids[0]}']").get("checked") is not None
    assert "Tick the passages" in desk.post(path, {"part": "q-q1", "reason": "x"}, status=422).words
    page = desk.post(path, {"part": "q-q1", "passages": ids[:2], "reason": "Lokal sak."})
    assert "2 passages are left out" in page.words
    assert "Left out: Lokal sak." in page.words
    assert "1 open at this part" in page.words
    page = desk.post(f"{path}/back", {"part": "q-q1", "passage": ids[0]})
    assert "2 open at this part" in page.words


def test_own_headings_are_added_named_moved_and_taken_out(desk, made):
    page = desk.get(f"{made.path}?part=general")
    page = press(desk, page, "Innledning.", f"{made.path}/parts", new_heading="Om samisk")
    assert text_of(made.parts["general"]) == "Innledning."
    assert "Om samisk" in page.words
    page = desk.submit(page, {"heading": "Om språk", "text": "Tekst."}, action=_save_path(page))
    assert made.parts["own-1"].heading == "Om språk"
    page = press(desk, page, None, f"{made.path}/parts/own-1/up")
    assert next(iter(made.parts)) == "own-1"
    assert "Say that you mean it" in desk.post(f"{made.path}/parts/own-1/remove").words
    page = desk.post(f"{made.path}/parts/own-1/remove", {"confirm": "1"})
    assert "own-1" not in made.parts
    assert "Headings taken out (1)" in page.words
    desk.post(f"{made.path}/removed/own-1", {"part": "general"})
    assert "own-1" in made.parts


def test_readers_read_and_others_do_not_know(new_client, make, made):
    hear(made, "Bussen går til tre.")
    save_part(made.parts["q-q1"], written("## Tittel\n\nTekst."), revision=1, by=made.by)
    reader = new_client().sign_in(make.member(made.union, Role.READER))
    page = reader.get(f"{made.path}?part=q-q1")
    assert "Tekst." in page.words
    assert not page.tree.xpath("//form[@id='part-form']")
    reader.post(f"{made.path}/parts/q-q1", status=404)
    owner = new_client().sign_in(make.member(made.round.owner, Role.COORDINATOR))
    assert "Tekst." not in owner.get(f"{made.path}?part=q-q1", status=404).words


def test_whoever_may_not_save_any_more_gets_the_text_back(desk, make, made):
    page = desk.get(f"{made.path}?part=q-q1")
    values = dict(page.find("//form[@id='part-form']").form_values()) | {"text": "Lang **tekst**."}
    make.end_roles(made.drafter, after=timedelta(minutes=-1))
    for path in (f"{made.path}/parts/q-q1", f"{made.path}/parts/q-q1/insert"):
        page = desk.post(path, values, status=404)
        assert page.find("//textarea").text.strip() == "Lang **tekst**."
    behind = desk.raw(path, method="POST", data=values, headers={"X-Autosave": "1"})
    assert behind.status_code == 404
    assert text_of(made.parts["q-q1"]) == ""


def test_long_lists_come_in_pages_of_thirty_with_as_many_queries(desk, made):
    hear(made, "En.", on_proposal="To.")
    with count_queries() as few:
        desk.get(f"{made.path}?part=q-q1")
    for number in range(4):
        hear(made, "\n\n".join(f"Punkt {one}." for one in range(10)), name=f"Lag {number}")
    with count_queries() as many:
        page = desk.get(f"{made.path}?part=q-q1")
    assert many.number == few.number
    assert len(page.tree.xpath("//*[@data-passage]")) == 30
    page = desk.get(f"{made.path}?part=q-q1&page=2&q=punkt")
    assert len(page.tree.xpath("//*[@data-passage]")) == 10
    state = PointState.USED
    assert "No passage fits" in desk.get(f"{made.path}?part=q-q1&state={state}").words


def test_a_sealed_text_is_changed_only_by_somebody_who_says_so(desk, make, made):
    passage = passages_of(hear(made, "Bussen går til tre."))[0]
    save_part(made.parts["general"], written("Innledning."), revision=1, by=made.by)
    leader = make.member(made.union, Role.SIGNATORY)
    steps = [PlannedStep("Forbundsleder", leader.id, "leder")]
    start_sign_off(made.composition, steps, name="Styret", base_url="http://x", by=made.by)
    page = desk.get(f"{made.path}?part=q-q1")
    assert "This text is being signed, or signed." in page.words
    path = f"{made.path}/parts/q-q1"
    values = dict(page.find("//form[@id='part-form']").form_values()) | {"text": "Nytt."}
    behind = desk.raw(path, method="POST", data=values, headers={"X-Autosave": "1"})
    assert (behind.status_code, behind.json) == (409, {"sealed": True})
    page = desk.post(path, values, status=409)
    assert "This breaks the seal" in page.words
    assert page.find("//textarea[@id='text']").text.strip() == "Nytt."
    page = desk.post(f"{made.path}/parts/general/down")
    assert "Nothing was changed." in page.words
    take = {"take": f"quoted:{passage.public_id}"}
    page = desk.post(f"{path}/insert", take)
    assert "Nothing was changed." in page.words
    assert list_evidence(made.parts["q-q1"].id) == []
    desk.post(path, values | {"breaks_seal": "1"})
    assert text_of(made.parts["q-q1"]) == "Nytt."
    assert not seal_state(made.composition).is_sealed
