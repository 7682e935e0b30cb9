"""The crosswalk: which agency a name is, and that what is not known is never guessed."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang import agencies
from yiyang.agencies import crosswalk
from yiyang.core import schema

NAMES = [
    # name, agency_id, level, rule
    ("市卫健委", "health", "city", "listed"),
    ("区卫生计生委", "health", "county", "listed"),
    ("市卫生和计划生育委员会", "health", "city", "listed"),
    ("卫健局", "health", None, "listed"),
    ("北京市朝阳区卫生健康委员会", "health", "county", "listed"),
    ("国家卫生健康委", "health", "national", "listed"),
    ("广西壮族自治区卫生健康委", "health", "province", "listed"),
    ("省人力资源与社会保障厅", "human_resources_social_security", "province", "form"),
    ("教育部", "education", "national", "form"),
    ("民政部门", "civil_affairs", None, "form"),
    ("和平区民政局", "civil_affairs", "county", "listed"),
    ("市监委", "discipline_inspection", "city", "listed"),
    ("市监局", "market_regulation", None, "listed"),
    ("朝阳规划分局", "natural_resources_planning", None, "listed"),
    ("市公安局朝阳分局", "public_security", "city", "branch"),
    ("国家税务总局中宁县税务局", "tax", "county", "branch"),
    ("北京市税务局", "tax", "province", "listed"),
    ("人民银行湖南省分行", "central_bank", "province", "branch"),
    ("国家统计局济源调查队", "survey_team", None, "branch"),
    ("县委组织部", "party_organization", "county", "listed"),
    ("团市委", "youth_league", "city", "listed"),
    ("共青团市委", "youth_league", "city", "branch"),
    ("共青团朝阳区委", "youth_league", "county", "branch"),
    ("中国共产主义青年团中宁县委员会", "youth_league", "county", "branch"),
    ("六枝特区财政局", "finance", "county", "listed"),
    ("财政局（金融办）", "finance", None, "bracket"),
    ("济源市（水利局）", "water_resources", "city", "bracket"),
    ("金融办", "financial_affairs", None, "listed"),
    ("区信息办", "industry_it", "county", "listed"),
    ("区社会办", "social_work_office", "county", "listed"),
    ("教育体育局", "education", None, "listed"),
    ("區衛生健康局", "health", "county", "listed"),
    ("市 卫健委", "health", "city", "listed"),
    ("南湖路街道", "townships_subdistricts", "township", "pattern"),
    ("镇人民政府（街道办事处）", "townships_subdistricts", "township", "bracket"),
    ("各街乡", "townships_subdistricts", "township", "pattern"),
    ("各区政府", "district_governments", "county", "pattern"),
    ("各州(市)党委和政府", "prefecture_governments", "prefecture", "bracket"),
    ("各产业集聚（开发）区管委会", "development_zones", None, "pattern"),
    ("各相关委办局", "all_relevant", None, "pattern"),
    ("市各直属单位", "all_relevant", "city", "pattern"),
    ("各县市人民政府", "district_governments", "county", "pattern"),
    ("最高人民法院", "courts", "national", "listed"),
    ("市、区民政局", "civil_affairs", "county", "listed"),
    ("县防汛指挥部", "emergency_management", "county", "listed"),
    ("县城建指挥部", "task_forces", "county", "pattern"),
    ("县人民医院", "medical_institutions", None, "pattern"),
    ("县人民法院", "courts", "county", "listed"),
    ("各直属机构", "all_relevant", None, "pattern"),
    ("各医疗机构", "medical_institutions", None, "pattern"),
    ("各旗县市区", "district_governments", "county", "pattern"),
    ("各区县市", "district_governments", "county", "pattern"),
    ("县级市", "district_governments", "county", "pattern"),
    ("各市", "prefecture_governments", "prefecture", "pattern"),
    ("东部产业园（河口镇）", "development_zones", None, "bracket"),
    ("区市场局", "market_regulation", "county", "listed"),
    ("市人才办", "party_organization", "city", "listed"),
    ("市住房保障办", "housing_construction", "city", "listed"),
]


@pytest.mark.parametrize(("name", "agency_id", "level", "rule"), NAMES)
def test_names_resolve(name: str, agency_id: str, level: str | None, rule: str) -> None:
    found = agencies.resolve(name)
    assert (found.name, found.agency_id, found.level, found.rule) == (name, agency_id, level, rule)
    functions = agencies.canonical().set_index("agency_id")["name_zh"]
    assert found.function == functions[agency_id]
    assert found.nearest == []


# What ends like a known name but is none: the words before it are no place.
STRANGERS = [
    "城市管理和交通局",
    "老旧小区水务局和交通局",
    "文化市场综合执法大队",
    "代建中心",
    "推动二级医院转型为康复医院",
    "打造县中医院",
    "报县政府",
    "不迟于9月20日报县政府",
    "李某（县水利局）",
    "某某管理局",
    "Health Bureau",
    "",
    "局",
    "卫健" * 100,
]


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_not_known_is_not_guessed(name: str) -> None:
    found = agencies.resolve(name)
    assert (found.agency_id, found.level, found.function, found.rule) == (None, None, None, None)


def test_a_name_that_is_not_known_comes_with_its_nearest() -> None:
    assert "卫生健康局" in agencies.resolve("卫生健康管理处").nearest


def test_a_name_may_mean_another_agency_at_another_time() -> None:
    before, after = dt.date(2021, 4, 15), dt.date(2025, 6, 1)
    assert agencies.resolve("市金融监管局", before).agency_id == "financial_affairs"
    assert agencies.resolve("市金融监管局", after).agency_id == "banking_insurance_regulator"
    # without a day the contract decides; a place without a level word points to the national organ
    assert agencies.resolve("市金融监管局").agency_id == "financial_affairs"
    assert agencies.resolve("湖南金融监管局").agency_id == "banking_insurance_regulator"


def test_a_name_outside_its_dates_is_read_and_says_so() -> None:
    late = agencies.resolve("区卫生计生委", dt.date(2022, 1, 1))
    assert (late.agency_id, late.rule) == ("health", "listed, outside its dates")
    assert agencies.resolve("区卫生计生委", dt.date(2016, 1, 1)).rule == "listed"


def test_the_reform_of_2018_joins_the_offices_it_joined() -> None:
    for old, new in {
        "卫生计生委": "卫生健康委",
        "国土资源局": "自然资源和规划局",
        "城乡规划局": "自然资源和规划局",
        "工商局": "市场监管局",
        "质监局": "市场监管局",
        "食药监局": "市场监管局",
        "农业局": "农业农村局",
        "环保局": "生态环境局",
        "安监局": "应急管理局",
        "旅游局": "文化和旅游局",
        "法制办": "司法局",
        "物价局": "发展改革委",
        "扶贫办": "乡村振兴局",
        "国税局": "税务局",
        "保监局": "银保监局",
    }.items():
        known = agencies.names().set_index("name")
        assert agencies.resolve(old).agency_id == agencies.resolve(new).agency_id, old
        assert known.loc[old, "valid_to"] < dt.datetime(2021, 6, 1), old


def test_the_contract_agencies_and_the_usual_functions_are_there() -> None:
    table = agencies.canonical()
    assert table["agency_id"].is_unique
    assert table["name_en"].is_unique
    assert len(table) >= 32 + 45
    known = agencies.names()
    assert not known.duplicated(["name", "agency_id"]).any()
    assert known["note"].notna().all()
    both = known.dropna(subset=["valid_from", "valid_to"])
    assert (both["valid_from"] <= both["valid_to"]).all()
    by_hand = set(known["agency_id"])
    from_patterns = set(table["agency_id"]) - by_hand
    assert from_patterns == {
        "townships_subdistricts", "district_governments", "development_zones", "all_relevant",
        "local_governments", "provincial_governments", "prefecture_governments", "communities",
        "task_forces", "care_institutions", "schools", "associations",
    }  # fmt: skip


def test_every_listed_name_resolves_to_its_own_agency_at_every_level() -> None:
    for row in agencies.names().drop_duplicates("name").itertuples():
        for prefix in ("", "市", "中宁县", "北京市朝阳区"):
            assert agencies.resolve(prefix + row.name).agency_id == row.agency_id, prefix + row.name


def test_no_form_of_a_name_belongs_to_two_agencies_by_accident() -> None:
    open_names = {n for n, entries in crosswalk.lookup().items() if len(entries) > 1}
    assert open_names == {"金融监管局"}


@pytest.mark.parametrize(
    ("row", "found"),
    [("天文局,astronomy,,,a stranger\n", "astronomy"), ("旧局,finance,2018/3,,\n", "2018/3")],
)
def test_a_row_of_a_stranger_agency_or_of_no_date_stops_with_its_line(
    tmp_path, monkeypatch: pytest.MonkeyPatch, row: str, found: str
) -> None:
    for name in ("agencies.csv", "agency_names.csv"):
        (tmp_path / name).write_bytes((schema.CURATION / name).read_bytes())
    with (tmp_path / "agency_names.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    line = (tmp_path / "agency_names.csv").read_text(encoding="utf-8").count("\n")
    monkeypatch.setattr(schema, "CURATION", tmp_path)
    with pytest.raises(yiyang.InputError, match=rf"agency_names.csv, line {line}: found .*{found}"):
        crosswalk._rows.__wrapped__()


@given(st.text(max_size=50))
def test_any_text_resolves_or_is_listed(name: str) -> None:
    found = agencies.resolve(name)
    assert found.name == name
    assert (found.agency_id is None) == (found.rule is None)
    assert len(found.nearest) <= 3


def test_many_different_names_resolve_fast() -> None:
    names = [
        f"{a}{b}{c}县卫生健康局" for a in "东南西北上下" for b in "山河湖城江" for c in "平安宁泰和"
    ]
    start = time.process_time()
    assert {agencies.resolve(n).agency_id for n in names} == {"health"}
    assert time.process_time() - start < 0.5
