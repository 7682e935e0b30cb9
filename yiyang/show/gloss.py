"""Tell a task in a few words of the reader's language: what a reader without Chinese needs beside
it."""

from __future__ import annotations

from functools import cache, lru_cache

import pandas as pd

from yiyang.compare import coverage
from yiyang.core import curated_csv
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, join, label, names, say
from yiyang.core.schema import CURATION

TITLES = CURATION / "task_titles.csv"
"""An editor's short title and English gloss of each task of the four lists; a reading by a
language model. `begins` is how the task begins: a row speaks of no other text."""
WORDS = CURATION / "glosses.csv"
"""An editor's English gloss of short texts that the documents print: headings, times, figures."""
_PARTS = (" / ", "、")
"""What stands between the parts of a text that are glossed each."""


@lru_cache(maxsize=2 * len(LANGS))  # every table of tasks asks for it
def of(corpus: Corpus, lang: Lang) -> pd.Series:
    """Map `task_id` to theme, agencies by their roles, and deadline, as one line.

    `Workforce · Lead: Health · Supporting: Finance · Due: 2021-12-31`. Units of which the agency
    is not known are counted; what a task does not name is said to be not stated. In English the
    editor's gloss stands first, where there is one, and is called so.
    """
    tasks = corpus.tasks["task_id"]
    theme = corpus.task_themes.set_index("task_id")["theme_id"].map(names(corpus.themes, lang))
    units = _units(corpus, lang)
    times = coverage.states(corpus.tasks, corpus.deadlines).set_index("task_id")
    glosses = titles(corpus)["gloss"] if lang == "en" else {}
    lines = [
        " · ".join(
            [
                *([say("task.gloss", lang, text=glosses[task])] if task in glosses else []),
                *([theme[task]] if pd.notna(theme.get(task)) else []),
                units.get(task, label("no_units", lang)),
                _time(times.loc[task], lang),
            ]
        )
        for task in tasks
    ]
    return pd.Series(lines, index=tasks.to_numpy(), dtype=object)


def titles(corpus: Corpus) -> pd.DataFrame:
    """Return the editor's rows about tasks of the corpus, by `task_id`: `title, gloss`.

    A row holds only for a task that begins with the words for which it was written."""
    rows = curated_csv.frame(TITLES, ("task_id", "begins", "title", "gloss")).set_index("task_id")
    texts = corpus.tasks.set_index("task_id")["text"]
    held = [
        task in texts.index and str(texts[task]).startswith(begins)
        for task, begins in rows["begins"].items()
    ]
    return rows.loc[held, ["title", "gloss"]]


def word(printed: str) -> str:
    """Gloss a short text of a document, or each part of a list of such; nothing where one of them
    is not in the editor's table."""
    known = _words()
    if printed in known:
        return known[printed]
    for mark in _PARTS:
        parts = [known.get(part, "") for part in printed.split(mark)]
        if len(parts) > 1 and all(parts):
            return ("; " if mark == _PARTS[0] else ", ").join(parts)
    return ""


def named(printed: str, lang: Lang) -> str:
    """Name what a document calls so; in English with its gloss in brackets, where there is one."""
    said = word(printed) if lang == "en" else ""
    quoted = say("gloss.quoted", lang, text=printed)
    return say("gloss.beside", lang, text=quoted, gloss=said) if said else quoted


@cache
def _words() -> dict[str, str]:
    return dict(curated_csv.frame(WORDS, ("printed", "gloss")).itertuples(index=False, name=None))


def beside(texts: pd.Series, ids: pd.Series, corpus: Corpus, lang: Lang) -> pd.Series:
    """Give texts of the tasks `ids` for cells without markup: in English with their line behind
    them.

    Where an id is missing so is its task, and the text stays as it is."""
    if lang == "zh":
        return texts
    lines = of(corpus, lang)
    both = zip(texts, ids, strict=True)
    shown = [f"{text} — {lines[task]}" if pd.notna(task) else text for text, task in both]
    return pd.Series(shown, index=texts.index)


def _units(corpus: Corpus, lang: Lang) -> dict[str, str]:
    """The agencies of each task that names any, by their roles."""
    called = names(corpus.agencies, lang)
    parts: dict[str, list[str]] = {}
    held = corpus.assignments.groupby(["task_id", "role"], observed=True, sort=True)
    for (task, role), rows in held:
        known = [called[a] for a in rows["agency_id"].dropna().unique()]
        unknown = int(rows["agency_id"].isna().sum())
        more = [say("task.unknown_units", lang, n=unknown)] * bool(unknown)
        parts.setdefault(task, []).append(
            f"{label(f'role.{role}', lang)}: {join([*known, *more], 'items', lang)}"
        )
    return {task: " · ".join(roles) for task, roles in parts.items()}


def _time(row: pd.Series, lang: Lang) -> str:
    if row["state"] == "dated":
        return f"{label('due', lang)}: {row['last_due'].date().isoformat()}"
    return f"{label('deadline', lang)}: {label('state.' + row['state'], lang)}"
