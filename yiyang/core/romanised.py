"""Give places of the standard English names: Taishun County, Zhejiang for 浙江省温州市泰顺县.

Provinces, peoples and the names that pinyin does not give (Hohhot, Shanxian) stand in
`curation/romanised_places.csv`; every other name is romanised by pinyin, and `is_by_pinyin` says
so: no official English name is behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from yiyang.core import curated_csv, places, schema

FILE = "romanised_places.csv"
KIND, _PEOPLE = "kind", "people"
_CHARACTER = "character"


@cache
def _curated() -> dict[str, dict[str, str]]:
    """The kinds of rows (name, character, people) -> Chinese -> its English form."""
    rows = curated_csv.cells(schema.CURATION / FILE, ["kind", "zh", "en", "reason"], ["en"])
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row[KIND], {})[row["zh"]] = row["en"]
    return found


@cache
def _kind() -> re.Pattern[str]:
    """What a place is, behind its name: 县, 自治州; 新区, 矿区 and 特区 belong to single names."""
    return re.compile(f"(?:{'|'.join(map(re.escape, _curated()[KIND]))})$")


def english(code: str) -> str | None:
    """Return the English name of a place with the province that it lies in; None where the
    standard does not know it.

    Two places of one province that would be alike bear their prefectures too, and where these do
    not tell them apart, their codes.

    >>> english("330329")
    'Taishun County, Zhejiang'
    """
    return _of_province(code[:2]).get(code)


def is_by_pinyin(code: str) -> bool:
    """Tell whether the English name of a place is no name of its own but its pinyin."""
    place = places.places().get(code)
    if place is None or code == places.NATION:
        return False
    kind = _kind().search(place.short)
    stem = place.short[: kind.start()] if kind else place.short
    return not {place.short, stem} & set(_curated()["name"]) and place.level != "province"


@cache
def _of_province(digits: str) -> dict[str, str]:
    """The names of all places of a province, by their codes: only there can two be alike."""
    known = {code: p for code, p in places.places().items() if code.startswith(digits)}
    names = {code: _called(place) for code, place in known.items()}
    own = re.sub(r" (?:Municipality|Special .*)$", "", names.get(f"{digits}0000", ""))
    above = {code: "" if code.endswith("0000") else own for code in known}
    full = {code: _line(name, above[code]) for code, name in names.items()}
    for code in _alike(full):
        between = names.get(known[code].parent_code, "")
        full[code] = _line(names[code], between * (between != names[f"{digits}0000"]), above[code])
    return full | {code: f"{full[code]} ({code})" for code in _alike(full)}


def _line(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _alike(names: dict[str, str]) -> list[str]:
    """The codes of those that share their name with another."""
    held = Counter(names.values())
    return [code for code, name in names.items() if held[name] > 1]


@cache
def _called(place: places.Place) -> str:
    """The name of a place without those above it."""
    if place.code == places.NATION:
        return "China"
    if place.short in _curated()["name"]:
        return _curated()["name"][place.short]
    kind = _kind().search(place.short)
    name = place.short[: kind.start()] if kind and kind.start() else place.short
    if len(name) == 1 and name not in _curated()["name"]:
        name = place.short  # 富县 is Fuxian County
    peoples: list[str] = []
    if kind and "Autonomous" in _curated()[KIND][kind[0]]:
        name, peoples = _without_peoples(name)
    what = _curated()[KIND][kind[0]] if kind else ""
    return " ".join(filter(None, (_pinyin(name), " and ".join(_joined(peoples)), what)))


def _joined(peoples: list[str]) -> list[str]:
    """Yi, Hui and Miao: all but the last with commas."""
    return peoples if len(peoples) < 3 else [", ".join(peoples[:-1]), peoples[-1]]


def _without_peoples(name: str) -> tuple[str, list[str]]:
    """A name and the peoples behind it: 湘西土家族苗族 is Xiangxi, Tujia and Miao."""
    found: list[str] = []
    known = _curated()[_PEOPLE]
    while end := next((p for p in known if name.endswith(p) and len(name) > len(p)), ""):
        found.insert(0, known[end])
        name = name[: -len(end)]
    return name, found


def _pinyin(name: str) -> str:
    """The pinyin of a name, without tones: 泰安 is Tai'an."""
    given = _curated()["name"].get(name)
    if given:
        return given
    from pypinyin import lazy_pinyin  # noqa: PLC0415  (its dictionary takes a while to load)

    ours = _curated()[_CHARACTER]
    read = lazy_pinyin(name, v_to_u=True)
    syllables = [ours.get(c, s) for c, s in zip(name, read, strict=True)]
    return "".join(
        "'" + s if n and s[0] in "aeo" else s for n, s in enumerate(syllables)
    ).capitalize()
