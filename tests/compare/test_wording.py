"""Wording against dates: the exact test within lists, and what is said of its result."""

from __future__ import annotations

import pandas as pd
import pytest

import yiyang
from yiyang.compare import wording
from yiyang.core.messages import LANGS, Lang
from yiyang.show.paragraphs import promises as paragraphs

# tasks, dated, firm, firm and dated of each list -> how often chance does as much
CHANCES = [
    ([(4, 2, 2, 2)], 1 / 3),
    ([(10, 5, 5, 5)], 2 / 252),
    ([(10, 5, 5, 5), (50, 50, 9, 9), (50, 0, 9, 0)], 2 / 252),
    ([(95, 3, 19, 0)], 1.0),
    ([(10, 0, 4, 0)], 1.0),
]


@pytest.mark.parametrize(("rows", "expected"), CHANCES)
def test_chance_is_reckoned_within_lists(rows: list[tuple[int, ...]], expected: float) -> None:
    lists = pd.DataFrame(rows, columns=["tasks", "dated", "firm", "firm_dated"])
    assert wording.chance(lists) == pytest.approx(expected)


@pytest.mark.parametrize("lang", LANGS)
def test_a_list_that_dates_its_firm_tasks_is_told(corpus: yiyang.Corpus, lang: Lang) -> None:
    firm = corpus.obligations.loc[corpus.obligations["strength"] == "mandate", "task_id"]
    frames = {n: corpus.table(n) for n in ("tasks", "obligations", "targets", "jurisdictions")}
    own = corpus.deadlines.drop_duplicates("task_id").iloc[: firm.nunique()]
    deadlines = own.assign(task_id=firm.unique()[: len(own)])
    found = paragraphs.wording(yiyang.Corpus(frames | {"deadlines": deadlines}), lang)
    assert {"zh": "更常写明时限", "en": "more often"}[lang] in found
