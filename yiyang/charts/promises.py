"""Draw how firmly tasks are worded."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import headlines, style, tiles
from yiyang.core.messages import Lang, label, short_names
from yiyang.grammar.obligations import STRENGTHS

FIRM = ("mandate", "commit")


@style.or_nothing
def strengths(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw list by strength of the verb that opens a task: in each tile the number of tasks, its
    shade their share of the list; the list with the largest share of firm words on top (table:
    `promises.strengths`)."""
    ax = style.axes(ax)
    wide = table.pivot(index="jurisdiction", columns="strength", values="tasks").astype(int)
    wide = wide[list(STRENGTHS)]
    shares = wide.div(wide.sum(axis=1), axis=0)
    firm = shares[list(FIRM)].sum(axis=1)
    order = firm.sort_values(ascending=False, kind="stable").index
    called = short_names(jurisdictions, lang)
    rows = style.wrap([f"{called[key]} ({wide.loc[key].sum()})" for key in order], lang, 20)
    columns = [_stacked(label(f"strength.{s}", lang)) for s in STRENGTHS]
    style.room(ax, 1.4 * len(rows), 1.7)
    shades = shares.loc[order].to_numpy()
    tiles.draw(ax, shades / shades.max(), wide.loc[order].astype(str).to_numpy(), rows, columns)
    style.head(
        ax, headlines.strengths(table, lang), label("promises.strengths.subject", lang), lang
    )
    return ax


def _stacked(words: str) -> str:
    """Words of one strength (鼓励、支持; 鼓励 (urge)), one below the other: columns are narrow."""
    return words.replace("、", "\n").replace("（", "\n（").replace(" (", "\n(")
