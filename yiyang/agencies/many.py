"""Resolve whole columns of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from numbers import Real

from yiyang.agencies.resolving import resolve
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd

COLUMNS = ("name", "agency_id", "level", "function", "rule", "nearest")


def resolve_many(
    names: Iterable[str | None], on: Iterable[dt.date | None] | dt.date | None = None
) -> pd.DataFrame:
    """Resolve a column of names. One row is a name, in the order and with the index of `names`.

    Parameters
    ----------
    names
        Names as printed, in a Series (whose index is kept) or any other list; a missing one gives
        a row of missing values.
    on
        The day as of which each is meant, or one for all: a date, or one in words or figures
        (2024-05-31, 20240531); a missing or an empty one is none.

    Returns
    -------
    DataFrame
        `name, agency_id, level, function, rule, nearest`: `nearest` are the known names most like
        one that is not known, separated by 、; an unknown name has no `agency_id`, never a guess.

    Examples
    --------
    >>> resolve_many(["市卫健委", "火星管理局"])["agency_id"].tolist()
    ['health', None]
    """
    listed = _series(names)
    rows: list[tuple[str | None, ...]] = []
    for name, day in zip(listed, _days(on, len(listed)), strict=True):
        if not isinstance(name, str):
            rows.append((None,) * len(COLUMNS))
            continue
        found = resolve(name, day)
        near = "、".join(found.nearest) or None
        rows.append((name, found.agency_id, found.level, found.function, found.rule, near))
    return pd.DataFrame(rows, columns=list(COLUMNS), index=listed.index, dtype=object)


def _series(names: object) -> pd.Series:
    """The names as a Series; `InputError` for what is no list of them."""
    if isinstance(names, pd.Series):
        return names
    if isinstance(names, str | bytes | pd.DataFrame) or not isinstance(names, Iterable):
        raise refusal("agencies.no_names", "resolve_many", kind=type(names).__name__)
    return pd.Series([*names], dtype=object)


def _days(on: object, n: int) -> list[dt.date | None]:
    """The day of each name; `InputError` where it is none, or there are more or fewer."""
    is_one = isinstance(on, str) or not isinstance(on, Iterable)
    days = [on] * n if is_one else [*on]  # type: ignore[misc]
    if len(days) != n:
        raise refusal("agencies.days", "resolve_many", found=f"{len(days)}")
    return [_day(day) for day in days]


def _day(said: object) -> dt.date | None:
    """A day as tables hold it; None for a missing or an empty one. Of figures, 20240531 alone is
    one: pandas takes 2024 for nanoseconds after 1970, and "2024" for New Year."""
    try:
        # 20240531.0 too, as a column holds it beside missing ones
        text = f"{said:.15g}" if isinstance(said, Real) else f"{said}".strip()
        if pd.isna(said) or not text:
            return None
        if not isinstance(said, Real) and not text.isdecimal():
            return pd.Timestamp(said).date()
        if len(text) == len("20240531") and text.isdecimal():
            return dt.date.fromisoformat(text)
    except (ValueError, TypeError, OverflowError, NotImplementedError) as error:
        raise refusal("agencies.days", "resolve_many", found=f"{said!r:.80}") from error
    raise refusal("agencies.days", "resolve_many", found=f"{said!r:.80}")
