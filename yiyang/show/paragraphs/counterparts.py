"""Say what the lists share, in meaning and word for word, and how far that can be trusted."""

from __future__ import annotations

import pandas as pd

from yiyang.compare import gaps
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, places_in_text, say
from yiyang.matches import measures, reuse
from yiyang.matches.measures import Interval
from yiyang.matches.reviews import GRADES, MODEL, latest


def shared(corpus: Corpus, lang: Lang) -> str:
    """Count the tasks that have the same measure elsewhere, only something possible, and neither;
    and the measures that two lists or more, and all, have."""
    tasks, found = corpus.tasks, corpus.task_matches
    n_lists = tasks["jurisdiction"].nunique()
    if n_lists < 2:
        return label("corpus.only_one_list", lang)
    wide = gaps.spread(found, tasks)
    alone = gaps.unique(wide)["jurisdiction"].value_counts()
    n_same = int((wide["n_others"] > 0).sum())
    families = corpus.measures
    called = places_in_text(corpus.jurisdictions, lang)
    each = [
        say(
            "counterparts.unique.paragraph.place",
            lang,
            place=called[place],
            n=int(alone.get(place, 0)),
            of=int(of),
        )
        for place, of in tasks["jurisdiction"].value_counts(sort=False).items()
    ]
    return say(
        "counterparts.unique.paragraph",
        lang,
        tasks=len(tasks),
        same=n_same,
        possible=len(tasks) - n_same - int(alone.sum()),
        unique=int(alone.sum()),
        each=join(each, "items", lang),
        lists=n_lists,
        families=len(families),
        shared=int((families["n_jurisdictions"] == n_lists).sum()),
    )


def reviewed(corpus: Corpus, reviews: pd.DataFrame, lang: Lang) -> str:
    """Say how many pairs were read by readers, who they were, and what they decided
    (`reviews.read_reviews`); empty where none was."""
    last = latest(reviews)
    if last.empty:
        return ""
    are_models = last["reviewer"].str.startswith(MODEL)
    kinds = [kind for kind, any_ in (("model", are_models), ("people", ~are_models)) if any_.any()]
    readers = [label(f"counterparts.reviewed.readers.{kind}", lang) for kind in kinds]
    counts = last["verdict"].map(GRADES).value_counts()
    return say(
        "counterparts.reviewed.paragraph",
        lang,
        pairs=len(last.drop_duplicates(["task_id", "other_task_id"])),
        readers=join(readers, "and", lang),
        **{grade: int(counts.get(grade, 0)) for grade in GRADES.values()},
    )


def agreement(asked: pd.DataFrame, held: pd.DataFrame, lang: Lang) -> str:
    """Say how far candidates and grades can be trusted (`measures.questions`,
    `measures.calibrate`)."""
    if not asked["n_coded"].sum():
        return label("counterparts.agreement.not_measured", lang)
    found, said = measures.retrieval(asked), measures.grading(asked)
    out = measures.held_out(held)
    return say(
        "counterparts.agreement.paragraph",
        lang,
        same=said["same_precision"].value,
        found=said["same_recall"].value,
        same_interval=_interval(said["same_precision"]),
        found_interval=_interval(said["same_recall"]),
        possible_interval=_interval(said["possible_precision"]),
        f1=said["f1"].value,
        held_same=out["same_precision"],
        held_found=out["same_recall"],
        held_f1=out["f1"],
        precision_interval=_interval(said["precision"]),
        recall_interval=_interval(said["recall"]),
        none_interval=_interval(said["none_precision"]),
        n=int((asked["n_coded"] > 0).sum()),
        first_interval=_interval(found["recall_at_1"]),
        three_interval=_interval(found["recall_at_3"]),
    )


def _interval(value: Interval) -> str:
    return f"{value.value:.0%} ({value.low:.0%}–{value.high:.0%})"


def verbatim(corpus: Corpus, lang: Lang) -> str:
    """Say how much is shared word for word, and what can be told of who came first."""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return label("corpus.only_one_list", lang)
    called = places_in_text(corpus.jurisdictions, lang)
    found = reuse.shares(corpus.tasks).sort_values("share", ascending=False, kind="stable")
    # Each pair of lists once, by its larger share.
    sides = [frozenset(pair) for pair in zip(found.iloc[:, 0], found.iloc[:, 1], strict=True)]
    most = found[~pd.Series(sides, index=found.index).duplicated()].head(2)
    pairs = [(called[r[0]], called[r[1]]) for r in most.itertuples(index=False, name=None)]
    shared = [
        say("counterparts.reused.paragraph.pair", lang, here=here, there=there, share=share)
        for (here, there), share in zip(pairs, most["share"], strict=True)
    ]
    first = [
        _who_first(corpus.documents, row[0], row[1], called, lang)
        for row in most.itertuples(index=False, name=None)
    ]
    kinds = reuse.of_matches(corpus.task_matches, corpus.tasks)["kind"].value_counts()
    counts = {kind: int(kinds.get(kind, 0)) for kind in ("verbatim", "in_part", "paraphrase")}
    return say(
        "counterparts.reused.paragraph",
        lang,
        least=reuse.LEAST,
        shared=join(shared, "clauses", lang),
        first=SPACE[lang].join(first),
        pairs=sum(counts.values()),
        **counts,
    )


def _who_first(
    documents: pd.DataFrame, place: str, other: str, called: pd.Series, lang: Lang
) -> str:
    """Say what the dates of two lists tell about who could have drawn on whom."""
    lists = documents[documents["n_tasks"] > 0].set_index("jurisdiction")["date_issued"]
    several = [called[p] for p in (place, other) if (lists.index == p).sum() > 1]
    if several:
        places = join(several, "and", lang)
        return say("counterparts.reused.first.several", lang, places=places)
    undated = [called[p] for p in (place, other) if pd.isna(lists[p])]
    if undated:
        places = join(undated, "and", lang)
        return say("counterparts.reused.first.undated", lang, places=places)
    early, late = sorted((place, other), key=lambda p: lists[p])
    return say(
        "counterparts.reused.first.dated",
        lang,
        early=called[early],
        day=lists[early].date(),
        late=called[late],
        later_day=lists[late].date(),
    )
