"""Say beside the controls what a change did, and what of it found nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from yiyang.core.messages import Lang, label, phrase, say
from yiyang.explorer import layout
from yiyang.explorer.choices import Choice
from yiyang.explorer.model import View
from yiyang.safety.escaping import Markup

LEFT = 'style="text-align:left;vertical-align:top"'
LISTED = 100
"""Tasks named that changed their group; of more their number is said."""


def status(
    view: View, choice: Choice, shown: pd.DataFrame, n_tasks: int, moved: pd.DataFrame | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name the sentences about what is shown, with their figures."""
    if view.tasks.empty:
        yield "explorer.nothing", {}
        return
    yield "explorer.shown", {"n": len(shown), "of": n_tasks}
    if view.k != choice.k:
        yield "explorer.fewer", {"k": view.k, "asked": choice.k}
    if len(view.tasks) > layout.DRAWN:
        yield "explorer.sampled.map", {"n": layout.DRAWN, "of": len(view.tasks)}
    if len(shown) > layout.LISTED:
        yield "explorer.sampled.table", {"n": layout.LISTED, "of": len(shown)}
    if moved is not None and moved.empty:
        yield "explorer.changed.none", {}


def paragraphs(sentences: Iterator[tuple[str, dict[str, Any]]], lang: Lang) -> Markup:
    """Write the sentences as paragraphs."""
    lines = [Markup("<p>{}</p>").format(say(key, lang, **values)) for key, values in sentences]
    return Markup("").join(lines)


def changed(moved: pd.DataFrame | None, lang: Lang) -> Markup:
    """Say how many tasks are in another group now, with their list to open."""
    if moved is None or moved.empty:
        return Markup("")
    heads = [label("task_id", lang), label("explorer.before", lang), label("explorer.after", lang)]
    listed = rows(moved.head(LISTED).itertuples(index=False), heads)
    form = "<details><summary>{}</summary>{}</details>"
    return Markup(form).format(say("explorer.changed", lang, n=len(moved)), listed)


def fault(error: Exception, lang: Lang) -> Markup:
    """Write what is wrong with what was typed; a screen reader says it at once."""
    form = '<p role="alert" class="yx-fault">{}</p>'
    return Markup(form).format(phrase(str(error), lang))


def unmatched(table: pd.DataFrame, lang: Lang) -> Markup:
    """Name the seeds typed in that find nothing, each with its line."""
    lines = [
        Markup('<p class="yx-fault">{}</p>').format(
            say("explorer.seeds_unmatched", lang, line=row.line, term=row.term)
        )
        for row in table.itertuples()
    ]
    return Markup("").join(lines)


def concordance(table: pd.DataFrame, lang: Lang) -> Markup:
    """Write the places of a word aligned at it."""
    form = (
        "<tr><td {0}>{1}</td><td {0}>{2}</td>"
        '<td style="text-align:right">{3}</td><td><mark>{4}</mark></td><td {0}>{5}</td></tr>'
    )
    body = Markup("").join(
        Markup(form).format(Markup(LEFT), r.task_id, r.side, r.left, r.keyword, r.right)
        for r in table.head(LISTED).itertuples()
    )
    told = say("explorer.page.places", lang, word=table.at[0, "keyword"], n=len(table),
               shown=min(len(table), LISTED))  # fmt: skip
    page = '<p>{}</p><table class="jp-RenderedHTMLCommon"><tbody>{}</tbody></table>'
    return Markup(page).format(told, body)


def rows(lines: Any, heads: list[str]) -> Markup:
    """Write a plain table; what comes from a document is escaped."""
    head = Markup("").join(Markup(f"<th {LEFT}>{{}}</th>").format(h) for h in heads)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup(f"<td {LEFT}>{{}}</td>").format(c) for c in line)
        )
        for line in lines
    )
    form = (
        '<table class="jp-RenderedHTMLCommon"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    )
    return Markup(form).format(head, body)
