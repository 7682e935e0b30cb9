"""Read the sentences by which a document states once what holds for all its tasks.

排在前两位的为牵头单位, 加粗的为牵头单位: which units of every list have which role.
凡未注明时限的于11月底前完成, 标△的于6月底前完成: by when tasks are due that do not say so.
A rule is made of what it picks and of what it says of that; both are found by the words that such
sentences are composed of. What is not read here is still seen by the account of signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yiyang.core.text import remembered, simplify
from yiyang.grammar import roles


class Pick(NamedTuple):
    """What a rule picks: the `first` so many units, those `before`, `behind` a sign or `inside`
    brackets, those beside a `mark`, those of a `look` (`bold`); tasks with a `mark` or that say no
    time (`unstated`); the `rest`; `all`."""

    kind: str
    value: str = ""


class RoleRule(NamedTuple):
    """Words of a text from `begin` to `end`: what is picked has the role, the others another
    (empty: none is said)."""

    begin: int
    end: int
    pick: Pick
    role: str
    others: str = ""


class TimeRule(NamedTuple):
    """Words of a text from `begin` to `end`, and `time`: those in which the day stands."""

    begin: int
    end: int
    pick: Pick
    time: str


LOOKS = {
    "bold": "加粗|粗体|黑体|加黑",
    "underline": "下划线|划线|底线",
    "italic": "斜体|倾斜",
    "red": "标红|红字|红色|红体",
}
"""How type may look that a rule picks, and the words for it."""
_SIGNS = {"分号": ";", "顿号": "、", "逗号": ",", "斜杠": "/", "斜线": "/", "冒号": ":"}
_MANY = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_QUOTED_SIGN = r"[“\"「'‘](?P<sign>[；;、，,/：:])[”\"」'’]"
_WHERE = "(?:之|以)?(?P<side>前|后)"
# 其余, 未加粗的, 没有标★的, 无分号的: what a rule leaves
_REST = (
    r"其[余他它]|剩余|余下"
    rf"|(?:未|没有?|不|无|非)[^，,。；;：:]{{0,4}}?(?:粗|黑体|红|线|号|斜|[{re.escape(roles.MARKS)}◇◎■])"
)
_MARK = rf"(?P<mark>[{re.escape(roles.MARKS)}◇◎■])"
_OF_UNITS = re.compile(
    rf"(?P<rest>{_REST})|[排列]?名?在?前(?P<n>[二两三四五2-5])(?:位|个|名|家)"
    r"|(?P<first>(?:[列排]名?在?(?:第一|首|最前)|(?:第一|首)(?:位|个|名|家))(?![、和及至到或—-]*第?[一二两三2-5]))"
    rf"|(?:{_QUOTED_SIGN}|(?P<word>{'|'.join(_SIGNS)})){_WHERE}|括号(?:之|以)?(?P<io>内|里|中|外)"
    + "".join(f"|(?P<{look}>{words})" for look, words in LOOKS.items())
    + f"|{_MARK}"
)
_ROLE = (
    "(?:牵头|主办|主责|责任|负责|配合|协办|协助|参与|参加|支持|会办|协同)"
    "(?![人制心感田区]|同志|领导)"
)
# 为牵头单位, 是该项任务的主办部门, 即牵头, 的配合
_IS_ROLE = re.compile(
    rf"(?:为|是|即|系|属于?|代表|表示|指|的|均|者)[^，,；;。：:]{{0,8}}?(?P<role>{_ROLE}(?:责任)?)(?:单位|部门|者|方|机构)?"
)
# 其余配合: behind what is left the word may stand alone
_ROLE_ALONE = re.compile(
    rf"(?:的|责任|单位|部门|者|均|都|按照?|依据?|各自|职责|职能|分工|做好|积极|共同){{0,6}}(?P<role>{_ROLE})(?:单位|部门)?[)）]?$"
)
# Sentences end at 。 and at the ends of lines and cells; a ； in quotation marks is spoken of.
_SENTENCE = re.compile(r"[^。\n\t]{4,300}")
# 前为牵头单位、后为配合单位: a 、 before the other side parts two clauses
_CLAUSE = re.compile(
    r"(?:[“\"「'‘][；;、，,/：:][”\"」'’]|、(?![前后内外其未非没括分])|[^，,；;：:、])+"
)
_OTHER_SIDE = re.compile("(?P<side>[前后内外])(?:面|边)?(?:的|者|单位|部门){0,2}(?=为|是|即|系)")
_OPPOSITE = {"before": "behind", "behind": "before", "inside": "outside", "outside": "inside"}
_HINT = re.compile(rf"{_ROLE}")


@remembered(1 << 12)
def of_roles(printed: str) -> tuple[RoleRule, ...]:
    """Return the rules of a text that say which units of every list have which role.

    加粗的为牵头单位，其余为配合单位: bold type leads, the others support.
    """
    text = simplify(printed)
    if not _HINT.search(text):
        return ()
    return tuple(rule for s in _SENTENCE.finditer(text) for rule in _roles_in(s[0], s.start()))


def _roles_in(sentence: str, start: int) -> Iterator[RoleRule]:
    said: list[tuple[Pick, str]] = []
    pick: Pick | None = None
    spans = []
    for clause in _CLAUSE.finditer(sentence):
        match = _OF_UNITS.search(clause[0])
        pick = _pick(match) if match else pick
        if said and not match and _OTHER_SIDE.match(clause[0]):
            last = said[-1][0]
            pick = Pick(_OPPOSITE.get(last.kind, ""), last.value)
        at = match.end() if match else 0
        word = _IS_ROLE.search(clause[0], at)
        if match and pick and pick.kind == "rest":
            word = word or _ROLE_ALONE.match(clause[0], at)
            if not word and _HINT.search(clause[0], at):
                return  # what is said of the others was not read
        if pick and word:
            said.append((pick, roles.of(word["role"]) or "other"))
            end = clause.start() + len(clause[0].rstrip(")） "))
            spans += [clause.start() + (match.start() if match else 0), end]
            pick = None
    own = [(one, role) for one, role in said if one.kind != "rest"]
    if not own or len(_IS_ROLE.findall(sentence)) > len(said):
        return  # none, or the sentence says more than was read
    others = next((role for one, role in said if one.kind == "rest"), "")
    behind = [role for one, role in own[1:] if _is_other_side(own[0][0], one)]
    span = start + min(spans), start + max(spans)
    for one, role in own[:1] if behind else own:
        left = (*behind, others)[0]
        if left or role != "responsible":  # all units of such a list are responsible ones
            yield RoleRule(*span, one, role, left)


def _is_other_side(one: Pick, other: Pick) -> bool:
    """Whether two picks are the two sides of one sign: before and behind a semicolon."""
    sides = {one.kind, other.kind}
    return one.value == other.value and sides in ({"before", "behind"}, {"inside", "outside"})


def _pick(match: re.Match[str]) -> Pick:
    if match["rest"]:
        return Pick("rest")
    if match["n"]:
        return Pick("first", str(_MANY.get(match["n"]) or int(match["n"])))
    if match["first"]:
        return Pick("first", "1")
    if match["side"]:
        sign = _SIGNS.get(match["word"] or "") or match["sign"].translate(
            str.maketrans("；，：", ";,:")
        )
        return Pick("before" if match["side"] == "前" else "behind", sign)
    if match["io"]:
        return Pick("outside" if match["io"] == "外" else "inside", "()")
    look = next((look for look in LOOKS if match[look]), "")
    return Pick("look", look) if look else Pick("mark", match["mark"])


# 未注明完成时限的, 没有明确时间的, 如无特殊说明, 除另有说明外, 除已注明时限的任务外
_UNSTATED = (
    r"(?:未|没有?|无|不)(?:另行?|单独|单列|具体|特别|特殊|明确|作出?|有|在表中)*"
    r"(?:注明|标明|明确|列明|规定|载明|写明|标注|说明|设定|填写|列出|约定|确定)"
    r"(?:(?:完成|办理|具体|办结)*(?:时限|时间|期限|日期|节点|要求))?"
    r"|(?:未|没有?|无)[^，,。；;：:]{0,4}(?:时限|期限|完成时间|时间要求)"
    r"|除(?:另有|特别|特殊|已有?|有|表中)[^，,。；;：:]{0,12}(?:外|以外)"
)
_THINGS = "(?:任务|工作|事项|措施|项目|举措|条目|内容|指标)"
_OF_TASKS = re.compile(
    rf"(?P<unstated>{_UNSTATED})|(?P<rest>{_REST})|{_MARK}"
    rf"|(?P<all>(?:以[上下]|上述|下列|所列|本表|本清单|本方案|表中|全部|所有|各项|各类)[^，,。；;：:]{{0,8}}{_THINGS}"
    r"[^，,。；;：:]{0,6}?(?:均|都|一律|统一|全部))"
)
# 于2026年11月底前完成, 完成时限均为12月底: what such a rule says of its tasks
_IS_DUE = re.compile(r"完成|办结|办完|落实到位|建成|到位|时限|期限|截止|竣工|整改到位")
# 每月25日前报送进展: what is to be handed in, not done
REPORTED = re.compile(r"报送|上报|汇报|反馈|报告|填报|报[至市县区省我局办]|反映|公示|提交|报备")


@remembered(1 << 12)
def of_times(printed: str) -> tuple[TimeRule, ...]:
    """Return the rules of a text that say by when tasks are due which do not say so themselves.

    标△的任务于6月30日前完成，其余任务于12月31日前完成: two rules.
    """
    text = simplify(printed)
    if not _IS_DUE.search(text):
        return ()
    return tuple(rule for s in _SENTENCE.finditer(text) for rule in _times_in(s[0], s.start()))


def _times_in(sentence: str, start: int) -> Iterator[TimeRule]:
    pick: Pick | None = None
    begin = 0
    has_own = False
    for clause in _CLAUSE.finditer(sentence):
        chosen = _OF_TASKS.search(clause[0])
        # 除已注明时限的外，其余均…: the rest of what the clause before picks out
        if chosen and not (pick and pick.kind == "unstated" and chosen["rest"]):
            pick, begin = _of_tasks(chosen), clause.start() + chosen.start()
        rest = clause[0][chosen.end() if chosen else 0 :]
        is_due = _IS_DUE.search(rest) and re.search(r"[年月日季度底]", rest)
        if not pick or not is_due or REPORTED.search(rest):
            continue
        if pick.kind != "rest" or has_own:
            end = clause.start() + len(clause[0].rstrip(")） "))
            yield TimeRule(start + begin, start + end, pick, rest)
            has_own = True
        pick = None


def _of_tasks(match: re.Match[str]) -> Pick:
    if match["mark"]:
        return Pick("mark", match["mark"])
    return Pick(next(kind for kind in ("unstated", "rest", "all") if match[kind]))
