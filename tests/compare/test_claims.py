"""Every number that the report states, reckoned again by a few lines on the CSV files."""

from __future__ import annotations

import csv
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import yiyang
from yiyang.agencies import resolve
from yiyang.compare import chance, claims, concepts, everywhere, networks, offices, theme_shares
from yiyang.core import schema
from yiyang.core.messages import LANGS, Lang
from yiyang.matches import measures, reuse, reviews
from yiyang.report import findings
from yiyang.show.paragraphs import agencies as paragraphs
from yiyang.themes import evaluation

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
DATED = {r["task_id"] for r in _rows("deadlines") if r["due"]}
SINGLE = {r["agency_id"] for r in _rows("agencies")} - {
    r["agency_id"] for r in _rows("agencies") if r["kind"] in ("collective", "territorial")
}


MANY = {r["agency_id"] for r in _rows("agencies")} - SINGLE


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
        if row["is_primary"] == "True":  # one name of many bodies is not one unit
            n = 2 if row["agency_id"] in MANY else 1
            units[row["task_id"]]["lead" if row["role"] == "lead" else "other"] += n
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


MOVED = {
    "human_resources_social_security": ("社保|社会保障局", "医保|医疗保险|护理保险|药品"),
    "development_reform": ("发展改革|发展和改革|发改", "(医疗服务|药品|医药)价格"),
    "civil_affairs": ("民政局", "医疗救助|优抚|退役"),
}
"""An office that lost duties -> its names, and the words of the duties."""


def _moved(place: str, agency: str) -> tuple[int, int]:
    name, duty = MOVED[agency]
    ids = {r["task_id"] for r in _rows("assignments") if re.search(name, r["agency_name"])}
    texts = [
        r["text"] for r in _rows("tasks") if r["task_id"] in ids and HOME[r["task_id"]] == place
    ]
    return sum(bool(re.search(duty, t)) for t in texts), len(texts)


def _concepts(place: str, tasks: Iterable[str] = HOME) -> int:
    with open(concepts.FILE, encoding="utf-8", newline="") as file:
        terms = [row["terms"].split() for row in csv.DictReader(file)]
    own = [r for r in _rows("tasks") if r["jurisdiction"] == place and r["task_id"] in tasks]
    text = "\n".join(r["text"] + r["measure"] for r in own)
    return sum(any(word in text for word in words) for words in terms)


@cache
def _openings() -> dict[str, str]:
    """task -> the strength of its first word that is more than a means"""
    first: dict[str, dict[str, str]] = {}
    for row in _rows("obligations"):
        means = row["printed"] in ("利用", "依托", "通过")
        if row["task_id"] not in first or (first[row["task_id"]]["means"] and not means):
            first[row["task_id"]] = {"strength": row["strength"], "means": "1" if means else ""}
    return {task: row["strength"] for task, row in first.items()}


def _opening() -> Counter[str]:
    return Counter(_openings().values())


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
        "percent": (sum(r["unit"] == "%" for r in targets), *whole),
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
        "lists.read": lambda: _read()[subject],
        "lists.tasks": lambda: (SIZES[place], len(HOME)),
        "lists.text_length": lambda: _lengths(place),
        "deadlines.procedural": lambda: (
            _at(place, _of_tasks("deadlines", lambda r: r["kind"] == "procedural") - TIMED),
            SIZES[place],
        ),
        "deadlines.template": lambda: (
            (_at("zhongning", TIMED), SIZES["zhongning"])
            if subject == "column"
            else (len(TIMED) - _at("zhongning", TIMED), len(HOME) - SIZES["zhongning"])
        ),
        "deadlines.months": lambda: _months(place, subject),
        "deadlines.waits": lambda: _waits(place),
        "agencies.leads": lambda: _leads(place, subject),
        "agencies.names": _several_names,
        "agencies.alone": lambda: (
            sum(found == {place} for found in _offices().values()),
            sum(place in found for found in _offices().values()),
        ),
        "themes.largest": lambda: _theme(place, subject),
        "themes.without": lambda: (
            len(_of_tasks("task_themes", lambda r: not r["theme_id"])),
            len(HOME),
        ),
        "themes.section": lambda: _section(place, subject),
        "obligations.firm": lambda: _firm(place, subject),
        "obligations.mixed": lambda: tuple(
            map(sum, zip(*(_firm(p, "firm_dated") for p in ("jiyuan", "beijing")), strict=True))
        ),
        "promises.reached": lambda: (len(_rows("outcomes")), len(_rows("outcomes"))),
        "counterparts.unique": lambda: (
            _at(place, set(HOME) - _graded("same", "possible")),
            SIZES[place],
        ),
        "counterparts.families": _families,
        "counterparts.asserted": lambda: (len(_asserted()), len(_asserted())),
        "counterparts.outside": lambda: (
            sum("zhongning" in {HOME[task] for task in pair} for pair in _asserted()),
            len(_asserted()),
        ),
        "counterparts.gaps": lambda: _gaps(place, subject),
        "counterparts.reused": lambda: _reused(place, subject),
        "counterparts.reviewed": lambda: (_reviewed()[subject], _reviewed().total()),
        "lists.stated": lambda: (sum(HOME[t] == place for t in _stated()[subject]), SIZES[place]),
        "deadlines.timed": lambda: (sum(HOME[t] == place for t in TIMED), SIZES[place]),
        "deadlines.passed": lambda: (len(TIMED), len(TIMED)),
        "agencies.named": lambda: (_naming(subject)[place], SIZES[place]),
        "agencies.first_two": lambda: (_first_two(place), 1),
        "agencies.met": lambda: _met(place)[:2],
        "agencies.moved": lambda: _moved(place, subject),
        "lists.without_section": lambda: _scoped(place, subject),
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
    return reckon[row["claim"]]()


def _cut() -> set[str]:
    """The tasks of the section that is about another policy."""
    return _of_tasks("tasks", lambda r: r["section"] == "构建老年健康服务体系")


def _scoped(place: object, subject: str) -> tuple[int, int]:
    """What a claim of the front page comes to without these tasks."""
    left = set(HOME) - _cut()
    name, _, about = subject.partition(" ")
    of = _at(place, left) if isinstance(place, str) else len(left)
    named = {task for task, ids in _named().items() if about in ids}
    targets = [r for r in _rows("targets") if r["task_id"] in left]
    figures = {
        "figures": len(targets),
        "percent": sum(r["unit"] == "%" for r in targets),
        "dated": sum(bool(r["due"]) for r in targets),
        "rates": sum(r["unit"].startswith("元") for r in targets),
    }
    if name == "deadlines.timed":
        return _at(place, TIMED & left), of
    if name == "agencies.named":
        return _at(place, named & left), of
    if name == "obligations.opening":
        return sum(_openings()[task] == about for task in left if task in _openings()), of
    if name == "concepts.named":
        own = _concepts(place, left) if isinstance(place, str) else len(_everywhere(left))
        return own, len(concepts.known())
    if about == "tasks":
        return len({r["task_id"] for r in targets}), of
    return figures[about], len(targets)


def _everywhere(tasks: Iterable[str] = HOME) -> list[str]:
    texts: dict[str, str] = defaultdict(str)
    for row in _rows("tasks"):
        if row["task_id"] not in tasks:
            continue
        texts[row["jurisdiction"]] += f"{row['text']}\n{row['measure']}\n"
    return [
        row.concept
        for row in concepts.known().itertuples()
        if all(any(w in text for w in row.terms.split()) for text in texts.values())
    ]


def _matched() -> set[str]:
    return {r["task_id"] for r in _rows("task_matches") if r["grade"] == "same"}


def _of_tasks(table: str, kept: Callable[[dict[str, str]], bool] = bool) -> set[str]:
    return {row["task_id"] for row in _rows(table) if kept(row)}


def _at(place: str, tasks: Iterable[str]) -> int:
    return sum(HOME[task] == place for task in tasks)


def _read() -> dict[str, tuple[int, int]]:
    lists = [r for r in _rows("documents") if int(r["n_tasks"])]
    counts = {
        "tasks": len(HOME),
        "lists": len(lists),
        "repairs": len(_rows("repairs")),
        "left": len(_rows("leftovers")),
    }
    parts = {
        "repaired": (_of_tasks("tasks", lambda r: r["is_repaired"] == "True"), len(HOME)),
        "inferred": (_of_tasks("tasks", lambda r: r["is_label_inferred"] == "True"), len(HOME)),
        "broken": (_of_tasks("tasks", lambda r: r["is_complete"] == "False"), len(HOME)),
        "undated": ([r for r in lists if not r["date_issued"]], len(lists)),
    }
    whole = {subject: (n, n) for subject, n in counts.items()}
    return whole | {subject: (len(found), of) for subject, (found, of) in parts.items()}


def _lengths(place: str) -> tuple[float, float]:
    sizes = [len(r["text"]) for r in _rows("tasks") if r["jurisdiction"] == place]
    return statistics.median(sizes), max(sizes)


def _last_days() -> dict[str, date]:
    """task -> the last day that its list names for it"""
    days: dict[str, date] = {}
    for row in _rows("deadlines"):
        if row["due"] and row["kind"] != "procedural":
            day = date.fromisoformat(row["due"])
            days[row["task_id"]] = max(day, days.get(row["task_id"], day))
    return days


def _waits(place: str) -> tuple[float, int]:
    issued = {r["document_id"]: r["date_issued"] for r in _rows("documents")}
    of = {r["task_id"]: issued[r["document_id"]] for r in _rows("tasks")}
    dated = _of_tasks("deadlines", lambda r: r["due"] != "" and r["kind"] != "recurring")
    waits = [
        (day - date.fromisoformat(of[task])).days
        for task, day in _last_days().items()
        if task in dated and of[task] and HOME[task] == place
    ]
    return statistics.median(waits), len(waits)


def _months(place: object, subject: str) -> tuple[int, int]:
    always = _of_tasks("deadlines", lambda r: r["kind"] == "recurring")
    own = [
        day
        for task, day in _last_days().items()
        if task not in always and (not isinstance(place, str) or HOME[task] == place)
    ]
    if subject == "december":
        return sum(day.month == 12 for day in own), len(own)
    return sum(f"{day:%Y-%m}" == subject for day in own), len(own)


def _leads(place: str, subject: str) -> tuple[int, int]:
    units = _of_tasks("assignments")
    led = _of_tasks("assignments", lambda r: r["role"] == "lead")
    return _at(place, set(HOME) - (units if subject == "no_units" else led)), SIZES[place]


def _offices() -> dict[str, set[str]]:
    """agency -> the places that name it"""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("assignments"):
        if row["agency_id"] in SINGLE:
            found[row["agency_id"]].add(HOME[row["task_id"]])
    return found


def _several_names() -> tuple[int, int]:
    bare: dict[str, set[str]] = defaultdict(set)
    for row in _rows("assignments"):
        if row["agency_id"]:
            bare[row["agency_id"]].add(resolve(row["agency_name"]).known)
    return sum(len(names) > 1 for names in bare.values()), len(bare)


def _firm(place: str, subject: str) -> tuple[int, int]:
    firm = _of_tasks("obligations", lambda r: r["strength"] == "mandate")
    n = _at(place, firm)
    return (n, SIZES[place]) if subject == "firm" else (_at(place, firm & DATED), n)


def _theme(place: str, theme: str) -> tuple[int, int]:
    return _at(place, _of_tasks("task_themes", lambda r: r["theme_id"] == theme)), SIZES[place]


def _section(place: object, subject: str) -> tuple[int, int]:
    cut = _cut()
    if isinstance(place, str):
        return len(cut), SIZES[place]
    places = defaultdict(set)
    for row in _rows("task_themes"):
        if row["task_id"] not in cut:
            places[row["theme_id"]].add(HOME[row["task_id"]])
    return sum(len(found) == 4 for found in places.values()), len(_rows("themes"))


def _graded(*grades: str) -> set[str]:
    return _of_tasks("task_matches", lambda r: r["grade"] in grades)


def _gaps(place: str, subject: str) -> tuple[int, int]:
    """Families of others none of whose tasks is the same as one here."""
    same = {
        r["task_id"]
        for r in _rows("task_matches")
        if r["grade"] == "same" and r["other_jurisdiction"] == place
    }
    near = {
        r["task_id"]
        for r in _rows("task_matches")
        if r["grade"] == "possible" and r["other_jurisdiction"] == place
    }
    with open(measures.CODES, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for one, other in (("task_a", "task_b"), ("task_b", "task_a")):
                if HOME.get(row[one]) == place:
                    near.add(row[other])
    out = _of_tasks("task_themes", lambda r: r["is_in_field"] == "False")
    counts = {"none": 0, "possible": 0}
    for family in _rows("measures"):
        tasks = [task for task in family["task_ids"].split(";") if task not in out]
        places = {HOME[task] for task in tasks}
        if len(places) > 1 and place not in places and not same.intersection(tasks):
            counts["possible" if near.intersection(tasks) else "none"] += 1
    return counts[subject], sum(counts.values())


@cache
def _letters(place: str) -> list[str]:
    return [re.sub(r"[\W_]", "", r["text"]) for r in _rows("tasks") if r["jurisdiction"] == place]


def _reused(place: str, other: str) -> tuple[int, int]:
    """Letters of a list within fifteen that the other list prints in one task too."""
    held = "|".join(_letters(other))
    n = 0
    for text in _letters(place):
        hits = [text[i : i + reuse.LEAST] in held for i in range(len(text) - reuse.LEAST + 1)]
        n += sum(any(hits[max(0, i - reuse.LEAST + 1) : i + 1]) for i in range(len(text)))
    return n, sum(map(len, _letters(place)))


def _reviewed() -> Counter[str]:
    """The last verdict on each pair."""
    with open(reviews.REVIEWS, encoding="utf-8", newline="") as file:
        read = {frozenset((r["task_id"], r["other_task_id"])): r for r in csv.DictReader(file)}
    return Counter(reviews.GRADES[row["verdict"]] for row in read.values())


def _families() -> tuple[int, int]:
    return sum(r["n_jurisdictions"] == "4" for r in _rows("measures")), len(_rows("measures"))


def _asserted() -> set[frozenset[str]]:
    return {
        frozenset((r["task_id"], r["other_task_id"]))
        for r in _rows("task_matches")
        if r["grade"] == "same"
    }


def _kinds() -> Counter[str]:
    texts = {r["task_id"]: re.sub(r"[\W_]", "", r["text"]) for r in _rows("tasks")}
    found: Counter[str] = Counter()
    for row in _rows("task_matches"):
        if row["grade"] == "same" and row["task_id"] < row["other_task_id"]:
            one, other = sorted((texts[row["task_id"]], texts[row["other_task_id"]]), key=len)
            blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
            found["some" if max(b.size for b in blocks) >= reuse.LEAST else "paraphrase"] += 1
    return found


def test_every_claim_is_reckoned_again(made: pd.DataFrame) -> None:
    assert set(made["claim"]) == set(claims.CLAIMS)
    elsewhere = {"counterparts.kinds", "counterparts.agreement", "themes.agreement"}
    for _, row in made[~made["claim"].isin(elsewhere)].iterrows():
        value, of = _expected(row)
        assert math.isclose(row["value"], value, abs_tol=1e-9), row
        assert math.isclose(row["of"], of, abs_tol=1e-9), row


def test_how_the_same_measures_are_worded_is_reckoned_again(made: pd.DataFrame) -> None:
    kinds = made[made["claim"] == "counterparts.kinds"].set_index("subject")["value"]
    by_hand = _kinds()
    assert kinds["paraphrase"] == by_hand["paraphrase"]
    assert kinds[["verbatim", "in_part"]].sum() == by_hand["some"]


def _codes(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_agreement_with_the_codes_is_reckoned_again(
    corpus: yiyang.Corpus, made: pd.DataFrame
) -> None:
    said = made[made["claim"] == "counterparts.agreement"].set_index("subject")["value"]
    coded = {frozenset((r["task_a"], r["task_b"])): r["strength"] for r in _codes(measures.CODES)}
    lists = {HOME[task] for pair in coded for task in pair}
    graded: dict[str, set[frozenset[str]]] = defaultdict(set)
    for row in measures.method(corpus.tasks).itertuples():
        if {HOME[row.task_id], HOME[row.other_task_id]} <= lists:
            graded[row.grade].add(frozenset((row.task_id, row.other_task_id)))
    for grade in ("same", "possible"):
        right = sum(pair in coded for pair in graded[grade])
        assert said[f"{grade}_precision"] == pytest.approx(right / len(graded[grade]))
    both = graded["same"] | graded["possible"]
    assert said["precision"] == pytest.approx(sum(pair in coded for pair in both) / len(both))
    assert said["recall"] == pytest.approx(sum(pair in both for pair in coded) / len(coded))
    strong = {pair for pair, strength in coded.items() if strength == "2"}
    assert said["same_recall"] == pytest.approx(len(strong & graded["same"]) / len(strong))
    of_theme = dict(zip(corpus.task_themes["task_id"], corpus.task_themes["theme_id"], strict=True))
    hits = [of_theme[r["task_id"]] == r["theme_id"] for r in _codes(evaluation.CODES)]
    about = made[made["claim"] == "themes.agreement"].set_index("subject")["value"]
    assert about["coded"] == len(hits)
    assert about["codebook"] == pytest.approx(sum(hits) / len(hits))


SAID_BY = {
    "agencies.loads": "agencies.first_two",
    "agencies.meetings": "agencies.met",
    "agencies.reform": "agencies.moved",
    "agencies.themes": "themes.largest",
    "agencies.weighting": "agencies.first_two",
    "agencies.workloads": "agencies.first_two",
    "counterparts.shared": "counterparts.families",
    "deadlines.calendar": "deadlines.months",
    "deadlines.dated": "deadlines.timed",
    "deadlines.lead_time": "deadlines.waits",
    "deadlines.timeline": "deadlines.months",
    "front.compared": "lists.tasks",
    "front.tiles": "lists.stated",
    "front.without_section": "lists.without_section",
    "front.title": "lists.tasks",
    "front.trust": "counterparts.agreement",
    "government.gaps": "counterparts.gaps",
    "government.times": "deadlines.timed",
    "government.unique": "counterparts.unique",
    "promises.openings": "obligations.opening",
    "promises.rates": "promises.figures",
    "promises.strengths": "obligations.opening",
    "promises.wording": "obligations.mixed",
    "themes.concepts": "concepts.named",
    "themes.shares": "themes.largest",
    "themes.spread": "themes.everywhere",
}
"""The claims of the sentences whose words are not called as their claims are."""
METHODS = {"themes.clusters", "themes.selection", "themes.words", "themes.reviews"}
"""Figures of a method, which the page on methods states; no finding rests on them."""
OWN = {"lists.own", "lists.scope", "lists.uses", "front.chapter", "front.compared"}
"""What is said of a reader's documents, of a level and a year, or where a chapter stands."""
BRIEF = {"government.brief", "government.near", "government.shown", "agencies.workload"}
"""How many rows of a table or a chart are shown."""
CHAPTERS = ("agencies", "counterparts", "deadlines", "front", "government", "lists")
CHAPTERS += ("promises", "themes")


def test_every_sentence_with_a_number_has_its_claim() -> None:
    """A new sentence with a number needs a claim, or a place in one of the sets above."""
    with (schema.CURATION / "messages.csv").open(encoding="utf-8", newline="") as file:
        keys = [r["key"] for r in csv.DictReader(file) if re.search(r"\{\w+(:[^}]*)?\}", r["en"])]
    said = {".".join(key.split(".")[:2]) for key in keys if key.split(".")[0] in CHAPTERS}
    missing = said - set(claims.CLAIMS) - set(SAID_BY) - METHODS - OWN - BRIEF
    assert not missing
    assert set(SAID_BY.values()) <= set(claims.CLAIMS)


def test_every_claim_has_its_grade_its_caveats_and_its_origin(made: pd.DataFrame) -> None:
    assert set(made["grade"]) == set(claims.GRADES)
    assert made[["function", "tables"]].notna().all(axis=None)
    tested = made[made["q"].notna()]
    assert (tested["grade"] != "certain").all()
    robust = tested["grade"] == "robust"
    assert (tested.loc[robust, "q"] < chance.LIKELY).all()
    # One expression more or less in the list of words decides about the concepts of every list.
    doubtful = tested.loc[~robust & (tested["q"] < chance.LIKELY), "claim"]
    assert set(doubtful) == {"concepts.named"}


def test_who_meets_is_held_against_the_frequencies(made: pd.DataFrame) -> None:
    met = made[made["claim"] == "agencies.met"].set_index("jurisdiction")
    for place, row in met.iterrows():
        assert row["expected"] == pytest.approx(_met(str(place))[2])
    assert (met["value"] / met["of"]).round(2).tolist() == [0.61, 0.93, 0.92, 0.69]
    assert (met["expected"] / met["of"]).round(2).tolist() == [0.65, 0.87, 0.92, 0.67]


UNTESTED = {
    "agencies.first_two": "whatever support weighs; no question of chance",
    "agencies.moved": "by the words of the duties",
    "agencies.names": "by the crosswalk of names",
    "lists.without_section": "as the claims that it repeats",
    "obligations.firm": "by the words, held against a reading",
    "obligations.opening": "by the words, held against a reading",
}
"""Robust claims of which chance is no question -> the check that they survive."""


def _shuffled(row: pd.Series) -> np.ndarray:
    """What 10,000 seeded permutations give in place of a claim."""
    rng, place = np.random.default_rng(7), row["jurisdiction"]
    if row["claim"] == "agencies.pairs":  # which tasks of the list name the second
        one, other = row["subject"].split()
        tasks = [ids for t, ids in _named().items() if HOME[t] == place]
        marks = np.array([other in ids for ids in tasks])
        dealt = rng.permuted(np.tile(marks, (DRAWS, 1)), axis=1)
        return dealt[:, [one in ids for ids in tasks]].sum(axis=1)
    assert row["claim"] == "agencies.alone"  # which list each task stands in
    homes = rng.permuted(np.tile([HOME[t] == place for t in HOME], (DRAWS, 1)), axis=1)
    order = {task: n for n, task in enumerate(HOME)}
    naming: dict[str, list[int]] = defaultdict(list)
    for task, ids in _named().items():
        for agency in ids:
            naming[agency].append(order[task])
    return sum(homes[:, tasks].all(axis=1).astype(int) for tasks in naming.values())


def test_no_robust_claim_is_what_permutations_give(made: pd.DataFrame) -> None:
    """Corrected by the strictest rule, for all claims that are held against chance at all; the
    claims of which chance is no question are listed with the check that they survive."""
    robust = made[made["grade"] == "robust"]
    tested = robust[robust["q"].notna()]
    assert set(robust["claim"]) - set(tested["claim"]) == set(UNTESTED)
    assert set(tested["claim"]) == {"agencies.pairs", "agencies.alone"}
    questions = 60 + made.loc[made["claim"] != "agencies.pairs", "q"].notna().sum()
    for _, row in tested.iterrows():
        drawn = _shuffled(row)
        far = np.abs(drawn - drawn.mean()) >= abs(row["value"] - drawn.mean())
        share = (far.sum() + 1) / (DRAWS + 1) * questions
        print(f"{row['claim']} {row['jurisdiction']}: {row['value']:.0f}, by permutation "
              f"{drawn.mean():.2f}, corrected {share:.4f}")  # fmt: skip
        assert share < chance.LIKELY


def test_concepts_in_every_list_are_no_finding(corpus: yiyang.Corpus, made: pd.DataFrame) -> None:
    """Few questions, but four of one kind: of themes and concepts, with a section and without. Of
    concepts one word in the list of expressions decides, so that no draw makes them robust."""
    by = everywhere.by_chance(corpus)
    assert list(by.index) == ["themes", "concepts", "themes without", "concepts without"]
    assert by["p"].min() * 4 == pytest.approx(by["q"].min(), rel=1e-6)
    own = made[(made["claim"] == "concepts.named") & made["jurisdiction"].isna()].iloc[0]
    assert own["grade"] == "suggestive"
    rng = np.random.default_rng(5)
    with open(concepts.FILE, encoding="utf-8", newline="") as file:
        terms = [row["terms"].split() for row in csv.DictReader(file)]
    texts = [r["text"] + r["measure"] for r in _rows("tasks")]
    held = np.array([[any(w in text for w in words) for text in texts] for words in terms])
    places = np.array(list(HOME.values()))
    drawn = []
    for _ in range(400):
        dealt = rng.permutation(places)
        drawn.append(np.all([held[:, dealt == p].any(axis=1) for p in SIZES], axis=0).sum())
    assert np.mean(drawn) == pytest.approx(own["expected"], abs=0.4)


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


WITHOUT = [{31, 95, 3}, {113, 126}, {126, 86, 7, 12}, {126, 12}]
"""What the findings come to without the section of another policy."""


@pytest.mark.parametrize("lang", LANGS)
def test_the_front_page_states_certain_and_robust_claims_only(
    corpus: yiyang.Corpus, made: pd.DataFrame, lang: Lang
) -> None:
    stated = made[made["claim"].isin(findings.CHAPTERS)]
    doubtful = stated.loc[~stated["grade"].isin(findings.ON_FRONT), "claim"]
    assert set(doubtful) == {"concepts.named"}
    sentences = [found.sentence for found in findings.of(corpus, lang)]
    numbers = [set(map(int, re.findall(r"\d+", sentence))) for sentence in sentences]
    without = [set(map(int, re.findall(r"\d+", found.note))) for found in findings.of(corpus, lang)]
    assert all({26, *n} <= said for n, said in zip(WITHOUT, without, strict=True))
    assert numbers == [{57, 95, 3}, {137, 152}, {152, 103, 8, 12}, {152, 17}]


def test_a_suggestive_claim_takes_its_finding_off_the_front(
    corpus: yiyang.Corpus, made: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful = made.assign(
        grade=made["grade"].mask(made["claim"] == "agencies.named", "suggestive")
    )
    monkeypatch.setattr(findings, "stated", lambda _: doubtful)
    findings.of.cache_clear()
    assert len(findings.of(corpus, "en")) == 3
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
    assert kinds["ageing_office"] == "joined"
    moved = offices.moved(*tables).set_index(["agency_id", "jurisdiction"])
    insurance = moved.loc[("human_resources_social_security", "chaoyang"), ["moved", "tasks"]]
    assert insurance.tolist() == [8, 14]
    prices = moved.loc[("development_reform", "jiyuan"), ["moved", "tasks"]]
    assert prices.tolist() == [1, 7]


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
