"""Judge what a phrase of a time leaves over: a step or a note that is kept as printed, or a part
of the time that was not read.

2025年6月底前完成立项 leaves 完成立项, which names a step; 2025年第3周 leaves 第3周, which smells of
a time, so the year alone is not its day. The words are in `curation/time_words.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from yiyang.core import curated_csv, schema
from yiyang.grammar import calendars
from yiyang.grammar.measure_words import UNIT
from yiyang.safety.later import expression

WORDS = schema.CURATION / "time_words.csv"
KINDS = ("qualifier", "plain")


@cache
def _words(kind: str) -> re.Pattern[str]:
    """The words of a kind as a pattern, the longest first."""
    rows = curated_csv.rows(WORDS, ["word", "kind", "reason"])
    for row, line in rows:
        if row["kind"] not in KINDS:
            word, kind = row["word"], row["kind"]
            raise curated_csv.fault("time_word", WORDS, line, known=KINDS, word=word, kind=kind)
    words = sorted((row["word"] for row, _ in rows if row["kind"] == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def qualifier(clause: str) -> str:
    """Return the words that soften a time, as printed: 力争, 左右; several are parted by 、."""
    return "、".join(dict.fromkeys(_words("qualifier").findall(clause)))


# ①, (1), 1., 一期, 第二阶段, 首批, 3个, 80%, 100户: marks of a list and figures, no times
_MARK = expression(r"^\s*\d{1,2}[.、．)）]")
_COUNTED = expression(
    r"[①-⑳⑴-⒇]|[(（]\d{1,2}[)）]|^[一两二三四五]年(?=[(（]|$)"
    r"|分[一两二三四五\d]年(?:内|度)?(?=[实推建完分逐组落改开,，;；。、)）(（]|$)"
    r"|第?[一二三四五六七八九十\d]{1,3}(?:期|批次?|阶段|轮|步|标段|级|类)(?:工程|项目)?"
    rf"|\d[\d,.]{{0,12}}\s?[余多]?[百千万亿]{{0,2}}[余多]?(?:(?!分钟){UNIT}|％|支|份|人|片)"
)
# What belongs to a time and to no step: figures, units of time, festivals, 前 and 后 beside a time
_SMELL = expression(
    rf"\d+|[年月日旬季周]|(?:{calendars.FESTIVALS})|节[前后]|汛|[春夏秋冬][季天种播]|入[冬夏汛]"
    r"|供暖|采暖|开学|[暑寒]假|假期|学期|任期|本届|两会|双节|两节|[Tt]\s?\+|小时|[一二两三四五六七八九十]天"
    r"|[Qq][1-4]|凌晨|待[定明]|未定|另行|再定"
)
# 前, 后, 底 right behind a time that was read without it
_DANGLING = expression(
    r"\s*(?:[底末初中上下](?:旬|前|$)|中(?![期心小央标医学层介共国间部])|[之以]?[前后](?![置期续来往]))"
)


# 中考前, 霜降前完成: a day of an event, which the time before it does not give
EVENT = expression(
    r"(?!下班)[“”\u4e00-\u9fff]{1,8}?[之以]?前(?![期置段述列提言沿后])(?:[\s,，。;；、)）]|$|[完启开建投办组制实])"
)
"""The words of an event in front of its 前, as they stand right behind a date."""


# 6月底千: one sign right behind a time is a slip of the hand, not a step
_ONE_SIGN = expression(r"[\u4e00-\u9fff](?<![完止起内毕结办成和与并且或及等也均各后])")


def unread(rest: str, *, is_behind: bool) -> str:
    """Return the part of what is left over that smells of a time; empty where it is a step or a
    note.

    `is_behind` says whether the rest stands right behind a time.
    """
    if not rest:
        return ""
    if is_behind and (found := _DANGLING.match(rest)) and not _words("qualifier").match(rest):
        return found[0].strip()
    if is_behind and EVENT.match(rest):
        return rest.strip(" ,，;；。、()（）:：")
    if is_behind and _ONE_SIGN.fullmatch(rest):
        return rest.strip()
    if not is_behind:
        rest = _MARK.sub(" ", rest)
    bare = _words("plain").sub(" ", _words("qualifier").sub(" ", _COUNTED.sub(" ", rest)))
    return rest.strip(" ,，;；。、()（）:：") if _SMELL.search(bare) else ""
