"""Gather the numbers that the report states, each with what it came from and how far it can be
trusted.

The grade is `certain` for a count of what is printed, `robust` for what survives the checks
(another weighting, chance after correction, a reading by hand), and `suggestive` for what chance,
the frequencies alone or a program's errors may have made. The front page states certain and robust
claims only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from yiyang.compare import (
    chance,
    chapter_claims,
    concepts,
    coverage,
    gaps,
    networks,
    offices,
    promises,
    stated,
    theme_shares,
    workloads,
)
from yiyang.core.corpus import Corpus
from yiyang.grammar.obligations import STRENGTHS

GRADES = ("certain", "robust", "suggestive")
COLUMNS = ["claim", "jurisdiction", "subject", "value", "of", "expected", "low", "high", "p", "q"]
COLUMNS += ["grade", "caveats", "function", "tables"]
SMALL = 30
"""A list of fewer tasks than this is said to be short beside its figures."""
BESIDE = chapter_claims.BESIDE

Rows = Iterator[dict[str, Any]]


def table(corpus: Corpus) -> pd.DataFrame:
    """Make the table of claims. One row is a number: `claim` (what is said), `jurisdiction` and
    `subject` (an agency, a strength, an indicator) of which it is said (missing where it is said of
    all), `value`, `of` (the whole it is a part of); `expected` with `low`, `high`: what chance or
    the frequencies alone give; `p` and `q` (corrected for the number of such questions); `grade`,
    `caveats` (keys, separated by spaces), `function` and `tables` it came from.
    """
    rows = [
        {"claim": name, "function": find.__doc__.split()[0], **row}
        for name, find in _FINDERS.items()
        for row in find(corpus)
        if find.__doc__
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _lists(corpus: Corpus) -> Rows:
    """tasks['jurisdiction'].value_counts"""
    for place, n in corpus.tasks["jurisdiction"].value_counts(sort=False).items():
        yield {
            "jurisdiction": place,
            "value": n,
            "of": len(corpus.tasks),
            "grade": "certain",
            "caveats": _beside(corpus, str(place)),
            "tables": "tasks",
        }


def _timed(corpus: Corpus) -> Rows:
    """coverage.timed"""
    for row in coverage.timed(corpus.tasks, corpus.deadlines).itertuples():
        template = " template" if row.in_column else ""
        yield {
            "jurisdiction": row.jurisdiction,
            "value": row.timed,
            "of": row.tasks,
            "grade": "certain",
            "caveats": _beside(corpus, row.jurisdiction) + template,
            "tables": "tasks deadlines",
        }


def _stated(corpus: Corpus) -> Rows:
    """stated.counts"""
    counted = stated.counts(stated.tasks(corpus))
    formed = stated.by_form(corpus, counted)
    for row in counted.itertuples():
        template = " template" if row.jurisdiction in formed else ""
        for kind in stated.COUNTED:
            yield {
                "jurisdiction": row.jurisdiction,
                "subject": kind,
                "value": getattr(row, kind),
                "of": row.tasks,
                "grade": "certain",
                "caveats": _beside(corpus, row.jurisdiction) + template,
                "tables": "tasks assignments deadlines targets",
            }


def _passed(corpus: Corpus) -> Rows:
    """coverage.states"""
    states = coverage.states(corpus.tasks, corpus.deadlines)
    due = states.loc[states["state"].isin(coverage.TIMED), "last_due"].dropna()
    if len(due):
        yield {
            "subject": due.max().date().isoformat(),
            "value": int((due < coverage.AS_OF).sum()),
            "of": len(due),
            "grade": "certain",
            "caveats": "not_done",
            "tables": "deadlines",
        }


def _named(corpus: Corpus) -> Rows:
    """workloads.by_agency"""
    found = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    if found.empty:
        return
    most = found[~found["is_collective"]].groupby("agency_id")["tasks"].sum()
    if most.empty:
        return
    own = found[found["agency_id"] == most.idxmax()].set_index("jurisdiction")["tasks"]
    for place, n in corpus.tasks["jurisdiction"].value_counts(sort=False).items():
        yield {
            "jurisdiction": place,
            "subject": most.idxmax(),
            "value": int(own.get(place, 0)),
            "of": n,
            "grade": "certain",
            "caveats": _beside(corpus, str(place)) + " naming",
            "tables": "assignments tasks",
        }


def _first_two(corpus: Corpus) -> Rows:
    """workloads.two_heaviest"""
    firm = workloads.steady(corpus.assignments, corpus.tasks)
    for row in workloads.two_heaviest(corpus.assignments, corpus.tasks).itertuples():
        yield {
            "jurisdiction": row.jurisdiction,
            "subject": " ".join(row.agency_ids),
            "value": row.share,
            "of": 1,
            "grade": "robust" if row.jurisdiction in firm else "suggestive",
            "caveats": _beside(corpus, row.jurisdiction) + " naming weighting",
            "tables": "assignments tasks",
        }


def _met(corpus: Corpus) -> Rows:
    """networks.meetings"""
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    met = networks.meetings(members)
    met = met[met["tasks"] > 0]
    for row, q in zip(met.itertuples(), chance.corrected(met["p"]), strict=True):
        yield {
            "jurisdiction": row.jurisdiction,
            "subject": " ".join(networks.PAIR),
            "value": row.both,
            "of": row.tasks,
            "expected": row.expected * row.tasks,
            "p": row.p,
            "q": q,
            "grade": _by_chance(q),
            "caveats": _beside(corpus, row.jurisdiction) + " naming",
            "tables": "assignments agencies",
        }


def _pairs(corpus: Corpus) -> Rows:
    """networks.together"""
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    pairs = networks.together(members)
    for row in pairs[pairs["q"] < chance.LIKELY].itertuples():
        yield {
            "jurisdiction": row.jurisdiction,
            "subject": f"{row.agency_id} {row.other_agency_id}",
            "value": row.tasks,
            "of": len(members[row.jurisdiction]),
            "expected": row.expected,
            "low": row.low,
            "high": row.high,
            "p": row.p,
            "q": row.q,
            "grade": _by_chance(row.q),
            "caveats": "naming small",
            "tables": "assignments agencies",
        }


def _moved(corpus: Corpus) -> Rows:
    """offices.moved"""
    found = offices.moved(corpus.assignments, corpus.tasks, corpus.agency_names)
    for row in found.itertuples():
        yield {
            "jurisdiction": row.jurisdiction,
            "subject": row.agency_id,
            "value": row.moved,
            "of": row.tasks,
            "grade": "robust",
            "caveats": "words",
            "tables": "assignments tasks agency_names",
        }


def _themes(corpus: Corpus) -> Rows:
    """chance.themes_of_lists"""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return
    shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    everywhere = int((shares["tasks"] > 0).groupby(shares["theme_id"]).all().sum())
    placed = corpus.task_themes.merge(corpus.tasks[["task_id", "jurisdiction"]], on="task_id")
    by_chance = chance.themes_of_lists(placed)
    yield {
        "value": everywhere,
        "of": len(corpus.themes),
        "expected": by_chance.mean,
        "low": by_chance.low,
        "high": by_chance.high,
        "p": by_chance.p,
        "q": by_chance.p,
        "grade": _by_chance(by_chance.p),
        "caveats": f"{BESIDE} program",
        "tables": "task_themes tasks",
    }


def _clear(corpus: Corpus) -> Rows:
    """theme_shares.contrasts"""
    shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    apart = theme_shares.contrasts(shares)
    if len(apart):
        yield {
            "value": int(apart["is_clear"].sum()),
            "of": len(apart),
            "p": apart["p"].min(),
            "q": apart["q"].min(),
            "grade": _by_chance(apart["q"].min()),
            "caveats": f"{BESIDE} program small",
            "tables": "task_themes tasks",
        }


def _concepts(corpus: Corpus) -> Rows:
    """concepts.matrix"""
    found = concepts.matrix(corpus.tasks, corpus.task_themes)
    n = found["concept"].nunique()
    base = {"of": n, "grade": "certain", "tables": "tasks"}
    if corpus.tasks["jurisdiction"].nunique() > 1:
        yield base | {"value": len(concepts.everywhere(found)), "caveats": f"{BESIDE} words"}
    for place, own in found.groupby("jurisdiction", sort=False):
        caveats = _beside(corpus, str(place)) + " words"
        named = int((own["named"] > 0).sum())
        yield base | {"jurisdiction": place, "value": named, "caveats": caveats}


def _openings(corpus: Corpus) -> Rows:
    """promises.strengths"""
    graded = promises.strengths(promises.wording(corpus))
    counts = graded.groupby("strength", observed=False)["tasks"].sum()
    for strength in reversed(STRENGTHS):
        yield {
            "subject": strength,
            "value": int(counts.get(strength, 0)),
            "of": len(corpus.tasks),
            "grade": "robust",
            "caveats": f"{BESIDE} words",
            "tables": "obligations tasks",
        }


def _figures(corpus: Corpus) -> Rows:
    """promises.rates"""
    if corpus.targets.empty:
        return
    base = {"of": len(corpus.targets), "grade": "certain", "tables": "targets"}
    for subject, n in (
        ("figures", len(corpus.targets)),
        ("tasks", corpus.targets["task_id"].nunique()),
        ("dated", int(corpus.targets["due"].notna().sum())),
        ("rates", promises.rates(corpus.targets)),
    ):
        whole = {"of": len(corpus.tasks)} if subject == "tasks" else {}
        yield base | {"subject": subject, "value": n, "caveats": BESIDE} | whole


def _own(corpus: Corpus) -> Rows:
    """promises.own"""
    for row in promises.own(promises.promised_and_reached(corpus)).itertuples():
        yield {
            "jurisdiction": row.jurisdiction,
            "subject": row.indicator_id,
            "value": row.reached,
            "of": row.promised,
            "grade": "certain",
            "caveats": "own_report" if row.is_same else "own_report other_measure",
            "tables": "indicator_links targets outcomes",
        }


def _counterparts(corpus: Corpus) -> Rows:
    """gaps.spread"""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return
    spread = gaps.spread(corpus.task_matches, corpus.tasks)
    yield {
        "value": int((spread["n_others"] > 0).sum()),
        "of": len(spread),
        "grade": "suggestive",
        "caveats": f"{BESIDE} program in_sample",
        "tables": "task_matches tasks",
    }


def _by_chance(q: float) -> str:
    """The grade of what the frequencies might have made."""
    return "robust" if q < chance.LIKELY else "suggestive"


def _beside(corpus: Corpus, place: str) -> str:
    n = int((corpus.tasks["jurisdiction"] == place).sum())
    return f"{BESIDE} small" if n < SMALL else BESIDE


_FINDERS: dict[str, Callable[[Corpus], Rows]] = {
    "lists.tasks": _lists,
    "lists.stated": _stated,
    "deadlines.timed": _timed,
    "deadlines.passed": _passed,
    "agencies.named": _named,
    "agencies.first_two": _first_two,
    "agencies.met": _met,
    "agencies.pairs": _pairs,
    "agencies.moved": _moved,
    "themes.everywhere": _themes,
    "themes.clear": _clear,
    "concepts.named": _concepts,
    "obligations.opening": _openings,
    "promises.figures": _figures,
    "promises.own": _own,
    "counterparts.spread": _counterparts,
} | chapter_claims.FINDERS
"""The claims by their names: those of the front page among them, then the rest of the chapters."""
