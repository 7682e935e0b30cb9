"""What stands in the place of a document is opened without waiting, and is said."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from yiyang import InputError
from yiyang.core import build_cache
from yiyang.safety import opening
from yiyang.scale import batches, pipeline

PLACES: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe (FIFO)": os.mkfifo,
    "a link that leads out of its folder": lambda path: path.symlink_to("/dev/zero"),
    "no such file": lambda path: path.symlink_to(path.parent / "b.txt"),
    "1,000,000,000,000 bytes in a file": lambda path: (path.touch(), os.truncate(path, 10**12)),
}


def test_a_path_is_named_by_whatever_gives_one_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    for folder in (tmp_path, os.fsencode(tmp_path)):
        with os.scandir(folder) as entries:
            entry = next(entries)
        if isinstance(folder, bytes):
            with pytest.raises(InputError, match="a DirEntry as a path"):
                opening.path_of(entry, "read")
        else:
            assert opening.path_of(entry, "read") == tmp_path / "a.txt"
    with pytest.raises(InputError, match="a bytes as a path"):
        opening.path_of(b"a.txt", "read")


@pytest.mark.parametrize("found", PLACES)
def test_what_is_no_document_is_said(tmp_path: Path, found: str) -> None:
    PLACES[found](tmp_path / "a.txt")
    with pytest.raises(InputError) as said:
        opening.read_bytes(tmp_path, "a.txt")
    assert (said.value.place, said.value.found) == (str(tmp_path / "a.txt"), found)


def test_a_file_without_the_right_to_read_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()  # who runs the tests may have the right to read everything
    error = PermissionError(errno.EACCES, "Permission denied")
    with mock.patch.object(os, "open", side_effect=error), pytest.raises(InputError, match="Perm"):
        opening.read_bytes(tmp_path, "a.txt")


def test_a_link_within_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x\r\n\x1a\xff")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert opening.read_bytes(tmp_path, "b.txt") == b"x\r\n\x1a\xff"


def test_what_is_put_in_the_place_of_documents_stops_no_run(tmp_path: Path) -> None:
    """Neither where they are counted as read nor where a batch is given up, both in the parent."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (out / "batches").mkdir(parents=True)
    (corpus / "catalogue.csv").write_text("file_name\na.txt\nb.txt\n")
    os.mkfifo(corpus / "a.txt")
    (corpus / "b.txt").symlink_to("/dev/zero")
    [batch] = pipeline.plan(corpus, out)
    given_up = batches.give_up(batch, ValueError("the worker is lost")) / batches.MANIFEST
    read = batches.commit(batch, batches.read_batch(batch))
    for said in (json.loads(given_up.read_text()), read):
        assert [listed["sha256"] for listed in said["documents"]] == ["", ""]
    assert [re.findall("a pipe|a link", d["reason"]) for d in read["documents"]] == [
        ["a pipe"],
        ["a link"],
    ]
    assert not pipeline.plan(corpus, out)


def test_the_digest_of_a_corpus_reads_no_file_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIYANG_CORPUS", str(tmp_path))
    PLACES["1,000,000,000,000 bytes in a file"](tmp_path / "a.txt")
    before = build_cache.origins.__wrapped__()
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    assert build_cache.origins.__wrapped__() != before
