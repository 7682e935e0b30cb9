"""Show every task as a tile, by theme and list: does anyone own it, by when, by how much?

The tiles are a table, read as one where there is no script and no style; a tile opens its task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from yiyang.compare import stated
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names, places_in_text, say, short_names
from yiyang.safety.escaping import Markup, address
from yiyang.show import gloss

MOST = 600
"""Tasks that are shown as tiles; of more the counts alone are."""
PLACES = 8
"""Places that have a column each, and are named in sentences; of more the counts are a row each,
and the sentences name those at both ends."""


def lead(corpus: Corpus, lang: Lang) -> str:
    """Say first what the tiles compare, and then what is stated in full, as Markdown."""
    counted = stated.counts(stated.tasks(corpus))
    places = places_in_text(corpus.jurisdictions, lang)
    formed = stated.by_form(corpus, counted)
    which = "some" if formed and len(formed) < len(counted) else "alike"
    if len(counted) > PLACES:
        return _lead_of_many(counted, len(formed) if which == "some" else 0, places, lang)
    form = say(
        f"front.tiles.form.{which}",
        lang,
        places=join((places[j] for j in formed), "and", lang),
    )
    each = [
        say(
            "front.tiles.carrier",
            lang,
            place=places[row.jurisdiction],
            n=row.one_carrier,
            of=row.tasks,
        )
        for row in counted.itertuples()
    ]
    full = counted[counted["all_three"] > 0]
    where = join((places[j] for j in full["jurisdiction"]), "and", lang)
    key = "front.tiles.full.some" if len(full) else "front.tiles.full.none"
    owned = say("front.tiles.carriers", lang, places=join(each, "items", lang))
    total = say(key, lang, n=full["all_three"].sum(), places=where)
    return f"{form}\n\n{owned}{SPACE[lang]}{total}"


def _lead_of_many(
    counted: pd.DataFrame, formed: int, places: Mapping[str, str] | pd.Series, lang: Lang
) -> str:
    """`lead` of many places, of which `formed` have a form that asks: those at both ends."""
    which = "many" if formed else "alike"
    form = say(f"front.tiles.form.{which}", lang, n=formed, of=len(counted))
    share = (counted["one_carrier"] / counted["tasks"]).sort_values(kind="stable")
    least, most = counted.loc[share.index[0]], counted.loc[share.index[-1]]
    owned = say(
        "front.tiles.carriers.many",
        lang,
        place=places[least["jurisdiction"]],
        n=int(least["one_carrier"]),
        of=int(least["tasks"]),
        most_place=places[most["jurisdiction"]],
        most=int(most["one_carrier"]),
        most_of=int(most["tasks"]),
    )
    full = counted[counted["all_three"] > 0]
    key = "front.tiles.full.many" if len(full) else "front.tiles.full.none"
    total = say(key, lang, n=int(full["all_three"].sum()), of=len(full))
    return f"{form}\n\n{owned}{SPACE[lang]}{total}"


def table(corpus: Corpus, lang: Lang) -> Markup:
    """Show the counts of each list, and below them a row for each theme with a tile for each of its
    tasks."""
    found = stated.tasks(corpus)
    counted = stated.counts(found).set_index("jurisdiction")
    if len(found) > MOST or len(counted) > PLACES:
        return _counts(counted, corpus, lang)
    places = short_names(corpus.jurisdictions, lang)[counted.index]
    head = _join(Markup('<th scope="col">{}</th>').format(name) for name in places)
    sums = _join(_sum(kind, counted, lang) for kind in stated.COUNTED)
    bands = _bands(found, corpus, list(counted.index), lang)
    form = (
        '{}<table class="yy-tiles">\n<caption>{}</caption>\n<thead><tr><td></td>{}</tr></thead>\n'
        "<tbody>\n{}</tbody>\n{}</table>\n"
    )
    caption = say("front.tiles.caption", lang, n=len(found))
    return Markup(form).format(_choices(lang), caption, head, sums, bands)


def _counts(counted: pd.DataFrame, corpus: Corpus, lang: Lang) -> Markup:
    """Show the counts alone, a place a row: there are too many tasks or places for tiles."""
    called = names(corpus.jurisdictions, lang)
    columns = ("tasks", *stated.COUNTED)
    heads = {"tasks": label("tasks", lang)} | {
        kind: label(f"stated.{kind}", lang) for kind in stated.COUNTED
    }
    head = _join(Markup('<th scope="col">{}</th>').format(heads[column]) for column in columns)
    rows = _join(
        Markup('<tr class="yy-sum"><th scope="row">{}</th>{}</tr>\n').format(
            called[place],
            _join(Markup("<td>{}</td>").format(own[column]) for column in columns),
        )
        for place, own in counted.iterrows()
    )
    form = (
        '<table class="yy-tiles">\n<caption>{}</caption>\n<thead><tr><td></td>{}</tr></thead>\n'
        "<tbody>\n{}</tbody>\n</table>\n"
    )
    caption = say("front.tiles.counts", lang, n=int(counted["tasks"].sum()))
    return Markup(form).format(caption, head, rows)


def _choices(lang: Lang) -> Markup:
    """What the colour of a tile says: a choice that the style sheet alone follows."""
    items = _join(
        Markup(
            '<label><input type="radio" name="tiles" value="{}"{}> <i class="{}"></i>{}</label>'
        ).format(
            kind,
            Markup(" checked") if kind == "each" else "",
            f"yy-key-{kind}",
            label(f"stated.{kind}", lang),
        )
        for kind in ("each", *stated.COUNTED)
    )
    form = '<form class="yy-choices"><fieldset><legend>{}</legend>{}</fieldset></form>\n'
    return Markup(form).format(label("front.tiles.choose", lang), items)


def _sum(kind: str, counted: pd.DataFrame, lang: Lang) -> Markup:
    cells = _join(
        Markup("<td>{} / {}</td>").format(n, of)
        for n, of in zip(counted[kind], counted["tasks"], strict=True)
    )
    return Markup('<tr class="yy-sum"><th scope="row">{}</th>{}</tr>\n').format(
        label(f"stated.{kind}", lang), cells
    )


def _bands(found: pd.DataFrame, corpus: Corpus, places: list[str], lang: Lang) -> Markup:
    """A row for each theme that has a task, in the order of the codebook; what has none is last."""
    called = names(corpus.themes, lang)
    short = gloss.titles(corpus)["title" if lang == "zh" else "gloss"].to_dict()
    named = found["theme_id"].fillna("")
    rows = []
    for theme in [*called.index, ""]:
        own = found[named == theme]
        if own.empty:
            continue
        cells = _join(
            Markup("<td>{}</td>").format(
                _join(_tile(t, short, lang) for t in own[own["jurisdiction"] == p].itertuples())
            )
            for p in places
        )
        name = called[theme] if theme else label("front.tiles.no_theme", lang)
        rows.append(Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(name, cells))
    return Markup('<tbody class="yy-bands">\n{}</tbody>\n').format(_join(rows))


def _tile(task: Any, short: Mapping[str, str], lang: Lang) -> Markup:
    """A tile: its classes say what is stated, and so do its words."""
    has = [kind for kind in stated.KINDS if getattr(task, kind)]
    said = join((label(f"stated.{kind}", lang) for kind in has), "items", lang)
    words = join(
        filter(None, [short.get(task.task_id, ""), said or label("front.tiles.nothing", lang)]),
        "colon",
        lang,
    )
    marks = " ".join(f"yy-{kind}" for kind in has)
    return Markup('<a class="yy-tile {}" href="tasks.html#{}" title="{} {}"></a>').format(
        marks, address(task.task_id), task.task_id, words
    )


def _join(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)
