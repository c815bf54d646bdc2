"""A map as bytes: arrays beside one JSON text, in a ZIP. Nothing in it can be run."""

import json
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from consult.domain.coding.nearness.model import Features, NearnessMap
from consult.domain.coding.nearness.seeing import EDITION
from consult.domain.coding.suggesting.words import EDITION as WORDS

_FORMAT = [1, EDITION, WORDS]


class UnreadableMap(ValueError):
    """The bytes are no map that this edition can use; it has to be made anew."""


def encode(drawn: NearnessMap) -> bytes:
    """The map as bytes; places and axes with three digits, which is more than they are worth."""
    head = {"format": _FORMAT, "features": list(drawn.features.columns)}
    target = BytesIO()
    np.savez_compressed(
        target,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8),
        passages=drawn.passages,
        places=drawn.places.astype(np.float16),
        rarity=drawn.features.rarity,
        axes=drawn.axes,
    )
    return target.getvalue()


def decode(content: bytes) -> NearnessMap:
    """The map that bytes hold. Raises :class:`UnreadableMap`."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as held:
            head = json.loads(held["head"].tobytes())
            if head["format"] != _FORMAT:
                raise UnreadableMap("made by another edition")
            columns = {feature: column for column, feature in enumerate(head["features"])}
            return NearnessMap(
                passages=held["passages"],
                places=held["places"].astype(np.float32),
                features=Features(columns, held["rarity"]),
                axes=held["axes"],
            )
    except UnreadableMap:
        raise
    except (KeyError, TypeError, ValueError, OSError, EOFError, BadZipFile) as problem:
        raise UnreadableMap("not a map") from problem
