"""Measure how long a change of a control takes in the explorer, in a real browser.

    python benchmarks/explorer.py [--rounds 3]

JupyterLab is started headless, notebooks/zh/explore.ipynb is run, and each control is changed. The
time runs in the page, from the change until nothing in the table and the charts changes any more.
Needs Chromium.
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

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHARTS = ".vega-embed svg, .vega-embed canvas"
PRIVATE = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
"""Folders that JupyterLab keeps for a user: of its own here."""
PATIENCE = 300
"""Seconds to wait for JupyterLab on a busy machine; they are not measured."""
QUIET = 1000
"""Milliseconds without a change of the page, after which all is drawn."""
# Sets the control of a name, waits until the explorer is quiet, and says when it last changed.
CHANGE = """
async ([name, value, quiet]) => {
  const label = [...document.querySelectorAll('.widget-label')].find(l => l.innerText === name);
  const control = label.parentElement.querySelector('select, input, textarea');
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
    ("地区", EVERYWHERE),
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


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """JupyterLab on a copy of the notebook in `folder`; the address with its token."""
    shutil.copy(ROOT / "notebooks" / "zh" / "explore.ipynb", folder)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    program = next((p for p in map(shutil.which, BROWSERS) if p), None)
    if not program:
        raise SystemExit("no Chromium on this machine (apt install chromium)")
    with (
        tempfile.TemporaryDirectory() as folder,
        lab(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1500, "height": 3000})
        page.set_default_timeout(120_000)
        page.goto(address)
        run_all(page)
        time.sleep(2)
        taken: dict[tuple[str, str], list[float]] = {}
        for _ in range(rounds):
            for name, value in CHANGES:
                key = (name, "、".join(value) if isinstance(value, list) else value)
                taken.setdefault(key, []).append(page.evaluate(CHANGE, [name, value, QUIET]))
        for (name, value), times in taken.items():
            print(f"{name:8} {value[:24]:26} {statistics.median(times):6.0f} ms (median)")
        slowest = max(statistics.median(times) for times in taken.values())
        print(f"slowest change: {slowest:.0f} ms, {rounds} rounds")
        browser.close()


if __name__ == "__main__":
    main()
