"""Draw who does what: workloads by role, and agencies by theme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from yiyang.charts import headlines, style
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

    Table: the rows of `workloads.by_agency` of that jurisdiction, or of `summaries.workloads`,
    whose bars bear a line from the lowest to the highest share (`low`, `high`). Collective and
    territorial units stand below, hatched.
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
        end = row.share
        if "low" in shown:
            ax.plot([row.low, row.high], [at, at], color=style.INK, linewidth=1)
            end = np.fmax(row.high, row.share)
        ax.text(end + 0.02, at, f"{row.tasks}", va="center", size=9)
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
