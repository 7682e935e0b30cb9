"""Cut a printed list into tokens: names, role words, labels, separators, and what is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yiyang.agencies import beside_names
from yiyang.agencies.duties import ROLE
from yiyang.agencies.joints import CHINESE, COMPLETE, between, is_glued, is_name, is_whole
from yiyang.agencies.name_folding import simplify
from yiyang.agencies.resolving import LONGEST, resolve
from yiyang.core.text import squash
from yiyang.grammar import roles
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


class Token(NamedTuple):
    """`kind` is unit, separator, comma (a separator stronger than 、), role, mark (a role word in
    brackets), together (会同, 联合), passes (组织 between two names), label, former (who answered
    before), except (城关镇除外), note or unread; `word` the role word, or why it is unread."""

    kind: str
    start: int
    end: int
    word: str = ""


# 责任单位：, 牵头部门:, 配合单位 before a blank, 【责任单位】 at the beginning of a line, 牵头：
LABEL = expression(
    rf"{roles.LABEL_WORDS}(?:\s{{0,20}}:|(?=\s))|(?:(?<=^\()|(?<=\s\()){roles.LABEL_WORDS}(?=\))"
    rf"|(?:{roles.SHORT_LABELS}|完成):|{roles.KNOWN_LABEL}(?:为|是|系|有|包括)(?=[一-鿿]{{2}})"
)
_IS = ("为", "是", "系", "有", "包括")
# 适用范围:, 资金来源:, 备注: in a bracket of units: what stands behind it names no units
FIELD = expression(r"([一-鿿]{2,8}):([^;；。()]*(?:\([^()]*\)[^;；。()]*)*)")
# 实施范围, 试点地区, 服务对象: where or for whom, not who
SCOPE = expression("(?:范围|地区|区域|地点|对象|渠道|来源)$")
# 各项目牵头单位, 其他配合部门: a name, though it holds a role word
GROUP = expression(roles.GROUP)
# 由, 此项工作由, 1—2项任务由, 1., — before a name
LIST_MARK = expression(
    r"(?:第?\d{1,3}(?:[项条]?[—–~至到、和及\-]第?\d{1,3}){1,20}[项条](?:工作|任务|措施|事项|项目)?(?:均|都)?由?"
    r"|第?\d{1,3}[项条](?:(?:工作|任务|措施)?由|(?=责任|牵头))|本(?:部分|[章节类])由|(?:此|该|本|以上|上述)"
    r"(?:(?:各?项|条|[一二两三四五六七八九十\d]{1,2}[项条])?(?:工作|任务|措施|事项|项目)|各?项|[一二两三四五六七八九十\d]{1,2}[项条])(?:均|都)?由|(?:原则上|主要|具体|统一|分别|改|现|仍)?由|请|其中|[-—–•·]|\d{1,2}[.)](?!\d)|[①-⑳])+"
)
# 各市、县 in 各市、县（区）人民政府, 市、区 in 市、区民政局: a 、 between levels, not units.
LEVELS_JOINED = expression(
    "各(?:设区)?[省市州区县旗](?:、[市县区旗州]){1,8}(?=[(（]|人民|政府|党)"
    r"|(?:(?<=^)|(?<=[、，,；;:(\s]))[省市州区县旗](?:、[市县区旗州乡镇]){1,8}(?=[一-鿿]{2})"
)
# 列第一位者为牵头单位，下同; 首位为牵头单位; 责任领导：张三; 完成时限：2023年底
REMARK = expression(
    rf"{roles.EVERYWHERE.pattern}|{roles.REMARK}|以?下同(?=$|[\s)。；;])|排名不分先后(?=$|[\s)。；;])"
    r"|(?:(?:牵头|责任|分管|负责|联系|包抓|挂钩)*(?:领导|人员?)|完成(?:时限|时间)|时限)\s*:[^;；\s]*"
)
# 原由县民政局承担, 此前由县粮食局、县供销社负责, 原责任单位：县卫健局: who answers no longer
FORMER = expression(
    r"(?:(?:原先?|原来|原本|曾经?|此前|先前|之前|以前|过去|不再|已不)(?:由|属|归)[^，,；;。()]{2,60}"
    r"|原[省市县区州旗][一-鿿]{2,16}(?:职责|职能)[^，,；;。()]{0,30}"
    r"|原(?:牵头|责任|负责|主责|承办|配合|主管|承担|实施)(?:单位|部门|机构)[^，,；;。()]{2,60})"
)
# 各镇（城北镇、城南镇除外）, 各镇，城北镇除外, 除城北镇外: units that have no part, and a name
# among them is no unit of the task
EXCEPTED = expression(
    r"\((?:[^()]{2,60}除外|(?:不含|不包括)[^()]{2,60}|除[^()]{2,60}之?外)\)"
    r"|(?<=[，,、;；)])[^，,、;；()]{2,16}除外(?=$|[，,；;。)])|(?<![一-鿿])除(?![险冰雪尘草违治名])[^，,;；()]{2,40}之?外(?:的?其[余他它]|的|，|,)"
)
SEPARATORS = frozenset(f"、，,；;。．.:/|@＠{roles.MARKS}")
COMMAS = frozenset("，,；;。．./|\n")

BRACKETS = str.maketrans("（）【】〔〕［］[]：", "()()()()():")


class _Text(NamedTuple):
    """A text as the cutting sees it: simplified, one kind of brackets, of the same length.

    `kept` are the positions that separate nothing because they lie in a bracket that belongs to a
    name, `lone` the brackets without a partner, `bare` is the text with what is kept blotted out,
    `excepted` ends each stretch that names who has no part, by its begin.
    """

    folded: str
    kept: frozenset[int]
    lone: frozenset[int]
    bare: str
    excepted: dict[int, int]


_MAY_EXCEPT = expression("除|不含|不包括")


def without_exception(printed: str) -> str:
    """Return the name of a unit without those that are excepted: 各镇 of 各镇（城关镇除外）."""
    if not _MAY_EXCEPT.search(printed):
        return printed
    excepted = EXCEPTED.search(simplify(printed).translate(BRACKETS))
    if not excepted:
        return printed
    return (printed[: excepted.start()] + printed[excepted.end() :]).strip("，,、;； ")


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into pieces, in order and without a gap."""
    whole = _text(simplify(text).translate(BRACKETS))
    at, end = 0, len(whole.folded)
    while at < end:
        stop = _separators_end(whole, at)
        if at in whole.excepted:
            stop = whole.excepted[at]
            yield Token("except", at, stop)
        elif stop > at:
            yield from _separator(whole, at, stop)
        elif above := roles.ABOVE_LABEL.match(whole.folded, at):
            stop = above.end()
            yield Token("separator", at, stop)
        elif former := FORMER.match(whole.folded, at):
            stop = former.end()
            yield Token("former", at, stop)
        elif label := LABEL.match(whole.folded, at):
            stop = label.end()
            yield Token("label", at, stop, _bare_label(label[0]))
        elif remark := REMARK.match(whole.folded, at):
            stop = remark.end()
            yield Token("field" if ":" in remark[0] else "note", at, stop, remark[0].split(":")[0])
        elif field := _field(whole.folded, at):
            if _is_label(field[1], field[2]):
                stop = field.end(1) + 1
                yield Token("label", at, stop, field[1])
            else:
                stop = field.end()
                yield Token("field", at, stop, field[1])
        elif mark := LIST_MARK.match(whole.folded, at):
            stop = mark.end()
            yield Token("separator", at, stop)
        else:
            stop = _piece_end(whole, at)
            yield from _clause(whole, at, stop)
        at = stop


def _bare_label(label: str) -> str:
    """A label without its colon, or the word in its place: 牵头单位 of 牵头单位为."""
    words = label.rstrip(": ")
    return words.removesuffix(next((word for word in _IS if words.endswith(word)), ""))


def _field(folded: str, at: int) -> re.Match[str] | None:
    """A label that is no known role word, and what stands behind it."""
    field = FIELD.match(folded, at)
    if field and SCOPE.search(field[1]):
        return field
    return None if field and roles.is_known(field[1]) and roles.of(field[1]) else field


def _is_label(word: str, behind: str) -> bool:
    """Whether a word before a colon that is no known label stands for a role: units follow it."""
    names = [name for name in re.split("[、，,\\s]", behind) if name]
    if SCOPE.search(word) or (roles.is_known(word) and roles.of(word) is None):
        return False
    return bool(names) and all(resolve(name).agency_id for name in names)


def _text(folded: str) -> _Text:
    """Find out which brackets belong to a name.

    A bracket belongs to the name it follows: 各产业集聚(开发)区管委会, 县(市、区)政府. It does not
    where a list stands in it: (责任单位:市民政局、市财政局), 民政局负责(财政局配合).
    """
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    lone = set()
    for i, c in enumerate(folded):
        if c == "(":
            opened.append(i)
        elif c == ")" and opened:
            pairs.append((opened.pop(), i))
        elif c == ")":
            lone.add(i)
    kept = {m for j in LEVELS_JOINED.finditer(folded) for m in range(*j.span())}
    covered = -1
    for left, right in sorted(pairs):
        if left > covered and not _holds_list(folded, left, right):
            kept.update(range(left, right + 1))
            covered = right
    bare = "".join("_" if i in kept else c for i, c in enumerate(folded))
    excepted = {match.start(): match.end() for match in EXCEPTED.finditer(folded)}
    return _Text(folded, frozenset(kept), frozenset(lone | set(opened)), bare, excepted)


def _holds_list(folded: str, left: int, right: int) -> bool:
    content = folded[left + 1 : right]
    if FORMER.match(content):
        return False
    follows_name = left > 0 and CHINESE.match(folded[left - 1])
    word = ROLE.search(content)
    is_said = LABEL.match(content) or REMARK.match(content)
    return bool(not follows_name or is_said or (word and word.start() > 1))


def _is_separator(whole: _Text, i: int) -> bool:
    c = whole.folded[i]
    if i in whole.lone:
        return True
    if i in whole.kept:
        return False
    if c == "." and 0 < i < len(whole.folded) - 1:
        return not (whole.folded[i - 1].isdigit() and whole.folded[i + 1].isdigit())
    return c in SEPARATORS or c in "()" or c.isspace()


def _separators_end(whole: _Text, at: int) -> int:
    while at < len(whole.folded) and at not in whole.excepted and _is_separator(whole, at):
        at += 1
    return at


def _separator(whole: _Text, at: int, stop: int) -> Iterator[Token]:
    """A run of separators; a bracket without a partner is named as such."""
    for i in sorted(whole.lone.intersection(range(at, stop))):
        if i > at:
            yield Token(_strength(whole.folded[at:i]), at, i)
        yield Token("unread", i, i + 1, tell("agencies.bracket_without_partner"))
        at = i + 1
    if at < stop:
        yield Token(_strength(whole.folded[at:stop]), at, stop)


def _strength(run: str) -> str:
    return "comma" if COMMAS.intersection(run) else "separator"


def _piece_end(whole: _Text, start: int) -> int:
    """Where the piece ends: at a separator, but behind a broken name not at a blank."""
    i, text = start, whole.folded
    while i < len(text):
        if i in whole.excepted:
            return i
        if _is_separator(whole, i):
            behind = i
            while behind < len(text) and text[behind].isspace():
                behind += 1
            if i == behind or not _goes_on(text, start, i, behind):
                return i
            i = behind
        i += 1
    return i


def _goes_on(text: str, start: int, end: int, behind: int) -> bool:
    """Whether the blanks from `end` to `behind` stand inside a name: 人力资源和 社会保障局."""
    return bool(
        CHINESE.match(text, behind)
        and end - start <= LONGEST
        and not LABEL.match(text, behind)
        # 县 残 联: one character is no name
        and not (end - start > 1 and is_whole(text[start:end]))
    )


def _clause(whole: _Text, start: int, end: int) -> Iterator[Token]:
    """The names of a piece and the role words that follow them."""
    while start < end:
        group = GROUP.match(whole.bare, start, end)
        role = ROLE.search(whole.bare, group.end() if group else start, end)
        if not role:
            yield from _names(whole.folded, start, end)
            return
        if role.start() > start:
            yield from _names(whole.folded, start, role.start())
        # 区口岸办配合单位：平潭海关: a label that stands right behind a name
        kind = "label" if whole.folded[role.end() :].lstrip()[:1] == ":" else "role"
        yield Token(kind, role.start(), role.end(), role[0])
        start = role.end()


def _names(folded: str, start: int, end: int) -> Iterator[Token]:
    """The names in a run without separators: A会同B, A和B, A组织B, A等, A(牵头)."""
    todo: list[Token | tuple[int, int]] = [(start, end)]
    while todo:
        part = todo.pop()
        if isinstance(part, Token):
            yield part
            continue
        start, end = part
        if joint := between(folded, start, end):
            todo += [(joint.end, end)] if joint.end < end else []
            todo += [Token(*joint)]
            todo += [(start, joint.start)] if joint.start > start else []
        else:
            yield from _name(folded, start, end)


def _name(folded: str, start: int, end: int) -> Iterator[Token]:
    """One name, with a mark (牵头) or a remark in brackets behind it."""
    run = folded[start:end]
    mark = re.search(r"\(([^()]*)\)$", run)
    if mark and FORMER.match(mark[1]):
        yield from _name(folded, start, start + mark.start()) if mark.start() else ()
        yield Token("former", start + mark.start(), end)
    elif mark and mark.start() and (kind := beside_names.kind(run, mark[1])):
        yield from _name(folded, start, start + mark.start())
        word = tell("agencies.note_beside_name") if kind == "unread" else mark[1]
        yield Token(kind, start + mark.start(), end, word if kind != "note" else "")
    elif reason := _no_name(run):
        at = 0 if is_glued(squash(run)) else _word_start(run)
        if at:
            yield from _names(folded, start, start + at)
            yield Token("role", start + at, end, run[at:])
        else:
            yield Token("unread", start, end, reason)
    else:
        yield Token("unit", start, end)


LONGEST_WORD = 6
"""Characters of a role word that is not known."""


def _word_start(run: str) -> int:
    """Where a word begins that stands behind a known name and may be its role; 0 where none does.

    省残联主推: the name is read, and the word is said not to be known.
    """
    if len(run) > LONGEST or not CHINESE.fullmatch(run[-1:]):
        return 0
    for at in range(len(run) - 2, max(len(run) - LONGEST_WORD, 2) - 1, -1):
        is_word = all(map(CHINESE.match, run[at:]))
        if is_word and (COMPLETE.fullmatch(run[:at]) and resolve(run[:at]).agency_id):
            word = run[at:]
            return 0 if roles.is_known(word) and roles.of(word) is None else at
    return 0


# 具体任务均涉及相关镇, 以上任务需各镇: a remark that ends in units
_REMARK = expression(
    r"(?:以上|以下|上述|具体|其中|其余|此项|该项|本项)(?:各项|几项|重点)?(?:任务|事项|工作|项目|内容)"
    r"|.*(?:均(?:涉及|由|为|需)|不再|涉及相关)"
)


# 石桥村, 各行政村; no name: 新农村, 进村, 驻村
_VILLAGE = expression("[一-鿿]{1,7}(?<![农乡新全进驻包])村")


def _no_name(run: str) -> str:
    """Why a run is not taken for the name of a unit; empty where it is."""
    name = squash(run)
    if not CHINESE.search(name):
        return tell("agencies.no_chinese_text")
    if len(name) > LONGEST:
        return tell("agencies.longer_than_any_name_unit", n=len(name))
    if _REMARK.match(name):
        return tell("agencies.reads_like_sentence")
    if not is_name(name) and not _VILLAGE.fullmatch(name):
        return tell("agencies.does_not_end_like_name")
    if is_glued(name):
        return tell("agencies.two_names_in_one")
    return ""
