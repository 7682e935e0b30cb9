"""Lists of people to call and blank forms hold no tasks; lists of tasks that name people do."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

LIST = "序号,工作任务,责任单位,完成时限\n1,新建食堂3家,县民政局,6月底前\n"


def _texts(path: Path, rows: str) -> list[str]:
    path.write_text(f"东县2026年任务清单\n{rows}", encoding="utf-8")
    return [task["text"] for task in preview.read(path).to_dict()["tasks"]]


@pytest.mark.parametrize(
    "rows",
    [
        "序号,单位,姓名,职务,联系电话\n1,县民政局,张某,科长,8123456\n2,县财政局,李某,主任,8123457\n",
        "单位,联系人,手机,备注\n县民政局,张某,8123456,\n县财政局,李某,8123457,\n",
        "姓名,职务,电话\n,,\n,,\n",
        "序号,姓名,单位,职务,角色\n1,张某,县民政局,局长,组长\n2,李某,县财政局,局长,成员\n",
    ],
    ids=["people of units", "whom to call", "a form to be filled in", "a group"],
)
def test_a_list_of_people_holds_no_tasks(tmp_path: Path, rows: str) -> None:
    assert _texts(tmp_path / "东县.csv", LIST + rows) == ["新建食堂3家"]


def test_a_blank_form_holds_no_tasks(tmp_path: Path) -> None:
    form = "序号,工作任务,责任单位,完成时限,进展情况\n1,,,,\n2,,,,\n"
    assert _texts(tmp_path / "东县.csv", form) == []


@pytest.mark.parametrize(
    "rows",
    [
        "序号,工作任务,责任人,联系电话\n1,新建食堂3家,张某,8123456\n2,改造浴室30间,李某,8123457\n",
        "序号,工作内容,责任单位,责任人,职务,电话\n1,新建食堂3家,县民政局,张某,科长,8123456\n"
        "2,改造浴室30间,县住建局,李某,科长,8123457\n",
    ],
    ids=["whom to call for a task", "units and people"],
)
def test_a_list_of_tasks_may_name_people(tmp_path: Path, rows: str) -> None:
    assert _texts(tmp_path / "东县.csv", rows) == ["新建食堂3家", "改造浴室30间"]
