"""Hold a stretch of a paragraph that says who or by when, and cut a list into its clauses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from yiyang.parse.shapes import PERSON_LABEL, TIME_LABEL, is_deadline
from yiyang.safety.later import expression


@dataclass(frozen=True)
class Span:
    """A stretch of a paragraph: `units`, `deadline`, `person` (names of people, no units), `score`
    (what a task counts for), `rule` (said of all lists) or `stop` (punctuation beside them)."""

    start: int
    end: int
    use: str


# What parts the clauses of a bracket: 2023年6月底前完成，责任单位：…；完成时限：2023年底
_CLAUSE_END = expression(r"[。；;，,]\s*|(?<!\s)\s+(?=\S{2,12}[:：])")
# 分值：15分, 权重5%
_SCORE = expression(
    r"(?:分值|标准分值?|考核分值?|考评分值?|权重|满分|赋分)\s?[:：]?\s?\d{1,3}(?:\.\d{1,2})?(?:分|%)?|\d{1,3}(?:\.\d)?分"
)
# Words that say who, in a clause that looks like a time: 市民政局12月底前完成
_WHO = expression("[局委厅]|单位|部门|牵头|负责|配合")


def joined(text: str, clauses: list[Span]) -> list[Span]:
    """Put neighbouring clauses of one kind together; the marks behind a time stand alone."""
    found: list[Span] = []
    for clause in clauses:
        use = clause.use or "units"
        if found and found[-1].use == use:
            found[-1] = Span(found[-1].start, clause.end, use)
        else:
            found.append(Span(clause.start, clause.end, use))
    parted: list[Span] = []
    for span in found:
        bare = len(text[span.start : span.end].rstrip("。；;，, "))
        is_time = span.use == "deadline" and span.start + bare < span.end
        parted.append(Span(span.start, span.start + bare, span.use) if is_time else span)
        if is_time:
            parted.append(Span(span.start + bare, span.end, "stop"))
    return parted


def cut(text: str, start: int, end: int) -> list[Span]:
    """Cut a bracket or sentence into its clauses; `use` is `deadline`, `person`, `score`, or
    empty."""
    cuts = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end)), end]
    found = []
    for a, b in pairwise(cuts):
        words = text[a:b].strip("。；;，, ")
        use = ""
        if TIME_LABEL.match(words) or is_time(words):
            use = "deadline"
        elif PERSON_LABEL.match(words):
            use = "person"
        elif _SCORE.fullmatch(words):
            use = "score"
        if b > a:
            found.append(Span(a, b, use))
    return found


def is_time(words: str) -> bool:
    """Tell whether a clause is a time and says nothing of who is to act: 10月底完成, 持续推进."""
    return 1 < len(words) <= 30 and is_deadline(words) and not _WHO.search(words)
