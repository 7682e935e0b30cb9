"""Recognise the headers of tables that list no tasks, though their words look like it: guides to
services, tenders, statistics, fees, powers, rosters, the table about a document on its page."""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.safety.later import expression

# 受理部门, 承诺时限, 办理地点, 服务对象, 预算金额: headings of guides to services, of tenders
_SERVICE = expression(
    "受理|承诺(?:时限|时间|期限)|法定|办(?:理|事)(?:地点|流程|材料|机构|窗口|条件|依据|程序|方式|指南|大厅)|申请|申报|咨询|投诉|收费|服务(?:对象|地点|电话)|中标|成交"
    "|预算|采购|规格|单价|电话|网址|地址|许可|审批|实施(?:依据|主体)|事项类型|职权|行使"
    "|执收|资金管理|缴库|计费|价格|涨[跌幅]|采价"
)
_ANSWERS = expression("牵头|责任(?!事项|追究|依据)|配合|落实单位|措施|举措")
# 招聘单位, 岗位名称, 学历要求, 报名截止时间: a table of posts
_POSTS = expression(
    "招[聘录考]|岗位(?:名称|代码|类别|要求|条件|职责)|学历|专业要求|报名|应聘|面试|笔试|薪酬"
)
# 索引号, 发文机关, 成文日期: the table about a document on its page
_CATALOGUED = expression(
    "^(?:信息?索引号?|发[文布](?:机[关构]|单位|部门|日期|时间|字号|文号)|成文日期|印发日期|文件?号|文件编号|统一编号|信息名称"
    "|主题(?:分类|词)|体裁分类|组配分类|公开(?:方式|形式|日期|范围|时限)|有效性|时效性|生效日期|废止日期|信息分类)[:：]?$"
)
# 采纳情况, 是否采纳, beside 意见建议内容, 提出单位: what became of the opinions on a draft
_ADOPTED = expression("采纳")
_OPINIONS = expression("意见|建议|提出|反馈|理由")
# 行政责任人, 河长, 主讲, 值班: columns of people, of rosters and of timetables
_PEOPLE = expression(
    "责任人$|负责人$|河长|林长|田长|楼长|网格员|值班|带班|巡查员|主讲|主持|授课|参会|座次|姓名|职务|职称"
)

# 物资名称, 现有数量, 存放地点: a table of what is at hand; not 任务, 建设内容, 完成时间
_AT_HAND = expression(
    "^(?:物资|设备|装备|器材|物品|资产)(?:名称|种类|类别)?$|现有数量|库存|规格|型号|^数量$"
)
_KEPT = expression("存放|保管|库存|现有数量")
_DUE = expression("任务|内容|事项|措施|时限|期限|时间|建设|实施|完成")


def _is_of_stock(words: Sequence[str]) -> bool:
    """Whether headings say what is at hand, and where, and nothing of what is to be done."""
    named = sum(bool(_AT_HAND.search(word) or _KEPT.search(word)) for word in words)
    return named > 1 and any(map(_KEPT.search, words)) and not any(map(_DUE.search, words))


# 姓名, 职务, 联系电话, 姓名 Name: whom to call, be the rows filled in or blank
_CALLED = expression(
    r"^(?:姓名|职务|职称|性别|民族|办公电话|(?:联系|固定|移动|办公)?(?:电话|手机)(?:号码)?|联系方式|联[系络][人员]|邮箱|传真|微信号?|身份证号码?"
    r"|电子邮[箱件])(?:[（(].{1,8}[）)]|[A-Za-z. \-]{1,16})?$"
)

# 得分, 扣分, 名次, 考核结果, 完成率: what became of those who were looked at
_RESULTS = expression(
    "[得扣加减总评]分(?!解|工|类)|分数$|名次|排名|排序|位次|等次|等级|评定|(?:考核|考评|评估|评价|测评|验收|检查|督查|抽查)(?:结果|结论|情况)"
    "|(?:完成|达标|合格|办结|达成|执行|增长)(?:率|比例?|占比)|同比|环比|^(?:实际)?(?:完成|达到)(?:数|值|数量|情况)?$"
)
# 单位, 被考核单位, 县区, 医疗机构: whom a table of results has in each row
_ASSESSED = expression(
    "^(?:[被受]?(?:考核|考评|评估|评价|测评|检查|督查|抽查|参评|参考|评定|填报)?(?:单位|部门|机构|对象|主体|企业)(?:名称)?"
    "|各?(?:县区|区县|县[(（]?市、?区[)）]?|县市区|市州|市县|乡镇|镇街|街镇|乡镇?[(（]?街道[)）]?|街道|地区|地市|区域|村居|社区|学校|院校|(?:公立)?医院"
    "|医疗机构|养老机构|科室|单位|部门)(?:名称)?)$"
)
# 责任单位, 时限, 考核内容, 工作任务: what is to be done, by when, or how it is scored
_TO_DO = expression(
    "牵头|责任(?!制)|配合|承办|落实(?!情况|率)|时限|期限|截止|完成时间|下一?步|整改(?!情况|率|结果)|措施|举措"
    "|(?:任务|工作|事项|指标|考核|评分|目标)(?:内容|名称|要求|标准|办法)|分值|权重|赋分|标准分|^(?:工作|重点|目标)?(?:任务|事项)$"
)

# 1—6月累计, 本期, 同比增长, 比上年: figures that were reached; 数据来源单位: who counted them
_COUNTED = expression(
    "累计|同比|环比|^本[期月季年]|上年|去年|同期|基期|期末|年末|^增[长减幅速]|增减|增[幅速]"
)
_COUNTED_BY = expression(
    "(?:来源|提供|统计|发布|采集)(?:单位|部门|机构)$|(?:数据|资料|指标)来源$|计量单位"
)
_FIGURES_OF = expression("指标|项目|名称|产品|商品|品种|行业|税种|地区|类别|分组")
# 责任单位, 目标值, 时限: somebody is to reach a figure, or do something
_AIMED = expression(
    "牵头|责任|配合|承办|落实|时限|期限|截止|节点|完成时间|目标|任务|计划|措施|举措|整改|要求|内容|分值|权重|工作"
)
# 环节, 办理步骤, beside 办理时限: the steps that one matter takes at a counter
_STEPS = expression(
    "^(?:办理|办事|服务|审批|受理|申办|工作)?(?:步骤|环节|流程|程序)(?:名称|顺序)?$"
)
_HANDLED = expression("办理|审查|审批|受理|办结|承诺|法定|结果|材料")
_SAYS_TASKS = expression("任务|牵头|配合|举措|措施|整改|完成|目标|问题|进度|重点|协办")
# 追责情形, 职权名称, 责任事项: what a unit may and must do by law, and what follows else
_POWERS = expression(
    "追责|问责|职权|权力|行使|权责|责任事项|(?:设定|实施|法律|法定|履职)依据|监督方式"
)
_TO_BE_DONE = expression("任务|时限|期限|牵头|配合|措施|举措|整改|进度|完成")


def _is_of_figures(words: Sequence[str]) -> bool:
    """Whether headings are those of statistics: figures that were reached, of what, by whom they
    were counted; and no aim, nobody who answers for one."""
    counted = sum(bool(_COUNTED.search(word)) for word in words)
    by = any(map(_COUNTED_BY.search, words))
    is_aimed = any(_AIMED.search(w) for w in words if not _COUNTED_BY.search(w))
    return (
        (counted > 1 or (counted == 1 and by))
        and any(map(_FIGURES_OF.search, words))
        and not is_aimed
    )


def _is_by_law(words: Sequence[str]) -> bool:
    """Whether headings are those of the steps of a service, or of powers and duties by law."""
    joined = " ".join(words)
    steps = any(map(_STEPS.match, words)) and any(
        _HANDLED.search(w) and not _STEPS.match(w) for w in words
    )
    if steps and not _SAYS_TASKS.search(joined):
        return True
    return sum(bool(_POWERS.search(w)) for w in words) > 1 and not _TO_BE_DONE.search(joined)


# 序号, 单位（盖章）, 备注: what else stands in the head of a list of people; no 张三
_BESIDE_PEOPLE = expression(
    "^(?:序号?|编号|备注|说明|照片|签[字名]|年龄|学历|专业|籍贯|出生年月|政治面貌|组别|分组|组成"
    "|类[别型]|岗位|角色|分工|职责|(?:工作|所[在属]|派出|参会|责任|牵头|成员|配合)?(?:单位|部门|机构|[科处股组]室|组织"
    "|地区|区域|县区|区县|乡镇|镇街|街道|社区|村居?)(?:名称)?)"
    "(?:[（(](?:盖章|公章|签[字章名]|全称|简称|名称|打印)[）)])?[A-Za-z. ]{0,16}$"
)


def is_of_people(words: Sequence[str]) -> bool:
    """Tell whether headings are those of a list of people to call, filled in or blank."""
    called = sum(bool(_CALLED.match(word)) for word in words)
    return called > 1 and all(_CALLED.match(w) or _BESIDE_PEOPLE.match(w) for w in words)


def tells_results(words: Sequence[str]) -> bool:
    """Tell whether headings are about what was reached and say nothing of what is to be done."""
    return any(map(_RESULTS.search, words)) and not any(map(_TO_DO.search, words))


def is_one(words: Sequence[str], *, names_tasks: bool) -> bool:
    """Tell whether headings are those of such a table; `names_tasks` says whether one of them
    names a task.

    Two headings of a guide to services or of posts, or what became of opinions on a draft, none of
    who answers for something; two of the table about a document; a column of people where no
    heading names a task and none says who answers for it; the results of an assessment, by unit;
    statistics, the steps of a service, powers and duties by law, what is at hand.
    """
    if _is_of_figures(words) or _is_by_law(words) or _is_of_stock(words):
        return True
    if tells_results(words) and any(map(_ASSESSED.search, words)):
        return True
    if sum(bool(_CATALOGUED.match(word)) for word in words) > 1:
        return True
    if not _ANSWERS.search("".join(words)):
        opinions = [w for w in words if _OPINIONS.search(w) and not _ADOPTED.search(w)]
        if opinions and any(map(_ADOPTED.search, words)):
            return True
        for heading in (_SERVICE, _POSTS):
            if sum(bool(heading.search(w)) for w in words) > 1:
                return True
    answers = any(_ANSWERS.search(w) and not _PEOPLE.search(w) for w in words)
    return not names_tasks and not answers and any(map(_PEOPLE.search, words))
