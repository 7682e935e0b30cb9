"""Recognise the headings of the columns in task tables, and what they say about their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from yiyang.core.text import remembered, simplify, squash
from yiyang.extract import Block
from yiyang.parse import other_tables
from yiyang.parse.shapes import is_deadline, is_number, is_units

# What each heading says, the first rule that fits counts. Headings of one kind vary without end
# (责任单位, 责任部门, 具体责任单位 …), so the rules name the word that decides.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (use, re.compile(pattern))
    for use, pattern in (
        # 序号, 编号, 项次, No.
        (
            "number",
            r"^(?:序号?|编号|项次|项号|条目|号|N[Oo]\.?|(?:任务|项目|事项|工作)(?:编号|序号))$",
        ),
        # 承担角色, 牵头/配合: which part the unit beside it has
        (
            "role",
            r"^(?:承担|分工|单位|职责|任务|责任|部门)?角色$|^(?:牵头|主办)[/或、](?:配合|协办)$",
        ),
        # 原责任单位, 调整前: what holds no longer; 奖项, 名次: what was reached
        ("other", r"^(?:原(?!则|因)|(?:调整|变更|更正|修改)前)|奖项|名次|等次|荣誉|称号"),
        # 工作内容及责任单位: the words of the task, and its units behind them
        (
            "text",
            r"(?:内容|任务|措施|举措|事项|工作)(?:[及和与、/]|以及)(?:责任|牵头|落实)(?:单位|部门)$",
        ),
        # 启动时间, 开工日期: when a task begins, which is no deadline
        (
            "other",
            r"(?:开始|启动|开工|起始|动工|进场|受理|发布|印发)(?:时间|日期|时点|节点|年月)|^(?:开工|启动)$",
        ),
        # Task, Lead agency, Supporting agencies, Deadline
        ("lead", r"^(?i:lead\w*|leading)(?i:agenc|depart|unit|organi|$)"),
        (
            "supporting",
            r"^(?i:support|cooperat|assist|participat)\w*(?i:agenc|depart|unit|organi|$)",
        ),
        ("units", r"^(?i:responsib|implement)\w*(?i:agenc|depart|unit|organi|part|$)"),
        (
            "deadline",
            r"^(?i:deadline|due(?:date)?|time(?:limit|frame|line)|completion(?:date|time))$",
        ),
        (
            "text",
            r"^(?i:(?:key|main|major|specific)?(?:tasks?|measures?|actions?|contents?|projects?))$",
        ),
        # 责任领导, 责任人, 联系电话: people, no units
        ("other", r"领导|责任人|负责人|联系|联络|电话|姓名|手机|签字|科长|主任$"),
        # 完成情况, 备注, 投资, 来源: what is no part of the task
        (
            "other",
            r"情况|备注|说明|投资|资金|支出|收入|预算|金额|经费|基数|来源|依据|得分|分值|状态|自评|评价|问题|销号|类型$|性质"
            r"|(?:计量|数量|编制|填报|报送|申报|工作)单位|分月|按月|月度|季度",
        ),
        # 牵头单位, 主办单位, 牵头责任单位, 主责部门, 牵头
        ("lead", r"牵头|主办|主责|第一责任|主要责任"),
        # 配合单位, 参与部门, 协办
        ("supporting", r"配合|协办|协同|协助|参与|参加|支持单位|支撑|协作|会办"),
        # 责任单位, 推进部门, 实施主体, 承办单位, 责任科室
        (
            "units",
            r"(?:责任|负责|推进|实施|落实|承办|主管|完成|执行|分工|工作)(?:单位|部门|主体|机构|处室|科室|股室"
            r"|地区)|(?:考核|督办|督导|指导|监督|包保|包联|包抓|审核|验收)(?:单位|部门)|^(?:单位|部门|责任分工|任务分工|责任|职责分工|部门分工|单位名称)$|责任部门|责任单位",
        ),
        # 完成时限, 时间进度, 时间节点, 进度安排, 计划进度, 期限
        (
            "deadline",
            r"^(?:竣工|完工|建成|投用|交付)$|时限|时间|期限|节点|(?:计划|序时)进度|进度(?:安排|要求|计划|目标)|完成日期|截止",
        ),
        # 当前进度, 工作进度, 推进进展, 1-9月份工作取得成效: how far a task has come
        ("other", "进度|进展|取得成[效果]|工作成[效果]"),
        # 任务类型, 重点领域, 类别: groups of tasks
        ("section", r"类型|类别|分类|领域|板块|方面|行动|专项|章节|模块|维度|一级|大类|归类"),
        # 具体举措, 工作内容, 主要措施, 具体任务: the words of the task, in detail
        (
            "text",
            r"(?:具体|细化|主要|工作|任务|建设|改革|重点|推进|落实|整改|实事|服务)(?:举措|措施|内容|任务|事项|要求)",
        ),
        ("text", r"举措|措施|内容|任务|民生实事|实事|事项|项目|要点|工作|做法|清单"),
        # 工作目标, 预期成果: beside the task, not the task
        ("other", r"目标|指标|成果|成效|标准|要求|形式|规模|地点|范围|对象"),
        # 包挂单位, 跟进部门: units, whatever their part is
        ("units", r"^(?!各|有关|相关|市|县|区|省)[^、各]{2,8}(?:单位|部门|科室|处室|股室)$"),
    )
)
# 类型 and 性质 stand in two rules: 任务类型 groups tasks, 指标性质 does not.
_GROUPS = re.compile("任务类型|工作类型|事项类型")
# Words that name a task in detail rather than in short, where a table has several.
_DETAIL = re.compile(r"内容|举措|措施|具体|细化|分解|要求|做法")
_GENERAL = re.compile(
    r"重点工作|重点任务|主要任务|任务名称|项目名称|事项名称|重点事项|重点项目|总体任务"
)

WORD = re.compile(
    "牵头责任单位|主办单位|主要举措|主要任务|主要内容|主要措施|任务内容|任务名称|"
    "任务类别|任务类型|具体举措|具体任务|具体内容|具体措施|办理时限|协办单位|"
    "参与单位|参与部门|完成时间|完成时限|完成期限|实施单位|工作举措|工作事项|"
    "工作任务|工作内容|工作措施|工作时限|工作目标|承办单位|推进单位|时间安排|"
    "时间节点|时间要求|时间进度|民生实事|牵头单位|牵头部门|目标任务|落实单位|"
    "负责单位|负责部门|责任主体|责任单位|责任部门|责任领导|进度安排|配合单位|"
    "配合部门|重点举措|重点事项|重点任务|重点工作|项目名称|责任人|主办|协办|备注|"
    "序号|类别|编号"
)
"""The commonest headings as printed, the longest first, for lines on which they run together."""


@dataclass(frozen=True)
class Columns:
    """The columns of a task table: what each cell is used for, and its heading as printed."""

    uses: tuple[str, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.uses)

    def has(self, *uses: str) -> bool:
        return any(use in self.uses for use in uses)


LONGEST = 200
"""Characters of a cell, remarks in brackets among them, that may be a heading."""


@remembered(4096)  # every row is asked whether it is a header
def use_of(heading: str) -> str:
    """Return what the cells under a heading are used for; empty where the heading is not known."""
    words = squash(simplify(heading))
    if len(words) > LONGEST:
        return ""
    # 一、时间：3月5日: an item of a text with its words
    if re.search(r"[:：][^（(【]|^[一二三四五六七八九十]、", words):
        return ""
    role = _ROLE_BEHIND.search(words)
    words = re.sub(r"[（(【].{0,80}?[）)】]|[:：*＊]", "", words) + (role[1] if role else "")
    if not words or len(words) > (30 if words.isascii() else 14) or re.search(r"[，。；]", words):
        return ""
    if _GROUPS.search(words):
        return "section"
    return next((use for use, rule in _RULES if rule.search(words)), "")


# 责任单位（牵头）, 责任部门（协同）: the role behind the name of a column of units
_ROLE_BEHIND = re.compile(
    r"(?:单位|部门|主体|机构)[（(](牵头|主办|主责|配合|协同|协办|协助|参与|参加|会办)(?:单位|部门)?[）)]$"
)
_WORDS_OF_TASKS = ("text", "other")
# Headings that name the task where no other does: 考核指标, 年度目标, 存在问题
_WEAK = ("指标", "目标", "问题", "名称")
# 2025年, 一季度, 3月, 1-6月: headings of columns of plans and figures
_PERIOD = re.compile(
    r"^(?:(?:19|20)\d\d年?|[第一二三四1-4]{1,2}季度|[上下]半年|[\d一二三四五六七八九十]{1,2}(?:[-—至~]\d{1,2})?月|全年)"
)


def header(block: Block, below: Sequence[Block] = ()) -> Columns | None:
    """Return the columns, if the block is the header of a task table; else nothing.

    A heading that is not known is one by its place beside known ones. Where no known heading names
    the task, the column with the longest cells in the rows `below` does.
    """
    texts = [squash(text) for text in block.texts]
    while texts and not texts[-1]:
        texts.pop()
    if not block.is_row or len(texts) < 2:
        return None
    uses = [use_of(text) for text in texts]
    known = sum(1 for use in uses if use)
    named = [text for text in texts if text]
    if known < 2 or len(set(named)) < 2:
        return None
    if any(is_units(t) and not u for t, u in zip(texts, uses, strict=True)):
        return None
    is_beside = "text" in uses and not {"units", "lead"}.isdisjoint(uses)
    # 2024年, 一季度: what a column of figures or plans is called, in a table of any kind
    n_others = sum(1 for text in named if use_of(text) or not _PERIOD.match(text))
    if known < 0.6 * n_others and not (is_beside and all(map(may_head, named))):
        return None
    words = [simplify(text) for text in named]
    is_named = "text" in uses or "section" in uses
    if other_tables.is_one(words, names_tasks=is_named):
        return None
    if not is_named:
        uses = _with_text(uses, texts, below)
    columns = settle(uses, texts)
    is_task_table = (
        not _is_of_figures(columns, below)
        and columns.has("text")
        and columns.has("number", "units", "lead", "responsible", "deadline")
    )
    return columns if is_task_table else None


# 3400, 1.5, 28%, 3,400
_BARE_FIGURE = re.compile(r"[-+]?[\d,.，\s]{1,20}[%％万亿元]{0,2}")


def _is_of_figures(columns: Columns, below: Sequence[Block]) -> bool:
    """Whether the column of the tasks holds bare figures in most rows: a table of a budget."""
    if "text" not in columns.uses:
        return False
    at = columns.uses.index("text")
    cells = [squash(row.texts[at]) for row in below if len(row.texts) > at]
    cells = [cell for cell in cells if cell]
    return bool(cells) and 2 * sum(bool(_BARE_FIGURE.fullmatch(c)) for c in cells) > len(cells)


def may_head(word: str) -> bool:
    """Tell whether a cell may be a heading that is not known: short, no sentence, no number, no
    time."""
    is_form = is_number(word) or (is_deadline(word) and not _PERIOD.match(word))
    return len(word) <= 14 and not re.search("[。；;，,]", word) and not is_form


def _with_text(uses: Sequence[str], words: Sequence[str], below: Sequence[Block]) -> list[str]:
    """The uses with the column that names the task, where no known heading says which it is."""
    found = list(uses)
    for weak in _WEAK:
        of_kind = [
            i
            for i, w in enumerate(words)
            if weak in simplify(w) and uses[i] == "other" and not _PERIOD.match(w)
        ]
        if of_kind:
            found[of_kind[0]] = "text"
            return found
    unknown = [
        i for i, w in enumerate(words) if w and not uses[i] and may_head(w) and not _PERIOD.match(w)
    ]
    rows = [row.texts for row in below if len(row.texts) >= len(words)]
    # A column of days or names is no column of tasks, whatever its heading is.
    unknown = [i for i in unknown if _guess([row[i] for row in rows if row[i]]) in _WORDS_OF_TASKS]
    is_table = {"number", "deadline"} & set(uses) and {"units", "lead"} & set(uses)
    if unknown and rows and is_table:
        lengths = {i: sum(len(row[i]) for row in rows) for i in unknown}
        longest = max(unknown, key=lambda i: lengths[i])
        if lengths[longest] >= 3 * len(rows):
            found[longest] = "text"
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
    if any(map(_PERIOD.match, words)):
        # 单位 beside 2025年 and 责任单位 is that of a figure: 人, %
        settled = [
            "other" if use == "units" and simplify(word) == "单位" else use
            for use, word in zip(settled, words, strict=True)
        ]
    has_lead = "lead" in settled
    for i, use in enumerate(settled):
        # Beside a column of leads or of supporting units, a column of units says its role itself;
        # alone in its table it may name the roles in words (牵头, 配合).
        if use == "units" and (has_lead or "supporting" in settled):
            settled[i] = "responsible"
    return Columns(tuple(settled), tuple(words))


def _text_column(texts: list[int], words: Sequence[str]) -> int:
    """Of several columns that name the task, the one that says most: the last in detail."""
    detailed = [i for i in texts if _DETAIL.search(simplify(words[i]))]
    return (detailed or texts)[-1]


# 市级 and 县级 below 责任单位
_LEVEL = re.compile("(?:[国省市县区州旗镇乡街]|乡镇|街镇|县区|区县)[级直本]级?|中央|地方")


def stacked(columns: Columns, block: Block) -> Columns | None:
    """Return the columns under two rows of headings: 责任单位 above 牵头单位 and 配合单位."""
    texts = [squash(text) for text in block.texts]
    texts += [""] * (len(columns) - len(texts))
    texts = [
        text + word if _LEVEL.fullmatch(text) and use_of(word) == "units" else text
        for text, word in zip_longest(texts, columns.words, fillvalue="")
    ]
    own = [t for t, cell in zip(texts, block.cells, strict=False) if t and not cell.is_repeat]
    if not own or len(texts) > len(columns) + 4 or not all(use_of(text) for text in own):
        return None
    if any(is_number(text) for text in own):
        return None
    words = list(columns.words) + [""] * (len(texts) - len(columns))
    words = [text or word for text, word in zip(texts, words, strict=True)]
    found = settle([use_of(word) for word in words], words)
    return found if found.has("text") else None


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
