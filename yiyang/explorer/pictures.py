"""Draw the explorer's charts as Altair specifications: theme map, heat map, words of two lists."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from yiyang.charts import style
from yiyang.core.messages import Lang, label
from yiyang.explorer.model import View

MAP_SIZE = (520, 400)
TEN = (
    *("#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b"),
    *("#b79a20", "#b279a2", "#d67195", "#9d755d", "#2a5c8a"),
)
"""No more colours than an eye tells apart: further groups share one grey."""
GREY = "#b3b3b3"


def theme_map(view: View, colours: dict[str, str] | None, lang: Lang) -> alt.Chart:
    """Draw a dot a task, coloured by group, or by jurisdiction with `colours` (name -> colour).

    The selection `brush` is the rectangle that the reader drags.
    """
    field = "jurisdiction" if colours else "shade"
    colours = colours or _of_groups(view.tasks["group"], lang)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    axis = alt.Axis(labels=False, ticks=False, grid=False, title=None, domain=False)
    data = view.tasks.assign(text=view.tasks["text"].str.slice(0, 160))
    rest = label("explorer.rest", lang)
    data["shade"] = data["group"].where(data["group"].isin(set(colours)), rest)
    return _legible(
        alt.Chart(data)
        .mark_circle(size=70, opacity=0.85)
        .encode(
            x=alt.X("x:Q", axis=axis, scale=alt.Scale(zero=False)),
            y=alt.Y("y:Q", axis=axis, scale=alt.Scale(zero=False)),
            color=alt.Color(
                f"{field}:N",
                scale=scale,
                sort=None,
                legend=alt.Legend(title=None, labelLimit=220, symbolLimit=40),
            ),
            tooltip=[
                alt.Tooltip("task_id:N", title=label("task_id", lang)),
                alt.Tooltip("jurisdiction:N", title=label("jurisdiction", lang)),
                alt.Tooltip("group:N", title=label("explorer.group", lang)),
                alt.Tooltip("text:N", title=label("text", lang)),
            ],
        )
        .add_params(alt.selection_interval(name="brush"))
        .properties(width=MAP_SIZE[0], height=MAP_SIZE[1])
    )


def heat(view: View, lang: Lang) -> Any:
    """Draw group by jurisdiction: the shade is the share of the list, the figure its tasks."""
    base = alt.Chart(view.heat).encode(
        x=alt.X("jurisdiction:N", title=None, sort=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("group:N", title=None, sort=None, axis=alt.Axis(labelLimit=240)),
        tooltip=[
            alt.Tooltip("group:N", title=label("explorer.group", lang)),
            alt.Tooltip("jurisdiction:N", title=label("jurisdiction", lang)),
            alt.Tooltip("tasks:Q", title=label("tasks", lang)),
            alt.Tooltip("share:Q", title=label("share", lang), format=".0%"),
        ],
    )
    shade = alt.Scale(range=["#ffffff", "#7fa3bd"], domainMin=0, interpolate="rgb")
    layers = alt.layer(
        base.mark_rect().encode(color=alt.Color("share:Q", scale=shade, legend=None)),
        base.mark_text(color=style.INK).encode(text="tasks:Q"),
    ).properties(width=alt.Step(120), height=alt.Step(20))
    return _legible(layers)


def words(table: pd.DataFrame, colours: dict[str, str], lang: Lang) -> Any:
    """Draw the log-odds of words with their intervals (table: `Session.words`).

    The selection `pick` holds the word nearest to where the reader clicks.
    """
    base = alt.Chart(table).encode(
        y=alt.Y("term:N", sort=None, title=None, axis=alt.Axis(labelLimit=200)),
        # An interval with 0 in it tells nobody apart.
        color=alt.condition(
            "datum.low <= 0 && datum.high >= 0",
            alt.value(GREY),
            alt.Color(
                "side:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(title=None, orient="top", labelLimit=220),
            ),
        ),
        tooltip=[
            alt.Tooltip("count:Q", title=label("explorer.one", lang)),
            alt.Tooltip("other_count:Q", title=label("explorer.other", lang)),
        ],
    )
    pick = alt.selection_point(name="pick", fields=["term"], on="click", nearest=True)
    dots = base.mark_circle(size=90).encode(x=alt.X("log_odds:Q", title="log-odds"))
    layers = alt.layer(
        base.mark_rule().encode(x=alt.X("low:Q", title="log-odds"), x2="high:Q"),
        dots.add_params(pick),
    ).properties(width=320, height=alt.Step(18))
    return _legible(layers)


def _of_groups(groups: pd.Series, lang: Lang) -> dict[str, str]:
    """A colour for each of the ten largest groups, by size; grey for the rest and for none."""
    none, rest = label("explorer.none", lang), label("explorer.rest", lang)
    size = groups[groups != none].value_counts(sort=False)
    ranked = sorted(size.index, key=lambda name: (-size[name], name))
    colours = dict(zip(ranked, TEN, strict=False))
    if len(ranked) > len(TEN):
        colours[rest] = GREY
    return colours | ({none: GREY} if (groups == none).any() else {})


def _legible(chart: Any) -> Any:
    """Labels large enough for Chinese characters."""
    return chart.configure_axis(labelFontSize=12).configure_legend(labelFontSize=12)
