"""Tell what times and figures mean in columns of no kind of ours: goals, demands, remarks.

A column below any other head is kept as printed; what it says of when or how much may be a task's
all the same, and is unread then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from yiyang.grammar import amendments, column_targets, time_headings
from yiyang.parse import Piece, header_words
from yiyang.parse.shapes import is_deadline
from yiyang.reading.against_rows import extent
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

DUE = expression(
    r"(?:月|季度|半年|年)(?:底|末|初|中旬|上旬|下旬|内)?(?:之?前|底|末)$|季度完成$|月底|年底前|^[本下当次]个?[月周季].*[前内]$"
)
"""A day or month by which something is due, as printed."""
# 办理要求, 工作安排
_ASKED = expression(
    "(?:办理|办结|工作|整改|落实|任务|建设|完成|推进)(?:要求|标准|措施|内容|步骤|安排|计划)$|^建设规模$"
)
# 1-3月, 一季度: what is below may be how far something is to be by then; not 一季度完成情况
_PLAN = expression(header_words.PLAN)
# 9月, 一季度, 每月: when, in whatever words
_WHEN = expression(
    r"\d\s?月|[一二三四五六七八九十]月|季度?|半年|每[年月周日天]|[年月][底末初]|汛|节前|\d日|工作日"
)
_OF_PART = expression(
    r"(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月?[-—~～至]{1,2}\d{1,2}月|\d{1,2}月)(?!.*(?:情况|实际|进展|完成[数值额]|已))"
)
# 不少于1800户, 其中6亩须于5月31日前清除: what a remark promises
_PROMISED = expression("不[少低]于|不超过|以上|以内|[须应需]于|[底日]前(?:完成|清|建|整)")
# 6月30日前
_AHEAD = expression(r"\d日?之?前(?:完成)?$")
# 6月30日, 9月底, 2025-09-30, 年底前
_DAY = expression(r"\d月|季度|半年|每[年月周季]|月[底末]|年[底末]|前$|\d[-./]\d{1,2}(?:[-./]|$)")
_REPORTED = expression(header_words.REPORTED)


def holds_goals(piece: Piece) -> bool:
    """Tell whether the column of a cell says what is to be reached, or what is asked: 工作目标,
    办理要求; of a remark, whether it promises."""
    if amendments.REMARKS.search(piece.heading):
        return bool(_PROMISED.search(piece.text))
    is_asked = bool(_ASKED.search(piece.heading) or _OF_PART.match(piece.heading))
    is_asked = is_asked or is_plan(piece)
    is_asked = is_asked and not _REPORTED.search(piece.heading)
    return is_asked or column_targets.holds_goals(piece.heading)


def is_plan(piece: Piece) -> bool:
    """Tell whether the column of a cell says what is planned for a task: 具体安排."""
    return bool(_PLAN.fullmatch(piece.heading.strip()))


def unread_time(printed: str, piece: Piece, times: Sequence[str]) -> str:
    """Say why a time in such a cell is unread, `times` being those of its task; empty where it is
    kept there."""
    if not times and _is_day_of_unknown_head(piece):
        return tell("reading.times_column_not_known")
    is_known = header_words.use_of(piece.heading) and not holds_goals(piece)
    is_goal = is_plan(piece) or (holds_goals(piece) and not times)
    is_due = bool(DUE.search(printed) or _AHEAD.search(printed))
    is_due = bool(piece.heading) and (is_due or (is_goal and bool(_WHEN.search(printed))))
    if is_known or not is_due or extent(printed, times):
        return ""
    return tell("reading.time_column_of_goals")


def _is_day_of_unknown_head(piece: Piece) -> bool:
    """Whether a cell is a day below a head that nobody knows, or below one of days that may lie
    ahead (批复时间)."""
    head = piece.heading
    is_unknown = bool(head) and not re.search(r"\d", head) and not header_words.use_of(head)
    is_unknown |= time_headings.may_lie_ahead(head, piece.text)
    is_unknown |= bool(_REPORTED.search(head))
    return is_unknown and is_deadline(piece.text) and bool(_DAY.search(piece.text))
