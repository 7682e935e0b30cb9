"""Blocks -> pieces -> tasks, mentions and leftovers.

A piece is a stretch of a file with what it is used for. Every character of a file that is not
white space lies in exactly one piece, so nothing can get lost between a file and its tables.
This floor knows table headers, numbering and brackets; it knows no agency and no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from yiyang import tables
from yiyang.errors import InputError
from yiyang.extract import Block
from yiyang.text import fold, numbered, plain_label, squash


@dataclass(frozen=True)
class Piece:
    """A stretch of one line of a file.

    `use` is `number`, `section`, `measure`, `text`, a field of the mentions (`units`,
    `responsible`, `supporting`, `deadline`) or `leftover`; `seq` is the number of its task
    (0 for leftovers), `reason` says why a leftover is none. `under` repeats, for a task, the
    heading that it stands under, which is itself a leftover: it takes up no text of its own.
    """

    line: int
    text: str
    use: str
    seq: int = 0
    reason: str = ""


# `text` keeps the line of each stretch of a task's words, which a task may have several of.
MENTION_FIELDS = ("units", "responsible", "supporting", "deadline", "text")

PROSE = "prose of a case study"
"""The reason of those leftovers that `targets.outcomes` reads."""

# What the headings of the columns in the task tables say about their cells.
HEADINGS = {
    "序号": "number",
    "重点工作": "section",
    "具体任务": "measure",
    "工作任务": "text",
    "工作内容": "text",
    "责任单位": "responsible",
    "负责单位": "responsible",
    "配合单位": "supporting",
    "完成时限": "deadline",
}


def pieces(document: Any, blocks: Sequence[Block], place: str) -> list[Piece]:
    """The pieces of one document, in the order of the file.

    Raises `InputError` with the line where a row does not fit the header of its table or the
    numbers of the tasks do not run from 1 upwards.
    """
    furniture = _furniture()
    found: list[Piece] = []
    reader = _articles if document.layout == "articles" else _table
    for piece in reader(blocks, place):
        if piece.use == "leftover" and not piece.reason:
            found += _explained(piece, document, furniture)
        else:
            found.append(piece)
    _check_numbers(found, place)
    return found


def _furniture() -> dict[str, str]:
    rows = pd.read_csv(tables.CURATION / "furniture.csv", dtype=str)
    return dict(zip(rows["text"].map(squash), rows["reason"], strict=True))


def _table(blocks: Sequence[Block], place: str) -> Iterator[Piece]:
    columns: list[str] = []
    seq = 0
    for block in blocks:
        header = _header(block)
        if header:
            reason = "table header, repeated at a page break" if columns else "table header"
            columns = header
            for line, cells in groupby(block.cells, key=lambda cell: cell.line):
                text = "\t".join(cell.text for cell in cells).strip()
                yield Piece(line, text, "leftover", reason=reason)
        elif block.is_row:
            seq, row = _row(block, columns, seq, place)
            yield from row
        else:
            yield Piece(block.line, block.texts[0], "leftover")


def _header(block: Block) -> list[str]:
    """The uses of the columns, if the block is the header of a table; else nothing."""
    texts = [squash(text) for text in block.texts]
    while texts and not texts[-1]:
        texts.pop()
    uses = [HEADINGS.get(text, "") for text in texts]
    if not block.is_row or not all(uses) or "text" not in uses:
        return []
    # Alone in its table, a column of units names the roles in words (牵头, 配合).
    return uses if "supporting" in uses else ["units" if u == "responsible" else u for u in uses]


def _row(block: Block, columns: list[str], seq: int, place: str) -> tuple[int, list[Piece]]:
    cells = list(block.cells)
    while len(cells) > len(columns) and not cells[-1].text:
        cells.pop()
    if len(cells) != len(columns):
        raise InputError(
            f"{place}, line {block.line}",
            found=f"a row of {len(cells)} cells ({' | '.join(block.texts)[:60]}…)",
            expected=f"{len(columns)} cells, as the header of the table has"
            if columns
            else "the header of a table (序号, 工作任务, 责任单位 …) above the first row",
            remedy="restore the row, or add a repair of it to yiyang/curation/repairs.csv",
        )
    row = dict(zip(columns, cells, strict=True))
    number = row["number"].text
    if number.isdecimal():
        seq = int(number)
    elif number or any(c.text for use, c in row.items() if use != "text") or not seq:
        raise InputError(
            f"{place}, line {block.line}",
            found=f"{number!r} in the column of the numbers",
            expected="a number, or a row that holds nothing but the rest of the text above it",
            remedy="restore the row, or add a repair of it to yiyang/curation/repairs.csv",
        )
    return seq, [Piece(c.line, c.text, use, seq) for use, c in row.items() if c.text]


# (责任单位:市卫生健康委、市民政局,各区政府) at the end of an article
_TRAILING_UNITS = re.compile(r"[（(]责任单位[:：].*[）)]\s*$")


def _articles(blocks: Sequence[Block], place: str) -> Iterator[Piece]:
    seq = 0
    section: Piece | None = None
    is_open = False  # a paragraph without a number goes on with the article above it
    for block in blocks:
        text, line = block.texts[0], block.line
        number, words = numbered(text)
        if number.endswith("、"):
            section, is_open = Piece(line, text, "section"), False
            yield Piece(line, text, "leftover", reason="heading of a section")
            continue
        if number.startswith(("(", "（")):
            seq, is_open = seq + 1, True
            yield Piece(line, number, "number", seq)
            text = words
            if section:
                yield Piece(section.line, section.text, "under", seq)
        if not is_open or squash(text) in _furniture():
            is_open = False
            yield Piece(line, text, "leftover")
            continue
        units = _TRAILING_UNITS.search(text)
        body = text[: units.start()] if units else text
        yield Piece(line, body, "text", seq)
        if units:
            yield Piece(line, units.group().strip(), "units", seq)
            is_open = False


# 一、多元联动的工作基础不断夯实
_SECTION = re.compile(r"^[一二三四五六七八九十]+、")
# [bookmark: _GoBack] is left over from Word
_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
# 2021年4月15日, 2021年2月26日印发
_DATE_LINE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日(印发)?$")


def _explained(piece: Piece, document: Any, furniture: dict[str, str]) -> Iterator[Piece]:
    """A leftover with its reason; a bookmark of Word inside it is a leftover of its own."""
    text = piece.text
    for residue in _BOOKMARK.findall(text):
        yield Piece(piece.line, residue, "leftover", reason="bookmark left over from Word")
        text = text.replace(residue, "")
    yield Piece(piece.line, text, "leftover", reason=_reason(squash(text), document, furniture))


def _reason(words: str, document: Any, furniture: dict[str, str]) -> str:
    issuers = document.issuing_agency.split("、")
    reasons = (
        (words in furniture, furniture.get(words, "")),
        (words.lstrip("#") == squash(document.title), "title"),
        (words.rstrip(":：") == "附件", "marks the document as an attachment"),
        (all(unit in issuers for unit in words.split("、")), "issuing agency"),
        (bool(_DATE_LINE.match(words)), "date of issue"),
        (words.startswith("抄送"), "distribution list"),
        (words.endswith("的通知"), "title of the notice that carries the document"),
        (words.endswith((":", "：")), "address of the notice"),
        (bool(_SECTION.match(words)), "heading of a section"),
        (document.layout == "prose", PROSE),
    )
    return next((why for holds, why in reasons if holds), "introduction, before the first task")


def _check_numbers(found: Sequence[Piece], place: str) -> None:
    numbers = [p for p in found if p.use == "number"]
    for expected, piece in enumerate(numbers, 1):
        if piece.seq != expected:
            raise InputError(
                f"{place}, line {piece.line}",
                found=f"task number {piece.text}",
                expected=f"task number {expected}",
                remedy="restore the missing or doubled row",
            )
    texts = {p.seq for p in found if p.use == "text"}
    for piece in numbers:
        if piece.seq not in texts:
            raise InputError(
                f"{place}, line {piece.line}",
                found=f"task {piece.text} without a text",
                expected="the words of the task",
                remedy="restore the row",
            )


def tasks(document: Any, found: Sequence[Piece]) -> pd.DataFrame:
    """One row is a task (table `tasks`); `text` is still as printed, labels where they stand.

    `is_complete` is False for the last task of an incomplete document that lacks the mark or the
    units with which its fellows end.
    """
    rows = []
    with_units = {p.seq for p in found if p.use in ("units", "responsible")}
    for seq in sorted({p.seq for p in found if p.use == "text"}):
        own = [p for p in found if p.seq == seq]
        text = "".join(p.text for p in own if p.use == "text").strip()
        lines = [p.line for p in own if p.use != "under"]
        labels = {p.use.replace("under", "section"): p.text for p in own}
        if document.layout == "articles":
            # The opening sentence of an article is its title.
            labels["measure"] = text.split("。")[0] + "。"
        rows.append(
            {
                "task_id": f"{document.document_id}-{seq:02d}",
                "document_id": document.document_id,
                "jurisdiction": document.jurisdiction,
                "seq": seq,
                "section": plain_label(labels.get("section", "")),
                "measure": plain_label(labels.get("measure", "")),
                "text": text,
                "text_printed": text,
                "line_start": min(lines),
                "line_end": max(lines),
                "is_complete": seq in with_units or text.endswith(("。", "；", "！")),
                "is_repaired": False,
                "section_printed": labels.get("section", ""),
                "measure_printed": labels.get("measure", ""),
                "is_label_inferred": False,
                "label_reason": "",
            }
        )
    return pd.DataFrame(rows)


def mentions(document: Any, found: Sequence[Piece]) -> pd.DataFrame:
    """One row is a printed list of units or a printed deadline cell of a task.

    Columns: `task_id, document_id, jurisdiction, field, printed, text, line`; `field` is one of
    `MENTION_FIELDS`, `text` is `printed` until the repairs are applied.
    """
    columns = ["task_id", "document_id", "jurisdiction", "field", "printed", "text", "line"]
    rows = [
        (
            f"{document.document_id}-{p.seq:02d}",
            document.document_id,
            document.jurisdiction,
            p.use,
            p.text,
            p.text,
            p.line,
        )
        for p in found
        if p.use in MENTION_FIELDS
    ]
    return pd.DataFrame(rows, columns=columns)


def leftovers(document: Any, found: Sequence[Piece]) -> pd.DataFrame:
    """One row is a piece of text that is no part of a task (table `leftovers`)."""
    rows = [(document.document_id, p.line, p.text, p.reason) for p in found if p.use == "leftover"]
    return pd.DataFrame(rows, columns=["document_id", "line", "text", "reason"])


def spread_labels(frame: pd.DataFrame, extents: pd.DataFrame, place: str) -> pd.DataFrame:
    """Give each task the labels of the merged cells over it (`label_extents.csv`).

    A label is printed on one row of its block only. How far the block reaches was worked out by
    a reader; every row but the label's own is marked `is_label_inferred`, with the reason.
    Raises `InputError` where a printed label and the list of extents disagree.
    """
    frame = frame.copy()
    reasons: dict[int, list[str]] = {}
    for field in ("section", "measure"):
        printed = frame[f"{field}_printed"].copy()
        frame[[field, f"{field}_printed"]] = ""
        for row in extents[extents["field"] == field].itertuples():
            first, label_seq, last = int(row.first_seq), int(row.label_seq), int(row.last_seq)
            here = printed[frame["seq"] == label_seq]
            inside = frame["seq"].between(first, last)
            if list(map(fold, here)) != [fold(row.label_printed)] or (
                (frame.loc[inside, f"{field}_printed"] != "").any()
            ):
                raise InputError(
                    place,
                    found=f"{list(here)} as {field} of task {label_seq}",
                    expected=f"{row.label_printed!r} there, over the tasks {first} to {last} only",
                    remedy="correct yiyang/curation/label_extents.csv",
                )
            frame.loc[inside, f"{field}_printed"] = row.label_printed
            frame.loc[inside, field] = plain_label(row.label_printed)
            for seq in range(first, last + 1):
                if seq != label_seq:
                    reasons.setdefault(seq, []).append(f"{field} of row {label_seq}: {row.reason}")
        lost = frame.loc[(printed != "") & (frame[field] == ""), "seq"].tolist()
        if lost:
            raise InputError(
                place,
                found=f"a printed {field} on the rows {lost} that no extent names",
                expected="an extent for every printed label",
                remedy="add it to yiyang/curation/label_extents.csv",
            )
    frame["is_label_inferred"] = frame["seq"].isin(list(reasons))
    frame["label_reason"] = frame["seq"].map(lambda s: "; ".join(reasons.get(s, [])))
    return frame
