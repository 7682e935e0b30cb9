"""Print the whole report of an edition as one PDF, by Chromium where the machine has it.

The finished pages, as one document (`booklet`), are printed twice: the first print tells the page
of every heading, the second has these pages in its contents. Where the report was printed before,
its pages are tried first: mostly they still hold, and one print is enough. Where nothing of an
edition changed, its print is taken as it is. Chromium writes the bookmarks and the tags that screen
readers need; the moment of printing is taken out.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lxml import html

from yiyang.core import build_cache
from yiyang.core.messages import LANGS, Lang
from yiyang.report import booklet, chapters
from yiyang.report.booklet import Heading
from yiyang.safety import digests, private
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# /ID (node00011210): the name of an element of the tags
_NODE = expression(rb"\(node\d{8}\)")
TIMEOUT = 300
"""Seconds that a print may take."""
_PDFIUM = threading.Lock()
"""PDFium reads for one thread at a time; two at once misread or fail."""


def program() -> str | None:
    """Find Chromium, if this machine has it."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def file_name(lang: Lang) -> str:
    return f"yiyang-report.{lang}.pdf"


def write(site: Path, folder: Path, earlier: Path | None = None) -> list[Path]:
    """Print both editions of `site` into `folder`, at the same time; returns the files.

    `earlier` is a folder that may hold the files of an earlier build. One that was printed here
    from the same pages is taken as it is, and what is printed now is stamped for the next build.
    """
    site, folder = site.absolute(), folder.absolute()  # Chromium works in a folder of its own
    machine = _version() if earlier else ""

    def edition(lang: Lang) -> Path:
        path = folder / file_name(lang)
        if not earlier:
            return write_edition(site, lang, path)
        before, name, origin = earlier / path.name, f"paper-{lang}", _origin(site, lang, machine)
        if before.is_file() and build_cache.is_current(
            name, digests.of([origin, before.read_bytes()])
        ):
            shutil.copyfile(before, path)
        else:
            write_edition(site, lang, path, before)
            build_cache.remember(name, digests.of([origin, path.read_bytes()]))
        return path

    with ThreadPoolExecutor(len(LANGS)) as pool:
        return list(pool.map(edition, LANGS))


def _origin(site: Path, lang: Lang, machine: str) -> str:
    """One digest of all that the print of an edition is made from."""
    style = (chapters.SITE / "paper.css").read_bytes()
    folders = [digests.of_files(folder) for folder in (site / lang, site / "_static")]
    return digests.of([build_cache.origins(), style, *folders, machine])


def _version() -> str:
    """What Chromium says of its version; nothing where it does not start."""
    try:
        command = [program() or PROGRAMS[0], "--version"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def write_edition(site: Path, lang: Lang, path: Path, earlier: Path | None = None) -> Path:
    """Print one edition of `site`; the file is the same whatever `earlier` print is given."""
    paper, headings = booklet.document(site / lang, lang)
    found = _pages_before(earlier, headings)
    with private.folder() as own:
        source = own / "report.html"
        for _ in range(4):  # the second print has the pages of the first; the others are for doubt
            booklet.fill_contents(paper, found)
            source.write_bytes(html.tostring(paper, doctype="<!doctype html>", encoding="utf-8"))
            _print(source, path, own)
            before, found = found, pages(path, headings)
            if found == before:
                break
    finish(path, headings)
    return path


def _print(source: Path, path: Path, own: Path) -> None:
    """Let Chromium print the document; what it answers where it does not is an `InputError`."""
    command = [
        program() or PROGRAMS[0],
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage",  # a container has little of it
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--user-data-dir={own}/profile",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={path}",
        source.as_uri(),
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium's sandbox refuses to work for root
    path.unlink(missing_ok=True)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT, check=False, cwd=own
        )
        said = done.stderr.strip().splitlines()[-1:]
    except (OSError, subprocess.TimeoutExpired) as error:
        said = [str(error)]
    if not path.is_file():
        raise refusal("pdf.not_printed", f"report, {path.name}", said=" ".join(said))


def pages(path: Path, headings: list[Heading]) -> list[int]:
    """Find the page of every heading, from the bookmarks of the PDF, which are in the same
    order."""
    import pypdfium2  # noqa: PLC0415  (pdfplumber brings it)

    with _PDFIUM, pypdfium2.PdfDocument(path) as pdf:
        marks: list[Any] = list(pdf.get_toc())
        if len(marks) != len(headings):
            raise refusal(
                "pdf.bookmarks",
                f"report, {path.name}",
                n_marks=len(marks),
                n_headings=len(headings),
            )
        return [mark.get_dest().get_index() + 1 for mark in marks]


def _pages_before(earlier: Path | None, headings: list[Heading]) -> list[int]:
    """The pages of the headings in an earlier print; none where it is not there or another."""
    import pypdfium2  # noqa: PLC0415

    if not earlier or not earlier.is_file():
        return []
    try:
        return pages(earlier, headings)
    except (InputError, pypdfium2.PdfiumError):
        return []


def finish(path: Path, headings: list[Heading]) -> None:
    """Take the moment and the machine out of the PDF, mend its bookmarks and make it small.

    Chromium writes the title of a heading at the top of a page twice into its bookmark, and names
    the elements of the tags by numbers that begin elsewhere in each run.
    """
    import pikepdf  # noqa: PLC0415

    data = path.read_bytes()
    order = {name: number for number, name in enumerate(sorted(set(_NODE.findall(data))))}
    data = _NODE.sub(lambda match: b"(node%08d)" % order[match[0]], data)
    pikepdf.settings.set_flate_compression_level(9)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        titles = iter(headings)
        with pdf.open_outline() as outline:
            _rename(outline.root, titles)
        for key in set(pdf.docinfo.keys()) - {"/Title"}:
            del pdf.docinfo[key]
        pdf.save(
            path,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )


def _rename(marks: list[Any], titles: Iterator[Heading]) -> None:
    for mark in marks:
        mark.title = next(titles).text
        _rename(mark.children, titles)
