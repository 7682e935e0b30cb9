"""Read figures without digits: 乡镇全覆盖 promises every one of them, 数十家 names no number.

A coverage is 100 % where what is covered can be counted (`curation/coverage_nouns.csv`): that is an
inference, marked as one. Everything else is only named, so that a reader sees what was left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yiyang.core import curated_csv, schema
from yiyang.core.text import just_before
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

NOUNS = schema.CURATION / "coverage_nouns.csv"
UNCOUNTED = tell("grammar.coverage_what_not_counted")
NO_NUMBER = tell("grammar.quantity_without_number")

_COVERED = expression("(?<![未不非])全覆盖")
# 实现街道（乡镇）养老服务基本全覆盖: what stands between the noun and the word
_BETWEEN = expression(
    r"(?:[\s“”\"的]|基本|全部|全面|实现|达到|达成|完成|做到|建成|[(（][^()（）]{0,12}[)）]){1,6}$"
)
# 43个街乡全覆盖: the figure before the noun says the same
_FIGURE = expression(r"\d(?![A-Za-z])\s?[个家所村处镇]?[^\d]{0,6}$")


@cache
def _countable() -> re.Pattern[str]:
    nouns = curated_csv.cells(NOUNS, ["word", "reason"])
    words = (re.escape(row["word"]) for row in nouns)
    return re.compile(f"(?:{'|'.join(words)})$")


def find(text: str) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of every 全覆盖 of a folded text, and whether it stands for 100 %; not of one
    whose figure is printed before it (43个街乡全覆盖)."""
    for match in _COVERED.finditer(text):
        before = just_before(text, match.start(), 40)
        noun = _BETWEEN.sub("", before)
        if not _FIGURE.search(noun):
            yield (*match.span(), bool(_countable().search(noun)))


# 数十家, 几百户, 上千名, 近万人, 百余家, 十余万人, 好几处, 若干个, 成百上千户: more than one,
# and no number
_VAGUE = (
    r"(?<![\d一二三四五六七八九十百千万亿.])"
    r"(?:(?:[数几]|上|(?<![建完形养组促达])成|近|逾|超|过|(?<!签)约)[十百千万亿]{{1,2}}|[十百千万]{{1,2}}(?=[余多])|十几|好?几|若干|成[十百千]上[百千万])"
    r"(?:[余多][万亿]?)?(?:{unit})"
)


# 办理时限减半: by how much, without a figure
_HALVED = expression("减半(?!征|收|缴|计|执行|优惠)")


@cache
def _vague(unit: str) -> re.Pattern[str]:
    return re.compile(_VAGUE.format(unit=unit))


def vague(text: str, unit: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every quantity of a folded text that names no number: 数十家."""
    if re.search("[数几上成近逾超过约余多若]", text):
        yield from (match.span() for match in _vague(unit).finditer(text))
    yield from (match.span() for match in _HALVED.finditer(text))
