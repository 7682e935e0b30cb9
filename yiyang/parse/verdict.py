"""Decide whether a document is a task list, how it is laid out, and how sure that is; with
reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiyang.core.text import simplify, squash
from yiyang.parse.outlines import Item, Outline
from yiyang.parse.task_items import GENERAL, ITEM_LEVELS
from yiyang.safety.later import expression
from yiyang.safety.telling import counted, tell

# 工作要点, 任务分工, 实施方案, 行动计划: a title that promises tasks
_TASK_TITLE = expression(
    "任务|要点|分工|分解|清单|方案|计划|措施|举措|意见|实事|台账|行动|责任制|实施办法|安排|若干政策"
)
# 典型案例, 工作总结, 公示: a title that promises none
_OTHER_TITLE = expression(
    "案例|经验|做法|多举措|多措并举|纪实|综述|简报|总结|新闻|公示|公告|通告|解读|问答|答记者|申报|报名|招聘|招标|采购|会议(?!纪要(?:[（(].{0,20})?$|(?:议定|决定|确定|部署|纪要)?(?:的)?(?:事项|任务|工作|重点))|培训班"
    "|放假|征集|评选|名单|批复|情况|报告|统计|调研|侧记|启动|召开|举行|举办|亮相|探索|获|讲话|致辞|倡议"
    "|(?:考核|考评|评估|评价|检查|督查|测评|验收|抽查|评定)结果|排名|通报|决定书|条例|须知|指南|开展.{0,12}活动的通知"
)
# 政府工作报告, 贯彻《…总结》: names of other documents, but not the one that is issued (印发《…》)
_CITED = expression("(?<!印发)(?<!发布)《[^《》]*》|政府工作报告")
# 推进, 加强, 建立: how a task begins
_VERB = expression(
    "(?:深化|深入|进一步|全面|加快|大力|积极|持续|扎实|稳步|有序|切实|着力|统筹|逐步|不断|科学|严格|依法|认真)*"
    "(?:加强|加大|加快|推进|推动|推广|完善|建立|健全|建设|建成|实施|落实|开展|强化|提升|提高|优化|规范|鼓励|支持|引导|扩大"
    "|培育|打造|构建|制定|编制|组织|深化|促进|发展|发挥|改革|改造|改善|做好|抓好|抓实|做实|做强|壮大|保障|确保|创新|拓展|拓宽"
    "|实现|完成|启动|新建|新增|整合|落细|聚焦|探索|壮大|巩固|夯实|维护|增强|增加|严格|严厉|稳定|盘活|延伸|覆盖|培养|引进|创建|创造"
    "|用好|办好|管好|丰富|畅通|简化|放宽|降低|减轻|减少|防范|化解|整治|治理|修订|出台|试点|布局|设立|明确|依托|充分|倡导|动员|普及|争取|力争)"
)
# 建成了, 累计, 已经, 截至目前: what is over; not 为了, 除了, 了解, 10月25日前
_DONE = expression(
    r"(?<![为除])了(?!解)|累计|已(?:经|有|建|完|实)|截至(?:目前|\d)|荣获|被评为|同比|近日|(?<!\d)日前"
)
# 增长6%左右, 控制在5%以内, 达到80%: a target, whatever its sentence begins with
_TARGET = expression(
    r"(?:增长|增速|涨幅|达到?|下降|降低|提高|控制在|保持在|稳定在|不低于|不高于|不少于|超过|新增)[^，,。；;]{0,8}?\d"
)
# 十件实事, 重点任务, 任务分解表, 工作要点: a title that says of its items that they are tasks
_TASKS_TITLE = expression(
    "实事|重点任务|重点工作|工作任务|任务(?:清单|分解|分工|安排|台账|书|表)|(?:分解|分工)(?:表|方案)|责任分工"
    "|项目(?:进度|推进|计划|清单)|工作要点|工作台账|责任清单|任务$"
)
# 权责清单, 材料清单, 服务事项目录: lists of another kind
_OTHER_LIST = expression(
    "权责清单|权力清单|权力和责任|材料清单|收费|负面清单|证明事项|服务(?:事项|指南|目录)|目录|名单|条例|规定|细则|规则|规程|章程|办事|"
    "采购清单|价格|税费|资质|许可"
)
MIN_ITEMS = 3
"""Items without units that a document must have before they are taken for tasks."""
DOUBTFUL = 0.45
"""How sure a reading is at most where the title says that it holds no tasks."""


@dataclass(frozen=True)
class Verdict:
    """How a document is laid out, whether it lists tasks, how sure that is (0 to 1), and why."""

    layout: str
    has_tasks: bool
    confidence: float
    reasons: tuple[str, ...]


def begins_as_task(text: str) -> bool:
    """Tell whether words begin as a task does: 推进…, 建立…."""
    return bool(_VERB.match(squash(simplify(text))))


def tells_what_was_done(text: str) -> bool:
    """Tell whether words are about what is over: 已建成3所, 累计, 截至目前."""
    return bool(_DONE.search(simplify(text)))


def promise(title: str) -> tuple[bool, bool]:
    """Tell whether a title promises tasks, and whether it promises something else."""
    title = squash(simplify(title))
    return bool(_TASK_TITLE.search(title)), bool(_OTHER_TITLE.search(_CITED.sub("", title)))


def _says_tasks(title: str) -> bool:
    """Whether a title says that the items below it are tasks, whatever they begin with."""
    words = _CITED.sub("", squash(simplify(title)))
    return bool(_TASKS_TITLE.search(words)) and not _OTHER_LIST.search(words)


# 考核结果的通报, 督查情况通报, 排名公告: a title that tells what became of those looked at
_RESULTS_TITLE = expression(
    "(?:考核|考评|评估|评价|检查|督查|测评|验收|抽查|评定)(?:结果|情况|排名|得分).{0,8}(?:通报|公告|公示|公报|汇总|一览)"
    "|结果的?(?:通报|公报)|排名(?:情况|表|榜|通报|公告|$)"
)


def tells_results(title: str) -> bool:
    """Tell whether a title is that of a document that tells results."""
    return bool(_RESULTS_TITLE.search(_CITED.sub("", squash(simplify(title)))))


def of_numbered(found: Outline, title: str) -> Verdict:
    """Tell whether the numbered items of a document without units are tasks; marks those that
    are."""
    items = [item for item in _leaves(found.items) if not _is_general(item)]
    words = [squash(simplify(_words(item))) for item in items]
    share = sum(bool(_VERB.match(w)) for w in words) / max(len(words), 1)
    aims = sum(bool(_TARGET.search(w)) and not _VERB.match(w) for w in words) / max(len(words), 1)
    done = sum(bool(_DONE.search(w)) for w in words) / max(len(words), 1)
    promises, refuses = promise(title)
    reasons = [
        tell("parse.no_table_tasks_no_list"),
        tell(
            "parse.numbered_items_them_begin_with", items=counted("item", len(items)), share=share
        ),
    ]
    if aims and promises:
        reasons.append(tell("parse.items_state_target", aims=aims))
    if refuses or not promises:
        reasons.append(tell("parse.title_not_task_list"))
    if done > 0.3:
        reasons.append(tell("parse.items_tell_what_been_done", done=done))
    is_list = promises and not refuses and len(items) >= MIN_ITEMS
    share += aims
    says_so = _says_tasks(title) and not refuses and len(items) > 1
    if says_so and share < 0.5 and done <= 0.3:
        reasons.append(tell("parse.title_says_items_tasks"))
        for item in items:
            item.is_task = True
        return Verdict("numbered", True, round(0.4 + 0.3 * share, 2), tuple(reasons))
    is_list = is_list or says_so
    if not is_list or share < 0.5 or done > 0.3:
        return Verdict("prose", False, 0.9 if share < 0.4 or not items else 0.6, tuple(reasons))
    for item in items:
        item.is_task = True
    return Verdict("numbered", True, round(0.4 + 0.3 * share, 2), tuple(reasons))


def _leaves(items: Sequence[Item]) -> list[Item]:
    """The numbered items with no numbered items below them but points of the text."""
    leaves = []
    for item in items:
        below = [c for c in item.children if c.level in ITEM_LEVELS or c.is_point]
        is_outermost = item.level >= 0 and not item.parent
        is_leaf = item.level in ITEM_LEVELS or item.is_point or is_outermost
        if is_leaf and not below and item.words:
            leaves.append(item)
    return leaves


def _words(item: Item) -> str:
    """The words of an item and of the points below it."""
    return item.words + "".join(map(_words, item.children))


def _is_general(item: Item) -> bool:
    """Whether an item, or the section it stands in, says what for and not what to do."""
    above: Item | None = item
    while above:
        if GENERAL.match(squash(simplify(above.words))):
            return True
        above = above.parent
    return False


def of_units(found: Outline, title: str) -> bool:
    """Tell whether the units named beside the items of a document make it a task list.

    One that promises something else by its title (a course, a meeting) needs more of them: such
    notices name who holds them.
    """
    n_named = sum(item.is_named for item in found.items if item.is_task)
    promises, refuses = promise(title)
    return n_named >= (1 if promises and not refuses else 3 if refuses else 2)


def confidence(n_tasks: int, n_with_units: int, n_problems: int, is_guessed: bool) -> float:
    """Return how sure a reading with units or a table is: less for tasks without units, for
    problems."""
    share = n_with_units / max(n_tasks, 1)
    value = 0.6 + 0.35 * share - 0.25 * is_guessed - min(0.3, 0.5 * n_problems / max(n_tasks, 1))
    return round(max(value, 0.1), 2)
