"""Find rows whose task was read from another column than the one that names it, and rows that have
words in a column or a note that say who answers for them, and were not read so."""

from __future__ import annotations

from collections.abc import Iterator

from yiyang import agencies
from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar import amendments
from yiyang.parse import Reading, header_words
from yiyang.parse.shapes import NAME_END
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
    yield from _moved(rows)
    yield from _together(rows)


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


# 会同县残联加装楼道扶手: how the words of a task begin, once its list of units is taken out
_WITH = expression("(?:^|[。；;])会同(?P<who>[一-鿿]{2,16})")


def _together(rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks whose words name a unit together with which it is done, and that is none of theirs."""
    named: dict[str, set[str | None]] = {}
    for row in rows["assignments"]:
        named.setdefault(row["task_id"], set()).add(row["agency_id"])
    for task in rows["tasks"]:
        for match in _WITH.finditer(squash(task["text"])):
            name = _known_unit(match["who"])
            if name and agencies.resolve(name).agency_id not in named.get(task["task_id"], ()):
                yield task["line_start"], "doubt.together", {"name": name}


def _known_unit(words: str) -> str:
    """The shortest beginning of some words that is the name of a unit of a level (县残联)."""
    if not _OF_LEVEL.match(words):
        return ""
    known = (words[:n] for n in range(3, min(len(words), 12) + 1) if NAME_END.search(words[:n]))
    return next((name for name in known if agencies.resolve(name).agency_id), "")


_OF_LEVEL = expression("[省市县区州旗镇乡]")


# 验收推迟至9月底, 工期顺延3个月: a day that may be another by now; not 申请延期至9月底
_LATER = expression(
    r"(?:延期|延迟|延后|顺延|推迟|推后|(?:时限|期限|时间|工期|节点)[^,。;]{0,4}?(?:延|调整|变更|提前|改))"
    r"[^,。;]{0,8}?(?:\d|[一二三四五六七八九十两半]个?[月年])"
)
_ASKED = expression("^(?:拟|申请|建议|请求)[^,。;]*$")
# 已取消, 并入第1项, 责任单位变更为…, 数量调减至10个: a row that is another, or none, by now
_IS_OTHER = expression(
    r"取消|并入|不再|暂缓|终止|停止实施|(?:单位|部门)[^,。;]{0,4}(?:变更|调整|改)"
    r"|(?:目标|数量|任务量|任务数|规模|指标)[^,。;]{0,4}(?:调整|调[减增]|变更|改|[核压]减)"
)


def _moved(rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks beside which a column says that something is to come later, or at another time, where
    no day of the task rests on it; and those of which a remark says that they changed."""
    line_of = {task["task_id"]: task["line_start"] for task in rows["tasks"]}
    dated: dict[str, list[str]] = {}
    for row in rows["deadlines"]:
        dated.setdefault(row["task_id"], []).append(plain(row["printed"]))
    for row in rows.get("task_columns", ()):
        said = plain(row["text"])
        is_read = any(day in said for day in dated.get(row["task_id"], ()))
        is_later = _LATER.search(said) and not is_read and not _ASKED.search(said)
        is_other = amendments.REMARKS.search(row["column_printed"] or "") and _IS_OTHER.search(said)
        if is_later or is_other:
            yield line_of[row["task_id"]], "doubt.note", {"note": said[:40]}


# 完成时限…, 由…配合, 已取消: what may change a row
_CHANGES = expression(
    r"时限|期限|由.{2,20}(?:牵头|配合|负责|参与|落实)|[为是].{0,6}(?:牵头|配合|责任)单位|调整|变更|取消|合并|删除|增加|暂缓|延|改为|不再|\d月|[月年]底"
)


def _noted(rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks of which a note behind the list says, by their number or a mark, what was not
    applied."""
    line_of = {task["task_id"]: task["line_start"] for task in rows["tasks"]}
    for row in rows.get("noted", ()):
        if _CHANGES.search(row["text"]):
            yield line_of[row["task_id"]], "doubt.note", {"note": plain(row["text"])[:40]}
