"""Read the sentences by which a document states once what holds for all its tasks.

排在前两位的为牵头单位, 加粗的为牵头单位: which units of every list have which role.
凡未注明时限的于11月底前完成, 标△的于6月底前完成: by when tasks are due that do not say so.
A rule is made of what it picks and of what it says of that; both are found by the words that such
sentences are composed of. What is not read here is still seen by the account of signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yiyang.core.text import remembered, simplify
from yiyang.grammar import roles
from yiyang.safety.later import expression


class Pick(NamedTuple):
    """What a rule picks: the `first` so many units, those `before`, `behind` a sign or `inside`
    brackets, those beside a `mark`, those of a `look` (`bold`), the `others` than some; tasks with
    a `mark` or that say no time (`unstated`); the `rest`; `all`."""

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
    """Words of a text from `begin` to `end`, and `time`: those in which the day stands. `reach`:
    whether it is about the tasks `above` it, `below`, of its `table` or `section` (empty: all)."""

    begin: int
    end: int
    pick: Pick
    time: str
    reach: str = ""


LOOKS = {
    "bold": "加粗|粗体|黑体|加黑",
    "underline": "下划线|划线|底线",
    "italic": "斜体|倾斜",
    "red": "标红|红字|红体|红色",
}
"""How type may look that a rule picks, and the words for it."""
_SIGNS = {"分号": ";", "顿号": "、", "逗号": ",", "斜杠": "/", "斜线": "/", "冒号": ":"}
_MANY = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_QUOTED_SIGN = r"[“\"「'‘](?P<sign>[；;、，,/：:])[”\"」'’]"
_WHERE = "(?:之|以)?(?P<side>前|后)"
# 其余, 未加粗的, 没有标★的, 无分号的: what a rule leaves
_REST = (
    r"其[余他它]|剩余|余下"
    rf"|(?:未|没有?|不|无|非)[^，,。；;：:]{{0,4}}?(?:粗|黑体|红|线|号|斜|[{re.escape(roles.MARKS)}◇◎■])"
)
_MARK = rf"(?P<mark>[{re.escape(roles.MARKS)}◇◎■])"
_OF_UNITS = expression(
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
_COPULA = "(?:(?:均|都|则|一律)?(?:为|是|即为?|系|属于?|代表|表示|指|作为))"
# 牵头或汇总单位: what who leads does besides
_NOUN = "(?:[或和及兼](?:汇总|统稿|联络|协调|总协调|报送|答复))?(?:责任)?(?:单位|部门|者|方|机构)"
# What stands between a pick and what is said of it: 加粗[的单位均]为, 排在第一[位的]是
_STAND = (
    r"[”\"」'’]?(?:[位个名家]|[之栏面边]|标?[号识]|字体?|标[出注示明记识]|列[出示]|显示|所列|部分|的|者|责任|单位|部门|机构){0,6}"
    r"[”\"」'’]?"
)
# 为牵头单位, 是该项任务的主办部门, 即牵头: a copula and a noun of role; 给予支持 is none
_IS_ROLE = expression(
    rf"{_STAND}{_COPULA}[^，,；;。：:]{{0,8}}?(?P<role>{_ROLE})(?:{_NOUN}|(?=[)）]|$))"
)
# 分号前的牵头: behind a sign the word may end the clause
_OF_SIGN = expression(rf"{_STAND}(?<=[的者位门])(?P<role>{_ROLE})(?:{_NOUN})?[)）]?$")
# 其余配合, 其余有关单位为配合单位: behind what is left the word may stand alone
_OF_REST = expression(
    r"(?:的|者|责任|单位|部门|各|有关|相关|成员|所列|均|都|按照?|依据?|各自|职责|职能|分工|做好|积极|共同|标[注示明记识]|[号字体”\"’]){0,8}"
    rf"(?:{_COPULA}[^，,；;。：:]{{0,8}}?)?(?P<role>{_ROLE})(?:{_NOUN})?[)）]?$"
)
# 为牵头单位, 的支持: whatever a sentence may say of roles
_MAY_SAY = expression(
    rf"(?:为|是|即|系|属于?|代表|表示|指|的|均|者)[^，,；;。：:]{{0,8}}?{_ROLE}(?:责任)?"
    # 任务的责任单位中, 列首位的责任单位为: no word of what is said of them
    "(?:(?:单位|部门|者|方|机构)(?![中里内栏为是均])|(?!单位|部门|者|方|机构))"
)
# A rule is about the lists (注：责任单位中…, 各项任务…), or it begins with its pick (加粗的为…).
_ANCHOR = expression(
    r"注|说明|责任[单部]|(?:单位|部门)[栏列”]|任务|事项|下同|本表|表[中内]|文中|清单|名单|各栏"
)
_BEGINS = expression(r"(?:^|[(（：:])(?:其中|凡是?|用|以|带有?|标有?|印|加|有|[“\"‘'\s]){0,3}$")
# 考核排名第一的, 摆在首位: a place that is won, or is no list's
_WON = expression(
    r"考核|得分|成绩|评[比选估价]|绩效|竞赛|综合|全(?:国|省|市|县|区|州)|[摆放]在|位居|名列"
)
# Sentences end at 。 and at the ends of lines and cells; a ； in quotation marks is spoken of.
_SENTENCE = expression(r"[^。\n\t]{4,300}")
# 前为牵头单位、后为配合单位: a 、 before the other side parts two clauses
_CLAUSE = expression(
    r"(?:[“\"「'‘][；;、，,/：:][”\"」'’]|、(?![前后内外其未非没括分])|[^，,；;：:、])+"
)
_OTHER_SIDE = expression("(?P<side>[前后内外])(?:面|边)?(?:的|者|单位|部门){0,2}(?=为|是|即|系)")
_OPPOSITE = {"before": "behind", "behind": "before", "inside": "outside", "outside": "inside"}
_HINT = expression(rf"{_ROLE}")
# 以下各项任务均由市卫生健康委牵头; 以上任务均由… is read with the items above it
BY_ONE = expression(
    r"(?<![上述])(?P<below>以下|下列|后列)?(?:本表|本清单|本方案|清单|表中)?(?:所列|各项|全部|所有|的){0,2}(?:重点|主要)?"
    r"(?:工作)?(?:任务|工作|事项|措施|项目)(?:均|都|一律|统一)由(?P<units>[^，,。；;：:（()）]{2,60}?)"
    r"(?P<role>牵头|主办|主责|负责)(?:负责|组织|抓总|落实|实施|推进){0,2}(?=[，,。；;）)\n]|$)"
)
"""A sentence by which the same units lead all tasks, or answer for them."""


@remembered(1 << 12)
def of_roles(printed: str) -> tuple[RoleRule, ...]:
    """Return the rules of a text that say which units of every list have which role.

    加粗的为牵头单位，其余为配合单位: bold type leads, the others support.
    """
    text = simplify(printed)
    if not _HINT.search(text):
        return ()
    return tuple(rule for s in _SENTENCE.finditer(text) for rule in _roles_in(s[0], s.start()))


def _roles_in(whole: str, start: int) -> Iterator[RoleRule]:
    sentence = BY_ONE.sub(lambda match: " " * len(match[0]), whole)  # says nothing of the lists
    said: list[tuple[Pick, str]] = []
    pick: Pick | None = None
    begin = 0
    spans = []
    for clause in _CLAUSE.finditer(sentence):
        match = _OF_UNITS.search(clause[0])
        side = None if match or not said else _OTHER_SIDE.match(clause[0])
        if match:
            before = sentence[: clause.start() + match.start()]
            is_of_lists = _is_of_lists(whole, before, match, goes_on=bool(said))
            pick = _pick(match) if is_of_lists else None
            begin = clause.start() + match.start()
        elif side:
            last = said[-1][0]
            pick = Pick(_OPPOSITE.get(last.kind, ""), last.value)
        at = match or side
        word = _word(pick, clause[0], at.end() if at else 0) if pick else None
        if match and match["rest"] and not word and _HINT.search(clause[0], match.end()):
            return  # what is said of the others was not read
        if pick and word:
            said.append((pick, roles.of(word["role"]) or "other"))
            end = clause.start() + len(clause[0].rstrip(")） "))
            spans += [begin, end]
        if word or not match:
            pick = None  # it holds for the clause behind its own at most
    yield from _settled(sentence, said, (start + min(spans), start + max(spans)) if spans else ())


def _is_of_lists(sentence: str, before: str, match: re.Match[str], *, goes_on: bool) -> bool:
    """Whether what is picked stands in the lists, as 对综合排名前三位的乡镇 does not."""
    if (match["n"] or match["first"]) and _WON.search(before):
        return False
    return bool(goes_on or match["rest"] or _BEGINS.search(before) or _ANCHOR.search(sentence))


def _word(pick: Pick, clause: str, at: int) -> re.Match[str] | None:
    """The role that a clause says of what was picked, right behind it."""
    if pick.kind == "rest":
        return _OF_REST.match(clause, at)
    word = _IS_ROLE.match(clause, at)
    return word or (None if pick.kind == "first" else _OF_SIGN.match(clause, at))


def _settled(
    sentence: str, said: Sequence[tuple[Pick, str]], span: tuple[int, ...]
) -> Iterator[RoleRule]:
    own = [(one, role) for one, role in said if one.kind != "rest"]
    if not own or len(_MAY_SAY.findall(sentence)) > len(said):
        return  # none, or the sentence says more than was read
    others = next((role for one, role in said if one.kind == "rest"), "")
    behind = [role for one, role in own if _is_other_side(own[0][0], one)]
    for one, role in own[:1] if behind else own:
        left = (*behind, others)[0]
        if left or role != "responsible":  # all units of such a list are responsible ones
            yield RoleRule(span[0], span[1], one, role, left)


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


_SAID = "(?:注明|标明|明确|列明|规定|载明|写明|标注|说明|设定|填写|列出|约定|确定)"
_TIME_NOUN = "(?:完成|办理|办结|整改)?(?:时限|时间|期限|日期)(?:节点)?"
# 未注明完成时限的, 没有明确时间的, 时限未注明的, 如无特殊说明, 除另有说明外, 除已注明时限的任务外;
# 未明确联络员的 and 除特殊天气外 are about other things
_UNSTATED = (
    rf"(?:未|没有?|无|不)(?:另行?|单独|单列|具体|作出?|有|在表中)*{_SAID}?(?:具体)?{_TIME_NOUN}的?"
    rf"|{_TIME_NOUN}[”\"’」]?(?:一?[栏列项]|单元格)?(?:内|中)?(?:未{_SAID}|没有{_SAID}|为?空白|为空|留空|空缺|空着)的?"
    r"|(?:未|没有?|无)(?:另有?|另行|其[他它]|特别|特殊)(?:说明|注明|规定|要求|标注)的?"
    r"|除(?:另有|有?特别|有?特殊)(?:说明|注明|规定|要求|标注)(?:的?(?:任务|事项|工作|项目)|的|者)?(?:之?外|以外)"
    rf"|除(?:已有?|有|表中)*(?:{_SAID}|具体)*{_TIME_NOUN}(?:的?(?:任务|事项|工作|项目)|的|者)?(?:之?外|以外)"
)
_THINGS = "(?:任务|工作|事项|措施|项目|举措|条目|内容|指标)"
_KINDS = "(?:所列|各项|全部|所有|重点|主要|目标|年度|具体|整改|民生|实事|的)"
_OF_TASKS = expression(
    rf"(?P<unstated>{_UNSTATED})|(?P<rest>{_REST})|{_MARK}"
    rf"|(?P<all>(?:以[上下]|上述|下列|所列|本表|本清单|本方案|表中|全部|所有|各项|各类){_KINDS}{{0,4}}{_THINGS}{{1,2}}"
    r"(?:清单|原则上|应当?|须|需){0,3}(?:均|都|一律|统一|全部))"
)
# 以上任务, 下列各项, 以上未注明时限的, 本表: 50%以上 is none
_ARE_TASKS = rf"(?:{_KINDS}|{_THINGS}|各|(?=凡?[未没无]))"
_REACH = expression(
    rf"(?P<above>(?:以上|上述){_ARE_TASKS})|(?P<below>(?:以下|下列){_ARE_TASKS})"
    "|(?P<table>[本上下]表|表[中内])|(?P<section>本(?:部分|章|节|类))"
)
# What may stand before the day of a rule: the tasks and nothing else. 防汛物资储备于 and
# 由县督查室 are about others.
_LEAD = (
    rf"(?:{_THINGS}|{_KINDS}|者|其[余他它]|上述|完成|办理|办结|实施|时限|时间|期限|日期|均|都|一律|统一|皆|则|原则上"
    r"|应当?|须|需|必须|要求|要|务必|确保|力争|于|在|为|是|按|最迟|最晚|不迟于|不晚于|截止|截至"
    r"|[“”\"'’‘ ]){0,12}"
)
_DAY = (
    "[0-9０-９〇一二三四五六七八九十年月日号底末前内中上下旬半季度第本今当明之以止期间至到. ]{2,24}"
)
_DONE = (
    "(?:须|要|应|全部|全面|高质量|保质保量|按时|如期|基本|整改|落实|办理|建设|实施){0,4}"
    "(?:完成|办结|办完|建成|到位|[竣完]工|完结|投用|销号)(?:全部|任务|工作|整改|办理|建设|销号|到位){0,3}"
)
_ENDS = r"[”\"’'）) ]*$"
# 于2026年11月底前完成, 完成时限均为12月底: what such a rule says of its tasks
_IS_DUE = expression(rf"{_LEAD}(?:{_DAY}{_DONE}|(?<=[为是于至在]){_DAY}){_ENDS}")
# 为全年持续推进事项, 长期坚持: no day, and no other thing than the tasks
_GOES_ON = expression(
    rf"{_LEAD}(?P<time>(?:全年|长期|常年|持续|常态化?){{1,3}}(?:地|性|坚持|推进|开展|实施|落实|抓好|执行|进行){{0,3}})"
    rf"(?:的|类|{_THINGS}){{0,3}}{_ENDS}"
)
_ONLY_TASKS = expression(rf"{_LEAD}{_ENDS}")
_HINT_OF_TIME = expression(
    r"完成|注明|说明|标注|规定|要求|办结|办完|建成|到位|时限|期限|时间|日期|[竣完]工|完结|投用|销号"
)


@remembered(1 << 12)
def of_times(printed: str) -> tuple[TimeRule, ...]:
    """Return the rules of a text that say by when tasks are due which do not say so themselves.

    标△的任务于6月30日前完成，其余任务于12月31日前完成: two rules.
    """
    text = simplify(printed)
    if not _HINT_OF_TIME.search(text):
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
        if pick and (is_due(rest) or goes_on(rest)):
            if pick.kind != "rest" or has_own:
                end = clause.start() + len(clause[0].rstrip(")） "))
                reach = reach_of(sentence[: clause.end()])
                yield TimeRule(start + begin, start + end, pick, rest, reach)
                has_own = True
            pick = None
        elif not _ONLY_TASKS.match(rest):
            pick = None  # 未注明的由县督查室通报，6月底前整改到位: of something else


def reach_of(words: str) -> str:
    """Return what the words up to a day say of the tasks that are meant: 以上, 下列, 本表."""
    return next(
        (kind for one in _REACH.finditer(words) for kind, own in one.groupdict().items() if own), ""
    )


def is_due(words: str) -> bool:
    """Tell whether words behind a pick say by when it is done, and speak of the tasks alone."""
    return bool(_IS_DUE.match(words) and re.search("[年月日季底]", words))


def goes_on(words: str) -> str:
    """Return the words behind a pick that say it has no end (长期坚持); empty where they say more,
    or something else."""
    match = _GOES_ON.match(words)
    return match["time"] if match else ""


def _of_tasks(match: re.Match[str]) -> Pick:
    if match["mark"]:
        return Pick("mark", match["mark"])
    return Pick(next(kind for kind in ("unstated", "rest", "all") if match[kind]))
