"""Read sentences that say nothing but who does a thing and by when, on a line of their own or
behind the words of a task.

该项工作由县水利局牵头组织，县财政局协助，务于8月底前办结。
牵头单位为县水利局，配合单位为县财政局，完成时限为8月底。
县水利局牵头，县财政局配合，8月底前完成。
"""

from __future__ import annotations

from itertools import pairwise

from yiyang.grammar import quantities, roles, time_headings
from yiyang.parse.numbers import style_of
from yiyang.parse.shapes import (
    BULLETS,
    ROLE_END,
    are_known_units,
    is_deadline,
    is_role_list,
    is_units,
)
from yiyang.safety.later import expression

LONGEST = 240
"""Characters of such a sentence."""
# 该项工作由, 此事由, 本任务的, 任务由: what it speaks of; 由 belongs to the list
_OF_WHAT = expression(
    rf"[\s{BULLETS}\-—]*(?:本(?:部分|[章节类])|(?:此|该|本|上述|以上|上)(?:[一两二三四五六七八九十\d]{{0,2}}(?:项(?!目)|[条件个]))?)?"
    r"(?:各项)?(?:工作|任务|措施|事项|项目|实事|事)?(?:均|都)?(?:的)?(?=由|$|[^由])"
)
_BY = expression("由")
# 由镇水利站牵头，…: who leads, whatever those are called who support
_BY_WHOM = expression(
    "由[^，,。；;：:]{2,40}(?:牵头|负责|主办|主责|承办)(?:[，,][^，,。；;：:]{2,80}(?:配合|协助|协办|参与))?"
    "(?:[，,][^，,。；;：:]{2,16}(?:完成|办结|前|底|末))?"
)
_CLAUSE_END = expression(r"[，,；;]\s*")
_STATED = expression(
    rf"{roles.KNOWN_LABEL}(?:为|是|系|有|包括)|(?P<colon>{roles.LABEL_WORDS}\s*[:：])"
)
_TIME_STATED = expression(rf"({time_headings.WORDS})(?:定?为|是|在|到|至|[:：])?")
# 县财政局积极配合: how, which says nothing of the part
_EAGERLY = expression("(?<=[^，,、])(?:积极|全力|主动|密切)(?=配合|协助|参与|支持|协同)")
# 各参与单位要主动作为: what all of them are told, and no list
_DUTY = expression("要|应(?!急)|须|必须|认真|切实")
# 县财政局负责资金拨付, behind 该项目由县民政局牵头: a part of it, whose words stay unread
_OF_A_PART = expression("([^，,；;]{2,40}?(?:负责|牵头|配合))(?=[一-鿿]{2,20}$)")
# Words that say who, in a clause that looks like a time: 市民政局12月底前完成
_WHO = expression("[局委厅]|单位|部门|牵头|负责|配合")


def find(text: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Return the stretches of a sentence from `start` on, each with its use: `units`, `deadline`,
    `stop` (what names neither); empty where a clause of it is anything else, and where all of them
    are labels with a colon."""
    end = len(text.rstrip("。；;，, \n"))
    if not 4 < end - start <= LONGEST or (not start and style_of(text)[0] >= 0):
        return []
    head = _OF_WHAT.match(text, start, end)
    begin = head.end() if head else start
    is_by_whom = bool(_BY.match(text, begin)) and (
        begin > start or bool(_BY_WHOM.fullmatch(text, begin, end))
    )
    found: list[tuple[int, int, str]] = [(start, begin, "stop")] if begin > start else []
    says_role, is_bare = False, False
    cuts = [begin, *(m.end() for m in _CLAUSE_END.finditer(text, begin, end)), end]
    for a, b in pairwise(cuts):
        words = text[a:b].rstrip("，,；; ")
        at, use, has_role = _of_clause(words, is_by_whom)
        says_who = says_role and is_bare
        if not use and b == end and says_who and is_deadline(words) and quantities.counts(words):
            return found  # 10月底前完成12个小区改造: what the task is, and by when
        if not use and is_by_whom and says_role and _is_of_a_part(words):
            use = "units"
        is_bare = is_bare or (use == "units" and not _is_labelled(words))
        if not use:
            return []
        says_role = says_role or has_role
        goes_on = use == "units" and bool(found) and found[-1][2] == "units"
        first = found.pop()[0] if goes_on else a
        stop = b if use == "units" else a + len(words)
        pieces = ((a, a + at, "label"), (first + at, stop, use), (stop, b, "stop"))
        found += [piece for piece in pieces if piece[0] < piece[1]]
    if not (says_role and is_bare):
        return []
    return [*found, (end, len(text), "stop")] if end < len(text) else found


def _is_of_a_part(words: str) -> bool:
    """Whether a clause says which part of the whole known units see to."""
    part = _OF_A_PART.match(words.removeprefix("由"))
    if not part or _DUTY.search(words):
        return False
    return is_role_list(part[1]) and are_known_units(part[1])


def _is_labelled(words: str) -> bool:
    """Whether a clause begins with a label and its colon, which is found wherever it stands."""
    label = _STATED.match(words)
    return bool(label and label["colon"])


def _of_clause(words: str, is_by_whom: bool) -> tuple[int, str, bool]:
    """Where the units or the time of a clause begin, which of them they are, and whether a role
    is said."""
    label = _STATED.match(words)
    if label and are_known_units(words[label.end() :]):
        return 0, "units", True
    bare = words.removeprefix("由")
    if _DUTY.search(bare):
        return 0, "", False
    plain = _EAGERLY.sub("", bare)
    if (is_units(plain) and are_known_units(bare)) or (is_by_whom and is_role_list(plain)):
        return 0, "units", bool(ROLE_END.search(bare)) or "会同" in bare
    time = _TIME_STATED.match(words)
    at = time.end() if time and is_deadline(words[time.end() :]) else 0
    is_time = 1 < len(words) <= 30 and is_deadline(words[at:]) and not _WHO.search(words[at:])
    is_time = is_time and not quantities.counts(words[at:])
    return at, "deadline" if is_time else "", False
