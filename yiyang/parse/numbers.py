"""Read the numbers with which items begin: their styles, their order, and items inside a
paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from yiyang.core.text import remembered, simplify
from yiyang.extract import Block
from yiyang.safety.later import expression

# The styles of numbers, from the outermost in:
# 第一章, 一、 / 壹、, （一） / A over A1, 第三条 / 1. / 任务一： / 【实事1】 / 1.1 / 1.1.1 / A. /
# A1, (1) / a., ①, 一是
STYLES = tuple(
    expression(r"\s{0,200}" + pattern)
    for pattern in (
        r"第[一二三四五六七八九十]{1,3}(?:章|部分|编)[\s:：、]*",
        r"[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}(?:、|[.．﹒](?!\d))\s*",
        r"[（(][一二三四五六七八九十百]{1,4}[）)][、.．﹒]?\s*|[A-Z]\u3000\s*(?![类级档型区栋座组])(?=[一-鿿“《])",
        r"\d{1,3}(?:[.．、﹒](?!\d)|、(?=(?:19|20)\d\d年)|\s(?=[一-鿿“《]))\s*|第[一二三四五六七八九十百]{1,4}条[\s:：]*"
        r"|第[\d一二三四五六七八九十]{1,3}[项件][\s:：、]\s*"
        r"|[【〔\[]?(?:督办|交办|议定)?(?:任务|行动|工程|措施|项目|举措|实事|事项|议题)(?:[一二三四五六七八九十\d]{1,3}(?:[:：、]|[.．](?!\d)|[】〕\]][:：]?)"
        r"|(?:[一二三四五六七八九十]{1,3}|\d{1,3}(?!\s{0,9}(?:[个件条家座]|项(?!目))))\s(?=\s{0,9}(?:[一-鿿“《]|\d{3,5}[一-鿿])))\s*"
        r"|\d{1,2}(?:[.．]\d{1,2}){1,3}(?:[.．、﹒](?!\d)|\s)\s*"
        r"|\d{1,2}(?:[.．]\d{1,2}){2,3}(?=[一-鿿])|[A-Z][.．、]\s*(?=[一-鿿“《])"
        r"|[A-Z]\d{1,2}(?:[-.．]\d{1,2})?[.．、:：\u3000]\s*(?=[一-鿿“《])",
        r"[（(]\d{1,3}[）)][、.．﹒]?\s*|\d{1,2}[)）]\s*|[a-z][.．)）]\s*(?=[一-鿿“《])",
        r"[①-⑳]\s*",
        r"[一二三四五六七八九十]{1,3}是(?!否)[，,：:]?\s*",
    )
)
FIGURES = 3
"""The style of 1. and 任务一："""


def style_of(text: str) -> tuple[int, str]:
    """Return the style of the number with which a paragraph begins, and the number; (-1, "") for
    none."""
    for level, pattern in enumerate(STYLES):
        match = pattern.match(text)
        if match and len(text) > match.end():
            return level, text[: match.end()]
    return -1, ""


# 二、 or 2. behind the end of a sentence, a bracket or a blank; （二） anywhere but in 第（二）项
# or （一）至（二）; in mid-paragraph. Behind a word (改善居住环境1．改造) only with a fellow.
_INLINE = expression(
    r"(?=[一二三四五六七八九十\d（(①-⑳])"  # no other character begins one
    r"(?:(?:(?<=[。；;）)】〕！：:\s])[一二三四五六七八九十]{1,3}、|(?<=[。；;）)】〕！\s])\d{1,3}[.．、﹒](?!\d))"
    r"|(?<![第至和、到])[（(][一二三四五六七八九十]{1,3}[）)](?![项款条至和、到])"
    r"|(?P<free>(?<=[一-鿿])(?<![第之至和到一二三四五六七八九十])"
    r"(?:[一二三四五六七八九十]{1,3}、|\d{1,3}[.．﹒])(?=[一-鿿《“])(?![一二三四五六七八九十]))"
    r"|(?P<deep>[①-⑳]|(?<=[。；;）)：:\s])[（(]\d{1,2}[）)]))"
)
LONGEST_HEADING = 40
DEEP = 4
"""The style of （1）; it and ① are points of a text where no unit says otherwise."""


def segments(text: str, has_units: Callable[[str], bool] = lambda part: False) -> list[str]:
    """Cut a paragraph before each item inside it; joined they give the paragraph.

    Items inside a paragraph count where their numbers run on from one another or begin with one;
    a paragraph that does not begin with an item must hold two. The points （1） and ① count where
    one before the last names units of its own (`has_units`).
    """
    level, number = style_of(text)
    last = {level: ordinal(number)} if level >= 0 else {}
    seen = dict(last)
    cuts: list[tuple[int, int]] = []
    found = [
        (m, *style_of(text[m.start() : m.start() + LONGEST_HEADING]))
        for m in _INLINE.finditer(text)
        if m.start()
    ]
    numbers = [(other, ordinal(following)) for _, other, following in found]
    for i, (match, other, following) in enumerate(found):
        n = ordinal(following)
        goes_on = (other, n + 1) in numbers[i + 1 :]
        is_first = n == 1 or (other == 2 and 2 not in seen) or (goes_on and not match["deep"])
        # Of an excerpt some items are missing: 5 behind 3, where the units of 3 or a heading end.
        is_behind_list = text[: match.start()].rstrip()[-1:] in tuple("）)】〕")
        at, level_above = cuts[-1] if cuts else (0, other)
        is_behind_heading = level_above < other and match.start() - at <= LONGEST_HEADING
        is_gap = n > seen.get(other, 0) > 0 and (is_behind_list or is_behind_heading)
        is_next = n == seen.get(other, 0) + 1 or is_gap or (other not in last and is_first)
        is_below = other in last or not last or other > min(last)
        if match["free"] and not (goes_on or (other, n - 1) in seen.items() or last):
            continue
        if other >= 0 and n and is_next and is_below:
            cuts.append((match.start(), other))
            last = {k: v for k, v in last.items() if k < other} | {other: n}
            seen[other] = n
    cuts = _with_units(text, cuts, has_units)
    if level < 0 and len(cuts) < 2:
        return [text]
    ends = [0, *(at for at, _ in cuts), len(text)]
    return [text[a:b] for a, b in pairwise(ends) if text[a:b]]


def _with_units(
    text: str, cuts: list[tuple[int, int]], has_units: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """The cuts without those at points of a text, unless a point before its last names units."""
    if not any(level >= DEEP for _, level in cuts):
        return cuts
    first = style_of(text)[0]
    begins = [(0, first), *cuts] if first >= DEEP else cuts
    ends = [at for at, _ in begins[1:]] + [len(text)]
    parts = [(level, text[a:b]) for (a, level), b in zip(begins, ends, strict=True)]
    before_last = [
        part for (level, part), (n, _) in pairwise(parts) if level >= DEEP and n == level
    ]
    if any(map(has_units, before_last)):
        return cuts
    return [cut for cut in cuts if cut[1] < DEEP]


# 1.2.3: a number of three levels or more
_LEVELS = expression(r"\s*(\d{1,2}(?:[.．]\d{1,2})+)")


def levels(number: str) -> tuple[int, ...]:
    """Return the numbers that the number of an item consists of: (1, 2, 3) of 1.2.3; else empty."""
    match = _LEVELS.match(number)
    return tuple(map(int, re.split("[.．]", match[1]))) if match else ()


_ONES = {c: n for n, c in enumerate("零一二三四五六七八九")}
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")


# 12, ⑫, 十二
_FIGURES, _CIRCLED, _WORDS = map(expression, (r"\d+", "[①-⑳]", "[一二三四五六七八九十百]+"))


@remembered(1 << 10)  # the same few numbers stand before the items of every list
def ordinal(number: str) -> int:
    """Return the number of an item as a figure; 0 where it has none."""
    if digits := _FIGURES.search(number):
        return int(digits[0])
    if circled := _CIRCLED.search(number):
        return ord(circled[0]) - ord("①") + 1
    words = _WORDS.search(number.translate(_CAPITALS))
    if not words:
        letter = number.strip()[:1].upper()
        return ord(letter) - ord("A") + 1 if "A" <= letter <= "Z" else 0
    tens, has_ten, ones = words[0].rpartition("十")
    return (_ONES.get(tens, 1) * 10 if has_ten else 0) + _ONES.get(ones, 0)


# 2.120急救中心改造, 3.5G基站建设, 1、2个小区改造: a number that could as well be a decimal fraction
# or the first of several figures
BEFORE_FIGURE = expression(
    r"\s{0,200}(\d{1,3})(?:[.．]|(?P<comma>、)(?=(?P<next>\d{1,4})(?!\d|、)))(?=\d)"
)


def behind_figures(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the numbers of items whose text begins with a figure (2.120急救中心), by position.

    Such a line is an item where its number comes next after that of the item above it, and no
    line below it has the same. Numbers may run on behind a heading, or begin anew. The first of
    several figures is followed by the next (3、4家): 1、12个 begins an item where its number fits.
    """
    found: dict[int, str] = {}
    plain: set[int] = set()  # no series of figures
    ordinals: list[tuple[int, int]] = []  # position and ordinal; 0 for an outer style
    for position, block in enumerate(blocks):
        text = "" if block.is_row else simplify(block.texts[0])
        level, number = style_of(text)
        match = BEFORE_FIGURE.match(text) if level < 0 else None
        if match or level == FIGURES:
            ordinals.append((position, ordinal(match[0] if match else number)))
            if match:
                found[position] = block.texts[0][: match.end()]
                if match["comma"] and int(match["next"]) != ordinal(match[1]) + 1:
                    plain.add(position)
        elif 0 <= level < FIGURES:
            ordinals.append((position, 0))
    last = running = 0
    for (position, n), (_, following) in pairwise([*ordinals, (-1, 0)]):
        is_next = n == last + 1 and following != n and (last > 0 or following == n + 1)
        runs_on = n == running + 1 and following == n + 1
        fits = position in plain and n in (1, last + 1, running + 1)
        if position in found and not (is_next or runs_on or fits):
            del found[position]
        else:
            last, running = n, n or running
    return found
