"""Every number that the report states, reckoned again by a few lines on the CSV files."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest

import yiyang
from yiyang.agencies import resolve
from yiyang.compare import chance, claims, concepts, networks, offices, theme_shares
from yiyang.core import schema
from yiyang.core.messages import LANGS, Lang
from yiyang.matches import measures
from yiyang.report import findings
from yiyang.show.paragraphs import agencies as paragraphs

DRAWS = 10_000


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with open(schema.PROCESSED / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(corpus: yiyang.Corpus) -> pd.DataFrame:
    return claims.table(corpus)


HOME = {row["task_id"]: row["jurisdiction"] for row in _rows("tasks")}
SIZES = Counter(HOME.values())
TIMED = {r["task_id"] for r in _rows("deadlines") if r["kind"] == "recurring" or r["due"]}
SINGLE = {r["agency_id"] for r in _rows("agencies")} - {
    r["agency_id"] for r in _rows("agencies") if r["kind"] in ("collective", "territorial")
}


def _named() -> dict[str, set[str]]:
    """task -> the single agencies that it names"""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("assignments"):
        if row["agency_id"] in SINGLE:
            found[row["task_id"]].add(row["agency_id"])
    return found


def _stated() -> dict[str, set[str]]:
    """what is stated -> the tasks of which it is: one unit in the lead, or else one that answers; a
    day; a figure"""
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows("assignments"):
        if row["is_primary"] == "True":
            units[row["task_id"]]["lead" if row["role"] == "lead" else "other"] += 1
    one = {t for t, n in units.items() if (n["lead"] or n["other"]) == 1}
    dated = {r["task_id"] for r in _rows("deadlines") if r["due"] and r["kind"] != "recurring"}
    figure = {r["task_id"] for r in _rows("targets")}
    kinds = {"one_carrier": one, "dated": dated, "figure": figure}
    return kinds | {"all_three": one & dated & figure}


def _naming(agency: str) -> Counter[str]:
    return Counter(HOME[task] for task, ids in _named().items() if agency in ids)


def _first_two(place: str) -> float:
    parts: dict[str, float] = Counter()
    roles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows("assignments"):
        if row["agency_id"] and HOME[row["task_id"]] == place:
            roles[row["task_id"]][row["agency_id"]].add(row["role"])
    for units in roles.values():
        weight = {a: 0.5 if found == {"supporting"} else 1.0 for a, found in units.items()}
        for agency, part in weight.items():
            parts[agency] += part / sum(weight.values())
    return sum(sorted(parts.values())[-2:]) / sum(parts.values())


def _met(place: str) -> tuple[int, int, float]:
    tasks = [ids for task, ids in _named().items() if HOME[task] == place]
    health, civil = (sum(a in ids for ids in tasks) for a in ("health", "civil_affairs"))
    both = sum({"health", "civil_affairs"} <= ids for ids in tasks)
    mean = health * civil / len(tasks)
    expected = mean / (health + civil - mean) * (health + civil - both)
    return both, health + civil - both, expected


def _moved(place: str) -> tuple[int, int]:
    ids = {r["task_id"] for r in _rows("assignments") if r["agency_name"].find("社保") > 0}
    ids |= {r["task_id"] for r in _rows("assignments") if "社会保障局" in r["agency_name"]}
    texts = [
        r["text"] for r in _rows("tasks") if r["task_id"] in ids and HOME[r["task_id"]] == place
    ]
    return sum(bool(re.search("医保|医疗保险|护理保险|药品", t)) for t in texts), len(texts)


def _concepts(place: str) -> int:
    with open(concepts.FILE, encoding="utf-8", newline="") as file:
        terms = [row["terms"].split() for row in csv.DictReader(file)]
    text = "\n".join(r["text"] + r["measure"] for r in _rows("tasks") if r["jurisdiction"] == place)
    return sum(any(word in text for word in words) for words in terms)


def _opening() -> Counter[str]:
    """The first word of each task that is more than a means."""
    first: dict[str, dict[str, str]] = {}
    for row in _rows("obligations"):
        means = row["printed"] in ("利用", "依托", "通过")
        if row["task_id"] not in first or (first[row["task_id"]]["means"] and not means):
            first[row["task_id"]] = {"strength": row["strength"], "means": "1" if means else ""}
    return Counter(row["strength"] for row in first.values())


def _themes_everywhere() -> int:
    lists: dict[str, set[str]] = defaultdict(set)
    for row in _rows("task_themes"):
        lists[row["theme_id"]].add(HOME[row["task_id"]])
    return sum(len(found) == len(SIZES) for found in lists.values())


def _expected(row: pd.Series) -> tuple[float, float]:
    """Value and whole of a claim, by other lines than those that made it."""
    place, subject = row["jurisdiction"], row["subject"]
    targets = _rows("targets")
    whole = (float(len(targets)),)
    figures = {
        "figures": (len(targets), *whole),
        "tasks": (len({r["task_id"] for r in targets}), len(HOME)),
        "dated": (sum(bool(r["due"]) for r in targets), *whole),
        "rates": (sum(r["unit"].startswith("元") for r in targets), *whole),
    }
    own = {
        "rehabilitation_hospitals": (2, 2),
        "hospice_pilots": (1, 2),
        "nursing_home_pilots": (2, 1),
    }
    n_concepts = len(concepts.known())
    reckon = {
        "lists.tasks": lambda: (SIZES[place], len(HOME)),
        "lists.stated": lambda: (sum(HOME[t] == place for t in _stated()[subject]), SIZES[place]),
        "deadlines.timed": lambda: (sum(HOME[t] == place for t in TIMED), SIZES[place]),
        "deadlines.passed": lambda: (len(TIMED), len(TIMED)),
        "agencies.named": lambda: (_naming(subject)[place], SIZES[place]),
        "agencies.first_two": lambda: (_first_two(place), 1),
        "agencies.met": lambda: _met(place)[:2],
        "agencies.moved": lambda: _moved(place),
        "agencies.pairs": lambda: (
            sum(set(subject.split()) <= ids and HOME[t] == place for t, ids in _named().items()),
            sum(HOME[t] == place for t in _named()),
        ),
        "themes.everywhere": lambda: (_themes_everywhere(), 16),
        "themes.clear": lambda: (0, 64),
        "concepts.named": lambda: (
            _concepts(place) if isinstance(place, str) else len(_everywhere()),
            n_concepts,
        ),
        "obligations.opening": lambda: (_opening()[subject], len(HOME)),
        "promises.figures": lambda: figures[subject],
        "promises.own": lambda: own[subject],
        "counterparts.spread": lambda: (len(_matched()), len(HOME)),
    }
    return (reckon | _of_chapters(row))[row["claim"]]()


def _of_chapters(row: pd.Series) -> dict[str, Callable[[], tuple[float, float]]]:
    """Values and wholes of the claims of the chapters, by other lines than those that made them."""
    place, subject = row["jurisdiction"], row["subject"]
    tasks, n = _rows("tasks"), len(HOME)
    lists = [r for r in _rows("documents") if r["n_tasks"] not in ("", "0")]
    due = {
        r["task_id"]: r["due"]
        for r in sorted(_rows("deadlines"), key=lambda r: r["due"])
        if r["due"] and r["kind"] in ("by_date", "period")
    }
    read = {
        "repaired": lambda: (sum(r["is_repaired"] == "True" for r in tasks), n),
        "broken": lambda: (sum(r["is_complete"] == "False" for r in tasks), n),
        "undated": lambda: (sum(not r["date_issued"] for r in lists), len(lists)),
    }
    calendar = {
        "dated": lambda: (len(due), n),
        "december": lambda: (sum(day[5:7] == "12" for day in due.values()), len(due)),
    }
    figures = {
        "percent": lambda: (sum(r["unit"] == "%" for r in _rows("targets")), 29),
        "outcomes": lambda: (len(_rows("outcomes")), 20),
    }
    firm = {r["task_id"] for r in _rows("obligations") if r["strength"] == "mandate"}
    wording = {"firm": (len(firm), n), "firm_dated": (len(firm & TIMED), len(firm))}
    return {
        "lists.read": read.get(subject, lambda: (-1, -1)),
        "agencies.unled": lambda: (SIZES[place] - len(_led() & _in(place)), SIZES[place]),
        "agencies.names": lambda: _offices(subject),
        # Of 60 pairs one is beyond chance: tested by permutation below.
        "agencies.beyond_chance": lambda: (1, 60),
        "deadlines.calendar": calendar.get(subject, lambda: (-1, -1)),
        "themes.without_section": lambda: (_themes_without(place, subject), 16),
        "promises.more": figures.get(subject, lambda: (-1, -1)),
        "promises.firm": lambda: wording[subject],
        "counterparts.shared": lambda: _shared(place, subject),
        "counterparts.reused": lambda: _reused(subject),
        "counterparts.reviewed": lambda: _reviewed(subject),
        "counterparts.agreement": lambda: _agreeing(subject),
    }


def _in(place: str) -> set[str]:
    return {task for task, home in HOME.items() if home == place}


def _led() -> set[str]:
    return {r["task_id"] for r in _rows("assignments") if r["role"] == "lead"}


def _offices(subject: str) -> tuple[int, int]:
    lists: dict[str, set[str]] = defaultdict(set)
    for r in _rows("assignments"):
        if r["agency_id"]:
            lists[r["agency_id"]].add(HOME[r["task_id"]])
    single = {a: found for a, found in lists.items() if a in SINGLE}
    if subject == "only_here":
        return sum(len(found) == 1 for found in single.values()), len(single)
    names: dict[str, set[str]] = defaultdict(set)
    for r in _rows("assignments"):
        names[r["agency_id"]].add(resolve(r["agency_name"]).known)
    return sum(len(names[agency]) > 1 for agency in lists), len(lists)


def _themes_without(place: str, section: str) -> int:
    left = {
        r["task_id"]
        for r in _rows("tasks")
        if (r["jurisdiction"], r["section"]) != (place, section)
    }
    lists: dict[str, set[str]] = defaultdict(set)
    for r in _rows("task_themes"):
        if r["task_id"] in left:
            lists[r["theme_id"]].add(HOME[r["task_id"]])
    return sum(len(found) == len(SIZES) for found in lists.values())


def _shared(place: str | float, subject: str) -> tuple[int, int]:
    families = _rows("measures")
    if subject in ("measures", "in_every_list"):
        every = sum(r["n_jurisdictions"] == str(len(SIZES)) for r in families)
        return (len(families) if subject == "measures" else every), len(families)
    possible = {r["task_id"] for r in _rows("task_matches") if r["grade"] == "possible"}
    rest = set(HOME) - _matched()
    if subject == "possible":
        return len(rest & possible), len(HOME)
    own = _in(place) if isinstance(place, str) else set(HOME)
    return len((rest - possible) & own), len(own)


def _runs(one: str, other: str) -> int:
    """Characters of one text that stand in runs of twelve or more of the other."""
    held = {at + n for at in range(len(one) - 11) if one[at : at + 12] in other for n in range(12)}
    return len(held)


def _reused(kind: str) -> tuple[int, int]:
    """Pairs of the same measure by how much of the text that shares more stands in the other."""
    text = {r["task_id"]: re.sub(r"\W", "", r["text"]) for r in _rows("tasks")}
    pairs = {
        frozenset((r["task_id"], r["other_task_id"]))
        for r in _rows("task_matches")
        if r["is_match"] == "True" and r["grade"] == "same"
    }
    kinds: Counter[str] = Counter()
    for one, other in map(tuple, pairs):
        runs = _runs(text[one], text[other]), _runs(text[other], text[one])
        share = max(runs[0] / len(text[one]), runs[1] / len(text[other]))
        kinds["verbatim" if share >= 0.5 else "in_part" if share else "paraphrase"] += 1
    return kinds[kind], len(pairs)


def _reviewed(grade: str) -> tuple[int, int]:
    with open(schema.CURATION / "match_reviews.csv", encoding="utf-8", newline="") as file:
        verdicts = Counter(row["verdict"] for row in csv.DictReader(file))
    return verdicts[{"same": "yes", "possible": "part", "none": "no"}[grade]], verdicts.total()


@cache
def _alone() -> list[tuple[frozenset[str], str]]:
    """Candidates and their grade by the method alone, both directions."""
    found = measures.method(yiyang.load().tasks)
    return [
        (frozenset((r.task_id, r.other_task_id)), r.grade)
        for r in found.itertuples()
        if "zhongning" not in (r.other_jurisdiction, HOME[r.task_id])
    ]


def _agreeing(subject: str) -> tuple[int, int]:
    with open(measures.CODES, encoding="utf-8", newline="") as file:
        coded = {frozenset((r["task_a"], r["task_b"])): r["strength"] for r in csv.DictReader(file)}
    grade, measure = subject.split("_")
    said = [pair for pair, found in _alone() if found == grade]
    if measure == "precision":
        return sum(pair in coded for pair in said), len(said)
    return sum(coded.get(p) == "2" for p in said), 2 * sum(s == "2" for s in coded.values())


def _everywhere() -> list[str]:
    texts: dict[str, str] = defaultdict(str)
    for row in _rows("tasks"):
        texts[row["jurisdiction"]] += f"{row['text']}\n{row['measure']}\n"
    return [
        row.concept
        for row in concepts.known().itertuples()
        if all(any(w in text for w in row.terms.split()) for text in texts.values())
    ]


def _matched() -> set[str]:
    return {r["task_id"] for r in _rows("task_matches") if r["grade"] == "same"}


def test_every_claim_is_reckoned_again(made: pd.DataFrame) -> None:
    assert set(made["claim"]) == set(claims._FINDERS)
    for _, row in made.iterrows():
        value, of = _expected(row)
        assert math.isclose(row["value"], value, abs_tol=1e-9), row
        assert math.isclose(row["of"], of, abs_tol=1e-9), row


def test_every_claim_has_its_grade_its_caveats_and_its_origin(made: pd.DataFrame) -> None:
    assert set(made["grade"]) == set(claims.GRADES)
    assert made[["function", "tables", "caveats"]].notna().all(axis=None)
    tested = made[made["q"].notna()]
    assert (tested["grade"] != "certain").all()
    assert ((tested["q"] < chance.LIKELY) == (tested["grade"] == "robust")).all()


def test_who_meets_is_held_against_the_frequencies(made: pd.DataFrame) -> None:
    met = made[made["claim"] == "agencies.met"].set_index("jurisdiction")
    for place, row in met.iterrows():
        assert row["expected"] == pytest.approx(_met(str(place))[2])
    assert (met["value"] / met["of"]).round(2).tolist() == [0.61, 0.93, 0.92, 0.69]
    assert (met["expected"] / met["of"]).round(2).tolist() == [0.65, 0.87, 0.92, 0.67]


def test_no_robust_claim_is_what_permutations_give(made: pd.DataFrame) -> None:
    """10,000 seeded permutations of which tasks name the second agency of a pair."""
    rng = np.random.default_rng(7)
    robust = made[(made["claim"] == "agencies.pairs") & (made["grade"] == "robust")]
    assert len(robust) == 1
    for _, row in robust.iterrows():
        one, other = row["subject"].split()
        tasks = [ids for t, ids in _named().items() if HOME[t] == row["jurisdiction"]]
        marks = np.array([other in ids for ids in tasks])
        dealt = rng.permuted(np.tile(marks, (DRAWS, 1)), axis=1)
        drawn = dealt[:, [one in ids for ids in tasks]].sum(axis=1)
        far = np.abs(drawn - drawn.mean()) >= abs(row["value"] - drawn.mean())
        # Corrected for all pairs by the strictest rule, and beyond chance all the same.
        assert (far.sum() + 1) / (DRAWS + 1) * 60 < chance.LIKELY


def test_themes_in_every_list_are_what_dealing_the_tasks_gives(corpus: yiyang.Corpus) -> None:
    placed = corpus.task_themes.merge(corpus.tasks[["task_id", "jurisdiction"]], on="task_id")
    found = chance.themes_of_lists(placed)
    assert 6.5 < found.mean < 7.5
    assert (found.low, found.high) == (4, 10)
    assert found.p > 0.5
    apart = theme_shares.contrasts(
        theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    )
    assert apart["q"].min() == pytest.approx(0.22, abs=0.01)
    assert not apart["is_clear"].any()


@pytest.mark.parametrize("lang", LANGS)
def test_the_front_page_states_certain_and_robust_claims_only(
    corpus: yiyang.Corpus, made: pd.DataFrame, lang: Lang
) -> None:
    stated = made[made["claim"].isin(findings.CHAPTERS)]
    assert stated["grade"].isin(findings.ON_FRONT).all()
    sentences = [found.sentence for found in findings.of(corpus, lang)]
    numbers = [set(map(int, re.findall(r"\d+", sentence))) for sentence in sentences]
    assert numbers == [{57, 95, 3}, {137, 152}, {14, 24}, {152, 103, 8, 12}, {152, 17}]


def test_a_suggestive_claim_takes_its_finding_off_the_front(
    corpus: yiyang.Corpus, made: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful = made.assign(
        grade=made["grade"].mask(made["claim"] == "agencies.named", "suggestive")
    )
    monkeypatch.setattr(findings, "stated", lambda _: doubtful)
    findings.of.cache_clear()
    assert len(findings.of(corpus, "en")) == 4
    findings.of.cache_clear()


def test_hospice_care_is_named_in_every_list(corpus: yiyang.Corpus) -> None:
    table = concepts.matrix(corpus.tasks, corpus.task_themes)
    own = table[table["concept"] == "hospice"].set_index("jurisdiction")
    assert own["named"].drop("zhongning").sum() == 13
    assert own["state"].to_dict() == {
        "chaoyang": "mentioned",
        "jiyuan": "mentioned",
        "beijing": "mentioned",
        "zhongning": "dedicated",
    }


def test_a_second_theme_has_evidence(corpus: yiyang.Corpus) -> None:
    second = corpus.task_themes["second_score"].dropna()
    assert (second >= 0.1).all()
    assert 0 < len(second) < len(corpus.tasks)


def test_the_reform_is_told_by_its_kind(corpus: yiyang.Corpus) -> None:
    tables = (corpus.assignments, corpus.tasks, corpus.agency_names)
    assert offices.before_reform(*tables) == {"chaoyang", "jiyuan"}
    kinds = offices.reform(*tables).set_index("agency_id")["reform"]
    assert kinds["natural_resources_planning"] == "merged"
    assert kinds["veterans_affairs"] == "new"
    assert kinds["health"] == "renamed"
    moved = offices.moved(*tables).set_index("jurisdiction")
    assert moved.loc["chaoyang", ["moved", "tasks"]].tolist() == [8, 14]


def test_pairs_are_counted_once_beside_their_frequencies() -> None:
    lists = {"x": [frozenset("ab")] * 3 + [frozenset("a"), frozenset("c")]}
    table = networks.together(lists).set_index(["agency_id", "other_agency_id"])
    assert table.loc[("a", "b"), "tasks"] == 3
    assert table.loc[("a", "b"), "expected"] == pytest.approx(4 * 3 / 5)
    assert table.loc[("a", "c"), "tasks"] == 0
    assert networks.together({"x": []}).empty


EXACT = [((3, 4, 3, 5), 0.4), ((0, 4, 1, 5), 0.2), ((1, 1, 1, 1), 1.0), ((0, 0, 0, 0), 1.0)]


@pytest.mark.parametrize(("counts", "p"), EXACT)
def test_exact_tests_by_hand(counts: tuple[int, int, int, int], p: float) -> None:
    assert chance.exact(*counts).p == pytest.approx(p)


def test_correction_never_lowers_and_keeps_the_order() -> None:
    p = np.array([0.001, 0.04, 0.03, 0.9])
    q = chance.corrected(p)
    assert (q >= p).all()
    assert q.tolist() == pytest.approx([0.004, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.9])
    assert chance.corrected([]).size == 0


@pytest.mark.parametrize("lang", LANGS)
def test_the_weighting_is_told_where_it_matters(corpus: yiyang.Corpus, lang: Lang) -> None:
    said = paragraphs.weighting(corpus, lang)
    assert {"zh": "财政", "en": "Finance"}[lang] in said
    assert {"zh": "济源", "en": "Jiyuan"}[lang] not in said
