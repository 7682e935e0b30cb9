"""From the printed lists of a document to its assignments."""

from __future__ import annotations

from datetime import date
from typing import Any

from yiyang.agencies.grammar import Reading, Unit, read_units
from yiyang.agencies.resolving import Resolution, resolve
from yiyang.core.schema import Rows

# The field of a mention -> the role its column gives; a free text (`units`) states its own.
DEFAULT_ROLES = {
    "units": None,
    "lead": "lead",
    "responsible": "responsible",
    "supporting": "supporting",
}


def assign(mentions: Rows, issued: date | None) -> tuple[Rows, Rows, Rows]:
    """Rows of assignments, repairs and leftovers of the lists of units among some mentions.

    An assignment is a unit printed for a task, in the order of its lists. A unit that a task names
    twice, as responsible and as supporting, counts once and as responsible; the repairs say so.
    The leftovers are names that are not known and text that was not read. A name that changed its
    meaning is read as of the day on which the document was issued, where it states one.
    """
    rows: Rows = []
    repairs: Rows = []
    leftovers: Rows = []
    by_task: dict[str, Rows] = {}
    for mention in mentions:
        if mention["field"] in DEFAULT_ROLES:
            by_task.setdefault(mention["task_id"], []).append(mention)
    for of_task in by_task.values():
        named = []
        for mention in of_task:
            reading = read_units(mention["text"], DEFAULT_ROLES[mention["field"]])
            named += [(mention, unit) for unit in reading.units]
            leftovers += _unread(mention, reading)
        kept, dropped = _once(named)
        repairs += [_repair(mention, unit) for mention, unit in dropped]
        for order, (mention, unit) in enumerate(kept, start=1):
            known = resolve(unit.name, issued)
            rows.append(_assignment(mention, unit, order, known))
            if known.agency_id is None:
                leftovers.append(_unknown(mention, unit, known))
    once = dict.fromkeys(tuple(row.items()) for row in leftovers)
    return rows, repairs, [dict(row) for row in once]


Mention = dict[str, Any]
Named = list[tuple[Mention, Unit]]


def _once(named: Named) -> tuple[Named, Named]:
    """The units of a task without those that it also names as responsible, and these."""
    primary = {unit.name for _, unit in named if unit.role != "supporting"}
    kept: Named = []
    dropped: Named = []
    for mention, unit in named:
        is_repeated = unit.role == "supporting" and unit.name in primary
        (dropped if is_repeated else kept).append((mention, unit))
    return kept, dropped


def _assignment(mention: Mention, unit: Unit, order: int, known: Resolution) -> dict[str, Any]:
    return {
        "task_id": mention["task_id"],
        "order": order,
        "agency_printed": unit.printed,
        "agency_id": known.agency_id,
        "role": unit.role,
        "is_primary": unit.role != "supporting",
        "line": mention["line"],
        "agency_name": unit.name,
        "rule": known.rule,
    }


def _repair(mention: Mention, unit: Unit) -> dict[str, Any]:
    return {
        "document_id": mention["document_id"],
        "task_id": mention["task_id"],
        "field": mention["field"],
        "line": mention["line"],
        "before": unit.printed,
        "after": None,
        "kind": "repeated_unit",
        "reason": "named as responsible and again as supporting; counted once, as responsible",
    }


def _unread(mention: Mention, reading: Reading) -> list[dict[str, Any]]:
    return [
        _leftover(mention, piece.text, f"in a list of units, not understood: {piece.reason}")
        for piece in reading.unread
    ]


def _unknown(mention: Mention, unit: Unit, known: Resolution) -> dict[str, Any]:
    near = "、".join(known.nearest) or "none"
    return _leftover(
        mention, unit.printed, f"a unit whose name is not known; nearest known names: {near}"
    )


def _leftover(mention: Mention, text: str, reason: str) -> dict[str, Any]:
    return {
        "document_id": mention["document_id"],
        "line": mention["line"],
        "text": text,
        "reason": reason,
    }
