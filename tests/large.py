"""A small corpus for the tests of large ones, and what they ask of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.dataset
from builders import word, workbook

from yiyang.core import parquet_store

HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
TASKS = [
    ["1", "新增养老床位200张。", "县民政局", "县财政局", "2025年底前"],
    ["2", "开展医养结合签约服务。", "县卫健委", "县医保局、县人社局", "长期坚持"],
    ["3", "每年培训护理员不少于100人。", "县卫健委", "", "每年12月底前"],
]
PLACES = ["四川省成都市武侯区", "四川省达州市大竹县", "北京市朝阳区", "宁夏回族自治区中卫市中宁县"]


def text(place: str, year: int) -> str:
    return (
        f"{place}推进医养结合工作方案\n（一）建设日间照料中心{year - 2000}家。"
        f"（责任单位：民政局、财政局）\n（二）加强老年医学科建设，{year}年底前完成。"
        f"（责任单位：卫健委；配合单位：医保局）\n{place}人民政府\n{year}年3月1日\n"
    )


def write(folder: Path) -> Path:
    """Nine documents in five formats; one of them is broken."""
    for n, place in enumerate(PLACES):
        (folder / f"{n}.txt").write_text(text(place, 2021 + n), encoding="utf-8")
    (folder / "5.txt").write_bytes(text("四川省成都市武侯区", 2023).encode("gb18030"))
    title = "北京市朝阳区医养结合重点任务分解表"
    word(folder / "6.docx", [title, ([HEADER, *TASKS],)])
    workbook(folder / "7.xlsx", [HEADER, *_of("第二批")])
    cells = [HEADER, *_of("第三批")]
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in r)}</tr>" for r in cells)
    (folder / "8.html").write_text(f"<h1>{title}</h1><table>{rows}</table>", encoding="utf-8")
    (folder / "9.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


def _of(batch: str) -> list[list[str]]:
    """The tasks in other words: the same ones again would be counted once."""
    return [[number, batch + text, *rest] for number, text, *rest in TASKS]


def here(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The engine that does everything in this process."""
    for item in items:
        yield item, function(item)


def content(out: Path) -> dict[str, str]:
    """All tables and summaries as text, their rows sorted."""
    said = {path.name: path.read_text() for path in sorted((out / "summary").glob("*.csv"))}
    for name in parquet_store.BULK_TABLES:
        folder = out / "tables" / name
        if folder.is_dir():
            hive = pyarrow.dataset.dataset(folder, partitioning="hive")
            frame = hive.to_table().to_pandas()
            frame = frame.sort_values(list(frame.columns), ignore_index=True)
            said[name] = frame.to_csv()
    for path in sorted((out / "tables").glob("*.parquet")):
        said[path.name] = pd.read_parquet(path).to_csv()
    return said
