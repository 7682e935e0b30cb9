"""What fuzzing and hostile files brought to light (`fuzz/`, `benchmarks/`): each once, for good."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import builders
import invariants
import pytest

from yiyang import InputError, numerals, quantities

TEXTS = {
    "no word for what is counted behind a figure that ends the text in a bracket": "入住率(30%",
    "shares in brackets behind one another": "入住率30%(40%)(50%)(60%)",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_figures_at_the_edge_of_a_text(text: str) -> None:
    invariants.figures(text)


def test_a_share_of_a_share_is_a_share() -> None:
    text = "新增床位30张(40%)(50%)"
    assert quantities.indicators(text, quantities.find(text))[1:] == ["新增床位占比"] * 2


# Read in ways that doubled with each repeat, or one call deeper with each; now each once.
REPEATS = ["按职责分工", "等部门", "会同", "等有关", "分工", "负责", "（责任单位：", "和", "局和"]


@pytest.mark.parametrize("word", REPEATS)
@pytest.mark.parametrize("frame", ["{}", "县民政局{}", "{}县民政局负责"])
def test_a_list_of_units_that_repeats_itself(word: str, frame: str) -> None:
    for count in (30, 3000):
        invariants.units(frame.format(word * count))


@pytest.mark.parametrize(
    "printed", ["十" * 5000, "一" * 5000, "万" * 5000, "9" * 5000, "一点" * 40]
)
def test_a_number_without_an_end_is_none(printed: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        numerals.read(printed)


def test_rows_without_a_header_are_not_judged_anew_from_each_of_them() -> None:
    invariants.document("1\t做\t局\n".encode() * 2000, "a.txt")


DOCUMENTS = {
    "a merged cell above, and a cell too many beside it": (
        "a.html",
        "<table><tr><th>序号<th>工作内容<th>牵头单位<th>配合单位<th>完成时限</tr>"
        "<tr><td>1<td>做甲。<td>县民政局<td>县财政局<td rowspan=2>2024年8月底前</tr>"
        "<tr><td>2<td>做乙。<td>县卫健局<td>县财政局<td>多余<td>县教育局</tr>"
        "<tr><td>3<td>做丙。<td>县卫健局<td></tr></table>",
    ),
    "two cells of a flattened row under one column": (
        "a.txt",
        "序\t号\n\t工作任务\n\t责任单位\n\t完成时限\n\n\t1\n\t简化手续。\n\t市卫健委、市持续推进\n\n"
        "\t3\n\t完善制度。\n\t市医保局牵头，市财政局配合\n\t2025年6月底前\n",
    ),
}


@pytest.mark.parametrize(("name", "text"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_nothing_is_lost(name: str, text: str) -> None:
    invariants.document(text.encode(), name)


def test_a_part_of_a_word_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    whole = builders.word(tmp_path / "a.docx", ["工作要点"]).read_bytes()
    for part in ("word/document.xml", "word/numbering.xml"):
        content = b'<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        content = (
            content
            if "document" in part
            else content.replace(b"w:x", b"w:numbering").replace(
                b"/>", b'><w:num w:numId="1"/></w:numbering>'
            )
        )
        data = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(data, "w") as new:
            for name in old.namelist():
                new.writestr(name, content if name == part else old.read(name))
        with pytest.raises(InputError, match="Word's format does not fit"):
            invariants.document(data.getvalue(), "a.docx")
