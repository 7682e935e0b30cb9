"""Say what in a reading is doubtful, and how sure it is with that: what was left counts.

A doubt is a warning with its line: a value that is there and may be wrong. It rests on the account
of signs and on how the tasks of a document look beside each other; nothing is changed by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from statistics import median
from typing import Any

from yiyang.core.schema import Rows
from yiyang.parse import UNIT_FIELDS, Piece, Reading
from yiyang.parse.numbers import ordinal
from yiyang.reading import figure_doubts, left_out, odd_rows
from yiyang.reading.account import Account
from yiyang.reading.heads import Heads
from yiyang.reading.judging import IN_HEADING, LISTS, STRONG, UNREAD, USED
from yiyang.reading.signs import plain
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import counted, tell

SURE_AT_MOST = 0.85
"""How sure a reading is at most where a sign is unread or a value doubtful."""
NONE_AT_MOST = 0.45
"""How sure it is at most that a document lists no tasks, where signs of tasks are unread."""
NO_UNITS_PRINTED = 0.9
"""How sure a table with a header is read in which no unit is printed that could be missed."""
ONE_HEADING = 8
"""Characters of the heading of one column; longer ones are those of a table on one line."""
SUPPORTING = "supporting"
MOST = 20
"""Warnings of one kind that are listed one by one."""


def judged(reading: Reading, account: Account, rows: dict[str, Rows], place: str) -> Reading:
    """Return the reading with its doubts among the problems, as sure as the account of signs
    allows."""
    found = [*_doubts(account, rows), *_behind_units(reading, rows), *_no_unit_in(reading, rows)]
    found += [*odd_rows.find(reading, rows), *_headed_too(reading, account, rows)]
    doubts = _said(found, place)
    odd = [*_two_roles(account, rows), *_gaps(account, rows), *_like_no_aim(rows)]
    told = _said(odd, place)
    sure = _sure(reading, account, rows, len(doubts))
    reasons = (*reading.reasons, *_reasons(account, doubts))
    bare = _said([*_without_units(rows), *_without_lead(rows)], place)
    problems = [*reading.problems, *bare, *told, *doubts]
    return replace(reading, confidence=sure, reasons=reasons, problems=problems)


def _said(doubts: Iterable[Doubt], place: str) -> list[InputError]:
    return [
        refusal(key, tell("place.line", file=place, line=line), **values)
        for line, key, values in doubts
    ]


def _sure(reading: Reading, account: Account, rows: dict[str, Rows], n_doubts: int) -> float:
    """How sure the reading is. Numbers that do not run on count where signs are unread: else
    nothing that is printed was left."""
    sure = reading.confidence
    is_of_results = tell("parse.title_tells_results") in reading.reasons
    if reading.layout.endswith("table") and not account.count_of(LISTS) and not is_of_results:
        sure = max(sure, NO_UNITS_PRINTED)
    if left_out.may_hold_tasks(rows.get("left_out", ())):
        sure = min(sure, SURE_AT_MOST if reading.n_tasks else NONE_AT_MOST)
    if left_out.is_out_of_order(rows.get("left_out", ())):
        sure = min(sure, NONE_AT_MOST)
    if not reading.n_tasks:
        answers = account.count(UNREAD, (*LISTS, "header"))
        is_table = any(
            row["kind"] == "header" and len(row["printed"]) > ONE_HEADING
            for row in account.unread()
        )
        is_list = is_table or answers > 1 or account.count(UNREAD, ("number",)) > 2
        return min(sure, NONE_AT_MOST) if is_list else sure
    unread, used = account.count(UNREAD, STRONG), account.count(USED, STRONG)
    missed = account.count(UNREAD, ("number",))
    weak = account.count(UNREAD, ("time", "figure"))
    n_doubts += sum(1 for _ in _gaps(account, rows)) if unread else 0
    if unread or weak or n_doubts:
        sure = min(sure, SURE_AT_MOST)
    share = max(unread / max(unread + used, 1), missed / (missed + reading.n_tasks))
    return round(max(sure * (1 - share) - 0.05 * min(n_doubts, 6), 0.1), 2)


def _reasons(account: Account, doubts: Sequence[InputError]) -> Iterator[str]:
    unread = len(account.unread())
    if unread:
        yield tell("reading.signs_tasks_unread", unread=unread, n=len(account.rows))
    if doubts:
        yield counted("value_doubtful", len(doubts))


def _doubts(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    finders = (
        _unread,
        _rules,
        _rules_of_times,
        _rules_of_figures,
        _headed,
        _odd_texts,
        _long_texts,
        _odd_sections,
        _odd_units,
    )
    for find in finders:
        yield from find(account, rows)


Doubt = tuple[int, str, dict[str, object]]
"""Line, the key of its sentences in refusals.csv, what fills their fields."""


def _without_units(rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks that name no unit in a document where at least every third does."""
    named = {row["task_id"] for row in rows["assignments"]}
    bare = [row for row in rows["tasks"] if row["task_id"] not in named]
    for row in bare[:MOST] if len(bare) <= 2 * len(named) else ():
        yield row["line_start"], "doubt.no_unit", {"text": _opening(row["text"])}


def _without_lead(rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks for which units are named that support others, and none that they support."""
    roles: dict[str, set[str]] = {}
    for row in rows["assignments"]:
        roles.setdefault(row["task_id"], set()).add(row["role"])
    for row in [task for task in rows["tasks"] if roles.get(task["task_id"]) == {SUPPORTING}][
        :MOST
    ]:
        yield row["line_start"], "doubt.no_lead", {"text": _opening(row["text"])}


def _unread(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks in whose words signs stand that no field holds."""
    of_task: dict[str, Rows] = {}
    for row in account.rows:
        if row["state"] == UNREAD and row["task_id"]:
            of_task.setdefault(row["task_id"], []).append(row)
    for task_id, signs in of_task.items():
        listed = "; ".join(
            tell(f"sign.printed.{row['kind']}", printed=row["printed"][:24]) for row in signs[:3]
        )
        yield signs[0]["line"], "doubt.unread", {"task_id": task_id, "listed": listed}


def _like_no_aim(rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Targets whose words are like those of figures that are no aims."""
    found = [*figure_doubts.doubted(rows["tasks"], rows["targets"])]
    for task, printed in found[:MOST]:
        yield task["line_start"], "doubt.figure", {"printed": printed, "task_id": task["task_id"]}


def _rules(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Lists of units for which the document states a rule that was not applied."""
    rules = _not_applied(account, "role")
    for line in dict.fromkeys(row["line"] for row in rows["assignments"]) if rules else ():
        yield line, "doubt.rule", {"rule": rules[0]}


def _rules_of_times(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks without a day for which the document states a rule that was not applied, and those
    whose time it explains: “年底前”指12月20日前."""
    rules = _not_applied(account, "time")
    words = {word for rule in rules for word in _EXPLAINED.findall(rule)}
    dated = {
        row["task_id"]
        for row in rows["deadlines"]
        if row["kind"]
        and not any(word in plain(row["printed"]) for word in words)
        and not any(_BY_NUMBER.search(rule) for rule in rules)
    }
    bare = [row for row in rows["tasks"] if row["task_id"] not in dated]
    for row in bare if rules else ():
        yield row["line_start"], "doubt.rule_of_time", {"rule": rules[0]}


# 年底, 上半年: a word of time that a rule explains
_EXPLAINED = expression(r"[年月旬]底|[年月]末|年内|[上下]半年|季度|[近短中远]期|汛前|汛期")


# 第3、4项, 带*的: which tasks are meant need not be those without a day
_BY_NUMBER = expression(r"第\(?[\d一二三四五六七八九十]|序号|[带标][有注]?[\"“(]?[^\w\s]")


def _rules_of_figures(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks with figures for which the document states a rule that was not applied."""
    rules = _not_applied(account, "figure")
    with_figures = {row["task_id"] for row in account.rows if row["kind"] == "figure"}
    columns = rows.get("task_columns", ())
    with_figures |= {row["task_id"] for row in columns if re.search(r"\d", row["text"])}
    for row in rows["tasks"] if rules else ():
        if row["task_id"] in with_figures:
            yield row["line_start"], "doubt.rule_of_figure", {"rule": rules[0]}


def _not_applied(account: Account, about: str) -> list[str]:
    rules = (row for row in account.unread() if row["kind"] == "rule" and row["style"] == about)
    return [row["printed"][:30] for row in rules]


def _headed(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks without units below a heading that names some: they may be theirs."""
    headings = [
        row for row in account.rows if row["state"] == UNREAD and row["reason"] == IN_HEADING
    ]
    named = {row["task_id"] for row in rows["assignments"]}
    for task in rows["tasks"]:
        above = [row for row in headings if row["line"] < task["line_start"]]
        if above and task["task_id"] not in named:
            yield task["line_start"], "doubt.headed", {"heading": above[-1]["printed"][:30]}


def _headed_too(reading: Reading, account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Tasks right below a heading that names units which they do not name beside their own."""
    below = Heads(reading.pieces).below
    named = {row["task_id"] for row in rows["assignments"]}
    tasks = {task["seq"]: task for task in rows["tasks"] if task["task_id"] in named}
    for row in account.unread():
        of_it = below.get(row["line"], ()) if row["reason"] == IN_HEADING else ()
        for task in (tasks[seq] for seq in sorted(of_it) if seq in tasks):
            yield task["line_start"], "doubt.headed_too", {"heading": row["printed"][:30]}


def _behind_units(reading: Reading, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Paragraphs behind the units with which their task ends: an attachment, a foot, a task."""
    if reading.layout not in ("articles", "mixed"):
        return
    last: dict[int, int] = {}
    behind: dict[int, Piece] = {}
    for piece in reading.pieces:
        if piece.seq and piece.use in UNIT_FIELDS and not piece.is_shared:
            last[piece.seq] = piece.line
            behind.pop(piece.seq, None)
        elif piece.use == "text" and piece.line > last.get(piece.seq, piece.line):
            behind.setdefault(piece.seq, piece)
    if len(behind) > 1 and 3 * len(behind) >= 2 * len(last):
        return  # the form of the document: a heading with its units, and its text below
    for piece in behind.values():
        yield piece.line, "doubt.behind_units", {"text": piece.text[:30]}


def _no_unit_in(reading: Reading, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Lists of units in which no unit was read: keys of a legend, 同上, a remark."""
    lines = {row["line"] for row in rows["assignments"]}
    for piece in reading.pieces:
        is_list = piece.use in UNIT_FIELDS and not piece.is_shared and not piece.goes_on
        if is_list and piece.line not in lines and re.search(r"\w", piece.text):
            yield piece.line, "doubt.no_name", {"text": piece.text[:30]}


def _two_roles(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Units that one task names with two roles: they may hold for parts of it."""
    roles: dict[tuple[str, str], set[str]] = {}
    for row in rows["assignments"]:
        roles.setdefault((row["task_id"], row["agency_name"]), set()).add(row["role"])
    for row in rows["assignments"]:
        found = roles.pop((row["task_id"], row["agency_name"]), set())
        if len(found) > 1:
            named = reduce(lambda a, b: tell("doubt.roles_joined", a=a, b=b), sorted(found))
            yield row["line"], "doubt.two_roles", {"unit": row["agency_printed"], "roles": named}


def _gaps(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Numbers of items that do not run on: one is missing where it says 三 after 一.

    A number of another style may begin anew below each item; tables have a check of their own.
    """
    last: dict[str, int] = {}
    for row in account.rows:
        style, number = row["style"], ordinal(row["number"])
        if row["kind"] != "number" or style in ("cell", "row", "1.1", "①", "一是") or not number:
            continue
        before = last.get(style)
        if row["state"] == USED and before is not None and number not in (1, before + 1):
            printed = row["printed"][:20]
            yield (
                row["line"],
                "doubt.gap",
                {"number": number, "printed": printed, "next": before + 1},
            )
        styles = list(last)
        for inner in styles[styles.index(style) + 1 :] if style in last else ():
            del last[inner]
        last[style] = number


# ，并…, 责任单位：…: no task begins so; …主办单位, 版权所有 …: none ends so
_ODD_BEGINNING = expression(r"^(?:[,。;、)】:!?]|(?:责任|牵头|配合|主办)(?:单位|部门)[:(])")
_FOOT = expression(
    r"(?:抄送:|主办单位:|承办单位:|版权所有|ICP备|网站地图|联系我们|扫一扫|上一篇|下一篇|打印本页)"
)


SHORTEST = 4
"""Characters of a task; fewer before a mark that goes on are the rest of a broken word."""


def _odd_texts(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    for row in rows["tasks"]:
        text = plain(row["text"])
        is_rest = len(re.sub(r"\W", "", text)) < SHORTEST and text.endswith((";", ",", "、"))
        if is_rest or _ODD_BEGINNING.match(text):
            yield row["line_start"], "doubt.beginning", {"text": text[:20]}
        if foot := _FOOT.search(text):
            yield row["line_end"], "doubt.foot", {"text": text[foot.start() :][:30]}


def _long_texts(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    """Texts far longer than those beside them: they may hold more than one task."""
    lengths = [len(row["text"]) for row in rows["tasks"]]
    usual = median(lengths) if lengths else 0
    for row, length in zip(rows["tasks"], lengths, strict=True):
        if len(lengths) > 2 and length > max(8 * usual, 500):
            text = _opening(row["text"])
            yield row["line_start"], "doubt.long", {"length": length, "text": text, "usual": usual}


# 各区要…。…: a sentence in the place of a heading, without a number before it
_SENTENCE = expression(r"^(?!\W*[一二三四五六七八九十\d]{1,3}\W|第)[^。]*。.")


def _odd_sections(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    seen: set[str] = set()
    for row in rows["tasks"]:
        section = plain(row["section_printed"] or "")
        if section not in seen and _SENTENCE.match(section):
            seen.add(section)
            yield row["line_start"], "doubt.section", {"section": section[:30]}


# 2025年, 完成, 及时: no name of a unit holds them
_NO_NAME = expression(
    r"\d|完成|按照|及时|做好|工作$|[:。;]$|^\)|\($|列第|下同|[*<>|_\\`]|等和?各|等[^等]{2,}(?:部门|单位)$"
    r"|(?<![组班办会各])(?:牵头|责任|配合|支撑|考核|协同|承办|落实|实施|主管|督办|指导|保障)(?:单位|部门)$"
)


def _odd_units(account: Account, rows: dict[str, Rows]) -> Iterator[Doubt]:
    for row in rows["assignments"]:
        name = plain(row["agency_printed"])
        if row["agency_id"] is None and (len(name) > 16 or len(name) < 2 or _NO_NAME.search(name)):
            yield row["line"], "doubt.unit", {"name": name, "task_id": row["task_id"]}


def _opening(text: Any) -> str:
    return plain(str(text))[:20]
