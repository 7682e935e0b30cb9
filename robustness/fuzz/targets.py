"""Define what is fuzzed: a target takes any bytes and fails where the reading breaks a promise."""

from __future__ import annotations

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import builders  # noqa: E402
import invariants  # noqa: E402

from yiyang import InputError  # noqa: E402
from yiyang.grammar import deadline_phrases, quantities  # noqa: E402

DOCUMENTS = [
    *sorted((ROOT / "data/raw").glob("*.txt")),
    *sorted((ROOT / "tests/documents").glob("*.*")),
]
ROWS = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "建设互助养老点30个。", "县民政局牵头，县财政局配合", "2024年10月底前"],
    ["2", "开展健康体检。", "县卫健局、各乡镇", "长期坚持"],
]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore")


def _read(data: bytes, name: str) -> None:
    with suppress(InputError):
        invariants.check_document(data, name)


def text(data: bytes) -> None:
    """Fuzz a text file in any encoding."""
    _read(data, "a.txt")


def csv(data: bytes) -> None:
    """Fuzz a CSV file."""
    _read(data, "a.csv")


def page(data: bytes) -> None:
    """Fuzz a web page."""
    _read(data, "a.html")


def pdf(data: bytes) -> None:
    """Fuzz a PDF."""
    _read(b"%PDF-1.4\n" + data, "a.pdf")


def any_file(data: bytes) -> None:
    """Fuzz a file of any kind, told apart by its content."""
    _read(data, "a.docx")


def word(data: bytes) -> None:
    """Fuzz a part of a Word document: its text, its numbering or its styles, as the first byte
    says."""
    parts = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
    _read(
        _office(word_file(), parts[data[0] % len(parts)] if data else parts[0], data[1:]), "a.docx"
    )


def workbook(data: bytes) -> None:
    """Fuzz a part of a workbook: its sheet or its list of sheets, as the first byte says."""
    parts = ("xl/worksheets/sheet1.xml", "xl/workbook.xml")
    _read(
        _office(workbook_file(), parts[data[0] % len(parts)] if data else parts[0], data[1:]),
        "a.xlsx",
    )


def units(data: bytes) -> None:
    """Fuzz a printed list of units."""
    invariants.check_units(_text(data))


def times(data: bytes) -> None:
    """Times in a cell and in a text, dates and spans."""
    invariants.check_times(_text(data))


def figures(data: bytes) -> None:
    """Figures with their units, and numerals."""
    invariants.check_figures(_text(data))


def growth(data: bytes) -> None:
    """The time of the grammars on a short text, again and again: twice the text, twice the time."""
    piece = _text(data)[:40]
    if not piece:
        return
    small, large = (_seconds(piece * (size // len(piece) + 1)) for size in (4_000, 16_000))
    # four times the text may take eight times as long on a busy machine, and not sixteen times
    assert large < 0.5 or large < 8 * small, f"{small:.2f} s, then {large:.2f} s: {piece!r}"


def _seconds(text: str) -> float:
    start = time.thread_time()
    deadline_phrases.in_text(text, None)
    quantities.find(text)
    quantities.unnumbered(text)
    return time.thread_time() - start


def _office(whole: bytes, part: str, content: bytes) -> bytes:
    """An Office file with one part replaced."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return data.getvalue()


@cache
def word_file() -> bytes:
    """Make a Word document with numbers, paragraphs and a table with a merged cell."""
    parts = [
        "某县工作要点",
        (0, "主要任务"),
        (1, "建设甲。（县民政局牵头）"),
        (ROWS, [((1, 3), (2, 3))]),
    ]
    with tempfile.TemporaryDirectory() as folder:
        return builders.word(Path(folder) / "a.docx", parts).read_bytes()


@cache
def workbook_file() -> bytes:
    """Make a workbook of one sheet."""
    with tempfile.TemporaryDirectory() as folder:
        return builders.workbook(Path(folder) / "a.xlsx", ROWS, ["A1:A2"]).read_bytes()


def _parts(whole: bytes, names: tuple[str, ...]) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for n, name in enumerate(names):
            yield bytes([n]) + archive.read(name)


def _lines() -> list[bytes]:
    """Every printed line of the documents, and its cells."""
    lines = {
        c.strip()
        for path in DOCUMENTS
        for c in path.read_bytes().replace(b"\t", b"\n").split(b"\n")
    }
    return sorted(line for line in lines if 6 < len(line) < 900)


def seeds(name: str) -> Iterator[bytes]:
    """Return what the fuzzing of a target starts from: the project's own documents."""
    if name in ("units", "times", "figures", "growth"):
        yield from _lines()
    elif name == "word":
        yield from _parts(
            word_file(), ("word/document.xml", "word/numbering.xml", "word/styles.xml")
        )
    elif name == "workbook":
        yield from _parts(workbook_file(), ("xl/worksheets/sheet1.xml", "xl/workbook.xml"))
    elif name == "any_file":
        yield from (word_file(), workbook_file())
        yield from (path.read_bytes()[:2000] for path in DOCUMENTS)
    elif name == "pdf":
        yield SMALL_PDF
    else:
        endings = {"page": (".html",), "csv": (".csv", ".txt")}.get(name, (".txt", ".md"))
        yield from (path.read_bytes() for path in DOCUMENTS if path.suffix in endings)


SMALL_PDF = b"""1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R\
/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>endobj
4 0 obj<</Length 120>>stream
BT /F 12 Tf 20 150 Td (1. Build 30 care homes by 2024.) Tj ET
10 10 m 200 10 l S 10 10 90 20 re S 10 30 90 20 re S /X Do
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>stream
0 0 5 5 re S
endstream endobj
trailer<</Root 1 0 R/Size 7>>
%%EOF"""

TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (units, times, figures, growth, text, csv, page, word, workbook, pdf, any_file)
}
