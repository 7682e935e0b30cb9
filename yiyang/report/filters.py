"""Write the form over the tasks: its fields, and what `site/static/browser.js` says with them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from yiyang.compare import coverage
from yiyang.core import curated_csv
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, names, short_names
from yiyang.core.schema import CURATION, ROLES
from yiyang.reading import sources
from yiyang.report import governments
from yiyang.safety import escaping
from yiyang.safety.escaping import Markup

WORDS = CURATION / "search_words.csv"
"""Words that are looked for together, each row a group."""
PRIMARY = "primary"
"""Any role but support: what an official means by 主责."""
SAID = (
    *("some", "none", "no_role", "no_agency", "instead", "at_none", "also", "guest"),
    *("copied", "criteria", "file", "title", "alone", "tabled"),
)
"""What the script says, by the names of its sentences (`browser.some`)."""


_BUTTONS = ("filter", "words", "reset", "copy", "table", "export")
"""What stands on the form, by the names of its labels."""


def form(corpus: Corpus, lang: Lang, *, has_briefs: bool = True) -> Markup:
    """Write the filters, the buttons and the place for what the script says; with `has_briefs` the
    way to the brief of a place, where there are several."""
    fields = Markup("").join(
        Markup('<label>{}<select name="{}">{}</select></label>\n').format(
            label(name, lang), name, options
        )
        for name, options in _choices(corpus, lang, has_briefs).items()
    )
    said = {key: label(f"browser.{key}", lang) for key in SAID}
    heads = [label(h, lang) for h in ("task_id", "jurisdiction", "text", "theme", "agency")]
    said["heads"] = "\t".join([*heads, label("deadline", lang)])
    words = [label(f"browser.{key}", lang) for key in _BUTTONS]
    page = (
        '<form class="yy-filter" role="search" aria-label="{0}" data-said="{6}" data-same="{7}" '
        'hidden>\n<label class="yy-words">{1}<input name="words" type="search" '
        'autocomplete="off"></label>\n{8}<button type="reset">{2}</button>\n'
        '<button type="button" name="copy">{3}</button>\n'
        '<button type="button" name="table">{4}</button>\n'
        '<span class="yy-export" role="group" aria-label="{5}">{5}\n'
        '<button type="button" name="xlsx">Excel</button>\n'
        '<button type="button" name="docx">Word</button>\n'
        '<button type="button" name="csv">CSV</button></span>\n'
        '<p class="yy-result"><span role="status"></span> <span class="yy-places"></span>\n'
        '<a class="yy-go" hidden>{9}</a></p>\n<div class="yy-near"></div>\n'
        '</form>\n<p class="yy-criteria yy-on-paper"></p>'
    )
    return Markup(page).format(
        *words,
        escaping.json_text(said),
        escaping.json_text(groups()),
        fields,
        label("government.brief.go", lang),
    )


def groups() -> list[list[str]]:
    """Return the groups of words that are looked for together."""
    return [row["words"].split() for row, _ in curated_csv.rows(WORDS, ("words", "reason"))]


def _choices(corpus: Corpus, lang: Lang, has_briefs: bool) -> dict[str, Markup]:
    """The options of each field, departments in the order of the table of agencies."""
    named = set(corpus.assignments["agency_id"].dropna())
    agencies = names(corpus.agencies, lang)
    roles = {PRIMARY: label("browser.primary", lang)}
    roles |= {r: label(f"role.{r}", lang) for r in (ROLES[-1], *ROLES[:-1])}
    stated = set(coverage.states(corpus.tasks, corpus.deadlines)["state"])
    states = [s for s in coverage.STATES if s in stated]
    return {
        "jurisdiction": _places(corpus, lang, has_briefs),
        "theme": _options(names(corpus.themes, lang), lang),
        "agency": _options(agencies[[a for a in agencies.index if a in named]], lang),
        "role": _options(roles, lang),
        "state": _options({s: label(f"state.{s}", lang) for s in states}, lang),
    }


def _own_first(corpus: Corpus) -> list[str]:
    """The jurisdictions with tasks, those of the reader's own documents first."""
    own = sources.own_documents(corpus)["jurisdiction"]
    there = pd.Series(pd.unique(corpus.tasks["jurisdiction"]))
    return [*there[there.isin(own)], *there[~there.isin(own)]]


def _options(values: Mapping[str, str] | pd.Series, lang: Lang) -> Markup:
    all_of_them = Markup('<option value="">{}</option>').format(label("browser.all", lang))
    return all_of_them + Markup("").join(
        Markup('<option value="{}">{}</option>').format(key, name) for key, name in values.items()
    )


def _places(corpus: Corpus, lang: Lang, has_briefs: bool) -> Markup:
    """The places, each with its short name and the key of its brief, where there is one."""
    order = _own_first(corpus)
    full, short = names(corpus.jurisdictions, lang), short_names(corpus.jurisdictions, lang)
    all_of_them = Markup('<option value="">{}</option>').format(label("browser.all", lang))
    brief = Markup(' data-key="{}"') if has_briefs and len(order) > 1 else Markup("")
    return all_of_them + Markup("").join(
        Markup('<option value="{}" data-short="{}"{}>{}</option>').format(
            place, short[place], brief.format(governments.key(place)), full[place]
        )
        for place in order
    )
