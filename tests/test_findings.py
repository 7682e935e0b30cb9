"""What fuzzing and hostile files brought to light (`robustness/`): each once, for good."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import builders
import invariants
import pytest

from yiyang import InputError, extract
from yiyang.grammar import indicator_names, numerals, quantities
from yiyang.safety import opening

TIMES = ["H", "今年H", "\ua96aH", "2021年H年"]


@pytest.mark.parametrize("text", TIMES)
def test_a_half_year_that_breaks_off(text: str) -> None:
    invariants.check_times(text)


TEXTS = {
    "a length that is reached and from which another one starts": "缩短至5个工作日缩短至3个工作日",
    "no word for what is counted behind a figure that ends the text in a bracket": "入住率(30%",
    "shares in brackets behind one another": "入住率30%(40%)(50%)(60%)",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_figures_at_the_edge_of_a_text(text: str) -> None:
    invariants.check_figures(text)


def test_a_share_of_a_share_is_a_share() -> None:
    text = "新增床位30张(40%)(50%)"
    assert indicator_names.indicators(text, quantities.find(text))[1:] == ["新增床位占比"] * 2


# Read in ways that doubled with each repeat, or one call deeper with each; now each once.
REPEATS = ["按职责分工", "等部门", "会同", "等有关", "分工", "负责", "（责任单位：", "和", "局和"]
REPEATS += ["国家税务总局", "9,", "完成时限："]


@pytest.mark.parametrize("word", REPEATS)
@pytest.mark.parametrize("frame", ["{}", "县民政局{}", "{}县民政局负责"])
def test_a_list_of_units_that_repeats_itself(word: str, frame: str) -> None:
    for count in (30, 3000):
        invariants.check_units(frame.format(word * count))


@pytest.mark.parametrize(
    "printed",
    ["十" * 5000, "一" * 5000, "万" * 5000, "9" * 5000, "一点" * 40, "三点十", "一点二点三"],
)
def test_a_number_without_an_end_is_none(printed: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        numerals.read(printed)


def test_rows_without_a_header_are_not_judged_anew_from_each_of_them() -> None:
    invariants.check_document("1\t做\t局\n".encode() * 2000, "a.txt")


DOCUMENTS = {
    "the last row of a table without a header, cut off": (
        "a.txt",
        "某区重点工作安排\n\n1\t开展能力评估，覆盖率达到95%。\t区民政局\t2024年3月底前\n2\t推广“时间银行",
    ),
    "a line of units above items that take it, and nothing else on it": (
        "a.txt",
        "责任单位：市教育局\n三、增加学位\n内容：新建学校5所。\n责任单位：市民政局\n二、改善环境\n内容：绿化3处。",
    ),
    "a sentence about all items above, above them": (
        "a.txt",
        "以上各项工作由县林业局牵头。\n7.公布举报电话。\n上述任务由县委宣传部负责。\n1.配备护林员60名。",
    ),
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
    invariants.check_document(text.encode(), name)


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
            invariants.check_document(data.getvalue(), "a.docx")


PAGES = {
    "text behind the end of the page": "<html><p>工作要点</p></html><p>建设养老机构。</p>",
    "text between the rows of a table": "<p>工作要点<table><tr><td>1<td>甲</tr>"
    "<h1>建设养老机构。</h1><tr><td>2<td>乙</tr></table>",
    "a cell that is in no row": "<p>工作要点<table><tr><td>1<td>甲</tr>"
    "<form><td>建设养老机构。</form><tr><td>2<td>乙</tr></table>",
    "a button without an end": "<p>工作要点<button><p>建设养老机构。<table><tr><td>甲<td>乙</tr>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_a_damaged_page_shows_is_read(page: str) -> None:
    blocks = extract.blocks(page.encode(), "a.html").blocks
    text = "".join(t for block in blocks for t in block.texts)
    assert "工作要点" in text
    assert "建设养老机构。" in text


def test_a_page_that_shows_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="a page that shows no text"):
        extract.blocks("<title>工作要点<p>建设养老机构。".encode(), "a.html")


def test_utf_32_is_not_read_as_utf_16() -> None:
    assert extract.text.decode("养老服务".encode("utf-32"), "a.txt") == ("养老服务", "utf-32")


def test_a_text_that_ends_inside_a_character_is_refused() -> None:
    with pytest.raises(InputError, match="line 2: found the end of the file inside a character"):
        extract.text.decode("养老\n服务".encode()[:-1], "a.txt")


def test_a_pdf_of_which_a_part_does_not_unpack_is_refused() -> None:
    words = b"BT /F 12 Tf 20 150 Td (1. Build 30 homes.) Tj ET " * 40
    packed = bytearray(zlib.compress(words))
    for damage in (0, 1):
        packed[-9] ^= damage
        parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
        parts += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>"]
        head = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        parts += [head + bytes(packed) + b"\nendstream"]
        body = b"".join(b"%d 0 obj%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
        data = b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"
        if damage:
            with pytest.raises(InputError, match="parts of it do not unpack"):
                extract.blocks(data, "a.pdf")
        else:
            assert "Build 30 homes" in extract.blocks(data, "a.pdf").blocks[0].texts[0]


def test_a_link_that_points_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(InputError, match="a link that leads out of its folder"):
        opening.read_bytes(tmp_path, "a.txt")
