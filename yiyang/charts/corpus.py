"""Draw what was read: the uses of each file's text, the lists and the lengths of tasks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from yiyang.charts import headlines, style
from yiyang.core.messages import Lang, label, short_names
from yiyang.core.text import squash
from yiyang.reading.provenance import USES

# The uses have no colour of their own anywhere else: ink for tasks, then ever lighter.
_USE_COLOURS = dict(zip(USES, ("#2f4858", "#6f8797", "#9fb0bb", "#c6d0d6", "#e4e8eb"), strict=True))


@style.or_nothing
def uses(table: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw how much of each file is tasks and how much is something else (table:
    `provenance.uses`)."""
    ax = style.axes(ax)
    wide = table.pivot(index="document_id", columns="use", values="share")
    wide = wide.loc[wide["tasks"].sort_values(kind="stable").index]
    rows = style.wrap([label(f"document_id.{d}", lang, str(d)) for d in wide.index], lang)
    style.room(ax, sum(1 + name.count("\n") for name in rows), 1.8)
    start = np.zeros(len(wide))
    for use in USES:
        share = wide[use].to_numpy()
        ax.barh(
            rows,
            share,
            left=start,
            color=_USE_COLOURS[use],
            edgecolor="white",
            label=label(f"use.{use}", lang),
        )
        start += share
    for y, share in enumerate(wide["tasks"]):
        if share:
            ax.text(0.01, y, f"{share:.0%}", va="center", color="white")
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    style.head(ax, headlines.uses(table, lang), label("lists.uses.subject", lang), lang)
    style.legend_below(ax)
    return ax


@style.or_nothing
def list_lengths(
    table: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw the number of tasks in each list, with their share of all (table:
    `provenance.lengths`)."""
    ax = style.axes(ax)
    table = table.sort_values("tasks", kind="stable")
    style.room(ax, len(table), 1)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    called = short_names(jurisdictions, lang)
    ax.barh(
        style.wrap([called[key] for key in table["jurisdiction"]], lang, 18),
        table["tasks"],
        color=[colours[key] for key in table["jurisdiction"]],
    )
    for y, (n, share) in enumerate(zip(table["tasks"], table["share"], strict=True)):
        ax.text(n, y, f" {n} ({share:.0%})", va="center")
    ax.set_xlim(0, table["tasks"].max() * 1.2)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    finding = headlines.list_lengths(table, short_names(jurisdictions, lang), lang)
    style.head(ax, finding, label("lists.tasks.subject", lang), lang)
    return ax


@style.or_nothing
def text_lengths(
    tasks: pd.DataFrame, jurisdictions: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw the length of every task: a dot a task, a bar at the median of each list."""
    ax = style.axes(ax)
    length = tasks["text"].map(lambda text: len(squash(text)))
    groups = list(length.groupby(tasks["jurisdiction"], sort=False))
    groups.sort(key=lambda item: item[1].median())
    style.room(ax, 1.6 * len(groups), 1.3)
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    for y, (name, values) in enumerate(groups):
        # The dots of a list are spread over its band in the order of its tasks.
        spread = (np.arange(len(values)) * 0.618) % 1 - 0.5
        ax.scatter(values, y + 0.5 * spread, s=18, color=colours[name], alpha=0.7, linewidths=0)
        ax.plot([values.median()] * 2, [y - 0.3, y + 0.3], color=style.INK, linewidth=2)
        ax.text(values.median(), y + 0.31, f"{values.median():g}", ha="center", va="bottom", size=9)
    short = short_names(jurisdictions, lang)
    shown = style.wrap([short[name] for name, _ in groups], lang, 16)
    ax.set_yticks(range(len(groups)), shown)
    ax.set_ylim(-0.6, len(groups) - 0.2)
    ax.set_xlim(left=0)
    ax.set_xlabel(label("lists.text_length.axis", lang))
    medians = pd.Series({short[name]: values.median() for name, values in groups})
    style.head(
        ax, headlines.text_lengths(medians, lang), label("lists.text_length.subject", lang), lang
    )
    return ax
