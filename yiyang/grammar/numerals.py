"""Read numbers as Chinese documents print them: digits, Chinese numerals, and the two mixed.

cn2an reads most of them, but not a number with a gap (2 024), not digits in groups (1,200) and
not 百 alone, and it puts the packages `build`, `example` and `src` into the reader's environment.
"""

from __future__ import annotations

import re

from yiyang.core.text import remembered, simplify
from yiyang.safety.later import expression

_DIGITS = {
    c: i for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for i, c in enumerate(row)
}
_DIGITS |= {"○": 0, "两": 2}
_SMALL = {"千": 1000, "仟": 1000, "百": 100, "佰": 100, "十": 10, "拾": 10}
_LARGE = {"亿": 100_000_000, "万": 10_000}

# Full-width letters, digits and signs to their half-width forms, one character for one. Thin
# spaces and the like become a plain space.
_WIDTHS = {i + 0xFEE0: i for i in range(0x21, 0x7F)} | {
    **{0x2010: 0x2D, 0x2011: 0x2D, 0x2012: 0x2013, 0x2015: 0x2014},  # dashes of other kinds
    **{0x2266: 0x2264, 0x2267: 0x2265},  # ≦ and ≧
}
_WIDTHS |= dict.fromkeys([0x3000, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], 0x20)

AND = expression(r"\s?[、和与及]\s?")
"""What joins two of a list in folded text."""
CHINESE = "".join(_DIGITS) + "".join(_SMALL) + "".join(_LARGE)
"""Every character of a Chinese numeral, for use in a character class."""

# 2024, 2 024 (a thin space), 1,200, 5.35, 1万, 1万亿, 3万5千, 1亿零500万;
# then 一, 三百二十, 二〇二五,
# 一点二亿. A gap counts only before exactly three digits, so that `2021 100张` stays two numbers;
# no number of a document has more than fifteen digits.
NUMBER = (
    r"(?:(?:\d{1,3}(?:[ ,]\d{3}){1,4}(?!\d)|\d{1,15}(?!\d))(?:\.\d{1,9})?"
    r"\s?[十百千]?(?:万亿|[万亿])?(?:零?\d{1,4}(?:[百千]万?|万)){0,3}(?:(?<=[百千万亿])零\d{1,4}(?!\d))?"
    rf"|[{CHINESE}]{{1,20}}(?:点[{''.join(_DIGITS)}]{{1,9}}[万亿]?)?)"
)
"""The pattern of a number in folded text."""


_PLACES = 6
"""Places behind the point of a number: 1.13亿 would be 112999999.99999999."""
LONGEST = 31
"""Characters of the longest number in Chinese numerals, its fraction included."""


@remembered(1 << 10)  # times and figures are read from the same texts, one step after the other
def fold(text: str) -> str:
    """Return the text in simplified characters, with full-width signs and spaces narrowed.

    The length stays, so that a position in the folded text is the same in the printed one.
    """
    return simplify(text).translate(_WIDTHS)


def read(printed: str) -> float:
    """Return the number that `printed` names; a `ValueError` where it names none.

    read("5.35万") == 53500, read("2 024") == 2024, read("二〇二五") == 2025, read("三十") == 30.
    """
    text = re.sub(r"[\s,]", "", fold(printed))
    if re.fullmatch(
        r"\d{1,15}(?:\.\d{1,9})?[十百千]?(?:万亿|[万亿])?(?:零?\d{1,4}(?:[百千]万?|万)){0,3}(?:(?<=[百千万亿])零\d{1,4})?",
        text,
    ):
        return _mixed(text.replace("零", ""))
    whole, point, fraction = text.partition("点")
    size = _LARGE.get(fraction[-1:])
    fraction = fraction[:-1] if size else fraction
    is_known = set(whole).issubset(CHINESE) and set(fraction).issubset(_DIGITS)
    if not whole or not is_known or len(text) > LONGEST:
        raise ValueError(f"{printed!r} is no number")
    value = float(_whole(whole))
    if point:
        value += float("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return round(value * (size or 1), _PLACES)


def _mixed(text: str) -> float:
    """Digits with signs between them: 3万5千, 1亿2千万; in 2千5百万 the last sign counts both."""
    for sign, size in (_LARGE | _SMALL).items():
        before, found, after = text.rpartition(sign)
        if found:
            return round(_mixed(before) * size + _mixed(after or "0"), _PLACES)
    return round(float(text), _PLACES)


def _whole(text: str) -> int:
    """A whole number; a digit alone behind a sign counts tenths of it: 三万五 is 35000."""
    if all(c in _DIGITS for c in text):  # read digit by digit: 二〇二五, 三
        return int("".join(str(_DIGITS[c]) for c in text) or "0")
    for sign, size in (_LARGE | _SMALL).items():
        before, found, after = text.rpartition(sign)
        if found and after in _DIGITS:
            return (_whole(before) or 1) * size + _DIGITS[after] * size // 10
        if found:
            return (_whole(before) or 1) * size + _whole(after)
    raise AssertionError(text)
