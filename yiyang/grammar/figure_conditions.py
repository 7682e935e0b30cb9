"""Tell the figures that say who or what is meant, where, how far or how soon from those that are
promised: 床位超过200张的机构, 河道两侧50米内, 接到报警后15分钟内到达, 37℃以上时."""

from __future__ import annotations

import re

from yiyang.grammar import named_sizes, quantities
from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression

# 新建200张及以上床位的养老机构; 超过100人的企业, 不足200米的18家, 不超过60平方米的住房
_IS_THRESHOLD = expression(
    "以[上下]$|^(?:超过|不足|不满|未满|不超过|低于|高于|大于|小于|少于|多于)"
)
_THRESHOLD = expression(r"^[^,，。;；、]{0,10}的(?!标准)")
# 创建30个以上的美丽乡村, 培育不少于3家的龙头企业: so many are made
_MAKES = expression(
    "(?:创[建成]|培[育养]|打造|配[备齐]|建[设成]|新[增建]|引进|组建|设立|选树|形成|扶持|认定|推出|储备|开发|挖掘|孵化)(?:国家级|[省市县]级)?$"
)
_SUPPORTS = expression("\\s?(?:支持|鼓励|引导|推动)")
# 培育规上企业5家以上的园区给予奖励; 新建教学班30个以上的学校2所
_WHO_GETS = expression(r"[^,，。;；]{0,20}\d|[^。;；]{0,40}(?:奖|补[贴助]|表彰|给予)")
_FIRMS = expression("的[^,，。;；]{0,8}(?:企业|机构|单位|园区)")
_COUNTED = frozenset(("个", "家", "名", "所", "处", "条", "支", "座", "项"))
# 5亿元以上项目4个, 10张床位以上机构3家: of what size the things are that are counted behind it; not
# 10个以上停车场12月底前投用
_SIZE = expression(r"^[^,，。;；、的\d]{1,8}\d[\d.]*[万亿]?[^\d%‰.年月日号]")
# 对面积300平方米以上、床位10张以上的站点: the first of two conditions
_AND_THRESHOLD = expression(
    r"^[、且并和及][^,，。;；、\d]{1,10}\d[\d.]{0,8}[^,，。;；、\d]{1,6}以[上下]的"
)
# 国家级保种场2家不在此列
_LEFT_OUT = expression("^[均都]?(?:不在此列|除外|不(?:计|计算|包括)在内)")
# 5万立方米以上企业, 5000平方米以上商场: how large each is; not 100家以上企业
_WHO_IS_SO_LARGE = expression(
    r"^(?:/小时|以[上下]|及以[上下]|重点|大型|工业|规模|公共|用能|燃煤|燃气|生物质|的){0,4}"
    r"(?:企业|单位|商场|超市|机构|场所|养殖场|用水?户|商户|小区|酒店|宾馆|医院|学校|锅炉|机组|窑炉|支出|采购|合同|交易"
    "|煤矿|矿山|矿井)"
)
# 100米以上超高层建筑
_BUILDINGS = expression("的?(?:超?高层)?(?:民用|公共)?(?:建筑|住宅)")
# 推动25人以上企业建会; not 培训500人以上企业职工
_THEIR_PEOPLE = expression(
    "^(?:以[上下]|及以[上下])?(?:规模|重点|用工|大型|中小|小微|民营|工业|非公|规上){0,2}(?:企业|单位|机构|学校|医院)"
    "(?!职工|员工|人员|从业|负责人|经营者|家长|教师|学生|代表|干部|家|护士|医[生师护]|管理|骨干|招聘)"
)
_OF_EDGE = frozenset(("米", "公里", "岁", "周岁", "马力", "吨", "平方米", "元", "层", "年", "蒸吨"))
_SO_LARGE = expression(
    r"^的?(?:重点|龙头|规上|工业|高新技术){0,2}(?:企业|项目|产业集群|集群|园区|街区|村|镇|乡|单品|品牌|平台|基地|商圈)[^,，。;；、的\d]{0,8}\d"
)
_WHOSE_SHARE = expression(r"^的?[^,，。;；、\d率]{1,10}率(?=[^,，。;；、\d]{0,6}\d)")
# 签约100亿元以上项目: what is gained, and no project of such a size
_GAINS = expression(
    "(?:签约|引进|招引|储备|新增|新建|落地|开工|完成|投产|引入|谋划|争取)[^,，。;；]{0,8}$"
)
_PROJECTS = expression("^(?:以[上下])?(?:重大|重点|产业|工业|在建)?(?:项目|工程)")
_TO_GO = expression("(?:消除|消灭|取缔|淘汰|关停|关闭|退出)[^,，。;；]{0,6}$")
_OF_SIZE = frozenset(("平方米", "立方米", "公顷", "元", "吨", "吨标煤", "吨标准煤", "千瓦", "蒸吨"))
# 100张床位以上的养老机构: the thing of the figure stands before 以上
_THING_ABOVE = expression(
    r"^(?:养老|护理)?(?:床位|病床|人口|职工|员工|学生|户籍|建筑面积)(?:[(（][^()（）]{1,4}[)）])?及?以[上下](?:的|[\u4e00-\u9fff]{0,4}(?:机构|医院|企业|社区|小区|学校))"
)
# 学校周边200米范围内的: where; 12个县均至少建成1所: in how many of them
_OF_PLACE = expression(
    r"^(?:范围|区域)?[之以]?内的|^(?:范围[之以]?内|服务半径)"
    r"|^(?:县|区|旗|乡|镇|街道|村|社区)[^,，。;；\d]{0,12}(?:均|都)至少"
)
# 30户以上自然村, 20人以上村民小组: how large each is
_SIZE_OF_VILLAGE = expression(r"^的?(?:自然村|村民?小组|聚居点|居民点|村庄|村组)")
# 接到报警后15分钟内到达现场: how soon somebody comes when he is called; not 到场时间缩短至2小时
_WHEN_CALLED = expression(
    "(?:接到|接报|接警|报警|收到|呼叫)[^。;；]{0,12}后(?![^。;；]{0,40}(?:缩短|压缩|控制|缩减|降))"
)
# 会诊医师10分钟内到位
_AT_PLACE = expression(
    "[以之]?内?(?:到[位场达岗]|赶到|响应(?!率)|(?:电话|书面|口头|向[^,，。;；]{2,8})(?:报告|上报)(?!率))"
)
_AROUND = expression(
    "(?:两侧|周边|周围|沿线|方圆"
    "|(?:距离|距(?!离))(?!控|不|缩|达|[小大]于|保持)[^,，。;；于至到]{1,10})(?:各|约)?$"
)
# 公路两侧各20米建筑控制区
_ON_BOTH_SIDES = expression("(?:两侧|两岸|两边|周边|沿线|外围|四周)各?$")
_SOONER = expression("缩[短减]|压[缩减]|控制|降|步行|车程")
# 前30分钟免费, 月销售额10万元以下免征: who is spared what
_FREE = expression(r"^[^,，。;；\d]{0,4}免费")
_SPARED = expression(r"^(?:以[上下])?的?[^,，。;；\d]{0,4}(?:免征|免收|免缴|减征|减半)")
# 每增加一名补助200元, 每满100户配1名, 每接收1名: for how many something is given; not 每村建成1所,
# 每年培训1次
_FOR_EACH = expression(
    "每(?:新?增[加设]?|满|超过?|减少|提高|培养|引进|招[用录]|吸[纳引]|接[收待]|收[治住]|安置|发展|孵化|取得|获得"
    "|转移|聘用|转让|签订|出口|回收|处理|种植|养殖)$"
)


_FOR_WHOM = expression(
    r"(?:^|[,，。;；])(?:凡|对于?(?![接外口])|符合|经(?![开信济过])|满(?!意))[^,，。;；]*$"
)
_NOUN_BEHIND = expression("的?(?!水平|标准|目标|范围|区间|幅度|规模|要求)[一-鿿]{2}")
_DOWN_TO = expression("控制|降|减|压|缩|保持|稳定|达|限|不[超高]")


def names_whom(before: str) -> bool:
    """Tell whether the words of a clause so far name whom a rule is for: 对符合条件的…."""
    return bool(_FOR_WHOM.search(before))


def counts_what_is_made(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure counts what its verb makes: 培育10家以上的农业企业."""
    first, _ = quantities.clause(text, quantity.begin)
    before = text[first : quantity.begin]
    is_count = quantity.unit in _COUNTED and text.startswith("的", quantity.end)
    is_made = is_count and _MAKES.search(before) and not _SUPPORTS.match(before)
    is_meant = names_whom(before) or _WHO_GETS.match(text, quantity.end)
    return bool(is_made) and not (
        is_meant or (quantity.unit == "名" and _FIRMS.match(text, quantity.end))
    )


def _is_size_of_things(text: str, quantity: Quantity, after: str) -> bool:
    """Whether a figure says how large the things are that the words behind it name."""
    phrase = text[quantity.begin : quantity.end]
    first, _ = quantities.clause(text, quantity.begin)
    is_share = quantity.unit == "%"
    is_threshold = _IS_THRESHOLD.search(phrase) and not (is_share or quantity.unit == "次")
    # 超10亿元企业达到8家; not 完成投资超10亿元并新开工项目20个
    if phrase.startswith("超") and _SO_LARGE.match(after):
        return True
    for_whom = names_whom(text[first : quantity.begin])
    is_first_of_two = for_whom and _AND_THRESHOLD.match(after)
    is_threshold = is_threshold and not counts_what_is_made(text, quantity)
    if is_threshold and (_THRESHOLD.search(after) or _SIZE.match(after) or is_first_of_two):
        return True
    # 撤并20人以下教学点: which ones; not 控制在30人以下班额
    is_below = phrase.endswith("以下") and quantity.unit not in ("%", "元")
    is_below = is_below and bool(_NOUN_BEHIND.match(after))
    if is_below and not _DOWN_TO.search(text, first, quantity.number):
        return True
    # 12米以上渔船安装率达到100%: of which things
    is_edge = phrase.endswith(("以上", "以下")) and quantity.unit in _OF_EDGE
    if is_edge and (
        _WHOSE_SHARE.match(after) or (quantity.unit == "米" and _BUILDINGS.match(after))
    ):
        return True
    # 消除56人以上大班额
    is_above = quantity.unit in (*_OF_SIZE, "人") and phrase.endswith(("以上", "以下"))
    if is_above and after[:1] not in ",，。;；、" and _TO_GO.search(text, first, quantity.begin):
        return True
    is_large = re.search("以[上下]", phrase + after[:6]) and quantity.unit.split("/")[0] in _OF_SIZE
    # 对500人以上企业; not 培训500人以上企业职工
    is_measured = quantity.unit in ("人", "名", "户", "张") and "以上" in phrase
    is_meant = is_measured and for_whom
    # 对400万元以上工程实行公开招标
    is_gained = _GAINS.search(text, first, quantity.begin)
    is_project = is_large and _PROJECTS.match(after) and not is_gained
    is_of_them = is_project or (is_measured and _THEIR_PEOPLE.match(after))
    return bool(is_of_them or ((is_large or is_meant) and _WHO_IS_SO_LARGE.match(after)))


# 分动员部署、集中整治、巩固提升3个阶段推进: how the work is cut
_PHASES = expression("阶段|步骤|环节|批次")
_PARTED = expression("分(?:为|成)?[^,，。;；]{2,40}等?$")


# 对资产负债率80%以上的子企业, 逾期3次以上的予以约谈: who is meant
_ABOUT_WHOM = expression("\\s?(?:对|针对)(?![接外口标])[^,，。;；]{2,}$")
_WHO = expression(
    "的(?![^,，。;；]{0,4}(?:目标|任务|要求))[^,，。;；、\\d]{0,12}(?:企业|单位|机构|项目|社|户|人员|对象|车辆|商户|学校|家庭)"
)
# 37℃以上时
_AT_LEVEL = expression("(?:以[上下])?时(?![间限长段刻效时])|的[予给]以|的一律")
# 按100人核定公用经费
_RECKONED = expression("按(?:照)?$")
_RECKONED_AS = expression("(?:的标准)?(?:核定|测算|计算|核算|拨付|补助|折算|计(?!划))")


def is_one(text: str, quantity: Quantity, after: str) -> bool:
    """Tell whether a figure of a folded text is one of a condition; `after` are the words of its
    clause behind it."""
    if _is_size_of_things(text, quantity, after):
        return True
    is_part = _PHASES.match(after) and _PARTED.search(text, 0, quantity.number)
    if is_part or (quantity.unit != "%" and _LEFT_OUT.match(after)):
        return True
    if _THING_ABOVE.match(after) or _says_where_or_when(text, quantity, after):
        return True
    first, _ = quantities.clause(text, quantity.begin)
    if named_sizes.is_one(text, quantity, after) or _FOR_EACH.search(text, first, quantity.number):
        return True
    before = text[first : quantity.begin]
    is_who = _ABOUT_WHOM.match(before) and _WHO.match(after)
    is_rule = is_who or _AT_LEVEL.match(after)
    is_rule = is_rule or (_RECKONED.search(before) and _RECKONED_AS.match(after))
    return bool(is_rule) or after.endswith(("的,", "的，")) or after.startswith("的部分")


def _says_where_or_when(text: str, quantity: Quantity, after: str) -> bool:
    """Whether a figure says where, how far, how soon or up to what sum a rule holds."""
    unit = quantity.unit
    phrase = text[quantity.begin : quantity.end]
    start, _ = quantities.sentence(text, quantity.begin)
    is_large = "以上" in phrase and unit in ("户", "人", "名") and _SIZE_OF_VILLAGE.match(after)
    if is_large or (unit != "%" and _OF_PLACE.match(after)):
        return True
    is_apart = unit in ("米", "公里") and phrase.endswith("内")
    if unit == "米" and _ON_BOTH_SIDES.search(text, start, quantity.begin):
        return True
    # 距居民区100米以内的摊点, 河道两侧50米内堆放
    if is_apart and (after.startswith("的") or _AROUND.search(text, start, quantity.begin)):
        return True
    if unit == "米" and "不得" in phrase:  # 步行距离不得大于500米: how far apart things are to be
        return text[: quantity.begin].endswith("距离")
    if unit in ("分钟", "小时"):
        is_called = _WHEN_CALLED.search(text, start, quantity.number)
        is_soon = _AT_PLACE.match(text, quantity.end)
        is_sooner = _SOONER.search(text, start, quantity.number)
        return bool(is_called or (is_soon and not is_sooner) or _FREE.match(after))
    return unit == "元" and bool(_SPARED.match(after))
