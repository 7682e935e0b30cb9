"""Hold a target of a column against the head of the column: 2027年目标, 目标值（增长）."""

from __future__ import annotations

from datetime import date
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar.deadline_phrases import TitleYear
from yiyang.grammar.measure_words import UNIT
from yiyang.safety.later import expression

Row = dict[str, Any]
_YEAR = expression(r"(?<!\d)(20\d\d)(?!\d)")
_BRACKET = expression(r"[（(]([^（）()]*)[）)]")
# （万亩）, （单位：个）, （2026年）: what changes nothing of what a figure says
_PLAIN = expression(rf"(?:单位[:：]?)?[十百千万亿]{{0,2}}(?:{UNIT}|％)?|20\d\d年?度?")
# （增长）, （增幅%）, （较上年提高）: by how much, and no level
_CHANGE = expression(r"增[长幅速加量]|提[高升]|下降|降幅|降低|减少")

# （不低于）, （≤）: how all figures of the column are meant
_BOUNDS = {
    ">=": expression("不[低少小]于|≥|>=|至少|最低|以上|下限"),
    "<=": expression("不[高多大]于|不超过?|≤|<=|至多|最高|以[内下]|上限"),
}


def settled(
    goal: Row, heading: str, times: Rows, *, issued: date | None = None, year: TitleYear = None
) -> Row | None:
    """Return the target of a cell with what the head of its column says of it; None where the two
    do not agree, so that its figure is unread.

    `times` are the deadlines of the task, `issued` and `year` those of the document. A year of the
    head is that of the target: one that is over when the document is issued, one before that of
    the title and one of no deadline of the task leave the figure unread.
    """
    head = squash(simplify(heading or ""))
    of_head = {int(found) for found in _YEAR.findall(head)}
    brackets = _BRACKET.findall(head)
    is_change = any(map(_CHANGE.search, brackets))
    bounds = {sign for sign, word in _BOUNDS.items() if any(map(word.fullmatch, brackets))}
    words = [w for w in brackets if not any(_BOUNDS[sign].fullmatch(w) for sign in bounds)]
    is_plain = is_change or all(map(_PLAIN.fullmatch, words))
    if len(of_head) > 1 or len(bounds) > 1 or not is_plain:
        return None
    for sign in bounds:
        if goal["comparator"] not in ("=", sign) or goal["value_high"] is not None:
            return None
        goal = goal | {"comparator": sign}
    if is_change:
        if goal["comparator"] not in ("=", "change"):
            return None
        goal = goal | {"comparator": "change"}
    return _of_year(goal, of_head.pop(), times, issued, year) if of_head else goal


def _of_year(goal: Row, own: int, times: Rows, issued: date | None, year: TitleYear) -> Row | None:
    """The target in the year of its column."""
    is_over = bool(issued and own < issued.year) or (isinstance(year, int) and own < year)
    days = [row["due"] for row in times if row.get("due")]
    if is_over or (days and own not in [day.year for day in days]):
        return None
    if goal["due"]:
        return goal if goal["due"].year == own else None
    return goal | {"due": date(own, 12, 31), "due_source": "column"}
