"""Word the findings of the front page: a sentence with its number, its caveat, and a share for each
jurisdiction, all computed from the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from yiyang.charts import headlines
from yiyang.compare import claims, concepts, theme_shares
from yiyang.core.corpus import Corpus
from yiyang.core.messages import (
    LANGS,
    SPACE,
    Lang,
    label,
    names,
    names_in_text,
    places_in_text,
    say,
)
from yiyang.safety.later import expression
from yiyang.show.paragraphs import agencies, deadlines, promises, themes


class Finding(NamedTuple):
    """A sentence with its one number, what a reader should know with it (`note`), the share of
    each jurisdiction behind it (`jurisdiction, share, said`), what the shares are of, the chapter
    with the evidence, the claim that it states, and, of figures, what places report of their own
    (`results`)."""

    sentence: str
    note: str
    table: pd.DataFrame
    caption: str
    chapter: str
    claim: str
    results: str = ""


CHAPTERS = {
    "deadlines.timed": "03-deadlines",
    "agencies.named": "02-agencies",
    "concepts.named": "04-themes",
    "obligations.opening": "06-promises",
    "promises.figures": "06-promises",
}
"""The claims of the front page in their order, with the chapter of their evidence."""
ON_FRONT = ("certain", "robust")
"""The grades of the claims that the front page states."""


def stated(corpus: Corpus) -> pd.DataFrame:
    """Return the claims of the corpus (`claims.table`): both editions, the page and the Word
    document state the same."""
    return corpus.once("findings.stated", lambda: claims.table(corpus))


@lru_cache(maxsize=len(LANGS))
def of(corpus: Corpus, lang: Lang) -> list[Finding]:
    """Tell what the report found, in the order of the front page; every number from the claims.

    A finding that the corpus cannot have (concepts of no list, figures where none is promised) is
    left out, and so is one of which a claim is only suggestive.
    """
    made = stated(corpus)
    part = claims.without_section(corpus)
    out = []
    for key, find in _FINDINGS.items():
        own = made[made["claim"] == key]
        if own.empty or not own["grade"].isin(ON_FRONT).all():
            continue
        for sentence, note, table, caption in find(corpus, own, lang):
            scope = _without(part, corpus, key, lang) if part else ""
            said = SPACE[lang].join(filter(None, [note, scope]))
            own_results = _results(corpus, lang) if key == "promises.figures" else ""
            out.append(Finding(sentence, said, table, caption, CHAPTERS[key], key, own_results))
    return out


def _without(part: Corpus, corpus: Corpus, key: str, lang: Lang) -> str:
    """Say what the finding comes to without the largest section of a list (`part`)."""
    place = (theme_shares.largest_section(corpus.tasks) or ("",))[0]
    n = len(corpus.tasks) - len(part.tasks)
    places = places_in_text(corpus.jurisdictions, lang)
    found = list(_FINDINGS[key](part, claims.of(part, [key]), lang))
    values = {"n": n, "place": places[place]}
    return say("front.without_section", lang, said=found[0][0], **values) if found else ""


Found = Iterator[tuple[str, str, pd.DataFrame, str]]
"""At most one finding: its sentence, its note, the shares behind it, and what they are of."""


def _deadlines(corpus: Corpus, own: pd.DataFrame, lang: Lang) -> Found:
    asked = own["caveats"].str.contains("template")
    n, of = (own[column].groupby(asked).sum() for column in ("value", "of"))
    if asked.any() and not asked.all():
        values = {"n": n[True], "of": of[True], "rest": n[False], "rest_of": of[False]}
        sentence = say("deadlines.template.front", lang, **_whole(values))
    else:
        values = {"tasks": own["of"].sum(), "n": own["value"].sum()}
        sentence = say("deadlines.dated.front", lang, **_whole(values))
    parts = [say("deadlines.dated.front.note", lang), deadlines.passed(corpus, lang)]
    note = SPACE[lang].join(filter(None, parts))
    yield sentence, note, _counted(own), label("deadlines.dated.front.caption", lang)


def _named(corpus: Corpus, own: pd.DataFrame, lang: Lang) -> Found:
    agency = names(corpus.agencies, lang)[own["subject"].iloc[0]]
    values = _whole({"n": own["value"].sum(), "tasks": own["of"].sum()})
    weighting = agencies.weighting(corpus, lang)
    yield (
        say("agencies.named.front", lang, agency=agency, **values),
        say("agencies.named.front.note", lang, weighting=weighting),
        _counted(own),
        say("agencies.named.front.caption", lang, agency=agency),
    )


def _concepts(corpus: Corpus, own: pd.DataFrame, lang: Lang) -> Found:
    overall = own[own["jurisdiction"].isna()]
    if overall.empty:
        return
    row = overall.iloc[0]
    if not row["value"] and corpus.tasks["jurisdiction"].nunique() >= headlines.MANY:
        return  # of many lists "none is in every one" is no finding
    table = concepts.matrix(corpus.tasks, corpus.task_themes)
    alone = themes.alone(
        table,
        names_in_text(concepts.known(), lang),
        places_in_text(corpus.jurisdictions, lang),
        lang,
    )
    yield (
        say("themes.concepts.front", lang, **_whole({"n": row["value"], "of": row["of"]})),
        say("themes.concepts.front.note", lang, alone=alone),
        _counted(own[own["jurisdiction"].notna()]),
        label("themes.concepts.front.caption", lang),
    )


def _openings(corpus: Corpus, own: pd.DataFrame, lang: Lang) -> Found:
    counts = _whole(dict(own.set_index("subject")["value"]))
    if not sum(counts.values()):
        return
    yield (
        say("promises.openings.front", lang, tasks=len(corpus.tasks), **counts),
        say("promises.openings.front.note", lang, **counts),
        _shown(promises.committed(corpus), corpus),
        label("promises.openings.front.caption", lang),
    )


def _figures(corpus: Corpus, own: pd.DataFrame, lang: Lang) -> Found:
    counts = _whole(dict(own.set_index("subject")["value"]))
    rates = say("promises.figures.front.rates", lang, n=counts["rates"]) if counts["rates"] else ""
    yield (
        say("promises.figures.front", lang, tasks=len(corpus.tasks), n=counts["tasks"]),
        say(
            "promises.figures.front.note",
            lang,
            figures=counts["figures"],
            dated=counts["dated"],
            rates=rates,
        ),
        _shown(_with_figures(corpus), corpus),
        label("promises.figures.front.caption", lang),
    )


def _results(corpus: Corpus, lang: Lang) -> str:
    return promises.own(corpus, lang).replace("**", "") if len(corpus.outcomes) else ""


_FINDINGS: dict[str, Callable[[Corpus, pd.DataFrame, Lang], Found]] = {
    "deadlines.timed": _deadlines,
    "agencies.named": _named,
    "concepts.named": _concepts,
    "obligations.opening": _openings,
    "promises.figures": _figures,
}

# [support](glossary) in a note
_LINK = expression(r"\[([^\[\]]*)\]\([^()]*\)")


def plain(note: str) -> str:
    """Strip a note of the marks of Markdown: links and the strokes before marks in a name."""
    return re.sub(r"\\(.)", r"\1", _LINK.sub(r"\1", note))


def sizes(corpus: Corpus) -> pd.Series:
    """Count the tasks of each jurisdiction, in the order of the tasks."""
    return corpus.tasks["jurisdiction"].value_counts(sort=False)


def _whole(values: dict[str, float]) -> dict[str, int]:
    """The numbers of claims are counts."""
    return {key: round(value) for key, value in values.items()}


def _with_figures(corpus: Corpus) -> pd.Series:
    """Count the tasks of each list that promise a figure."""
    promised = corpus.tasks["task_id"].isin(corpus.targets["task_id"])
    return promised.groupby(corpus.tasks["jurisdiction"], sort=False).sum()


def _counted(own: pd.DataFrame) -> pd.DataFrame:
    """Each jurisdiction's part of a number of things (claims of one kind)."""
    said = [f"{row.value:.0f} / {row.of:.0f}" for row in own.itertuples()]
    share = (own["value"] / own["of"]).to_numpy()
    return pd.DataFrame({"jurisdiction": own["jurisdiction"], "share": share, "said": said})


def _shown(count: pd.Series, corpus: Corpus) -> pd.DataFrame:
    """Each jurisdiction's part of its tasks; a jurisdiction without one has 0 of them."""
    of = sizes(corpus)
    counts = count.reindex(of.index).fillna(0).astype(int)
    said = [f"{n} / {total}" for n, total in zip(counts, of, strict=True)]
    return pd.DataFrame({"jurisdiction": of.index, "share": (counts / of).to_numpy(), "said": said})
