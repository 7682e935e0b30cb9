"""Hold what every claim is made with: its row, its caveats, and its grade beside chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from yiyang.compare import chance
from yiyang.core.corpus import Corpus

Rows = Iterator[dict[str, Any]]
SMALL = 30
"""A list of fewer tasks than this is said to be short beside its figures."""
BESIDE = "scope year level"
"""What a reader must know wherever lists are set side by side."""


class Claim(NamedTuple):
    """A kind of number that the report states: the `function` whose result it is, the `tables` that
    it rests on, separated by spaces, and `find`, which yields its rows."""

    function: str
    tables: str
    find: Callable[[Corpus], Rows]


def row(value: float, of: float, grade: str, caveats: str, **more: Any) -> dict[str, Any]:
    """Make the row of a claim; `more` fills the other columns of `claims.table`."""
    return {"value": value, "of": of, "grade": grade, "caveats": caveats.strip(), **more}


def by_chance(q: float) -> str:
    """Grade what the frequencies might have made."""
    return "robust" if q < chance.LIKELY else "suggestive"


def beside(corpus: Corpus, place: str) -> str:
    """Name the caveats of a figure of one list among others."""
    n = int((corpus.tasks["jurisdiction"] == place).sum())
    return f"{BESIDE} small" if n < SMALL else BESIDE


def sizes(corpus: Corpus) -> Iterator[tuple[str, int]]:
    """Yield each jurisdiction with the number of its tasks."""
    for place, n in corpus.tasks["jurisdiction"].value_counts(sort=False).items():
        yield str(place), int(n)


def several(corpus: Corpus) -> bool:
    """Tell whether there are lists to set side by side."""
    return corpus.tasks["jurisdiction"].nunique() > 1


def share(part: pd.Series) -> tuple[int, int]:
    """Count those that hold, and all."""
    return int(part.sum()), len(part)
