"""Tell what a line or a cell looks like: a number, a list of units, a deadline, a heading.

These tests are shallow on purpose: what a unit means is for `agencies`, and when a deadline falls
due for `deadlines`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from yiyang.core.text import remembered, simplify, squash
from yiyang.grammar import date_patterns, deadline_phrases, roles, time_headings
from yiyang.safety.later import expression

# 1, 12, 3., (4), （五）, 十二, ⑥, 1.2, 2-1
NUMBER = expression(
    r"^[（(]?(?:\d{1,3}(?:[.．\-—]\d{1,2}){0,2}|[一二三四五六七八九十百]{1,4}|[①-⑳])[）)]?[.．、]?$"
)
_VERBS = "|".join(sorted({*roles.VERBS, "协办", "组织实施"}, key=lambda word: (-len(word), word)))
# 牵头, 负责, 牵头组织, 按职责分工负责, 共同牵头, 抓好落实, 承担, 等参与 at the end of a list,
# 负责研究提出落实意见
ROLE_END = expression(
    r"(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|联合|组织|抓好|督促|等){0,9}"
    rf"(?:{roles.WORKED_OUT}|{roles.ASKED}|(?:{_VERBS}){{1,6}}(?:组织|抓总|抓好)?(?:单位|部门)?)$"
)
# What a unit's name ends with; a place (各县区) and a company too.
NAME_END = expression(
    r"(?:[少文][年化]宫|[局委厅部办院署组处站行社队所校台馆室联镇乡县区市州盟旗会]|(?:管理|公路|养护|工务)段|中心|政府"
    r"|公司|集团|企业|单位|部门|机构|专班|指挥部|街道|园区|街镇|海关|机关|各地|银行|电网|高新|法院"
    # 养老服务司, and no 上司; 机关党总支
    r"|[一-鿿](?<![省市县区州旗公上])司|总支|支部"
    r"|政法委|各(?:行政)?村|[这各]级|地方|组织|供电|书店|中专|职校|剧团|[一-鿿]{2}[科股]|[科处股]室|(?<!家)庭"
    rf"|{roles.WORKPLACES})$"
)
# What units are listed by; a line break in a cell too.
_SEPARATORS = expression(r"[、，,；;/|\s]+|(?<=[局委厅部办])和(?=[省市县区州各])|(?<=[）)])及")
_BRACKETED = expression(r"[（(〔\[【［][^（）()〔〕\[\]【】［］]*[）)〕\]】］]")
# Who takes part in any list, or nobody named: 各有关单位, 相关部门, 全市各级各部门
_ANYONE = expression(r"各|有关|相关|所有|全体")
# 完成既有住宅加装电梯…台: a task may end like a unit; 推进办 and 建设管理委 are none
_TASK = expression(
    "完成|推进|推动|加强|加快|建立|建设|新建|新增|改建|改造|创建|开展|实施|启动|提升|建成|优化|支持|鼓励|打造|制定|完善|落实|培育|引进"
)
_SHORT = (
    r"|(?:牵头|主办|配合|协办|会同|会办|联办|协作|指导|承担|参与|支持|协助|协同)\s*[:：]\s*"
    # 责任：县水利局; not 责任：加强领导
    r"|(?:责任|主责|承办|落实|负责)\s*[:：]\s*"
    r"(?!组建|建[好成立强]|建设(?![局银委])|召开|举[办行]|开展|首届|第[一二三四五六七八九十]|各负|推进(?!办)|加强|配[齐备]|抓[好实])(?=[^。；;，,、:：\s]{1,16}(?:[局委办厅部联院会队站所校科股]|中心|政府|公司|街道|乡镇|[镇乡])"
    r"(?:$|[。；;，,、\s]))"
)
# 责任单位：, 牵头部门 :, 【责任单位】, 牵头：
LABEL = expression(
    rf"{roles.LABEL_WORDS}\s*[:：]\s*|[【\[［]{roles.LABEL_WORDS}[】\]］]\s*[:：]?\s*" + _SHORT
)
# The same of known words only: such a label is one behind a name too (口岸办配合单位：)
KNOWN_LABEL = expression(
    rf"{roles.KNOWN_LABEL}\s*[:：]\s*|[【\[［]{roles.KNOWN_LABEL}[】\]］]\s*[:：]?\s*" + _SHORT
)
# 完成时限：, 时间节点:, 办结日期：, 【完成时限】
_TIME_WORDS = time_headings.WORDS
TIME_LABEL = expression(rf"{_TIME_WORDS}\s*[:：]\s*|[【\[［]{_TIME_WORDS}[】\]］]\s*[:：]?\s*")
BULLETS = (
    "●○◆◇■□▪▫►▶▷➢➤✓✔√•·◎◉※★☆▲△▼▽‼⁉〰〽㊗㊙\ufe0f\u200d\u20e3"
    "\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\u2600-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001faff\uf0b7\uf06c\uf0d8"
)
"""Signs that stand before items and labels and say nothing (👉, ▶, ●), as a class of characters."""
# 责任领导：, 责任人：, 联系人：
PERSON_LABEL = expression(
    r"(?:牵头|责任|分管|包抓|包保|包联|挂钩|挂联|督办|交办|批示|主管)(?:负责|责任)?(?:市|县|区)?(?:领导|责任人|人)\s*[:：]\s*"
    r"|(?:联系人|联系电话|联络员|副?组长|[总副]?召集人|[总副]?指挥长?|[河湖林田链]长)\s*[:：]\s*"
)
# What the grammar reads no time in, and yet stands in a column of deadlines: 2022年春节前,
# 2021年5、6月, 22年底前, 年初, 按时完成, 按计划推进, 根据工作安排, 适时, 待定, 两年左右.
# Were it a heading, the row would take the deadline of the row above.
_TIME_UNREAD = expression(
    r"(?:19|20)\d{2}\s*[年.\-—/]|\d{1,2}\s*月|\d{1,4}日前|^(?:19|20)\d{2}$|^\d\d年|按(?:时|要求|计划|进度)"
    r"|^(?:[按根]据?.{0,6}(?:安排|要求|部署|通知|进度)|年初|适时|不定期|待定|待.{1,4}(?:确定|明确))"
    r"|^[一二两三四五六七八九十\d]+年左右"
)
# 入冬前, 2022年汛期: the grammar knows it as a part of a year that it does not read
_PART_UNREAD = expression(date_patterns.UNREAD)
# A word of duration in a name is no deadline: 建立长效机制, 日常管理, 定期体检制度
_NO_TIME = expression(r"(?:机制|制度|管理|监管|工作|建设|体系|服务|检查|培训|活动|项目)$")
# Nor is one in a sentence: （二）强化督导检查。定期通报情况。 and 需定期处理；
_SENTENCE = expression(r"[。；;].|[；;]$|.{21}")


class _Names:
    """What a room above this one knows of the names of units (`hand_in`)."""

    is_unit: Callable[[str], bool] = staticmethod(lambda name: False)
    are_units: Callable[[str], bool] = staticmethod(lambda text: False)


def hand_in(is_unit: Callable[[str], bool], are_units: Callable[[str], bool]) -> None:
    """Take in who knows names: whether one is that of a unit, whether a text is a list of known
    units with role words, known or not. This room knows of names only what they look like."""
    _Names.is_unit = staticmethod(is_unit)
    _Names.are_units = staticmethod(are_units)


def is_known_unit(name: str) -> bool:
    """Tell whether a name is that of a known unit."""
    return _Names.is_unit(name)


def are_known_units(text: str) -> bool:
    """Tell whether a text is a list of known units, its role words known or not."""
    return _Names.are_units(text)


def is_number(text: str) -> bool:
    """Tell whether a cell is the number of a task: 1, 12, （三）, 2.1."""
    return bool(NUMBER.match(squash(text)))


def is_units(text: str) -> bool:
    """Tell whether a text is a list of units and nothing else: 市民政局、市财政局, 区卫健委牵头."""
    return count_units(text) > 0


@remembered(1 << 14)  # the cells of a table are looked at again from each of its rows
def count_units(text: str) -> int:
    """Return the number of units in a text that is a list of them and nothing else; else 0."""
    words = _bare(simplify(text).translate(_MARKS))
    if not words or len(words) > 400 or re.search("[。！？:：]", words):
        return 0
    while len(bare := _BRACKETED.sub("", words)) < len(words):
        words = bare
    parts = [part for part in _SEPARATORS.split(words) if part]
    return len(parts) if all(map(_is_unit, parts)) else 0


# ★市民政局, 区民政局▲: marks beside a name, which a note explains
_MARKS = str.maketrans("", "", "".join(roles.MARKS))
# （市民政局牵头）: a bracket around all of a list
_AROUND = expression(r"[（(]([^（()）]*)[)）]")


def _bare(text: str) -> str:
    """A list without the stops at its ends and the bracket around it."""
    words = text.strip("。；;，, ")
    around = _AROUND.fullmatch(words)
    return (around[1] if around else words).strip("。；;，, ")


LONGEST_NAME = 22
"""Characters of a name of a unit."""


def _is_unit(part: str) -> bool:
    return _looks_like_unit(part) or (1 < len(part) <= LONGEST_NAME and is_known_unit(part))


# 对排名前三的乡镇, 将…, 把…: what is done with a unit; not 对外经济合作局, 对口支援办
_TO_WHOM = expression("对(?![外口台])|[给将把]")


def _looks_like_unit(part: str) -> bool:
    role = ROLE_END.search(part)
    if role and not role.start():
        return True
    name = part[: role.start()] if role else part.removesuffix("等")
    name = name.removesuffix("等").removeprefix("由")
    if _TO_WHOM.match(name):
        return False
    if len(name) > LONGEST_NAME or (_TASK.match(name) and len(name) > 7) or re.search(r"\d", name):
        return False
    looks_so = bool(NAME_END.search(name) or _ANYONE.match(name))
    return len(name) > 1 and (looks_so or (name != part and is_known_unit(name)))


def is_role_list(text: str) -> bool:
    """Tell whether a text is a list of units with a role word: 市民政局牵头，市财政局配合."""
    words = simplify(text).strip("。；;，, ")
    # 列第一位者为牵头单位，下同 is said once, of all lists
    words = re.split(r"[。；;](?=列|排)", words)[0]
    return bool(ROLE_END.search(words)) and is_units(words)


@remembered(1 << 14)
def is_deadline(text: str) -> bool:
    """Tell whether a cell is a deadline, as the grammar reads it: 12月底前, 9月投入使用,
    长期坚持."""
    words = squash(simplify(text))
    if not 0 < len(words) <= 30 or words.endswith(("：", ":")) or is_units(text):
        return False
    times = [time for time in deadline_phrases.in_cell(words, None) if time.kind]
    if (
        _TIME_UNREAD.search(words)
        or _PART_UNREAD.match(words)
        or any(time.precision for time in times)
    ):
        return True
    return bool(times) and not _SENTENCE.search(words) and not _NO_TIME.search(words)


def is_heading(text: str) -> bool:
    """Tell whether a line may be a heading: short, and no sentence."""
    words = squash(text)
    return 1 < len(words) <= 40 and words[-1] not in "。；;，,！？?!"
