"""Draw deadlines: how much is dated, when it falls due, how long it leaves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import MonthLocator, date2num

from yiyang.charts import headlines, style
from yiyang.compare.coverage import STATES, TIMED
from yiyang.core.messages import Lang, label, names, say, shortened

# From a day that binds to none stated; the last is no value and is hatched as such.
_COLOURS = dict(
    zip(
        STATES,
        ("#1b4f4a", "#33746a", "#4c8f84", "#8fc1b5", "#c7b26a", "#e9dcae", style.MISSING),
        strict=True,
    )
)

MOST_COUNTS = 8
"""Months of many lists over which their number of tasks stands: those with the most."""
MOST_QUARTERS = 14
"""A calendar of more quarters than this bears the ends of its years only."""


@style.or_nothing
def coverage(table: pd.DataFrame, groups: pd.Series, ax: Axes, lang: Lang) -> Axes:
    """Draw what the times of a group's tasks come to, by share (table: `coverage.shares`).

    `groups` names the groups in `lang`, by their keys; they are drawn in its order, from the top.
    Only states that occur are drawn; the number of tasks stands behind each name.
    """
    by = str(table.columns[0])
    wide = table.pivot(index=by, columns="state", values="tasks").astype(int)
    wide = wide.loc[[key for key in groups.index if key in wide.index]][::-1]
    if wide.empty:
        return style.nothing(ax, lang)
    total = wide.sum(axis=1)
    rows = [f"{groups[key]} ({n})" for key, n in total.items()]
    style.room(ax, len(rows))
    start = np.zeros(len(wide))
    for state in STATES:
        count = wide[state].to_numpy()
        if not count.sum():
            continue
        share = count / total.to_numpy()
        hatch = style.MISSING_HATCH if state == "none" else None
        name = label(f"state.{state}", lang)
        ax.barh(rows, share, left=start, color=_COLOURS[state], hatch=hatch, label=name, lw=0)
        for y, (k, width, left) in enumerate(zip(count, share, start, strict=True)):
            if k and width > 0.02 * max(1, len(str(k)) - 1):  # room for its digits
                _count(ax, left + width / 2, y, k, state)
        start += share
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    called = shortened(groups, lang) if by == "jurisdiction" else groups
    finding = headlines.coverage(wide[::-1].rename(index=called), by, lang)
    style.head(ax, finding, label(f"deadlines.coverage.subject.{by}", lang), lang)
    style.legend_below(ax)
    return ax


def _count(ax: Axes, x: float, y: int, n: int, state: str) -> None:
    is_dark = state in TIMED
    box = {"facecolor": style.MISSING, "edgecolor": "none", "pad": 1.5} if state == "none" else None
    colour = "white" if is_dark else style.INK
    ax.text(x, y, str(n), ha="center", va="center", color=colour, bbox=box)


@style.or_nothing
def calendar(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw how many tasks fall due in which month (table: `coverage.calendar`)."""
    place = names(jurisdictions, lang)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    # Of more lists than there are colours all are drawn as one: no colour stands for two.
    drawn = table["jurisdiction"].unique()
    is_one = len({colours[key] for key in drawn}) < len(drawn)
    if is_one:
        table = table.groupby("month", as_index=False)["tasks"].sum().assign(jurisdiction="")
    base: dict[pd.Timestamp, int] = {}
    for key, rows in table.groupby("jurisdiction", sort=False):
        bottom = [base.get(month, 0) for month in rows["month"]]
        x = date2num(rows["month"])
        ax.bar(x, rows["tasks"], bottom=bottom, width=22, **_look(key, colours, place))
        for month, n in zip(rows["month"], rows["tasks"], strict=True):
            base[month] = base.get(month, 0) + n
    shown = sorted(base, key=lambda month: -base[month])[: MOST_COUNTS if is_one else None]
    for month in shown:
        n = base[month]
        ax.text(date2num(month), n, str(n), ha="center", va="bottom")
    first, last = min(base), max(base)
    month = pd.DateOffset(months=1)
    quarters = pd.date_range(first - month, last + month, freq="QE")
    is_long = len(quarters) > MOST_QUARTERS
    ticks = pd.date_range(first - month, last + month, freq="YE") if is_long else quarters
    ax.set_xticks([date2num(t) for t in ticks], [f"{t.year}-{t.month:02d}" for t in ticks])
    if not is_long:
        ax.xaxis.set_minor_locator(MonthLocator(bymonthday=-1))
    ax.tick_params(axis="x", rotation=45)
    ax.set_xlim(date2num(first) - 45, date2num(last) + 45)
    ax.set_ylim(0, max(base.values()) * 1.15)
    ax.yaxis.set_visible(False)
    ax.spines["left"].set_visible(False)
    style.head(ax, headlines.calendar(table, lang), label("deadlines.calendar.subject", lang), lang)
    if not is_one:
        style.legend_below(ax)
    return ax


def _look(key: Any, colours: dict[str, str], place: pd.Series) -> dict[str, Any]:
    """The colour and the name of a list's bars; those of all lists together bear no name."""
    return {"color": colours[key], "label": place[key]} if key else {"color": _COLOURS["dated"]}


@style.or_nothing
def lead_times(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw how long from issue to due date: a circle for the tasks of one day, its area their
    number.

    Tasks of a document that states no date of issue stand at the left, counted (table:
    `coverage.lead_times`).
    """
    place = names(jurisdictions, lang)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    keys = list(dict.fromkeys(table["jurisdiction"]))[::-1]
    style.room(ax, 1.2 * len(keys))
    for y, key in enumerate(keys):
        days = table.loc[table["jurisdiction"] == key, "days"]
        counts = days.dropna().value_counts().sort_index()
        ax.scatter(counts.index, [y] * len(counts), s=counts * 22, color=colours[key], alpha=0.85)
        for day, n in counts.items():
            inside = n > 9
            offset = (0, 0) if inside else (0, 7 + 2 * float(np.sqrt(n)))
            ax.annotate(
                str(n),
                (day, y),
                xytext=offset,
                textcoords="offset points",
                ha="center",
                va="center",
                color="white" if inside else style.INK,
            )
        if days.isna().any():
            text = say("deadlines.lead_time.not_stated", lang, n=int(days.isna().sum()))
            ax.text(15, y, text, va="center", color=style.FAINT)
    ax.set_yticks(range(len(keys)), [place[key] for key in keys])
    ax.set_ylim(-0.6, len(keys) - 0.4)
    # Where no document states a date of issue there is no longest wait; a year fills the axis.
    known = table["days"].dropna()
    ax.set_xlim(0, (int(known.max()) if len(known) and known.max() > 0 else 365) * 1.08)
    ax.grid(axis="x")
    ax.set_xlabel(label("deadlines.lead_time.axis", lang))
    style.head(
        ax,
        headlines.lead_times(table["days"], lang),
        label("deadlines.lead_time.subject", lang),
        lang,
    )
    return ax
