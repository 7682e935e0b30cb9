"""The words that readers see, in both languages (`curation/labels.csv`: key, zh, en).

A key is the name of a column (`role`) or a column and one of its values (`role.lead`). What the
tables hold already in two languages (jurisdictions, agencies, themes) is read from them.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Literal

import pandas as pd

from yiyang import safe
from yiyang.errors import InputError
from yiyang.tables import CURATION

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@cache
def labels() -> dict[str, dict[str, str]]:
    """Every key with its words: {"role.lead": {"zh": "牵头", "en": "Lead"}}."""
    with (CURATION / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: {lang: row[lang] for lang in LANGS} for row in csv.DictReader(file)}


def label(key: str, lang: Lang, default: str | None = None) -> str:
    """The words for `key` in `lang`; an unknown key gives `default`, or raises `InputError`."""
    if key not in labels() and default is not None:
        return default
    if key not in labels():
        raise InputError(
            "yiyang/curation/labels.csv",
            found=f"no row for {key!r}",
            expected="a row with its words in zh and en",
            remedy="add the row",
        )
    return labels()[key][lang]


def names(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """The names in `lang` of a table with `name_zh` and `name_en`, indexed by its first column.

    `names(corpus.jurisdictions, "en")["jiyuan"]`
    """
    return table.set_index(table.columns[0])[f"name_{lang}"]


def names_in_text(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """`names` for sentences of Markdown: what would be a mark there is escaped."""
    return names(table, lang).map(safe.markdown)


@cache
def _phrases() -> dict[str, str]:
    with (CURATION / "phrases.csv").open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["zh"] for row in csv.DictReader(file)}


def phrase(english: str, lang: Lang) -> str:
    """A reason or note of the ledgers in `lang`; one without a translation stays in English.

    The ledgers give their reasons in English; `curation/phrases.csv` holds them in Chinese.
    tests/test_notebooks.py holds that none is missing.
    """
    return _phrases().get(english, english) if lang == "zh" else english
