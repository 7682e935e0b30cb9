"""Find notes that speak of the contents of a list by kind: of some items by their numbers, of empty
cells, of a word, of marked tasks, of all figures.

第1、2项于4月底前完成; 时限空白的为全年工作; “年底前”指12月20日前; 标△的还须由各镇落实; 表中指标均为
不低于. The patterns are wider than those that read and apply such notes (`grammar.notes_by_number`,
`grammar.defined_words`) and share none of them: what cannot be applied must still be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiyang.safety.later import expression

_MARK = "[★☆▲△▼▽※◆◇●○◎■□☑✓✔√＊*#♦✦⊙]"
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_WHEN = (
    r"(?:\d{1,2}月|[一二三四五六七八九十]月|年[底末内中]|月底|季度|半年|\d{1,2}日|全年"
    r"|常年|长期|持续|常态|每[月年周日季旬天]|按[月季年周]|即时|立即|春节|国庆|元旦|节前|汛|开学|入冬)"
)
# 第1—3项, 上述第2项, 第1、2、4项, 第(四)项, 序号3至5
_IN_BRACKETS = rf"\(?{_N}\)?"
_NUMBERED = (
    rf"(?:第{_IN_BRACKETS}(?:[、,至到和及\-~]{{1,2}}第?{_IN_BRACKETS}){{0,20}}(?:[项件]|号任务)"
    rf"|序号为?{_N}(?:[、,至到和及\-~]{{1,2}}{_N}){{0,20}}(?:的|项|号)"
    rf"|第\d{{1,3}}(?:[、,至到和及\-~]{{1,2}}第?\d{{1,3}}){{0,20}}条(?!例))"
    "(?!规定|款|第)"
)
_BY_NUMBER = expression(rf"{_NUMBERED}[^。]{{0,24}}?{_WHEN}")
_NUMBERED_BY = expression(
    rf"{_NUMBERED}[^。;,]{{0,12}}?(?:由|(?:牵头|责任|配合|承办|主办)单位|牵头|负责|配合|参与|落实)"
)
# 第2项因规划调整,完成时限顺延至…; 带*的任务…,完成期限调整为…
_MOVES = expression(
    rf"(?:{_NUMBERED}|[带标][有注]?[\"“(]?{_MARK})[^。;]{{0,60}}?"
    r"(?:时限|期限|时间|日期|节点|工期)[^。;,]{0,4}?(?:调整|变更|顺延|延[期长后至]|推迟|提前|改[为至])"
)
# “完成时限”栏空白的，为全年; 未填写时限的均为长期坚持
_TIME = "(?:时限|时间|期限|日期|时点|节点|进度)"
_EMPTY = (
    "(?:空白|空缺|为空|留空|空着|空格|未填写?|未列明?|未写明?|未注明?|未标[明注]?|未明确"
    "|没有?填写?|不填写?|不列|未作?规定)"
)
_OF_EMPTY = expression(
    rf"(?:{_TIME}[^。;\d]{{0,8}}?{_EMPTY}|{_EMPTY}[^。;\d]{{0,8}}?{_TIME}|(?:未|没有"
    rf"|无)[^。;,\d]{{0,6}}{_TIME}|(?:空白|空格"
    rf"|划?[\"“”]?[/—\-][\"“”]?的?者?)[处栏项的]{{0,2}})"
    rf"[^。;]{{0,20}}?(?:表示|代表|指|为|是|即|均|按|视为|属)[^。;]{{0,10}}?{_WHEN}"
)
# “年底前”统一指2026年12月20日前; 上半年即6月20日前
_WORD = (
    r"(?:[年月旬]底|[年月]末|年内|[上下]半年|季度末?|[一二三四]季度|近期|短期|中期|远期"
    r"|汛前|汛期|节前|春节前|开学前|入冬前|供暖季|学期末|长期|立即|即时)"
)
_OF_WORD = expression(
    rf"[\"“'‘「]?{_WORD}[之以]?前?[内末]?[\"”'’」]?[^。;,\d]{{0,6}}?(?:是?指|即|为|按|等于"
    rf"|理解为|视同|视为|截止?[到至于])[^。;,]{{0,8}}?(?:(?:19"
    rf"|20)\d\d年)?\d{{1,2}}月(?:\d{{1,2}}日|[底末上中下])"
)
# 标△的任务还须由各镇（街道）落实; 带△的…还包括各镇; 均须同步由各县落实
_AREAS = (
    "(?:各|所有|全体|全部|相关|涉及|有关|属地)[^。;,]{0,6}?(?:镇|乡|街道?|县|区|市|州|村"
    "|社区|园区|科室|学校|院|部门|单位|成员|企业)"
)
_ALSO = "(?:还|另行?|同时|同步|也|亦|一并|并|共同|以及|均|都|一律|由)"
_ADDS = expression(
    rf"(?:{_MARK}[^。]{{0,30}}?|(?:上述|以上|表中|表列|所列|本表|本清单"
    rf"|清单)[^。;]{{0,16}}?){_ALSO}[^。;,]{{0,8}}?(?:(?:由|需|须|应|包括|含|涉及|增加|要求"
    rf"|请|加)[^。;,]{{0,4}})?{_AREAS}"
)
_OF_SELF = expression(
    "各(?:牵头|责任|有关责任|相关责任|主办|承办|责任主体)|按照?(?:职责|分工)|认真|高度"
    "|解释|报送|上报|反馈"
)
# 表中指标均为不低于; 目标值带▼的为不高于该值，其余均为不低于该值
_COMPARED = (
    "(?:不低于|不少于|不小于|不高于|不超过|不大于|不得[低高少超][于过]|[最至][低少高多]"
    "|[上下]限|以[上下](?!级)|≥|≤|>=|<=|底线|累计|同比|增幅|增速|增量|增长率?|年均|人均"
    "|较上年|比上年|高于|低于)"
)
_OF_FIGURES = expression(
    rf"(?:(?:指标|数字|数值|数量|目标|目标数|任务数|目标值|指标值|数据|比例|百分比|数)(?:值"
    rf"|数|数字|任务)?[^。;,\d]{{0,10}}?(?:均|都|皆|一律|全部|统一)"
    rf"|{_MARK}[^。;,\d]{{0,8}}?(?:为|表示|代表|指|是|系|属)|(?:其[余他]"
    rf"|未标[注明记]?)[^。;,\d]{{0,10}}?(?:均|都|为|是))"
    rf"[^。;,\d]{{0,8}}?{_COMPARED}"
)
# 一、每月开展一次的工作; (二)每季度任务: what is below it has this rhythm
_RHYTHM = expression(
    rf"(?:(?:第?{_N}[、.章节类部]分?|\({_N}\))|(?=[^。]{{2,16}}的))(?:需要?|应"
    rf"|须)?(?:每(?:半年|个?月|季度?|年度?|周|旬|半月|日|天|两月|两周)|[按逐][月季周年日])"
    r"(?:度)?[^。;,:]{0,16}?(?:工作|任务|事项|项目|活动|内容|举措|措施|清单"
    r"|类)(?:\([^()]{1,12}\))?[:。]?"
)
_LONGEST_HEADING = 30
# 每月25日前报送进展, 数据截至2025年底, 由信息中心提供: of what is handed in and of figures
_REPORTED = expression(
    "报送|上报|汇报|反馈|填报|报告|提交|报备|公示|总结|印发|下达|拨付|通报|考核结果"
)
_OF_DATA = expression("数据|统计|基数|采集|截[至止]20|来源")
_HINTS = expression("[第序空未没无指即按为是系于截]|均|都|每|还|另|[★☆▲△▼▽※◆◇●○◎■□√*#]")

Found = tuple[int, int, str]
"""Begin, end and kind of a note: about a `role`, a `time` or a `figure`."""


def find(text: str) -> Iterator[Found]:
    """Yield the notes in a text as `signs.plain` gives it, of each kind one that overlaps none."""
    if len(text) <= _LONGEST_HEADING and (heading := _RHYTHM.fullmatch(text)):
        yield *heading.span(), "time"
        return
    if not _HINTS.search(text):
        return
    taken: list[Found] = []
    for pattern, about in _PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.span()
            is_taken = any(a < end and begin < b and about == kind for a, b, kind in taken)
            if not is_taken and not _is_other(text, begin, end, about):
                taken.append((begin, end, about))
                yield begin, end, about


_PATTERNS = (
    (_MOVES, "time"),
    (_BY_NUMBER, "time"),
    (_OF_EMPTY, "time"),
    (_OF_WORD, "time"),
    (_NUMBERED_BY, "role"),
    (_ADDS, "role"),
    (_OF_FIGURES, "figure"),
)


def _is_other(text: str, begin: int, end: int, about: str) -> bool:
    """Whether the clause speaks of reports, of where data come from, or of units in general."""
    stop = min(
        (at for at in (text.find(sign, end) for sign in "。;,") if at >= 0), default=len(text)
    )
    clause = text[begin:stop]
    if _REPORTED.search(clause):
        return True
    if about == "role":
        return bool(_OF_SELF.search(clause))
    return bool(about == "time" and _OF_DATA.search(text[max(0, begin - 10) : stop]))
