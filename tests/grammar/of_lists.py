"""Readers of words.csv that are asked about a whole list, its lines parted by `/`, or say all that
was read of a phrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from yiyang.agencies.grammar import names_units, read_units
from yiyang.grammar import (
    amendments,
    batch_days,
    column_targets,
    deadlines,
    due_by_rule,
    moved_days,
    notes_by_number,
    period_columns,
    phase_headings,
    targets,
    title_years,
    year_goals,
    year_headings,
)
from yiyang.grammar.deadline_phrases import Time, in_cell, in_text
from yiyang.safety.telling import tell

Row = dict[str, Any]
Rows = list[Row]
ISSUED = date(2025, 3, 1)


_REASONS = {
    "~": "text_between_or_behind_tasks",
    "^": "table_header",
    "+": "heading_group_tasks",
    "=": "title",
}


def outline(printed: str) -> tuple[list[Row], list[Row]]:
    """The tasks and the headings of a list: `*` begins a task (its number, `=` its text, `|` its
    section, `|` the measure above it), `~` a line between tasks, `^` the header of a table, `+` the
    name of a group of tasks, all else is a heading."""
    tasks: list[Row] = []
    notes: list[Row] = []
    for line, words in enumerate(printed.split("/"), 1):
        if words[0] == "*":
            own, _, section = words[1:].partition("|")
            number, _, text = own.partition("=")
            section, _, measure = section.partition("|")
            name = f"x-{len(tasks) + 1:02d}"
            place = {"task_id": name, "line_start": line, "line_end": line, "section": section}
            place |= {"number_printed": number, "measure_printed": measure}
            tasks.append(place | {"text": text or "清理河道淤积。"})
        else:
            reason = tell(f"parse.{_REASONS.get(words[0], 'heading_section')}")
            notes.append({"line": line, "text": words.lstrip("~^+="), "reason": reason})
    return tasks, notes


def _phases(printed: str) -> list[str]:
    """The day of each task by the headings above it, and the lines of those not applied."""
    tasks, notes = outline(printed)
    heads = year_headings.above(tasks, notes)
    times = deadlines.find(tasks, [], ISSUED, heads=heads)
    found = phase_headings.find(tasks, times, notes, ISSUED, heads=heads)
    days = {task["task_id"]: ["-"] for task in tasks}
    for row in found.rows:
        assert row["is_ongoing"] or row["kind"] != "ongoing"
        due = f"{row['due']} by {row['printed']}" if row["due"] else row["kind"] or "left"
        days[row["task_id"]] = [*days[row["task_id"]], f"{row['order']}: {due}"][-1:]
    own = [day for said in days.values() for day in said]
    return [*own, *(f"unread {line}: {said}" for line, said in sorted(found.unread))]


def _years(printed: str) -> list[str]:
    """The heading of a year that holds for each task."""
    tasks, notes = outline(printed)
    found = year_headings.above(tasks, notes)
    return [found.get(task["task_id"], "-") for task in tasks]


def _under(head: str, text: str, year: str) -> list[str]:
    """The times of a task below a heading, in a list whose title names a year."""
    tasks = [{"task_id": "x-01", "text": text, "line_start": 2, "section": ""}]
    times = deadlines.find(tasks, [], ISSUED, year=int(year), heads={"x-01": head})
    return [f"{row['due'] or 'no day'} {row['printed']}" for row in times]


def _in_batches(printed: str, note: str, cells: str = "") -> list[str]:
    """The day of each task by the batch that its section or its cell names; and the words of the
    note that were applied, or the times in it that were not."""
    tasks, _ = outline(printed)
    columns = [
        {"task_id": task["task_id"], "column_printed": "批次", "text": text, "line": 1}
        for task, text in zip(tasks, cells.split(), strict=bool(cells))
    ]
    times = deadlines.find(tasks, [], ISSUED)
    found = batch_days.find(tasks, times, columns, [{"text": note, "line": 9}], ISSUED)
    days = [
        f"{row['task_id'][3:]} {row['order']}: {row['due'] or 'left'} by {row['printed']}"
        for row in found.rows
    ]
    return [
        *days,
        *(w for _, w in sorted(found.applied)),
        *(f"? {w}" for _, w in sorted(found.unread)),
    ]


def _by_rules(printed: str, issued: str = "2025-03-01") -> list[str]:
    """The day of each task of a list by its rules (`~` lines), and the words that were applied."""
    tasks, notes = outline(printed)
    day = date.fromisoformat(issued) if issued else None
    found = due_by_rule.find(tasks, deadlines.find(tasks, [], day), notes, day)
    return _of_notes(found)


def _by_numbers(printed: str) -> list[str]:
    """The same by all rules, those that name the numbers of tasks too."""
    tasks, notes = outline(printed)
    notes = [note for note in notes if note["reason"] != tell("parse.heading_section")]
    times = deadlines.find(tasks, [], ISSUED)
    return _of_notes(notes_by_number.find_all(tasks, times, notes, ISSUED))


def _of_notes(found: due_by_rule.ByRule) -> list[str]:
    assert all(row["is_ongoing"] for row in found.rows if row["kind"] == "ongoing")
    assert all(row["is_inferred"] == bool(row["kind"]) for row in found.rows)
    days = [
        f"{row['task_id'][3:]} {row['order']}: {row['due'] or row['kind'] or 'left'}"
        f" by {row['printed']} line {row['line']}" + " ?" * row["is_year_inferred"]
        for row in found.rows
    ]
    return [*days, *(words for _, words in sorted(found.applied))]


def _of_cells(cells: str, issued: str = "", title: str = "") -> list[str]:
    """The times of the cells of tasks below one another; `title` is the year of the title."""
    tasks, _ = outline("/".join("*" for _ in cells.split("/")))
    given = [
        {"task_id": task["task_id"], "field": "deadline", "text": text, "line": 1}
        for task, text in zip(tasks, cells.split("/"), strict=True)
    ]
    day = date.fromisoformat(issued) if issued else None
    return [
        f"{row['task_id'][3:]} {row['order']}: {row['due'] or row['kind']}"
        + " ?" * row["is_year_inferred"]
        for row in deadlines.find(tasks, given, day, year=int(title) if title else None)
    ]


def _on_lines(text: str, heading: str = "", cell: str = "") -> list[str]:
    """The times of a task whose text stands on several lines (parted by `/`, from 3 on) and whose
    cell of deadlines stands on line 2, as printed, with their lines."""
    lines = [
        {"task_id": "x-01", "field": "text", "text": part, "printed": part, "line": n}
        for n, part in enumerate(text.split("/"), 3)
    ]
    own = {"task_id": "x-01", "field": "deadline", "heading": heading, "text": cell, "line": 2}
    task = {"task_id": "x-01", "text": text.replace("/", ""), "line_start": 3}
    return [
        f"{row['printed']} line {row['line']} {row['due'] or row['kind']}"
        + " ?" * row["is_year_inferred"]
        for row in deadlines.find([task], [*lines, *[own] * bool(cell)], ISSUED)
    ]


def _unissued(phrase: str, year: str) -> list[str]:
    """The days of a text whose day of issue is not known, by the year of the title."""
    return [*map(_day, in_text(phrase, None, year=int(year)))]


def _day(time: Time) -> str:
    inferred = " ?" * time.is_year_inferred
    return f"({time.refusal})" if time.refusal else f"{time.due or time.kind or '-'}{inferred}"


def _titled_text(phrase: str, year: str) -> list[str]:
    """The days of a text by the year of the title."""
    return [*map(_day, in_text(phrase, ISSUED, year=int(year)))]


def _in_minutes(phrase: str, met: str, issued: str = "") -> list[str]:
    """The days of a text in the minutes of a meeting."""
    day = date.fromisoformat(issued) if issued else None
    return [*map(_day, in_text(phrase, day, met=date.fromisoformat(met)))]


def _below_heading(text: str, section: str, title: str, issued: str = "2025-08-26") -> list[str]:
    """The times of a task below a heading, in a list with a title."""
    task = {"task_id": "x-01", "text": text, "line_start": 1, "section": section}
    day = date.fromisoformat(issued)
    found = deadlines.find([task], [], day, year=title_years.year_of_title(title, day))
    return [
        f"{row['start'] or '-'} {row['due'] or row['kind']}" + " ?" * row["is_year_inferred"]
        for row in found
    ]


def _exactness(cell: str, issued: str = "2025-03-01") -> list[str]:
    """The first and the last day of each time of a cell, and how exactly it is said."""
    day = date.fromisoformat(issued) if issued else None
    return [f"{t.start or '-'} {t.due or '-'} {t.precision}" for t in in_cell(cell, day)]


def _reasons(phrase: str) -> list[str]:
    """The times of a text that are no deadlines or were not read, each with the reason."""
    return [f"{phrase[t.begin : t.end]}: {t.refusal}" for t in in_text(phrase, ISSUED) if t.refusal]


def _pieces(cell: str) -> list[str]:
    """What each time of a cell is printed as."""
    return [cell[time.begin : time.end] for time in in_cell(cell, ISSUED)]


def _value(row: Row) -> str:
    value = "-".join(f"{n:.8g}" for n in (row["value"], row.get("value_high")) if n is not None)
    return f"{row['comparator']} {value} {row['unit']}"


def _whole(phrase: str, cell: str = "") -> list[str]:
    """All that is said of the targets of a task, `cell` its deadline in a column."""
    tasks = [{"task_id": "x-01", "text": phrase, "line_start": 1}]
    given = {"task_id": "x-01", "field": "deadline", "text": cell, "line": 1}
    dated = deadlines.find(tasks, [given] if cell else [], ISSUED)
    found = targets.find(tasks, dated, issued=ISSUED)
    assert all(phrase[r["char_start"] : r["char_end"]] == r["printed"] for r in found)
    return [*map(_target, found)]


def _target(row: Row) -> str:
    due = f" by {row['due']} ({row['due_source']})" if row["due"] else ""
    inferred = " inferred" * row["is_inferred"]
    return f"{row['order']}: {row['indicator']} {_value(row)}{due}{inferred}"


def _columns(cells: str) -> list[Row]:
    """The cells of a task, `head=cell` each, parted by `/`."""
    pairs = [cell.split("=", 1) for cell in cells.split("/")]
    return [
        {"task_id": "x-01", "column_printed": head, "text": text, "line": 1} for head, text in pairs
    ]


def _by_columns(cells: str, text: str, deadline: str = "", title: str = "", day: str = "") -> Rows:
    tasks = [{"task_id": "x-01", "text": text, "line_start": 1}]
    given = {"issued": date.fromisoformat(day) if day else ISSUED}
    given["year"] = int(title) if title else None
    cell = {"task_id": "x-01", "field": "deadline", "text": deadline, "line": 1}
    cells_of_times = [cell] if deadline else []
    times = deadlines.find(tasks, cells_of_times, **given)
    promised = targets.find(tasks, times, **given)
    promised = column_targets.of_schedules(tasks, cells_of_times, promised, (), **given)
    return column_targets.find(tasks, _columns(cells), times, promised, **given)


def _goals(*given: str) -> list[str]:
    """All that is said of the targets of a task that stand in its text and its cells; behind them
    its deadline, the year of the title and the day of the issue."""
    return [*map(_target, _by_columns(*given))]


def _time_row(row: Row) -> str:
    """What a row of the table of deadlines says, with its order, where it stands and what is not
    read of it."""
    said = f"{row['due']}" if row["kind"] else f"unread {row['unread']}"
    return f"{row['order']}: {said} {row['source']} line {row['line']}"


def _moved(cells: str, deadline: str, text: str = "修建水厂。") -> list[str]:
    """The times of a task with other cells, and those that hold no longer."""
    tasks = [{"task_id": "x-01", "text": text, "line_start": 1}]
    cell = {"task_id": "x-01", "field": "deadline", "text": deadline, "line": 1}
    times = deadlines.find(tasks, [cell], ISSUED)
    found = moved_days.find(times, _columns(cells), ISSUED)
    former = [f"former {row['printed']}" for row in found.former]
    return [*map(_time_row, found.rows), *former, *(f"moved {name}" for name in found.tasks)]


def _by_parts(cells: str, deadline: str = "", note: str = "") -> Rows:
    """The times of two tasks by the cells of each, tasks parted by `//`, and a note."""
    tasks = [{"task_id": f"x-{n:02d}", "text": "修建水厂。", "line_start": n} for n in (1, 2)]
    rows = [
        row | {"task_id": f"x-{n:02d}", "line": n}
        for n, own in enumerate(cells.split("//"), 1)
        for row in (_columns(own) if own else ())
    ]
    given = {"task_id": "x-01", "field": "deadline", "text": deadline, "line": 1}
    times = deadlines.find(tasks, [given] if deadline else [], ISSUED)
    notes = [{"text": note}] if note else None
    return period_columns.deadlines(tasks, times, rows, ISSUED, notes=notes)


def _ticks(*given: str) -> list[str]:
    """The same in words."""
    return [f"{row['task_id'][-1]}/{_time_row(row)}" for row in _by_parts(*given)]


def _unread_marks(cells: str) -> list[str]:
    """The marks of two tasks of which it is not said what they mean, each with its column."""
    rows = [row for row in _by_parts(cells) if period_columns.is_unread(row)]
    return [f"{row['task_id'][-1]}/{row['unread']} {row['printed']}" for row in rows]


def _bases(cells: str, text: str = "甲") -> list[str]:
    """The heads of columns that say what was reached before the goals of a list."""
    return sorted(year_goals.bases(_columns(cells), _by_columns(cells, text)))


def _outcomes(*phrases: str) -> list[str]:
    """All that is said of the outcomes of paragraphs."""
    rows = [{"document_id": "x", "text": text, "line": n} for n, text in enumerate(phrases, 1)]
    return [
        f"{row['order']}: {row['indicator']} {_value(row)} line {row['line']}"
        + f" and {row['also_lines']}" * bool(row["also_lines"])
        + f" of {row['as_of']} ({row['as_of_source']})" * bool(row["as_of"])
        for row in targets.outcomes(rows)
    ]


def _refused(phrase: str) -> list[str]:
    """The figures of a task that are no targets, with the reason."""
    tasks = [{"task_id": "x-01", "text": phrase, "line_start": 1}]
    return [
        f"{row['printed']}: {row['kind']}"
        + (f" {row['value']:.8g} {row['unit']}" if row["value"] is not None else "")
        for row in targets.refusals(tasks)
    ]


def _list_of_units(phrase: str, default: str = "") -> list[str]:
    """The units of a list with role, the word of it and name, and what else is no separator."""
    found = read_units(phrase, default or None)
    units = [
        f"{unit.order}: {unit.role} {unit.role_printed or '-'} {unit.name}" for unit in found.units
    ]
    return units + [f"{s.kind}: {s.text}" for s in found.skipped if s.kind != "separator"]


def _amended(printed: str, remark: str = "") -> list[str]:
    """What the notes of a list say of single tasks, the units that they or a remark beside the
    first add to them, and the days that they move, of tasks whose words stand for a column."""
    tasks, notes = outline(printed)
    mentions = [{"task_id": task["task_id"], "field": "text"} for task in tasks]
    columns = [{"task_id": "x-01", "line": 1, "text": remark, "column_printed": "备注"}]
    found, added = amendments.find(tasks, notes, mentions, columns if remark else [])
    times = [row | {"source": "column"} for row in deadlines.find(tasks, [], ISSUED)]
    moved = moved_days.find(times, [], ISSUED, notes=found)
    lists = [
        f"{row['task_id'][-1]} {row['field']} {row['text']} line {row['line']}"
        + " shared" * row["is_shared"]
        + " inferred" * row["is_inferred"]
        for row in added.lists
    ]
    days = [f"{row['task_id'][-1]} {row['due']}" for row in moved.rows if row.get("is_inferred")]
    said = [f"{'+'.join(name[-1] for name in note.tasks)}: {note.words}" for note in found]
    on = {line for line, _ in added.applied | moved.applied}
    return [*said, *lists, *days, *(f"applied {line}" for line in sorted(on))]


READERS: dict[str, Callable[..., list[str]]] = {
    "amended": _amended,
    "phases": _phases,
    "years": _years,
    "under": _under,
    "whole": _whole,
    "in batches": _in_batches,
    "by rules": _by_rules,
    "by numbers": _by_numbers,
    "of cells": _of_cells,
    "on lines": _on_lines,
    "unissued": _unissued,
    "titled text": _titled_text,
    "in minutes": _in_minutes,
    "pieces": _pieces,
    "reasons": _reasons,
    "exactness": _exactness,
    "below heading": _below_heading,
    "outcomes": _outcomes,
    "goals": _goals,
    "bases": _bases,
    "figures of a cell": column_targets.figures,
    "refused": _refused,
    "moved": _moved,
    "ticks": _ticks,
    "unread marks": _unread_marks,
    "list of units": _list_of_units,
    "names units": lambda phrase: ["yes" if names_units(phrase) else "no"],
}
