"""Write coding sheets as workbooks, one a coder, and read them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from yiyang.core.messages import LANGS, join, label
from yiyang.safety import atomic_write
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import cell, plain
from yiyang.safety.opening import path_of

HEADINGS = ("unit", "text", "other_text", "code", "note")
WIDTHS = {"unit": 16, "text": 70, "other_text": 70, "code": 18, "note": 30}
CODES, BOOK = "codes", "codebook"


def write_sheets(
    drawn: pd.DataFrame, folder: Path | str, *, coders: Sequence[str], seed: int = 0
) -> list[Path]:
    """Write a workbook for each coder: the units in an order of their own, a cell with a drop-down
    list for each code, and the codebook on a second sheet. What the method says is in none.

    Parameters
    ----------
    drawn
        From `validation.sample`.
    folder
        Where the workbooks are put: `codes-NAME.xlsx`.
    seed
        The same seed gives each coder the same order.
    coders
        Their names; each is part of the name of a file.

    Raises
    ------
    InputError
        For names that are alike or none, and for a sheet that is there already: a coder may have
        worked in it.
    """
    names = [*coders]
    if len({*names}) < len(names) or not all(name and name.isprintable() for name in names):
        raise refusal("validation.coders", "validation.write_sheets", coders=names)
    folder = path_of(folder, "validation.write_sheets")
    paths = [folder / f"codes-{name.replace('/', '_')}.xlsx" for name in names]
    for path in paths:
        if path.exists():
            raise refusal("validation.is_there", path)
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, path) in enumerate(zip(names, paths, strict=True)):
        order = np.random.default_rng([seed, number]).permutation(len(drawn))
        book = _workbook(drawn.iloc[order], drawn.attrs["codes"], name)
        with atomic_write.file(path) as fresh:
            book.save(fresh)
    return paths


def _workbook(units: pd.DataFrame, codes: dict[str, str], coder: str) -> Any:
    from openpyxl import Workbook  # noqa: PLC0415  (half a second that only sheets need)
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    sheet.title = CODES
    columns = [c for c in HEADINGS if c != "other_text" or units["other_text"].any()]
    sheet.append(columns)
    for row in units.itertuples():
        said = {"unit": row.unit, "text": row.text, "other_text": row.other_text}
        sheet.append([cell(said.get(column, "")) or None for column in columns])
    listed = book.create_sheet(BOOK)
    listed.append(["code", "meaning"])
    for code, meaning in codes.items():
        listed.append([cell(code), cell(meaning)])
    choice = DataValidation(
        type="list", formula1=f"{BOOK}!$A$2:$A${len(codes) + 1}", allow_blank=True
    )
    choice.error = join((label("coding.choice", lang) for lang in LANGS), "clauses", "en")
    choice.showErrorMessage = True
    sheet.add_data_validation(choice)
    letter = "ABCDE"[columns.index("code")]
    choice.add(f"{letter}2:{letter}{len(units) + 1}")
    for page in (sheet, listed):
        page.freeze_panes = "A2"
        for heading in page[1]:
            heading.font = Font(bold=True)
            page.column_dimensions[heading.column_letter].width = WIDTHS.get(heading.value, 90)
        for line in page.iter_rows(min_row=2):
            for one in line:
                one.alignment = Alignment(wrap_text=True, vertical="top")
    book.properties.creator = coder
    return book


def read(sheets: Path | str | Iterable[Path | str]) -> pd.DataFrame:
    """Read filled sheets: a folder, or the files. One row is a unit and a coder.

    Returns
    -------
    DataFrame
        `unit, coder, code, note`; a cell left empty is a missing code, never another one.
        `attrs["codes"]` are the codes of the sheets.

    Raises
    ------
    InputError
        For a code that is not in the codebook, a unit that stands twice, other headings, and
        sheets of different units or codebooks; with file and row.
    """
    paths = _files(sheets)
    if not paths:
        raise refusal("validation.no_sheet", sheets)
    frames, books = [], []
    for path in paths:
        frame, book = _read(path)
        frames.append(frame)
        books.append(book)
        if book != books[0] or set(frame["unit"]) != set(frames[0]["unit"]):
            raise refusal("validation.other_sheet", path, first=paths[0].name)
    codes = pd.concat(frames, ignore_index=True)
    codes.attrs["codes"] = books[0]
    return codes


def _files(sheets: Path | str | Iterable[Path | str]) -> list[Path]:
    place = "validation.read"
    if not isinstance(sheets, Path | str):
        return [path_of(path, place) for path in sheets]
    path = path_of(sheets, place)
    return sorted(path.glob("codes-*.xlsx")) if path.is_dir() else [path]


def _read(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    try:
        pages = pd.read_excel(
            path, sheet_name=[CODES, BOOK], dtype=str, keep_default_na=False, engine="openpyxl"
        )
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise refusal("validation.unreadable", path, said=error) from error
    frame, book = (page.map(lambda text: plain(text.strip())) for page in pages.values())
    if not {"unit", "code", "note"} <= set(frame) or not {"code", "meaning"} <= set(book):
        raise refusal("validation.headings", path)
    known = dict(zip(book["code"], book["meaning"], strict=True))
    seen: set[str] = set()
    for row in frame.itertuples():
        place = f"{path.name}, row {row.Index + 2}"
        if row.code and row.code not in known:
            raise refusal("validation.code", place, code=row.code, known=", ".join(known))
        if not row.unit or row.unit in seen:
            raise refusal("validation.unit", place, unit=row.unit)
        seen.add(row.unit)
    coder = path.stem.removeprefix("codes-")
    out = frame[["unit"]].assign(coder=coder, code=frame["code"].replace("", None))
    return out.assign(note=frame["note"]), known
