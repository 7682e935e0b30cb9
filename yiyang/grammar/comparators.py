"""Tell how a figure is meant by the words beside it: a floor, a ceiling, about, by how much.

`curation/comparators.csv` has the rule for each kind of word, with an example that is tested.
"""

from __future__ import annotations

from yiyang.safety.later import expression

# 不低于, 不得少于, 不应超过, 未超过: a word with its 不 is one word, and never read as 超过
_NOT = "(?:不得?|不[应宜能可会]|未)"
AT_LEAST = (
    rf"{_NOT}(?:低于|少于|小于|短于)|至少|最少|最低|起码|(?:高于|大于)或?等于"
    r"|高于|大于|多于|超过|突破|(?<![彩Bb腹])超(?=\d|[一二三四五六七八九]成|[二三四五]分之|百分之)|逾|下限为?|≥|>=?"
)
AT_MOST = (
    rf"{_NOT}(?:超过|突破|超出|高于|大于|多于|长于)|不超(?=\d)"
    "|(?:低于|小于)或?等于|低于|少于|小于|不足|不到|不满"
    "|控制在|[最至]多(?!跑)|上限为?|最高|最大|≤|<=?"
)
# not 签约20家, 节约20%, 预约3次, 附近3家, 特约20名监督员, 邀约30家
ABOUT = "大约|(?<![签合条节预解制特邀履违])约占?|将近|(?<![附最临邻就])近|接近|大概"
OPENS = "不未至最起高大多超突逾下≥>低少小控上≤<约将近接"
"""Every character with which one of the words before a figure begins."""
# 5家（含）以上; 15分钟内, 500米内: within a length of time or of way
BEHIND = (
    r"(?:[(（][\u4e00-\u9fff]{1,2}[)）])?(?:起(?=[,，。;；]|$)"
    r"|及?以上|及?以下|以内|之内|左右|上下|余|(?<=[钟米里时])内(?![部容外涵设]))"
)
# From the left, 不超过 is found as one word and not as 超过.
_COMPARISONS = expression(f"(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT})")
_SIGNS = {"least": ">=", "most": "<=", "about": "about"}
# 压减, 压缩: less of it; not 压缩式垃圾车
_LESS = "(?:压[减降]|压缩(?!式|空气|天然气|垃圾))"
# 提高3.5个百分点, 下降了2%, 增长2.5倍: by how much, and no level; not 提高到, 下降至
CHANGED = expression(
    rf"(?:提[高升速]|增[长加幅]|上[升浮涨调]|下[降浮调]|降低|减[少排]|{_LESS}|削减|精[简减]|缩[短减]|节[约省]|递[增减]|回落)"
    rf"了?(?:{ABOUT})?\s?$"
    # 压减财政支出5%, 减少碳排放10%: by how much of what; not 降低空置率5%, which may be a level
    rf"|(?:{_LESS}|削减|精[简减]|缩减|减少|节[约省])[^\d,，。;；:：至到率比占为在]{{1,10}}$"
)

# 压减煤炭消费5万吨, 减少1.5公斤, 提高30元: so much less or more, of whatever unit; not 增加500张,
# 下降到, 提高到
CHANGED_AMOUNT = expression(
    rf"(?:提高|上[浮涨调]|下[降浮调]|降低|压[减缩降]|减[少排]|削减|缩减)了?(?:{ABOUT})?\s?$"
    rf"|(?:{_LESS}|削减|缩减|减少)(?:应用|用(?=[电水气地])|(?!布[设置]|设[置立定]|[架增]设|配置|安置)[^\d,，。;；:：至到率比占为在新增救整治推开训建种后并用达]){{1,8}}$"
)


def sign_before(words: str) -> str:
    """Return the sign of the last word of comparison in front of a figure, else `=`."""
    signs = [_SIGNS[str(found.lastgroup)] for found in _COMPARISONS.finditer(words + "0")]
    return signs[-1] if signs else "="


def sign_behind(words: str) -> str:
    """Return the sign of the words behind a figure; empty where they say nothing."""
    if words.endswith(("以上", "起")):
        return ">="
    if words.endswith(("以下", "内")):
        return "<="
    return "about" if words.endswith(("左右", "上下", "余", "about")) else ""


# 健康管理率…达到, 护理床位占比…达到, 占老年人口总数的比例达到: the clause names the share
_NAMED_SHARE = expression(
    r"(?:率|比例|比重|份额|满意度|(?:素[养质]|覆盖|普及|保障|自给|化)水平|[覆受][盖益]面)[^,，。;；:：]{0,16}$|占[^,，。;；:：]{1,20}的?$"
)
# 死亡率, 下降到: what is to fall has no floor; 高血压管理率, 血压控制率, 受污染耕地安全利用率 rise
_FALLS = expression(
    "降|减|(?<!血)压|控制(?!率)|患病率|发病率|并发症|[死病伤失空差错事投负][亡发残业置错误故诉债]率|贫困|流失|污染(?!(?:耕地|地块|土壤|农用地|场地)(?:安全利用|治理|修复|管控|达标))|(?<!达标)排放|(?<=[未不]达标)排放"
)


def is_floor(before: str) -> bool:
    """Tell whether 达到 with a share is read as a floor, from what its clause says before it."""
    return bool(_NAMED_SHARE.search(before)) and not _FALLS.search(before)
