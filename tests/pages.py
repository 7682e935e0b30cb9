"""What the tests of the built pages share: opening one, and waiting for what happens in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120
"""Seconds to wait for a thing that must happen: a busy machine is slow, and no test measures it."""


def pages_of(site: Path, lang: str) -> list[str]:
    return sorted(path.stem for path in (site / lang).glob("*.html"))


def new_page(browser, **settings):
    """A page in a context of its own, which `page.context.close()` ends."""
    context = browser.new_context(**settings)
    context.set_default_timeout(PATIENCE * 1000)
    return context.new_page()


def open_page(page, site: Path, name: str, rest: str = "") -> None:
    """Open a page; `rest` is what stands behind it in the address."""
    page.goto((site / name).as_uri() + rest)
    page.wait_for_load_state("load")
    until(page, lambda: page.evaluate("document.fonts.status") == "loaded")


def until(page, happened: Callable[[], bool]) -> None:
    """Wait; the policy of the pages forbids Playwright's own `wait_for_function`."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "what the test waits for does not happen"
        page.wait_for_timeout(20)


def was_left(request) -> bool:
    """Whether a request ended because the next page opened: a file that is not there says so."""
    return request.failure == "net::ERR_ABORTED"


def watch(page) -> list[str]:
    """The list that fills with what a page must not do: complain, or ask for a file elsewhere."""
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda r: None if was_left(r) else wrong.append(f"failed: {r.url}"))
    page.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(f"asked: {r.url}"),
    )
    return wrong
