"""The kernel's values and pure tools."""

from datetime import UTC, date, datetime

import pytest

from consult.kernel.clock import end_of_day, start_of_day, to_oslo
from consult.kernel.files import FileStore
from consult.kernel.i18n import choose_locale, localised, localised_language
from consult.kernel.ids import new_public_id, new_token, token_digest
from consult.kernel.text.markdown import render_markdown
from consult.kernel.text.plain import canonical, excerpt


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 31), datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_the_last_second_of_the_day_in_norway(day, expected):
    assert end_of_day(day) == expected
    assert to_oslo(end_of_day(day)).strftime("%H.%M.%S") == "23.59.59"
    assert to_oslo(start_of_day(day)).strftime("%H.%M") == "00.00"


def test_canonical_text_keeps_letters_and_drops_what_cannot_be_seen():
    decomposed = "c\u030c\u00e1ppa"
    assert canonical(f"\ufeff{decomposed} \r\nord\u00addeling\x07\r\n\n") == "čáppa\norddeling"
    assert canonical("á č đ ŋ š ŧ ž") == "á č đ ŋ š ŧ ž"
    assert canonical(canonical("  innrykk\t\n\n- a")) == canonical("  innrykk\t\n\n- a")


def test_excerpt_ends_at_a_word():
    assert excerpt("Kort.") == "Kort."
    assert excerpt("Dette er en lang setning", 15) == "Dette er en…"


def test_markdown_is_sanitised():
    html = render_markdown(
        "# Tittel\n\n<script>alert(1)</script> [x](javascript:alert(1)) **fet** "
        "[y](https://a.example)\n\n## Under"
    )
    assert "<script" not in html
    assert "javascript:" not in html or "href" not in html.split("javascript:")[0][-10:]
    assert "<h3>Tittel</h3>" in html
    assert "<h4>Under</h4>" in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("no", "nb"), ("nb-NO", "nb"), ("nn_NO", "nn"), ("en-GB", "en"), ("se", "nb"), (None, "nb")],
)
def test_choose_locale(wanted, expected):
    assert choose_locale(wanted) == expected


def test_norwegian_stands_in_for_norwegian():
    texts = {"nb": "Høring", "en": "Hearing"}
    assert localised(texts, "nn") == "Høring"
    assert localised_language(texts, "nn") == "nb"
    assert localised({"se": "Gulaskuddan"}, "nb") == "Gulaskuddan"
    assert localised_language({"se": "Gulaskuddan"}, "nb") == "se"
    assert localised({}, "nb") == ""


def test_public_ids_are_random_and_readable():
    ids = {new_public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert not set("".join(ids)) & set("01oil")
    assert token_digest(new_token()) != token_digest(new_token())


def test_file_store_keeps_a_content_once_and_refuses_odd_names(tmp_path):
    store = FileStore(tmp_path)
    digest = store.save(b"innhold")
    assert store.save(b"innhold") == digest
    assert store.read(digest) == b"innhold"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    for name in ("../../etc/passwd", "0" * 64, ""):
        with pytest.raises(FileNotFoundError):
            store.read(name)
