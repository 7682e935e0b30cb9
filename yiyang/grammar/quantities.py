"""Figures with a unit in a running text: 不低于50%, 10所左右, 3-5所, 每人次300元, 5.35万户.

Finds every such figure and reads it; what a figure means (a promise, a result, a condition) is
decided in `targets.py`. Positions are those of the printed text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from yiyang.grammar import shares
from yiyang.grammar.numerals import NUMBER, fold, read


class Quantity(NamedTuple):
    """One figure: its phrase is `text[begin:end]`, its number starts at `number`.

    `comparator` is `>=`, `<=`, `=`, `about`, or `change` (by how much, and no level);
    `high` is the upper end of a range; `unit` names what it is counted by and per what (%, 家,
    名/年, 元/人次).
    """

    begin: int
    end: int
    number: int
    value: float
    high: float | None
    comparator: str
    unit: str
    is_word: bool
    """Whether the number is written in Chinese numerals, which also stand in names (五个新城)."""


# 个 in front of a length of time is none of a thing: 10个工作日, 一个结算周期, 3个月
_UNIT = (
    "%|‰|个百分点|平方米|㎡|m²|m2|平方公里|公里|千米|km(?![a-z/])|公顷|人次|户次|元|倍(?!增)"
    "|立方米|千瓦时?|兆瓦|分钟(?![^,，。;；]{0,8}圈)|分(?=以上|以下|左右|[,，。;；]|$)"
    "|个(?!月|工作日|小时|结算|周期|人|性|别|体)|次(?!性|数|要)"
    "|项(?!目)|[部片栋幢盏棵株](?![门分委队位省级件])"
    "|[张家所名人户条份种类处座台套支辆间件场期门亩吨位床米](?![性型])"
)
# 每人次300元, 每人每次100元, 每户每年2000元
_PEOPLE = "(?:常住|户籍|老年|婴幼儿|儿童|人口|人|名|位|户|张|床位|平方公里){1,4}"
_PER = rf"每(?P<per>人次|[十百千万]{{1,2}}{_PEOPLE}|[人户床名张](?:每[次月年天])?)"
_AT_LEAST = r"不低于|不少于|不小于|不得低于|不得少于|至少|高于|超过|突破|超(?=\d)|≥|>=?"
_AT_MOST = "不超过|不高于|不大于|不多于|不得超过|低于|少于|控制在|最多|最高|最大|≤|<=?"
_ABOUT = "大约|约|近|接近"
_TO = r"\s*(?:-|—+|–|~|至|到)\s*"
_SIGN = r"(?<![\d%A-Za-z\-—年月日号])[-−﹣±]"
# 百分之三十至百分之四十, 百分之百, 千分之五; 50余万人, 10多万人次. 数十家, 百余家 name no number.
# -3%, ±5%; 四分之三, 万分之五; 1:10 where 比 stands before it
_QUANTITY = re.compile(
    rf"(?P<before>(?:(?:{_PER}|{_AT_LEAST}|{_AT_MOST}|{_ABOUT}|达到?)\s?){{0,4}})"
    r"(?P<share>[百千]分之\s?)?"
    rf"(?P<sign>{_SIGN})?"
    rf"(?P<number>(?<![\d.第万亿])(?!(?<=[数几])十)(?(share)|(?![百千万亿])){NUMBER})"
    rf"(?:%?{_TO}(?:[百千]分之)?(?P<high>{NUMBER}))?\s?(?:(?P<more>[余多])(?P<large>[万亿])?)?"
    rf"(?P<unit>{_UNIT}|(?(share)|(?!)))"
    rf"(?P<after>(?:/(?:人次|[十百千万]{{0,2}}[人户床名张次月年天]+))?(?:\s?(?:及?以上|及?以下|以内|之内|左右|上下|余))?)"
)
# 统一条件, 第一次, 逐一, 同一类: the numeral belongs to the word before it
_PART_OF_WORD = frozenset("第统同逐唯任单专某每一二三四五六七八九十")
_RHYTHM = re.compile("每(年|半年|季度|月|周|两年|三年|半年)")
# Sentences end at 。；; clauses also at commas and colons.
_SENTENCE_END, _CLAUSE_END = "。;；\n!?！？", "。;；\n!?！？,，:："


_REACH = 500
"""No sentence is longer; a text without an end to its sentences takes no longer to read."""


def bounds(text: str, position: int, marks: str) -> tuple[int, int]:
    """First and last position of the stretch between two of `marks` that holds `position`."""
    low, high = max(0, position - _REACH), min(len(text), position + _REACH)
    before = max(low, *(text.rfind(mark, low, position) + 1 for mark in marks))
    after = [at for mark in marks if (at := text.find(mark, position, high)) >= 0]
    return before, min(after, default=high)


def sentence(text: str, position: int) -> tuple[int, int]:
    """The bounds of the sentence that holds `position`."""
    return bounds(text, position, _SENTENCE_END)


def clause(text: str, position: int) -> tuple[int, int]:
    """The bounds of the clause that holds `position`."""
    return bounds(text, position, _CLAUSE_END)


def find(printed: str) -> list[Quantity]:
    """Every figure with a unit in the text, in its order."""
    text = fold(printed)
    found = [
        _quantity(match, text)
        for match in _QUANTITY.finditer(text)
        if text[match.start("number") - 1 : match.start("number")] not in _PART_OF_WORD
    ]
    other = shares.find(text, _stated)
    if not other:
        return found
    taken = [(q.begin, q.end) for q in other]
    found = [q for q in found if not any(q.begin < end and begin < q.end for begin, end in taken)]
    return sorted([*found, *(Quantity(*q) for q in other)])


_SHARES = {"百分之": "%", "千分之": "‰"}
_SAME_UNIT = dict.fromkeys(("㎡", "m²", "m2"), "平方米") | dict.fromkeys(("km", "千米"), "公里")


def _quantity(match: re.Match[str], text: str) -> Quantity:
    number, high, large = match["number"], match["high"], match["large"] or ""
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
    unit = _SAME_UNIT.get(unit, unit)
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
_FIGURE_AND_UNITS = re.compile(r"([\d.,\s]+|[一二两三四五六七八九](?!十))([十百千万][万亿])")
# 五百万, 二十万, 1200万
_NUMBER_AND_UNIT = re.compile(r"(.+)([万亿])")


def _lower(low: str, high: str) -> float:
    """The lower end of a range, with the 万 of the upper one: 2-3万元, but not 5000-1万元.

    A single figure lends all its units (三至五千万元), where the lower end is below it; in
    三百至五百万元 it is below 五百 alone.
    """
    for pattern in (_FIGURE_AND_UNITS, _NUMBER_AND_UNIT):
        found = pattern.fullmatch(high)
        if found and read(low) < read(found[1]):
            return round(read(low) * read(f"一{found[2]}"), 6)
    return read(low)


# From the left, 不超过 is found as one word and not as 超过.
_COMPARISONS = re.compile(f"(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<about>{_ABOUT})")
_SIGNS = {"least": ">=", "most": "<=", "about": "about"}


# 提高3.5个百分点, 下降了2%, 增长2.5倍: by how much, and no level; not 提高到, 下降至
_CHANGED = re.compile(
    rf"(?:提[高升]|增[长加幅]|上升|上浮|下[降浮]|降低|减少|压[减缩]|缩[短减])了?(?:{_ABOUT})?\s?$"
)
# 不超过总数的15%: the comparison stands before what the share is of
_OF = re.compile(rf"({_AT_LEAST}|{_AT_MOST})[^\d,，。;；:：、]{{1,10}}的$")


def _comparator(match: re.Match[str], text: str) -> str:
    after, more = match["after"], bool(match["more"])
    sign = _stated(text, match.start(), match["before"], "about" if more else after)
    start = match.start() + len(match["before"]) - len(match["before"].lstrip("约近"))
    is_share = match["share"] or match["unit"] in ("%", "‰", "个百分点", "倍")
    if sign == "=" and is_share and _CHANGED.search(text[max(0, start - 8) : start]):
        return "change"
    return sign


def _stated(text: str, begin: int, before: str, after: str) -> str:
    """The sign that the words around a figure give: `before` and `after` touch it."""
    if after.endswith("以上"):
        return ">="
    if after.endswith(("以下", "以内", "之内")):
        return "<="
    if after.endswith(("左右", "上下", "余", "about")):
        return "about"
    # 至少 stands before the verb and holds for the whole list: 至少培训1万名…、500名…
    start, _ = clause(text, begin)
    words = [*re.findall("至少|不少于", text[start:begin]), before]
    if not before and (of := _OF.search(text, max(start, begin - 16), begin)):
        words.append(of[1])
    signs = [_SIGNS[str(found.lastgroup)] for found in _COMPARISONS.finditer("".join(words) + "0")]
    return signs[-1] if signs else "="


def _rate(unit: str, match: re.Match[str], text: str) -> str:
    if "/" in match["after"]:
        return unit + re.sub(r"\s?(?:及?以[上下内]|之内|左右|上下|余)", "", match["after"])
    if match["per"]:
        return f"{unit}/{match['per'].replace('每', '')}"
    start, _ = sentence(text, match.start())
    rhythms = _RHYTHM.findall(text[start : match.start()])
    return f"{unit}/{rhythms[-1]}" if rhythms and unit not in ("%", "‰", "元") else unit


# 由35%提高到50%, 从2020年的百分之四十提升至, 较30%提高20个百分点: where a figure starts from
_CHANGES = "提[高升至到]|增[加长至到]|上升|扩[大充]|下降|降[低至到]|减[少至到]|缩[小短减]"
START = re.compile(
    r"(?:由|从|较|比)(?:(?:19|20)\d\d年[底末初]?|上年|去年|目前|当前|现[在有]?|原[来有]?|不足|的|"
    rf"{_AT_LEAST}|{_AT_MOST}|{_ABOUT}){{0,4}}(?:[百千]分之{NUMBER}|{NUMBER}\s?(?:[余多][万亿]?)?(?:{_UNIT}))"
    rf"(?:左右|以[上下])?(?={_CHANGES})"
)
"""The figure from which another one starts, with the words before it, in a folded text."""
# Words that lead up to a figure and are no part of what is measured.
_LEADING = re.compile(
    rf"(?:{_AT_LEAST}|{_AT_MOST}|{_ABOUT}|达到?|(?:提[高升]?|增[加长]?|上升|扩大|下?降低?|减少?"
    r"|缩[小短减])[到至](?:(?:19|20)\d\d年[底末]?的)?|共计|共|(?<!拥)有|按照?|累计(?=$)|\s)+$"
)
_TRAILING = re.compile(r"^(?:的?标准|的)")
# Dates and rhythms: 到2022年, 2020年至2022年, 每年, 截至2023年12月31日
_TIMES = re.compile(
    r"截[至止]\S*?[日底]|(?:到|至)?(?:19|20)\d\d年(?:底前?|末)?|每(?:年|季度|月)|至少"
)


def indicators(printed: str, found: Sequence[Quantity]) -> list[str]:
    """What each figure measures: its clause without the figure and its dates, as printed.

    In a list of figures (2家…、1家…) each has its own item; a share that stands alone in brackets
    behind a figure takes that figure's indicator with 占比. A clause that holds nothing else
    (培训护理员，每年不少于100人) takes the clause before it; where the sentence begins with the
    figure, its own print stands for it, so that no figure is without a name.
    """
    text = fold(printed)
    names: list[str] = []
    for i, quantity in enumerate(found):
        around = text[quantity.begin - 1 : quantity.begin] + text[quantity.end : quantity.end + 1]
        if around == "()" and i:
            names.append(f"{names[-1].removesuffix('占比')}占比")
            continue
        previous = found[i - 1].end if i else 0
        following = found[i + 1].begin if i + 1 < len(found) else len(text)
        first, last = _item(text, quantity, previous, following)
        start = START.search(text, first, quantity.begin)
        cut, on = start.span() if start else (quantity.begin, quantity.begin)
        before = _LEADING.sub("", printed[first:cut] + printed[on : quantity.begin])
        after = _TRAILING.sub("", printed[quantity.end : last])
        name = _tidy(before if after else before.removesuffix("为")) + _tidy(after)
        names.append(name or _clause_before(printed, text, first))
        names[-1] = names[-1] or printed[quantity.begin : quantity.end]
    return names


def _clause_before(printed: str, text: str, first: int) -> str:
    """The last clause of the sentence before `first` that is more than a date."""
    start, _ = sentence(text, first)
    while first > start:
        before, last = clause(text, first - 1)
        if name := _tidy(printed[max(before, start) : min(last, first)]):
            return name
        first = before
    return ""


def _item(text: str, quantity: Quantity, previous: int, following: int) -> tuple[int, int]:
    """The bounds of the item of a list that holds the figure, or of its clause.

    `previous` is where the figure before it ends, `following` where the one behind it begins.
    """
    first, last = _outside_brackets(text, quantity)
    if previous > first:
        border = _border(text, previous, quantity.begin)
        first = border + 1 if border >= 0 else previous
    if following < last:
        border = _border(text, quantity.end, following)
        last = border if border >= 0 else following
    return first, last


def _border(text: str, begin: int, end: int) -> int:
    """Where one item of a list ends and the next begins: 2家…、1家…; 44家…与81家…."""
    strong = max(text.rfind(mark, begin, end) for mark in "、)")
    return strong if strong >= 0 else max(text.rfind(mark, begin, end) for mark in "与和及")


def _outside_brackets(text: str, quantity: Quantity) -> tuple[int, int]:
    """The clause of the figure, not reaching out of a bracket that holds the figure."""
    first, last = clause(text, quantity.begin)
    opened = text.rfind("(", first, quantity.begin)
    if opened > text.rfind(")", first, quantity.begin):
        closed = text.find(")", quantity.end)
        return opened + 1, min(last, closed) if closed >= 0 else last
    return first, last


def _tidy(part: str) -> str:
    part = _TIMES.sub("", part)
    # Brackets of four characters are part of a name: 行政村(社区); longer ones explain it.
    part = re.sub(r"[(（][^()（）]{5,}[)）]|[(（][^()（）]*$", "", part)
    return part.strip(" \t、,，和及并")
