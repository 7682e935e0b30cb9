"""Look up what readers see, in Chinese and in English; code holds no prose.

Two tables of `curation/` have the columns key, zh, en. `messages.csv` holds every sentence, caption
and mark. Its keys begin with the page: a chapter (`deadlines.dated.headline`), or what stands on
no single one (`front`, `browser`, `mark`). They stand in the order of the alphabet, so that the
wordings of one figure lie side by side: `headline` over a chart, `paragraph` of a chapter, `front`
page. `labels.csv` names columns (`role`) and their values (`role.lead`).

Why CSV and no catalogue of gettext or Fluent: one person reviews both editions, and needs a
sentence and its translation in one row, in a table that any office program opens and that review
shows as a diff. The numbers come formatted by `str.format` (`{low:.0%}`), and nothing here needs
plural rules or a fallback language: neither library would spare a line.

What the tables hold already in two languages (jurisdictions, agencies, themes) is read from them,
and the reasons of the ledgers, English texts of other tables, have their Chinese in `phrases.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

import pandas as pd

from yiyang.core import curated_csv
from yiyang.core.schema import CURATION
from yiyang.safety import escaping
from yiyang.safety.errors import refusal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
SPACE: dict[Lang, str] = {"zh": "", "en": " "}
"""Between two sentences."""


@cache
def labels() -> dict[str, dict[str, str]]:
    """Read every key with its words: {"role.lead": {"zh": "牵头", "en": "Lead"}}."""
    found: dict[str, dict[str, str]] = {}
    for name in ("labels.csv", "messages.csv"):
        rows = curated_csv.rows(CURATION / name, ("key", *LANGS), exact=True)
        found |= {row["key"]: {lang: row[lang] for lang in LANGS} for row, _ in rows}
    return found


def label(key: str, lang: Lang, default: str | None = None) -> str:
    """Return the words for `key` in `lang`; an unknown key gives `default`, or `InputError`."""
    if key not in labels() and default is not None:
        return default
    if key not in labels():
        raise refusal("messages.no_row", "yiyang/curation/labels.csv and messages.csv", key=key)
    return labels()[key][lang]


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Fill the fields of the sentence `key`: `say("lists.tasks.headline.alike", "en", n=13)`."""
    return label(key, lang).format(**values)


def join(parts: Iterable[str], mark: str, lang: Lang) -> str:
    """Join parts of a sentence by a mark: `items`, `lists`, `clauses`, `and`, `quoted`."""
    return label(f"mark.{mark}", lang).join(parts)


def names(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """Take the names in `lang` of a table with `name_zh` and `name_en`, by its first column.

    `names(corpus.jurisdictions, "en")["jiyuan"]`
    """
    return table.set_index(table.columns[0])[f"name_{lang}"]


# 北京市 before 朝阳区, 宁夏回族自治区 before 中宁县; nothing before 北京市.
# What stands in brackets (地区未注明) is no name.
_ABOVE = re.compile(r"^.+?(?:自治区|省|市)(?=[^（]+[市区县旗州盟])")


def short_names(jurisdictions: pd.DataFrame, lang: Lang) -> pd.Series:
    """Take `names` of jurisdictions without the place above (中宁县, Zhongning County), for titles
    and sentences; where two would be alike, in full."""
    return shortened(names(jurisdictions, lang), lang)


def shortened(full: pd.Series, lang: Lang) -> pd.Series:
    """Shorten names of jurisdictions as `short_names` has them."""
    short = full.map(lambda name: _ABOVE.sub("", name) if lang == "zh" else name.split(",")[0])
    return short.where(~short.duplicated(keep=False), full)


def names_in_text(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """Take `names` for sentences of Markdown: what would be a mark there is escaped."""
    return names(table, lang).map(escaping.markdown)


def places_in_text(jurisdictions: pd.DataFrame, lang: Lang) -> pd.Series:
    """Take `short_names` for sentences of Markdown: what would be a mark there is escaped."""
    return short_names(jurisdictions, lang).map(escaping.markdown)


@cache
def _phrases() -> dict[str, str]:
    rows = curated_csv.rows(CURATION / "phrases.csv", LANGS, exact=True)
    return {row["en"]: row["zh"] for row, _ in rows}


def phrase(english: str, lang: Lang) -> str:
    """Translate a reason or note of the ledgers; one without a translation stays in English.

    The ledgers give their reasons in English; `curation/phrases.csv` holds them in Chinese.
    tests/report/test_notebooks.py holds that none is missing.
    """
    return _phrases().get(english, english) if lang == "zh" else english
