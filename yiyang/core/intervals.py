"""Compute 95 % intervals: of shares (Wilson), and of what is resampled (bootstrap over tasks)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

Z = 1.959964
"""Standard errors between a value and the end of its 95 % interval."""
SEED = 20210415
RESAMPLES = 2_000


def wilson(hits: Any, n: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and upper end of the interval of the share hits / n, 0 to 1."""
    hits, n = np.asarray(hits, float), np.asarray(n, float)
    share, spread = hits / n, Z**2 / n
    middle = share + spread / 2
    half = Z * np.sqrt(share * (1 - share) / n + spread / (4 * n))
    return (
        np.clip((middle - half) / (1 + spread), 0, 1),
        np.clip((middle + half) / (1 + spread), 0, 1),
    )


def ends(drawn: Any) -> Any:
    """Return the two values between which 95 of 100 of the drawn ones lie, in every column."""
    return np.quantile(drawn, [0.025, 0.975], axis=0)


@cache
def resample(n: int, times: int = RESAMPLES) -> np.ndarray:
    """Draw `times` resamples of `n` tasks with replacement: how often each task is drawn
    (times x n, every row adds up to n); the same ones on every call."""
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=times)
    drawn.flags.writeable = False  # every caller has the same array
    return drawn


def of_ratio(parts: np.ndarray, wholes: np.ndarray) -> tuple[float, float]:
    """Return the interval of sum(parts) / sum(wholes), a value a task each, over resampled tasks;
    missing where no resample holds any of the whole."""
    drawn = resample(len(parts))
    part, whole = drawn @ parts, drawn @ wholes
    shares = part[whole > 0] / whole[whole > 0]
    low, high = ends(shares) if len(shares) else (float("nan"), float("nan"))
    return float(low), float(high)
