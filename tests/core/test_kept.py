"""What was made is kept while everything that it was made from is the same, and no longer."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from yiyang import report
from yiyang.core import build_cache, schema
from yiyang.core.messages import LANGS, Lang
from yiyang.report import chapters, execution, notebooks, pdf
from yiyang.safety.errors import InputError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def executed(tmp_path: Path) -> Path:
    """A stored notebook with the stamp of its execution."""
    path = tmp_path / "notebooks" / "zh" / "00-a.ipynb"
    path.parent.mkdir(parents=True)
    cells = [new_markdown_cell("# 甲", id="a"), new_code_cell("print('甲')", id="b")]
    nbformat.write(new_notebook(cells=cells), path)
    (path.parents[1] / "en").mkdir()
    prose = new_notebook(cells=[new_markdown_cell("# A", id="a")])
    nbformat.write(prose, path.parents[1] / "en" / "00-a.ipynb")
    assert not execution.is_unchanged(path)
    cells[1].outputs = [new_output("stream", text="甲\n")]
    cells[1].execution_count = 1
    notebook = new_notebook(cells=cells, metadata=notebooks.METADATA)
    nbformat.write(notebook, path)
    build_cache.remember(f"{execution.STAMPS}/zh/00-a", execution.stamp(nbformat.read(path, 4)))
    return path


def test_an_execution_leaves_a_stamp_only_where_it_is_to_be_kept(executed: Path, capsys) -> None:
    build_cache.forget(execution.STAMPS)
    execution.execute_all(executed.parents[1], keep=True)
    assert execution.is_unchanged(executed)
    execution.execute_all(executed.parents[1], keep=True)
    assert capsys.readouterr().out.splitlines()[2:] == ["notebooks: 2 of 2 unchanged"]


def _lay_out(folder: Path, codes: dict[str, str]) -> None:
    """Notebooks of one cell each, as they are laid out for a corpus before they are executed."""
    for lang in LANGS:
        (folder / lang).mkdir(parents=True, exist_ok=True)
        for stem, code in codes.items():
            cells = [new_markdown_cell("# A", id="a"), new_code_cell(code, id="b")]
            nbformat.write(new_notebook(cells=cells), folder / lang / f"{stem}.ipynb")


@pytest.mark.parametrize("changed", ["", "document", "code", "report"])
def test_a_build_over_own_documents_that_was_cut_short_goes_on_behind_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    own, laid_out, done = tmp_path / "own", tmp_path / "notebooks", tmp_path / "done"
    own.mkdir()
    items = "".join(f"{n}.推进医养结合服务{n}。(责任单位:市民政局)\n" for n in range(1, 4))
    (own / "a.txt").write_text(f"甲市医养结合任务清单\n\n{items}", encoding="utf-8")
    monkeypatch.setenv("YIYANG_CORPUS", str(own))
    build_cache.origins.cache_clear()
    code = f"open({str(done)!r}, 'a').write('b')"
    end = "import os; os._exit(1)"
    _lay_out(laid_out, {"00-a": end, "01-b": code})
    monkeypatch.setattr(execution, "AT_ONCE", 1)
    with pytest.raises(InputError, match="00-a"):
        execution.execute_all(laid_out, is_own=True, keep=True)
    assert done.read_text(encoding="utf-8") == "bb"
    shown = (laid_out / "zh" / "01-b.ipynb").read_bytes()
    if changed in ("document", "report"):
        place = own / ("a.txt" if changed == "document" else "report/a.txt")
        place.parent.mkdir(exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            file.write("附注。\n")
    build_cache.origins.cache_clear()
    _lay_out(laid_out, {"00-a": "1", "01-b": f"{code} + 1" if changed == "code" else code})
    execution.execute_all(laid_out, is_own=True, keep=True)
    is_again = changed in ("document", "code")
    assert done.read_text(encoding="utf-8") == ("bbbb" if is_again else "bb")
    assert ((laid_out / "zh" / "01-b.ipynb").read_bytes() == shown) is (changed != "code")
    build_cache.origins.cache_clear()


def test_prose_does_not_execute_a_notebook_again(executed: Path) -> None:
    notebook = nbformat.read(executed, 4)
    notebook.cells[0].source = "# 乙\n\n新的一段。"
    notebook.cells.append(new_markdown_cell("丙", id="c"))
    notebook.metadata["language_info"]["version"] = "3.99"  # as an editor does
    nbformat.write(notebook, executed)
    assert execution.is_unchanged(executed)
    stored = nbformat.read(executed, 4)
    assert [cell.source for cell in stored.cells] == ["# 乙\n\n新的一段。", "print('甲')", "丙"]
    assert stored.metadata == notebooks.METADATA


@pytest.mark.parametrize("changed", ["source", "tags", "output", "count", "origins", "stamp"])
def test_anything_else_executes_it_again(
    executed: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    assert execution.is_unchanged(executed)
    notebook = nbformat.read(executed, 4)
    cell = notebook.cells[1]
    if changed == "source":
        cell.source = "print('甲' )"
    elif changed == "tags":
        cell.metadata["tags"] = ["lang-zh"]
    elif changed == "output":
        cell.outputs[0].text = "乙\n"
    elif changed == "count":
        cell.execution_count = None
    elif changed == "origins":
        monkeypatch.setattr(build_cache, "origins", lambda: "another library")
    elif changed == "stamp":
        build_cache.forget(execution.STAMPS)
    nbformat.write(notebook, executed)
    before = executed.read_bytes()
    assert not execution.is_unchanged(executed)
    assert executed.read_bytes() == before


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout: one module, one page of prose, one document, one table made of it."""
    for name in (
        "yiyang/a.py",
        "yiyang/report/site/a.md",
        "data/raw/a.txt",
        "data/processed/a.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(schema, "DATA", tmp_path / "data")
    monkeypatch.setattr(schema, "PACKAGE", tmp_path / "yiyang")
    monkeypatch.setattr(schema, "PROCESSED", tmp_path / "data" / "processed")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("yiyang/a.py", True),
        ("yiyang/curation/new.csv", True),
        ("data/raw/a.txt", True),
        ("yiyang/report/site/a.md", False),
        ("data/processed/a.csv", False),
        ("yiyang/__pycache__/a.pyc", False),
    ],
)
def test_what_tables_and_notebooks_are_computed_from(
    checkout: Path, name: str, counts: bool
) -> None:
    before = build_cache.origins.__wrapped__()
    (checkout / name).parent.mkdir(exist_ok=True)
    (checkout / name).write_text("2", encoding="utf-8")
    assert (build_cache.origins.__wrapped__() != before) is counts


@pytest.mark.parametrize("value", ["corpus", "another"])
def test_the_environment_and_the_packages_count(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    before = build_cache.origins.__wrapped__()
    monkeypatch.setenv("YIYANG_CORPUS", value)
    with_corpus = build_cache.origins.__wrapped__()
    monkeypatch.setattr(build_cache, "distributions", list)
    assert len({before, with_corpus, build_cache.origins.__wrapped__()}) == 3


@pytest.mark.parametrize("name", ["YIYANG_CORPUS", "YIYANG_CODEBOOK"])
def test_the_files_of_a_folder_that_the_environment_names_count(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv(name, str(own))
    before = build_cache.origins.__wrapped__()
    (own / "a.txt").write_text("1", encoding="utf-8")
    assert build_cache.origins.__wrapped__() != before


def test_a_folder_is_made_again_when_its_stamp_or_its_files_change(folder: Path) -> None:
    made = []

    def make(place: Path) -> None:
        made.append(place)
        (place / "a.txt").write_text("甲", encoding="utf-8")

    place = build_cache.folder("parts", "1", make)
    assert build_cache.folder("parts", "1", make) == place
    assert len(made) == 1
    (place / "a.txt").write_text("乙", encoding="utf-8")
    (place / "b.txt").write_text("left over", encoding="utf-8")
    build_cache.folder("parts", "1", make)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in place.iterdir()] == [("a.txt", "甲")]
    build_cache.folder("parts", "2", make)
    assert len(made) == 3


def _change(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another library, or another text in a file of `folder`."""
    if name == "library":
        monkeypatch.setattr(build_cache, "origins", lambda: "another library")
    else:
        (folder / name).write_text("2", encoding="utf-8")


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Lang]:
    """A small site, printed once by a printer that says only which edition it printed."""
    for name in ("out/zh/a.html", "out/en/a.html", "out/_static/a.woff", "prose/paper.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    prints: list[Lang] = []

    def print_edition(site: Path, lang: Lang, path: Path, earlier: Path | None = None) -> Path:
        prints.append(lang)
        path.write_text(f"{lang}: {(site / lang / 'a.html').read_text()}", encoding="utf-8")
        return path

    monkeypatch.setattr(chapters, "SITE", tmp_path / "prose")
    monkeypatch.setattr(build_cache, "origins", lambda: "library")
    monkeypatch.setattr(pdf, "_version", lambda: "Chromium 131")
    monkeypatch.setattr(pdf, "write_edition", print_edition)
    pdf.write(tmp_path / "out", tmp_path, tmp_path)
    return prints


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("", []),
        ("out/zh/a.html", ["zh"]),
        ("out/en/new.svg", ["en"]),
        ("out/_static/a.woff", LANGS),
        ("prose/paper.css", LANGS),
        ("prose/index.zh.md", []),  # it reaches the paper by a page
        ("yiyang-report.zh.pdf", ["zh"]),
        ("library", LANGS),
        ("Chromium 132", LANGS),
    ],
)
def test_an_edition_is_printed_again_where_anything_of_it_is_another(
    printed: list[Lang], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, again: list
) -> None:
    if changed.startswith("Chromium"):
        monkeypatch.setattr(pdf, "_version", lambda: changed)
    elif changed:
        _change(changed, tmp_path, monkeypatch)
    assert sorted(printed) == sorted(LANGS)
    (tmp_path / "new").mkdir()
    files = pdf.write(tmp_path / "out", tmp_path / "new", tmp_path)
    assert sorted(printed[2:]) == sorted(again)
    for lang, path in zip(LANGS, files, strict=True):
        page = (tmp_path / "out" / lang / "a.html").read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == f"{lang}: {page}"


def _pages(work: Path) -> dict[Lang, Path]:
    """The pages of a front page alone, made in the new folder `work`."""
    for lang in LANGS:
        (work / lang / "source").mkdir(parents=True)
        chapters.fill("index", lang, {}, work / lang / "source")
    return report._pages(work, keep=True)


@pytest.fixture
def rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Lang]:
    """These pages, made once by a Sphinx that says only which edition it made."""
    for name in ("conf.py", "index.zh.md", "index.en.md", "landing.html", "paper.css",
                 "static/a.css", "templates/a.html"):  # fmt: skip
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text("1", encoding="utf-8")
    runs: list[Lang] = []

    def run_sphinx(lang: Lang, work: Path) -> Path:
        runs.append(lang)
        return (work / lang / "source").rename(work / lang / "html")

    monkeypatch.setattr(chapters, "SITE", tmp_path / "site")
    monkeypatch.setattr(build_cache, "origins", lambda: "library")
    monkeypatch.setattr(report, "_run_sphinx", run_sphinx)
    _pages(tmp_path / "first")
    return runs


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("", []),
        ("conf.py", LANGS),
        ("static/a.css", LANGS),
        ("templates/a.html", LANGS),
        ("index.zh.md", ["zh"]),
        ("landing.html", []),  # Sphinx reads neither
        ("paper.css", []),
        ("library", LANGS),
    ],
)
def test_sphinx_runs_again_where_anything_that_it_reads_is_another(
    rendered: list[Lang], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, again: list
) -> None:
    if changed:
        _change(changed, tmp_path / "site", monkeypatch)
    assert sorted(rendered) == sorted(LANGS)
    pages = _pages(tmp_path / "second")
    assert sorted(rendered[2:]) == sorted(again)
    for lang in LANGS:
        prose = (tmp_path / "site" / f"index.{lang}.md").read_text(encoding="utf-8")
        assert (pages[lang] / "index.md").read_text(encoding="utf-8") == prose


def test_git_does_not_know_what_is_kept() -> None:
    ignored = (schema.CHECKOUT / ".gitignore").read_text(encoding="utf-8").split()
    assert "/.cache/" in ignored
