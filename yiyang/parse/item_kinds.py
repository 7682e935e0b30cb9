"""Tell the items of an outline that are no tasks, though they name units: titles of lists, what was
reached in a year before, what was cancelled, when a document is in force."""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.core.text import simplify, squash
from yiyang.parse import forms
from yiyang.parse.outlines import Item
from yiyang.parse.shapes import LABEL
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

_DOES = (
    "制[定订]|编制|印发|出台|完成|落实|实施|公布|发布|建立|完善|梳理|更新|动态|推进|开展|形成|健全"
    "|优化|执行|修[订编]"
)
# …行动任务表（县直部门）, …责任清单（县民政局）: what the table below is called, and whose it is
_TITLE = expression(
    rf"(?!{_DOES})[^。；;，,：:]{{4,60}}(?:任务|分工|分解|安排|进度|责任|工作|项目|事项|措施|推进|计划)(?:一览)?(?:表|清单|台账)"
    # 溪口县2026年为民办实事进度安排（卫生健康）, …2026年民生实事任务分解（按责任单位）
    rf"|(?!{_DOES})[^。；;，,：:]{{2,24}}20\d\d年[^。；;，,：:]{{2,40}}"
    "(?:安排|分解|分工|任务|要点|计划|方案|清单|台账|一览)"
)


def is_title(item: Item) -> bool:
    """Tell whether an item without a number is the title of a list, with units in a bracket."""
    said = (simplify(part.text) for part in item.parts if part.use == "units")
    is_labelled = any(LABEL.search(words) for words in said)
    words = squash(simplify(item.words))
    return not (item.number or is_labelled) and bool(_TITLE.fullmatch(words))


def _without_reached(items: Sequence[Item]) -> None:
    """Take the items out that stand below a heading of what was reached in a year before, where
    others do not: 一、2024年任务完成情况 / 1.… / 二、2025年重点任务 / 1.…"""
    heads = [_heading(item) for item in items]
    last = forms.last_year(heads)
    reached = [
        item for item, head in zip(items, heads, strict=True) if forms.tells_reached(head, last)
    ]
    others = {id(item) for item in items if item.is_task} - set(map(id, reached))
    if not others or any(_is_due(item, last) for item in reached):
        return
    for item in reached:
        item.is_task, item.why_not = False, tell("parse.item_of_what_was_reached")


# （经研究，取消本项任务）: all that is left of an item whose words are struck out
_CANCELLED = expression(
    r"[（(][^（()）]{0,20}(?:取消|删除|撤销|不再(?:实施|列入|单列)|(?:并|合)入|合并[至到])[^（()）]{0,20}[）)][。；;]?"
)


# 本措施自2025年5月1日起施行，由镇经济发展办公室负责解释
_IN_FORCE = expression(
    "(?:本|此)(?:措施|办法|方案|意见|规定|细则|通知|制度|清单|政策)[^。；;]{0,20}(?:起?施行|起?执行|起实施|有效期|负责解释)"
)


def set_aside(items: Sequence[Item]) -> None:
    """Take items out that are no tasks, and say why: what was reached in a year before, what was
    cancelled, and the last one where it says from when on the document is in force."""
    _without_reached(items)
    for item in items:
        words = squash(simplify(item.words))
        if not item.children and _CANCELLED.fullmatch(words):
            item.is_task, item.why_not = False, tell("parse.item_cancelled")
        elif not item.children and item is items[-1] and _IN_FORCE.match(words):
            item.is_task, item.why_not = False, tell("parse.item_in_force")


# 6月底前销号; not 2024年11月底投用
_AHEAD = expression(r"[月日年底末]前|[完办整销][成结改号]时限|(?<!\d)\d{1,2}月底")


def _is_due(item: Item, last: int) -> bool:
    """Whether an item names a day that may lie ahead: no year, or none before the last one."""
    words = simplify("".join(part.text for part in item.parts))
    named = forms.last_year([words])
    return named >= last or (not named and bool(_AHEAD.search(words)))


def _heading(item: Item) -> str:
    """The words of the headings above an item, the outermost last."""
    above, found = item.parent, [item.heading.text] if item.heading else []
    while above:
        found.insert(0, above.words)
        above = above.parent
    return "\n".join(found)
