"""Write a view of the explorer as a page: plain tables and a drawing, which a script page_filters.

The page is whole without the script; nothing is fetched and no text is made into code. It stands
alone (`standalone`), or as a part of a page of the report (`fragment`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import yiyang
from yiyang.compare import chance, vocabulary
from yiyang.core.messages import Lang, join, label, say
from yiyang.explorer import layout, page_filters, page_map, page_tables
from yiyang.explorer.choices import COLOURS, Choice
from yiyang.explorer.model import Session, View
from yiyang.safety import digests, escaping
from yiyang.safety.escaping import Markup

STATIC = Path(__file__).resolve().parent / "static"
MOST_WORDS = 8
"""Words of a place that tell it from the others."""
SAID = ("shown", "places", "no_places", "brushed")
"""What the script says, by the names of its sentences."""
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


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
    listed = layout.drawn(view.tasks, page_map.LISTED)
    coded = page_filters.coded(session, listed)
    said: dict[str, Any] = {key: label(f"explorer.page.{key}", lang) for key in SAID}
    said["values"] = coded.values
    legends = {c: page_map.shaded(session, view, listed, c) for c in COLOURS}
    said["palette"] = {c: list(colours.values()) for c, (_, colours) in legends.items()}
    parts = [
        _about(session, choice, view, len(listed)),
        page_filters.fields(coded, choice, lang),
        Markup('<div class="yx-two">{}{}</div>').format(
            _section(
                "map", page_map.theme_map(listed, legends, choice, lang), lang, "map_page_hint"
            ),
            _section(
                "heat", page_tables.heat(view, lang), lang, "heat_hint", f"heat.{choice.across}"
            ),
        ),
        _section(
            "terms", page_tables.plain(view.terms, ["explorer.group", "tasks", "terms"], lang), lang
        ),
        _of_places(session, choice, view),
        Markup('<section class="yx-kwic" hidden><h2>{}</h2>{}<div></div></section>').format(
            label("explorer.page.concordance", lang), page_filters.sorts(lang)
        ),
        _section("table", page_tables.tasks(listed, coded, legends, lang), lang),
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
    listed = page_tables.plain(pd.DataFrame(rows, columns=["place", "words"]), keys, lang)
    key = f"themes.words.paragraph.{'some' if clear else 'none'}"
    told = say(key, lang, n=n_words, q=least, each=join(clear, "items", lang))
    content = Markup("<p>{}</p>{}").format(told, listed)
    return _section("vocabulary", content, lang, "page.own_words_hint")


def _section(name: str, content: Markup, lang: Lang, hint: str = "", title: str = "") -> Markup:
    small = Markup("<p>{}</p>").format(label(f"explorer.{hint}", lang)) if hint else ""
    form = '<section class="yx-of-{}"><h2>{}</h2>{}{}</section>'
    return Markup(form).format(name, label(f"explorer.{title or name}", lang), small, content)


def _recipe(recipe: str, lang: Lang) -> Markup:
    form = '<details><summary>{}</summary><pre tabindex="0">{}</pre></details>'
    return Markup(form).format(label("explorer.recipe", lang), recipe)
