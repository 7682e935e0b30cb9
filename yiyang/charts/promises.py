"""Draw promises: figures promised and reached, and how firmly tasks are worded."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from yiyang.charts import headlines, style
from yiyang.core.messages import Lang, label, names
from yiyang.grammar.obligations import STRENGTHS

# From soft to firm, light to dark: the order is read in grey print too.
_STRENGTH_COLOURS = dict(
    zip(STRENGTHS, ("#f1e3d3", "#e3bd96", "#cf8d5b", "#9c5a34", "#57290f"), strict=True)
)


@style.or_nothing
def strengths(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw the strength of the first grading word of a task, by share (table:
    `promises.strengths`)."""
    wide = table.pivot(index="jurisdiction", columns="strength", values="tasks").astype(int)
    wide = wide.loc[list(dict.fromkeys(table["jurisdiction"]))[::-1]]
    total = wide.sum(axis=1)
    rows = [f"{names(jurisdictions, lang)[key]} ({n})" for key, n in total.items()]
    style.room(ax, len(rows), 1.9)
    start = total * 0.0
    for strength in STRENGTHS:
        share = wide[strength] / total
        colour, name = _STRENGTH_COLOURS[strength], label(f"strength.{strength}", lang)
        ax.barh(rows, share, left=start, color=colour, edgecolor="white", label=name)
        for y, (n, width, left) in enumerate(zip(wide[strength], share, start, strict=True)):
            if n and width > 0.03:
                ink = "white" if strength in ("commit", "mandate") else style.INK
                ax.text(left + width / 2, y, str(n), ha="center", va="center", color=ink)
        start = start + share
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    style.head(
        ax, headlines.strengths(table, lang), label("promises.strengths.subject", lang), lang
    )
    style.legend_below(ax)
    return ax


@style.or_nothing
def promised_and_reached(
    table: pd.DataFrame, indicators: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang
) -> Axes:
    """Draw percentages promised (rings) and reported (discs), a row a figure, under their
    indicator.

    A near measure that is not quite the same is a diamond. Figures of different places and years
    stand in rows of their own and are not joined: none is the result of another (table:
    `promises.promised_and_reached`; only indicators with both sides are drawn).
    """
    own = table[table["unit"] == "%"].sort_values(["indicator_id", "day"], kind="stable")
    own = own[own.groupby("indicator_id")["source"].transform("nunique") == 2]
    if own.empty:
        return style.nothing(ax, lang)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    place, title = names(jurisdictions, lang), names(indicators, lang)
    ticks: dict[float, str] = {}
    y = 0.0
    for key in own["indicator_id"].unique():
        # From the left edge of the figure: an English name is longer than the axis.
        edge = blended_transform_factory(ax.figure.transFigure, ax.transData)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        ax.text(0.02, y, title[key], va="center", transform=edge, in_layout=False, bbox=box)
        for row in own[own["indicator_id"] == key].itertuples():
            y += 1
            ax.hlines(y, 0, row.value, color=colours[row.jurisdiction], lw=1.5, zorder=1)
            _figure(ax, row, y, colours[row.jurisdiction])
            year = row.day.year if pd.notna(row.day) else label("undated", lang)
            ticks[y] = f"{place[row.jurisdiction]}, {year}".replace(", ", label("mark.pause", lang))
        y += 1.4
    ax.set_yticks(list(ticks), list(ticks.values()))
    ax.set_ylim(y - 0.6, -0.8)
    style.room(ax, y, 1.1)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}%")
    ax.grid(axis="x")
    style.legend_below(ax, handles=_legend(own, lang), ncols=3)
    style.head(
        ax,
        headlines.promised_and_reached(table, lang),
        label("promises.reached.subject", lang),
        lang,
    )
    return ax


_SIGNS = {">=": "≥", "<=": "≤", "about": "≈", "=": ""}


def _figure(ax: Axes, row: Any, y: float, colour: str) -> None:
    face = colour if row.source == "outcome" else "white"
    marker = "o" if row.is_same else "D"
    ax.scatter(row.value, y, s=70, marker=marker, facecolor=face, edgecolor=colour, lw=2, zorder=2)
    text = f"{_SIGNS[row.comparator]}{row.value:g}%"
    ax.annotate(text, (row.value, y), (9, 0), textcoords="offset points", va="center")


def _legend(rows: pd.DataFrame, lang: Lang) -> list[Line2D]:
    """A ring, a disc and, where there is a near measure, a diamond, in ink."""
    marks = [("o", "source.target", "white"), ("o", "source.outcome", style.INK)]
    marks += [("D", "near_measure", "white")] * bool((~rows["is_same"]).any())
    look: dict[str, Any] = {"ls": "", "markeredgecolor": style.INK, "markersize": 8}
    return [
        Line2D([], [], marker=marker, markerfacecolor=face, label=label(key, lang), **look)
        for marker, key, face in marks
    ]
