"""Draw shares of groups as dots: a firm count, and a wider one as a ring around what it adds."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from yiyang.charts import style


def shares(ax: Axes, counts: pd.DataFrame, colour: str) -> Axes:
    """Draw a line a group, from the top: a dot at the share of its `firm` tasks, a ring at that of
    the `wide` ones where they are more; the number of tasks stands beside each.

    `counts` has the columns `firm, wide, of`; its index holds the names of the rows.
    """
    style.room(ax, len(counts), 1.3)
    for y, (firm, wide, of) in enumerate(counts[["firm", "wide", "of"]].itertuples(index=False)):
        ax.plot([0, 1], [y, y], color="#e6e6e6", lw=0.8, zorder=0)
        if wide > firm:
            ax.plot([firm / of, wide / of], [y, y], color=colour, lw=1, zorder=1)
            _dot(ax, (wide / of, y), wide, {"color": "white", "edgecolor": colour}, 7)
        behind = 7 if wide == firm else -7
        _dot(ax, (firm / of, y), firm, {"color": colour, "edgecolor": colour}, behind)
    ax.set_yticks(range(len(counts)), [str(name) for name in counts.index])
    ax.set_ylim(len(counts) - 0.4, -0.6)
    ax.set_xlim(-0.09, 1.09)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    return ax


def _dot(ax: Axes, at: tuple[float, float], n: int, look: dict[str, Any], aside: int) -> None:
    ax.scatter(*at, s=44, lw=1.4, zorder=2, **look)
    side: Any = {"ha": "left" if aside > 0 else "right", "va": "center"}
    ax.annotate(str(n), at, xytext=(aside, 0), textcoords="offset points", size=9, **side)


def legend(ax: Axes, firm: str, wide: str, colour: str) -> None:
    """Say under the chart what the dot and the ring are."""
    sign = {"marker": "o", "linestyle": "", "markersize": 7, "markeredgecolor": colour}
    handles = [
        Line2D([], [], markerfacecolor=face, label=name, **sign)  # type: ignore[arg-type]
        for face, name in ((colour, firm), ("white", wide))
    ]
    style.legend_below(ax, handles=handles)
