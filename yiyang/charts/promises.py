"""Draw how firmly tasks are worded."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import headlines, style
from yiyang.core.messages import Lang, label, names
from yiyang.grammar.obligations import STRENGTHS

# From soft to firm, light to dark: the order is read in grey print too.
_STRENGTH_COLOURS = dict(
    zip(STRENGTHS, ("#f1e3d3", "#e3bd96", "#cf8d5b", "#9c5a34", "#57290f"), strict=True)
)


@style.or_nothing
def strengths(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw the strength of the verb that opens a task, by share (table:
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
