"""Find which list names what: concepts by place.

A theme is what a task is about, a mention a word that stands in it: a list without a task on
hospice care may name it in four others. Synonyms (临终关怀 and 安宁疗护) are one concept; the words
stand in `curation/mentions.csv`, each with its reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pandas as pd

from yiyang.compare import chance
from yiyang.core import curated_csv, schema
from yiyang.core.text import simplify

FILE = schema.CURATION / "mentions.csv"
COLUMNS = ["concept", "name_zh", "name_en", "theme_id", "terms", "reason"]


def known() -> pd.DataFrame:
    """Read the concepts: `concept, name_zh, name_en, theme_id, terms` (separated by spaces)."""
    return curated_csv.frame(FILE, COLUMNS)


def mentions(tasks: pd.DataFrame) -> pd.DataFrame:
    """List which task names which concept, a pair a row: `task_id`, `item` (the concept)."""
    texts = tasks["text"].str.cat(tasks["measure"].fillna(""), sep="\n").map(simplify)
    found = []
    for concept in known().itertuples():
        pattern = re.compile("|".join(map(re.escape, str(concept.terms).split())))
        ids = tasks["task_id"][texts.map(lambda text, p=pattern: bool(p.search(text)))]
        found.append(pd.DataFrame({"task_id": ids, "item": concept.concept}))
    return pd.concat(found, ignore_index=True)


def matrix(tasks: pd.DataFrame, task_themes: pd.DataFrame) -> pd.DataFrame:
    """Count tasks that name each concept. One row is a concept in a jurisdiction: `concept,
    jurisdiction, named` (tasks in whose text or short name one of its words stands), `dedicated`
    (those of them whose theme is that of the concept), `state`: `dedicated`, `mentioned` or
    `not`."""
    home = tasks.set_index("task_id")["jurisdiction"].to_dict()
    theme = task_themes.set_index("task_id")["theme_id"].dropna().to_dict()
    named: dict[str, list[str]] = defaultdict(list)
    for task, concept in mentions(tasks).itertuples(index=False):
        named[concept].append(task)
    rows = []
    for concept in known().itertuples():
        own = named[concept.concept]
        counts = Counter(home[task] for task in own)
        central = Counter(home[t] for t in own if theme.get(t) == concept.theme_id)
        for place in dict.fromkeys(tasks["jurisdiction"]):
            state = "dedicated" if central[place] else "mentioned" if counts[place] else "not"
            rows.append((concept.concept, place, counts[place], central[place], state))
    return pd.DataFrame(rows, columns=["concept", "jurisdiction", "named", "dedicated", "state"])


def by_chance(tasks: pd.DataFrame) -> chance.Spread:
    """Compare how many concepts every list names with dealing the tasks to the lists at random."""
    return chance.spread_of_lists(mentions(tasks), tasks)


def everywhere(table: pd.DataFrame) -> list[str]:
    """Select the concepts that every list names (table: `matrix`)."""
    named = table[table["named"] > 0].groupby("concept", sort=False)["jurisdiction"].nunique()
    return named.index[named == table["jurisdiction"].nunique()].tolist()
