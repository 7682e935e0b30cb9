"""Lists of units inside running text: in brackets, behind a label, as the last sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yiyang.core.text import simplify
from yiyang.grammar import roles
from yiyang.parse.shapes import (
    LABEL,
    PERSON_LABEL,
    ROLE_END,
    TIME_LABEL,
    is_deadline,
    is_role_list,
    is_units,
)

_OPEN, _CLOSE = "（(【[〔［", "）)】]〕］"
# What may stand behind a list that closes a sentence.
_TAIL = re.compile(r"^[\s。；;，,.]*")
# 完成时限：2025年12月底; ends where the next label or sentence begins
_LABELS = (("units", LABEL), ("deadline", TIME_LABEL), ("person", PERSON_LABEL))
# What a label may stand behind: the beginning, the end of a sentence or bracket, a blank, a mark
_BEFORE_LABEL = re.compile(r"(?:^|[。；;，,、）)】\]》”\s★●■◆▲—\-·※*]|\d[.、])$")
# 列第一位者为牵头单位，下同
_REMARK = re.compile(rf"[。；;，,]?(?:{roles.REMARK}|下同|以下).*$")


@dataclass(frozen=True)
class Span:
    """A stretch of a paragraph: `units`, `deadline` or `person` (names of people, no units)."""

    start: int
    end: int
    use: str


def find(text: str) -> list[Span]:
    """The lists of units and the labelled deadlines of a paragraph, in its order, not overlapping.

    （责任单位：市民政局）, (市民政局牵头，市财政局配合), 责任单位：市民政局, …。市民政局负责。
    """
    folded = simplify(text)
    found = _bracketed(folded)
    found += _labelled(folded, found)
    if not found:
        found = _last_sentence(folded)
    return sorted(found, key=lambda span: span.start)


def _bracketed(text: str) -> list[Span]:
    """Lists in brackets; the outermost pair counts, an unclosed one goes to the end."""
    found: list[Span] = []
    depth = start = 0
    for i, c in enumerate(text):
        if c in _OPEN:
            start = i if depth == 0 else start
            depth += 1
        elif c in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                found += _spans(text, start, i)
    if depth and (use := _use(text, start, len(text))) and LABEL.match(text, start + 1):
        found.append(Span(start, len(text), use))
    return [_with_stop(text, span) for span in found]


# 。2023年6月底前完成 or ；完成时限：2023年底 at the end of a list
_LAST_CLAUSE = re.compile(r"[。；;，,]\s*([^。；;，,]{2,25})$")


def _spans(text: str, start: int, end: int) -> list[Span]:
    """What a bracket holds; a deadline at the end of a list of units is a span of its own."""
    clause = _LAST_CLAUSE.search(text, start, end)
    if clause and (TIME_LABEL.match(clause[1]) or is_deadline(clause[1])):
        cut = clause.start(1)
        units = text[:cut].rstrip("。；;，, ")
        if _use(units + text[end:], start, len(units)) == "units":
            return [Span(start, cut, "units"), Span(cut, end, "deadline")]
    use = _use(text, start, end)
    return [Span(start, end + 1, use)] if use else []


def _use(text: str, start: int, end: int) -> str:
    """What a bracket holds: `units`, `deadline`, `person`, or nothing of these."""
    if LABEL.match(text, start):
        return ""  # 【责任单位】: the list stands behind it
    inside = text[start + 1 : end].strip()
    label = LABEL.match(inside)
    if label:
        return "units" if inside[label.end() :].strip() else ""
    if not LABEL.search(inside):
        for use, pattern in (("person", PERSON_LABEL), ("deadline", TIME_LABEL)):
            if pattern.match(inside):
                return use
    words = _REMARK.sub("", inside)
    before = text[:start].rstrip()
    is_last = not _TAIL.sub("", text[end + 1 :])
    is_after_sentence = before[-1:] in tuple("。；;！")
    is_list = bool(re.search(r"[、，,；;]", inside)) or is_after_sentence
    is_plain_list = (is_last or is_after_sentence) and is_list and is_units(words)
    return "units" if is_plain_list or (ROLE_END.search(words) and is_units(words)) else ""


def _with_stop(text: str, span: Span) -> Span:
    """The list with the full stop behind it, where it closes the paragraph."""
    if span.end < len(text) and not _TAIL.sub("", text[span.end :]):
        return Span(span.start, len(text), span.use)
    return span


def _labelled(text: str, taken: list[Span]) -> list[Span]:
    """责任单位：…, 完成时限：…: from the label to the next label or the end of the paragraph."""
    marks: list[tuple[int, str]] = []
    for use, pattern in _LABELS:
        for match in pattern.finditer(text):
            at = match.start()
            # A label in brackets, 【配合单位】, may stand right behind a name.
            is_label = text[at] in _OPEN or _BEFORE_LABEL.search(text[max(at - 2, 0) : at])
            if any(s.start <= at < s.end for s in taken) or not is_label:
                continue
            marks.append((at, use))
    marks.sort()
    found = []
    for n, (start, use) in enumerate(marks):
        end = marks[n + 1][0] if n + 1 < len(marks) else len(text)
        nearest = min((s.start for s in taken if s.start >= start), default=end)
        found.append(Span(start, min(end, nearest), use))
    return [span for span in found if span.end > span.start]


def _last_sentence(text: str) -> list[Span]:
    """…。市民政局牵头，市财政局配合。: a last sentence that is nothing but units and roles."""
    end = len(text.rstrip("。；; \n"))
    start = max(text.rfind(mark, 0, end) for mark in "。；;！") + 1
    sentence = text[start:end]
    if start and is_role_list(sentence) and not sentence.startswith(("各级各部门", "全")):
        # 市民政局牵头；市财政局配合: the list may have begun before a semicolon.
        while start > 1:
            earlier = max(text.rfind(mark, 0, start - 1) for mark in "。；;！") + 1
            if earlier and is_role_list(text[earlier : start - 1]):
                start = earlier
            else:
                break
        return [Span(start, len(text), "units")]
    return []
