"""Tell the kind of a document, by its title and by whether tasks were read from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.safety.later import expression

_CASE = expression("案例|经验|纪实")
# 任务清单, 分工, 工作要点: a list, whatever it carries out
_LIST = expression("清单|分工|分解|任务|要点|台账|实事|表$|目标责任")
# 实施方案, 行动计划, 实施意见
_PLAN = expression("方案|计划|规划|意见|纲要|措施|政策|行动")
_LAW = expression(
    r"(?:条例|办法|规定|细则|章程|规则|法)(?:[（(].{0,20}[）)])?(?:》?的(?:通知|决定|公告))?$"
)
_REPLY = expression("答复|复函|批复|回复|的复|答记者问|问答")
_PROGRESS = expression(
    "进展|完成情况|落实情况|执行情况|工作总结|工作报告(?!.{0,12}(?:任务|分工|责任|分解))|情况(?:的)?(?:报告|通报|汇报)|进度(?:表|情况)|年度总结"
    "|(?:考核|考评|评估|评价|检查|督查|测评|验收|抽查|评定)(?:结果|排名|得分)(?:的)?(?:通报|公告|公示|公报|汇总表?|一览表|$)|结果的?(?:通报|公报)|排名(?:情况|表|榜|通报|公告|$)"
)
_NOTICE = expression("通知|公告|通告|公示|通报|启事|(?<!复)函$")
# 记者, 本报讯, 来源：…日报; 我县举办…
_NEWS = expression("记者|本报讯|通讯员|编辑[:：]|来源[:：].{0,12}(?:[日晚]?报|网|新闻|社|电视台)")
_HAPPENED = expression(
    "^(?:我[省市县区州]|近日|日前)|(?:举办|召开|举行|开展|启动|走访|慰问|调研|亮相|获|建成|完成)"
)
# (20242047号)收悉, 第…号提案
_RECEIVED = expression("收悉|(?:提案|建议)(?:的)?(?:答复|办理)")
_ARTICLE = expression(r"^(?:第[一二三四五六七八九十百\d]{1,4}条|第一章)")


def kind(title: str, blocks: Sequence[Block], n_tasks: int) -> str:
    """Return the kind of a document (`documents.document_type`); one without tasks is no task
    list."""
    words = simplify(squash(title))
    if n_tasks:
        return _of_tasks(words)
    texts = [simplify(squash("".join(b.texts))) for b in blocks[:200]]
    n_articles = sum(bool(_ARTICLE.match(text)) for text in texts)
    is_news = any(map(_NEWS.search, texts)) or (
        _HAPPENED.search(words) and not _NOTICE.search(words)
    )
    rules = (
        (_CASE.search(words), "case_study"),
        (_REPLY.search(words) or any(map(_RECEIVED.search, texts[:6])), "reply"),
        (_PROGRESS.search(words), "progress_report"),
        (_LAW.search(words) or n_articles > 2, "law"),
        (is_news, "news"),
        (
            _PLAN.search(words) and not re.search("关于开展.{0,200}活动", words),
            "implementation_plan",
        ),
        (_NOTICE.search(words), "notice"),
    )
    return next((name for holds, name in rules if holds), "other")


def _of_tasks(words: str) -> str:
    """The kind of a document that lists tasks, by its title."""
    rules = (
        (_CASE.search(words) and not _LIST.search(words), "case_study"),
        (_PROGRESS.search(words), "progress_report"),
        (_PLAN.search(words) and not _LIST.search(words), "implementation_plan"),
    )
    return next((name for holds, name in rules if holds), "task_list")
