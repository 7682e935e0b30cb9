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

What the tables hold already in two languages (jurisdictions, agencies, themes) is read from them.
Texts that are English in a table, in JSON or in an error keep that form there: `reasons.csv`
(`telling.tell`) and `refusals.csv` (`errors.refusal`) hold them in both languages, with fields in
braces (`a row of {n} cells`), and `phrase` finds the Chinese of one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from string import Formatter
from typing import Literal, NamedTuple

from yiyang.core import curated_csv
from yiyang.core.schema import CURATION
from yiyang.safety import escaping
from yiyang.safety.errors import PARTS, refusal
from yiyang.safety.later import expression, pd
from yiyang.safety.telling import sentences

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


def hold_lang(lang: str) -> None:
    """Raise `InputError` for a language that readers are not shown anything in."""
    if lang not in LANGS:
        raise refusal("messages.no_lang", "lang", lang=lang, known=", ".join(LANGS))


def label(key: str, lang: Lang, default: str | None = None) -> str:
    """Return the words for `key` in `lang`; an unknown key gives `default`, or `InputError`, as
    does an unknown language."""
    hold_lang(lang)
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
    hold_lang(lang)
    return table.set_index(table.columns[0])[f"name_{lang}"]


# 北京市 before 朝阳区, 宁夏回族自治区 before 中宁县; nothing before 北京市.
# What stands in brackets (地区未注明) is no name.
_ABOVE = expression(r"^.{1,30}?(?:自治区|省|市)(?=[^（]{1,60}[市区县旗州盟])")


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
    """What a table, JSON or an error may say in English, and the same in Chinese."""
    told = curated_csv.rows(CURATION / "reasons.csv", ("key", *LANGS), exact=True)
    found = {row["en"]: row["zh"] for row, _ in told}
    for row in sentences("refusals.csv").values():
        found |= {row[part]: row[f"{part}_zh"] for part in PARTS if row[f"{part}_zh"]}
    return found


class _Form(NamedTuple):
    """A phrase with fields: its words between them, the fields, and the same in Chinese."""

    words: tuple[str, ...]
    fields: tuple[str, ...]
    zh: tuple[tuple[str, str | None], ...]

    def read(self, english: str) -> dict[str, str] | None:
        """Return what fills the fields in a text, each as short as can be; None where the words are
        other ones. It takes one look at each character: no expression that grows."""
        first, *inner, last = self.words
        end = len(english) - len(last)
        if not english.startswith(first) or not english.endswith(last) or end < len(first):
            return None
        at, found = len(first), []
        for words in inner:
            if (stop := english.find(words, at, end)) < 0:
                return None
            found.append(english[at:stop])
            at = stop + len(words)
        filled = dict(zip(self.fields, [*found, english[at:end]], strict=True))
        return filled if all(map(_is_counted, filled.items())) else None


_COUNTS = {
    "n": expression(r"\d[\d,.]{0,20}"),
    "rows": expression(r"\d[\d,]{0,20} rows?"),
} | dict.fromkeys(("more", "documents", "tasks", "lists"), expression(r"\d.*"))
"""Fields that hold how many there are: a number, and behind it perhaps of what."""


def _is_counted(filled: tuple[str, str]) -> bool:
    """Whether what fills a field may fill it: 3 pages, and not the last page."""
    field, words = filled
    return field not in _COUNTS or bool(_COUNTS[field].fullmatch(words))


def _parts(text: str) -> list[tuple[str, str | None]]:
    """The words of a phrase, each with the field behind it; fields without a name are counted."""
    parts: list[tuple[str, str | None]] = []
    for words, field, *_ in Formatter().parse(text):
        n = sum(name is not None for _, name in parts)
        parts.append((words, str(n) if field == "" else field))
    return parts


@cache
def _forms() -> list[_Form]:
    """The phrases with fields, those with the most words of their own first."""
    forms = []
    for english, chinese in _phrases().items():
        parts = _parts(english)
        fields = tuple(field for _, field in parts if field is not None)
        if fields and any(words for words, _ in parts):  # `{found}` alone is any text
            words = [text for text, field in parts]
            words += [""] if parts[-1][1] is not None else []
            forms.append(_Form(tuple(words), fields, tuple(_parts(chinese))))
    return sorted(forms, key=lambda form: -sum(map(len, form.words)))


_VALUES = ("role", "level")
"""Columns whose values stand in reasons too."""


@lru_cache(maxsize=100_000)
def phrase(english: str, lang: Lang) -> str:
    """Translate a reason, a refusal or a warning; what has no translation stays in English.

    What fills a field is translated too, unless it stands in quotation marks: then it is a
    document's. tests/core/test_messages.py holds that none is missing.
    """
    hold_lang(lang)
    if lang == "en" or not english:
        return english
    if (chinese := _phrases().get(english)) is not None:
        return chinese
    for form in _forms():
        found = form.read(english)
        if found is not None:
            return "".join(
                words + (_filled(found[field], field, words) if field else "")
                for words, field in form.zh
            )
    return next(
        (label(key, lang) for k in _VALUES if (key := f"{k}.{english}") in labels()), english
    )


def _filled(text: str, field: str, before: str) -> str:
    """What stands in a field, in Chinese; in one that is called `listed…`, each part of a list."""
    if before.endswith("“"):
        return text
    if field.startswith("listed"):
        return "；".join(phrase(part, "zh") for part in text.split("; "))
    return phrase(text, "zh")


def phrases(english: str, lang: Lang) -> list[str]:
    """Translate reasons that a table holds in one cell, `; ` between them. A refusal, which has
    such marks of its own, is one."""
    parts = [english] if "; expected " in english else english.split("; ")
    return [phrase(part, lang) for part in parts]
