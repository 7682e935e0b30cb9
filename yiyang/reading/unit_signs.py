"""Find the units of a printed document, independently of the layouts: lists of them, the brackets
and labels that hold them, and the clauses that say who answers for something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yiyang.agencies import crosswalk
from yiyang.core.text import remembered, simplify
from yiyang.safety.later import expression

# What a list of units consists of: 市民政局, 各区县, 有关部门, 县残联, 移动公司
_NAME = "[一-鿿A-Za-z“”]"
_ENDS = (
    r"(?:[局委厅部办院署组处站行社队所校台馆室联镇乡县区市州盟旗会团司厂岗庭]|中心|政府|公司|集团|企业|单位"
    r"|部门|机构|专班|指挥部|街道|园区|海关|机关|银行|电网|各地)"
)
_UNIT = expression(rf"{_NAME}{{1,24}}{_ENDS}等?")
_UNIT_AT_END = expression(rf"{_NAME}{{1,24}}?{_ENDS}等?$")
# A list is cut at its marks, and each name asked for by itself: one pattern for whole lists would
# try every 和 as a mark and as a part of a name, in all combinations.
_MARK = expression(r"[、,;/]|以及|会同|(?<=[局委厅部办会府])[和与及]")
_LAST = frozenset(
    "局委厅部办院署组处站行社队所校台馆室联镇乡县区市州盟旗会团司厂岗庭心府业位门构班道关网地等)"
)
_IN_BRACKETS = expression(r"(?<=[一-鿿])\([^()]{1,24}\)")


@remembered(1 << 12)  # each cell is asked about as a cell, as a text and as words behind a number
def is_units(text: str) -> bool:
    """Tell whether a text is a list of names with the endings of units, and nothing else."""
    words = text.rstrip("。;")
    if words[-1:] not in _LAST:  # most texts end otherwise, and are asked no further
        return False
    names = _MARK.split(_IN_BRACKETS.sub("", words))
    return all(name[-1:] in _LAST and _UNIT.fullmatch(name) for name in names)


def _list_at_end(text: str) -> int | None:
    """Where the list of units begins with which a text ends; None where it ends with no unit."""
    start, end = None, len(text)
    for mark in (*reversed([*_MARK.finditer(text)]), None):
        begin = mark.end() if mark else 0
        name = _IN_BRACKETS.sub("", text[begin:end])
        if not _UNIT.fullmatch(name):
            last = _UNIT_AT_END.search(text, begin, end)
            return last.start() if last else start
        start, end = begin, mark.start() if mark else 0
    return start


# What a unit does for a task, known or not: 牵头, 承担, 督促落实, 组织实施, 兜底保障
_DOES = (
    r"牵头|主办|主责|主抓|责任|负责|落实|承担|承办|承接|主管|统筹|指导|监督|督办|督促|督导|督查|推进|推动|实施"
    r"|执行|办理|经办|协办|配合|协同|协作|协助|协调|参与|参加|参建|支持|支撑|保障|考核|组织|会办|会同|包抓|包保|跟进|对接|抓好|联办"
)
_BODY = (
    r"单位|部门|机构|主体|处室|科室|股室|委办局|领导|责任人|负责人|联系人"
    r"|区县|县区|乡镇|镇街|街镇|街道|园区|社区|村居|班组|专班|小组|[大支中]队|企业|公司|学校|院系|庭室|岗位"
)
_DOING = (
    rf"[一-鿿]{{0,4}}?(?:{_DOES})[一-鿿和与及/]{{0,6}}?"
    rf"(?:\([^()]{{1,8}}\))?(?:{_BODY})[一-鿿]{{0,2}}?"
)
_TIMES = (
    "[一-鿿]{0,4}(?:时限|时间节点|时间安排|时间要求|完成时间|期限|进度安排|序时进度|节点|时点"
    "|(?:完成|办结|整改|交付|截止|销号|建成|竣工|目标|计划)(?:日期|年月))"
    "[一-鿿]{0,2}"
)
_SHORT = "牵头|主办|配合|协办|协同|责任|落实|分工|[一-鿿]{2}分工"
# A role word that nobody knows ends so all the same: 兜揽单位：
_ANY = r"[一-鿿]{1,8}?(?:\([^()]{1,8}\))?(?:单位|部门|处室|科室|股室|领导|责任人|负责人|联系人)"
# 责任单位：, 牵头考核单位:, 完成时限：, 【配合部门】, 部门分工：
_LABEL = expression(
    rf"(?:\((?:{_DOING}|{_TIMES}|{_SHORT}):?\)|(?:{_DOING}|{_TIMES}|{_SHORT}|{_ANY}):)$"
)
# Where a label may end, and how far before it begins; a word that each of them holds, and how far
# before the end that word begins.
_LABEL_END = expression(r"[:)]")
_IN_LABEL = expression(
    "单位|部门|机构|主体|[处科股]室|委办局|领导|责任|负责|联系人|时限|时间|期限|进度|节点|牵头|主办|配合|协|落实|分工"
)
_LABEL_LENGTH = 24
_WORD_LENGTH = 9
# (市民政局牵头,市财政局配合), (责任单位:…), (各区县、有关部门)
_BRACKET = expression(r"\(((?:[^()]|\([^()]{0,60}\)){2,300})\)")
# 市民政局负责落实, 由市财政局牵头: units and what they do, at the end of a clause
_ROLE_END = expression(rf"(?:{_DOES}|各负其责)(?:工作)?(?=[、,。;:)]|$)")
# 按职责分工负责, 分别牵头, 兜底: what stands between units and the end of their clause
_DOING_AT_END = expression(
    rf"(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|联合|各负其责|{_DOES}){{0,12}}[一-鿿]{{0,3}}$"
)
_DOES_AT_END = expression(rf"(?:{_DOES}){{1,12}}$")
_CLAUSE_MARKS = "。;:(),"
_HAS_ROLE = expression(rf"(?:{_DOES})(?:{_BODY})?(?:[、,。;:)]|$)")


# 迁建县政务服务中心: what is done to a place is no unit
DONE_TO = expression(
    "^(?:新建|迁建|改建|扩建|建设|建成|改造|完成|推进|推动|加强|开展|实施|启动|提升|打造|建立|健全|完善|优化|支持|创建"
    "|将|向|对|按|为|在|组织|指导|督促|协调|抄送|报|新增|增加|举办|发放|设立|设置|培训|制定|编制|落实)"
)


def is_list(text: str) -> bool:
    """Tell whether a text that has the form of a list of units is one: two of them, or a known
    name."""
    return not DONE_TO.match(text) and (bool(re.search("[、,;]", text)) or _named(text))


_NOBODY = expression("(?:各|有关|相关|全市|全县|全区).{0,6}(?:单位|部门|镇|乡|县|区|街道|政府)")


def _named(text: str) -> bool:
    """Whether a text holds a name known as an agency, or nobody by name (各部门, 有关单位)."""
    return bool(named_in(text)) or bool(_NOBODY.search(text))


_NAME_END = expression(r"[局委厅部办院府会司署院团]$")


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a bracket that holds one known name stands at an end of a text, and no name before
    it: 改造管网（市住建局）, （区教育局）新建学校."""
    inside = text[start + 1 : end - 1]
    names = named_in(inside)
    is_at_end = not start or not text[end:].rstrip("。;")
    is_name = bool(names) and names[-1][1] == len(inside) and names[0][0] <= 3
    return is_name and is_at_end and not _NAME_END.search(text[max(start - 1, 0) : start])


def _holds_units(inside: str) -> bool:
    if labels(inside):
        return True
    words = inside.rstrip("。;")
    return bool(
        _are_roles(words)
        or (_HAS_ROLE.search(words) and _UNIT.search(words) and _named(words))
        or (is_units(words) and re.search("[、,;]", words) and _named(words))
    )


def brackets(text: str) -> Iterator[tuple[int, int]]:
    for match in _BRACKET.finditer(text):
        if _holds_units(match[1]) or _is_alone(text, *match.span()):
            yield match.span()


# 发布机构：, 索引单位：: what a page says of itself
_ABOUT = expression("发布|发文|制发|公开|印发|索引|填报|来源|信息|文件|编制机构")
# 各有关单位:《…》已经同意: whom a notice is for; (包括牵头单位自身): who else is meant
_TO_WHOM = expression("各[^:]{0,10}:$")
_LETTER = expression("《|现将|现就|为[了贯加进推切]|根据|按照|经[^理济常营]")
_ALSO = expression(r"\((?:包括|包含|含|即|如|除)")
_ENDS_LIST = expression(r"[。]|;(?=[^;]{0,12}:)")


def labels(text: str) -> list[tuple[int, int]]:
    """Return the labels of a text, each with the list behind it: up to the next label, or the end
    of the sentence."""
    found: list[tuple[int, int]] = []
    for mark in _LABEL_END.finditer(text):
        begin = max(mark.start() - _LABEL_LENGTH, found[-1][1] if found else 0)
        if not _IN_LABEL.search(text, max(begin, mark.end() - _WORD_LENGTH), mark.end()):
            continue
        match = _LABEL.search(text[begin : mark.end()])
        if match and not _is_other(match[0], text[mark.end() :]):
            found.append((begin + match.start(), mark.end()))
    spans = []
    for n, (start, end) in enumerate(found, 1):
        following = found[n][0] if n < len(found) else len(text)
        stop = _ENDS_LIST.search(text, end)
        spans.append((start, min(following, stop.start() if stop else len(text), end + 300)))
    return spans


def _is_other(label: str, behind: str) -> bool:
    """Whether words like those of a label say something else: of the page, for whom, who else."""
    is_letter = bool(_TO_WHOM.search(label) and _LETTER.match(behind))
    return is_letter or bool(_ABOUT.search(label) or _ALSO.match(label))


# 区水务局:加强河道巡查, 1.区水务局:…: who is to do what follows; no address of a notice
_IN_FRONT = expression(
    r"(?:\(?[\d一二三四五六七八九十]{1,3}[.、)]{1,2})?([^:,。;()]{3,40}):(?=[^:]{6})(?!你|根据|经研究|现将)"
)


def roles(text: str) -> Iterator[tuple[int, int]]:
    """Return the clauses that begin with units and end with what these do."""
    if not _named(text):
        return
    if in_front := _IN_FRONT.match(text):
        names = named_in(in_front[1])
        if names and names[-1][1] == len(in_front[1]) and is_units(in_front[1]):
            yield in_front.span(1)
    for mark in _ROLE_END.finditer(text):
        begin = max(mark.start() - 120, 0)
        begin = max([begin, *(text.rfind(c, begin, mark.start()) + 1 for c in _CLAUSE_MARKS)])
        clause = text[begin : mark.start()]
        units = _units_of(clause)
        if units is not None and _named(clause[units:]):
            yield begin + units, mark.end()


def _units_of(clause: str) -> int | None:
    """Where the units begin in a clause that ends with what they do; None where it has none."""
    doing = _DOING_AT_END.search(clause)
    for end in range(doing.start() if doing else len(clause), len(clause) + 1):
        start = _list_at_end(clause[:end])
        if start is not None:
            return start - 1 if start and clause[start - 1] == "由" else start
    return None


def _are_roles(inside: str) -> bool:
    """Whether a text is nothing but units and what each does: 区中医院承担,区卫健委指导."""
    for clause in re.split("[,;]", inside):
        does = _DOES_AT_END.search(clause)
        if not does or not is_units(clause[: does.start()].removeprefix("由")):
            return False
    return True


@cache
def known_names() -> dict[str, tuple[str, ...]]:
    """Return the first two characters of the names of the crosswalk -> these names, the longest
    first."""
    listed = {simplify(name) for name in crosswalk.listed() if len(name) > 2}
    names = sorted(listed, key=lambda name: (len(name), name))
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        found[name[:2]] = (name, *found.get(name[:2], ()))
    return found


@cache
def _names() -> re.Pattern[str]:
    """The known names in one pattern, those that begin alike together and the longest first."""
    begun: dict[str, list[str]] = {}
    for name in (name for names in known_names().values() for name in names):
        begun.setdefault(name[0], []).append(name)
    return re.compile(
        "|".join(
            re.escape(first)
            + "(?:"
            + "|".join(re.escape(name[1:]) for name in sorted(names, key=lambda n: (-len(n), n)))
            + ")"
            for first, names in begun.items()
        )
    )


@remembered(1 << 13)  # the units of a list stand in many of its rows
def named_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of known names in a text, from the left, the longest name at each place."""
    return tuple(match.span() for match in _names().finditer(text))
