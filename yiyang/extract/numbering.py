"""Count the numbers that Word draws before paragraphs: 一、 （一） 1. are not in the text of the
file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from yiyang.extract.word_runs import BASED_ON, P_PR, VAL, styles_of
from yiyang.safety.later import expression

NUM_PR, NUM_ID, LEVEL, P_STYLE = map(qn, ("w:numPr", "w:numId", "w:ilvl", "w:pStyle"))
_DIGITS = "零一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_STEMS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
# List Bullet 2: Word's own styles for points within points, each a list of its own
_DEEP_STYLE = expression(r"List (?:Bullet|Number|Continue) ([2-5])$", re.I)
_CIRCLES = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


class Level(NamedTuple):
    """A level of a list: how its numbers are written, what stands around them (%1 is the number of
    the first level), the first number, the level behind which it begins anew (0: behind none), and
    whether all numbers of the pattern are figures."""

    kind: str
    pattern: str
    start: int
    again: int | None = None
    is_legal: bool = False


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, document: Any) -> None:
        self._styles = styles_of(document.styles)
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        # of each list, where a level begins when it is used first; its own levels
        self._starts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {
                _value(level, "w:ilvl"): _level(level) for level in abstract.iter(qn("w:lvl"))
            }
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for num in root.iter(qn("w:num")):
            identity = num.get(qn("w:numId"))
            self._list_of[identity] = num.find(qn("w:abstractNumId")).get(qn("w:val"))
            self._starts[identity], self._own[identity] = {}, {}
            for override in num.iter(qn("w:lvlOverride")):
                level, own = _value(override, "w:ilvl"), override.find(qn("w:lvl"))
                start = override.find(qn("w:startOverride"))
                if own is not None:
                    self._own[identity][level] = _level(own)
                if start is not None:
                    self._starts[identity][level] = _value(start, "w:val")

    def number(self, node: Any) -> str:
        """Return the number that Word draws before this paragraph, or nothing; counts it."""
        found = self._properties(node)
        if not found or found[0] not in self._list_of:
            return ""
        identity, level = found
        levels = self._levels.get(self._list_of[identity], {}) | self._own[identity]
        if level not in levels:
            return ""
        own = levels[level]
        counts = self._counts[self._list_of[identity]]
        if (start := self._starts[identity].pop(level, None)) is not None:
            counts[level] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            again = levels[deeper].again if deeper in levels else None
            if again is None or level < again:
                del counts[deeper]
        return re.sub(r"%(\d)", lambda m: _of(levels, counts, level, int(m[1]) - 1), own.pattern)

    def depth(self, node: Any) -> int:
        """Return how deep in its list a paragraph stands (`Block.depth`); 0 for one of none."""
        found = self._properties(node)
        if not found or found[0] not in self._list_of:
            return 0
        style = node.find(f"{P_PR}/{P_STYLE}")
        element = self._styles.get(style.get(VAL)) if style is not None else None
        name = element.find(qn("w:name")) if element is not None else None
        of_style = _DEEP_STYLE.match(name.get(VAL) or "") if name is not None else None
        return 2 * max(found[1] + 1, int(of_style[1]) if of_style else 1)

    def _properties(self, node: Any) -> tuple[str, int] | None:
        """Number of the list and level of a paragraph, its own or its style's."""
        properties = node.find(P_PR)
        seen = 0
        while properties is not None and seen < 10:
            numbered = properties.find(NUM_PR)
            if numbered is not None and numbered.find(NUM_ID) is not None:
                level = numbered.find(LEVEL)
                identity = numbered.find(NUM_ID).get(VAL)
                return identity, int(level.get(VAL)) if level is not None else 0
            style = properties.find(P_STYLE)
            if style is None:
                style = properties.getparent().find(BASED_ON)
            element = self._styles.get(style.get(VAL)) if style is not None else None
            properties = element.find(P_PR) if element is not None else None
            seen += 1
        return None


def _value(node: Any, name: str) -> int:
    return int(node.get(qn(name), "0"))


def _of(levels: dict[int, Level], counts: dict[int, int], level: int, above: int) -> str:
    """The number of the level `above` in the pattern of a level."""
    known = levels.get(above)
    kind = "decimal" if levels[level].is_legal else known.kind if known else ""
    return _written(counts.get(above, known.start if known else 1), kind)


def _level(level: Any) -> Level:
    def value(tag: str, default: str) -> str:
        node = level.find(qn(tag))
        return node.get(qn("w:val"), default) if node is not None else default

    kind, start = value("w:numFmt", "decimal"), value("w:start", "1")
    # The signs of bullets are taken from symbol fonts: they say nothing as text.
    pattern = "" if kind in ("bullet", "none") else value("w:lvlText", "")
    again = level.find(qn("w:lvlRestart"))
    is_legal = level.find(qn("w:isLgl")) is not None
    return Level(
        kind, pattern, int(start), None if again is None else _value(again, "w:val"), is_legal
    )


def _written(count: int, kind: str) -> str:
    if kind in _CHINESE and 0 < count < 100:
        tens, ones = divmod(count, 10)
        return (
            ("" if tens < 2 else _DIGITS[tens])
            + "十" * (tens > 0)
            + (_DIGITS[ones] if ones else "")
        )
    if kind in _CIRCLES and 0 < count <= 20:
        return chr(0x245F + count)
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((96 if kind == "lowerLetter" else 64) + count)
    if kind in _STEMS and 0 < count <= len(_STEMS[kind]):
        return _STEMS[kind][count - 1]
    if kind in ("upperRoman", "lowerRoman") and 0 < count < 40:
        tens, ones = divmod(count, 10)
        roman = "X" * tens + _ROMAN[ones]
        return roman if kind == "upperRoman" else roman.lower()
    return f"{count:02d}" if kind == "decimalZero" else str(count)
