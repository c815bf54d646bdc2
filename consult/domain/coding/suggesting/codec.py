"""A model as bytes: arrays beside one JSON text, in a ZIP. Nothing in it can be run."""

import json
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from consult.domain.coding.suggesting.model import Model, Vocabulary
from consult.domain.coding.suggesting.words import EDITION

_FORMAT = 1


class UnreadableModel(ValueError):
    """The bytes are no model that this edition can use; it has to be made anew."""


def encode(model: Model) -> bytes:
    """The model as bytes; the weights with three digits, which is more than they are worth."""
    places = list(model.places)
    head = {
        "format": _FORMAT,
        "edition": EDITION,
        "themes": list(model.themes),
        "places": places,
        "near": model.near,
        "words": model.vocabulary.words,
        "features": list(model.vocabulary.columns),
    }
    by_place = [model.places[place] for place in places]
    target = BytesIO()
    np.savez_compressed(
        target,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8),
        weights=model.weights.astype(np.float16),
        rarity=model.vocabulary.rarity.astype(np.float32),
        bias=model.bias.astype(np.float32),
        places=np.array(by_place, np.float32).reshape(len(places), len(model.themes)),
    )
    return target.getvalue()


def decode(content: bytes) -> Model:
    """The model that bytes hold. Raises :class:`UnreadableModel`."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as held:
            head = json.loads(held["head"].tobytes())
            if (head["format"], head["edition"]) != (_FORMAT, EDITION):
                raise UnreadableModel("made by another edition")
            return Model(
                themes=tuple(head["themes"]),
                vocabulary=Vocabulary(
                    {feature: column for column, feature in enumerate(head["features"])},
                    int(head["words"]),
                    held["rarity"],
                ),
                weights=held["weights"].astype(np.float32),
                bias=held["bias"],
                places=dict(zip(head["places"], held["places"], strict=True)),
                near=float(head["near"]),
            )
    except UnreadableModel:
        raise
    except (KeyError, TypeError, ValueError, OSError, EOFError, BadZipFile) as problem:
        raise UnreadableModel("not a model") from problem
