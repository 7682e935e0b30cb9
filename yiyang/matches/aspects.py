"""Compare what two clauses are about beside their words: object, direction, instrument.

Beds of homes are not beds of clinics, and a hospital that opens a home is not a home that opens a
hospital, though nearly all their words are the same. `curation/match_aspects.csv` names the
aspects, their values and the expressions that give them away. Two clauses differ in an aspect
where both have values of it and none in common; where one has none, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from yiyang.core import curated_csv
from yiyang.core.schema import CURATION
from yiyang.core.text import fold

ASPECTS = CURATION / "match_aspects.csv"
COLUMNS = ["aspect", "value", "expression", "reason"]
KINDS = ("direction", "object", "instrument")
"""The beginnings of the aspects' names (`object_beds`): what is said of a difference."""
WEIGHING = ("direction", "object")
"""Differences that make another measure of it. One purpose may be served by two instruments:
that is shown, and the score left as it is."""
FIELD, LINE = "field", "line"
"""What else keeps a pair from being the same measure: one of the two is not of the codebook's
field; one is a line of a few words (新增老年大学3所) and the other an article."""
NEVER_SAME = (*WEIGHING, FIELD, LINE)
LOWERED = 0.8
"""What is left of the likeness of a pair that differs in a `WEIGHING` kind."""


class Aspect(NamedTuple):
    """A row of the file: an aspect, one of its values, and the expression that tells it."""

    aspect: str
    value: str
    expression: re.Pattern[str]


@cache
def aspects(path: Path = ASPECTS) -> tuple[Aspect, ...]:
    """Read the file of aspects, a line a value. Raises `InputError` with the line."""
    found = []
    for row, line in curated_csv.rows(path, COLUMNS):
        if row["aspect"].partition("_")[0] not in KINDS:
            raise curated_csv.fault("aspect", path, line, aspect=row["aspect"], known=KINDS)
        try:
            expression = re.compile(row["expression"])
        except re.error as error:
            raise curated_csv.fault(
                "expression", path, line, expression=row["expression"], error=error
            ) from error
        found.append(Aspect(row["aspect"], row["value"], expression))
    return tuple(found)


def marks(texts: Sequence[str]) -> np.ndarray:
    """Tell which values (columns, in the order of the file) each text (row) has, as bits of an
    integer."""
    book = aspects()
    out = np.zeros(len(texts), np.int64)
    for row, text in enumerate(texts):
        folded = fold(text)
        for number, aspect in enumerate(book):
            if aspect.expression.search(folded):
                out[row] |= 1 << number
    return out


def differing(here: np.ndarray, there: np.ndarray) -> dict[str, np.ndarray]:
    """Tell for each kind in which of the pairs the `marks` of the two sides differ."""
    out = {kind: np.zeros(len(here), bool) for kind in KINDS}
    book = aspects()
    for name in dict.fromkeys(aspect.aspect for aspect in book):
        mask = sum(1 << n for n, aspect in enumerate(book) if aspect.aspect == name)
        both = (here & mask != 0) & (there & mask != 0)
        out[name.partition("_")[0]] |= both & (here & there & mask == 0)
    return out


def weighed(differ: dict[str, np.ndarray]) -> np.ndarray:
    """Return what is left of the likeness of each pair, from 0 to 1."""
    differs = np.logical_or.reduce([differ[kind] for kind in WEIGHING])
    return np.where(differs, LOWERED, 1.0)
