"""Lay out a made-up document: its paragraphs and tables, and what was damaged in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from synthetic import content
from synthetic.content import Drawing, Head, Task, Unit

Merge = tuple[int, int, int, int]


class Table(NamedTuple):
    """Rows of cells (the header first) and merged areas (top, left, bottom, right)."""

    rows: list[list[str]]
    merges: list[Merge]


class Document(NamedTuple):
    """A document before it is written to a file, with its answers."""

    number: int
    format: str
    layout: str
    encoding: str
    damage: tuple[str, ...]
    head: Head
    tasks: list[Task]
    parts: list[str | Table]


# How often a format is met (a fifth are .docx), and the layouts within it.
FORMATS = {"html": 35, "txt": 30, "xlsx": 15}
LAYOUTS = {
    "docx": {"table": 60, "articles": 38, "prose": 2},
    "html": {"table": 55, "articles": 42, "prose": 3},
    "xlsx": {"table": 100},
    "txt": {
        "flattened_table": 30,
        "tabbed_table": 25,
        "articles": 27,
        "run_on_table": 5,
        "numbered": 6,
        "mixed": 5,
        "prose": 2,
    },
}
ENCODINGS = {"utf-8": 80, "gb18030": 15, "utf-16": 5}
# Shapes of tables: the style of their units, and the headings of their columns.
SHAPES = {
    "words": ("序号", "工作任务", "责任单位"),
    "responsible": ("序号", "重点工作", "工作内容", "责任单位", "配合单位", "完成时限"),
    "lead": ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
}
TABLES = ("table", "flattened_table", "tabbed_table", "run_on_table", "mixed")
DAMAGED = 0.3
"""Share of documents with something wrong."""


def _drawn(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def document(seed: int, number: int) -> Document:
    """Return the document of this number."""
    drawing = Drawing(seed, number)
    chance = drawing.chance
    kind = "docx" if number % 5 == 4 else _drawn(chance, FORMATS)
    layout = _drawn(chance, LAYOUTS[kind])
    encoding = _drawn(chance, ENCODINGS) if kind == "txt" else "utf-8"
    style = _style(chance, layout)
    has_cells = layout in TABLES and style in ("responsible", "lead")
    damage = _damage(chance, kind, layout, has_cells)
    if "no deadline column" in damage:
        has_cells = False
    if layout == "prose":
        title = content.head(drawing, "prose")
        parts = [*_front(title, chance), *content.prose(drawing)]
        return Document(number, kind, layout, encoding, (), title, [], parts)
    n = chance.randint(20, 58)
    has_sections = style == "responsible" or layout in ("articles", "numbered", "mixed")
    tasks = content.tasks(drawing, n, style, has_cells, has_sections)
    if layout == "mixed":
        tasks = _without_cells(tasks, len(tasks) // 2)
    if "merged cells" in damage:
        tasks = _shared(tasks)
    titled = layout if layout in ("articles", "numbered") else "table"
    title = content.head(drawing, titled)
    body = _body(layout, style, tasks, chance, "merged cells" in damage)
    parts = [*_front(title, chance), *body]
    parts = _damaged(parts, damage, kind, chance)
    return Document(number, kind, layout, encoding, damage, title, tasks, parts)


def _style(chance: random.Random, layout: str) -> str:
    """How units are stated; no word where they are not."""
    if layout == "numbered":
        return ""
    if layout in ("articles", "mixed"):
        return chance.choice(("list", "lead")) if layout == "articles" else "lead"
    if layout == "run_on_table":
        return "words"
    if layout == "flattened_table":
        return chance.choice(("words", "words", "lead"))
    return chance.choice(("words", "responsible", "lead"))


def _damage(chance: random.Random, kind: str, layout: str, has_cells: bool) -> tuple[str, ...]:
    if layout == "run_on_table":
        return ("cells run together",)
    if chance.random() > DAMAGED:
        return ()
    known = ["widths", "misread characters"]
    if layout in ("table", "articles"):
        known.append("line breaks")
    if layout == "table":
        known += ["merged cells", "repeated header"]
    if layout in ("flattened_table", "tabbed_table"):
        known.append("repeated header")
    if has_cells and layout != "mixed":
        known.append("no deadline column")
    if kind == "html" or layout == "articles":
        known.append("page furniture")
    return tuple(sorted(chance.sample(known, chance.choice((1, 1, 2)))))


def _front(head: Head, chance: random.Random) -> list[str]:
    """The paragraphs above the text: the mark, the title, who issued it and when."""
    lines = [content.MARK, head.title]
    if head.number:
        lines.append(head.number)
    lines.append(f"发文机关：{head.issuer}")
    if head.date and chance.random() < 0.5:
        lines.append(f"成文日期：{head.date.isoformat()}")
    elif head.date:
        lines.append(f"成文日期：{head.date.year}年{head.date.month}月{head.date.day}日")
    return lines


def _without_cells(tasks: list[Task], n: int) -> list[Task]:
    """The first `n` tasks without the deadlines of a column (they stand in articles)."""
    kept = [t._replace(times=tuple(x for x in t.times if x.source == "text")) for t in tasks[:n]]
    return kept + tasks[n:]


def _shared(tasks: list[Task]) -> list[Task]:
    """Every second task with the units and the cell of the one above it."""
    found = list(tasks)
    for n in range(1, len(found), 2):
        above, own = found[n - 1], found[n]
        times = [t for t in above.times if t.source == "column"]
        times += [t for t in own.times if t.source == "text"]
        if above.section == own.section:
            found[n] = own._replace(units=above.units, times=tuple(times))
    return found


def _names(units: tuple[Unit, ...], *roles: str, by: str = "、") -> str:
    return by.join(unit.printed for unit in units if unit.role in roles)


def _in_words(units: tuple[Unit, ...]) -> str:
    """区民政局牵头，区财政局配合; 区民政局、区卫生健康委分别负责; 区民政局负责"""
    supporting = _names(units, "supporting")
    for role, words in (
        ("lead", "牵头"),
        ("severally_responsible", "分别负责"),
        ("responsible", "负责"),
    ):
        if named := _names(units, role):
            return f"{named}{words}，{supporting}配合" if supporting else named + words
    return f"{supporting}配合"


def _row(style: str, number: int, task: Task, has_section: bool) -> list[str]:
    cell = [t.printed for t in task.times if t.source == "column"]
    if style == "words":
        return [str(number), task.text, _in_words(task.units)]
    group = [task.section if has_section else ""] if style == "responsible" else []
    primary, others = _names(task.units, "lead", "responsible"), _names(task.units, "supporting")
    return [str(number), *group, task.text, primary, others, *cell]


def _body(
    layout: str, style: str, tasks: list[Task], chance: random.Random, is_merged: bool
) -> list[str | Table]:
    if layout == "articles":
        return list(_articles(tasks, style, "（一）"))
    if layout == "numbered":
        return list(_articles(tasks, "", "1."))
    if layout == "mixed":
        half = len(tasks) // 2
        return [*_articles(tasks[:half], style, "（一）"), _table(style, tasks[half:], False)]
    return [_table(style, tasks, is_merged)]


def _table(style: str, tasks: list[Task], is_merged: bool) -> Table:
    has_cells = any(t.source == "column" for task in tasks for t in task.times)
    heads = list(SHAPES[style])[: None if has_cells or style == "words" else -1]
    rows, merges = [heads], []
    begun = 1
    for n, task in enumerate(tasks, 1):
        is_new = n == 1 or task.section != tasks[n - 2].section
        rows.append(_row(style, n, task, is_new))
        if style == "responsible" and is_new and n > 1:
            merges.append((begun, 1, n - 1, 1))
            begun = n
    if style == "responsible":
        merges.append((begun, 1, len(tasks), 1))
    if is_merged:
        first = heads.index(next(h for h in heads if h.endswith("单位")))
        for n in range(1, len(tasks), 2):
            if tasks[n].section == tasks[n - 1].section:
                merges += [(n, c, n + 1, c) for c in range(first, len(heads))]
    return Table(rows, [m for m in merges if m[0] < m[2]])


_DIGITS = "一二三四五六七八九十"


def chinese(n: int) -> str:
    """Return a number below a hundred in Chinese."""
    tens, ones = divmod(n, 10)
    ten = ("" if tens < 2 else _DIGITS[tens - 1]) + "十" if tens else ""
    return ten + (_DIGITS[ones - 1] if ones else "")


def _articles(tasks: list[Task], style: str, form: str) -> list[str]:
    """Sections, and below each its articles: （一）…。（责任单位：…）, or 1.… without units."""
    lines: list[str] = []
    sections: list[str] = []
    for n, task in enumerate(tasks, 1):
        if not sections or task.section != sections[-1]:
            sections.append(task.section)
            lines.append(f"{chinese(len(sections))}、{task.section}")
        units = ""
        if style == "list":
            units = f"（责任单位：{_names(task.units, 'responsible')}）"
        elif style == "lead":
            supporting = _names(task.units, "supporting")
            more = f"；配合单位：{supporting}" if supporting else ""
            units = f"（牵头单位：{_names(task.units, 'lead')}{more}）"
        number = f"（{chinese(n)}）" if form == "（一）" else f"{n}."
        lines.append(number + task.text + units)
    return lines


_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_NARROW = str.maketrans("，；：（）", ",;:()")
# What reading by machine takes for another character.
_MISREAD = str.maketrans({"日": "曰", "租": "祖", "径": "後", "末": "未", "己": "已"})
FURNITURE = ["设为首页 关于我们", "最新评论", "分享到"]


def _damaged(
    parts: list[str | Table], damage: tuple[str, ...], kind: str, chance: random.Random
) -> list[str | Table]:
    marked, rest = parts[:2], parts[2:]
    if "repeated header" in damage:
        rest = [_with_headers(part) if isinstance(part, Table) else part for part in rest]
    widths = chance.choice((_WIDE, _NARROW))
    for name, change in (
        ("widths", lambda cell: cell.translate(widths)),
        ("misread characters", lambda cell: _misread(cell, chance)),
        ("line breaks", lambda cell: _broken(cell, chance)),
    ):
        if name in damage:
            rest = [_changed(part, change) for part in rest]
    if "page furniture" in damage:
        return [FURNITURE[0], *marked, *rest, *FURNITURE[1:]]
    return [*marked, *rest]


def _changed(part: str | Table, change: Callable[[str], str]) -> str | Table:
    if isinstance(part, str):
        return change(part)
    return part._replace(rows=[part.rows[0], *([change(c) for c in row] for row in part.rows[1:])])


def _misread(cell: str, chance: random.Random) -> str:
    return cell.translate(_MISREAD) if chance.random() < 0.1 else cell


def _broken(cell: str, chance: random.Random) -> str:
    if len(cell) < 40:
        return cell
    at = chance.randint(15, len(cell) - 15)
    return cell[:at] + "\n" + cell[at:]


def _with_headers(table: Table) -> Table:
    """The table with its header again behind every twelfth row (merged areas are cut there)."""
    rows = [table.rows[0]]
    for n, row in enumerate(table.rows[1:], 1):
        if n > 1 and n % 12 == 1:
            rows.append(table.rows[0])
        rows.append(row)
    return Table(rows, [])
