"""Targets promised in tasks and outcomes reported in case studies: the figures and their dates.

Every figure with a unit that a text holds is either one of these or refused with a reason
(`refused`), so that a reader can check what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from yiyang.core.schema import Rows
from yiyang.grammar import dates, quantities
from yiyang.grammar.deadline_phrases import Time, in_text
from yiyang.grammar.numerals import fold
from yiyang.grammar.quantities import Quantity

# 以…中心为龙头、43家…为网底; 由…、16个委办局及43个街乡为成员单位: who makes up a body
_MADE_OF = re.compile("(?<![可予加给足得难])以(?![上下内及后来前外])")
_MADE_UP = re.compile("为(?:成员|组长|引领|龙头|支撑|主体|网底)")
# 新建200张及以上床位的养老机构; 超过100人的企业
_THRESHOLD = re.compile(r"^[^,，。;；、]{0,10}的(?!比例|比重|标准)")
# 现有12家, 已建成10家
_EXISTING = re.compile(r"(?:现有|原有|已有|已建成?|目前)[^,，。;；、]{0,8}$")
# 可申请最高不超过15万元
_PERMISSION = re.compile(r"可(?![持靠及行])[^,，。;；]*$")
# Verbs that make a count in Chinese numerals a figure and no name (五个新城, 一个目标).
_COUNTED = re.compile(
    r"(?:设置|设立|设有?|建设|建立|建成|新建|新增|改建|打造|培育|创建|配备|拥有|提供|完成|开展|认定"
    r"|实现|引导|规划建设|每年|每月|每季度|至少有?|不少于|达到?|有|共计?)$"
)


def _refusal(text: str, quantity: Quantity) -> str:
    """Why a figure is neither a promise nor a result; empty where it may be one."""
    first, last = quantities.clause(text, quantity.begin)
    before, after = text[first : quantity.begin], text[quantity.end : last + 1]
    if _MADE_UP.search(after) or (_MADE_OF.search(before) and "为" in after):
        return "part of a body that is described"
    phrase = text[quantity.begin : quantity.end]
    is_threshold = re.search("以[上下]$|^超过", phrase) and quantity.unit != "%"
    if (is_threshold and _THRESHOLD.search(after)) or after.endswith(("的,", "的，")):
        return "condition"
    if quantity.end in _starts(text, first, last):
        return "where it starts from"
    # 百分之八十 and 不低于三家 are figures wherever they stand.
    is_bare = quantity.comparator == "=" and quantity.unit not in ("%", "‰", "个百分点")
    if quantity.is_word and is_bare and not _COUNTED.search(text[first : quantity.number]):
        return "number in a name"
    return ""


def _starts(text: str, first: int, last: int) -> list[int]:
    """Where the figures of a clause end from which another figure starts: 由35%提高到50%."""
    return [match.end() for match in quantities.START.finditer(text, first, last)]


def _refusal_of_promise(text: str, quantity: Quantity) -> str:
    first, last = quantities.clause(text, quantity.begin)
    starts = _starts(text, first, last)
    if quantity.end in starts:
        return _refusal(text, quantity)
    before = text[max([first, *(s for s in starts if s < quantity.begin)]) : quantity.begin]
    if _EXISTING.search(before):
        return "what exists already"
    if _PERMISSION.search(before):
        return "permission"
    return _refusal(text, quantity) or _refusal_of_kind(text, quantity)


# 给予一次性补助，最高50万元; 单户补贴标准; 贷款额度: what is paid to others. A price per service
# that the government buys (每人次300元) is its own promise.
_PAID = re.compile(
    r"给予|补[贴助]|奖[励补]|资助|减免|报销|救助|贴息|贷款|罚款|一次性|封顶|津贴|待遇"
)
# 优先支持1家国家级试点: the prize of those who do well
_PRIZE = re.compile(r"(?:优先|择优)[^,，。;；]{0,4}$")
_ENTITLED = re.compile(r"(?:享受|享有|领取|有权|报销)[^,，。;；]{0,10}$")
# 床位超过200张的机构, 对满100人的企业: who is meant
_MEANT = re.compile(
    r"^[^,，。;；、]{0,12}的(?:[^,，。;；、]{0,8})(?:机构|企业|单位|个人|家庭|老年人|老人|项目|社区|小区|人员|对象|市|区|县)"
)
_FOR_WHOM = re.compile(r"(?:^|[,，。;；])(?:凡|对于?|符合|经|满)[^,，。;；]*$")
_ILLNESS = re.compile(r"^[^,，。;；、]{0,6}(?:疾病|慢性?病|传染病|病种|癌症|肿瘤|公共卫生服务)")
_SCOPE = re.compile("实现|试点|覆盖|纳入")


def _refusal_of_kind(text: str, quantity: Quantity) -> str:
    """Why a figure binds no government: what is paid, a prize, a right, who is meant, a disease."""
    first, last = quantities.clause(text, quantity.begin)
    start, _ = quantities.sentence(text, quantity.begin)
    before, after = text[first : quantity.begin], text[quantity.end : last]
    is_money = quantity.unit.startswith("元") and quantity.unit != "元/人次"
    if (is_money or quantity.unit in ("%", "倍")) and _PAID.search(
        text[max(start, first if not is_money else start) : last]
    ):
        return "what is paid to others"
    if _PRIZE.search(before):
        return "prize"
    if _ENTITLED.search(before):
        return "entitlement"
    if _MEANT.match(after) and (quantity.comparator != "=" or _FOR_WHOM.search(before)):
        return "" if quantity.unit == "%" else "condition"
    if quantity.unit in ("种", "类", "项") and _ILLNESS.match(after) and not _SCOPE.search(before):
        return "diseases and services"
    return ""


Refuse = Callable[[str, Quantity], str]


def _judged(text: str, refuse: Refuse) -> list[tuple[Quantity, str]]:
    """The figures of a text, each with the reason of its refusal, empty where it is kept."""
    folded = fold(text)
    return [(quantity, refuse(folded, quantity)) for quantity in quantities.find(text)]


def _kept(text: str, refuse: Refuse) -> list[tuple[Quantity, str]]:
    """The figures of a text that are not refused, each with what it measures."""
    kept = [quantity for quantity, reason in _judged(text, refuse) if not reason]
    return list(zip(kept, quantities.indicators(text, kept), strict=True))


def find(
    tasks: Rows, deadlines: Rows, *, issued: date | None = None, year: int | None = None
) -> Rows:
    """The figures promised in tasks, rows of the table `targets`, in the order of the text.

    The date of one is that which its sentence names last before it, else the first of the task's
    column. `issued` and `year` (of the title) are those that `deadlines.find` was given.
    """
    dated: dict[str, Rows] = {}
    for row in deadlines:
        if row["due"]:
            dated.setdefault(row["task_id"], []).append(row)
    rows = []
    for task in tasks:
        name, text = task["task_id"], task["text"]
        times = in_text(text, issued, year=year)
        for order, (quantity, indicator) in enumerate(_kept(text, _refusal_of_promise), 1):
            due, source = _due(text, quantity, dated.get(name, []), times)
            rows.append(
                {
                    "task_id": name,
                    "order": order,
                    "value_high": quantity.high,
                    "due": due,
                    "due_source": source,
                    "char_start": quantity.begin,
                    "char_end": quantity.end,
                }
                | _figure(text, quantity, indicator)
            )
    return rows


def refusals(tasks: Rows, paragraphs: Sequence[dict[str, Any]] = ()) -> Rows:
    """One row is a figure of a task or a paragraph of a case study that is no target and no
    outcome, with the kind of its refusal: `task_id` (empty for a paragraph), `line`, `kind`,
    `value`, `unit`, `printed`, `char_start`, `char_end`."""
    texts = [(row, _refusal_of_promise) for row in tasks]
    texts += [(row, _refusal) for row in paragraphs]
    return [
        {
            "task_id": row.get("task_id", ""),
            "line": row.get("line") or row.get("line_start"),
            "kind": reason,
            "value": quantity.value,
            "unit": quantity.unit,
            "printed": row["text"][quantity.begin : quantity.end],
            "char_start": quantity.begin,
            "char_end": quantity.end,
        }
        for row, refuse in texts
        for quantity, reason in _judged(row["text"], refuse)
        if reason
    ]


def refused(texts: pd.DataFrame) -> pd.DataFrame:
    """One row is a figure that is no target or no outcome: `key, printed, reason`.

    `texts` are tasks, or paragraphs as `outcomes` takes them (then `key` is the line).
    """
    is_task = "task_id" in texts
    refuse = _refusal_of_promise if is_task else _refusal
    rows = [
        (key, text[q.begin : q.end], reason)
        for key, text in zip(texts["task_id" if is_task else "line"], texts["text"], strict=True)
        for q, reason in _judged(text, refuse)
        if reason
    ]
    return pd.DataFrame(rows, columns=["key", "printed", "reason"])


def _figure(text: str, quantity: Quantity, indicator: str) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "comparator": quantity.comparator,
        "value": quantity.value,
        "unit": quantity.unit,
        "printed": text[quantity.begin : quantity.end],
    }


_NO_DATE = ("", "date as an attribute")
"""The refusals of a time of a text that may still be the day of a figure: 2025年的14家."""


def _due(
    text: str, quantity: Quantity, dated: Rows, times: Sequence[Time]
) -> tuple[date | None, str]:
    first, _ = quantities.sentence(text, quantity.begin)
    own = [t for t in times if t.due and first <= t.begin and t.end <= quantity.end]
    own = [t for t in own if t.begin < quantity.number and t.refusal in _NO_DATE]
    starts = _starts(fold(text), first, quantity.begin)
    own = [
        t for t in own if not any(t.end <= s <= quantity.begin and s - t.end < 8 for s in starts)
    ]
    if own:
        return own[-1].due, "text"
    for row in dated:
        if row["source"] == "text" and row["printed"] in text[first : quantity.begin]:
            return row["due"], "text"
    column = [row["due"] for row in dated if row["source"] == "column"]
    return (column[0], "column") if column else (None, "")


# 截至2022年底, 截至2023年12月31日
_AS_OF = re.compile(rf"截[至止]到?({dates.POINT})")


def outcomes(paragraphs: Rows) -> Rows:
    """The figures that the case study reports of which these are the paragraphs (`document_id`,
    `line`, `text`): rows of the table `outcomes`.

    A figure is of the day that its sentence names with 截至, else of the last day named before it
    in its paragraph (then `as_of_source` is `paragraph`); a figure before any such day has none.
    """
    rows: Rows = []
    for paragraph in paragraphs:
        text = fold(paragraph["text"])
        days = [(m.start(), dates.point(m[1], None)) for m in _AS_OF.finditer(text)]
        for quantity, name in _kept(paragraph["text"], _refusal):
            as_of, source = _as_of(text, quantity, days)
            rows.append(
                {
                    "document_id": paragraph["document_id"],
                    "order": len(rows) + 1,
                    "as_of": as_of,
                    "as_of_source": source,
                    "line": paragraph["line"],
                }
                | _figure(paragraph["text"], quantity, name)
            )
    return rows


def _as_of(
    text: str, quantity: Quantity, stated: Sequence[tuple[int, dates.Days | None]]
) -> tuple[date | None, str]:
    before = [(at, days) for at, days in stated if at < quantity.begin and days]
    if not before:
        return None, ""
    at, days = before[-1]
    first, _ = quantities.bounds(text, quantity.begin, "。\n")
    return days.last, "sentence" if at >= first else "paragraph"
