"""Put the cells of a row that prints fewer than its header under their columns.

Where a page was saved as text, a cell that is merged down stands in its first row only, and the
rows below it lack it: 教育 | 建校 | 县教育局, then 修路 | 县交通局. Which cells are missing is told
by the columns of numbers, units and times, where the cells of the row fit in one way only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from yiyang.extract import Cell
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.parse.shapes import are_known_units, is_deadline, is_number, is_units

MOST_COLUMNS, MOST_MISSING = 14, 3
"""Beyond these a row can stand under its columns in too many ways."""
NO_TEXT = 3
"""How much it tells against a way that it leaves a task without words."""


def under(row: Sequence[Cell], columns: Columns) -> tuple[list[Cell], list[Cell]] | None:
    """Return the cells of a row, one a column, with empty ones for those that are missing, and the
    cells that could stand in several columns; None where the row lacks none, or tells too little.
    """
    cells = list(row)
    while cells and not cells[-1].text:
        cells.pop()
    width, n_missing = len(columns), len(columns) - len(cells)
    if not 0 < n_missing <= MOST_MISSING or width > MOST_COLUMNS or not (cells and cells[0].text):
        return None
    scores = [[_score(cell.text, use) for use in columns.uses] for cell in cells]
    ways = list(combinations(range(width), len(cells)))
    texts = [n for n, use in enumerate(columns.uses) if use == "text"]
    fits = [
        sum(own[at] for own, at in zip(scores, way, strict=True))
        - (0 if any(n in way for n in texts) else NO_TEXT)
        for way in ways
    ]
    most = max(fits)
    best = [way for way, fit in zip(ways, fits, strict=True) if fit == most]
    if most < 2:
        return None
    # As many cells at the end as can be: it is the first ones that are merged down.
    way = ways[0] if ways[0] in best else best[-1]
    found = [Cell("", cells[0].line) for _ in range(width)]
    unclear = []
    for n, (at, cell) in enumerate(zip(way, cells, strict=True)):
        fields = {_field(columns.uses[other[n]]) for other in best}
        if fields.issubset(UNIT_FIELDS):
            # Somebody leads a task; who supports it is what a row may lack.
            found[min(other[n] for other in best)] = cell
        elif len(fields) == 1:
            found[at] = cell
        else:
            unclear.append(cell)
    return found, unclear


def with_marks(row: Sequence[Cell], columns: Columns) -> list[Cell]:
    """Return a row under columns of marks, which say nothing of their place, with the empty cells
    at its end that a text does not print; as it is, where its first cells may be missing."""
    cells = list(row)
    if columns.uses[0] != "number" or not cells or not is_number(cells[0].text):
        return cells
    return cells + [Cell("", cells[0].line)] * (len(columns) - len(cells))


def _field(use: str) -> str:
    """The field of a task that a column fills; none for what stands beside a task."""
    return "" if use in ("other", "section") else use


def _score(text: str, use: str) -> int:
    """Whether a cell looks like what a column holds."""
    if use in UNIT_FIELDS:
        return 1 if is_units(text) else -2
    if use == "deadline":
        return 1 if is_deadline(text) else -2
    if use == "number":
        return 1 if is_number(text) else -2
    if use == "text":
        return -1 if are_known_units(text) or is_deadline(text) else 1
    return 0


def aligned(cells: Sequence[Cell], columns: Columns) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of a row that tells too little for `under`, each below the next column that
    it looks like, and those too many.

    Two that fall under one column are joined where they stand on one line; else the second is one
    too many.
    """
    tests = {"number": is_number, "deadline": is_deadline}
    tests |= dict.fromkeys(UNIT_FIELDS, is_units)
    row = [Cell("", cells[0].line) for _ in columns.uses]
    surplus = []
    at = 0
    for n, cell in enumerate(cells):
        left = len(cells) - n - 1
        last = max(len(columns) - 1 - left, at)
        fits = [
            i
            for i in range(at, min(last, len(columns) - 1) + 1)
            if (test := tests.get(columns.uses[i])) is None or test(cell.text)
        ]
        texts = [i for i in fits if columns.uses[i] == "text"]
        typed = [i for i in fits if columns.uses[i] in tests]
        at = (typed or texts or fits or [min(at, len(columns) - 1)])[0]
        old = row[at]
        if not old.text or old.is_repeat:
            row[at] = cell
        elif not cell.is_repeat and cell.line == old.line:
            row[at] = Cell(old.text + cell.text, old.line)
        elif not cell.is_repeat:
            surplus.append(cell)
        at = min(at + 1, len(columns) - 1)
    return row, surplus
