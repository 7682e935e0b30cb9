"""Write a view of the explorer as a page: plain tables and a drawing, which a script filters.

The page is whole without the script; nothing is fetched and no text is made into code. It stands
alone (`standalone`), or as a part of a page of the report (`fragment`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

import yiyang
from yiyang.compare import chance, vocabulary
from yiyang.core.messages import Lang, join, label, say
from yiyang.explorer import layout, pictures
from yiyang.explorer.choices import COLOURS, Choice
from yiyang.explorer.model import Session, View
from yiyang.safety import digests, escaping
from yiyang.safety.escaping import Markup

STATIC = Path(__file__).resolve().parent / "static"
LISTED = 5000
"""Tasks on a page; of more an even sample, and it is said."""
WIDTH, HEIGHT, EDGE = 560, 430, 12
MOST_WORDS = 8
"""Words of a place that tell it from the others."""
SAID = ("shown", "places", "no_places", "brushed")
"""What the script says, by the names of its sentences."""
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


class Coded(NamedTuple):
    """What the filters choose from, by the names of the fields, and the numbers of the values that
    each task has."""

    values: dict[str, list[str]]
    of_task: dict[str, pd.Series]


def standalone(session: Session, choice: Choice, recipe: str) -> str:
    """Return the whole page, script and style inside it: they are named by their digests, and a
    browser runs no other."""
    lang = session.lang
    script, style = (
        (STATIC / f"explorer.{kind}").read_text(encoding="utf-8").strip() for kind in ("js", "css")
    )
    policy = _POLICY.format(script=digests.of_script(script), style=digests.of_script(style))
    form = (
        '<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{title}</title>\n<style>{style}</style>\n<script>{script}</script>\n</head>\n"
        '<body class="yx-alone">\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    )
    return str(
        Markup(form).format(
            lang={"zh": "zh-CN", "en": "en"}[lang],
            policy=Markup(policy),
            title=label("explorer.page", lang),
            style=Markup(style),
            script=Markup(script),
            body=fragment(session, choice, recipe),
        )
    )


def fragment(session: Session, choice: Choice, recipe: str) -> Markup:
    """Return the part of a page that shows the view."""
    lang, view = session.lang, session.view(choice)
    listed = layout.drawn(view.tasks, LISTED)
    coded = _coded(session, listed)
    said: dict[str, Any] = {key: label(f"explorer.page.{key}", lang) for key in SAID}
    said["values"] = coded.values
    legends = {c: _shaded(session, view, listed, c) for c in COLOURS}
    said["palette"] = {c: list(colours.values()) for c, (_, colours) in legends.items()}
    parts = [
        _about(session, choice, view, len(listed)),
        _form(coded, choice, lang),
        Markup('<div class="yx-two">{}{}</div>').format(
            _section("map", _map(listed, legends, choice, lang), lang, "map_page_hint"),
            _section("heat", _heat(view, lang), lang, "heat_hint", f"heat.{choice.across}"),
        ),
        _section("terms", _rows(view.terms, ["explorer.group", "tasks", "terms"], lang), lang),
        _of_places(session, choice, view),
        Markup('<section class="yx-kwic" hidden><h2>{}</h2>{}<div></div></section>').format(
            label("explorer.page.concordance", lang), _sorts(lang)
        ),
        _section("table", _tasks(session, listed, coded, legends, lang), lang),
        _recipe(recipe, lang),
    ]
    return Markup('<div class="yx" data-said="{}">\n{}\n</div>').format(
        escaping.json_text(said), Markup("\n").join(filter(None, parts))
    )


def _about(session: Session, choice: Choice, view: View, n_listed: int) -> Markup:
    """What the page shows, of what, made how; a sample is said to be one."""
    lang = session.lang
    said = [
        say(
            "explorer.page.about",
            lang,
            n=len(view.tasks),
            places=view.tasks["jurisdiction"].nunique(),
            method=label(f"explorer.method.{choice.method}", lang),
            digest=session.digest,
            version=yiyang.__version__,
        )
    ]
    if n_listed < len(view.tasks):
        said.append(say("explorer.sampled", lang, n=n_listed, of=len(view.tasks)))
    return Markup('<p class="yx-about">{}</p>').format(" ".join(said))


def _coded(session: Session, listed: pd.DataFrame) -> Coded:
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


def _shaded(
    session: Session, view: View, listed: pd.DataFrame, colour: str
) -> tuple[pd.Series, dict[str, str]]:
    """The number of the colour of each task listed, and the legend."""
    value, colours = pictures.shades(view, session, colour)
    rest = label("explorer.rest", session.lang)
    number = {name: n for n, name in enumerate(colours)}
    numbers = value.where(value.isin(set(colours)), rest).map(number).astype(int)
    return numbers[listed.index], colours


def _form(coded: Coded, choice: Choice, lang: Lang) -> Markup:
    """The filters: nothing chosen is everything."""
    every = label("browser.all", lang)
    keys = {"group": "explorer.group", "family": "explorer.colour.family"}
    fields = [
        _select(label(keys.get(name, name), lang), name, dict(enumerate([every, *values], -1)), -1)
        for name, values in coded.values.items()
        if len(values) > 1
    ]
    colours = {c: label(f"explorer.colour.{c}", lang) for c in COLOURS}
    fields.append(_select(label("explorer.colour", lang), "colour", colours, choice.colour))
    form = (
        '<form class="yx-filter" role="search" aria-label="{0}" hidden>'
        '<label>{1}<input name="words" type="search" autocomplete="off"></label>{2}'
        '<button type="reset">{3}</button></form>\n<p class="yx-status" role="status"></p>'
    )
    words = [label("browser.filter", lang), label("explorer.page.words", lang)]
    return Markup(form).format(*words, Markup("").join(fields), label("browser.reset", lang))


def _select(name: str, key: str, options: dict[Any, str], chosen: object) -> Markup:
    shown = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            "" if value == -1 else value, Markup(" selected") if value == chosen else "", text
        )
        for value, text in options.items()
    )
    return Markup('<label>{}<select name="{}">{}</select></label>').format(name, key, shown)


def _map(
    listed: pd.DataFrame,
    legends: dict[str, tuple[pd.Series, dict[str, str]]],
    choice: Choice,
    lang: Lang,
) -> Markup:
    """The dots, in the order of the rows of the table, and the legends of the colourings."""
    numbers, colours = legends[choice.colour]
    palette = list(colours.values())
    across, down = (_scaled(listed[axis], size) for axis, size in (("x", WIDTH), ("y", HEIGHT)))
    dots = Markup("").join(
        Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"/>').format(
            x, round(HEIGHT - y, 1), 5 if len(listed) < LISTED // 5 else 3, palette[number]
        )
        for x, y, number in zip(across, down, numbers, strict=True)
    )
    lists = Markup("").join(
        Markup('<ul class="yx-legend" data-colour="{}"{}>{}</ul>').format(
            colour, "" if colour == choice.colour else Markup(" hidden"), _legend(shades)
        )
        for colour, (_, shades) in legends.items()
    )
    form = (
        '<svg class="yx-map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<rect class="yx-brush" visibility="hidden"/></svg>\n'
        '<p class="yx-tip" aria-hidden="true"></p>\n{}'
    )
    told = label("explorer.page.map_alt", lang)
    return Markup(form).format(WIDTH, HEIGHT, told, dots, lists)


def _legend(colours: dict[str, str]) -> Markup:
    form = (
        '<li><svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="5" '
        'fill="{}"/></svg>{}</li>'
    )
    return Markup("").join(Markup(form).format(colour, name) for name, colour in colours.items())


def _scaled(values: pd.Series, size: int) -> list[float]:
    low, high = (float(v) for v in (values.min(), values.max())) if len(values) else (0.0, 0.0)
    span = max(high - low, 1e-9)
    return [round(EDGE + (v - low) / span * (size - 2 * EDGE), 1) for v in values]


def _heat(view: View, lang: Lang) -> Markup:
    """Groups by the columns of the axis: the tasks, shaded by their share of the column."""
    across = view.heat.columns[1]
    if view.heat.empty:
        return Markup("")
    counts = view.heat.pivot(index="group", columns=across, values="tasks")
    counts = counts.reindex(
        index=list(dict.fromkeys(view.heat["group"])),
        columns=list(dict.fromkeys(view.heat[across])),
    )
    shares = counts / np.maximum(counts.sum(), 1)
    most = float(shares.to_numpy().max()) or 1.0
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(c) for c in counts.columns)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(
            group,
            Markup("").join(
                Markup('<td class="yx-s{}">{}</td>').format(
                    round(10 * shares.at[group, c] / most), counts.at[group, c]
                )
                for c in counts.columns
            ),
        )
        for group in counts.index
    )
    form = (
        '<div class="yx-scroll" tabindex="0" role="region" aria-label="{0}">'
        '<table class="yx-heat" data-across="{1}"><caption>{0}</caption>'
        "<thead><tr><td></td>{2}</tr></thead><tbody>{3}</tbody></table></div>"
    )
    return Markup(form).format(label(f"explorer.heat.{across}", lang), across, head, rows)


def _of_places(session: Session, choice: Choice, view: View) -> Markup:
    """Of each place the words that come nearest to telling it from all the others, under what the
    correction for their number leaves of them."""
    if view.tasks["jurisdiction"].nunique() < 2:
        return Markup("")
    lang = session.lang
    shown = np.flatnonzero(session.corpus.tasks["task_id"].isin(view.tasks["task_id"]))
    vectors = session.vectors(choice, shown)
    rows, clear, least, n_words = [], [], 1.0, 0
    for place in dict.fromkeys(view.tasks["jurisdiction"]):
        table = vocabulary.log_odds(view.tasks, place, vectors=vectors)
        beyond = table[(table["low"] > 0) & (table["q"] < chance.LIKELY)]
        clear += [f"{place} {term}" for term in beyond["term"]]
        least, n_words = min(least, float(table["q"].min())), len(table)
        rows.append((place, "、".join(table.loc[table["low"] > 0, "term"].head(MOST_WORDS))))
    none = label("explorer.page.no_words", lang)
    rows = [(place, words or none) for place, words in rows]
    keys = ["jurisdiction", "explorer.page.own_words"]
    listed = _rows(pd.DataFrame(rows, columns=["place", "words"]), keys, lang)
    key = f"themes.words.paragraph.{'some' if clear else 'none'}"
    told = say(key, lang, n=n_words, q=least, each=join(clear, "items", lang))
    content = Markup("<p>{}</p>{}").format(told, listed)
    return _section("vocabulary", content, lang, "page.own_words_hint")


def _tasks(
    session: Session,
    listed: pd.DataFrame,
    coded: Coded,
    legends: dict[str, tuple[pd.Series, dict[str, str]]],
    lang: Lang,
) -> Markup:
    """All tasks; a row bears the numbers of what the filters choose from, and of its colours."""
    colours = [numbers.astype(str) for numbers, _ in legends.values()]
    of_task = [coded.of_task[name] for name in coded.values]
    names = list(coded.values)
    agencies = [
        join([coded.values["agency"][int(n)] for n in numbers.split()], "items", lang)
        for numbers in coded.of_task["agency"]
    ]
    form = '<tr data-values="{}" data-colours="{}"><th scope="row">{}</th>{}</tr>\n'
    cells = Markup('<td>{}</td><td>{}</td><td>{}</td><td lang="zh-CN">{}</td>')
    rows = Markup("").join(
        Markup(form).format(
            "|".join(numbers),
            " ".join(shades),
            task.task_id,
            cells.format(task.jurisdiction, task.group, agency, task.text),
        )
        for task, agency, numbers, shades in zip(
            listed.itertuples(),
            agencies,
            zip(*of_task, strict=True),
            zip(*colours, strict=True),
            strict=True,
        )
    )
    keys = ["task_id", "jurisdiction", "explorer.group", "agency", "text"]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(label(k, lang)) for k in keys)
    table = (
        '<table class="yx-tasks" data-fields="{}"><thead><tr>{}</tr></thead>'
        '<tbody>{}</tbody></table><button type="button" class="yx-more" hidden>{}</button>'
    )
    return Markup(table).format(" ".join(names), head, rows, label("explorer.page.more", lang))


def _sorts(lang: Lang) -> Markup:
    options = {s: label(f"explorer.sort.{s}", lang) for s in ("text", "left", "right")}
    return _select(label("explorer.sort", lang), "sort", options, "text")


def _section(name: str, content: Markup, lang: Lang, hint: str = "", title: str = "") -> Markup:
    small = Markup("<p>{}</p>").format(label(f"explorer.{hint}", lang)) if hint else ""
    form = '<section class="yx-of-{}"><h2>{}</h2>{}{}</section>'
    return Markup(form).format(name, label(f"explorer.{title or name}", lang), small, content)


def _rows(table: pd.DataFrame, keys: list[str], lang: Lang) -> Markup:
    """A plain table; what comes from a document is escaped."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(label(k, lang)) for k in keys)
    body = Markup("").join(
        Markup("<tr>{}</tr>\n").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in table.itertuples(index=False)
    )
    form = '<table class="yx-plain"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return Markup(form).format(head, body)


def _recipe(recipe: str, lang: Lang) -> Markup:
    form = '<details><summary>{}</summary><pre tabindex="0">{}</pre></details>'
    return Markup(form).format(label("explorer.recipe", lang), recipe)
