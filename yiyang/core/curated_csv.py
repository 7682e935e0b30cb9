"""Read CSV files that people write by hand: terms, names, repairs; name the line of what is wrong.

A spreadsheet may put a mark before the heading (a BOM), blanks round a cell, or another coding
than UTF-8: the first two do no harm, the last is reported.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

from yiyang.core import schema
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import plain
from yiyang.safety.later import pd
from yiyang.safety.telling import tell

Row = tuple[dict[str, str], int]
"""A row by its columns, and the number of its last line."""


def rows(
    path: Path,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    blank: Sequence[str] = (),
    *,
    exact: bool = False,
) -> list[Row]:
    """Read the rows of a file, the blanks round their cells taken off unless they are `exact`.

    The heading is `columns` in any order, or these and the `optional` ones. A missing file, another
    coding, another heading and a row with a surplus cell, or an empty one that is not among the
    `blank` columns, raise `InputError`.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    heading = list(reader.fieldnames or [])
    if sorted(heading) not in (sorted(columns), sorted([*columns, *optional])):
        raise fault("columns", path, 1, columns=heading, known=", ".join(columns))
    found = []
    for row in reader:
        line = reader.line_num
        if None in row:  # where csv puts surplus cells
            raise fault("surplus", path, line, known=", ".join(heading))
        cells = {column: plain(row[column] or "") for column in heading}
        if not exact:
            cells = {column: text.strip() for column, text in cells.items()}
        if empty := [column for column in heading if not cells[column] and column not in blank]:
            raise fault("empty", path, line, columns=", ".join(empty))
        found.append((cells, line))
    return found


def cells(path: Path, columns: Sequence[str], blank: Sequence[str] = ()) -> list[dict[str, str]]:
    """Read a file as text, its cells exact, a dictionary a row; see `rows`."""
    return [row for row, _ in rows(path, columns, blank=blank, exact=True)]


def frame(path: Path, columns: Sequence[str], blank: Sequence[str] = ()) -> pd.DataFrame:
    """Read a file as text, its cells exact and its columns in their order; see `rows`."""
    return pd.DataFrame(cells(path, columns, blank), columns=list(columns), dtype="str")


def table(name: str, path: Path | None = None) -> pd.DataFrame:
    """Read a table of the contract, in its types; without a path, that of the curation folder."""
    path = path or schema.CURATION / f"{name}.csv"
    return schema.cast(name, frame(path, schema.columns(name), _blank(name)))


def cells_of(name: str) -> list[dict[str, str]]:
    """Read a table of the contract in the curation folder as text: see `cells`. Its types are held
    by `table` alone."""
    return cells(schema.CURATION / f"{name}.csv", schema.columns(name), _blank(name))


def number(cell: str, path: Path, line: int) -> float:
    """Return the number of a cell; `InputError` with its line where it is none."""
    try:
        found = float(cell)
    except ValueError as error:
        raise fault("number", path, line, number=cell) from error
    if not math.isfinite(found):
        raise fault("number", path, line, number=cell)
    return found


def _blank(name: str) -> list[str]:
    """The columns of a table that may be empty."""
    fields = schema.specifications()[name]["fields"]
    return [field["name"] for field in fields if not field.get("required")]


def fault(key: str, path: Path | str, line: int | str, /, **values: object) -> InputError:
    """Make the error `curated.KEY` about a line of a file; raise it."""
    name = path.name if isinstance(path, Path) else path
    place = tell("place.line", file=name, line=line) if isinstance(line, int) else f"{name}, {line}"
    return refusal(f"curated.{key}", place, **values)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise refusal("curated.missing", path) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise fault("no_utf8", path, line) from error
