"""What every test may use: the corpus, loaded once, and a copy of the raw folder to damage."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from subprocess import TimeoutExpired

import kernels
import pytest
from hypothesis import HealthCheck, settings
from pages import PATIENCE, new_page, watch

import yiyang
from yiyang import build
from yiyang.core import build_cache, schema
from yiyang.safety import atomic_write, pool

# The same examples in every run, however slow the machine: what is new is looked for by fuzzing.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")

# Its checks say what they found, as those in the tests themselves do.
pytest.register_assert_rewrite("invariants")


# The longest first, so that the workers, which take whole files, end together.
LONG = [
    # the second lasts while the first builds the site, for which the third would wait
    *("test_browser.py", "test_scale.py", "test_report.py", "test_scale_runs.py"),
    *("test_explorer.py", "test_downloads.py", "test_shapes.py", "test_package.py"),
    *("test_ending.py", "test_report_tasks.py", "test_public_face.py", "test_determinism.py"),
    *("test_reading.py", "test_headlines.py", "08-checks.ipynb", "explore.ipynb"),
]


def pytest_configure() -> None:
    kernels.share()


def pytest_sessionfinish() -> None:
    kernels.SharedKernel.end()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files, and wait for the answers of a notebook's kernel on a busy machine too."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))
    for item in items:
        if hasattr(item, "output_timeout"):  # a cell, of nbval
            item.output_timeout = PATIENCE


def _shared(config: pytest.Config) -> Path:
    """A folder that only the workers of this session share, and no other user can enter."""
    base = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Start the kernels of notebooks, of which there are twenty, with the tables of the corpus at
    hand, as a build does; the tables are made here once, whichever worker asks first."""
    if not hasattr(item, "output_timeout"):
        return (yield)
    # `private.is_own` takes what lies in a folder of this name alone.
    folder = _shared(item.config) / f"yiyang-{atomic_write.machine()}-{os.getppid()}-kept"
    with (_shared(item.config) / "kept.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir(mode=0o700)
            build.write_kept(yiyang.load(), folder / "tables.pickle")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIYANG_KEPT", str(folder / "tables.pickle"))
        return (yield)


@pytest.fixture(scope="session")
def corpus() -> yiyang.Corpus:
    return yiyang.load()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of `large.write`."""
    import large  # noqa: PLC0415  (it brings pyarrow)

    return large.write(tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="session")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of these documents, read here as one batch."""
    import large  # noqa: PLC0415

    from yiyang import scale  # noqa: PLC0415

    out = tmp_path_factory.mktemp("whole")
    scale.run(many, out, large.here)
    return out


@pytest.fixture(scope="session", autouse=True)
def _readers_end_by_themselves() -> Iterator[None]:
    """Processes that read documents end when their pipe is closed; killed ones, as at the end of a
    program, would take along what they have to say of their coverage."""
    yield
    for worker in pool._IDLE:
        if worker.process:
            worker.pipe.close()
            with suppress(TimeoutExpired):
                worker.process.wait(10)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A copy of data/raw that a test may damage."""
    return Path(shutil.copytree(schema.raw_folder(), tmp_path / "data" / "raw"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report, built once from the stored notebooks, whichever worker asks first.

    What rests on the tables alone is `kept` beside it.
    """
    from yiyang import report  # noqa: PLC0415  (only the tests of the report need it)

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "report.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "report").exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(build_cache, "FOLDER", shared / "kept")
                report.build(schema.CHECKOUT / "notebooks", shared / "report", keep=True)
    return shared / "report"


# Sandbox: a container has none to offer. The rest: no request of the browser's own.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def launch() -> Iterator[Callable]:
    """Starts a browser; skips the test where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for found in map(shutil.which, names) if found), None)
    if not program:
        pytest.skip("no Chromium on this machine: the pages were not opened (apt install chromium)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        yield partial(
            playwright.chromium.launch,
            executable_path=program,
            args=ARGUMENTS,
            timeout=PATIENCE * 1000,
        )


@pytest.fixture(scope="module")
def browser(launch: Callable) -> Iterator:
    with launch() as chromium:
        yield chromium


@pytest.fixture(params=[1280, 320], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser) -> Iterator:
    """An empty page, wide or narrow, and a test that fails where the page does what it must not."""
    page = new_page(browser, viewport={"width": request.param, "height": 900})
    wrong = watch(page)
    yield page
    page.context.close()
    assert wrong == []
