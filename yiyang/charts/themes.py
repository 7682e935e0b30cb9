"""Draw themes: their shares in the lists, the clusters' stability, the lists' words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import headlines, style, tiles
from yiyang.compare import chance
from yiyang.core.messages import Lang, label, names, say, short_names

FEW = 5
"""Up to so many lists their names stand side by side, and colours alone tell them apart."""
MANY = 12
"""From so many groups on there is no room for numbers of tasks: the figures are shares."""
MARKS = "osD^vPX<>p"
"""In turn for the lists, where they are more."""
MOST = 12
"""Terms on each side of the comparison of two lists."""


@style.or_nothing
def heat(
    table: pd.DataFrame,
    groups: pd.DataFrame,
    codebook: pd.DataFrame,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw theme by group: the shade is the share of the list, the figure the number of tasks; of
    `MANY` groups the share in per cent.

    Table: `theme_shares.shares`, of jurisdictions or other `groups`, which these name. The themes
    with the most tasks stand on top.
    """
    ax = style.axes(ax)
    by = str(table.columns[0])
    wide = table.pivot(index="theme_id", columns=by, values="share")
    counts = table.pivot(index="theme_id", columns=by, values="tasks")
    places = list(dict.fromkeys(table[by]))
    order = _order(table, codebook)
    shades = wide.loc[order, places].to_numpy()
    is_narrow, is_many = len(places) > FEW, len(places) >= MANY
    words = [
        [_figure(int(counts.loc[theme, p]), wide.loc[theme, p], is_many) for p in places]
        for theme in order
    ]
    of_theme, of_place = names(codebook, lang), short_names(groups, lang)
    totals = table.drop_duplicates(by).set_index(by)["n_tasks"]
    shown = style.wrap([of_place[p] for p in places], lang, 24 if is_narrow else 10)
    gap = " " if is_narrow else "\n"
    columns = [f"{name}{gap}({totals[p]})" for name, p in zip(shown, places, strict=True)]
    rows = style.wrap([of_theme[t] for t in order], lang, 26)
    style.room(ax, 1.3 * len(rows), 1.2)
    tiles.draw(ax, shades / (shades.max() or 1), words, rows, columns)
    if is_narrow:
        ax.tick_params(axis="x", labelrotation=90)
    which = "themes.shares.subject.percent" if is_many else "themes.shares.subject"
    subject = say(which, lang, group=label(f"themes.shares.group.{by}", lang))
    style.head(ax, headlines.heat(table, of_theme, lang), subject, lang)
    return ax


def _figure(n: int, share: float, is_many: bool) -> str:
    """What stands in a tile: the number of tasks, of many groups their share in per cent."""
    if not n:
        return "0"
    return (f"{100 * share:.0f}" if share >= 0.005 else "<1") if is_many else str(n)


def _order(table: pd.DataFrame, codebook: pd.DataFrame) -> pd.Index:
    """The themes, those with the most tasks first (table: `theme_shares.shares`)."""
    total = table.groupby("theme_id")["tasks"].sum().reindex(codebook["theme_id"])
    return total.sort_values(ascending=False, kind="stable").index


@style.or_nothing
def selection(table: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw stability and fit beyond those of shuffled texts, by number of clusters
    (`themes.selection`).

    The chosen method with its standard errors and, in a ring, its chosen number.
    """
    ax = style.axes(ax)
    chosen = table[table["is_chosen"]].iloc[0]
    marks = iter("s^Dv")
    for method, part in table.groupby("method", sort=False):
        name = label(f"method.{method}", lang)
        if method == chosen["method"]:
            low, high = part["score"] - part["error"], part["score"] + part["error"]
            ax.fill_between(part["k"], low, high, color=style.MISSING, alpha=0.6)
            ax.plot(part["k"], part["score"], color=style.INK, marker="o", markersize=4, label=name)
        else:
            # The last digits of these depend on the processor that adds them up.
            ax.plot(
                part["k"],
                part["score"].astype(float).round(2),
                color=style.FAINT,
                linewidth=0.8,
                linestyle=":",
                marker=next(marks),
                markersize=3.5,
                label=name,
            )
    ax.plot(
        chosen["k"], chosen["score"], "o", color="none", markeredgecolor=style.INK, markersize=12
    )
    ax.set_xticks(sorted(set(table["k"])))
    ax.set_ylim(bottom=0)
    ax.set_xlabel(label("themes.selection.axis", lang))
    style.head(ax, headlines.selection(table, lang), label("themes.selection.subject", lang), lang)
    style.legend_below(ax)
    return ax


@style.or_nothing
def vocabulary(
    table: pd.DataFrame,
    pair: tuple[str, str],
    jurisdictions: pd.DataFrame,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw the words that tell one list from another (table: `vocabulary.log_odds` of the pair).

    The `MOST` terms with the greatest z on each side; the line is the 95 % interval, and a dot is
    hollow where chance explains the difference once the number of words is corrected for (`q`):
    such a word does not tell the lists apart.
    """
    ax = style.axes(ax)
    ends = pd.concat([table.head(MOST), table.tail(MOST)]).drop_duplicates("term")
    ends = ends.iloc[::-1].reset_index(drop=True)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    sides = np.where(ends["log_odds"] > 0, *pair)
    shades = [colours[side] for side in sides]
    ax.hlines(ends.index, ends["low"], ends["high"], color=shades, linewidth=1.2, alpha=0.6)
    is_clear = ends["q"] < chance.LIKELY
    fills = [shade if clear else "white" for shade, clear in zip(shades, is_clear, strict=True)]
    ax.scatter(ends["log_odds"], ends.index, color=fills, edgecolor=shades, s=24, zorder=3)
    ax.axvline(0, color=style.FAINT, linewidth=0.8)
    counts = zip(ends["term"], ends["count"], ends["other_count"], strict=True)
    ax.set_yticks(range(len(ends)), [f"{term}  {n}:{other}" for term, n, other in counts], size=9)
    ax.tick_params("y", length=0)
    ax.set_ylim(-0.7, len(ends) + 0.8)
    ax.set_xlabel(label("themes.words.axis", lang))
    first, second = (names(jurisdictions, lang)[place] for place in pair)
    reach = ends[["low", "high"]].abs().to_numpy().max()
    ax.set_xlim(-reach * 1.05, reach * 1.05)
    top = len(ends) + 0.1
    ax.text(-0.1, top, f"← {second}", ha="right", va="center", size=10, color=colours[pair[1]])
    ax.text(0.1, top, f"{first} →", ha="left", va="center", size=10, color=colours[pair[0]])
    style.head(ax, headlines.vocabulary(is_clear, lang), label("themes.words.subject", lang), lang)
    return ax
