"""Paragraphs without a number below one with a number: its body, or tasks of their own.

（一）减轻税费负担（市税务局）      a heading with its units
对小规模纳税人减免附加税费。        and its body, as below the headings beside it

1.健全制度                         a heading without units
制定补贴办法（责任单位：县民政局）  and tasks below it, each with units of its own
建立巡访台账（责任单位：县民政局）

修缮古桥3座                        a line without a number
责任单位：县文旅局                  and the labels below it, as below its fellows
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse.nested import is_numbered
from yiyang.parse.numbers import style_of
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import is_heading
from yiyang.safety.later import expression

SHORTEST = 8
"""Characters that the body of an item has at least."""


def own_points(blocks: Sequence[Block], units_at: Callable[[str], int]) -> set[int]:
    """Find the paragraphs that are tasks below a bare heading with a number.

    `units_at` says where the units of a paragraph begin, -1 where it names none. Below one heading
    of the document at least there are two; a single one may as well be the body of its heading.
    """
    every = _runs(blocks)
    named = [[*takewhile(lambda n: units_at(blocks[n].texts[0]) > 0, run)] for run in every]
    # behind the last of them the document may go on and be signed
    runs = [own for own, run in zip(named, every, strict=True) if own and own == run]
    runs += [own for own in named[-1:] if own and own not in runs]
    return {n for run in runs for n in run} if any(len(run) > 1 for run in runs) else set()


# 做好汛前准备。3月底前完成检查，…: a title and a sentence
_TITLED = expression(r"\s*[一-鿿“”、]{4,20}。[^。]{8}")


# 一、总体要求, 二、存在问题, 五、保障措施: what stands around the tasks; not 三、供水保障
_FRAME = expression(
    "总体|指导思想|原则$|目标$|保障措施|(?:组织|工作)保障|组织(?:领导|实施)|(?:工作|有关|具体|几点)要求"
    "|形势|回顾|背景|现状|存在的?|(?:基本|工作|进展|有关)情况"
    "|(?:主要|突出|工作)(?:问题|困难|短板|不足|成[效绩]|做法|经验)"
)


def titled(blocks: Sequence[Block]) -> tuple[set[int], set[int]]:
    """Find the paragraphs below bare headings that all begin with a title of their own, two or more
    below two headings at least, and these headings with those of what stands around the tasks; none
    where another paragraph stands among them."""
    every = _runs(blocks)
    around = [run for run in every if _FRAME.search(blocks[run[0] - 1].texts[0])]
    runs = [run for run in every if run not in around]
    own = [[*takewhile(lambda n: _TITLED.match(blocks[n].texts[0]), run)] for run in runs]
    is_plain = all(len(a) == len(b) for a, b in zip(own[:-1], runs[:-1], strict=True))
    found = [run for run in own if run]
    if not is_plain or sum(len(run) > 1 for run in found) < 2:
        return set(), set()
    return {n for run in found for n in run}, {run[0] - 1 for run in [*found, *around]}


# 主要内容：…, 工作要求：…, 具体措施：…: words of the task itself behind a label
_WORD_LABEL = expression(
    r"[\s●·•\-]{0,4}(?P<label>(?:主要|工作|具体|建设|重点|任务|整改|落实|推进|实施|办理|完成|年度|总体|预期|项目|督办)?"
    r"(?:内容|措施|举措|目标|要求|标准|任务|成效|步骤))[】\]]?[:：].*[^:：\s]",
    re.S,
)


def is_labelled(text: str) -> bool:
    """Tell whether a paragraph begins with a label of words of a task: 目标：…, 主要内容：…."""
    return bool(_WORD_LABEL.fullmatch(simplify(text)))


def word_labels(blocks: Sequence[Block], label_of: Callable[[str], str]) -> set[int]:
    """Find the paragraphs that begin with a label of words of the task, the same in two at least
    and in two of three items that have a line of labels (`label_of`). What stands less often may be
    said to all."""
    found: dict[str, list[int]] = {}
    for n, block in enumerate(blocks):
        match = None if block.is_row else _WORD_LABEL.fullmatch(simplify(block.texts[0]))
        if match:
            found.setdefault(match["label"], []).append(n)
    lines = [label_of(block.texts[0]) for block in blocks if not block.is_row] if found else []
    most = max(Counter(filter(None, lines)).values(), default=0)
    return {n for own in found.values() if len(own) > 1 and 3 * len(own) >= 2 * most for n in own}


def labelled_below(blocks: Sequence[Block], label_of: Callable[[str], str]) -> set[int]:
    """Find the lines without a number that are tasks by the labels below each (责任单位：…).

    `label_of` is the first label of a line of labels, empty for any other line. The lines and the
    labels take turns, twice or more, and each turn begins with the same label. Once there are
    such turns, one is enough below a heading.
    """
    labels = ["" if block.is_row else label_of(block.texts[0]) for block in blocks]
    kinds = "".join(
        "-" if block.is_row else "L" if label else _kind(block.texts[0])
        for block, label in zip(blocks, labels, strict=True)
    )
    if titles := _of_cards(blocks, labels, kinds):
        return titles
    found: set[int] = set()
    for match in _TURNS.finditer(kinds):
        words = [n for n in range(*match.span()) if kinds[n] == "w"]
        if len({labels[n + 1] for n in words}) == 1:
            found.update(words)
    said = {labels[n + 1] for n in found}
    alone = (match.end() for match in _HEADED.finditer(kinds))
    return found | {n for n in alone if labels[n + 1] in said}


# A title, and below it lines of labels, of which one is of words: again and again
_CARDS = expression("(?:[wh](?=[La]{0,9}a)(?=[La]{0,9}L)[La]{2,10}){2,}")


def _of_cards(blocks: Sequence[Block], labels: Sequence[str], kinds: str) -> set[int]:
    """The titles of cards: 青年驿站建设 above 年度目标：新建5家 and 主抓部门：团市委, each with the
    same first line of words below it."""
    words = ["" if block.is_row else _word_label(block.texts[0]) for block in blocks]
    said = "".join("a" if word else kind for word, kind in zip(words, kinds, strict=True))
    found: set[int] = set()
    for match in _CARDS.finditer(said):
        titles = [n for n in range(*match.span()) if said[n] in "wh"]
        if len({words[n + 1] or labels[n + 1] for n in titles}) == 1:
            found.update(titles)
    return found


def _word_label(text: str) -> str:
    match = _WORD_LABEL.fullmatch(simplify(text))
    return match["label"] if match else ""


# A line of words and lines of labels below it, again and again
_TURNS = expression("(?:wL+){2,}")
# Labels, a heading, and one more such line of words with its labels
_HEADED = expression("L[wh](?=wL)")


def _kind(text: str) -> str:
    """Whether a paragraph may be the words of a task (w), a short heading (h), or neither."""
    if is_numbered(text):
        return "-"
    return "w" if len(squash(text)) >= SHORTEST else "h" if is_heading(text) else "-"


def _runs(blocks: Sequence[Block]) -> list[list[int]]:
    """The paragraphs without a number below each bare heading with one."""
    found: list[list[int]] = []
    is_open = False
    for n, block in enumerate(blocks):
        text = "" if block.is_row else block.texts[0]
        level, number = style_of(simplify(text)) if text else (-1, "")
        if block.is_row or level >= 0:
            is_open = not block.is_row and _is_bare(text[len(number) :])
            if is_open:
                found.append([])
        elif is_open:
            found[-1].append(n)
    return [run for run in found if run]


def _is_bare(words: str) -> bool:
    return is_heading(words) and not re.search("[。；;，,：:（(【]", words)


def attach(found: Outline) -> None:
    """Give items that are headings with units the paragraph below each, where most have one."""
    heads = [item for item in found.items if _is_head(item)]
    bodies = {id(item): _below(found, item) for item in heads}
    with_body = [item for item in heads if bodies[id(item)]]
    if len(with_body) < 2 or 3 * len(with_body) < 2 * len(heads):
        return
    for item in with_body:
        for part in bodies[id(item)]:
            found.loose.remove(part)
            part.use = "text"
            item.parts.append(part)


def _is_head(item: Item) -> bool:
    line = item.parts[0].position
    return (
        item.level >= 0
        and item.has_units
        and not item.children
        and is_heading(item.words)
        and not re.search("[。；;，,]", item.words)
        and all(part.position == line for part in item.parts)
    )


def _below(found: Outline, item: Item) -> list[Part]:
    """The paragraphs right below an item, up to the next item; none where one is no sentence."""
    start = item.parts[-1].position
    behind = [p.position for other in found.items for p in other.parts if p.position > start]
    stop = min(behind, default=None)
    parts = [p for p in found.loose if start < p.position and (stop is None or p.position < stop)]
    parts.sort(key=lambda part: part.position)
    if stop is None:
        parts = parts[:1]  # what stands behind the last item may close the document
    runs_on = all(b.position - a.position <= 1 for a, b in pairwise(parts))
    is_next = bool(parts) and parts[0].position == start + 1 and runs_on
    return parts if is_next and all(map(_is_sentence, parts)) else []


def _is_sentence(part: Part) -> bool:
    words = squash(part.text)
    return part.use == "leftover" and len(words) >= SHORTEST and words[-1] in "。；;！）)"
