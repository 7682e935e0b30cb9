"""Measure how long a change of a control takes in the explorer: computed, and seen in a browser.

    python benchmarks/explorer.py [--rounds 5] [--tasks 152 5000 20000] [--places 60] [--computed]

152 are the tasks of the four lists; more are made of their clauses, over as many places. Computed
is what the widget does in Python, in seconds of the processor beside those of the clock: on a
machine that others use the first alone say what a change costs. Seen is the time in the page of
JupyterLab, run headless, from the change until nothing in the table and the charts changes any
more; it needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

import yiyang

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHARTS = ".vega-embed svg, .vega-embed canvas"
PRIVATE = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
"""Folders that JupyterLab keeps for a user: of its own here."""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
PATIENCE = 300
"""Seconds to wait for JupyterLab on a busy machine; they are not measured."""
QUIET = 1000
"""Milliseconds without a change of the page, after which all is drawn."""
# Sets the control of a name, waits until the explorer is quiet, and says when it last changed.
CHANGE = """
async ([name, value, quiet]) => {
  const label = [...document.querySelectorAll('.widget-label')].find(l => l.innerText === name);
  const control = label.parentElement.querySelector('select, input, textarea');
  // On a busy machine what a change before offers may still be on its way.
  const offered = () => !control.options || control.multiple
    || [...control.options].some(o => o.innerText === value);
  for (let n = 0; !offered() && n < 1000; n += 1)
    await new Promise(done => setTimeout(done, 20));
  let last = 0;
  const watcher = new MutationObserver(() => { last = performance.now(); });
  const watched = {childList: true, subtree: true, characterData: true};
  watcher.observe(label.closest('.jp-OutputArea'), watched);
  const start = performance.now();
  if (control.multiple) for (const o of control.options) o.selected = value.includes(o.innerText);
  else if (control.options)
    control.value = [...control.options].find(o => o.innerText === value).value;
  else control.value = value;
  control.dispatchEvent(new Event('change', {bubbles: true}));
  while (!last || performance.now() - last < quiet) {
    await new Promise(done => setTimeout(done, 20));
    if (performance.now() - start > 20000) throw new Error('nothing changed for ' + name);
  }
  watcher.disconnect();
  return last - start;
}
"""
EVERYWHERE = ["北京市朝阳区", "河南省济源市", "北京市", "宁夏回族自治区中宁县"]
CHANGES = [
    ("地区", ["北京市"]),
    ("地区", EVERYWHERE[1:]),
    ("地区", EVERYWHERE),
    ("列", "部门"),
    ("列", "地区"),
    ("颜色", "对应任务组"),
    ("手工改动", "中医药 + 安宁疗护 = 中医药"),
    ("手工改动", ""),
    ("比较", "两个主题或类"),
    ("查看词语", "养老"),
    ("查看词语", ""),
    ("比较", "两个地区"),
    ("方法", "聚类"),
    ("方法", "k均值"),
    ("词组长度", "2"),
    ("词组长度", "1"),
    ("方法", "编码表"),
    ("补充停用词", "用地"),
    ("补充停用词", ""),
    ("补充的种子词", "中医药: 义诊"),
    ("补充的种子词", ""),
    ("颜色", "地区"),
    ("颜色", "主题或类"),
]


def many(corpus: yiyang.Corpus, n_tasks: int, n_places: int) -> yiyang.Corpus:
    """Make a corpus of so many tasks: each of three clauses of those there are, with the agencies
    and themes of one of them."""
    draw = np.random.default_rng(0)
    clauses = [part for text in corpus.tasks["text"] for part in text.split("。") if part]
    source = draw.integers(0, len(corpus.tasks), n_tasks)
    tasks = corpus.tasks.iloc[source].reset_index(drop=True)
    like = tasks["task_id"].tolist()
    place = np.sort(np.arange(n_tasks) % n_places)
    tasks["text"] = ["。".join(draw.choice(clauses, 3)) + "。" for _ in range(n_tasks)]
    tasks["jurisdiction"] = tasks["document_id"] = [f"place-{p:02d}" for p in place]
    tasks["task_id"] = [f"place-{p:02d}-{i:05d}" for i, p in enumerate(place)]
    first = corpus.jurisdictions.iloc[0].to_dict()
    named = [
        {**first, "jurisdiction": f"place-{p:02d}"}
        | {"name_zh": f"某省第{p + 1}县", "name_en": f"County {p + 1}, Province"}
        for p in range(n_places)
    ]
    of = pd.DataFrame({"task_id": like, "fresh": tasks["task_id"]})
    kept = {"assignments": corpus.assignments, "task_themes": corpus.task_themes}
    for name, table in kept.items():
        both = of.merge(table, on="task_id").drop(columns="task_id")
        kept[name] = both.rename(columns={"fresh": "task_id"})
    families = corpus.table("measures")  # those of the four lists: no task of these is in one
    tables = {**corpus.all(), **kept, "tasks": tasks, "measures": families}
    return yiyang.Corpus({**tables, "jurisdictions": pd.DataFrame(named)})


def write_notebook(path: Path, lang: str, n_tasks: int, n_places: int) -> None:
    """Write a notebook whose one cell shows the explorer."""
    lines = ["import yiyang", "from yiyang import explorer", "corpus = yiyang.load()"]
    if n_tasks:
        lines += [f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks')!r})"]
        lines += ["import importlib; made = importlib.import_module('explorer')"]
        lines += [f"corpus = made.many(corpus, {n_tasks}, {n_places})"]
    lines += [f'explorer.panel(corpus, "{lang}")']
    cell = nbformat.v4.new_code_cell("\n".join(lines))
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=KERNEL), path)


@contextmanager
def lab(folder: Path, lang: str = "zh", tasks: int = 0, places: int = 60) -> Iterator[str]:
    """JupyterLab on a notebook with the explorer in `folder`; the address with its token."""
    write_notebook(folder / "explore.ipynb", lang, tasks, places)
    private = {name: str(folder / name) for name in PRIVATE}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ServerApp.port=0", "--IdentityProvider.token=explore"),
            *(f"--ServerApp.root_dir={folder}", "--LabApp.news_url=", "--ip=127.0.0.1"),
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        env={**os.environ, **private, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"{_address(server, folder)}lab/tree/explore.ipynb?token=explore"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _address(server: subprocess.Popen[bytes], folder: Path) -> str:
    """Where the server answers: it takes a free port, and says in a file which."""
    said = folder / "JUPYTER_RUNTIME_DIR" / f"jpserver-{server.pid}.json"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "JupyterLab did not start"
        with suppress(OSError, ValueError):  # not written yet, or not to its end; does not answer
            address = str(json.loads(said.read_text(encoding="utf-8"))["url"])
            urllib.request.urlopen(f"{address}api?token=explore", timeout=10).close()
            return address
        time.sleep(0.2)
    raise AssertionError("JupyterLab does not answer")


def run_all(page: Page) -> None:
    """Run the notebook that is open, and run it again while JupyterLab is still connecting.

    On a slow machine JupyterLab asks for the kernel, perhaps several times, in a dialog that lies
    over all else: what it proposes is accepted.
    """
    page.add_locator_handler(
        page.locator(".jp-Dialog").first,
        lambda dialog: dialog.locator("button.jp-mod-accept").click(),
        no_wait_after=True,
    )
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt")
    end = time.monotonic() + PATIENCE
    again = 0.0
    while time.monotonic() < end:
        # The stored notebook has numbers in its prompts: only a star says that a cell runs now.
        is_running = any("*" in text for text in prompts.all_inner_texts())
        if not is_running and time.monotonic() > again:
            page.locator(".jp-Notebook .jp-CodeCell").first.click()
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            again = time.monotonic() + PATIENCE / 4
        if page.locator(CHARTS).count() == 3 and page.locator("table.dataTable").count():
            return
        page.wait_for_timeout(200)
    raise SystemExit("the explorer did not appear")


def computed(n_tasks: int, n_places: int, rounds: int) -> dict[tuple[str, str], list[float]]:
    """Time what the widget does in Python for each change, in milliseconds of the clock."""
    from yiyang.explorer import Panel, Session  # noqa: PLC0415

    corpus = yiyang.load()
    if n_tasks > len(corpus.tasks):
        corpus = many(corpus, n_tasks, n_places)
    begun = time.perf_counter()
    panel = Panel(Session(corpus, "zh"))
    print(
        f"{len(corpus.tasks)} tasks: the explorer stands after {time.perf_counter() - begun:.1f} s"
    )
    named = {getattr(panel, name).description: getattr(panel, name) for name in panel.c.CHOICE}
    taken: dict[tuple[str, str], list[float]] = {}
    used: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds):
        panel.session._kept.clear()
        for name, value in changes(panel.session.places.tolist(), len(corpus.tasks), number):
            control = named[name]
            options = {str(key): held for key, held in _options(control)}
            meant = [options[v] for v in value] if isinstance(value, list) else value
            begun, used_before = time.perf_counter(), time.process_time()
            control.value = options.get(value, value) if isinstance(value, str) else tuple(meant)
            key = (name, f"{len(value)}" if isinstance(value, list) else value)
            taken.setdefault(key, []).append(1000 * (time.perf_counter() - begun))
            used.setdefault(key, []).append(1000 * (time.process_time() - used_before))
    most = max(statistics.median(times) for times in used.values())
    load = ", ".join(f"{mean:.1f}" for mean in os.getloadavg())
    for (name, value), times in used.items():
        print(f"{name:8} {value[:24]:26} {statistics.median(times):6.0f} ms of the processor")
    print(f"{len(corpus.tasks)} tasks, processor: slowest {most:.0f} ms (load {load})")
    return taken


def _options(control: Any) -> list[tuple[Any, Any]]:
    """What a control offers, by the words it shows."""
    offered = getattr(control, "options", ())
    return [one if isinstance(one, tuple) else (one, one) for one in offered]


def changes(places: list[str], n_tasks: int, number: int = 0) -> list[tuple[str, Any]]:
    """The changes of a round: of lists among those there are; all but one are others each round,
    so that nothing kept from the round before helps."""
    four = n_tasks <= len(EVERYWHERE) * 100
    places = EVERYWHERE if four else places
    but_one = [place for n, place in enumerate(places) if n != number % len(places)]
    lists = {"地区": iter([["北京市"] if four else places[:2], but_one, places])}
    return [(name, next(lists[name]) if name in lists else value) for name, value in CHANGES]


def seen(n_tasks: int, n_places: int, rounds: int) -> dict[tuple[str, str], list[float]]:
    """Time each change in the page of JupyterLab, in milliseconds."""
    program = next((p for p in map(shutil.which, BROWSERS) if p), None)
    if not program:
        raise SystemExit("no Chromium on this machine (apt install chromium)")
    n_made = n_tasks if n_tasks > len(EVERYWHERE) * 100 else 0
    with (
        tempfile.TemporaryDirectory() as folder,
        lab(Path(folder), "zh", n_made, n_places) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1500, "height": 3000})
        page.set_default_timeout(120_000)
        page.goto(address)
        run_all(page)
        time.sleep(2)
        taken: dict[tuple[str, str], list[float]] = {}
        places = page.locator(".widget-select-multiple option").all_inner_texts()
        for number in range(rounds):
            for name, value in changes(places, n_tasks, number):
                key = (name, f"{len(value)}" if isinstance(value, list) else value)
                taken.setdefault(key, []).append(page.evaluate(CHANGE, [name, value, QUIET]))
        browser.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks", type=int, nargs="+", default=[152])
    parser.add_argument("--places", type=int, default=60)
    parser.add_argument("--computed", action="store_true", help="without a browser")
    args = parser.parse_args()
    for n_tasks in args.tasks:
        for how in (computed,) if args.computed else (computed, seen):
            taken = how(n_tasks, args.places, args.rounds)
            for (name, value), times in taken.items():
                print(f"{name:8} {value[:24]:26} {statistics.median(times):6.0f} ms")
            slowest = max(statistics.median(times) for times in taken.values())
            print(
                f"{n_tasks} tasks, {how.__name__}: slowest {slowest:.0f} ms, {args.rounds} rounds"
            )


if __name__ == "__main__":
    main()
