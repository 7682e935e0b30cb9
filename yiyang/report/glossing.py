"""Put an English gloss beside every Chinese text of the English pages that has none.

The pages quote documents word for word. What a text says stands in an editor's tables: a gloss of
each task (`curation/task_titles.csv`) and of the short texts that pages print, such as headings,
times and figures (`curation/glosses.csv`). Where neither knows a text, it stays as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from yiyang.core.corpus import Corpus
from yiyang.core.messages import say
from yiyang.safety.escaping import Markup
from yiyang.safety.later import expression
from yiyang.show import gloss

LEAST = 10
"""Chinese characters from which on a text beside the name of a task is taken for its words, and
not for a unit, a time or a figure."""
CHINESE = expression(r"[\u3400-\u9fff]")
_TAG = expression(r"<[^<>]*>")
# "Health", "Gloss"; not the % and the digits of "2022-12-31"
_ENGLISH = expression(r"[A-Za-z]{2,}")
# <td data-label="Deadline">2021年12月底</td>: a cell that holds text, and no list or table
_CELL = expression(r"(<td\b[^<>]*>)((?:[^<]|<(?!/?(?:td|ul|dl|div|table|details)\b))*)(?=</td>)")
# <bdi lang="zh-CN">一条</bdi>  <span lang="zh-CN">2021年4月底</span>
_PRINTED = expression(r'(<(bdi|span) lang="zh-CN">)([^<>]+)(</\2>)')
_ROW = expression(r"(?=<tr\b)")
# What a cell may begin with before the words of a task: jiyuan-17 (0.18)
_SCORE = expression(r"\(\d\.\d+\)")
_REASONED = '<td data-label="Reason"'
"""A row that says in English what a change of characters is."""


class Tasks(NamedTuple):
    """The editor's glosses of the tasks of a corpus."""

    by_id: Mapping[str, str]
    by_text: Mapping[str, str]


NONE = Tasks({}, {})


def tasks(corpus: Corpus) -> Tasks:
    """Return the glosses of tasks, by their ids and by their texts."""
    by_id = gloss.titles(corpus)["gloss"].to_dict()
    texts = corpus.tasks.set_index("task_id")["text"].to_dict()
    return Tasks(by_id, {texts[task]: said for task, said in by_id.items()})


def page(source: str, of: Tasks) -> str:
    """Return a page with the glosses that it lacks."""
    if not CHINESE.search(source):
        return source
    # jiyuan-10, not the beginning of jiyuan-100
    ids = "|".join(map(re.escape, sorted(of.by_id)))
    named = re.compile(rf"(?:{ids})(?!\d)") if ids else None
    return "".join(_row(row, of, named) for row in _ROW.split(source))


def _row(row: str, of: Tasks, named: re.Pattern[str] | None) -> str:
    """The beginning of a row to that of the next; what it says of a task is about the first that
    it names."""
    if not CHINESE.search(row):
        return row
    ids = named.findall(row.partition("</tr>")[0]) if named and row.startswith("<tr") else []
    pieces, at = [], 0
    for match in _CELL.finditer(row):
        pieces += [_PRINTED.sub(_beside, row[at : match.start()]), match[1]]
        pieces.append(_cell(match[2], of, ids, has_reason=_REASONED in row))
        at = match.end()
    return "".join([*pieces, _PRINTED.sub(_beside, row[at:])])


def _cell(cell: str, of: Tasks, ids: Sequence[str], *, has_reason: bool) -> str:
    glossed = _PRINTED.sub(_beside, cell)
    left = _SCORE.sub("", _text(_PRINTED.sub(lambda m: "" if _known(m) else m[0], cell)))
    own = [
        task
        for task in dict.fromkeys(ids)
        if task in left and re.search(rf"{re.escape(task)}(?!\d)", left)
    ]
    for task in sorted(own, reverse=True):
        left = left.replace(task, "")
    n_chinese = len(CHINESE.findall(left))
    if n_chinese and (said := gloss.word(left)):
        return glossed + _mark(said)
    if not n_chinese or _ENGLISH.search(left):
        return glossed
    whole = of.by_text.get(left)
    if whole or (n_chinese >= LEAST and ids and not has_reason):
        return glossed + _mark(say("task.gloss", "en", text=whole or of.by_id[(own or ids)[0]]))
    return glossed


def _text(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _known(match: re.Match[str]) -> str:
    return gloss.word(html.unescape(match[3]).strip())


def _beside(match: re.Match[str]) -> str:
    said = _known(match)
    return match[0] + _mark(said) if said else match[0]


def _mark(said: str) -> str:
    return str(Markup(' <small class="yy-gloss">‘{}’</small>').format(said.removesuffix(".")))
