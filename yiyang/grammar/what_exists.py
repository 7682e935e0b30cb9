"""Tell the figures of a task that say what exists or was done from those that it promises.

A total that is to be reached (累计达到5600个) is a promise, beside what is new or alone; what is
added to (在建成42公里的基础上), what was done in a year before (去年救助860人次) and what stands
already (现有12家, 建成的30所) are none.
"""

from __future__ import annotations

from yiyang.grammar import quantities
from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression

# 现有12家, 已建成10家, 依托全县16个, 在建的4个; not 在原有基础上新增12家
_EXISTING = expression(
    r"(?:现有|原有|已有|已建成?|目前|在运营|在册)(?![^,，。;；、\d]{0,6}基础之?上)[^,，。;；、()（）]{0,8}$"
    r"|(?<![实体表呈涌再出发兑变贴提展])现(?:为|共有?)约?$"
    r"|依托(?:全[省市县区旗镇乡]|辖区内?|现有的?|已有的?|原有的?|在建的|已建成的)?$"
    r"|^(?:20\d\d年(?:\d{1,2}月)?[底末初]?|\d{1,2}月[底末]|[全我本][省市县区镇])存量(?![^\d]{0,12}(?:清[理退零]|整[改治]|控制|降|完成|入库|去化|更新|拆除|化解|改造|处[置理]|压|降|盘活|收储|消化|办结))"
    r"[^,，。;；、()（）\d率]{0,12}$"
    r"|^(?:去年|上年)度?(?![^\d]{0,6}(?:的|今年|[本年]年|底前|同期|水平|基础|未|结转|以来|力争|确保|重建))[^,，。;；\d]{0,6}$"
    r"|^上一?(?:供暖|采暖|[一-鿿]{0,2})(?:季度?|学期|学年|年度|周期|月)[^,，。;；\d]{0,12}(?:为|是|达)$"
    "|(?<!直|统|管)辖有?$|多年平均[^,，。;；\\d]{2,6}$|年平?均(?:气温|降[雨水]量)$"
)
# 在2025年建成42公里的基础上: to what something is added; not 在确保每镇1所的基础上
_BASE = expression(r"(?<![存现所正实旨潜内外])在(?P<words>[^,，。;；]{0,60})$")
_BASE_BEHIND = expression("(?P<words>[^,，。;；在]{0,40}?)基础(?:之?上|(?=[,，再又继]))")
_STILL_TO_DO = expression("确保|保证|力争|今年|本年|年内|任务|目标|计划|每[个县镇乡村街家]")
# 确保建成的42个站点正常运行, 已投用的18个站点; not 今年建成的, 新建成的
_STANDS = expression(
    r"(?:已[^,，。;；\d]{1,8}|(?<!新)(?:建成|建好|落成|投用|投运|投入(?:使用|运[营行]))(?:投用|运[营行]|使用)?)的$"
)
_THIS_YEAR = expression("今年|年内|当年|本年|拟|计划|将(?!近)")
# 已建成的项目投产率达到90%: what of them is to be reached; not 投产率已达90%
_SHARE_OF = expression("已[^,，。;；]{2,6}的[^,，。;；]{1,8}率$")
# 已建成集中供水工程水质达标率达到95%; not 目前已建成…覆盖率72%, nor …完好率达80%
_SHARE_OF_BUILT = expression(
    "已建成?[^,，。;；率]{2,12}率(?P<to>提[高升][至到]|提至|增至|保持在?|稳定在|逐步)?$"
)
_TO_BE_REACHED = expression("达到|不[低少]于|以上|提[高升]|保持|稳定|增[至加]")
_AIMS = expression("力争|确保|力促|争取")
_BY_NOW = expression("目前|截[至止]|现已|已经|全[省市县区旗镇乡]已|我[省市县区]已|[域区境市县]内已")
# 全市共有水库58座，对其中6座病险水库实施除险加固
_OF_THEM = expression(r"(?:对|将|把)其中[^,，。;；\d]{0,8}$")
# 2025年已新建驿站20家: as far as the clause goes
_DID = expression(
    r"已经?(?:新[建增]|改造|安装|投用|启用|投运|发展|引进|化解|救助|办理|入驻|集聚|聚集|落户|吸引)[^,，。;；\d率占比达]{0,12}$"
)
# 总结去年860人次的做法, 巩固上年12个试点的成果
_LOOKS_BACK = expression(
    r"(?:总结|回顾|巩固|推广|借鉴|用好|发挥|固化|复制|依托|盘活|宣传)[^,，。;；]{0,10}"
    r"(?<![比较同与过于由从达持是到以])(?:去年|上年|上一年|前年|往年)[^,，。;；]{0,30}$"
)
# 总结前两批38个试点村经验; not 总结推广10个可复制的经验
_LEARNS_OF = expression(r"(?:总结|推广|借鉴|学习|复制)[^,，。;；\d]{0,14}$")
_TEACH = expression(
    "[^,，。;；的]{0,6}(?:试点|示范|先[进行]|样板|[村县市镇乡区校]|社区|企业|单位|地区)"
)
# 今年一季度，工业增加值同比增长7.1%，实现良好开局: what was reached
_OPENED_WELL = expression(
    r"[,，](?:实现|高于|居|位居|排名?|好于|创|呈现?)[^,，。;；\d]{0,8}(?:开局|开门红|全[省市国]|平均|第[一二三\d]|新高|势头|态势)"
)
_ROSE = expression("同比(?:增长|下降|上升|提高)$")
# 总结2025年救助860人次的经验
_LOOKS_BACK_AT = expression(
    r"(?:总结|回顾|巩固|推广)[^,，。;；]{0,6}20\d\d年[^,，。;；\d]{0,10}"
    r"(?:完成|建成|开展|发放|救助|新[建增]|改造|化解|实施)[^,，。;；\d]{0,12}$"
)
_LEARNT = expression("[^,，。;；]{0,14}(?:经验|做法|成效|成果|教训|基础)")
# 目前已完成选址, 分别为金桂公寓40张; 截至6月底, 全市共有机构120家; up to what is new: 再新增20家
_DONE = expression(
    r"(?:目前|截[至止]|(?<![发实体表呈涌再出])现|过去[一二三两几]年)[^。;；]{0,40}?(?:已|共有|累计|完成)|(?<![早而自业后时])已经?(?:完成|建成|开展|培训|发放|投入|新增|入驻|集聚|落户)(?!的)"
    r"|(?<![^,，。;；\s])(?:去年|上年)(?!底前|[^,，。;；]{0,12}(?:基础|水平|同期|的))[^,，。;；\d]{1,24}"
    r"(?:(?:为|是|达到?)$|\d[^,，。;；]{0,16}[,，][^,，。;；\d]{1,12}(?:为|是|增长|下降|达)$)"
    r"|(?<![^,，。;；\s])(?:去年|上年)度?[,，]?(?:全?[省市县区旗镇乡街]|我[省市县区])?[^,，。;；\d]{2,20}"
    r"(?:收入|产值|总量|总数|产量|支出|投资|人数|人次|销售额|交易额|面积)(?:\d[^,，。;；]{0,12}[,，](?:同比)?(?:增长|下降))?$"
    r"|(?:以来|至今|近年来|近[两三五几]年来?)[,，]?[^,，。;；\d]{0,6}(?:累计|共(?![公享同]|建(?!成|设|立)|有(?:住房|产权))|已(?!批[未而]))"
)
_NEW = expression(
    r"再|下一?步|接下来|全年(?!累计|共|已)|尚|剩余|其余|每年|(?<![底末日][,，])(?:今年|本年(?!度?累计))|[,，;；](?:力争|确保)?到?(?:20\d\d年|\d{1,2}月|年[内底])|将(?!近)|计划|力争|确保|目标|(?<![底末日])[,，]?到?20\d\d年底?前?[^已]{0,4}(?:达|完成|建成|实现|新)"
    r"|[,，](?:新增|新建|提高|增加)"
)
# 去年完成3公里; not 比去年增长5%
_LAST_YEAR = expression(
    r"(?<![比较同与过于])(?:去年|上年)度?(?!的?基础)[^,，。;；\d]{0,12}?"
    r"(?:完成|建成|办结|实现|新[增建]|达到?|开展|培训|改造|已|救助|发放|惠及|办理|化解|引进|接[待诊收]|举办|安装|资助|慰问|下降|增长|同比)"
    r"[^,，。;；\d]{0,12}$"
)
# 3个点位已完成建设, 64个已建成, 4条已于2025年3月1日开通
_DONE_BEHIND = expression(
    r"^(?![(（])[^,，。;；、\d]{0,6}[均都]?已经?(?:[于在](?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|[底初末中]|[上中下]旬)?(?:前)?)?"
    "(?:全部)?(?:(?:完成|建成|开工|投入|启用|竣工)|(?:开通|投用|投产|交付|通车|运行)(?=[,，。;；、)）]|$))"
)
# 全区低保人数为16800人; 针对首年关税为零的2034种商品; 接诊率仅82%; 孤儿等6类群体
_STATED = expression(
    r"(?:人数|总数|总量|数量)(?:为|共)$|针对[^,，。;；]{0,20}的$|(?<![不至到])仅[为占达]?$"
)
# 在全县236个行政村中创建20个: among how many
_AMONG = expression(r"(?:在|从)(?:全[省市县区旗镇乡街]|辖区内?|现有的?|[^,，。;；\d]{1,6}的)?$")
# 水库总库容1200万立方米, 医院编制床位800张, 全区共有物业小区312个: how large or how many it is,
# in the first clause of a sentence that builds nothing and is no aim
_SIZE_OF_ALL = expression(
    "(?:总库容|全长|总长度?|总面积|流域面积|水域面积|多年平均[^,，。;；\\d]{2,6}|平均(?:水位|海拔|水深)|占地(?:面积)?|总人口|总建筑面积|现状规模|设计规模|编制床位|核定床位)(?:为|约)?$"
)
_NO_SIZE = expression(
    r"\d|新[建增]|改[造扩]|建[设成]|完成|治理|整治|修[建复缮]|铺设|实施|达|打[通造]|疏浚|清淤|拓宽|种植|栽植|盘活|筹集|开[通行]"
    "|竣工|拆除|征收|划定|安装|提升|启动|力争|目标|将|争取|实现|推广|发展|保护|绿化|硬化|养护|改善|培育"
)
# 全县共有村236个; not 到2027年，全市共有托育机构20家, 确保全县共有公园20个
_IN_ALL = expression(
    r"(?:(?:全[省市县区镇乡街]|我[市县区])共有|辖区内?[共现]?有)(?!产权|条件|意愿|需[求要]|能力|关)[^,，。;；、\d]{0,8}$"
)
# 上述任务共8个方面36项: what the list holds
_OF_THE_LIST = expression(
    r"(?:上述|以上|前述|下列|以下)(?:(?:重点|各项|所列)?(?:任务|工作|事项|清单|措施|内容|各项|项目|指标|目标|目录|问题|建议)[^,，。;；\d]{0,4})?(?:共计?|合计)(?:有|\d{1,3}[个项条类大]?[一-鿿]{0,4}[、和]?){0,3}$"
)
# 上半年，全市新开工37个，完成年度计划的61.7%: what a part of the year brought, to a tenth
_OF_PLAN = expression(
    r"(?:上半年|截[至止]|\d月[底末]?|[一二三]季度|目前|今年以来|前\d个月|已|全[省市县区旗])[^。;；]{0,80}(?:完成|占|达到?)(?:全年|年度?)?[^,，。;；\d]{0,6}(?:计划|目标|任务)数?的?\d{1,3}\.\d{1,2}[%％](?!以上)"
)
# 全县耕地面积56.7万亩，其中永久基本农田48.2万亩; 全市在用电梯2.3万台: what there
# is, to the end of its sentence; 截至3月末，全市贷款余额1860亿元
_THERE_IS = expression(
    r"(?:截[至止](?:(?:20\d\d年)?\d{1,2}月[底末份]?|20\d\d年[底末]|目前|上?[年月][底末]),?，?)?"
    r"(?:(?:全[省市县区旗镇乡街]|我[省市县区]|辖区内?)(?:各类|各项)?|(?:目前|现)(?=在册|登记在册))"
    r"(?:现有|共有(?!产权)|在[用册园校]|登记在册|注册登记|(?:户籍|常住)人口(?![^,，。;；]{0,12}率)|总人口|辖(?!区)|耕地(?:总?面积|有)|永久基本农田(?!建)|林地面积|草[原地]面积"
    r"|国土面积|行政区域面积|水域面积)(?![^,，。;；、\d]{0,6}基础)"
)
_BALANCE = expression(
    r"截[至止](?:[1-9]月[底末]|上[年月][底末])[,，][^,，。;；\d]{0,16}"
    "(?:余额|存量|总量|总数|保有量|户数|人数)[为达共]?$"
)
_AIMED = expression(r"\d|[成施设]后|届时|力争|争取|确保|目标|将|实现|达到?|[月季年]底?前|完成")
_TAKES_PART = expression("[^,，。;；]{0,10}(?:参加|完成|通过|获|达)")
# 全县2.1万名就业人员中，参保的达到9000人
_OF_WHOM = expression(r"[^,，。;；、\d]{2,14}(?<!集)中[,，]")
# 4个国控断面水质优良比例保持100%: of how many the share is
_OF_WHICH_SHARE = expression(
    r"(?![内可的])[^,，。;；\d]{2,16}(?:率|比例|占比|比重)[^,，。;；\d]{0,8}\d[\d.]{0,6}[%％]"
)
# what stands before 38个问题整改完成率达到95%: 督察反馈的
_FOUND = expression("(?:反馈|交办|移交|转办|排查出?|发现|指出)的$")
_NOW = expression("(?<![实体表呈涌再出发兑变贴提展])现$")
_AMONG_BEHIND = expression(
    r"[^,，。;；、\d]{1,12}(?<!集)中(?![心小学央医药型等国高队式])[^,，。;；]{0,16}\d"
)
_GROUPS = expression("^[^,，。;；、]{0,4}(?:群体|对象|人员|人群|家庭|部门|单位)")
# 现有便民服务站58个（其中城区21个）: a part of what stands already
_PART_OF = expression(
    r"(?:现有|原有|已有|已建成?|目前)(?![^,，。;；、\d]{0,6}基础之?上)[^,，。;；、\d]{0,8}\d{1,9}[一-鿿]{1,3}[(（,，](?:其中)?"
    r"(?:[^()（）。;；\d达]{1,12}\d{1,9}[一-鿿]{1,3}[,，、和及]){0,4}[^()（）。;；\d达]{0,12}$"
)
_PART = expression("(?:其中|[(（]含)[^()（）。;；]{0,60}$")
_TO_DO = expression("新[建增]|改造|[建完]成|提升|配备|培训|投用|实现|再")
# 新增200张（2025年为150张）, 完成300户（上年实际220户）: from what it is counted
_IN_YEAR_BEFORE = expression(
    r"\d[一-鿿]{1,3}[(（](?:(?:19|20)\d\d年(?:底|末|度)?(?:为|是|实有|实际(?:完成|为)?|仅有?)|(?:去年|上年|基期|原)(?:底|末|度)?(?:为|是|实际)?(?:完成)?)$"
)
_AIM = expression("达|力争|目标|到20|提高|增[加至长]|控制")


# 现状：签约率为71%: as far as its sentence goes, or to the next label
_STATE = expression(
    r"(?:现状|现有情况|存在问题|问题描述|主要问题|(?<![一-鿿])问题)[:：][^。；;\n:：]{0,120}$"
)
# 现有养老机构23家，床位2860张: and so many of another thing, with no verb before them
_ALSO_EXISTS = expression(
    r"(?:现有|(?:全[省市县区镇乡街]|辖区|我[市县区])共有(?!产权))(?![^,，。;；、\d]{0,6}基础)[^,，。;；\d]{0,12}\d[\d.]{0,8}[万亿]?[一-鿿]{1,3}[,，、]"
    "(?:总|专任|在校|在册|户籍|常住)?(?:床位|病床|泊位|车位|学位|职工|教职工|员工|医护人员|医务人员|从业人员|护理员|护士|医师|教师|学生|在校生|人口|户籍|党员|会员|面积)$"
)


_DIGIT = expression(r"\d")
_JOINS = expression("[,，、]")
_OF_THEM_ALL = expression("其中|另有|含|辖|共有|总?库容|(?:总|灌溉|建筑)面积|床位|户籍|常住")
_SOME_VERB = expression(
    "[增供减造播种耕休消查验换修]|[配抓派聘设推创训]|举办|组建|组织|检查|开展|加强|参加|享受|惠及|发放|签约"
)


_TO_COME = expression("力争|确保|争取|目标为|[月季年]底?前|到(?:20\\d\\d年|年底|今年)")


def _there_is(text: str, quantity: Quantity, start: int) -> bool:
    """Whether the sentence of a figure says what there is, and names nothing that is to be done."""
    if quantity.unit == "%" or quantity.comparator not in ("=", "about"):
        return False
    said = text[start : quantity.number].lstrip()
    opened = _THERE_IS.match(said)
    if not opened or said.endswith(("人口", "人口约")):  # of these the reason is another one
        return bool(_BALANCE.match(said))
    behind = said[opened.end() :]
    clause = _JOINS.split(behind)[-1]
    words = _DIGIT.sub("", behind)
    is_joined = clause == behind or behind[: -len(clause) or None].endswith("、")
    is_named = is_joined or bool(_OF_THEM_ALL.match(clause))
    is_done = any(verbs.search(words) for verbs in (_NEW, _AIMED, _NO_SIZE, _SOME_VERB))
    return is_named and not is_done


def is_stated(text: str, quantity: Quantity, before: str) -> bool:
    """Tell whether a figure of a task says what exists or was done; `before` are the words of its
    clause in front of it, behind the figure from which it starts."""
    is_share_of = _SHARE_OF.search(before) or is_share_of_built(before)
    if (quantity.unit == "%" and is_share_of) or _OF_THEM.search(before):
        return False
    if quantity.comparator == "<=" and "存量" in before:  # 12月底存量控制在500件以内
        return False
    is_left = _LEFT.search(before) or _LEFT_BEHIND.match(text, quantity.end)
    if is_left and _CLEARED.match(text, quantity.end):
        return False
    start, _ = quantities.sentence(text, quantity.begin)
    is_among = _AMONG.search(before) and _AMONG_BEHIND.match(text, quantity.end)
    is_among = is_among or _OF_WHOM.match(text, quantity.end)
    is_size = bool(_OF_THE_LIST.search(before)) or (
        _SIZE_OF_ALL.search(before)
        and not (
            _NO_SIZE.search(text, start, quantity.number) or _TAKES_PART.match(text, quantity.end)
        )
    )
    is_size = is_size or (
        _IN_ALL.search(before) and not _AIMED.search(text, start, quantity.number)
    )
    is_of_which = not before.strip() or _FOUND.search(before)
    is_scope = is_size or (is_of_which and _OF_WHICH_SHARE.match(text, quantity.end))
    is_now = _NOW.search(before) and text.startswith("达", quantity.begin)  # 企业现达120家
    if (
        is_among
        or is_scope
        or is_now
        or any(words.search(before) for words in (_EXISTING, _LAST_YEAR, _DID))
    ):
        return True
    is_state = bool(_STATE.search(text, max(start - 60, 0), quantity.begin))
    if is_state or (_STANDS.search(before) and not _THIS_YEAR.search(before)):
        return True
    return (
        is_added_to(text, quantity.begin, quantity.end)
        or _looks_back(text, quantity, before)
        or _is_of_plan(text, quantity)
        or _also_exists(text, quantity, start)
        or _there_is(text, quantity, start)
        or _is_part(text, quantity)
        or _is_before(text, quantity)
        or _exists(text, quantity, before)
    )


def is_share_of_built(before: str) -> bool:
    """Tell whether the words of a clause before a share name what was built, and not by now."""
    return bool(_SHARE_OF_BUILT.search(before)) and not _BY_NOW.search(before)


def may_be_reached(text: str, quantity: Quantity, before: str) -> bool:
    """Tell whether a share of what was built may be one that it has, for nothing says that it is to
    be reached: 已建成标准厂房入驻率85%."""
    if quantity.unit != "%" or not is_share_of_built(before):
        return False
    built = _SHARE_OF_BUILT.search(before)
    is_aim = _TO_BE_REACHED.search(text[quantity.begin : quantity.end]) or _AIMS.search(before)
    return not (is_aim or (built and built["to"]))


def _looks_back(text: str, quantity: Quantity, before: str) -> bool:
    """Whether a figure is of what was reached, from which one learns, or which opened a year."""
    learns = _LOOKS_BACK_AT.search(before)
    learns = learns or (_LEARNS_OF.search(before) and _TEACH.match(text, quantity.end))
    rose = _ROSE.search(before) and _OPENED_WELL.match(text, quantity.end)
    is_learnt = learns and _LEARNT.match(text, quantity.end)
    return bool(is_learnt or rose or _LOOKS_BACK.search(before))


def _is_of_plan(text: str, quantity: Quantity) -> bool:
    """Whether the sentence of a figure tells how much of a plan was reached."""
    if quantity.comparator not in ("=", "about", "change"):
        return False
    first, last = quantities.sentence(text, quantity.begin)
    reached = _OF_PLAN.search(text, first, last)
    if not reached or not reached.start() < quantity.begin < reached.end():
        return False
    return not _TO_COME.search(text, first, reached.end())


def _also_exists(text: str, quantity: Quantity, start: int) -> bool:
    """Whether a figure is one of another thing that exists: 现有养老机构23家，床位2860张."""
    found = quantity.unit != "%" and _ALSO_EXISTS.search(text, start, quantity.begin)
    if not found:
        return False
    if text.startswith("现有", found.start()):
        return True
    before = text[start : found.start()]
    return not (_AIMED.search(before) or _NO_SIZE.search(before))


def _is_part(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a part of one that stands already."""
    first, _ = quantities.sentence(text, quantity.begin)
    found = _PART_OF.search(text, first, quantity.begin)
    part = _PART.search(text, first, quantity.begin)
    if _OF_LAST_YEAR.search(text, first, quantity.begin):
        return True
    if not found or not part or _TO_DO.search(part[0]):
        return False
    return not _NEW.search(text, found.start(), quantity.begin)


# 去年遗留问题23个全部化解, 去年12个续建项目全部完工: what is left over from then is to be done
_LEFT = expression(
    "(?:去年|上年)度?[^,，。;；]{0,8}(?:遗留|结转|结余|存在|续建|在建|未|剩余|欠|尚)|其中(?:遗留|未|剩余)"
)
_LEFT_BEHIND = expression("(?:续建|在建|未|遗留)")
_CLEARED = expression(
    "(?:(?!已)[^,，。;；\\d]){0,6}(?:全部(?!已)|逐[项一个件]|均要|须|限期|尽快)[^,，。;；\\d]{0,4}"
    "(?:化解|整改|完工|使用|办结|销号|清零|清退|竣工|建成|处置|兑现|验收|投[用产运])"
)
# 去年立案27件，其中诉前磋商解决19件
_OF_LAST_YEAR = expression(
    r"(?:^|[,，。;；])(?:去年|上年)度?[^,，。;；\d]{0,12}\d[\d.]{0,8}[万亿]?[一-鿿%‰]{1,3}[,，、]其中(?![^\d]{0,12}(?:今年|[本年]年|年底|底前|续|剩|未|率|须|应|[必需]须|要|拟|将))[^,，。;；\d]{0,12}$"
)


def _is_before(text: str, quantity: Quantity) -> bool:
    """Whether a figure in brackets says how many there were before: 新增200张（2025年为150张）."""
    is_whole = text[quantity.end : quantity.end + 1] in (")", "）")
    first, _ = quantities.sentence(text, quantity.begin)
    return is_whole and bool(_IN_YEAR_BEFORE.search(text, first, quantity.begin))


def is_added_to(text: str, begin: int, end: int) -> bool:
    """Tell whether a stretch of a folded text is within what something is added to: 在2025年
    建成42公里的基础上."""
    first, _ = quantities.clause(text, begin)
    opened, closed = _BASE.search(text, first, begin), _BASE_BEHIND.match(text, end)
    if not opened or not closed:
        return False
    return not _STILL_TO_DO.search(opened["words"] + closed["words"])


# 新增200张（现有1200张），累计达到1400张: what exists is said of the figure before it alone
_BRACKETED = expression(r"[(（][^()（）]{0,60}[)）]")


def _exists(text: str, quantity: Quantity, before: str) -> bool:
    """Whether a figure of a task says what is or was: 目前已完成40张, 低保人数为16800人."""
    start, last = quantities.sentence(text, quantity.begin)
    if _DONE_BEHIND.match(text[quantity.end : last]):
        return True
    if quantity.unit == "%" and quantity.value > 100 and "完成率" in before:
        return True
    is_aim = _AIM.search(text, start, quantity.begin) or quantity.comparator != "="
    if before.endswith("等") and _GROUPS.match(text[quantity.end : last]):
        return True
    if _STATED.search(before) and not is_aim:
        return True
    said = _BRACKETED.sub(lambda match: " " * len(match[0]), text[start : quantity.number])
    is_done = bool(_DONE.search(said))
    return is_done and all(_DONE.search(said, new.end()) for new in _NEW.finditer(said))
