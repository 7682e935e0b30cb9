"""Say what was read, and with how much help."""

from __future__ import annotations

import pandas as pd

from yiyang.compare.claims import of_lists
from yiyang.core import parquet_store
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, say


def reading(corpus: Corpus, lang: Lang) -> str:
    """Say how many tasks were read, and what was repaired, inferred, is incomplete or left over."""
    return say("lists.read.paragraph", lang, **counts(corpus))


def counts(corpus: Corpus) -> dict[str, int | str]:
    """Count what the sentences on the reading tell (`lists.read`,
    `front.trust.complete`)."""
    return {**of_lists.reading(corpus), "share": f"{corpus.tasks['is_repaired'].mean():.0%}"}


def reading_of_many(read: pd.DataFrame, lang: Lang) -> str:
    """Count what was read of a large corpus and what was not (the summary `reading`)."""
    n = read.drop(columns=["province", "year"]).sum().to_dict()
    places = set(read.loc[read["tasks"] > 0, "province"]) - {parquet_store.UNKNOWN}
    return say(
        "overview.read.paragraph",
        lang,
        **n,
        places=len(places),
        unread_share=n["unread"] / max(n["documents"], 1),
        unnamed_share=n["unnamed"] / max(n["tasks"], 1),
        unknown_share=n["unknown_units"] / max(n["units"], 1),
    )
