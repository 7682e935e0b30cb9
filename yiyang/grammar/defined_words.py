"""Read the days of words that a note defines: 表中“年底前”统一指2026年12月20日前, A类为6月底前完成.

The usual day of such a word is then wrong. A time that is the word alone has the day of the note;
one that only holds it (2027年底前) has none, and is said. The name of a class has no usual day.
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
# A类为2025年6月底前完成；B类为…；C类为长期坚持; not 非A类为…, nor A类为3月完成立项、12月…
_CLASS = expression(
    r"(?:^|[：:；;，,。、\s“\"「'‘（(]|[注中])(?P<word>[A-DⅠ-Ⅳ甲乙丙丁一二三四]类)(?:任务|事项|项目|工作|时限)?[”\"」'’]?"
    r"(?:应当?|须|需)?(?:的?(?:完成)?时限)?(?:统一|一律|均|都)?(?:为|是|指|即|表示|代表|于|在|[:：])"
    r"(?P<day>[^，,。；;、\n（(]{0,18}?(?:[前底末日月年内初旬季]|季度|半年|长期坚持|长期|持续推进|常态化(?:推进|开展)?))(?:完成|办结|整改到位|销号)?[”\"」'’]?(?=[。；;\n]|$)"
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
    classes = _classes(notes, issued, year)
    read = [_of_class(_with_day(row, given), classes) for row in times]
    given |= {w: said for w, said in classes.items() if any(_is_of(row, w) for row in times)}
    open_words = {row["unread"] for row, was in zip(read, times, strict=True) if row is not was}
    applied = {said[:2] for word, said in given.items() if word not in open_words}
    return ByRule(read, applied)


def _classes(notes: Rows, issued: date | None, year: TitleYear) -> dict[str, tuple[int, str, Time]]:
    """The classes of times that notes define, each with its line, its words and its time; none of
    which is said twice."""
    found: dict[str, tuple[int, str, Time]] = {}
    twice = set()
    for note in notes:
        text = str(note["text"])
        for match in _CLASS.finditer(simplify(text)):
            twice |= {match["word"]} & set(found)
            times = in_cell(match["day"], issued, year=year)
            is_whole = len(times) == 1 and (times[0].begin, times[0].end) == (0, len(match["day"]))
            if is_whole and times[0].kind and not times[0].refusal:
                words = text[match.start("word") : match.end()]
                found[match["word"]] = note["line"], words, times[0]
    told = "".join(simplify(str(note["text"])) for note in notes)
    return {w: said for w, said in found.items() if w not in twice and told.count(w) == 1}


def _is_of(row: dict[str, Any], word: str) -> bool:
    """Whether a time is the name of a class and nothing else."""
    return bool(simplify(squash(str(row["printed"]))).strip('“”"（()）') == word)


def _of_class(row: dict[str, Any], classes: dict[str, tuple[int, str, Time]]) -> dict[str, Any]:
    for word, (line, _, time) in classes.items():
        if not row["kind"] and _is_of(row, word):
            return row | time.columns() | {"line": line, "unread": "", "is_inferred": True}
    return row


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
