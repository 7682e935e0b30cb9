"""Every stored notebook is made of its source and was executed in full, all or nothing."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import jupytext
import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from yiyang.core import build_cache, messages
from yiyang.core.schema import CHECKOUT, CURATION
from yiyang.reading import provenance
from yiyang.report import editions, execution, notebooks
from yiyang.safety.errors import InputError
from yiyang.show import tables

FOLDER = CHECKOUT / "notebooks"
SOURCES = editions.sources(FOLDER)
STORED = [path for lang in messages.LANGS for path in notebooks.found(FOLDER, lang)]
LANGUAGE_TAGS = {f"lang-{lang}" for lang in messages.LANGS}


@pytest.fixture(params=STORED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def stored(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def source(request: pytest.FixtureRequest) -> Path:
    return request.param


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_was_executed_in_full(stored: nbformat.NotebookNode) -> None:
    """nbval passes over a cell that was never run, so this is held here."""
    cells = code_cells(stored)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        assert [o for o in cell.outputs if o.output_type == "error"] == []
        assert [o for o in cell.outputs if o.get("name") == "stderr"] == []


def test_holds_nothing_of_machine_or_moment(stored: nbformat.NotebookNode) -> None:
    assert stored.metadata == notebooks.METADATA
    for cell in stored.cells:
        assert set(cell.metadata) <= {"tags", "mystnb"}


# Two languages, one source -----------------------------------------------------------------------


def test_the_notebooks_are_those_of_the_sources_and_no_others() -> None:
    made = [FOLDER / lang / f"{s.stem}.ipynb" for lang in messages.LANGS for s in SOURCES]
    assert made == STORED
    assert {path.suffix for path in FOLDER.iterdir() if path.is_file()} == {".py"}


@pytest.mark.parametrize("lang", messages.LANGS)
def test_a_stored_notebook_is_what_its_source_makes(source: Path, lang: messages.Lang) -> None:
    """All but the outputs, which nbval compares, byte for byte."""
    made = editions.make(source, lang)
    path = FOLDER / lang / f"{source.stem}.ipynb"
    editions.take_outputs(made, notebooks.read_notebook(path))
    assert all(cell.execution_count for cell in code_cells(made))
    assert nbformat.writes(made) + "\n" == path.read_text(encoding="utf-8")


def test_each_cell_of_prose_is_tagged_with_its_language_and_code_stands_once(source: Path) -> None:
    whole = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    for cell in whole.cells:
        is_prose = cell.cell_type == "markdown"
        assert len(LANGUAGE_TAGS & set(notebooks.tags(cell))) == is_prose, cell.source
    assert "".join(c.source for c in code_cells(whole)).count('lang = "zh"') == 1


def test_the_languages_differ_in_their_name_alone(source: Path) -> None:
    zh, en = (editions.make(source, lang) for lang in messages.LANGS)
    names = {c.source.replace('lang = "zh"', 'lang = "en"') for c in code_cells(zh)}
    assert names == {c.source for c in code_cells(en)}
    assert [c.cell_type for c in zh.cells] == [c.cell_type for c in en.cells]
    assert [notebooks.tags(c) for c in zh.cells] == [notebooks.tags(c) for c in en.cells]


def test_both_languages_have_the_same_headings(source: Path) -> None:
    def ranks(lang: messages.Lang) -> list[int]:
        prose = [c.source for c in editions.make(source, lang).cells if c.cell_type == "markdown"]
        lines = [line for text in prose for line in text.splitlines() if line.startswith("#")]
        return [len(line) - len(line.lstrip("#")) for line in lines]

    assert ranks("zh") == ranks("en")
    assert ranks("zh")[0] == 1


SOURCE = """# %% [markdown] tags=["lang-zh"]
# # 甲

# %% [markdown] tags=["lang-en"]
# # A

# %% tags=["four-lists"]
lang = "zh"
{last}
"""


def test_outputs_stay_while_the_code_is_the_same(tmp_path: Path) -> None:
    def written(text: str) -> nbformat.NotebookNode:
        (tmp_path / "00-a.py").write_text(text, encoding="utf-8")
        editions.make_all(tmp_path)
        return nbformat.read(tmp_path / "en" / "00-a.ipynb", 4)

    first = written(SOURCE.format(last="lang"))
    assert [c.source for c in first.cells] == ["# A", 'lang = "en"\nlang']
    assert [notebooks.tags(c) for c in first.cells] == [[], ["four-lists"]]
    first.cells[1].execution_count = 7
    nbformat.write(first, tmp_path / "en" / "00-a.ipynb")
    prose = written(SOURCE.format(last="lang").replace("# A", "# B"))
    assert (prose.cells[0].source, prose.cells[1].execution_count) == ("# B", 7)
    assert written(SOURCE.format(last="lang * 2")).cells[1].execution_count is None


def test_what_was_changed_by_hand_is_put_aside_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path / "kept")
    source, path = tmp_path / "00-a.py", tmp_path / "zh" / "00-a.ipynb"
    for last in ("1", "2"):  # a source that changed is nobody's hand
        source.write_text(SOURCE.format(last=last), encoding="utf-8")
        editions.make_all(tmp_path)
    assert not (path.parent / editions.EDITED).exists()
    mine = nbformat.read(path, 4)
    mine.cells[1].source += "\nmine = 3"
    nbformat.write(mine, path)
    editions.make_all(tmp_path)
    aside = nbformat.read(path.parent / editions.EDITED / path.name, 4)
    assert aside.cells[1].source.endswith("mine = 3")
    assert "mine" not in nbformat.read(path, 4).cells[1].source
    assert "00-a.ipynb says something else than its source" in capsys.readouterr().out
    nbformat.write(aside, path)  # a second hand takes nothing from the first
    editions.make_all(tmp_path)
    source.rename(tmp_path / "01-b.py")
    editions.make_all(tmp_path)
    assert sorted(p.name for p in (path.parent / editions.EDITED).iterdir()) == [
        *("00-a-1.ipynb", "00-a-2.ipynb", "00-a.ipynb")
    ]
    assert [p.name for p in notebooks.found(tmp_path, "zh")] == ["01-b.ipynb"]
    assert "00-a.ipynb has no source any more" in capsys.readouterr().out


def test_only_figures_that_nbval_compares(stored: nbformat.NotebookNode) -> None:
    for cell in code_cells(stored):
        for output in cell.outputs:
            assert "image/png" not in output.get("data", {})


# Execution ---------------------------------------------------------------------------------------


def write(path: Path, *sources: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    cells = [new_code_cell(source, id=f"c{i}") for i, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_two_executions_give_the_same_bytes(tmp_path: Path, capsys) -> None:
    path = write(tmp_path / "zh" / "00-a.ipynb", "print({'乙', '甲'})", "import yiyang.charts\n1")
    write(tmp_path / "en" / "00-a.ipynb", "1")
    execution.execute_all(tmp_path)
    first = path.read_bytes()
    execution.execute_all(tmp_path)
    assert path.read_bytes() == first
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"\d+\.\d s", "n s", line) for line in lines] == [
        "notebooks 1/2: zh/00-a.ipynb, n s",
        "notebooks 2/2: en/00-a.ipynb, n s",
    ] * 2


def test_a_notebook_finds_nothing_of_the_one_before_it_in_its_kernel(tmp_path: Path) -> None:
    for lang in messages.LANGS:
        write(tmp_path / lang / "00-a.ipynb", "'left' in dir()", "left = 1")
    for path in execution.execute_all(tmp_path):
        cell = nbformat.read(path, 4).cells[0]
        assert cell.outputs[0]["data"]["text/plain"] == "False"
        assert cell.outputs[0]["execution_count"] == cell.execution_count == 1


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import warnings; warnings.warn('beware')", "beware"),
        ("import os; os._exit(1)", "died"),
    ],
)
def test_a_failing_cell_is_named_and_the_notebook_stays(
    tmp_path: Path, source: str, found: str
) -> None:
    path = write(tmp_path / "zh" / "07-b.ipynb", "1", source, "2")
    other = write(tmp_path / "en" / "07-b.ipynb", "3")
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"zh/07-b\.ipynb, cell 2: ") as caught:
        execution.execute_all(tmp_path)
    assert found in caught.value.found
    assert path.read_bytes() == before
    assert sorted(tmp_path.rglob("*.ipynb")) == [other, path]


def test_a_folder_without_notebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no notebook"):
        execution.execute_all(tmp_path)


def test_split_leaves_the_cells_of_one_language() -> None:
    cells = [new_markdown_cell("# 甲"), new_markdown_cell("# A"), new_code_cell("1")]
    cells[0].metadata.tags, cells[1].metadata.tags = ["lang-zh"], ["lang-en", "other"]
    notebook = new_notebook(cells=cells)
    assert [c.source for c in notebooks.split(notebook, "zh").cells] == ["# 甲", "1"]
    assert [c.source for c in notebooks.split(notebook, "en").cells] == ["# A", "1"]
    assert len(notebook.cells) == 3


# What the notebooks show -------------------------------------------------------------------------


def test_every_reason_that_is_shown_has_its_chinese(corpus) -> None:
    shown = {*corpus.documents["note"], *corpus.repairs["reason"], *corpus.leftovers["reason"]}
    shown |= {*provenance.label_blocks(corpus.tasks)["reason"]}
    assert [text for text in sorted(shown) if messages.phrase(text, "zh") == text] == []


@pytest.mark.parametrize("name", ["labels.csv", "messages.csv", "reasons.csv"])
def test_words_are_given_once_and_in_both_languages(name: str) -> None:
    with (CURATION / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [next(iter(row.values())) for row in rows]
    assert sorted(keys) == sorted(set(keys))
    assert [row for row in rows if not all(row.values())] == []


def test_an_unknown_label_says_where_to_add_it() -> None:
    with pytest.raises(InputError, match=r"labels\.csv"):
        messages.label("no.such.key", "zh")


def test_text_of_documents_stays_text(corpus) -> None:
    hostile = corpus.tasks.head(1).assign(text="<script>alert(1)</script>", section='"><b>')
    for html in (tables.tasks(hostile, corpus, "en").data, tables.beside(hostile, "zh").data):
        assert "<script" not in html
        assert "<b>" not in html


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (53500.0, "53500"),
        (1234567.25, "1234567.25"),
        (0.342105, "0.3421"),
        (True, "是"),
        (None, "—"),
        (pd.Timestamp(2021, 12, 31), "2021-12-31"),
        ("=cmd|'/c calc'!A1", "=cmd|&#39;/c calc&#39;!A1"),
    ],
)
def test_a_cell_is_shown(value: object, shown: str) -> None:
    assert f">{shown}</td>" in tables.table(pd.DataFrame({"text": [value]}), "zh").data


def test_a_jurisdiction_of_several_rows_stands_once_over_them() -> None:
    frame = pd.DataFrame({"jurisdiction": ["<甲>", "<甲>", "乙"], "tasks": [1, 2, 3]})
    shown = tables.table(frame, "en").data
    assert shown.count("&lt;甲&gt;</th>") == shown.count("乙</th>") == 1
    assert shown.count("<tbody>") == shown.count("</tbody>") == 2
    assert 'data-label="Jurisdiction"' not in shown
    for apart in (frame.iloc[[0, 2]], frame.iloc[[0, 2, 1]], frame.iloc[:, ::-1]):
        assert "rowgroup" not in tables.table(apart, "en").data


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("工作曰内", "工作日内", "工作<del>曰</del><ins>日</ins>内"),
        ("健康教育活", "健康教育活动。", "健康教育活<ins>动。</ins>"),
        ("a<b", "a", "a<del>&lt;b</del>"),
        ("", "", ""),
    ],
)
def test_changes_are_marked(before: str, after: str, expected: str) -> None:
    assert tables.marked(before, after) == expected
