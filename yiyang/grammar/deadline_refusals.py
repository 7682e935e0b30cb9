"""Say why a time in a running text is no deadline of the task; empty where it is one."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from yiyang.core.text import just_before
from yiyang.grammar.dates import stated_year
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


class Timed(Protocol):
    """What a refusal asks of a time."""

    @property
    def kind(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def is_year_inferred(self) -> bool: ...
    @property
    def precision(self) -> str: ...


PAST = tell("grammar.past_when_document_issued")
"""The reason of a day that lies behind the day of issue."""
FREQUENCY = tell("grammar.frequency")
"""The reason of a rhythm that says how often, and names no day."""
UNREAD, NO_DAY = tell("grammar.part_year_not_understood"), tell("grammar.no_such_day")
NOT_READ = (UNREAD, NO_DAY)
"""The reasons of times that were seen and not understood."""

# 2025年护理型床位占比达到55%: a year at the head of the figure that it is to reach
_REACHES = expression(
    r"[^,，。;；]{0,60}?(?<!已)(?:达到?|[提升增降减扩][高升长加低少大]?[到至]|不低于|不少于|不超过)"
    r"[^,，。;；的]{0,4}?\d[^,，。;；的]*(?=[,，。;；]|$)|[^,，。;；、]{0,20}?(?:投资|[率比例重])过半(?=[,，。;；]|$)"
)
# 2026年计划改造300户
_PLANNED = "(?:计划|拟|将)(?=[改新建培引完组开整修打种植救慰治疏硬绿创举发安购招拆清拓检走])"
_DONE = "完成|建成|实现|达到|投入|投用|开工|动工|竣工|启动|出台|印发|力争|争取|新增|新建"
# What follows a bare date that is a deadline: 9月投入使用, 2021年6月完成, 2022年，全面实现…
_COMPLETION = expression(
    rf"\s*[,，]?(?:再?(?:{_DONE})(?!的)|{_PLANNED}|全面|基本|(?:入选|获评|获批|通过|创成|跻身|拓展|推广)"
    r"|分别(?=[^,，。;；的]{2,20}\d)|为[^,，。;；]{1,12}阶段"
    r"(?![^,，。;；]{0,12}的))"
)
# 10月开展“敬老月”活动, 第三季度组织评估: what is done in a month; not 9月开展的活动, 9月开展了
_HELD = expression(
    r"\s*(?:集中|统一|联合|分批|正式|分别|各)?(?:开[展工]|动工|竣工|举[办行]|组织|召开|(?:转入|进入)(?![^,，。;；]{0,4}[汛季冬夏秋春期暖旱雨])|制定|报送|上报|编制|修订|发布|公布|上线|试?运行|挂牌|交付"
    r"|验收|评估|部署|推[出行]|实施|落实|兑现|发放|拨付|启用|开通|招标|立项|选址|接收|征集|收集|走访|慰问|培训|招[聘录]|设立|成立|建立|调度|督导|检查|考核|总结)"
    r"(?![^,，。;；]{0,12}的|[^,，。;；]{0,8}[了过以来])"
)
# 一季度办结前期手续, 6月通车: what comes to its end in a month; not 供暖前, 办结率, 通水后, and not
# 办结案件120件，同比增长3%
_ENDED = expression(
    r"\s*(?:全[部面线]|正式|顺利|如期|主体(?:工程|结构)?)?(?:办结|办理|完工|交工|封顶|贯通|通[车水气电]|供[水气电暖热]|并网|投[产运]|开[业园馆]|签[约订]"
    r"|进场|复工|入驻|整改到位|销号|具备)(?!率|前(?!期)|后(?![续期])|[之以][前后]|[期季时]|[^,，。;；]{0,12}的|[^,，。;；]{0,8}[了过来]"
    r"|[^。;；]{0,40}(?:同比|环比|较[上去]年))"
)
# Who may, is paid or is spared something: the dates around it say how long a rule holds.
_GRANTED = "给予|返还|减免|免征|免收|缓缴|享受|可申[请领]|可按|按.{1,12}执行"
_GRANT = expression(
    rf"{_GRANTED}|可|补[贴助]|放宽|^(?:继续)?(?:实施|执行|施行)[^,，]*(?:政策|标准|费率)"
)
# Before a day the same words also name what is to be done: 年底前落实补贴政策, 年底前制定减免办法.
_GRANT_BEFORE = expression(rf"(?:[对凡经]|符合)[^。;；]*(?:{_GRANTED})|[^,，]*(?:{_GRANTED})")
_OF_GRANT = expression("[给返减免缓享可按]")
"""A sign of each such word: most sentences have none and are asked no further."""
_TO_BE_DONE = expression(rf"{_DONE}|制定|修订|落实|完善|建立|明确|推进|推动|兑现|拨付|发放|报送")
# 实施期限至2024年底, 优惠延长至2022年底, 有效期为2021年至2023年: how long a rule holds. Not
# 完成期限至, 工期延长至.
_VALID = expression(
    r"(?:(?:实施|执行|有效|适用|试行|施行|减免|缓缴|补贴|优惠|政策)的?期限?|(?<!工期)(?:延长|延续|延期|顺延)"
    r"|执行|施行|沿用|适用|有效|政策(?:均|统一|继续)?实施)(?:均|统一|继续)?[:为]?$"
)
# 竣工时间延期至, 整改期限顺延至: the end of the work itself is put off
_END_IS_MOVED = expression(
    r"(?:(?:竣工|完工|完成|交付|交房|建成|整改|办结|投用|投产)(?:的?(?:时间|时限|期限|日期))?"
    r"|(?:工程|建设)的?(?:时间|时限|期限|日期|工期))"
    r"(?:统一|适当)?(?:延长|延续|延期|顺延)$"
)
# 5年内的, 三年内未, 两年内不得: who is meant, or what is forbidden
_CONDITION = expression(r"[的未无不没]")
# 恢复到2019年水平, 2022年底的存量: the date tells which, not when
_ATTRIBUTE = expression(rf"的|水平|同期|(?!{_PLANNED})度?(?:计划|任务|目标|要求|标准)")

# 11月15日至3月15日为供暖期: how a season is defined
_SEASON = expression(
    r"(?:是|为)[^,，。;；\d]{0,4}(?:[供采取]暖|防[火汛]|汛|枯水|丰水|[休禁][渔牧猎烧]|过渡|缓冲|有效|缴费)[期季]"
)
# 2025年4月1日前取得许可的企业, 2000年底前建成的小区: which ones are meant
_WHICH = expression(
    r"(?:已?(?:取得|成立|注册|登记|毕业|退休|出生|参保|入住|批准|审批|办理|备案|建成|投产|交付|购买|签订))"
    r"[^,，。;；、]{0,10}的[^,，。;；、\d]{0,6}(?:企业|单位|机构|项目|人员|居民|学生|毕业生|老年人|职工|小区|住宅|住房|房屋|建筑|车辆|合同)"
    r"(?![^,，。;；]{0,6}(?:达|不少|超过|占))"
    r"|(?:仍|尚)?未[^,，。;；]{1,14}的[,，]"
)
# 2025年12月31日前登记的车辆, 2024年8月出台的办法, 3月31日前申报并通过审核的资金: a verb, and 的
# right behind it; the day says which ones are meant. Not 6月底前全市的…, 年底前建成全市统一的…
_VERBS = (
    "取得|获得|获批|获评|成立|注册|登记|毕业|退休|出生|参保|入住|批准|批复|审批|办理|备案|建成|建设|新建|改建|扩建|投产|投用|投运"
    "|交付|购买|购置|签订|签约|申报|申请|出台|印发|发布|公布|颁布|下发|下达|实施|施行|执行|制定|修订|通过|立项|开工|完工|竣工|验收"
    "|认定|评定|命名|授予|缴纳|缴存|纳入|列入|入选|领取|录取|入学|就业|失业|离职|到期|期满|报废|淘汰|停用|启用|使用|设立|设置"
    "|迁入|落户|上市|上牌|并网|核发|核准|发放|产生|形成|发生|发现|排查|查出|摸排|报送|上报|提交|受理|移交|交办|转办|征收|流转|拖欠"
    "|欠缴|欠付|结案|立案|审结|生产|销售|出厂|关停|闲置|批而未供|拆除|完成|办结|整改|启动|确定|明确|审议|召开|举办|开通|开业|挂牌|在册|在籍|在库|在岗|持有"
)
_DEFINES = expression(
    rf"(?:左右)?[之以]?[前后]?(?:[已仍尚]?未?经?|依法|首次|审核)(?:{_VERBS})"
    rf"(?:[并且、及和或后](?:{_VERBS}|[一-鿿]{{2}}(?:{_VERBS})|经?[一-鿿]{{2,6}})|(?:{_VERBS}))?的(?=[一-鿿\d“\"])"
)
# 6月底前完成整改的问题占比达到80%, 2026年底前开工建设的项目不少于10个: so many are to be there
_SO_MANY = expression(
    r"[^,，。;；]{0,30}?(?<!已)(?:达到?|不[少低]于|不少|超过|占|至少|力争|确保)[^,，。;；]{0,8}?\d"
)
# 12月底前建成投用的中心, 6月底前制定出台的政策: what may be meant as an end all the same
_DONE_BEFORE = expression(
    r"[之以]?前?(?:建成|完成|开工|制定|出台|竣工|投用|投产|投运|完工|新建|改建|扩建|建设|启动|印发|开通|办结)"
)
# 为6月底前登记的车辆, 按照8月出台的办法, 清理12月底前建成的: the words in front of the day take
# what it defines
_TAKES = expression(
    r"(?:(?<![作成认因行])为|对(?!接)|按照?|依照|依据|根据|将(?!于)|把|向|给|清理|兑付|改造|凡)"
    r"[^,，。;；:：]{0,12}$"
)
# 截至2025年底，全区共有…, 截至6月底，累计…: what there is; not 截至年底，力争全区共有…
_STATE = expression(
    r"[,，]?(?![^。;；]{0,12}(?:力争|确保|要|应|须|计划|实现))[^。;；,，\d]{0,16}"
    r"(?:共有|共计|现有|已|累计|拥有|在册|登记|有(?=[\u4e00-\u9fff]{1,12}\d))"
    r"|[,，]?[^。;；,，]{0,30}(?:任务|工作|项目)?已(?:经|全部|基本)?(?:完成|建成|开工|竣工|办结)"
)
# 4月、9月底前, 4月、9月各组织一次: the first of several is what the last one is
_MONTHS = (
    r"(?:[、和及](?:\d{1,2}月(?:底|末|[上中下]旬|\d{1,2}日)?|20\d\d年|[上下]半年"
    r"|第?[一二三四]季度)){1,11}"
)
_AND_ANOTHER = expression(_MONTHS)


# 2025年全市新建…: where, between a year and what is done in it
_ALL_OF = expression("(?:全|我)[省市县区州旗镇]")
# 在2025年建成42公里的基础上, 较2024年底增加5个: what a figure is counted from
_ON = expression(r"(?:在|依托|立足)$")
_BASE = expression(r"[^,，。;；]{0,40}基础[上之，,]")
_COMPARED = expression(r"(?:(?<![占对同环])比|(?<![比较])较|相较于?|高于|低于|优于)(?:上年|其)?$")
# （县政办发〔2021〕7号，2021年6月8日印发）: the day of a document, in the brackets behind its title
_ITS_NUMBER = expression(r"[(（][^()（）]{0,40}(?:号|》)[^()（）,，]{0,6}[,，]\s?$|》\s?[(（]$")
_ISSUED = expression(r"[^()（）,，。;；]{0,12}(?:印发|发布|公布|实施|修订|通过)\s?[)）]")
_NEAR, _FAR = 60, 200
"""Characters in front of a time and behind it that may say what it is."""


def _behind(text: str, end: int) -> str:
    return text[end : end + _FAR]


_SENTENCE = expression("[^。;；]*")


def _without(words: re.Pattern[str], text: str) -> str:
    """The text without the words with which it begins."""
    found = words.match(text)
    return text[found.end() :] if found else text


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return found[0] if found else ""


# 2025年12月底前 above tasks of 2026: the last months of the year before may still lie ahead
_END = expression(r"[底末内前]$")


def _is_before_title(match: re.Match[str], due: date, year: int) -> bool:
    """Whether a day is of a year before that of the title; the day of the issue is not known."""
    is_end = _END.search(match[0]) or match.string.startswith("前", match.end())
    return due < (date(year - 1, 10, 1) if is_end else date(year, 1, 1))


# 2024年底存量案件41件: what there was then
_STOOD = expression(r"\s?(?:存量|现有|实有|尚有|[全我本][省市县区]共有|累计已)(?!清零|清[理退])")


def _is_base(match: re.Match[str], before: str) -> bool:
    """Whether a time says since when a figure is counted, or what it is compared with."""
    is_on = _ON.search(before) and _BASE.match(match.string, match.end())
    return bool(is_on or _COMPARED.search(before))


def _is_of_document(match: re.Match[str]) -> bool:
    """Whether a day is that on which a document named before it was issued or took effect."""
    before = just_before(match.string, match.start(), _NEAR)
    return bool(_ITS_NUMBER.search(before) and _ISSUED.match(match.string, match.end()))


# 按照2020年11月…部署, 根据2023年9月1日起施行的《…》: the year of what is cited is not the task's
_CITES = expression(
    r"(?:按照?|根据|依据|依照|遵照|落实|贯彻|对照|参照|结合|针对|围绕|巩固|总结|执行|承接|接续|延续|沿用|依托|以|与|同)"
    r"[^,，。;；:：、]{0,10}$"
)
_OF_TASKS = expression(r"年?度?[^,，。;；]{0,6}(?:任务|目标|计划|清单|要点)")
_CITED = expression(
    r"[^,，。;；]{0,24}?(?:会议?|讲话|精神|[批指]示|部署|通报|反馈|督[察查导]|巡[视察]|审计|考核|[印颁]?发布?的|施行|公布的|修[订正]的|出台的|通过的"
    r"|为?基[期数年]|相比|《)"
)
_DRAWS_UP = expression(
    "(?:编制|编报|制定|谋划|起草|研究|拟定|申报|储备|提出|上报|征缴|征收|缴纳|收缴|征订|参加|招录|招收)[^,，。;；]{0,8}$"
)
_TAKES_EFFECT = expression(r"[^,，。;；]{0,4}(?:施行|生效|执行)")


def states_year(match: re.Match[str], why: str, of: int, own: int | None) -> bool:
    """Tell whether the year `of` of a time holds for the bare dates behind it, beside their `own`
    of title or issue: that of a deadline does; that of what is over or cited (按照2020年11月…部署)
    does not."""
    if not why or why in NOT_READ:
        return not (own and why and of < own)
    if own and of != own:
        # 编制2026年建设计划，10月15日前上报, in a list of 2025
        if why and _DRAWS_UP.search(just_before(match.string, match.start(), _NEAR)):
            return False
        return of > own and not _TAKES_EFFECT.match(match.string, match.end())
    if why == PAST:
        return False
    before = just_before(match.string, match.start(), _NEAR).rstrip()
    is_cited = _CITES.search(before) and not _OF_TASKS.match(match.string, match.end())
    return not (is_cited or _CITED.match(match.string, match.end()))


# 已于2月20日前完成
WAS_THEN = expression("已经?[于在]$")
"""What stands before the day by which something was done: 已于."""
# 去年完成投资3.2亿元: the year before that of the issue is over
_LAST_YEAR = expression("去年|上年")


def refusal(match: re.Match[str], time: Timed, issued: date | None, year: int | None = None) -> str:
    """Say why the time is no deadline of the task; empty where it is one. `year` is that of the
    title, before which nothing is due where the day of the issue is not known."""
    part = match.groupdict()
    if part["title"]:
        return tell("grammar.title_or_number_document")
    if part["rhythm"] and not part["rhythm_part"] and not _is_of_weekday(match):
        return FREQUENCY
    if not time.kind:
        return _refusal_of_unread(match, issued.year if issued else year)
    if part["until"]:
        return PAST if is_over_by(time, issued) else _refusal_of_horizon(match)
    is_date = not part["unread"] and not part["bracketed"] and (part["span"] or part["point"])
    return _refusal_of_date(match, time, issued, year) if is_date else ""


# 每周三接访, 每周一上午; not 每周一调度、每月一通报, which is once a week
_WEEKDAY = expression("每周(?:[二三四五六日末]|一(?=上午|下午|晚|[至到、和前]|例会|召开|接访))")


def _is_of_weekday(match: re.Match[str]) -> bool:
    """Whether a rhythm names the day of the week on which it falls."""
    return bool(_WEEKDAY.match(match.string, match.start()))


def _refusal_of_unread(match: re.Match[str], year: int | None) -> str:
    if _is_of_past_year(match, year):
        return PAST
    return UNREAD if match["unread"] or match["leaning"] or _is_bare(match) else NO_DAY


def _is_of_past_year(match: re.Match[str], year: int | None) -> bool:
    """Whether a part of a year that no calendar has is one of a year that is over: 2023年冬季."""
    of = stated_year(match[0]) if match["unread"] else None
    return bool(of and year and of < year)


def _is_bare(match: re.Match[str]) -> bool:
    """Whether a year was found and what follows it was not read."""
    return match[0].endswith("年")


def _refusal_of_horizon(match: re.Match[str]) -> str:
    after = re.sub(r"^\s?[(（][^()（）]*[)）]", "", _behind(match.string, match.end()))
    is_rule = _CONDITION.match(after.lstrip("，, ")) or _grants(after)
    return tell("grammar.time_for_rule_holds") if is_rule else ""


def _grants(after: str) -> bool:
    """Whether the sentence behind a time grants something and names nothing to be done."""
    sentence = _first_sentence(after.lstrip("，, "))
    if not _OF_GRANT.search(sentence):
        return False
    return bool(_GRANT_BEFORE.match(sentence) and not _TO_BE_DONE.search(sentence))


def _refusal_of_date(
    match: re.Match[str], time: Timed, issued: date | None, year: int | None
) -> str:
    before = just_before(match.string, match.start(), _NEAR).rstrip()
    # 执行2025年9月的要求: whose it is, and not how long it holds
    is_named = not match["lead"] and match.string.startswith("的", match.end())
    if _VALID.search(before) and not is_named and not _END_IS_MOVED.search(before):
        return tell("grammar.time_for_rule_holds")
    is_over = bool(
        time.due
        and not time.is_year_inferred
        and (time.due < issued if issued else year and _is_before_title(match, time.due, year))
    )
    if is_over or WAS_THEN.search(before) or _LAST_YEAR.match(match["point"] or ""):
        return PAST
    if _is_base(match, before) or _is_of_document(match):
        return tell("grammar.date_attribute")
    # Of a list whose day nobody knows a state is one of some day before it.
    is_before = bool(
        time.due and (time.due < issued if issued else not year or time.due.year < year)
    )
    if is_before and _STOOD.match(match.string, match.end()):
        return tell("grammar.day_for_state_reported")
    return (
        _refusal_of_span(match, time, issued, before)
        if match["span"]
        else _refusal_of_point(match, time, issued, before)
    )


# 1—2月，收入完成3.2亿元，同比增长5.1%: what the months behind us brought
_YEAR_ON_YEAR = expression("同比|环比|较上年同期|比上年同期")
# 1至2月已签约未开工的项目: which ones are meant
_DID = expression(rf"\s?(?:[已仍尚]未?|未)经?(?:{_VERBS})")


# 针对1—2月用电量下滑问题: of when it is
_PROBLEM_OF = expression("针对$")
# 考核周期为2025年1月1日至12月31日: over what is counted
_COUNTED_OVER = expression(
    "(?:考核|统计|核算|评价|计分)的?(?:周期|期间|时段|区间)(?:为|是|自|从|[:：])$"
)


def _tells(match: re.Match[str], sentence: str) -> bool:
    """Whether the sentence behind a time that is over compares what was with the year before, and
    neither the time nor the sentence asks for anything."""
    is_end = match["lead"] or "前" in match["tail"] if match["point"] else False
    is_aim = re.search("力争|确保|争取|计划|预计|目标|全年|年内", sentence)
    return bool(_YEAR_ON_YEAR.search(sentence) and not is_end and not is_aim)


def is_over_by(time: Timed, issued: date | None) -> bool:
    """Tell whether a time was over when the document was issued, be its year inferred or not."""
    return bool(issued and time.due and time.due < issued)


def _refusal_of_span(match: re.Match[str], time: Timed, issued: date | None, before: str) -> str:
    after = _behind(match.string, match.end())
    sentence = _first_sentence(after)
    if is_over_by(time, issued) and _tells(match, sentence):
        return tell("grammar.day_for_state_reported")
    if _PROBLEM_OF.search(before):
        return tell("grammar.date_attribute")
    if _COUNTED_OVER.search(before):
        return tell("grammar.time_for_rule_holds")
    if _GRANT.search(sentence) and not re.search(_DONE, sentence):
        return tell("grammar.time_for_rule_holds")
    is_other = _ATTRIBUTE.match(after) or _SEASON.match(after) or _DID.match(after)
    return tell("grammar.date_attribute") if is_other else ""


def _refusal_of_point(match: re.Match[str], time: Timed, issued: date | None, before: str) -> str:
    after = _without(_AND_ANOTHER, _behind(match.string, match.end()))
    after = _without(_ALL_OF, after) if time.precision == "year" else after
    behind, sentence = after.removeprefix("左右"), _first_sentence(after)
    if time.kind == "ongoing" or match["lead"] in ("自", "从"):
        return tell("grammar.beginning_not_end")
    if match["lead"].startswith("截"):
        is_ahead = issued and time.due and time.due >= issued and not _STATE.match(after)
        return "" if is_ahead else tell("grammar.day_for_state_reported")
    if _ATTRIBUTE.match(behind) or _WHICH.match(behind):
        return tell("grammar.date_attribute")
    if is_over_by(time, issued) and (_ALREADY.match(after) or _tells(match, sentence)):
        return tell("grammar.day_for_state_reported")
    if match["lead"] != "到" and _grants(after):
        return tell("grammar.time_for_rule_holds")
    return tell("grammar.date_attribute") if _is_of_words(match, time, before, after) else ""


def defines(text: str, begin: int, end: int) -> bool:
    """Tell whether a day says which ones are meant: 为2025年12月31日前登记的车辆; not what is to be
    there by then: 12月底前建成投用的中心达到20家."""
    after = _behind(text, end)
    found = _DEFINES.match(after)
    if not found:
        return False
    if _TAKES.search(just_before(text, begin, _NEAR).rstrip()):
        return True
    is_end = text[begin:end].endswith(("前", "底", "末")) or after.startswith("前")
    if is_end and _DONE_BEFORE.match(after):
        return False
    return not _SO_MANY.match(after, found.end())


# 2月底前已完成首轮排查: a report; not 6月底前已建成机构全部达标, 已完成改造的小区全部投用
_ALREADY = expression(
    r"前?(?:均|都)?已(?:经|全部|基本|陆续|先后|累计)?"
    r"(?:完成|出台|印发|实现|开展|启动|整改|办结|达到|发放|落实|召开|报送|制定|组织)"
    r"(?![^,，。;；]*(?:的|要|应|须|确保|务必|全部))"
)
# 第三阶段（11月）总结提升
_OF_STAGE = expression(r"(?:阶段|第[一二三四五1-5]步)[(（]$")
_IS_END = expression("[底末内旬]$|前夕?$|期间$|时期$")
# 不迟于8月20日报市政府审定: an end, whatever follows
_AT_LATEST = expression("(?:不[迟晚]于|最[迟晚](?:于|在|不得?(?:超过|[晚迟]于))?)$")


def _is_of_words(match: re.Match[str], time: Timed, before: str, after: str) -> bool:
    """Whether a date belongs to the words around it: nothing says that it is an end."""
    if defines(match.string, match.start(), match.end()):
        return True
    if _OF_STAGE.search(before) and after[:1] in (")", "）"):
        return False
    is_end = match["lead"] or match["tail"] or match["then_on"] or after.startswith(("前", "左右"))
    if is_end or _IS_END.search(match["point"]) or _AT_LATEST.search(before):
        return False
    # 到2025年、2027年，覆盖率分别达到: the second of two years opens it too
    opens_clause = before[-1:] in ("", *"。;；,，:：") or before.endswith("年、")
    is_held = bool(
        time.precision not in ("year", "multi_year") and (_HELD.match(after) or _ENDED.match(after))
    )
    heads = opens_clause and (after.lstrip().startswith((",", "，")) or _REACHES.match(after))
    return not (heads or is_held or _COMPLETION.match(after))
