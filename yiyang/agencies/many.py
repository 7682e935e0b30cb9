"""Resolve whole columns of names."""

from __future__ import annotations

import datetime as dt

from yiyang.agencies.resolving import resolve
from yiyang.safety.later import pd

COLUMNS = ("name", "agency_id", "level", "function", "rule", "nearest")


def resolve_many(names: pd.Series, on: pd.Series | dt.date | None = None) -> pd.DataFrame:
    """Resolve a column of names. One row is a name, in the order and with the index of `names`.

    Parameters
    ----------
    names
        Names as printed; a missing one gives a row of missing values.
    on
        The day as of which each is meant, or one for all.

    Returns
    -------
    DataFrame
        `name, agency_id, level, function, rule, nearest`: `nearest` are the known names most like
        one that is not known, separated by 、; an unknown name has no `agency_id`, never a guess.

    Examples
    --------
    >>> resolve_many(pd.Series(["市卫健委", "火星管理局"]))["agency_id"].tolist()
    ['health', None]
    """
    days = on if isinstance(on, pd.Series) else pd.Series(on, names.index, dtype=object)
    rows: list[tuple[str | None, ...]] = []
    for name, day in zip(names, days, strict=True):
        if not isinstance(name, str):
            rows.append((None,) * len(COLUMNS))
            continue
        moment = None if day is None or pd.isna(day) else pd.Timestamp(day).date()
        found = resolve(name, moment)
        near = "、".join(found.nearest) or None
        rows.append((name, found.agency_id, found.level, found.function, found.rule, near))
    return pd.DataFrame(rows, columns=list(COLUMNS), index=names.index, dtype=object)
