"""Tell the verbs of a task from the same words as nouns, in conditions and in names.

A word counts where it is a word of the segmentation (构建 in 机构建设 is none) and by its place in
the clause: a verb that says what is asked stands outside of names and frames (在…下, 按照…规定,
…的，), takes an object or closes its clause behind an adverb, and no noun takes it (机构设置规划).
"""

from __future__ import annotations

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


class Word(NamedTuple):
    """A word of the segmentation with its tag and its place."""

    word: str
    tag: str
    start: int
    end: int


class Clause(NamedTuple):
    """The words between two stops; `closes`: the second stop ends the sentence."""

    words: list[Word]
    stop: str

    @property
    def closes(self) -> bool:
        return not self.stop or self.stop in ENDS


def parted(tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """Part the set phrases that open with a verb of `known`: 落实到人."""
    out: list[Token] = []
    for word, tag in tokens:
        if tag in ("l", "i") and len(word) > 2 and word[:2] in known and word not in known:
            out += [(word[:2], "v"), (word[2:], tag)]
        else:
            out.append((word, tag))
    return out


def edges(tokens: list[Token]) -> set[int]:
    """Find the places at which a word begins or ends."""
    found, at = {0}, 0
    for word, _ in tokens:
        at += len(word)
        found.add(at)
    return found


def of_task(
    text: str, tokens: list[Token], places: list[Place], nouns: frozenset[str]
) -> list[Place]:
    """Select the places (of words of the segmentation, in their order) of verbs that say what is
    asked; `nouns` are the words that are nouns as well (建设, 发展)."""
    if not places:
        return []
    clauses = _clauses(tokens)
    kept: list[Place] = []
    for number, clause in enumerate(clauses):
        first, last = clause.words[0].start, clause.words[-1].end
        own = [place for place in places if first <= place[0] < last]
        if own and not _is_topic(clauses, number):
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            kept += _of_clause(clause, following, own, nouns)
    return [place for place in kept if not _is_named(text, place)]


def _clauses(tokens: list[Token]) -> list[Clause]:
    clauses: list[Clause] = []
    words: list[Word] = []
    at = 0
    for word, tag in tokens:
        if word in STOPS:
            if words:
                clauses.append(Clause(words, word))
            words = []
        else:
            words.append(Word(word, tag, at, at + len(word)))
        at += len(word)
    return [*clauses, Clause(words, "")] if words else clauses


# 《养老机构设立许可办法》, “医养结合人员培训专项基金”
_QUOTES = (("《", "》"), ("“", "”"))


def _is_named(text: str, place: Place) -> bool:
    """Whether a place lies within a title or in quotes."""
    before = text[: place[0]]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in _QUOTES)


def _is_topic(clauses: list[Clause], number: int) -> bool:
    """Whether a clause says when or for whom: 符合设立许可条件的，… ; 新建护理站，可…"""
    clause = clauses[number]
    if clause.closes or number + 1 == len(clauses):
        return False
    if clause.words[-1].word == "的" or clause.words[0].word == "涉及":
        return True
    if any(w.word in MODALS for w in clause.words):
        return False
    following = clauses[number + 1]
    if following.words[0].word in MODALS:
        # 新建社区卫生服务机构，可与养老服务设施统筹规划
        return clause.words[0].tag[0] in "nbj" or clause.words[0].word in ("新建", "改扩建")
    begins = number == 0 or clauses[number - 1].closes
    if begins and clause.words[0].tag.startswith("n") and not following.closes:
        # 医疗机构利用现有资源设立养老机构，面向老年人开展服务的，应当…
        goes_on = following.words[0].tag[0] in "pv" or following.words[0].word == "面向"
        return goes_on and following.words[-1].word == "的"
    return False


def _of_clause(
    clause: Clause, following: Clause | None, places: list[Place], nouns: frozenset[str]
) -> list[Place]:
    words = clause.words
    framed = _framed(words)
    kept: list[Place] = []
    for start, end in places:
        first = next(i for i, w in enumerate(words) if w.start == start)
        after = next(i for i, w in enumerate(words, 1) if w.end == end)
        word = "".join(w.word for w in words[first:after])
        verb_before = _verb_before(words, first, kept)
        if (
            first in framed
            or _is_attribute(words, first, after, verb_before, following)
            or _is_for_whom(words, first, following)
            or (word in nouns and _is_noun(words, first, after, verb_before))
        ):
            continue
        kept.append((start, end))
    return kept


def _verb_before(words: list[Word], first: int, kept: list[Place]) -> str:
    """The last verb of the clause before a place, or nothing."""
    ends = [w.word for w in words[:first] if any(s <= w.start and w.end <= e for s, e in kept)]
    return ends[-1] if ends else ""


def _framed(words: list[Word]) -> set[int]:
    """The words inside of frames (在…前提下, 按照…规定) and before 时."""
    found: set[int] = set()
    for at, word in enumerate(words):
        closing = FRAMES.get(word.word, "").split()
        ends = [i for i in range(at + 1, len(words)) if words[i].word in closing] if closing else []
        if ends:
            found |= set(range(at, ends[0] + 1))
        if word.word == "时":
            found |= set(range(at))
        behind = words[at + 1].word if at + 1 < len(words) else ""
        if word.word == "的" and behind in MODALS:  # 养老机构内设医疗机构的应当向…
            found |= set(range(at))
    return found


def _is_attribute(
    words: list[Word], first: int, after: int, verb_before: str, following: Clause | None
) -> bool:
    """Whether a verb belongs to a noun behind 的: 开展居家服务的机构应购买, 养老机构设置的诊所."""
    marks = [i for i in range(after, len(words)) if words[i].word == "的"]
    if not marks or words[first].word in MODALS | ADVERBS:
        return False
    mark = marks[0]
    if mark == after:
        return True
    if not any(w.tag[0] in "nvj" and w.tag != "vd" for w in words[after:mark]):
        return False  # 提供便捷的服务: an adjective
    opens = all(w.tag in ("d", "ad") or w.word in LEADING for w in words[:first])
    if verb_before:
        adjacent = words[first - 1].word == verb_before
        return not opens and not adjacent and verb_before not in PIVOTS
    asks = following is not None and following.words[0].word in MODALS
    return asks or any(w.word in MODALS for w in words[mark:])


def _is_for_whom(words: list[Word], first: int, following: Clause | None) -> bool:
    """Whether a verb says for whom: 对…新建医疗机构，适当给予; 为确需提供保障的老年人."""
    if first and words[first - 1].word in NEEDS:
        return True
    if words[0].word not in ("对", "对于"):
        return False
    marks = [i for i, w in enumerate(words) if w.word == "的"]
    if marks and first < marks[-1]:
        return True
    return following is not None and following.words[0].word in GRANTS


def _is_noun(words: list[Word], first: int, after: int, verb_before: str) -> bool:
    """Whether a word that may be a noun is one here."""
    if not first:
        return False
    before, behind = words[first - 1], words[after] if after < len(words) else None
    if before.word == "的":
        return True
    if before.word in MODALS | ADVERBS or before.tag in ("d", "ad", "p"):
        return False
    if before.word in LEADING:
        return behind is None
    if behind is None:
        return before.word not in BESIDE
    compound = before.tag[0] in "nbjlf" or before.tag == "vn" or before.word in JOINS
    compound = compound and verb_before not in PIVOTS
    return behind.word in JOINS or (bool(verb_before) and (behind.word in HEADS or compound))
