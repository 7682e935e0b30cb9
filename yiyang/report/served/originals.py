"""Hand out the original file of a document: to be saved, never opened by the browser, and only the
file whose hash the store lists."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from yiyang.reading import sources
from yiyang.report.served.held import HeldStore, UnansweredError
from yiyang.safety import opening
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import address


def document(store: HeldStore, document_id: str) -> Any:
    """Return the row of a document. `UnansweredError` (404) where there is none of this name."""
    question = (
        "select d.*, j.name_zh, j.name_en, j.code from documents d"
        " join jurisdictions j using (jurisdiction) where document_id = $id"
    )
    rows = store.ask(question, {"id": document_id})
    if not rows:
        raise UnansweredError(404, refusal("serve.no_page", document_id[:80]))
    return rows[0]


def is_there(store: HeldStore, row: Any) -> bool:
    """Tell whether a file of this name lies in the folder of the documents; its bytes are looked at
    when it is asked for."""
    try:
        path = store.documents / row.file_name
        return path.is_file() and opening.is_inside(store.documents, row.file_name)
    except (OSError, ValueError):
        return False


def read(store: HeldStore, document_id: str) -> tuple[str, bytes]:
    """Return the name of a document's file and its bytes. `UnansweredError` (404) where it is not
    there, leads out of its folder, or is another one."""
    row = document(store, document_id)
    try:
        data = opening.read_bytes(store.documents, row.file_name)
    except InputError as error:
        raise UnansweredError(404, error) from error
    if not sources.is_unchanged(data, row):
        raise UnansweredError(404, refusal("serve.file", row.file_name))
    return PurePosixPath(row.file_name.replace("\\", "/")).name, data


def attachment(name: str) -> str:
    """Write the header that has a browser save a file under its name."""
    ending = re.sub(r"[^A-Za-z0-9.]", "", PurePosixPath(name).suffix)
    return f"attachment; filename=\"document{ending}\"; filename*=UTF-8''{address(name)}"
