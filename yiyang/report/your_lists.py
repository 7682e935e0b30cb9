"""Begin a report on a reader's own documents with them: what was read of each, how sure, what to
answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.core import places, schema
from yiyang.core.corpus import Corpus
from yiyang.core.messages import (
    SPACE,
    Lang,
    join,
    label,
    names,
    phrase,
    phrases,
    places_in_text,
    say,
)
from yiyang.reading import sources
from yiyang.safety.escaping import Markup
from yiyang.show import tables

FILE = "your-lists.html"
NAMED = 3
"""Places named in the title of the report; of more their number is said."""
SIGNS = 3
"""Unread signs quoted with their lines; of more their number is said."""


def own(corpus: Corpus) -> pd.DataFrame:
    """Select the reader's own documents; none where the report is on yiyang's."""
    if not (corpus.folders or sources.own_folder()):
        return corpus.documents.head(0)
    shipped = sources.catalogue(schema.raw_folder())["document_id"]
    return corpus.documents[~corpus.documents["document_id"].isin(shipped)]


def title(corpus: Corpus, lang: Lang) -> str:
    """Name the report after the lists that it is on."""
    mine = own(corpus)
    if mine.empty:
        return label("site.title", lang)
    called = places_in_text(corpus.jurisdictions, lang)
    lists = mine[mine["n_tasks"] > 0]
    there = [called[j] for j in dict.fromkeys(lists["jurisdiction"])]
    more = "more" if len(there) > NAMED else "few"
    named = join(there[:NAMED], "items", lang)
    return say(f"front.title.own.{more}", lang, places=named, n=len(there))


def markdown(corpus: Corpus, lang: Lang, target: Path) -> str:
    """Write the section as MyST text, its table as a file in `target`; empty where the report is on
    yiyang's own documents."""
    mine = own(corpus)
    text = "" if mine.empty else str(table(corpus, mine, lang).data)
    (target / FILE).write_text(text, encoding="utf-8")
    if mine.empty:
        return ""
    said = [counted(mine, lang), of_field(corpus, mine, lang)]
    shown = f"```{{raw}} html\n:file: {FILE}\n```"
    return f"## {label('lists.own.heading', lang)}\n\n{SPACE[lang].join(said)}\n\n{shown}\n"


def counted(mine: pd.DataFrame, lang: Lang) -> str:
    """Say how many documents hold tasks, how many hold none, how many could not be read."""
    is_unread = mine["layout"] == "unread"
    return say(
        "lists.own.counted",
        lang,
        n=len(mine),
        lists=int((mine["n_tasks"] > 0).sum()),
        tasks=int(mine["n_tasks"].sum()),
        none=int(((mine["n_tasks"] == 0) & ~is_unread).sum()),
        unread=int(is_unread.sum()),
    )


def of_field(corpus: Corpus, mine: pd.DataFrame, lang: Lang) -> str:
    """Say how many of their tasks are of the codebook's field, before anything is said of it."""
    held = corpus.tasks.loc[corpus.tasks["document_id"].isin(mine["document_id"]), "task_id"]
    judged = corpus.task_themes[corpus.task_themes["task_id"].isin(held)]
    n = int(judged["is_in_field"].sum())
    which = "all" if n == len(judged) else "none" if not n else "some"
    return say(f"lists.own.field.{which}", lang, n=n, of=len(judged))


def table(corpus: Corpus, mine: pd.DataFrame, lang: Lang) -> tables.HTML:
    """Show each document, the least sure first: its kind, what was read, how sure and why, the
    questions."""
    called = names(corpus.jurisdictions, lang)
    rows = []
    for document in mine.sort_values("confidence", kind="stable").itertuples():
        kind = label(f"document_type.{document.document_type}", lang, str(document.document_type))
        under = " · ".join((str(document.file_name), called[document.jurisdiction], kind))
        name = Markup("<b>{}</b><br><small>{}</small>").format(document.title, under)
        reasons = join(phrases(str(document.reasons), lang), "clauses", lang)
        sure = Markup("{:.0%}<br><small>{}</small>").format(document.confidence, reasons)
        asked = Markup("<br>").join(questions(corpus, document, lang)) or label("front.none", lang)
        rows.append((name, read(corpus, document, lang), sure, asked))
    columns = ["document", "read", "sure", "questions"]
    view = pd.DataFrame(rows, columns=columns, dtype=object)
    headings = {c: label(f"lists.own.{c}", lang) for c in columns}
    return tables.table(view, lang, headings=headings)


def read(corpus: Corpus, document: Any, lang: Lang) -> str:
    """Say what was read of a document; one without tasks is said to be no list of tasks."""
    tasks = corpus.tasks[corpus.tasks["document_id"] == document.document_id]
    if document.layout == "unread":
        return label("lists.own.unread", lang)
    if tasks.empty:
        return label("lists.own.no_tasks", lang)
    held = {
        name: frame[frame["task_id"].isin(tasks["task_id"])]
        for name, frame in (
            ("units", corpus.assignments),
            ("times", corpus.deadlines),
            ("figures", corpus.targets),
        )
    }
    counts = {name: len(frame) for name, frame in held.items()}
    unknown = int(held["units"]["agency_id"].isna().sum())
    return say("lists.own.counts", lang, tasks=len(tasks), unknown=unknown, **counts)


def questions(corpus: Corpus, document: Any, lang: Lang) -> Iterator[str]:
    """Ask what the document leaves open, with the cell of the catalogue or the line that
    answers."""
    name, key = document.file_name, document.document_id
    code = corpus.jurisdictions.set_index("jurisdiction")["code"]
    if code.get(document.jurisdiction) == places.UNKNOWN:
        yield say("lists.own.ask.place", lang, file=name)
    if pd.isna(document.date_issued) and document.n_tasks:
        yield say("lists.own.ask.date", lang, file=name)
    signs = corpus.signs
    unread = signs[(signs["document_id"] == key) & (signs["state"] == "unread")]
    for row in unread.head(SIGNS).itertuples():
        why = phrase(str(row.reason), lang)
        yield say("lists.own.ask.sign", lang, line=row.line, printed=row.printed, why=why)
    if len(unread) > SIGNS:
        yield say("lists.own.ask.more", lang, n=len(unread) - SIGNS, file=name)
