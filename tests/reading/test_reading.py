"""Raw documents to tasks: exact counts, real excerpts, nothing lost, and bad input named."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import yiyang
from yiyang import InputError, extract, parse
from yiyang.core import schema
from yiyang.core.text import squash
from yiyang.reading import repairs, sources

DOCUMENTS = ["chaoyang", "jiyuan", "beijing", "chaoyang-case", "zhongning"]


def test_row_counts_are_pinned(corpus: yiyang.Corpus) -> None:
    """One row is a table and document; a missing partition fails as well as a changed one."""
    counted = []
    task_documents = corpus.tasks.set_index("task_id")["document_id"]
    for name, frame in corpus.all().items():
        if "document_id" in frame:
            keys = frame["document_id"]
        elif "task_id" in frame:
            keys = frame["task_id"].map(task_documents)
        else:
            keys = pd.Series("all", index=frame.index)
        counted += [(name, str(k), n) for k, n in keys.value_counts().sort_index().items()]
    pinned = pd.read_csv(Path(__file__).parent.parent / "row_counts.csv")
    assert counted == [tuple(row) for row in pinned.itertuples(index=False)]


def _pieces(corpus: yiyang.Corpus, document_id: str) -> tuple[str, list[parse.Piece]]:
    documents = corpus.documents.astype(object).where(corpus.documents.notna(), "")
    document = next(d for d in documents.itertuples() if d.document_id == document_id)
    rows = repairs.by_document(repairs.ledger()).get(document_id, [])
    text = (schema.raw_folder() / str(document.file_name)).read_text(encoding="utf-8")
    text = repairs.repair_lines(text, rows, document_id)
    return text, parse.read(document, list(extract.text.blocks(text)), document_id).pieces


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_every_character_of_a_file_lies_in_one_piece(
    corpus: yiyang.Corpus, document_id: str
) -> None:
    text, pieces = _pieces(corpus, document_id)
    by_line: defaultdict[int, str] = defaultdict(str)
    for piece in pieces:
        if not piece.is_shared:
            by_line[piece.line] += squash(piece.text)
    for number, line in enumerate(text.split("\n"), 1):
        assert by_line[number] == squash(line), f"line {number}"


def _line(document_id: str, number: int) -> str:
    text = (schema.raw_folder() / f"{document_id}.txt").read_text(encoding="utf-8")
    return text.split("\n")[number - 1]


def test_what_the_ledger_expects_is_printed_there(corpus: yiyang.Corpus) -> None:
    for row in corpus.repairs.itertuples():
        assert row.before in _line(row.document_id, row.line), row.task_id
        assert row.reason


def test_printed_text_stands_on_the_lines_that_a_task_names(corpus: yiyang.Corpus) -> None:
    for task in corpus.tasks.itertuples():
        numbers = range(task.line_start, task.line_end + 1)
        lines = squash("".join(_line(task.document_id, n) for n in numbers))
        text = squash(task.text_printed)
        # A cell may be broken once, by the other cells of its row.
        assert any(text[:n] in lines and text[n:] in lines for n in range(len(text))), task.task_id
        if not task.is_repaired:
            assert task.text == task.text_printed


@pytest.mark.parametrize(
    ("task_id", "start", "end"),
    [
        ("chaoyang-01", "设置一条养老服务热线", "设置一条养老服务热线"),
        ("jiyuan-04", "医疗机构利用现有", "自受理设立申请后10个工作日内颁发养老机构设立许可证。"),
        ("jiyuan-17", "对非营利性医养结合机构", "严禁改变用途。"),
        ("beijing-01", "鼓励医疗机构开展养老服务。医疗机构结合", "开展养老服务的积极性。"),
        ("beijing-13", "支持医务人员从事医养结合服务。", "对从事"),
        ("zhongning-08", "医疗卫生机构利用现有资源", "并按规定享受有关优惠政策。"),
        (
            "zhongning-18",
            "借助《健康中宁》",
            "开展健康教育活动，内容包括合理膳食、适度运动、心理健康、伤害预防、疾病预防、合理用药、"
            "康复护理、生命教育、中医养生保健以及新冠肺炎疾病预防等，促进老年人形成健康生活方式，"
            "提高老年人健康素养。",
        ),
        ("zhongning-19", "推动中医治未病理念融入老年人生活", "中医药健康养生养老文化普及。"),
        ("zhongning-21", "依托社区服务中心", "针对性开展健康教育活动。"),
        (
            "zhongning-22",
            "老年大学和老年教育机构要将健康教育纳入课程体系和教学内容。全县30%以上",
            "占老年人口总数的比例达到20%以上。",
        ),
    ],
)
def test_texts_begin_and_end_where_they_should(
    corpus: yiyang.Corpus, task_id: str, start: str, end: str
) -> None:
    text = corpus.tasks.set_index("task_id").loc[task_id, "text"]
    assert text.startswith(start)
    assert text.endswith(end)


def test_only_the_article_that_breaks_off_is_incomplete(corpus: yiyang.Corpus) -> None:
    assert corpus.tasks.loc[~corpus.tasks["is_complete"], "task_id"].tolist() == ["beijing-13"]


def test_labels_of_merged_cells_are_worked_out_not_filled_downward(corpus: yiyang.Corpus) -> None:
    rows = corpus.tasks[corpus.tasks["document_id"] == "zhongning"].set_index("seq")
    assert rows["section"].notna().all()
    assert rows["measure"].notna().all()
    # Filling downward would put row 23 (prevention) under 加强健康教育, the label of row 19.
    assert rows.loc[23, "measure"] == "加强预防保健"
    assert rows.loc[17, "measure"] == "加强健康教育"
    own_row = {1, 19, 43}  # section and measure both printed on the row itself
    assert set(rows.index[~rows["is_label_inferred"]]) == own_row
    assert rows.loc[rows["is_label_inferred"], "label_reason"].notna().all()


def test_leftovers_have_reasons(corpus: yiyang.Corpus) -> None:
    assert corpus.leftovers["reason"].str.len().min() > 3
    titles = corpus.leftovers[corpus.leftovers["reason"] == "title"]
    assert sorted(titles["document_id"]) == sorted(DOCUMENTS)


# --- bad input -------------------------------------------------------------------------------


def _swap(before: str, after: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(before.encode(), after.encode())


def _cut(before: str, more: int = 0) -> Callable[[bytes], bytes]:
    return lambda data: data[: data.index(before.encode()) + more]


CASES: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("zhongning.txt", _cut("借助《", 30), r"data/raw/zhongning\.txt, line 29: found a row of 4 "),
    ("zhongning.txt", _swap("民政局\t卫生健康局\t2021年4", "2021年4"), r"line 8: found a row of 6"),
    ("jiyuan.txt", lambda b: b.decode().encode("gb18030"), r"jiyuan\.txt, line 1: .*GB18030"),
    ("beijing.txt", _swap("\n", "\r\n"), r"beijing\.txt, line 1: .*Windows"),
    ("chaoyang.txt", _swap("一条养老", "两条养老"), r"chaoyang\.txt: .*SHA"),
    ("chaoyang.txt", _cut("区民政局负责"), r"chaoyang\.txt, line 9: found a row of 2 cells"),
    ("chaoyang.txt", _swap("\t7\n", "\t9\n"), r"line 37: found task number 9.*; expected task"),
    ("jiyuan.txt", _swap("祖赁", "租赁"), r"jiyuan\.txt, line 72: found 0 times '祖赁'"),
    ("zhongning.txt", _swap("4、加强健康", "4、加弱健康"), r"加弱健康.*label_extents"),
]  # fmt: skip


@pytest.mark.parametrize(("file_name", "damage", "message"), CASES)
def test_a_damaged_file_is_named_with_its_line(
    corpus: yiyang.Corpus,
    raw: Path,
    file_name: str,
    damage: Callable[[bytes], bytes],
    message: str,
) -> None:
    path, rows = (
        raw / file_name,
        pd.read_csv(raw / "catalogue.csv", dtype=str, keep_default_na=False),
    )
    rows = rows[rows["file_name"] == file_name]  # the others need not be read for it
    rows.to_csv(raw / "catalogue.csv", index=False)
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(InputError, match=message) as caught:
        yiyang.load(raw)
    assert "catalogue" in str(caught.value)

    # The same with the change recorded in the catalogue: only the damage itself is reported.
    changed = {"sha256": hashlib.sha256(damaged).hexdigest(), "n_bytes": str(len(damaged))}
    rows.assign(**changed).to_csv(raw / "catalogue.csv", index=False)
    if "SHA" in message:
        own = corpus.tasks["document_id"] == path.stem
        assert len(yiyang.load(raw).tasks) == own.sum() > 0
        return
    with pytest.raises(InputError, match=message) as caught:
        yiyang.load(raw)
    assert "not the catalogued one" not in str(caught.value)


def test_a_missing_file_or_catalogue_is_named(raw: Path) -> None:
    (raw / "jiyuan.txt").unlink()
    with pytest.raises(InputError, match=r"jiyuan\.txt: found no such file"):
        yiyang.load(raw)


def test_the_own_documents_are_never_read_without_their_catalogue(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "raw_folder", lambda: raw)
    (raw / "catalogue.csv").unlink()
    with pytest.raises(InputError, match=r"catalogue\.csv: found no such file"):
        yiyang.load()


def test_a_file_cut_inside_a_character_is_not_told_to_be_converted(raw: Path) -> None:
    path = raw / "zhongning.txt"
    data = path.read_bytes()
    cut = next(n for n in range(5000, 5010) if data[n] & 0xC0 == 0x80)
    path.write_bytes(data[:cut])
    with pytest.raises(InputError, match=r"line \d+: found the end of the file inside a character"):
        yiyang.load(raw)


def test_text_cut_inside_its_last_cell_is_known_by_its_hash(raw: Path) -> None:
    path = raw / "chaoyang.txt"
    path.write_bytes(path.read_bytes().rstrip()[:-6])
    with pytest.raises(InputError, match=r"chaoyang\.txt: found SHA-256 .* bytes fewer"):
        yiyang.load(raw)


@pytest.mark.parametrize("text", ["c", "aa", ""])
def test_a_repair_that_no_longer_matches_stops_the_build(text: str) -> None:
    row = SimpleNamespace(
        field="row", line=1, before="a", after="b", task_id="x-01", kind="scan_error", reason="r"
    )
    assert repairs.repair_lines("a", [row], "x.txt") == "b"
    with pytest.raises(InputError, match=r"x\.txt, line 1: found \d times 'a' .*repairs\.csv"):
        repairs.repair_lines(text, [row], "x.txt")


# --- layouts ---------------------------------------------------------------------------------

PLAN = SimpleNamespace(
    document_id="x",
    jurisdiction="x",
    title="某县实施方案",
    issuing_agency="",
    document_type="task_list",
    is_complete="True",
)


def test_articles_take_paragraphs_without_a_number_and_trailing_units() -> None:
    text = (
        "某县实施方案\n一、总体\n(一)推进签约。开展合作。\n各方配合。\n"
        "（责任单位：县卫健局、县民政局）\n二、保障\n（二）加强培训。每年培训(含乡镇)医务人员。\n"
        "（责任单位：县卫健局）\n（三）强化监管。\n"
    )
    reading = parse.read(PLAN, list(extract.text.blocks(text)), "x.txt")
    tasks = pd.DataFrame(parse.tasks(PLAN, reading.pieces, reading.layout))
    assert tasks["text"].tolist() == [
        "推进签约。开展合作。各方配合。",
        "加强培训。每年培训(含乡镇)医务人员。",
        "强化监管。",
    ]
    assert tasks["section"].tolist() == ["总体", "保障", "保障"]
    assert tasks["measure"].tolist() == ["推进签约", "加强培训", "强化监管"]
    assert tasks[["line_start", "line_end"]].values.tolist() == [[3, 5], [7, 8], [9, 9]]
    mentions = pd.DataFrame(parse.mentions(PLAN, reading.pieces))
    units = mentions.loc[mentions["field"] == "units", "printed"].tolist()
    assert units == ["（责任单位：县卫健局、县民政局）", "（责任单位：县卫健局）"]


def test_the_rows_of_a_flattened_table_are_lines_that_begin_with_a_tab() -> None:
    text = "标题\n\n\t序号\n\t工作任务\n\t责任单位\n\n\t1\n\t做\n\t甲局负责\n"
    blocks = list(extract.text.blocks(text))
    assert [b.texts for b in blocks] == [
        ("标题",),
        ("序号", "工作任务", "责任单位"),
        ("1", "做", "甲局负责"),
    ]
    assert [c.line for c in blocks[2].cells] == [7, 8, 9]


def test_decoding_names_the_line() -> None:
    with pytest.raises(InputError, match=re.escape("x.txt, line 2: found bytes that are no UTF-8")):
        sources.decode("医\n".encode() + b"\xff", "x.txt")
