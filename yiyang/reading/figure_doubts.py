"""Doubt a target whose words are like those of figures that are no aims.

Rules say which figures are no aims (`grammar.target_refusals`); there is always one more way to say
how large or how many something is (该公路全长86公里). A second reader that knows none of the rules,
only the characters around the figures of the tables of phrases, says how like those of an aim the
words of a target are. What it doubts stays a target and is named in a warning, to be looked at. The
weights are in `curation/figure_weights.csv`; `benchmarks/figure_doubts.py` fits and measures them,
each set of phrases left out in turn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from yiyang.core import curated_csv
from yiyang.core.schema import CURATION, Rows
from yiyang.grammar import quantities
from yiyang.grammar.figures import Quantity

FILE = CURATION / "figure_weights.csv"
LIMIT = 0.8
"""How like an aim a figure is at least that is not doubted."""
CONSTANT = "constant"
_BEFORE, _BEHIND, _ABOVE = 14, 10, 10
"""Characters before a figure in its clause, behind it, and before its clause that are looked at."""


def features(text: str, quantity: Quantity) -> set[str]:
    """Return what is looked at: one to three characters together, before the figure (`b`, and `B`
    with their distance where they are near), behind it (`a`, `A`) and two before its clause (`p`);
    its unit and sign, and whether it stands in the first clause of its sentence or opens one."""
    first, last = quantities.clause(text, quantity.begin)
    start, _ = quantities.sentence(text, quantity.begin)
    before = text[max(first, quantity.begin - _BEFORE) : quantity.begin]
    behind = text[quantity.end : min(last, quantity.end + _BEHIND)]
    found = {f"u{quantity.unit}", f"c{quantity.comparator}"}
    found.add("first" if first == start else "later")
    found.add("in" if before else "open")
    for n in (1, 2, 3):
        for at, said in _together(before, n):
            distance = len(before) - at - n
            found |= {f"b{said}", *([f"B{distance}{said}"] if distance < 3 else [])}
        for at, said in _together(behind, n):
            found |= {f"a{said}", *([f"A{at}{said}"] if at < 2 else [])}
    return found | {f"p{said}" for _, said in _together(text[start:first][-_ABOVE:], 2)}


def _together(words: str, n: int) -> Iterator[tuple[int, str]]:
    return ((at, words[at : at + n]) for at in range(len(words) - n + 1))


@cache
def weights() -> dict[str, float]:
    """Read how much each feature weighs, that of every figure under `constant`. Raises `InputError`
    with the line."""
    rows = curated_csv.rows(FILE, ["feature", "weight"], exact=True)
    return {row["feature"]: curated_csv.number(row["weight"], FILE, line) for row, line in rows}


def likeness(text: str, quantity: Quantity) -> float:
    """Return how like those of an aim the words around a figure are, from 0 to 1."""
    return weighed(features(text, quantity), weights())


def weighed(found: Iterable[str], known: Mapping[str, float]) -> float:
    """Return how like an aim a figure of these features is by some weights, from 0 to 1."""
    total = known[CONSTANT] + math.fsum(known.get(feature, 0.0) for feature in found)
    return (1 + math.tanh(total / 2)) / 2


def doubted(tasks: Rows, targets: Rows) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the targets in the words of tasks that are doubted: the task, and the figure as
    printed."""
    of_task: dict[str, Rows] = {}
    for row in targets:
        of_task.setdefault(row["task_id"], []).append(row)
    for task in tasks:
        text = task["text"]
        own = {row["char_start"]: row["printed"] for row in of_task.get(task["task_id"], ())}
        for quantity in quantities.find(text) if own else ():
            printed = own.get(quantity.begin)
            if printed and likeness(text, quantity) < LIMIT:
                yield task, printed
