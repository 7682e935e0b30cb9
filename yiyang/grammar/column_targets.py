"""Find targets in columns of a table: 2026年目标 | 12.5万亩, 计量单位 | 亩 and 目标数 | 1200.

Of columns that are years (2025年 | 2026年 | 2027年) each holds the goal of its own year.

A cell is a target where a figure is all that it holds; one of clauses (目标要求 |
收治病人80名，回收资金2.6亿元) is read as the words of a task where it holds no other number;
any other is kept as printed in `task_columns`, and what figures it holds is said to be unread
(`holds_goals`). A cell of times that counts what is done by then (12月底前完成河道治理12公里) is
read so too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar import (
    goal_heads,
    period_columns,
    quantities,
    targets,
    time_headings,
    year_goals,
)
from yiyang.grammar.deadline_phrases import in_text
from yiyang.grammar.figures import Quantity
from yiyang.grammar.measure_words import UNIT
from yiyang.grammar.numerals import fold
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

Row = dict[str, Any]
_STANDARD = "(?:达标|创建|测评|完成|量化)(?:要求|标准)"
# 目标数, 目标值, 达标要求, 目标要求, 2026年目标, 计划数, 任务数, 指标值: what is to be reached
_GOAL = expression(
    r"(?:本?年度?|20\d\d年度?|全年|当年|工作|预期|绩效|主要|具体|量化)?(?:目标|计划|任务|指标)"
    r"(?:任务|指标|完成|要求)?[数值量]?"
    rf"|{_STANDARD}|(?:本?年度?|20\d\d年度?)(?:计划|目标)(?:完成)?投资(?:额|目标)?"
)
# 计划新增床位（张）, 其中：新建（座）: what is to be done, and how it is counted; not 改造前
_TO_DO = expression(
    r"(?:其中[:：]?)?(?:20\d\d年度?|本年度?|今年)?(?:计划|拟|目标|预计|预期)?"
    r"(?:新增|新建|改造|改建|扩建|建设|完成|培训|实施|安装|配备|整治|治理|修复|种植|救助)[^实已现原前后费率额价比本成（(\d]{0,12}"
)
# 预期成效, 量化指标, 完成标志, 年度任务: goals in words
_IN_WORDS = expression(
    r"(?:预期|阶段性?|本?年度?|20\d\d年度?|主要|量化|任务|工作|考核|绩效|具体){1,2}(?:目标|指标|成效|成果|效果)"
    r"|(?:完成|验收)标[志准]|标志性成果|量化(?:要求|标准|任务)"
    r"|(?:(?:本?年度?|20\d\d年度?|今年|全年)(?:建设|工作|主要|重点|目标|投资|实施)?|[一二两三四五]年)(?:任务|计划|目标)"
    r"|(?:年度?|20\d\d年度?)?形象进度(?:要求|目标)?"
    rf"|{time_headings.PLANNED_VERB}"
)
_NO_COUNT = ("%", "元", "分", "倍")
_KNOWN_BY_FIGURE = expression(rf"数$|值$|量$|目标$|(?:目标|指标)要求$|投资额?$|{_STANDARD}$")
# 工程量: 更换管道3.8公里; not 建设规模
_OF_WORK = expression("(?:计划|建设|主要)?(?:实物)?(?:工程量|工作量|任务量)")
# 目标要求, 阶段目标, 预期成效, 2025年目标值: a column whose figures are goals, whichever of them
# can be read; not 目标完成情况, 指标来源, 目标权重
_OF_GOALS = expression(
    rf"目标|建设内容[及和与]规模|规模[及和与](?:建设)?内容|指标|{_STANDARD}|预期(?:成果|成效|效果)|(?:计划|任务)[数值量]$|^(?:{_IN_WORDS.pattern}|{_OF_WORK.pattern})$"
)
_OF_NO_GOALS = expression(
    r"情况|完成[数值率]|实际|基[数期]|来源|性质|类型|权重|分值|得分|说明|备注|编[号码]"
)
# 数量, 工程量: the same beside a column of units of measure
_AMOUNT = expression("(?:计划|任务|目标|建设|工程|工作|完成)?(?:数量|工程量|任务量|工作量)")
# 计量单位, and 单位 beside a column of goals
_UNIT = expression(r"计?[量数]{0,2}单位")
_BRACKETS = expression(r"[（(][^（）()]{0,12}[）)]")
# 1200, 1,200, 12.5, ≥95, 不少于800
_NUMBER = expression(
    r"(?:不[低少高多]于|不超过|至少|控制在)?[≥≤><]?=?\d{1,9}(?:[,，]\d{3})*(?:\.\d{1,4})?"
)
# 400/2000, 80-90, 95以上: figures and what joins them, no word of a unit among them
# 不高于32, 控制在15以内: the same behind a word of comparison
_FIGURES = expression(
    r"(?:不[高低大小多少]于|不超过|至少|最[多少高低]|控制在|(?:降低?|提[升高]?|压[减缩]?|升|增[加长]?)[至到]|达到?|[约近超])?"
    r"[≥≤><]?=?\d[\d.,，/%％~～\-—–至、+]{0,30}(?:左右|以[上下内])?"
)
# 新增床位（张）, 目标值（单位：万元）
_IN_BRACKETS = expression(
    rf"[（(](?:单位[:：])?([十百千万亿]{{0,2}}(?:{UNIT}|％)(?:/[一-鿿]{{1,4}})?)[）)]"
)


def find(tasks: Rows, columns: Rows, times: Rows, promised: Rows, **given: Any) -> Rows:
    """Return the rows of the table `targets` (`promised`) with those that stand in `columns` (of
    `task_columns`); `given` are the `issued` and `year` that `targets.find` takes.

    A figure alone is of the task as a whole: its text says what is measured. One that the text
    itself promises is not named twice; of a task with several columns of goals none is read.
    """
    of_task = _by_task(columns)
    if not of_task:
        return promised
    promises, dated = _by_task(promised), _by_task(times)
    years = year_goals.of_table(columns, given.get("issued"), given.get("year"))
    parts = period_columns.goals(columns, given.get("issued"), given.get("year"))
    found: Rows = []
    for task in tasks:
        name = task["task_id"]
        own, days = promises.get(name, []), dated.get(name, [])
        found += own
        cells = of_task.get(name, [])
        if by_year := _by_year(task, cells, days, years, given):
            goals = [goal for goal in by_year if not any(_is_same(row, goal) for row in own)]
        else:
            by_part = _by_part(task, cells, parts, given)
            goals = [goal for goal in by_part if not any(_is_same(row, goal) for row in own)]
            head, cell, unit = _goal(task, cells)
            goal = _alone(task, cell, days, unit)
            of_cell = [goal] if goal else _of_words(task, cell, days, given)
            settled = [goal_heads.settled(goal, head, days, **given) for goal in of_cell]
            settled = settled or _counted(task, cells, days, given)
            said = [(row["value"], row["unit"]) for row in [*own, *goals]]
            goals += [g for g in settled if g and (g["value"], g["unit"]) not in said]
        found += [goal | {"order": len(own) + n} for n, goal in enumerate(goals, 1)]
    return found


def _by_year(
    task: Row, columns: Rows, times: Rows, years: dict[str, int], given: dict[str, Any]
) -> Rows:
    """The targets of a task that stand in columns of years, each that of its own."""
    heads = year_goals.own_heads([row["column_printed"] or "" for row in columns], years)
    found = []
    for head, own in heads.items():
        [cell, *others] = [row["text"] for row in columns if row["column_printed"] == head]
        days = year_goals.times_of(own, times)
        if others or days is None:
            continue
        words, unit = _with_unit(task, columns, head, squash(cell))
        goal = _alone(task, words, days, unit) or _of_clause(task, words, days, given)
        goal = goal and goal_heads.settled(goal, head, days, **given)
        found += [goal] if goal else []
    return found


def _counted(task: Row, columns: Rows, times: Rows, given: dict[str, Any]) -> list[Row | None]:
    """The targets of a task below heads that say what is to be done and how it is counted, each
    named by its head: 计划新增床位（张） | 其中：护理型床位（张）."""
    found: list[Row | None] = []
    of_all = False
    for row in columns:
        head = _head(row["column_printed"])
        is_part = of_all and head.startswith("其中")
        of_all = bool(_TO_DO.fullmatch(head)) or is_part
        words, unit = _with_unit(task, [row], row["column_printed"] or "", squash(row["text"]))
        goal = _alone(task, words, times, unit) if unit and of_all else None
        if goal and goal["value"] and not goal["unit"].startswith(_NO_COUNT):
            found.append(
                goal_heads.settled(
                    goal | {"indicator": head}, row["column_printed"] or "", times, **given
                )
            )
    return found


# 累计完成: what is measured stands in the words of the task
_BARE = expression("(?:累计|完成|建成|达到|实现|新增|各|再|全部)+")


def _by_part(task: Row, columns: Rows, parts: dict[str, date], given: dict[str, Any]) -> Rows:
    """The targets of a task in columns that are parts of a year, each due by the end of its own;
    none where a cell among them is more than a figure."""
    cells = [row for row in columns if row["column_printed"] in parts]
    cells = [row for row in cells if _DIGITS.search(row["text"])]  # not 完成选址
    texts = [squash(row["text"]) for row in cells]
    goals = [_alone(task, words, [], "") or _of_clause(task, words, [], given) for words in texts]
    return [
        goal | {"due": parts[row["column_printed"]], "due_source": "column"}
        for row, goal in zip(cells, goals, strict=True)
        if goal and all(goals)
    ]


def _is_same(row: Row, goal: Row) -> bool:
    """Whether the text of a task promises a goal of a year already."""
    is_due = row["due"] in (None, goal["due"])
    return is_due and (row["value"], row["unit"]) == (goal["value"], goal["unit"])


def _by_task(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(row)
    return found


# 岁, MW, 吨标煤, 毫克/升: what a column of units may say that no text is asked for; not 教育局
_OWN_UNIT = expression(
    "(?![十百千万亿年月日](?![克瓦]))(?:[一-鿿]{2,6}(?=/)|[一-鿿]{1,3}(?<![局委办镇乡街县市区院会厅部站])|[A-Za-z]{1,5})(?:/[一-鿿A-Za-z]{1,4})?"
)


def _whole(cell: str, unit: str) -> Quantity | None:
    """The figure that is all of a cell; `unit` is what the column of units says of its number."""
    number = cell.removesuffix(unit)
    # 14千克标煤/平方米: of which 14千克 is a part
    is_part = any(found.end == len(cell) for found in quantities.find(cell))
    is_own = bool(unit) and not is_part and bool(_OWN_UNIT.fullmatch(unit))
    words = f"{number}个" if is_own else cell
    for whole in quantities.find(words):
        if words == words[whole.begin : whole.end]:
            return whole._replace(unit=unit) if is_own else whole
    return None


_OPEN_QUOTES = expression('[“”‘’"]')


def _alone(task: Row, cell: str, times: Rows, unit: str) -> Row | None:
    """The target that a cell is in which a figure stands alone; None for any other."""
    quantity = _whole(cell, unit)
    if not quantity:
        return None
    if cell.startswith("达") and quantity.unit == "%":  # 教师占比 | 达到65%
        joined = quantities.find(_OPEN_QUOTES.sub("", _name(task)) + cell)
        quantity = next((q for q in joined[-1:] if q.comparator == ">="), quantity)
    due = targets.of_column([time for time in times if _is_column(time)])
    return {
        "task_id": task["task_id"],
        "indicator": _name(task),
        "comparator": quantity.comparator,
        "value": quantity.value,
        "value_high": quantity.high,
        "unit": quantity.unit,
        "due": due,
        "due_source": "column" if due else "",
        "printed": cell,
        "char_start": len(task["text"]),
        "char_end": len(task["text"]),
        "is_inferred": False,
    }


# 收治病人80名。: no second clause, of which the figure may be
_ENDS = "。；;. "
_CLAUSES = expression(r"[,，。;；!！\n\t]")
_DIGITS = expression(r"\d{1,12}")


def _of_clause(task: Row, cell: str, times: Rows, given: dict[str, Any]) -> Row | None:
    """The target that a cell of one clause promises with its only figure, else None."""
    goals = _of_words(task, cell, times, given)
    return goals[0] if len(goals) == 1 and not _CLAUSES.search(cell.strip(_ENDS)) else None


_NAMED = expression("[一-鿿]{2}")
# DN600管道, 2号锅炉: numbers of a name
_IN_NAME = expression(r"[A-Za-z]{1,3}\d{2,4}(?=[一-鿿])|(?<!\d)(?:\d{1,2}号|123\d\d)(?=[一-鿿])")
_NO_AIMS = (tell("grammar.what_exists_already"), tell("grammar.number_name"))


def _of_words(task: Row, cell: str, times: Rows, given: dict[str, Any]) -> Rows:
    """The targets that the words of a cell promise; none where it holds another number (5A),
    5A), or where one of its figures reads otherwise."""
    words = cell.strip(_ENDS)
    read = quantities.find(words)
    cuts = [0, *(at for figure in read for at in (figure.begin, figure.end)), len(words)]
    said = list(words)
    for time in in_text(words, given.get("issued"), year=given.get("year"), met=given.get("met")):
        if time.due and not time.refusal:  # 10月底前完成主体封顶，新增床位200张
            said[time.begin : time.end] = " " * (time.end - time.begin)
    between = ("".join(said[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    first, *rest = between
    is_apart = all(map(_NAMED.search, rest[:-1]))  # not 20人3次
    if not (read and is_apart) or any(
        _DIGITS.search(_IN_NAME.sub("", part)) for part in [first, *rest]
    ):
        return []
    own = [task | {"text": words}]
    goals = targets.find(own, times, **given)
    # 新增12项，上年9项; 二类大赛5次: what is no goal says so
    others = [row for row in targets.refusals(own, **given) if row["kind"] in _NO_AIMS]
    return [_beside(task, goal) for goal in goals] if len(goals) + len(others) == len(read) else []


_WITHIN = expression(r"\d{1,4}个?(?:工作日|自然日|[天日]|月|小时)内")


def _beside(task: Row, goal: Row) -> Row:
    """A target of a cell beside the words of its task, which say what is measured where it does
    not."""
    named = _WITHIN.sub("", goal["indicator"])  # 30个工作日内完成
    is_bare = quantities.find(named) or _BARE.fullmatch(named)
    at = len(task["text"])
    own = {"indicator": _name(task) if is_bare else named}
    return goal | own | {"char_start": at, "char_end": at}


# 共3个阶段: parts of the work, and no result
_PARTS = expression("[共分每]?(?:个?阶段|[批轮]次?|步)?")
# 原定6月底前完成3家，现调整为12月: whose day and figure hold no longer, or not alone
_CHANGED = expression(r"原定|原计划|调整|顺延|延[期长后]|推迟|分[两三四\d]批")


def of_schedules(
    tasks: Rows, mentions: Rows, promised: Rows, moved: Collection[str], **given: Any
) -> Rows:
    """Return the rows of the table `targets` (`promised`) with those that cells of times count,
    each due by the time that stands before it in its cell: 12月底前完成河道治理12公里. How often
    something is done (每半年一次) is a time; the days of the tasks `moved` hold no longer."""
    cells = [
        row
        for row in mentions
        if row["field"] == "deadline"
        and quantities.counts(row["text"])
        and not _CHANGED.search(row["text"])
    ]
    if not cells:
        return promised
    of_task, promises = _by_task(cells), _by_task(promised)
    found: Rows = []
    for task in tasks:
        own = promises.get(task["task_id"], [])
        said = [(row["value"], row["unit"]) for row in own]
        words = [task | {"text": row["text"]} for row in of_task.get(task["task_id"], [])]
        goals = [goal for cell in words for goal in targets.find([cell], [], **given)]
        undated = {"due": None, "due_source": ""} if task["task_id"] in moved else {}
        new = [
            _beside(task, goal) | ({"due_source": "column"} if goal["due"] else {}) | undated
            for goal in goals
            if (goal["value"], goal["unit"]) not in said
            and not (quantities.is_rhythm(goal["unit"]) or _PARTS.fullmatch(goal["indicator"]))
        ]
        found += [*own, *(goal | {"order": len(own) + n} for n, goal in enumerate(new, 1))]
    return found


def _name(task: Row) -> str:
    return str(task["text"]).strip("。；; ")


def _is_column(time: Row) -> bool:
    return time["source"] == "column" and bool(time["due"])


def _head(printed: str | None) -> str:
    return _BRACKETS.sub("", squash(simplify(printed or ""))).rstrip(":：")


def holds_goals(heading: str | None) -> bool:
    """Tell whether the figures of a column are goals, by its heading."""
    head = _head(heading)
    if year_goals.is_of_goals(heading) or period_columns.may_hold_goals(heading):
        return True
    return bool(_OF_GOALS.search(head)) and not _OF_NO_GOALS.search(head)


def figures(cell: str) -> list[str]:
    """Return the figures of a cell as printed, those of an unknown unit too."""
    spans = [(q.begin, q.end) for q in quantities.find(cell)]
    return [cell[begin:end] for begin, end in sorted([*spans, *targets.unread_numbers(cell)])]


def bare_number(row: Row) -> str:
    """Return the figures that are all that a cell of a column of goals holds; else nothing."""
    cell = squash(row["text"])
    is_number = holds_goals(row["column_printed"]) and _FIGURES.fullmatch(cell)
    return cell if is_number else ""


def _goal(task: Row, columns: Rows) -> tuple[str, str, str]:
    """The head and the cell of the only column of goals of a task, its number with its unit;
    empty where there are none, or several."""
    has_units = any(_UNIT.fullmatch(_head(row["column_printed"])) for row in columns)
    goals = [
        (row["column_printed"], squash(row["text"]))
        for row in columns
        if (_GOAL.fullmatch(head := _head(row["column_printed"])) and _KNOWN_BY_FIGURE.search(head))
        or _IN_WORDS.fullmatch(head)
        or (_AMOUNT.fullmatch(head) and (has_units or _whole(squash(row["text"]), "")))
        or _OF_WORK.fullmatch(head)
    ]
    if len(goals) != 1:
        return "", "", ""
    [(printed, cell)] = goals
    return printed, *_with_unit(task, columns, printed, cell)


def _with_unit(task: Row, columns: Rows, head: str, cell: str) -> tuple[str, str]:
    """The cell, a number alone with the unit that stands in a column beside it, or else in
    brackets in the head or behind the words of the task; and this unit."""
    units = [
        squash(row["text"]) for row in columns if _UNIT.fullmatch(_head(row["column_printed"]))
    ]
    if not units:
        units = _IN_BRACKETS.findall(squash(head))
        _, opened, last = fold(_name(task)).rpartition("(")
        behind = _IN_BRACKETS.fullmatch(opened + last)
        units += [behind[1]] if behind else []
    if len(units) != 1 or not _NUMBER.fullmatch(cell):
        return cell, ""
    [unit] = units
    return cell + unit, unit
