"""Compare what reads a PDF: pdfplumber as yiyang uses it, PDFium's own text, tables by others.

    python benchmarks/pdf.py FOLDER [FOLDER ...]

The choice: pdfplumber (MIT) is kept, alone. It gives each character with its place, size and
colour, from which hidden text, note marks, columns and merged cells are told; PDFium's text
(pypdfium2, Apache 2.0 or BSD) comes nine times as fast, without cells; camelot and img2table
(both MIT) read tables alone, and bring OpenCV along.

FOLDER holds PDF files, each with `FILE.expected.json` beside it (what its tasks begin with, their
units). For each reader: in how many files it finds the first words of every task and every unit as
they are printed; in how many files it has each task in one row or paragraph with its own units and
with no other task (`apart`); seconds. Camelot and img2table
count where they are installed (`pip install camelot-py img2table`): neither is a dependency.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2

from yiyang import extract
from yiyang.core import characters
from yiyang.core.text import fold


def ours(path: Path) -> Iterator[str]:
    """The paragraphs and rows of yiyang's reader."""
    for block in extract.blocks(path.read_bytes(), path.name).blocks:
        yield "".join(block.texts)


def pdfium(path: Path) -> Iterator[str]:
    """The lines of PDFium's own text; it knows of no tables."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield from page.get_textpage().get_text_range().splitlines()


def lattice(path: Path) -> Iterator[str]:
    """The rows of camelot's ruled tables."""
    import camelot  # noqa: PLC0415  (not a dependency)

    for table in camelot.read_pdf(str(path), pages="all", flavor="lattice"):
        for row in table.df.itertuples(index=False):
            yield "".join(map(str, row))


def pictured(path: Path) -> Iterator[str]:
    """The rows of img2table's tables, found in pictures of the pages, with the text of the file."""
    from img2table.document import PDF  # noqa: PLC0415  (not a dependency)

    for tables in PDF(str(path), pdf_text_extraction=True).extract_tables().values():
        for table in tables:
            for row in table.df.itertuples(index=False):
                yield "".join(map(str, row))


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdfplumber (yiyang)": ours,
    "PDFium, text alone": pdfium,
    "camelot, lattice": lattice,
    "img2table": pictured,
}


def plain(text: str) -> str:
    """The text as it is compared: odd characters plain, without blanks and width."""
    return fold(characters.normal(text))


def wanted(path: Path) -> list[tuple[str, list[str]]]:
    """Of each task the words with which it begins and its units."""
    tasks = json.loads((path.parent / f"{path.name}.expected.json").read_text("utf-8"))["tasks"]
    return [
        (_first(task["starts"]), [_first(u[0]) for u in task.get("units", ())]) for task in tasks
    ]


def _first(words: Any) -> str:
    return plain((words if isinstance(words, str) else words[0]).split("|")[0].lstrip("?"))


def judge(rows: list[str], tasks: list[tuple[str, list[str]]]) -> tuple[bool, bool]:
    """Whether all words are there, and whether each task stands apart with its units."""
    text = "".join(rows)
    has_all = all(word in text for starts, units in tasks for word in (starts, *units))
    own = [[row for row in rows if starts in row] for starts, _ in tasks]
    is_apart = has_all and all(
        len(found) == 1
        and all(unit in found[0] for unit in units)
        and sum(starts in found[0] for starts, _ in tasks) == 1
        for found, (_, units) in zip(own, tasks, strict=True)
    )
    return has_all, is_apart


def main() -> None:
    """Print one row a reader."""
    logging.disable(logging.ERROR)
    paths = [p for folder in sys.argv[1:] for p in sorted(Path(folder).glob("*.pdf"))]
    paths = [p for p in paths if (p.parent / f"{p.name}.expected.json").exists()]
    table = []
    for name, reader in READERS.items():
        begun, found = time.process_time(), []
        for path in paths:
            try:
                rows = [plain(row) for row in reader(path)]
            except ImportError:
                break
            found.append(judge(rows, wanted(path)))
        if found:
            whole, apart = (sum(column) for column in zip(*found, strict=True))
            seconds = round(time.process_time() - begun, 2)
            table.append(
                {"": name, "files": len(found), "words": whole, "apart": apart, "s": seconds}
            )
    print(pd.DataFrame(table).to_string(index=False))


if __name__ == "__main__":
    main()
