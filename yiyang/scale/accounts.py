"""Report on a run: `OUT/run.json`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from yiyang.safety.later import expression
from yiyang.scale import batches


def report(
    held: Mapping[str, dict[str, Any]],
    fresh: Sequence[dict[str, Any]],
    work: Sequence[dict[str, Any]],
    seconds: dict[str, float],
) -> dict[str, Any]:
    """Tell what a run did and what the tables hold now, in plain values.

    `fresh` are the manifests of what it read, `work` is what each piece of its work took, in the
    processes of the engine; peaks of memory are those of this run, a process with those below it.
    """
    listed = [document for m in held.values() for document in m["documents"]]
    unread = [document for document in listed if document["reason"]]
    new = [document for m in fresh for document in m["documents"]]
    counts = {"documents": len(new), "tasks": sum(document["n_tasks"] for document in new)}
    spent: Counter[str] = Counter()
    peaks: dict[str, int] = {}
    for piece in work:
        spent.update(piece["seconds"])
        peaks[piece["process"]] = max(peaks.get(piece["process"], 0), piece["peak_bytes"])
    own = peaks.pop(batches.here(), 0) or batches.peak_bytes()
    return {
        "documents": len(listed),
        "documents_new": counts["documents"],
        "tasks": sum(document["n_tasks"] for document in listed),
        "tasks_new": counts["tasks"],
        "documents_without_tasks": sum(not d["n_tasks"] and not d["reason"] for d in listed),
        "documents_unread": len(unread),
        "failures": dict(Counter(_kind(d["reason"]) for d in unread).most_common()),
        "unread": {document["file_name"]: document["reason"] for document in unread},
        "seconds": seconds,
        "worker_seconds": {name: round(taken, 1) for name, taken in spent.items()},
        "new_per_second": {
            name: round(n / max(sum(seconds.values()), 0.01), 1) for name, n in counts.items()
        },
        "peak_bytes": {
            "here": own,
            "worker": max(peaks.values(), default=0),
            "all": own + sum(peaks.values()),
        },
        "library": batches.library(),
    }


# found a file that ends in .docx and does not begin like one; expected a whole file
_FOUND = expression(r"found (.+?)(?:; expected|, expected|$)")


def _kind(reason: str) -> str:
    """A reason without what is of one document only: its place, and what stands in brackets."""
    found = _FOUND.search(reason)
    return re.sub(r"\s{0,9}\([^()]*\)|\d+", "", found[1] if found else reason).strip()
