"""Count the words that bind, the figures promised and the figures reached."""

from __future__ import annotations

from yiyang.compare import promises, wording
from yiyang.compare.claims.rows import BESIDE, Claim, Rows, beside, by_chance, row
from yiyang.core.corpus import Corpus
from yiyang.grammar.obligations import STRENGTHS


def _openings(corpus: Corpus) -> Rows:
    counts = promises.wording(corpus)["opening"].value_counts()
    for strength in reversed(STRENGTHS):
        n = int(counts.get(strength, 0))
        yield row(n, len(corpus.tasks), "robust", f"{BESIDE} words", subject=strength)


def _firm(corpus: Corpus) -> Rows:
    for found in wording.by_list(promises.wording(corpus)).itertuples():
        place = found.jurisdiction
        caveats = beside(corpus, place) + " words"
        yield row(found.firm, found.tasks, "robust", caveats, jurisdiction=place, subject="firm")
        about = {"jurisdiction": place, "subject": "firm_dated"}
        yield row(found.firm_dated, found.firm, "robust", caveats, **about)


def _mixed(corpus: Corpus) -> Rows:
    lists = wording.by_list(promises.wording(corpus))
    mixed = lists[(lists["dated"] > 0) & (lists["dated"] < lists["tasks"])]
    own = mixed[["tasks", "firm", "firm_dated"]].sum()
    if own["firm"] and own["firm"] < own["tasks"]:
        p = wording.chance(mixed)
        caveats = f"{BESIDE} words small"
        yield row(own["firm_dated"], own["firm"], by_chance(p), caveats, p=p, q=p)


def _figures(corpus: Corpus) -> Rows:
    targets = corpus.targets
    if targets.empty:
        return
    for subject, n in (
        ("figures", len(targets)),
        ("percent", int((targets["unit"] == "%").sum())),
        ("dated", int(targets["due"].notna().sum())),
        ("rates", promises.rates(targets)),
    ):
        yield row(n, len(targets), "certain", BESIDE, subject=subject)
    n = targets["task_id"].nunique()
    yield row(n, len(corpus.tasks), "certain", BESIDE, subject="tasks")


def _reached(corpus: Corpus) -> Rows:
    if len(corpus.outcomes):
        yield row(len(corpus.outcomes), len(corpus.outcomes), "certain", "own_report")


def _own(corpus: Corpus) -> Rows:
    for found in promises.own(promises.promised_and_reached(corpus)).itertuples():
        about = {"jurisdiction": found.jurisdiction, "subject": found.indicator_id}
        caveats = "own_report" if found.is_same else "own_report other_measure"
        yield row(found.reached, found.promised, "certain", caveats, **about)


CLAIMS = {
    "obligations.opening": Claim("promises.wording", "obligations tasks", _openings),
    "obligations.firm": Claim("wording.by_list", "obligations tasks deadlines", _firm),
    "obligations.mixed": Claim("wording.chance", "obligations tasks deadlines", _mixed),
    "promises.figures": Claim("promises.rates", "targets", _figures),
    "promises.reached": Claim("outcomes", "outcomes", _reached),
    "promises.own": Claim("promises.own", "indicator_links targets outcomes", _own),
}
