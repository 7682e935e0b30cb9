"""Write what can be taken away: a workbook, the tables as CSV, charts; the Word documents are
written by `word_report` and `word_brief`.

Every file is the same bytes on every build: no clock, no name of the machine.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from yiyang.core import schema
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, label, say
from yiyang.report import chapters, progress
from yiyang.report import pdf as paper
from yiyang.report.progress import Progress
from yiyang.safety import atomic_write, digests, escaping, private
from yiyang.safety.escaping import Markup
from yiyang.safety.later import expression
from yiyang.show import task_sheet as officials

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FOLDER = "downloads"
WORKBOOK, CSV = "yiyang-tables.xlsx", "yiyang-tables.csv.zip"
DATE = datetime(2026, 1, 1)
"""Stands in every archive and document for the moment of its making."""
DPI = 144
COLOURS = 64
"""More than a chart has; a palette makes the picture a third of its size."""
WIDEST = 60
LONGEST = 32_767
"""Characters that a cell of Excel holds, in UTF-16; openpyxl cuts off the rest without a word."""
FONT = "Microsoft YaHei"


def excel_csv(lang: Lang) -> str:
    """Name the file of the tasks for Excel."""
    return f"yiyang-tasks.{lang}.csv"


def write(corpus: Corpus, site: Path, given: Progress = progress.NONE) -> None:
    """Write the tables, as a workbook and as CSV, into `site/downloads`. The sheets of tasks hold
    what was given of their progress."""
    folder = site / FOLDER
    folder.mkdir(parents=True)
    frames = corpus.all()
    sheets = {
        lang: progress.sheet(officials.tasks(corpus, lang), corpus, given, lang) for lang in LANGS
    }
    before = {label("sheet.name", lang): sheets[lang] for lang in LANGS}
    if given.lost:
        lang = LANGS[0]
        before[label("sheet.lost", lang)] = progress.lost_sheet(given, lang)
    workbook(frames, folder / WORKBOOK, before)
    csv_archive(frames, folder / CSV)
    for lang in LANGS:
        # The mark of order tells Excel that it is UTF-8; the exact tables are in the archive.
        text = escaping.csv_text(sheets[lang])
        (folder / excel_csv(lang)).write_text(text, encoding="utf-8-sig", newline="")


# The workbook ------------------------------------------------------------------------------------


# _x202E_ in the words of a document, which Excel takes for the character of this number
_CODED = expression(r"_(?=x[0-9A-Fa-f]{4}_)")


def _within_cell(text: str) -> str:
    """The text as a cell of Excel holds it; one that is too long ends with what is left out."""
    spelt = _CODED.sub("_x005F_", escaping.visible(text))
    units = spelt.encode("utf-16-le")  # two bytes are one character of Excel
    if len(units) <= 2 * LONGEST:
        return spelt
    cut = " ⟨…{}⟩".format("; ".join(label("downloads.cut", lang) for lang in LANGS))
    room = LONGEST - len(cut.format(n=len(spelt), file=CSV))
    begin = units[: 2 * room].decode("utf-16-le", "ignore")
    return begin + cut.format(n=len(spelt) - len(begin), file=CSV)


def safe_cell(cell: Cell, value: Any) -> None:
    """Put a value into a cell: text as text, whatever it begins with (=, +, -, @)."""
    put(cell, value)
    if isinstance(value, str):
        cell.quotePrefix = escaping.is_formula(value)
    elif type(value) is _DAY:
        cell.number_format = "yyyy-mm-dd"


_DAY = pd.Timestamp


def put(cell: Cell, value: Any) -> None:
    """Put a value into a cell, without the style that goes with its kind."""
    if value is None or value is pd.NA or (not isinstance(value, str) and pd.isna(value)):
        return
    if isinstance(value, str):
        cell.value = _within_cell(value)
        cell.data_type = "s"
    elif isinstance(value, pd.Timestamp):
        cell.value = value.to_pydatetime()
    else:
        cell.value = value.item() if hasattr(value, "item") else value


MANY = 20_000
"""Candidates for counterparts in a workbook; of more those that are none stay out of it, and of
still more those that are merely possible: sixteen lists have fifty thousand candidates, sixty two
hundred thousand that are graded, thirty times as many as the tasks that a reader looks for."""
MOST = 50_000
"""Rows of a table of counterparts that a workbook holds at all."""
_KEPT = {"graded_alone": ("same", "possible"), "same_alone": ("same",)}
"""What stays of a long table of counterparts, the most that fits: what is said of it -> grades."""


def _to_read(frames: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The tables as a workbook holds them, and of those that are not whole what is said of them;
    one that is too long has no sheet, rather than one that seems to say there is nothing."""
    shown, parted = dict(frames), {}
    for name in ("task_matches", "counterparts"):
        found = frames.get(name)
        if found is None or len(found) <= MANY:
            continue
        for said, grades in _KEPT.items():
            shown[name], parted[name] = found[found["grade"].isin(grades)], said
            if len(shown[name]) <= MANY:
                break
        if len(shown[name]) > MOST:
            del shown[name]
            parted[name] = "left_out"
    return shown, parted


def workbook(
    frames: Mapping[str, pd.DataFrame],
    path: Path,
    before: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write the tables as an Excel workbook: the sheets of `before`, to read and print, then a
    sheet for each table, and at the end one that tells the columns, and what was left out."""
    from openpyxl import Workbook  # noqa: PLC0415

    shown, parted = _to_read(frames)
    left = {
        name: " ({})".format("; ".join(say(f"downloads.{said}", lang, file=CSV) for lang in LANGS))
        for name, said in parted.items()
    }
    book = Workbook()
    book.remove(book.active)
    described = [
        (
            name,
            spec["description"] + left.get(name, ""),
            field["name"],
            field["type"],
            field["description"],
        )
        for name, spec in schema.specifications().items()
        if name in frames
        for field in spec["fields"]
    ]
    columns = ["table", "one_row", "column", "type", "description"]
    for name, frame in (before or {}).items():
        _sheet(book.create_sheet(name), frame)
        _to_print(book[name])
    for name, frame in shown.items():
        _sheet(book.create_sheet(name), frame)
    _sheet(book.create_sheet("columns"), pd.DataFrame(described, columns=columns))
    book.properties.creator = "yiyang"
    book.save(path)
    fix_times(path)


def _to_print(own: Worksheet) -> None:
    """Set a sheet for A4 on its side, as wide as the paper, its head on every page."""
    own.page_setup.orientation, own.page_setup.paperSize = "landscape", own.PAPERSIZE_A4
    own.sheet_properties.pageSetUpPr.fitToPage = True
    own.page_setup.fitToHeight = 0
    own.print_title_rows = "1:1"


def _sheet(sheet: Worksheet, frame: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    body, head = Font(name=FONT, size=10), Font(name=FONT, size=10, bold=True)
    wrapped, shade = Alignment(wrap_text=True, vertical="top"), PatternFill("solid", "E8EDF3")
    styles: dict[tuple[bool, bool], Any] = {}
    for x, column in enumerate(frame.columns, 1):
        cell = sheet.cell(1, x)
        safe_cell(cell, str(column))
        cell.font, cell.fill, cell.alignment = head, shade, wrapped
        longest = len(str(column)) + 3
        for y, value in enumerate(frame[column], 2):
            cell = sheet.cell(y, x)
            kind = (isinstance(value, str) and escaping.is_formula(value), type(value) is _DAY)
            if kind in styles:
                put(cell, value)
                cell._style = styles[kind]
            else:
                safe_cell(cell, value)
                cell.font, cell.alignment = body, wrapped
                # To set it anew for each cell takes most of the time of a workbook.
                styles[kind] = cell._style
            if longest < WIDEST:  # of a column as wide as it may be nothing more is measured
                longest = max(longest, _breadth(str(value)[:WIDEST]))
        sheet.column_dimensions[get_column_letter(x)].width = min(longest + 1, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _breadth(text: str) -> int:
    """How wide a text stands: a Chinese character is two letters wide."""
    return len(text) if text.isascii() else sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def csv_archive(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write the tables as CSV with their description (`datapackage.json`), in one zip."""
    with private.folder() as own:
        folder = own / "tables"
        schema.write(frames, folder)
        members = {p.name: p.read_bytes() for p in sorted(folder.iterdir())}
    _zip(members, path)


def _zip(members: Mapping[str, bytes], path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)


# <dcterms:modified xsi:type="dcterms:W3CDTF">2026-05-01T10:00:00Z</dcterms:modified>
_MOMENT = expression(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def fix_times(path: Path) -> None:
    """Write an Office file anew with one time for all that it holds."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    members[core] = _MOMENT.sub(rb"\g<1>" + DATE.isoformat().encode() + b"Z", members[core])
    _zip(members, path)


# The charts --------------------------------------------------------------------------------------


# "## 各个主题": a heading of the second rank in a cell of prose.
_HEADING = expression(r"^## +(.+)$", re.MULTILINE)


def charts(whole: Mapping[str, NotebookNode], lang: Lang) -> Iterator[tuple[str, str]]:
    """List the charts of the chapters in their order: the name of the file, and what to call it.

    That is the number of the chapter and of the chart in it, the heading above, and the title.
    """
    colon = label("mark.colon", lang)
    for stem, notebook in whole.items():
        above, number = "", 0
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                above = (_HEADING.findall(cell.source) or [above])[-1]
            for title in chapters.titles_of_charts(cell):
                number += 1
                name = f"{stem}-{number}"
                yield name, f"{chapters.chart_number(name)} {above}{colon}{title}"


def draw_png(drawings: Iterable[Path], keep: Path) -> None:
    """Draw beside each chart (SVG) the same as PNG of `DPI` dots to an inch.

    In the folder `keep` the pictures stay, each named by the digest of its drawing and of what
    draws; those of charts that are no more go.
    """
    keep.mkdir(parents=True, exist_ok=True)
    drawing = [str(DPI), str(COLOURS), version("resvg-py"), version("pillow")]
    texts = {path: path.read_text(encoding="utf-8") for path in drawings}
    stored = {p: keep / f"{digests.of([*drawing, svg])}.png" for p, svg in texts.items()}
    due = {place: texts[path] for path, place in stored.items() if not place.is_file()}
    if due:
        with ProcessPoolExecutor() as pool:
            for place, data in zip(due, pool.map(picture, due.values()), strict=True):
                with atomic_write.file(place) as fresh:
                    fresh.write_bytes(data)
    for path, place in stored.items():
        shutil.copyfile(place, path.with_suffix(".png"))
    for stale in set(keep.iterdir()) - set(stored.values()):
        stale.unlink()


def picture(svg: str) -> bytes:
    """Draw a chart as PNG."""
    import resvg_py  # noqa: PLC0415

    return with_palette(
        bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=DPI, skip_system_fonts=True))
    )


def with_palette(png: bytes) -> bytes:
    """Reduce a picture to PNG in `COLOURS` colours."""
    from PIL import Image  # noqa: PLC0415

    buffer = io.BytesIO()
    reduced = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
    reduced.save(buffer, "png", optimize=True)
    return buffer.getvalue()


def marks(lang: Lang, whole: Mapping[str, NotebookNode], pdf: bool) -> dict[str, str]:
    """Say what the page of downloads says (`@FILES@`, `@CHARTS@`), as HTML."""
    files = ({paper.file_name(lang): "downloads.pdf"} if pdf else {}) | {
        WORKBOOK: "downloads.workbook",
        excel_csv(lang): "downloads.excel_csv",
        CSV: "downloads.csv",
        f"yiyang-findings.{lang}.docx": "downloads.document",
    }
    items = Markup("").join(
        Markup('<li><a href="../{}/{}" download>{}</a></li>').format(FOLDER, name, label(key, lang))
        for name, key in files.items()
    )
    if not pdf:
        items += Markup("<li>{}</li>").format(label("downloads.no_pdf", lang))
    pictures = Markup("").join(
        Markup(
            '<li>{1} <a href="_images/{0}.svg" download aria-label="{1}, SVG">SVG</a> '
            '<a href="_images/{0}.png" download aria-label="{1}, PNG">PNG</a></li>'
        ).format(name, title)
        for name, title in charts(whole, lang)
    )
    return {"@FILES@": f"<ul>{items}</ul>", "@CHARTS@": f"<ul>{pictures}</ul>"}
