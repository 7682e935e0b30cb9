"""CSV files that people write by hand: terms, seeds, verdicts. What is wrong is said by its line.

A spreadsheet may put a mark before the heading (a BOM), blanks round a cell, or another coding
than UTF-8: the first two do no harm, the last is reported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from yiyang.safety.errors import InputError
from yiyang.safety.escaping import plain


def rows(
    path: Path, columns: Sequence[str], optional: Sequence[str] = ()
) -> list[tuple[dict[str, str], int]]:
    """The rows of the file, blanks round the cells taken off, each with its last line.

    The heading is `columns`, or these and then the `optional` ones. A missing file, another
    coding, another heading and a row with an empty or a surplus cell raise `InputError`.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    heading = reader.fieldnames or []
    if heading not in (list(columns), [*columns, *optional]):
        raise fault(path, 1, f"columns {heading}", ", ".join(columns), "restore the heading")
    found = []
    for row in reader:
        line = reader.line_num
        if None in row:  # where csv puts surplus cells
            remedy = "put text with a comma between quotation marks"
            raise fault(path, line, "more cells than columns", ", ".join(heading), remedy)
        cells = {column: plain(row[column] or "").strip() for column in heading}
        if empty := [column for column in heading if not cells[column]]:
            found_empty = f"nothing for {', '.join(empty)}"
            raise fault(path, line, found_empty, "every cell filled", "complete or delete the line")
        found.append((cells, line))
    return found


def fault(
    path: Path, line: int | str, found: str, expected: str, remedy: str = "correct the line"
) -> InputError:
    """What is wrong in a line of the file; raise it."""
    place = f"{path.name}, line {line}" if isinstance(line, int) else f"{path.name}, {line}"
    return InputError(place, found=found, expected=expected, remedy=remedy)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            str(path),
            found="no file that can be read",
            expected="a CSV file",
            remedy="create it, or correct its name",
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise fault(
            path,
            line,
            found="characters that are not UTF-8",
            expected="UTF-8 (a spreadsheet's “CSV UTF-8”)",
            remedy="store the file anew in that form",
        ) from error
