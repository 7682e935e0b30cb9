"""Show the tasks that an address asks for: the form, how many there are, a page of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from yiyang.core.messages import SPACE, Lang, label, say
from yiyang.core.messages import join as join_words
from yiyang.report.browser import printed
from yiyang.report.served import asked, framing, unfolded
from yiyang.report.served.asked import A_PAGE, Inquiry
from yiyang.report.served.framing import NOTHING
from yiyang.report.served.held import HeldStore
from yiyang.safety.escaping import Markup, address
from yiyang.show import stacked

FROM = (
    " from tasks t join documents d using (document_id)"
    " join jurisdictions j on j.jurisdiction = t.jurisdiction where "
)
_NARROW = "t.task_id, t.document_id, t.seq, t.province, t.year, d.date_issued, d.confidence, j.code"
"""What decides the order; texts are not read for it."""
_HERE = "province in (select unnest($provinces)) and year in (select unnest($years))"
_WIDE = (
    "select t.task_id, t.document_id, t.seq, t.text_printed, t.text, t.is_repaired,"
    " t.section_printed, t.measure_printed, t.line_start, t.line_end, t.province, t.year,"
    " d.title, d.file_name, d.date_issued, d.confidence, j.name_zh, j.name_en, j.jurisdiction"
    f" from (from tasks where {_HERE} and task_id in (select unnest($ids))) t"
    f" join (from documents where {_HERE}) d using (document_id)"
    " join jurisdictions j on j.jurisdiction = t.jurisdiction"
)
_THEIRS = f" where {_HERE} and task_id in (select unnest($ids)) order by task_id"
PLACES_NAMED = 5


def page(store: HeldStore, lang: Lang, choice: Inquiry) -> str:
    """Write the page."""
    n, rows = found(store, choice)
    of = len_of(store)
    way = f"/{lang}/tasks"
    body = [
        _form(store, lang, choice, way),
        _places(store, lang, choice),
        Markup('<p role="status">{}</p>\n').format(
            say("browser.some", lang, n=f"{n:,}", of=f"{of:,}")
        ),
    ]
    if n:
        body.append(_exports(lang, choice, way))
        body.append(_table(store, lang, choice, rows) if rows else NOTHING)
        body.append(framing.pages(lang, way, choice, n))
    else:
        body.append(Markup("<p>{}</p>").format(label("served.nothing", lang)))
    title = label("served.tasks", lang)
    return framing.page(lang, title, framing.join(body), here="tasks", rest=choice.query())


def len_of(store: HeldStore) -> int:
    """Count all tasks."""
    return store.once("tasks", lambda: int(store.ask("select count(*) n from tasks")[0].n))


class Hits(NamedTuple):
    """How many tasks are found, and the rows of the page."""

    n: int
    rows: list[Any]


def found(store: HeldStore, choice: Inquiry) -> Hits:
    """Find the tasks of a page, and count all. Their texts are fetched for the page alone."""
    condition, values = asked.tasks(store, choice)
    chosen = f"with f as materialized (select {_NARROW}{FROM}{condition})"
    order = asked.TASK_SORTS[choice.read.get("sort", "place")]
    question = (
        f"{chosen} select f.*, (select count(*) from f) as n from f"
        f" order by {order} limit {A_PAGE} offset $skipped"
    )
    keys = store.ask(question, {**values, "skipped": (choice.page - 1) * A_PAGE})
    if not keys:
        n = store.ask(f"select count(*) n{FROM}{condition}", values)[0].n if choice.page > 1 else 0
        return Hits(int(n), [])
    rows = {row.task_id: row for row in store.ask(_WIDE, _where(keys))}
    return Hits(int(keys[0].n), [rows[key.task_id] for key in keys])


def _where(rows: Iterable[Any]) -> dict[str, list[str]]:
    """Where tasks are: DuckDB opens the files of their provinces and years alone."""
    listed = list(rows)
    return {
        "provinces": sorted({row.province for row in listed}),
        "years": sorted({row.year for row in listed}),
        "ids": [row.task_id for row in listed],
    }


def known(store: HeldStore, table: str, lang: Lang) -> dict[str, str]:
    """Return the names of agencies or themes by their identifiers, those that tasks have, in the
    order of the table."""
    key, of = {
        "agencies": ("agency_id", "select agency_id as id from assignments"),
        "themes": (
            "theme_id",
            "select theme_id as id from task_themes"
            " union all select second_theme_id from task_themes",
        ),
    }[table]
    question = f"select {key} as id, name_zh, name_en from {table}"
    there = f" where {key} in (select distinct id from ({of}))"
    rows = store.once(table, lambda: store.ask(question + there))
    return {row.id: row.name_zh if lang == "zh" else row.name_en for row in rows}


def years(store: HeldStore, lang: Lang) -> dict[str, str]:
    """Return the years of issue."""
    rows = store.once(
        "years", lambda: store.ask("select distinct year from documents order by year desc")
    )
    unknown = label("served.year.unknown", lang)
    return {row.year: unknown if row.year == "unknown" else row.year for row in rows}


def _form(store: HeldStore, lang: Lang, choice: Inquiry, way: str) -> Markup:
    roles = {asked.PRIMARY: label("browser.primary", lang)}
    roles |= {role: label(f"role.{role}", lang) for role in asked.ALL_ROLES}
    own = (asked.NO_TIME, asked.UNDATED)
    kinds = {k: label(f"served.kind.{k}" if k in own else f"kind.{k}", lang) for k in asked.KINDS}
    sorts = {
        "place": label("served.place_order", lang),
        "newest": label("served.newest", lang),
        "least_sure": label("served.least_sure", lang),
        "due": label("served.first_due", lang),
    }
    tick = Markup(
        '<label class="yy-tick"><input type="checkbox" name="field" value="1"{}>{}</label>\n'
    )
    is_ticked = Markup(" checked") if choice.said.get("field") else NOTHING
    return framing.form(
        lang,
        way,
        (
            framing.words(lang, "words", "served.words", choice),
            framing.field(lang, "place", "served.place", choice),
            framing.choices(lang, "year", "served.year", choice, years(store, lang)),
            framing.choices(lang, "agency", "agency", choice, known(store, "agencies", lang)),
            framing.choices(lang, "role", "role", choice, roles),
            framing.choices(lang, "theme", "served.theme", choice, known(store, "themes", lang)),
            framing.choices(lang, "kind", "served.kind", choice, kinds),
            framing.field(lang, "due", "served.due", choice),
            framing.field(lang, "low", "served.from", choice, "number"),
            framing.field(lang, "high", "served.to", choice, "number"),
            framing.orders(lang, choice, sorts),
            tick.format(is_ticked, label("served.field", lang)),
        ),
    )


def _places(store: HeldStore, lang: Lang, choice: Inquiry) -> Markup:
    """Which places a name was taken for: there may be several of one name."""
    named = choice.read.get("place")
    if not named:
        return NOTHING
    found = asked.places(store, named)
    names = [place.name_zh if lang == "zh" else place.name_en for place in found]
    words = say("served.place.is", lang, places=join_words(names[:PLACES_NAMED], "lists", lang))
    if len(names) > PLACES_NAMED:
        words += SPACE[lang] + say("served.place.more", lang, n=len(names))
    return Markup("<p>{}</p>\n").format(words)


def _exports(lang: Lang, choice: Inquiry, way: str) -> Markup:
    rest = choice.query(page="")
    behind = f"?{rest}" if rest else ""
    links = framing.join(
        Markup('<a href="{}.{}{}" download>{}</a> ').format(
            way, kind, behind, label(f"served.{kind}", lang)
        )
        for kind in ("csv", "parquet")
    )
    return Markup("<p>{} {}</p>\n").format(label("served.download", lang), links)


def theirs(store: HeldStore, table: str, columns: str, rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return the rows of another table by the tasks that they belong to."""
    values = _where(rows)
    more = ', "order"' if table != "task_themes" else ""
    found = store.ask(f"select task_id, {columns} from {table}{_THEIRS}{more}", values)
    by_task: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        by_task[row.task_id].append(row)
    return by_task


UNITS = "agency_printed, agency_id, role"
TIMES = "printed, kind, due, is_ongoing"
OF_THEME = "theme_id, second_theme_id, is_in_field"


def cells(store: HeldStore, lang: Lang, rows: list[Any]) -> Callable[[Any], tuple[Markup, Markup]]:
    """Return what writes the units and times of a task; theme below."""
    units = theirs(store, "assignments", UNITS, rows)
    times = theirs(store, "deadlines", TIMES, rows)
    themes = theirs(store, "task_themes", OF_THEME, rows)
    named, agencies = known(store, "themes", lang), known(store, "agencies", lang)

    def write(row: Any) -> tuple[Markup, Markup]:
        own = [t for r in themes[row.task_id] for t in (r.theme_id, r.second_theme_id) if t]
        under = join_words([named.get(t, t) for t in own], "lists", lang)
        theme = Markup("<br><small>{}</small>").format(under) if under else NOTHING
        return _units(lang, units[row.task_id], agencies), _times(lang, times[row.task_id]) + theme

    return write


def _units(lang: Lang, units: list[Any], agencies: dict[str, str]) -> Markup:
    if not units:
        return Markup("{}").format(label("no_units", lang))
    parts = []
    for role in asked.ALL_ROLES:
        own = [unit for unit in units if unit.role == role]
        if own:
            offices = Markup(label("mark.lists", lang)).join(
                _office(lang, unit, agencies) for unit in own
            )
            parts.append(Markup("<b>{}</b> {}").format(label(f"role.{role}", lang), offices))
    return Markup("<br>").join(parts)


def _office(lang: Lang, unit: Any, agencies: dict[str, str]) -> Markup:
    if not unit.agency_id:
        return printed(unit.agency_printed)
    way = f"/{lang}/agency/{address(unit.agency_id)}"
    name = framing.link(way, printed(unit.agency_printed))
    if lang == "zh":
        return name
    return Markup("{} ({})").format(agencies.get(unit.agency_id, unit.agency_id), name)


def _times(lang: Lang, times: list[Any]) -> Markup:
    if not times:
        return Markup("{}").format(label("state.none", lang))
    return Markup("<br>").join(
        Markup("{} <small>{}</small>").format(printed(time.printed), _meant(lang, time))
        for time in times
    )


def _meant(lang: Lang, time: Any) -> str:
    kind = (
        label(f"kind.{time.kind}", lang, time.kind) if time.kind else label("state.undated", lang)
    )
    return f"{kind} {time.due}" if time.due else kind


def _table(store: HeldStore, lang: Lang, choice: Inquiry, rows: list[Any]) -> Markup:
    sought = [re.compile(unfolded.pattern(word)) for word in choice.read.get("words", ())]
    write = cells(store, lang, rows)
    heads = [
        label(k, lang) for k in ("served.document_of", "text_printed", "served.when", "agency")
    ]
    listed = []
    for row in rows:
        units, times = write(row)
        listed.append([_source(lang, row), text(lang, row, sought), times, units])
    return stacked.table(heads, listed, "yy-found")


def _source(lang: Lang, row: Any) -> Markup:
    """The place and the document of a task, with the way to its lines."""
    name = row.name_zh if lang == "zh" else row.name_en
    way = framing.document_way(lang, row.document_id, row.seq)
    form = "{}<br>{}<br><small>{} · {}</small><br><small>{} {}</small>"
    return Markup(form).format(
        name,
        framing.link(way, printed(row.title)),
        row.date_issued or label("served.no_date", lang),
        framing.lines(lang, row.line_start, row.line_end),
        label("served.confidence", lang),
        framing.sureness(row.confidence),
    )


def text(lang: Lang, row: Any, sought: list[re.Pattern[str]], *, is_whole: bool = False) -> Markup:
    """Write the text of a task as printed, hits marked, below its headings."""
    above = [t for t in (row.section_printed, row.measure_printed) if t]
    head = (
        Markup("<small>{}</small><br>").format(printed(unfolded.marked(" / ".join(above), sought)))
        if above
        else NOTHING
    )
    parts = head + printed(_shown(row.text_printed, sought, is_whole))
    if row.is_repaired and row.text != row.text_printed:
        mended = printed(_shown(row.text, sought, is_whole))
        parts += Markup("<br><small>{}</small> {}").format(label("served.repaired", lang), mended)
    return parts


def _shown(whole: str, sought: list[re.Pattern[str]], is_whole: bool) -> Markup:
    """A text, a very long one from before its first hit on, and marked as cut."""
    if is_whole or len(whole) <= framing.LONG:
        return unfolded.marked(whole, sought)
    first = min((m.start() for p in sought if (m := p.search(whole))), default=0)
    begin = max(0, min(first - framing.LONG // 4, len(whole) - framing.LONG))
    end = begin + framing.LONG
    cut = unfolded.marked(whole[begin:end], sought)
    return Markup("{}{}{}").format("…" if begin else "", cut, "…" if end < len(whole) else "")
