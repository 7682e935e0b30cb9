"""A corpus can be trusted: cut whole, changed only on purpose, and it says what it holds."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import pytest

import yiyang
from yiyang.core import schema

CUTS = {
    "a jurisdiction": {"jurisdictions": "chaoyang"},
    "two, by name and code": {"jurisdictions": ["河南省济源市", "640521"]},
    "a province": {"jurisdictions": "64"},
    "a theme": {"themes": "hospice"},
    "a theme by name": {"themes": "Facilities and beds"},
    "an agency by a name it bore": {"agencies": "区卫生计生委"},
    "tasks": {"tasks": ["jiyuan-01", "zhongning-02"]},
    "all of them": {"jurisdictions": ["jiyuan", "zhongning"], "agencies": "health"},
}


@pytest.mark.parametrize("choice", CUTS.values(), ids=CUTS)
def test_a_part_is_coherent_in_all_its_tables(corpus: yiyang.Corpus, choice: dict) -> None:
    part = corpus.subset(**choice)
    tables = part.all()
    schema.check(tables)  # every foreign key inside the part
    assert 0 < len(part) < len(corpus)
    assert part.documents["n_tasks"].sum() == len(part)
    assert list(tables) == list(corpus.all())
    whole = corpus.task_themes.set_index("task_id")
    own = part.task_themes.set_index("task_id")
    pd.testing.assert_frame_equal(own, whole.loc[own.index])


def test_a_part_of_a_part_is_the_part_of_both(corpus: yiyang.Corpus) -> None:
    both = corpus.subset(jurisdictions="jiyuan", agencies="health")
    then = corpus.subset(agencies="health").subset(jurisdictions="jiyuan")
    for name, frame in both.all().items():
        if name not in ("documents", "jurisdictions", "leftovers", "signs", "outcomes"):
            pd.testing.assert_frame_equal(frame, then[name])


def test_every_choice_of_all_is_the_whole(corpus: yiyang.Corpus) -> None:
    part = corpus.subset(jurisdictions=corpus.jurisdictions["jurisdiction"])
    for name, frame in corpus.all().items():
        pd.testing.assert_frame_equal(part[name], frame)


def test_load_takes_jurisdictions_or_refuses_them() -> None:
    assert set(yiyang.load(jurisdictions=["北京市"]).tasks["jurisdiction"]) == {"beijing"}
    with pytest.raises(yiyang.InputError, match="no Paris among its jurisdictions"):
        yiyang.load(jurisdictions=["Paris"])


def test_what_is_written_into_a_table_reaches_no_later_result(corpus: yiyang.Corpus) -> None:
    before = {name: frame.copy() for name, frame in corpus.all().items()}
    for name in before:
        frame = corpus[name]
        frame.iloc[:, 0] = "x"
        frame["more"] = 1
    with pytest.raises(ValueError, match="read-only"):
        corpus.tasks["seq"].to_numpy()[0] = 99
    frames = corpus.all()
    frames["tasks"].loc[:, "text"] = "x"
    for name, frame in before.items():
        pd.testing.assert_frame_equal(corpus[name], frame)


def test_frames_changed_after_they_were_handed_in_change_no_corpus(corpus: yiyang.Corpus) -> None:
    frames = corpus.all()
    made = yiyang.Corpus(frames)
    frames["tasks"].loc[:, "text"] = "x"
    assert made.tasks["text"].tolist() == corpus.tasks["text"].tolist()


REFUSED: dict[str, tuple[Callable[[yiyang.Corpus], object], str]] = {
    "another table": (lambda c: setattr(c, "tasks", c.tasks), "with_tasks"),
    "no such table": (lambda c: c["task"], "no table task; expected one of jurisdictions"),
    "no such theme": (lambda c: c.subset(themes="x"), "no x among its themes"),
    "no such agency": (lambda c: c.subset(agencies=["health", "x"]), "no x among its agencies"),
    "no such task": (lambda c: c.task("x-01"), "no x-01 among its tasks"),
    "to cite none": (lambda c: c.cite("x-01"), "no x-01 among its tasks"),
    "to cite otherwise": (lambda c: c.cite("jiyuan-01", "apa"), "text, bibtex, csl"),  # type: ignore[arg-type]
    "to explain none": (lambda c: c.explain("x-01"), "x-01"),
    "a strange column": (lambda c: c.with_tasks(c.tasks.assign(note=1)), r"columns \['note'\]"),
    "which document": (lambda c: c.with_tasks(_tasks(text=["a"])), "document_id"),
    "a strange document": (
        lambda c: c.with_tasks(_tasks(text=["a"], document_id=["x"])),
        "yiyang add",
    ),
    "no text": (
        lambda c: c.with_tasks(_tasks(text=["a", None], document_id=["jiyuan"] * 2)),
        "no value for text in 1 row",
    ),
    "no text at all": (
        lambda c: c.with_tasks(_tasks(document_id=["jiyuan"] * 2)),
        "text in 2 rows",
    ),
    "another place": (
        lambda c: c.with_tasks(c.tasks.assign(jurisdiction="beijing")),
        "another jurisdiction than its document",
    ),
    "a task twice": (lambda c: c.with_tasks(pd.concat([c.tasks, c.tasks])), "table tasks"),
}


def _tasks(**columns: list) -> pd.DataFrame:
    return pd.DataFrame(columns)


@pytest.mark.parametrize(("ask", "said"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_by_name(
    corpus: yiyang.Corpus, ask: Callable[[yiyang.Corpus], object], said: str
) -> None:
    with pytest.raises(yiyang.InputError, match=said):
        ask(corpus)


def test_the_same_tasks_give_the_same_corpus(corpus: yiyang.Corpus) -> None:
    again = corpus.with_tasks(corpus.tasks)
    for name, frame in corpus.all().items():
        pd.testing.assert_frame_equal(again[name], frame)


def test_a_changed_text_is_read_again(corpus: yiyang.Corpus) -> None:
    changed = corpus.tasks
    at = changed.index[changed["task_id"] == "jiyuan-03"][0]
    changed.loc[at, "text"] = "到2031年底，必须建成养老床位120张。"
    made = corpus.with_tasks(changed)
    times, figures = (
        made[name][(made[name]["task_id"] == "jiyuan-03") & (made[name]["due"] == "2031-12-31")]
        for name in ("deadlines", "targets")
    )
    assert (len(times), figures["value"].tolist()) == (1, [120.0])
    assert "mandate" in set(made.task("jiyuan-03").obligations["strength"])
    assert len(made.task("jiyuan-03").assignments) == len(corpus.task("jiyuan-03").assignments)
    others = corpus.deadlines[corpus.deadlines["task_id"] != "jiyuan-03"]
    kept = made.deadlines[made.deadlines["task_id"] != "jiyuan-03"]
    pd.testing.assert_frame_equal(kept.reset_index(drop=True), others.reset_index(drop=True))


def test_a_new_task_takes_nothing_over_from_an_old_one(corpus: yiyang.Corpus) -> None:
    new = _tasks(text=["建立医养结合联席会议制度"], document_id=["jiyuan"])
    made = corpus.with_tasks(pd.concat([corpus.tasks, new], ignore_index=True))
    alone = corpus.with_tasks(new)
    for one in (made, alone):
        assert one.tasks["task_id"].iloc[-1] == "jiyuan-31"
        assert one.task("jiyuan-31").assignments.empty
        assert one.tasks["jurisdiction"].iloc[-1] == "jiyuan"
    assert (len(made), len(alone)) == (153, 1)


def test_a_corpus_says_what_it_holds(corpus: yiyang.Corpus) -> None:
    assert len(corpus) == len(corpus["tasks"]) == 152
    assert bool(corpus.subset(themes="hospice", jurisdictions="beijing", agencies="sports"))
    described = corpus.describe("tasks").set_index("column")
    assert list(described.index) == list(corpus.tasks.columns)
    assert described.loc["section", "n_missing"] == corpus.tasks["section"].isna().sum()
    with pytest.raises(TypeError, match="not iterable"):
        list(corpus)
    assert "chaoyang" in corpus._repr_html_()


def test_one_task_whole(corpus: yiyang.Corpus) -> None:
    task = corpus.task("chaoyang-09")
    assert str(task).startswith("chaoyang-09\n")
    assert "Each responsible for its part: 区民政局" in str(task)
    assert "分别负责" in task._repr_html_()
    assert set(task.counterparts["task_id"]) >= {"jiyuan-08"}


def test_what_a_text_holds_is_no_markup(corpus: yiyang.Corpus) -> None:
    changed = corpus.tasks.assign(text="<script>alert(1)</script>")
    made = corpus.with_tasks(changed)
    shown = made.task("jiyuan-01")._repr_html_()
    shown += made.explain_match("jiyuan-01", "beijing-01")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_task_is_cited_with_its_lines(corpus: yiyang.Corpus) -> None:
    text = corpus.cite("zhongning-24")
    for part in ("(2021-02-26)", "task 24", "zhongning.txt line 38", yiyang.__version__):
        assert part in text
    assert "no date stated" in corpus.cite("jiyuan-01")
    assert "year" not in corpus.cite("jiyuan-01", "bibtex")
    [item] = json.loads(corpus.cite("zhongning-24", "csl"))
    assert item["issued"] == {"date-parts": [[2021, 2, 26]]}
    assert corpus.cite("zhongning-24", "bibtex").startswith("@misc{zhongning-24,\n  author = {{")


def test_one_row_a_task_with_what_the_tables_say(corpus: yiyang.Corpus) -> None:
    info = corpus.document_info().set_index("task_id")
    assert list(info.index) == corpus.tasks["task_id"].tolist()
    asserted = corpus.task_matches.query("is_match")
    assert info["n_counterparts"].sum() == len(asserted)
    assert info["n_unknown_units"].sum() == corpus.assignments["agency_id"].isna().sum()
    dated = corpus.deadlines.dropna(subset="due")
    assert info["due_first"].notna().sum() == dated["task_id"].nunique()
    assert (info["due_first"].dropna() <= info["due_last"].dropna()).all()
    assert info.loc["chaoyang-09", "carriers"] == "civil_affairs health"
