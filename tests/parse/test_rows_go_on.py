"""Rows of a numbered table whose lines were broken by hand go on with the row above."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

HEAD = "序号,工作任务,责任单位,完成时限\n"


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (
            "1,对全县水渠,县水利局、,2026年5\n,普查一遍，建,县林业局,月底前\n,立台账。,,\n",
            ["对全县水渠普查一遍，建立台账。"],
        ),
        (
            "1,推进南渠修,县水利局、县,2026年5月底\n,缮,林业局,\n2,植树9亩,县林业局,2026年6月底\n",
            ["推进南渠修缮", "植树9亩"],
        ),
    ],
    ids=["sentences that end in a row below", "half a name of a unit"],
)
def test_a_row_goes_on_with_the_one_above(tmp_path: Path, rows: str, texts: list[str]) -> None:
    path = tmp_path / "东县.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    found = preview.read(path).to_dict()
    assert [task["text"] for task in found["tasks"]] == texts
    names = [row["agency_name"] for row in found["assignments"] if row["task_id"].endswith("01")]
    assert names == ["县水利局", "县林业局"]
    assert str(found["deadlines"][0]["due"]) == "2026-05-31"


def test_a_row_with_its_own_units_and_time_is_a_task(tmp_path: Path) -> None:
    path = tmp_path / "东县.csv"
    rows = "1,加强水利建设,县水利局,6月底\n,修渠3条,县林业局,7月底\n2,植树9亩,县林业局,9月底\n"
    path.write_text(HEAD + rows, encoding="utf-8")
    assert len(preview.read(path).to_dict()["tasks"]) == 3


def test_of_a_row_that_may_go_on_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "东县.csv"
    rows = "1,南渠修缮3条,县水利局,6月底\n,北渠疏浚9里,县林业局,\n2,植树9亩,县林业局,9月底\n"
    path.write_text(HEAD + rows, encoding="utf-8")
    reading = preview.read(path)
    assert len(reading.to_dict()["tasks"]) == 3
    assert "北渠疏浚9里" in str(reading.to_dict()["warnings"])
