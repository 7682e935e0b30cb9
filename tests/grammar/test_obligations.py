"""Obligation strength by the wording, and the links between targets and outcomes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import yiyang
from yiyang.core import schema
from yiyang.grammar import obligations
from yiyang.reading import indicators
from yiyang.safety.errors import InputError

# text -> its grading words with their strength
PHRASES = """
严禁改变用途。 | 严禁 mandate
明确不得分割转让。 | 不得 mandate
应当以有偿方式用地。 | 应当 mandate
医疗机构应购买医责险。 | 应 mandate
各单位要健全服务标准体系。 | 要 mandate | 健全 commit
必须建立制度。 | 必须 mandate | 建立 commit
一律实行备案制。 | 一律 mandate | 实行 commit
转入医院不再收取起付线。 | 不再 mandate
全面落实优待政策。 | 全面落实 commit
建立完善机制。 | 建立 commit | 完善 commit
鼓励和引导养老机构。 | 鼓励 encourage | 引导 encourage
應當建立制度。 | 應當 mandate | 建立 commit
支持社会力量举办。 | 支持 encourage
探索建立长期护理保险制度。 | 探索 explore | 建立 commit
试点高血压患者享受长处方。 | 试点 explore | 享受 commit
养老机构可申请开办。 | 可 permit
养老机构也可引入分支机构。 | 也可 permit
患者可以连续计算起付线。 | 可以 permit
根据需要，以老年人满意度为主要指标。 |
提供必要的查床、转诊。 | 提供 commit
做好应急响应和供应，适应相应要求。 | 做好 commit
市区财政予以资金支持。 |
在服务资源方面积极予以支持。 |
加大金融支持力度。 | 加大 commit
申请养老机构设立许可。 | 设立 commit
总结试点社区卫生服务机构成功经验。 |
逐步形成政府引导、社会参与的格局。 | 逐步 commit | 形成 commit
形成会议纪要和简要说明，列明工作要点、服务要素。 | 形成 commit
摘要和提要一一对应，要么电子版，只要纸质版。 |
发挥规模效应，回应老人，招录应届毕业生。 | 发挥 commit
经第三方认可，做可行性论证，记录可追溯。 |
不可抗力除外，安全可控，形成可复制的做法。 | 形成 commit
不支持、不鼓励大拆大建。 |
推动老年人综合评估机构建设。 | 推动 commit
符合设立许可条件的，由民政部门颁发许可证。 |
开展居家服务的医疗机构应购买责任险。 | 应 mandate
新建护理站，可与卫生站毗邻建设。 | 可 permit | 建设 commit
在确保质量的前提下，提供便捷的服务。 | 提供 commit
编制机构设置规划。 | 编制 commit
对养老机构新建护理站，适当给予补贴。 | 给予 commit
按照提供服务的要求，安装呼叫设备。 | 安装 commit
务必落实到人。 | 务必 mandate | 落实 commit
补贴资金不可挪用。 | 不可 mandate
""".strip().splitlines()


@pytest.mark.parametrize("row", PHRASES)
def test_the_words_of_a_phrase(row: str) -> None:
    text, *expected = [part.strip() for part in row.split("|")]
    graded = obligations.grade([{"task_id": "x-01", "text": text}])
    assert [f"{row['printed']} {row['strength']}" for row in graded] == [e for e in expected if e]


TESTS = Path(__file__).parent.parent
LEAST = 0.95


@pytest.mark.parametrize("sample", ["first", "second"])
def test_verbs_agree_with_a_reading_of_the_printed_texts(
    corpus: yiyang.Corpus, sample: str
) -> None:
    """`obligations_read.csv`: words drawn by lot among all places where a word of the list stands
    as text, 120 read before the rules were made and 60 after; is it a verb that says what is asked
    (yes), or a noun, a condition, a name (no)? Read by a language model, not by a person."""
    read = pd.read_csv(TESTS / "obligations_read.csv")
    read = read[read["sample"] == sample]
    graded = corpus.obligations.groupby("task_id")
    agrees = []
    for row in read.itertuples():
        own = graded.get_group(row.task_id)
        found = ((own["char_start"] <= row.char_start) & (own["char_end"] > row.char_start)).any()
        agrees.append(found == (row.is_verb == "yes"))
    assert len(agrees) == {"first": 120, "second": 60}[sample]
    assert sum(agrees) / len(agrees) >= LEAST


def test_openings_agree_with_a_reading_of_the_printed_texts(corpus: yiyang.Corpus) -> None:
    """`openings_read.csv`: the grade of the verb that governs the opening of each task, read from
    the printed texts by a language model before the rules were made."""
    read = pd.read_csv(TESTS / "openings_read.csv").set_index("task_id")["opening"]
    assert read.value_counts()[["mandate", "permit", "commit"]].tolist() == [8, 12, 103]
    by = obligations.of_tasks(corpus.tasks, corpus.obligations).set_index("task_id")["opening"]
    assert (by.astype(object) == read.reindex(by.index)).mean() >= LEAST


def test_a_word_stands_where_it_says(corpus: yiyang.Corpus) -> None:
    texts = corpus.tasks.set_index("task_id")["text"]
    for row in corpus.obligations.itertuples():
        assert texts[row.task_id][row.char_start : row.char_end] == row.printed


def test_a_task_has_its_opening_firmest_and_softest_word(corpus: yiyang.Corpus) -> None:
    by = obligations.of_tasks(corpus.tasks, corpus.obligations).set_index("task_id")
    assert list(by.index) == corpus.tasks["task_id"].tolist()
    assert by.loc["zhongning-43"].tolist() == ["commit", "mandate", "permit"]
    assert by.loc["chaoyang-23"].tolist() == ["encourage", "commit", "encourage"]
    assert (by["softest"] <= by["opening"]).all()
    assert (by["opening"] <= by["firmest"]).all()


def test_every_word_has_a_strength_and_a_reason() -> None:
    rows = pd.read_csv(obligations.WORDS, dtype=str, keep_default_na=False)
    assert not rows["word"].duplicated().any()
    assert (rows["reason"] != "").all()
    assert set(rows["strength"]) == {*obligations.STRENGTHS, "none"}


def test_a_task_without_a_grading_word_stays_ungraded(corpus: yiyang.Corpus) -> None:
    tasks = pd.DataFrame({"task_id": ["x-01"], "text": ["每年一次健康体检"]})
    by = obligations.of_tasks(tasks, corpus.obligations)
    assert by[["opening", "firmest", "softest"]].isna().all(axis=None)


def test_links_tie_promises_to_results(corpus: yiyang.Corpus) -> None:
    figures = indicators.figures(corpus.indicator_links, corpus.targets, corpus.outcomes)
    assert len(figures) == len(corpus.indicator_links)
    managed = figures[figures["indicator_id"] == "health_management_65"]
    assert dict(zip(managed["document_id"], managed["value"], strict=True)) == {
        "jiyuan": 70,
        "zhongning": 72,
        "chaoyang-case": 73.68,
    }
    units = figures.merge(corpus.indicators, on="indicator_id", suffixes=("", "_indicator"))
    assert (units["unit"] == units["unit_indicator"]).all()


def test_a_link_whose_figure_is_gone_is_an_error(corpus: yiyang.Corpus) -> None:
    with pytest.raises(InputError, match=r"indicator_links\.csv, line 2: found 0 figures"):
        indicators.link(corpus.documents, corpus.targets.iloc[:0], corpus.outcomes)


def test_links_of_documents_that_are_not_there_are_left_out(corpus: yiyang.Corpus) -> None:
    beijing = corpus.documents[corpus.documents["document_id"] == "beijing"]
    links = indicators.link(beijing, corpus.targets, corpus.outcomes)
    assert links["task_id"].tolist() == ["beijing-02"]


def test_a_broken_row_of_words_names_its_line(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path_factory.mktemp("words") / "words.csv"
    path.write_text("word,strength,is_noun,reason\n要,firm,no,Orders\n", encoding="utf-8")
    monkeypatch.setattr(obligations, "WORDS", path)
    obligations._words.cache_clear()
    with pytest.raises(InputError, match="line 2"):
        obligations._words()
    obligations._words.cache_clear()


def test_the_curated_files_are_read_as_text() -> None:
    links = pd.read_csv(schema.CURATION / indicators.LINKS, dtype=str, keep_default_na=False)
    assert (links[["caveat_zh", "caveat_en", "reason"]] != "").all(axis=None)
