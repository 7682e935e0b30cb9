"""Preview what would be taken from a file: each field beside the text it was read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from yiyang import parse
from yiyang.core import parquet_store, places, schema
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names, phrase, phrases, say
from yiyang.core.schema import ROLES
from yiyang.reading import documents, questions, single, sources
from yiyang.reading.documents import Document
from yiyang.reading.questions import Question
from yiyang.safety import opening
from yiyang.safety.escaping import Markup
from yiyang.safety.telling import counted, tell
from yiyang.show import correcting, gloss, printed_page, tables

if TYPE_CHECKING:
    from IPython.display import HTML


EXAMPLE = schema.PACKAGE / "examples" / "county.txt"
"""A made-up document to practise with."""

TABLES = (
    "tasks", "assignments", "task_columns", "deadlines", "targets", "outcomes", "obligations",
    "repairs", "mentions", "leftovers", "signs",
)  # fmt: skip
"""The tables of a preview, in the order in which they are written."""


def _table(name: str) -> cached_property[pd.DataFrame]:
    """A table of the document of a preview, made at the first question for it."""
    return cached_property(lambda shown: documents.frame([shown._read], name))


class Preview:
    """A file as yiyang reads it; shown in a notebook, each field beside the printed text.

    `yiyang.read` makes it.

    Attributes
    ----------
    document
        One row of the table `documents`.
    tasks, assignments, task_columns, deadlines, targets, outcomes, obligations, repairs
        The rows that these tables of a corpus would have of the document.
    leftovers
        What is no part of a task: one row is a piece of text with its `line` and `reason`.
    signs
        What looks like part of a task: one row is a sign, used, refused with a reason, or unread.
    mentions
        What the assignments and deadlines are read from: one row is the text of a task (`field` is
        `text`), a printed list of units (`units`, `lead`, `responsible`, `supporting`) or a printed
        deadline (`deadline`). `printed` is as it stands on its `line`, `text` after repairs;
        `heading` is that of its column.
    confidence
        How sure the reading is, 0 to 1.
    reasons
        What the reading rests on, or why the document lists no tasks.
    questions
        What a person should look at, worst first: each has `field`, `found`, `line` and `answer`
        (the command or the cell of the catalogue that answers it); empty where nothing is open.
    warnings
        What did not fit, in sentences that name the line; empty where all did.
    account
        All signs as objects, `account.unread()` among them; `signs` is the table of them.
    code
        That of the place (GB/T 2260), `000000` where none is known.
    path
        That of the file.
    known
        What was said of it beside its text, as pairs of column and value.
    """

    def __init__(
        self, read: Document, path: Path | None = None, known: Mapping[str, Any] | None = None
    ) -> None:
        self._read, self.path, self.known = read, path, tuple((known or {}).items())
        self.account, self.code = read.account, read.record.code
        # as the document was read: `correct` adds to the file
        self._ledger = single.ledger(path.parent, read) if path else pd.DataFrame()
        self.questions = tuple(questions.of(read))
        self.warnings = tuple(str(problem) for problem in read.reading.problems)

    @cached_property
    def document(self) -> pd.DataFrame:
        table = documents.table([self._read])
        if self.code == places.UNKNOWN:  # among others it has a name of its own, alone none
            table["jurisdiction"] = pd.Series([self.code], dtype=table["jurisdiction"].dtype)
        return table

    tasks = _table("tasks")
    assignments = _table("assignments")
    task_columns = _table("task_columns")
    deadlines = _table("deadlines")
    targets = _table("targets")
    outcomes = _table("outcomes")
    obligations = _table("obligations")
    leftovers = _table("leftovers")

    @cached_property
    def repairs(self) -> pd.DataFrame:
        found = documents.frame([self._read], "repairs")
        if self._ledger.empty:
            return found
        return schema.cast("repairs", pd.concat([self._ledger, found], ignore_index=True))

    @cached_property
    def mentions(self) -> pd.DataFrame:
        return pd.DataFrame(self._read.rows["mentions"], columns=parse.MENTION_COLUMNS)

    def correct(  # noqa: PLR0913  (each is a cell of the row)
        self,
        seq: int,
        before: str,
        after: str,
        reason: str,
        *,
        field: str = "text",
        line: int | None = None,
        kind: str = "scan_error",
    ) -> Preview:
        """Correct what a task prints, and return the preview as it reads then.

        The correction becomes a row of the `repairs.csv` beside the document, in the form in which
        it is read with the corpus from now on. Nothing is written that does not fit.

        Parameters
        ----------
        seq
            The number of the task in the preview.
        before, after
            The printed words, which stand just once in the field, and those in their place (empty:
            they are taken out).
        reason
            Why, in words for other readers.
        field
            `text`, `units`, `responsible`, `supporting` or `deadline`.
        line
            The line, where the words stand on several of the task.
        kind
            The kind of damage, one of the table `repairs`.

        Raises
        ------
        InputError
            Where there is no such task, or the words do not stand there just once.
        """
        row = {"field": field, "before": before, "after": after, "kind": kind, "reason": reason}
        again: Preview = correcting.corrected(self, seq, row, line, read)
        return again

    @property
    def confidence(self) -> float:
        return self._read.reading.confidence

    @property
    def signs(self) -> pd.DataFrame:
        """Make a table: one row is a sign: `line, kind, printed, state, reason, task_id`, in their
        order."""
        columns = ["line", "kind", "printed", "state", "reason", "task_id"]
        return pd.DataFrame(self.account.rows, columns=columns)

    @property
    def reasons(self) -> str:
        return "; ".join(self._read.reading.reasons)

    def sign_counts(self) -> dict[str, dict[str, int]]:
        """Return kind of sign -> how many are used, refused and unread."""
        return self.account.by_kind()

    def rows(self) -> pd.DataFrame:
        """Make a table: one row is a task: number, text, units by role, deadlines, line and printed
        source."""
        columns = ["seq", "text", *single.roles(self._read), "deadline", "line", "printed"]
        return pd.DataFrame(single.tasks(self._read), columns=columns)

    def records(self, name: str) -> list[dict[str, Any]]:
        """List the rows of `document` or one of `TABLES` in plain values; the texts of tasks are in
        the table of tasks alone."""
        frame: pd.DataFrame = getattr(self, name)
        return _records(frame[frame["field"] != "text"] if name == "mentions" else frame)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it in plain values, for JSON."""
        return {
            "document": self.records("document")[0],
            **{name: self.records(name) for name in TABLES},
            "sign_counts": self.sign_counts(),
            "questions": [question._asdict() for question in self.questions],
            "warnings": list(self.warnings),
        }

    def __repr__(self) -> str:
        return tell(
            "show.preview",
            title=self._read.record.title,
            tasks=counted("task", len(self._read.tasks)),
            sure=self.confidence,
        )

    def _repr_html_(self) -> str:
        return str(self.html("zh").data)

    def _dated(self, lang: Lang) -> str:
        """The date as printed, and the one that counts where it is another."""
        record = self._read.record
        day = dt.date.fromisoformat(record.date_issued) if record.date_issued else None
        return tables.dated(record.date_printed, day, lang)

    def html(self, lang: Lang) -> HTML:
        """Show the preview as a table for notebooks; all text of the document is escaped."""
        document = self.document.iloc[0]
        head = Markup("<p><b>{}</b><br>{} · {:.0%} · {}</p>").format(
            document["title"],
            self._dated(lang),
            self.confidence,
            join(phrases(self.reasons, lang), "clauses", lang),
        )
        rows = self.rows().rename(columns={"printed": "text_printed"})
        headings = {role: label(f"role.{role}", lang) for role in (*ROLES, "other")}
        table = tables.table(rows, lang, headings=headings)
        notes = [
            *(_asked(question, lang) for question in self.questions),
            *(phrase(warning, lang) for warning in self.warnings),
        ]
        listed = Markup("").join(Markup("<li>{}</li>").format(note) for note in notes)
        under = Markup("<ul>{}</ul>").format(listed) if notes else Markup("")
        signs = Markup("<details><summary>{}</summary>{}</details>").format(
            label("sign.page", lang), printed_page.page(self.account, lang)
        )
        return tables.html(head + Markup(table.data) + under + signs)


def _asked(question: Question, lang: Lang) -> str:
    """A question as readers see it: the field by its name, what is known, what answers it."""
    key = "question.at" if question.line else "question.of"
    return say(
        key,
        lang,
        field=label(f"question.{question.field}", lang),
        found=_known(question.found, lang),
        line=question.line,
        answer=phrase(question.answer, lang),
    )


def _known(found: str, lang: Lang) -> str:
    """What is known of a question: words of the document keep their form before the reason."""
    told = phrase(found, lang)
    words, colon, reason = found.partition(": ")
    is_doubt = told == found and colon
    return join((words, phrase(reason, lang)), "colon", lang) if is_doubt else told


def left_over(read: Preview, lang: Lang) -> pd.DataFrame:
    """Make a table: one row is a piece of text that is no part of a task: `line, text, reason` in
    `lang`."""
    left = read.leftovers[["line", "text", "reason"]]
    return left.assign(reason=left["reason"].map(lambda reason: phrase(reason, lang)))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    if frame.empty:
        return []
    values = zip(*(schema.plain(frame[name]) for name in frame), strict=True)
    return [
        {
            name: value.date().isoformat() if isinstance(value, pd.Timestamp) else value
            for name, value in zip(frame.columns, row, strict=True)
        }
        for row in values
    ]


def read(path: Path | str, **known: str | dt.date) -> Preview:
    """Preview one file: its tasks, units with roles, deadlines, leftovers, warnings.

    What a catalogue beside the file says of it counts, as it does in `load`.

    Parameters
    ----------
    path
        The file; web page, Word, PDF, Excel or text.
    known
        What the catalogue would say (`title`, `code`, `date_issued` ...); it counts before what
        the catalogue says.

    Raises
    ------
    InputError
        For a file that cannot be read.
    """
    own = opening.path_of(path, "yiyang.read")
    return Preview(single.read(own, **known), own, known)


class Example(NamedTuple):
    """A document to look at, and its name in the corpus."""

    path: Path
    document_id: str


def example(corpus: Corpus) -> Example:
    """Choose the document that the chapter on own documents shows: the longest list of the
    reader's, else a made-up one."""
    own = sources.own_documents(corpus).sort_values("n_tasks", ascending=False, kind="stable")
    for document in own[own["n_tasks"] > 0].itertuples():
        for folder in (*corpus.folders, *map(parquet_store.documents_of, sources.own_folder())):
            if (path := folder / str(document.file_name)).is_file():
                return Example(path, str(document.document_id))
    return Example(EXAMPLE, EXAMPLE.stem)


def nearest(corpus: Corpus, document_id: str, lang: Lang) -> pd.DataFrame:
    """Make a table: one row is a task of a document and the nearest task elsewhere: `seq, text`,
    its `jurisdiction` (name), `counterpart` (its text) and `score`, from 0 to 1."""
    tasks = corpus.tasks.set_index("task_id")
    own = tasks[tasks["document_id"] == document_id]
    best = corpus.task_matches[corpus.task_matches["task_id"].isin(own.index)]
    best = best.sort_values(["score", "other_task_id"], ascending=[False, True])
    best = best.drop_duplicates("task_id").set_index("task_id").reindex(own.index)
    return pd.DataFrame(
        {
            "seq": own["seq"],
            "text": own["text"],
            "jurisdiction": best["other_jurisdiction"].map(names(corpus.jurisdictions, lang)),
            "counterpart": gloss.beside(
                best["other_task_id"].map(tasks["text"]), best["other_task_id"], corpus, lang
            ),
            "score": best["score"].astype(float).round(2),
        }
    ).reset_index(drop=True)
