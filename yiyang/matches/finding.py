"""Make the table `task_matches`: candidates, and how each is graded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from yiyang.core import schema
from yiyang.matches import aspects, covering, encoders, grades
from yiyang.matches import reviews as readers
from yiyang.matches.candidates import best_of_each, scored
from yiyang.matches.signals import Profile, Signals, signals
from yiyang.themes import field

SAID = (*aspects.KINDS, aspects.FIELD, aspects.LINE)
"""The kinds of difference that `differs_in` names."""


def find(
    tasks: pd.DataFrame,
    more: Sequence[Profile] = (),
    *,
    encoder: encoders.Encoder | encoders.NamedEncoder | None = None,
    reviews: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Make a table: one row is a candidate counterpart of a task in another jurisdiction
    (`task_matches`).

    For every task and every other jurisdiction the five best by `score` (fewer where the other
    list is shorter, or so long that it is searched by index and fewer share a rare feature with
    the task). `grade` is `same` (the same measure), `possible` (perhaps a part in common, to be
    looked at) or `none`, by its probability
    (`grades.probability`) or as readers decided (`is_reviewed`); `is_match` holds
    for `same` and for what readers confirmed. Pairs that they confirmed are kept whatever their
    score, in place of the last of the five. A task may have several counterparts, or none.

    The part is the clause of each text that comes nearest to one of the other, as characters of
    `tasks.text`; `differs_in` says in what these differ though their words are alike: a pair of
    which one is not of the codebook's field, or a line beside an article, is possible at most.
    `encoder` is any function from texts to vectors (`encoders`); `more` adds further views of the
    tasks; `reviews` replaces `curation/match_reviews.csv`.
    """
    if encoder is not None:
        more = [*more, encoders.profile(tasks, encoder)]
    seen = signals(tasks, more)
    verdicts = _verdicts(tasks, reviews)
    pairs = scored(seen, tasks["jurisdiction"].to_numpy(object), also=list(verdicts))
    return _table(seen, pairs, verdicts, tasks)


def both(tasks: pd.DataFrame, among: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `find` of the tasks, and the same without any review for the pairs of the lists of
    `among` alone; all pairs are compared once for the two."""
    seen = signals(tasks)
    verdicts = _verdicts(tasks, None)
    jurisdictions = tasks["jurisdiction"].to_numpy(object)
    pairs = scored(seen, jurisdictions, also=list(verdicts))
    found = _table(seen, pairs.copy(), verdicts, tasks)
    here, there = pairs["here"].to_numpy(np.int64), pairs["there"].to_numpy(np.int64)
    is_among = np.isin(jurisdictions, list(among))
    return found, _table(seen, pairs[is_among[here] & is_among[there]].copy(), {}, tasks)


def _verdicts(tasks: pd.DataFrame, reviews: pd.DataFrame | None) -> dict[tuple[int, int], str]:
    """What readers decided: `reviews`, else those in force."""
    decided = readers.decided(readers.read_reviews(tasks) if reviews is None else reviews)
    return _by_rows(decided, tasks["task_id"].to_numpy(object))


def _table(
    seen: Signals, pairs: pd.DataFrame, verdicts: dict[tuple[int, int], str], tasks: pd.DataFrame
) -> pd.DataFrame:
    """The best of the scored pairs, graded."""
    ids = tasks["task_id"].to_numpy(object)
    jurisdictions = tasks["jurisdiction"].to_numpy(object)
    pairs["is_confirmed"] = _confirmed(pairs, verdicts, len(ids))
    best = _judged(best_of_each(pairs, jurisdictions), verdicts, tasks)
    here, there = best["here"].to_numpy(), best["there"].to_numpy()
    frame = pd.DataFrame(
        {
            "task_id": ids[here],
            "other_jurisdiction": jurisdictions[there],
            "rank": best["rank"],
            "other_task_id": ids[there],
            "score": best["score"],
            "grade": best["grade"],
            "is_match": best["is_confirmed"] | (best["grade"] == "same"),
            "is_reviewed": best["is_reviewed"],
            "differs_in": _said(best),
        }
    )
    parts = covering.of(seen, here, there)
    for name, part in (("", parts.part), ("other_", parts.other_part)):
        spans = seen.spans[part]
        frame[f"{name}part_start"], frame[f"{name}part_end"] = spans[:, 0], spans[:, 1]
    return schema.cast("task_matches", frame)


def _confirmed(
    pairs: pd.DataFrame, verdicts: dict[tuple[int, int], str], n_tasks: int
) -> np.ndarray:
    """Tell which of the pairs readers confirmed."""
    said = [here * n_tasks + there for (here, there), grade in verdicts.items() if grade != "none"]
    return np.isin(pairs["here"] * n_tasks + pairs["there"], np.array(said, np.int64))


def _judged(
    best: pd.DataFrame, verdicts: dict[tuple[int, int], str], tasks: pd.DataFrame
) -> pd.DataFrame:
    """The candidates with their grade, as readers decided, else by its probability; and whether a
    reader decided on it."""
    verdict = [verdicts.get(pair) for pair in zip(best["here"], best["there"], strict=True)]
    here, there, rank, score = (best[c].to_numpy() for c in ("here", "there", "rank", "score"))
    lengths = tasks["text"].str.len().to_numpy(np.int64)
    measured = grades.features(here, there, rank, score, lengths)
    differs = best[list(aspects.WEIGHING)].to_numpy(bool).any(axis=1)
    # Said only of what is kept from `same` by it: in these nearly all candidates differ.
    would_be = grades.of(measured, differs) == "same"
    is_of_field = _of_field(tasks)
    best[aspects.FIELD] = would_be & (is_of_field[here] != is_of_field[there])
    best[aspects.LINE] = would_be & grades.is_line_and_article(lengths[here], lengths[there])
    kept = best[[aspects.FIELD, aspects.LINE]].to_numpy(bool).any(axis=1)
    made = grades.of(measured, differs | kept)
    best["grade"] = [said or own for said, own in zip(verdict, made, strict=True)]
    best["is_reviewed"] = [said is not None for said in verdict]
    return best


def _of_field(tasks: pd.DataFrame) -> np.ndarray:
    """Tell which tasks are of the codebook's field, by their words and those of their list."""
    lists = tasks if "document_id" in tasks else tasks.assign(document_id=tasks["jurisdiction"])
    return field.judge(lists.reset_index(drop=True), {})["is_in_field"].to_numpy(bool)


def _said(best: pd.DataFrame) -> list[str]:
    """The kinds of difference of each pair, separated by `;`."""
    differ = best[list(SAID)].to_numpy(bool)
    return [";".join(k for k, is_so in zip(SAID, row, strict=True) if is_so) for row in differ]


def _by_rows(decided: dict[tuple[str, str], str], ids: np.ndarray) -> dict[tuple[int, int], str]:
    """What readers decided, by the rows of the two tasks, both ways round."""
    row = {task: number for number, task in enumerate(ids)}
    found = {}
    for (one, other), grade in decided.items():
        found[row[one], row[other]] = found[row[other], row[one]] = grade
    return found
