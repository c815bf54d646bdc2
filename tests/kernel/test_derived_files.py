"""Files that can be made again."""

from consult.kernel.files import DerivedStore
from consult.kernel.ids import content_digest


def test_a_file_is_made_once_per_key(tmp_path):
    store = DerivedStore(tmp_path)
    made = []

    def make() -> bytes:
        made.append(1)
        return b"PDF"

    key, other = content_digest(b"a"), content_digest(b"b")
    assert store.fetch(key, make) == store.fetch(key, make) == b"PDF"
    store.fetch(other, make)
    assert len(made) == 2
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix]
