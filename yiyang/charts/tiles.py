"""Draw a table of counts as tiles: rows and columns with names, a figure in each tile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from yiyang.charts import style

HUE = LinearSegmentedColormap.from_list("tiles", ["#ffffff", "#7fa3bd"])
"""One hue, light enough for dark figures on its darkest shade."""
SIZE = 10
"""Points of the figures and names: they stay legible on a phone."""


def draw(
    ax: Axes,
    shades: npt.NDArray[np.float64],
    words: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[str],
) -> Axes:
    """Draw a tile for each cell, from the top: its shade (0 to 1, missing is none) and its words;
    `rows` and `columns` name them. A cell of nothing ("0") is faint."""
    edges: Any = {"edgecolors": "white", "linewidth": 3}
    ax.pcolormesh(np.ma.masked_invalid(shades), cmap=HUE, vmin=0, vmax=1, **edges)
    for (i, j), shade in np.ndenumerate(shades):
        colour = style.FAINT if words[i][j] == "0" or np.isnan(shade) else style.INK
        ax.text(j + 0.5, i + 0.5, words[i][j], ha="center", va="center", size=SIZE, color=colour)
    ax.set_yticks(np.arange(len(rows)) + 0.5, rows, size=SIZE)
    ax.set_xticks(np.arange(len(columns)) + 0.5, columns, size=9)
    ax.invert_yaxis()
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax
