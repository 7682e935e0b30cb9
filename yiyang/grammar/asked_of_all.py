"""Tell what a superior asks of all, or another document says, from what a task itself promises:
国务院要求2027年底前完成改造，我县2025年10月底前先行完成."""

from __future__ import annotations

from yiyang.safety.later import expression

_LOOKS_BACK = 60
"""Characters in front of a time or figure in which it is said who asks for it."""
# 国务院要求, 国家规划到, 省里明确
_ASKED_BY = expression(
    r"(?:^|[,，。;；])(?:按照?|根据|对照)?(?:国务院|国家|中央|上级|(?:国|部|省|市)定|[省市][^,，。;；\d]{0,2}|[一-鿿]{2,6}[部委办厅局])[^,，。;；\d]{0,8}"
    r"(?:要求|明确|规划|规定|部署|提出|计划|下达|目标)(?:[^,，。;；]{0,24})$"
)
# 省里要求各市覆盖率不低于50%，我市抓紧制定实施细则: of each of those below
_OF_EACH = expression(
    r"(?:国务院|国家|中央|上级|省[委里府政]?|市[委里府政])[^,，。;；\d]{0,8}(?:要求|明确|规定|部署|提出)各[省市州县区旗地乡镇][^,，。;；]{0,30}$"
)
_WE = expression(r"[^。;；]{0,20}?[,，;；](?:[我本]|全(?=[县区旗镇乡]))[省市州县区旗镇乡]")
# 我县2025年底前, 全县今年: what is promised here, behind what is asked
_OURS = expression(
    r"[^。;；]{0,60}?[,，;；](?:[我本]|全(?=[县区旗镇乡]))[省市州县区旗镇乡][^。;；]{0,30}\d"
)
# 衔接公共服务规划（到2025年建成托位5万个），开展调查: what the plan says that is named
_PLAN_SAYS = expression(
    "(?:落实|衔接|对照|按照|根据|依据|贯彻|对接)[^,，。;；]{0,40}(?:规划|纲要|意见|方案|办法|条例|计划)[》”]?[(（][^()（）]{0,24}$"
)


def is_one(text: str, begin: int, end: int) -> bool:
    """Tell whether a time or figure of a folded text, from `begin` to `end`, is asked by a superior
    and beside one of our own, or stands in brackets behind the plan that is named."""
    before = text[max(0, begin - _LOOKS_BACK) : begin]
    return bool(
        _PLAN_SAYS.search(before)
        or (_ASKED_BY.search(before) and _OURS.match(text, end))
        or (_OF_EACH.search(before) and _WE.match(text, end))
    )
