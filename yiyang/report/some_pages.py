"""Make some pages of a report alone: what was read of a reader's lists, and their tasks."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, label
from yiyang.report import browser, chapters, your_lists
from yiyang.safety import escaping


def write_sources(corpus: Corpus, work: Path, pages: Collection[str]) -> None:
    """Write the sources of both editions: the page of the lists first, their tasks behind it."""
    evidence = browser.gather(corpus) if "tasks" in pages else None
    for lang in LANGS:
        target = work / lang / "source"
        target.mkdir(parents=True)
        title = your_lists.title(corpus, lang)
        (work / lang / "title.txt").write_text(title, encoding="utf-8")
        shown = your_lists.markdown(corpus, lang, target) if "lists" in pages else ""
        marks = {
            "@TITLE@": escaping.markdown(title),
            "@YOURLISTS@": shown,
            "@TASKSPAGE@": _link(lang) if evidence else "",
        }
        chapters.fill("lists", lang, marks, target, "index")
        if evidence:
            (target / "tasks.html").write_text(
                str(browser.page(evidence, lang, has_briefs=False)), encoding="utf-8"
            )
            chapters.fill("tasks", lang, marks, target)


def _link(lang: Lang) -> str:
    """The way to the page of the tasks."""
    return (
        f"**[{label('lists.own.tasks', lang)}](tasks)**\n\n```{{toctree}}\n:hidden:\n\ntasks\n```"
    )
