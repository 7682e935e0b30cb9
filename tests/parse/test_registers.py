"""Registers of incoming documents and logs of their steps: no tasks, and no number of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview
from yiyang.show.preview import Preview

REGISTER = (
    ("收文编号", "2026-117", "收文日期", "2026-03-10"),
    ("来文单位", "松江市民政局", "来文字号", "松民发〔2026〕9号"),
    ("密级", "无", "缓急程度", "急件"),
    ("拟办意见", "请分管领导阅示，养老科牵头办理，3月20日前报送方案。"),
)
ABOVE = (
    ("收文编号", "来文单位", "来文字号", "拟办意见"),
    ("2026-117", "松江市民政局", "松民发〔2026〕9号", "请局领导阅"),
)
LOG = (
    ("环节", "办理人", "办理意见", "办理时间"),
    ("登记", "张某", "请领导阅", "2026-03-10 09:00"),
    ("阅示", "李某", "请养老科办理", "2026-03-11 10:00"),
)
CARD = (
    ("督办编号", "2026-7", "督办日期", "2026-03-10"),
    ("督办事项", "建设养老驿站三十所"),
    ("责任单位", "区民政局", "办理时限", "2026年9月底前"),
)


def _table(*rows: tuple[str, ...]) -> str:
    made = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in made) + "</table>"


def _notice(number: str) -> str:
    title = "<h2>松江市民政局关于做好2026年助老工作的通知</h2>"
    lines = (
        *([number] if number else []),
        "各区民政局：",
        "现将有关事项通知如下：",
        "1.建设养老驿站三十所，9月底前完成。（责任单位：市民政局、市财政局）",
        "2.培训护理员六百人次，10月底前完成。（责任单位：市人社局）",
        "松江市民政局",
        "2026年3月5日",
    )
    return title + "".join(f"<p>{line}</p>" for line in lines)


def _read(tmp_path: Path, *parts: str) -> Preview:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "".join(parts) + "</body></html>", encoding="utf-8")
    return preview.read(path)


@pytest.mark.parametrize(
    ("above", "below"),
    [((REGISTER,), (LOG,)), ((ABOVE,), ()), ((), (LOG, REGISTER)), ((REGISTER, LOG), ())],
)
def test_a_register_is_no_part_of_a_document(
    tmp_path: Path,
    above: tuple[tuple[tuple[str, ...], ...], ...],
    below: tuple[tuple[tuple[str, ...], ...], ...],
) -> None:
    tables = [_table(*rows) for rows in above], [_table(*rows) for rows in below]
    read = _read(tmp_path, *tables[0], _notice("松民发〔2026〕9号"), *tables[1])
    assert len(read.tasks) == 2
    assert [f"{day:%m-%d}" for day in read.deadlines["due"]] == ["09-30", "10-31"]
    assert read.document["document_number"].item() == "松民发〔2026〕9号"
    assert read.confidence >= 0.9


@pytest.mark.parametrize("rows", [REGISTER, ABOVE])
def test_a_number_of_the_register_alone_is_asked_about(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...]
) -> None:
    read = _read(tmp_path, _table(*rows), _notice(""))
    assert any("松民发〔2026〕9号" in str(w) and "register" in str(w) for w in read.warnings)


def test_a_number_behind_a_label_is_asked_about(tmp_path: Path) -> None:
    """Far below the head nothing says whose number it is."""
    lines = ("附件1", "驿站名单", "城东驿站", "城西驿站", "文件编号：松民发〔2026〕9号", "城南驿站")
    read = _read(tmp_path, _notice(""), *(f"<p>{line}</p>" for line in lines))
    assert any("松民发〔2026〕9号" in str(warning) for warning in read.warnings)


def test_a_card_of_a_task_is_no_register(tmp_path: Path) -> None:
    read = _read(tmp_path, _table(*CARD))
    assert "建设养老驿站三十所" in set(read.tasks["text"])
