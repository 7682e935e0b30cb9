"""The numbers that Word draws before paragraphs: 一、 （一） 1. are not in the text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

from yiyang.extract.word_runs import BASED_ON, P_PR, VAL, styles_of

NUM_PR, NUM_ID, LEVEL, P_STYLE = map(qn, ("w:numPr", "w:numId", "w:ilvl", "w:pStyle"))
_DIGITS = "零一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting")
_CIRCLES = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, document: Any) -> None:
        self._styles = styles_of(document.styles)
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, set[int]] = {}
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
            self._restarts[identity] = {
                _value(override, "w:ilvl")
                for override in num.iter(qn("w:lvlOverride"))
                if override.find(qn("w:startOverride")) is not None
            }

    def number(self, node: Any) -> str:
        """The number that Word draws before this paragraph, or nothing; counts it."""
        found = self._properties(node)
        if not found or found[0] not in self._list_of:
            return ""
        identity, level = found
        levels = self._levels.get(self._list_of[identity], {})
        if level not in levels:
            return ""
        counts = self._counts[self._list_of[identity]]
        if level in self._restarts[identity]:
            counts.pop(level, None)
            self._restarts[identity].discard(level)
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        _, pattern, _ = levels[level]
        return re.sub(
            r"%(\d)",
            lambda m: _written(
                counts.get(int(m[1]) - 1, 1), levels.get(int(m[1]) - 1, ("", "", 1))[0]
            ),
            pattern,
        )

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


def _level(level: Any) -> tuple[str, str, int]:
    def value(tag: str, default: str) -> str:
        node = level.find(qn(tag))
        return node.get(qn("w:val"), default) if node is not None else default

    kind, start = value("w:numFmt", "decimal"), value("w:start", "1")
    # The signs of bullets are taken from symbol fonts: they say nothing as text.
    return kind, "" if kind in ("bullet", "none") else value("w:lvlText", ""), int(start)


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
    return str(count)
