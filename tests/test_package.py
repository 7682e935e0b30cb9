"""What is built is whole: installed from the wheel, outside the checkout, everything works.

The wheel is made from the source distribution, so both are tried. The environment holds nothing
but the wheel, and finds the other packages where this one has them. About 12 s on two quiet cores;
`make dist` sets WHOLE_WHEEL and makes the whole report too (80 s).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import yiyang
from yiyang.safety import digests

ROOT = Path(__file__).resolve().parent.parent
UV = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
pytestmark = pytest.mark.skipif(UV is None, reason="no uv on this machine (make setup installs it)")
SILENT = {"PYTHONUTF8": "1", "PYTHONPATH": ""}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution and the wheel made from it."""
    out = tmp_path_factory.mktemp("dist")
    options = ["--quiet", "--no-build-isolation", "--offline", "--python", sys.executable]
    subprocess.run([str(UV), "build", *options, "--out-dir", str(out), str(ROOT)], check=True)
    return out


@pytest.fixture(scope="module")
def place(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone, which finds the other packages of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    [wheel] = built.glob("*.whl")
    command = [str(UV), "pip", "install", "--quiet", "--offline", "--no-deps", "--python"]
    subprocess.run([*command, str(python), str(wheel)], check=True)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    shutil.copy(ROOT / "yiyang" / "examples" / "county.txt", folder)
    return folder


def _run(place: Path, work: Path, *command: str, code: int = 0) -> str:
    done = subprocess.run(
        [str(place / "bin" / command[0]), *command[1:]],
        cwd=work,
        env={**os.environ, **SILENT},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def _package(place: Path) -> Path:
    [package] = place.glob("lib/python*/site-packages/yiyang")
    return package


def _bytes(place: Path) -> str:
    return digests.of_files(_package(place), lambda path: "__pycache__" in path.parts)


def test_the_wheel_holds_what_the_library_reads_and_nothing_else(place: Path) -> None:
    package = _package(place)
    for name in ("py.typed", "schema.yaml", "data/raw/catalogue.csv", "data/notebooks"):
        assert (package / name).exists(), name
    assert not (package / "tests").exists()
    assert digests.of_files(package / "data" / "raw") == digests.of_files(ROOT / "data" / "raw")


MOVES = """
import yiyang, importlib.metadata, pathlib
from yiyang.matches import measures, review_widget
from yiyang.themes import evaluation
from yiyang import explorer
package = pathlib.Path(yiyang.__file__).parent
assert "site-packages" in str(package), package
assert yiyang.__version__ == importlib.metadata.version("yiyang")
corpus = yiyang.load()
print(corpus)
assert len(evaluation.codes()) and len(measures.codes())
assert explorer.panel(corpus, "en") is not None
review_widget.tool(corpus, reviewer="a reader", reviewed_on="2026-01-31")
print(len(yiyang.read("county.txt").tasks), "tasks")
print(len(yiyang.load("corpus", beside=True)), "beside")
"""


def test_from_the_wheel_everything_works_in_the_working_folder(place: Path, work: Path) -> None:
    before = _bytes(place)
    assert _run(place, work, "yiyang", "--version") == f"yiyang {yiyang.__version__}\n"
    assert "4 tasks; 8 pieces" in _run(place, work, "yiyang", "read", "county.txt")
    assert "1 added" in _run(place, work, "yiyang", "add", "county.txt", "--code", "110105")
    assert "1 document, 4 tasks" in _run(place, work, "yiyang", "check")
    said = _run(place, work, "yiyang", "run", "--corpus", "corpus", "--out", "store")
    assert "1 document, 4 tasks in store" in said
    said = _run(place, work, "python", "-c", MOVES)
    assert said.splitlines()[-3:] == [repr(yiyang.load()), "4 tasks", "156 beside"]
    made = {path.name for path in work.iterdir() if not path.name.startswith(".")}
    assert made == {"county.txt", "corpus", "store", "match_reviews.csv"}
    assert _bytes(place) == before


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        (("yiyang", "report"), "report"),
        (("yiyang", "notebooks"), "report"),
        (("yiyang", "run", "--corpus", "corpus", "--out", "store"), "scale"),
        (("python", "-c", "from yiyang import explorer"), "report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_missing_extra_is_named_with_the_command(
    place: Path, work: Path, command: tuple[str, ...], extra: str
) -> None:
    (work / "corpus").mkdir()
    shutil.copy(work / "county.txt", work / "corpus")
    hidden = "import sys; sys.modules.update(dict.fromkeys(['nbformat', 'pyarrow', 'ipywidgets']))"
    [packages] = place.glob("lib/python*/site-packages")
    (packages / "without.pth").write_text(hidden + "\n", "utf-8")
    try:
        said = _run(place, work, *command, code=1)
    finally:
        (packages / "without.pth").unlink()
    assert f"pip install 'yiyang[{extra}]'" in said


@pytest.mark.skipif(not os.environ.get("WHOLE_WHEEL"), reason="make dist: it takes 80 s")
def test_from_the_wheel_the_whole_report_is_made(place: Path, work: Path) -> None:
    before = _bytes(place)
    _run(place, work, "yiyang", "add", "county.txt", "--code", "110105")
    _run(place, work, "yiyang", "report", "--corpus", "corpus", "--beside", "--no-pdf")
    _run(place, work, "yiyang", "report", "--no-pdf")
    processed = work / "data" / "processed"
    assert digests.of_files(processed) == digests.of_files(ROOT / "data" / "processed")
    assert (work / "report" / "index.html").is_file()
    assert (work / "corpus" / "report" / "index.html").is_file()
    assert _bytes(place) == before
