"""Reviews: they override the score, survive, and are measured against each other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import yiyang
from yiyang import matches
from yiyang.matches import review_widget, reviews
from yiyang.safety.errors import InputError

HEAD = ",".join(reviews.COLUMNS) + "\n"


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "match_reviews.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def _row(pair: str, verdict: str, reviewer: str = "Li") -> str:
    return f"{pair},{verdict},read both,{reviewer},2026-01-31"


def test_reviewed_pairs_override_the_score(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    plain = matches.find(corpus.tasks, reviews=reviews.none())
    yes = plain[plain["is_match"]].iloc[0]
    ids = corpus.tasks["task_id"]
    far = next(
        t for t in ids[ids.str.startswith("zhongning")]
        if t not in set(plain[plain["task_id"] == "chaoyang-01"]["other_task_id"])
    )  # fmt: skip
    path = _file(
        tmp_path,
        _row(f"{yes.task_id},{yes.other_task_id}", "no"),
        _row(f"{far},chaoyang-01", "part"),
    )
    found = matches.find(corpus.tasks, reviews=reviews.read_reviews(corpus.tasks, path))

    def of(one: str, other: str) -> pd.DataFrame:
        return found[(found["task_id"] == one) & (found["other_task_id"] == other)]

    for one, other in [(yes.task_id, yes.other_task_id), (yes.other_task_id, yes.task_id)]:
        assert not of(one, other)["is_match"].any()
    for one, other in [("chaoyang-01", far), (far, "chaoyang-01")]:
        assert of(one, other)["is_match"].tolist() == [True]
        assert of(one, other)["grade"].tolist() == ["possible"]
        assert of(one, other)["is_reviewed"].tolist() == [True]
    assert len(found) == len(plain)
    unreviewed = found[~found["is_reviewed"]]
    same = unreviewed.merge(plain, on=["task_id", "other_task_id"])
    assert (same["is_match_x"] == same["is_match_y"]).all()


def test_confirmed_pairs_beyond_five_are_all_kept(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    others = corpus.tasks.loc[corpus.tasks["jurisdiction"] == "jiyuan", "task_id"].tolist()[:7]
    path = _file(tmp_path, *(_row(f"chaoyang-01,{other}", "yes") for other in others))
    found = matches.find(corpus.tasks, reviews=reviews.read_reviews(corpus.tasks, path))
    kept = found[(found["task_id"] == "chaoyang-01") & (found["other_jurisdiction"] == "jiyuan")]
    assert set(kept[kept["is_match"]]["other_task_id"]) == set(others)
    assert kept["rank"].tolist() == list(range(1, len(kept) + 1))


@pytest.mark.parametrize(
    ("verdicts", "decided"),
    [
        ([("Li", "yes")], "same"),
        ([("Li", "no")], "none"),
        ([("Li", "yes"), ("Wu", "part")], "possible"),
        ([("Li", "yes"), ("Wu", "no")], None),
        ([("Li", "yes"), ("Li", "no")], "none"),
        ([("Li", "no"), ("Wu", "yes"), ("Li", "part")], "possible"),
        # People come before language models.
        ([("language model", "yes"), ("Li", "no")], "none"),
        ([("language model", "yes"), ("language model 2", "no")], None),
        ([("language model", "part")], "possible"),
    ],
)
def test_readers_must_agree_and_the_last_word_of_each_counts(
    corpus: yiyang.Corpus, tmp_path: Path, verdicts: list[tuple[str, str]], decided: str | None
) -> None:
    path = _file(tmp_path, *(_row("jiyuan-01,chaoyang-13", v, who) for who, v in verdicts))
    read = reviews.read_reviews(corpus.tasks, path)
    assert reviews.decided(read).get(("chaoyang-13", "jiyuan-01")) == decided


def test_a_verdict_after_an_open_last_line_has_a_line_of_its_own(
    corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "match_reviews.csv"
    path.write_text(HEAD + _row("chaoyang-01,jiyuan-01", "yes"), encoding="utf-8")
    row = dict(zip(reviews.COLUMNS, _row("chaoyang-02,jiyuan-01", "no").split(","), strict=True))
    reviews.append(row, path)
    assert reviews.read_reviews(corpus.tasks, path)["verdict"].tolist() == ["yes", "no"]


def test_agreement_of_two_readers(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    pairs = [f"chaoyang-{n:02d},jiyuan-01" for n in range(1, 6)]
    li, wu = ["yes", "yes", "no", "no", "part"], ["yes", "no", "no", "no", "part"]
    rows = [_row(p, v) for p, v in zip(pairs, li, strict=True)]
    rows += [_row(p, v, "Wu") for p, v in zip(pairs, wu, strict=True)]
    found = reviews.agreement(reviews.read_reviews(corpus.tasks, _file(tmp_path, *rows))).iloc[0]
    assert (found["n_pairs"], found["n_same"]) == (5, 4)
    # (0.8 - chance) / (1 - chance); chance = (2*1 + 1*1 + 2*3) / 25
    assert found["kappa"] == pytest.approx((0.8 - 0.36) / (1 - 0.36))


def test_agreement_is_empty_where_it_is_not_defined(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    rows = [_row("chaoyang-01,jiyuan-01", "yes"), _row("chaoyang-01,jiyuan-01", "yes", "Wu")]
    found = reviews.agreement(reviews.read_reviews(corpus.tasks, _file(tmp_path, *rows)))
    assert found["kappa"].isna().all()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (_row("chaoyang-01,jiyuan-99", "yes"), "jiyuan-99"),
        (_row("chaoyang-01,chaoyang-02", "yes"), "two tasks of chaoyang"),
        (_row("chaoyang-01,jiyuan-01", "maybe"), "maybe"),
        ("chaoyang-01,jiyuan-01,yes,,Li,2026-01-31", "reason"),
        ("chaoyang-01,jiyuan-01,yes,why,Li,31.1.2026", "31.1.2026"),
        ("chaoyang-01,jiyuan-01,yes,a,comma,Li,2026-01-31", "more cells"),
    ],
)
def test_a_faulty_review_is_named_with_its_line(
    corpus: yiyang.Corpus, tmp_path: Path, row: str, found: str
) -> None:
    with pytest.raises(InputError, match="line 2") as caught:
        reviews.read_reviews(corpus.tasks, _file(tmp_path, row))
    assert found in str(caught.value)


def test_reviews_of_other_documents_are_left_out(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    path = _file(tmp_path, _row("elsewhere-01,jiyuan-01", "yes"))
    assert reviews.read_reviews(corpus.tasks, path).empty


def test_an_appended_review_is_read_back(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    path = _file(tmp_path)
    given = dict(
        zip(
            reviews.COLUMNS,
            ["jiyuan-01", "chaoyang-13", "part", 'same, "first"\nhalf', "Li", "2026-01-31"],
            strict=True,
        )
    )
    reviews.append(given, path)
    read = reviews.read_reviews(corpus.tasks, path)
    assert read[["task_id", "other_task_id"]].to_numpy().tolist() == [["chaoyang-13", "jiyuan-01"]]
    assert read["reason"].tolist() == ['same, "first" half']
    with pytest.raises(InputError):
        reviews.append({**given, "reviewer": ""}, path)
    assert len(reviews.read_reviews(corpus.tasks, path)) == 1
    reviews.append({**given, "reason": "=1+1"}, path)
    assert ",'=1+1," in path.read_text(encoding="utf-8")
    assert reviews.read_reviews(corpus.tasks, path)["reason"].tolist()[-1] == "=1+1"


def test_the_queue_is_the_same_for_all_and_leaves_out_what_one_has_seen(
    corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    nothing = reviews.none()
    whole = review_widget.queue(corpus.task_matches, nothing, "Li")
    assert whole == review_widget.queue(corpus.task_matches, nothing, "Wu")
    assert len({frozenset(pair) for pair in whole}) == len(whole)
    first = ",".join(whole[0])
    done = reviews.read_reviews(corpus.tasks, _file(tmp_path, _row(first, "no")))
    assert review_widget.queue(corpus.task_matches, done, "Li") == whole[1:]
    assert review_widget.queue(corpus.task_matches, done, "Wu") == whole


def test_neither_order_nor_side_tells_the_score(corpus: yiyang.Corpus) -> None:
    pairs = review_widget.queue(corpus.task_matches, reviews.none(), "Li")[:200]
    turned = sum(one > other for one, other in pairs)
    assert 70 < turned < 130
    scores = corpus.task_matches.set_index(["task_id", "other_task_id"])["score"]
    listed = [scores.get(pair, scores.get(pair[::-1])) for pair in pairs]
    rises = sum(b > a for a, b in pairwise(listed))
    assert 70 < rises < 130


def test_the_review_is_blind_and_stores_a_verdict_with_its_reason(
    corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    path = _file(tmp_path)
    tool = review_widget.tool(corpus, reviewer="Li", reviewed_on="2026-01-31", lang="en", path=path)
    view, reason, buttons, said = tool.children
    one, other = review_widget.queue(corpus.task_matches, reviews.none(), "Li")[0]
    scores = corpus.task_matches.set_index(["task_id", "other_task_id"])["score"]
    assert one in view.value
    assert other in view.value
    assert f"{scores.get((one, other), scores.get((other, one))):.2f}" not in view.value
    buttons.children[1].click()
    assert said.value == "Please give a reason first."
    assert reviews.read_reviews(corpus.tasks, path).empty
    reason.value = "both speak of contracts"
    buttons.children[1].click()
    row = reviews.read_reviews(corpus.tasks, path).iloc[0]
    assert {row["task_id"], row["other_task_id"]} == {one, other}
    assert row[["verdict", "reason", "reviewer", "reviewed_on"]].tolist() == [
        "part",
        "both speak of contracts",
        "Li",
        "2026-01-31",
    ]
    assert one not in view.value or other not in view.value
    assert reason.value == ""


def test_the_texts_of_a_review_are_escaped(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    first = review_widget.queue(corpus.task_matches, reviews.none(), "Li")[0][0]
    tasks = corpus.tasks.copy()
    tasks.loc[tasks["task_id"] == first, "text"] = "<img src=x onerror=alert(1)>"
    hostile = SimpleNamespace(
        tasks=tasks, task_matches=corpus.task_matches, jurisdictions=corpus.jurisdictions
    )
    tool = review_widget.tool(
        hostile, reviewer="Li", reviewed_on="2026-01-31", path=_file(tmp_path)
    )
    assert "<img" not in tool.children[0].value
    assert "&lt;img" in tool.children[0].value


def test_the_shipped_reviews_are_used_and_marked(corpus: yiyang.Corpus) -> None:
    read = reviews.read_reviews(corpus.tasks)
    decided = reviews.decided(read)
    assert len(decided) > 200
    assert read["reviewer"].str.startswith(reviews.MODEL).all()
    found = corpus.task_matches.set_index(["task_id", "other_task_id"])
    assert found["is_reviewed"].sum() >= len(decided)
    for pair, grade in decided.items():
        if grade != "none":  # kept whatever the score
            assert found.loc[pair, "grade"] == grade
            assert found.loc[pair, "is_match"]
        elif pair in found.index:
            assert found.loc[pair, "grade"] == "none"
            assert not found.loc[pair, "is_match"]


def test_what_the_program_grades_was_read(corpus: yiyang.Corpus) -> None:
    graded = corpus.task_matches[corpus.task_matches["grade"] != "none"]
    assert graded["is_reviewed"].all()
