"""Read notes that change single items of a list, by their numbers or by a mark that they bear.

说明：1.第（三）项增加永桥中心校为配合单位。2.第（四）项因规划调整，完成时限顺延至2026年1月底前。
备注：带*的任务完成期限调整为2026年3月底前。

What a note adds becomes a list of units of its own, on the line of the note; what it moves goes to
`grammar.moved_days`. A sentence is applied where every item that it names is that of one task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from yiyang.core.schema import Rows
from yiyang.core.text import simplify
from yiyang.grammar.notes_by_number import ITEMS, OPENS, listed, numbered
from yiyang.safety.later import expression

REMARKS = expression("备注|附注|说明|^注$|^(?:调整|变更)(?:情况)?$")
"""The head of a column of remarks: 备注, 调整说明; not 反馈意见, 修改建议."""
_SENTENCE = expression(r"[^。;；\n\t]{6,300}")
_MARKS = "[★☆▲△▼▽※◆◇●○◎■□☑✓✔√＊*#♦✦⊙]"
# 带*的任务, 标“★”号的项目, 序号带*的
_MARKED = expression(
    rf"(?:序号|编号)?[带标][有注]?[\"“(（]?(?P<mark>{_MARKS})[\"”)）]?号?的?(?:重点)?(?:任务|工作|事项|项目|措施)?"
)
# 经县政府常务会议研究同意，第2项…: what stands before the items
_REASON = expression(
    r"^(?:经|根据|按照?|因|鉴于)(?![^,，]{0,30}[未不没暂])[^,，。;；]{2,30}[,，]\s?(?=第)"
)
# names, and no 2个, 另行通知, 县水利局牵头、县民政局
_UNITS = r"(?![^,，。;；]{0,60}?(?:\d|另行|通知|若干|(?:牵头|主办)[、及和]))[^,，:：]{2,60}?"
_SUPPORTS = "配合|协办|协助|参与|支持"
# 配合做好工作
_SO = "(?:实施|落实|推进|做好|完成|相关|有关|工作){0,3}"
# 县公安局配合, 请各乡镇统计站配合: a remark that is nothing but who supports
_SUPPORTED = expression(
    r"^(?:[请由须]|需(?!要))?(?P<units>[一-鿿、]{3,120}?)(?P<part>配合|协办|协助|参与|指导|督导)"
    rf"{_SO}$"
)
_NAME = expression(
    "[一-鿿]{2,16}(?:[局委办厅院镇乡站所队处科股校]|(?<!干)部|(?<!社)会|中心|公司|街道|政府|银行)"
)
# 无需县公安局配合, 加强与县公安局配合: no name; but 原平市, 如东县, 未央区
_NO_NAME = expression(
    "[^、]*(?:无需|需要|不需|取消|争取|申请|加强|鼓励|去年)"
    "|(?:[暂尚均也]|积极|主动|进一步)?(?:不|原(?![平州阳])|已|未(?!央)|与|必要|拟|如(?![东皋])|得到|获(?!嘉)|视情|曾(?!都))"
)
_PART = f"{_SUPPORTS}|责任|牵头|主办"
# 增加永桥中心校为配合单位; 增加配合单位：县财政局; 由县林业局配合
_ADDED = tuple(
    map(
        expression,
        (
            rf"(?:增加|新增|增列|补充)(?P<units>{_UNITS})(?:作)?为(?P<part>{_PART})(?:单位|部门)",
            rf"(?:增加|新增|增列|补充)(?P<part>{_PART})(?:单位|部门)[:：为]?(?P<units>{_UNITS})",
            rf"(?P<part>{_PART})(?:单位|部门)(?:增加|新增|增列|补充)[:：为]?(?P<units>{_UNITS})",
            rf"(?:还|另|同时|一并|并)?由(?P<units>{_UNITS})(?:共同|一并|负责)?(?P<part>{_SUPPORTS})"
            rf"{_SO}",
        ),
    )
)
_EACH = expression("[、和及与]")
_ROLES = {"责任": "responsible", "牵头": "lead", "主办": "lead"}


class Note(NamedTuple):
    """A sentence of a note about some tasks: its line, the sentence, and what it says of them."""

    line: int
    sentence: str
    words: str
    tasks: tuple[str, ...]


class Added(NamedTuple):
    """Lists of units that notes add to tasks, as `parse.mentions` gives lists, and the lines and
    sentences on which they rest."""

    lists: Rows
    applied: set[tuple[int, str]]


def find(
    tasks: Rows, notes: Rows, mentions: Rows, columns: Sequence[dict[str, Any]] = ()
) -> tuple[list[Note], Added]:
    """Return the sentences of notes (`text`, `line`) about items that are tasks, and the lists of
    units that they, or remarks in other `columns`, add to those of the `mentions`."""
    found = [*_of_items(tasks, notes)]
    remarks = (
        Note(row["line"], match[0], simplify(match[0]).strip(), (row["task_id"],))
        for row in columns
        if REMARKS.search(row["column_printed"] or "")
        for match in _SENTENCE.finditer(row["text"])
    )
    return found, _added([*found, *remarks], mentions)


def _of_items(tasks: Rows, notes: Rows) -> Iterator[Note]:
    """The sentences of notes whose items are those of one task each."""
    by_number = numbered(tasks)
    first = min((task["line_start"] for task in tasks), default=0)
    is_once = all(len(names) == 1 for names in by_number.values())  # no numbers begin anew
    for note in (note for note in notes if note["line"] > first):
        for match in _SENTENCE.finditer(str(note["text"])):
            words = simplify(match[0])
            words = _REASON.sub("", OPENS.sub("", words, count=1), count=1)
            if items := ITEMS.match(words):
                meant = [by_number.get(number, []) for number in listed(items["numbers"])]
                is_clear = is_once and bool(meant) and all(len(names) == 1 for names in meant)
                names = tuple(names[0] for names in meant) if is_clear else ()
            elif items := _MARKED.match(words):
                names = tuple(_bearing(tasks, items["mark"]))
            else:
                continue
            said = words[items.end() :].strip(" ,，、")
            if names:
                yield Note(note["line"], match[0], said, names)


def _bearing(tasks: Rows, mark: str) -> Iterator[str]:
    """The tasks that bear a mark at their number, before their words or behind them."""
    for task in tasks:
        words = simplify(str(task["text"])).strip("。；; ")
        number = simplify(str(task["number_printed"] or ""))
        if simplify(mark) in (number[:1], number[-1:], words[:1], words[-1:]):
            yield task["task_id"]


def left(notes: Sequence[Note], applied: set[tuple[int, str]]) -> Rows:
    """Return what `notes` say of tasks (`task_id`, `text`) and rests in no field, by the lines and
    words that were `applied`."""
    return [
        {"task_id": name, "text": note.sentence}
        for note in notes
        if not any(
            line == note.line and (note.sentence in words or words in note.sentence)
            for line, words in applied
        )
        for name in note.tasks
    ]


def _who_supports(words: str) -> re.Match[str] | None:
    """The units of a remark that is nothing but who supports; None for any other."""
    match = _SUPPORTED.match(words)
    names = _EACH.split(match["units"]) if match else []
    if any(map(_NO_NAME.match, names)):
        return None
    return match if all(map(_NAME.fullmatch, names)) else None


def _added(notes: Sequence[Note], mentions: Rows) -> Added:
    first: dict[str, dict[str, Any]] = {}
    named: dict[str, str] = {}
    for mention in mentions:
        name = mention["task_id"]
        first.setdefault(name, mention)
        if mention["field"] not in ("text", "deadline"):
            named[name] = f"{named.get(name, '')}、{mention['text']}"
    found: Rows = []
    applied: set[tuple[int, str]] = set()
    for note in notes:
        match = next(filter(None, (one.fullmatch(note.words) for one in _ADDED)), None)
        match = match or _who_supports(note.words)
        if not match or not all(name in first for name in note.tasks):
            continue
        others = {
            name: "、".join(u for u in _EACH.split(match["units"]) if u not in named.get(name, ""))
            for name in note.tasks
        }
        own = {
            "field": _ROLES.get(match["part"], "supporting"),
            "line": note.line,
            "heading": "",
            "is_shared": len(note.tasks) > 1,
            "is_inferred": False,
            "span": None,
            "inferred_reason": "",
        }
        for name, units in others.items():
            found += [first[name] | own | {"printed": units, "text": units}] if units else []
        applied.add((note.line, note.sentence))
    return Added(found, applied)
