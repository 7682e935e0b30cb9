"""Who leads what by the text of a task itself."""

from __future__ import annotations

import pytest

from yiyang.agencies.within import roles_within

CASES = [
    (
        "食堂的卫生检查由市场监管部门(含分局,下同)牵头负责、教育部门配合。",
        "market_regulation:lead education:supporting",
    ),
    (
        "建立平台。由县民政局牵头，县财政局、县卫生健康局配合，年底前建成。",
        "civil_affairs:lead finance:supporting health:supporting",
    ),
    ("教育局牵头建立联席会议制度，财政局配合。", "education:lead finance:supporting"),
    ("健全制度；每年检查由民政部门牵头。结果公开。", "civil_affairs:lead"),
    ("各牵头单位按季报送进展，牵头部门要加强督查。", ""),
    ("完善牵头抓总的工作机制，理由充分。", ""),
    ("由民政局负责，财政局配合。", ""),
    ("不再由民政局牵头，改由财政局牵头。", ""),
    ("原由民政局牵头的检查移交财政局。", ""),
    ("曾由民政局牵头编制规划；改由财政局牵头。", "finance:lead"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_leads_what_is_read_inside_a_text(text: str, expected: str) -> None:
    found = roles_within(text)
    assert " ".join(f"{w.agency_id}:{w.role}" for w in found) == expected
    assert all(text[w.start : w.end].strip() == w.clause and w.printed in w.clause for w in found)
