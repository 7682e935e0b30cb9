"""Take tasks that were changed outside the library into a corpus, checked and filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yiyang.core import cutting, schema
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd
from yiyang.safety.telling import counted, tell

Reader = Callable[[schema.Rows, "pd.DataFrame", "pd.DataFrame"], dict[str, schema.Rows]]
"""Tasks, the table `documents` and the deadlines of columns -> the rows of `READ_AGAIN` in the
texts."""
READ_AGAIN = ("deadlines", "targets", "obligations")
KEPT = ("deadlines",)
"""Of these the rows of a printed column stay when the text of a task changes."""


def filled(tasks: pd.DataFrame, documents: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return tasks with all columns of the table, what is left out filled.

    `document_id`: that of the only document with tasks. `seq`: those at the end of
    `task_id`, else the next numbers of the document after those `before`, so that no new task
    takes over what is known of an old one. `task_id`: document and number. `jurisdiction`: that of
    the document. `text_printed`: the text. `line_start`, `line_end`: 0, which is no line. The
    flags: False, and `is_complete` True. All else is missing.
    """
    place = tell("core.tasks_handed_in")
    wanted = schema.columns("tasks")
    if strangers := sorted(set(map(str, tasks.columns)) - set(wanted)):
        raise refusal("tasks.columns", place, strangers=strangers, known=", ".join(wanted))
    frame = tasks.reset_index(drop=True)
    if "document_id" not in frame:
        listed = documents.loc[documents["n_tasks"] > 0, "document_id"].tolist()
        if len(listed) != 1:
            raise refusal("tasks.no_document", place, known=", ".join(documents["document_id"]))
        frame = frame.assign(document_id=listed[0])
    strangers = sorted(set(frame["document_id"].dropna()) - set(documents["document_id"]))
    if strangers:
        raise refusal("tasks.strange_document", place, name=strangers[0])
    _refuse_missing(frame, place, [name for name in ("document_id", "text") if name in frame])
    if "text" not in frame:
        raise refusal(
            "tasks.missing",
            place,
            missing=tell("core.empty_in_rows", column="text", rows=counted("row", len(frame))),
        )
    frame = _numbered(frame, before)
    home = documents.set_index("document_id")["jurisdiction"]
    defaults = {
        "jurisdiction": frame["document_id"].map(home),
        "text_printed": frame["text"],
        "line_start": 0,
        "line_end": 0,
        "is_complete": True,
        "is_repaired": False,
        "is_label_inferred": False,
    }
    for name in wanted:
        if name not in frame:
            frame[name] = defaults.get(name)
        elif name in defaults:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), defaults[name])
    elsewhere = frame.index[frame["jurisdiction"] != frame["document_id"].map(home)]
    if len(elsewhere):
        raise refusal("tasks.elsewhere", place, task=frame.loc[elsewhere[0], "task_id"])
    required = [f["name"] for f in schema.specifications()["tasks"]["fields"] if f.get("required")]
    _refuse_missing(frame, place, required)
    return schema.cast("tasks", frame[wanted])


def _refuse_missing(frame: pd.DataFrame, place: str, required: Sequence[str]) -> None:
    counts = {c: int((frame[c].isna() | (frame[c].astype(str) == "")).sum()) for c in required}
    if said := "; ".join(
        tell("core.empty_in_rows", column=column, rows=counted("row", n))
        for column, n in counts.items()
        if n
    ):
        raise refusal("tasks.missing", place, missing=said)


def _numbered(frame: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The frame with `seq` and `task_id`, each worked out from the other where one is left out."""
    ids = frame["task_id"] if "task_id" in frame else pd.Series(None, frame.index, dtype=object)
    number = pd.to_numeric(
        ids.str.rpartition("-")[2] if ids.notna().any() else ids, errors="coerce"
    )
    if "seq" in frame:
        number = pd.to_numeric(frame["seq"], errors="coerce").fillna(number)
    last = number.groupby(frame["document_id"]).transform("max").fillna(0)
    taken = frame["document_id"].map(before.groupby("document_id")["seq"].max()).fillna(0)
    last = last.where(last > taken, taken)
    following = number.isna().groupby(frame["document_id"]).cumsum()
    number = number.fillna(last + following).astype("int64")
    made = frame["document_id"].astype(str) + "-" + number.map("{:02d}".format)
    return frame.assign(seq=number, task_id=ids.where(ids.notna(), made))


def with_tasks(
    table: Callable[[str], pd.DataFrame], names: Sequence[str], tasks: pd.DataFrame, read: Reader
) -> dict[str, pd.DataFrame]:
    """Return the base tables of a corpus with other tasks, held to the contract."""
    before = table("tasks")
    made = filled(tasks, table("documents"), before)
    same = before.set_index("task_id")["text"].reindex(made["task_id"]).to_numpy(object)
    changed = made[made["text"].to_numpy(object) != same]
    kept = cutting.keys(table, set(made["task_id"]), set(table("jurisdictions")["jurisdiction"]))
    kept["documents"] = set(table("documents")["document_id"])
    everyone = set(before["task_id"])
    base = [name for name in names if name in schema.names("base")]
    own = {name: cutting.cut(name, table(name), kept, everyone) for name in base} | {"tasks": made}
    times = own["deadlines"]
    found = read(_plain(changed), table("documents"), times[times["source"] == "column"])
    for name in READ_AGAIN:
        own[name] = _again(name, own[name], set(changed["task_id"]), found[name], made)
    spans = own["assignments"]
    is_old = spans["task_id"].isin(changed["task_id"])
    own["assignments"] = spans.assign(text_spans=spans["text_spans"].where(~is_old))
    own["documents"] = cutting.counted(own["documents"], made)
    own["signs"] = own["signs"][own["signs"]["document_id"].isin(list(kept["documents"]))]
    schema.check(own)
    return own


def _plain(frame: pd.DataFrame) -> schema.Rows:
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def _again(
    name: str, old: pd.DataFrame, changed: set[str], found: schema.Rows, tasks: pd.DataFrame
) -> pd.DataFrame:
    """A table whose rows about changed texts are those found in them, in the order of the tasks."""
    gone = old["task_id"].isin(list(changed))
    if name in KEPT:
        gone &= old["source"] != "column"
    new = schema.cast(name, pd.DataFrame(found, columns=schema.columns(name)))
    frame = pd.concat([old[~gone], new], ignore_index=True)
    place = frame["task_id"].map({task: n for n, task in enumerate(tasks["task_id"])})
    frame = frame.iloc[place.argsort(kind="stable")].reset_index(drop=True)
    frame["order"] = frame.groupby("task_id").cumcount() + 1
    return schema.cast(name, frame)
