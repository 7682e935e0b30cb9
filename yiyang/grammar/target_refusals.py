"""Say why a figure of a text is no target and no outcome: what is paid to others, conditions,
rights, names, what exists already, how a measure is defined.

`targets` asks of a figure of a task (`of_a_promise`) or of a report (`of_a_result`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from yiyang.grammar import (
    asked_of_all,
    figure_conditions,
    lengths,
    named_sizes,
    payments,
    quantities,
    what_exists,
    word_numbers,
)
from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# 以…中心为龙头、43家…为网底; 由…、16个委办局及43个街乡为成员单位: who makes up a body
_MADE_OF = expression("(?<![可予加给足得难])以(?![上下内及后来前外])")
_MADE_UP = expression("为(?:成员|组长|引领|龙头|支撑|主体|网底)")
# 由1名组长和12名成员组成, 下设4个工作组, “1名网格长+2名网格员”: who makes up a body, too
_BODY = expression(
    r"(?P<of>由|下设|内设)(?![^,，。;；]{0,30}(?:组建|成立|设立|新建|打造|建立))[^,，。;；]{0,30}$"
)
# 会议由3名副市长分别召集: who does a thing
_BY_SO_MANY = expression("由$")
# 由县长任组长、3名副县长任副组长; 由5人组成，其中居民代表占60%
_IN_OFFICE = expression(
    "[^,，。;；、]{0,8}任(?:第一|常务)?副?(?:组长|主任|指挥长|召集人|队长|会长)"
)
_OF_MEMBERS = expression(r"由\d{1,3}[人名位][^,，。;；]{0,12}组成[,，]其中[^,，。;；\d]{0,12}占?$")
_CHANGED_TO = expression("扩|增|减|提|降|升|压|调")
# 抽调12名骨干组成专班; not 抽调12名医师下乡坐诊
_SECONDED = expression("抽调[^,，。;；]{0,12}$")
_TO_A_BODY = expression(
    "[^,，。;；]{0,30}(?:集中办公(?!室)|专班|组成|工作组)|[^,，。;；]{0,8}[,，]集中办公(?!室)"
)
_COMPOSED = expression(
    r"^[^,，。;；]{0,60}?(?:组成|构成)(?![^,，。;；]{0,4}的(?![一-鿿]{0,4}专班|工作组|小组|专家组|[一-鿿]{0,6}[团队]))"
)
_TEAM_ITSELF = expression("^(?:小组|专班|工作组|团队|小队)")
_TEAMS = expression(r"^[^,，。;；]{0,8}(?:工作组|专班|小组|专责组)(?:[,，。;；、]|$)")
_JOINED_BY_PLUS = expression(r"^[^,，。;；\d]{1,8}[+＋]|[+＋]$")
_QUOTED = expression('[“”"]|模式|力量|配置|组成|机制')
_PEOPLE = ("名", "人", "位")
_MEMBERS = (*_PEOPLE, "个", "人次")
# 可申请最高不超过15万元; not 可支配收入, 可再生能源
_PERMISSION = expression(
    r"(?<![许认宁])可(?![持靠及行燃溶见比]|变(?!更)|[防控视追比]性|(?![按享提降节减增优]|达(?!率))[一-鿿]{1,4}率|降解|支配|移动|再生|回收|追溯|视化|利用|感知|用于|办率|到达|[一-鿿]{1,2}[式化]|变更新)[^,，。;；]*$"
)


def of_a_result(text: str, quantity: Quantity) -> str:
    """Say why a figure is neither a promise nor a result; empty where it may be one."""
    first, last = quantities.clause(text, quantity.begin)
    before, after = text[first : quantity.begin], text[quantity.end : last + 1]
    if _MADE_UP.search(after) or (_MADE_OF.search(before) and "为" in after):
        return tell("grammar.part_body_described")
    if _is_of_body(text, quantity, before, after):
        return tell("grammar.part_body_described")
    if figure_conditions.is_one(text, quantity, after):
        return tell("grammar.condition")
    if quantity.end in starts(text):
        return tell("grammar.where_starts_from")
    if word_numbers.is_name(text, quantity, text[first : quantity.number], after):
        return tell("grammar.number_name")
    return ""


def _is_of_body(text: str, quantity: Quantity, before: str, after: str) -> bool:
    """Whether a figure counts those who make up a body: 由5名专家组成."""
    if quantity.unit == "%" and _OF_MEMBERS.search(
        text, max(quantity.begin - 40, 0), quantity.begin
    ):
        return True
    if quantity.unit not in _MEMBERS:
        return False
    if quantity.unit in _PEOPLE and _IN_OFFICE.match(text, quantity.end):
        return True
    is_joined = _JOINED_BY_PLUS.search(after) or _JOINED_BY_PLUS.search(before)
    is_of_team = is_joined and _QUOTED.search(before + after)
    is_seconded = _SECONDED.search(before) and _TO_A_BODY.match(text, quantity.end)
    if quantity.unit in _PEOPLE and (is_of_team or is_seconded):
        return True
    if quantity.unit in _PEOPLE and _BY_SO_MANY.search(before) and not _CHANGED_TO.match(after):
        return True
    body = _BODY.search(before)
    is_team = body and ((body["of"] != "由" and _TEAMS.match(after)) or _TEAM_ITSELF.match(after))
    return bool(body and (_COMPOSED.match(after) or is_team))


# 建立44家社区中心与81家养老机构“三握手”机制: who is joined, not what is built
_JOINED = expression(
    r"(?:建立|形成|构建|完善|实现|签订|搭建)[^,，。;；\d]{0,60}\d[^,，。;；与同和]{0,60}(?:与|同|和)[^,，。;；]{0,80}"
    r"(?:机制|关系|协议|联盟)"
)
# 常住人口78.1万人, 常住人口78.1万人(22.7%): how many people live there
_POPULATION = expression(r"人口(?:数|总数|占比)?[为共]?(?:[\d.]+万?人?[((（]占?)?$")


def of_a_report(text: str, quantity: Quantity) -> str:
    """Say why a figure of a report is no result; empty where it is one."""
    if reason := of_a_result(text, quantity):
        return reason
    first, last = quantities.bounds(text, quantity.begin, ",，。;；\n")
    if _POPULATION.search(text[first : quantity.begin]):
        return tell("grammar.describes_population")
    joined = _JOINED.search(text, first, last)
    if joined and joined.start() < quantity.begin < joined.end():
        behind = text[quantity.end : joined.end()]
        before = text[joined.start() : quantity.begin]
        if before.endswith(("与", "同", "和")) or re.search("[、与同和]", behind):
            return tell("grammar.joined_mechanism")
    return ""


# Asked for each figure of a text: a text without an end to its clauses, which no other memory of
# answers keeps, is searched once.
@lru_cache(maxsize=64)
def starts(text: str) -> tuple[int, ...]:
    """Return where the figures end from which another figure starts: 由35%提高到50%."""
    return tuple(match.end() for match in quantities.START.finditer(text))


# 全县常住人口46万人, 我县60岁及以上老年人口12.8万人; not 到2025年常住人口120万人,
# 监测易返贫人口800人
_RESIDENTS = expression(
    "(?:常住|户籍|总|农村|城镇|农业|流动|贫困|老年)人口|辖区|[全我本][省市县区镇乡街]|岁"
)
_GROWS = expression(
    r"新增|解决|保障|力争|达|惠及|覆盖|搬迁|培训|转移|服务|就业|脱贫|供水|到?20\d\d年"
)


# 全县60周岁以上老年人11.3万人: as far as its clause goes
_OLD = expression(
    r"^\s?(?:截至[^,，。;；]{2,12}[,，])?(?:全[省市县区镇乡街]|[我本][省市县区])(?:现?有)?(?:\d{2}周?岁(?:及?以上|\(含\)以上)?)?(?:的)?"
    "(?:失能|半失能|高龄|留守|独居|残疾|户籍|常住|在校)?(?:老年人口?|老人|儿童|妇女|居民|学生|残疾人|党员)(?:约|共|达)?$"
)
_ENDS_THERE = expression(r"[,，。;；、(（]|\s*$")
# 占总人口的23.6%: how large a part of the people of a place they are
_OF_PEOPLE = expression(
    r"^\s?(?![^,，。;；]{0,16}(?:签约|注册|参保|参加|志愿|覆盖|发放|建档|持证|培训|受益|健身|锻炼|就业))[^,，。;；]{0,16}"
    r"占(?:全[省市县区镇乡])?(?:常住|户籍|总)?人口(?:总数|总量)?的?(?:比[例重])?(?:为|约)?$"
)


# 对去年排查出的47处隐患逐项复查, 督察反馈的29个问题按时序推进整改: how many there are, or an aim
_FOUND = expression(
    "(?:^\\s?(?:对|针对|将)[^,，。;；\\d]{0,24}|^[^,，。;；\\d完办整销治]{2,16})"
    "(?:反馈|发现|排查出?|未销号|交办|移交|指出|检出|摸排出?|查出)的$"
)
_GOES_ON = expression(
    "(?![^,，。;；]{0,24}(?:整改(?:到位|完成)|销号|化解|改造|到位|清零|完成|解决))[^,，。;；\\d]{1,12}(?:逐[项一个]|按时序|开展|挂牌|持续|跟踪|推进|分类|回头看|立行立改|立即整改|限期整改)"
)


# 去年续建项目12个全部竣工投用，今年新开工20个: done, or to be done before what is new
_WORKS_LEFT = expression("(?:去年|上年)度?[^,，。;；]{0,8}(?:续建|在建)")
_NOW_NEW = expression(r"[^。;；]{0,30}[,，;；]\s?(?:今年|本年)")
_ASKS = expression("确保|须|要(?!求)|力争|争取|底前|年内|今年|本年|限期")


def _may_be_done(text: str, quantity: Quantity) -> bool:
    """Whether works of last year may have come to their end, before the sentence speaks of this
    one."""
    first, last = quantities.clause(text, quantity.begin)
    left = _WORKS_LEFT.match(text, first, last)
    return bool(left and _NOW_NEW.match(text, quantity.end) and not _ASKS.search(text, first, last))


def _may_be_aim(text: str, quantity: Quantity, before: str) -> str:
    """Why a figure may be an aim or none, which nobody can tell; empty for any other."""
    if named_sizes.may_be_one(text, quantity):
        return tell("grammar.size_or_aim")
    if _may_be_done(text, quantity) or what_exists.may_be_reached(text, quantity, before):
        return tell("grammar.done_or_aim")
    is_found = _FOUND.search(before) and _GOES_ON.match(text, quantity.end)
    return tell("grammar.found_or_aim") if is_found else ""


def _of_words_before(text: str, quantity: Quantity, before: str) -> str:
    if asked_of_all.is_one(text, quantity.begin, quantity.end):
        return tell("grammar.set_by_another")
    if _PERMISSION.search(before):
        return tell("grammar.permission")
    if why := _may_be_aim(text, quantity, before):
        return why
    start, _ = quantities.sentence(text, quantity.begin)
    if quantity.unit == "%" and quantity.comparator == "=" and _OF_PEOPLE.search(before):
        return tell("grammar.describes_population")
    is_plain = quantity.unit == "人" and quantity.comparator in ("=", "about")
    if not is_plain or _GROWS.search(text, start, quantity.number):
        return ""
    is_of_place = _RESIDENTS.search(before) and _POPULATION.search(before)
    is_of_place = is_of_place or (_OLD.search(before) and _ENDS_THERE.match(text, quantity.end))
    return tell("grammar.describes_population") if is_of_place else ""


def of_a_promise(text: str, quantity: Quantity) -> str:
    """Say why a figure binds no government; empty where it is a target."""
    first, _ = quantities.clause(text, quantity.begin)
    base = of_a_result(text, quantity)
    if not base and lengths.is_no_goal(text[first : quantity.begin], quantity.unit):
        return tell("grammar.length_of_time_no_goal")
    begun = starts(text)
    if base == tell("grammar.condition") or quantity.end in begun:
        return base
    before = text[max([first, *(s for s in begun if s < quantity.begin)]) : quantity.begin]
    if what_exists.is_stated(text, quantity, before):
        return tell("grammar.what_exists_already")
    if why := _of_words_before(text, quantity, before):
        return why
    if base and base != tell("grammar.number_name"):
        return base
    return _of_kind(text, quantity) or base


# 优先支持1家国家级试点: the prize of those who do well; 择优设立50个 is what is set up
_PRIZE = expression(r"(?:优先|择优)(?![设建遴选培确])[^,，。;；]{0,4}$")
_ENTITLED = expression(
    r"(?:(?<!违规)(?<!不再)(?<!虚假)(?<!重复)(?<!骗取)(?:享受|享有|领取)|有权|报销)(?![^,，。;；]{0,8}(?:时限|时间|周期|期限))[^,，。;；]{0,10}$|参保(?:人员|职工|居民)[^,，。;；]{0,12}(?:次数|时间|时长)$"
)
# 床位超过200张的机构, 对满100人的企业: who is meant
_MEANT = expression(
    r"^[^,，。;；、]{0,12}的(?:[^,，。;；、]{0,8})(?:机构|企业|单位|个人|家庭|老年人|老人|项目|人员|对象|市|区|县)"
)
_AT_LEAST = expression(
    r"至少(?:培育|引进|招引|新建|建成|建设|打造|创建|培养|形成|开展|举办)[^,，。;；\d]{0,4}$"
)
# 每个县（市、区）至少有1家具备…功能的机构
_EACH_HAS = expression(
    "每个?(?:县|区|市|乡|镇|街道|村|社区|旗|园区)[^,，。;；\\d]{0,12}(?:至少|不少于|最少)?(?:有|建有|设有|配有|建成|拥有)(?:至少|不少于|最少)?$"
)
_ILLNESS = expression(r"^[^,，。;；、]{0,6}(?:疾病|慢性?病|传染病|病种|癌症|肿瘤|公共卫生服务)")
_SCOPE = expression("实现|试点|覆盖|纳入")
# 考评分值=日常监测(60%)+实地调研(40%), 权重30%: how points are given
_WEIGHT = expression(r"(?:考评|考核|评分|分值|得分|成绩)[^。;；]{0,60}?(?:=|占)|权重")
# 签约率=签约人数/总人数*100%, 就诊人数指就诊≥1次的居民: how a measure is worked out
_FORMULA = expression(r"[^<>≤≥=]=[^=]|(?:人数|率|数量|比例|居民|对象)是?指(?![标导定])")


# 财政承担70%、企业自筹30%, 按6:4比例分担: who bears which part of a cost
_BEARS = expression(
    "(?:财政|企业|个人|职工|单位|市级|县级|省级|家庭|群众|居民|业主|农户)[^,，。;；率]{0,4}(?:承担|自筹|分担|出资|负担)(?:资金|经费)?约?$"
)
_SHARED = expression("^的?(?:比例)?(?:分担|承担|负担|出资|配套)")
# 按每人每年70元标准执行, 执行1%的阶段性费率政策, 执行每户不超过120平方米的规定: what is in force
_IN_FORCE = expression("^(?:的)?(?:标准|比例|额度|费率)(?:执行|收取|缴纳)")
_IN_FORCE_BEHIND = expression(
    "^的[^,，。;；\\d]{0,12}(?:政策|规定|费率|税率|利率|红线|底线)(?:[,，。;；]|$)"
)
_KEPT_TO = expression("执行|落实|遵守|延续|实施|按照?|符合|对照|用好|用足")
# 落实66条措施, 执行15项标准: how many a policy has
_POLICY = expression(
    "(?:落实|贯彻|执行|用好|用足|宣传|对照|兑现)"
    "(?:(?!制定|修[订编]|(?:推出|出台)(?!的)|编制|新|反馈)[^,，。;；]){0,16}$"
)
# 按10项指标逐一整改: by how many
_BY = expression(
    r"(?<![规定时分年])(?:按照?|对照|依据|根据|围绕)(?:上述|以下|下列)?$"
    r"|^(?:对照|针对|聚焦)(?![^\d]{0,16}(?:解决|整改|新[增建]|推出|开展|制[定订]|建[立成]|办|攻克|化解))[^,，。;；\d]{2,16}(?:\d{1,3}[个项条类大][一-鿿]{0,4})?$"
)
_BY_WHAT = expression("^[^,，。;；\\d]{0,6}(?:指标|标准|要求|条件|内容|事项|方面|环节|步骤|问题)")
# 一揽子政策41条接续措施落地见效
_IN_POLICY = expression(
    "^(?![^\\d]{0,20}(?:推出|出台|制[定订]|印发|发布|新))[^,，。;；\\d]{0,20}(?:政策|意见|举措|措施|方案)$"
)
_TAKES_EFFECT = expression("[^,，。;；\\d]{0,8}(?:落地|落实|见效|兑现)")
_POLICY_BEHIND = expression("^(?:政策|具体)?(?:措施|举措|规定|意见|标准|要求|政策|条款)")


_GROUP = expression("(?:[一-鿿]{0,3}组|[一-鿿]{0,3}队|专班|片区|战区|批次|阶段|梯队)")
# 督查组分成3组: into how many those who do it are split
_SPLIT = expression(
    r"(?:(?<![百千成满总得评积均测益学])(?<!(?<!干)部)分[成为]|编[成为]|划分[成为])$"
)
_PARTED = expression("(?:^|[^百千成满总得评积均测益学扣加增减公部打计赋])分$")
_SPLIT_INTO = frozenset(("组", "批", "批次", "类", "段", "期", "次", "轮"))


def _is_beside(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a part of a cost that somebody bears, the size of a policy, or into how
    many parts something is split."""
    first, last = quantities.clause(text, quantity.begin)
    before, after = text[first : quantity.begin], text[quantity.end : last]
    is_of_groups = _GROUP.match(after)
    is_group = quantity.unit in _SPLIT_INTO or is_of_groups
    if (is_group and _SPLIT.search(before)) or (is_of_groups and _PARTED.search(before)):
        return True
    if quantity.unit in ("条", "项", "个", "类"):
        is_of_policy = _IN_POLICY.search(before) and _TAKES_EFFECT.match(after)
        if is_of_policy or (_BY.search(before) and _BY_WHAT.match(after)):
            return True
        return bool(_POLICY.search(before) and _POLICY_BEHIND.match(after))
    if before.lstrip().startswith("按") or _KEPT_TO.search(before):
        is_ruled = "按" in before and _IN_FORCE.match(after)
        if is_ruled or _IN_FORCE_BEHIND.match(after):
            return True
    is_part = quantity.comparator != "change" and (quantity.unit == "%" or ":" in quantity.unit)
    return is_part and bool(_BEARS.search(before) or _SHARED.match(after))


def _of_kind(text: str, quantity: Quantity) -> str:
    """What is paid, a prize, a right, who is meant, a disease, a rule of reckoning."""
    first, last = quantities.clause(text, quantity.begin)
    start, _ = quantities.sentence(text, quantity.begin)
    before, after = text[first : quantity.begin], text[quantity.end : last]
    if payments.is_paid(text, quantity):
        return tell("grammar.what_paid_others")
    if _PRIZE.search(before):
        return tell("grammar.prize")
    if _ENTITLED.search(before) and not payments.is_rate(text, quantity):
        return tell("grammar.entitlement")
    # 至少培育1家有示范作用的企业; not 床位不少于100张的机构
    is_at_least = _AT_LEAST.search(text, first, quantity.number) and not after.startswith("的")
    is_at_least = is_at_least or figure_conditions.counts_what_is_made(text, quantity)
    is_named = _MEANT.match(after) and not is_at_least
    is_each = _EACH_HAS.search(text, first, quantity.number)
    is_meant = (
        is_named
        and (quantity.comparator != "=" or figure_conditions.names_whom(before))
        and not is_each
    )
    if (is_meant and quantity.unit != "%") or _is_beside(text, quantity):
        return tell("grammar.condition")
    if quantity.unit in ("种", "类", "项") and _ILLNESS.match(after) and not _SCOPE.search(before):
        return tell("grammar.diseases_services")
    return "" if is_meant else _of_reckoning(text, quantity, start)


# 分数线为60分, 按1:3的比例确定, 成绩按6:4的比例折算: how people are chosen
_CHOSEN = expression(
    "(?:分数线|合格线|及格线|成绩)[^,，。;；]{0,6}$|(?:面试|笔试|入围|录用|招聘|成绩)[^,，。;；]{0,10}按$"
)
# 占绩效考核总分的10分
_PART_OF_SCORE = expression("(?:占|计入?)[^,，。;；]{0,12}(?:总分|考核|考评|成绩)的?$")
# 新增就业420人。(15分), 扣2分, 满分10分: what a task is worth
_SCORED = expression(r"(?:[(（扣加减计得赋]|(?:满分|总分|分值)[:：为]?)$")


def _of_reckoning(text: str, quantity: Quantity, start: int) -> str:
    unit, *_ = quantity.unit.split("/")  # 扣2分/次
    if unit in ("%", "分") and _WEIGHT.search(text, start, quantity.begin):
        return tell("grammar.weight_score")
    first, _ = quantities.clause(text, quantity.begin)
    before = text[first : quantity.begin]
    is_of_score = unit in ("分", "%") and _PART_OF_SCORE.search(before)
    is_rank = unit in _PEOPLE and before.endswith("前")
    is_of_choice = unit == "分" or ":" in quantity.unit or is_rank
    if is_of_score or (is_of_choice and _CHOSEN.search(before)):
        return tell("grammar.weight_score")
    is_exact = unit == "分" and quantity.comparator == "="
    if is_exact and _SCORED.search(text, start, quantity.begin):
        return tell("grammar.weight_score")
    return (
        tell("grammar.definition_measure") if _FORMULA.search(text, start, quantity.begin) else ""
    )
