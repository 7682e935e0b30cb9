"""Review pairs in JupyterLab: two texts, no score, a verdict with its reason.

    from yiyang.matches import review_widget
    review_widget.tool(corpus, reviewer="Li Hua", reviewed_on="2026-01-31", lang="zh")

Each verdict is appended to `curation/match_reviews.csv` at once (of an installed yiyang to
`match_reviews.csv` in the working folder); the tables take it up when they are made anew.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, names
from yiyang.matches import reviews
from yiyang.matches.bridges import NEAR
from yiyang.safety import extras
from yiyang.safety.escaping import escape

SEED = 0


def queue(matches: pd.DataFrame, done: pd.DataFrame, reviewer: str) -> list[tuple[str, str]]:
    """List the pairs that `reviewer` has not seen yet, each once, those nearest to the limit of
    `possible` first.

    They come in blocks of ten, shuffled within the block and turned at random, so that neither the
    order nor the side tells the score. The same for every reviewer, so that two can be compared.
    """
    doubt = (matches["score"] - NEAR).abs()
    pairs = dict.fromkeys(
        tuple(sorted(pair))
        for pair in matches.assign(doubt=doubt)
        .sort_values(["doubt", "task_id", "other_task_id"])[["task_id", "other_task_id"]]
        .itertuples(index=False, name=None)
    )
    seen = {
        (row.task_id, row.other_task_id)
        for row in done[done["reviewer"] == reviewer].itertuples(index=False)
    }
    listed, rng = list(pairs), random.Random(SEED)
    out: list[tuple[str, str]] = []
    for at in range(0, len(listed), 10):
        block = listed[at : at + 10]
        rng.shuffle(block)
        turned = [(b, a) if rng.random() < 0.5 else (a, b) for a, b in block]
        out += [pair for pair in turned if tuple(sorted(pair)) not in seen]
    return out


def _beside(pair: tuple[str, str], texts: pd.DataFrame, called: pd.Series) -> str:
    """Two tasks side by side, each with the name of its place, all of it escaped."""
    columns = "".join(
        f"<td style='width:50%;vertical-align:top;text-align:left'><b>"
        f"{escape(called[texts.loc[task, 'jurisdiction']])} {escape(task)}</b><br>"
        f"{escape(texts.loc[task, 'text'])}</td>"
        for task in pair
    )
    return f"<table><tr>{columns}</tr></table>"


def tool(
    corpus: Corpus,
    *,
    reviewer: str,
    reviewed_on: str,
    lang: Lang = "zh",
    path: Path | None = None,
) -> Any:
    """Show the review as a widget: verdict buttons, a reason, and how many pairs are done."""
    with extras.named("report", "matches.review_widget"):
        import ipywidgets as widgets  # noqa: PLC0415  (only the live notebook needs it)

    path = path or reviews.own_place()
    waiting = queue(corpus.task_matches, reviews.read_reviews(corpus.tasks, path), reviewer)
    texts = corpus.tasks.set_index("task_id")[["jurisdiction", "text"]]
    called = names(corpus.jurisdictions, lang)
    view, said = widgets.HTML(), widgets.HTML()
    reason = widgets.Text(placeholder=label("reason", lang), layout={"width": "60%"})
    buttons = [
        widgets.Button(description=label(f"verdict.{verdict}", lang))
        for verdict in reviews.VERDICTS
    ]
    done = 0

    def show() -> None:
        if not waiting:
            view.value = escape(label("review.finished", lang))
            for button in buttons:
                button.disabled = True
            return
        view.value = _beside(waiting[0], texts, called)

    def decide(verdict: str) -> None:
        nonlocal done
        if not reason.value.strip():
            said.value = escape(label("review.reason_needed", lang))
            return
        row = dict(zip(reviews.COLUMNS[:2], waiting[0], strict=True))
        row |= {"verdict": verdict, "reason": reason.value}
        reviews.append({**row, "reviewer": reviewer, "reviewed_on": reviewed_on}, path)
        waiting.pop(0)
        done += 1
        reason.value = ""
        said.value = f"{done} / {done + len(waiting)}"
        show()

    for button, verdict in zip(buttons, reviews.VERDICTS, strict=True):
        button.on_click(lambda _, verdict=verdict: decide(verdict))
    show()
    return widgets.VBox([view, reason, widgets.HBox(buttons), said])
