"""What `import yiyang` gives, in a fresh process."""

from __future__ import annotations

import subprocess
import sys

import pytest

import yiyang

FACE = [
    *("agencies", "Codebook", "Corpus", "exports", "InputError", "keyness", "kwic", "load"),
    *("matches", "Preview", "read", "themes", "validation"),
]


def _fresh(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_face_is_what_is_promised() -> None:
    assert sorted(yiyang.__all__, key=str.lower) == FACE
    assert set(FACE) <= set(dir(yiyang))


@pytest.mark.parametrize("name", FACE)
def test_each_name_works_at_once(name: str) -> None:
    assert _fresh(f"import yiyang; print(yiyang.{name} is getattr(yiyang, {name!r}))") == "True"
    assert _fresh(f"from yiyang import {name}; print({name} is not None)") == "True"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        yiyang.nothing  # noqa: B018


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    heavy = ["pandas", "sklearn", "matplotlib", "scipy"]
    code = f"import sys, yiyang; print([n for n in {heavy} if n in sys.modules])"
    assert _fresh(code) == "[]"
