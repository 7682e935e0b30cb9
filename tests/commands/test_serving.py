"""`yiyang serve` begins with its address and ends in a line; its pages in a browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import axe_playwright_python
import pytest
from pages import PATIENCE, new_page
from typer.testing import CliRunner

from yiyang.commands.cli import app

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has none of these signals")
OVERHANG = "document.documentElement.scrollWidth - window.innerWidth"


def _start(*arguments: str) -> subprocess.Popen[str]:
    # where the tests run behind a shell SIGINT is ignored, which a child would inherit
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "yiyang", "serve", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")


def _address(running: subprocess.Popen[str]) -> str:
    assert running.stdout
    line = running.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, (line, running.stderr and running.stderr.read())
    return found[0]


def _ended(*arguments: str) -> tuple[int, str]:
    running = _start(*arguments)
    _, told = running.communicate(timeout=PATIENCE)
    return running.returncode, " ".join(told.split())


@pytest.fixture(scope="module")
def served(whole: Path) -> Iterator[str]:
    """The address of a server over a store."""
    running = _start(str(whole), "--port", "0")
    yield _address(running)
    running.terminate()
    running.communicate(timeout=PATIENCE)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_one_line(whole: Path, number: signal.Signals) -> None:
    running = _start(str(whole), "--port", "0")
    with urlopen(_address(running) + "en/tasks", timeout=PATIENCE) as answer:
        assert answer.status == 200
    begun = time.monotonic()
    running.send_signal(number)
    _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 128 + number
    assert told.count("\n") == 1
    assert number.name in told
    assert time.monotonic() - begun < PATIENCE


def test_what_it_cannot_serve_is_one_line(tmp_path: Path, whole: Path) -> None:
    for arguments, said in (
        ([tmp_path / "nothing"], "found no tables of a large corpus"),
        ([whole, "--host", "0.0.0.0"], "stands for every address"),
    ):
        told = CliRunner().invoke(app, ["serve", *map(str, arguments)])
        assert (told.exit_code, told.stdout) == (1, "")
        assert said in " ".join(told.stderr.split())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, told = _ended(str(whole), "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "a port that cannot be taken" in told
    assert "Traceback" not in told


WAYS = ("", "tasks?words=养老", "documents", "doubles", "agencies", "agency/health", "tasks?a=1")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lang", "width", "scheme"), [("zh", 1280, "light"), ("en", 320, "dark"), ("en", 1280, "light")]
)
def test_pages_fit_ask_nobody_else_and_can_be_read_by_all(
    lang: str, width: int, scheme: str, browser, served: str
) -> None:
    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page = new_page(browser, viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{served}{lang}/documents")
    document = page.locator("table a").first.get_attribute("href").removeprefix(f"/{lang}/")
    for way in (*WAYS, document):
        page.goto(f"{served}{lang}/{way}")
        assert page.evaluate(OVERHANG) <= 0, way
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], way
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    page.context.close()
