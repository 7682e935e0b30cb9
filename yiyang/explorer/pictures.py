"""Draw the explorer's charts as Altair specifications: theme map, heat map, words of two lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from yiyang.charts import style
from yiyang.core.messages import Lang, label
from yiyang.explorer import layout
from yiyang.explorer.choices import Choice
from yiyang.explorer.model import Session, View

MAP_SIZE = (520, 400)
TEN = (
    *("#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b"),
    *("#b79a20", "#b279a2", "#d67195", "#9d755d", "#2a5c8a"),
)
"""No more colours than an eye tells apart: further groups share one grey."""
GREY = "#b3b3b3"
TWO_LINES = (
    "indexof(datum.label, ', ') > 0 ? split(datum.label, ', ') : indexof(datum.label, ' ') > 0 "
    "&& length(datum.label) > 12 ? split(datum.label, ' ') : length(datum.label) > 8 "
    "&& test(/[\u4e00-\u9fff]/, datum.label) "
    "? [slice(datum.label, 0, -3), slice(datum.label, -3)] : datum.label"
)
"""Heads on two lines: Zhongning County / Ningxia; 宁夏回族自治区 / 中宁县."""
PAIR = ("#123a6b", "#a5304f")
"""Of the two sides of a comparison."""
BRUSH = alt.selection_interval(name="brush")
PICK = alt.selection_point(name="pick", fields=["term"], on="click", nearest=True)
FEW = 5
"""Columns of the heat map whose heads stand level."""


def theme_map(
    view: View, session: Session, choice: Choice, brush: dict[str, list[float]] | None = None
) -> dict[str, Any]:
    """Draw a dot a task in the colours of the choice; of very many an even sample
    (`layout.drawn`).

    The frame is that of all tasks, whichever are shown. The selection `brush` is the rectangle that
    the reader drags, and may stand from the start.
    """
    lang = session.lang
    value, colours = shades(view, session, choice.colour)
    rest = label("explorer.rest", lang)
    data = layout.drawn(view.tasks.assign(shade=value.where(value.isin(set(colours)), rest)))
    data = data.assign(text=data["text"].str.slice(0, 160)).drop(columns="score")
    across, down = session.frame
    values: dict[str, object] = {"names": list(colours), "shades": list(colours.values())}
    values |= {"across": across, "down": down}
    if brush:
        values["brush"] = brush
    return filled(_map_form(lang, choice.colour == "family"), data, **values)


@cache
def _map_form(lang: Lang, is_by_family: bool) -> dict[str, Any]:
    axis = alt.Axis(labels=False, ticks=False, grid=False, title=None, domain=False)
    titles = {"task_id": "task_id", "jurisdiction": "jurisdiction", "group": "explorer.group"}
    titles |= {"text": "text"} | ({"shade": "explorer.colour.family"} if is_by_family else {})
    shades = alt.Scale(
        domain=alt.ExprRef("names"),
        range=[alt.ExprRef(f"shades[{n}]") for n in range(len(TEN) + 2)],
    )
    chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_circle(size=70, opacity=0.85)
        .encode(
            x=alt.X("x:Q", axis=axis, scale=alt.Scale(domain=alt.ExprRef("across"))),
            y=alt.Y("y:Q", axis=axis, scale=alt.Scale(domain=alt.ExprRef("down"))),
            color=alt.Color(
                "shade:N",
                scale=shades,
                sort=None,
                legend=alt.Legend(title=None, labelLimit=220, symbolLimit=40),
            ),
            tooltip=[
                alt.Tooltip(f"{name}:N", title=label(key, lang)) for name, key in titles.items()
            ],
        )
        .properties(width=MAP_SIZE[0], height=MAP_SIZE[1])
    )
    given = [alt.param(name=name, value=[]) for name in ("names", "shades", "across", "down")]
    return _form(chart, *given, BRUSH)


def shades(view: View, session: Session, colour: str) -> tuple[pd.Series, dict[str, str]]:
    """Return what the dots are coloured by, and the colour of each value in the legend's order:
    the ten with most tasks; grey for the rest and for none."""
    lang = session.lang
    if colour == "jurisdiction":
        value = view.tasks["jurisdiction"]
        key_of = {name: key for key, name in session.places.items()}
        there = list(dict.fromkeys(value))
        if len(there) <= len(TEN) - 1:
            of = style.jurisdiction_colours(key_of[name] for name in there)
            return value, {name: of[key_of[name]] for name in there}
    elif colour == "family":
        table = session.attributes.family.drop_duplicates("task_id").set_index("task_id")
        value = view.tasks["task_id"].map(table["value"])
    else:
        value = view.tasks["group"]
    nones = [label(f"explorer.{key}", lang) for key in ("none", "family.none")]
    return value, _of_largest(value, nones, label("explorer.rest", lang))


def heat(view: View, lang: Lang) -> dict[str, Any]:
    """Draw groups by the columns of the axis: the shade is the share of the column, the figure its
    tasks. Heads stand whole: on two lines where they are few, slanted where they are many."""
    across = view.heat.columns[1]
    heads, groups = (list(dict.fromkeys(view.heat[name])) for name in (across, "group"))
    is_few = len(heads) <= FEW
    step = 108 if is_few else max(26, min(60, 720 // max(len(heads), 1)))
    return filled(_heat_form(lang, across, is_few, step), view.heat, heads=heads, groups=groups)


@cache
def _heat_form(lang: Lang, across: str, is_few: bool, step: int) -> dict[str, Any]:
    axis = alt.Axis(
        orient="top",
        labelAngle=0 if is_few else -50,
        labelLimit=0 if is_few else 260,
        labelOverlap=False,
        labelPadding=20 if is_few else 4,
        labelExpr=TWO_LINES if is_few else "datum.label",
    )
    heads, groups = (alt.Scale(domain=alt.ExprRef(name)) for name in ("heads", "groups"))
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X(f"{across}:N", title=None, sort=None, axis=axis, scale=heads),
        y=alt.Y("group:N", title=None, sort=None, axis=alt.Axis(labelLimit=280), scale=groups),
        tooltip=[
            alt.Tooltip("group:N", title=label("explorer.group", lang)),
            alt.Tooltip(f"{across}:N", title=label(across, lang)),
            alt.Tooltip("tasks:Q", title=label("tasks", lang)),
            alt.Tooltip("share:Q", title=label("share", lang), format=".0%"),
        ],
    )
    shade = alt.Scale(range=["#ffffff", "#7fa3bd"], domainMin=0, interpolate="rgb")
    layers = alt.layer(
        base.mark_rect().encode(color=alt.Color("share:Q", scale=shade, legend=None)),
        base.mark_text(color=style.INK).encode(text="tasks:Q"),
    ).properties(width=alt.Step(step), height=alt.Step(20))
    return _form(layers, *(alt.param(name=name, value=[]) for name in ("heads", "groups")))


def words(table: pd.DataFrame, sides: tuple[str, str], lang: Lang) -> dict[str, Any]:
    """Draw the log-odds of words with their intervals (table: `Session.words`).

    The selection `pick` holds the word nearest to where the reader clicks.
    """
    return filled(_words_form(lang), table, terms=table["term"].tolist(), sides=list(sides))


@cache
def _words_form(lang: Lang) -> dict[str, Any]:
    terms, sides = (alt.ExprRef(name) for name in ("terms", "sides"))
    axis = alt.Axis(labelLimit=200)
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("term:N", sort=None, title=None, axis=axis, scale=alt.Scale(domain=terms)),
        # An interval with 0 in it tells nobody apart.
        color=alt.condition(
            "datum.low <= 0 && datum.high >= 0",
            alt.value(GREY),
            alt.Color(
                "side:N",
                scale=alt.Scale(domain=sides, range=list(PAIR)),
                legend=alt.Legend(title=None, orient="top", labelLimit=300, columns=1),
            ),
        ),
        tooltip=[
            alt.Tooltip("count:Q", title=label("explorer.one", lang)),
            alt.Tooltip("other_count:Q", title=label("explorer.other", lang)),
        ],
    )
    dots = base.mark_circle(size=90).encode(x=alt.X("log_odds:Q", title="log-odds"))
    layers = alt.layer(
        base.mark_rule().encode(x=alt.X("low:Q", title="log-odds"), x2="high:Q"),
        dots.add_params(PICK),
    ).properties(width=320, height=alt.Step(18))
    return _form(layers, *(alt.param(name=name, value=[]) for name in ("terms", "sides")))


def filled(form: dict[str, Any], rows: pd.DataFrame, **values: object) -> dict[str, Any]:
    """Give a chart its rows, and its parameters their values."""
    params = [
        {**param, "value": values[param["name"]]} if param["name"] in values else param
        for param in form["params"]
    ]
    return {**form, "params": params, "datasets": {"rows": _records(rows)}}


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain values by their columns: `to_dict("records")`, in a third of its time."""
    columns = [rows[name].tolist() for name in rows]
    return [dict(zip(rows, row, strict=True)) for row in zip(*columns, strict=True)]


def _form(chart: Any, *params: Any) -> dict[str, Any]:
    """A chart without its rows, with labels large enough for Chinese characters. It is made and
    checked once: to do so at each change would take longer than all that is computed."""
    legible = chart.configure_axis(labelFontSize=12).configure_legend(labelFontSize=12)
    found: dict[str, Any] = legible.add_params(*params).to_dict()
    return found


def _of_largest(values: pd.Series, nones: Sequence[str], rest: str) -> dict[str, str]:
    """A colour for each of the ten largest values, by size; grey for the rest and for none."""
    size = values[~values.isin(nones)].value_counts(sort=False)
    ranked = sorted(size.index, key=lambda name: (-size[name], name))
    colours = dict(zip(ranked, TEN, strict=False))
    if len(ranked) > len(TEN):
        colours[rest] = GREY
    return colours | {none: GREY for none in nones if (values == none).any()}
