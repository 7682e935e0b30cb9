"""Make the page for the director's desk: what others have and a place lacks, who carries it there,
by when, and what comes nearest at home.

The two last columns are empty: they are for the reader's own judgement and office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from yiyang.compare import families, gaps
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, join, label, names, say, short_names
from yiyang.safety.escaping import Markup
from yiyang.safety.later import expression
from yiyang.show import gloss

SUPPORTING = "supporting"
MOST = 3
"""Supporting units of a task that are named; of more the number is said."""
COLUMNS = ("brief_measure", "brief_place", "brief_units", "deadline", "brief_nearest")
NAMES = ["name_zh", "name_en", "is_name_proposed"]
EMPTY = ("brief_judgement", "brief_office")
"""The columns that the reader fills in."""


@lru_cache(maxsize=256)  # both editions, the page and the Word document rest on the same
def rows(corpus: Corpus, place: str) -> pd.DataFrame:
    """List what the brief of `place` lists. One row is a task of another list.

    `measure` (its number on the page), `measure_id`, `grade` (`none`: nothing was found here;
    `possible`: a clause here may be a part of it), `name_zh`, `name_en`, `is_name_proposed`,
    `task_id`, `jurisdiction`, and the clause that comes nearest here (`nearest_task_id`,
    `nearest_part`, both missing where the program has no candidate). Of two lists a measure is
    a task that the other alone has.
    """
    others = corpus.tasks.loc[corpus.tasks["jurisdiction"] != place, "jurisdiction"].nunique()
    if others > 1:
        found = gaps.of_place(corpus, place)
        called = corpus.measures.set_index("measure_id")[NAMES]
        found = found.join(called, on="measure_id")
    else:
        found = _of_two(corpus, place)
    columns = ["measure", "measure_id", "grade", *NAMES, "task_id", "jurisdiction"]
    return found[[*columns, "nearest_task_id", "nearest_part"]].reset_index(drop=True)


def _of_two(corpus: Corpus, place: str) -> pd.DataFrame:
    """The tasks that the other list alone has, each as a measure of its own."""
    spread = gaps.spread(corpus.task_matches, corpus.tasks)
    alone = gaps.unique(spread[spread["jurisdiction"] != place])
    near = corpus.task_matches[corpus.task_matches["other_jurisdiction"] == place]
    near = near.sort_values("rank").drop_duplicates("task_id").set_index("task_id")
    texts = corpus.tasks.set_index("task_id")["text"]
    edited = gloss.titles(corpus)
    parts = {
        row.Index: texts[row.other_task_id][row.other_part_start : row.other_part_end]
        for row in near.itertuples()
    }
    tasks = alone["task_id"]
    short = {task: first_words(text) for task, text in texts.items()}
    return alone.assign(
        measure=range(1, len(alone) + 1),
        measure_id=tasks,
        grade="none",
        name_zh=[edited["title"].get(task, short[task]) for task in tasks],
        name_en=[edited["gloss"].get(task, short[task]) for task in tasks],
        is_name_proposed=False,
        nearest_task_id=tasks.map(near["other_task_id"]),
        nearest_part=[parts.get(task) for task in tasks],
    )


def first_words(text: str, longest: int = 20) -> str:
    """Return the beginning of a text that has no title."""
    return text if len(text) <= longest else text[:longest] + "……"


@lru_cache(maxsize=2 * len(LANGS))  # asked for once a table of each place, whole and shortened
def units(corpus: Corpus, lang: Lang, most: int | None = None) -> dict[str, str]:
    """Map `task_id` to its units by their roles, as printed: `牵头 区民政局；配合 区卫生计生委`.

    In English the office stands before the printed names. Of more than `most` supporting units the
    first are named, and the number is said. A task that names none is left out.
    """
    called = names(corpus.agencies, lang).to_dict()
    held = corpus.assignments.sort_values(["task_id", "role", "order"], kind="stable")
    named: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    columns = ("task_id", "role", "agency_printed", "agency_id")
    for task, role, printed, agency in zip(*(held[c] for c in columns), strict=True):
        office = None if lang == "zh" else called.get(agency)
        # two printed units of one office (朝阳规划分局、朝阳国土分局) stand behind its name
        named[task][role].setdefault(office or printed, []).extend([printed] * bool(office))
    return {
        task: join(
            (
                f"{label(f'role.{role}', lang)} {_listed(own, role, lang, most)}"
                for role, own in roles.items()
            ),
            "clauses",
            lang,
        )
        for task, roles in named.items()
    }


def _listed(units: dict[str, list[str]], role: str, lang: Lang, most: int | None) -> str:
    told = [f"{name} ({'、'.join(own)})" if own else name for name, own in units.items()]
    if role != SUPPORTING or most is None or len(told) <= most:
        return join(told, "lists", lang)
    n = sum(max(len(own), 1) for own in units.values())
    return say("government.brief.more_units", lang, units=join(told[:most], "lists", lang), n=n)


# The page -----------------------------------------------------------------------------------------


def table(found: pd.DataFrame, corpus: Corpus, lang: Lang) -> Markup:
    """Show the rows of a brief: a measure is a `tbody` that bears its grade and the agencies and
    themes of its tasks, for the filter of the page."""
    columns = [label(name, lang) for name in (*COLUMNS, *EMPTY)]
    head = _join(Markup('<th scope="col">{}</th>').format(name) for name in columns)
    said = _said(corpus, lang)
    bodies = _join(_measure(own, said, columns) for own in _by_measure(found))
    form = '<table class="yy-table yy-brief">\n<thead><tr>{}</tr></thead>\n{}</table>\n'
    return Markup(form).format(head, bodies)


def plain(found: pd.DataFrame, corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """Return the sheet without markup, for a document that is edited further: a row for each row of
    `found`, columns as the page has them; the cells of a measure stand in its first row."""
    said = _said(corpus, lang)
    rows = []
    for own in _by_measure(found):
        for number, task in enumerate(own):
            is_first = not number
            proposed = label("measure_name_proposed", lang) if task.is_name_proposed else ""
            name = f"{task.measure}. {getattr(task, f'name_{lang}')}{proposed}"
            near = "—" if pd.isna(task.nearest_task_id) else said.nearest(own[0])
            rows.append(
                [
                    f"{name}\n{label(f'brief_grade.{task.grade}', lang)}" if is_first else "",
                    f"{said.places[task.jurisdiction]} {task.task_id}",
                    said.units.get(task.task_id, label("no_units", lang)),
                    said.deadline(task.task_id),
                    near if is_first else "",
                    "",
                    "",
                ]
            )
    return pd.DataFrame(rows, columns=[label(name, lang) for name in (*COLUMNS, *EMPTY)])


class _Said:
    """What the cells say of tasks, looked up once for all of them."""

    def __init__(self, corpus: Corpus, lang: Lang) -> None:
        self.lang = lang
        self.places = short_names(corpus.jurisdictions, lang)
        self.units = units(corpus, lang, MOST)
        self.deadlines = families.said(corpus)["deadline"]
        self.glosses = gloss.titles(corpus)["gloss"] if lang == "en" else {}
        named = corpus.assignments.dropna(subset=["agency_id"])
        self.agencies = named.groupby("task_id")["agency_id"].agg(lambda a: [*dict.fromkeys(a)])
        held = corpus.task_themes[["task_id", "theme_id", "second_theme_id"]]
        self.themes = {
            task: [theme for theme in themes if pd.notna(theme)]
            for task, *themes in held.itertuples(index=False, name=None)
        }

    def deadline(self, task: str) -> str:
        """Show the deadline of a task as printed, without markup; in English with its gloss."""
        printed = self.deadlines.get(task)
        if not printed:
            return label("state.none", self.lang)
        said = gloss.word(printed) if self.lang == "en" else ""
        return f"{printed} ({said})" if said else printed

    def nearest(self, first: Any) -> str:
        """Our clause that comes nearest, behind its task; in English with the gloss of the task."""
        task, part = first.nearest_task_id, first.nearest_part
        glossed = self.glosses.get(task)
        told = say("task.gloss", self.lang, text=glossed) if glossed else ""
        return " ".join(filter(None, [task, part, told]))


@lru_cache(maxsize=len(LANGS))  # the page and the Word document of every place say the same
def _said(corpus: Corpus, lang: Lang) -> _Said:
    return _Said(corpus, lang)


def _by_measure(found: pd.DataFrame) -> Iterable[list[Any]]:
    """The rows of each measure. A frame for each would take five times as long."""
    held: dict[int, list[Any]] = defaultdict(list)
    for row in found.itertuples():
        held[row.measure].append(row)
    return held.values()


def _measure(own: list[Any], said: _Said, columns: list[str]) -> Markup:
    """A measure: a row for each task elsewhere, the cells of the measure over all of them."""
    lang, first, n = said.lang, own[0], len(own)
    over = '<td data-label="{}" rowspan="{}"{}>{}</td>\n'
    mark = label(f"brief_grade.{first.grade}", lang)
    proposed = label("measure_name_proposed", lang) if first.is_name_proposed else ""
    name = Markup("<b>{}. {}{}</b><br><small>{}</small>").format(
        first.measure, getattr(first, f"name_{lang}"), proposed, mark
    )
    empty = Markup(' class="yy-empty"')
    lines = []
    for number, task in enumerate(own):
        cells = [
            Markup("{} <small>{}</small>").format(said.places[task.jurisdiction], task.task_id),
            _units_cell(task.task_id, said),
            said.deadlines.get(task.task_id, label("state.none", lang)),
        ]
        line = _join(
            Markup('<td data-label="{}">{}</td>\n').format(head, cell)
            for head, cell in zip(columns[1:4], cells, strict=True)
        )
        if not number:
            line = Markup(over).format(columns[0], n, "", name) + line
            line += Markup(over).format(columns[4], n, "", _nearest(first, said))
            line += _join(Markup(over).format(head, n, empty, "") for head in columns[5:])
        lines.append(Markup("<tr>{}</tr>\n").format(line))
    form = '<tbody data-grade="{}" data-agency="{}" data-theme="{}">\n{}</tbody>\n'
    agencies, themes = (
        " ".join(dict.fromkeys(key for task in own for key in held.get(task.task_id, [])))
        for held in (said.agencies, said.themes)
    )
    return Markup(form).format(first.grade, agencies, themes, _join(lines))


# Civil affairs (市民政局): behind an office its printed name
_PRINTED = expression(r" \([^()]{1,60}[\u3400-\u9fff][^()]{0,60}\)")


def _units_cell(task: str, said: _Said) -> Markup:
    """The units of a task; the printed names that stand behind offices in English are marked: they
    are for the screen."""
    told = said.units.get(task, label("no_units", said.lang))
    if said.lang == "zh":
        return Markup("{}").format(told)
    pieces, at = [], 0
    for match in _PRINTED.finditer(told):
        pieces += [
            Markup("{}").format(told[at : match.start()]),
            Markup('<span class="yy-on-screen">{}</span>').format(match[0]),
        ]
        at = match.end()
    return _join([*pieces, Markup("{}").format(told[at:])])


def _nearest(first: Any, said: _Said) -> Markup:
    """Our clause that comes nearest; in English with the gloss of its task."""
    task, part = first.nearest_task_id, first.nearest_part
    if pd.isna(task):
        return Markup("—")
    is_told = task in said.glosses
    kind = Markup(' class="yy-on-screen"') if is_told else Markup("")
    told = Markup('<small>{}</small> <span lang="zh-CN"{}>{}</span>').format(task, kind, part)
    if is_told:
        told += Markup(" {}").format(say("task.gloss", said.lang, text=said.glosses[task]))
    return told


def sources(found: pd.DataFrame, corpus: Corpus, lang: Lang) -> Markup:
    """Say where the rows of a brief stand: for each list its title, its tasks and their lines, each
    in an element that names the task."""
    asked = {*found["task_id"], *found["nearest_task_id"].dropna()}
    tasks = corpus.tasks[corpus.tasks["task_id"].isin(asked)]
    titles = corpus.documents.set_index("document_id")["title"]
    places = short_names(corpus.jurisdictions, lang)
    told: dict[tuple[str, str], list[Markup]] = defaultdict(list)
    for task in tasks.itertuples():
        line = Markup('<span data-task="{}">{}</span>').format(task.task_id, _lines(task, lang))
        told[task.document_id, task.jurisdiction].append(line)
    items = []
    for (document, place), own in told.items():
        lines = Markup(" ").join(own)
        title = titles[document] if pd.notna(titles[document]) else document
        if lang == "en" and (said := gloss.word(str(title))):
            title = f"{title} ({said})"
        begin = say("government.brief.source", lang, place=places[place], title=title)
        items.append(Markup("<li>{} {}</li>").format(begin, lines))
    return Markup("<ul>{}</ul>").format(_join(items))


def _lines(task: Any, lang: Lang) -> str:
    a, b = task.line_start, task.line_end
    return say(f"government.brief.line{'s' if a < b else ''}", lang, task=task.task_id, a=a, b=b)


def _join(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)
