"""The house: top level, floors, and the two lists of packages held together."""

from __future__ import annotations

import ast
import graphlib
import re
import runpy
import subprocess
import sys
import tomllib
from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path

import pytest
import yaml
from modules import nodes, tree
from rows import hold

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "yiyang"

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FLOORS = [
    re.findall(r"`(\w+)(?:/|\.py)`", rooms)
    for rooms in re.findall(r"^\| \d+ \| (.+?) \|.*\|$", CONTRIBUTING, re.M)
]
"""The rooms of each floor, lowest first, as CONTRIBUTING shows them: a room imports only from
lower floors."""
FLOOR = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
FRONT_DOOR = {"__init__", "__main__"}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    """The rooms that a module imports, in its functions too."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module == "yiyang":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("yiyang."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("yiyang.")}
    return found - {_room(path)}


def test_imports_go_down_the_floors() -> None:
    hold(_imports_from_below, sorted(PACKAGE.rglob("*.py")), lambda p: p.relative_to(PACKAGE))


def _imports_from_below(path: Path) -> None:
    here = _room(path)
    if here in FRONT_DOOR:
        return
    assert here in FLOOR, f"give {here} a floor in CONTRIBUTING.md"
    up = {other for other in _imports(path) if FLOOR[other] >= FLOOR[here]}
    assert not up, f"{here} imports {up}"


def test_the_house_has_sixteen_rooms_and_few_arrows() -> None:
    rooms = {_room(path) for path in PACKAGE.rglob("*.py")} - FRONT_DOOR
    assert rooms == set(FLOOR)
    assert len(rooms - {"build"}) <= 16
    arrows = {(_room(path), other) for path in PACKAGE.rglob("*.py") for other in _imports(path)}
    assert len(arrows) <= 120


LONGEST = 53
"""Lines of a function: what a screen holds."""


def test_a_function_fits_a_screen() -> None:
    functions = [
        (path.name, node.name, node.end_lineno - node.lineno + 1)
        for path in PACKAGE.rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    ]
    assert [found for found in functions if found[2] > LONGEST] == []


NO_VERB = re.compile(r"(?:An?|The|What|Whether|How|Which|Where|Every|Each|One|Such) ")
"""How a docstring begins that puts a thing or a question first; properties are things."""


def _is_property(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(mark).endswith("property") for mark in node.decorator_list)


def test_docstrings_of_modules_and_of_public_functions_begin_with_the_verb() -> None:
    for path in PACKAGE.rglob("*.py"):
        module = tree(path)
        functions = [n for n in nodes(path) if isinstance(n, ast.FunctionDef)]
        public = [n for n in functions if n.name[0] != "_" and not _is_property(n)]
        for node in (module, *public):
            assert not NO_VERB.match(ast.get_docstring(node) or ""), path


def test_no_module_imports_itself_in_a_circle() -> None:
    """Inside a room too; what a function imports when it is called counts."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    below = {name: _modules_imported(path, set(modules)) for name, path in modules.items()}
    order = [*graphlib.TopologicalSorter(below).static_order()]  # raises CycleError
    assert set(order) >= set(modules)


def _modules_imported(path: Path, modules: set[str]) -> set[str]:
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module in modules:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & modules or {str(node.module)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & modules
    return found - {"yiyang"}


def test_a_name_of_a_class_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(path.name)
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


TOPICS = {
    *("agencies", "deadlines", "matches", "promises", "themes", "tiles"),
    *("corpus", "pdf", "reuse", "tables", "text"),
}
"""Module names that rooms share, as their room says what is done with the topic: `charts/` draws
themes, `show/` tabulates them, `commands/` takes the arguments; `extract/pdf` reads, `report/pdf`
writes."""


def test_a_name_of_a_module_means_one_topic() -> None:
    names: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        names.setdefault(path.stem, set()).add(_room(path))
    assert {name for name, rooms in names.items() if len(rooms) > 1} - FRONT_DOOR <= {*TOPICS}


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        ("hashlib", {"safety/digests.py"}),
        # the one reader of curated files, the sentences that it is worded by, and lists of a
        # reader's own: their tables, and the heading of their catalogue
        (
            "csv",
            {
                "core/curated_csv.py",
                "safety/telling.py",
                "extract/separated.py",
                "reading/catalogues.py",
                "matches/reviews.py",  # written, a line at a time
                "safety/escaping.py",  # written, formulas neutralised
            },
        ),
    ],
)
def test_a_work_is_done_in_one_place(package: str, homes: set[str]) -> None:
    line = re.compile(rf"^\s*(?:import|from) {package}\b", re.M)
    found = {p for p in PACKAGE.rglob("*.py") if line.search(p.read_text(encoding="utf-8"))}
    assert {p.relative_to(PACKAGE).as_posix() for p in found} == homes


def test_the_tables_of_compare_are_made_without_a_file() -> None:
    writes = re.compile(
        r"atomic_write|\bopen\(|\.(?:read|write)_(?:text|bytes)|\bto_(?:csv|excel|stata)|read_(?:csv|excel)"
    )
    rooms = [
        path
        for path in (PACKAGE / "compare").rglob("*.py")
        if writes.search(path.read_text("utf-8"))
    ]
    assert rooms == []


def test_the_variables_of_the_environment_are_read_in_one_place() -> None:
    reads = re.compile(r"""(?:environ|getenv)\S*["']YIYANG_|environ\b.*startswith""")
    rooms = [path for path in PACKAGE.rglob("*.py") if reads.search(path.read_text("utf-8"))]
    assert [path.name for path in rooms] == ["settings.py"]


EXTRAS = {"explorer", "report/served", "report/site"}
"""What imports the packages of an extra at once; all else is imported without any extra."""


def test_the_library_is_imported_without_any_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = set(_bounds(project["dependencies"]))
    sold_as = metadata.packages_distributions()
    for path in PACKAGE.rglob("*.py"):
        if any(path.is_relative_to(PACKAGE / extra) for extra in EXTRAS):
            continue
        outside = _imported_at_once(path) - {"yiyang", *sys.stdlib_module_names}
        for name in outside:
            packages = {sold.lower().replace("_", "-") for sold in sold_as.get(name, [name])}
            assert packages & core, f"{path.name} imports {name} at once"


def _imported_at_once(path: Path) -> set[str]:
    """The packages that the body of a module imports; not its functions, nor for types alone."""
    found: set[str] = set()
    for node in tree(path).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).split(".")[0])
    return found


def test_top_level_is_as_agreed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    top = {name.split("/")[0] for name in tracked if name}
    assert {"notebooks", "yiyang", "data", "environment.yml", "tests"} <= top
    assert "uv.lock" not in tracked
    assert not [n for n in tracked if n.startswith("report/") or n.endswith(".pyc")]


def _bounds(requirements: list[str]) -> dict[str, str]:
    found = {}
    for requirement in requirements:
        match = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?(.*)", requirement.replace(" ", ""))
        assert match
        found[match[1].lower().replace("_", "-")] = match[2]
    return found


LEFT_OUT = {"semantic", "topics", "fuzz", "mutants"}
"""Extras that neither `make setup` nor environment.yml installs: large, or only for measuring."""


def _wanted() -> tuple[dict[str, str], str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = _bounds(project["dependencies"])
    for name, extra in project["optional-dependencies"].items():
        if name not in LEFT_OUT:
            wanted |= _bounds(extra)
    return wanted, project["requires-python"]


SCRIPTS = [p for name in ("benchmarks", "robustness") for p in sorted((ROOT / name).glob("*.py"))]
INSTALLED = [str(ROOT), *(folder for folder in sys.path if "site-packages" in folder)]


def _of_script(path: Path) -> tuple[set[str], list[str]]:
    """The packages that a script imports, and the folders that it finds them in: its own, and
    those that it or a script beside it, which it imports, puts on the way."""
    text = path.read_text(encoding="utf-8")
    names, folders = set(), [str(path.parent)]
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).split(".")[0])
    for line in re.findall(r"sys\.path\b.*", text):
        folders += [str(ROOT / name) for name in re.findall(r'"(\w+)"', line)]
    for name in names:
        if (beside := path.with_name(f"{name}.py")).exists() and beside != path:
            folders += _of_script(beside)[1]
    return names - sys.stdlib_module_names, folders


def test_a_script_finds_what_it_imports() -> None:
    """As `python FOLDER/SCRIPT.py`, without what the tests put on the way."""
    hold(_finds_what_it_imports, SCRIPTS, lambda p: p.relative_to(ROOT))


def _finds_what_it_imports(path: Path) -> None:
    names, folders = _of_script(path)
    find = PathFinder.find_spec
    assert {name for name in names if not find(name, [*folders, *INSTALLED])} == set()


def test_environment_yml_names_the_packages_of_pyproject() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    listed: dict[str, str] = {}
    for entry in environment["dependencies"]:
        named = entry["pip"] if isinstance(entry, dict) else [entry]
        listed |= _bounds([name for name in named if name != "-e ."])
    wanted, python = _wanted()
    assert listed == wanted | {"python": python, "pip": ""}


def test_environment_yml_installs_yiyang_itself() -> None:
    """Without it conda and Binder end at the first cell: ModuleNotFoundError."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    [packages] = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert "-e ." in packages


def test_the_lock_holds_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-uv.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        packages = re.findall(r"^[A-Za-z0-9_.\[\],-]+==.*$", text, re.M)
        assert packages
        assert text.count("--hash=sha256:") >= len(packages)


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {n.lower() for n in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", lock, re.M)}
    assert set(_wanted()[0]) <= locked


# Each allows use, change and passing on; where a package offers several, one of them does.
ALLOWED = {
    *("MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib"),
    *("Apache-2.0", "MPL-2.0", "PSF-2.0", "CC0-1.0", "Artistic License", "Public Domain"),
    "CNRI-Python",
}


def test_every_package_of_the_lock_is_listed_with_a_licence_that_is_allowed() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([\w.-]+) \| [^|]+ \| ([^|]+) \|$", page, re.M))
    listed.pop("package")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert set(listed) == set(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", lock, re.M))
    for package, licence in listed.items():
        choices = [set(re.split(" AND |, ", choice)) for choice in re.split(" (?:OR|or) ", licence)]
        assert any(choice <= ALLOWED for choice in choices), (package, licence)


def test_the_page_on_reliability_is_that_of_its_tables() -> None:
    script = runpy.run_path(str(ROOT / "docs" / "reliability.py"))
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert page == script["page"]()
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert [row for row in rows if not row.endswith("|")] == []
