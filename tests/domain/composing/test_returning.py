"""Word out and Word in: what was changed lies beside the text, and people decide."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from consult.domain.composing.errors import AlreadyTakenIn, TextIsSealed
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.lettering import Rest, make_document
from consult.domain.composing.queries import get_part
from consult.domain.composing.returned import count_open_suggestions, find_stale
from consult.domain.composing.service.arranging import NewPart, add_part
from consult.domain.composing.service.deciding import accept, place, reject, settle_by_hand
from consult.domain.composing.service.freezing import freeze
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.returning import take_in_word
from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.composing.threads import open_threads
from consult.domain.composing.types import EvidenceUse, SuggestionStatus
from consult.domain.documents.word.reading import read_identifier
from consult.domain.documents.word.writing import write_docx
from consult.domain.intake.errors import IntakeError, UnsupportedFormat
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.files import FileStore
from consult.kernel.text.rich.markdown import to_markdown
from tests.support.coded import passages_of
from tests.support.drafted import Drafted, hear, start_drafting, written
from tests.support.signing import Chain


@pytest.fixture
def made(make) -> Drafted:
    made = start_drafting(make)
    made.composition.basis = "Tre lag har svart."
    write(made, "general", "Vi støtter hovedlinjene.\n\nTakk for brevet.")
    write(made, "q-q1", "Kontoret må være åpent.\n\n- Hver dag\n    - Også lørdag\n- Hele året")
    return made


@pytest.fixture
def version(made):
    return freeze(made.composition, "Til styret", by=made.by)


def write(made: Drafted, key: str, text: str, **values) -> None:
    part = get_part(made.composition, key)
    save_part(part, written(text, **values), revision=part.revision, by=made.by)


def sent(version, **values) -> bytes:
    now = utc_now()
    means = {"identifier": "consult:x", "made_at": now, "today": to_oslo(now).date(), **values}
    return write_docx(make_document(unfreeze(version.content), **means))


def edited(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The file after somebody has changed words in it."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                for before, after in changes:
                    assert before.encode() in data
                    data = data.replace(before.encode(), after.encode())
            target.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def back(made, version, tmp_path):
    def back(content: bytes, *, version=version, **values):
        values = {
            "filename": "svar.docx",
            "files": FileStore(tmp_path),
            "by": made.by,
            **values,
        }
        return take_in_word(version, content, **values)

    return back


def taken(made: Drafted, returned, key: str, *suggestions) -> int:
    return accept(
        returned,
        get_part(made.composition, key),
        suggestions or returned.suggestions,
        title=key,
        breaks_seal=False,
        base_url="http://x",
        by=made.by,
    )


def text_of(made: Drafted, key: str) -> str:
    return to_markdown(content_of(get_part(made.composition, key)).body).strip()


def test_the_file_has_head_parts_stances_and_the_annex(made):
    key = f"p-{made.round.proposals[0].key}"
    write(made, key, "Ja.", stance=Stance.SUPPORT_PARTLY, modifiers=(StanceModifier.CONDITION,))
    content = sent(
        freeze(made.composition, "A", by=made.by),
        is_confidential=True,
        rests={"q-q1": [Rest("Lag Havnes", "Åpne tidlig.")]},
    )
    lines = [one.text for one in docx.Document(BytesIO(content)).paragraphs]
    assert lines[0] == "UTKAST – FORTROLIG, IKKE FOR UTENFORSTÅENDE\nForbundet"
    assert "Tre lag har svart." in lines
    assert "Vårt standpunkt: Støtter delvis, med en forutsetning" in lines
    assert "Lag Havnes: Åpne tidlig." in lines
    assert read_identifier(content, filename="a.docx") == "consult:x"


def test_a_file_that_comes_back_as_it_went_suggests_nothing(made, version, back):
    returned = back(sent(version, rests={"q-q1": [Rest("Lag Havnes", "Åpne tidlig.")]}))
    assert [s for s in returned.suggestions if s.part_id] == []
    assert returned.missing == []


def test_changes_are_taken_in_one_by_one_and_the_text_goes_on_meanwhile(made, version, back):
    returned = back(
        edited(sent(version), ("Takk for brevet", "Takk for at vi fikk svare"),
               ("Vi støtter hovedlinjene", "Vi støtter linjene"), ("Også lørdag", "Og lørdag"))
    )  # fmt: skip
    assert [one.part.key for one in returned.suggestions] == ["general", "general", "q-q1"]
    write(made, "general", "Vi støtter hovedlinjene.\n\nTakk for brevet.\n\nHilsen oss.")
    assert taken(made, returned, "general", returned.suggestions[1]) == 1
    assert text_of(made, "general") == (
        "Vi støtter hovedlinjene.\n\nTakk for at vi fikk svare.\n\nHilsen oss."
    )
    assert taken(made, returned, "q-q1", returned.suggestions[2]) == 1
    assert "    - Og lørdag" in text_of(made, "q-q1")
    assert reject([returned.suggestions[0]], by=made.by) == 1
    assert count_open_suggestions(made.composition.id) == 0
    assert "hovedlinjene" in text_of(made, "general")


def test_what_was_rewritten_meanwhile_is_stale_and_stays_open(made, version, back):
    returned = back(edited(sent(version), ("Takk for brevet", "Takk for brevet deres")))
    write(made, "general", "Vi støtter hovedlinjene.\n\nTusen hjertelig hilsen.")
    (one,) = returned.suggestions
    assert find_stale(returned) == {one.id}
    assert taken(made, returned, "general") == 0
    assert one.status is SuggestionStatus.OPEN
    settle_by_hand([one], by=made.by)
    assert find_stale(returned) == frozenset()
    assert one.status is SuggestionStatus.BY_HAND


def test_what_has_no_place_is_kept_and_put_somewhere_by_hand(made, version, back):
    document = docx.Document(BytesIO(sent(version)))
    last = next(one for one in document.paragraphs if one.text == "Takk for brevet.")
    last.insert_paragraph_before("Et nytt kapittel", style="Heading 1")
    last.insert_paragraph_before("Helt nye ord.")
    out = BytesIO()
    document.save(out)
    returned = back(out.getvalue())
    one = next(one for one in returned.suggestions if one.part_id is None)
    part = get_part(made.composition, "q-q1")
    place(one, part, title="q", breaks_seal=False, base_url="http://x", by=made.by)
    assert text_of(made, "q-q1").endswith(
        "## Et nytt kapittel\n\nHelt nye ord.\n\nTakk for brevet."
    )
    assert one.status is SuggestionStatus.ACCEPTED


def test_a_changed_stance_and_heading_become_comments(made, tmp_path):
    write(made, f"p-{made.round.proposals[0].key}", "Ja.", stance=Stance.SUPPORT)
    add_part(made.composition, NewPart("Om flyttingen"), by=made.by)
    version = freeze(made.composition, "B", by=made.by)
    content = sent(version)
    stance = next(
        one.text
        for one in docx.Document(BytesIO(content)).paragraphs
        if one.text.startswith("Vårt standpunkt")
    )
    returned = take_in_word(
        version,
        edited(content, (stance, f"{stance} ikke"), ("Om flyttingen", "Om å flytte")),
        filename="b.docx",
        files=FileStore(tmp_path),
        by=made.by,
    )
    assert returned.suggestions == []
    assert len(open_threads(made.composition)) == 2


def test_the_same_file_comes_back_only_once(version, back):
    content = edited(sent(version), ("Takk for brevet", "Takk"))
    first = back(content)
    with pytest.raises(AlreadyTakenIn) as error:
        back(content)
    assert error.value.public_id == first.public_id


@pytest.mark.parametrize(
    ("content", "values", "error"),
    [
        (b"Bare tekst.", {"filename": "svar.txt"}, UnsupportedFormat),
        (b"PK\x03\x04 broken", {}, IntakeError),
    ],
)
def test_hostile_and_broken_files_leave_nothing(made, back, content, values, error):
    with pytest.raises(error):
        back(content, **values)
    assert count_open_suggestions(made.composition.id) == 0


def test_taking_in_asks_before_it_breaks_the_seal(make, tmp_path):
    chain = Chain(make)
    by = chain.actor(chain.hege)
    version = freeze(chain.letter, "Til styret", by=by)
    content = edited(sent(version), ("Kontoret må være åpent", "Kontoret kan være åpent"))
    returned = take_in_word(version, content, filename="a.docx", files=FileStore(tmp_path), by=by)
    chain.start()
    chain.sign(chain.kari)
    means = {"title": "Q", "base_url": "http://x", "by": by}
    part = get_part(chain.letter, "q-q1")
    with pytest.raises(TextIsSealed):
        accept(returned, part, returned.suggestions, breaks_seal=False, **means)
    assert accept(returned, part, returned.suggestions, breaks_seal=True, **means) == 1
    assert chain.standing.signatures == ()


def test_comments_in_the_margin_become_threads_and_tracked_changes_have_an_author(
    made, version, back
):
    document = docx.Document(BytesIO(sent(version)))
    first = next(one for one in document.paragraphs if one.text == "Vi støtter hovedlinjene.")
    document.add_comment(first.runs, text="Er vi enige om dette?", author="Ida Lov")
    out = BytesIO()
    document.save(out)
    added = '<w:r><w:t xml:space="preserve"> Hilsen oss.</w:t></w:r>'
    tracked = f'<w:ins w:id="9" w:author="Ida Lov">{added}</w:ins>'
    content = edited(
        out.getvalue(), ("Takk for brevet.</w:t></w:r>", f"Takk for brevet.</w:t></w:r>{tracked}")
    )
    returned = back(content)
    (one,) = returned.suggestions
    assert one.author == "Ida Lov"
    (thread,) = open_threads(made.composition)
    assert thread.quote == "Vi støtter hovedlinjene."
    assert [(post.author, post.text) for post in thread.posts] == [
        ("Ida Lov", "Er vi enige om dette?")
    ]


def test_words_that_rest_on_a_passage_go_on_doing_so(made, back):
    passage = passages_of(hear(made, "Vi vil ha åpent hver dag."))[0]
    part = get_part(made.composition, "q-q1")
    mark = rest_on(part, passage, EvidenceUse.MERGED, by=made.by).public_id
    write(made, "q-q1", f"Lagene vil ha [åpent hver dag]{{e:{mark}}} hele året.")
    version = freeze(made.composition, "C", by=made.by)
    content = edited(sent(version), ("hele året", "hele uka"))
    returned = back(content, version=version)
    assert taken(made, returned, "q-q1") == 1
    assert text_of(made, "q-q1") == f"Lagene vil ha [åpent hver dag]{{e:{mark}}} hele uka."
