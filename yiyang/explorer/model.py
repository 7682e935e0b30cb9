"""Compute what the explorer shows for a choice of its controls: tables, without any widget."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from yiyang import themes
from yiyang.compare import concordance, vocabulary
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, names
from yiyang.explorer import choices, edits, grouping, layout, prepared, seeds
from yiyang.explorer.attributes import Attributes
from yiyang.explorer.choices import Choice
from yiyang.explorer.edits import Edit
from yiyang.safety import digests, escaping
from yiyang.safety.errors import refusal
from yiyang.themes import codebooks
from yiyang.themes.codebook import Codebook
from yiyang.themes.vectors import Vectors

MOST_TERMS = 8
FEWEST = 3
"""No more groups than leave each as many tasks on average: of 13 tasks at most 4 groups."""
WINDOW = 18
"""Characters on either side of a word in its places."""
KEPT = 8
"""Views that are kept: what was shown a moment ago is shown again at once."""


class View(NamedTuple):
    """What is shown.

    `tasks`: one row a task, `task_id, jurisdiction, group, score, text, x, y`. `heat`: one row a
    group in a column of the axis, `group, AXIS, tasks, share`. `terms`: one row a group, `group,
    tasks, terms`. `seeds`: the seed terms in force. `task_themes`: a row a task, in columns of the
    contract, as the method has it: what was changed by hand stands in `tasks`. `k`: the groups
    asked of the method, which few tasks may make fewer than chosen. `unmatched`: the seeds typed
    in that no task shown has, `line, term`.
    """

    tasks: pd.DataFrame
    heat: pd.DataFrame
    terms: pd.DataFrame
    seeds: pd.DataFrame
    task_themes: pd.DataFrame
    k: int
    unmatched: pd.DataFrame


class Session:
    """A corpus and what is worked out of it once: its tokens and a place on the map for each task.

    The map lays tasks of like words side by side. It stays as it is while the controls change, so
    that the eye can follow; only colours and the tasks shown do.
    """

    def __init__(self, corpus: Corpus, lang: Lang = "zh") -> None:
        self.corpus, self.lang = corpus, lang
        self.places = names(corpus.jurisdictions, lang)
        self.called = self.places.to_dict()
        self.of_theme = names(corpus.themes, lang)
        self.attributes = Attributes(corpus, lang)
        with self.corpus.by_codebook():
            self.codebook = codebooks.seeds()
        self.prepared = prepared.LastAsked(corpus)
        self.tasks = self.prepared.tasks
        self.ids = frozenset(self.tasks["task_id"])
        self.every = np.arange(len(self.tasks))
        self._kept: dict[Choice, View] = {}

    @cached_property
    def map(self) -> np.ndarray:
        """The place of each task (n_tasks, 2), worked out when first drawn."""
        return layout.places(self.prepared.of(self.every).grown.places)

    @cached_property
    def frame(self) -> tuple[list[float], list[float]]:
        """The ends of the map across and up: it stays in its frame, whichever tasks are shown."""
        return layout.ends(self.map[:, 0]), layout.ends(self.map[:, 1])

    @cached_property
    def digest(self) -> str:
        """The digest of the codebook and of the tables shown: a recipe names it."""
        corpus = self.corpus
        book = corpus.codebook if corpus.codebook is not None else Codebook.in_force()
        tables = (
            corpus.tasks[["task_id", "document_id", "jurisdiction", "text"]],
            corpus.documents[["document_id", "date_issued"]],
            *(corpus.assignments, corpus.task_themes, corpus.table("measures"), self.codebook),
        )
        return digests.of_values(book.digest, *map(escaping.csv_text, tables))

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The jurisdictions with tasks, in the order of the corpus."""
        return tuple(dict.fromkeys(self.tasks["jurisdiction"]))

    def checked(self, choice: Choice) -> Choice:
        """Return the choice with its lists in the order of the corpus; what is none of the values
        of a control raises `InputError`."""
        return choices.checked(choice, self.known)

    def view(self, choice: Choice) -> View:
        """Make the tables for a choice; raises `InputError` for seed words that cannot be used, and
        for changes by hand that name nothing."""
        key = Choice(*choice[:7])  # colour and comparison change no table but one
        if key not in self._kept:
            with self.corpus.by_codebook():
                self._kept[key] = self._view(key)
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        view = self._kept[key]
        if choice.across == "jurisdiction":
            return view
        return view._replace(heat=self._heat(view.tasks, choice.across))

    def _view(self, choice: Choice) -> View:
        stops = frozenset(seeds.split(choice.stop_words))
        rows = np.flatnonzero(self.tasks["jurisdiction"].isin(choice.jurisdictions))
        part = self.prepared.of(rows, stops)
        typed = seeds.typed(choice.seeds, self.corpus.themes, self.lang, stops)
        in_force = seeds.joined(self.codebook, typed)
        k, vectors = choice.k, part.vectors(choice.ngrams)
        if choice.method == "codebook":
            found = grouping.by_codebook(self.corpus, part, in_force, self.of_theme)
        else:
            k = min(choice.k, max(2, len(rows) // FEWEST))
            found = grouping.by_likeness(choice.method, k, part, vectors)
        named = {0: label("explorer.none", self.lang)} | found.names
        groups = [named[g] for g in found.of_task.tolist()]
        shown = pd.DataFrame(
            {
                "task_id": part.tasks["task_id"],
                "jurisdiction": part.tasks["jurisdiction"].map(self.called),
                "group": pd.Series(groups, dtype=object),
                "score": found.score.round(3),
                "text": part.tasks["text"],
                "x": self.map[rows, 0],
                "y": self.map[rows, 1],
            }
        )
        shown["group"] = edits.apply(shown, self._read_edits(choice, named))
        terms = self._terms(vectors, shown["group"], [named[n] for n in sorted(named)])
        heat = self._heat(shown, "jurisdiction")
        unmatched = seeds.unmatched(typed, part.tokens)
        return View(shown, heat, terms, in_force, found.themes, k, unmatched)

    def read_edits(self, choice: Choice) -> list[Edit]:
        """Read the changes by hand of a choice by the codebook."""
        return self._read_edits(choice, dict(enumerate(self.of_theme, 1)))

    def _read_edits(self, choice: Choice, named: dict[int, str]) -> list[Edit]:
        """The changes by hand; a theme may be named by its id or in either language, a cluster by
        its number."""
        also = {str(number): name for number, name in named.items() if number}
        if choice.method == "codebook":
            also = {}
            for row in self.corpus.themes.itertuples():
                name = self.of_theme[row.theme_id]
                also |= dict.fromkeys((row.theme_id, row.name_zh, row.name_en), name)
        return edits.read_edits(choice.edits, list(named.values()), self.ids, also, self.lang)

    def _terms(self, vectors: Vectors, group: pd.Series, order: list[str]) -> pd.DataFrame:
        """The distinctive terms of each group, in the order of the method, new ones behind."""
        size = group.value_counts(sort=False)
        number = {name: n for n, name in enumerate(dict.fromkeys([*order, *size.index]))}
        found = themes.top_terms(vectors, group.map(number).to_numpy(int), MOST_TERMS)
        rows = [
            (name, int(size[name]), "、".join(found[n]))
            for name, n in number.items()
            if name in size.index and n in found
        ]
        return pd.DataFrame(rows, columns=["group", "tasks", "terms"])

    def _heat(self, shown: pd.DataFrame, across: str) -> pd.DataFrame:
        """Every group in every column of the axis, 0 where it has no task; a task of two agencies
        stands in both columns, once in each. `share` is that of the tasks of the column."""
        columns = self.attributes.columns(across, shown["task_id"])
        code, groups = pd.factorize(shown["group"])
        at, heads = pd.factorize(columns["value"])
        row = pd.Index(shown["task_id"]).get_indexer(columns["task_id"])
        counts = np.zeros((len(groups), len(heads)), dtype="int64")
        np.add.at(counts, (code[row], at), 1)
        return pd.DataFrame(
            {
                "group": np.repeat(groups.to_numpy(object), len(heads)),
                across: np.tile(heads.to_numpy(object), len(groups)),
                "tasks": counts.ravel(),
                "share": (counts / counts.sum(axis=0)).ravel(),
            }
        )

    def sides(self, choice: Choice, view: View) -> pd.Series:
        """Return the side of each task of a comparison, as a reader sees it, in their order: of all
        lists where places are compared, else of the tasks shown."""
        if choice.by == "group":
            return view.tasks.set_index("task_id")["group"]
        table: pd.DataFrame = getattr(self.attributes, choice.by)
        values: pd.Series = table.set_index("task_id")["value"]
        return values if choice.by == "jurisdiction" else values[view.tasks["task_id"]]

    def pair(self, choice: Choice, view: View) -> tuple[str, str]:
        """Return the two sides compared: those chosen, else the first and the last there are."""
        there = list(dict.fromkeys(self.sides(choice, view)))
        called = self.places if choice.by == "jurisdiction" else {}
        one, other = (called.get(side, side) for side in (choice.one, choice.other))
        first, last = (there[0], there[-1]) if there else ("", "")
        for control, side in (("one", one), ("other", other)):
            if side and there and side not in there:
                raise refusal("explorer.control", control, value=side, allowed=there)
        return one or first, other or last

    def vectors(self, choice: Choice, rows: np.ndarray) -> Vectors:
        """Make the vectors of some tasks whose words are compared, with the extra stop words and
        the length of a term that are chosen."""
        stops = frozenset(seeds.split(choice.stop_words))
        return self.prepared.of(rows, stops).vectors(choice.ngrams)

    def words(self, choice: Choice, view: View, most: int = 15) -> pd.DataFrame:
        """Find the `most` words that tell the two sides apart on either side (`log_odds`)."""
        sides, (one, other) = self.sides(choice, view), self.pair(choice, view)
        rows = np.flatnonzero(self.tasks["task_id"].isin(sides.index))
        of = self.tasks["task_id"].iloc[rows].map(sides)
        tasks = pd.DataFrame({"jurisdiction": of})
        vectors = self.vectors(choice, rows)
        table = vocabulary.log_odds(tasks, one, other, vectors=vectors)
        ends = pd.concat([table.head(most), table.tail(most)]).drop_duplicates("term")
        side = np.where(ends["log_odds"] > 0, one, other)
        return ends.assign(side=side).reset_index(drop=True)

    def contexts(self, choice: Choice, view: View) -> pd.DataFrame:
        """List where the term of a choice stands in its two sides, in the order chosen (`kwic`):
        `task_id, side, left, keyword, right`."""
        sides, pair = self.sides(choice, view), self.pair(choice, view)
        ids = sides.index[sides.isin(pair)]
        found = concordance.kwic(self.corpus, choice.term, window=WINDOW, sort=choice.sort)
        found = pd.DataFrame(found[found["task_id"].isin(ids)]).reset_index(drop=True)
        found.insert(1, "side", found["task_id"].map(sides))
        return found.drop(columns=["start", "end"])

    def codebook_csv(self, view: View) -> str:
        """Write the codebook in force as CSV, in the form of `theme_seeds.csv`."""
        if view.seeds is self.codebook:  # as long as no seed is typed in
            return self._codebook_csv
        return escaping.csv_text(view.seeds[codebooks.SEED_COLUMNS])

    @cached_property
    def _codebook_csv(self) -> str:
        return escaping.csv_text(self.codebook[codebooks.SEED_COLUMNS])

    def assignment_csv(self, view: View) -> str:
        """Write the assignment shown as CSV: `task_id, jurisdiction, group, score`."""
        columns = ["task_id", "jurisdiction", "group", "score"]
        return escaping.csv_text(view.tasks[columns])
