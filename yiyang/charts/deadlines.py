"""Draw deadlines: how much is dated, and when from its issue on it falls due."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator, YearLocator, date2num

from yiyang.charts import dots, headlines, style
from yiyang.compare.coverage import DATED
from yiyang.core.messages import Lang, label, short_names, shortened

_DOT = "#1b4f4a"
MONTH = 365.25 / 12
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months from one label of a time axis to the next."""
LABEL = 0.2
"""The part of the axis that a month and its year need."""
DIGIT = 0.024
"""The part of it that a figure of a number needs."""
LINE = 10
"""Points from one line of numbers to the next."""
SHORTEST = 3 * MONTH
"""Days that a time axis shows at least: one month alone would be named at each of its ends."""


@style.or_nothing
def coverage(
    table: pd.DataFrame, groups: pd.Series, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw which share of a group's tasks names a date, a dot with the number of tasks beside it;
    a ring where the tasks with any time stand, if they are more (table: `coverage.shares`).

    `groups` names the groups in `lang`, by their keys; they are drawn in its order, from the top.
    """
    ax = style.axes(ax)
    by = str(table.columns[0])
    wide = table.pivot(index=by, columns="state", values="tasks").astype(int)
    wide = wide.loc[[key for key in groups.index if key in wide.index]]
    if wide.empty:
        return style.nothing(ax, lang)
    total, dated = wide.sum(axis=1), wide[list(DATED)].sum(axis=1)
    timed = total - wide[["procedural", "none"]].sum(axis=1)
    called = shortened(groups, lang) if by == "jurisdiction" else groups
    rows = style.wrap([f"{called[key]} ({n})" for key, n in total.items()], lang, 20)
    counts = pd.DataFrame({"firm": dated, "wide": timed, "of": total}).set_axis(rows)
    dots.shares(ax, counts, _DOT)
    dots.legend(ax, label("state.dated", lang), label("state.any", lang), _DOT)
    finding = headlines.coverage(wide.rename(index=called), by, lang)
    style.head(ax, finding, label(f"deadlines.coverage.subject.{by}", lang), lang)
    return ax


@style.or_nothing
def timeline(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw from the issue of each list to the months in which its tasks fall due: a line a list,
    its issue a diamond, a disc for the tasks of a month, its area their number.

    Where a document states no date of issue the line has no diamond, and that is said (table:
    `coverage.timeline`).
    """
    ax = style.axes(ax)
    place = short_names(jurisdictions, lang)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    keys = list(dict.fromkeys(table["jurisdiction"]))[::-1]
    style.room(ax, 2 * len(keys), 1.6)
    largest = max(1.0, float(table["tasks"].max()))
    ends = date2num(pd.concat([table["month"], table["date_issued"].dropna()]))
    span = max(float(ends.max() - ends.min()), SHORTEST)
    for y, key in enumerate(keys):
        own = table[table["jurisdiction"] == key]
        # in the middle of the month: its last day would stand at the tick of the next one
        days, issued = date2num(own["month"]) - 15, own["date_issued"].iloc[0]
        begin = float(days.min()) if pd.isna(issued) else float(date2num(issued))
        ax.plot([begin, days.max()], [y, y], color=colours[key], lw=1.2, alpha=0.6, zorder=1)
        if pd.isna(issued):
            text = label("deadlines.timeline.not_issued", lang)
            ax.text(days.min(), y - 0.42, text, ha="left", va="center", size=9, color=style.FAINT)
        else:
            ax.scatter(begin, y, s=40, marker="D", color="white", edgecolor=colours[key], zorder=2)
        sizes = 30 + 370 * own["tasks"] / largest
        ax.scatter(days, [y] * len(own), s=sizes, color=colours[key], lw=0, zorder=3)
        lifted = _lifted(days, own["tasks"], span)
        for day, n, size, up in zip(days, own["tasks"], sizes, lifted, strict=True):
            above = 3 + float(np.sqrt(size)) / 2 + up
            ax.annotate(
                str(n), (day, y), xytext=(0, above), textcoords="offset points", ha="center", size=9
            )
    ax.set_yticks(range(len(keys)), style.wrap([place[key] for key in keys], lang, 16))
    ax.set_ylim(-0.75, len(keys) - 0.25)
    ax.tick_params(axis="y", length=0)
    ax.margins(x=0.06)
    _months(ax)
    ax.grid(axis="x")
    finding = headlines.timeline(table, lang)
    style.head(ax, finding, label("deadlines.timeline.subject", lang), lang)
    return ax


def _lifted(days: np.ndarray, numbers: pd.Series, span: float) -> list[float]:
    """How many points each number stands higher than its place, so that none runs into the one
    before it."""
    lifts: list[float] = []
    for at, (day, n) in enumerate(zip(days, numbers, strict=True)):
        lift = 0.0
        if at:
            wide = (len(str(n)) + len(str(numbers.iloc[at - 1]))) / 2 * DIGIT
            is_near = (day - days[at - 1]) / span < wide
            lift = lifts[-1] + LINE if is_near and lifts[-1] < 3 * LINE else 0.0
        lifts.append(lift)
    return lifts


def _months(ax: Axes) -> None:
    """Name months under the axis, each once and none over another, however short the time."""
    low, high = ax.get_xlim()
    if (lacking := SHORTEST - (high - low)) > 0:
        low, high = low - lacking / 2, high + lacking / 2
        ax.set_xlim(low, high)
    least = LABEL * (high - low) / MONTH
    step = next((step for step in STEPS if step >= least), STEPS[-1])
    by_month = MonthLocator(range(1, 13, step)) if step <= 12 else YearLocator(step // 12)
    ax.xaxis.set_major_locator(by_month)
    ax.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
