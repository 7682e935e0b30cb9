"""Who does a thing, said on a line of its own; labels behind bullets; names called upon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yiyang.parse import own_sentences
from yiyang.show import preview


def read(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    return preview.read(path).to_dict()


def units_of(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["agency_printed"], row["role"]) for row in found["assignments"]]


def texts_of(found: dict[str, Any]) -> list[str]:
    return [task["text"] for task in found["tasks"]]


LED = [("县水利局", "lead"), ("县财政局", "supporting")]


@pytest.mark.parametrize(
    "sentence",
    [
        "该项工作由县水利局牵头组织，县财政局协助，务于8月底前办结。",
        "由县水利局牵头，县财政局配合，8月底前完成。",
        "县水利局牵头，县财政局配合，8月底前完成。",
        "牵头单位为县水利局，配合单位为县财政局，完成时限为8月底。",
        "本任务由县水利局牵头负责，县财政局积极配合，确保8月底前完成。",
        "👉牵头单位：县水利局 👉协作单位：县财政局 👉办结日期：2025年8月底",
        "牵头：县水利局　配合：县财政局　限时：8月底前",
    ],
)
def test_a_line_that_says_who_and_by_when(tmp_path: Path, sentence: str) -> None:
    tasks = ("疏浚河道3公里。", "改造水闸2座。")
    lines = [f"{n}.{task}\n{sentence}\n" for n, task in enumerate(tasks, 1)]
    found = read(tmp_path / "a.txt", "东县2025年任务清单\n" + "".join(lines))
    assert texts_of(found) == list(tasks)
    assert units_of(found) == 2 * LED
    assert [str(row["due"]) for row in found["deadlines"]] == 2 * ["2025-08-31"]
    assert not [sign for sign in found["signs"] if sign["state"] == "unread"]


@pytest.mark.parametrize(
    "text",
    [
        "县水利局关于进一步支持",  # half a title: its last word is no role
        "由县水利局牵头，新建水闸2座。",  # the words of a task
        "县水利局要高度重视，8月底前完成。",
        "8月底前完成。",
        "各牵头单位要统筹落实任务，各参与单位要主动作为，积极配合。",  # said to all
        "责任单位：县水利局；完成时限：8月底",  # labels are found wherever they stand
    ],
)
def test_no_other_line_is_one(text: str) -> None:
    assert own_sentences.find(text) == []


def test_tasks_without_a_number_above_the_same_labels(tmp_path: Path) -> None:
    text = (
        "东县任务\n修缮古桥3座，新增护栏\n责任单位：县文旅局\n时限：8月底\n"
        "疏浚河道3公里以上\n责任单位：县水利局\n"
    )
    found = read(tmp_path / "a.txt", text)
    assert texts_of(found) == ["修缮古桥3座，新增护栏", "疏浚河道3公里以上"]
    assert units_of(found) == [("县文旅局", "responsible"), ("县水利局", "responsible")]


def test_the_tasks_of_a_team_have_its_units(tmp_path: Path) -> None:
    text = (
        "东县任务\n（一）水利专班\n由县水利局牵头，成员单位：县财政局。\n1.疏浚河道3公里。\n2.改造水闸。\n"
        "（二）文旅专班\n由县文旅局牵头。\n1.修缮古桥3座。\n"
    )
    found = read(tmp_path / "a.txt", text)
    assert texts_of(found) == ["疏浚河道3公里。", "改造水闸。", "修缮古桥3座。"]
    of_water = [("县水利局", "lead"), ("县财政局", "other")]
    assert units_of(found) == [*of_water, *of_water, ("县文旅局", "lead")]


def test_units_that_a_message_calls_upon(tmp_path: Path) -> None:
    text = (
        "请抓好：\n① @县水利局 牵头、@县财政局 配合，疏浚河道3公里；\n"
        "② @县文旅局 @县供销社 修缮古桥3座；\n③ @老张 请假。\n"
    )
    found = read(tmp_path / "a.txt", text)
    assert units_of(found)[:2] == LED
    assert [name for name, _ in units_of(found)] == ["县水利局", "县财政局", "县文旅局", "县供销社"]


def test_figures_on_keys_number_the_items_of_a_post(tmp_path: Path) -> None:
    keys = [f"{n}\ufe0f\u20e3" for n in (1, 2)]
    text = (
        f"东县实事\n{keys[0]} 疏浚河道3公里\n👉责任单位：县水利局\n"
        f"{keys[1]} 修缮古桥\n👉责任单位：县文旅局\n📢欢迎监督\n"
    )
    found = read(tmp_path / "a.txt", text)
    assert texts_of(found) == ["疏浚河道3公里", "修缮古桥"]
    assert [task["number_printed"] for task in found["tasks"]] == ["1.", "2."]


@pytest.mark.parametrize("number", ["任务{}　", "【实事{}】", "项目{} ", "第{}件："])
def test_numbers_behind_a_word(tmp_path: Path, number: str) -> None:
    labels = "\n责任单位：县水利局\n"
    tasks = ("疏浚河道3公里", "改造水闸2座")
    lines = [number.format(n) + task + labels for n, task in enumerate(tasks, 1)]
    assert texts_of(read(tmp_path / "a.txt", "东县任务\n" + "".join(lines))) == list(tasks)


@pytest.mark.parametrize(
    "does",
    ["负责落实", "研究提出落实意见", "研究起草具体实施方案", "研究提出意见并组织实施", "研究解决"],
)
def test_units_that_are_asked_to_say_how(tmp_path: Path, does: str) -> None:
    lines = (
        f"（一）关于“疏浚河道”的问题，由县水利局会同县财政局、县审计局{does}。\n"
        f"（二）关于“改造水闸”的问题，由县水利局{does}。\n"
    )
    found = read(tmp_path / "a.txt", "东县2025年任务分工\n" + lines)
    assert units_of(found) == [
        ("县水利局", "responsible"),
        ("县财政局", "supporting"),
        ("县审计局", "supporting"),
        ("县水利局", "responsible"),
    ]


def test_what_is_worked_out_stays_in_the_task(tmp_path: Path) -> None:
    lines = "1.规范停车，由县发改局研究制定收费办法。\n2.规范养犬，由县公安局研究制定登记规则。\n"
    found = read(tmp_path / "a.txt", "东县2025年任务清单\n" + lines)
    assert ["收费办法" in texts_of(found)[0], "登记规则" in texts_of(found)[1]] == [True, True]


def test_a_unit_that_sees_to_a_part_is_one_of_the_task(tmp_path: Path) -> None:
    text = (
        "东县民生实事项目方案\n一、修渠。修渠3条。该项目由县水利局牵头实施，县财政局负责资金拨付。\n"
        "二、植树。植树9亩。该项目由县林业局牵头，县妇联要积极发动。\n"
    )
    found = read(tmp_path / "a.txt", text)
    assert units_of(found) == [("县水利局", "lead"), ("县财政局", "responsible")]
    assert "资金拨付" in [row["text"] for row in found["leftovers"]]
    assert [sign["line"] for sign in found["signs"] if sign["state"] == "unread"] == [3]


def test_what_a_letter_asks_of_each_unit_is_a_task_of_it(tmp_path: Path) -> None:
    text = (
        "东县教育局关于商请协助的函\n县公安局、县水利局：\n现商请协助以下事项：\n"
        "一、请县公安局于8月20日前提供名册。\n二、请县水利局会同县财政局核查水塘9处。\n"
        "有关材料请送我局安全科，联系人：甲某。\n东县教育局\n2025年8月5日\n"
    )
    found = read(tmp_path / "a.txt", text)
    assert texts_of(found) == ["于8月20日前提供名册。", "核查水塘9处。"]
    assert units_of(found) == [
        ("县公安局", "responsible"),
        ("县水利局", "responsible"),
        ("县财政局", "supporting"),
    ]
    assert [str(row["due"]) for row in found["deadlines"]] == ["2025-08-20"]


def test_what_all_are_asked_is_no_task(tmp_path: Path) -> None:
    items = ("请各单位于8月20日前报送名册。", "请高度重视。", "请有关部门加强值守。")
    lines = [f"{number}、{item}\n" for number, item in zip("一二三", items, strict=True)]
    found = read(tmp_path / "a.txt", "关于放假安排的通知\n各单位：\n" + "".join(lines))
    assert texts_of(found) == []
