"""Draw who does what: workloads by role, agencies by theme, and who works with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from yiyang.charts import headlines, style
from yiyang.compare import networks
from yiyang.core.messages import Lang, label, names, say

FEWEST = 2
"""Agencies with fewer tasks in a list than this are counted, not drawn, in the workloads."""
PANEL_GAP = 0.24
"""Inches between two panels: a title stands nearer to its own than to the one above."""
MOST = 12
"""Agencies drawn against the themes."""
_HEAT = LinearSegmentedColormap.from_list("tasks", ["#ffffff", style.ROLE_COLOURS["lead"]])


@style.or_nothing
def workload(table: pd.DataFrame, agencies: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw the agencies of one jurisdiction by the share of its tasks, in bars stacked by role.

    Table: the rows of `workloads.by_agency` of that jurisdiction. The line across the end of a bar
    is the 95 % interval of the share. Collective and territorial units stand below, hatched.
    """
    shown = table[table["tasks"] >= FEWEST].sort_values(
        ["is_collective", "tasks", "load"], ascending=[False, True, True], kind="stable"
    )
    by_key, n = names(agencies, lang), (table["tasks"] / table["share"]).iloc[0]
    y = np.arange(len(shown)) + np.where(shown["is_collective"], -0.5, 0)
    start = np.zeros(len(shown))
    for role, colour in style.ROLE_COLOURS.items():
        width = shown[role].to_numpy() / n
        bars = ax.barh(y, width, left=start, color=colour, height=0.72)
        for bar, is_collective in zip(bars, shown["is_collective"], strict=True):
            bar.set_hatch(style.MISSING_HATCH if is_collective else "")
        start += width
    for at, row in zip(y, shown.itertuples(), strict=True):
        ax.plot([row.low, row.high], [at, at], color=style.INK, linewidth=1)
        ax.text(np.fmax(row.high, row.share) + 0.02, at, f"{row.tasks}", va="center", size=9)
    ax.set_yticks(y, [by_key[a] for a in shown["agency_id"]], size=9)
    ax.set_xlim(0, 1.12)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"], size=9)
    return ax


@style.or_nothing
def workloads(
    table: pd.DataFrame,
    jurisdictions: pd.DataFrame,
    agencies: pd.DataFrame,
    fig: Figure,
    lang: Lang,
) -> Sequence[Axes]:
    """Draw `workload` for every jurisdiction, one below the other (table:
    `workloads.by_agency`)."""
    places = names(jurisdictions, lang)
    groups = list(table.groupby("jurisdiction", sort=False))
    rows = [int((t["tasks"] >= FEWEST).sum()) + 2 for _, t in groups]
    height = 1.2 + 0.178 * sum(rows) + PANEL_GAP * len(groups)
    fig.set_figheight(height)
    fig.set_layout_engine("constrained", hspace=PANEL_GAP * len(groups) / height)
    axes = fig.subplots(len(groups), 1, height_ratios=rows, squeeze=False)[:, 0]
    for ax, (jurisdiction, of_list) in zip(axes, groups, strict=True):
        rest = int((of_list["tasks"] < FEWEST).sum())
        n = round((of_list["tasks"] / of_list["share"]).iloc[0])
        workload(of_list, agencies, ax, lang)
        which = "" if not rest else ".one_more" if rest == 1 else ".more"
        values = {"place": places[jurisdiction], "n": n, "rest": rest}
        ax.set_title(say(f"agencies.workloads.panel{which}", lang, **values), size=11)
    finding = headlines.workloads(table, names(agencies, lang), lang)
    style.head(fig, finding, label("agencies.workloads.subject", lang), lang)
    _legend(fig, lang)
    return list(axes)


def _legend(fig: Figure, lang: Lang) -> None:
    of_role = style.role_names(lang)
    handles = [Patch(color=style.ROLE_COLOURS[role], label=of_role[role]) for role in of_role]
    hatched = label("agencies.workloads.collective", lang)
    handles.append(Patch(facecolor="white", hatch=style.MISSING_HATCH, label=hatched))
    fig.legend(handles=handles, loc="outside lower left", ncols=3)


@style.or_nothing
def workload_of_all(table: pd.DataFrame, agencies: pd.DataFrame, ax: Axes, lang: Lang) -> Axes:
    """Draw `workload` of a whole large corpus (table: `summaries.workloads`): the line goes from
    the lowest to the highest share in a province."""
    workload(table, agencies, ax, lang)
    finding = headlines.workloads(table, names(agencies, lang), lang)
    style.head(ax, finding, label("overview.workloads.subject", lang), lang)
    fig = ax.get_figure(root=True)
    assert isinstance(fig, Figure)
    _legend(fig, lang)
    return ax


@style.or_nothing
def themes(
    table: pd.DataFrame,
    agencies: pd.DataFrame,
    codebook: pd.DataFrame,
    ax: Axes,
    lang: Lang,
) -> Axes:
    """Draw agency by theme: the shade is the share of the theme's tasks, the figure their number.

    Table: `workloads.by_theme`; the `MOST` agencies with the most tasks are drawn.
    """
    wide = table.pivot(index="agency_id", columns="theme_id", values="tasks").fillna(0)
    share = table.pivot(index="agency_id", columns="theme_id", values="share").fillna(0)
    rows = wide.sum(axis=1).sort_values(ascending=False, kind="stable").index[:MOST]
    columns = [t for t in codebook["theme_id"] if t in wide.columns]
    shades = share.loc[rows, columns].to_numpy()
    ax.imshow(shades, cmap=_HEAT, vmin=0, vmax=1, aspect="auto")
    for (i, j), shade in np.ndenumerate(shades):
        if n := int(wide.loc[rows[i], columns[j]]):
            colour = "white" if shade > 0.5 else style.INK
            ax.text(j, i, str(n), ha="center", va="center", size=9, color=colour)
    of_agency, of_theme = names(agencies, lang), names(codebook, lang)
    ax.set_yticks(range(len(rows)), style.wrap([of_agency[a] for a in rows], lang, 26), size=9)
    ax.set_xticks(range(len(columns)), style.wrap([of_theme[t] for t in columns], lang, 22))
    ax.tick_params("x", labelrotation=45, labelsize=9)
    for words in ax.get_xticklabels():
        words.set(ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    breadth = (wide.loc[rows, columns] > 0).sum(axis=1).rename(index=of_agency)
    finding = headlines.themes(breadth, len(columns), lang)
    style.head(ax, finding, label("agencies.themes.subject", lang), lang)
    return ax


Places = dict[str, tuple[float, float]]
INNER = ((0.72, 0.5),)
OUTER = ((1.25, 1.12), (1.1, 1.0))
"""Half the width and height of the rings; the outer one swings, so that the labels of neighbours
keep apart."""


def places(lists: dict[str, list[frozenset[str]]]) -> Places:
    """Choose one place for every agency of all lists, so that pictures compare.

    The two of `networks.PAIR` stand in the middle; the eight with the largest share of tasks on an
    inner ring, the others on an outer one, those that the same lists name side by side.
    """
    share: dict[str, float] = {}
    lists_of: dict[str, str] = {}
    for jurisdiction, tasks in lists.items():
        for a, n in Counter(a for task in tasks for a in task).items():
            share[a] = share.get(a, 0) + n / len(tasks)
            lists_of[a] = lists_of.get(a, "") + jurisdiction + " "
    others = sorted(set(share) - set(networks.PAIR), key=lambda a: (-share[a], a))
    found = {a: (x, 0.0) for a, x in zip(networks.PAIR, (-0.28, 0.28), strict=True)}
    for ring, sizes, turn in ((others[:8], INNER, 0.5), (others[8:], OUTER, 0)):
        order = sorted(ring, key=lambda a: (lists_of[a], -share[a], a))
        for i, a in enumerate(order):
            angle = 2 * np.pi * (i + turn) / len(order)
            width, height = sizes[i % len(sizes)]
            found[a] = (width * np.cos(angle), height * np.sin(angle))
    return found


def network(
    tasks: list[frozenset[str]], at: Places, of_agency: pd.Series, ax: Axes, colour: str
) -> Axes:
    """Draw the agencies of one list (`networks.members`) at their places `at`, with their labels.

    A disc grows with the share of the list's tasks, a line with the strength of the tie; the core
    is filled, the periphery is not.
    """
    graph = networks.together(tasks)
    inner = networks.core(graph)
    for a, b, edge in graph.edges(data=True):
        width = 0.4 + 14 * edge["strength"] / len(tasks)
        xs, ys = zip(at[a], at[b], strict=True)
        ax.plot(xs, ys, color=colour, alpha=0.35, linewidth=width, solid_capstyle="round", zorder=1)
    for a, n in graph.nodes(data="tasks"):
        x, y = at[a]
        face = to_rgba(colour) if a in inner else "white"
        size = 30 + 600 * n / len(tasks)
        ax.scatter(x, y, s=size, color=[face], edgecolors=colour, linewidths=1.2, zorder=2)
        below = np.sqrt(size) / 2 + 2
        ax.annotate(
            of_agency[a],
            (x, y),
            xytext=(0, -below),
            textcoords="offset points",
            ha="center",
            va="top",
            size=8,
            linespacing=0.95,
            zorder=3,
            bbox={"facecolor": "white", "alpha": 0.75, "pad": 0.4, "linewidth": 0},
        )
    ax.set_xlim(-1.42, 1.42)
    ax.set_ylim(-1.38, 1.18)
    ax.axis("off")
    return ax


@style.or_nothing
def networks_side_by_side(
    lists: dict[str, list[frozenset[str]]],
    jurisdictions: pd.DataFrame,
    agencies: pd.DataFrame,
    fig: Figure,
    lang: Lang,
) -> Sequence[Axes]:
    """Draw `network` for every jurisdiction, every agency at the same place in each."""
    at, by_key = places(lists), names(jurisdictions, lang)
    columns = min(2, len(lists))
    rows = -(-len(lists) // columns)
    fig.set_size_inches(4.8 * columns, 0.6 + 4.9 * rows)
    axes = fig.subplots(rows, columns, squeeze=False).ravel()
    colours = style.jurisdiction_colours(jurisdictions["jurisdiction"])
    of_agency = names(agencies, lang)
    of_agency = pd.Series(style.wrap(of_agency, lang, 13 if lang == "en" else 18), of_agency.index)
    for ax, (jurisdiction, tasks) in zip(axes, lists.items(), strict=False):
        network(tasks, at, of_agency, ax, colours[jurisdiction])
        ax.set_title(by_key[jurisdiction], size=11)
    for ax in axes[len(lists) :]:
        ax.remove()
    finding = headlines.together(lists, names(agencies, lang), lang)
    style.head(fig, finding, label("agencies.ties.subject", lang), lang)
    return list(axes[: len(lists)])
