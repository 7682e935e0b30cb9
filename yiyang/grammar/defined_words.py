"""Read the days of words that a note defines: 表中“年底前”统一指2026年12月20日前.

The usual day of such a word is then wrong. A time that is the word alone has the day of the note;
one that only holds it (2027年底前) has none, and is said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar import due_by_rule
from yiyang.grammar.deadline_phrases import Time, TitleYear, in_cell
from yiyang.grammar.due_by_rule import ByRule
from yiyang.safety.later import expression

_NOTE = expression(
    r"[“\"「'‘]?(?P<word>年底|年末|年内|[上下]半年|第?[一二三四]季度|月底|季度末)[之以]?[前内]?[”\"」'’]?"
    r"(?:统一|一律|均|都)?(?:是?指|即为?|按)(?P<day>(?:\d{4}年|当年|本年度?)?\d{1,2}月\d{1,2}日[之以]?前?)"
)
_EDGES = expression("(?:(?:完成|办结|到位)|[之以]?[前内])$")


def find(times: Rows, notes: Rows, issued: date | None, *, year: TitleYear = None) -> ByRule:
    """Return the deadlines with the days that `notes` (`text`, `line`) give to words, and the notes
    that were applied."""
    given: dict[str, tuple[int, str, Time]] = {}
    for note in notes:
        for match in _NOTE.finditer(simplify(str(note["text"]))):
            found = [time for time in in_cell(match["day"], issued, year=year) if time.due]
            if len(found) == 1:
                words = str(note["text"])[slice(*match.span())]
                given[match["word"]] = note["line"], words, found[0]
    read = [_with_day(row, given) for row in times]
    open_words = {row["unread"] for row, was in zip(read, times, strict=True) if row is not was}
    applied = {said[:2] for word, said in given.items() if word not in open_words}
    return ByRule(read, applied)


def _with_day(row: dict[str, Any], given: dict[str, tuple[int, str, Time]]) -> dict[str, Any]:
    printed = simplify(squash(str(row["printed"])))
    word = next((word for word in given if word in printed), "")
    if not word or not row["kind"]:
        return row
    line, _, time = given[word]
    if word in (printed, _EDGES.sub("", _EDGES.sub("", printed))):
        return row | time.columns() | {"line": line, "is_inferred": True}
    own = {"task_id": row["task_id"], "line_start": row["line"]}
    kept = {name: row[name] for name in ("source", "printed")}
    return due_by_rule.left(own, row["order"], "") | kept | {"unread": word}
