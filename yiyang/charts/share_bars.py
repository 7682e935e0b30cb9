"""Draw one share for each jurisdiction, as a small chart for the front page."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import style
from yiyang.core.messages import Lang, names, short_names

FEW = 8
"""Jurisdictions that have a bar in a colour of their own."""


def shares(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw a bar for each jurisdiction (table: `jurisdiction, share, said`; `said` stands behind
    it); of more than `FEW` a dot each, ranked, in one colour: so many colours would repeat."""
    if len(table) > FEW:
        return _ranked(table, jurisdictions, ax, lang)
    called = names(jurisdictions, lang)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    for y, row in enumerate(table.itertuples()):
        ax.barh(y, 1, height=0.62, color="#efefef", lw=0)
        ax.barh(y, row.share, height=0.62, color=colours[row.jurisdiction], lw=0)
        ax.text(1.02, y, row.said, va="center", fontsize=10)
    ax.set_yticks(range(len(table)), [called[j] for j in table["jurisdiction"]])
    ax.set_xlim(0, 1)
    ax.invert_yaxis()
    ax.xaxis.set_visible(False)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return ax


def _ranked(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """The same as dots, the greatest share first; long names of places would leave no room."""
    called = short_names(jurisdictions, lang)
    table = table.sort_values("share", ascending=False, kind="stable")
    rows = range(len(table))
    ax.hlines(rows, 0, 1, color="#efefef", lw=1)
    ax.scatter(table["share"], rows, s=30, color=style.INK, zorder=3, clip_on=False)
    for y, said in enumerate(table["said"]):
        ax.text(1.04, y, said, va="center", fontsize=10)
    ax.set_yticks(rows, style.wrap([called[j] for j in table["jurisdiction"]], lang))
    ax.set_xlim(0, 1)
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.xaxis.set_visible(False)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return ax
