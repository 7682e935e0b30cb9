"""What environment.yml installs, and nothing else of this checkout, runs a notebook.

Conda and Binder install its pip section. Offline its packages are those of this environment, held
to the bounds of the section; what the section installs from the checkout is installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml
from test_package import ROOT, UV

pytestmark = pytest.mark.skipif(UV is None, reason="no uv on this machine (make setup installs it)")

RUN = """
import sys
from importlib.metadata import version
import nbclient, nbformat
from packaging.requirements import Requirement
for line in sys.argv[2:]:
    asked = Requirement(line)
    assert asked.specifier.contains(version(asked.name)), line
book = nbformat.read(sys.argv[1], 4)
code = [n for n, cell in enumerate(book.cells) if cell.cell_type == "code"]
book.cells = book.cells[:code[1] + 1]
for cell in book.cells:
    cell.outputs = []
nbclient.NotebookClient(book, kernel_name="python3").execute()
print(book.cells[-1].outputs[0]["data"]["text/markdown"])
"""


def _section() -> list[str]:
    """The pip section of environment.yml, line by line."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    [lines] = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    return lines


def _environment(folder: Path, section: list[str]) -> Path:
    """Make an environment of a pip section in `folder`; returns its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    # A path that stands in a .pth file brings its packages, not the editable installs in it.
    (packages / "others.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    python = folder / "bin" / "python"
    options = ["--quiet", "--offline", "--no-deps", "--no-build-isolation", "--python", str(python)]
    for line in section:
        if line.startswith("-"):
            command = [str(UV), "pip", "install", *options, *line.split()]
            subprocess.run(command, cwd=ROOT, check=True)
    return python


def _run(python: Path, work: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    unset = ("PYTHONPATH", "YIYANG_KEPT")
    environment = {k: v for k, v in os.environ.items() if k not in unset}
    environment |= {"PYTHONUTF8": "1", "JUPYTER_PATH": "", "IPYTHONDIR": str(work)}
    return subprocess.run(
        [str(python), *arguments],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_notebook_runs_in_an_empty_folder(tmp_path: Path) -> None:
    python = _environment(tmp_path / "conda", _section())
    (work := tmp_path / "work").mkdir()
    path = ROOT / "notebooks" / "en" / "00-corpus.ipynb"
    named = [line for line in _section() if not line.startswith("-")]
    done = _run(python, work, "-c", RUN, str(path), *named)
    assert done.returncode == 0, done.stderr
    cells = [c for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    assert done.stdout.strip() == "".join(cells[1]["outputs"][0]["data"]["text/markdown"]).strip()


def test_the_environment_of_the_tests_does_not_lend_its_own_yiyang(tmp_path: Path) -> None:
    """So the test above fails where the section does not install it."""
    python = _environment(tmp_path, [line for line in _section() if line != "-e ."])
    done = _run(python, tmp_path, "-c", "import nbclient; from yiyang import load")
    # Of an editable install the data may lie there: a folder, and no module.
    assert "'yiyang'" in done.stderr.splitlines()[-1]
