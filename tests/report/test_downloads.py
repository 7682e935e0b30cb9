"""The downloads open in the programs they are for and hold what the tables hold."""

from __future__ import annotations

import errno
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from yiyang import InputError
from yiyang.core import messages
from yiyang.report import booklet, downloads, findings, word_brief
from yiyang.report import pdf as paper
from yiyang.show import brief, task_sheet


def test_the_workbook_holds_every_table_in_full(site: Path, corpus) -> None:
    book = openpyxl.load_workbook(site / "downloads" / downloads.WORKBOOK)
    frames = corpus.all()
    first = [messages.label("sheet.name", lang) for lang in messages.LANGS]
    assert book.sheetnames == [*first, *frames, "columns"]
    for name, frame in frames.items():
        sheet = book[name]
        head, *rows = sheet.iter_rows(values_only=True)
        assert list(head) == frame.columns.tolist()
        assert len(rows) == len(frame)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    rows = book["tasks"].iter_rows(min_row=2, values_only=True)
    texts = [row[frames["tasks"].columns.get_loc("text")] for row in rows]
    assert texts == frames["tasks"]["text"].tolist()
    dues = [row[frames["deadlines"].columns.get_loc("due")]
            for row in book["deadlines"].iter_rows(min_row=2, values_only=True)]  # fmt: skip
    expected = [None if pd.isna(d) else d.to_pydatetime() for d in frames["deadlines"]["due"]]
    assert dues == expected


def test_the_csv_archive_holds_the_tables_and_their_description(site: Path, corpus) -> None:
    with zipfile.ZipFile(site / "downloads" / downloads.CSV) as archive:
        names = archive.namelist()
        assert sorted(names) == sorted(["datapackage.json", *(f"{n}.csv" for n in corpus.all())])
        tasks = pd.read_csv(io.BytesIO(archive.read("tasks.csv")))
        assert {i.date_time for i in archive.infolist()} == {downloads.DATE.timetuple()[:6]}
    assert tasks["text"].tolist() == corpus.tasks["text"].tolist()


@pytest.mark.parametrize("lang", messages.LANGS)
def test_the_sheet_of_officials_has_a_row_a_task_and_is_set_to_print(
    site: Path, corpus, lang: messages.Lang
) -> None:
    made = task_sheet.tasks(corpus, lang)
    heads = [
        messages.label(f"sheet.{name}", lang) for name in (*task_sheet.COLUMNS, *task_sheet.MORE)
    ]
    assert made.columns.tolist() == heads
    assert made[heads[2]].tolist() == corpus.tasks["text"].tolist()
    assert (made[heads[-1]] == "").all()
    units = corpus.assignments
    for task, said in zip(corpus.tasks["task_id"], made[heads[3]], strict=True):
        own = units[(units["task_id"] == task) & units["is_primary"]]
        assert pd.isna(said) if own.empty else all(u in said for u in own["agency_printed"])
    book = openpyxl.load_workbook(site / "downloads" / downloads.WORKBOOK)
    shown = book[messages.label("sheet.name", lang)]
    assert shown.max_row == len(made) + 1
    assert (shown.page_setup.orientation, shown.print_title_rows) == ("landscape", "$1:$1")
    data = (site / "downloads" / downloads.excel_csv(lang)).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(pd.read_csv(io.BytesIO(data))) == len(made)


@pytest.mark.parametrize("lang", messages.LANGS)
def test_the_word_document_states_the_findings(site: Path, corpus, lang: messages.Lang) -> None:
    paper = docx.Document(str(site / "downloads" / f"yiyang-findings.{lang}.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    found = findings.of(corpus, lang)
    assert all(f.sentence in text for f in found)
    assert len(paper.inline_shapes) == len(found)
    upright, *on_side = paper.sections
    assert [round(s.page_width.cm, 1) for s in (upright, *on_side)] == [21.0, 29.7]
    titles = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    contents = text.partition(messages.label("downloads.paper.contents", lang))[2]
    assert all(title in contents.partition(found[0].sentence)[0] for title in titles)
    places = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
    assert titles[-len(places) :] == [word_brief.titled(corpus, p, lang) for p in places]
    assert [len(t.rows) - 1 for t in paper.tables[-len(places) :]] == [
        len(brief.rows(corpus, p)) for p in places
    ]
    links = [r.target_ref for r in paper.part.rels.values() if r.is_external]
    assert len(links) >= len(found) + len(places)
    assert all((site / "downloads" / link).resolve().is_file() for link in links)
    for shape in paper.inline_shapes:
        assert shape._inline.docPr.get("descr")


@pytest.mark.parametrize("lang", messages.LANGS)
def test_every_chart_is_there_as_svg_and_png(site: Path, lang: messages.Lang) -> None:
    drawn = sorted((site / lang / "_images").glob("*.svg"))
    assert len(drawn) > 15
    page = (site / lang / "downloads.html").read_text(encoding="utf-8")
    called = re.findall(r'aria-label="([^"]+), SVG"', page)
    assert len(called) == len(set(called)) > 10
    for path in drawn:
        with Image.open(path.with_suffix(".png")) as image:
            assert len(image.getcolors()) > 1
        if not path.stem.startswith("finding"):
            assert f"_images/{path.name}" in page


def test_a_picture_whose_writing_breaks_off_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, keep = tmp_path / "a.svg", tmp_path / "png"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    whole = Path.write_bytes

    def half(path: Path, data: bytes) -> None:
        whole(path, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", half)
        with pytest.raises(InputError, match="no room"):
            downloads.draw_png([drawing], keep)
    assert not list(keep.iterdir())
    downloads.draw_png([drawing], keep)
    with Image.open(tmp_path / "a.png") as image:
        image.load()


# The whole report as PDF -------------------------------------------------------------------------


@pytest.fixture(scope="module", params=messages.LANGS)
def printed(request: pytest.FixtureRequest, site: Path, tmp_path_factory) -> tuple[str, Path]:
    if not paper.program():
        pytest.skip("no Chromium on this machine: nothing was printed (apt install chromium)")
    path = tmp_path_factory.mktemp("paper") / paper.file_name(request.param)
    return request.param, paper.write_edition(site, request.param, path)


def texts_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def bare(text: str) -> str:
    """Without spaces, line ends and the mark of a hyphen that pdfium puts at a line's end."""
    return re.sub(r"[\s\ufffe\x02]", "", text)


def test_pages_are_read_for_both_editions_at_once(tmp_path: Path) -> None:
    path, headings = tmp_path / "a.pdf", [booklet.Heading(1, f"标题{n}", "") for n in range(200)]
    with pikepdf.new() as pdf:
        for heading in headings:
            pdf.add_blank_page()
            with pdf.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(heading.text, len(pdf.pages) - 1))
        pdf.save(path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: paper.pages(path, headings), range(64)))
    assert found == [list(range(1, 201))] * 64


@pytest.mark.browser
def test_contents_and_bookmarks_lead_to_the_headings(printed, site: Path) -> None:
    lang, path = printed
    _, headings = booklet.document(site / lang, lang)
    texts = [bare(text) for text in texts_of(path)]
    with pypdfium2.PdfDocument(path) as pdf:
        marks = [(m.get_title(), m.get_dest().get_index()) for m in pdf.get_toc()]
    assert [title for title, _ in marks] == [h.text for h in headings]
    for title, page in marks:
        assert bare(title) in texts[page], title
    listed = [(h.text, page + 1) for h, (_, page) in zip(headings, marks, strict=True)
              if h.level <= 2]  # fmt: skip
    contents = "".join(re.sub(r".{0,60}\d+/\d+$", "", text) for text in texts[1:5])
    for title, page in listed:
        assert f"{bare(title)}{page}" in contents


@pytest.mark.browser
def test_the_pdf_has_every_task_in_full_and_nothing_cut_off(printed, corpus) -> None:
    _, path = printed
    whole = "".join(map(bare, texts_of(path)))
    for task in corpus.tasks.itertuples():
        assert task.task_id in whole
        # A page may end inside a text; half of it stands together.
        text = bare(task.text)
        half = len(text) // 2
        assert text[:half] in whole or text[half:] in whole, task.task_id
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            words = page.get_textpage()
            for n in range(words.count_rects()):
                left, _, right, _ = words.get_rect(n)
                assert left >= 30
                assert right <= page.get_width() - 30


@pytest.mark.browser
def test_the_pdf_is_tagged_in_its_language_and_names_no_moment(printed) -> None:
    lang, path = printed
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang).startswith(lang)
        assert pdf.Root.MarkInfo.Marked
        assert list(pdf.docinfo.keys()) == ["/Title"]
        described = sum("/Alt" in o for o in pdf.objects if isinstance(o, pikepdf.Dictionary))
        assert described > 15
        links = [str(o.URI) for o in pdf.objects
                 if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/URI"]  # fmt: skip
        assert all(link.startswith("https://") for link in links)


@pytest.mark.browser
@pytest.mark.parametrize("printed", ["en"], indirect=True)  # a print takes its time
def test_two_prints_are_the_same_bytes(printed, site: Path, tmp_path: Path, monkeypatch) -> None:
    lang, path = printed
    prints, real = [], paper._print
    monkeypatch.setattr(paper, "_print", lambda *args: (prints.append(args), real(*args)))
    again = paper.write_edition(site, lang, tmp_path / path.name, earlier=path)
    assert again.read_bytes() == path.read_bytes()
    assert len(prints) == 1  # the pages of the earlier print still hold


def test_without_chromium_the_page_of_downloads_says_so(site: Path) -> None:
    for lang in messages.LANGS:
        page = (site / lang / "downloads.html").read_text(encoding="utf-8")
        assert messages.label("downloads.no_pdf", lang) in page
        assert ".pdf" not in page


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "甲\x07乙", "平常"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    cell = openpyxl.Workbook().active.cell(1, 1)
    downloads.safe_cell(cell, text)
    assert cell.data_type == "s"
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    assert cell.value == text.replace("\x07", "␇")


@pytest.mark.parametrize("unit", ["养", "🏥", "_x202E_"])
def test_a_text_that_is_too_long_for_a_cell_says_what_is_left_out(unit: str) -> None:
    cell = openpyxl.Workbook().active.cell(1, 1)
    whole = unit * 40_000
    downloads.safe_cell(cell, whole)
    assert downloads.LONGEST - 9 <= len(cell.value.encode("utf-16-le")) / 2 <= downloads.LONGEST
    begin, _, said = cell.value.partition(" ⟨…")
    spelt = whole.replace("_x202E_", "_x005F_x202E_")
    assert spelt.startswith(begin)
    assert said.count(f"{len(spelt) - len(begin)}") == said.count(downloads.CSV) == 2


def test_a_text_that_just_fits_a_cell_is_whole() -> None:
    cell = openpyxl.Workbook().active.cell(1, 1)
    downloads.safe_cell(cell, "养" * downloads.LONGEST)
    assert cell.value == "养" * downloads.LONGEST


def test_a_word_of_a_document_is_no_code_of_excel(tmp_path: Path) -> None:
    """Excel, and calamine with it, reads _x202E_ as the mark that turns the text behind it."""
    frame = pd.DataFrame({"text": ["gpj._x202E_exe"]})
    downloads.workbook({"leftovers": frame}, tmp_path / "a.xlsx")
    sheet = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("leftovers")
    assert sheet.to_python()[1] == ["gpj._x202E_exe"]


@pytest.mark.parametrize(
    ("grades", "kept", "told"),
    [
        ({"same": 5, "possible": 5, "none": 20}, 30, ""),
        ({"same": 15, "possible": 10, "none": 50}, 25, "graded_alone"),
        ({"same": 25, "possible": 10, "none": 50}, 25, "same_alone"),
        ({"same": 60, "possible": 10, "none": 20}, None, "left_out"),
    ],
)
def test_a_long_table_of_counterparts_holds_what_is_surest_and_says_so(
    monkeypatch, tmp_path: Path, grades: dict[str, int], kept: int | None, told: str
) -> None:
    """A table that is left out has no sheet: an empty one would say that nothing was found."""
    monkeypatch.setattr(downloads, "MANY", 30)
    monkeypatch.setattr(downloads, "MOST", 50)
    rows = [grade for grade, n in grades.items() for _ in range(n)]
    frames = {"counterparts": pd.DataFrame({"task_id": "jiyuan-01", "grade": rows})}
    downloads.workbook(frames, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    if kept is None:
        assert book.sheetnames == ["columns"]
    else:
        assert book["counterparts"].max_row == 1 + kept
    about = {row[1] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    for lang in messages.LANGS:
        for key in ("graded_alone", "same_alone", "left_out"):
            said = messages.say(f"downloads.{key}", lang, file=downloads.CSV)
            assert all(said in text for text in about) == (key == told)


def test_what_is_missing_is_an_empty_cell() -> None:
    for value in (None, pd.NA, pd.NaT, float("nan")):
        cell = openpyxl.Workbook().active.cell(1, 1)
        downloads.safe_cell(cell, value)
        assert cell.value is None
