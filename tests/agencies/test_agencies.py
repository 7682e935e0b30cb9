"""From printed lists of units to assignments: exact on the four lists, complete on any text."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import FrozenInstanceError
from pathlib import Path

import invariants
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang import InputError, agencies

# One row is a name of the four lists (prefix restored) and the agency a reader takes it for.
NAMES_READ = Path(__file__).parent.parent / "agency_names_read.csv"

LISTS = [
    (
        "区民政局牵头，区卫生计生委、区老龄办、区社会办、区农委、各街乡等配合",
        "区民政局 lead|区卫生计生委 supporting|区老龄办 supporting|区社会办 supporting"
        "|区农委 supporting|各街乡 supporting",
    ),
    # 牵头、 stands in the place of 牵头，
    (
        "区民政局、区卫生计生委牵头、区财政局，朝阳规划分局配合",
        "区民政局 lead|区卫生计生委 lead|区财政局 supporting|朝阳规划分局 supporting",
    ),
    (
        "区民政局、区残联分别负责",
        "区民政局 severally_responsible|区残联 severally_responsible",
    ),
    (
        "市民政局、卫生和计划生育委员会分别负责，人力资源和社会保障局、老龄办配合。",
        "市民政局 severally_responsible|市卫生和计划生育委员会 severally_responsible"
        "|市人力资源和社会保障局 supporting|市老龄办 supporting",
    ),
    (
        "各产业集聚（开发）区管委会、镇人民政府（街道办事处）、市城乡规划管理局、国土资源局分别负责"
        ",市民政局配合。",
        "各产业集聚(开发)区管委会 severally_responsible"
        "|镇人民政府(街道办事处) severally_responsible|市城乡规划管理局 severally_responsible"
        "|市国土资源局 severally_responsible"
        "|市民政局 supporting",
    ),
    (
        "(责任单位:市教委、市红十字会、团市委、北京市税务局,各区政府)",
        "市教委 responsible|市红十字会 responsible|团市委 responsible|北京市税务局 responsible"
        "|各区政府 responsible",
    ),
    ("民政局 住建局 发改局", "民政局 responsible|住建局 responsible|发改局 responsible"),
    ("财政局(金融办)", "财政局(金融办) responsible"),
    # a name broken by a blank, and one by the end of a line in a narrow cell
    (
        "人力资源和 社会保障局 民政局",
        "人力资源和社会保障局 responsible|民政局 responsible",
    ),
    ("市卫生健\n康委员会\n市民政局", "市卫生健康委员会 responsible|市民政局 responsible"),
    # the forms of elsewhere
    (
        "省教育厅、工业和信息化厅，省气象局按职责分工负责",
        "省教育厅 severally_responsible|省工业和信息化厅 severally_responsible"
        "|省气象局 severally_responsible",
    ),
    (
        "县民政局牵头;县财政局配合;各乡镇党委和政府落实",
        "县民政局 lead|县财政局 supporting|各乡镇党委和政府 responsible",
    ),
    (
        "牵头单位：市民政局；配合单位：市财政局，各县（市、区）人民政府",
        "市民政局 lead|市财政局 supporting|各县(市、区)人民政府 supporting",
    ),
    (
        "牵头单位\n市民政局\n配合单位\n市财政局 市教育局",
        "市民政局 lead|市财政局 supporting|市教育局 supporting",
    ),
    ("牵头 市民政局 配合 市财政局", "市民政局 lead|市财政局 supporting"),
    (
        "责任单位：市民政局（牵头）、市财政局",
        "市民政局 lead|市财政局 responsible",
    ),
    (
        "市民政局会同市财政局、市残联负责",
        "市民政局 responsible|市财政局 supporting|市残联 supporting",
    ),
    ("由市民政局牵头，会同财政局负责", "市民政局 lead|市财政局 supporting"),
    # verbs between two names, and none inside one; an office of a known agency behind 及
    ("区教育局组织各中小学实施", "区教育局 responsible|各中小学 responsible"),
    ("市科协联合市教育局实施", "市科协 responsible|市教育局 supporting"),
    ("县委组织部、县工商业联合会", "县委组织部 responsible|县工商业联合会 responsible"),
    ("省工业和信息化厅指导处", "省工业和信息化厅指导处 responsible"),
    (
        "县交通运输局及县公安局交警大队",
        "县交通运输局 responsible|县公安局交警大队 responsible",
    ),
    ("县委社会工作部（原由县民政局承担）", "县委社会工作部 responsible"),
    ("县民政局（原责任单位：县卫健局）、县司法局", "县民政局 responsible|县司法局 responsible"),
    ("县司法局（原则上由县民政局负责）", "县司法局 responsible|县民政局 responsible"),
    # one that has others act, and who acts; nobody is said to do what no word says
    ("牵头单位：区教育局组织各学校落实", "区教育局 lead|各学校 responsible"),
    ("区教育局牵头，组织各中小学实施", "区教育局 lead|各中小学 responsible"),
    (
        "区教育局组织中小学、幼儿园，区财政局配合",
        "区教育局 responsible|中小学 other|幼儿园 other|区财政局 supporting",
    ),
    ("区水利局牵头组织各镇", "区水利局 lead|各镇 other"),
    ("县消防大队委托第三方机构实施", "县消防大队 responsible|第三方机构 responsible"),
    ("区民政局督促各养老机构整改", "区民政局 supporting|各养老机构 responsible"),
    ("县水务局组织乡镇实施", "县水务局 responsible|乡镇 responsible"),
    ("县民政局支持社会组织参与", "县民政局 supporting|社会组织 supporting"),
    ("区教育局牵头，联合区财政局实施", "区教育局 lead|区财政局 supporting"),
    ("县委组织部联合县工商业联合会", "县委组织部 responsible|县工商业联合会 supporting"),
    ("县卫健局并县公安局治安大队负责", "县卫健局 responsible|县公安局治安大队 responsible"),
    ("天津市公安局和平分局", "天津市公安局和平分局 responsible"),
    (
        "市教育局教育督导室、市市场监管局联合执法大队、市联合执法专班、各社区联合党委",
        "市教育局教育督导室 responsible|市市场监管局联合执法大队 responsible|"
        "市联合执法专班 responsible|各社区联合党委 responsible",
    ),
    (
        "市教育局机关各科室、市国资委下属市公交公司、市委市政府督查室",
        "市教育局机关各科室 responsible|市国资委下属市公交公司 responsible"
        "|市委市政府督查室 responsible",
    ),
    ("主办：市民政局；会办：市财政局", "市民政局 lead|市财政局 supporting"),
    ("市民政局主办，市财政局会办", "市民政局 lead|市财政局 supporting"),
    (
        "市民政局、区社会办、管委会办",
        "市民政局 responsible|区社会办 responsible|管委会办 responsible",
    ),
    ("市民政局商市财政局办理", "市民政局 responsible|市财政局 supporting"),
    ("市民政局、市商务局", "市民政局 responsible|市商务局 responsible"),
    (
        "水利部、司法部等有关部门和单位按职责分工负责",
        "水利部 severally_responsible|司法部 severally_responsible"
        "|有关部门和单位 severally_responsible",
    ),
    ("市民政局等5部门负责", "市民政局 responsible"),
    ("市民政局，财政局、残联配合", "市民政局 responsible|市财政局 supporting|市残联 supporting"),
    ("市民政局、市财政局，配合", "市民政局 supporting|市财政局 supporting"),
    (
        "市民政局牵头，市财政局、各区政府",
        "市民政局 lead|市财政局 supporting|各区政府 supporting",
    ),
    ("区人社局和区教育局及区妇联", "区人社局 responsible|区教育局 responsible|区妇联 responsible"),
    ("各市、县（区）人民政府", "各市、县(区)人民政府 responsible"),
    (
        "县委组织部、民政局，国家税务总局中宁县税务局",
        "县委组织部 responsible|县民政局 responsible|国家税务总局中宁县税务局 responsible",
    ),
    ("民政局负责(财政局配合)", "民政局 responsible|财政局 supporting"),
    ("財政局牽頭，區衛生健康局配合", "财政局 lead|区卫生健康局 supporting"),
    ("财政局、市民政局", "财政局 responsible|市民政局 responsible"),
    ("国家发展改革委、财政部负责", "国家发展改革委 responsible|财政部 responsible"),
    # 协办 ends the name of an office here; 结合实际 says how, not who
    ("县政协办、县科协", "县政协办 responsible|县科协 responsible"),
    ("各市人民政府结合实际落实", "各市人民政府 responsible"),
    ("市、区民政局，市财政局", "市、区民政局 responsible|市财政局 responsible"),
    ("责任领导：张三 责任单位：县教育局", "县教育局 responsible"),
    # 和 and 及 before or behind a body that is named by its kind
    ("县统计局和各镇街", "县统计局 responsible|各镇街 responsible"),
    (
        "市红十字会与各乡街、市审计局",
        "市红十字会 responsible|各乡街 responsible|市审计局 responsible",
    ),
    ("区医保局及医共体负责", "区医保局 responsible|医共体 responsible"),
    ("县总工会及社会组织", "县总工会 responsible|社会组织 responsible"),
    ("各福利院和县残联", "各福利院 responsible|县残联 responsible"),
    ("各区和市司法局", "各区 responsible|市司法局 responsible"),
    ("共青团县委和县妇联", "共青团县委 responsible|县妇联 responsible"),
    # no 和 between names: of a place, of one office, of one kind of body
    ("天津市和平区民政局", "天津市和平区民政局 responsible"),
    ("呼和浩特市民政局", "呼和浩特市民政局 responsible"),
    ("城市管理和交通局", "城市管理和交通局 responsible"),
    ("各镇党委和政府", "各镇党委和政府 responsible"),
    # labels vary without end: what a unit does, then what kind of unit
    ("【责任单位】县文旅局、县教育局", "县文旅局 responsible|县教育局 responsible"),
    (
        "牵头部门和单位：县文旅局\n主要协作单位：县教育局\n其他责任单位：县公安局",
        "县文旅局 lead|县教育局 supporting|县公安局 responsible",
    ),
    ("牵头实施单位：县文旅局；责任（配合）单位：县财政局", "县文旅局 lead|县财政局 supporting"),
    (
        "主体责任单位：县残联；责任镇街：河东街道；指导单位：市残联",
        "县残联 responsible|河东街道 responsible|市残联 supporting",
    ),
    ("责任分工：县妇联牵头，各乡镇配合。", "县妇联 lead|各乡镇 supporting"),
    (
        "县妇联（牵头单位）、县团委（协作单位）、县残联（责任单位）",
        "县妇联 lead|县团委 supporting|县残联 responsible",
    ),
    # what stands in brackets behind a name: the part of one or two, a name, a remark
    (
        "牵头单位：县妇联、县残联（双牵头）；配合单位：县司法局",
        "县妇联 lead|县残联 lead|县司法局 supporting",
    ),
    (
        "县司法局、县妇联、县残联（双主责）、县团委",
        "县司法局 responsible|县妇联 lead|县残联 lead|县团委 responsible",
    ),
    (
        "县妇联（共同牵头）、县残联（共同牵头）、县团委（第一责任）、县司法局（总牵头）",
        "县妇联 lead|县残联 lead|县团委 lead|县司法局 lead",
    ),
    (
        "县妇联、县残联（共同牵头）、县司法局",
        "县妇联 lead|县残联 lead|县司法局 responsible",
    ),
    (
        "县妇联、县司法局、县残联（共同牵头）",
        "县妇联 responsible|县司法局 responsible|县残联 responsible",
    ),
    ("县妇联（详见附表）、县残联（资金保障）", "县妇联 responsible|县残联 responsible"),
    ("各镇（街）、县医保局（筹）", "各镇(街) responsible|县医保局(筹) responsible"),
    ("组织部门 宣传部门", "组织部门 responsible|宣传部门 responsible"),
    # a role word inside a name states no role
    (
        "配合单位：各工程牵头单位，各村、其他配合部门",
        "各工程牵头单位 supporting|各村 supporting|其他配合部门 supporting",
    ),
    ("由各主办部门负责落实，县残联配合", "各主办部门 responsible|县残联 supporting"),
    ("县妇联为牵头单位，县残联为配合单位", "县妇联 lead|县残联 supporting"),
    # remarks on the order of a list
    (
        "责任单位：县妇联、县残联（第一责任单位为牵头单位，下同）",
        "县妇联 responsible|县残联 responsible",
    ),
    ("（责任单位：县妇联、县残联。首位为牵头单位，下同）", "县妇联 responsible|县残联 responsible"),
    ("第１、２项由县妇联牵头，县残联配合", "县妇联 lead|县残联 supporting"),
    ("县妇联（列首位者为牵头单位）、县残联（下同）", "县妇联 responsible|县残联 responsible"),
    ("第一中学牵头，县残联配合", "第一中学 lead|县残联 supporting"),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[t[:16] for t, _ in LISTS])
def test_lists_are_read(text: str, expected: str) -> None:
    found = agencies.read_units(text)
    assert "|".join(f"{u.name} {u.role}" for u in found.units) == expected
    assert [u.order for u in found.units] == list(range(1, len(found.units) + 1))


def test_the_column_says_the_role_where_no_word_does() -> None:
    assert {u.role for u in agencies.read_units("民政局 住建局", "supporting").units} == {
        "supporting"
    }
    assert [u.role for u in agencies.read_units("民政局牵头、住建局", "responsible").units] == [
        "lead",
        "supporting",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "no Chinese text"),
        ("民政局、Department of Health", "no Chinese text"),
        ("(责任单位:市民政局、市财政局", "a bracket without its partner"),
        ("市民政局)", "a bracket without its partner"),
        ("促进健康发展", "does not end like the name of a unit"),
        ("李某(县水利局)", "does not end like the name of a unit"),
        ("区教育局牵线各学校实施", "reads like two names in one or holds a verb"),
        ("市残联市人民医院", "reads like two names in one or holds a verb"),
        ("县农业农村局依托县农技推广中心实施", "reads like two names in one or holds a verb"),
        ("组织企业落实", "reads like two names in one or holds a verb"),
        (
            "区教育局组织各中小学",
            "the list does not say what the units behind 组织 do; they have the role other",
        ),
        (
            "县残联（资金保障）",
            "a note in brackets behind the name of a unit that no rule reads",
        ),
        (
            "县妇联、县司法局、县残联（共同牵头）",
            "共同牵头, which does not say which of the units before it it is about",
        ),
        ("区民政局" * 2500, "longer than any name of a unit (10000 characters)"),
    ],
)
def test_what_is_not_read_is_listed_with_its_reason(text: str, reason: str) -> None:
    assert reason in {piece.reason for piece in agencies.read_units(text).unread}


def test_a_reading_is_not_changed_for_it_is_remembered_for_the_next_who_asks() -> None:
    reading = agencies.read_units("市民政局")
    with pytest.raises(FrozenInstanceError):
        reading.units = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        reading.units[0].role = "lead"  # type: ignore[misc]


def test_an_empty_cell_gives_an_empty_reading() -> None:
    assert agencies.read_units("") == agencies.UnitList((), ())
    assert agencies.read_units(" \n ").units == ()


NAMES = "市民政局 区卫生计生委 各街乡 国家税务总局中宁县税务局 財政局 各市、县（区） 人力资源和"
ROLE_WORDS = "牵头 配合 分别负责 按职责分工负责 责任单位： 会同 等 等部门 （牵头） 落实 abc"
WORDS = st.sampled_from([*NAMES.split(), *ROLE_WORDS.split(), *"和及、，；（）() \n"])


@given(st.lists(WORDS, max_size=14).map("".join) | st.text(max_size=60))
def test_units_and_skipped_pieces_make_the_text_again(text: str) -> None:
    for default in (None, "supporting"):
        invariants.check_units(text, default)


def test_long_cells_are_read_in_time_and_whole() -> None:
    for text in ("区民政局、" * 1000, "市 民 政 局 " * 600, "（" * 2500 + "）" * 2500):
        invariants.check_units(text)
    assert len(agencies.read_units("区民政局、" * 1000).units) == 1000


def test_the_four_lists_are_assigned_exactly(corpus: yiyang.Corpus) -> None:
    found = corpus.assignments
    assert len(found) == 468
    document = found["task_id"].str.rsplit("-", n=1).str[0]
    counted = found.groupby([document, "role"], observed=True).size().to_dict()
    assert counted == {
        ("beijing", "responsible"): 53,
        ("chaoyang", "lead"): 33,
        ("chaoyang", "responsible"): 11,
        ("chaoyang", "severally_responsible"): 51,
        ("chaoyang", "supporting"): 52,
        ("jiyuan", "lead"): 6,
        ("jiyuan", "responsible"): 4,
        ("jiyuan", "severally_responsible"): 64,
        ("jiyuan", "supporting"): 27,
        ("zhongning", "responsible"): 57,
        ("zhongning", "supporting"): 110,
    }
    read = found[["agency_name", "agency_id"]].drop_duplicates().sort_values("agency_name")
    with NAMES_READ.open(encoding="utf-8", newline="") as file:
        by_hand = [tuple(row.values()) for row in csv.DictReader(file)]
    assert sorted(read.itertuples(index=False, name=None)) == sorted(by_hand)
    # the cut-off article has lost its units: no row, and no guess
    assert set(corpus.tasks["task_id"]) - set(found["task_id"]) == {"beijing-13"}
    assert (found["is_primary"] == (found["role"] != "supporting")).all()


@pytest.mark.parametrize(
    ("task_id", "expected"),
    [
        ("chaoyang-36", "区卫生计生委 health lead|区民政局 civil_affairs supporting"),
        ("chaoyang-51", "各相关委办局 all_relevant severally_responsible"),
        (
            "jiyuan-15",
            "市住房和城乡建设局 housing_construction responsible"
            "|城乡规划管理局 natural_resources_planning responsible"
            "|市民政局 civil_affairs supporting|卫生和计划生育委员会 health supporting",
        ),
        (
            "zhongning-38",
            "民政局 civil_affairs responsible|财政局 finance supporting"
            "|各镇人民政府 townships_subdistricts supporting",
        ),
        (
            "zhongning-49",
            "财政局(金融办) finance responsible|医保局 healthcare_security supporting",
        ),
        (
            "beijing-12",
            "市教委 education responsible|市人力资源社会保障局 human_resources_social_security"
            " responsible|市卫生健康委 health responsible|市民政局 civil_affairs responsible"
            "|市红十字会 red_cross responsible|团市委 youth_league responsible"
            "|市妇联 womens_federation responsible",
        ),
    ],
)
def test_tasks_with_something_to_notice(corpus: yiyang.Corpus, task_id: str, expected: str) -> None:
    rows = corpus.assignments[corpus.assignments["task_id"] == task_id]
    assert "|".join(f"{r.agency_printed} {r.agency_id} {r.role}" for r in rows.itertuples()) == (
        expected
    )


def _mention(field: str, text: str, line: int = 5) -> dict[str, object]:
    return {
        "task_id": "x-01",
        "document_id": "x",
        "jurisdiction": "x",
        "field": field,
        "printed": text,
        "text": text,
        "line": line,
    }


def test_a_unit_named_twice_counts_once_with_a_repair() -> None:
    mentions = [_mention("responsible", "民政局"), _mention("supporting", "财政局 民政局", 6)]
    made = agencies.assign(mentions, None)
    found, repairs, leftovers = made.rows, made.repairs, made.leftovers
    assert [(row["agency_printed"], row["role"], row["order"]) for row in found] == [
        ("民政局", "responsible", 1),
        ("财政局", "supporting", 2),
    ]
    assert [[row[key] for key in ("field", "line", "before", "kind")] for row in repairs] == [
        ["supporting", 6, "民政局", "repeated_unit"]
    ]
    assert leftovers == []


def test_a_unit_that_is_not_known_is_kept_and_listed_with_the_nearest_names() -> None:
    mentions = [_mention("units", "市代建中心、市民政局、abc负责")]
    made = agencies.assign(mentions, None)
    assert [row["agency_id"] is None for row in made.rows] == [True, False]
    assert made.repairs == []
    left = sorted(made.leftovers, key=lambda row: row["text"])
    unread, unknown = (row["reason"] for row in left)
    assert "no Chinese text" in unread
    assert "nearest known names" in unknown


def test_without_lists_there_are_no_rows() -> None:
    mentions = [_mention("deadline", "2021年底"), _mention("supporting", "")]
    assert not any(vars(agencies.assign(mentions, None)).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市民政局承担，市残联指导", "市民政局 responsible|市残联 supporting"),
        ("市民政局牵头，市财政局督促落实", "市民政局 lead|市财政局 supporting"),
        ("牵头考核单位：市民政局", "市民政局 lead"),
        ("考核单位：市民政局；督办单位：市财政局", "市民政局 other|市财政局 supporting"),
        ("组织实施单位：各乡镇；督导单位：县卫健局", "各乡镇 responsible|县卫健局 supporting"),
        ("市民政局、市财政局主推", "市民政局 other|市财政局 other"),
        ("财政部等和各省级人民政府负责", "财政部 responsible|各省级人民政府 responsible"),
        ("商务部等国务院相关部门配合", "商务部 supporting|国务院相关部门 supporting"),
        (
            "各县〔市、区〕政府〔管委会〕按职责分工负责",
            "各县(市、区)政府(管委会) severally_responsible",
        ),
        (
            "牵头单位：区经发局、区口岸办配合单位：平潭海关",
            "区经发局 lead|区口岸办 lead|平潭海关 supporting",
        ),
        ("区民政局；适用范围：全部试点街道", "区民政局 responsible"),
        ("省重点产业推进组专班牵头单位牵头", "省重点产业推进组专班牵头单位 lead"),
        (
            "责任单位：省建设厅。列第一位的为牵头单位，下同。以下均需各市、县〔市、区〕政府落实，不再列出",
            "省建设厅 responsible",
        ),
    ],
)
def test_role_words_of_elsewhere(text: str, expected: str) -> None:
    found = agencies.read_units(text)
    assert "|".join(f"{u.name} {u.role}" for u in found.units) == expected


def test_a_role_word_that_is_not_known_is_said_and_its_units_are_kept() -> None:
    reading = agencies.read_units("市民政局、市财政局主推")
    assert [(piece.text, "主推 is not known" in piece.reason) for piece in reading.unread] == [
        ("主推", True)
    ]
    made = agencies.assign([_mention("units", "市民政局") | {"heading": "跟进部门"}], None)
    assert [(row["role"], row["role_printed"]) for row in made.rows] == [("other", "跟进部门")]
    assert [row["text"] for row in made.leftovers] == ["跟进部门"]


def test_what_a_list_says_under_another_label_is_kept() -> None:
    made = agencies.assign([_mention("units", "责任单位：市民政局；适用范围：全市")], None)
    assert [(row["column_printed"], row["text"]) for row in made.columns] == [("适用范围", "全市")]
    assert [row["agency_printed"] for row in made.rows] == ["市民政局"]


def test_rules_for_the_whole_document_are_applied_and_marked() -> None:
    first = _mention("units", "责任单位：省民政厅、省财政厅。列第一位的为牵头单位，下同", 3)
    second = _mention("units", "责任单位：省教育厅、省财政厅", 4) | {"task_id": "x-02"}
    made = agencies.assign([first, second], None)
    assert [row["role"] for row in made.rows] == ["lead", "responsible"] * 2
    assert [row["is_inferred"] for row in made.rows] == [True, False] * 2
    assert all("line 3" in row["inferred_reason"] for row in made.rows if row["is_inferred"])
    alone = _mention("units", "责任单位：省民政厅、省财政厅（列第一位的为牵头单位）", 3)
    roles = [row["role"] for row in agencies.assign([alone, second], None).rows]
    assert roles == ["lead", "responsible", "responsible", "responsible"]
    note = {"text": "注：以上任务均需各县（市、区）落实，不再列出", "line": 9}
    made = agencies.assign([second], None, notes=[note])
    assert [(row["agency_printed"], row["is_inferred"]) for row in made.rows] == [
        ("省教育厅", False),
        ("省财政厅", False),
        ("各县（市、区）", True),
    ]


def test_units_of_several_parts_are_joined_and_two_roles_are_said() -> None:
    parts = [
        _mention("units", "市民政局牵头，市财政局配合") | {"span": (0, 9)},
        _mention("units", "市财政局牵头，市民政局配合") | {"span": (9, 20)},
        _mention("units", "市财政局牵头") | {"span": (20, 30)},
    ]
    made = agencies.assign(parts, None)
    assert [(row["agency_printed"], row["role"], row["text_spans"]) for row in made.rows] == [
        ("市民政局", "lead", "0-9"),
        ("市财政局", "supporting", "0-9"),
        ("市财政局", "lead", "9-20;20-30"),
        ("市民政局", "supporting", "9-20"),
    ]
    assert {line for line, _ in made.warnings} == {5}


def test_an_office_inside_an_agency_stands_for_the_issuer_or_is_said() -> None:
    mentions = [_mention("units", "养老服务科、市财政局")]
    made = agencies.assign(mentions, None, issuer="某市民政局")
    assert [(row["agency_id"], row["is_office"]) for row in made.rows] == [
        ("civil_affairs", True),
        ("finance", False),
    ]
    made = agencies.assign(mentions, None)
    assert made.rows[0]["agency_id"] is None
    assert "the issuer is not stated" in made.leftovers[0]["reason"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["市卫健委", None], {0: "health", 1: None}),
        (("市卫健委",), {0: "health"}),
        (iter(["市卫健委"]), {0: "health"}),
        (pd.Series(["市卫健委"], index=["a"]), {"a": "health"}),
        ([], {}),
    ],
)
def test_names_may_stand_in_any_list(names: Iterable[str | None], found: dict) -> None:
    assert agencies.resolve_many(names)["agency_id"].to_dict() == found


@pytest.mark.parametrize("names", ["市卫健委", b"", None, 3, pd.DataFrame({"a": ["市卫健委"]})])
def test_what_is_no_list_of_names_is_refused(names: object) -> None:
    with pytest.raises(InputError, match="expected a list or Series of names"):
        agencies.resolve_many(names)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "on",
    [
        *([dt.date(2020, 1, 1)] * 2, "soon", [None, None], [["2024-05-31"] * 2], b"2024"),
        *(2024, "2024", 20241331, 202405, 20240531.5, -20240531, True, float("inf")),
        *(pd.Series([2024]), pd.Series([2024.0]), [5.2e300], 10**400, dt.timedelta(1)),
    ],
)
def test_a_day_is_one_for_all_names_or_one_for_each(on: object) -> None:
    with pytest.raises(InputError, match="a day for all names, or one for each"):
        agencies.resolve_many(["市卫健委"], on)  # type: ignore[arg-type]


@pytest.mark.parametrize("on", [[pd.NaT], [pd.NA], "", [" "], float("nan"), pd.Series([None])])
def test_an_empty_day_is_none(on: object) -> None:
    found = agencies.resolve_many(["市卫健委"], on)  # type: ignore[arg-type]
    assert found["rule"].tolist() == agencies.resolve_many(["市卫健委"])["rule"].tolist()


def test_a_day_in_figures_is_that_day() -> None:
    """Of the commission before 2018, no name of today's was listed: the rule tells the days."""
    names = ["市卫健委"] * 2
    for late, early in [(20240531, 19990101), ("20240531", "1999-01-01"), (20240531.0, 19990101.0)]:
        found = agencies.resolve_many(names, [late, early])  # type: ignore[list-item]
        assert found["rule"].tolist() == ["listed", "listed, outside its dates"]
