"""Write the page for the director's desk of each government: one sheet of A4, by its address for a
department or a theme alone.

The page is whole without a script; `site/static/brief.js` adds the filter.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, label, names, say
from yiyang.safety.escaping import Markup
from yiyang.show import brief

# A sheet of its own shape: the rest of the report is printed upright.
SHEET = Markup("<style>@page { size: A4 landscape; margin: 9mm 11mm; }</style>")


MOST = 10
"""Measures that a sheet holds; of more the page says that it takes several."""


def word_name(key: str, lang: Lang) -> str:
    """Name the Word document of the place with this `key`."""
    return f"yiyang-brief-{key}.{lang}.docx"


def lead(found: pd.DataFrame, corpus: Corpus, lang: Lang) -> str:
    """Say how many measures a brief lists, and what was found of them here."""
    grades = found.drop_duplicates("measure")["grade"].value_counts()
    n = {grade: int(grades.get(grade, 0)) for grade in ("none", "possible")}
    whose = "two" if corpus.tasks["jurisdiction"].nunique() == 2 else "many"
    return say(f"government.brief.lead.{whose}", lang, n=sum(n.values()), **n)


def write(corpus: Corpus, place: str, key: str, lang: Lang, target: Path) -> dict[str, str]:
    """Write what the page of `place` includes into `target`, by its `key` in names of files;
    returns what the page itself says."""
    found = brief.rows(corpus, place)
    (target / f"brief-table-{key}.html").write_text(
        str(_sheet(found, corpus, key, lang)), encoding="utf-8"
    )
    said = lead(found, corpus, lang)
    if found["measure"].nunique() > MOST:
        said += SPACE[lang] + say("government.brief.long", lang, most=MOST)
    return {
        "@BRIEF@": said,
        "@BRIEFTITLE@": label("government.brief.title", lang),
        "@CAUTION@": label("government.brief.caution", lang),
        "@STARTBRIEF@": say("government.brief.start", lang, key=key),
    }


def _sheet(found: pd.DataFrame, corpus: Corpus, key: str, lang: Lang) -> Markup:
    if found.empty:
        return Markup("<p>{}</p>").format(label("government.brief.empty", lang))
    word = Markup('<p class="yy-word"><a href="../downloads/{}" download>{}</a></p>\n').format(
        word_name(key, lang), label("government.brief.word", lang)
    )
    form = '{}{}{}{}<footer class="yy-sources"><b>{}</b> {}</footer>\n'
    return Markup(form).format(
        SHEET,
        _filter(found, corpus, lang, Path(word_name(key, lang)).stem),
        word,
        brief.table(found, corpus, lang),
        label("government.brief.sources", lang),
        brief.sources(found, corpus, lang),
    )


def _filter(found: pd.DataFrame, corpus: Corpus, lang: Lang, file: str) -> Markup:
    """The filter of the page: by department, theme, and what was found here; `file` is what the
    Word document of the chosen measures is called."""
    tasks = set(found["task_id"])
    units = corpus.assignments[corpus.assignments["task_id"].isin(tasks)]
    themed = corpus.task_themes[corpus.task_themes["task_id"].isin(tasks)]
    held = {
        "agency": set(units["agency_id"].dropna()),
        "theme": {*themed["theme_id"].dropna(), *themed["second_theme_id"].dropna()},
    }
    tables = {"agency": corpus.agencies, "theme": corpus.themes}
    choices = {
        name: {k: v for k, v in names(tables[name], lang).items() if k in held[name]}
        for name in held
    }
    choices["brief_grade"] = {
        grade: label(f"brief_grade.{grade}", lang) for grade in dict.fromkeys(found["grade"])
    }
    fields = Markup("").join(
        Markup(
            '<label>{}<select name="{}"><option value="">{}</option>{}</select></label>\n'
        ).format(
            label(name, lang),
            name.removeprefix("brief_"),
            label("government.brief.all", lang),
            Markup("").join(
                Markup('<option value="{}">{}</option>').format(k, v) for k, v in options.items()
            ),
        )
        for name, options in choices.items()
    )
    said = [label(f"government.brief.{k}", lang) for k in ("some", "none", "copied")]
    form = (
        '<form class="yy-filter yy-sheet" role="search" aria-label="{}" data-file="{}" hidden>\n{}'
        '<button type="button" name="print">{}</button>\n'
        '<button type="button" name="docx">{}</button>\n'
        '<button type="button" name="copy">{}</button>\n</form>\n'
        '<p class="yy-criteria" role="status" data-some="{}" data-none="{}" data-copied="{}"></p>\n'
    )
    words = [label(f"government.brief.{k}", lang) for k in ("filter", "print", "docx", "copy")]
    return Markup(form).format(words[0], file, fields, *words[1:], *said)
