"""Recognise the headings of the columns in task tables, and what they say about their cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.grammar import column_targets, roles, time_headings
from yiyang.parse import header_words, other_tables
from yiyang.parse.header_words import use_of
from yiyang.parse.shapes import ROLE_END, are_known_units, is_deadline, is_number, is_units
from yiyang.safety.later import expression


@dataclass(frozen=True)
class Columns:
    """The columns of a task table: what each cell is used for, and its heading as printed."""

    uses: tuple[str, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.uses)

    def has(self, *uses: str) -> bool:
        return any(use in self.uses for use in uses)


# Words that name a task in detail rather than in short, where a table has several.
_DETAIL = expression(r"内容|举措|措施|具体|细化|分解|要求|做法")
_GENERAL = expression(
    r"重点工作|重点任务|主要任务|任务名称|项目名称|事项名称|重点事项|重点项目|总体任务"
)

WORDS_OF_TASKS = ("text", "other")
"""Uses of columns whose cells may name a task."""
# Headings that name the task where no other does: 考核指标, 年度目标, 存在问题
_WEAK = ("指标", "目标", "问题", "名称")
# 2025年, 一季度, 3月, 1-6月: headings of columns of plans and figures
PERIOD = expression(
    r"^(?:(?:19|20)\d\d年?|[第一二三四1-4]{1,2}季度|[上下]半年|[\d一二三四五六七八九十]{1,2}(?:[-—至~]\d{1,2})?月|全年)"
)

# 指标完成情况, 目标达成率: what was reached, which names no task; nor does a column of a period
_TOLD = expression(f"(?:完成|达成|落实|执行|得分)(?:情况|结果|率|度|值|数)|{PERIOD.pattern}")

GUESS_ROWS = 50
"""Rows below a header, or of a table without one, that say what its columns are."""


def at(
    blocks: Sequence[Block], position: int, marks: Mapping[int, Collection[int]]
) -> Columns | None:
    """Return the columns that a row of a document heads, if it does; `marks` are the columns of
    marks by the position of their header."""
    block = blocks[position]
    if not block.is_row:
        return None
    below = []
    for other in blocks[position + 1 : position + 1 + GUESS_ROWS]:
        if other.is_row and other.table != block.table:
            break
        if other.is_row:  # the title of a group over all columns is none
            below.append(other)
    under = marks.get(position + 1, ()) if below else ()
    return header(block, below, marks.get(position, ()), under)


def header(
    block: Block,
    below: Sequence[Block] = (),
    marks: Collection[int] = (),
    over: Collection[int] = (),
) -> Columns | None:
    """Return the columns, if the block is the header of a task table; else nothing.

    A heading that is not known is one by its place beside known ones. Where no known heading names
    the task, the column with the longest cells in the rows `below` does. `marks` are columns of
    marks (`mark_columns`), each headed by a unit; `over` those of which the units stand in the row
    below.
    """
    texts = [squash(text) for text in block.texts]
    while texts and not texts[-1]:
        texts.pop()
    if not block.is_row or len(texts) < 2:
        return None
    uses = _by_times(_uses(texts, marks, over), texts, below)
    known = sum(1 for use in uses if use)
    named = [text for text in texts if text]
    if known < 2 or len(set(named)) < 2:
        return None
    if not _may_be_headings([t for t, u in zip(texts, uses, strict=True) if not u], uses):
        return None
    is_beside = "text" in uses and not {"units", "lead"}.isdisjoint(uses)
    # 2024年, 一季度: what a column of figures or plans is called, in a table of any kind
    n_others = sum(
        1 for text, use in zip(texts, uses, strict=True) if text and (use or not PERIOD.match(text))
    )
    if known < 0.6 * n_others and not (is_beside and all(map(may_head, named))):
        return None
    uses = _with_roles(_without_goals(uses, texts, below), texts, below)
    words = [simplify(text) for text in named]
    is_named = "text" in uses or "section" in uses
    if other_tables.is_one(words, names_tasks=is_named):
        return None
    if not is_named or ("text" not in uses and _is_of_groups(uses, below)):
        uses = _with_text(uses, texts, below)
    uses = _behind_number(uses, texts, block, below)
    columns = _with_names(settle(uses, texts), below)
    is_task_table = (
        not _is_of_figures(columns, below)
        and columns.has("text")
        and columns.has("number", "units", "lead", "responsible", "deadline", "mark")
    )
    return columns if is_task_table else None


def _with_names(columns: Columns, below: Sequence[Block]) -> Columns:
    """The columns, one of sections of which every row has its own (重点任务 | 工作目标, none merged
    or said twice) taken for the short names of the tasks."""
    sections = [i for i, use in enumerate(columns.uses) if use == "section"]
    if len(sections) != 1 or columns.has("measure"):
        return columns
    [at] = sections
    if not _GENERAL.search(simplify(columns.words[at])):
        return columns  # 类别, 领域: of sections, whatever they say
    rows = [row for row in below if len(row.cells) == len(columns.uses) and _n_said(row) > 1]
    names = [squash(row.cells[at].text) for row in rows]
    if len(names) < 3 or not all(names) or len(set(names)) < len(names):
        return columns
    uses = ["measure" if i == at else use for i, use in enumerate(columns.uses)]
    return Columns(tuple(uses), columns.words)


def _n_said(row: Block) -> int:
    """The cells of a row that say something; one for the title of a group."""
    return sum(bool(cell.text.strip()) and not cell.is_repeat for cell in row.cells)


# 职责, 分工, 单位性质: headings below which each row may say the part of its unit; not 我局职责
_OF_PART = expression(
    "(?:单位|部门|任务|责任|承担|参与|工作)?(?:职责|角色|分工|性质|类型|类别|身份|方式|形式|责任)(?:类型|类别|分工)?"
)


def _with_roles(uses: list[str], words: Sequence[str], below: Sequence[Block]) -> list[str]:
    """The uses, a column that says of the unit in each row which part it has (单位 | 职责, below it
    牵头 and 配合) taken for that."""
    if "role" in uses or {"lead", "supporting"} & set(uses):
        return uses
    may_be = [n for n, word in enumerate(words) if _OF_PART.fullmatch(simplify(word))]
    units = [n for n, use in enumerate(uses) if use == "units" and n not in may_be]
    if len(may_be) != 1 or len(units) != 1:
        return uses
    [at], [of] = may_be, units
    rows = [row.texts for row in below if len(row.cells) == len(uses)]
    said = [squash(row[at]) for row in rows if squash(row[of])]
    is_part = len(set(said)) > 1 and all(map(_is_part, said))
    return [*uses[:at], "role", *uses[at + 1 :]] if is_part else uses


def _is_part(cell: str) -> bool:
    is_word = ROLE_END.fullmatch(cell) or header_words.is_one(cell)
    return bool(is_word) and roles.of(cell) in roles.PARTS


def _without_goals(uses: list[str], words: Sequence[str], below: Sequence[Block]) -> list[str]:
    """The uses, a column of goals taken for no words of tasks where another column has these:
    工作目标 beside 重点工作, and that of what a year does for a project, whose name and size stand
    beside it (项目名称 | 建设规模及内容 | 年度任务)."""
    found = list(uses)
    named = [i for i, word in enumerate(words) if found[i] == "text" and word.endswith("名称")]
    years = [i for i, word in enumerate(words) if _OF_YEAR.fullmatch(simplify(word))]
    sizes = [i for i, word in enumerate(words) if _OF_SIZE.search(simplify(word))]
    for i in [*years, *sizes] if named and years and sizes else ():
        found[i] = "other" if found[i] == "text" else found[i]
    for i, word in enumerate(words):
        others = [n for n, use in enumerate(found) if use == "text" and n != i]
        is_plan = _PLAN.fullmatch(simplify(word)) and any(
            not words[n].endswith("名称") and _names_each(below, n, len(uses)) for n in others
        )
        if found[i] == "text" and is_plan:
            found[i] = "other"
        if found[i] == "text" and found.count("text") > 1 and _PURE_GOAL.fullmatch(simplify(word)):
            found[i] = "other"
    return found


_PLAN = expression(header_words.PLAN)


def _names_each(below: Sequence[Block], column: int, width: int) -> bool:
    """Whether a column names the task of each row: no cell goes on in the rows below it, merged,
    empty or said again, unless it holds a figure, as no group does."""
    rows = [row.texts for row in below if len(row.cells) == width]
    said = [squash(row[column]) for row in rows if sum(map(bool, map(squash, row))) > 1]
    groups = {above for above, cell in pairwise(said) if cell in ("", above)}
    return bool(said and said[0]) and not any(not re.search(r"\d", group) for group in groups)


_OF_SIZE = expression("规模|投资")
_OF_YEAR = expression(
    r"(?:本?年度?|20\d\d年度?|今年|全年)(?:建设|工作|主要|重点|计划)?(?:任务|目标|计划|形象进度|投资)"
)
# 工作目标, 2025年任务目标, 主要实物工作量; not 工作内容和目标
_PURE_GOAL = expression(
    r"(?:20\d\d年度?|本?年度?)?(?:工作|任务|项目|年度|阶段){0,2}目标|主要(?:实物)?工作量"
)


def _uses(texts: Sequence[str], marks: Collection[int], over: Collection[int]) -> list[str]:
    """What the cells under headings are used for; whatever stands over the units of columns of
    marks is a heading of units."""
    found = [use_of(text) for text in texts]
    for n in (n for n in over if n < len(texts) and texts[n]):
        found[n] = found[n] or "units"
    for n in marks:
        found[n] = "mark"
    return found


def _is_of_groups(uses: Sequence[str], below: Sequence[Block]) -> bool:
    """Whether the only column of sections names groups of rows, and no task of its own: its cells
    are merged or say again what stands above them (考核类别 | 考核指标)."""
    sections = [i for i, use in enumerate(uses) if use == "section"]
    if len(sections) != 1:
        return False
    [at] = sections
    cells = [row.cells[at] for row in below if len(row.cells) == len(uses)]
    names = [squash(cell.text) for cell in cells]
    is_again = any(a == b for a, b in pairwise(names))
    return len(cells) > 1 and (is_again or any(cell.is_repeat for cell in cells))


# 工作节点, 关键节点: a step, or the day of one
_NODES = expression(
    "(?:工作|任务|工程|项目|建设|施工|推进|关键|重要|主要|控制性|阶段){0,2}节点(?:名称|内容|事项|任务)?"
)
_PLANNED = expression(time_headings.PLANNED_VERB)
# 10月底前完成路面摊铺18公里
_BY_WHEN = expression(
    r"(?:(?:19|20)\d\d年?)?(?:\d{1,2}月|年底|[上下]半年|[一二三四1-4]季度)(?:\d{1,2}日|[上中下]旬|[初中底末])?[之以]?[前内底末]"
)


def _by_times(uses: list[str], words: Sequence[str], below: Sequence[Block]) -> list[str]:
    """The uses, as the cells below say: a column of steps (工作节点) beside that of their days
    names the tasks, and one of goals of which each has its day (2025年目标 | 10月底前完成18公里)
    holds the deadlines where no other one does."""

    def cells(i: int) -> list[str]:
        return [text for row in below if len(row.texts) > i and (text := squash(row.texts[i]))]

    found = list(uses)
    for i, word in enumerate(words):
        if uses[i] != "deadline":
            continue
        is_step = _NODES.fullmatch(simplify(word)) and "text" not in uses
        if is_step and uses.count("deadline") > 1 and _guess(cells(i)) in WORDS_OF_TASKS:
            found[i] = "text"
        elif _PLANNED.fullmatch(simplify(word)) and not any(map(is_deadline, cells(i))):
            found[i] = "other"  # 计划完成 | 5家
    if "deadline" in found:
        return found
    goals = [
        i
        for i, word in enumerate(words)
        if found[i] == "other" and column_targets.holds_goals(word)
    ]
    dated = [i for i in goals if (days := cells(i)) and all(map(_BY_WHEN.match, days))]
    if len(dated) == 1 and "text" in found:
        found[dated[0]] = "deadline"
    return found


def _may_be_headings(unknown: Sequence[str], uses: Sequence[str]) -> bool:
    """Whether the words that no rule knows may stand in a header: none of them is a list of units,
    or one only that is no name of one, beside headings of the task, its number and its units; more
    words that nobody knows beside both who leads and who supports."""
    units = [word for word in unknown if is_units(word)]
    is_sure = {"number", "text"} <= set(uses) and not {"units", "lead"}.isdisjoint(uses)
    may_head = len(units) == 1 and (_PLACES.fullmatch(units[0]) or not are_known_units(units[0]))
    n_most = 3 if {"lead", "supporting"} <= set(uses) else 1
    return not units or bool(is_sure and len(unknown) <= n_most and may_head)


# 点位乡镇, 试点县区, 示范企业: where something is done, no name of a place or firm
_PLACES = expression(
    "(?!各|有关|相关)[一-鿿]{2,4}(?:乡镇|镇街|街镇|县区|区县|县市区|市州|村居|企业)"
)


# 3400, 1.5, 28%, 3,400
_BARE_FIGURE = expression(r"[-+]?[\d,.，\s]{1,20}[%％万亿元]{0,2}")


def _is_of_figures(columns: Columns, below: Sequence[Block]) -> bool:
    """Whether the column of the tasks holds bare figures in most rows: a table of a budget."""
    if "text" not in columns.uses:
        return False
    at = columns.uses.index("text")
    cells = [squash(row.texts[at]) for row in below if len(row.texts) > at]
    cells = [cell for cell in cells if cell]
    return bool(cells) and 2 * sum(bool(_BARE_FIGURE.fullmatch(c)) for c in cells) > len(cells)


# 计划新增护理型床位（张）
_IN_BRACKETS = expression("[（(][^（()）]{1,8}[）)]$")


def may_head(word: str) -> bool:
    """Tell whether a cell may be a heading that is not known: short, no sentence, no number, no
    time."""
    bare = _IN_BRACKETS.sub("", word)
    if len(bare) > 14 or re.search("[。；;，,]", bare):
        return False
    return not is_number(word) and (not is_deadline(word) or bool(PERIOD.match(word)))


def _with_text(uses: Sequence[str], words: Sequence[str], below: Sequence[Block]) -> list[str]:
    """The uses with the column that names the task, where no known heading says which it is."""
    found = list(uses)
    for weak in _WEAK:
        of_kind = [
            i
            for i, w in enumerate(words)
            if weak in simplify(w) and uses[i] == "other" and not _TOLD.search(w)
        ]
        if of_kind:
            found[of_kind[0]] = "text"
            return found
    unknown = [
        i for i, w in enumerate(words) if w and not uses[i] and may_head(w) and not PERIOD.match(w)
    ]
    rows = [row.texts for row in below if len(row.texts) >= len(words)]
    # A column of days or names is no column of tasks, whatever its heading is.
    unknown = [i for i in unknown if _guess([row[i] for row in rows if row[i]]) in WORDS_OF_TASKS]
    is_table = {"number", "deadline"} & set(uses) and {"units", "lead", "mark"} & set(uses)
    if unknown and rows and is_table:
        lengths = {i: sum(len(row[i]) for row in rows) for i in unknown}
        longest = max(unknown, key=lambda i: lengths[i])
        if lengths[longest] >= 3 * len(rows):
            found[longest] = "text"
    return found


def _behind_number(
    uses: list[str], words: Sequence[str], block: Block, below: Sequence[Block]
) -> list[str]:
    """The uses with the column behind the number that names the task, where the one before it is
    merged downwards and so names a group of rows: 考核项目, 序号, 考核指标."""
    at = uses.index("number") if "number" in uses else 0
    before = [i for i in range(at) if uses[i] == "text"]
    weak = [
        i
        for i in range(at + 1, len(uses))
        if uses[i] == "other" and re.search("|".join(_WEAK), simplify(words[i]))
    ]
    if len(before) != 1 or not weak or "text" in uses[at:]:
        return uses
    cells = [row.cells[before[0]] for row in below if len(row.cells) == len(block.cells)]
    if not any(cell.is_repeat or not cell.text.strip() for cell in cells):
        return uses
    found = list(uses)
    found[before[0]], found[weak[0]] = "section", "text"
    return found


def settle(uses: Sequence[str], words: Sequence[str]) -> Columns:
    """Leave one column of the text, make the others of its kind groups and short names of the
    tasks."""
    settled = [use or "other" for use in uses]
    texts = [i for i, use in enumerate(settled) if use == "text"]
    if not texts and "section" in settled:
        texts = [settled.index("section")]
    if texts:
        chosen = _text_column(texts, words)
        before = [i for i in texts if i < chosen]
        for i in texts:
            settled[i] = "other"
        settled[chosen] = "text"
        if before:
            settled[before[-1]] = "measure"
        for i in before[:-1]:
            settled[i] = "section"
        if len(before) == 1 and _GENERAL.search(simplify(words[before[0]])):
            settled[before[0]] = "section"
    n_units = sum(use in ("units", "lead") for use in settled)
    if any(map(PERIOD.match, words)) or (n_units > 1 and any(map(_FIGURES.search, words))):
        # 单位 beside 2025年 or 年度目标, and 责任单位, is that of a figure: 人, %
        settled = [
            "other" if use == "units" and simplify(word) == "单位" else use
            for use, word in zip(settled, words, strict=True)
        ]
    _set_beside(settled, words)
    has_lead = "lead" in settled
    for i, use in enumerate(settled):
        # Beside a column of leads or of supporting units, a column of units says its role itself;
        # alone in its table it may name the roles in words (牵头, 配合).
        if use == "units" and (has_lead or "supporting" in settled):
            settled[i] = "responsible"
    return Columns(tuple(settled), tuple(words))


# 考核指标, 年度目标, 任务数: what a column of figures is called
_FIGURES = expression("指[标標]|目[标標]|[数數][量值]|(?:任[务務]|[计計][划劃])[数數]")


def _set_beside(settled: list[str], words: Sequence[str]) -> None:
    """Take columns of when something is handed in or looked at (报送时间) for no deadlines, where
    another one holds them (完成时限)."""
    times = [i for i, use in enumerate(settled) if use == "deadline"]
    weak = [i for i in times if _BESIDE.search(simplify(words[i]))]
    if len(weak) < len(times):
        for i in weak:
            settled[i] = "other"


_BESIDE = expression(time_headings.BESIDE)


def _text_column(texts: list[int], words: Sequence[str]) -> int:
    """Of several columns that name the task, the one that says most: the last in detail."""
    detailed = [i for i in texts if _DETAIL.search(simplify(words[i]))]
    return (detailed or texts)[-1]


def guessed(rows: Sequence[Block]) -> Columns | None:
    """Return the columns of a table without a header, by what the cells look like; None if
    unclear."""
    columns = [[text for text in column if text] for column in _columns(rows)]
    width = len(columns)
    if len(rows) < 2 or width < 2 or is_other(rows):
        return None
    uses = [_guess(column) for column in columns]
    lengths = [sum(map(len, column)) for column in columns]
    texts = [i for i in range(width) if uses[i] == "text"]
    if not texts or not any(use in ("units", "deadline") for use in uses):
        return None
    chosen = max(texts, key=lambda i: lengths[i])
    uses = [
        ("other" if i > chosen else "section") if i in texts and i != chosen else use
        for i, use in enumerate(uses)
    ]
    units = [i for i, use in enumerate(uses) if use == "units"]
    if len(units) > 1:
        for i, role in zip(units, ("lead", "supporting"), strict=False):
            uses[i] = role
    return Columns(tuple(uses), tuple("" for _ in uses))


def is_other(rows: Sequence[Block]) -> bool:
    """Tell whether a table has a header, and one that is none of tasks."""
    return any(map(_is_other_header, rows[:3]))


def _is_other_header(row: Block) -> bool:
    """Whether a row on top of a table is a header that is none of tasks: 序号, 日期, 值班人员."""
    words = [text for text in map(squash, row.texts) if text]
    if other_tables.is_one([simplify(word) for word in words], names_tasks=True):
        return True
    return any(use_of(word) == "number" for word in words) and all(map(may_head, words))


def heads_another(block: Block, columns: Columns) -> bool:
    """Tell whether a row inside a table heads another one below it, which lists no tasks: 责任单位,
    联系人, 电话."""
    own = [
        text
        for text, cell in zip(map(squash, block.texts), block.cells, strict=True)
        if text and not cell.is_repeat
    ]
    if len(set(own)) < 2 or set(own) <= set(columns.words):
        return False
    uses = [use_of(text) for text in own]
    return "text" not in uses and all(uses) and all(map(may_head, own))


def _columns(rows: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    return zip_longest(*(row.texts for row in rows), fillvalue="")


def _guess(cells: Sequence[str]) -> str:
    """What a column of cells looks like, if most of them agree."""
    if not cells:
        return "other"
    for use, test in (("number", is_number), ("units", is_units), ("deadline", is_deadline)):
        if sum(map(test, cells)) >= 0.7 * len(cells):
            return use
    return "text" if sum(map(len, cells)) >= 6 * len(cells) else "other"
