"""Read figures that are no count: 四分之三, 八成, 翻一番, 零增长, 1:10, and the two of 两三家.

`quantities` finds them together with the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yiyang.core.text import just_before
from yiyang.grammar.comparators import ABOUT, AT_LEAST, AT_MOST, BEHIND, CHANGED, OPENS
from yiyang.grammar.figures import Quantity
from yiyang.grammar.numerals import CHINESE, read
from yiyang.safety.later import expression

_PARTS = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,4}})"
_BEFORE = rf"(?P<before>(?:(?:{AT_LEAST}|{AT_MOST}|{ABOUT}|达到?)\s?){{0,3}})"
_AFTER = rf"(?P<after>(?:\s?{BEHIND})?)"
# 四分之三, 三分之一以上, 万分之五; 百分之 and 千分之 are read by `quantities`
# 1/3, 2/3以上: behind a word of comparison or in front of one
_SLASHED = r"(?<![\d./])(?P<upper>[1-9])/(?P<lower>[2-9]|10)(?![\d/.万千百亿])"
_FRACTION = rf"(?P<whole>(?![百千]分之){_PARTS})分之(?P<part>{_PARTS}(?:点[{CHINESE}]{{1,4}})?)"
# 八成, 四至五成, 近七成, 七成五, 六成以上, 七八成; not 达成, 建成, 三成本, 一成不变
_TENTHS = (
    r"(?<![十百千万第一二三四五六七八九])(?:(?P<lowest>[一二三四五六七八九]|(?<![\d.])[1-9])成?\s?[-—~至到]\s?)?"
    r"(?P<tenths>[一二两三四五六七八九]{1,2}|(?<![\d.])[1-9])成"
)
_TENTHS += r"(?P<half>半|[一二三四五六七八九](?=以[上下内]|左右|上下|的|[^\u4e00-\u9fff]|$))?"
_TENTHS += r"(?![不本长员立为就熟果效功分品套])"
# 翻一番, 翻了两番, 翻番
_DOUBLED = r"翻了?(?P<doubled>[一两二三]?)番"
_ZERO = r"(?P<zero>零)增长|(?P<all>百分百)"
# 一半以上的街道, 半数以上, 超过半数, 占比过半
_HALF = r"(?P<one_half>一半(?![径天夜])|半数)|(?P<over_half>(?<=[比率重例])过半(?![数天月年小径]))"
# 医护比达到1:1.25, 生师比不高于18:1
RATIO = r"(?<![\d:.])(?P<left>\d{1,4}(?:\.\d{1,3})?)\s?[:：∶]\s?"
RATIO += r"(?P<right>\d{1,4}(?:\.\d{1,3})?)(?![\d:：])"
_FOUND = expression(
    rf"(?=[\d{CHINESE}{OPENS}达翻半过])"  # no other character begins one, or a word before one
    rf"{_BEFORE}(?P<number>{_FRACTION}|{_TENTHS}|{_DOUBLED}|{_ZERO}|{_HALF}|{_SLASHED}|{RATIO}){_AFTER}"
)
# 医护比达到, 医护比由1:1.1提高到, 按1:50, 不低于1:10; not 开放时间由8:30调整为9:00
_OF_A_RATIO = expression(
    "比[例率值]?[^,，。;；\\d]{0,8}$|比[例率值]?[由从][^,，。;；]{0,12}(?:提[高升]|优化|调整|改善|下降|降低?)[到至为]$"
    "|按照?$|(?:不[低高少小大]于|不超过)$"
)
# 1:3的比例, 按1:50配备
_RATIO_BEHIND = expression("的?(?:比例|比率)|配[备置套比]")

Stated = Callable[[str, int, str, str], str]


def find(text: str, stated: Stated) -> list[Quantity]:
    """Return every such figure of a folded text; `stated` gives the sign from the words around
    it."""
    return [_share(match, *value, text, stated) for match, value in _values(text)]


def _values(text: str) -> Iterator[tuple[re.Match[str], tuple[float, str]]]:
    if not _ANY.search(text):
        return
    for match in _FOUND.finditer(text):
        if match["left"] and not _is_ratio(text, match):
            continue
        if match["upper"] and not _is_fraction(text, match):
            continue
        if value := _value(match):
            yield match, value


def _is_fraction(text: str, match: re.Match[str]) -> bool:
    """Whether 1/3 is a part of a whole, and no day and no page."""
    is_share = _NAMED.search(just_before(text, match.start(), 12))
    return bool(match["before"] or match["after"] or is_share)


_NAMED = expression("(?:比例|比重|占|率)[^,，。;；]{0,4}$")


def _is_ratio(text: str, match: re.Match[str]) -> bool:
    """Whether 1:3 is one, and no hour and no score: what is around it says so."""
    before = text[max(0, match.start() - 24) : match.start("left")]
    return bool(_OF_A_RATIO.search(before) or _RATIO_BEHIND.match(text, match.end()))


_IN_WORDS = {"zero": 0.0, "all": 100.0, "one_half": 50.0, "over_half": 50.0}
_ANY = expression("[/]|分之|成|番|半|零增长|百分百|[:：∶]")


def _value(match: re.Match[str]) -> tuple[float, str] | None:
    if match["whole"]:
        return _percent(read(match["part"]), read(match["whole"]))
    if match["tenths"]:
        return _tenths(match["tenths"], match["half"])
    if match["doubled"] is not None:
        return 2 ** read(match["doubled"] or "一"), "倍"
    if match["upper"]:
        return _percent(float(match["upper"]), float(match["lower"]))
    for name, value in _IN_WORDS.items():
        if match[name]:
            return value, "%"
    right = float(match["right"])
    return (round(float(match["left"]) / right, 6), ":1") if right else None


def _percent(part: float, whole: float) -> tuple[float, str] | None:
    return (round(100 * part / whole, 6), "%") if part < whole else None


def _tenths(printed: str, half: str | None) -> tuple[float, str] | None:
    """Tenths in hundredths: 七成五 is 75 %, 七成半 too; of 七八成 the lower end."""
    if len(printed) == 1:
        return 10 * read(printed) + (5 if half == "半" else read(half) if half else 0), "%"
    loose = between(printed)
    return (10 * loose[0], "%") if loose and not half else None


def _share(match: re.Match[str], value: float, unit: str, text: str, stated: Stated) -> Quantity:
    sign = stated(text, match.start(), match["before"], match["after"])
    start = match.start("number")
    is_level = match["doubled"] is not None or match["zero"] or match["all"] or match["left"]
    if sign == "=" and not is_level and CHANGED.search(just_before(text, start, 12)):
        sign = "change"
    sign = ">=" if match["over_half"] else sign
    tenths = match["tenths"] or ""
    loose = between(tenths)
    high, sign = (10 * loose[1], "about") if loose else (None, sign)
    if (lowest := match["lowest"]) and not loose and 10 * read(lowest) < value:
        value, high = 10 * read(lowest), value
    span = match.start(), match.end(), match.start("number")
    return Quantity(*span, value, high, sign, unit, bool(tenths))


_DIGIT = "一二三四五六七八九"
# 两三, 三四十, 三五百: two digits that follow one another, or 三五; 二〇二五 and 三百二十 are none
_LOOSE = expression(rf"(?P<low>[{_DIGIT}两])(?P<high>[{_DIGIT}两])(?P<units>[十百千]?[万亿]?)")


# 十七八, 三十五六万
_TEENS = expression(
    rf"(?P<tens>[{_DIGIT}]?十)(?P<low>[{_DIGIT}])(?P<high>[{_DIGIT}])(?P<units>[万亿]?)"
)


def between(printed: str) -> tuple[float, float] | None:
    """Return the two ends of an approximate number: between("三四十") == (30, 40); None for
    another."""
    if teens := _TEENS.fullmatch(printed):
        low, high = (read(teens["tens"] + teens[end]) for end in ("low", "high"))
        size = read(f"一{teens['units']}") if teens["units"] else 1
        return (low * size, high * size) if high - low == 1 else None
    match = _LOOSE.fullmatch(printed)
    if not match:
        return None
    low, high = read(match["low"]), read(match["high"])
    if high - low != 1 and (low, high) != (3, 5):
        return None
    size = read(f"一{match['units']}") if match["units"] else 1
    return low * size, high * size
