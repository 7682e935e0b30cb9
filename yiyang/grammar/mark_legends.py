"""Read marks that stand for a part in a task, and the notes that say which: ●牵头，○配合.

Such marks stand in the cells of a table whose columns are headed by units. A note names several in
one sentence, the mark before its role (●牵头 ○配合) or behind it (牵头单位用●表示); one that can be
read both ways, or two that contradict each other, explain nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from yiyang.core.text import remembered, simplify, squash
from yiyang.grammar import roles
from yiyang.safety.later import expression

_ALIKE = str.maketrans("〇◯✓✔☑\uf0fc\uf050＊✕✗✘╳", "○○√√√√√*××××")
SIGNS = "★☆▲△※◆◇●○◎■□√*#⊙◉▼▽×"
"""Marks that may stand in a cell, those that look alike as one (`plain`)."""
_SIGN = f"[{re.escape(SIGNS)}]"
_NOUN = "(?:单位|部门|科室|处室|机构|方|者)"
_DOES = (
    "(?:(?:第[一二]|共同|联合|主要|具体|总){0,2}"
    "(?:牵头|主办|主责|主抓|主管|责任|负责|承办|配合|协办|协同|协助|协作|参与|参加|支持|会办|实施|落实|指导|监督|督促|督导)"
    f"(?:责任|落实|实施|推进|组织|负责)?{_NOUN}?)"
)
# 主, 协: a role word in short
_SHORT = {
    "主": "lead",
    "牵": "lead",
    "责": "responsible",
    "协": "supporting",
    "配": "supporting",
    "参": "supporting",
    "辅": "supporting",
}
_WORD = rf"(?:{_DOES}|[{''.join(_SHORT)}](?:办)?)"


def plain(text: str) -> str:
    """Return the words of a cell or note with one form for each mark, without blanks."""
    return squash(simplify(text)).translate(_ALIKE)


def role_of(word: str) -> str:
    """Return the role that a role word gives (牵头, 配合单位, 协); empty for any other word."""
    words = plain(word)
    if not re.fullmatch(_WORD, words):
        return ""
    return _SHORT.get(words) or roles.PARTS.get(roles.of(words) or "", "")


def is_sign(text: str) -> bool:
    """Tell whether a text is a single mark: √."""
    return len(text) == 1 and text.translate(_ALIKE) in SIGNS


class Marked(NamedTuple):
    """A cell under a unit: its `sign`, its role `word` and a `note` in brackets behind them."""

    sign: str
    word: str
    note: str


_CELL = expression(
    rf"(?:(?P<sign>(?P<one>{_SIGN})(?P=one){{0,2}}|[A-Z]))?(?P<word>{_WORD})?"
    r"(?:[（(](?P<note>[^（）()]{1,40})[）)])?"
)
NOTHING = expression(r"[-—–－/／\\·.、]{0,6}|无|否|不涉及|不参与")
"""A cell that says that the unit has no part."""


@remembered(1 << 12)
def cell(text: str) -> Marked | None:
    """Read a cell that holds a mark or a role word and nothing else: ●, 牵头（规划科）, A."""
    match = _CELL.fullmatch(plain(text))
    if not match or not (match["sign"] or match["word"]):
        return None
    word = match["word"] or ""
    if word and not role_of(word):
        return None
    return Marked(match["sign"] or "", word, match["note"] or "")


class Meaning(NamedTuple):
    """What a note says of a mark: the role, its word, and the words of the note."""

    role: str
    word: str
    printed: str


# Sentences end at 。 and at the ends of lines and cells
_SENTENCE = expression(r"[^。\n\t]{2,200}")
_COPULA = r"(?:表示|代表|标识|为|是|即|系|指|属于?|[:：=＝]|[-—–－]{1,2})"
# “●”号的单位为该项任务的: between a mark and its role
_BEHIND = expression(
    r"[”\"’」』】\]）)]?(?:号|标[记识志注]|符号|图[例标]|者|的|单位|部门|均|\s){0,5}"
    rf"{_COPULA}\s{{0,3}}(?:该项|该|本|任务|工作|事项|单位|部门|的|[“\"‘「]){{0,5}}|[”\"’」（(\s]{{0,3}}"
)
# 牵头单位用“●”表示: between a role and its mark
_BEFORE = expression(
    r"(?:[（(【\[]|\s|(?:的|均|分别)?(?:用|以|标[记识志注示有]?|打|[画划]|[:：=＝]|[-—–－]{1,2})"
    r"(?:为|的|符号|\s){0,2})?[“\"‘「]?"
)
_ENDS = expression(
    r"[”\"’」]?(?:[）)】\]]|号|符号|标[记识志注示]|表示|代表|为?准){0,3}(?:[，,；;。、\s）)]|$)"
)
# 牵头单位：市民政局 behind a bullet is a label
_TOKEN = expression(
    rf"(?P<sign>(?P<one>{_SIGN})(?P=one){{0,2}}|(?<![A-Za-z])[A-Z](?![A-Za-z]))"
    rf"|(?P<role>{_DOES}(?![:：](?![“\"]?{_SIGN}))|[{''.join(_SHORT)}](?![一-鿿]))"
)
# A role of a note ends its clause.
_CLAUSE_ENDS = expression(rf"[”\"’」]?(?:[，,；;。、\s（()）\]】]|$|{_SIGN}|[A-Z])")


def legend(text: str) -> Iterator[tuple[str, Meaning]]:
    """Yield what a note says of the marks that stand for a part."""
    words = simplify(text).translate(_ALIKE)
    for sentence in _SENTENCE.finditer(words):
        for sign, word in _pairs(sentence[0]):
            meaning = Meaning(role_of(word), word, sentence[0].strip())
            if meaning.role:
                yield sign, meaning


def _pairs(sentence: str) -> list[tuple[str, str]]:
    """Each mark of a sentence with its role word; none where one has none, or it is not clear on
    which side it stands."""
    tokens = list(_TOKEN.finditer(sentence))
    signs = [n for n, m in enumerate(tokens) if m["sign"]]
    ways = [
        way for side in (_role_behind, _role_before) if (way := _way(sentence, tokens, signs, side))
    ]
    if len(ways) > 1:  # ● 牵头 ○ 配合: the side that is not parted by blanks
        close = [way for way in ways if all(gap.strip() or not gap for *_, gap in way)]
        ways = close if len(close) == 1 else []
    return [(sign, word) for way in ways for sign, word, _ in way]


_Way = list[tuple[str, str, str]]
_Side = Callable[[str, "list[re.Match[str]]", int], "tuple[str, str] | None"]


def _way(sentence: str, tokens: list[re.Match[str]], signs: list[int], side: _Side) -> _Way:
    """The marks with the role words on one side, and what stands between; none where one has
    none there. A letter that has none is no mark, and a mark may mean something else."""
    found: _Way = []
    for n in signs:
        pair = side(sentence, tokens, n)
        if pair:
            found.append((tokens[n]["sign"], *pair))
        elif not tokens[n]["sign"].isalpha() and not _MEANS.match(sentence, tokens[n].start()):
            return []
    return found


def _role_behind(sentence: str, tokens: list[re.Match[str]], n: int) -> tuple[str, str] | None:
    if n + 1 == len(tokens) or not tokens[n + 1]["role"]:
        return None
    gap = sentence[tokens[n].end() : tokens[n + 1].start()]
    fits = _BEHIND.fullmatch(gap) and _CLAUSE_ENDS.match(sentence, tokens[n + 1].end())
    return (tokens[n + 1]["role"], gap) if fits and _is_said(tokens[n], gap) else None


def _role_before(sentence: str, tokens: list[re.Match[str]], n: int) -> tuple[str, str] | None:
    if not n or not tokens[n - 1]["role"]:
        return None
    gap = sentence[tokens[n - 1].end() : tokens[n].start()]
    fits = _BEFORE.fullmatch(gap) and _ENDS.match(sentence, tokens[n].end())
    return (tokens[n - 1]["role"], gap) if fits and _is_said(tokens[n], gap) else None


def _is_said(sign: re.Match[str], gap: str) -> bool:
    """Whether a note says what a letter is: A代表牵头; a mark needs no word between."""
    return not sign["sign"].isalpha() or bool(re.search(_COPULA, gap))


_MEANS = expression(
    rf"(?P<sign>{_SIGN}{{1,3}})[”\"’」]?(?:号|的|者){{0,2}}(?:表示|代表|为|指)\s{{0,2}}[^，,；;。、\s]"
)


def explained(text: str) -> Iterator[str]:
    """Yield the marks of which a note says something, whatever it is: √表示已完成."""
    for match in _MEANS.finditer(simplify(text).translate(_ALIKE)):
        yield match["sign"]
