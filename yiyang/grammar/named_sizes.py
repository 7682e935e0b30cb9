"""Tell how large the thing is that a task names from how much of it the task promises:
推进总投资3.2亿元的水厂建设, 建成占地60亩的物流园1个; not 完成投资3.2亿元.

Where it may be either (建设占地300亩的物流园; 新建水厂1座，总投资1.8亿元), nobody can tell, and the
figure is unread (`may_be_one`).
"""

from __future__ import annotations

from yiyang.grammar import quantities
from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression

_SUM = expression(r"(?:总投资额?|总造价|总产值|投资(?:总额|规模)|概算|合同额)[为共]?$")
# 签约总投资50亿元的项目: the sum is what is promised, unless it is of so many
_GAINED = expression("签约|引进|招引|落地")
_SIZE = (
    "全长|总长|长度|面积|规模|能力|容量|装机|库容|功率|产能|产量|跨度|直径|占地|投资额?|编制|藏书"
    "|年产(?!值)|日(?:供水|供气|处理|产|加工)(?:能力|规模)?"
)
# what no aim of a task is: how large a thing is as a whole
_WHOLE = "总投资额?|全长|总长|占地(?:面积)?|用地(?:面积)?|建筑面积|总面积|总?库容|年产(?!值)"
# 装机规模100兆瓦的储能电站1座, 日供水5万吨的水厂1座: of each of those that are counted behind it
_OF_EACH = expression(rf"(?:{_SIZE})[为约达共]{{0,2}}$")
_COUNTED = expression(r"\d")
# 占地300亩的物流园: of a thing; not 5万平方米的年度任务, 达到5000平方米的目标
_NO_THING = (
    "(?:年度|工作|建设|总体|全年)?"
    "(?:标准|目标|要求|规模|任务|水平|速度|比例|规定|基础|增长|计划|指标){1,2}(?=[,，。;；、)）的]|$)"
)
_OF_A_THING = expression(rf"的(?!{_NO_THING})[^,，。;；\d]{{2,24}}")
# 总投资2.6亿元、设床位500张的住院楼: the first of two sizes, and the second
_AND_SIZE = expression(
    rf"[、和](?:{_WHOLE}|设)[^,，。;；]{{2,12}}的(?!{_NO_THING})[^,，。;；]{{2,20}}"
)
_WHOLE_FIRST = expression(rf"(?:{_WHOLE})[为约达共]{{0,2}}$")
_BESIDE_SIZE = expression(
    rf"(?:{_WHOLE})[为约达共]{{0,2}}\d[^,，。;；]{{0,12}}[、和](?:{_WHOLE}|设)[^,，。;；\d]{{0,6}}$"
)
# 启动全长42公里的环湖公路前期论证, 加强日处理800吨的焚烧厂运行监管: of what is planned, or stands
_OF_PLANS = expression(
    "的[^,，。;；]{1,24}(?:前期|论证|可研|可行性|选址|立项|核准|方案|规划(?!建设)|设计|监管|管理|巡[查检护]|检[查修]|维[护修]|运[行营]|看护|布展|装饰|除险加固)"
)
_BUILT = expression("新建|建成|建设|改[造扩]|扩建|修建|完成|铺设|新增|编制|实施")
# 医院搬迁项目（总建筑面积6.8万平方米）, 新建学校1所（占地62亩: of what stands before the bracket
_OPENS_WITH_SIZE = expression(rf"[一-鿿”][(（](?:其中)?总?(?:{_WHOLE}|建设规模|规划面积)[为共约]?$")
# 3号泊位改造工程设计年通过能力450万吨
_DESIGNED = expression(
    r"(?:工程|项目|泊位|电站|水厂|机组)[^,，。;；\d]{0,2}设计[^,，。;；\d]{0,8}(?:能力|规模|容量|产能|产量)$"
    "|设计(?:时速|车速|速度|(?:使用)?年限|寿命)(?:为|达)?$"
)
# （占地62亩，36个教学班）, （产能100个）: within a bracket that begins with a size
_IN_BRACKETS = expression(
    rf"[一-鿿”][(（](?:其中)?总?(?:建筑|占地|用地|规划)?(?:{_SIZE}|装机)[为约达共]{{0,2}}"
    r"(?:\d[^()（）。;；]{0,60})?$"
)
# （面积30万平方米，惠及居民5000户）: but not what its own clause promises beside it
_PROMISED_IN_IT = expression(
    "(?:可|预计|计划|力争|确保|20\\d\\d年|今年|年内|年?底前?){0,4}(?:惠及|建成(?!后|区)|新[建增]|安装|改造(?!后)|完成(?!后)|服务(?!大厅|窗口|中心|面积|用房|设施|半径)|覆盖(?!面积|率)|带动|吸纳)"
)
# 新建水厂1座，总投资1.8亿元: a clause of its own, behind what is built
_OWN_CLAUSE = expression(
    "(?:项目|工程|[路管干]?线路?|道路|桥梁|隧道)?(?:计划|预计|估算|概算|规划|设计|预算)?总?"
    "(?:全长|床位|学位|泊位|车位|投资额?|造价|概算|建筑面积|占地(?:面积)?|用地面积|库容|装机容量|装机|建设规模|建设面积|长度|里程|日(?:供水|供气|处理)(?:规模|能力|量)?)[为约达共]{0,2}"
)
_BRACKET = expression("[(（]")
_IS_SAID_OF = expression("总|全长|计划|预计|估算|概算|规划|设计|预算|占地|用地")
_THINGS = expression(
    r"(?:新建|建[成设]|改[造扩]|扩建|修建|实施|推进|启动|开工|迁建|续建|治理)[^。;；]{0,60}[,，、]$"
    rf"|(?:总投资|{_SIZE})[为约达共]{{0,2}}\d[^。;；]{{1,20}}[,，、]$"
)
# 完成改造面积5万平方米的小区改造: how much is done; not 完成建筑面积2万平方米的教学楼
_DONE = expression(
    "(?:完成|新增)(?:[^,，。;；\\d]{0,4}(?:改造|整[治修]|治理|绿化|硬化|清淤|[播种]种|造林|收储|拆除|修复|养护))?总?面积[为约达共]{0,2}$"
)
# 二期工程日处理能力800吨, 迁建项目设置床位800张: of what is named, and nobody says what is done
_OF_PROJECT = expression(
    rf"(?:工程|项目|电站|[水电]厂|水库|大桥|公路|校区|新馆|园区|基地)(?P<whole>总投资|全长|总长|占地(?:面积)?|{_SIZE})[为约共]{{0,2}}$"
    r"|项目(?:设置?|规划|设计)(?![^,，。;；\d]{0,4}新?增)[^,，。;；\d]{0,6}(?:床位|学位|泊位|车位|教学班)$"
)
# 新建中心建筑面积5200平方米
_NEW_SIZE = expression(
    "(?:新建|建设|改建|扩建)[^,，。;；\\d]{1,10}(?:建筑面积|占地面积|用地面积|总投资)[为约]{0,2}$"
)
_OF_ONE = ("总投资", "全长", "总长", "占地", "占地面积")
# 重点项目投资50亿元, 加大水利工程投资2亿元, 力争…: of many, or what is to be done
_OF_MANY = expression(
    r"高标准农田|农村公路|重点|工业|农业|产业|民生|招商|城建|交通|能源|制造业|亿元以上|计划|全[省市县区]|力争|确保|加大|完成|新增|到位|带动|拉动|撬动|引进|落实|争取"
)
_LEADS = expression(r"\s?(?:完成|新增|力争|实现|到位)")
_IS_ONE = expression("项目|医院|院区|学校|[水电]厂|中心|馆|大桥|校区")
# 养护公路长度300公里: how much is done; not 水土流失综合治理工程面积35平方公里
_WORKS_ON = expression(
    r"\s?(?:实施|推进|加快|继续)?(?:新建|改造|养护|治理|整治|修复|扩大|拓展|造林|绿化|恢复|提升)"
)
# 占地150亩、建筑面积5.8万平方米; 常住人口42.6万人、城镇化率58%: what is said beside it of the same
_SIZE_TOO = expression(
    "、(?:总|平均|年均?|户籍|城镇|展陈|灌溉|建筑|流域|控制|防洪|设计|规划)*"
    "(?:面积|投资|规模|能力|容量|库容|床位|学位|泊位|车位|教学班|人口|城镇化率|长|宽|高|人数|户数|人均[一-鿿]{2,6})[为约达共]{0,2}"
)
# 1200座的县大剧院: its seats
_SEATS = expression(
    r"的[^,，。;；\d]{0,8}(?:剧院|剧场|影院|影城|会堂|礼堂|报告厅|会议厅|体育馆|体育场|音乐厅|教室)"
)


def is_one(text: str, quantity: Quantity, after: str) -> bool:
    """Tell whether a figure of a folded text says how large the thing is that is named behind it,
    or in front of its bracket; `after` are the words of its clause behind it."""
    first, _ = quantities.clause(text, quantity.begin)
    before = text[first : quantity.begin]
    is_plain = quantity.comparator in ("=", "about")
    if is_plain and (_OPENS_WITH_SIZE.search(before) or _DESIGNED.search(before)):
        return True
    if not after.startswith("的"):
        return bool(_WHOLE_FIRST.search(before) and _AND_SIZE.match(after))
    has_seats = quantity.unit in ("座", "个") and _SEATS.match(after)
    if has_seats or (_BESIDE_SIZE.search(before) and _OF_A_THING.match(after)):
        return True
    is_of_plans = _OF_EACH.search(before) and _OF_PLANS.match(after)
    if is_of_plans and not _BUILT.search(before):
        return True
    is_counted = bool(_COUNTED.search(after))
    if is_counted and _OF_EACH.search(before):
        return True
    return bool(_SUM.search(before)) and not (_GAINED.search(before) and not is_counted)


def _is_of_project(own: str, sign: str) -> bool:
    """Whether a figure says how large one project is; `own` are the words of its clause before it,
    `sign` those of comparison."""
    found = _OF_PROJECT.search(own)
    if not found or "达" in sign or _LEADS.match(own):
        return False
    is_worked_on = _WORKS_ON.match(own) and found["whole"] in ("长度", "面积")
    is_of_many = _OF_MANY.search(own) or (is_worked_on and not _IS_ONE.search(own))
    return found["whole"] in (None, *_OF_ONE) or not is_of_many


def is_beside(between: str) -> bool:
    """Tell whether what stands between two figures makes the second one a size too."""
    return bool(_SIZE_TOO.fullmatch(between))


def may_be_one(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure that is none for sure may be how large or how dear one thing is that is
    built, or an aim beside it: 新建水厂1座，总投资1.8亿元; 建设占地300亩的物流园; the 36 of
    学校1所（占地62亩，36个班）."""
    if quantity.comparator not in ("=", "about"):
        return False
    first, last = quantities.clause(text, quantity.begin)
    start, _ = quantities.sentence(text, quantity.begin)
    before, own = text[start:first], text[first : quantity.begin]
    if _IN_BRACKETS.search(before + own):
        return not _PROMISED_IN_IT.match(_BRACKET.split(own)[-1])
    if _GAINED.search(before + own):
        return False
    if _OF_EACH.search(own) and _OF_A_THING.match(text[quantity.end : last + 1]):
        return not _DONE.search(own)
    if _NEW_SIZE.search(own) or _is_of_project(own, text[quantity.begin : quantity.number]):
        return True
    head, comma, last_of = own.rpartition("、")
    before, own = before + head + comma, last_of
    is_alone = _OWN_CLAUSE.fullmatch(own) and _IS_SAID_OF.search(own)
    return bool(is_alone and _THINGS.search(before))
