"""Recognise the headers of tables that list no tasks, though their words look like it: guides to
services, tenders, the table about a document on its page, rosters and timetables."""

from __future__ import annotations

import re
from collections.abc import Sequence

# 受理部门, 承诺时限, 办理地点, 服务对象, 预算金额: headings of guides to services, of tenders
_SERVICE = re.compile(
    "受理|承诺(?:时限|时间|期限)|法定|办(?:理|事)(?:地点|流程|材料|机构|窗口|条件|依据|程序|方式|指南|大厅)|申请|申报|咨询|投诉|收费|服务(?:对象|地点|电话)|中标|成交"
    "|预算|采购|规格|单价|电话|网址|地址|许可|审批|实施(?:依据|主体)|事项类型|职权|行使"
)
_ANSWERS = re.compile("牵头|责任(?!事项|追究|依据)|配合|落实单位|措施|举措")
# 招聘单位, 岗位名称, 学历要求, 报名截止时间: a table of posts
_POSTS = re.compile(
    "招[聘录考]|岗位(?:名称|代码|类别|要求|条件|职责)|学历|专业要求|报名|应聘|面试|笔试|薪酬"
)
# 索引号, 发文机关, 成文日期: the table about a document on its page
_CATALOGUED = re.compile(
    "^(?:索引号|发文机[关构]|发布机构|成文日期|发文字号|文号|主题(?:分类|词)|公开(?:方式|形式|日期|范围)|有效性|生效日期|废止日期|信息分类)$"
)
# 行政责任人, 河长, 主讲, 值班: columns of people, of rosters and of timetables
_PEOPLE = re.compile(
    "责任人$|负责人$|河长|林长|田长|楼长|网格员|值班|带班|巡查员|主讲|主持|授课|参会|座次|姓名|职务|职称"
)


def is_one(words: Sequence[str], *, names_tasks: bool) -> bool:
    """Tell whether headings are those of such a table; `names_tasks` says whether one of them
    names a task.

    Two headings of a guide to services or of posts, none of who answers for something; two of the
    table about a document; a column of people where no heading names a task and none says who
    answers for it.
    """
    if sum(bool(_CATALOGUED.match(word)) for word in words) > 1:
        return True
    if not _ANSWERS.search("".join(words)):
        for heading in (_SERVICE, _POSTS):
            if sum(bool(heading.search(w)) for w in words) > 1:
                return True
    answers = any(_ANSWERS.search(w) and not _PEOPLE.search(w) for w in words)
    return not names_tasks and not answers and any(map(_PEOPLE.search, words))
