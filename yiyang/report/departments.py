"""Write a page for each department: what it does in all places, and by when.

Those that several lists name often have a page of their own; all stand on one page, with their
numbers, and lead to their tasks.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.compare import coverage, workloads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names, names_in_text, say, short_names
from yiyang.core.schema import ROLES
from yiyang.report import governments
from yiyang.safety import escaping
from yiyang.safety.escaping import Markup
from yiyang.show import brief, gloss, stacked

LEAST, MOST = 5, 12
"""Tasks from which on a department has a page, if two lists name it; pages at most."""
FEW_PLACES = 6
"""Up to so many places the table of all departments has a column for each."""


def own_pages(loads: pd.DataFrame) -> list[str]:
    """List the departments that have a page, that with the most tasks first (table:
    `workloads.by_agency`)."""
    single = loads[~loads["is_collective"]]
    by = single.groupby("agency_id", sort=False)
    counts = by.agg(tasks=("tasks", "sum"), places=("jurisdiction", "nunique"))
    least = min(2, loads["jurisdiction"].nunique())
    asked = counts[(counts["tasks"] >= LEAST) & (counts["places"] >= least)]
    return list(asked.sort_values("tasks", ascending=False, kind="stable").index[:MOST])


def page_name(agency: str) -> str:
    """Name the page of a department."""
    return f"department-{governments.key(agency)}"


def marks(corpus: Corpus, lang: Lang, target: Path) -> dict[str, dict[str, str]]:
    """Say what each page says, by its name; `departments` is that of all. Tables are written into
    `target`."""
    loads = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    called = names_in_text(corpus.agencies, lang)
    own = own_pages(loads)
    (target / "departments.html").write_text(str(_all(loads, own, corpus, lang)), encoding="utf-8")
    pages = {
        "departments": {
            "@DEPARTMENTPAGES@": "\n".join(map(page_name, own)),
            "@NUMBER@": str(loads["agency_id"].nunique()),
        }
    }
    said = _Said(corpus, lang)
    for agency in own:
        name = page_name(agency)
        table = _places(loads[loads["agency_id"] == agency], said)
        table += _tasks(agency, said)
        (target / f"{name}.html").write_text(str(table), encoding="utf-8")
        pages[name] = {
            "@DEPARTMENT@": called[agency],
            "@LEAD@": _lead(loads[loads["agency_id"] == agency], corpus, lang),
            "@TABLES@": name,
        }
    return pages


def _lead(own: pd.DataFrame, corpus: Corpus, lang: Lang) -> str:
    """Say how many tasks name the department, and in which roles."""
    roles = [f"{label(f'role.{r}', lang)} {own[r].sum()}" for r in ROLES if own[r].sum()]
    values = {"n": own["tasks"].sum(), "of": len(corpus.tasks), "places": len(own)}
    return say("departments.lead", lang, roles=join(roles, "items", lang), **values)


class _Said:
    """What the tables say of tasks, looked up once for all pages."""

    def __init__(self, corpus: Corpus, lang: Lang) -> None:
        self.lang = lang
        self.places = short_names(corpus.jurisdictions, lang)
        self.order = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
        self.are_compared = len(self.order) > 1
        edited = gloss.titles(corpus)["title" if lang == "zh" else "gloss"].to_dict()
        texts = corpus.tasks.set_index("task_id")["text"]
        self.titles = {t: edited.get(t, brief.first_words(text)) for t, text in texts.items()}
        states = coverage.states(corpus.tasks, corpus.deadlines).set_index("task_id")
        self.state, self.due = states["state"].astype(str), states["last_due"]
        times = corpus.deadlines.groupby("task_id")["printed"]
        self.printed = times.agg(lambda said: "、".join(dict.fromkeys(said))).to_dict()
        self.held = workloads.duties(corpus.assignments, corpus.tasks)
        self.held["seq"] = self.held["task_id"].map(corpus.tasks.set_index("task_id")["seq"])


def _places(own: pd.DataFrame, said: _Said) -> Markup:
    """A row for each place that names the department: its tasks by role, those with a time."""
    lang = said.lang
    timed = said.state.isin(coverage.TIMED)
    heads = ["place", "tasks", *(f"role.{role}" for role in ROLES), "departments.timed"]
    rows = []
    for row in own.itertuples():
        held = said.held
        mine = held[
            (held["jurisdiction"] == row.jurisdiction) & (held["agency_id"] == row.agency_id)
        ]
        numbers = [row.tasks, *(getattr(row, role) for role in ROLES)]
        numbers.append(int(mine["task_id"].map(timed).sum()))
        place = _place(row, said)
        rows.append([place, *(Markup("{}").format(n) for n in numbers)])
    return stacked.table([label(head, lang) for head in heads], rows, "yy-departments")


def _place(row: Any, said: _Said) -> Markup:
    """The place, the way to its tasks that name the department, and to its brief for it."""
    asked = f"agency={escaping.address(row.agency_id)}"
    link = Markup('<a href="tasks.html?jurisdiction={}&amp;{}">{}</a>').format(
        escaping.address(row.jurisdiction), Markup(asked), said.places[row.jurisdiction]
    )
    if not said.are_compared:
        return link
    to_brief = Markup(' <small><a href="brief-{}.html?{}">{}</a></small>')
    words = label("departments.brief", said.lang)
    return link + to_brief.format(governments.key(row.jurisdiction), Markup(asked), words)


def _tasks(agency: str, said: _Said) -> Markup:
    """The tasks that name the department, folded by place; those that it answers for first."""
    lang, mine = said.lang, said.held[said.held["agency_id"] == agency]
    heads = [label(head, lang) for head in ("task_id", "measure", "role", "deadline")]
    parts = []
    for place in said.order:
        own = mine[mine["jurisdiction"] == place]
        own = own.sort_values(["role", "seq"], kind="stable")
        if own.empty:
            continue
        rows = [
            [
                Markup('<a href="tasks.html#{}">{}</a>').format(
                    escaping.address(task.task_id), task.task_id
                ),
                Markup("{}").format(said.titles[task.task_id]),
                Markup("{}").format(label(f"role.{task.role}", lang)),
                _time(task.task_id, said),
            ]
            for task in own.itertuples()
        ]
        title = say("departments.tasks", lang, place=said.places[place], n=len(own))
        form = '<details class="yy-fold"><summary>{}</summary>\n{}</details>\n'
        parts.append(Markup(form).format(title, stacked.table(heads, rows, "yy-departments")))
    return _join(parts)


def _time(task: str, said: _Said) -> Markup:
    """The deadline as printed, and the last day that it names."""
    if task not in said.printed:
        return Markup("{}").format(label("state.none", said.lang))
    due = said.due[task]
    day = Markup(" <small>{}</small>").format(due.date()) if pd.notna(due) else Markup("")
    return Markup('<span lang="zh-CN">{}</span>{}').format(said.printed[task], day)


def _all(loads: pd.DataFrame, own: list[str], corpus: Corpus, lang: Lang) -> Markup:
    """A row for each department: its tasks in each place (of many places, in how many), in the
    order of the table of agencies; those with a page lead to it, the others to their tasks."""
    wide = loads.pivot(index="agency_id", columns="jurisdiction", values="tasks").fillna(0)
    places = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
    places = [place for place in places if place in wide]
    few = len(places) <= FEW_PLACES
    short = short_names(corpus.jurisdictions, lang)
    heads = [label("agency", lang), label("tasks", lang)]
    heads += [short[p] for p in places] if few else [label("departments.places", lang)]
    rows = []
    for agency, name in names(corpus.agencies, lang).items():
        if agency not in wide.index:
            continue
        counts = wide.loc[agency]
        address = f"tasks.html?agency={escaping.address(str(agency))}"
        address = f"{page_name(str(agency))}.html" if agency in own else address
        numbers = [counts.sum(), *(counts[places] if few else [(counts > 0).sum()])]
        link = Markup('<a href="{}">{}</a>').format(Markup(address.replace("&", "&amp;")), name)
        rows.append([link, *(Markup("{}").format(int(n)) for n in numbers)])
    return stacked.table(heads, rows, "yy-departments")


def _join(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)
