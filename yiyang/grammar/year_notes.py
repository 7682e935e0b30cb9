"""Read the note that says of which year the times of a list are: 注：完成时限均为2026年.

It holds for the dates that name no year, in place of the year of the title or of the issue. A note
of another kind (数据时间均为2025年), one that is not about all tasks, and two notes of different
years give no year, and are said.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from yiyang.core.schema import Rows
from yiyang.grammar import due_by_rule
from yiyang.grammar.document_rules import reach_of
from yiyang.grammar.numerals import fold
from yiyang.safety.later import expression

_NOUN = "时限|时间|期限|日期|月份|时点|节点"
_UNSTATED = (
    r"(?:未|没有|无)(?:另行?|特别|特殊|单独|具体|明确|作){0,2}"
    r"(?:注明|标明|标注|写明|说明|列明|注|标|写)?(?:年份|年度)?(?:的|者)?"
    r"|除(?:已|有|另|特别|特殊|单独|明确){0,3}(?:注明|标明|标注|写明|说明)(?:年份|年度)?(?:的|者)?(?:之外|以外|外)"
)
_LEAD = (
    "凡|如|若|本|上述|以上|下列|以下|所列|所|表|清单|方案|通知|附件|文|中|内|里|各项|各|所有|全部|任务|事项|工作|措施|项目|整改|目标|重点|的|之"
    "|完成|办理|办结|实施|推进|计划|进度|起止|涉及"
)
_ALL = "均|都|皆|一律|统一|默认"
_SAYS = expression(
    rf"\W{{0,3}}(?:(?:备注|附注|注|说明)\W{{0,3}})?(?:\d\s?[.、．]\s?)?"
    rf"(?:(?P<noun>{_NOUN})|(?P<unstated>{_UNSTATED})|(?P<all>{_ALL})|{_LEAD}|[,，“”\s]){{2,16}}"
    r"(?:为|指|是|系|按|属于?)(?:公历)?(?P<year>(?:19|20)\d\d)\s?年(?:度|内)?(?:计算|执行)?\W{0,2}"
)
_SENTENCE = expression("[^。;；\n]{6,80}")


class YearNote(NamedTuple):
    """The year that a note gives to dates without one, its line and its words."""

    year: int
    line: int
    printed: str


def find(tasks: Rows, notes: Rows) -> YearNote | None:
    """Return what the `notes` (`text`, `line`, `reason`) say of the year of the dates of all
    `tasks`; None where they say nothing, or not one year."""
    found: list[YearNote] = []
    for note in notes:
        for sentence in _SENTENCE.finditer(note["text"]):
            said = _SAYS.fullmatch(fold(sentence[0]).strip())
            if said and said["noun"] and (said["unstated"] or said["all"]):
                if not _is_of_all(said[0], note["line"], tasks, notes):
                    return None
                found.append(YearNote(int(said["year"]), note["line"], sentence[0].strip()))
    return found[0] if len({note.year for note in found}) == 1 else None


def _is_of_all(words: str, line: int, tasks: Rows, notes: Rows) -> bool:
    """Whether the words of a note on a line are about all tasks."""
    is_above = re.search("以上|上述", words)
    is_below = re.search("以下|下列", words)
    if is_above and any(task["line_start"] > line for task in tasks):
        return False
    if is_below and any(task["line_start"] < line for task in tasks):
        return False
    reach = reach_of(words)
    return len(due_by_rule.reached(reach, line, tasks, notes)) == len(tasks)
