"""Find rows whose task was read from another column than the one that names it, and rows that have
words in a column or a note that say who answers for them, and were not read so."""

from __future__ import annotations

from collections.abc import Iterator

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar import amendments
from yiyang.parse import Reading, header_words
from yiyang.reading.signs import plain
from yiyang.safety.later import expression

Found = tuple[int, str, dict[str, object]]
"""Line, the key of its sentences in refusals.csv, what fills their fields."""

# 1.4月底前主体完工, 2026年6月立项, 一是3月底前摸底: a step and its time, which no task begins with
_STEP = expression(
    r"(?:[(]?[1一①][)]?[.,、是]?|第一步[:,]?)(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十])月"
)
_WORDS = expression("[一-鿿]{4}")


def find(reading: Reading, rows: dict[str, Rows]) -> Iterator[Found]:
    """Yield rows whose task may be named in another column: its words are those of the row above,
    or they are the first of several steps with its time; rows with a name below a heading that may
    be one of units; rows of which a note says what was not applied."""
    yield from _same_words(reading, rows)
    yield from _steps(reading)
    yield from _who_else(rows)
    yield from _noted(rows)


def _same_words(reading: Reading, rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks with the words of a merged cell, beside a column of words that nobody knows."""
    beside: dict[str, str] = {}
    for row in rows.get("task_columns", ()):
        is_unknown = not header_words.use_of(row["column_printed"] or "")
        if is_unknown and _WORDS.search(squash(row["text"])):
            beside.setdefault(row["task_id"], row["text"])
    shared = {piece.seq for piece in reading.pieces if piece.use == "text" and piece.is_shared}
    before: dict[str, str] = {}
    for seq, task in enumerate(rows["tasks"], 1):
        text, other = task["text"], beside.get(task["task_id"], "")
        if seq in shared and other and before.get(text, other) != other:
            yield task["line_start"], "doubt.same_words", {"text": text[:20], "other": other[:20]}
        if other:
            before[text] = other


def _steps(reading: Reading) -> Iterator[Found]:
    """Tasks that begin with a step and its time, beside a short name: this may be the task."""
    names = {piece.seq: piece.text for piece in reading.pieces if piece.use == "measure"}
    seen: set[int] = set()
    for piece in reading.pieces:
        if piece.use != "text" or not piece.seq or piece.seq in seen:
            continue
        seen.add(piece.seq)
        if piece.seq in names and _STEP.match(plain(piece.text)):
            values: dict[str, object] = {"text": piece.text[:20], "other": names[piece.seq][:20]}
            yield piece.line, "doubt.steps", values


# 责任村, 包保干部: somebody whose the task is; not 责任人, 责任状, 落实情况
_DUTY = expression("^(?:责任|牵头|主办|主责|承办|配合|协办|包[保联抓]|挂[联包]|负责)")
_NO_UNIT = expression(
    "人|领导|长$|员$|干部|书记|主任|姓名|电话|联系|手机|签[字名]|情况|进[度展]|状$|书$|清单|意见|事项|内容|措施|目标|要求"
    "|区域|范围|形式|等级|级别|类型|类别|方式|时间|期限|分值|名称$"
)
_NAME = expression("[^，。；：:,;.!?？！\\d\\s]{2,12}")


def _who_else(rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks with a short name in a column whose heading says that somebody answers for them, and
    is known to head neither units nor people."""
    line_of = {task["task_id"]: task["line_start"] for task in rows["tasks"]}
    for row in rows.get("task_columns", ()):
        heading = squash(simplify(row["column_printed"] or ""))
        is_of_units = _DUTY.match(heading) and not _NO_UNIT.search(heading)
        if is_of_units and _NAME.fullmatch(row["text"].strip()):
            values: dict[str, object] = {"heading": heading[:20], "text": row["text"][:20]}
            yield line_of[row["task_id"]], "doubt.who_else", values


# 完成时限…, 由…配合, 已取消: what may change a row
_CHANGES = expression(
    r"时限|期限|由.{2,20}(?:牵头|配合|负责|参与|落实)|[为是].{0,6}(?:牵头|配合|责任)单位|调整|变更|取消|合并|删除|增加|暂缓|延|改为|不再|\d月|[月年]底"
)


def _noted(rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks of which a note behind the list says, by their number or a mark, what was not
    applied."""
    notes, _ = amendments.find(rows["tasks"], rows["leftovers"], [])
    line_of = {task["task_id"]: task["line_start"] for task in rows["tasks"]}
    applied = {(row["line"], plain(row["text"])) for row in rows.get("rules", ())}
    for note in notes:
        said = plain(note.sentence)
        is_applied = any(line == note.line and (said in w or w in said) for line, w in applied)
        if not is_applied and _CHANGES.search(note.words):
            for name in note.tasks:
                yield line_of[name], "doubt.note", {"note": said[:40]}
