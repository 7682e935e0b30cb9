"""Themes: vectors, codebook and clusters, by their invariants and on the real tasks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_mutual_info_score

import yiyang
from yiyang import InputError, themes
from yiyang.core import schema, segmentation
from yiyang.themes import cluster_count, clustering, codebooks, scoring
from yiyang.themes.codebooks import matching
from yiyang.themes.vectors import tokenize

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = ROOT / "data" / "evaluation" / "task_themes.csv"
NO_REVIEWS = pd.DataFrame(columns=["task_id", "theme_id", "reason", "line"])


def of(*texts: str) -> pd.DataFrame:
    """Tasks of a document of our own with these texts."""
    return pd.DataFrame(
        {
            "task_id": [f"ours-{n:02d}" for n in range(1, len(texts) + 1)],
            "document_id": "ours",
            "seq": range(1, len(texts) + 1),
            "text": texts,
        }
    )


@pytest.fixture(scope="module")
def assigned(corpus: yiyang.Corpus) -> pd.DataFrame:
    return themes.assign(corpus.tasks, reviews=NO_REVIEWS)


# --- vectors -------------------------------------------------------------------------------


@pytest.mark.parametrize("ngrams", [1, 2])
def test_vectors_have_unit_rows_and_sorted_terms(corpus: yiyang.Corpus, ngrams: int) -> None:
    vectors = themes.vectorize(corpus.tasks, ngrams=ngrams)
    assert np.allclose((vectors.matrix**2).sum(axis=1), 1)
    assert list(vectors.terms) == sorted(set(vectors.terms))
    assert vectors.matrix.shape == (len(corpus.tasks), len(vectors.terms)) == vectors.counts.shape
    assert (vectors.matrix.indices == vectors.counts.indices).all()


def test_the_weights_are_those_of_scikit_learn(corpus: yiyang.Corpus) -> None:
    vectors = themes.vectorize(corpus.tasks)
    usual = TfidfTransformer(sublinear_tf=True).fit_transform(vectors.counts)
    assert abs(vectors.matrix - usual).max() < 1e-12


def test_a_common_term_weighs_less_than_a_rare_one() -> None:
    vectors = themes.vectorize(of("安宁疗护、家庭病床", "家庭病床、家庭病床", "家庭病床"))
    column = {term: i for i, term in enumerate(vectors.terms)}
    assert vectors.matrix[0, column["安宁疗护"]] > vectors.matrix[0, column["家庭病床"]]
    assert vectors.counts[1, column["家庭病床"]] == 2


def test_pairs_stay_within_a_clause() -> None:
    terms = themes.vectorize(of("家庭医生开展家庭病床，安宁疗护"), ngrams=2).terms
    assert "家庭医生 家庭病床" in terms  # 开展 is a stop word
    assert "家庭病床 安宁疗护" not in terms


def test_stop_words_numbers_and_single_characters_are_no_terms() -> None:
    vectors = themes.vectorize(of("推进2020年床位达到70%，家庭病床"), extra_stop_words=["家庭病床"])
    assert list(vectors.terms) == ["床位"]


def test_rare_terms_can_be_left_out() -> None:
    assert list(themes.vectorize(of("床位、药品", "床位"), min_tasks=2).terms) == ["床位"]


@pytest.mark.parametrize("texts", [(), ("",), ("", "的")])
def test_texts_without_a_term_have_no_theme_and_break_nothing(texts: tuple[str, ...]) -> None:
    tasks = of(*texts)
    assert themes.vectorize(tasks).matrix.shape == (len(texts), 0)
    frame = themes.assign(tasks)
    assert frame["theme_id"].isna().all()
    assert (frame["score"] == 0).all()


# --- codebook ------------------------------------------------------------------------------


def test_every_task_has_a_theme_by_contract(corpus: yiyang.Corpus, assigned: pd.DataFrame) -> None:
    schema.check({"themes": themes.codebook(), "task_themes": assigned})
    assert list(assigned["task_id"]) == list(corpus.tasks["task_id"])
    assert assigned["score"].between(0, 1).all()
    assert (assigned["score"] >= assigned["second_score"].fillna(0)).all()
    assert (assigned["theme_id"] != assigned["second_theme_id"]).all()


def test_the_codebook_agrees_with_the_coders(assigned: pd.DataFrame) -> None:
    """The seeds were read against these two lists too: a floor, no measure of quality."""
    codes = pd.read_csv(CODES, dtype=str)
    found = assigned.set_index("task_id")["theme_id"].reindex(codes["task_id"])
    assert (found.to_numpy() == codes["theme_id"].to_numpy()).mean() >= 0.85


# What an expert would say of sentences that stand in none of the documents.
SENTENCES = [
    ("组织二级医院与敬老院结对，签订合作协议，开通转诊绿色通道。", "cooperation"),
    ("改扩建康复医院两所，新增护理床位三百张。", "facilities"),
    ("家庭医生团队每月上门巡诊一次。", "home_community"),
    ("举办健康讲座，为老人建立健康档案。", "prevention"),
    ("保障常用药品供应，推行长期处方。", "treatment"),
    ("为失能人员提供长期照护服务和康复训练。", "rehab_ltc"),
    ("设立安宁疗护病区，关注终末期患者的疼痛。", "hospice"),
    ("推广针灸、推拿等中医药适宜技术。", "tcm"),
    ("扩大长期护理保险参保范围，完善医保支付。", "insurance"),
    ("压缩审批时限，设立登记实行告知承诺。", "approval"),
    ("吸引民间资本，对企业给予税收减免和信贷支持。", "social_capital"),
    ("在国土空间规划中预留用地，新建小区同步建设。", "land_planning"),
    ("加强护理员培训，落实职称评定和薪酬待遇。", "workforce"),
    ("建设大数据平台，推广远程医疗和智能产品。", "informatization"),
    ("政府购买服务，发放运营补贴，明确收费标准。", "government_funding"),
    ("开展绩效考核，加强监督检查，制定服务标准。", "supervision"),
]


@pytest.mark.parametrize(("text", "theme"), SENTENCES)
def test_plain_sentences_get_the_theme_a_reader_gives(text: str, theme: str) -> None:
    assert themes.assign(of(text))["theme_id"].tolist() == [theme]


# No seed word stands in these; what they share with the tasks of a theme are characters.
UNSEEDED = [
    ("让老人手机看病，网上挂号。", "treatment"),
    ("街坊邻里敲门看望独居老人。", "home_community"),
    ("送老人最后一程，让他们走得安详有尊严。", "hospice"),
    ("医生走进小区看望病人。", "home_community"),
]
# Neither a seed nor a word of the field: likeness would name a theme for each of them.
OTHER_FIELDS = [
    "今天天气很好，去公园散步。",
    "修复破损路面，清淤河道。",
    "种植水稻三千亩，推广节水灌溉。",
    "加强森林防火巡查。",
    "猫在沙发上睡觉。",
]


@pytest.mark.parametrize(("text", "theme"), UNSEEDED)
def test_a_text_without_seed_words_leans_on_its_likeness(
    text: str, theme: str, corpus: yiyang.Corpus
) -> None:
    ours = of(text)
    tasks = pd.concat([corpus.tasks[ours.columns], ours], ignore_index=True)
    row = themes.assign(tasks).iloc[-1]
    assert not themes.explain("ours-01", tasks)["seed"].any()
    assert row["theme_id"] == theme
    assert row["score"] < 0.5


def test_a_task_as_like_one_theme_as_another_has_none() -> None:
    """What stands level is no theme, however the codebook orders the two."""
    near = np.array([[0.25, 0.25], [0.2504, 0.2496], [0.4, 0.1], [0.0, 0.0]])
    assert scoring._is_led(near).tolist() == [False, False, True, False]
    assert scoring._is_led(near[:, :1]).all()


@pytest.mark.parametrize("text", OTHER_FIELDS)
def test_a_text_of_another_field_has_no_theme(text: str, corpus: yiyang.Corpus) -> None:
    ours = of(text)
    tasks = pd.concat([corpus.tasks[ours.columns], ours], ignore_index=True)
    row = themes.assign(tasks).iloc[-1]
    assert pd.isna(row["theme_id"])
    assert row["score"] == 0


def test_a_member_of_an_enumeration_weighs_less_and_the_opening_sentence_more() -> None:
    tokens = tokenize(["药品。药品、培训、用地、床位。", "药品"])
    weights = scoring.token_weights(tokens)
    opening, listed = weights[0], weights[2]
    assert opening == scoring.OPENING == weights[-1]
    assert listed == pytest.approx(1 / np.sqrt(4))


def test_the_explanation_adds_up_to_the_score(
    corpus: yiyang.Corpus, assigned: pd.DataFrame
) -> None:
    for row in assigned.iloc[::19].itertuples():
        reasons = themes.explain(row.task_id, corpus.tasks)
        shares = reasons.groupby("theme_id", sort=False)["share"].sum()
        assert shares.index[0] == row.theme_id
        assert shares.iloc[0] == pytest.approx(row.score, abs=1e-4)
        text = corpus.tasks.set_index("task_id")["text"][row.task_id]
        words = [w for cell in reasons["words"] if cell for w in cell.split("、")]
        assert words
        assert all(word in text for word in words)


def test_an_unknown_task_cannot_be_explained(corpus: yiyang.Corpus) -> None:
    with pytest.raises(InputError, match="no task chaoyang-99"):
        themes.explain("chaoyang-99", corpus.tasks)


def test_one_more_mention_never_lowers_a_theme() -> None:
    few, many = (scoring_of("用地。" + "药品。" * n) for n in (1, 3))
    assert many["treatment"] > few["treatment"]


def scoring_of(text: str) -> pd.Series:
    reasons = themes.explain("ours-01", of(text))
    return reasons.groupby("theme_id")["share"].sum()


@pytest.mark.parametrize(
    ("term", "found"),
    [("护理", ["护理"]), ("护理*", ["护理", "护理员"]), ("*护理*", ["护理", "护理员", "老年护理"])],
)
def test_a_star_stands_for_any_characters_of_the_word(term: str, found: list[str]) -> None:
    assert matching(term, "护理\n护理员\n老年护理\n护士") == found


# --- what an editor may write --------------------------------------------------------------

HEAD = "theme_id,term,weight,reason\n"
ALL = HEAD + "".join(f"{t},药品,1,x\n" for t in themes.codebook()["theme_id"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theme,term\n", r"line 1: found columns \['theme', 'term'\]"),
        (HEAD + "tcm,中医药,3,\n", "line 2: found nothing for reason"),
        (HEAD + "tcm,中医药,3,a,b\n", "line 2: found more cells than columns"),
        (
            HEAD + "tcm,中医，药,3,x\n",
            "line 2: found the term '中医，药', which holds more than letters",
        ),
        (HEAD + "tcm,中医药,much,x\n", "line 2: found weight 'much'"),
        (HEAD + "tcm,中医药,-1,x\n", "line 2: found weight '-1'"),
        (HEAD + "tmc,中医药,1,x\n", "line 2: found the theme tmc; expected one of cooperation"),
        (HEAD + "tcm,**,1,x\n", r"line 2: found the term '\*\*', which every word fits"),
        (HEAD + "tcm,针灸推拿馆,1,x\n", "line 2: found the term 针灸推拿馆, which is cut into"),
        (HEAD + "tcm,中医药,1,x\ntcm,中医药,2,x\n", "line 3: found 中医药 of tcm a second time"),
        (ALL.replace("hospice,药品,1,x\n", ""), "no seed term for the theme hospice"),
    ],
)
def test_a_bad_seed_is_reported_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "theme_seeds.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        themes.seeds(path)


def test_a_spreadsheets_mark_and_blanks_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "theme_seeds.csv"
    path.write_text("\ufeff" + ALL.replace(",药品,", ", 药品 ,"), encoding="utf-8")
    assert set(themes.seeds(path)["term"]) == {"药品"}


def test_another_coding_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "theme_seeds.csv"
    with pytest.raises(InputError, match="no file that can be read"):
        themes.seeds(path)
    path.write_bytes((HEAD + "tcm,中医药,1,x\n").encode("gb18030"))
    with pytest.raises(InputError, match="line 2: found characters that are not UTF-8"):
        themes.seeds(path)


def test_the_words_of_a_reason_change_nothing(
    corpus: yiyang.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = themes.shares(corpus.tasks)
    path = tmp_path / "theme_seeds.csv"
    seeds = pd.read_csv(schema.CURATION / codebooks.SEEDS, dtype=str)
    seeds.assign(reason=[f"reason {n}" for n in range(len(seeds))]).to_csv(path, index=False)
    monkeypatch.setattr(codebooks.seeds, "__defaults__", (path,))
    assert (themes.shares(corpus.tasks) == before).all()


def test_a_codebook_of_two_files_is_enough(tmp_path: Path) -> None:
    for file in (codebooks.THEMES, codebooks.SEEDS):
        shutil.copy(schema.CURATION / file, tmp_path)
    code = (
        "import yiyang; from yiyang.themes import codebooks; "
        "print((codebooks.folder() / codebooks.REVIEWS).exists(), "
        "yiyang.load().task_themes['theme_id'].notna().all())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True,
        env={"PATH": "", "YIYANG_CODEBOOK": str(tmp_path)},
    )  # fmt: skip
    assert ran.stdout.split() == ["False", "True"]


def test_a_codebook_is_read_once_and_again_where_its_file_says_something_else(
    tmp_path: Path,
) -> None:
    for file in (codebooks.THEMES, codebooks.SEEDS):
        shutil.copy(schema.CURATION / file, tmp_path)
    with codebooks.use(tmp_path):
        first = codebooks.seeds()
        first["weight"] = 0.0  # a copy: what one caller does with it is no other's affair
        assert (codebooks.seeds()["weight"] > 0).all()
        lines = (tmp_path / codebooks.SEEDS).read_text("utf-8").splitlines(keepends=True)
        (tmp_path / codebooks.SEEDS).write_text("".join(lines[:-1]), encoding="utf-8")
        assert len(codebooks.seeds()) == len(first) - 1
        (tmp_path / codebooks.SEEDS).write_text("".join([*lines, lines[1]]), encoding="utf-8")
        for _ in range(2):
            with pytest.raises(InputError, match="each term once a theme"):
                codebooks.seeds()


def test_words_of_another_field_decide_what_has_a_theme(
    corpus: yiyang.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, texts = tmp_path / "field_words.csv", pd.concat([corpus.tasks, of(OTHER_FIELDS[0])])
    path.write_text("word,reason\n公园,a test\n", encoding="utf-8")
    for words in (codebooks.field_words(path), ()):  # its own, and none at all
        monkeypatch.setattr(codebooks, "field_words", lambda words=words: words)
        assert pd.notna(themes.assign(texts)["theme_id"].iloc[-1])


def test_a_word_of_the_field_named_twice_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "field_words.csv"
    path.write_text("word,reason\n医,a\n医,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 3: found 医 a second time"):
        codebooks.field_words(path)


def test_seeds_for_an_unknown_theme_are_named(corpus: yiyang.Corpus) -> None:
    seeds = themes.seeds().head(3).assign(theme_id=["tcm", "tmc", "tcm"])
    with pytest.raises(InputError, match="the theme tmc"):
        themes.assign(corpus.tasks.head(5), seeds=seeds)


def test_seeds_of_an_editor_decide(tmp_path: Path) -> None:
    path = tmp_path / "theme_seeds.csv"
    path.write_text(ALL + "hospice,义诊,9,our own reading\n", encoding="utf-8")
    frame = themes.assign(of("定期为老年人开展义诊。"), seeds=themes.seeds(path))
    assert frame["theme_id"].tolist() == ["hospice"]


REVIEW = "task_id,theme_id,reason\n"


def test_a_review_stands_and_is_shown_as_one(
    corpus: yiyang.Corpus, assigned: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "theme_reviews.csv"
    path.write_text(REVIEW + "chaoyang-01,supervision,a test\nother-01,tcm,not here\n")
    reviewed = themes.assign(corpus.tasks, reviews=themes.reviews(corpus.tasks, path))
    row, before = (f.set_index("task_id").loc["chaoyang-01"] for f in (reviewed, assigned))
    assert row["theme_id"] == "supervision"
    assert row["is_reviewed"]
    assert row["second_theme_id"] == before["theme_id"]
    assert row["second_score"] == before["score"]
    assert reviewed["is_reviewed"].sum() == 1
    pd.testing.assert_frame_equal(reviewed.iloc[1:], assigned.iloc[1:])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("chaoyang-99,tcm,x\n", "line 2: found the task chaoyang-99"),
        ("chaoyang-01,tmc,x\n", "line 2: found the theme tmc"),
        ("chaoyang-01,tcm,\n", "line 2: found nothing for reason"),
        ("chaoyang-01,tcm,x\nchaoyang-01,hospice,x\n", "line 3: found chaoyang-01 a second time"),
    ],
)
def test_a_bad_review_is_reported_with_its_line(
    rows: str, message: str, corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "theme_reviews.csv"
    path.write_text(REVIEW + rows, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        themes.reviews(corpus.tasks, path)


# --- clusters ------------------------------------------------------------------------------


def test_clusters_are_numbered_by_size(corpus: yiyang.Corpus) -> None:
    found = themes.clusters(corpus.tasks)
    sizes = np.bincount(found.labels)[1:]
    assert list(sizes) == sorted(sizes, reverse=True)
    assert len(sizes) <= clustering.K
    assert sizes.min() >= 2
    assert (found.membership[found.labels > 0] >= clustering.BELONGS).all()
    assert ((found.membership >= 0) & (found.membership <= 1)).all()


def test_clusters_are_nearer_to_the_codes_than_the_usual_recipe(corpus: yiyang.Corpus) -> None:
    codes = pd.read_csv(CODES, dtype=str).set_index("task_id")["theme_id"]
    matrix = themes.vectorize(corpus.tasks).matrix
    usual = KMeans(clustering.K, n_init=10, random_state=0).fit_predict(matrix)
    ours, theirs = (
        adjusted_mutual_info_score(
            codes, pd.Series(labels, index=corpus.tasks["task_id"])[codes.index]
        )
        for labels in (themes.clusters(corpus.tasks).labels, usual)
    )
    assert ours > theirs + 0.1


def test_the_order_of_the_rows_does_not_change_who_is_with_whom(corpus: yiyang.Corpus) -> None:
    there = themes.clusters(corpus.tasks).labels
    back = themes.clusters(corpus.tasks.iloc[::-1]).labels[::-1]
    assert ((there[:, None] == there) == (back[:, None] == back)).all()


def test_method_and_number_are_those_of_the_rule(corpus: yiyang.Corpus) -> None:
    table = themes.selection(corpus.tasks)
    chosen = table[table["is_chosen"]]
    assert chosen[["method", "k"]].to_numpy().tolist() == [["accumulated", clustering.K]]
    assert (table["chance_stability"] < table["stability"]).mean() > 0.9
    assert {tuple(part["k"]) for _, part in table.groupby("method")} == {cluster_count.NUMBERS}


def test_shuffled_texts_have_no_fit_beyond_chance(corpus: yiyang.Corpus) -> None:
    """The reference of the rule, taken for the texts, is no better than itself."""
    words = [w for line in segmentation.cut(corpus.tasks["text"]) for w in line]
    np.random.default_rng(1).shuffle(words)
    ends = np.cumsum([len(line) for line in segmentation.cut(corpus.tasks["text"])])
    texts = ["\x1f".join(part) for part in np.split(np.array(words, dtype=object), ends[:-1])]
    table = themes.selection(corpus.tasks.assign(text=texts), numbers=(20,), draws=4)
    assert (table["fit"] - table["chance_fit"]).abs().max() < 0.03


def test_each_cluster_has_its_stability(corpus: yiyang.Corpus) -> None:
    held = themes.stability(corpus.tasks)
    assert held[["resamples", "numbers"]].stack().between(0, 1).all()
    table = themes.cluster_table(corpus.tasks, themes.clusters(corpus.tasks), held)
    assert table["terms"].str.count("、").eq(7).all()
    assert table["exemplars"].str.split().str.len().between(2, 3).all()


def test_many_tasks_are_clustered_from_a_sample(
    corpus: yiyang.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = themes.clusters(corpus.tasks).labels
    monkeypatch.setattr(clustering, "SAMPLE", 120)
    empty = corpus.tasks.head(3).assign(text=["的", "。", "一"], task_id=["e-1", "e-2", "e-3"])
    part = themes.clusters(pd.concat([corpus.tasks, empty], ignore_index=True))
    assert (part.labels[-3:] == 0).all()
    assert (part.membership[-3:] == 0).all()
    assert (part.membership[part.labels > 0] >= clustering.NEAR).all()
    sizes = np.bincount(part.labels)[1:]
    assert list(sizes) == sorted(sizes, reverse=True)
    assert adjusted_mutual_info_score(whole, part.labels[:-3]) > 0.5


def test_texts_without_a_feature_form_no_cluster(corpus: yiyang.Corpus) -> None:
    empty = corpus.tasks.head(2).assign(text=["的", "。"], task_id=["e-1", "e-2"])
    found = themes.clusters(pd.concat([corpus.tasks, empty], ignore_index=True))
    assert (found.labels[-2:] == 0).all()


@pytest.mark.parametrize("n", [0, 1, 5, 12, 15, 25])
def test_short_lists_have_what_stability_they_can(corpus: yiyang.Corpus, n: int) -> None:
    assert themes.stability(corpus.tasks.head(n)).empty == (n < 13)
    table = themes.selection(corpus.tasks.head(n), draws=2)
    assert table.empty == (n < 13)
    assert (table["k"] < max(n, 1)).all()
    assert themes.explain_all(corpus.tasks.head(0)).empty


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_few_tasks_are_no_trouble(corpus: yiyang.Corpus, n: int) -> None:
    assert len(themes.clusters(corpus.tasks.head(n)).labels) == n


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([s for s, _ in SENTENCES]), max_size=12))
def test_any_choice_of_sentences_gives_tables_by_contract(texts: list[str]) -> None:
    frame = themes.assign(of(*texts))
    schema.check({"task_themes": frame})
    assert frame["theme_id"].notna().all()
