"""Find figures with a unit in a running text: 不低于50%, 10所左右, 3-5所, 每人次300元, 5.35万户.

Finds every such figure and reads it; what a figure means (a promise, a result, a condition) is
decided in `targets.py`. Positions are those of the printed text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from yiyang.core.text import just_before, remembered
from yiyang.grammar import full_coverage, lengths, shares
from yiyang.grammar.comparators import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    BEHIND,
    CHANGED,
    CHANGED_AMOUNT,
    OPENS,
    is_floor,
    sign_before,
    sign_behind,
)
from yiyang.grammar.figures import Quantity
from yiyang.grammar.measure_words import OWNED, PER, PER_WHAT, SAME_UNIT, TO, UNIT, household
from yiyang.grammar.numerals import AND, CHINESE, NUMBER, fold, read
from yiyang.safety.later import expression

_SIGN = r"(?<![\d%A-Za-z\-—年月日号])[-−﹣±]"
# 百分之三十至百分之四十, 百分之百, 千分之五; 50余万人, 10多万人次. 数十家, 百余家 and 十多家 name
# no number.
# -3%, ±5%; 四分之三, 万分之五; 1:10 where 比 stands before it
_QUANTITY = expression(
    # few characters begin a figure or a word before one, and no other is asked further
    rf"(?=[\d{CHINESE}{OPENS}每达\-−﹣±])(?P<before>(?:(?:{PER}|{AT_LEAST}|{AT_MOST}|{ABOUT}|达到?)\s?){{0,4}})"
    r"(?P<share>[百千]分之\s?)?"
    rf"(?P<sign>{_SIGN})?"
    rf"(?P<number>(?<![\d.第万亿零])(?<!\d[百千])(?<!\d±)(?<!\d\s±)(?<![(（]含)(?!(?<=[数几])十)(?!(?<![\d一二三四五六七八九百千万])十[余多])(?(share)|(?![百千万亿])){NUMBER})"
    rf"(?:%?{TO}(?:[百千]分之)?(?P<high>{NUMBER}))?\s?(?:(?P<more>[余多])(?P<large>[万亿])?)?"
    rf"(?P<unit>{UNIT}|(?(share)|(?!)))"
    rf"(?P<after>(?:/(?:{PER_WHAT}))?(?:\s?{BEHIND})?)"
)
# 统一条件, 第一次, 逐一, 同一类: the numeral belongs to the word before it
# 3、4家, 12、15个: the number before it has the same unit, and is not read alone
_LISTED = expression(r"[^\s。;；:：\d]\d{1,4}、$|第\d{1,3}、$")
# 3、4家, 5、6个: two figures that follow one another are about so many; 3、4号 are two of them
_ABOUT_TWO = expression(
    r"(?<![\d.、第])([1-8])、([2-9])(?=家|个|所|处|座|张|名|人|户|场|部|辆|台|亩|公里|万)"
)
# 三百二四: two digits behind a sign, which is no number but for 十七八; 00 of 12 00
_UNSOUND = expression(r"[百千万亿][一二两三四五六七八九]{2}|^0\d")
_PART_OF_WORD = frozenset("第逐某每一二三四五六七八九十")
_PART_OF_NUMERAL = _PART_OF_WORD | frozenset("统同唯任单专")
_RHYTHM = expression("每个?(年|半年|季度|月|周|[两三四五]年|[两二三四五]个月|[两二三]周|学期)")
# Sentences end at 。；; clauses also at commas and colons.
_SENTENCE_END, _CLAUSE_END = "。;；\n!?！？", "。;；\n!?！？,，:："


_REACH, _REACH_OF_CLAUSE = 500, 200
"""No sentence and no clause is longer; a text without an end to them takes no longer to read."""


def bounds(text: str, position: int, marks: str) -> tuple[int, int]:
    """First and last position of the stretch between two of `marks` that holds `position`."""
    run = _run_without(marks)
    before = run(text[max(0, position - _REACH) : position][::-1])
    behind = run(text, position, position + _REACH)
    return position - (before.end() if before else 0), behind.end() if behind else position


@cache
def _run_without(marks: str) -> Callable[..., re.Match[str] | None]:
    """The match of what stands without any of `marks` from a place on; it may be empty."""
    return re.compile(f"[^{re.escape(marks)}]*").match


def sentence(text: str, position: int) -> tuple[int, int]:
    """Return the bounds of the sentence that holds `position`."""
    return bounds(text, position, _SENTENCE_END)


def clause(text: str, position: int) -> tuple[int, int]:
    """Return the bounds of the clause that holds `position`; the colon of a ratio ends none."""
    low = max(0, position - _REACH_OF_CLAUSE)
    part = text[low : position + _REACH_OF_CLAUSE]
    if ":" in part:
        part = _OF_RATIO.sub("\0", part)
    first, last = bounds(part, position - low, _CLAUSE_END)
    return low + first, low + last


_OF_RATIO = expression(r"(?<=\d)[:：](?=\d)")


def find(printed: str) -> list[Quantity]:
    """Return every figure with a unit in the text, in its order."""
    return list(_found(printed))


@remembered(1 << 13)  # of one text it is asked whether they are aims, what they say, what is left
def _found(printed: str) -> tuple[Quantity, ...]:
    text = fold(printed)
    found = [
        _quantity(match, text)
        for match in _QUANTITY.finditer(text)
        if not _is_part_of_word(text, match.start("number"))
        and not _UNSOUND.search(match["number"])
        and not _LISTED.search(just_before(text, match.start("number"), 8))
    ]
    other = [*shares.find(text, _stated), *_about_two(text), *lengths.find(text, _stated)]
    covered = [
        Quantity(begin, end, begin, 100.0, None, "=", "%", is_word=False, is_inferred=True)
        for begin, end, is_counted in full_coverage.find(text)
        if is_counted
    ]
    if other or covered:
        taken = {at for q in other for at in range(q.begin, q.end)}
        found = [q for q in found if taken.isdisjoint(range(q.begin, q.end))]
        found = sorted([*found, *other, *covered])
    return tuple(_reached(text, _as_listed(text, _of_base(text, _as_ranges(text, found)))))


def _is_part_of_word(text: str, at: int) -> bool:
    """Whether the number at a place belongs to the word before it: 统一, 第3; not 同81家."""
    parts = _PART_OF_WORD if text[at].isdigit() else _PART_OF_NUMERAL
    return text[at - 1 : at] in parts


def _about_two(text: str) -> Iterator[Quantity]:
    """The figures of the kind 3、4家, each about so many."""
    for two in _ABOUT_TWO.finditer(text) if "、" in text else ():
        low, high = int(two[1]), int(two[2])
        size = 10_000 if text[two.end()] == "万" else 1
        unit = re.compile(rf"万?({UNIT})").match(text, two.end())
        if unit and high - low == 1:
            span = two.start(), unit.end(), two.start()
            name = SAME_UNIT.get(unit[1], unit[1])
            yield Quantity(*span, low * size, high * size, "about", name, is_word=False)


# 20个至30个, 3万人—5万人; not 由20个到30个, which is where a figure starts from
_BETWEEN = expression(r"\s?(?:-|—{1,3}|–|~|至|到)\s?")


def _as_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures, with two of one unit that are the ends of a range as one."""
    kept: list[Quantity] = []
    for q in found:
        low = kept[-1] if kept else None
        if low and low.end == q.begin and q.value < 0 and q.high is None:
            # 20个-30个: a dash behind a figure is no minus
            q = q._replace(begin=q.begin + 1, value=-q.value)  # noqa: PLW2901
        if (
            low
            and _BETWEEN.fullmatch(text, low.end, q.begin)
            and q.unit in (low.unit, low.unit.split("/")[0])  # 每亩4.5万元至5.2万元
            and (low.comparator, low.high, q.high) == ("=", None, None)
            and low.value < q.value
            and not text.endswith(("由", "从"), 0, low.begin)
        ):
            kept[-1] = low._replace(end=q.end, high=q.value)
            continue
        kept.append(q)
    return kept


def _of_base(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures; what a sum is for stands with the one from which it starts, 由每人每月80元提高
    到100元."""
    kept: list[Quantity] = []
    for q in found:
        base = kept[-1] if kept else None
        if base and q.unit == "元" and base.unit.startswith("元/"):
            starts = START.match(text, max(base.begin - 1, 0))
            starts = starts or START.match(text, base.begin)
            is_next = not AND.search(text, base.end, q.begin) and q.begin - base.end <= _NEXT
            if starts and starts.end() == base.end and is_next:
                q = q._replace(unit=base.unit)  # noqa: PLW2901
        kept.append(q)
    return kept


_NEXT = 8
"""Characters from the figure that another one starts from to this one: 逐步提高到."""


def _as_listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures; in 分别不超过45人、50人 or 分别增长8%、10% the sign in front holds for all, as
    does what each is for in 分别提高到每人每月780元、620元."""
    if "分别" not in text:
        return found
    kept: list[Quantity] = []
    first: Quantity | None = None  # the one whose sign stands in front of all
    for q in found:
        is_listed = kept and AND.fullmatch(text, kept[-1].end, q.begin)
        start, _ = clause(text, q.begin)
        is_each = is_listed and q.unit == "元" and kept[-1].unit.startswith("元/")
        if is_each and "分别" in text[start : kept[-1].number]:
            q = q._replace(unit=kept[-1].unit)  # noqa: PLW2901
        if first and is_listed and (q.unit, q.comparator) == (first.unit, "="):
            kept.append(q._replace(comparator=first.comparator))
            continue
        is_sign = q.comparator == "change" or (
            q.comparator in (">=", "<=", "about") and q.begin < q.number
        )
        first = q if is_sign and "分别" in text[start : q.number] else None
        kept.append(q)
    return kept


def counts(text: str) -> bool:
    """Tell whether a text that names a time counts what is to be done by then; how often something
    is done (每季度1次) is a time."""
    return any(not is_rhythm(figure.unit) for figure in find(text))


def is_rhythm(unit: str) -> bool:
    """Tell whether a unit says how often: 次, 次/季度."""
    return unit.startswith("次")


def unnumbered(printed: str) -> list[tuple[int, int, str]]:
    """Return what speaks of a quantity and names no figure that could be read: begin, end and
    why."""
    text = fold(printed)
    found = [(*span, full_coverage.NO_NUMBER) for span in full_coverage.vague(text, UNIT)]
    found += [
        (b, e, full_coverage.UNCOUNTED)
        for b, e, is_counted in full_coverage.find(text)
        if not is_counted
    ]
    taken = {at for q in find(printed) for at in range(q.begin, q.end)} if found else set()
    return sorted(f for f in found if taken.isdisjoint(range(f[0], f[1])))


# 2026年达到48%，2027年达到52%: of the same share
_LATER = expression(r"[,，、;；]\s?(?:到|至|力争)?(?:19|20)\d\d年[底末]?前?")
_ALSO = expression(r"\s?[、和与及]\s?(?:分别)?$")
# 占比提高2个百分点，达到58%: so much more, and then so much
_RAISED = expression(r"[,，]\s?(?:力争|确保|计划|[,，]){0,2}")
# 去年化解率为92%，今年达到95%: of the share that the clause before names
_THEN = expression(
    r"[,，;；]\s?(?:今年|明年|本年度?|年内|年底前?|(?:到|至)?20\d\d年[底末]?前?|力争|确保|计划|[我本全][省市州县区旗镇乡]|[,，]){1,4}"
)


def _reached(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures, with the sign >= for a share of less than all that is to be reached: by the
    rule of `curation/comparators.csv`, 管理率达到72% is a floor, and so is what is listed with it
    (达到65%和55%). What is to fall, and a share that its clause does not name, keep =."""
    if "达" not in text:
        return found
    kept: list[Quantity] = []
    for q in found:
        is_level = q.comparator == "=" and q.unit in ("%", "‰") and q.value < 100 and q.high is None
        is_floor_of = is_level and _is_reached(text, q, kept)
        kept.append(q._replace(comparator=">=", is_reached=True) if is_floor_of else q)
    return kept


def _is_reached(text: str, q: Quantity, kept: Sequence[Quantity]) -> bool:
    start, _ = clause(text, q.begin)
    between = text[kept[-1].end : q.begin] if kept else ""
    if kept and kept[-1].is_reached and (_ALSO.fullmatch(between) or _LATER.fullmatch(between)):
        return True
    if "达" not in text[q.begin : q.number]:
        return False
    is_raised = kept and kept[-1].unit == "个百分点" and _RAISED.fullmatch(between)
    if is_raised or (kept and kept[-1].unit == q.unit and _THEN.fullmatch(between)):
        start, _ = clause(text, kept[-1].begin)
        return is_floor(text[start : kept[-1].begin])
    return is_floor(text[start : q.begin])


_YIELD = expression("效益|税收|收益|论英雄|评价|产[出值量]|利润|收入|增收|投资|单产")
_IN_KILOMETRES = expression(r"(?:\d[\d.]*|[一二两三四五六七八九十]{1,3})千")
_SHARES = {"百分之": "%", "千分之": "‰"}


def _quantity(match: re.Match[str], text: str) -> Quantity:
    number, high, large = match["number"], match["high"], match["large"] or ""
    # 4.2千米, 5-8千米
    is_in_km = match["unit"] == "米" and bool(_IN_KILOMETRES.fullmatch(high or number))
    if is_in_km:
        number, high = number.removesuffix("千"), high and high.removesuffix("千")
    if high:
        high += large
        value = _lower(number, high)
    else:
        value = read(number + large)
    top = read(high) if high else None
    loose = None if high else shares.between(number + large)
    value, top = loose or (value, top)
    if match["sign"]:
        value, top = (-value, value) if match["sign"] == "±" else (-value, top)
    unit = _SHARES[match["share"].rstrip()] if match["share"] else match["unit"]
    unit = "公里" if is_in_km else SAME_UNIT.get(unit, unit)
    return Quantity(
        begin=match.start(),
        end=match.end(),
        number=match.start("number"),
        value=value,
        high=top,
        comparator="about" if loose else _comparator(match, text),
        unit=_rate(unit, match, text),
        is_word=not re.match(r"\d", number),
    )


# 5千万, 1.5百万, 五千万, 三万亿, but not 二十万: 一至二十万 begins with 1万
_FIGURE_AND_UNITS = expression(r"([\d.,\s]+|[一二两三四五六七八九](?!十))([十百千万][万亿])")
# 五百万, 二十万, 1200万
_NUMBER_AND_UNIT = expression(r"(.+)([万亿])")


def _lower(low: str, high: str) -> float:
    """The lower end of a range, with the 万 of the upper one: 2-3万元, but not 5000-1万元.

    A single figure lends all its units (三至五千万元), where the lower end is below it; in
    三百至五百万元 it is below 五百 alone.
    """
    for found in (_FIGURE_AND_UNITS.fullmatch(high), _NUMBER_AND_UNIT.fullmatch(high)):
        if found and read(low) < read(found[1]):
            return round(read(low) * read(f"一{found[2]}"), 6)
    return read(low)


# 不超过总数的15%, 最高奖励100万元: the comparison stands before what the share is of
_OF = expression(
    rf"({AT_LEAST}|{AT_MOST})(?:[^\d,，。;；:：、]{{1,10}}的|每[年月日天周次]"
    r"|(?:可|能|给予|奖[励补]|补[助贴]|资助|支持|报销|享受|获得?|申请|贷款?|授信|额度|为|发放){1,3})$"
)


_JUST = 24
"""No words that end right before a figure and say how it is meant are longer."""

_COUNTED = frozenset("名人个家所户项处次场种条件位张座")
_NOUN = expression(r"[\u4e00-\u9fff](?![，。；、,;]|$)")


def _comparator(match: re.Match[str], text: str) -> str:
    after, more = match["after"], bool(match["more"])
    sign = _stated(text, match.start(), match["before"], "about" if more else after)
    if match["high"] and sign == "<=" and match["before"].endswith("控制在") and "以" not in after:
        return "="  # 控制在5%—8%之间: a range has its ends
    is_share = match["share"] or match["unit"] in ("%", "‰", "个百分点", "倍", "分钟")
    changed = CHANGED if is_share else CHANGED_AMOUNT
    # 提高1500名老人服务质量, 减少材料达到3份: of whom, and to what
    is_of_whom = match["unit"] in _COUNTED and _NOUN.match(text, match.end())
    is_level = is_of_whom or (not is_share and "达" in match["before"])
    if sign != "=" or is_level:
        return sign
    start, _ = clause(text, match.start())
    start = max(start, match.start() - _JUST)
    return "change" if changed.search(text, start, match.start()) else sign


def _stated(text: str, begin: int, before: str, after: str) -> str:
    """The sign that the words around a figure give: `before` and `after` touch it."""
    if sign := sign_behind(after):
        return sign
    # 至少 stands before the verb and holds for the whole list: 至少培训1万名…、500名…
    start, _ = clause(text, begin)
    words = [*re.findall("至少|最少|起码|不少于|[最至]多(?!跑)", text[start:begin]), before]
    if not before and (of := _OF.search(text, max(start, begin - _JUST), begin)):
        words.append(of[1])
    return sign_before("".join(words))


# 每年新增100张，到2027年达到2000张: no more of each year; nor is 每人每年给予6000元，选聘15名
_NOT_EVERY = expression(
    r"[,，;；、](?=[^,，;；、每]{0,8}(?:全年|累计|合计|总计|共计|20\d\d年|年底|季度末))"
    r"|[,，;；](?=[^,，;；、每]{0,4}建成|\d{1,2}月[^,，;；每]{0,6}(?:达|建成|完成))"
    "|(?:给予|补[贴助]|津贴|奖励|服务费)[^,，;；]{0,30}[,，;；]"
    r"|[\d一二两三四五六七八九十][次场期][^,，;；\d]{0,8}[,，;；]"
)


def _rate(unit: str, match: re.Match[str], text: str) -> str:
    if "/" in match["after"]:
        return unit + re.sub(rf"\s?{BEHIND}$", "", match["after"])
    if match["per"]:
        return f"{unit}/{match['per'].replace('每', '')}"
    start, _ = sentence(text, match.start())
    before = text[start : match.start()]
    if "每" not in before and "均" not in before:
        return unit  # of most figures: what is searched below has one of the two signs
    is_share = unit in ("%", "‰", "个百分点", "倍") or unit.startswith("/")
    of = None if is_share else OWNED.search(text, start, match.start())
    is_name = of and of[2] == "亩" and unit in _COUNTED and _YIELD.search(of[0])
    if of and not is_name:  # “亩均效益”领跑企业10家
        return f"{unit}/{household(of[1] or of[2])}"
    own = _NOT_EVERY.split(before)[-1]
    rhythms = _RHYTHM.findall(own)
    return f"{unit}/{rhythms[-1]}" if rhythms and unit not in ("%", "‰", "元") else unit


# 由35%提高到50%, 从2020年的百分之四十提升至, 较30%提高20个百分点: where a figure starts from
_CHANGES = (
    "提[高升速至到]|优化|调整|改善|增[加长至到]|上升|扩[大充至到]|扩[建容][至到]|下降|降[低至到]|减[少至到]"
    "|[缩压][小短减缩]|延长|精简"
)
START = expression(
    r"(?:由|从|较|比)(?:(?:19|20)\d\d年[底末初]?|上年|去年|目前|当前|现[在有]?|原[来有]?|的|每[人月年日天亩床户次张生]|"
    rf"{AT_LEAST}|{AT_MOST}|{ABOUT}){{0,4}}(?:[百千]分之{NUMBER}|{NUMBER}\s?(?:[余多][万亿]?)?(?:(?:{UNIT})(?:/(?:{PER_WHAT}))?|{lengths.LENGTH})|{shares.RATIO})"
    rf"(?:左右|以[上下])?(?={_CHANGES})|{NUMBER}\s?{lengths.LENGTH}(?:左右|以[上内])?(?=[,，]?{lengths.CHANGES})"
    rf"|(?:[由从]\s?)?{NUMBER}\s?(?:{UNIT})\s?(?=(?:→|⇒|➔|-{{1,3}}>)\s?(?:\d|$))"
)
"""The figure from which another one starts, with the words before it, in a folded text."""
