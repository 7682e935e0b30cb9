"""Tell what a superior asks of all, or another document says, from what a task itself promises:
国务院要求2027年底前完成改造，我县2025年10月底前先行完成."""

from __future__ import annotations

from yiyang.safety.later import expression

_LOOKS_BACK = 60
"""Characters in front of a time or figure in which it is said who asks for it."""
# 国务院安委会要求, 国家规划到, 省定目标; not 县住建局计划, 市政管网改造计划
_BODY = (
    "(?:国务院[一-鿿]{0,6}|国家|中央|上级|省委?省?政府|省里|省(?=要求|明确|下达)"
    "|市委?市?政府|市里|[国部省市]定)"
)
_ASKED_BY = expression(
    rf"(?:^|[,，。;；])(?:按照?|根据|对照)?{_BODY}[^,，。;；\d]{{0,4}}"
    "(?:要求|明确|规定|部署|提出|下达|规划(?:到|$)|目标)(?:[^,，。;；]{0,24})$"
)
# 省里要求各市覆盖率不低于50%，我市抓紧制定实施细则: of each of those below
_OF_EACH = expression(
    rf"{_BODY}[^,，。;；\d]{{0,4}}(?:要求|明确|规定|部署|提出)各[省市州县区旗地乡镇][^,，。;；]{{0,30}}$"
)
_WE = expression(r"[^。;；]{0,20}?[,，;；](?:[我本]|全(?=[县区旗镇乡]))[省市州县区旗镇乡]")
# 我县2025年底前, 全县今年: what is promised here, behind what is asked
_OURS = expression(
    r"[^。;；]{0,60}?[,，;；](?:[我本]|全(?=[县区旗镇乡]))[省市州县区旗镇乡][^。;；]{0,30}\d"
)
# 衔接公共服务规划（到2025年建成托位5万个），开展调查: what the plan says that is named
_PLAN_SAYS = expression(
    "(?:落实|衔接|对照|按照|根据|依据|贯彻|对接)[^,，。;；]{0,40}"
    "(?:规划|纲要|意见|方案|办法|条例|计划)[》”]?(?P<bracket>[(（])(?:到|至|要求|明确|提出|规定|目标)[^()（）]{0,40}$"
)
# 落实方案（到6月底前修订印发）: what is done with the plan itself
_OF_PLAN = expression("[(（][^()（）]{0,40}(?:修订|修编|印发|出台|发布)")


def is_one(text: str, begin: int, end: int) -> bool:
    """Tell whether a time or figure of a folded text, from `begin` to `end`, is asked by a superior
    and beside one of our own, or stands in brackets behind the plan that is named."""
    first = max(0, begin - _LOOKS_BACK)
    plan = _PLAN_SAYS.search(text, first, end)
    if plan and not _OF_PLAN.match(text, plan.start("bracket")):
        return True
    before = text[first:begin]
    return bool(
        (_ASKED_BY.search(before) and _OURS.match(text, end))
        or (_OF_EACH.search(before) and _WE.match(text, end))
    )
