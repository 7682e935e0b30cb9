"""Know what the heading of a column says of its cells, by the words that it is made of."""

from __future__ import annotations

import re

from yiyang.core.text import remembered, simplify, squash
from yiyang.grammar import roles, time_headings
from yiyang.safety.later import expression

# 单位及负责人, 部门和联系人: behind the part that the units have
_AND_PEOPLE = (
    "(?:单位|部门|主体)(?:及|和|与|、|/|以及|兼)其?(?:主要|具体|分管|直接)?"
    "(?:负责人|责任人|联系人|联络员|经办人|领导)$"
)

PLAN = "(?:具体|工作|实施)安排"
"""The head of what is planned for a task: its words, where no other column has them."""
REPORTED = (
    r"^(?:会议|开会|汇报|听取|调度会?|约谈|值班|走访|回访)(?:时间|日期)$"
    r"|^(?:进展|材料|信息|情况|总结|报表|台账|佐证|印证|数据)(?:材料|情况)?(?:报送|上报|汇报|反馈|提交)(?:时间|日期|时限|期限|节点)$"
)
"""The head of a column of days on which there is a meeting, or something is to be said of a task: a
time below it is unread where the task names no other."""

# What each heading says, the first rule that fits counts. Headings of one kind vary without end
# (责任单位, 责任部门, 具体责任单位 …), so the rules name the word that decides.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (use, expression(pattern))
    for use, pattern in (
        # 序号, 编号, 项次, No.
        (
            "number",
            r"^(?:序号?|编号|项次|项号|条目|号|N[Oo]\.?|(?:任务|项目|事项|工作)(?:编号|序号))$",
        ),
        # 承担角色, 牵头/配合: which part the unit beside it has
        (
            "role",
            r"^(?:承担|分工|单位|职责|任务|责任|部门)?角色$|^(?:牵头|主办)[/或、](?:配合|协办)$",
        ),
        # 原责任单位, 调整前: what holds no longer; 奖项, 名次: what was reached
        ("other", r"^(?:原(?!则|因)|(?:调整|变更|更正|修改)前)|奖项|名次|等次|荣誉|称号"),
        # 工作内容及责任单位: the words of the task, and its units behind them
        (
            "text",
            r"(?:内容|任务|措施|举措|事项|工作)(?:[及和与、/]|以及)(?:责任|牵头|落实)(?:单位|部门)$",
        ),
        # 任务指标, 量化要求: what is to be reached
        (
            "other",
            r"^(?:任务|目标|计划|指标|工作)(?:数量?|总[数量]|值|量)$|^(?:任务|工作|年度|具体|主要|量化)指标$|^量化(?:要求|标准|任务|目标)$",
        ),
        # 计划批复时间, 拟发布时间
        ("deadline", time_headings.PLANNED),
        # 启动时间, 开工日期; 录入时间, 交办日期: when a task began or was noted, no deadline
        ("other", time_headings.BEGUN),
        ("other", time_headings.NOTED),
        # 领导批示, 督办编号, 签发日期: what a form says of itself
        (
            "other",
            r"批示|批办|签批|拟办意见|(?:督办|交办|文件|来文|通知)(?:编号|文号)$|^(?:签发|印发|登记|收文)(?:日期|时间|人)$",
        ),
        ("other", REPORTED),
        ("other", r"^(?i:(?:created|updated|modified|entered|assigned)(?:at|on|date|time)?)$"),
        # 计划办结日期, 销号时限: all words of a time, whatever one of them says elsewhere
        ("deadline", rf"^{time_headings.WORDS}$|^月份$"),
        # Task, Lead agency, Supporting agencies, Deadline
        ("lead", r"^(?i:lead\w*|leading)(?i:agenc|depart|unit|organi|$)"),
        (
            "supporting",
            r"^(?i:support|cooperat|assist|participat)\w*(?i:agenc|depart|unit|organi|$)",
        ),
        ("units", r"^(?i:responsib|implement)\w*(?i:agenc|depart|unit|organi|part|$)"),
        (
            "deadline",
            r"^(?i:deadline|due(?:date)?|time(?:limit|frame|line)|completion(?:date|time))$",
        ),
        (
            "text",
            r"^(?i:(?:key|main|major|specific)?(?:tasks?|measures?|actions?|contents?|projects?))$",
        ),
        # 干什么, 谁来干, 谁配合, 什么时候干完: the same in plain words
        ("text", r"^[干做办]什么(?:事)?$"),
        ("units", r"^谁(?:来)?(?:[干做办抓]|负责|落实)$"),
        ("lead", r"^谁(?:来)?(?:牵头|主办)$"),
        ("supporting", r"^谁(?:来)?(?:配合|协助|协办)$"),
        (
            "deadline",
            r"^(?:什么时候|何时|几时)(?:[干做办]完|完成|办结|办好)?$|^[干做办]到什么时候$",
        ),
        # 牵头单位及负责人, 责任单位和联系人: units, each with a person
        ("lead", rf"^(?:牵头|主办|主责)[一-鿿]{{0,4}}{_AND_PEOPLE}"),
        ("supporting", rf"^(?:配合|协办|协助|参与)[一-鿿]{{0,4}}{_AND_PEOPLE}"),
        ("units", rf"^(?:(?:主要|具体)?责任|承办|落实|实施|负责)?{_AND_PEOPLE}"),
        # 链主企业, 龙头企业: whom a task is about or draws along, whatever part they take in it
        (
            "other",
            r"^(?:产业链)?(?:链主|链上|龙头|领军|领航|骨干|头部|牵引|结对|帮扶)企业(?:名称)?$",
        ),
        # 责任领导, 责任人, 联系电话, 链长: people, no units
        (
            "other",
            r"(?:链|河|湖|林|田|路|街|楼|站|库)长(?:姓名|及职务)?$|领导|责任人|负责人|联系|联络|电话|姓名|手机|签字|科长|主任$",
        ),
        # 完成情况, 备注, 投资, 来源: what is no part of the task
        (
            "other",
            r"情况|备注|说明|投资|资金|支出|收入|预算|金额|经费|基数|来源|依据|得分|分值|状态|自评|评价|问题|销号|类型$|性质"
            r"|(?:计量|数量|编制|填报|报送|申报|工作|汇报|参会|列席|来文|发文)单位|分月|按月|月度|季度",
        ),
        # 牵头单位/配合单位, 牵头（配合）单位: units of two parts
        ("units", roles.TWO_PARTS),
        # 牵头单位, 主办单位, 牵头责任单位, 主责部门, 牵头
        ("lead", r"牵头|主办|主责|第一责任|主要责任"),
        # 配合单位, 参与部门, 协办
        ("supporting", r"配合|协办|协同|协助|参与|参加|支持单位|支撑|协作|会办|联动"),
        # 责任单位, 推进部门, 实施主体, 承办科室, 责任县区, 第二责任单位
        ("units", roles.HEADING),
        (
            "units",
            r"(?:考核|督办|督导|指导|监督|包保|包联|包抓|审核|验收)(?:单位|部门)|^(?:攻坚|工作|推进|责任|牵头)?专班(?:名称)?$"
            r"|^(?:单位|部门|责任分工|任务分工|责任|负责|职责分工|部门分工|单位名称|站所|科室|股室|处室)$",
        ),
        # 完成时限, 时间进度, 时间节点, 进度安排, 计划进度, 期限
        (
            "deadline",
            r"^(?:竣工|完工|建成|投用|交付)$|时限|时间|期限|节点|(?:计划|序时)进度|进度(?:安排|要求|计划|目标)|截止",
        ),
        # 当前进度, 工作进度, 推进进展, 1-9月份工作取得成效: how far a task has come
        ("other", "进度|进展|取得成[效果]|工作成[效果]"),
        # 任务类型, 重点领域, 类别: groups of tasks
        ("section", r"类型|类别|分类|领域|板块|方面|行动|专项|章节|模块|维度|一级|大类|归类"),
        # 具体举措, 工作内容, 主要措施, 具体任务: the words of the task, in detail
        (
            "text",
            r"(?:具体|细化|主要|工作|任务|建设|改革|重点|推进|落实|整改|实事|服务)(?:举措|措施|内容|任务|事项|要求)"
            rf"|^(?:任务|工作|事项)?(?:细化|细化分工|任务分工细化)$|^{PLAN}$",
        ),
        ("text", r"举措|措施|内容|任务|民生实事|实事|事项|项目|要点|工作|做法|清单"),
        # 建议标题, 提案案由: what a proposal asks for
        ("text", r"^(?:建议|提案|议案|来信|诉求|案件|信访件)(?:标题|案由|题目)$|^案由$"),
        # 工作目标, 预期成果: beside the task, not the task
        ("other", r"目标|指标|成果|成效|标准|要求|形式|规模|地点|范围|对象"),
        # 包挂单位, 跟进部门: units, whatever their part is
        ("units", r"^(?!各|有关|相关|市|县|区|省)[^、各]{2,8}(?:单位|部门|科室|处室|股室)$"),
    )
)
# 类型 and 性质 stand in two rules: 任务类型 groups tasks, 指标性质 does not.
_GROUPS = expression("任务类型|工作类型|事项类型")
WORD = expression(
    "牵头责任单位|主办单位|主要举措|主要任务|主要内容|主要措施|任务内容|任务名称|"
    "任务类别|任务类型|具体举措|具体任务|具体内容|具体措施|办理时限|协办单位|"
    "参与单位|参与部门|完成时间|完成时限|完成期限|实施单位|工作举措|工作事项|"
    "工作任务|工作内容|工作措施|工作时限|工作目标|承办单位|推进单位|时间安排|"
    "时间节点|时间要求|时间进度|民生实事|牵头单位|牵头部门|目标任务|落实单位|"
    "负责单位|负责部门|责任主体|责任单位|责任部门|责任领导|进度安排|配合单位|"
    "配合部门|重点举措|重点事项|重点任务|重点工作|项目名称|责任人|主办|协办|备注|"
    "序号|类别|编号"
)
"""The commonest headings as printed, the longest first, for lines on which they run together."""


_TIME = expression(time_headings.WORDS)
_UNITS = expression(roles.KNOWN_LABEL)


def is_one(text: str) -> bool:
    """Tell whether a text is the heading of a column and nothing else, for lines and cells that
    hold labels: 责任单位, 办结日期, 第二责任单位."""
    words = squash(simplify(text))
    return any(known.fullmatch(words) for known in (WORD, _TIME, _UNITS))


# 工作任务Task, No.序号: a heading in two languages; not CT检查项目
_WITH_LATIN = expression(
    r"(?P<latin>[A-Za-z][A-Za-z.\-&]{1,40}[/／]?)?(?P<han>[一-鿿]{2,8})(?(latin)|[/／(（]?[A-Za-z][A-Za-z.\-&]{1,40}[)）]?)"
)

LONGEST = 200
"""Characters of a cell, remarks in brackets among them, that may be a heading."""


@remembered(4096)  # every row is asked whether it is a header
def use_of(heading: str) -> str:
    """Return what the cells under a heading are used for; empty where the heading is not known."""
    words = squash(simplify(heading))
    if len(words) > LONGEST:
        return ""
    if alone := _WITH_LATIN.fullmatch(words):  # No.序号, 工作任务Task
        return use_of(alone["han"])
    # 一、时间：3月5日: an item of a text with its words
    if re.search(r"[:：][^（(【]|^[一二三四五六七八九十]、", words):
        return ""
    role = _ROLE_BEHIND.search(words)
    words = re.sub(r"[（(【].{0,80}?[）)】]|[:：*＊]", "", words) + (role[1] if role else "")
    if not words or len(words) > (30 if words.isascii() else 14) or re.search(r"[，。；]", words):
        return ""
    if _GROUPS.search(words):
        return "section"
    use = next((use for use, rule in _RULES if rule.search(words)), "")
    explained = None if use else _EXPLAINED.fullmatch(squash(simplify(heading)))
    return use_of(explained[1]) if explained else use


# 作战单元（责任单位）: a word that nobody knows, and what it means
_EXPLAINED = expression(
    "(?!原)[^（()）]{1,8}(?<![前人])[（(]((?:牵头|责任|主办|承办|配合|协办)(?:单位|部门|科室)|(?:完成|办结)(?:时限|时间))[）)]"
)
_NAMES_PEOPLE = expression(_AND_PEOPLE)


def names_people(heading: str) -> bool:
    """Tell whether the cells under a heading hold units, each with a person: 责任单位及负责人."""
    return bool(_NAMES_PEOPLE.search(squash(simplify(heading))))


# 责任单位（牵头）, 责任部门（协同）: the role behind the name of a column of units
_ROLE_BEHIND = expression(
    r"(?:单位|部门|主体|机构)[（(](牵头|主办|主责|配合|协同|协办|协助|参与|参加|会办)(?:单位|部门)?[）)]$"
)
