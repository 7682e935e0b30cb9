"""Tell the verbs of a task from the same words as nouns, in conditions and in names.

A word counts where it is a word of the segmentation (构建 in 机构建设 is none) and by its place in
the clause: a verb that says what is asked stands outside of names and frames (在…下, 按照…规定,
…的，), takes an object or closes its clause behind an adverb, and no noun takes it (机构设置规划).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

Token = tuple[str, str]
Place = tuple[int, int]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOPS = frozenset("，。；：！？,;:!?\n")
ENDS = frozenset("。；！？;!?\n")
JOINS = frozenset(["、", "和", "及", "与", "等", "或", "以及", "并", "（", "(", "）", ")", " "])
MODALS = _set("应 应当 可 可以 也可 要 须 必须 不得 也 ")
ADVERBS = _set("逐步 优先 一律 全部 不再 务必 必须 严禁 禁止 ")
# 在受理设立申请后、自受理之日起、在确保安全规范的前提下、养老机构新建和改扩建时
FRAMES = {"在": "中 时 后 前 下 上 期间 方面 前提 基础 过程", "自": "起 后"}
# 按照家庭医生签约服务要求、根据《…》的规定、以落实政策为主要指标
FRAMES |= dict.fromkeys(["按照", "按", "依据", "依照"], "规定 要求 原则 标准 办法 政策 协议")
FRAMES |= {"以": "为 为主 为主要 为辅"}
_MARKS_OF_FRAMES = frozenset([*FRAMES, "时", "的"])
NEEDS = _set("需 需要 确需 符合 属于 涉及 ")
# 给予 behind 对…新建医疗机构： what stands before is for whom
GRANTS = _set("给予 予以 适当 优先 免征 减免 视同 ")
PIVOTS = _set("鼓励 支持 引导 推动 组织 吸引 倡导 促进 鼓励和引导 ")
LEADING = _set("加快 探索 鼓励 支持 引导 优先 逐步 重点 大力 积极 继续 推动 ")
# 毗邻建设, 同步建设: how, and the verb behind it
BESIDE = _set("毗邻 就近 分别 联合 ")
HEADS = _set(
    "工作 力度 政策 体系 项目 行动 机制 规划 用地 补贴 办法 方式 情况 "
    "标准 管理 试点 资金 基金 模式 产业 道路 场所 水平 能力 单位 经费 "
    "任务 过程 格局 成果 人员 指南 规范 服务 方案 条件 "
)


class Clause(NamedTuple):
    """The words between two stops, with their tags and places; `stop` is the second one, which
    may end the sentence (`closes`)."""

    words: list[str]
    tags: list[str]
    starts: list[int]
    stop: str

    @property
    def closes(self) -> bool:
        return not self.stop or self.stop in ENDS

    @property
    def end(self) -> int:
        return self.starts[-1] + len(self.words[-1])


def parted(tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """Part the set phrases that open with a verb of `known`: 落实到人."""
    out: list[Token] = []
    for token in tokens:
        word, tag = token
        if tag in ("l", "i") and len(word) > 2 and word[:2] in known and word not in known:
            out += [(word[:2], "v"), (word[2:], tag)]
        else:
            out.append(token)
    return out


def starts(tokens: list[Token]) -> list[int]:
    """Find the places at which the words begin, and the end of the last one."""
    return [0, *accumulate([len(word) for word, _ in tokens])]


def of_task(
    text: str, tokens: list[Token], places: list[Place], nouns: frozenset[str]
) -> list[Place]:
    """Select the places (of words of the segmentation, in their order) of verbs that say what is
    asked; `nouns` are the words that are nouns as well (建设, 发展)."""
    if not places:
        return []
    clauses = _clauses(tokens)
    kept: list[Place] = []
    at = 0
    for number, clause in enumerate(clauses):
        first, end = bisect_left(places, (clause.starts[0],), at), clause.end
        at = bisect_left(places, (end,), first)
        if at > first and not _is_topic(clauses, number):
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            kept += _of_clause(clause, following, places[first:at], nouns)
    if any(opening in text for opening, _ in _QUOTES):
        return [place for place in kept if not _is_named(text, place)]
    return kept


def _clauses(tokens: list[Token]) -> list[Clause]:
    words = [word for word, _ in tokens]
    tags = [tag for _, tag in tokens]
    begins = starts(tokens)
    stops = [i for i, word in enumerate(words) if word in STOPS]
    clauses: list[Clause] = []
    begin = 0
    for stop in [*stops, len(words)]:
        if begin < stop:
            mark = words[stop] if stop < len(words) else ""
            clauses.append(Clause(words[begin:stop], tags[begin:stop], begins[begin:stop], mark))
        begin = stop + 1
    return clauses


# 《养老机构设立许可办法》, “医养结合人员培训专项基金”
_QUOTES = (("《", "》"), ("“", "”"))


def _is_named(text: str, place: Place) -> bool:
    """Whether a place lies within a title or in quotes."""
    at = place[0]
    return any(text.rfind(o, 0, at) > text.rfind(c, 0, at) for o, c in _QUOTES)


def _is_topic(clauses: list[Clause], number: int) -> bool:
    """Whether a clause says when or for whom: 符合设立许可条件的，… ; 新建护理站，可…"""
    clause = clauses[number]
    if clause.closes or number + 1 == len(clauses):
        return False
    words, tags = clause.words, clause.tags
    if words[-1] == "的" or words[0] == "涉及":
        return True
    if not MODALS.isdisjoint(words):
        return False
    following = clauses[number + 1]
    if following.words[0] in MODALS:
        # 新建社区卫生服务机构，可与养老服务设施统筹规划
        return tags[0][0] in "nbj" or words[0] in ("新建", "改扩建")
    begins = number == 0 or clauses[number - 1].closes
    if begins and tags[0].startswith("n") and not following.closes:
        # 医疗机构利用现有资源设立养老机构，面向老年人开展服务的，应当…
        goes_on = following.tags[0][0] in "pv" or following.words[0] == "面向"
        return goes_on and following.words[-1] == "的"
    return False


def _of_clause(
    clause: Clause, following: Clause | None, places: list[Place], nouns: frozenset[str]
) -> list[Place]:
    words, starts = clause.words, clause.starts
    framed = _framed(words)
    kept: list[Place] = []
    for start, end in places:
        first = bisect_left(starts, start)
        after = bisect_left(starts, end)
        word = "".join(words[first:after])
        verb_before = _verb_before(clause, first, kept)
        if (
            first in framed
            or _is_attribute(clause, first, after, verb_before, following)
            or _is_for_whom(words, first, following)
            or (word in nouns and _is_noun(clause, first, after, verb_before))
        ):
            continue
        kept.append((start, end))
    return kept


def _verb_before(clause: Clause, first: int, kept: list[Place]) -> str:
    """The last word of the verbs that the clause holds before a place, or nothing."""
    if not kept:
        return ""
    last = bisect_left(clause.starts, kept[-1][1]) - 1
    return clause.words[last] if 0 <= last < first else ""


def _framed(words: list[str]) -> set[int]:
    """The words inside of frames (在…前提下, 按照…规定) and before 时."""
    found: set[int] = set()
    if _MARKS_OF_FRAMES.isdisjoint(words):
        return found
    for at, word in enumerate(words):
        if word in FRAMES:
            closing = FRAMES[word].split()
            ends = (i for i in range(at + 1, len(words)) if words[i] in closing)
            found |= set(range(at, next(ends, at - 1) + 1))
        elif word == "时":
            found |= set(range(at))
        elif word == "的" and at + 1 < len(words) and words[at + 1] in MODALS:
            found |= set(range(at))  # 养老机构内设医疗机构的应当向…
    return found


def _is_attribute(
    clause: Clause, first: int, after: int, verb_before: str, following: Clause | None
) -> bool:
    """Whether a verb belongs to a noun behind 的: 开展居家服务的机构应购买, 养老机构设置的诊所."""
    words, tags = clause.words, clause.tags
    if words[first] in MODALS or words[first] in ADVERBS or "的" not in words[after:]:
        return False
    mark = words.index("的", after)
    if mark == after:
        return True
    if not any(tag[0] in "nvj" and tag != "vd" for tag in tags[after:mark]):
        return False  # 提供便捷的服务: an adjective
    if verb_before:
        opens = all(tags[i] in ("d", "ad") or words[i] in LEADING for i in range(first))
        adjacent = words[first - 1] == verb_before
        return not opens and not adjacent and verb_before not in PIVOTS
    asks = following is not None and following.words[0] in MODALS
    return asks or not MODALS.isdisjoint(words[mark:])


def _is_for_whom(words: list[str], first: int, following: Clause | None) -> bool:
    """Whether a verb says for whom: 对…新建医疗机构，适当给予; 为确需提供保障的老年人."""
    if first and words[first - 1] in NEEDS:
        return True
    if words[0] not in ("对", "对于"):
        return False
    if "的" in words[first + 1 :]:
        return True
    return following is not None and following.words[0] in GRANTS


def _is_noun(clause: Clause, first: int, after: int, verb_before: str) -> bool:
    """Whether a word that may be a noun is one here."""
    if not first:
        return False
    words = clause.words
    before, tag = words[first - 1], clause.tags[first - 1]
    behind = words[after] if after < len(words) else None
    if before == "的":
        return True
    if before in MODALS or before in ADVERBS or tag in ("d", "ad", "p"):
        return False
    if before in LEADING:
        return behind is None
    if behind is None:
        return before not in BESIDE
    compound = tag[0] in "nbjlf" or tag == "vn" or before in JOINS
    compound = compound and verb_before not in PIVOTS
    return behind in JOINS or (bool(verb_before) and (behind in HEADS or compound))
