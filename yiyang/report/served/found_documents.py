"""Show the documents that an address asks for, those to be checked, and those that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from yiyang.core.messages import SPACE, Lang, label, phrases, say
from yiyang.core.messages import join as join_words
from yiyang.reading import doubles
from yiyang.report.browser import printed
from yiyang.report.served import asked, found_tasks, framing
from yiyang.report.served.asked import A_PAGE, Inquiry
from yiyang.report.served.held import HeldStore
from yiyang.safety.escaping import Markup
from yiyang.show import stacked

FROM = " from documents d join jurisdictions j using (jurisdiction) where "
_COLUMNS = (
    "d.document_id, d.title, d.document_number, d.file_name, d.date_issued, d.n_tasks, d.n_unread,"
    " d.confidence, d.reasons, d.status, d.left_aside, d.note, d.is_complete, d.province, d.year,"
    " j.name_zh, j.name_en"
)
_COUNTED = (
    "select document_id, count(*) n from {table} join tasks using (task_id, province, year)"
    " where province in (select unnest($provinces)) and year in (select unnest($years))"
    " and document_id in (select unnest($ids)) group by 1"
)
GROUPS = 200
"""Groups of doubles that are listed."""


def page(store: HeldStore, lang: Lang, choice: Inquiry) -> str:
    """Write the list."""
    condition, values = asked.documents(store, choice)
    n = store.ask(f"select count(*) n{FROM}{condition}", values)[0].n
    of = store.once("documents", lambda: store.ask("select count(*) n from documents")[0].n)
    by = choice.read.get("sort", "place")
    question = f"select {_COLUMNS}{FROM}{condition} order by {asked.DOCUMENT_SORTS[by]}"
    values["skipped"] = (choice.page - 1) * A_PAGE
    rows = store.ask(f"{question} limit {A_PAGE} offset $skipped", values)
    way = f"/{lang}/documents"
    body = [_form(store, lang, choice, way)]
    if choice.said.get("show") == "check":
        body.append(Markup("<p>{}</p>\n").format(say("served.check.lead", lang, sure=asked.SURE)))
    words = say("served.documents.found", lang, n=f"{n:,}", of=f"{of:,}")
    body.append(Markup('<p role="status">{}</p>\n').format(words))
    body.append(_table(store, lang, rows) if rows else _nothing(lang))
    body.append(framing.pages(lang, way, choice, n))
    title = label("served.documents", lang)
    return framing.page(lang, title, framing.join(body), here="documents", rest=choice.query())


def _nothing(lang: Lang) -> Markup:
    return Markup("<p>{}</p>\n").format(label("served.nothing", lang))


def _form(store: HeldStore, lang: Lang, choice: Inquiry, way: str) -> Markup:
    shown = {name: label(f"served.show.{name}", lang) for name in asked.SHOWN}
    sorts = {
        "place": label("served.place_order", lang),
        "newest": label("served.newest", lang),
        "least_sure": label("served.least_sure", lang),
        "most_tasks": label("served.most_tasks", lang),
    }
    return framing.form(
        lang,
        way,
        (
            framing.words(lang, "title", "served.title.words", choice),
            framing.field(lang, "place", "served.place", choice),
            framing.choices(lang, "year", "served.year", choice, found_tasks.years(store, lang)),
            framing.choices(lang, "show", "served.show", choice, shown),
            framing.field(lang, "low", "served.from", choice, "number"),
            framing.field(lang, "high", "served.to", choice, "number"),
            framing.orders(lang, choice, sorts),
        ),
    )


def _counted(store: HeldStore, table: str, rows: Iterable[Any]) -> dict[str, int]:
    """The rows of a table of tasks, by document."""
    listed = list(rows)
    values = {
        "provinces": sorted({row.province for row in listed}),
        "years": sorted({row.year for row in listed}),
        "ids": [row.document_id for row in listed],
    }
    return {row.document_id: row.n for row in store.ask(_COUNTED.format(table=table), values)}


def _table(store: HeldStore, lang: Lang, rows: list[Any]) -> Markup:
    units, times = (_counted(store, table, rows) for table in ("assignments", "deadlines"))
    keys = ("jurisdiction", "title", "date", "served.tasks", "served.units", "served.dates")
    heads = [*(label(key, lang) for key in keys), label("served.why", lang)]
    heads.append(label("served.confidence", lang))
    listed = (
        (
            row.name_zh if lang == "zh" else row.name_en,
            named(lang, row),
            row.date_issued or label("served.no_date", lang),
            row.n_tasks,
            units.get(row.document_id, 0),
            times.get(row.document_id, 0),
            why(lang, row),
            framing.sureness(row.confidence),
        )
        for row in rows
    )
    return stacked.table(heads, listed, "yy-documents")


def named(lang: Lang, row: Any) -> Markup:
    """Write the title of a document, which leads to its page, with its number and file."""
    number = Markup("<br><small>{}</small>").format(printed(row.document_number))
    return Markup("{}{}<br><small>{}</small>").format(
        framing.link(framing.document_way(lang, row.document_id), printed(row.title)),
        number if row.document_number else framing.NOTHING,
        printed(row.file_name),
    )


def why(lang: Lang, row: Any) -> Markup:
    """Say what the reading of a document rests on, and what is to be looked at."""
    said = [label(f"served.state.{row.status}", lang, row.status)] if row.status != "read" else []
    if not row.is_complete:
        said.append(label("served.document.is_complete", lang))
    if row.n_unread:
        said.append(say("served.unread", lang, n=row.n_unread))
    for text in (row.reasons, row.left_aside):
        said += phrases(text, lang) if text else []
    notes = [Markup("{}").format(text) for text in said]
    notes += [printed(row.note)] if row.note else []
    return Markup("<br>").join(notes)


class _Group(NamedTuple):
    """Documents that may be one, and what they share."""

    ids: tuple[str, ...]
    kinds: tuple[str, ...]


_SHARED = """
with keys as (
  select 'file' as kind, sha256 as key, document_id from documents
  union all select 'number', concat(jurisdiction, ' ', document_number), document_id from documents
  where document_number <> ''
  union all select 'title', concat(jurisdiction, ' ', regexp_replace(title, '\\s', '', 'g')),
  document_id from documents where title <> ''
  union all select 'text', md5(string_agg(md5(text), '' order by seq)), document_id from tasks
  group by document_id
)
select kind, list(document_id order by document_id) as ids from keys group by kind, key
having count(*) > 1
"""


def groups(store: HeldStore) -> list[_Group]:
    """Find the documents that may be one: of the same bytes, of the same text of all tasks, or of
    one place and the same number or title."""
    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in store.ask(_SHARED):
        kinds[tuple(row.ids)].append(row.kind)
    found = [_Group(ids, tuple(sorted(said))) for ids, said in kinds.items()]
    return sorted(found, key=lambda group: (-len(group.kinds), group.ids))


def doubles_page(store: HeldStore, lang: Lang) -> str:
    """Write the page of the documents that may be one, and of those left out as a copy."""
    found = store.once("doubles", lambda: groups(store))
    shown = found[:GROUPS]
    rows = _rows(store, [document_id for group in shown for document_id in group.ids])
    body = [Markup("<p>{}</p>\n").format(label("served.doubles.lead", lang))]
    if found:
        heads = [label(key, lang) for key in ("served.doubles.same", "served.documents")]
        listed = (
            (
                join_words(
                    [label(f"served.doubles.{k}", lang) for k in group.kinds], "clauses", lang
                ),
                Markup("<br>").join(_one(lang, rows[d]) for d in group.ids),
            )
            for group in shown
        )
        caption = say("served.doubles.caption", lang, n=f"{len(found):,}")
        if len(found) > GROUPS:
            caption += SPACE[lang] + say("served.doubles.some", lang, n=GROUPS)
        body.append(stacked.table(heads, listed, "yy-doubles", caption))
    else:
        body.append(Markup("<p>{}</p>\n").format(label("served.doubles.none", lang)))
    left = [
        row
        for row in store.once("reasons", lambda: _without_tasks(store))
        if doubles.is_double(row.reasons)
    ]
    if left:
        title = say("served.doubles.left", lang, n=f"{len(left):,}")
        items = (Markup("{} {}").format(_one(lang, r), why(lang, r)) for r in left[:GROUPS])
        body.append(
            framing.fold(title, framing.some_lines(lang, items, len(left), "documents", GROUPS))
        )
    return framing.page(lang, label("served.doubles", lang), framing.join(body), here="doubles")


def _rows(store: HeldStore, ids: list[str]) -> dict[str, Any]:
    question = f"select {_COLUMNS}{FROM}document_id in (select unnest($ids))"
    return {row.document_id: row for row in store.ask(question, {"ids": ids})} if ids else {}


def _without_tasks(store: HeldStore) -> list[Any]:
    return store.ask(f"select {_COLUMNS}{FROM}n_tasks = 0 order by document_id")


def _one(lang: Lang, row: Any) -> Markup:
    """A document in a line."""
    return Markup("{} · {} · {} · <small>{}</small>").format(
        framing.link(framing.document_way(lang, row.document_id), printed(row.title)),
        row.name_zh if lang == "zh" else row.name_en,
        row.date_issued or label("served.no_date", lang),
        printed(row.file_name),
    )
