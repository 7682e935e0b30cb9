"""Read headings that say who does what stands below them: which units, and which part they have.

一、市教育局（2项）            units alone, and how many tasks they have
二、由市财政局牵头的任务        units and their part
一、牵头任务                   a part alone: whose it is, the title or a note says
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.grammar import roles
from yiyang.parse.numbers import ordinal, style_of
from yiyang.parse.shapes import LABEL, ROLE_END, are_known_units, is_known_unit, is_units
from yiyang.safety.later import expression

PRIMARY, SUPPORTING, MIXED = "primary", "supporting", "mixed"

# （2项）, （共12件任务）, 共5项
_COUNT = expression(
    r"(?:[（(](?:共|计|合计)?\d{1,3}[项件条个](?:任务|事项)?[）)]|共\d{1,3}[项件条个])$"
)
_PART = "牵头|主办|主责|负责|承办|配合|协办|协助|参与"
_TASKS = r"(?:负责|组织|承担|落实|实施|完成)?的?(?:重点|主要)?(?:任务|事项|工作|项目)(?:清单)?"
# 市教育局牵头任务, 市财政局负责的重点工作: what stands behind the part
_OF_TASKS = expression(
    "(?:(?<=牵头)|(?<=主[办责])|(?<=负责)|(?<=承办)|(?<=配合)|(?<=协[办助])|(?<=参与))"
    + _TASKS
    + "$"
)
# 牵头任务, 由我局配合的事项
_PART_ALONE = expression(rf"由?(?:[我本](?:局|委|办|厅|部|院|单位|部门))?({_PART}){_TASKS}")


class UnitHead(NamedTuple):
    """The units that a heading is made of, with their role words: `words` of it, printed from
    `start` on. A sure one says more than names: a part, a label, or how many tasks follow."""

    words: str
    start: int
    is_sure: bool


def named(text: str) -> UnitHead | None:
    """Return what a heading says that is nothing but units, known ones where no label stands before
    them; None for any other text."""
    folded = simplify(text)
    start = len(style_of(folded)[1]) or len(folded) - len(folded.lstrip())
    words = folded[start:].rstrip(":： ")
    bare = _COUNT.sub("", words).rstrip()
    behind = _OF_TASKS.search(bare)
    bare = bare[: behind.start()] if behind else bare
    label = LABEL.match(bare)
    names = bare[label.end() :] if label else bare
    # 牵头单位：县农业机械化服务中心: behind a label a name may be one that nobody knows
    if not is_units(names) or not (label or are_known_units(names.strip("。；; "))):
        return None
    is_sure = bool(label) or bare != words or bool(part(bare))
    return UnitHead(text[start : start + len(bare)], start, is_sure)


# 食品安全监管股, 【基金监管科、稽核中心】
_OFFICES = expression(
    r"\s*[【\[]?(?P<names>[一-鿿]{2,12}(?:[科股室处组队所站部办]|中心)(?:[、和][一-鿿]{2,12}(?:[科股室处组队所站部办]|中心)){0,4})[】\]]?\s*"
)


def office(text: str) -> UnitHead | None:
    """Return what a heading that is nothing but names of offices inside an agency says, be they
    known or not; None for any other text. One alone is not sure to be of units."""
    match = _OFFICES.fullmatch(simplify(text))
    if not match or not is_units(match["names"]):
        return None
    start, end = match.span("names")
    return UnitHead(text[start:end], start, is_sure=False)


def part(text: str) -> str:
    """Return the part that a list of units says they have: `primary`, `supporting`, `mixed`; empty
    where it says none."""
    words = squash(simplify(text)).strip("（(【[）)】]。；;，, ")
    said = {roles.of(label[0]) for label in LABEL.finditer(words)}
    if not said:
        ends = (ROLE_END.search(clause) for clause in re.split("[，,；;。]", words))
        said = {roles.of(end[0]) for end in ends if end and end[0]}
    kinds = {PRIMARY if role in roles.PRIMARY else role or "" for role in said}
    if not kinds:
        return ""
    return kinds.pop() if len(kinds) == 1 and kinds <= {PRIMARY, SUPPORTING} else MIXED


def joins(said: str, beside: Iterable[str]) -> bool:
    """Tell whether units of one part, or of none said, hold beside those that tasks name
    themselves: one side leads, and the other supports. No other pair is sure."""
    own = set(beside)
    if not own:
        return True
    other = {PRIMARY} if said == SUPPORTING else {SUPPORTING}
    return said in ("", PRIMARY, SUPPORTING) and own == other


COLUMNS = {"lead": PRIMARY, "responsible": PRIMARY, "units": PRIMARY, "supporting": SUPPORTING}
"""The part of the units in a column, by its use."""


def part_alone(text: str) -> str:
    """Return the part that a heading states without a unit (牵头任务), as its word; else empty."""
    words = _COUNT.sub("", squash(simplify(text)).rstrip(":："))
    match = _PART_ALONE.fullmatch(words[len(style_of(words)[1]) :])
    return match[1] if match else ""


class Owner(NamedTuple):
    """Whose a part is: a unit, and the line that names it."""

    name: str
    line: int


# 第一部分由县教体局牵头
_OF_PART = expression(
    rf"第([一二三四五六七八九十])(?:部分|类)[^，,。；;:：由]{{0,6}}由([^，,。；;:：]{{2,20}}?)({_PART})(?=[，,。；;]|$)"
)
# 县教育体育局2025年承担…, 市水利局重点任务清单
_OF_TITLE = expression("(?=19|20|承担|关于|年度|重点|工作|任务|落实|牵头)")


class Owners:
    """Says whose the tasks below a heading are that states a part and no unit."""

    def __init__(self, blocks: Sequence[Block], title: str) -> None:
        self.of_parts: dict[int, tuple[str, Owner]] = {}
        self.of_all: Owner | None = None
        for block in blocks:
            if block.is_row:
                continue
            words = simplify(block.texts[0])
            for found in _OF_PART.finditer(words):
                if is_known_unit(found[2]):
                    owner = Owner(found[2], block.line)
                    self.of_parts[ordinal(found[1])] = (part(found[3]), owner)
            if not self.of_all and title and squash(words).lstrip("#") == squash(simplify(title)):
                name = _named_first(squash(words).lstrip("#"))
                self.of_all = Owner(name, block.line) if name else None

    def of(self, number: int, word: str) -> Owner | None:
        """Return whose a part is, by the number of its heading; None where no line says it."""
        if not self.of_parts:
            return self.of_all
        said, owner = self.of_parts.get(number, ("", None))
        return owner if said == part(word) else None


def _named_first(title: str) -> str:
    """The unit with whose name a title begins."""
    ends = (match.start() for match in _OF_TITLE.finditer(title, 0, 30))
    return next((title[:end] for end in ends if end > 2 and is_known_unit(title[:end])), "")
