"""Tell a number in Chinese numerals that counts something from one that is part of a name:
新建公园十五个 and 五个新城."""

from __future__ import annotations

from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression

# Verbs that make a count in Chinese numerals a figure and no name (五个新城, 一个目标).
_COUNTED = expression(
    r"(?:设置|设立|设有?|建立|建成|新建|新增|改建|打造|培育|创建|配备|提供|完成|开展|认定"
    r"|实现|引导|指定|明确|确定|选派|安排|召开|考评|每年|每月|每季度|达到?|有|共计?)$"
)


# 打造一支人才队伍, 形成一套模式: no count
_TEAM = expression(r"^[^,，。;；]{0,20}(?:队伍|模式|体系|机制)")
# 一人一档, 一企一策
_EACH_ITS = expression("一[人户企村校院园镇县家]一[档策案码卡品方表册岗]")
# 一次申请, 一次告知, 一次办好: at once
_AT_ONCE = expression(
    "^(?:申[请报]|告知|办[好成结完理]|提交|受理|采集|填报|登录|认证|跑动|踏勘|勘验|领取)"
)
_HELD = expression("(?:开展|召开|组织|举[办行]|进行|完成)$")
# 一千二百, 八十, but not 百, 十二 (十二条措施)
_LARGE = expression("[一二两三四五六七八九].*[百千万亿]|[二三四五六七八九]十")


# “四个一”工程, “最多跑一次”: a few words in quotation marks, the figure among them
_QUOTED = expression(r"[“‘「『\"][^”’」』\"，。；]{0,6}$")
_UNQUOTED = expression(r"[^“‘「『\"，。；]{0,4}[”’」』\"]")
# 十二场招聘会, 三名护士: what stands in no name, behind a verb of doing
_DONE_TO = expression(
    r"(?:举[办行]|引[进育]|改造|安装|增[设加置配]|修[建缮复]|整治|搬迁|招[录聘收]|培训|培养|资助|慰问|救助|选[树聘配]|评选|推出"
    r"|购[置买]|更[新换]|栽[种植]|扶持|发展|创办|开[设办通工]|打通|治理|投[放用]|维修|拆除|清理|建)$"
)
_CONCRETE = frozenset("场名座盏辆台所户家张套棵株间幢栋亩处人部艘只头") | {"公里", "平方米"}
# 新建公园十五个, 农贸市场十二家、站点三处: behind its noun, with which what is said ends
_BEHIND_NOUN = expression("(?<![前分连续第每])(?<!以上|上述|前述|下列|以下)(?<=[一-鿿]{2})$")
# 新建公园一座: built, and no 改造危房不漏一处, 建设幼儿园每镇一所, 建成一镇一所
_BUILT = expression(
    r"(?:新建|[改扩]建|建[成设]|改造|购置)(?![^,，。;；、]{0,12}(?:不[漏留落放]|无$|每[镇村乡县户校个街]|一[镇村乡县户校街]$|村村|全[省市县区镇乡]$))[^,，。;；、]{1,12}$"
)
_BUILDINGS = frozenset("座所处家间幢栋辆台个")
_ENDS = expression(r"\s?(?:[,，。;；、)）(（]|[和与及并]|$)")
# 工程二期, 措施十条, 风险三类, 前三位: units with which names end
_OF_NAMES = frozenset("期条类级种位门分款倍")


# 举办三场推介会、五场洽谈会: listed with another of its unit
_LISTED = expression(
    r"[一二两三四五六七八九十百千\d](?P<unit>公里|平方米|[一-鿿])[^,，。;；\d]{1,12}[、和与及]$"
)


# 进入前10名, 全省前20位; not 6月底前200名志愿者上岗, 目前10名社工
_RANK = expression("(?:进入|位[居列于]|[列居排]|排名|[省市区县国]|全部|系统)前$")


# what follows 1%: 人口抽样调查; 一期: 工程
_SURVEY = expression("(?:全国)?人口(?:变动)?(?:情况)?抽样")
_PART_OF_PROJECT = expression("(?:的)?(?:工程|项目|建设|主体|厂房|用地|地块|土建|基坑)")


# 公交站点500米覆盖率
_COVERED = expression("(?:服务|步行)?(?:覆盖[率面]|服务半径)")
# 举办培训班三期; not 完成二期管网改造
_IN_TURNS = expression(
    "办|开[展设讲]|培训|组织|举行|出[版刊]|[编印]|播|讲[堂座]|课|班|活动|简报|专栏|每年|全年|不少于|至少"
)


_MANY_PHASES = 7
"""Parts that no project is built in."""


def _is_phase(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a number of 期 says which part of a project is meant."""
    is_many = quantity.value >= _MANY_PHASES
    if _IN_TURNS.search(before):
        return bool(_PART_OF_PROJECT.match(after)) and not is_many
    return bool(_PART_OF_PROJECT.match(after)) or not is_many


def is_name(text: str, quantity: Quantity, before: str, after: str) -> bool:
    """Tell whether a number in Chinese numerals is part of a name: 五个新城, 三张清单, 一支队伍;
    `before` and `after` are the words of its clause around it."""
    is_ranked = quantity.unit in ("名", "位") and _RANK.search(before)  # 进入前10名
    if is_ranked or (quantity.unit in ("米", "公里", "分钟") and _COVERED.match(after)):
        return True
    is_quoted = _QUOTED.search(before) and _UNQUOTED.match(after)
    is_each = quantity.is_word and _EACH_ITS.match(text, quantity.number)
    # 完成一期工程, 1%人口抽样调查, 工地“六个百分百”
    is_share = quantity.unit == "%"
    is_part = (
        (quantity.is_word and quantity.unit == "期" and _is_phase(quantity, before, after))
        or (is_share and is_quoted and before.endswith("个"))
        or (is_share and _SURVEY.match(after))
    )
    if (
        is_each or is_part or (is_quoted and (quantity.is_word or quantity.unit == "条"))
    ):  # “民营经济26条”
        return True
    # 百分之八十, 不低于三家, 每半年考评一次 and 八十万元 are figures wherever they stand.
    unit = quantity.unit
    is_figure = unit in ("%", "‰", "个百分点", "人次", "户次") or unit.startswith(("元", "次/"))
    if not quantity.is_word or quantity.comparator != "=" or is_figure:
        return False
    of_one = {"支": _TEAM, "套": _TEAM, "次": _AT_ONCE}.get(unit)
    of_one = None if unit == "次" and _HELD.search(before) else of_one
    if quantity.value == 1 and of_one and of_one.match(after):
        return True
    listed = _LISTED.search(before)
    is_done = _DONE_TO.search(before) or (listed and listed["unit"] == unit)
    is_counted = _COUNTED.search(before) or (unit in _CONCRETE and is_done)
    if is_counted or _LARGE.match(text[quantity.number : quantity.end]):
        return False
    is_last = bool(_BEHIND_NOUN.search(before)) and bool(_ENDS.match(after))
    is_built = unit in _BUILDINGS and _BUILT.search(before)
    is_many = quantity.value > 1 and unit not in _OF_NAMES
    return not (is_last and (is_many or is_built))
