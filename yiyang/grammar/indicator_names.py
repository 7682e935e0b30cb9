"""Name what a figure measures: its clause without the figure, its dates and the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.grammar.comparators import ABOUT, AT_LEAST, AT_MOST
from yiyang.grammar.figures import Quantity
from yiyang.grammar.numerals import AND, fold
from yiyang.grammar.quantities import START, clause, sentence
from yiyang.safety.later import expression

# Words that lead up to a figure and are no part of what is measured.
_LEADING = expression(
    rf"(?:{AT_LEAST}|{AT_MOST}|{ABOUT}|(?:提[高升]?|增[加长]?|上升|扩大|下?降低?|减少?"
    r"|缩[小短减]|压[缩减]|延长)[到至](?:(?:19|20)\d\d年[底末]?的)?|共计|共|(?<!拥)有|按照?|累计(?=$)|\s{1,50}+){1,12}$"
)
_TRAILING = expression(r"^(?:的?标准|的)")
# Dates and rhythms: 到2022年, 2020年至2022年, 每年, 截至2023年12月31日, 2025年6月底前, 年底前; not
# 年末常住人口, 6月龄
_YEAR = r"(?:19|20)\d\d年"
_TIMES = expression(
    r"截[至止]\S{0,40}?[日底]"
    rf"|(?:[到至于在])?(?:{_YEAR}|[今本]年)?(?:(?<![\d—–~至到-])\d{{1,2}}月(?![龄嫂子])(?:\d{{1,2}}日|[上中下]旬|[底末初份])?+"
    r"(?![至到~—–\-]|之?后|起|份?的)"
    r"|(?:第?[一二三四1-4]|前[两二三])季度[底末]?|[上下]半年(?![度末]))(?:之|以)?前?(?![后起的])"
    rf"|[到至]?{_YEAR}(?:底前?|末)?|(?:(?:[今明来次当]|(?<![基根])本)年?|[到至])?年[底末]前|每(?:年|季度|月)|至少"
)

_OF_TIMES = expression("[截月季年少]")
"""A sign of each time: a text without one is not searched, and most have none."""
_BRACKETS = expression(r"[(（][^()（）]{5,}[)）]|[(（][^()（）]*$")

# 签约率分别达到; 75%→80%: what is no part of what is measured
_NO_PART = expression("分别|[→⇒➔]|-{1,3}>")


def indicators(printed: str, found: Sequence[Quantity]) -> list[str]:
    """Return what each figure measures: its clause without the figure and its dates, as printed.

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
        head = text[clause(text, quantity.begin)[0] : previous]
        is_listed = i and AND.fullmatch(text, previous, quantity.begin)
        if is_listed and "分别" in head:
            names.append(names[-1])  # 收入、床位数分别增长5%、7%: what is counted stands before all
            continue
        following = found[i + 1].begin if i + 1 < len(found) else len(text)
        first, last = _item(text, quantity, previous, following)
        start = START.search(text, first, quantity.begin)
        cut, on = start.span() if start else (quantity.begin, quantity.begin)
        before = _LEADING.sub("", printed[first:cut] + printed[on : quantity.begin])
        after = _TRAILING.sub("", printed[quantity.end : last])
        name = _tidy(before if after else before.removesuffix("为")) + _tidy(after)
        name = _NO_PART.sub("", name)
        if not name:  # 培训护理员200人和300人次: the same, counted otherwise
            name = names[-1] if is_listed else _clause_before(printed, text, first)
        names.append(name or printed[quantity.begin : quantity.end])
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
        first = previous if border is None else border + 1
    if following < last:
        border = _border(text, quantity.end, following)
        last = following if border is None else border
    return first, last


def _border(text: str, begin: int, end: int) -> int | None:
    """Where one item of a list ends and the next begins: 2家…、1家…; 44家…与81家…; None where the
    words go on: 2家…300张…."""
    strong = [at for at in range(begin, end) if text[at] in "、)"]
    weak = [at for at in range(begin, end) if text[at] in "与和及"]
    return max(strong or weak, default=None)


def _outside_brackets(text: str, quantity: Quantity) -> tuple[int, int]:
    """The clause of the figure, not reaching out of a bracket that holds the figure."""
    first, last = clause(text, quantity.begin)
    opened = text.rfind("(", first, quantity.begin)
    is_inside = opened > text.rfind(")", first, quantity.begin)
    closed = text.find(")", quantity.end, last)
    if closed != -1 and (is_inside or "(" not in text[quantity.end : closed]):
        last = closed  # (含社工100名, 志愿者200名): the bracket of a clause before ends here
    return (opened + 1 if is_inside else first), last


def _tidy(part: str) -> str:
    part = _TIMES.sub("", part) if _OF_TIMES.search(part) else part
    # Brackets of four characters are part of a name: 行政村(社区); longer ones explain it.
    part = _BRACKETS.sub("", part)
    return part.strip(" \t、,，和及并")
