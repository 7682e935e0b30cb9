"""Put what every page has around it: head, ways to the other pages, the other language; small
parts that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yiyang.core.messages import LANGS, Lang, label, say
from yiyang.report.served.asked import A_PAGE, Inquiry
from yiyang.safety.escaping import Markup, address

NOTHING = Markup("")
PAGES = ("", "tasks", "documents", "doubles", "agencies")
"""The pages that every page leads to, by their addresses."""
LANG_CODES: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
LONG = 700
"""Characters of a text that a row of a result shows; the document's page shows all."""


def page(lang: Lang, title: str, body: Markup, *, here: str = "", rest: str = "") -> str:
    """Write a page; `here` is its address in its language, `rest` the question behind it."""
    links = join(
        Markup('<a href="/{}/{}"{}>{}</a>').format(
            lang,
            name,
            Markup(' aria-current="page"') if name == here else NOTHING,
            label(f"served.{name or 'start'}", lang),
        )
        for name in PAGES
    )
    other = next(one for one in LANGS if one != lang)
    way = f"/{other}/{here}" + (f"?{rest}" if rest else "")
    form = (
        '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{} · {}</title>\n"
        '<link rel="stylesheet" href="/static/yiyang.css">\n'
        '<link rel="stylesheet" href="/static/served.css">\n'
        '<link rel="icon" href="data:,">\n</head>\n<body>\n'
        '<a class="yy-skip" href="#main">{}</a>\n<header><nav aria-label="{}">{}</nav>'
        '<a class="yy-language" href="{}" lang="{}">{}</a></header>\n'
        '<main id="main">\n<h1>{}</h1>\n{}\n</main>\n</body>\n</html>\n'
    )
    words = label("served.title", lang)
    return str(
        Markup(form).format(
            *(LANG_CODES[lang], title, words, label("served.skip", lang), words, links),
            *(way, LANG_CODES[other], label("served.language", lang), title, body),
        )
    )


def join(parts: Iterable[Markup]) -> Markup:
    """Put parts one behind the other."""
    return NOTHING.join(parts)


def link(way: str, words: Any) -> Markup:
    """Make a link within these pages."""
    return Markup('<a href="{}">{}</a>').format(way, words)


def document_way(lang: Lang, document_id: str, seq: int = 0) -> str:
    """Give the address of the page of a document, at one of its tasks."""
    way = f"/{lang}/document/{address(document_id)}"
    if not seq:
        return way
    number = (seq - 1) // TASKS_SHOWN + 1
    return f"{way}?page={number}#t-{seq}" if number > 1 else f"{way}#t-{seq}"


TASKS_SHOWN = 200
"""Tasks on one page of a document."""


def facts(pairs: Iterable[tuple[str, Any]]) -> Markup:
    """List what is known of a thing, each with its name."""
    rows = (Markup("<dt>{}</dt><dd>{}</dd>\n").format(*pair) for pair in pairs)
    return Markup('<dl class="yy-facts">{}</dl>\n').format(join(rows))


def words(lang: Lang, name: str, key: str, asked: Inquiry) -> Markup:
    """Make the field of a form for what is looked for, as wide as the form."""
    form = '<label class="yy-words">{}<input name="{}" type="search" value="{}"></label>\n'
    return Markup(form).format(label(key, lang), name, asked.said.get(name, ""))


def field(lang: Lang, name: str, key: str, asked: Inquiry, kind: str = "text") -> Markup:
    """Make a field of a form for a name or a number."""
    more = Markup(' min="0" max="1" step="0.01"') if kind == "number" else NOTHING
    form = '<label>{}<input name="{}" type="{}" value="{}" autocomplete="off"{}></label>\n'
    return Markup(form).format(label(key, lang), name, kind, asked.said.get(name, ""), more)


def choices(lang: Lang, name: str, key: str, asked: Inquiry, of: Mapping[str, str]) -> Markup:
    """Make a field of a form with a list to choose from, or nothing."""
    return _select(label(key, lang), name, {"": label("served.any", lang), **of}, asked)


def orders(lang: Lang, asked: Inquiry, of: Mapping[str, str]) -> Markup:
    """Make the field of a form for the order of the rows, the first of which is the usual one."""
    return _select(label("served.by", lang), "sort", of, asked)


def _select(words: str, name: str, of: Mapping[str, str], asked: Inquiry) -> Markup:
    said = asked.said.get(name, "")
    options = join(
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == said else NOTHING, text
        )
        for value, text in of.items()
    )
    form = '<label>{}<select name="{}">{}</select></label>\n'
    return Markup(form).format(words, name, options)


def form(lang: Lang, way: str, fields: Iterable[Markup]) -> Markup:
    """Make the form of a question: its fields, the button, and the way back to all."""
    return Markup(
        '<form class="yy-filter" method="get" action="{0}" role="search">\n{1}'
        '<span class="yy-last"><button type="submit">{2}</button> '
        '<a href="{0}">{3}</a></span></form>\n'
    ).format(way, join(fields), label("served.apply", lang), label("served.clear", lang))


def pages(lang: Lang, way: str, asked: Inquiry, n: int, size: int = A_PAGE) -> Markup:
    """Lead to the page before and the next one of a result."""
    last = max((n + size - 1) // size, 1)
    if last == 1:
        return NOTHING
    words = say("served.page", lang, page=asked.page, pages=last)
    parts = [Markup("<span>{}</span>").format(words)]
    for number, key in ((asked.page - 1, "served.back"), (asked.page + 1, "served.next")):
        if 1 <= number <= last:
            parts.append(link(f"{way}?{asked.query(page=number)}", label(key, lang)))
    return Markup('<nav class="yy-pages" aria-label="{}">{}</nav>\n').format(words, join(parts))


def sureness(confidence: float) -> str:
    """Write a confidence."""
    return f"{confidence:.2f}"


def lines(lang: Lang, first: int, last: int) -> str:
    """Name the lines of a file."""
    key = "served.lines.one" if first == last else "served.lines"
    return say(key, lang, first=first, last=last)


def some_lines(lang: Lang, texts: Iterable[Any], n: int, name: str, most: int) -> Markup:
    """List texts of a document; of very many the first, and say where the others are."""
    items = join(Markup("<li>{}</li>").format(text) for text in texts)
    words = label("served.document.some", lang).format(n=most, table=name)
    more = Markup("<p>{}</p>").format(words) if n > most else NOTHING
    return Markup("<ul>{}</ul>{}").format(items, more)


def fold(summary: str, body: Markup) -> Markup:
    """Fold a part of a page under its heading."""
    form = '<details class="yy-fold"><summary>{}</summary>\n{}</details>\n'
    return Markup(form).format(summary, body)
