"""Text of documents leaves as text: in pages, cells, JSON, Markdown and on a terminal."""

from __future__ import annotations

import ast
import csv
import html
import io
import json
from itertools import product
from pathlib import Path
from typing import Any

import markupsafe
import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from modules import nodes
from typer.testing import CliRunner

from yiyang.charts import style
from yiyang.commands.cli import app
from yiyang.core import schema
from yiyang.report import downloads
from yiyang.safety import escaping
from yiyang.scale import batches
from yiyang.show import tables

PACKAGE = Path(escaping.__file__).parent.parent
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://example.org","x")',
    "＝1+1",
    "＠SUM(A1)",
    "-1+1",
    "\t=1",
    "\r=1",
    "建设\r=1+1",
    "'=1",
    "\x1b[31mred\x1b]0;title\x07",
    "\x9b31m",
    "gpj.\u202eexe",
    "a\u200bb\ufeff",
    "\x00",
    "</script><!--",
]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("一、建设\t养老院\n", "一、建设\t养老院\n"),
        ("\x00\x1b[0m\x7f", "␀␛[0m␡"),
        ("a\u202eb\u2066c\u200fd", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200F⟩d"),
        ("\ufeff\u200b\xad\x85\u2028", "⟨U+FEFF⟩⟨U+200B⟩⟨U+00AD⟩⟨U+0085⟩⟨U+2028⟩"),
        ("\ud800\U000e0041", "⟨U+D800⟩⟨U+E0041⟩"),
    ],
)
def test_what_is_hidden_is_shown(text: str, seen: str) -> None:
    assert escaping.visible(text) == seen
    assert escaping.terminal(text) == seen


@given(st.text() | st.sampled_from(HOSTILE))
def test_html_is_the_text_again_and_nothing_else(text: str) -> None:
    for made in (escaping.Markup("<b>{}</b>").format(text), escaping.Markup("<b>%s</b>") % text):
        inside = str(made)[3:-4]
        assert not set("<>\"'") & set(inside)
        assert html.unescape(inside) == escaping.visible(text)
    assert escaping.Markup("").join([text]) == escaping.escape(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_of_the_pages_holds_text_alone(text: str) -> None:
    made = tables.table(pd.DataFrame({"text": [text]}), "en", headings={"text": text}, caption=text)
    root = etree.HTML(made.data)
    assert {e.tag for e in root.iter()} <= {
        "html", "head", "body", "style", "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert root.find(".//td").text.strip() == escaping.visible(text).strip()


@given(st.text(st.characters(codec="utf-8")) | st.sampled_from(HOSTILE))
def test_a_cell_is_no_formula_and_is_read_as_written(text: str) -> None:
    written = escaping.cell(text)
    assert escaping.plain(written) == text
    assert written[:1] not in [*"=+-@＝＋－＠\t\r\n"] or not escaping.is_formula(written)


@pytest.mark.parametrize("text", ["=", "---", "≥", "'", "", "市民政局", "2024-05-31"])
def test_what_no_spreadsheet_computes_stays_as_it_is(text: str) -> None:
    assert escaping.cell(text) == text


@given(st.text() | st.sampled_from(HOSTILE))
def test_json_ends_no_script_and_says_the_same(text: str) -> None:
    written = escaping.json_text({"text": text})
    assert "<" not in written
    assert written == escaping.visible(written)
    assert json.loads(written) == {"text": text}


def test_what_a_run_says_of_itself_hides_nothing(tmp_path: Path) -> None:
    said = {"reasons": HOSTILE}
    batches.write_json(said, tmp_path / "run.json")
    written = (tmp_path / "run.json").read_text(encoding="utf-8")
    assert written == escaping.visible(written)
    assert json.loads(written) == said


_TEXT = st.text(st.characters(codec="utf-8"), max_size=9) | st.sampled_from(HOSTILE)


@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=5))
def test_a_file_of_csv_has_the_rows_and_texts_of_its_table(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b"], dtype="str")
    written = escaping.csv_text(frame)
    again = schema.read_text(io.StringIO(written)).map(escaping.plain)
    assert [*again.itertuples(index=False, name=None)] == rows
    listed = [*csv.reader(io.StringIO(written, newline=""))]
    assert [tuple(map(escaping.plain, row)) for row in listed] == [("a", "b"), *rows]


def test_tables_are_read_as_they_were_written(tmp_path: Path) -> None:
    texts = [text.replace("\x00", "") or "x" for text in HOSTILE]
    rows = [
        {"document_id": f"d{n}", "line": n, "text": t, "reason": t} for n, t in enumerate(texts)
    ]
    frame = schema.cast("leftovers", pd.DataFrame(rows))
    schema.write({"leftovers": frame}, tmp_path / "tables")
    path = tmp_path / "tables" / "leftovers.csv"
    pd.testing.assert_frame_equal(schema.read_csv("leftovers", path), frame)
    with path.open(encoding="utf-8", newline="") as file:
        written = [row["text"] for row in csv.DictReader(file)]
    assert [t for t in written if escaping.is_formula(t) and not t.startswith("'")] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_text_alone(tmp_path: Path, text: str) -> None:
    downloads.workbook({"leftovers": pd.DataFrame({"text": [text]})}, tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["leftovers"]["A2"]
    assert (cell.data_type, cell.value) == ("s", escaping.visible(text))
    assert cell.quotePrefix == escaping.is_formula(text)


@pytest.mark.parametrize("text", [*filter(str.isprintable, HOSTILE)])
def test_a_chart_holds_text_alone(text: str) -> None:
    figure, axes = plt.subplots()
    axes.set_title(text.replace("$", ""))
    drawn = style.svg(figure)
    plt.close(figure)
    assert "<script" not in drawn
    assert "onerror=alert(1)>" not in drawn
    etree.fromstring(drawn.encode())


def test_a_document_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "关于:skull:\x1b[31m养老\x1b]0;x\x07的任务分工表\n序号\t工作任务\t责任单位\n"
        "1\t建设[red]养老院:skull:\x9b2J\u202e5所\t市民政局\n",
        encoding="utf-8",
    )
    for arguments in (["read", str(path)], ["read", "--json", str(path)]):
        out = CliRunner().invoke(app, arguments).output
        assert out == "".join(c for c in out if c == "\n" or c.isprintable()), arguments
        assert "[red]" in out
        assert out.count(":skull:") >= 2


def test_one_module_makes_html_cells_and_lines_of_a_terminal() -> None:
    """No other module takes an escape from elsewhere, and none unpickles or unmarshals."""
    elsewhere = {"markupsafe", "html", "rich.markup", "pickle", "marshal", "shelve", "joblib"}
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
        if name in elsewhere
    }
    assert found == {
        ("safety/escaping.py", "markupsafe"),
        ("safety/escaping.py", "rich.markup"),
        ("safety/pool.py", "pickle"),  # between a process and its own children, through a pipe
        ("safety/worker.py", "pickle"),
        ("build.py", "pickle"),  # between a build and its own kernels, through a private folder
        ("report/chapters.py", "html"),  # takes escapes away
        ("report/glossing.py", "html"),  # the same, to look words up
    }


def test_one_module_writes_files_of_csv() -> None:
    writers = {"to_csv", "writer", "DictWriter"}
    found = {
        (path.relative_to(PACKAGE).as_posix(), node.attr)
        for path in PACKAGE.rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in writers
    }
    assert found == {
        ("safety/escaping.py", "to_csv"),
        ("matches/reviews.py", "DictWriter"),  # adds one row, of texts without line ends
    }


FORMS = ("<b>{}</b>{}", "{0} {1} {0}", "{{x}} {a} {b}", "{a}{}", "{:>3}|{}", "{}{{{}}}", "{a.real}")
VALUES = ("<i>", "a\u202eb", 3, 2.5, None, escaping.Markup("<u>"), pd.NA, "{}")


class _Plainly(markupsafe.Markup):
    """What `markupsafe` makes of a form."""

    @classmethod
    def escape(cls, s: Any, /) -> _Plainly:
        return cls(escaping.escape(s))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_filled_as_markupsafe_fills_it(form: str) -> None:
    for one, other in product(VALUES, repeat=2):
        filled = []
        for kind in (_Plainly, escaping.Markup):
            try:
                filled.append(str(kind(form).format(one, other, a=other, b=one)))
            except (ValueError, AttributeError, TypeError) as error:
                filled.append(type(error).__name__)
        assert filled[0] == filled[1]


def test_a_form_mixes_no_numbers_given_and_left_out() -> None:
    with pytest.raises(ValueError, match="numbering"):
        escaping.Markup("{} {0}").format("a", "b")
