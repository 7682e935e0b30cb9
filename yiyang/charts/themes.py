"""Draw themes: their shares in the lists, the clusters' stability, the lists' words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from yiyang.charts import headlines, style
from yiyang.core.messages import Lang, label, names, say

# One hue, light enough for dark figures on its darkest shade.
_HEAT = LinearSegmentedColormap.from_list("themes", ["#ffffff", "#7fa3bd"])

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
    table: pd.DataFrame, groups: pd.DataFrame, codebook: pd.DataFrame, ax: Axes, lang: Lang
) -> Axes:
    """Draw theme by group: the shade is the share of the list, the figure the number of tasks; of
    `MANY` groups the share in per cent.

    Table: `theme_shares.shares`, of jurisdictions or other `groups`, which these name. The themes
    with the most tasks stand on top.
    """
    by = str(table.columns[0])
    wide = table.pivot(index="theme_id", columns=by, values="share")
    counts = table.pivot(index="theme_id", columns=by, values="tasks")
    places = list(dict.fromkeys(table[by]))
    order = _order(table, codebook)
    shades = wide.loc[order, places].to_numpy()
    ax.imshow(shades, cmap=_HEAT, vmin=0, vmax=shades.max() or 1, aspect="auto")
    is_narrow, is_many = len(places) > FEW, len(places) >= MANY
    for (i, j), shade in np.ndenumerate(shades):
        n = int(counts.loc[order[i], places[j]])
        share = "" if is_narrow else f" ({shade:.0%})"
        few = f"{100 * shade:.0f}" if shade >= 0.005 else "<1"
        words, colour = (few if is_many else f"{n}{share}", style.INK) if n else ("0", style.FAINT)
        ax.text(j, i, words, ha="center", va="center", size=9, color=colour)
    of_theme = names(codebook, lang)
    totals = table.drop_duplicates(by).set_index(by)["n_tasks"]
    of_place = names(groups, lang)
    width, gap = {"zh": 14, "en": 16}[lang] * (2 if is_narrow else 1), " " if is_narrow else "\n"
    shown = style.wrap([of_place[p] for p in places], lang, width)
    ax.set_xticks(
        range(len(places)),
        [f"{name}{gap}({totals[p]})" for name, p in zip(shown, places, strict=True)],
        size=9,
        rotation=90 if is_narrow else 0,
    )
    ax.set_yticks(range(len(order)), [of_theme[t] for t in order], size=9)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    form = "percent" if is_many else "narrow" if is_narrow else "wide"
    subject = say(
        f"themes.shares.subject.{form}", lang, group=label(f"themes.shares.group.{by}", lang)
    )
    style.head(ax, headlines.heat(table, of_theme, lang), subject, lang)
    return ax


def _order(table: pd.DataFrame, codebook: pd.DataFrame) -> pd.Index:
    """The themes, those with the most tasks first (table: `theme_shares.shares`)."""
    total = table.groupby("theme_id")["tasks"].sum().reindex(codebook["theme_id"])
    return total.sort_values(ascending=False, kind="stable").index


@style.or_nothing
def intervals(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, codebook: pd.DataFrame, ax: Axes, lang: Lang
) -> Axes:
    """Draw the share of each theme in each list with its 95 % interval (table:
    `theme_shares.shares`).

    A theme without a task has a hollow dot at 0: its interval says what so short a list can hide.
    """
    places = list(dict.fromkeys(table["jurisdiction"]))
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    order = _order(table, codebook)[::-1]
    row = {theme: y for y, theme in enumerate(order)}
    shift = np.linspace(0.3, -0.3, len(places))
    of_place = names(jurisdictions, lang)
    shown = [of_place[p] for p in places]
    marks = MARKS if len(places) > FEW else MARKS[0]
    for n, (place, name, off) in enumerate(zip(places, shown, shift, strict=True)):
        part = table[table["jurisdiction"] == place]
        y = part["theme_id"].map(row).to_numpy() + off
        colour = colours[place]
        ax.hlines(y, part["low"], part["high"], color=colour, linewidth=1.2, alpha=0.6)
        has = (part["tasks"] > 0).to_numpy()
        dot: Any = {
            "s": 20 if len(places) <= FEW else 14,
            "zorder": 3,
            "marker": marks[n % len(marks)],
        }
        ax.scatter(part["share"][has], y[has], color=colour, label=name, **dot)
        ax.scatter(part["share"][~has], y[~has], color="white", edgecolor=colour, **dot)
    of_theme = names(codebook, lang)
    ax.set_yticks(range(len(order)), [of_theme[t] for t in order], size=9)
    for y in range(len(order) - 1):
        ax.axhline(y + 0.5, color="#eeeeee", linewidth=0.8, zorder=0)
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.set_xlim(-0.01, table["high"].max() * 1.04)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.tick_params("y", length=0)
    style.head(ax, headlines.intervals(table, lang), label("themes.contrasts.subject", lang), lang)
    ax.figure.legend(loc="outside lower left", ncols=2)
    return ax


@style.or_nothing
def selection(table: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw stability and fit beyond those of shuffled texts, by number of clusters
    (`themes.selection`).

    The chosen method with its standard errors and, in a ring, its chosen number.
    """
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
    ax: Axes,
    lang: Lang,
) -> Axes:
    """Draw the words that tell one list from another (table: `vocabulary.log_odds` of the pair).

    The `MOST` terms with the greatest z on each side; the line is the 95 % interval, and a dot is
    hollow where it includes 0: such a word does not tell the lists apart.
    """
    ends = pd.concat([table.head(MOST), table.tail(MOST)]).drop_duplicates("term")
    ends = ends.iloc[::-1].reset_index(drop=True)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    sides = np.where(ends["log_odds"] > 0, *pair)
    shades = [colours[side] for side in sides]
    ax.hlines(ends.index, ends["low"], ends["high"], color=shades, linewidth=1.2, alpha=0.6)
    is_clear = (ends["low"] > 0) | (ends["high"] < 0)
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
