"""Find lists of units inside running text: in brackets, behind a label, as the last sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from yiyang.core.text import simplify
from yiyang.grammar import roles
from yiyang.parse import unit_heads
from yiyang.parse.numbers import style_of
from yiyang.parse.shapes import (
    BULLETS,
    KNOWN_LABEL,
    LABEL,
    NAME_END,
    PERSON_LABEL,
    ROLE_END,
    TIME_LABEL,
    are_known_units,
    is_known_unit,
    is_units,
)
from yiyang.parse.unit_sentences import at_either_end, before_words, last_sentence, own_sentence
from yiyang.parse.unit_spans import Span, cut, is_time, joined
from yiyang.safety.later import expression

_OPEN, _CLOSE = "（(【[〔［", "）)】]〕］"
_BRACKETS = expression(f"[{re.escape(_OPEN + _CLOSE)}]")
# What may stand behind a list that closes a sentence.
_TAIL = expression(r"^[\s。；;，,.]*")
# 完成时限：2025年12月底; ends where the next label or sentence begins
_LABELS = (("units", LABEL), ("deadline", TIME_LABEL), ("person", PERSON_LABEL))
# What a label may stand behind: the beginning, the end of a sentence or bracket, a blank, a mark
_BEFORE_LABEL = expression(rf"(?:^|[。；;，,、）)】\]》”\s—\-*{BULLETS}]|\d[.、])$")
# 列第一位者为牵头单位，下同
_REMARK = expression(rf"[。；;，,]?(?:{roles.REMARK}|下同|以下).*$")
# 各县区人社局、财政局，园区相关部门：: to whom a notice goes, the last of them no label
_ADDRESSED = expression(r"\s*各(?![^：:]*(?:责任|牵头|配合|负责))[^。；;：:\d]{2,160}[：:]\s*")


def has_units(text: str) -> bool:
    """Tell whether a paragraph lists units."""
    return any(span.use == "units" for span in find(text))


def find(text: str) -> list[Span]:
    """Return the lists of units and the labelled deadlines of a paragraph, in its order, not
    overlapping.

    （责任单位：市民政局）, (市民政局牵头，市财政局配合), 责任单位：市民政局, …。市民政局负责。
    """
    folded = simplify(text)
    if _ADDRESSED.fullmatch(folded):
        return []
    own = own_sentence(folded)
    if own and not own[0].start:
        return _without_bullets(folded, own)
    found = _bracketed(folded)
    found += _labelled(folded, found)
    if not found:
        found = last_sentence(folded) or own or at_either_end(folded)
    elif all(_supports(folded, span) for span in found):
        found += before_words(folded)
    return _without_bullets(folded, sorted(found, key=lambda span: span.start))


def _supports(text: str, span: Span) -> bool:
    """Whether a span says nothing of those who answer for a task: a time, those who support."""
    said = unit_heads.part(text[span.start : span.end]) if span.use == "units" else ""
    return span.use in ("deadline", "stop") or said == unit_heads.SUPPORTING


_BULLETS = expression(rf"[\s{BULLETS}]+")
_BULLET = expression(f"[{BULLETS}]")


def _without_bullets(text: str, found: list[Span]) -> list[Span]:
    """The spans without the bullets before the label that follows each (👉, ●), which stand alone.

    A mark behind a name (区民政局▲) is one of bullets only where the paragraph begins with it.
    """
    parted: list[Span] = []
    at = 0
    for span, following in zip_longest(found, found[1:]):
        if at < span.start and _BULLETS.fullmatch(text, at, span.start):
            parted.append(Span(at, span.start, "stop"))
        at, end = span.end, span.end
        if following and following.start == span.end:
            mark = _bullet_at_end(text, span)
            if mark and (mark[0] not in roles.MARKS or text[:1] == mark[0]):
                end = mark.start()
        parted.append(Span(span.start, end, span.use))
        if end < span.end:
            parted.append(Span(end, span.end, "stop"))
    return parted


def _bullet_at_end(text: str, span: Span) -> re.Match[str] | None:
    """The first of the bullets with which a span ends, behind words or a blank.

    Looked for from the end: a search for all of them would begin anew at each one of a long row.
    """
    marks = _BULLETS.match(text[span.start : span.end][::-1])
    at = span.end - marks.end() if marks else span.end
    return _BULLET.search(text, max(at, span.start + 1), span.end)


def _bracketed(text: str) -> list[Span]:
    """Lists in brackets; the outermost pair counts, an unclosed one goes to the end."""
    found: list[Span] = []
    depth = start = 0
    for mark in _BRACKETS.finditer(text):
        i, c = mark.start(), mark[0]
        if c in _OPEN:
            start = i if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found += _spans(text, start, i)
    if depth and (use := _use(text, start, len(text))) and LABEL.match(text, start + 1):
        found.append(Span(start, len(text), use))
    return [_with_stop(text, span) for span in found]


def _spans(text: str, start: int, end: int) -> list[Span]:
    """What a bracket holds: a list of units, and the times and people beside it, each a span."""
    clauses = cut(text, start + 1, end)
    times = [clause for clause in clauses if clause.use]
    # （责任人：陈大海；完成时间：5月底）: no unit in it, and a time
    if len(times) == len(clauses) > 1 and {"person", "deadline"} <= {c.use for c in times}:
        return _merged(text, start, end, clauses)
    if times and len(times) < len(clauses):
        units = [clause for clause in clauses if not clause.use]
        words = "".join(text[c.start : c.end] for c in units).rstrip("。；;，, ")
        before = text[: start + 1]
        is_list = _use(before + words + text[end:], start, len(before) + len(words)) == "units"
        # （村经济合作社，11月底前） at the end: one name, which nobody may know, and a time
        is_dated = any(clause.use == "deadline" for clause in times)
        is_dated = is_dated and is_units(words) and not _PLACE.search(words)
        if is_list or (is_dated and not _TAIL.sub("", text[end + 1 :])):
            return _merged(text, start, end, clauses)
    use = _use(text, start, end)
    return [Span(start, end + 1, use)] if use else []


# （第二水厂，8月底前）, （新城区，8月底前）: what is built, or where, as well as a unit
_PLACE = expression(
    r"(?:区|工程|项目)$|第[一二三四五六七八九十\d]{1,3}[一-鿿]{1,4}$"
    "|^(?![省市县区镇乡村街])[一-鿿]{0,20}(?:[厂校路馆园站桥库]|[小中大]学|医院)$"
)


def _merged(text: str, start: int, end: int, clauses: list[Span]) -> list[Span]:
    """The clauses of a bracket, neighbours of one kind put together; its marks stand alone."""
    inner = joined(text, clauses)
    return [Span(start, start + 1, "stop"), *inner, Span(end, end + 1, "stop")]


# 各镇街（园区）: a part of the name
_OF_MANY = expression("各[一-鿿]{1,4}$")
_MANY = expression("(?:(?:街道|街镇|镇街|园区|开发区|管委会|办事处|农场|林场|区|市)[、和]?){1,4}")


def _use(text: str, start: int, end: int) -> str:
    """What a bracket holds: `units`, `deadline`, `person`, `rule` (of all lists), or none of these.

    Of units that no label and no known role word names, each must be known.
    """
    inside = text[start + 1 : end].strip()
    # 【责任单位】: the list stands behind it; 市教育局（牵头）: it says the role of one name
    is_mark = ROLE_END.fullmatch(inside) and is_known_unit(_name_before(text[:start]))
    is_of_name = _MANY.fullmatch(inside) and _OF_MANY.search(text, 0, start)
    if is_mark or is_of_name or LABEL.match(text, start):
        return ""
    label = LABEL.match(inside)
    if label:
        return "units" if inside[label.end() :].strip() else ""
    if not LABEL.search(inside):
        for use, pattern in (("person", PERSON_LABEL), ("deadline", TIME_LABEL)):
            if pattern.match(inside):
                return use
    words = _REMARK.sub("", inside)
    is_of_marks = roles.MARK_LEADS.search(inside) and not is_units(words)
    if not words.strip() or roles.EVERYWHERE.match(inside) or is_of_marks:
        return "rule"
    before = text[:start].rstrip()
    is_last = not _TAIL.sub("", text[end + 1 :])
    is_after_sentence = before[-1:] in tuple("。；;！")
    is_list = bool(re.search(r"[、，,；;]", inside)) or is_after_sentence
    is_plain_list = (is_last or is_after_sentence) and is_list and is_units(words)
    if is_plain_list or (ROLE_END.search(words) and is_units(words)):
        return "units"
    # 政府（管委会）: a bracket that belongs to the name before it
    is_named = bool(NAME_END.search(before)) and not _COUNTED.search(before)
    is_part = not is_after_sentence and not is_list and is_named
    # 2.【市卫健委】新增…: in front of all the words of an item
    is_front = text[start] in "【[［" and not text[len(style_of(text)[1]) : start].strip("* ")
    is_closing = text[end + 1 :].lstrip()[:1] in tuple("。；;")
    is_open = is_front or ((is_last or is_after_sentence or is_closing) and not is_part)
    is_known = is_open and are_known_units(inside)
    # 总结验收阶段（2026年11月）: when a phase is, which need not say 前
    is_phase = (is_closing or is_last) and _PHASE.fullmatch(before[len(style_of(before)[1]) :])
    is_of_time = (is_front or is_phase) and is_time(inside)
    return "units" if is_known else "deadline" if is_of_time else ""


# 总结验收阶段, 启动环节, 第二步: all that stands in front of a time; not 上一阶段, 前阶段
_PHASE = expression(
    r"[一-鿿]{2,10}(?<![上前本该各下]一)(?<![上前本该各下个])(?:阶段|环节)|第[一二三四五六]步"
)


# 采砂点9处, 3万户: a count, and no name
_COUNTED = expression(r"[\d十百千万亿余多]\s?[一-鿿]$")


def _name_before(text: str) -> str:
    """The last name of a list: 市教育局 of …责任单位：市民政局、市教育局."""
    return re.split(r"[、，,；;。:：\s）)】\]（(]", text.rstrip())[-1]


def _with_stop(text: str, span: Span) -> Span:
    """The list with the full stop behind it, where it closes the paragraph."""
    if span.end < len(text) and not _TAIL.sub("", text[span.end :]):
        return Span(span.start, len(text), span.use)
    return span


def _labelled(text: str, taken: list[Span]) -> list[Span]:
    """责任单位：…, 完成时限：…: from the label to the next label, or to where its list ends."""
    marks = sorted(set(_marks(text, taken)))
    found = []
    for n, (start, use) in enumerate(marks):
        end = marks[n + 1][0] if n + 1 < len(marks) else len(text)
        nearest = min((s.start for s in taken if s.start >= start), default=end)
        end = min(end, nearest)
        if use == "units":
            end = start + _list_end(text[start:end])
        above = roles.ABOVE_LABEL.match(text) if not n else None
        found.append(Span(0 if above and above.end() == start else start, end, use))
    return [span for span in found if span.end > span.start]


# How many characters a label may have
_LONGEST_LABEL = 26
_LABEL_END = expression("[:：】\\]］]")


def _marks(text: str, taken: list[Span]) -> Iterator[tuple[int, str]]:
    """Where the labels of a paragraph stand, and what they announce; each ends with a colon or a
    bracket, before which alone it is looked for."""
    at = 0
    for end in _LABEL_END.finditer(text):
        at = max(at, end.start() - _LONGEST_LABEL)
        while at <= end.start():
            label = next(_labels_at(text, at), None)
            if not label:
                at += 1
                continue
            use, stop = label
            if not any(s.start <= at < s.end for s in taken):
                yield at, use
            at = stop


def _labels_at(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The label that stands at a place, and where it ends."""
    # A label in brackets, 【配合单位】, may stand right behind a name.
    above = roles.ABOVE_LABEL.match(text) if at < _LONGEST_LABEL else None
    is_bound = (
        text[at] in _OPEN
        or bool(_BEFORE_LABEL.search(text[max(at - 2, 0) : at]))
        or bool(above and above.end() == at)
    )
    for use, pattern in _LABELS if is_bound else (("units", KNOWN_LABEL), *_LABELS[1:]):
        match = pattern.match(text, at)
        # 牵头单位：区经发局、区口岸办配合单位：平潭海关完成时限：2019年底
        if match and (is_bound or _is_behind_list(text[:at])):
            yield use, match.end()


_LONGEST_LIST = 500
"""Characters that a label and its list have at most before another label right behind it."""


def _is_behind_list(before: str) -> bool:
    """Whether a text ends with a label and a list of units: 牵头单位：区经发局、区口岸办."""
    before = before[-_LONGEST_LIST:]
    start = max((m.end() for m in KNOWN_LABEL.finditer(before)), default=-1)
    return 0 < start < len(before) and is_units(before[start:])


def _list_end(text: str) -> int:
    """Where a labelled list ends: at a full stop, unless more of it or a remark stands behind."""
    for stop in re.finditer("[。！]", text):
        rest = text[stop.end() :].strip()
        if not rest or _is_more(rest):
            return len(text)
        if rest[:1] not in _CLOSE:
            return stop.end()
    return len(text)


def _is_more(rest: str) -> bool:
    return bool(re.match(roles.REMARK, rest) or roles.EVERYWHERE.match(rest) or is_units(rest))
