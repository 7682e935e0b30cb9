"""Find sentences that state a rule for all lists or tasks of a document.

A rule is made of what it picks (排在第一位, 加粗的, 标★的, 未注明时限的) and of what it says of it
(为牵头单位, 于11月底前完成). The patterns are wider than those that read and apply rules
(`grammar.document_rules`) and share none of them: what cannot be applied must still be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiyang.reading import note_signs
from yiyang.safety.later import expression

# 排在第一位的为牵头单位,下同; 以下均需各区落实,不再列出: what holds for all lists
_OF_ORDER = expression(
    r"[列排]名?[在于]?(?:首位|第一|最?前)[^。()]{0,20}|(?:第一|首)(?:位|个|家)(?:的|者)?[^。()]{0,6}(?:牵头|责任|负责)[^。()]{0,8}"
    r"|(?:牵头|责任|负责|配合)(?:单位|部门)?[^。()]{0,6}下同(?=[。)]|$)|(?:不再|不另行?|不一一)(?:列出|列示|标注|注明|列明)"
)
_HINTS = ("第一", "下同", "不再", "不另", "不一一", "首")
_MARKS = "★☆▲△▼▽※◆◇●○◎■□☑✓✔√＊*#♦✦⊙"
# 加粗的, 用红字标出的, 带下划线的, 分号之前, “;”前, 括号内的, 标★的, 带*号的, 前两位, 最后一位
_PICKS = expression(
    r"[加标]?粗|[黑楷仿宋]体|加黑|划线|斜体|红[字色]|标红|字体|字号|底色|底纹|阴影|高亮|着色"
    rf"|(?:[分顿逗冒]号|斜[杠线]|括[号弧]|空格|换行|横线|[“\"'‘][;、,/:|][”\"'’])(?:之|以)?(?:前|后|内|外|里|中|左|右)|[{_MARKS}]|[星三][号角]"
    r"|前[一二两三四五2-5](?:位|个|名|家)|(?:最后|末|末尾)(?:一?[位个名家])|第[一二三1-3](?:位|个|名|家|列|行)|排[在名序列]|列[在首前]"
    r"|[标注][注明有出]{0,2}[(“\"]?(?:牵头|主办|主责)"
)
_DUTY = "牵头|主办|主责|责任单位|责任部门|负责|配合|协办|协助|参与|参加|支持|会办|协同"
# 为牵头单位, 即该项任务的主办部门, ●牵头: what the rule says of them
_SAYS = expression(
    rf"(?:为|是|即|系|属|作|代表|表示|指|的|均|:|-|=|[{_MARKS}])[^,;。:]{{0,10}}?(?:{_DUTY})(?![人制])(?:单位|部门|者|方)?"
)
_SENTENCE = expression("[^。]{4,}")
# A long sentence is looked at in parts; each holds the end of the one before, or a rule across the
# cut would not be seen.
_LONGEST = 300
_STEP = 150
# 凡未注明时限的, 除另有说明外, 标△的任务, 以上任务均, 各项任务一律
_PICKS_TASKS = expression(
    r"(?:未|没有?|无|不)[^。,;]{0,8}?(?:时限|时间|期限|日期|说明|要求|注明|标明|标注|明确)"
    r"|除[^。,;]{1,16}外"
    rf"|[{_MARKS}][^。,;]{{0,10}}"
    r"|(?:以[上下]|上述|下列|所列|本表|本清单|表中|清单中)[^。,;]{0,12}?(?:均|都|一律|统一|全部|须|应)"
    r"|(?:全部|所有|各项)(?:重点|目标|工作|整改|年度){0,2}(?:任务|事项|举措|措施)(?:均|都|一律|统一|全部|须|应)"
)
_DAY = r"(?:\d{1,2}月|[一二三四五六七八九十]月|年[底末内]|月底|季度末?|半年|\d{1,2}日)"
_DUE = expression(
    rf"[^。]{{0,36}}?(?:{_DAY}[^。,;]{{0,12}}?(?:完成|办结|办完|落实到位|建成|到位|竣工|整改)|(?:时限|期限|时间)[^。,;]{{0,8}}?{_DAY})"
)
# 每月25日前报送进展: what is to be handed in, not done
_REPORTED = expression("报送|上报|汇报|反馈|填报|报告|提交|报备|公示")

# 完成时限均为2026年, 未注明年份的时间均指2026年: the year of all times
_OF_YEAR = expression(
    r"(?:时限|时间|期限|日期|月份|年份|时点|节点)(?!段)[^。;]{0,30}?(?:均|都|皆|一律|统一|默认|年份的?)[^。;\d]{0,6}(?:19|20)\d\d年(?:度|内)?"
    r"(?:计算|执行)?(?=[。;,)]|$)"
    r"|未[^。;]{0,6}年份[^。;]{0,12}(?:19|20)\d\d年"
)
# 统计时间均为2025年: of figures
_OF_DATA = expression("数据|统计|基数|指标值|采集|截[至止]")

Found = tuple[int, int, str]
"""Begin, end and kind of a rule: about a `role`, a `time` or a `figure`."""


def find(text: str) -> Iterator[Found]:
    """Yield the rules of a text as `signs.plain` gives it."""
    taken: list[Found] = []
    for begin, end, about in (*_of_all(text), *note_signs.find(text)):
        if not any(a < end and begin < b and about == kind for a, b, kind in taken):
            taken.append((begin, end, about))
            yield begin, end, about


def _of_all(text: str) -> Iterator[Found]:
    taken: list[Found] = []
    if _may_be_of_order(text):
        for match in _OF_ORDER.finditer(text):
            taken.append((*match.span(), "role"))
            yield taken[-1]
    for match in _OF_YEAR.finditer(text) if "年" in text else ():
        if not _OF_DATA.search(text[max(0, match.start() - 10) : match.end()]):
            taken.append((*match.span(), "time"))
            yield taken[-1]
    if not _PICKS.search(text) and not _PICKS_TASKS.search(text):
        return
    for start, part in _parts(text):
        pick = _PICKS.search(part)
        said = _SAYS.search(part, pick.start()) if pick else None
        spans = [(start + pick.start(), start + said.end(), "role")] if pick and said else []
        for begin, end, about in (*spans, *_of_time(part, start)):
            if not any(a < end and begin < b and about == kind for a, b, kind in taken):
                taken.append((begin, end, about))
                yield begin, end, about


def is_of_year(printed: str) -> bool:
    """Tell whether a rule is one about the year of the times of a document."""
    return bool(_OF_YEAR.search(printed))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with its place; of a long one parts that overlap."""
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        yield start, text[start : min(end, start + _LONGEST)]
        for begin in range(start + _STEP, end - _STEP, _STEP) if end - start > _LONGEST else ():
            yield begin, text[begin : min(end, begin + _LONGEST)]


def _of_time(sentence: str, start: int) -> Iterator[Found]:
    for pick in _PICKS_TASKS.finditer(sentence):
        due = _DUE.match(sentence, pick.end())
        if due and not _REPORTED.search(due[0]):
            yield start + pick.start(), start + due.end(), "time"
            return


def _may_be_of_order(text: str) -> bool:
    """Whether a text holds a word of a rule of order; 前 (列最前) stands in most texts."""
    is_in_front = "前" in text and ("列" in text or "排" in text)
    return is_in_front or any(hint in text for hint in _HINTS)
