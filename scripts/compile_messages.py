"""Compile every catalogue that is older than its .po file (a second at most, nothing otherwise)."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for po in Path("consult/translations").glob("*/LC_MESSAGES/*.po"):
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        continue
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    with mo.open("wb") as target:
        write_mo(target, catalogue)
