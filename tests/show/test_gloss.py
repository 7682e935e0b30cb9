"""The editor's glosses stand beside the tasks for which they were written, and beside no other."""

from types import SimpleNamespace

import pandas as pd

import yiyang
from yiyang.show import gloss


def test_each_task_of_the_four_lists_has_one_title_and_one_gloss():
    corpus = yiyang.load()
    rows = gloss.titles(corpus)
    assert list(rows.index) == list(corpus.tasks["task_id"])
    assert rows["title"].str.len().between(3, 30).all()
    assert rows["gloss"].str.fullmatch(r"[A-Z0-9][\x20-\x7e]{15,159}[.)]+").all()


def test_a_list_of_the_same_name_with_other_tasks_gets_no_gloss():
    corpus = yiyang.load()
    tasks = corpus.tasks.assign(text="另一项任务。" + corpus.tasks["text"])
    assert gloss.titles(SimpleNamespace(tasks=tasks)).empty


def test_the_gloss_stands_first_in_english_only():
    corpus = yiyang.load()
    line = gloss.of(corpus, "en")["chaoyang-01"]
    assert line.startswith("Gloss: Set up one telephone line")
    assert "Set up" not in gloss.of(corpus, "zh")["chaoyang-01"]
    assert isinstance(gloss.of(corpus, "en"), pd.Series)
