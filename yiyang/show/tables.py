"""Show tables as readers see them: headings in their language, wrapped, and readable on a phone.

What comes from a document is always escaped. Each cell bears its heading, so that the style
sheet of the report can turn rows into cards on a narrow screen.
"""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from yiyang.compare import workloads as compared
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, labels, names, phrase, say
from yiyang.reading import metadata, provenance
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup, escape
from yiyang.show import gloss

if TYPE_CHECKING:
    from IPython.display import HTML

NUMBER = Markup(' class="yy-number"')
# For JupyterLab, which sets table cells to the right; the report has a style sheet of its own.
STYLE = Markup(
    "<style>.yy-table :is(th, td):not(.yy-number){text-align:left;vertical-align:top}</style>"
)


def table(
    frame: pd.DataFrame,
    lang: Lang,
    *,
    headings: Mapping[str, str] | None = None,
    caption: str = "",
    missing: str = "—",
) -> HTML:
    """Show the frame as an HTML table; one row of the frame is one row of it.

    Headings and the values of coded columns are taken from `curation/labels.csv` (`role`,
    `role.lead`), or from `headings`. Numbers stand to the right; a missing value is `missing`.
    Where the first column is the jurisdiction and several rows in succession have one, its name
    stands once over them.
    """
    groups = _groups(frame)
    frame = frame if groups is None else frame.drop(columns="jurisdiction")
    words = {c: (headings or {}).get(c) or label(str(c), lang, str(c)) for c in frame.columns}
    numeric = {c for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c].dtype)}
    numeric -= {c for c in frame.columns if pd.api.types.is_bool_dtype(frame[c].dtype)}
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>\n').format(NUMBER if c in numeric else "", words[c])
        for c in frame.columns
    )
    rows = []
    for record in frame.itertuples(index=False, name=None):
        cells = (
            Markup('<td data-label="{}"{}>{}</td>\n').format(
                words[c],
                NUMBER if c in numeric else "",
                _value(c, value, lang, missing),
            )
            for c, value in zip(frame.columns, record, strict=True)
        )
        rows.append(Markup("<tr>{}</tr>\n").format(Markup("").join(cells)))
    if frame.empty:
        none = Markup('<tr><td colspan="{}">{}</td></tr>\n')
        rows = [none.format(len(frame.columns), label("front.none", lang))]
    if groups is not None:
        rows = _under_groups(rows, groups, len(frame.columns))
    title = Markup("<caption>{}</caption>\n").format(caption) if caption else ""
    body = Markup("").join(rows)
    form = '<table class="yy-table">\n{}<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>'
    return html(STYLE + Markup(form).format(title, head, body))


def _groups(frame: pd.DataFrame) -> list[str] | None:
    """The jurisdiction of each row, where it is the first column and its rows stand together."""
    if frame.empty or frame.columns[0] != "jurisdiction":
        return None
    places = frame["jurisdiction"].astype(str).tolist()
    n_runs = sum(a != b for a, b in itertools.pairwise([None, *places]))
    return places if n_runs == len(set(places)) < len(places) else None


def _under_groups(rows: list[Markup], groups: list[str], width: int) -> list[Markup]:
    """The rows, those of each group in a body of their own under its name."""
    head = Markup('<tr class="yy-group"><th scope="rowgroup" colspan="{}">{}</th></tr>\n{}')
    bodies = [
        head.format(width, name, Markup("").join(row for row, _ in own))
        for name, own in itertools.groupby(zip(rows, groups, strict=True), key=lambda r: r[1])
    ]
    return [Markup("</tbody>\n<tbody>\n").join(bodies)]


class Shown:
    """Markup as a notebook shows it, where there is no IPython, which is of the report's extra."""

    def __init__(self, data: Markup) -> None:
        self.data = data

    def _repr_html_(self) -> str:
        return str(self.data)


def html(page: Markup) -> HTML:
    """Wrap markup as a notebook shows it."""
    if find_spec("IPython") is None:
        return cast("HTML", Shown(page))
    from IPython.display import HTML  # noqa: PLC0415  (half a second, and not always there)

    return HTML(page)


def _value(column: str, value: Any, lang: Lang, missing: str) -> Any:
    if isinstance(value, Markup):
        return value
    if pd.isna(value):
        return missing
    if isinstance(value, bool):
        return label("yes" if value else "no", lang)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return np.format_float_positional(value, precision=4, trim="-")
    key = f"{column}.{value}"
    return label(key, lang) if key in labels() else str(value)


def glossed(texts: pd.Series, ids: pd.Series, corpus: Corpus, lang: Lang) -> pd.Series:
    """Give texts of tasks as a table shows them: in English with a line of theme, agencies and
    time."""
    if lang == "zh":
        return texts
    lines = gloss.of(corpus, lang)
    both = zip(texts, ids, strict=True)
    shown = (Markup("{}<br><small>{}</small>").format(text, lines[task]) for text, task in both)
    return cells(shown, texts.index)


def cells(values: Iterable[object], index: pd.Index | None = None) -> pd.Series:
    """Make cells that hold markup, as a column: one of strings would make plain text of it where
    pandas stores strings with pyarrow."""
    return pd.Series(list(values), index=index, dtype=object)


LONGEST_COMPARED = 300
"""Characters of a text within which changes are told apart: the time for it grows with the third
power. Of a longer one only the passage from the first change to the last is compared, and where
that is longer too it is struck through and put in as one."""


def marked(before: str, after: str) -> Markup:
    """Mark the text `before` with what was taken out struck through and what was put in
    underlined."""
    head = tail = 0
    if max(len(before), len(after)) > LONGEST_COMPARED:
        head = _in_common(before, after)
        tail = _in_common(before[head:][::-1], after[head:][::-1])
    end = len(before) - tail
    changes = _changes(before[head:end], after[head : len(after) - tail])
    return Markup("").join([escape(before[:head]), *changes, escape(before[end:])])


def _in_common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _changes(old: str, new: str) -> Iterator[Markup]:
    changes: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(old), 0, len(new))]
    if max(len(old), len(new)) <= LONGEST_COMPARED:
        changes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, i1, i2, j1, j2 in changes:
        if kind == "equal":
            yield escape(old[i1:i2])
            continue
        if i2 > i1:
            yield Markup("<del>{}</del>").format(old[i1:i2])
        if j2 > j1:
            yield Markup("<ins>{}</ins>").format(new[j1:j2])


def documents(frame: pd.DataFrame, jurisdictions: pd.DataFrame, lang: Lang) -> HTML:
    """Show the documents, one a row, with what a reader should know of each; dates as printed, in
    English as figures, and those that only the catalogue gives as such."""
    columns = ["jurisdiction", "title", "document_type", "date_printed", "is_complete", "n_tasks"]
    view = frame[[*columns, "note"]].copy()
    view["jurisdiction"] = view["jurisdiction"].map(names(jurisdictions, lang))
    view["note"] = view["note"].map(lambda text: phrase(text, lang), na_action="ignore")
    days = [None if pd.isna(day) else day.date() for day in frame["date_issued"]]
    view["date_printed"] = [
        dated(printed, day, lang) for printed, day in zip(frame["date_printed"], days, strict=True)
    ]
    if lang == "en":
        for row, printed in enumerate(frame["date_printed"]):
            if days[row] and not metadata.whose(printed, days[row]):
                view.iloc[row, columns.index("date_printed")] = str(days[row])
    return table(view, lang)


def dated(printed: str, day: dt.date | None, lang: Lang) -> str:
    """Show a date of issue as printed, and the day in force where the document prints none or
    another one."""
    shown = phrase(printed, lang)
    whose = metadata.whose(printed, day)
    return say(f"corpus.date_{whose}", lang, day=str(day), printed=shown) if whose else shown


def files(frame: pd.DataFrame, lang: Lang) -> HTML:
    """Show the raw files of the documents, one a row, with the name under which each arrived."""
    return table(frame[["file_name", "original_file_name", "n_bytes", "sha256"]], lang)


def repairs(frame: pd.DataFrame, lang: Lang) -> HTML:
    """Show the ledger of repairs, one a row, the change marked in the printed text."""
    view = frame[["task_id", "line"]].copy()
    pairs = zip(frame["before"], frame["after"].fillna(""), strict=True)
    changes = (marked(tabs(before), tabs(after)) for before, after in pairs)
    view["change"] = cells(changes, view.index)
    view["kind"] = frame["kind"]
    view["reason"] = frame["reason"].map(lambda text: phrase(text, lang))
    return table(view, lang)


def leftovers(frame: pd.DataFrame, lang: Lang, longest: int = 60) -> HTML:
    """Show the text that belongs to no task, a document and reason a row; long text is cut with
    `……`.

    The same reason within a document is one row that counts its pieces and gives the first.
    """
    groups = frame.groupby(["document_id", "reason"], sort=False)
    view = groups.agg(pieces=("text", "size"), line=("line", "min"), text=("text", "first"))
    view = view.reset_index()
    view["text"] = [t if len(t) <= longest else t[:longest] + "……" for t in map(tabs, view["text"])]
    view["reason"] = view["reason"].map(lambda text: phrase(text, lang))
    columns = ["document_id", "reason", "pieces", "line", "text"]
    return table(view[columns], lang, headings={"line": label("first_line", lang)})


def cut(corpus: Corpus, task_id: str, lang: Lang) -> HTML:
    """Show one task, its lines as printed beside the fields, units and deadlines read from them."""
    if task_id not in set(corpus.tasks["task_id"]):
        raise refusal("themes.no_task", "show.tables.cut", task_id=task_id)
    task = corpus.tasks.set_index("task_id", drop=False).loc[task_id]
    documents = corpus.documents.set_index("document_id", drop=False)
    lines = provenance.printed(documents.loc[task["document_id"]])
    span = range(task["line_start"], task["line_end"] + 1)
    raw = Markup("<br>").join(
        Markup("<small>{}</small> {}").format(n, tabs(lines[n - 1]))
        for n in span
        if lines[n - 1].strip()
    )
    fields = ["task_id", "seq", "section", "measure", "text"]
    pairs = [(label(f, lang), task[f]) for f in fields if pd.notna(task[f])]
    units = corpus.assignments[corpus.assignments["task_id"] == task_id]
    for role, group in units.groupby("role", observed=True):
        pairs.append((label(f"role.{role}", lang), "、".join(group["agency_printed"])))
    for time in corpus.deadlines[corpus.deadlines["task_id"] == task_id].itertuples():
        kind = label(f"kind.{time.kind}", lang) if pd.notna(time.kind) else ""
        meant = time.due.date() if pd.notna(time.due) else kind
        pairs.append((label("deadline", lang), f"{time.printed} ({meant})"))
    if lang == "en":
        pairs.append((label("task.in_english", lang), gloss.of(corpus, lang)[task_id]))
    read = Markup("<br>").join(Markup("<b>{}</b> {}").format(*pair) for pair in pairs)
    view = pd.DataFrame({"printed_lines": cells([raw]), "read_as": cells([read])})
    return table(view, lang)


def beside(tasks: pd.DataFrame, lang: Lang) -> HTML:
    """Show the tasks whose text was changed, one a row, the change marked in the printed text."""
    changed = tasks[tasks["text"] != tasks["text_printed"]]
    view = changed[["task_id", "line_start"]].rename(columns={"line_start": "line"})
    pairs = zip(changed["text_printed"], changed["text"], strict=True)
    view["text"] = cells((marked(before, after) for before, after in pairs), view.index)
    return table(view, lang)


def label_blocks(frame: pd.DataFrame, lang: Lang) -> HTML:
    """Show the merged labels, one a row: where it is printed, which rows it covers, and why."""
    view = frame[["field", "label_printed", "label_seq"]].copy()
    view["covers"] = [
        f"{a}–{b}" for a, b in zip(frame["first_seq"], frame["last_seq"], strict=True)
    ]
    view["reason"] = frame["reason"].map(lambda text: phrase(text, lang))
    return table(view, lang)


def tasks(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show the tasks of one list, one a row: number, headings (inferred ones marked), text; its
    jurisdiction stands over the table."""
    view = frame[["seq"]].copy()
    for column in ("section", "measure"):
        if frame[column].notna().any():
            pairs = zip(frame[column], frame["is_label_inferred"], strict=True)
            view[column] = [
                f"{words if pd.notna(words) else '—'}{'※' if inferred else ''}"
                for words, inferred in pairs
            ]
    view["text"] = glossed(frame["text"], frame["task_id"], corpus, lang)
    places = names(corpus.jurisdictions, lang)[frame["jurisdiction"].unique()]
    return table(view, lang, caption=join(places, "lists", lang))


def targets(corpus: Corpus, lang: Lang) -> HTML:
    """Show every figure promised, one a row; in English with a line of theme, agencies and time."""
    view = corpus.targets[["task_id", "indicator", "printed", "due", "due_source"]].copy()
    view["indicator"] = glossed(view["indicator"], view["task_id"], corpus, lang)
    return table(view, lang)


def tabs(text: str) -> str:
    """Make the tabs of a text visible."""
    return text.replace("\t", " → ")


def explained(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Translate the column `reason` of a frame into `lang`."""
    return frame.assign(reason=frame["reason"].map(lambda text: phrase(text, lang)))


# Who does what ------------------------------------------------------------------------------------


def workloads(frame: pd.DataFrame, corpus: Corpus, lang: Lang, most: int = 5) -> HTML:
    """Show the agencies with the heaviest loads of each jurisdiction
    (`compare.workloads.by_agency`)."""
    view = frame.groupby("jurisdiction", sort=False).head(most).reset_index(drop=True)
    view["share"] = [f"{v:.0%}" for v in view["share"]]
    view["load"] = [
        f"{v:.1f} ({s:.0%})" for v, s in zip(view["load"], view["load_share"], strict=True)
    ]
    view["themes"] = [f"{n}/{len(corpus.themes)}" for n in view["themes"]]
    roles = {role: label(f"role.{role}", lang) for role in compared.ROLES}
    columns = ["jurisdiction", "agency_id", *roles, "share", "load", "themes"]
    return table(named_rows(view[columns], corpus, lang), lang, headings=roles)


def leads(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show how the tasks of each list are led (`compare.leads.leads`)."""
    return table(named_rows(frame, corpus, lang), lang)


def office_names(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show the same office under different names (`compare.offices.office_names`)."""
    return table(
        named_rows(frame.drop(columns="names"), corpus, lang),
        lang,
        headings=dict(names(corpus.jurisdictions, lang)),
    )


def only_here(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show the agencies that one list alone names (`compare.offices.only_here`)."""
    columns = ["jurisdiction", "agency_id", "tasks"]
    return table(named_rows(frame[columns], corpus, lang), lang)


def named_rows(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """Return the frame with the names of jurisdictions and agencies in place of their keys."""
    agencies = corpus.agencies
    of = {
        "jurisdiction": corpus.jurisdictions,
        "agency_id": agencies,
        "other_agency_id": agencies,
    }
    return frame.assign(
        **{c: frame[c].map(names(t, lang)) for c, t in of.items() if c in frame.columns}
    )
