"""Show what a store is: how much it holds, of which places and years, what was not read; and the
files of its overview."""

from __future__ import annotations

import mimetypes
from typing import Any

from yiyang.core.messages import Lang, label, phrase, say
from yiyang.report import overview
from yiyang.report.served import found_tasks, framing
from yiyang.report.served.asked import Inquiry
from yiyang.report.served.held import HeldStore, UnansweredError
from yiyang.report.served.listed_agencies import years
from yiyang.safety import opening
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import Markup
from yiyang.show import stacked

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "sandbox allow-same-origin allow-downloads"
)
"""Of the files of an overview, which come with the store: none of their scripts runs."""
REASONS = 20
_COUNTS = (
    "count(*) as documents, sum(n_tasks)::bigint as tasks, "
    "count(distinct jurisdiction) filter (not starts_with(jurisdiction, 'unknown-')) as places,"
    " count(*) filter (status = 'refused') as refused,"
    " count(*) filter (status = 'in_part') as in_part"
)
_WHOLE = (
    f"select {_COUNTS}, min(year) filter (year <> 'unknown') as first,"
    " max(year) filter (year <> 'unknown') as last from documents"
)


def page(store: HeldStore, lang: Lang) -> str:
    """Write the page."""
    whole = store.once("whole", lambda: store.ask(_WHOLE)[0])
    lead = say(
        "served.start.lead",
        lang,
        documents=f"{whole.documents:,}",
        tasks=f"{whole.tasks or 0:,}",
        places=f"{whole.places:,}",
        years=years(lang, whole.first, whole.last),
    )
    body = [
        Markup("<p>{}</p>\n").format(lead),
        _search(lang),
        _ways(store, lang),
        _table(store, lang, "province"),
        _table(store, lang, "year"),
        _failures(store, lang),
        Markup("<p><small>{}</small></p>\n").format(
            say("served.start.store", lang, out=str(store.out))
        ),
    ]
    return framing.page(lang, label("served.title", lang), framing.join(body))


def _search(lang: Lang) -> Markup:
    words = framing.words(lang, "words", "served.start.search", Inquiry({}, {}))
    return framing.form(lang, f"/{lang}/tasks", (words,))


def _ways(store: HeldStore, lang: Lang) -> Markup:
    """The ways to what a reader comes for."""
    ways = [
        framing.link(
            f"/{lang}/documents?show=check&sort=least_sure", label("served.show.check", lang)
        ),
        framing.link(f"/{lang}/documents?show=refused", label("served.show.refused", lang)),
    ]
    name = f"{lang}/index.html"
    if (store.out / overview.FOLDER / name).is_file():
        ways.append(framing.link(f"/{overview.FOLDER}/{name}", label("served.overview", lang)))
    else:
        command = "yiyang report --corpus OUT"
        ways.append(Markup("{}").format(say("served.start.no_overview", lang, command=command)))
    return Markup("<ul>{}</ul>\n").format(
        framing.join(Markup("<li>{}</li>").format(way) for way in ways)
    )


def _table(store: HeldStore, lang: Lang, by: str) -> Markup:
    """The documents and tasks by province or year."""
    question = f"select {by} as of, {_COUNTS} from documents group by 1 order by 1"
    rows = store.once(f"by {by}", lambda: store.ask(question))
    keys = ("served.documents", "served.tasks", "served.places", "served.state.in_part")
    heads = [label(f"overview.{by}" if by == "province" else "served.year", lang)]
    heads += [*(label(key, lang) for key in keys), label("served.failures", lang)]
    cells = (
        (
            _where(store, lang, by, row.of),
            *(f"{n:,}" for n in (row.documents, row.tasks, row.places, row.in_part, row.refused)),
        )
        for row in rows
    )
    return stacked.table(heads, cells, f"yy-{by}")


def _where(store: HeldStore, lang: Lang, by: str, of: str) -> Markup:
    """The name of a province or year, which leads to its documents."""
    if by == "year":
        way, words = f"year={of}", found_tasks.years(store, lang)[of]
    else:
        way, words = f"place={of}", label(f"province.{of}", lang, of)
    if of == "unknown" and by == "province":
        return Markup("{}").format(words)
    return framing.link(f"/{lang}/documents?{way}", words)


def _failures(store: HeldStore, lang: Lang) -> Markup:
    failures = list(store.run["failures"].items())
    if not failures:
        return framing.NOTHING
    items = [Markup("{} <small>{:,}</small>").format(phrase(k, lang), n) for k, n in failures]
    listed = framing.some_lines(lang, items[:REASONS], len(items), "run.json", REASONS)
    return framing.fold(label("served.start.reasons", lang), listed)


def overview_file(store: HeldStore, name: str) -> tuple[bytes, str]:
    """Return a file of the overview and what it is. `UnansweredError` (404) where it is not there
    or leads out of the folder."""
    folder = store.out / overview.FOLDER
    if folder.is_symlink():  # a received store must not hand out what lies beside it
        raise UnansweredError(404, refusal("serve.no_page", folder))
    try:
        data = opening.read_bytes(folder, name)
    except InputError as error:
        raise UnansweredError(404, error) from error
    kind: Any = mimetypes.guess_type(name)[0]
    return data, kind or "application/octet-stream"
