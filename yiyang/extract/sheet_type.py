"""Read how the type of a workbook (.xlsx) looks: that of its cells, and of stretches inside them.

openpyxl knows the type of a stretch, which calamine does not tell; the lines are those of `sheet`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from yiyang.extract import shown
from yiyang.extract.blocks import Block, paragraph

_REDS = frozenset(("FFFF0000", "00FF0000", "FFC00000", "00C00000"))


def with_looks(data: bytes, place: str) -> Iterator[Block]:
    """Yield the words of each cell, marks of `shown` around those whose type stands out."""
    import openpyxl  # noqa: PLC0415  (large, and few workbooks need it)

    heights = _heights(data)
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    sheets = {sheet.title: sheet for sheet in book.worksheets}  # not the sheets that are charts
    line = 0
    for name, height in heights.items():
        for row in sheets[name].iter_rows() if name in sheets else ():
            for cell in row:
                if isinstance(cell.value, str) or hasattr(cell.value, "as_list"):
                    yield paragraph(_marked(cell), line + cell.row)
        line += height


def _heights(data: bytes) -> dict[str, int]:
    """The rows of each sheet that is shown, as `sheet` counts them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        m.name: len(book.get_sheet_by_name(m.name).to_python(skip_empty_area=False))
        for m in book.sheets_metadata
        if m.visible == SheetVisibleEnum.Visible
    }


def _marked(cell: Any) -> str:
    own = _looks(cell.font)
    if isinstance(cell.value, str):
        return shown.marked(cell.value, own)
    return "".join(
        shown.marked(part, own)
        if isinstance(part, str)
        else shown.marked(part.text, _looks(part.font))
        for part in cell.value
    )


def _looks(font: Any) -> list[str]:
    rgb = getattr(font.color, "rgb", "") if font.color is not None else ""
    looks = {
        "bold": bool(font.b),
        "underline": bool(font.u) and font.u != "none",
        "italic": bool(font.i),
        "red": rgb in _REDS,
    }
    return [look for look, is_so in looks.items() if is_so]
