"""Heads of documents: labels over their values, and names that several places bear."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

LIST = "1.开食堂3家。责任单位：民政局\n2.修浴室。责任单位：住建局\n"


WHICH = "内蒙古自治区呼和浩特市新城区2026年实事\n新城区人民政府\n2026年1月5日\n"
NONE = "新城区人民政府2026年实事\n新城区人民政府\n2026年1月5日\n"
BRACKET = "深圳市龙岗区2026年分工表\n（龙岗区人民政府办公室2026年1月28日印发）\n"
ROW = "索引号\t发文机关\t成文日期\n000-1\t石泉县人民政府\t2026年2月3日\n石泉县清单\n"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (WHICH, "jurisdiction", "150102"),
        (NONE, "jurisdiction", "000000"),
        (BRACKET, "issuing_agency", "龙岗区人民政府办公室"),
        (ROW, "date_issued", "2026-02-03"),
    ],
    ids=["the title says which", "nothing says which", "in a bracket", "labels in a row"],
)
def test_a_head(tmp_path: Path, head: str, field: str, value: str) -> None:
    path = tmp_path / "某地.txt"
    path.write_text(head + LIST, encoding="utf-8")
    assert str(preview.read(path).to_dict()["document"][field])[:10] == value
