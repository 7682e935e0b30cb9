"""Lay the tasks of a corpus out on the map: those of like words side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

LAID = 600
"""Tasks that are laid out; of more, an even sample is, and each other stands between the
sampled ones that it is most like."""
FEWEST = 5
"""Tasks for which a layout says anything."""
NEAREST = 3
DRAWN = 2000
"""Dots that are drawn at once; of more, an even sample is, and it is said."""
LISTED = 1000
"""Rows of the table at once."""


def places(latent: np.ndarray) -> np.ndarray:
    """Return the place of each task (n_tasks, 2), the same on every run, by its latent coordinates
    (`clustering.grow`)."""
    n_tasks = len(latent)
    if n_tasks < FEWEST or latent.shape[1] < 2 or not latent.any():
        # Too few, or no words: side by side, in their order.
        return np.stack([np.arange(n_tasks), np.zeros(n_tasks)], axis=1).astype(float)
    rows = even(n_tasks, LAID)
    near = min(20.0, max(1.0, (len(rows) - 1) / 3))
    model = TSNE(metric="cosine", perplexity=near, init="pca", random_state=0)
    # Threads cost more than they save on so few points, very much so on a busy machine.
    with threadpool_limits(limits=1):
        laid = np.asarray(model.fit_transform(latent[rows]), dtype=float)
        return (laid if len(rows) == n_tasks else _beside(latent, rows, laid)).round(3)


def _beside(latent: np.ndarray, rows: np.ndarray, laid: np.ndarray) -> np.ndarray:
    """The places of all tasks, by their likeness (cosine) to those that were laid out."""
    length = np.linalg.norm(latent, axis=1, keepdims=True)
    unit = latent / np.maximum(length, 1e-12)
    out = np.empty((len(latent), 2))
    for start in range(0, len(latent), 5000):
        like = unit[start : start + 5000] @ unit[rows].T
        nearest = np.argsort(-like, axis=1, kind="stable")[:, :NEAREST]
        weight = np.maximum(np.take_along_axis(like, nearest, axis=1), 1e-6) ** 4
        out[start : start + 5000] = (laid[nearest] * weight[:, :, None]).sum(axis=1) / weight.sum(
            axis=1, keepdims=True
        )
    out[rows] = laid
    return out


def ends(values: np.ndarray) -> list[float]:
    """Return where an axis begins and ends: a little beyond the values, so that no dot is cut."""
    if not len(values):
        return [0.0, 1.0]
    low, high = float(values.min()), float(values.max())
    beyond = 0.04 * (high - low) or 1.0
    return [round(low - beyond, 3), round(high + beyond, 3)]


def even(n_tasks: int, most: int) -> np.ndarray:
    """Return the rows of at most `most` tasks, evenly over all of them and so over their lists."""
    return np.unique(np.linspace(0, n_tasks - 1, min(n_tasks, most)).astype(int))


def drawn(tasks: pd.DataFrame, most: int = 0) -> pd.DataFrame:
    """Return the tasks that are drawn: all, or an even sample of `most` (none: `DRAWN`)."""
    most = most or DRAWN
    return tasks if len(tasks) <= most else tasks.iloc[even(len(tasks), most)]
