"""What Windows does otherwise, imitated on this system: paths, encodings, locks, processes.

No Windows runs these tests. What only it could show (its own locks on open files, its console, the
lengths of its paths) is not tested; SECURITY.md says what is not promised there.
"""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from modules import nodes

import yiyang
from yiyang.core import schema
from yiyang.reading import catalogues
from yiyang.safety import atomic_write, ending, pool, private
from yiyang.safety.errors import InputError

LIST = "（一）建设养老院3家。（责任单位：民政局、财政局）\n（二）培训护理员。（责任单位：卫健委）\n"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No limits on processes, no users, no exchange of folders, no folder that can be synced."""
    monkeypatch.setattr(pool, "resource", None)
    monkeypatch.delattr(os, "getuid")
    monkeypatch.setattr(atomic_write.ctypes, "CDLL", _no_library)
    monkeypatch.setattr(atomic_write, "_to_disk", lambda _: None)
    monkeypatch.setattr(atomic_write, "is_gone", lambda _: False)


def _no_library(_: object) -> None:
    raise TypeError("LoadLibrary() argument 1 must be str, not None")


@pytest.mark.usefixtures("windows")
def test_documents_are_read_in_the_process_itself(tmp_path: Path) -> None:
    (tmp_path / "清单 1.txt").write_bytes(LIST.encode("gb18030"))
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 cut off")
    documents = yiyang.load(tmp_path).documents.set_index("file_name")
    assert documents["n_tasks"].to_dict() == {"b.docx": 0, "清单 1.txt": 2}
    assert documents.loc["b.docx", "status"] == "refused"


@pytest.mark.usefixtures("windows")
def test_a_folder_takes_the_place_of_another_without_an_exchange(tmp_path: Path) -> None:
    place = tmp_path / "tables"
    for words in ("old", "new"):
        with atomic_write.folder(place) as fresh:
            (fresh / "a.txt").write_text(words, encoding="utf-8")
    assert (place / "a.txt").read_text(encoding="utf-8") == "new"
    assert {path.name for path in tmp_path.iterdir()} - {".tables.lock"} == {"tables"}


@pytest.mark.usefixtures("windows")
def test_private_folders_come_and_go() -> None:
    with private.folder() as own:
        assert own.is_dir()
    assert not own.exists()


def test_a_lock_whose_file_cannot_be_read_still_names_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps a locked file to its holder."""
    usual = Path.read_text

    def kept(path: Path, *args: object, **options: object) -> str:
        if path.suffix == ".lock":
            raise PermissionError(13, "Permission denied")
        return usual(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "read_text", kept)
    assert atomic_write._holder(tmp_path / ".tables.lock") == "which one its file does not say"


@pytest.mark.parametrize(
    "name",
    [
        *("CON", "nul.txt", "com1.docx", "LPT9", "aux .txt", "conout$"),
        *("C:a.txt", "C:\\a.txt", "\\\\host\\share\\a.txt", "a\\..\\b.txt", "..\\a.txt"),
        *("a.txt.", "a.txt ", "a?.txt", "a*.txt", 'a".txt', "a|b.txt", "a<b>.txt", "a:b.txt"),
    ],
)
def test_names_that_windows_does_not_take_are_refused(name: str) -> None:
    assert not catalogues.is_plain(name)


@pytest.mark.parametrize("name", ["清单 1%.txt", "a#b.txt", "sub/清单.docx", "a(1).txt", "ａ.txt"])
def test_names_that_windows_takes_are_taken(name: str) -> None:
    assert catalogues.is_plain(name)


def test_a_full_disk_and_a_long_name_are_said_by_their_numbers(tmp_path: Path) -> None:
    long = tmp_path / ("长" * 90)
    refused = pytest.raises(InputError, match="a name that the disk does not take")
    with refused, atomic_write.file(long):
        pass


def test_signals_that_windows_lacks_are_not_asked_for() -> None:
    """It has SIGTERM and SIGINT, and no other that is named here."""
    assert {number.name for number in ending.SIGNALS} == {"SIGTERM", "SIGINT"}


TEXT = {"read_text", "write_text", "open", "fdopen"}


def _without_encoding(path: Path) -> list[int]:
    """Lines that open a text in the encoding of the machine (GBK in Windows of China)."""
    found = []
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        said = {keyword.arg for keyword in node.keywords}
        modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
        if name == "read_text" and "." not in ast.unparse(node.func):
            continue  # `schema.read_text`, which says its encoding itself
        is_binary = any(isinstance(m, str) and m.endswith("b") for m in modes)
        if name in TEXT and owner not in NOT_FILES and "encoding" not in said and not is_binary:
            found.append(node.lineno)
    return found


NOT_FILES = {"os", "pdfplumber", "Package", "archive", "pikepdf", "Image", "schema"}
"""What has an `open` that opens no text."""
KERNEL = {"batches.py"}
"""Reads figures of the kernel in /proc, which Windows has not."""


def test_every_text_is_opened_in_a_named_encoding() -> None:
    wrong = {
        path.name: lines
        for path in sorted(schema.PACKAGE.rglob("*.py"))
        if path.name not in KERNEL and (lines := _without_encoding(path))
    }
    assert wrong == {}
