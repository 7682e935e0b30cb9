"""Grade pairs of tasks: the same measure, possibly a part in common, or none.

The two limits are set on coded pairs (`measures.calibrate`): `SAME` where what lies above it is
right in 93 of 100 cases, `POSSIBLE` where both grades together agree best with the codes.
"""

from __future__ import annotations

import numpy as np

GRADES = ("same", "possible", "none")
SAME = 0.34
"""From this score on a pair is the same measure, unless object or direction differ."""
POSSIBLE = 0.27
"""From this score on a pair may have a part in common: to be looked at."""


def of(score: np.ndarray, differs: np.ndarray) -> np.ndarray:
    """Grade pairs by their score; what `differs` in object or direction is never the same."""
    same = (score >= SAME) & ~differs
    return np.select([same, score >= POSSIBLE], GRADES[:2], GRADES[2]).astype(object)
