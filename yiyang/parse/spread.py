"""Spread units that are printed once and hold for several items, as their form says.

市林业局：                     a heading that is a list of units, one of several
1.补种树木2万株。
以上任务由县文旅局牵头。       a sentence behind the items that it speaks of
（责任单位：同上）             a list that stands for the one above it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.grammar import roles
from yiyang.grammar.numerals import NUMBER, read
from yiyang.parse import unit_heads
from yiyang.parse.numbers import FIGURES, ordinal, style_of
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import BULLETS, LABEL, are_known_units, is_heading, is_units
from yiyang.safety.later import expression

DEEPEST = 3
"""The deepest style of numbers of items that such a sentence speaks of; below are points."""
# 市林业局：, 区民政局、区财政局：
_HEADING = expression(r"([^:：。；;\s][^:：。；;]{1,59})[:：]")
# 以上任务由…, 上述各项工作由…
ABOVE = expression(r"\s*(?:以上|上述)")
# （责任单位：同上）, 同上
_SAME = expression(r"[(（【]?(?:[一-鿿]{2,8}[:：])?(?:同上|同前)[)）】]?[。；;]?")


def unit_headings(blocks: Sequence[Block], label_of: Callable[[str], str]) -> set[int]:
    """Return the positions of lines that are nothing but known units with a colon, each over a
    numbered item; one alone is the address of a notice or says nothing sure. `label_of` is the
    label of a line of labels, empty for any other line."""
    lines = [(n, block.texts[0]) for n, block in enumerate(blocks) if not block.is_row]
    found = {
        n
        for (n, line), (_, below) in pairwise(lines)
        if (match := _HEADING.fullmatch(line.strip()))
        and style_of(simplify(below))[0] >= 0
        and are_known_units(match[1])
    }
    if len(found) > 1:
        return found
    items = _items(lines, blocks)
    return _label_headings(lines, items, label_of) or _bare_headings(lines, items)


def _bare_headings(lines: Sequence[tuple[int, str]], items: Sequence[int]) -> set[int]:
    """The positions of lines that are known units without a colon (市教育局（2项）) and head the
    items below them: the first stands above all items, each above one, and none behind the last.
    One alone must say a part or how many tasks follow, or it may be the issuer."""
    said = [simplify(lines[n][1]) for n in items]
    named = {n: head for n, (_, line) in enumerate(lines) if (head := _unnumbered(line))}
    found = _offices(lines, said) | named  # what is known says more
    # The names of those who issue a list may stand above it.
    heads = [n for n in found if items and n >= items[0] - 1]
    is_over = bool(heads) and heads[0] < items[0] and all(n + 1 in items for n in heads)
    is_sure = len(heads) > 1 or all(found[n].is_sure for n in heads)
    return {lines[n][0] for n in heads} if is_over and is_sure else set()


def numbered_labels(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of numbered lines that are a label and units over items of a deeper
    style (一、牵头单位：市教育局 above 1.): headings, and no list of an item above them."""
    lines = [(n, simplify(block.texts[0])) for n, block in enumerate(blocks) if not block.is_row]
    found = set()
    for (n, line), (_, below) in pairwise(lines):
        level, number = style_of(line)
        head = unit_heads.named(line) if LABEL.match(line[len(number) :].strip()) else None
        if 0 <= level < style_of(below)[0] and head:
            found.add(n)
    return found


def _unnumbered(line: str) -> unit_heads.UnitHead | None:
    is_other = style_of(simplify(line))[0] >= 0 or LABEL.match(simplify(line).strip())
    return None if is_other else unit_heads.named(line)


# 新建卫生室3所; not 配合财务科, 建设信息中心机房
_BUILDS = "(?:新建|建[设成]|改[造建]|扩建|修建|设[立置]|成立|增设|升级|打造)[^,，。;；]{0,6}"


def _offices(
    lines: Sequence[tuple[int, str]], items: Sequence[str]
) -> dict[int, unit_heads.UnitHead]:
    """The lines that name offices inside an agency, known or not, by their place; none where no
    line names a section for sure (科, 股), or an item speaks of one as a thing (新建卫生室)."""
    found = {n: head for n, (_, line) in enumerate(lines) if (head := unit_heads.office(line))}
    names = {simplify(head.words) for head in found.values()}
    if not any(name.endswith(("科", "股")) for name in names):
        return {}
    a_name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    built = re.compile(rf"{_BUILDS}(?:{a_name})(?=[,，。;；、\d的]|$)")
    return {} if any(map(built.search, items)) else found


def only_sure(covers: Sequence[Item]) -> None:
    """Take a heading from the items below it where one of them names units of its own beside which
    those of the heading are not sure to hold: they may not hold for the others either."""
    for cover in covers:
        if not all_take(cover):
            for child in cover.children:
                child.above = None


# （市财政局）, 市财政局负责, 责任单位：: an item that names units of its own
_OWN_UNITS = expression("单位|部门[:：]|牵头|负责|[局委办厅部][)）]")


def _label_headings(
    lines: Sequence[tuple[int, str]], items: Sequence[int], label_of: Callable[[str], str]
) -> set[int]:
    """The positions of lines of the kind 责任单位：县民政局 that head the items below them, a time
    and other units beside them: the first stands above all items, the last of several above one,
    and none behind the last; no item has units."""
    said = {n: label_of(line) for n, (_, line) in enumerate(lines)}
    units = {
        n for n, (_, line) in enumerate(lines) if _is_label(line) or LABEL.match(f"{said[n]}：")
    }
    labels = [n for n in said if n in units or said[n]]
    runs = [[n] for n in labels if n - 1 not in labels]
    for run in runs:
        while run[-1] + 1 in labels:
            run.append(run[-1] + 1)
    runs = [run for run in runs if not units.isdisjoint(run)]  # a time alone is of an item
    labels = [n for run in runs for n in run]
    if not labels or not items or not labels[0] < items[0] or labels[-1] > items[-1]:
        return set()
    # 督办事项： may stand between them and the first item
    is_over = all(
        run[-1] + 1 in items
        or (run[-1] + 2 in items and _NAMES_ITEMS.fullmatch(lines[run[-1] + 1][1].strip()))
        for run in runs
    )
    below = [
        simplify(line) for n, (_, line) in enumerate(lines[labels[0] :]) if n + labels[0] in items
    ]
    return (
        set()
        if not is_over or any(map(_OWN_UNITS.search, below))
        else {lines[n][0] for n in labels}
    )


# 督办事项：, 具体任务如下：
_NAMES_ITEMS = expression("[一-鿿]{0,6}(?:事项|任务|内容|工作|措施)(?:如下|清单)?[:：]?")
# -- 清理房前屋后积存垃圾
_POINT = expression(rf"\s{{0,20}}(?:[{BULLETS}]|[—―─━–\-]{{1,2}})\s{{0,4}}[一-鿿“《]")


def _items(lines: Sequence[tuple[int, str]], blocks: Sequence[Block]) -> list[int]:
    """Which of the lines are numbered items; points, where none is."""
    numbered = [n for n, (_, line) in enumerate(lines) if style_of(simplify(line))[0] >= 0]
    return numbered or [n for n, (at, _) in enumerate(lines) if _is_point(blocks[at])]


def _is_point(block: Block) -> bool:
    """Whether a paragraph is a point: one of a list, or behind a bullet."""
    return block.depth > 0 or bool(_POINT.match(block.texts[0]))


# 【4月】, [三季度], on a line of its own: over the items below it, and no part of the one above
_MONTH = expression(
    r"\s*[【\[]\s?(?:(?:19|20)\d\d年度?)?(?:\d{1,2}月份?|[第一二三四1-4]{1,2}季度|[上下]半年|(?:\d{1,2}月?[—\-至~]\d{1,2}月))\s?[】\]][:：]?\s*"
)


def months(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of lines that name a part of the year over the items below them; none
    where each is the time of the item above it: where no item stands below the last of them, they
    stand inside an item, or an item above the first goes on to be numbered below it."""
    lines = [(n, simplify(block.texts[0])) for n, block in enumerate(blocks) if not block.is_row]
    heads = [n for n, (_, line) in enumerate(lines) if _MONTH.fullmatch(line)]
    if not heads or not any(_may_be_item(line, blocks[at]) for at, line in lines[heads[-1] + 1 :]):
        return set()
    below = [style_of(line) for _, line in lines[heads[0] :]]
    level, number = next((style for style in below if style[0] >= 0), (-1, ""))
    above = [at for at, (_, line) in enumerate(lines[: heads[0]]) if style_of(line)[0] == level]
    goes_on = level >= 0 and ordinal(number) != 1 and bool(above)
    return set() if goes_on or level > FIGURES else {lines[n][0] for n in heads}


# 2026年1月5日, of a signature
_DAY = expression(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def _may_be_item(line: str, block: Block) -> bool:
    if style_of(line)[0] >= 0 or _is_point(block):
        return True
    words = squash(line)
    is_other = LABEL.match(words) or is_units(words) or _DAY.fullmatch(words)
    return len(words) > 5 and not is_other


def points_below(blocks: Sequence[Block], heads: Collection[int]) -> set[int]:
    """Return the positions of the points below headings that are lines of labels, in a document
    without a numbered item: -- 清理垃圾 below 牵头：镇农业农村办."""
    lines = [(n, block.texts[0]) for n, block in enumerate(blocks) if not block.is_row]
    if not heads or any(style_of(simplify(line))[0] >= 0 for _, line in lines):
        return set()
    found: set[int] = set()
    is_below = False
    for n, _ in lines:
        is_point = _is_point(blocks[n])
        is_below = n in heads or (is_below and (is_point or not _may_head(blocks[n].texts[0])))
        found |= {n} if is_below and is_point else set()
    return found


# 其中县城段6公里: goes on with the point above it
PART_OF = expression(r"\s*(?:其中|(?:包括|包含|含|共)(?=[^一-鿿]{0,2}\d|计))")


def _may_head(line: str) -> bool:
    """Whether a line between points may be the heading of others."""
    return is_heading(line) and not PART_OF.match(line)


def _is_label(line: str) -> bool:
    """Whether a line is a label and its list of known units, and nothing else."""
    match = LABEL.match(simplify(line).strip())
    return bool(match and are_known_units(simplify(line).strip()[match.end() :].strip("。；; ")))


def upwards(found: Outline) -> None:
    """Give the items above a sentence of the kind 以上任务由… the units that it names."""
    for n, item in enumerate(found.items):
        at = next((i for i, part in enumerate(item.parts) if _is_of_above(part)), None)
        if at is None or any(part.use == "text" for part in item.parts[at:]):
            continue
        cover = Item(0, "", parts=item.parts[at:])
        item.parts = item.parts[:at]
        last = item
        while last.level > DEEPEST and last.parent:
            last = last.parent
        cover.children = _counted(_meant(found.items[: n + 1], last), cover)
        for below in cover.children:
            below.above = cover
        found.covers.append(cover)
    # a paragraph that is such a sentence and nothing else is no item
    for item in (item for item in found.items if not item.parts):
        if item.parent:
            item.parent.children.remove(item)
    found.items = [item for item in found.items if item.parts]


def _is_of_above(part: Part) -> bool:
    """Whether a list of units speaks of the items above it."""
    is_list = part.use == "units" and ABOVE.match(part.text)
    return bool(
        is_list or (part.use in ("units", "deadline") and roles.ABOVE_LABEL.match(part.text))
    )


# 以上3项由…: so many of them
_SO_MANY = expression(rf"\s*[(（【]?(?:以上|上述)({NUMBER})[项条件]")


def _counted(items: list[Item], cover: Item) -> list[Item]:
    """The items that a sentence about those above it counts: the last of them; none where it counts
    more than there are."""
    counts = (_SO_MANY.match(simplify(part.text)) for part in cover.parts)
    count = next((int(read(match[1])) for match in counts if match), len(items))
    return items[len(items) - count :] if 0 < count <= len(items) else []


def _meant(items: Sequence[Item], last: Item) -> list[Item]:
    """The items up to the last one that stand beside it and name no units."""
    meant: list[Item] = []
    for item in reversed(items):
        is_beside = item.parent is last.parent and item.level == last.level
        if item.heading is not last.heading or (is_beside and (item.has_units or item.above)):
            break
        if is_beside:
            meant.insert(0, item)
    return meant


def repeated(items: Sequence[Item]) -> None:
    """Give an item whose list is 同上 the units of the task above it."""
    above: Item | None = None
    for item in items:
        if not item.is_task:
            continue
        marks = [p for p in item.parts if p.use == "units" and _SAME.fullmatch(squash(p.text))]
        held = [p for p in _named(above) if p.use == "units"]
        if marks and held and above:
            for part in marks:
                part.use = "ditto"
            item.above = Item(0, "", parts=held, children=[above])
        above = item


def _named(item: Item | None) -> Sequence[Part]:
    if item is None:
        return ()
    return item.above.parts if item.above and not item.has_units else item.parts


def named_headings(items: Sequence[Item]) -> None:
    """Take numbered headings that are nothing but known units for the lists that they are, where
    two or more stand side by side over items without units, or one says more than names:
    一、市水利局 above 1.清淤河道, 二、市水利局牵头（3项）."""
    found = [(item, head) for item in items if (head := _list_of(item))]
    for item, head in found:
        beside = [o for o, _ in found if o.level == item.level and o.parent is item.parent]
        if len(beside) > 1 or head.is_sure:
            item.parts = [piece for part in item.parts for piece in _cut_out(part, head.words)]
            item.is_task = False
            for child in item.children:
                child.above = item


def _list_of(item: Item) -> unit_heads.UnitHead | None:
    if not item.children or item.has_units or item.above or item.level < 0:
        return None
    head = unit_heads.named(item.words)
    own = {p for child in item.children for p in _parts_said(child)}
    is_plain = not any(child.children for child in item.children)
    return (
        head if head and is_plain and unit_heads.joins(unit_heads.part(head.words), own) else None
    )


def _parts_said(item: Item) -> set[str]:
    """The parts that the units of an item say they have; of units that say none, `mixed`."""
    own = (part.text for part in item.parts if part.use == "units")
    return {unit_heads.part(text) or unit_heads.MIXED for text in own if squash(text)}


def _cut_out(part: Part, words: str) -> list[Part]:
    """The text of a heading with its units as a list of their own."""
    at = part.text.find(words) if part.use == "text" else -1
    if at < 0:
        return [part]
    end = at + len(words)
    cuts = ((0, at, "stop"), (at, end, "units"), (end, len(part.text), "stop"))
    return [
        replace(part, text=part.text[a:b], use=use) for a, b, use in cuts if part.text[a:b].strip()
    ]


def taken(item: Item) -> list[Part]:
    """Return what an item takes from what holds for it too: times and units that it does not name
    itself, and units of the other part, which it lacks."""
    above = item.above
    if not above:
        return []
    own = {part.use for part in item.parts}
    units = "".join(part.text for part in above.parts if part.use == "units")
    holds = unit_heads.joins(unit_heads.part(units), _parts_said(item))
    return [
        part
        for part in above.parts
        if (part.use == "units" and holds) or (part.use == "deadline" and part.use not in own)
    ]


def all_take(item: Item) -> bool:
    """Tell whether all items below a heading take its units beside those that they name."""
    units = "".join(part.text for part in item.parts if part.use == "units")
    said = unit_heads.part(units)
    return all(unit_heads.joins(said, _parts_said(child)) for child in item.children)


def parts_alone(found: Outline, owners: unit_heads.Owners) -> None:
    """Give the items below a heading that states a part alone (一、牵头任务) the unit whose part it
    is; where no line says whose, they are said to lack it."""
    covers: dict[int, Item] = {}
    for item in found.items:
        head = _head_over(item)
        word = unit_heads.part_alone(head.text) if head else ""
        if not head or not word or item.above or any(c.has_units for c in item.children):
            continue
        said, own = unit_heads.part(word), _parts_said(item)
        if said in own:
            continue
        number = item.parent.number if item.parent else style_of(simplify(head.text))[1]
        owner = owners.of(ordinal(number), word)
        if not owner or not unit_heads.joins(said, own):
            found.unheld.append((item, head.text.strip()))
            continue
        cover = covers.get(head.line)
        if not cover:
            part = Part(head.position, owner.line, owner.name + word, "units")
            cover = covers[head.line] = Item(0, "", parts=[part], is_said_elsewhere=True)
        cover.children.append(item)
        item.above = cover


def _head_over(item: Item) -> Part | None:
    """The words of the heading right above an item: its parent's, else the last one printed."""
    if item.level < 0 or (item.parent and item.parent.has_units):
        return None
    if not item.parent:
        return item.heading
    return next((part for part in item.parent.parts if part.use == "text"), None)
