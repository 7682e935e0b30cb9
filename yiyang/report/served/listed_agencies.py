"""Show the agencies of a store, and of one its tasks by role, place and year, and its names."""

from __future__ import annotations

from typing import Any

from yiyang.core.messages import Lang, label, say
from yiyang.report.browser import printed
from yiyang.report.served import asked, found_tasks, framing
from yiyang.report.served.held import HeldStore, UnansweredError
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup, address
from yiyang.show import stacked

NAMES = 100
"""Names as printed that are listed, and places."""
# Each task of an agency once, whatever it is named for: to count distinct tasks by role would hold
# the names of all tasks once for every role.
_IS = ", ".join(f"bool_or(role = '{role}') as is_{role}" for role in asked.ALL_ROLES)
_ROLES = ", ".join(f"count(*) filter (is_{role}) as {role}" for role in asked.ALL_ROLES)
_ALL = f"""
with named as (
    select agency_id, task_id, province, year, {_IS} from assignments
    where agency_id is not null group by agency_id, task_id, province, year
), counted as (
    select agency_id, count(*) as tasks, {_ROLES},
    min(year) filter (year <> 'unknown') as first, max(year) filter (year <> 'unknown') as last
    from named group by agency_id
), placed as (
    select agency_id, count(distinct jurisdiction) as places
    from assignments join tasks using (task_id, province, year)
    where not starts_with(jurisdiction, 'unknown-') group by agency_id
)
select agency_id, name_zh, name_en, tasks, {", ".join(asked.ALL_ROLES)},
coalesce(places, 0) as places, first, last
from counted join agencies using (agency_id) left join placed using (agency_id)
order by tasks desc, agency_id
"""
_BY = f"""
with named as (
    select task_id, province, year, {_IS} from assignments
    where agency_id = $id group by task_id, province, year
)
select {{key}}, count(*) as tasks, {_ROLES}
from named join tasks using (task_id, province, year) {{more}}
group by {{key}} order by {{order}}
"""


def listed(store: HeldStore) -> list[Any]:
    """Return the agencies that tasks name, those with most tasks first."""
    return store.once("named agencies", lambda: store.ask(_ALL))


def page(store: HeldStore, lang: Lang) -> str:
    """Write the list of agencies."""
    rows = listed(store)
    heads = [label("agency", lang), label("served.tasks", lang)]
    heads += [label(f"role.{role}", lang) for role in asked.ALL_ROLES]
    heads += [label("served.places", lang), label("served.year", lang)]
    cells = (
        (
            framing.link(f"/{lang}/agency/{address(row.agency_id)}", _name(lang, row)),
            f"{row.tasks:,}",
            *(f"{getattr(row, role):,}" for role in asked.ALL_ROLES),
            f"{row.places:,}",
            years(lang, row.first, row.last),
        )
        for row in rows
    )
    caption = say("served.agencies.caption", lang, n=len(rows))
    below = Markup("<p>{}</p>\n").format(label("served.agency.unknown", lang))
    body = stacked.table(heads, cells, "yy-agencies", caption) + below
    return framing.page(lang, label("served.agencies", lang), body, here="agencies")


def years(lang: Lang, first: str | None, last: str | None) -> str:
    """Name the years from the first to the last."""
    if not first or not last:
        return label("served.years.none", lang)
    return first if first == last else say("served.years", lang, first=first, last=last)


def _name(lang: Lang, row: Any) -> str:
    return str(row.name_zh if lang == "zh" else row.name_en)


def agency_page(store: HeldStore, lang: Lang, agency_id: str) -> str:
    """Write the page of an agency. `UnansweredError` (404) for one that no task names."""
    row = next((row for row in listed(store) if row.agency_id == agency_id), None)
    if row is None:
        raise UnansweredError(404, refusal("serve.no_page", agency_id[:80]))
    of = found_tasks.len_of(store)
    lead = say("served.agency.lead", lang, n=f"{row.tasks:,}", of=f"{of:,}")
    ways = framing.join(
        Markup("<li>{} {:,}</li>").format(_tasks(lang, agency_id, role), getattr(row, role))
        for role in asked.ALL_ROLES
        if getattr(row, role)
    )
    body = [Markup("<p>{}</p>\n<ul>{}</ul>\n").format(lead, ways)]
    for key, heading in (("place", "served.agency.places"), ("year", "served.agency.years")):
        body.append(Markup("<h2>{}</h2>\n").format(label(heading, lang)))
        body.append(_by(store, lang, agency_id, key))
    body.append(_names(store, lang, agency_id))
    here = f"agency/{address(agency_id)}"
    return framing.page(lang, _name(lang, row), framing.join(body), here=here)


def _tasks(lang: Lang, agency_id: str, role: str = "", **more: str) -> Markup:
    """The way to the tasks of an agency."""
    parts = {"agency": agency_id, "role": role, **more}
    asks = "&".join(f"{name}={address(value)}" for name, value in parts.items() if value)
    words = label(f"role.{role}", lang) if role else label("served.tasks", lang)
    return framing.link(f"/{lang}/tasks?{asks}", words)


def _by(store: HeldStore, lang: Lang, agency_id: str, key: str) -> Markup:
    """The tasks of an agency by place or by year."""
    place = "jurisdiction, name_zh, name_en, code"
    is_place = key == "place"
    question = _BY.format(
        key=place if is_place else "year",
        more="join jurisdictions using (jurisdiction)" if is_place else "",
        order="tasks desc, code" if is_place else "year desc",
    )
    rows = store.ask(question, {"id": agency_id})
    roles = [role for role in asked.ALL_ROLES if any(getattr(row, role) for row in rows)]
    heads = [label("jurisdiction" if is_place else "year", lang), label("served.tasks", lang)]
    heads += [label(f"role.{role}", lang) for role in roles]
    cells = []
    for row in rows[:NAMES]:
        words = _name(lang, row) if is_place else found_tasks.years(store, lang)[row.year]
        asks = {"place": f"={row.jurisdiction}"} if is_place else {"year": row.year}
        ask = "&".join(f"{name}={address(value)}" for name, value in asks.items())
        way = f"/{lang}/tasks?agency={address(agency_id)}&{ask}"
        counts = (f"{getattr(row, role):,}" for role in roles)
        cells.append((framing.link(way, words), f"{row.tasks:,}", *counts))
    table = stacked.table(heads, cells, "yy-agencies")
    if len(rows) <= NAMES:
        return table
    words = say("served.agency.some", lang, n=NAMES, of=f"{len(rows):,}")
    return table + Markup("<p>{}</p>\n").format(words)


def _names(store: HeldStore, lang: Lang, agency_id: str) -> Markup:
    question = (
        "select agency_printed, count(*) n from assignments where agency_id = $id"
        " group by 1 order by 2 desc, 1"
    )
    rows = store.ask(question, {"id": agency_id})
    items = framing.join(
        Markup("<li>{} <small>{:,}</small></li>").format(printed(row.agency_printed), row.n)
        for row in rows[:NAMES]
    )
    more = say("served.agency.names.more", lang, n=f"{len(rows) - NAMES:,}")
    rest = Markup("<p>{}</p>\n").format(more) if len(rows) > NAMES else framing.NOTHING
    form = "<h2>{}</h2>\n<ul>{}</ul>\n{}"
    return Markup(form).format(label("served.agency.names", lang), items, rest)
