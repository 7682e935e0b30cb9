"""Compute what the explorer shows for a choice of its controls: tables, without any widget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

from yiyang import themes
from yiyang.compare import vocabulary
from yiyang.core import segmentation
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, names
from yiyang.safety import digests, escaping
from yiyang.safety.errors import refusal
from yiyang.themes import codebooks, scoring
from yiyang.themes.clustering import describe
from yiyang.themes.vectors import Tokens, part_of, tokenize

METHODS = ("codebook", "clusters", "kmeans")
SEED_WEIGHT = 3.0
MOST_TERMS = 8
FEWEST = 3
"""No more groups than leave each as many tasks on average: of 13 tasks at most 4 groups."""


class Choice(NamedTuple):
    """The controls. `k` and `ngrams` matter where the method or the terms shown use them."""

    jurisdictions: tuple[str, ...]
    method: str = "codebook"
    k: int = 20
    ngrams: int = 1
    stop_words: str = ""
    seeds: str = ""


class View(NamedTuple):
    """What is shown.

    `tasks`: one row a task, `task_id, jurisdiction, group, score, text, x, y`. `heat`: one row a
    group in a jurisdiction, `group, jurisdiction, tasks, share`. `terms`: one row a group, `group,
    tasks, terms`. `seeds`: the seed terms in force. `task_themes`: a row a task, in columns of the
    contract. `k`: the groups asked of the method, which few tasks may make fewer than chosen.
    """

    tasks: pd.DataFrame
    heat: pd.DataFrame
    terms: pd.DataFrame
    seeds: pd.DataFrame
    task_themes: pd.DataFrame
    k: int


class Groups(NamedTuple):
    """What a method made of tasks: the group of each (0: none), their names, a score for each task,
    and the themes of the contract, where there are any."""

    of_task: np.ndarray
    names: dict[int, str]
    score: pd.Series
    themes: pd.DataFrame


class Session:
    """A corpus and what is worked out of it once: its tokens and a place on the map for each task.

    The map lays tasks of like words side by side. It stays as it is while the controls change, so
    that the eye can follow; only colours and the tasks shown do.
    """

    def __init__(self, corpus: Corpus, lang: Lang = "zh") -> None:
        self.corpus, self.lang = corpus, lang
        self.places = names(corpus.jurisdictions, lang)
        self.of_theme = names(corpus.themes, lang)
        with corpus.codebook.used() if corpus.codebook is not None else nullcontext():
            self.codebook = codebooks.seeds()
        self.tokens = tokenize(corpus.tasks["text"])
        latent = themes.clusters(corpus.tasks, tokens=self.tokens).places
        near = min(20.0, max(1.0, (len(corpus.tasks) - 1) / 3))
        model = TSNE(metric="cosine", perplexity=near, init="pca", random_state=0)
        # Threads cost more than they save on so few points, very much so on a busy machine.
        with threadpool_limits(limits=1):
            self.map = np.asarray(model.fit_transform(latent)).round(3)

    @cached_property
    def digest(self) -> str:
        """The digest of the tasks and the codebook: a recipe names it."""
        tasks = self.corpus.tasks[["task_id", "jurisdiction", "text"]]
        return digests.of_values(*map(escaping.csv_text, (tasks, self.codebook)))

    def checked(self, choice: Choice) -> Choice:
        """Return the choice with its lists in the order of the corpus; what is none of the values
        of a control raises `InputError`."""
        known = list(dict.fromkeys(self.corpus.tasks["jurisdiction"]))
        given: dict[str, tuple[Sequence[object], Sequence[object]]] = {
            "method": ([choice.method], METHODS),
            "ngrams": ([choice.ngrams], (1, 2)),
            "jurisdictions": (choice.jurisdictions, known),
            "k": ([choice.k], range(2, 41)),
        }
        for control, (values, allowed) in given.items():
            for value in values:
                if value not in allowed:
                    raise refusal("explorer.control", control, value=value, allowed=allowed)
        lists = tuple(key for key in known if key in choice.jurisdictions)
        return choice._replace(jurisdictions=lists)

    def view(self, choice: Choice) -> View:
        """Make the tables for a choice; raises `InputError` for seed words that cannot be used."""
        stops = frozenset(re.split(r"[\s,，、;；]+", choice.stop_words)) - {""}
        rows = np.flatnonzero(self.corpus.tasks["jurisdiction"].isin(choice.jurisdictions))
        tasks = self.corpus.tasks.iloc[rows].reset_index(drop=True)
        tokens = _part(self.tokens, rows, stops)
        seeds = self.seeds(choice.seeds, stops)
        k = choice.k
        if choice.method != "codebook":
            k = min(choice.k, max(2, len(tasks) // FEWEST))
        grouped = self._grouped(choice._replace(k=k), tasks, tokens, seeds)
        groups, group_names, score, of_themes = grouped
        shown = pd.DataFrame(
            {
                "task_id": tasks["task_id"],
                "jurisdiction": tasks["jurisdiction"].map(self.places),
                "group": [group_names[g] for g in groups],
                "score": score.round(3),
                "text": tasks["text"],
                "x": self.map[rows, 0],
                "y": self.map[rows, 1],
            }
        )
        vectors = themes.vectorize(tasks, ngrams=choice.ngrams, tokens=tokens)
        found = themes.top_terms(vectors, groups, MOST_TERMS) if len(tasks) else {}
        terms = pd.DataFrame(
            [(group_names[g], int((groups == g).sum()), "、".join(t)) for g, t in found.items()],
            columns=["group", "tasks", "terms"],
        )
        return View(shown, _heat(shown), terms, seeds, of_themes, k)

    def _grouped(
        self, choice: Choice, tasks: pd.DataFrame, tokens: Tokens, seeds: pd.DataFrame
    ) -> Groups:
        """Group the tasks by the method chosen."""
        nothing = {0: label("explorer.none", self.lang)}
        if choice.method == "codebook":
            order = self.corpus.themes["theme_id"].to_numpy(object)
            scores = scoring.score(tokens, describe(tokens), seeds, order)
            shares = scores.shares
            named = {i: self.of_theme[theme] for i, theme in enumerate(order, 1)}
            table = _themes(tasks["task_id"], shares, order, scores.evidence > 0)
            best = shares.argmax(axis=1) if len(tasks) else np.zeros(0, dtype=int)
            score = shares.max(axis=1) if len(tasks) else np.zeros(0)
            found = np.where(score > 0, best + 1, 0)
            return Groups(found, nothing | named, pd.Series(score), table)
        vectors = themes.vectorize(tasks, ngrams=choice.ngrams, tokens=tokens)
        if choice.method == "clusters":
            clusters = themes.clusters(tasks, k=choice.k, tokens=tokens)
            groups, score = clusters.labels, clusters.membership
        else:
            groups, score = _kmeans(vectors, choice.k)
        words = themes.top_terms(vectors, groups, 2)
        named = {g: f"{g} {'、'.join(t)}" for g, t in words.items()}
        nowhere = np.zeros((len(tasks), 0))
        table = _themes(tasks["task_id"], nowhere, np.array([], dtype=object), nowhere > 0)
        table["cluster"] = pd.array(groups, dtype="Int64")
        return Groups(groups, nothing | named, pd.Series(score), table)

    def seeds(self, text: str, stops: frozenset[str] = frozenset()) -> pd.DataFrame:
        """Join the seeds of the codebook with those typed in, `theme: word, word*` on a line each.

        The theme is its name in either language or its theme_id; a word that the codebook has
        already takes the weight of a deciding seed. `stops` are the stop words typed in: a word
        cannot be both, nor can one of our own stop words be typed in as a seed (`InputError`).
        """
        known: dict[str, str] = {}
        for row in self.corpus.themes.itertuples():
            known |= dict.fromkeys((row.theme_id, row.name_zh, row.name_en), row.theme_id)
        rows = []
        for number, line in enumerate(text.splitlines(), 1):
            theme, _, words = re.sub("[：]", ":", line).partition(":")
            if line.strip() and not re.sub(r"[\s,，、;；]", "", words):
                place = f"{label('explorer.seeds', self.lang)}, line {number}"
                raise refusal("explorer.seed_line", place, line=line.strip())
            for word in re.split(r"[\s,，、;；]+", words):
                if word:
                    theme_id = known.get(theme.strip(), theme.strip())
                    rows.append((theme_id, word, SEED_WEIGHT, "typed into the explorer", number))
        columns = [*codebooks.SEED_COLUMNS, "line"]
        typed = pd.DataFrame(rows, columns=columns).drop_duplicates(["theme_id", "term"])
        if typed.empty:
            return self.codebook
        place = label("explorer.seeds", self.lang)
        silent = typed[typed["term"].isin(stops | segmentation.stop_words())]
        for row in silent.itertuples():
            raise refusal("explorer.stop_word", f"{place}, line {row.line}", row=row)
        typed = codebooks.checked(typed, place)
        both = pd.concat([self.codebook, typed], ignore_index=True)
        return both.drop_duplicates(["theme_id", "term"], keep="last").reset_index(drop=True)

    def words(self, one: str, other: str, most: int = 15) -> pd.DataFrame:
        """Find the `most` words that tell two jurisdictions apart on either side (`log_odds`)."""
        table = vocabulary.log_odds(self.corpus.tasks, one, other)
        ends = pd.concat([table.head(most), table.tail(most)]).drop_duplicates("term")
        side = np.where(ends["log_odds"] > 0, self.places[one], self.places[other])
        return ends.assign(side=side).reset_index(drop=True)

    def contexts(self, term: str, one: str, other: str) -> pd.DataFrame:
        """List where a word stands in two jurisdictions (`vocabulary.contexts`)."""
        tasks = self.corpus.tasks
        return vocabulary.contexts(tasks[tasks["jurisdiction"].isin([one, other])], term)

    def codebook_csv(self, view: View) -> str:
        """Write the codebook in force as CSV, in the form of `theme_seeds.csv`."""
        return escaping.csv_text(view.seeds[codebooks.SEED_COLUMNS])

    def assignment_csv(self, view: View) -> str:
        """Write the assignment shown as CSV: `task_id, jurisdiction, group, score`."""
        columns = ["task_id", "jurisdiction", "group", "score"]
        return escaping.csv_text(view.tasks[columns])


def _themes(
    ids: pd.Series, shares: np.ndarray, order: np.ndarray, spoken: np.ndarray
) -> pd.DataFrame:
    """The best and second theme of each task as the contract has them; a share of 0 is none, and a
    second theme needs a seed term in the text and its least score (`scoring.SECOND`)."""
    table = pd.DataFrame({"task_id": ids})
    ranked = np.argsort(-shares, axis=1, kind="stable")
    for rank, prefix in enumerate(("", "second_")):
        if ranked.shape[1] <= rank or not len(ids):
            table[f"{prefix}theme_id"], table[f"{prefix}score"] = None, np.nan
            continue
        at = (np.arange(len(ids)), ranked[:, rank])
        score = shares[at]
        if rank:
            score = np.where(spoken[at] & (score >= scoring.SECOND), score, 0)
        table[f"{prefix}theme_id"] = pd.Series(order[ranked[:, rank]]).where(score > 0)
        table[f"{prefix}score"] = np.where(score > 0, score.round(6), np.nan)
    return table.assign(cluster=pd.array([pd.NA] * len(ids), dtype="Int64"))


def _part(tokens: Tokens, rows: np.ndarray, stops: frozenset[str]) -> Tokens:
    """The tokens of some texts, without the extra stop words."""
    part = part_of(tokens, rows)
    heard = np.array([word not in stops for word in part.words], dtype=bool)[part.codes]
    return part._replace(rows=part.rows[heard], codes=part.codes[heard])


def _kmeans(vectors: themes.Vectors, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Groups from 1 by k-means on TF-IDF, the largest first, and the cosine with their centre."""
    n_tasks = vectors.matrix.shape[0]
    if not vectors.matrix.nnz:
        return np.zeros(n_tasks, dtype=int), np.zeros(n_tasks)
    model = KMeans(min(k, n_tasks), n_init=3, random_state=0)
    labels = model.fit_predict(vectors.matrix)
    size = np.bincount(labels)
    rank = np.argsort(np.lexsort((np.arange(len(size)), -size)))
    centre = model.cluster_centers_ / np.maximum(
        np.linalg.norm(model.cluster_centers_, axis=1, keepdims=True), 1e-12
    )
    near = np.asarray(vectors.matrix.multiply(centre[labels]).sum(axis=1)).ravel()
    return rank[labels] + 1, near


def _heat(shown: pd.DataFrame) -> pd.DataFrame:
    """Every group in every jurisdiction shown, 0 where it has no task."""
    counts = shown.groupby(["group", "jurisdiction"], sort=False).size().unstack(fill_value=0)
    heat = counts.stack().rename("tasks").reset_index()
    heat["share"] = heat["tasks"] / heat.groupby("jurisdiction")["tasks"].transform("sum")
    return heat
