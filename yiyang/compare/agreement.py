"""Measure how coders agree, show where they do not, and settle it.

Cohen's kappa is scikit-learn's, Krippendorff's alpha (nominal, with missing codes) NLTK's; the
intervals are those of a bootstrap over units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from yiyang.core import intervals
from yiyang.safety import extras
from yiyang.safety.errors import refusal

RESAMPLES = 200
COLUMNS = ["measure", "coders", "n_units", "agreement", "value", "low", "high"]


def agreement(codes: pd.DataFrame) -> pd.DataFrame:
    """Measure how coders agree. One row is a measure: `kappa` of two coders, and `alpha` of all.

    Parameters
    ----------
    codes
        From `validation.read`.

    Returns
    -------
    DataFrame
        `measure`, `coders`, `n_units` (coded by both, or by two at least), `agreement` (share of
        equal codes; of alpha, of pairs of codes), `value` with its 95 % interval `low`, `high`.
        Where all codes are one and the same neither measure is defined: `value` is missing.

    Raises
    ------
    InputError
        For fewer than two coders.
    """
    wide = _wide(codes)
    if wide.shape[1] < 2:
        raise refusal("validation.one_coder", "validation.agreement")
    rows = [_row("kappa", wide[[*pair]].dropna(), _kappa) for pair in combinations(wide, 2)]
    rows.append(_row("alpha", wide[wide.notna().sum(axis=1) > 1], _alpha))
    return pd.DataFrame(rows, columns=COLUMNS)


def _wide(codes: pd.DataFrame) -> pd.DataFrame:
    """One row a unit, one column a coder."""
    return codes.pivot(index="unit", columns="coder", values="code")


def _row(measure: str, wide: pd.DataFrame, of: Callable[[pd.DataFrame], float]) -> tuple:
    rng = np.random.default_rng(intervals.SEED)
    drawn = [of(wide.iloc[rng.integers(0, len(wide), len(wide))]) for _ in range(RESAMPLES)]
    drawn = [value for value in drawn if not np.isnan(value)]
    low, high = intervals.ends(drawn) if drawn else (np.nan, np.nan)
    value = of(wide)
    span = (np.nan, np.nan) if np.isnan(value) else (float(low), float(high))
    return measure, ", ".join(wide), len(wide), _share(wide), value, *span


def _share(wide: pd.DataFrame) -> float:
    same = [
        (wide[a] == wide[b])[wide[a].notna() & wide[b].notna()] for a, b in combinations(wide, 2)
    ]
    return float(pd.concat(same).mean())


def _is_uniform(wide: pd.DataFrame) -> bool:
    return wide.stack().nunique() < 2


def _kappa(wide: pd.DataFrame) -> float:
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415

    if _is_uniform(wide):
        return float("nan")
    return float(cohen_kappa_score(wide.iloc[:, 0], wide.iloc[:, 1]))


def _alpha(wide: pd.DataFrame) -> float:
    with extras.named("validation", "validation.agreement"):
        from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415

    if _is_uniform(wide):
        return float("nan")
    # A unit that is drawn twice is two units.
    said = [
        (coder, unit, code)
        for coder in wide
        for unit, code in enumerate(wide[coder])
        if not pd.isna(code)
    ]
    return float(AnnotationTask(said).alpha())


def confusion(codes: pd.DataFrame, one: str, other: str | pd.Series) -> pd.DataFrame:
    """Count how two coders coded the same units: a row for each code of `one`, a column for each of
    the other. `other` is a coder, or codes by unit: those of the method are
    `drawn.set_index("unit")["method"]`."""
    wide = _wide(codes)
    for name in (one, *([other] if isinstance(other, str) else [])):
        if name not in wide:
            raise refusal(
                "validation.no_coder", "validation.confusion", name=name, known=", ".join(wide)
            )
    theirs = wide[other] if isinstance(other, str) else wide.index.to_series().map(other)
    order = [*codes.attrs.get("codes", {})] or sorted({*wide[one].dropna(), *theirs.dropna()})
    table = pd.crosstab(wide[one], theirs).reindex(index=order, columns=order, fill_value=0)
    used = (table.sum(axis=0) + table.sum(axis=1)) > 0
    return table.loc[used, used].rename_axis(index=one, columns=None)


def disagreements(codes: pd.DataFrame, drawn: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the units on which coders differ. One row is a unit: a column for each coder, and of
    `drawn` the texts. A missing code is no disagreement."""
    wide = _wide(codes)
    found = wide[wide.nunique(axis=1) > 1].reset_index().rename_axis(columns=None)
    if drawn is None:
        return found
    return found.merge(drawn[["unit", "text", "other_text"]], on="unit", how="left")


def adjudicate(codes: pd.DataFrame, decisions: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Settle the codes. One row is a unit: `unit, code, how`.

    `how` is `agreed` (all who coded it), `decided` (by `decisions`, unit -> code), or `open`: then
    the code is missing. No majority decides by itself.

    Raises
    ------
    InputError
        For a decision about an unknown unit, or for a code that is not in the codebook.
    """
    wide = _wide(codes)
    decided = dict(decisions or {})
    known = set(codes.attrs.get("codes", {})) or set(codes["code"].dropna())
    for unit, code in decided.items():
        if unit not in wide.index or code not in known:
            raise refusal("validation.decision", "validation.adjudicate", unit=unit, code=code)
    rows: list[tuple[object, ...]] = []
    for unit, given in wide.iterrows():
        said = given.dropna().unique()
        if unit in decided:
            rows.append((unit, decided[str(unit)], "decided"))
        elif len(said) == 1:
            rows.append((unit, said[0], "agreed"))
        else:
            rows.append((unit, None, "open"))
    return pd.DataFrame(rows, columns=["unit", "code", "how"])


def overrides(final: pd.DataFrame, reason: str) -> pd.DataFrame:
    """Turn settled themes into rows of `theme_reviews.csv`: `task_id, theme_id, reason`. Units that
    are open, and those without a theme, give none."""
    kept = final[final["code"].notna() & (final["code"] != "none")]
    said = kept["how"].map(lambda how: f"{reason} ({how})")
    return pd.DataFrame({"task_id": kept["unit"], "theme_id": kept["code"], "reason": said})
