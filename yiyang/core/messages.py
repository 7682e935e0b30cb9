"""The words that readers see, in both languages (`curation/labels.csv`: key, zh, en).

A key is the name of a column (`role`) or a column and one of its values (`role.lead`). What the
tables hold already in two languages (jurisdictions, agencies, themes) is read from them.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Literal

import pandas as pd

from yiyang.core.schema import CURATION
from yiyang.safety import escaping
from yiyang.safety.errors import InputError

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
COMMA: dict[Lang, str] = {"zh": "、", "en": ", "}
"""Between the items of a list."""


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


# 北京市 before 朝阳区, 宁夏回族自治区 before 中宁县; nothing before 北京市.
_ABOVE = re.compile(r"^.+?(?:自治区|省|市)(?=.+[市区县旗州盟])")


def short_names(jurisdictions: pd.DataFrame, lang: Lang) -> pd.Series:
    """`names` of jurisdictions without the place above them (中宁县, Zhongning County), for titles
    and sentences; where two would be alike, in full."""
    return shortened(names(jurisdictions, lang), lang)


def shortened(full: pd.Series, lang: Lang) -> pd.Series:
    """Names of jurisdictions as `short_names` has them."""
    short = full.map(lambda name: _ABOVE.sub("", name) if lang == "zh" else name.split(",")[0])
    return short.where(~short.duplicated(keep=False), full)


def names_in_text(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """`names` for sentences of Markdown: what would be a mark there is escaped."""
    return names(table, lang).map(escaping.markdown)


def places_in_text(jurisdictions: pd.DataFrame, lang: Lang) -> pd.Series:
    """`short_names` for sentences of Markdown: what would be a mark there is escaped."""
    return short_names(jurisdictions, lang).map(escaping.markdown)


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
