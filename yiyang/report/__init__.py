"""The report: a Chinese and an English edition of the executed notebooks, readable offline.

Sphinx renders the stored outputs; it executes nothing. The settings, templates, style sheet and
the text of the pages lie in `yiyang/site/`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from yiyang import Corpus, load, show, tables
from yiyang.errors import InputError
from yiyang.labels import LANGS, Lang
from yiyang.report import browser, chapters, downloads, front, governments, polish

UNUSED = shutil.ignore_patterns(
    "*.map", "*macros.html", "locales", "_sources", ".buildinfo", "objects.inv"
)
"""What Sphinx and its theme write for other tools: no page asks for it."""
FIXED = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1767225600", "PYTHONUTF8": "1"}


def build(folder: Path, out: Path) -> Path:
    """Build the site of the executed notebooks in `folder` and put it in the place of `out`.

    Both editions or nothing: any warning of Sphinx, a notebook that was not executed in full or
    a notebook without a heading in one of the languages raises `InputError` and leaves `out` as
    it was. Returns the page to open.
    """
    corpus = load()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as name:
        work, fresh = Path(name), Path(name) / "site"
        _say("reading the notebooks and tables")
        write_sources(folder, corpus, work)
        _say("writing the pages")
        _run_sphinx(work)
        for lang in LANGS:
            shutil.copytree(work / lang / "html", fresh / lang, ignore=UNUSED)
            polish.edition(fresh / lang, lang, corpus.tasks["task_id"])
            _say(f"{lang} edition, {len(list((fresh / lang).glob('*.html')))} pages")
            downloads.draw_png(fresh / lang / "_images")
        polish.share(fresh)
        made = downloads.write(corpus, fresh)
        _say("downloads: " + ", ".join(path.name for path in made))
        shutil.copy(chapters.SITE / "landing.html", fresh / "index.html")
        _say(f"{size(fresh) / 1e6:.1f} MB, SHA-256 {digest(fresh)}")
        tables.replace(fresh, out)
    return out / "index.html"


def _say(what: str) -> None:
    print(f"report: {what}", flush=True)


def size(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def digest(folder: Path) -> str:
    """One SHA-256 of all files in a folder, their names and their contents."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def write_sources(folder: Path, corpus: Corpus, work: Path) -> None:
    """Write the sources of both editions: the chapters, the task browser and the other pages."""
    whole = chapters.read(folder)
    evidence = browser.gather(corpus)
    for lang in LANGS:
        target = work / lang / "source"
        target.mkdir(parents=True)
        marks = chapters.write(whole, lang, target)
        shown = {
            "documents": show.documents(corpus.documents, corpus.jurisdictions, lang).data,
            "files": show.files(corpus.documents, lang).data,
            "tasks": browser.page(evidence, lang),
        }
        for name, table in shown.items():  # included as files: nothing in them can end a block
            (target / f"{name}.html").write_text(str(table), encoding="utf-8")
        marks |= governments.write(corpus, lang, target)
        marks["@FINDINGS@"] = front.markdown(corpus, lang, target)
        marks["@TRUST@"] = front.trust(corpus, lang)
        marks |= downloads.marks(lang, whole)
        for page in ("index", "tasks", "downloads", "glossary", "methods", "origin"):
            chapters.fill(page, lang, marks, target)


def _run_sphinx(work: Path) -> None:
    """Both editions at once; what either complains of is an `InputError`."""
    running = {lang: _start_sphinx(lang, work / lang) for lang in LANGS}
    failures = {lang: _finish_sphinx(process) for lang, process in running.items()}
    for lang, failure in failures.items():
        if failure:
            raise InputError(
                f"report, {lang} edition",
                found=failure.replace(f"{work}{os.sep}", ""),
                expected="a build without a warning",
                remedy="mend the notebook or page that the message names",
            )


def _start_sphinx(lang: Lang, work: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    command += ["-t", lang, "-c", str(chapters.SITE), "-d", str(work / "doctrees")]
    return subprocess.Popen(
        [*command, str(work / "source"), str(work / "html")],
        env={**os.environ, **FIXED},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _finish_sphinx(process: subprocess.Popen[str]) -> str:
    """What the build complained of; empty where it went well."""
    complaints = process.communicate()[1].strip()
    return complaints or (f"exit code {process.returncode}" if process.returncode else "")
