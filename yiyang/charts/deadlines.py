"""Draw deadlines: how much is dated, and when from its issue on it falls due."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num

from yiyang.charts import headlines, style
from yiyang.compare.coverage import STATES, TIMED
from yiyang.core.messages import Lang, label, short_names, shortened

# From a day that binds to none stated; the last is no value and is hatched as such.
_COLOURS = dict(
    zip(
        STATES,
        ("#1b4f4a", "#33746a", "#4c8f84", "#8fc1b5", "#c7b26a", "#e9dcae", style.MISSING),
        strict=True,
    )
)


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
def timeline(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw from the issue of each list to the months in which its tasks fall due: a line a list,
    its issue a diamond, a disc for the tasks of a month, its area their number.

    Where a document states no date of issue the line has no diamond, and that is said (table:
    `coverage.timeline`).
    """
    place = short_names(jurisdictions, lang)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    keys = list(dict.fromkeys(table["jurisdiction"]))[::-1]
    style.room(ax, 2 * len(keys), 1.6)
    largest = max(1.0, float(table["tasks"].max()))
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
        for day, n, size in zip(days, own["tasks"], sizes, strict=True):
            above = 3 + float(np.sqrt(size)) / 2
            ax.annotate(
                str(n), (day, y), xytext=(0, above), textcoords="offset points", ha="center", size=9
            )
    ax.set_yticks(range(len(keys)), style.wrap([place[key] for key in keys], lang, 16))
    ax.set_ylim(-0.75, len(keys) - 0.25)
    ax.tick_params(axis="y", length=0)
    ax.xaxis_date()
    ax.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=6))
    ax.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
    ax.margins(x=0.06)
    ax.grid(axis="x")
    finding = headlines.timeline(table, lang)
    style.head(ax, finding, label("deadlines.timeline.subject", lang), lang)
    return ax
