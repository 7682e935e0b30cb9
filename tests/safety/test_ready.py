"""The process that reads documents gets ready before one comes, and needs no dataframes."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing import connection

import pytest

from yiyang.reading import ready
from yiyang.safety import worker

READY = """
import sys
from yiyang.grammar import deadline_patterns
from yiyang.reading import ready
for step in ready.STEPS:
    step()
print("pandas" in sys.modules, deadline_patterns.without_limits.cache_info().currsize > 0)
"""


def test_a_document_is_read_without_dataframes() -> None:
    said = subprocess.run([sys.executable, "-c", READY], capture_output=True, check=True).stdout
    assert said.split() == [b"False", b"True"]


def test_a_document_that_waits_ends_the_getting_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = connection.Pipe()
    taken: list[int] = []

    def step() -> None:
        taken.append(len(taken))
        ours.send("a document")

    monkeypatch.setattr(ready, "STEPS", (step, step))
    worker.get_ready(theirs, ready.__name__)
    assert taken == [0]
