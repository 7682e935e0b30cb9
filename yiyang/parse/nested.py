"""Points within points, as lists of web pages, of Markdown and of Word nest them.

• 稳定产能                a group of tasks, which is their heading
  ◦ 建设农田2万亩         a task
    ▪ 责任单位：…         its labels
  ◦ 推广新品种            its fellow, which has none
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse.numbers import BEFORE_FIGURE, style_of
from yiyang.parse.shapes import is_heading


@dataclass
class Nested:
    """What the points of a document are, by their positions: tasks without a number that stand over
    labels or beside such, and the headings over tasks."""

    tasks: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)


def find(
    blocks: Sequence[Block], label_of: Callable[[str], str], units_at: Callable[[str], int]
) -> Nested:
    """Return which points are tasks and which are headings. `label_of` is the first label of a line
    of labels, `units_at` says where the units of a paragraph begin, -1 where it names none."""
    below = _below(blocks)
    found = Nested()
    if not any(below.values()):
        return found
    plain = {n for n in below if not is_numbered(blocks[n].texts[0])}
    labels = {n for n in plain if label_of(blocks[n].texts[0])}
    for n in plain - labels:
        if _is_labelled(blocks, n, below[n], labels) and plain.issuperset(_inside(n, below)):
            found.tasks.add(n)
    with_units = {n for n in plain - labels if units_at(blocks[n].texts[0]) > 0}
    points = {n for n in found.tasks | with_units if blocks[n].depth % 2 == 0}
    over = {n for n in plain - labels if not points.isdisjoint(_inside(n, below))}
    # A group that has labels beside its tasks is their heading: whose they are is not told.
    found.tasks -= over
    found.headings |= {n for n in over if is_heading(blocks[n].texts[0])}
    found.tasks |= _fellows(blocks, below, found.tasks) & (plain - labels - with_units)
    return found


def is_numbered(text: str) -> bool:
    """Tell whether a paragraph begins with a number, or with what may be one."""
    return style_of(simplify(text))[0] >= 0 or bool(BEFORE_FIGURE.match(simplify(text)))


def _below(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """The paragraphs of lists, each with those right below it; a row or a paragraph of no list ends
    all of them."""
    found: dict[int, list[int]] = {}
    above: list[int] = []
    for n, block in enumerate(blocks):
        while above and (not block.depth or blocks[above[-1]].depth >= block.depth):
            above.pop()
        if block.is_row or not block.depth:
            above.clear()
            continue
        found[n] = []
        if above:
            found[above[-1]].append(n)
        if block.depth % 2 == 0:
            above.append(n)
    return found


def _inside(n: int, below: dict[int, list[int]]) -> list[int]:
    """All that stands inside a point, in its order."""
    found: list[int] = []
    waiting = [n]
    while waiting:
        own = below[waiting.pop()]
        found += own
        waiting += own
    return sorted(found)


def _is_labelled(blocks: Sequence[Block], n: int, own: Sequence[int], labels: set[int]) -> bool:
    """Whether the labels inside a point are its own: points below it, or lines right behind its
    words. A page that stands in a point as a whole has labels too, further below."""
    lines = [*takewhile(lambda m: m in labels, own)]
    is_behind = bool(lines) and lines[0] == n + 1
    return is_behind or any(m in labels and blocks[m].depth % 2 == 0 for m in own)


def _fellows(blocks: Sequence[Block], below: dict[int, list[int]], tasks: set[int]) -> set[int]:
    """The points with nothing below them, of lists most points of which are tasks."""
    inner = {n for own in below.values() for n in own}
    found: set[int] = set()
    for points in (*below.values(), *_outermost(blocks, below, inner)):
        beside = [n for n in points if blocks[n].depth % 2 == 0]
        bare = [n for n in beside if not below[n] and len(squash(blocks[n].texts[0])) > SHORTEST]
        named = sum(n in tasks for n in beside)
        if named > 1 and 2 * named >= len(beside):
            found.update(bare)
    return found


SHORTEST = 3
"""Characters that a task has more than."""


def _outermost(
    blocks: Sequence[Block], below: dict[int, list[int]], inner: set[int]
) -> list[list[int]]:
    """The points of each list that stands in none."""
    found: list[list[int]] = []
    last = -2
    for n in below:
        if n not in inner:
            if not found or not all(m in below for m in range(last + 1, n)):
                found.append([])
            found[-1].append(n)
            last = n
    return found
