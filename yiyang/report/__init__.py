"""Build the report: a Chinese and an English edition of the executed notebooks, readable offline.

Sphinx renders the stored outputs; it executes nothing. The settings, templates, style sheet and
the text of the pages lie in `yiyang/report/site/`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from yiyang.build import load
from yiyang.core import build_cache, parquet_store
from yiyang.core.messages import LANGS, Lang
from yiyang.report import chapters, downloads, evidence, glossing, postprocess
from yiyang.report import pdf as report_pdf
from yiyang.safety import atomic_write, digests, private
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from yiyang.core.corpus import Corpus
    from yiyang.report.progress import Row

UNUSED = shutil.ignore_patterns(
    "*.map", "*macros.html", "locales", "_sources", ".buildinfo", "objects.inv",
    "fa-brands-400.woff2", "fa-regular-400.woff2",
)  # fmt: skip
"""What Sphinx and its theme write for other tools: no page asks for it."""
FIXED = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1767225600", "PYTHONUTF8": "1"}


WHOLE = ("tasks", "explorer", "downloads", "glossary", "methods", "code", "origin")
"""Pages that every report on lists has, besides the chapters."""
TITLE = "title.txt"
"""The file beside the sources of an edition that holds its title."""


def build(
    folder: Path,
    out: Path,
    *,
    keep: bool = False,
    pdf: bool = False,
    rows: Sequence[Row] = (),
) -> Path:
    """Build the site of the executed notebooks in `folder` and put it in the place of `out`.

    Both editions or nothing: any warning of Sphinx, a notebook that was not executed in full or
    a notebook without a heading in one of the languages raises `InputError` and leaves `out` as
    it was. With `keep` each part that was made from the same before is taken from there: what
    rests on the tables alone, Sphinx's pages and the PDFs of each edition, the pictures of charts.
    The site is the same, byte for byte. With `pdf` each edition is printed too, which needs
    Chromium. `rows` are those of a workbook that people filled (`progress.read_workbook`). Returns
    the page to open.
    """
    with (
        atomic_write.folder(out) as fresh,
        private.folder() as work,
    ):
        whole = {lang: chapters.read_notebooks(folder, lang) for lang in LANGS}
        with _step(tell("report.step.tables")):
            made = _parts(work, keep, rows)
        with _step(tell("report.step.chapters")):
            write_sources(whole, made, work, pdf=pdf)
        said = evidence.marks(made, LANGS[0])
        _write_pages(work, fresh, said["tasks"], said["glosses"], keep=keep)
        shutil.copytree(made / downloads.FOLDER, fresh / downloads.FOLDER)
        for lang in LANGS:
            shutil.copyfile(made / lang / evidence.CLAUSES, fresh / lang / evidence.CLAUSES)
        with _step(tell("report.step.charts")):
            charts = [path for lang in LANGS for path in sorted((fresh / lang).rglob("*.svg"))]
            downloads.draw_png(charts, (build_cache.FOLDER if keep else work) / "png")
        _say(f"{size(fresh) / 1e6:.1f} MB, SHA-256 {digest(fresh)}")
        if pdf:
            with _step(tell("report.step.pdf")):
                printed = report_pdf.write(
                    fresh, fresh / downloads.FOLDER, out / downloads.FOLDER if keep else None
                )
            for path in printed:
                data = path.read_bytes()
                _say(f"{path.name}, {len(data) / 1e6:.1f} MB, SHA-256 {digests.of_bytes(data)}")
    return out / "index.html"


def build_overview(corpus: Path, out: Path) -> Path:
    """Build the site on a large corpus as a whole, from the summaries in its folder (`yiyang run`),
    and put it in the place of `out`. Returns the page to open."""
    from yiyang.report import overview  # noqa: PLC0415  (as in parts.write)

    with (
        atomic_write.folder(out) as fresh,
        private.folder() as work,
    ):
        with _step(tell("report.step.summaries")):
            overview.write_sources(corpus, work)
        _write_pages(work, fresh)
        (fresh / parquet_store.SUMMARY).mkdir()
        for path in sorted((corpus / parquet_store.SUMMARY).glob("*.csv")):
            shutil.copyfile(path, fresh / parquet_store.SUMMARY / path.name)
        _say(f"{size(fresh) / 1e6:.1f} MB, SHA-256 {digest(fresh)}")
    return out / "index.html"


def build_some(corpus: Corpus, pages: Sequence[str], out: Path) -> Path:
    """Build a site of some pages of a corpus alone (`lists`, `tasks`) and put it in the place of
    `out`. Returns the page to open."""
    from yiyang.report import some_pages  # noqa: PLC0415  (as in parts.write)

    with (
        atomic_write.folder(out) as fresh,
        private.folder() as work,
    ):
        with _step(tell("report.step.read")):
            some_pages.write_sources(corpus, work, pages)
        tasks = corpus.tasks["task_id"].tolist() if "tasks" in pages else ()
        _write_pages(work, fresh, tasks, glossing.tasks(corpus))
    return out / "index.html"


def _write_pages(
    work: Path,
    fresh: Path,
    tasks: Sequence[str] = (),
    glosses: glossing.Tasks = glossing.NONE,
    *,
    keep: bool = False,
) -> None:
    """Make the sources in `work` into the pages of both editions, in `fresh`; each of `tasks` that
    a table names becomes a link, and Chinese texts in English pages get their `glosses`. With
    `keep` pages that Sphinx wrote from the same are taken."""
    with _step(tell("report.step.pages")):
        pages = _pages(work, keep)
    with _step(tell("report.step.links")):
        with ProcessPoolExecutor(len(LANGS)) as pool:
            made = [
                pool.submit(_finish, pages[lang], fresh / lang, lang, tasks, glosses)
                for lang in LANGS
            ]
            for edition in made:
                edition.result()
        landing = (chapters.SITE / "landing.html").read_text(encoding="utf-8")
        (fresh / "index.html").write_text(postprocess.guarded(landing), encoding="utf-8")
        postprocess.share(fresh)
        postprocess.type_of(fresh)


def _finish(
    pages: Path, place: Path, lang: Lang, tasks: Sequence[str], glosses: glossing.Tasks
) -> None:
    """Copy the pages of an edition into `place`, and finish them there."""
    shutil.copytree(pages, place, ignore=UNUSED)
    (place / evidence.CLAUSES).write_text("window.yiyangTasks = null;\n", encoding="utf-8")
    postprocess.edition(place, lang, tasks, glosses)


def _parts(work: Path, keep: bool, rows: Sequence[Row]) -> Path:
    """The folder of `evidence.write`: the kept one, or a fresh one in `work`."""
    if keep:
        stamp = build_cache.origins()
        if rows:
            from yiyang.report import progress  # noqa: PLC0415  (it brings what reads workbooks)

            stamp = digests.of([stamp, progress.stamp(rows)])
        return build_cache.folder("parts", stamp, lambda place: evidence.write(load(), place, rows))
    (work / "parts").mkdir()
    evidence.write(load(), work / "parts", rows)
    return work / "parts"


def _say(what: str) -> None:
    print(f"report: {what}", flush=True)


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say of a step that it is done, and what it took."""
    begun = time.perf_counter()
    yield
    _say(f"{what}, {time.perf_counter() - begun:.1f} s")


def size(folder: Path) -> int:
    """Count the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def digest(folder: Path) -> str:
    """Digest all files of a site but the PDFs, which depend on the machine's Chromium too."""
    return digests.of_files(folder, lambda path: path.suffix == ".pdf")


def write_sources(
    whole: dict[Lang, dict[str, NotebookNode]], made: Path, work: Path, *, pdf: bool = False
) -> None:
    """Write the sources of both editions: the chapters, the task browser and the other pages."""
    for lang in LANGS:
        target = work / lang / "source"
        shutil.copytree(
            made / lang, target, ignore=shutil.ignore_patterns(evidence.MARKS, evidence.CLAUSES)
        )
        said = evidence.marks(made, lang)
        (work / lang / TITLE).write_text(said["title"], encoding="utf-8")
        marks = (
            said["all"]
            | chapters.write(whole[lang], lang, target, said["title"])
            | downloads.marks(lang, whole[lang], pdf)
        )
        for page in ("index", *WHOLE):
            chapters.fill(page, lang, marks, target)
        for page, own in said["governments"].items():
            chapters.fill(evidence.template(said["governments"]), lang, own, target, page)
            if len(said["governments"]) > 1:
                chapters.fill("brief", lang, own, target, f"brief-{own['@KEY@']}")
        for page, own in said["departments"].items():
            chapters.fill(page.partition("-")[0], lang, own, target, page)
        if "@PROGRESS@" in marks:
            chapters.fill("progress", lang, marks, target)


def _pages(work: Path, keep: bool) -> dict[Lang, Path]:
    """The folder of pages of each edition, written by Sphinx; with `keep` the kept one, where
    sources and settings are the same. Both at once; what either complains of is an `InputError`.
    """
    # Beside conf.py lies the prose, which stands in the sources, and what Sphinx does not read.
    settings = chapters.SITE / "conf.py"
    looks = digests.of_files(chapters.SITE, lambda p: p.parent == chapters.SITE and p != settings)

    def edition(lang: Lang) -> Path:
        if not keep:
            return _run_sphinx(lang, work)
        stamp = digests.of([build_cache.origins(), looks, digests.of_files(work / lang / "source")])
        return build_cache.folder(f"pages-{lang}", stamp, partial(_fill, lang, work))

    with ThreadPoolExecutor(len(LANGS)) as pool:
        return dict(zip(LANGS, pool.map(edition, LANGS), strict=True))


def _fill(lang: Lang, work: Path, place: Path) -> None:
    shutil.copytree(_run_sphinx(lang, work), place, dirs_exist_ok=True)


def _run_sphinx(lang: Lang, work: Path) -> Path:
    """The folder of the pages of an edition; a complaint of Sphinx is an `InputError`."""
    html = work / lang / "html"
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    command += ["-t", lang, "-c", str(chapters.SITE), "-d", str(work / lang / "doctrees")]
    if (title := work / lang / TITLE).is_file():
        command += ["-D", f"project={title.read_text(encoding='utf-8')}"]
    done = subprocess.run(
        [*command, str(work / lang / "source"), str(html)],
        env={**os.environ, **FIXED},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    failure = done.stderr.strip() or (
        tell("safety.exit_code", n=done.returncode) if done.returncode else ""
    )
    if failure:
        raise refusal(
            "report.failed",
            tell("report.edition", lang=lang),
            failure=failure.replace(f"{work}{os.sep}", ""),
        )
    return html
