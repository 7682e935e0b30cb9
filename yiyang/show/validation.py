"""Have people code a sample without seeing what the methods said, and measure how they agree.

drawn = validation.sample(corpus, 60, by="jurisdiction", seed=1)
validation.write_sheets(drawn, "coding", coders=["Li", "Wang"])      # fill them in a spreadsheet
codes = validation.read("coding")
validation.agreement(codes)                                          # kappa, alpha, intervals
validation.disagreements(codes, drawn)                               # side by side
final = validation.adjudicate(codes, decisions)
validation.overrides(final, "two coders")                            # rows of theme_reviews.csv
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from yiyang.compare.agreement import adjudicate, agreement, confusion, disagreements, overrides
from yiyang.compare.concordance import grouping
from yiyang.core import schema
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, label
from yiyang.matches import reviews
from yiyang.safety.errors import refusal
from yiyang.show.coding_sheets import read, write_sheets

__all__ = [
    "adjudicate",
    "agreement",
    "confusion",
    "disagreements",
    "overrides",
    "read",
    "sample",
    "write_sheets",
]

What = Literal["themes", "counterparts", "obligations"]
NONE = "none"
"""The code of what no other one fits."""


def sample(
    corpus: Corpus, n: int, *, by: str = "jurisdiction", seed: int = 0, what: What = "themes"
) -> pd.DataFrame:
    """Draw a stratified sample to be coded. One row is a unit, in the order of the tasks.

    Parameters
    ----------
    corpus
        Whose tasks or pairs are drawn.
    n
        How many; each stratum has its share of them (largest remainders), and at least one where
        `n` suffices.
    by
        The strata: a column of `corpus.document_info()`; of counterparts also `is_match`.
    seed
        The same seed draws the same units.
    what
        `themes`: a task and its theme. `obligations`: a task and its firmest word of obligation.
        `counterparts`: a task and a candidate elsewhere.

    Returns
    -------
    DataFrame
        `unit, what, stratum, text, other_text, method`; `method` is what the method says, which
        no sheet shows. `attrs["codes"]` are the codes to choose from, with their meaning.

    Raises
    ------
    InputError
        For an `n` below 1 or above the number of units, and an unknown column.
    """
    if what not in get_args(What):
        raise refusal("validation.what", "validation.sample", what=what)
    units = _pairs(corpus, by) if what == "counterparts" else _tasks(corpus, by, what)
    if not 1 <= n <= len(units):
        raise refusal("validation.n", "validation.sample", n=n, most=len(units))
    rng = np.random.default_rng(seed)
    counts = _shares(units["stratum"].value_counts(sort=False), n)
    rows = [
        rng.choice(np.flatnonzero(units["stratum"] == stratum), size, replace=False)
        for stratum, size in counts.items()
    ]
    drawn = units.iloc[np.sort(np.concatenate(rows))].reset_index(drop=True)
    drawn.attrs["codes"] = _codes(corpus, what)
    return drawn


def _shares(sizes: pd.Series, n: int) -> dict[str, int]:
    """How many units each stratum gives: by its size, with largest remainders, one at least."""
    exact = sizes * n / sizes.sum()
    given = np.floor(exact).astype(int)
    if n >= len(sizes):
        given = np.maximum(given, 1)
    while (over := int(given.sum()) - n) != 0:
        rest = exact - given
        free = rest.where(given > (1 if n >= len(sizes) else 0)) if over > 0 else rest
        at = free.idxmin() if over > 0 else rest.where(given < sizes).idxmax()
        given[at] += -1 if over > 0 else 1
    return {str(stratum): int(size) for stratum, size in given.items()}


def _tasks(corpus: Corpus, by: str, what: str) -> pd.DataFrame:
    tasks, column = corpus.tasks, {"themes": "theme_id", "obligations": "strength"}[what]
    found = grouping(corpus, column).astype(object)
    return pd.DataFrame(
        {
            "unit": tasks["task_id"],
            "what": what,
            "stratum": tasks["task_id"].map(grouping(corpus, by).astype(object)).map(_named),
            "text": tasks["text"],
            "other_text": "",
            "method": tasks["task_id"].map(found).map(_named),
        }
    )


def _pairs(corpus: Corpus, by: str) -> pd.DataFrame:
    """Each pair of candidates once, either way round."""
    found = corpus.task_matches
    pairs = [tuple(sorted(pair)) for pair in found[["task_id", "other_task_id"]].to_numpy(object)]
    found = found.assign(unit=[" ".join(pair) for pair in pairs])
    is_match = found.groupby("unit")["is_match"].any()
    found = found.drop_duplicates("unit")
    texts = corpus.tasks.set_index("task_id")["text"]
    one, other = (found["unit"].str.split(" ").str[side] for side in (0, 1))
    asserted = found["unit"].map(is_match)
    strata = asserted if by == "is_match" else one.map(grouping(corpus, by).astype(object))
    frame = {
        "unit": found["unit"],
        "what": "counterparts",
        "stratum": strata.map(_named),
        "text": one.map(texts),
        "other_text": other.map(texts),
        "method": asserted.map({True: "yes", False: "no"}),
    }
    return pd.DataFrame(frame).reset_index(drop=True)


def _named(value: object) -> str:
    return "none" if pd.isna(value) else str(value)


def _both(key: str) -> str:
    """The words of a code in both languages: coders share a sheet."""
    return " ".join(label(key, lang) for lang in LANGS)


def _codes(corpus: Corpus, what: str) -> dict[str, str]:
    if what == "counterparts":
        return {verdict: _both(f"verdict.{verdict}") for verdict in reviews.VERDICTS}
    none = {NONE: _both("coding.none")}
    if what == "obligations":
        fields = schema.specifications()["obligations"]["fields"]
        [strength] = [field for field in fields if field["name"] == "strength"]
        return dict.fromkeys(strength["categories"], strength["description"]) | {
            NONE: _both("coding.none")
        }
    return {
        row.theme_id: f"{row.name_zh} {row.name_en}: {row.definition}"
        for row in corpus.themes.itertuples()
    } | none
