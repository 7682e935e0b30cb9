"""Join the tables of a corpus round its tasks: one task whole, and one row a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from yiyang.core import cutting
from yiyang.core.messages import Lang, label
from yiyang.safety.escaping import Markup
from yiyang.safety.later import pd

Corpus: TypeAlias = Any
"""`core.corpus.Corpus`, which imports this module."""
COLUMNS = (
    "task_id", "document_id", "jurisdiction", "seq", "section", "measure", "text",
    "theme_id", "theme_score", "cluster", "carriers", "n_agencies", "n_unknown_units",
    "due_first", "due_last", "is_ongoing", "strength", "n_targets", "counterparts",
    "n_counterparts",
)  # fmt: skip
"""Of `document_info`. `carriers`: the agencies that lead or answer, by `agency_id`, in their order;
`n_unknown_units`: printed units that are no known agency, and so none of these. `due_first`,
`due_last`: the first and the last day named; a task without a day has none. `strength`: the firmest
word of obligation. `counterparts`: the asserted ones, by `task_id`. Several are separated by a
space."""


@dataclass(frozen=True)
class Task:
    """One task with all that the tables say of it; shown in a notebook, in Chinese (`html("en")`).

    Attributes
    ----------
    task_id, text
        Its number and its text.
    row
        Its row of the table `tasks`.
    place
        The row of its government in `jurisdictions`.
    theme
        The row of its theme in `themes`; None where it has none.
    assignments, deadlines, targets, obligations
        Its rows of these tables.
    counterparts
        The asserted ones: one row is a task of another list, `task_id, score, jurisdiction, text`.
    """

    row: pd.Series
    place: pd.Series
    theme: pd.Series | None
    assignments: pd.DataFrame
    deadlines: pd.DataFrame
    targets: pd.DataFrame
    obligations: pd.DataFrame
    counterparts: pd.DataFrame

    @property
    def task_id(self) -> str:
        return str(self.row["task_id"])

    @property
    def text(self) -> str:
        return str(self.row["text"])

    def _lines(self, lang: Lang) -> list[tuple[str, str]]:
        """What is shown of the task: a heading and its words, one a line."""
        units = [
            f"{label(f'role.{unit.role}', lang)}: {unit.agency_printed}"
            for unit in self.assignments.itertuples()
        ]
        times = [
            time.printed + ("" if pd.isna(time.due) else f" → {time.due.date()}")
            for time in self.deadlines.itertuples()
        ]
        figures = [str(target.printed) for target in self.targets.itertuples()]
        others = [f"{other.task_id}: {other.text}" for other in self.counterparts.itertuples()]
        theme = "" if self.theme is None else str(self.theme[f"name_{lang}"])
        lines = f"{self.row['line_start']}-{self.row['line_end']}" if self.row["line_start"] else ""
        shown = [
            ("jurisdiction", [str(self.place[f"name_{lang}"])]),
            ("text", [self.text]),
            ("agency", units),
            ("deadline", times),
            ("target", figures),
            ("theme", [theme]),
            ("counterparts", others),
            ("line", [lines]),
        ]
        return [(label(key, lang), "\n".join(said)) for key, said in shown if any(said)]

    def html(self, lang: Lang = "zh") -> str:
        """Return the task as a table of HTML; all text of the document is escaped."""
        rows = [
            Markup(
                '<tr><th scope="row">{}</th><td style="white-space:pre-wrap">{}</td></tr>'
            ).format(*line)
            for line in self._lines(lang)
        ]
        head = Markup("<caption>{}</caption>").format(self.task_id)
        return str(Markup("<table>{}{}</table>").format(head, Markup("").join(rows)))

    def _repr_html_(self) -> str:
        return self.html()

    def __str__(self) -> str:
        return "\n".join([self.task_id, *(f"{head}: {said}" for head, said in self._lines("en"))])

    __repr__ = __str__


def task(corpus: Corpus, task_id: str) -> Task:
    """Return one whole task; an unknown one raises `InputError`."""
    listed = corpus.tasks
    cutting.tasks(listed, [task_id])

    def own(name: str) -> pd.DataFrame:
        frame = corpus.table(name)
        return frame[frame["task_id"] == task_id].reset_index(drop=True)

    row = own("tasks").iloc[0]
    theme_id = own("task_themes")["theme_id"].iloc[0]
    themes = corpus.themes.set_index("theme_id", drop=False)
    matches = own("task_matches")
    matches = matches.loc[matches["is_match"], ["other_task_id", "score"]]
    others = matches.rename(columns={"other_task_id": "task_id"}).merge(
        listed[["task_id", "jurisdiction", "text"]], on="task_id", validate="m:1"
    )
    return Task(
        row,
        corpus.jurisdictions.set_index("jurisdiction").loc[row["jurisdiction"]],
        None if pd.isna(theme_id) else themes.loc[theme_id],
        own("assignments"),
        own("deadlines"),
        own("targets"),
        own("obligations"),
        others,
    )


def document_info(corpus: Corpus) -> pd.DataFrame:
    """Make a table: one row is a task; its columns are `COLUMNS`."""
    tasks = corpus.tasks
    by = tasks.set_index("task_id", drop=False)
    themes = corpus.task_themes.set_index("task_id")
    units, times = corpus.assignments, corpus.deadlines
    carriers = units[units["is_primary"] & units["agency_id"].notna()]
    known = units.dropna(subset="agency_id").drop_duplicates(["task_id", "agency_id"])
    words = corpus.obligations
    matched = corpus.task_matches
    matched = matched[matched["is_match"]]
    day = times.groupby("task_id")["due"]
    found = {
        "theme_id": themes["theme_id"],
        "theme_score": themes["score"],
        "cluster": themes["cluster"],
        "carriers": _joined(carriers, "agency_id"),
        "n_agencies": known.groupby("task_id").size(),
        "n_unknown_units": units["agency_id"].isna().groupby(units["task_id"]).sum(),
        "due_first": day.min(),
        "due_last": day.max(),
        "is_ongoing": times.groupby("task_id")["is_ongoing"].any(),
        "strength": _firmest(words),
        "n_targets": corpus.targets.groupby("task_id").size(),
        "counterparts": _joined(matched, "other_task_id"),
        "n_counterparts": matched.groupby("task_id")["other_task_id"].nunique(),
    }
    for name, values in found.items():
        by[name] = values.reindex(by.index)
    counts = ["n_agencies", "n_unknown_units", "n_targets", "n_counterparts"]
    by[counts] = by[counts].astype("Float64").fillna(0).astype("int64")
    by["is_ongoing"] = by["is_ongoing"].astype("boolean").fillna(False).astype(bool)
    return by[list(COLUMNS)].reset_index(drop=True)


def _joined(frame: pd.DataFrame, column: str) -> pd.Series:
    """The different values of each task, in their order, a space between."""
    once = frame.drop_duplicates(["task_id", column])
    return once.groupby("task_id", sort=False)[column].agg(
        lambda values: " ".join(map(str, values))
    )


def _firmest(words: pd.DataFrame) -> pd.Series:
    """The firmest word of obligation of each task, in the ordered categories of the table."""
    kinds = words["strength"].cat.categories
    best = words["strength"].cat.codes.groupby(words["task_id"]).max()
    return pd.Series(pd.Categorical.from_codes(best, categories=kinds, ordered=True), best.index)
