"""Make the table `task_matches`: candidates, and which of them are asserted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from yiyang.core import schema
from yiyang.matches import reviews as readers
from yiyang.matches.candidates import best_of_each, scored
from yiyang.matches.signals import Profile, nearest_part, signals

THRESHOLD = 0.27
"""From this score on a candidate is asserted. `benchmarks/matches.py` calibrates it on the coded
pairs, leaving out one pair of jurisdictions at a time, and states its precision and recall."""


def find(
    tasks: pd.DataFrame,
    more: Sequence[Profile] = (),
    *,
    reviews: pd.DataFrame | None = None,
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """Make a table: one row is a candidate counterpart of a task in another jurisdiction
    (`task_matches`).

    For every task and every other jurisdiction the five best by `score` (fewer where the other
    list is shorter, or so long that it is searched by index and fewer share a rare feature with
    the task). `is_match` holds from `threshold` on, or as readers decided
    (`is_reviewed`): pairs that they confirmed are kept whatever their score, in place of the last
    of the five. A task may have several counterparts, or none: then none of its five is a match.
    The part is the sentence of each text that comes nearest to the other one, as characters of
    `tasks.text`. `more` adds views such as `semantic.profile(tasks)`; `reviews` replaces
    `curation/match_reviews.csv`.
    """
    seen = signals(tasks, more)
    ids = tasks["task_id"].to_numpy(object)
    jurisdictions = tasks["jurisdiction"].to_numpy(object)
    decided = readers.decided(readers.read_reviews(tasks) if reviews is None else reviews)
    verdicts = _by_rows(decided, ids)
    pairs = scored(seen, jurisdictions, also=list(verdicts))
    verdict = [verdicts.get(pair) for pair in zip(pairs["here"], pairs["there"], strict=True)]
    pairs["is_reviewed"] = [v is not None for v in verdict]
    pairs["is_confirmed"] = [v is True for v in verdict]
    best = best_of_each(pairs, jurisdictions)
    here, there = best["here"].to_numpy(), best["there"].to_numpy()
    frame = pd.DataFrame(
        {
            "task_id": ids[here],
            "other_jurisdiction": jurisdictions[there],
            "rank": best["rank"],
            "other_task_id": ids[there],
            "score": best["score"],
            "is_match": best["is_confirmed"]
            | (~best["is_reviewed"] & (best["score"] >= threshold)),
            "is_reviewed": best["is_reviewed"],
        }
    )
    for name, one, other in (("", here, there), ("other_", there, here)):
        spans = seen.spans[nearest_part(seen, one, other)[0]]
        frame[f"{name}part_start"], frame[f"{name}part_end"] = spans[:, 0], spans[:, 1]
    return schema.cast("task_matches", frame)


def _by_rows(decided: dict[tuple[str, str], bool], ids: np.ndarray) -> dict[tuple[int, int], bool]:
    """What readers decided, by the rows of the two tasks, both ways round."""
    row = {task: number for number, task in enumerate(ids)}
    found = {}
    for (one, other), is_match in decided.items():
        found[row[one], row[other]] = found[row[other], row[one]] = is_match
    return found
