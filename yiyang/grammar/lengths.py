"""Find lengths of time that are to be reached: 由7天缩短至3天以内, 办理时限压缩至4个工作日.

A length of time is a figure only beside a word that says how long something may take; 3个工作日内
elsewhere is a time limit, which `deadline_phrases` reads. `quantities` finds both kinds of figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yiyang.grammar.comparators import ABOUT, AT_LEAST, AT_MOST
from yiyang.grammar.figures import Quantity
from yiyang.grammar.numerals import NUMBER, read

LENGTH = r"(?:个?工作日|个?小时|个月|天|日|秒)(?![均常间])"
"""A unit of time in which an errand is measured; 分钟 is a measure word of its own."""
_SHORTENS = "缩短|缩减|压缩|压减|精简|减少|降低|延长|增加|提速|提升|提高"
CHANGES = rf"(?:{_SHORTENS}|减|降|增|延)[至到为]"
"""缩短至, 减到: behind the length from which another one starts."""
# 缩短至3个工作日, 压缩到不超过2小时, 减少5天, 控制在1.5小时以内; 平均用时不超过2小时,
# 优良天数达到320天
_REACHED = (
    rf"(?:(?P<to>{CHANGES}|(?:控制|限制|限定)[在为到])|(?P<by>{_SHORTENS})了?"
    r"|(?<!完成)(?:时间|时限|时长|用时|耗时|天数)(?:均|一律|平均)?(?:达到?|(?=[不未少低至])))"
)
_SIGN = rf"(?P<before>(?:(?:{AT_LEAST}|{AT_MOST}|{ABOUT})\s?){{0,3}})"
_NUMBERED = rf"(?P<number>{NUMBER}(?!\d))(?:\s?[-—~至到]\s?(?P<high>{NUMBER}))?\s?"
_NUMBERED += rf"(?P<unit>{LENGTH})"
_FOUND = re.compile(
    rf"{_REACHED}{_SIGN}{_NUMBERED}(?P<after>(?:\s?(?:及?以[上下]|以内|之内|左右|上下|内(?!部)))?)"
)
# 由7天缩短至, 从法定的20个工作日压减到, 法定时限20个工作日压缩至: where it starts from
_STARTED = re.compile(
    rf"(?<![\d.年月第])(?P<number>{NUMBER})\s?(?P<unit>{LENGTH})(?:左右|以[上内])?(?=[,，]?{CHANGES})"
)

Stated = Callable[[str, int, str, str], str]
_HINTS = re.compile(r"工作日|小时|个月|[天日秒]")


def find(text: str, stated: Stated) -> Iterator[Quantity]:
    """Return every such figure of a folded text; `stated` gives the sign from the words around
    it."""
    if not _HINTS.search(text):
        return
    for match in _STARTED.finditer(text):
        yield _length(match, match.start(), match.end("unit"), "=")
    for match in _FOUND.finditer(text):
        sign = stated(text, match.start("before"), match["before"], match["after"])
        sign = "change" if match["by"] and sign == "=" else sign
        yield _length(match, match.start("before"), match.end(), sign)


def _length(match: re.Match[str], begin: int, end: int, sign: str) -> Quantity:
    part = match.groupdict()
    high = read(part["high"]) if part.get("high") else None
    number = match["number"]
    is_word = not number[0].isdigit()
    at = match.start("number")
    return Quantity(begin, end, at, read(number), high, sign, match["unit"], is_word)
