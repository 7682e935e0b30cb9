"""Score each task's themes by the seed terms of the codebook.

The score is a sum over seed terms, so that it can be explained term by term:

    evidence(task, theme) = sum over the theme's seeds of weight * ln(1 + weighted count)

A word of the opening sentence, which names the subject, counts twice; a member of an enumeration
(医疗巡诊、健康管理、急诊急救…) counts 1/sqrt(members). No label was used to fit anything. A task
that holds few seeds or none leans on its likeness to the tasks of each theme; this likeness
weighs as much as one middling seed and gives way as soon as the words speak. A text that holds no
seed has no theme where it has no word of the field, or is as like one theme as another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from yiyang.core import schema
from yiyang.safety.errors import refusal
from yiyang.themes import codebooks, field
from yiyang.themes.clustering import describe, group
from yiyang.themes.models import Model
from yiyang.themes.vectors import CLAUSE_ENDS, Tokens, sums, tokenize

OPENING = 2.0
LIKENESS = 1.0
REASON_COLUMNS = ["theme_id", "seed", "words", "weight", "share"]
RESERVE = 1.0
"""What the words leave unsaid: it keeps the score of a task of few seeds away from 1."""
LEAD = 0.001
"""By how much of the score the likest theme must lead where no seed speaks."""
SECOND = 0.1
"""A second theme needs evidence: a seed term in the text, and this score. Likeness to the tasks
of a theme is none."""
SENTENCE_ENDS = frozenset("。；;！!？?")


def assign(
    tasks: pd.DataFrame,
    *,
    seeds: pd.DataFrame | None = None,
    reviews: pd.DataFrame | None = None,
    model: Model | None = None,
    judged: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Make a table: one row is a task with its theme, second theme and cluster (`task_themes`).

    `score` is the theme's share of the evidence, 0 to 1; the margin is `score - second_score`.
    A task without any evidence, or of another field, has no theme and score 0; `judged` tells which
    are (`field.judge`; without, every one is taken for a task of the field). What readers set
    in `theme_reviews.csv` stands in `theme_id` with `is_reviewed`; the scores stay those of the
    method. `seeds` and `reviews` replace the files of the curation folder. Rarity of words,
    likeness and clusters are those of these tasks or, with a `model`, of the tasks it was made of.
    """
    tokens = tokenize(tasks["text"])
    points = model.describe(tokens) if model else describe(tokens)
    themes = codebooks.codebook()["theme_id"].to_numpy(object)
    seeds = codebooks.seeds() if seeds is None else seeds
    scores = score(tokens, points, seeds, themes, model.themes if model else None)
    shares, spoken = scores.shares, scores.evidence > 0
    labels = model.clusters_of(tasks, points) if model else group(tasks, points).labels
    judged = field.granted(len(tasks)) if judged is None else judged
    shares = shares * judged["is_in_field"].to_numpy()[:, None]
    order = np.argsort(-shares, axis=1, kind="stable")[:, :2]
    best, second = np.take_along_axis(shares, order, axis=1).T
    is_spoken = np.take_along_axis(spoken, order[:, 1:], axis=1)[:, 0]
    second = np.where(is_spoken & (second >= SECOND), second, 0)
    frame = pd.DataFrame(
        {
            "task_id": tasks["task_id"].to_numpy(object),
            "theme_id": np.where(best > 0, themes[order[:, 0]], None),
            "score": best,
            "second_theme_id": np.where(second > 0, themes[order[:, 1]], None),
            "second_score": np.where(second > 0, second, np.nan),
            "cluster": _present(labels),
            "is_reviewed": False,
            **{name: judged[name].to_numpy(object) for name in judged},
        }
    )
    by_hand = codebooks.reviews(tasks) if reviews is None else reviews
    return schema.cast("task_themes", _reviewed(frame, by_hand, shares, themes))


def shares(tasks: pd.DataFrame, *, tokens: Tokens | None = None) -> np.ndarray:
    """Return (n_tasks, n_themes): every theme's score for every task, in the order of the
    codebook; `tokens` saves cutting the texts again."""
    tokens = tokens or tokenize(tasks["text"])
    themes = codebooks.codebook()["theme_id"].to_numpy(object)
    return score(tokens, describe(tokens), codebooks.seeds(), themes).shares


def _present(labels: np.ndarray) -> np.ndarray:
    """The numbers of the clusters, missing for a task that belongs to none."""
    present = labels.astype(object)
    present[labels == 0] = None
    return present


def _reviewed(
    frame: pd.DataFrame, by_hand: pd.DataFrame, shares: np.ndarray, themes: np.ndarray
) -> pd.DataFrame:
    """The reader's theme first, with the method's score for it; then the method's best other."""
    rows = pd.Index(frame["task_id"]).get_indexer(by_hand["task_id"])
    columns = pd.Index(themes).get_indexer(by_hand["theme_id"])
    for row, column in zip(rows, columns, strict=True):
        others = shares[row].copy()
        others[column] = 0.0
        next_best = int(np.argmax(others))
        frame.loc[row, ["theme_id", "score", "is_reviewed"]] = [
            themes[column],
            shares[row, column],
            True,
        ]
        frame.loc[row, ["second_theme_id", "second_score"]] = (
            [themes[next_best], others[next_best]] if others[next_best] > 0 else [None, None]
        )
    return frame


class Scores(NamedTuple):
    """`shares` (n_tasks, n_themes): the scores, rounded so that machines agree.

    They are `evidence` and `near` (n_tasks, n_themes each) over `total` (n_tasks, 1).
    `counts` (n_tasks, n_seeds): what each seed found. `centres` as `theme_centres`.
    """

    shares: np.ndarray
    evidence: np.ndarray
    near: np.ndarray
    total: np.ndarray
    counts: sparse.csr_array
    centres: np.ndarray


def score(
    tokens: Tokens,
    points: sparse.csr_array,
    seeds: pd.DataFrame,
    themes: np.ndarray,
    centres: np.ndarray | None = None,
) -> Scores:
    """Return every theme's score for every task; `centres` (n_pieces, n_themes) as
    `theme_centres`."""
    counts = seed_counts(tokens, seeds)
    evidence = (counts @ _weights(seeds, themes)).toarray()
    centres = theme_centres(points, evidence) if centres is None else centres
    is_ours = (evidence.sum(axis=1) > 0) | _names_field(tokens)
    near = LIKENESS * likeness(points, centres) * is_ours[:, None]
    near[(evidence.sum(axis=1) == 0) & ~_is_led(near)] = 0.0
    total = (evidence + near).sum(axis=1, keepdims=True) + RESERVE
    return Scores(np.round((evidence + near) / total, 6), evidence, near, total, counts, centres)


def _is_led(near: np.ndarray) -> np.ndarray:
    """Whether one theme is clearly the likest of a task; level ones decide nothing."""
    if near.shape[1] < 2:
        return np.ones(len(near), dtype=bool)
    second, best = np.sort(near, axis=1)[:, -2:].T
    led: np.ndarray = best - second >= LEAD * (near.sum(axis=1) + RESERVE)
    return led


def explain(
    task_id: str, tasks: pd.DataFrame, *, seeds: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Tell what decided the theme of a task: one row is a seed that it holds, or its likeness.

    Columns: `theme_id`; `seed` (empty for the likeness to the other tasks of the theme); `words`,
    the words of the task that the seed found, separated by 、; `weight`; `share`, its part of the
    theme's score. The shares of a theme add up to its score in `assign`. The theme with the
    highest score comes first, and in it the seed that weighed most.
    """
    places = np.flatnonzero(tasks["task_id"].to_numpy(object) == task_id)
    if not len(places):
        raise refusal("themes.no_task", "themes.explain", task_id=task_id)
    return _reasons([int(places[0])], tasks, seeds).drop(columns="task_id")


def explain_all(tasks: pd.DataFrame, *, seeds: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows of `explain` for every task, after a column `task_id`, in the order of the
    tasks."""
    return _reasons(range(len(tasks)), tasks, seeds)


def _reasons(rows: Iterable[int], tasks: pd.DataFrame, seeds: pd.DataFrame | None) -> pd.DataFrame:
    """`explain_all` for some rows of `tasks`: put in order as one frame, for a frame for each takes
    as long as all the rest."""
    seeds = codebooks.seeds() if seeds is None else seeds
    themes = codebooks.codebook()["theme_id"].to_numpy(object)
    tokens = tokenize(tasks["text"])
    scores = score(tokens, describe(tokens), seeds, themes)
    finds = _finds(tokens.words, seeds).tocsc()
    ids, counts = tasks["task_id"].tolist(), scores.counts.tocsr()
    counts.eliminate_zeros()
    of_theme, terms = seeds["theme_id"].tolist(), seeds["term"].tolist()
    weights = seeds["weight"].to_numpy(float)
    reasons = []
    for row in rows:
        present = set(tokens.codes[tokens.rows == row].tolist())
        ranks = (-scores.shares[row]).argsort(kind="stable").argsort()
        rank = dict(zip(themes, ranks.tolist(), strict=True))
        held = slice(*counts.indptr[row : row + 2])
        for column, count in zip(counts.indices[held], counts.data[held], strict=True):
            found = finds.indices[finds.indptr[column] : finds.indptr[column + 1]]
            words = "、".join(str(tokens.words[i]) for i in found if i in present)
            share, theme = weights[column] * count / scores.total[row, 0], of_theme[column]
            own = (theme, terms[column], words, weights[column], share)
            reasons.append((ids[row], *own, row, rank[theme]))
        for theme, near in zip(themes, scores.near[row] / scores.total[row, 0], strict=True):
            if near > 0:
                reasons.append((ids[row], theme, "", "", np.nan, near, row, rank[theme]))
    frame = pd.DataFrame(reasons, columns=["task_id", *REASON_COLUMNS, "row", "rank"])
    order = frame.sort_values(
        ["row", "rank", "share", "seed"], ascending=[True, True, False, True], kind="stable"
    )
    return order.drop(columns=["row", "rank"]).round({"share": 6}).reset_index(drop=True)


def theme_centres(points: sparse.csr_array, evidence: np.ndarray) -> np.ndarray:
    """Return (n_pieces, n_themes): the direction in which the tasks of each theme lie.

    The tasks of a theme are those for which its seeds speak, in proportion.
    """
    total = evidence.sum(axis=1, keepdims=True)
    share = np.divide(evidence, total, out=np.zeros_like(evidence), where=total > 0)
    centres = points.T @ share
    length = np.linalg.norm(centres, axis=0)
    return np.divide(centres, length, out=np.zeros_like(centres), where=length > 0)


def likeness(points: sparse.csr_array, centres: np.ndarray) -> np.ndarray:
    """Return (n_tasks, n_themes): how like each task is to the tasks of each theme; rows sum to 1
    or 0.

    The cosine is squared, so that the nearest themes stand out.
    """
    near = (points @ centres) ** 2
    total = near.sum(axis=1, keepdims=True)
    return np.divide(near, total, out=np.zeros_like(near), where=total > 0)


def _names_field(tokens: Tokens) -> np.ndarray:
    """(n_tasks,): whether a word of the text belongs to the field; of a codebook that names no
    words of its field every text does."""
    parts = codebooks.field_words()
    if not parts:
        return np.ones(tokens.n_texts, dtype=bool)
    of_field = np.array([any(part in word for part in parts) for word in tokens.words], dtype=bool)
    return np.bincount(tokens.rows[of_field[tokens.codes]], minlength=tokens.n_texts) > 0


def seed_counts(tokens: Tokens, seeds: pd.DataFrame) -> sparse.csr_array:
    """Return (n_tasks, n_seeds): ln(1 + weighted count) of each seed in each task."""
    found = sums(tokens, token_weights(tokens), _finds(tokens.words, seeds))
    found.data = np.log1p(found.data)
    return found


def token_weights(tokens: Tokens) -> np.ndarray:
    """Return (n_tokens,): twice for the opening sentence, 1/sqrt(members) within an enumeration."""

    def marks(characters: frozenset[str]) -> np.ndarray:
        return np.array([word in characters for word in tokens.words], dtype=bool)[tokens.codes]

    if not len(tokens.codes):
        return np.zeros(0)
    starts = np.r_[True, tokens.rows[1:] != tokens.rows[:-1]]
    # A clause begins with each text and after each mark that ends one.
    clause = np.cumsum(starts | np.r_[False, marks(CLAUSE_ENDS)[:-1]]) - 1
    members = 1 + np.bincount(clause, weights=marks(frozenset("、")))
    ends = np.cumsum(marks(SENTENCE_ENDS)) - marks(SENTENCE_ENDS)
    is_opening = ends == ends[starts][np.cumsum(starts) - 1]
    return np.where(is_opening, OPENING, 1.0) / np.sqrt(members[clause])


def _finds(words: np.ndarray, seeds: pd.DataFrame) -> sparse.csr_array:
    """(n_words, n_seeds): 1 where the word is found by the seed.

    Of several seeds of a theme that find a word the heaviest, then the longest, takes it.
    """
    lines = "\n".join(words)
    owner: dict[tuple[str, str], tuple[float, int, int]] = {}
    for column, row in enumerate(seeds.itertuples()):
        for word in codebooks.matching(row.term, lines):
            key, rank = (row.theme_id, word), (row.weight, len(row.term), -column)
            owner[key] = max(owner.get(key, rank), rank)
    place = {word: number for number, word in enumerate(words)}
    rows = [place[word] for _, word in owner]
    columns = [-rank[2] for rank in owner.values()]
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(words), len(seeds)))


def _weights(seeds: pd.DataFrame, themes: np.ndarray) -> sparse.csr_array:
    """(n_seeds, n_themes): the weight of each seed in the column of its theme."""
    column = pd.Index(themes).get_indexer(seeds["theme_id"])
    if (column < 0).any():
        raise refusal(
            "themes.no_theme",
            "the seeds",
            theme=seeds["theme_id"].iloc[int(np.argmin(column))],
            themes=", ".join(themes),
        )
    return sparse.csr_array(
        (seeds["weight"].to_numpy(float), (np.arange(len(seeds)), column)),
        shape=(len(seeds), len(themes)),
    )
