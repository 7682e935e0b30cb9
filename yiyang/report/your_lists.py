"""Begin a report on a reader's own documents with them: what was read of each, how sure, what to
answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.core import parquet_store, places, romanised
from yiyang.core.corpus import Corpus
from yiyang.core.messages import (
    SPACE,
    Lang,
    join,
    label,
    names,
    phrase,
    phrases,
    say,
    short_names,
)
from yiyang.reading import catalogues, doubles, provenance, sources
from yiyang.safety import escaping
from yiyang.safety.escaping import Markup
from yiyang.show import tables

FILE = "your-lists.html"
NAMED = 3
"""Places named in the title of the report; of more their number is said."""
SIGNS = 3
"""Unread signs quoted with their lines; of more their number is said."""
ROMANISED = 6
"""Places named whose English names are pinyin; of more their number is said."""
LONGEST = 80
"""Characters shown of a printed line."""
AROUND = 2
"""Lines shown before and behind that of a sign."""


def title(corpus: Corpus, lang: Lang) -> str:
    """Name the report: as its catalogue says, else after the lists that it is on."""
    mine = sources.own_documents(corpus)
    if mine.empty:
        return label("site.title", lang)
    said = filter(None, map(catalogues.title, _folders(corpus)))
    if given := next(said, ""):
        return given
    called = short_names(corpus.jurisdictions, lang)
    lists = mine[mine["n_tasks"] > 0]
    there = [called[j] for j in dict.fromkeys(lists["jurisdiction"])]
    more = "more" if len(there) > NAMED else "few"
    named = join(there[:NAMED], "items", lang)
    return say(f"front.title.own.{more}", lang, places=named, n=len(there))


def _folders(corpus: Corpus) -> list[Path]:
    """The folders of the reader's own documents."""
    named = map(parquet_store.documents_of, sources.own_folder())
    return list(dict.fromkeys(path.resolve() for path in (*corpus.folders, *named)))


def markdown(corpus: Corpus, lang: Lang, target: Path) -> str:
    """Write the section as MyST text, its table as a file in `target`; empty where the report is on
    yiyang's own documents."""
    mine = sources.own_documents(corpus)
    text = "" if mine.empty else f'<div class="yy-own">{table(corpus, mine, lang).data}</div>'
    (target / FILE).write_text(text, encoding="utf-8")
    if mine.empty:
        return ""
    about = (counted, partial(of_field, corpus), partial(romanised_places, corpus))
    said = SPACE[lang].join(filter(None, (say_it(mine, lang) for say_it in about)))
    shown = f"```{{raw}} html\n:file: {FILE}\n```"
    return f"## {label('lists.own.heading', lang)}\n\n{said}\n\n{shown}\n"


def counted(mine: pd.DataFrame, lang: Lang) -> str:
    """Say how many documents hold tasks, how many hold none, how many could not be read."""
    is_unread = mine["layout"] == "unread"
    counts = {"lists": int((mine["n_tasks"] > 0).sum()), "tasks": int(mine["n_tasks"].sum())}
    said = [say("lists.own.counted", lang, n=len(mine), **counts)]
    is_double = mine["reasons"].map(doubles.is_double).astype(bool)
    is_none = (mine["n_tasks"] == 0) & ~is_unread & ~is_double
    others = {"double": is_double, "none": is_none, "unread": is_unread}
    said += [
        say(f"lists.own.counted.{key}", lang, n=int(those.sum()))
        for key, those in others.items()
        if those.any()
    ]
    return SPACE[lang].join(said)


def of_field(corpus: Corpus, mine: pd.DataFrame, lang: Lang) -> str:
    """Say how many of their tasks are of the codebook's field, before anything is said of it."""
    held = corpus.tasks.loc[corpus.tasks["document_id"].isin(mine["document_id"]), "task_id"]
    judged = corpus.task_themes[corpus.task_themes["task_id"].isin(held)]
    n = int(judged["is_in_field"].sum())
    which = "all" if n == len(judged) else "none" if not n else "some"
    return say(f"lists.own.field.{which}", lang, n=n, of=len(judged))


def romanised_places(corpus: Corpus, mine: pd.DataFrame, lang: Lang) -> str:
    """Say in the English edition which names of places are pinyin, with the printed ones."""
    if lang == "zh":
        return ""
    listed = corpus.jurisdictions[corpus.jurisdictions["jurisdiction"].isin(mine["jurisdiction"])]
    made = [
        f"{escaping.markdown(row.name_en)} ({escaping.markdown(row.name_zh)})"
        for row in listed.itertuples()
        if romanised.is_by_pinyin(row.code) and row.name_en == romanised.english(row.code)
    ]
    if not made:
        return ""
    more = "more" if len(made) > ROMANISED else "few"
    named = join(made[:ROMANISED], "clauses", lang)
    return say(f"lists.own.romanised.{more}", lang, places=named, n=len(made) - ROMANISED)


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
        rows.append((name, say_reading(corpus, document, lang), sure, asked))
    columns = ["document", "read", "sure", "questions"]
    view = pd.DataFrame(rows, columns=columns, dtype=object)
    headings = {c: label(f"lists.own.{c}", lang) for c in columns}
    return tables.table(view, lang, headings=headings)


def say_reading(corpus: Corpus, document: Any, lang: Lang) -> str:
    """Say what was read of a document; one without tasks is said to be no list of tasks."""
    tasks = corpus.tasks[corpus.tasks["document_id"] == document.document_id]
    if document.layout == "unread":
        return label("lists.own.unread", lang)
    if doubles.is_double(document.reasons):
        return label("lists.own.double", lang)
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


def questions(corpus: Corpus, document: Any, lang: Lang) -> Iterator[Markup]:
    """Ask what the document leaves open, with the cell of the catalogue or the printed line that
    answers."""
    name, key = document.file_name, document.document_id
    row = catalogue_row(corpus, name, lang)
    code = corpus.jurisdictions.set_index("jurisdiction")["code"]
    if code.get(document.jurisdiction) == places.UNKNOWN:
        yield Markup(label("lists.own.ask.place", lang)).format(row=row)
    if pd.isna(document.date_issued) and document.n_tasks:
        yield Markup(label("lists.own.ask.date", lang)).format(row=row)
    signs = corpus.signs
    unread = signs[(signs["document_id"] == key) & (signs["state"] == "unread")]
    lines = printed(corpus, document) if len(unread) else []
    for sign in unread.head(SIGNS).itertuples():
        yield asked(corpus, sign, lines, lang)
    if len(unread) > SIGNS:
        yield Markup(label("lists.own.ask.more", lang)).format(n=len(unread) - SIGNS, file=name)


def printed(corpus: Corpus, document: Any) -> list[str]:
    """Return the printed lines of one of the reader's own documents; none where it has gone."""
    found = (provenance.printed(document, folder) for folder in _folders(corpus))
    return next(filter(None, found), [])


def asked(corpus: Corpus, sign: Any, lines: Sequence[str], lang: Lang) -> Markup:
    """Ask about a sign that was not read: opened, the lines round it as printed, and the task that
    they are a part of."""
    said = Markup(label("lists.own.ask.sign", lang)).format(
        line=sign.line, printed=_short(str(sign.printed)), why=phrase(str(sign.reason), lang)
    )
    first = max(1, sign.line - AROUND)
    there = [(n, text) for n, text in enumerate(lines, 1) if first <= n <= sign.line + AROUND]
    if not there:
        return said
    shown = Markup("").join(
        Markup('<li value="{}"><bdi lang="zh-CN">{}</bdi></li>').format(
            n, Markup("<mark>{}</mark>").format(_short(text)) if n == sign.line else _short(text)
        )
        for n, text in there
    )
    form = '<details><summary>{}</summary><ol class="yy-lines">{}</ol>{}</details>'
    return Markup(form).format(said, shown, _task_of(corpus, sign, lang))


def _short(text: str) -> str:
    """The beginning of a line; a whole table may stand on one."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def _task_of(corpus: Corpus, sign: Any, lang: Lang) -> Markup:
    """The link to the task on whose lines a sign stands."""
    tasks = corpus.tasks
    is_there = tasks["line_start"].le(sign.line) & tasks["line_end"].ge(sign.line)
    found = tasks.loc[is_there & (tasks["document_id"] == sign.document_id), "task_id"]
    if found.empty:
        return Markup("")
    told = label("lists.own.in_task", lang)
    return Markup('{} <a href="tasks.html#{task}">{task}</a>').format(told, task=found.iloc[0])


def catalogue_row(corpus: Corpus, file_name: str, lang: Lang) -> Markup:
    """Name the row of the catalogue that a reader edits, with a link to the file; that of a
    document in no catalogue is written by `yiyang add`."""
    for folder in _folders(corpus):
        path = catalogues.written(folder)
        if path and (line := catalogues.line_of(path, file_name)):
            # The report lies in the folder `report` beside the catalogue.
            href = Markup('<a href="../../{0}">{0}</a>').format(path.name)
            return Markup(label("lists.own.row", lang)).format(catalogue=href, line=line)
    return Markup(label("lists.own.no_row", lang)).format(file=file_name)
