"""Find lengths of time that are to be reached: 由7天缩短至3天以内, 预期寿命80岁.

A length of time is a figure only beside a word that says how long something may take; 3个工作日内
elsewhere is a time limit, which `deadline_phrases` reads. `quantities` finds both kinds of figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yiyang.core.text import just_before
from yiyang.grammar.comparators import ABOUT, AT_LEAST, AT_MOST, CHANGED
from yiyang.grammar.figures import Quantity
from yiyang.grammar.numerals import NUMBER, read
from yiyang.safety.later import expression

LENGTH = r"(?:个?工作日|个?小时|个月|天|日|秒)(?![均常间])"
"""A unit of time in which an errand is measured; 分钟 is a measure word of its own."""
_SHORTENS = "缩短|缩减|压缩|压减|精简|减少|降低|延长|增加|提速|提升|提高"
CHANGES = rf"(?:{_SHORTENS}|减|降|增|延)[至到为]"
"""缩短至, 减到: behind the length from which another one starts."""
# 缩短至3个工作日, 压缩到不超过2小时, 减少5天, 控制在1.5小时以内; 平均用时不超过2小时,
# 优良天数达到320天; 用电报装不超过3个工作日
_REACHED = (
    rf"(?:(?P<to>{CHANGES}|(?:控制|限制|限定)[在为到]|(?:缩短|压[缩减降]|缩减|降低)[^,，。;；\d至到]{{2,12}}[至到])|(?P<by>{_SHORTENS})了?"
    r"|(?P<bare>)(?=不[得应]?[超多少低高]|[≤≥])"
    r"|(?<!完成)(?:时间|时限|时长|用时|耗时|天数)(?:均|一律|平均)?(?:达到?|(?=[不未少低至])))"
)
_SIGN = rf"(?P<before>(?:(?:{AT_LEAST}|{AT_MOST}|{ABOUT})\s?){{0,3}})"
_NUMBERED = rf"(?P<number>{NUMBER}(?!\d))(?:\s?[-—~至到]\s?(?P<high>{NUMBER}))?\s?"
_NUMBERED += rf"(?P<unit>{LENGTH})"
_FOUND = expression(
    rf"{_REACHED}{_SIGN}{_NUMBERED}(?P<after>(?:\s?(?:及?以[上下]|以内|之内|左右|上下|内(?!部)))?)"
)
# 人均预期寿命提高到80岁, 预期寿命由79岁提高到80岁; an age is otherwise a condition (65岁以上老年人)
_LIFE = expression(
    rf"(?:预期|平均|人均|健康)寿命(?:[由从](?:20\d\d年的?)?\d[\d.]{{1,4}}岁)?"
    rf"(?:20\d\d年底?|稳定|保持|力争|目标|提[高升]|增[加长至]|[为达到至在了]){{0,4}}{_SIGN}"
    rf"(?P<number>{NUMBER})\s?(?P<unit>岁)(?P<after>(?:\s?(?:及?以[上下]|左右))?)(?![\u4e00-\u9fff]{{0,2}}[老高人])"
)
# 由7天缩短至, 从法定的20个工作日压减到, 法定时限20个工作日压缩至: where it starts from
_STARTED = expression(
    rf"(?<![\d.年月第])(?P<number>{NUMBER})\s?(?P<unit>{LENGTH})(?:左右|以[上内])?(?=[,，]?{CHANGES})"
)

# 审批, 报装, 平均等待: what is handled; how long it takes may be a goal
_HANDLED = (
    "办理|审批|审查|审核|审理|核[准发]|办[结证件税]|开办|注销|用时|耗时|等[待候]|候[诊车]|排队|通[关行勤]|报装|接[电水气]|处[置理办]"
    "|出[证件具]|到[达场]|响应|压缩|工期|交付|[发换领制]证|受理|兑[付现]|拨付|评审|验收|周转|往返|住院|停电|停水|断电|抢修|修复|救援"
    "|退税|报销(?=时[限间]|周期)|反馈|答复|回复|流转|备案|结算|清关|查验|上门|装机|开通|接诉|[接派]单|转诊|就[医诊]|预约|检测|报告|调解|立案|结案|招标"
    "|签约|建设|登记|过户|开户|缴费|申[报请领]|成交|供[货餐]|配送|送达|出[警动警诊]|急救|监测"
)
# 每天体育活动时间不低于2小时, 每年不少于330天: so much of each day, of each year; not
# 每年平均审批时间, of each errand
_OF_EACH = expression(
    r"每(天|日|周|月|季度|半年|年|学期|学年)(?![^,，。;；\d每]{0,20}(?:平均|办理|审批|审查|审核|审理|核发|核准|办件|受理|公示|发放|复核"
    r"|压[缩减]|缩[短减]|处[理置]|响应|反馈|答复|时限|公[示告]|停车|化解|办结|采购|周期|整改|完成))[^,，。;；\d每]{0,20}$"
)
_HOW_LONG = "时间|时限|时长|天数|周期|环节|总时"
# 公示时间, 安置过渡期, 贷款期限, 停业整顿: how long something is to last, which no handling follows
_LASTS = expression(
    rf"(?:公示|公告|有效期|过渡期|试用|停业|拘留|营业|补[贴助]|贷款|保[质修]|缓[缴冲]|服务期|期限)(?!.{{0,20}}?(?:{_HANDLED}))"
)
# 优良天数, 每人培训不少于80小时: days and hours that are counted
_TAKES = expression(
    rf"(?:{_HANDLED})|优良|达标|天数|培训|教育|学习|活动|锻炼|服务时|志愿|(?:开放|驻村|在岗)[^,，。;；]{{0,6}}$|供[水热暖]|[课学]时"
)
# 审批时限减少, 办理缩短: what is said to take less
_TAKES_LESS = expression(
    rf"(?:(?:{_HANDLED})|{_HOW_LONG})(?:由.{{1,12}})?(?:[再均共各]|平均|至少|进一步|大幅)*(?:{_SHORTENS})?了?$"
)
_TO = expression(rf"(?:{CHANGES}|(?:控制|限制|限定)[在为到])$")
_BY = expression(rf"(?:{_SHORTENS})了?$")


def is_no_goal(before: str, unit: str) -> bool:
    """Tell whether a length of time says how long something lasts, and not how soon it is to be
    done; `before` are the words of its clause in front of it."""
    if not re.fullmatch(LENGTH, unit):
        return False
    if _LASTS.search(before):
        return not re.search(rf"(?:{_HANDLED}|(?:案|[货工]?)款发放)[^公过贷补]{{0,4}}期限", before)
    if _TO.search(before):
        return False
    found = _TAKES_LESS if _BY.search(before) else _TAKES
    return not found.search(before)


Stated = Callable[[str, int, str, str], str]
_HINTS = expression(r"工作日|小时|个月|[天日秒]|寿命")


def find(text: str, stated: Stated) -> Iterator[Quantity]:
    """Return every such figure of a folded text; `stated` gives the sign from the words around
    it."""
    if not _HINTS.search(text):
        return
    begun = list(_STARTED.finditer(text))
    for match in begun:
        yield _length(match, match.start(), match.end("unit"), "=")
    for match in _LIFE.finditer(text):
        sign = stated(text, match.start("before"), match["before"], match["after"])
        is_change = sign == "=" and CHANGED.search(text[match.start() : match.start("before")])
        yield _length(match, match.start("before"), match.end(), "change" if is_change else sign)
    places = {match.start("number") for match in begun}
    for match in _FOUND.finditer(text):
        if match.start("number") in places:
            continue  # 缩短至5个工作日缩短至…: to what, and from what
        each = _OF_EACH.search(text, max(match.start("before") - 30, 0), match.start("before"))
        is_long = each and each[1] not in ("天", "日", "周")
        if (
            match["bare"] is not None
            and not is_long
            and "每" in just_before(text, match.start(), 12)
        ):
            continue  # 每周开放不少于42小时 is a rhythm; 每年不少于330天 is how much of a year
        sign = stated(text, match.start("before"), match["before"], match["after"])
        if sign == "=":  # 控制在3天 is a ceiling, 缩短3天 by how much
            is_most = match["to"] and match["to"][0] in "控限" and not match["high"]
            sign = "<=" if is_most else "change" if match["by"] else sign
        length = _length(match, match.start("before"), match.end(), sign)
        is_each = each and not (match["to"] or match["by"])
        yield length._replace(unit=f"{length.unit}/{each[1]}") if each and is_each else length


def _length(match: re.Match[str], begin: int, end: int, sign: str) -> Quantity:
    part = match.groupdict()
    high = read(part["high"]) if part.get("high") else None
    value, at = read(match["number"]), match.start("number")
    # beside a word that says how long something takes, no numeral is part of a name
    return Quantity(begin, end, at, value, high, sign, match["unit"], is_word=False)
