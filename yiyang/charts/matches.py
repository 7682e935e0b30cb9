"""Draw counterparts: who shares with whom, how widely, how much word for word, how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import dots, headlines, style, tiles
from yiyang.core.messages import Lang, label, short_names
from yiyang.matches import grades

# Light to dark, one hue: a share is an amount, not a kind.
_SCALE = "Blues"
_MOST = "#123a6b"

FEW = 5
"""Up to so many lists their names stand side by side."""
LONG = 16
"""Characters of the name of a list that stands inside a chart."""
MANY = 8
"""From so many lists on a matrix is a wall of percentages: each list has a line of points."""


def matrix(
    table: pd.DataFrame,
    jurisdictions: pd.DataFrame,
    ax: Axes | None = None,
    lang: Lang = "en",
    most: float = 1.0,
) -> Axes:
    """Draw each list against each other, from row to column (`gaps.matrix` or `reuse.shares`).

    `most` is the share that is drawn darkest.
    """
    ax = style.axes(ax)
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


def ranked(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw the same of many lists: a line a list, a point for its share in each other list, the
    largest of each named; the list with the largest of all on top."""
    ax = style.axes(ax)
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
    ax.set_yticks(range(len(order)), style.wrap([called[key] for key in order], lang))
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
def shared(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw the share of each list's tasks that have the same measure in the other lists
    (`gaps.matrix`)."""
    ax = style.axes(ax)
    ax, form = _between(table, jurisdictions, ax, lang)
    subject = label(f"counterparts.shared.{form}", lang)
    style.head(ax, headlines.shared(table, lang), subject, lang)
    return ax


@style.or_nothing
def reused(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw the share of each list's letters that stand word for word in the others
    (`reuse.shares`)."""
    ax = style.axes(ax)
    finding = headlines.reused(table, short_names(jurisdictions, lang), lang)
    most = max(0.2, float(table["share"].max()))
    ax, form = _between(table, jurisdictions, ax, lang, most)
    style.head(ax, finding, label(f"counterparts.reused.{form}", lang), lang)
    return ax


@style.or_nothing
def spread(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw how many tasks of each list have the same measure in so many other lists, as tiles
    (`gaps.spread`); those that have only something possible, and those that have neither, stand
    apart. Of `MANY` lists a dot each stands at the share that has it anywhere else."""
    ax = style.axes(ax)
    n_lists = table["jurisdiction"].nunique()
    if n_lists < 2:
        return style.nothing(ax, lang)
    # -1: neither grade; 0: only what is possible.
    shown = table["n_others"] - ((table["n_others"] == 0) & (table["n_possible"] == 0))
    counts = pd.crosstab(table["jurisdiction"], shown)
    order = [j for j in jurisdictions["jurisdiction"] if j in counts.index]
    form = "subject.many" if n_lists >= MANY else "subject"
    if n_lists >= MANY:
        _anywhere(counts, short_names(jurisdictions, lang), ax, lang)
    else:
        columns = [*range(n_lists - 1, 0, -1), 0, -1]
        counts = counts.reindex(index=order, columns=columns, fill_value=0)
        shades = counts.div(counts.sum(axis=1), axis=0).to_numpy()
        called = short_names(jurisdictions, lang)
        rows = style.wrap([f"{called[j]} ({counts.loc[j].sum()})" for j in order], lang, 20)
        said = {0: label("only_possible", lang), -1: label("no_other", lang)}
        heads = style.wrap(
            [said.get(n) or label("in_others", lang).format(n=n) for n in columns], lang, 10
        )
        style.room(ax, 1.4 * len(rows), 1.4)
        tiles.draw(ax, shades / shades.max(), counts.astype(str).to_numpy(), rows, heads)
    subject = label(f"counterparts.spread.{form}", lang)
    style.head(ax, headlines.spread(table, lang), subject, lang)
    return ax


def _anywhere(counts: pd.DataFrame, called: pd.Series, ax: Axes, lang: Lang) -> None:
    """Draw of many lists the share of their tasks that another list has, the largest on top."""
    total = counts.sum(axis=1)
    same = counts[[n for n in counts.columns if n > 0]].sum(axis=1)
    wide = counts[[n for n in counts.columns if n >= 0]].sum(axis=1)
    order = (same / total).sort_values(ascending=False, kind="stable").index
    drawn = pd.DataFrame({"firm": same, "wide": wide, "of": total}).loc[order]
    dots.shares(ax, drawn.set_axis([f"{called[key]} ({total[key]})" for key in order]), _MOST)
    dots.legend(ax, label("grade.same", lang), label("or_possible", lang), _MOST)


@style.or_nothing
def thresholds(table: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw precision, recall and F1 of both grades from each threshold of the probability on
    (`measures.curve`), with the limit of `possible`."""
    ax = style.axes(ax)
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
