"""Account for each file's text: where it went, how long lists and tasks are, what was inferred."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from yiyang.core.text import squash
from yiyang.reading import documents, repairs, sources
from yiyang.reading.left_out import PREFIX
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd

USES = ("tasks", "prose", "headings", "table_header", "page_furniture")
"""What the text of a file is: tasks with their numbers, units and deadlines; prose of a case
study; titles, headings and notices; table headers; what the page or the program around it left."""

# The beginnings of the reasons in `leftovers`; any other reason is a title, heading or notice.
_REASONS = {
    "table header": "table_header",
    "page furniture": "page_furniture",
    "bookmark": "page_furniture",
    "caption": "page_furniture",
    "rule between": "page_furniture",
    "prose": "prose",
}


def printed(document: Any, folder: Path | None = None) -> list[str]:
    """Return the lines of a document (a row of `documents`) as printed; line 1 is the first."""
    if not document.sha256:
        return documents.printed(document, folder)
    # The bytes are those of the hash or nothing is told: asked again, it is the same.
    return list(_printed(document.file_name, document.sha256, folder, *sources.own_folder()))


class _Held(NamedTuple):
    file_name: str
    sha256: str


@lru_cache(maxsize=256)
def _printed(file_name: str, sha256: str, folder: Path | None, *own: Path) -> tuple[str, ...]:
    return tuple(documents.printed(_Held(file_name, sha256), folder))


def uses(listed: pd.DataFrame, leftovers: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """Make a table: one row is a document and a use of its text (`USES`): characters and share,
    spaces aside.

    What is not in `leftovers` is part of a task. Shares of a document add up to 1.
    """
    rows = []
    for document in listed.itertuples(index=False):
        total = sum(len(squash(line)) for line in printed(document, folder))
        counts = dict.fromkeys(USES, 0)
        own = leftovers[leftovers["document_id"] == document.document_id]
        # What its reader left out stands in none of the lines.
        for left in own[~own["reason"].str.startswith(PREFIX)].itertuples():
            counts[_use(str(left.reason))] += len(squash(str(left.text)))
        counts["tasks"] = total - sum(counts.values())
        rows += [
            {
                "document_id": document.document_id,
                "use": use,
                "characters": n,
                "share": n / max(total, 1),
            }
            for use, n in counts.items()
        ]
    return pd.DataFrame(rows)


def _use(reason: str) -> str:
    return next((use for start, use in _REASONS.items() if reason.startswith(start)), "headings")


def lengths(tasks: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a jurisdiction, in the order of the tasks: `tasks`, their `share` of
    all, and the characters of a task's text: `shortest`, `median`, `longest`, `characters` in
    all."""
    by = (
        tasks["text"].map(lambda text: len(squash(text))).groupby(tasks["jurisdiction"], sort=False)
    )
    out = by.agg(tasks="size", shortest="min", median="median", longest="max", characters="sum")
    out.insert(1, "share", out["tasks"] / len(tasks))
    return out.rename_axis("jurisdiction").reset_index()


def label_blocks(tasks: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a merged label whose extent was worked out:
    `curation/label_extents.csv`.

    `InputError` where it is not about the documents of these tasks."""
    text = repairs.extents()
    text = text[text["document_id"].isin(tasks["document_id"])]
    if text.empty:
        raise refusal("provenance.no_label", "curation/label_extents.csv")
    numbers = ["label_seq", "first_seq", "last_seq"]
    return text.astype(dict.fromkeys(numbers, "int64"))
