"""Make the rows of the tables from pieces: tasks, mentions and leftovers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import plain_label
from yiyang.parse.pieces import MENTION_FIELDS, UNIT_FIELDS, Piece

# fmt: off
MENTION_COLUMNS = [
    "task_id", "document_id", "jurisdiction", "field", "printed", "text", "line", "heading",
    "is_shared", "is_inferred", "span", "inferred_reason",
]
# fmt: on


def tasks(document: Any, found: Sequence[Piece], layout: str) -> Rows:
    """Give a row for each task (table `tasks`); `text` is still as printed, labels where they
    stand.

    `is_complete` is False for a task that lacks the mark or the units with which its fellows end,
    in a document that is incomplete itself.
    """
    by_task: dict[int, list[Piece]] = {}
    for piece in found:
        if piece.seq:
            by_task.setdefault(piece.seq, []).append(piece)
    return [_task(document, seq, by_task[seq], layout) for seq in sorted(by_task)]


def _task(document: Any, seq: int, own: Sequence[Piece], layout: str) -> dict[str, Any]:
    text = "".join(p.text for p in own if p.use == "text").strip()
    lines = [p.line for p in own if not (p.is_shared or p.is_inferred)] or [p.line for p in own]
    labels: dict[str, str] = {}
    for p in own:
        labels[p.use] = labels[p.use] + p.text if p.goes_on and p.use in labels else p.text
    if layout == "articles":
        # The opening sentence of an article is its title.
        first = next((p.text for p in own if p.use == "text"), "")
        labels["measure"] = first.split("。")[0] + "。" if "。" in first else first
    has_units = any(p.use in UNIT_FIELDS for p in own)
    return {
        "task_id": f"{document.document_id}-{seq:02d}",
        "document_id": document.document_id,
        "jurisdiction": document.jurisdiction,
        "seq": seq,
        "number_printed": labels.get("number", "").strip(),
        "section": plain_label(labels.get("section", "")),
        "measure": plain_label(labels.get("measure", "")),
        "text": text,
        "text_printed": text,
        "line_start": min(lines),
        "line_end": max(lines),
        "is_complete": str(document.is_complete) == "True"
        or has_units
        or text.endswith(("。", "；", "！")),
        "is_repaired": False,
        "section_printed": labels.get("section", ""),
        "measure_printed": labels.get("measure", ""),
        "is_label_inferred": False,
        "label_reason": "",
    }


def mentions(document: Any, found: Sequence[Piece]) -> Rows:
    """Give a row for each printed list of units or a printed deadline cell of a task.

    Columns: `MENTION_COLUMNS`; `field` is one of `MENTION_FIELDS`, `text` is `printed` until the
    repairs are applied, `heading` the heading of its column, `span` the part of the task's text
    that a list in it stands for (None: all of it). A shared mention stands in a merged cell; it is
    inferred where the text does not print how far the cell reaches.
    """
    spans = _spans(found)
    found = _whole(found)
    return [
        {
            "task_id": f"{document.document_id}-{p.seq:02d}",
            "document_id": document.document_id,
            "jurisdiction": document.jurisdiction,
            "field": p.use,
            "printed": p.text,
            "text": p.text,
            "line": p.line,
            "heading": p.heading,
            "is_shared": p.is_shared,
            "is_inferred": p.is_inferred,
            "span": spans.get(n),
            "inferred_reason": p.reason if p.is_inferred else "",
        }
        for n, p in enumerate(found)
        if p.use in MENTION_FIELDS
    ]


def _whole(found: Sequence[Piece]) -> list[Piece]:
    """The pieces, a list that goes on below the end of its line with its other half."""
    whole = list(found)
    for n, piece in enumerate(found):
        if piece.goes_on and piece.use in (*UNIT_FIELDS, "deadline"):
            first = next(
                (
                    i
                    for i in range(n - 1, -1, -1)
                    if found[i].seq == piece.seq
                    and found[i].use == piece.use
                    and not found[i].goes_on
                ),
                None,
            )
            if first is not None:
                whole[first] = replace(whole[first], text=whole[first].text + piece.text)
                whole[n] = replace(piece, use="leftover")
    return whole


def _spans(found: Sequence[Piece]) -> dict[int, tuple[int, int]]:
    """The part of its task's text for which a list stands, by the place of the list among the
    pieces; only of tasks that name units for several parts."""
    by_task: dict[int, list[tuple[int, Piece]]] = {}
    for n, piece in enumerate(found):
        if piece.seq and not (piece.heading or piece.is_shared or piece.is_inferred):
            by_task.setdefault(piece.seq, []).append((n, piece))
    spans: dict[int, tuple[int, int]] = {}
    for own in by_task.values():
        parts = _parts(own)
        if len(set(parts.values())) > 1 and all(start < end for start, end in parts.values()):
            spans |= parts
    return spans


def _parts(own: Sequence[tuple[int, Piece]]) -> dict[int, tuple[int, int]]:
    """Each list of a task with the text between it and the list before."""
    text = "".join(piece.text for _, piece in own if piece.use == "text")
    before = len(text) - len(text.lstrip())
    parts: dict[int, tuple[int, int]] = {}
    start = at = 0
    is_behind_list = False
    for n, piece in own:
        if piece.use == "text":
            start = at if is_behind_list else start
            at += len(piece.text)
            is_behind_list = False
        elif piece.use in UNIT_FIELDS and not piece.goes_on:
            parts[n] = (max(start - before, 0), min(at, len(text.rstrip())) - before)
            is_behind_list = True
    return parts


def columns(document: Any, found: Sequence[Piece]) -> Rows:
    """Give a row for each cell of a task under a heading of no kind of ours (table
    `task_columns`)."""
    return [
        {
            "task_id": f"{document.document_id}-{p.seq:02d}",
            "column_printed": p.heading or None,
            "text": p.text,
            "line": p.line,
        }
        for p in found
        if p.use == "column" and p.text.strip()
    ]


def leftovers(document: Any, found: Sequence[Piece]) -> Rows:
    """Give a row for each piece of text that is no part of a task (table `leftovers`).

    Pieces of one line with one reason are one row, tabs between them.
    """
    rows = []
    left = sorted((p for p in found if p.use == "leftover"), key=lambda p: (p.line, p.reason))
    for (line, reason), same in groupby(left, key=lambda p: (p.line, p.reason)):
        text = "\t".join(p.text for p in same)
        rows.append(
            {"document_id": document.document_id, "line": line, "text": text, "reason": reason}
        )
    return rows
