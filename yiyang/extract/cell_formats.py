"""Show the value of a workbook's cell under its number format (yyyy"年"m"月", 0%, 0"张").

No library does this for Excel's codes and Chinese (ssf is no longer kept, and does not start), so
the codes that task lists have are written out here; of any other `shown` says that it is not known.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from yiyang.safety.later import expression

EPOCH = dt.datetime(1899, 12, 30)
# Codes that Excel in Chinese numbers and does not write into the file (ECMA-376, 18.8.30).
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
}
# "年"  \年  _)  *x  [$-804]  General  yyyy  mm  h  0.00  #,##0  %  @  any other sign
_TOKEN = expression(
    r'"(?P<quoted>[^"]{0,255})"|\\(?P<sign>.)|[_*].|\[(?P<bracket>[^\]]{0,255})\]|(?P<general>General)'
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|AM/PM|上午/下午)"
    r"|(?P<number>[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?,*)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.I | re.S,
)
# [>=100], [<0]: for which values a section of a code is
_CONDITION = expression(r"(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)")
# [$¥-804], [$€]: a sign of money
_MONEY = expression(r"\$([^-]*)(?:-.*)?")
_FIGURES = str.maketrans("0123456789", "〇一二三四五六七八九")
_COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
Token = tuple[str, str]


def serial(day: dt.datetime | dt.date) -> float:
    """Tell the day as Excel counts it."""
    if not isinstance(day, dt.datetime):
        day = dt.datetime(day.year, day.month, day.day)
    return (day - EPOCH) / dt.timedelta(days=1)


def is_date(code: str) -> bool:
    """Tell whether a code shows a day."""
    return any(kind == "date" for section in _sections(code) for kind, _ in section)


def shown(value: float, code: str) -> str | None:
    """Return what a cell shows for a number or day; `None` where the code is none that is known."""
    section, number = _section(value, code)
    kinds = {kind for kind, _ in section}
    if "date" in kinds:
        return _day(number, section)
    if "general" in kinds or not section:
        return "".join(_general(number) if k == "general" else w for k, w in _spoken(section))
    if sum(kind == "number" for kind, _ in section) > 1 or "text" in kinds:
        return None
    number *= 100 ** sum(kind == "percent" for kind, _ in section)
    return "".join(_figure(number, w) if k == "number" else w for k, w in _spoken(section)).strip()


def _spoken(section: list[Token]) -> list[Token]:
    return [(k, "" if k == "bracket" and not _money(w) else _money(w) or w) for k, w in section]


def _money(bracket: str) -> str:
    found = _MONEY.fullmatch(bracket)
    return found[1] if found else ""


def _sections(code: str) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "other" and match[0] == ";":
            found.append([])
        elif kind:
            found[-1].append((kind, match[kind]))
    return found


def _section(value: float, code: str) -> tuple[list[Token], float]:
    """The section of a code that is for a value, and the value as it is written there."""
    sections = _sections(code)
    for section in sections:
        for kind, words in section:
            condition = _CONDITION.fullmatch(words) if kind == "bracket" else None
            if condition and _COMPARE[condition[1]](value, float(condition[2])):
                return section, value
    plain = [s for s in sections if not any(k == "bracket" and _CONDITION.match(w) for k, w in s)]
    if len(plain) < len(sections):
        return (plain or [[("general", "")]])[-1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _general(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.12g}"


def _figure(value: float, pattern: str) -> str:
    """A number with the places and commas of its pattern: #,##0.00."""
    scaled = pattern.rstrip(",")
    number = Decimal(str(value)) / 1000 ** (len(pattern) - len(scaled))
    whole, _, part = scaled.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    words = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, _, behind = words.partition(".")
    kept = len(part.rstrip("#?"))
    behind = behind[:kept] + behind[kept:].rstrip("0")
    before = before.zfill(whole.count("0") + before.startswith("-"))
    return f"{before}.{behind}" if "." in scaled else before


def _day(number: float, section: list[Token]) -> str | None:
    """A day as the code shows it. A month without its day is written out in full (Jun-25 is
    2025年6月): no grammar need know of the forms of Excel."""
    day = EPOCH + dt.timedelta(days=min(max(number, -650_000), 2_900_000))
    codes = [w.lower() for k, w in section if k == "date"]
    letters = {w[0] for w in codes}
    dates = letters & {"y", "m", "d"}
    is_odd = any(w[:3] in ("mmm", "ddd", "aaa") or w in ("y", "yy") for w in codes)
    is_plain = is_odd or not any("月" in words for _, words in section)
    if letters & {"h", "s"}:
        is_time = day.time() != dt.time() or "y" not in letters
        return None if is_time else f"{day.year}年{day.month}月{day.day}日"
    if is_plain and dates == {"y", "m"}:
        return f"{day.year}年{day.month}月" + _behind(section)
    if is_plain and dates == {"y", "m", "d"}:
        return day.date().isoformat()
    if is_plain and (dates == {"m", "d"} or "a" in letters):
        return f"{day.month}月{day.day}日"
    if is_odd:
        return None
    is_chinese = any(k == "bracket" and w.upper() == "DBNUM1" for k, w in section)
    return "".join(
        _part(day, w.lower(), is_chinese) if k == "date" else "" if k == "bracket" else w
        for k, w in section
    ).strip("@ ")


def _behind(section: list[Token]) -> str:
    """Words behind the last figure of a day: yyyy-mm"底前"."""
    last = max(n for n, (kind, _) in enumerate(section) if kind == "date")
    return "".join(w for k, w in section[last + 1 :] if k in ("quoted", "sign")).strip()


def _part(day: dt.datetime, letters: str, is_chinese: bool) -> str:
    value = {"y": day.year, "m": day.month, "d": day.day}[letters[0]]
    if not is_chinese:
        return str(value).zfill(min(len(letters), 4))
    if letters[0] == "y":
        return str(value).translate(_FIGURES)
    tens, ones = divmod(value, 10)
    figures = "〇一二三四五六七八九"
    return (figures[tens] if tens > 1 else "") + "十" * (tens > 0) + figures[ones] * (ones > 0)
