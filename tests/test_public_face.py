"""What `import yiyang` gives, in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import yiyang

FACE = [
    *("agencies", "Codebook", "Corpus", "exports", "InputError", "keyness", "kwic", "load"),
    *("matches", "Preview", "read", "themes", "validation"),
]


def _fresh(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_face_is_what_is_promised() -> None:
    assert sorted(yiyang.__all__, key=str.lower) == FACE
    assert set(FACE) <= set(dir(yiyang))


# Each name is the first that is asked of a package imported anew. All are asked in one process,
# from which only the modules of yiyang are taken away: pandas 26 times anew tells nothing more.
_EACH = """
import json, sys
def anew(line, name):
    for module in [m for m in sys.modules if m.partition(".")[0] == "yiyang"]:
        del sys.modules[module]
    try:
        space = {}
        exec(line.format(name), space)
        return space["found"] is getattr(sys.modules["yiyang"], name) is not None
    except Exception as error:
        return repr(error)
LINES = ["import yiyang; found = yiyang.{0}", "from yiyang import {0} as found"]
print(json.dumps({name: [anew(line, name) for line in LINES] for name in sys.argv[1:]}))
"""


@pytest.fixture(scope="module")
def each() -> dict[str, list[bool | str]]:
    return json.loads(_fresh(_EACH, *FACE, "nothing"))


@pytest.mark.parametrize("name", FACE)
def test_each_name_works_at_once(each: dict[str, list[bool | str]], name: str) -> None:
    assert each[name] == [True, True]


def test_a_name_that_is_not_there_is_told_by_both_ways(each: dict[str, list[bool | str]]) -> None:
    by_attribute, by_import = map(str, each["nothing"])
    assert "AttributeError" in by_attribute
    assert "ImportError" in by_import


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        yiyang.nothing  # noqa: B018


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    heavy = ["pandas", "sklearn", "matplotlib", "scipy"]
    code = f"import sys, yiyang; print([n for n in {heavy} if n in sys.modules])"
    assert _fresh(code) == "[]"
