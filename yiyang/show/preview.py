"""Preview what would be taken from a file: each field beside the text it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from yiyang import parse
from yiyang.core import parquet_store, places, schema
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names, phrase, phrases, say
from yiyang.core.schema import ROLES
from yiyang.extract import SUFFIXES
from yiyang.reading import catalogues, documents, questions, sources
from yiyang.reading.account import Account
from yiyang.reading.documents import Document
from yiyang.reading.questions import Question
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import Markup
from yiyang.show import correcting, gloss, printed_page, tables

if TYPE_CHECKING:
    from IPython.display import HTML


EXAMPLE = schema.PACKAGE / "examples" / "county.txt"
"""A made-up document to practise with."""


@dataclass(frozen=True)
class Preview:
    """A file as yiyang reads it; shown in a notebook, each field beside the printed text.

    `document` is one row of the table `documents`; `tasks`, `assignments`, `task_columns`,
    `deadlines`, `targets`, `outcomes`, `obligations`, `repairs` and `leftovers` are as in a corpus;
    `mentions` are the printed lists and deadlines behind them. `account` holds all signs of tasks
    in the printed text, each used, refused with a reason, or unread.
    `warnings` say what did not fit, with lines; `code` is that of the place (GB/T 2260).
    `path` is that of the file, `known` what was said of it beside its text.
    `confidence` and `reasons` say how sure the reading is, `questions` what a person should look
    at, worst first.
    """

    document: pd.DataFrame
    tasks: pd.DataFrame
    assignments: pd.DataFrame
    task_columns: pd.DataFrame
    deadlines: pd.DataFrame
    targets: pd.DataFrame
    outcomes: pd.DataFrame
    obligations: pd.DataFrame
    repairs: pd.DataFrame
    mentions: pd.DataFrame
    leftovers: pd.DataFrame
    account: Account
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]
    code: str
    path: Path | None = None
    known: tuple[tuple[str, str], ...] = ()

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
        return float(self.document["confidence"].iloc[0])

    @property
    def signs(self) -> pd.DataFrame:
        """Make a table: one row is a sign: `line, kind, printed, state, reason, task_id`, in their
        order."""
        columns = ["line", "kind", "printed", "state", "reason", "task_id"]
        return pd.DataFrame(self.account.rows, columns=columns)

    @property
    def reasons(self) -> str:
        return str(self.document["reasons"].iloc[0])

    def sign_counts(self) -> dict[str, dict[str, int]]:
        """Return kind of sign -> how many are used, refused and unread."""
        return self.account.by_kind()

    def rows(self) -> pd.DataFrame:
        """Make a table: one row is a task: number, text, units by role, deadlines, line and printed
        source."""
        units, times = _by_task(self.assignments), _by_task(self.deadlines)
        mentions = _by_task(self.mentions[self.mentions["field"] != "text"])
        # Units of a role word that is not known have a column where there are any.
        roles = (*ROLES, "other") if (self.assignments["role"] == "other").any() else ROLES
        rows = []
        for task in self.tasks.itertuples():
            own = units.get(task.task_id, [])
            named = {
                role: "、".join(unit.agency_printed for unit in own if unit.role == role)
                for role in roles
            }
            due = "；".join(
                time.printed + ("" if pd.isna(time.due) else f" → {time.due.date()}")
                for time in times.get(task.task_id, [])
            )
            printed = "\n".join(map(_printed, mentions.get(task.task_id, [])))
            rows.append(
                {"seq": task.seq, "text": task.text, **named, "deadline": due}
                | {"line": task.line_start, "printed": printed}
            )
        return pd.DataFrame(rows, columns=["seq", "text", *roles, "deadline", "line", "printed"])

    def to_dict(self) -> dict[str, Any]:
        """Return all of it in plain values, for JSON."""
        frames = {
            "tasks": self.tasks,
            "assignments": self.assignments,
            "task_columns": self.task_columns,
            "deadlines": self.deadlines,
            "targets": self.targets,
            "outcomes": self.outcomes,
            "obligations": self.obligations,
            "repairs": self.repairs,
            "mentions": self.mentions[self.mentions["field"] != "text"],
            "leftovers": self.leftovers,
            "signs": self.signs,
        }
        document = _records(self.document)[0]
        return {
            "document": document,
            **{name: _records(frame) for name, frame in frames.items()},
            "sign_counts": self.sign_counts(),
            "questions": [question._asdict() for question in self.questions],
            "warnings": list(self.warnings),
        }

    def _repr_html_(self) -> str:
        return str(self.html("zh").data)

    def html(self, lang: Lang) -> HTML:
        """Show the preview as a table for notebooks; all text of the document is escaped."""
        document = self.document.iloc[0]
        head = Markup("<p><b>{}</b><br>{} · {:.0%} · {}</p>").format(
            document["title"],
            document["date_printed"],
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


def _by_task(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """`task_id` -> its rows, in their order."""
    found: dict[str, list[Any]] = {}
    for row in frame.itertuples():
        found.setdefault(str(row.task_id), []).append(row)
    return found


def _printed(mention: Any) -> str:
    """A list of units or a deadline cell as printed, its heading before it."""
    heading = f"{mention.heading}: " if mention.heading else ""
    mark = f" ({label('mention.inferred', 'zh')})" if mention.is_inferred else ""
    return f"{heading}{mention.printed}{mark}"


def left_over(read: Preview, lang: Lang) -> pd.DataFrame:
    """Make a table: one row is a piece of text that is no part of a task: `line, text, reason` in
    `lang`."""
    left = read.leftovers[["line", "text", "reason"]]
    return left.assign(reason=left["reason"].map(lambda reason: phrase(reason, lang)))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {k: v.date().isoformat() if isinstance(v, pd.Timestamp) else v for k, v in row.items()}
        for row in plain.to_dict("records")
    ]


def read(path: Path | str, **known: str) -> Preview:
    """Preview one file: its tasks, units with roles, deadlines, leftovers, warnings.

    `known` is what the catalogue would say (`title`, `code`, `date_issued` ...). Raises
    `InputError` for a file that cannot be read.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES and path.is_file() and path.suffix:
        raise refusal("document.no_format", path, path=path, suffixes=" ".join(SUFFIXES))
    record = sources.record(path.name, {**_listed(path), **known})
    return of(documents.read_one(record, path.parent), path, known)


def _listed(path: Path) -> dict[str, str]:
    """The name that a document has in the catalogue beside it, by which its repairs are kept."""
    with suppress(InputError):  # a catalogue of something else may lie there
        if catalogues.written(path.parent):
            rows = sources.catalogue(path.parent)
            own = rows.set_index("file_name")["document_id"]
            return {"document_id": str(own[path.name])} if path.name in own else {}
    return {}


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


def of(
    document: Document, path: Path | None = None, known: Mapping[str, str] | None = None
) -> Preview:
    """Make the preview of a document that was read from the file `path`, with what was `known`."""
    code = document.record.code
    table = documents.table([document])
    if code == places.UNKNOWN:  # among others it has a name of its own, alone it needs none
        table["jurisdiction"] = pd.Series([code], dtype=table["jurisdiction"].dtype)
    return Preview(
        table,
        documents.frame([document], "tasks"),
        documents.frame([document], "assignments"),
        documents.frame([document], "task_columns"),
        documents.frame([document], "deadlines"),
        documents.frame([document], "targets"),
        documents.frame([document], "outcomes"),
        documents.frame([document], "obligations"),
        documents.frame([document], "repairs"),
        pd.DataFrame(document.rows["mentions"], columns=parse.MENTION_COLUMNS),
        documents.frame([document], "leftovers", "leftovers", "unknown", "left_out"),
        document.account,
        tuple(questions.of(document)),
        tuple(str(problem) for problem in document.reading.problems),
        code,
        path,
        tuple((known or {}).items()),
    )


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
