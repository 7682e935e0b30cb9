"""Look up the crosswalk: which names an agency bears, and since when.

The two tables are curated by hand (`yiyang/curation/`). `lookup` spreads the names over the forms
that differ mechanically: the ending goes with the level of government (卫生健康委员会, 委, 局, 厅,
部门) and 和 comes and goes (规划和自然资源 and 规划自然资源).
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from yiyang.core import curated_csv
from yiyang.safety.later import pd

# Endings that one office bears at different levels and places. 办, 中心 and the like are not among
# them: an office (政务服务办) and a centre may stand side by side.
ENDINGS = ("委员会", "行政主管部门", "行政部门", "主管部门", "管理部门", "部门", "总局")
SHORT_ENDINGS = ("局", "委", "厅", "部")


class Entry(NamedTuple):
    """An agency that a name stands for, in the time in which it does."""

    agency_id: str
    kind: str
    function: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    is_listed: bool
    """Whether the name stands in the crosswalk in just this form."""


@cache
def _tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    _rows()
    return curated_csv.table("agencies"), curated_csv.table("agency_names")


@cache
def _rows() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The two tables as text: a document is read without dataframes."""
    agencies, known = curated_csv.cells_of("agencies"), curated_csv.cells_of("agency_names")
    ids = {row["agency_id"] for row in agencies}
    for line, row in enumerate(known, 2):
        if row["agency_id"] not in ids:
            raise curated_csv.fault("no_agency", "agency_names.csv", line, agency=row["agency_id"])
        for day in (row["valid_from"], row["valid_to"]):
            _date(day, line)
    return agencies, known


def listed() -> list[str]:
    """Return the names that the tables list, in their order."""
    return [row["name"] for row in _rows()[1]]


@cache
def functions() -> dict[str, tuple[str, str]]:
    """Return the name of an agency in the tables -> its kind and the function of government."""
    return {row["agency_id"]: (row["kind"], row["name_zh"]) for row in _rows()[0]}


def canonical() -> pd.DataFrame:
    """Return the table `agencies`: one row is a canonical agency, a function of government."""
    return _tables()[0].copy()


def names() -> pd.DataFrame:
    """Return the table `agency_names`: one row is a name that an agency bears, and when."""
    return _tables()[1].copy()


def _body(name: str) -> str | None:
    """The name without an ending that may be exchanged; None where it has none.

    A body of one character (团委, 计委, 法院) says too little to take another ending.
    """
    for ending in ENDINGS + SHORT_ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return None


def _forms(name: str) -> set[str]:
    """The forms of a listed name that differ in ending or in 和 only."""
    body = _body(name)
    forms = {name} if body is None else {body + e for e in ENDINGS + SHORT_ENDINGS}
    return forms | {f.replace("和", joint) for f in forms for joint in ("", "与", "及")}


def _date(printed: str, line: int = 0) -> dt.date | None:
    try:
        return dt.date.fromisoformat(printed) if printed else None
    except ValueError as error:
        raise curated_csv.fault("date", "agency_names.csv", line, day=printed) from error


@cache
def lookup() -> dict[str, tuple[Entry, ...]]:
    """Name without level and place -> the agencies it may stand for, the preferred one first.

    A form that two agencies would share (but neither lists) is left out: it tells nothing. So is
    one that reads as a level word and a listed name: 市监委 is the 监委 of a city, no 市监局.
    """
    about = functions()
    listed: dict[str, list[Entry]] = {}
    spread: dict[str, list[Entry]] = {}
    for row in _rows()[1]:
        agency_id, name = row["agency_id"], row["name"]
        entry = Entry(
            agency_id,
            *about[agency_id],
            _date(row["valid_from"]),
            _date(row["valid_to"]),
            is_listed=True,
        )
        listed.setdefault(name, []).append(entry)
        for form in _forms(name) - {name}:
            spread.setdefault(form, []).append(entry._replace(is_listed=False))
    found = {
        form: tuple(entries[:1])
        for form, entries in spread.items()
        if len({e.agency_id for e in entries}) == 1
        and not (form[0] in "省市区县州旗" and form[1:] in listed)
    }
    return found | {name: tuple(entries) for name, entries in listed.items()}
