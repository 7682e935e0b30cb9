"""Draw who does what: agencies by list and role."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from yiyang.charts import headlines, style
from yiyang.core.messages import Lang, label, names, say, short_names
from yiyang.safety.errors import refusal

FEWEST = 2
"""Agencies with fewer tasks in a list than this are counted, not drawn, in `workload`."""
MOST = 16
"""Agencies drawn, and besides them this many collective and territorial units."""
MOST_COLLECTIVE = 4
MANY = 7
"""From so many lists on there is no room for marks: a list is a dot."""
LANE = 0.235
"""Between the marks of two roles, in parts of a list's column."""
_DOT = "#3b2a6d"
_DARK = ("lead", "responsible")


@style.or_nothing
def workload(
    table: pd.DataFrame, agencies: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw the agencies of one jurisdiction by the share of its tasks, in bars stacked by role.

    Table: the rows of `workloads.by_agency` of that jurisdiction. Collective and territorial units
    stand below, hatched. Agencies with fewer tasks than `FEWEST` are counted over the chart and not
    drawn, unless all are such.
    """
    if (n := table["jurisdiction"].nunique()) > 1:
        raise refusal("chart.one_list", "charts.agencies.workload", n=n)
    ax, by_key = style.axes(ax), names(agencies, lang)
    left = _left_out(table)
    hatched = _bars(table, by_key.map(lambda name: style.wrap([name], lang, 22)[0]), ax, lang)
    style.room(ax, sum(1 + t.get_text().count("\n") for t in ax.get_yticklabels()), 2.2)
    subject = label("agencies.workload.subject", lang)
    if left:
        subject = say("agencies.workload.subject.left", lang, subject=subject, n=left)
    style.head(ax, headlines.workloads(table, by_key, lang), subject, lang)
    _legend(ax, lang, *hatched, ncols=1 if hatched else 2)
    return ax


def _left_out(table: pd.DataFrame) -> int:
    """How many agencies have too few tasks for a bar; none where all have so few."""
    is_few = table["tasks"] < FEWEST
    return 0 if is_few.all() else int(is_few.sum())


def _bars(table: pd.DataFrame, by_key: pd.Series, ax: Axes, lang: Lang) -> list[Patch]:
    """Draw the bars of `workload`, and return what the legend has besides the roles.

    Where the table has them, a bar bears a line from the lowest to the highest share (`low`,
    `high`).
    """
    shown = table[table["tasks"] >= FEWEST] if _left_out(table) else table
    shown = shown.sort_values(
        ["is_collective", "tasks", "load"], ascending=[False, True, True], kind="stable"
    )
    n = (table["tasks"] / table["share"]).iloc[0]
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
    if not shown["is_collective"].any():
        return []
    told = label("agencies.workloads.collective", lang)
    return [Patch(facecolor="white", hatch=style.MISSING_HATCH, label=told)]


@style.or_nothing
def roles(
    table: pd.DataFrame,
    jurisdictions: pd.DataFrame,
    agencies: pd.DataFrame,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw agency by jurisdiction: a mark for each role that it has there, in it the number of
    tasks. Of `MANY` lists a dot each stands at the share of its tasks that name the agency.

    Table: `workloads.by_agency`. The `MOST` agencies that are named in the largest shares of the
    lists stand on top, collective and territorial units apart below.
    """
    ax = style.axes(ax)
    rows = _rows(table)
    places = [j for j in jurisdictions["jurisdiction"] if j in set(table["jurisdiction"])]
    style.room(ax, 1.2 * len(rows), 1.9)
    by_key, drawn = names(agencies, lang), table[table["agency_id"].isin(rows)]
    at = {agency: y + 0.6 * (y >= _single(table, rows)) for y, agency in enumerate(rows)}
    ax.set_yticks(list(at.values()), style.wrap([by_key[a] for a in rows], lang, 22), size=9)
    ax.set_ylim(max(at.values()) + 0.6, -0.6)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    many = len(places) >= MANY
    if many:
        ax.scatter(drawn["share"], drawn["agency_id"].map(at), s=24, color=_DOT, alpha=0.4, lw=0)
        ax.set_xlim(-0.02, 1.02)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(axis="x")
    else:
        _role_marks(drawn, places, at, ax)
        called = short_names(jurisdictions, lang)
        ax.set_xticks(range(len(places)), style.wrap([called[p] for p in places], lang, 10), size=9)
        ax.xaxis.tick_top()
        _legend(ax, lang)
    which = "agencies.workloads.subject.many" if many else "agencies.workloads.subject"
    subject = label(which, lang)
    style.head(ax, headlines.workloads(table, by_key, lang), subject, lang)
    return ax


def _rows(table: pd.DataFrame) -> list[str]:
    """The agencies drawn, from the top: those of the largest shares, then the collective ones."""
    shares = table.groupby("agency_id").agg(share=("share", "sum"), apart=("is_collective", "max"))
    shares = shares.sort_values("share", ascending=False, kind="stable")
    apart = shares["apart"].astype(bool)
    return [*shares.index[~apart][:MOST], *shares.index[apart][:MOST_COLLECTIVE]]


def _single(table: pd.DataFrame, rows: list[str]) -> int:
    apart = set(table.loc[table["is_collective"], "agency_id"])
    return sum(agency not in apart for agency in rows)


def _role_marks(table: pd.DataFrame, places: list[str], at: dict[str, float], ax: Axes) -> None:
    """The marks of a list stand in lanes, one for each role that the list uses at all."""
    for x, place in enumerate(places):
        own = table[table["jurisdiction"] == place]
        used = [role for role in style.ROLE_COLOURS if own[role].sum()]
        for lane, role in enumerate(used):
            there = own[own[role] > 0]
            xs = x + (lane - (len(used) - 1) / 2) * LANE
            ys = there["agency_id"].map(at)
            ax.scatter([xs] * len(ys), ys, s=122, marker="s", lw=0, color=style.ROLE_COLOURS[role])
            ink = "white" if role in _DARK else style.INK
            for y, n in zip(ys, there[role], strict=True):
                ax.text(xs, y, str(n), ha="center", va="center", size=9, color=ink)
    for x in range(1, len(places)):
        ax.axvline(x - 0.5, color="#e6e6e6", linewidth=0.8)
    ax.set_xlim(-0.5, len(places) - 0.5)


def _legend(ax: Axes, lang: Lang, *further: Patch, ncols: int = 2) -> None:
    of_role = style.role_names(lang)
    handles = [Patch(color=style.ROLE_COLOURS[role], label=of_role[role]) for role in of_role]
    style.legend_below(ax, handles=[*handles, *further], ncols=ncols)


@style.or_nothing
def workload_of_all(
    table: pd.DataFrame, agencies: pd.DataFrame, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw `workload` of a whole large corpus (table: `summaries.workloads`): the line goes from
    the lowest to the highest share in a province."""
    ax, by_key = style.axes(ax), names(agencies, lang)
    hatched = _bars(table, by_key, ax, lang)
    finding = headlines.workloads(table, by_key, lang)
    style.head(ax, finding, label("overview.workloads.subject", lang), lang)
    _legend(ax, lang, *hatched)
    return ax
