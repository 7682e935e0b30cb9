"""Write the filters of the explorer's page, and number what they choose from."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from yiyang.core.messages import Lang, label
from yiyang.explorer.choices import COLOURS, SORTS, Choice
from yiyang.explorer.model import Session
from yiyang.safety.escaping import Markup


class Coded(NamedTuple):
    """What the filters choose from, by the names of the fields, and the numbers of the values that
    each task has."""

    values: dict[str, list[str]]
    of_task: dict[str, pd.Series]


def coded(session: Session, listed: pd.DataFrame) -> Coded:
    """Number the values of the tasks listed: places and groups as they follow, the others in
    order."""
    values: dict[str, list[str]] = {}
    of_task: dict[str, pd.Series] = {}
    groups = listed[["task_id", "group"]].set_axis(["task_id", "value"], axis=1)
    tables = {"jurisdiction": session.attributes.jurisdiction, "group": groups}
    tables |= {name: getattr(session.attributes, name) for name in ("agency", "year", "family")}
    for name, whole in tables.items():
        table = whole[whole["task_id"].isin(listed["task_id"])]
        there = list(dict.fromkeys(table["value"]))
        values[name] = there if name in ("jurisdiction", "group") else sorted(there)
        number = {value: str(n) for n, value in enumerate(values[name])}
        numbers = table["value"].map(number).groupby(table["task_id"], sort=False).agg(" ".join)
        of_task[name] = listed["task_id"].map(numbers).fillna("")
    return Coded(values, of_task)


def fields(coded: Coded, choice: Choice, lang: Lang) -> Markup:
    """Write the filters: nothing chosen is everything."""
    every = label("browser.all", lang)
    keys = {"group": "explorer.group", "family": "explorer.colour.family"}
    chosen_of = [
        _select(label(keys.get(name, name), lang), name, dict(enumerate([every, *values], -1)), -1)
        for name, values in coded.values.items()
        if len(values) > 1
    ]
    colours = {c: label(f"explorer.colour.{c}", lang) for c in COLOURS}
    chosen_of.append(_select(label("explorer.colour", lang), "colour", colours, choice.colour))
    form = (
        '<form class="yx-filter" role="search" aria-label="{0}" hidden>'
        '<label>{1}<input name="words" type="search" autocomplete="off"></label>{2}'
        '<button type="reset">{3}</button></form>\n<p class="yx-status" role="status"></p>'
    )
    words = [label("browser.filter", lang), label("explorer.page.words", lang)]
    return Markup(form).format(*words, Markup("").join(chosen_of), label("browser.reset", lang))


def _select(name: str, key: str, options: dict[Any, str], chosen: object) -> Markup:
    shown = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            "" if value == -1 else value, Markup(" selected") if value == chosen else "", text
        )
        for value, text in options.items()
    )
    return Markup('<label>{}<select name="{}">{}</select></label>').format(name, key, shown)


def sorts(lang: Lang) -> Markup:
    """Offer the orders of a concordance."""
    options = {s: label(f"explorer.sort.{s}", lang) for s in SORTS}
    return _select(label("explorer.sort", lang), "sort", options, "text")
