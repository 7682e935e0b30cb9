"""The process that reads documents gets ready before one comes, and needs no dataframes."""

from __future__ import annotations

import subprocess
import sys

READY = """
import sys
from yiyang.grammar import deadline_patterns
from yiyang.reading import ready
print("pandas" in sys.modules, deadline_patterns.without_limits.cache_info().currsize > 0)
"""


def test_a_document_is_read_without_dataframes() -> None:
    said = subprocess.run([sys.executable, "-c", READY], capture_output=True, check=True).stdout
    assert said.split() == [b"False", b"True"]
