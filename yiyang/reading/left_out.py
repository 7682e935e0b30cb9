"""Say what of a file is in no task because its reader left it out: partial success is a state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from yiyang.core.schema import Rows
from yiyang.extract import frame
from yiyang.extract.blocks import LeftOut
from yiyang.safety.telling import counted, is_told, tell

READ, IN_PART, REFUSED = STATUS = ("read", "in_part", "refused")
"""What becomes of a document: all of its text stands in tasks and leftovers; some of it was left
out, and is said; it could not be read."""
PREFIX = tell("leftover.left_out", what="")
"""How the reasons begin of those leftovers that are in no line of the text."""
_MOST = 12
"""Kinds that are named in a row of `documents`."""


def rows(document_id: str, pieces: Iterable[LeftOut]) -> Rows:
    """Make the rows of the table `leftovers` for what its reader left out of a document: pieces of
    one line with one reason are one row, tabs between them."""
    made: dict[tuple[int, str], list[str]] = {}
    for piece in pieces:
        made.setdefault((piece.line, piece.what), []).append(piece.words or f"({piece.what})")
    return [
        {
            "document_id": document_id,
            "line": line,
            "text": "\t".join(texts),
            "reason": tell("leftover.left_out", what=what),
        }
        for (line, what), texts in made.items()
    ]


def status(layout: str, left: Rows) -> str:
    """Tell what became of a document, by its layout and what was left out."""
    if layout == "unread":
        return REFUSED
    return IN_PART if _kinds(left) else READ


def said(left: Sequence[dict[str, object]]) -> str:
    """Name what was left out of a document, each kind with its number."""
    kinds = _kinds(left)
    named = [f"{what} ({n})" if n > 1 else what for what, n in kinds.most_common(_MOST)]
    more = len(kinds) - len(named)
    return "; ".join([*named, *([counted("kind_more", more)] if more else [])])


# What was left out and may hold tasks: tables, whole documents inside a document, scanned pages.
_MAY_HOLD_TASKS = (
    "extract.copy_of_table",
    "extract.table_without_lines_whose_rows",
    "extract.document_put_altchunk_unread",
    "extract.page_picture_without_text_unread",
    "extract.page_within_page_frame_unread",
    "extract.rows_for_scripts",
)


def may_hold_tasks(left: Sequence[dict[str, object]]) -> bool:
    """Tell whether something that may hold tasks was left out of a document."""
    kinds = (str(row["reason"]).removeprefix(PREFIX) for row in left)
    return any(is_told(what, *_MAY_HOLD_TASKS) for what in kinds)


def is_out_of_order(left: Sequence[dict[str, object]]) -> bool:
    """Tell whether a page was read whose columns were not told apart."""
    kinds = (str(row["reason"]).removeprefix(PREFIX) for row in left)
    return any(is_told(what, "extract.columns_not_told_apart") for what in kinds)


def _kinds(left: Sequence[dict[str, object]]) -> Counter[str]:
    """Count the pieces of each kind; the menus round a page of the web are no part of the
    document."""
    found: Counter[str] = Counter()
    for row in left:
        found[str(row["reason"]).removeprefix(PREFIX)] += str(row["text"]).count("\t") + 1
    del found[frame.WHAT]
    return found
