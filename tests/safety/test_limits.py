"""Hostile files end with a reason by name, or are read; no link, macro or entity of theirs acts."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest

import yiyang
from yiyang import InputError, extract, parse
from yiyang.extract import doc
from yiyang.reading import catalogues, documents, fields, sources
from yiyang.safety import limits

TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {'abcdefghij'[n]} '{'&' + 'abcdefghij'[n - 1] + ';'}{'&a;' * 9}'>"
    for n in range(1, 10)
) + "]>"  # fmt: skip
SECRET = "<!DOCTYPE l [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>"
TABLE = "序号\t工作任务\t责任单位\n1\t建设养老院5所\t市民政局\n"


def archive(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


def word(body: str, *, before: str = "", types: str = TYPES, **more: bytes) -> bytes:
    main = f'<Override PartName="/word/document.xml" ContentType="{types}"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            f'+xml"/><Default Extension="bin" ContentType="application/x"/>{main}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.bin": content for name, content in more.items()},
        }
    )


def another_main_part(name: str, encoding: str, body: str = "", **more: bytes) -> bytes:
    """A document whose body lies in a part of another name or encoding."""
    with zipfile.ZipFile(io.BytesIO(word(body or paragraph("&j;"), **more))) as file:
        parts = {part: file.read(part).decode("latin-1") for part in file.namelist()}
    old, new = "word/document.xml", f"word/{name}"
    main = parts[old] if body else LAUGHS + parts[old]
    parts = {part: text.replace(old, new) for part, text in parts.items()} | {old: "<a/>"}
    return archive(
        {k: v.encode("latin-1") for k, v in parts.items()} | {new: main.encode(encoding)}
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def far_away(value: str = "x") -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["ZZ900"] = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


REFUSED = {
    "a gigabyte": ("a.txt", lambda: b"\n" * 50_000_001, "limit file_bytes"),
    "a line without end": ("a.txt", lambda: "养".encode() * 200_000, "limit line_characters"),
    "lines without end": ("a.txt", lambda: b"\n" * 300_000, "limit blocks"),
    "tabs without end": ("a.txt", lambda: (b"x\t" * 49_000 + b"\n") * 3, "limit cells"),
    "commas without end": ("a.csv", lambda: b"," * 120_000, "limit cells"),
    "one wide row and many": ("a.csv", lambda: b"," * 4_000 + b"\na" * 4_000, "limit cells"),
    "a cell without end": ("a.csv", lambda: b'a,"' + b"x" * 200_000, "limit line_characters"),
    "deep elements": ("a.html", lambda: b"<div>" * 100_000, "limit depth"),
    "deep tables": ("a.html", lambda: b"<table><tr><td>" * 300, "limit depth"),
    "many elements": ("a.html", lambda: b"<br>" * 600_000, "limit elements"),
    "wide spans": ("a.html", lambda: b"<table>" + b"<tr><td colspan=999>x<td>y" * 200 + b"</table>",
                   "limit cells"),
    "empty paragraphs": ("a.docx", lambda: word("<w:p/>" * 600_000, more=os.urandom(50_000)),
                         "limit elements"),
    "a bomb": ("a.docx", lambda: word(" " * 30_000_000), "limit archive_bytes"),
    "a small bomb": ("a.docx", lambda: word(" " * 3_000_000), "limit archive_ratio"),
    "many parts": ("a.docx", lambda: archive({str(n): b"" for n in range(10_001)}),
                   "limit archive_entries"),
    "laughs in Word": ("a.docx", lambda: word(paragraph("&j;"), before=LAUGHS), "a DOCTYPE"),
    "laughs in Excel": ("a.xlsx", lambda: archive({"xl/workbook.xml": LAUGHS + "<a/>"}),
                        "a DOCTYPE"),
    "laughs in UTF-16": ("a.docx", lambda: archive({"word/document.xml":
                         (LAUGHS + "<a/>").encode("utf-16")}), "a DOCTYPE"),
    "laughs in UTF-32": ("a.docx", lambda: another_main_part("document.xml", "utf-32"),
                         "a.docx: found a DOCTYPE in 'word/document.xml'"),
    "laughs by another name": ("a.docx", lambda: another_main_part("a.bin", "utf-8"),
                               "a DOCTYPE in 'word/a.bin'"),
    "elements by another name": ("a.docx", lambda: another_main_part("a.bin", "utf-8",
                                 "<w:p/>" * 600_000, more=os.urandom(50_000)), "limit elements"),
    "another file": ("a.docx", lambda: word(paragraph("&j;"), before=SECRET), "a DOCTYPE"),
    "a cell far away": ("a.xlsx", far_away, "limit cells"),
    "a formula far away": ("a.xlsx", lambda: far_away("=1+1"), "limit cells"),
    "a password": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
                   "under a password"),
    "no file of an archive": ("a.docx", lambda: b"PK\x03\x04" + os.urandom(500), "damaged archive"),
}  # fmt: skip


@pytest.mark.parametrize(
    "head", ['<!DOCTYPE svg PUBLIC "a" "b"><svg>', "<!DOCTYPE html><HTML><p>x", "<svg>"]
)
def test_a_picture_or_page_inside_a_word_file_is_no_hindrance(head: str) -> None:
    data = word(paragraph("甲"), more=head.encode() + b"<a/>" * 40)
    with limits.use(elements=30):  # more than the text has
        read = extract.blocks(data, "a.docx").blocks
    assert [cell.text for block in read for cell in block.cells] == ["甲"]


@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_file_is_refused_by_name(kind: str) -> None:
    name, make, reason = REFUSED[kind]
    with (
        limits.use(cells=100_000, archive_bytes=20_000_000),
        pytest.raises(InputError, match=reason) as refused,
    ):
        extract.blocks(make(), name)
    assert refused.value.place == name


READ = {
    "NUL": ("a.txt", "一、建\0设".encode(), "一、建␀设"),
    "Big5": ("a.txt", "關於養老服務的通知，推進醫養結合工作。".encode("big5"), "醫養結合"),
    "UTF-16 without a mark": ("a.txt", "推进养老服务的通知。".encode("utf-16-le"), "养老"),
    "a script": ("a.html", "<p>甲<script>alert(1)</script><p onclick=x>乙".encode(), "甲乙"),
    "laughs in a page": ("a.html", f"{LAUGHS}<p>&j;甲</p>".encode(), "甲"),
    "another file in a page": ("a.html", f"{SECRET}<p>&j;甲</p>".encode(), "甲"),
    "half a character": ("a.html", "<p>&#xD800;甲</p>".encode(), "甲"),
    "deeper than 256": ("a.html", b"<div>" * 400 + "甲".encode(), "甲"),
    "macros": ("a.docm", word(paragraph("甲"), vbaProject=b"x"), "甲"),
    "macros by type": ("a.docm", word(paragraph("甲"), types="application/vnd.ms-word.document."
                       "macroEnabled.main+xml", vbaProject=b"x"), "甲"),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_a_strange_file_is_read(kind: str) -> None:
    name, data, words = READ[kind]
    page = extract.blocks(data, name)
    text = "".join(text for block in page.blocks for text in block.texts)
    assert words in text
    assert "haha" not in text
    assert "root:" not in text
    assert [w.found for w in page.warnings] == (["macros"] if "macros" in kind else [])


def test_macros_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.docm").write_bytes(word(paragraph("甲"), vbaProject=b"x"))
    assert "macros" in yiyang.read(tmp_path / "a.docm").warnings[0]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "/a.txt", "a/../../b.txt", "C:\\a.txt", "c:a.txt", "\\\\host\\a.txt", "a\\b.txt",
     "nul", "b/COM1.txt", "a.txt.", "a. /b.txt", "a\x00.txt", "a\u202etxt.exe", "", ".", ".."],
)  # fmt: skip
def test_a_path_of_a_catalogue_stays_in_its_folder(name: str) -> None:
    assert not catalogues.is_plain(name)


@pytest.mark.parametrize(
    "name", ["a.txt", "2024/甲 乙.docx", "附件：任务.xlsx", "a..b", "null.txt"]
)
def test_a_plain_path_may_stand_in_a_catalogue(name: str) -> None:
    assert catalogues.is_plain(name)


def test_a_link_out_of_a_corpus_is_not_followed_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TABLE.replace("养老院", "密码"), encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.txt").write_text(TABLE, encoding="utf-8")
    (own / "b.txt").symlink_to(tmp_path / "secret.txt")
    corpus = yiyang.load(own)
    assert corpus.tasks["text"].tolist() == ["建设养老院5所"]
    reasons = corpus.documents.set_index("document_id")["reasons"]
    assert "a link that leads out of its folder" in reasons["b"]


def test_references_in_a_catalogue_are_refused(tmp_path: Path) -> None:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"] + [
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    ]
    for text, reason in (("\n".join(lines), "a reference"), ("- file_name: [a]", "a list as a v")):
        (tmp_path / "catalogue.yaml").write_text(text)
        with pytest.raises(InputError, match=reason):
            sources.catalogue(tmp_path)


def test_no_file_and_no_task_of_a_reader_is_read_in_his_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text(TABLE.replace("\t", ","), encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("read here")

    for module, name in ((extract, "blocks"), (parse, "read"), (fields, "rows")):
        monkeypatch.setattr(module, name, refuse)
    corpus = yiyang.load(tmp_path)
    assert corpus.assignments["agency_printed"].tolist() == ["市民政局"]
    assert corpus.targets["value"].tolist() == [5]
    assert len(yiyang.read(tmp_path / "a.csv").assignments) == 1
    [document] = corpus.documents.itertuples()
    assert documents.printed(document, tmp_path)[1] == "1\t建设养老院5所\t市民政局"


def test_one_hostile_document_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIYANG_LIMIT_PROCESSOR_SECONDS", "1")
    (tmp_path / "a.txt").write_text(TABLE, encoding="utf-8")
    slow = "".join(f"{n}、建设养老院{n}所。（市民政局）\n" for n in range(1, 60_000))
    (tmp_path / "b.txt").write_text(slow, encoding="utf-8")
    (tmp_path / "c.docx").write_bytes(REFUSED["empty paragraphs"][1]())
    (tmp_path / "d.txt").write_text(TABLE, encoding="utf-8")
    said = yiyang.load(tmp_path).documents.set_index("document_id")
    assert said["n_tasks"].tolist() == [1, 0, 0, 1]
    assert "limit processor_seconds" in said["reasons"]["b"]
    assert "limit elements" in said["reasons"]["c"]


STAND_IN = """#!/bin/sh
echo "$HOME" "$@" > HERE/call
for a; do case "$a" in -env:*) profile=${a#*file://};; esac; done
cp "$profile/user/registrymodifications.xcu" HERE/settings
exit 1
"""


def test_libreoffice_runs_without_macros_net_and_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in notes how it is called; the real one is not needed for the tests."""
    office = tmp_path / "soffice"
    office.write_text(STAND_IN.replace("HERE", str(tmp_path)))
    office.chmod(office.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(doc.shutil, "which", lambda name: str(office))
    with pytest.raises(InputError, match="LibreOffice does not convert"):
        extract.blocks(b"\xd0\xcf\x11\xe0", "a.doc")
    home, *arguments = (tmp_path / "call").read_text().split()
    assert {"--headless", f"-env:UserInstallation=file://{home}/profile"} <= set(arguments)
    assert not Path(home).exists()
    settings = (tmp_path / "settings").read_text()
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent"):
        assert f'"{name}" oor:op="fuse"><value>true<' in settings
    assert '"ooInetProxyType" oor:op="fuse"><value>2<' in settings


def test_libreoffice_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\nexec sleep 60\n")
    office.chmod(0o755)
    monkeypatch.setattr(doc.shutil, "which", lambda name: str(office))
    with limits.use(wall_seconds=1), pytest.raises(InputError, match="limit wall_seconds"):
        extract.blocks(b"\xd0\xcf\x11\xe0", "a.doc")
