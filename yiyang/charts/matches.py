"""Draw counterparts: who shares with whom, how widely, how much word for word, how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import headlines, style
from yiyang.core.messages import Lang, label, short_names
from yiyang.matches import grades

# Light to dark, one hue: a share is an amount, not a kind.
_SCALE = "Blues"
_MOST = "#123a6b"
# From unique (its own colour) over ever more others; they differ in lightness for grey print.
_OTHERS = ("#c98500", "#f0dcb0", "#c6d0d6", "#8ea3af", "#4f6d7d", "#24404f")

FEW = 5
"""Up to so many lists their names stand side by side."""
LONG = 16
"""Characters of the name of a list that stands inside a chart."""
MANY = 8
"""From so many lists on a matrix is a wall of percentages: each list has a line of points."""


def matrix(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang, most: float = 1.0
) -> Axes:
    """Draw each list against each other, from row to column (`gaps.matrix` or `reuse.shares`).

    `most` is the share that is drawn darkest.
    """
    order = [j for j in jurisdictions["jurisdiction"] if j in set(table["jurisdiction"])]
    wide = table.pivot(index="jurisdiction", columns="other_jurisdiction", values="share")
    values = wide.reindex(index=order, columns=order).to_numpy(dtype=float)
    ax.imshow(np.ma.masked_invalid(values), cmap=_SCALE, vmin=0, vmax=most, aspect="auto")
    style.room(ax, 1.4 * len(order))
    called = list(short_names(jurisdictions, lang)[order])
    if len(order) <= FEW:
        ax.set_xticks(range(len(order)), style.wrap(called, lang, 10), size=9)
    else:
        ax.set_xticks(range(len(order)), called, rotation=40, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(order)), style.wrap(called, lang, 16))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for (row, column), value in np.ndenumerate(values):
        if np.isnan(value):
            ax.text(column, row, "—", ha="center", va="center", color=style.FAINT)
            continue
        dark = value > 0.6 * most
        colour = "white" if dark else style.INK
        ax.text(column, row, f"{value:.0%}", ha="center", va="center", color=colour)
    return ax


def ranked(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw the same of many lists: a line a list, a point for its share in each other list, the
    largest of each named; the list with the largest of all on top."""
    called = short_names(jurisdictions, lang)
    largest = table.groupby("jurisdiction", sort=False)["share"].max()
    order = list(largest.sort_values(kind="stable").index)
    style.room(ax, len(order))
    for y, key in enumerate(order):
        own = table[table["jurisdiction"] == key].sort_values("share", kind="stable")
        ax.scatter(own["share"], [y] * len(own), s=26, color=style.FAINT, alpha=0.35, lw=0)
        top = own.iloc[-1]
        if top["share"] > 0:
            ax.scatter(top["share"], y, s=34, color=_MOST, lw=0)
            name = str(called[top["other_jurisdiction"]])
            said = f"{top['share']:.0%} {name if len(name) <= LONG else name[:LONG] + '…'}"
            ax.text(top["share"], y, f"  {said}", va="center", size=9, color=style.FAINT)
    ax.set_yticks(range(len(order)), [called[key] for key in order])
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.set_xlim(-0.005, max(0.05, 1.5 * float(largest.max())))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
    return ax


def _between(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang, most: float = 1.0
) -> tuple[Axes, str]:
    """Draw the shares between lists, few or many; return the key of what the subject is."""
    if table["jurisdiction"].nunique() >= MANY:
        return ranked(table, jurisdictions, ax, lang), "subject.many"
    return matrix(table, jurisdictions, ax, lang, most), "subject"


@style.or_nothing
def shared(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw the share of each list's tasks that have the same measure in the other lists
    (`gaps.matrix`)."""
    ax, form = _between(table, jurisdictions, ax, lang)
    subject = label(f"counterparts.shared.{form}", lang)
    style.head(ax, headlines.shared(table, lang), subject, lang)
    return ax


@style.or_nothing
def reused(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw the share of each list's letters that stand word for word in the others
    (`reuse.shares`)."""
    finding = headlines.reused(table, short_names(jurisdictions, lang), lang)
    most = max(0.2, float(table["share"].max()))
    ax, form = _between(table, jurisdictions, ax, lang, most)
    style.head(ax, finding, label(f"counterparts.reused.{form}", lang), lang)
    return ax


@style.or_nothing
def spread(table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw in how many other lists the tasks of each list have the same measure (`gaps.spread`);
    those that have only something possible, and those that have neither, stand apart."""
    if table["jurisdiction"].nunique() < 2:
        return style.nothing(ax, lang)
    # -1: neither grade; 0: only what is possible.
    shown = table["n_others"] - ((table["n_others"] == 0) & (table["n_possible"] == 0))
    counts = pd.crosstab(table["jurisdiction"], shown)
    order = [j for j in jurisdictions["jurisdiction"] if j in counts.index][::-1]
    rows = style.wrap(list(short_names(jurisdictions, lang)[order]), lang, 16)
    style.room(ax, len(rows), 2)
    shares = counts.div(counts.sum(axis=1), axis=0).loc[order]
    start = np.zeros(len(order))
    for number in shares.columns:
        share = shares[number].to_numpy()
        colour = _OTHERS[min(int(number) + 1, len(_OTHERS) - 1)]
        title = {-1: label("no_other", lang), 0: label("only_possible", lang)}.get(
            int(number), str(number)
        )
        ax.barh(rows, share, left=start, color=colour, edgecolor="white", label=title)
        for y, (value, count) in enumerate(zip(share, counts.loc[order, number], strict=True)):
            if value > 0.03:
                colour_of_text = style.INK if number in (0, 1) else "white"
                x = start[y] + value / 2
                ax.text(x, y, str(count), ha="center", va="center", color=colour_of_text)
        start += share
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    style.head(ax, headlines.spread(table, lang), label("counterparts.spread.subject", lang), lang)
    style.legend_below(ax, ncols=3, title=label("others", lang))
    return ax


@style.or_nothing
def thresholds(table: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw precision, recall and F1 of both grades from each threshold of the probability on
    (`measures.curve`), with the limit of `possible`."""
    drawn = {"precision": ("-", "#123a6b"), "recall": ("--", "#a5304f"), "f1": (":", style.INK)}
    for column, (line, colour) in drawn.items():
        ax.plot(
            table["threshold"],
            table[column],
            line,
            color=colour,
            label=label(f"measured.{column}", lang),
        )
    ax.axvline(grades.POSSIBLE, color=style.FAINT, linewidth=1)
    words = f" {label('grade.possible', lang)} {grades.POSSIBLE:g} "
    ax.text(grades.POSSIBLE, 0.02, words, color=style.FAINT, ha="right")
    ax.set_ylim(0, 1.02)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.set_xlabel(label("threshold", lang))
    style.head(
        ax,
        headlines.thresholds(table, lang),
        label("counterparts.agreement.subject", lang),
        lang,
    )
    ax.set_xlim(0.05, 0.95)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.24), ncols=3)
    return ax
