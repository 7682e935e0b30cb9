"""Judge one sign after the other: used in a field, refused with a reason, or unread."""

from __future__ import annotations

import re
from collections import defaultdict

from yiyang.core.schema import Rows
from yiyang.grammar import amendments, quantities
from yiyang.parse import UNIT_FIELDS, Piece, Reading, bodies, by_numbers, header_words, unit_heads
from yiyang.parse.shapes import is_deadline
from yiyang.reading import heads, note_signs, other_columns, rule_signs, signs, unit_signs
from yiyang.reading.against_rows import by_line, by_task, extent
from yiyang.reading.cover import Cover
from yiyang.reading.signs import Sign, plain
from yiyang.safety.later import expression
from yiyang.safety.telling import is_told, tell

LISTS = ("label", "bracket", "role", "unit")
"""Kinds of signs that say who answers for something."""
ANY_LIST = (*LISTS, "agency")
STRONG = ("header", "number", "rule", "agency", *LISTS)
"""Kinds of signs behind which a task or its units stand."""
USED, REFUSED, UNREAD = "used", "refused", "unread"
STATES = (USED, REFUSED, UNREAD)

# Reasons of leftovers that know what a piece is; what else is left over was not read.
_KNOWN = expression(
    "table header|title|heading|issuing agency|date of issue|number of the document"
    "|marks the document|address of the notice|distribution list|page furniture|bookmark"
    "|rule between|caption|note in a table|names people|punctuation|label of|total"
    "|prose of a case study|legend of the|mark that repeats|not ticked|ticked box"
    "|further row of the task|role of the unit|read as one day|people to call|blank form"
    "|which lists no task|list of attachments"
)
# 2024年底、2025年底和2026年底: times of one list
_LISTED = expression("[、和及与](?=20)")
# 总体要求, 保障措施, 附件：: numbered paragraphs that say what for and how, not what to do
_GENERAL = expression(
    r"^.{0,6}(?:总体|指导思想|基本原则|工作目标|主要目标|发展目标|目标任务|工作原则|背景|适用范围|工作要求|有关要求|组织领导|组织实施"
    r"|组织保障|保障措施|强化保障|强化督导|督导检查|督查考核|监督检查|实施步骤|加强领导|附则|附件|总则|重要意义|形势|现状|基本情况|说明)"
)
# 一、 (三) 12. before the words of a paragraph
_OPENS = expression(r"^(?:第\w{1,4}[章编节部条款]分?|\W*[一二三四五六七八九十百\d]{1,4}\W)\W*")
# ☑为责任单位: a rule about ticked boxes
_BOX = expression("[☑✓✔√■□☐]")
# 汇报单位, 填报单位: who tells of a task, and has no part in it
_TELL = expression("(?:填报|报送|汇报|参会|列席|来文|发文)(?:单位|部门)$")
# 整改单位, 负责科室: headings over units
_OF_UNITS = expression("单位|部门|科室|处室|主体|机构")
# 原责任单位, 调整前
_FORMER = expression("原(?!则|因)|(?:调整|变更|更正|修改)前")
# 版权所有 主办单位：…, 网站主管单位：…: the foot of a page
_SITE = expression("版权|ICP|联系我们|网站|备案|^(?:主办|承办|主管)单位:[^、]*(?:政府|办公|局)")
# 协作单元：县医保局: a short label and what it announces
_LABELLED = expression(
    r"[-*●•\s]{0,4}(?![^:：]{0,6}(?:联系|电话|来源|发布|抄送|印发|编辑|附件|[备附]?注|说明|[填制]表|填报|主办|编制|审核|签发))"
    r"[一-鿿]{2,8}\s*[:：]\s*"
)
# 2025年底前, 6月底, 长期坚持: times that promise; 2019年, 自2021年起 and 3年 do not
_PROMISES = expression(
    r"^(?!\d{4}-\d\d?(?:-\d\d?)?$).*(?:(?:前|底|末|内|止|完成|左右|季度|半年|上旬|中旬|下旬)\)?$|[至到\-])"
)


POINT = tell("reading.point_task")
ABOVE = tell("reading.numbered_text_above_tasks_without")
IN_HEADING = tell("reading.units_heading")


def _inside(key: str, piece: Piece) -> str:
    """The reason of a sign that stands inside a piece of a task: its words, its units."""
    use = "units" if piece.use in UNIT_FIELDS else piece.use
    return tell(f"inside.{key}", where=tell(f"inside.where.{use}"))


Verdict = tuple[str, str, int]


def _refused(rows: dict[str, Rows]) -> Rows:
    """The figures that were refused; of one of an unknown unit, and of one that may be an aim or
    none, nobody knows what it says."""
    unread = (
        tell("grammar.figure_of_unknown_unit"),
        tell("grammar.size_or_aim"),
        tell("grammar.found_or_aim"),
        tell("grammar.done_or_aim"),
    )
    return [row for row in rows.get("refusals", ()) if row["kind"] not in unread]


class Judge:
    """What became of one sign after the other."""

    def __init__(
        self, document_id: str, cover: Cover, reading: Reading, rows: dict[str, Rows]
    ) -> None:
        self.cover = cover
        pieces = reading.pieces
        self.has_tasks = bool(rows["tasks"])
        self.units = by_task(rows["assignments"], "agency_printed")
        self.times = by_task(rows["deadlines"], "printed")
        self.figures = by_task(rows["targets"], "printed")
        self.refused = by_task(_refused(rows), "printed")
        unknown = (row for row in rows["unknown"] if is_told(row["reason"], "agencies.unread"))
        self.unknown = by_line(row for row in unknown if re.search(r"\w", row["text"]))
        before = "agencies.who_answered_before"
        self.former = by_line(row for row in rows["unknown"] if is_told(row["reason"], before))
        self.outcomes = by_line(rows["outcomes"], "printed")
        self.moved = by_task(rows.get("moved", ()), "printed")
        self.undated = by_line(rows.get("undated", ()))
        self.dated = by_line((r for r in rows["deadlines"] if r["is_inferred"]), "printed")
        self.applied = [(row["line"], plain(row["text"]), row["about"]) for row in rows["rules"]]
        self.applied += [(line, plain(words), "role") for line, words in reading.notes]
        self.named = {(row["line"], plain(row["agency_printed"])) for row in rows["assignments"]}
        self.has_boxes = any(is_told(piece.reason, "parse.box_not_ticked") for piece in pieces)
        self.styles: set[str] = set()
        self.general = ""
        self.has_units = bool(rows["tasks"]) and all(
            row["task_id"] in self.units for row in rows["tasks"]
        )
        self.list_text: dict[int, str] = defaultdict(str)
        for piece in pieces:
            if piece.use in (*UNIT_FIELDS, "deadline"):
                self.list_text[piece.seq] += plain(piece.text)
        self.mended: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows.get("mentions", ()):
            if row["text"] != row["printed"]:  # by a repair
                self.mended[row["task_id"]].append((plain(row["printed"]), plain(row["text"])))
        self.last_line = max((row["line_end"] for row in rows["tasks"]), default=0)
        self.first_line = min((row["line_start"] for row in rows["tasks"]), default=0)
        self.name = document_id
        self.led = {row["task_id"] for row in rows["assignments"] if row["is_primary"]}
        self.heads = heads.Heads(pieces)
        self._readers = {
            "header": self._header,
            "number": self._number,
            "label": self._label,
            "bracket": self._bracket,
            "role": self._role,
            "unit": self._unit,
            "agency": self._agency,
            "time": self._time,
            "figure": self._figure,
        }

    def of(self, sign: Sign) -> Verdict:
        if sign.kind == "rule":
            return self._rule(sign)
        pieces = self.cover.at(sign.line, sign.start, sign.end)
        if not pieces:
            return UNREAD, tell("reading.no_piece_reading"), 0
        of_task = next((piece for piece in pieces if piece.seq), None)
        if not of_task:
            return self._left_over(sign, pieces[0])
        # 责任领导：张某: the label is a leftover, what stands behind it a column
        if {piece.use for piece in pieces if piece.seq} == {"column"}:
            return self._column(sign, of_task)
        return self._readers[sign.kind](sign, pieces, of_task)

    def _column(self, sign: Sign, piece: Piece) -> Verdict:
        """A sign in a column of no kind of ours: kept there; units in one of units, and times
        in one of an unknown head, are unread."""
        if _FORMER.match(piece.heading):
            return REFUSED, tell("reading.column_what_held_before"), piece.seq
        task = f"{self.name}-{piece.seq:02d}"
        times = self.times.get(task, ()) if sign.kind == "time" else None
        if times is not None and (why := other_columns.unread_time(sign.printed, piece, times)):
            return UNREAD, why, piece.seq
        is_goal = sign.kind == "figure" and other_columns.holds_goals(piece)
        if is_goal and not extent(sign.printed, self.figures.get(task, ())):
            return UNREAD, tell("reading.figure_column_of_goals"), piece.seq
        tells = task in self.led and _TELL.match(piece.heading)
        is_said = _OF_UNITS.search(piece.heading) and not tells
        is_said = is_said or not header_words.use_of(piece.heading)
        # 备注: 配合单位增加县民政局
        is_remark = amendments.REMARKS.search(piece.heading)
        is_part = sign.kind in ("role", "label") and (is_remark or other_columns.is_plan(piece))
        if is_part and any(line == sign.line and w in piece.text for line, w, _ in self.applied):
            return USED, "", piece.seq
        if is_part or (sign.kind in LISTS and is_said):
            return UNREAD, tell("reading.units_column_no_known_role"), piece.seq
        return USED, "", piece.seq

    def _of_phase(self, sign: Sign) -> Verdict | None:
        """What became of a time in the heading of a phase; None for any other."""
        if extent(sign.printed, self.undated.get(sign.line, ())):
            return UNREAD, tell("reading.time_heading_not_applied"), 0
        return (USED, "", 0) if extent(sign.printed, self.dated.get(sign.line, ())) else None

    def _given_to_tasks(self, sign: Sign) -> Verdict | None:
        """What became of a numbered note, of one behind a label of times (时限类别：A类为6月底前)
        and of a time in a heading, if that was given to tasks; None for any other sign."""
        if sign.kind == "time":
            return self._of_phase(sign)
        is_given = any(
            line == sign.line and words in sign.printed and (sign.kind, about) != ("label", "role")
            for line, words, about in self.applied
        )
        return (USED, "", 0) if is_given and sign.kind in ("number", "label") else None

    def _left_over(self, sign: Sign, piece: Piece) -> Verdict:
        """A sign in text that is no part of a task."""
        reason = piece.reason
        if verdict := self._given_to_tasks(sign) or self._labelled(sign, piece):
            return verdict
        if sign.kind == "number":
            return self._left_number(sign, reason)
        if sign.kind == "header":
            is_known = re.search("header|column|blank form|people to call|which lists no", reason)
            state = USED if is_known else UNREAD
        elif plain(piece.text) in self.outcomes.get(sign.line, ()) or self._is_held(sign):
            state = USED
        elif sign.kind == "unit" and (sign.line, sign.printed) in self.named:
            state, reason = USED, ""  # over the marks of its column
        elif self._heads_tasks(sign, piece):
            state, reason = UNREAD, IN_HEADING
            if self._is_named_below(sign):
                state, reason = REFUSED, tell("reading.units_heading_again")
        elif _KNOWN.search(reason):
            state = REFUSED
        elif sign.line > self.last_line and _SITE.search(sign.printed):
            state, reason = REFUSED, tell("reading.who_runs_web_site")
        elif sign.kind == "unit" and reason.startswith("column "):
            state = REFUSED
        elif sign.kind == "unit" and sign.line < self.first_line:
            state, reason = REFUSED, tell("reading.names_agencies_above_tasks")
        else:
            is_weak = sign.kind in ("time", "figure", "agency")
            # 目标：水质达标率90%, between two tasks
            is_aim = sign.kind == "figure" and bodies.is_labelled(piece.text)
            is_unread = is_aim or self._is_unread(sign, reason)
            state = REFUSED if is_weak and not is_unread else UNREAD
        return state, reason, 0

    def _labelled(self, sign: Sign, piece: Piece) -> Verdict | None:
        """A sign that is all that stands behind a label that nobody knows, among the lines of the
        tasks (协作单元：县医保局, 何日办完：9月底), is unread; None for any other."""
        is_beside = "heading" in piece.reason
        is_beside = is_beside or is_told(piece.reason, "parse.text_between_or_behind_tasks")
        if not self.has_tasks or sign.line < self.first_line or not is_beside:
            return None
        label = _LABELLED.match(piece.text)
        said = piece.text[label.end() :].strip("。；; ") if label else ""
        is_time = sign.kind == "time" and is_deadline(said)
        is_list = sign.kind in ("agency", "unit") and unit_signs.is_units(said)
        if not (is_time or is_list) or self._is_held(sign):
            return None
        return UNREAD, tell("reading.label_not_known"), 0

    def _is_held(self, sign: Sign) -> bool:
        """Whether a sign outside of the tasks gives units to some of them."""
        held = self.heads.held(sign.line) if sign.kind in ANY_LIST else ()
        own = [words for line, words, _ in self.applied if line == sign.line]
        is_rule = sign.kind in ("role", "time") and any(sign.printed in words for words in own)
        is_rule = is_rule or (sign.kind == "role" and any(w in sign.printed for w in own))
        return is_rule or any(self._is_read(sign, [piece]) for piece in held)

    def _heads_tasks(self, sign: Sign, piece: Piece) -> bool:
        """Whether a sign stands in a heading and says who answers for what is below it; names right
        above the first task do with a count of tasks, or where no task says who answers for it."""
        words = {"agency": piece.text, "unit": sign.printed}.get(sign.kind, "")
        head = unit_heads.named(words) if words else None
        if "heading" in piece.reason:
            return sign.kind in LISTS or bool(head)
        is_last_above = sign.line == self.heads.last_above and sign.kind == "unit"
        is_sure = not self.led or bool(head and head.is_sure)
        return is_last_above and is_sure and not _KNOWN.search(piece.reason)

    def _is_named_below(self, sign: Sign) -> bool:
        """Whether all tasks below a heading name the units of a sign in it themselves."""
        names = [sign.printed[a:b] for a, b in unit_signs.named_in(sign.printed)]
        below = self.heads.below.get(sign.line, ())
        return bool(names and below) and all(
            any(name in unit or unit in name for unit in self.units.get(self._task(seq), ()))
            for name in names
            for seq in below
        )

    def _task(self, seq: int) -> str:
        return f"{self.name}-{seq:02d}"

    def _left_number(self, sign: Sign, reason: str) -> Verdict:
        """The number of a paragraph or row that is no task: a heading, or a task that was missed.

        Paragraphs below a heading about aims or means are none, up to the next such heading.
        """
        if _GENERAL.match(_OPENS.sub("", sign.printed)):
            # 三、保障措施 goes on behind its own first point, （一）加强领导
            self.general = self.general or sign.style
            return REFUSED, tell("reading.paragraph_about_aims_or_means"), 0
        if sign.style == self.general:
            self.general = ""
        is_task = sign.style in ("任务一", "cell", "row") and reason == tell(
            "parse.heading_section"
        )
        if (_KNOWN.search(reason) and not is_task) or reason.startswith("column "):
            return REFUSED, reason, 0
        if self.general:
            return REFUSED, tell("reading.below_heading_about_aims_or"), 0
        if sign.line < self.first_line and self.has_units:
            return REFUSED, ABOVE, 0
        if sign.style in ("一、", "(一)", "第一章") and signs.is_heading(sign.printed):
            return REFUSED, tell("parse.heading_section"), 0
        return UNREAD, reason, 0

    def _is_unread(self, sign: Sign, reason: str) -> bool:
        """Whether a time or figure outside of the tasks may belong to one that was missed."""
        if re.search("not understood|does not fit|without|not read|not known", reason):
            return True
        between = (
            self.has_tasks
            and is_told(reason, "parse.text_between_or_behind_tasks")
            and not self.general
        )
        return between and sign.kind == "time" and bool(_PROMISES.search(sign.printed))

    def _header(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        if piece.use in ("text", "measure", "section", *UNIT_FIELDS):
            return UNREAD, tell("reading.heading_column_among_words_task"), piece.seq
        return USED, "", piece.seq

    def _number(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        first = pieces[0]
        if sign.style == "●":  # a point of a task has no number of its own
            return USED, "", piece.seq
        if first.use == "number":
            self.styles.add(sign.style)
            return USED, "", first.seq
        is_text = sign.style == "row" and first.use == "text"
        # 1.牵头单位：… 2.配合单位：…
        if first.use in ("section", "measure", *UNIT_FIELDS) or is_text:
            return USED, "", first.seq
        if first.use == "text" and sign.style in self.styles and sign.style != "cell":
            return UNREAD, tell("reading.number_item_inside_text_task"), first.seq
        if _GENERAL.match(_OPENS.sub("", sign.printed)):
            return UNREAD, tell("reading.heading_inside_text_task"), first.seq
        return REFUSED, POINT, first.seq

    def _rule(self, sign: Sign) -> Verdict:
        """A rule for all lists or tasks is used where values rest on it, or on one that says the
        same: a remark may stand in each list. One about times inside a task is of that task."""
        is_note = any(True for _ in note_signs.find(sign.printed))
        if any(
            about == sign.style
            and (
                (line == sign.line and not is_note)
                or words in sign.printed
                or sign.printed in words
            )
            for line, words, about in self.applied
        ) or (self.has_boxes and _BOX.search(sign.printed)):
            return USED, "", 0
        pieces = self.cover.at(sign.line, sign.start, sign.end)
        of_task = next((piece for piece in pieces if piece.seq), None)
        is_of_items = by_numbers.OF_ITEMS.match(sign.printed)
        if of_task and of_task.use in UNIT_FIELDS and is_of_items:
            return USED, "", of_task.seq
        if of_task and is_note and not self._is_said_behind(sign):
            return REFUSED, _inside("time", of_task), of_task.seq
        if sign.style == "time" and of_task and not rule_signs.is_of_year(sign.printed):
            return REFUSED, _inside("time", of_task), of_task.seq
        return UNREAD, tell("reading.rule_for_all_lists_not"), 0

    def _label(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        fields = [p for p in pieces if p.use in (*UNIT_FIELDS, "deadline")]
        if fields and self._is_read(sign, fields):
            return USED, "", fields[0].seq
        return UNREAD, _inside("fields", piece), piece.seq

    def _bracket(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        """A bracket is used as a whole: what of it stays in the words of the task was not read."""
        words = [plain(p.text) for p in pieces if p.use in ("text", "measure")]
        parts = re.findall(r"\w{2,}", sign.printed)
        if any(part in text for text in words for part in parts):
            return UNREAD, tell("inside.fields", where=tell("inside.where.text")), piece.seq
        return self._label(sign, pieces, piece)

    def _role(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        fields = [p for p in pieces if p.use in UNIT_FIELDS]
        if fields and self._is_read(sign, fields):
            return USED, "", fields[0].seq
        if self._is_said_behind(sign):
            return UNREAD, tell("reading.sentence_about_items_above_names"), piece.seq
        # 县司法局：清理证明。（责任单位：县公安局）: who it is that stands in front is not said
        is_in_front = unit_signs.is_units(sign.printed)
        if piece.use == "text" and self._has_units(piece.seq) and not is_in_front:
            return REFUSED, tell("reading.who_does_what_said_words"), piece.seq
        return UNREAD, _inside("duties", piece), piece.seq

    def _is_said_behind(self, sign: Sign) -> bool:
        """Whether the sentence of a sign speaks of the items above it."""
        line = self.cover.printed[sign.line][: sign.end].rstrip("。")
        return line[line.rfind("。") + 1 :].startswith(("以上", "上述"))

    def _unit(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        fields = [p for p in pieces if p.use in UNIT_FIELDS]
        if fields and self._is_read(sign, fields):
            return USED, "", fields[0].seq
        return UNREAD, _inside("list", piece), piece.seq

    def _agency(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        if piece.use in UNIT_FIELDS:
            if self._is_read(sign, [piece]):
                return USED, "", piece.seq
            return UNREAD, tell("reading.agency_inside_units_task"), piece.seq
        return REFUSED, _inside("named", piece), piece.seq

    def _time(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:  # noqa: PLR0911
        task = f"{self.name}-{piece.seq:02d}"
        times = self.times.get(task, ())
        state = extent(sign.printed, times)
        listed = _LISTED.split(sign.printed)
        if state == "whole" or (
            len(listed) > 1 and all(extent(t, times) == "whole" for t in listed)
        ):
            return USED, "", piece.seq
        if piece.use in ("deadline", "text") and extent(sign.printed, self.moved.get(task, ())):
            return REFUSED, tell("grammar.day_holds_no_longer"), piece.seq
        if piece.use == "deadline":
            known = tell("reading.time_read_part_only") if state else tell("reading.time_not_read")
            return UNREAD, known, piece.seq
        if piece.use not in ("text", *UNIT_FIELDS):
            return REFUSED, _inside("time", piece), piece.seq
        if extent(sign.printed, self.figures.get(task, ())):
            return USED, "", piece.seq
        if state and _PROMISES.search(sign.printed):
            return UNREAD, tell("reading.time_read_part_only"), piece.seq
        if other_columns.DUE.search(sign.printed) and not self.times.get(task):
            return UNREAD, tell("reading.time_words_task_no_deadline_2"), piece.seq
        return REFUSED, tell("reading.time_words_task_no_deadline"), piece.seq

    def _figure(self, sign: Sign, pieces: list[Piece], piece: Piece) -> Verdict:
        task = f"{self.name}-{piece.seq:02d}"
        is_of_time = piece.use != "deadline" or not quantities.counts(piece.text)
        is_of_time = is_of_time and bool(extent(sign.printed, self.times.get(task, ())))
        if is_of_time or extent(sign.printed, self.figures.get(task, ())):
            return USED, "", piece.seq
        if piece.use in ("text", "deadline") and not extent(
            sign.printed, self.refused.get(task, ())
        ):
            return UNREAD, tell("reading.figure_not_read"), piece.seq
        return REFUSED, tell("reading.figure_words_task_no_target"), piece.seq

    def _has_units(self, seq: int) -> bool:
        return bool(self.units.get(f"{self.name}-{seq:02d}"))

    def _is_read(self, sign: Sign, fields: list[Piece]) -> bool:
        """Whether what stands in these fields was understood: units or times were made of it, and
        nothing of it is listed as not understood."""
        if any(text in sign.printed for text in self.unknown.get(sign.line, ())):
            return False
        task = f"{self.name}-{fields[0].seq:02d}"
        found = [*self.units.get(task, ()), *self.times.get(task, ())]
        text = self._mended(task, "".join(plain(p.text) for p in fields))
        for words in self.former.get(sign.line, ()):
            text = text.replace(words, "")
        names = (
            [text[a:b] for a, b in unit_signs.named_in(text)]
            if fields[0].use in UNIT_FIELDS
            else ()
        )
        # a name may go on in the next line
        whole = self._mended(task, self.list_text[fields[0].seq])
        return any(name in whole for name in found) and all(
            any(name in unit or unit in name for unit in found) for name in names
        )

    def _mended(self, task: str, words: str) -> str:
        """The printed words of lists of a task as the ledger has them."""
        for printed, text in self.mended.get(task, ()):
            words = words.replace(printed, text)
        return words
