"""English names of places: readings of their own, peoples, and no two alike."""

from __future__ import annotations

import pytest

from yiyang.core import places, romanised


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330329", "Taishun County, Zhejiang"),
        ("110105", "Chaoyang District, Beijing"),
        ("500000", "Chongqing Municipality"),
        ("350200", "Xiamen City, Fujian"),
        ("341500", "Lu'an City, Anhui"),
        ("330382", "Yueqing City, Zhejiang"),
        ("371722", "Shanxian County, Shandong"),
        ("140400", "Changzhi City, Shanxi"),
        ("610000", "Shaanxi"),
        ("150100", "Hohhot City, Inner Mongolia"),
        ("222400", "Yanbian Korean Autonomous Prefecture, Jilin"),
        ("310115", "Pudong New Area, Shanghai"),
        ("410221", "Qixian County, Kaifeng City, Henan"),
    ],
)
def test_a_place_has_its_english_name(code: str, name: str) -> None:
    assert romanised.english(code) == name


def test_no_two_places_are_alike() -> None:
    named = [romanised.english(code) for code in places.places()]
    assert all(named)
    assert len(set(named)) == len(named)
    assert not any(ord(c) > 0x2E7F for name in named for c in str(name))


@pytest.mark.parametrize(
    ("code", "is_made"), [("330329", True), ("330382", False), ("110000", False), ("1", False)]
)
def test_what_pinyin_made_is_known(code: str, *, is_made: bool) -> None:
    assert romanised.is_by_pinyin(code) is is_made


def test_a_place_of_no_standard_has_none() -> None:
    assert romanised.english("999999") is None
