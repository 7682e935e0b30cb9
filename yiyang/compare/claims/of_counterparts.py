"""Count what the lists share, in meaning and word for word, and what one of them has alone."""

from __future__ import annotations

from yiyang.compare import gaps
from yiyang.compare.claims.rows import BESIDE, Claim, Rows, beside, row, several, sizes
from yiyang.core.corpus import Corpus
from yiyang.matches import agreed, measures, reuse, reviews

_READ = f"{BESIDE} program in_sample"


def _spread(corpus: Corpus) -> Rows:
    if several(corpus):
        spread = gaps.spread(corpus.task_matches, corpus.tasks)
        yield row(int((spread["n_others"] > 0).sum()), len(spread), "suggestive", _READ)


def _alone(corpus: Corpus) -> Rows:
    if not several(corpus):
        return
    alone = gaps.unique(gaps.spread(corpus.task_matches, corpus.tasks))
    counts = alone["jurisdiction"].value_counts()
    for place, n in sizes(corpus):
        caveats = beside(corpus, place) + " program in_sample"
        yield row(int(counts.get(place, 0)), n, "suggestive", caveats, jurisdiction=place)


def _families(corpus: Corpus) -> Rows:
    if several(corpus):
        n_lists = corpus.tasks["jurisdiction"].nunique()
        everywhere = int((corpus.measures["n_jurisdictions"] == n_lists).sum())
        yield row(everywhere, len(corpus.measures), "suggestive", _READ)


def _asserted(corpus: Corpus) -> Rows:
    found = corpus.task_matches[corpus.task_matches["grade"] == "same"]
    pairs = {frozenset(pair) for pair in zip(found["task_id"], found["other_task_id"], strict=True)}
    if pairs:
        yield row(len(pairs), len(pairs), "suggestive", _READ)


def _outside(corpus: Corpus) -> Rows:
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    coded = measures.present(measures.codes(), corpus.tasks)
    if coded.empty:
        return
    lists = set(coded["task_a"].map(home)) | set(coded["task_b"].map(home))
    found = corpus.task_matches[corpus.task_matches["grade"] == "same"]
    pairs = {frozenset(pair) for pair in zip(found["task_id"], found["other_task_id"], strict=True)}
    n = sum(not {home[task] for task in pair} <= lists for pair in pairs)
    yield row(n, len(pairs), "certain", f"{BESIDE} program")


def _gaps(corpus: Corpus) -> Rows:
    if corpus.tasks["jurisdiction"].nunique() < 3:  # a gap is what two others have
        return
    for place, _ in sizes(corpus):
        found = gaps.of_place(corpus, place)
        counts = found.drop_duplicates("measure_id")["grade"].value_counts()
        caveats = beside(corpus, place) + " program in_sample"
        for grade in ("none", "possible"):
            about = {"jurisdiction": place, "subject": grade}
            yield row(int(counts.get(grade, 0)), int(counts.sum()), "suggestive", caveats, **about)


def _verbatim(corpus: Corpus) -> Rows:
    if not several(corpus):
        return
    for found in reuse.shares(corpus.tasks).itertuples():
        about = {"jurisdiction": found.jurisdiction, "subject": found.other_jurisdiction}
        yield row(found.n_reused, found.n_letters, "certain", "common_source", **about)


def _kinds(corpus: Corpus) -> Rows:
    counts = reuse.of_matches(corpus.task_matches, corpus.tasks)["kind"].value_counts()
    for kind, n in counts.items():
        yield row(int(n), int(counts.sum()), "suggestive", _READ, subject=kind)


def _agreement(corpus: Corpus) -> Rows:
    if measures.present(measures.codes(), corpus.tasks).empty:
        return
    for subject, said in measures.grading(agreed.asked(corpus)).items():
        limits = {"low": said.low, "high": said.high}
        yield row(said.value, 1, "suggestive", "models in_sample", subject=subject, **limits)
    held = agreed.held_out(corpus)
    for subject in measures.CALIBRATED:
        yield row(held[subject], 1, "suggestive", "models", subject=f"held_out_{subject}")


def _reviewed(corpus: Corpus) -> Rows:
    last = reviews.latest(reviews.read_reviews(corpus.tasks))
    counts = last["verdict"].map(reviews.GRADES).value_counts()
    for grade, n in counts.items():
        yield row(int(n), len(last), "certain", "models", subject=grade)


_MATCHES = "task_matches tasks"
CLAIMS = {
    "counterparts.spread": Claim("gaps.spread", _MATCHES, _spread),
    "counterparts.unique": Claim("gaps.unique", _MATCHES, _alone),
    "counterparts.families": Claim("measures", "measures", _families),
    "counterparts.asserted": Claim("task_matches['grade']", "task_matches", _asserted),
    "counterparts.outside": Claim("measures.present", "task_matches tasks", _outside),
    "counterparts.gaps": Claim("gaps.benchmark", f"{_MATCHES} task_themes", _gaps),
    "counterparts.reused": Claim("reuse.shares", "tasks", _verbatim),
    "counterparts.kinds": Claim("reuse.of_matches", _MATCHES, _kinds),
    "counterparts.agreement": Claim("measures.grading", "tasks", _agreement),
    "counterparts.reviewed": Claim("reviews.latest", "match_reviews", _reviewed),
}
