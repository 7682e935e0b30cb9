"""Show counterparts as readers see them: two tasks side by side, and lists to take to a meeting.

Text from documents is escaped; a task's text is always shown as in the table.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from yiyang.compare import families, gaps
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, join, label, names
from yiyang.matches import measures as measured
from yiyang.matches.explaining import Explanation, explain_match
from yiyang.safety.escaping import Markup, escape
from yiyang.show import brief, gloss, tables

if TYPE_CHECKING:
    from IPython.display import HTML

STYLE = Markup(
    "<style>.yy-shared{background:#fff3c4;color:#222;text-decoration:underline}"
    ".yy-same{border-bottom:2px dashed #00897b}"
    "@media (min-width:40em){.yy-match td:first-child{min-width:6em}"
    ".yy-match td:not(:first-child){width:45%}}</style>"
)


def match(corpus: Corpus, task_id: str, other_task_id: str, lang: Lang) -> HTML:
    """Show two tasks side by side, shared phrases marked; below, the differences that matter."""
    found = explain_match(corpus, task_id, other_task_id)
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    called = names(corpus.jurisdictions, lang)
    heads = {
        side: f"{called[home[task]]} {task}"
        for side, task in (("here", task_id), ("there", other_task_id))
    }
    rows: list[tuple[Any, ...]] = [(label("text", lang), *_both_texts(found))]
    for row in found.differences.itertuples():
        if row.difference == "neither":
            continue
        aspect = Markup("{}<br><small>{}</small>").format(
            label(f"aspect.{row.aspect}", lang), label(f"difference.{row.difference}", lang)
        )
        rows.append(
            (
                aspect,
                _printed(row.aspect, row.here, row.here_value, lang),
                _printed(row.aspect, row.there, row.there_value, lang),
            )
        )
    if lang == "en":
        lines = gloss.of(corpus, lang)
        rows.append((label("task.in_english", lang), lines[task_id], lines[other_task_id]))
    view = pd.DataFrame(rows, columns=["aspect", "here", "there"], dtype=object)
    page = tables.table(view, lang, headings=heads, caption=label("counterparts.pair.marks", lang))
    return tables.html(STYLE + Markup('<div class="yy-match">{}</div>').format(Markup(page.data)))


def _printed(aspect: str, printed: str, value: str, lang: Lang) -> Any:
    if not printed:
        return label("counterparts.pair.names_none", lang)
    if aspect == "wording":
        return Markup("{}<br><small>{}</small>").format(label(f"strength.{value}", lang), printed)
    return printed


def _both_texts(found: Explanation) -> tuple[Markup, Markup]:
    texts = []
    for side, text in (("", found.text), ("other_", found.other_text)):
        spans = [
            (start, end, "yy-shared", "")
            for start, end in zip(
                found.shared[f"{side}start"], found.shared[f"{side}end"], strict=True
            )
        ]
        other = "term" if side else "other_term"
        spans += [
            (row[f"{side}start"], row[f"{side}end"], "yy-same", row[other])
            for row in found.same_meaning.to_dict("records")
        ]
        texts.append(_marked(text, spans))
    return texts[0], texts[1]


def _marked(text: str, spans: list[tuple[int, int, str, str]]) -> Markup:
    """The text with each span in an element of its class; overlapping ones are left plain."""
    out, at = Markup(""), 0
    for start, end, kind, title in sorted(spans):
        if start < at:
            continue
        out += escape(text[at:start])
        tag = "mark" if kind == "yy-shared" else "span"
        hint = Markup(' title="= {}"').format(title) if title else ""
        out += Markup("<{0} class='{1}'{2}>{3}</{0}>").format(tag, kind, hint, text[start:end])
        at = end
    return out + escape(text[at:])


@lru_cache(maxsize=len(LANGS))  # each government's page shows some of them
def _texts(corpus: Corpus, lang: Lang) -> pd.Series:
    """`task_id` -> its text as a table shows it."""
    tasks = corpus.tasks
    return tables.glossed(tasks["text"], tasks["task_id"], corpus, lang).set_axis(tasks["task_id"])


def measures(corpus: Corpus, lang: Lang, *, least: int = 2, most: int | None = None) -> HTML:
    """Show the measures that `least` lists have (`Corpus.measures`), a measure a row, a list a
    column: the part of each task that is the measure, who is in charge, by when, how firm."""
    table = corpus.measures
    table = table[table["n_jurisdictions"] >= least].head(most or len(table))
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    order = [j for j in corpus.jurisdictions["jurisdiction"] if j in set(home)]
    said, parts = _said_of_tasks(corpus, lang), families.parts(corpus.task_matches, table)
    texts = corpus.tasks.set_index("task_id")["text"] if lang == "zh" else _texts(corpus, lang)
    rows = []
    for row in table.itertuples():
        cells: dict[str, list[Markup]] = {place: [] for place in order}
        for task in row.task_ids.split(";"):
            # The gloss is of the whole task, the Chinese text of the part alone.
            span = slice(*parts[row.measure_id, task])
            shown = texts[task][span] if lang == "zh" else texts[task]
            words = [table[task] for table in said.values() if task in table]
            cells[home[task]].append(
                Markup("<small>{}</small> {}<br><small>{}</small>").format(
                    task, shown, join(words, "clauses", lang)
                )
            )
        name = getattr(row, f"name_{lang}")
        mark = label("measure_name_proposed", lang) if row.is_name_proposed else ""
        rows.append(
            [f"{name}{mark}", *(Markup("<br>").join(cells[place]) or None for place in order)]
        )
    view = pd.DataFrame(rows, columns=["measure_no", *order], dtype=object)
    return tables.table(view, lang, headings=dict(names(corpus.jurisdictions, lang)))


def _said_of_tasks(corpus: Corpus, lang: Lang) -> dict[str, dict[str, str]]:
    """What the lists say of each task: who is in charge, by when, how firm, which figure."""
    said = {name: table.to_dict() for name, table in families.said(corpus).items()}
    firm = {task: label(f"strength.{word}", lang) for task, word in said["firmness"].items()}
    return said | {"firmness": firm}


def benchmark(
    found: pd.DataFrame, corpus: Corpus, lang: Lang, most: int | None = None, *, place: str = ""
) -> HTML:
    """Show what others have and one jurisdiction has not (`gaps.benchmark`), a task a row.

    With `place`, the jurisdiction, its name stands over the table. The last column is the clause
    that comes nearest there, so that a reader can judge whether it is a gap.
    """
    rows = found if most is None else found[found["measure"] <= most]
    called, texts = names(corpus.jurisdictions, lang), _texts(corpus, lang)
    head = Markup("<b>{}</b> <small>{}</small><br>{}")
    near = Markup("<small>{} ({:.2f})</small><br>{}")
    printed = [
        head.format(called[r.jurisdiction], r.task_id, texts[r.task_id]) for r in rows.itertuples()
    ]
    nearest = [
        near.format(r.nearest_task_id, r.nearest_score, r.nearest_part) if r.is_core else ""
        for r in rows.itertuples()
    ]
    view = pd.DataFrame(
        {
            "measure_no": rows["measure"],
            "text": tables.cells(printed, rows.index),
            "agency": rows["task_id"].map(brief.units(corpus, lang)),
            "deadline": rows["deadline"],
            "nearest": tables.cells(nearest, rows.index),
        }
    )
    if lang == "en":  # the line under each text gives both in English
        view = view.drop(columns=["agency", "deadline"])
    return tables.table(view, lang, caption=called[place] if place else "")


def unique(spread: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show the tasks for which no other list has the same or anything possible (`gaps.spread`), one
    a row; where all are of one jurisdiction, its name stands over the table."""
    alone = gaps.unique(spread)
    view = pd.DataFrame(
        {
            "jurisdiction": alone["jurisdiction"].map(names(corpus.jurisdictions, lang)),
            "task_id": alone["task_id"],
            "text": tables.cells(_texts(corpus, lang)[alone["task_id"]], alone.index),
        }
    )
    places = view["jurisdiction"].unique()
    if len(places) != 1:
        return tables.table(view, lang)
    return tables.table(view.drop(columns="jurisdiction"), lang, caption=places[0])


def passages(found: pd.DataFrame, lang: Lang, most: int = 10) -> HTML:
    """Show the longest shared passages (`reuse.passages`), one a row."""
    columns = ["task_id", "other_task_id", "length", "text"]
    return tables.table(found.head(most)[columns], lang)


def calibration(found: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show the limits that fit, and how they do on lists left out (`measures.calibrate`).

    One row is a pair of lists; then what was left out in turn, taken together; the last is all of
    them, with nothing left out.
    """
    called = names(corpus.jurisdictions, lang)
    view = found.copy()
    view["left_out"] = [
        label("none_left_out", lang)
        if pd.isna(side)
        else label("left_out_together", lang)
        if side == "together"
        else " – ".join(called[j] for j in side.split(", "))
        for side in found["left_out"]
    ]
    for column in view.columns.drop("left_out"):
        view[column] = ["—" if pd.isna(value) else f"{value:.2f}" for value in found[column]]
    headings = {c: label(f"measured.{c}", lang) for c in measured.CALIBRATED}
    return tables.table(view, lang, headings=headings)


def disagreements(found: pd.DataFrame, corpus: Corpus, lang: Lang, most: int = 6) -> HTML:
    """Show where grades and codes differ (`measures.disagreements`): the nearest of either kind."""
    texts = _texts(corpus, lang)
    rows = found.groupby("kind").head(most)
    view = pd.DataFrame(
        {"verdict": rows["kind"], "grade": rows["grade"], "score": rows["score"].round(2)}
    )
    for column in ("task_id", "other_task_id"):
        both = (Markup("<small>{}</small> {}").format(task, texts[task]) for task in rows[column])
        view[column] = tables.cells(both, view.index)
    return tables.table(view, lang)
