"""Explain why two tasks are counterparts, and in what they differ."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import pandas as pd

from yiyang.core import segmentation
from yiyang.core.corpus import Corpus
from yiyang.grammar import obligations
from yiyang.matches.passages import common
from yiyang.matches.thesaurus import concepts, positions
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup, escape

AGENCIES = ("lead", "responsible")
"""Aspects of which two tasks can have some in common."""
SHORTEST = 4
"""Letters of a shared phrase that is marked; shorter ones stand in any two tasks."""
ASPECTS = ("lead", "responsible", "deadline", "target", "wording")
"""What matters beside the words: who is in charge (the units in the lead, or the responsible ones
where none leads), who else answers, by when, how much, how firm."""
DIFFERENCES = ("same", "shared", "different", "only_here", "only_there", "neither")


class Explanation(NamedTuple):
    """A pair of tasks compared. All positions are characters of `tasks.text`, from 0.

    Attributes
    ----------
    task_id, other_task_id, text, other_text
        The two tasks and their texts.
    shared
        One row is a phrase that both print, the longest first: `text, start, end, other_start,
        other_end`.
    same_meaning
        One row is a concept that they name by different terms: `concept, term, start, end,
        other_term, other_start, other_end`.
    only_here, only_there
        One row is a word outside of these: `word, start, end`.
    differences
        One row is an aspect (`ASPECTS`) with what is printed `here` and `there`, what is meant
        (`here_value`, `there_value`), and whether they differ (`difference`, one of
        `DIFFERENCES`).
    """

    task_id: str
    other_task_id: str
    text: str
    other_text: str
    shared: pd.DataFrame
    same_meaning: pd.DataFrame
    only_here: pd.DataFrame
    only_there: pd.DataFrame
    differences: pd.DataFrame

    def _repr_html_(self) -> str:
        """Show both texts, what they share marked, and under them in what they differ."""
        here = list(zip(self.shared["start"], self.shared["end"], strict=True))
        there = list(zip(self.shared["other_start"], self.shared["other_end"], strict=True))
        sides = ((self.task_id, self.text, here), (self.other_task_id, self.other_text, there))
        head = Markup("<tr><th></th><th>{}</th><th>{}</th></tr>").format(*(s[0] for s in sides))
        texts = Markup("<tr><th></th><td>{}</td><td>{}</td></tr>").format(
            *(_marked(text, spans) for _, text, spans in sides)
        )
        rows = [
            Markup("<tr><th>{}</th><td>{}</td><td>{}</td></tr>").format(
                row.aspect, *("—" if pd.isna(said) else said for said in (row.here, row.there))
            )
            for row in self.differences.itertuples()
        ]
        return str(Markup("<table>{}</table>").format(Markup("").join([head, texts, *rows])))


def explain_match(corpus: Corpus, task_id: str, other_task_id: str) -> Explanation:
    """Compare a pair of tasks; an unknown task raises `InputError`.

    `corpus` has the tables `tasks`, `assignments`, `deadlines`, `targets` and `obligations`.
    """
    texts = corpus.tasks.set_index("task_id")["text"]
    for task in (task_id, other_task_id):
        if task not in texts.index:
            raise refusal("matches.no_task", "matches.explain_match", task=task)
    here, there = texts[task_id], texts[other_task_id]
    shared = _shared(here, there)
    meaning = _same_meaning(here, there, shared)
    marked = pd.concat([shared, meaning])
    return Explanation(
        task_id,
        other_task_id,
        here,
        there,
        shared,
        meaning,
        _words(here, list(zip(marked["start"], marked["end"], strict=True))),
        _words(there, list(zip(marked["other_start"], marked["other_end"], strict=True))),
        differences(corpus, task_id, other_task_id),
    )


def _marked(text: str, spans: list[tuple[int, int]]) -> Markup:
    """A text with what it shares marked; all of it is escaped."""
    parts, at = Markup(""), 0
    for start, end in sorted(spans):
        parts += Markup("{}<mark>{}</mark>").format(text[at:start], text[start:end])
        at = end
    return parts + escape(text[at:])


def _shared(here: str, there: str) -> pd.DataFrame:
    rows = []
    for p in common(here, there, SHORTEST):
        start, end, other_start, other_end = p[:4]
        # 2020年 and 2022年 share no 202: a number is shared whole or not at all.
        while end > start and _splits_number(here, end) | _splits_number(there, other_end):
            end, other_end = end - 1, other_end - 1
        while end > start and _splits_number(here, start) | _splits_number(there, other_start):
            start, other_start = start + 1, other_start + 1
        if end - start >= SHORTEST:
            rows.append((here[start:end], start, end, other_start, other_end))
    return pd.DataFrame(rows, columns=["text", "start", "end", "other_start", "other_end"])


def _splits_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isdecimal() and text[at].isdecimal()


def _same_meaning(here: str, there: str, shared: pd.DataFrame) -> pd.DataFrame:
    """The first place of each concept on either side, where the terms differ."""
    book = concepts()
    sides = []
    for text, side in ((here, ""), (there, "other_")):
        spans = list(zip(shared[f"{side}start"], shared[f"{side}end"], strict=True))
        found: dict[int, tuple[int, str]] = {}
        for term, number in book.terms.items():
            free = (a for a in positions(text, term) if not _touches(a, a + len(term), spans))
            for at in islice(free, 1):
                # Of terms that begin together the longest says most.
                found[number] = min(
                    found.get(number, (at, term)), (at, term), key=lambda f: (f[0], -len(f[1]))
                )
        sides.append(found)
    rows = []
    for number in sorted(set(sides[0]) & set(sides[1])):
        (at, term), (other_at, other_term) = sides[0][number], sides[1][number]
        if term != other_term:
            rows.append(
                (book.names[number], term, at, at + len(term),
                 other_term, other_at, other_at + len(other_term))
            )  # fmt: skip
    columns = ["concept", "term", "start", "end", "other_term", "other_start", "other_end"]
    return pd.DataFrame(rows, columns=columns)


def _touches(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _words(text: str, spans: list[tuple[int, int]]) -> pd.DataFrame:
    """The words outside of the spans that can tell tasks apart."""
    rows, at = [], 0
    for word in segmentation.cut([text])[0]:
        start, at = at, at + len(word)
        telling = len(word) > 1 and word.isalnum() and word not in segmentation.stop_words()
        if telling and not _touches(start, at, spans):
            rows.append((word, start, at))
    return pd.DataFrame(rows, columns=["word", "start", "end"])


def differences(corpus: Corpus, task_id: str, other_task_id: str) -> pd.DataFrame:
    """Compare two tasks. One row is an aspect of the two tasks (`Explanation.differences`).

    Printed forms are separated by 、 and empty where the document names nothing. What is compared
    is what is meant: agencies by function, not by name; deadlines by kind and day; targets by
    indicator and figure; wording by the strength of the first word that grades the task.
    """
    sides = [_aspects(corpus, task) for task in (task_id, other_task_id)]
    rows = []
    for aspect in ASPECTS:
        (here, one), (there, other) = (side[aspect] for side in sides)
        difference = (
            "neither" if not one and not other
            else "only_there" if not one
            else "only_here" if not other
            else "same" if one == other
            else "shared" if one & other and aspect in AGENCIES
            else "different"
        )  # fmt: skip
        values = ["、".join(sorted(value)) for value in (one, other)]
        rows.append((aspect, here, there, *values, difference))
    columns = ["aspect", "here", "there", "here_value", "there_value", "difference"]
    return pd.DataFrame(rows, columns=columns)


def _aspects(corpus: Corpus, task_id: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Each aspect of a task: as printed, and what is meant."""

    def of(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["task_id"] == task_id]

    units, times = of(corpus.assignments), of(corpus.deadlines)
    # One list prints 牵头, another 责任单位: who is in charge is compared, not the printed word.
    primary = units[units["is_primary"]]
    leads = primary[primary["role"] == "lead"] if (primary["role"] == "lead").any() else primary
    others = primary[~primary.index.isin(leads.index)]
    times = times[times["kind"] != "procedural"]
    figures, words = of(corpus.targets), of(corpus.obligations)
    grade = obligations.of_tasks(of(corpus.tasks), words)["opening"]
    by_agency = [frozenset(u["agency_id"].fillna(u["agency_name"])) for u in (leads, others)]
    return {
        "lead": ("、".join(leads["agency_printed"]), by_agency[0]),
        "responsible": ("、".join(others["agency_printed"]), by_agency[1]),
        "deadline": ("、".join(times["printed"]), _keys(times, "kind", "due")),
        "target": ("、".join(figures["printed"]), _keys(figures, "indicator", "value", "unit")),
        "wording": ("、".join(words["printed"].drop_duplicates()), frozenset(grade.dropna())),
    }


def _keys(frame: pd.DataFrame, *columns: str) -> frozenset[str]:
    # A time without a day stays missing as text too.
    rows = frame[list(columns)].astype(str).fillna("").itertuples(index=False, name=None)
    return frozenset(" ".join(row) for row in rows)
