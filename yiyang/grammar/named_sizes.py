"""Tell how large the thing is that a task names from how much of it the task promises:
推进总投资3.2亿元的水厂建设, 建成占地60亩的物流园1个; not 完成投资3.2亿元.
"""

from __future__ import annotations

from yiyang.grammar import quantities
from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression

_SUM = expression(r"(?:总投资额?|总造价|总产值|投资(?:总额|规模)|概算|合同额)[为共]?$")
# 签约总投资50亿元的项目: the sum is what is promised, unless it is of so many
_GAINED = expression("签约|引进|招引|落地")
_SIZE = (
    "全长|总长|长度|面积|规模|能力|容量|库容|功率|产能|产量|跨度|直径|占地|投资额?|编制|藏书"
    "|日(?:供水|供气|处理|产|加工)(?:能力|规模)?"
)
# 装机规模100兆瓦的储能电站1座, 日供水5万吨的水厂1座: of each of those that are counted behind it
_OF_EACH = expression(rf"(?:{_SIZE})[为约达共]{{0,2}}$")
_COUNTED = expression(r"\d")
# 启动全长42公里的环湖公路前期论证, 加强日处理800吨的焚烧厂运行监管: of what is planned, or stands
_OF_PLANS = expression(
    "的[^,，。;；]{1,24}(?:前期|论证|可研|可行性|选址|立项|核准|方案|规划(?!建设)|设计|监管|管理|巡[查检护]|检[查修]|维[护修]|运[行营]|看护|布展|装饰|除险加固)"
)
_BUILT = expression("新建|建成|建设|改[造扩]|扩建|修建|完成|铺设|新增|编制|实施")
# 实施医院搬迁项目（总建筑面积6.8万平方米）: of the project before the bracket
_OF_PROJECT = expression(
    "(?:项目|工程)[(（](?:总?建筑面积|总?占地面积|总?用地面积|总?建设规模|规划面积|总库容)[为约共]?$"
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
    if _OF_PROJECT.search(before):
        return True
    if not after.startswith("的"):
        return False
    if quantity.unit in ("座", "个") and _SEATS.match(after):
        return True
    is_of_plans = _OF_EACH.search(before) and _OF_PLANS.match(after)
    if is_of_plans and not _BUILT.search(before):
        return True
    is_counted = bool(_COUNTED.search(after))
    if is_counted and _OF_EACH.search(before):
        return True
    return bool(_SUM.search(before)) and not (_GAINED.search(before) and not is_counted)
