"""Compare the words of one list with those of another.

Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"):
each list is given a text of `PRIOR` words that speaks like all lists together, so that a rare word
is not taken for a distinctive one. Every row bears its 95 % interval, and what is left of it once
the number of words is corrected for.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import norm

from yiyang.compare import chance
from yiyang.compare.concordance import grouping
from yiyang.core import intervals
from yiyang.core.corpus import Corpus
from yiyang.safety.errors import refusal
from yiyang.themes import vectorize
from yiyang.themes.vectors import Vectors

PRIOR = 500.0
"""Words of the prior: about as many as a list has (the four have 390 to 790 terms)."""
WINDOW = 18


def log_odds(  # noqa: PLR0913  (each is a choice of a comparison)
    tasks: pd.DataFrame,
    jurisdiction: str,
    other: str | None = None,
    *,
    ngrams: int = 1,
    extra_stop_words: Iterable[str] = (),
    vectors: Vectors | None = None,
) -> pd.DataFrame:
    """Measure how far each term belongs to a list. One row is a term, the one that speaks most for
    `jurisdiction` first.

    `term`; `count` and `other_count` in the two lists; `tasks` and `other_tasks`, how many tasks
    have it; `log_odds` (natural logarithm of the odds ratio, above 0 where `jurisdiction` says it
    more) with `low` and `high`, its 95 % interval; `z`, the log-odds by its standard error, and
    `q`, how likely chance alone gives as great a one, corrected for the number of terms: among a
    thousand words some seem to tell two lists apart that do not. `other` is all other jurisdictions
    where none is named. Terms that stand in neither list are left out.
    `vectors` are those of `vectorize` for these tasks, where they are at hand.
    """
    here, there = _sides(tasks, jurisdiction, other)
    if vectors is None:
        vectors = vectorize(tasks, ngrams=ngrams, extra_stop_words=extra_stop_words)
    counts = vectors.counts
    ours, theirs, all_ = (
        np.asarray(part.sum(axis=0)).ravel() for part in (counts[here], counts[there], counts)
    )
    prior = PRIOR * all_ / all_.sum()
    total = PRIOR + ours.sum(), PRIOR + theirs.sum()
    value = np.log((ours + prior) / (total[0] - ours - prior)) - np.log(
        (theirs + prior) / (total[1] - theirs - prior)
    )
    error = np.sqrt(1 / (ours + prior) + 1 / (theirs + prior))
    out = pd.DataFrame(
        {
            "term": vectors.terms,
            "count": ours.astype(int),
            "other_count": theirs.astype(int),
            "tasks": np.bincount(counts[here].indices, minlength=len(ours)),
            "other_tasks": np.bincount(counts[there].indices, minlength=len(ours)),
            "log_odds": value,
            "low": value - intervals.Z * error,
            "high": value + intervals.Z * error,
            "z": value / error,
        }
    )
    out = out[(out["count"] + out["other_count"]) > 0].round(9)
    out["q"] = chance.corrected(2 * norm.sf(out["z"].abs())).round(9)
    return out.sort_values(["z", "term"], ascending=[False, True]).reset_index(drop=True)


def keyness(  # noqa: PLR0913  (each is a choice of a comparison)
    corpus: Corpus,
    groupby: str,
    target: object,
    reference: object = None,
    *,
    ngrams: int = 1,
    extra_stop_words: Iterable[str] = (),
) -> pd.DataFrame:
    """Measure which terms tell one group of tasks from the others, as `log_odds` does for lists.

    Parameters
    ----------
    corpus
        Whose tasks are compared.
    groupby
        Any column of `corpus.document_info()`: `jurisdiction`, `theme_id`, `cluster` ...
    target
        The value of this column whose words are sought.
    reference
        The value that they are set against; all other tasks where none is named.
    ngrams
        2 adds pairs of neighbouring words.
    extra_stop_words
        More words that are no terms.

    Raises
    ------
    InputError
        For an unknown column, a value that no task has, and a group set against itself.
    """
    groups = grouping(corpus, groupby).astype(object)
    marked = corpus.tasks.assign(jurisdiction=groups.map(_said).to_numpy(object))
    other = None if reference is None else _said(reference)
    return log_odds(marked, _said(target), other, ngrams=ngrams, extra_stop_words=extra_stop_words)


def _said(value: object) -> str:
    """A value of any column as the name of a group; a missing one is a group too."""
    return "none" if pd.isna(value) else str(value)


def _sides(
    tasks: pd.DataFrame, jurisdiction: str, other: str | None
) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the two lists."""
    known = list(dict.fromkeys(tasks["jurisdiction"]))
    for name in (jurisdiction, *([other] if other else [])):
        if name not in known:
            raise refusal(
                "compare.no_jurisdiction", "compare.vocabulary", name=name, known=", ".join(known)
            )
    of = tasks["jurisdiction"].to_numpy(object)
    if other == jurisdiction or len(known) < 2:
        raise refusal("compare.itself", "compare.vocabulary", jurisdiction=jurisdiction)
    return np.flatnonzero(of == jurisdiction), np.flatnonzero(
        of == other if other else of != jurisdiction
    )


def longest(tasks: pd.DataFrame) -> tuple[str, str]:
    """Find the two jurisdictions with the most tasks, in the order of the tasks."""
    order = list(dict.fromkeys(tasks["jurisdiction"]))
    most = tasks["jurisdiction"].value_counts(sort=False)[order]
    pair = most.sort_values(ascending=False, kind="stable").index[:2]
    if len(pair) < 2:
        raise refusal("compare.one_list", "compare.vocabulary")
    one, other = sorted(pair, key=order.index)
    return one, other


def contexts(tasks: pd.DataFrame, term: str) -> pd.DataFrame:
    """List where a term stands, one place a row: `task_id, jurisdiction, left, term, right`.

    The places are those of the printed characters; the words of a pair (`词 词`) are sought one
    after the other with at most a few characters between them.
    """
    first, _, second = term.partition(" ")
    rows = []
    for task in tasks.itertuples():
        text, at = str(task.text), 0
        while first and (start := text.find(first, at)) >= 0:
            at = start + len(first)
            end = at
            if second:
                follows = text.find(second, at, at + WINDOW)
                if follows < 0:
                    continue
                end = follows + len(second)
            left, right = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
            rows.append((task.task_id, task.jurisdiction, left, text[start:end], right))
    return pd.DataFrame(rows, columns=["task_id", "jurisdiction", "left", "term", "right"])
