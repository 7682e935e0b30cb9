"""The process that reads documents gets ready before one comes, and needs no dataframes."""

from __future__ import annotations

import subprocess
import sys

READY = "import yiyang.reading.ready, sys; print('pandas' in sys.modules)"


def test_a_document_is_read_without_dataframes() -> None:
    said = subprocess.run([sys.executable, "-c", READY], capture_output=True, check=True).stdout
    assert said.split() == [b"False"]
