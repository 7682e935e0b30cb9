"""Thirty usual moves with yiyang, in the order in which somebody would learn them.

Read it as a tutorial: each function is a move, its name says which, and what it asserts is what one
sees. `corpus` is `yiyang.load()`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import yiyang
from yiyang import agencies, exports, themes, validation
from yiyang.show.preview import EXAMPLE


def test_01_load_and_look(corpus: yiyang.Corpus) -> None:
    assert repr(corpus).startswith("Corpus of 152 tasks in 4 lists")
    assert len(corpus) == 152


def test_02_a_table_is_a_dataframe(corpus: yiyang.Corpus) -> None:
    tasks = corpus.tasks
    assert tasks.equals(corpus["tasks"])
    assert tasks.groupby("jurisdiction").size()["jiyuan"] == 30


def test_03_what_does_a_column_mean(corpus: yiyang.Corpus) -> None:
    described = corpus.describe("deadlines").set_index("column")
    assert described.loc["due", "type"] == "date"


def test_04_one_task_whole(corpus: yiyang.Corpus) -> None:
    print(corpus.task("chaoyang-09"))
    assert corpus.task("chaoyang-09").theme is not None


def test_05_where_is_it_printed(corpus: yiyang.Corpus) -> None:
    row = corpus.task("zhongning-24").row
    assert (row["document_id"], row["line_start"]) == ("zhongning", 38)


def test_06_cite_it(corpus: yiyang.Corpus) -> None:
    assert "zhongning.txt line 38" in corpus.cite("zhongning-24")
    assert corpus.cite("zhongning-24", "bibtex").startswith("@misc{zhongning-24")


def test_07_some_lists_only() -> None:
    assert len(yiyang.load(jurisdictions=["chaoyang", "jiyuan"])) == 82


def test_08_a_part_by_theme_and_agency(corpus: yiyang.Corpus) -> None:
    part = corpus.subset(themes="Facilities and beds", agencies="民政局")
    assert 0 < len(part) < len(corpus.subset(themes="Facilities and beds"))


def test_09_all_about_each_task_in_one_frame(corpus: yiyang.Corpus) -> None:
    info = corpus.document_info()
    dated = info["due_first"].notna().groupby(info["jurisdiction"]).mean()
    assert dated.idxmax() != dated.idxmin()


def test_10_who_carries_the_work(corpus: yiyang.Corpus) -> None:
    primary = corpus.assignments.query("is_primary").merge(corpus.agencies, on="agency_id")
    assert primary.groupby("name_en")["task_id"].nunique().idxmax() == "Health"


def test_11_which_agency_is_this() -> None:
    assert agencies.resolve("区卫生计生委").agency_id == "health"


def test_12_a_whole_column_of_names() -> None:
    found = agencies.resolve_many(pd.Series(["县医保局", "火星管理局"]))
    assert found["agency_id"].tolist() == ["healthcare_security", None]


def test_13_what_is_it_about_and_why(corpus: yiyang.Corpus) -> None:
    reasons = corpus.explain("chaoyang-09")
    assert reasons["theme_id"].iloc[0] == "facilities"
    assert reasons["seed"].iloc[0]


def test_14_the_same_measure_elsewhere(corpus: yiyang.Corpus) -> None:
    assert "jiyuan-08" in set(corpus.task("chaoyang-09").counterparts["task_id"])


def test_15_what_two_tasks_share(corpus: yiyang.Corpus) -> None:
    compared = corpus.explain_match("chaoyang-09", "jiyuan-08")
    assert "申请开办" in "".join(compared.shared["text"])


def test_16_words_in_context(corpus: yiyang.Corpus) -> None:
    print(found := yiyang.kwic(corpus, "护理型床位", by="jurisdiction"))
    assert len(found) > 0


def test_17_words_that_tell_a_group(corpus: yiyang.Corpus) -> None:
    assert yiyang.keyness(corpus, "theme_id", "hospice")["term"].iloc[0] == "安宁疗护"


def test_18_a_matrix_for_other_models(corpus: yiyang.Corpus) -> None:
    assert exports.to_dfm(corpus, min_tasks=2).shape[0] == 152


def test_19_vectors_for_scikit_learn(corpus: yiyang.Corpus) -> None:
    vectorizer = themes.TaskVectorizer(min_df=2)
    assert vectorizer.fit_transform(corpus.tasks["text"]).shape[0] == 152


def test_20_groups_without_a_codebook(corpus: yiyang.Corpus) -> None:
    labels = themes.Clusterer(k=12).fit_predict(corpus.tasks)
    assert set(labels) <= {-1, *range(12)}


def test_21_themes_of_texts_from_elsewhere(corpus: yiyang.Corpus) -> None:
    classifier = themes.ThemeClassifier().fit(corpus.tasks)
    assert classifier.predict(["开展安宁疗护服务试点"]).tolist() == ["hospice"]


def test_22_a_codebook_of_ones_own(corpus: yiyang.Corpus) -> None:
    book = themes.Codebook.in_force()
    other = themes.Codebook.from_frame(
        book.themes, pd.concat([book.seeds.head(-1), book.seeds.tail(1).assign(weight=5)])
    )
    assert book.diff(other)["change"].tolist() == ["changed"]


def test_23_to_quanteda_stata_and_gephi(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    exports.to_quanteda(corpus, tmp_path / "quanteda")
    exports.to_stata(corpus, tmp_path / "tasks.dta")
    exports.to_gephi(corpus, tmp_path / "agencies.gexf")
    assert len(list(tmp_path.glob("[!.]*"))) == 3


def test_24_a_mistake_in_ones_own_frame_stays_there(corpus: yiyang.Corpus) -> None:
    tasks = corpus.tasks
    tasks["text"] = ""
    assert corpus.tasks["text"].str.len().min() > 0


def test_25_a_correction_on_purpose(corpus: yiyang.Corpus) -> None:
    tasks = corpus.tasks
    tasks.loc[tasks["task_id"] == "jiyuan-03", "text"] = "到2031年底，建成养老床位120张。"
    corrected = corpus.with_tasks(tasks)
    assert corrected.task("jiyuan-03").targets["value"].tolist() == [120]


def test_26_read_one_file() -> None:
    shown = yiyang.read(EXAMPLE)
    assert len(shown.tasks) == 4
    assert shown.confidence > 0.9


def test_27_ones_own_list_beside_the_four(tmp_path: Path) -> None:
    (tmp_path / "county.txt").write_bytes(EXAMPLE.read_bytes())
    assert len(yiyang.load(tmp_path)) == 4


def test_28_a_chart_of_ones_own(corpus: yiyang.Corpus) -> None:
    from yiyang.charts import corpus as charts  # noqa: PLC0415

    ax = Figure().subplots()
    drawn = charts.text_lengths(corpus.tasks, corpus.jurisdictions, ax, "en")
    assert isinstance(drawn, Axes)


def test_29_have_people_check(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    drawn = validation.sample(corpus, 20, by="jurisdiction", seed=1)
    assert len(validation.write_sheets(drawn, tmp_path, coders=["Li", "Wang"])) == 2


def test_30_a_mistake_is_told_what_to_do(corpus: yiyang.Corpus) -> None:
    with pytest.raises(yiyang.InputError, match="What to do: look it up in the table themes"):
        corpus.subset(themes="beds")


SCRIPT = """
import yiyang
from yiyang import agencies, exports, themes, validation

corpus: yiyang.Corpus = yiyang.load(jurisdictions=["jiyuan"])
part = corpus.subset(themes=["facilities"], agencies="health")
text: str = corpus.cite("jiyuan-01", "bibtex")
number: int = len(part)
confidence: float = yiyang.read("county.txt").confidence
labels = themes.Clusterer(k=8).fit(corpus.tasks).labels_
book: yiyang.Codebook = themes.Codebook.in_force()
digest: str = book.digest
agency: str | None = agencies.resolve("市卫健委").agency_id
drawn = validation.sample(corpus, 10, by="jurisdiction", seed=1)
for path in validation.write_sheets(drawn, "sheets", coders=["Li"]):
    print(path.name, exports.to_gephi(corpus, "x.gexf"), yiyang.kwic(corpus, "床位"))
print(text, number, confidence, labels, digest, agency, yiyang.__version__)
"""


def test_a_script_of_a_user_is_typed(tmp_path: Path) -> None:
    """mypy --strict over a user's script, which sees yiyang as an installed, typed package."""
    root = Path(__file__).resolve().parent.parent
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    (tmp_path / "wrong.py").write_text("import yiyang\nyiyang.load().cite('a', 'apa')\n", "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"]
    # one of its own: with other options mypy takes nothing from that of `make lint`, and spoils it
    kept = root / ".mypy_cache" / "strict"
    for name, code in (("script.py", 0), ("wrong.py", 1)):
        done = subprocess.run(
            [*command, "--cache-dir", str(kept), name],
            cwd=tmp_path,
            env={**os.environ, "MYPYPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
