"""The words that the grammars know, each in a phrase that is read otherwise without it: words.csv.

One row is a phrase, who is asked about it (`READERS`), and what is right. `@` stands for each of
the `words` in turn (parted by blanks), in `right` too, so that one row holds a list of words that
stand in the same place; `｜` parts what a reader is given (the head of a column and its cell). What
is right was written before the phrase was read; some fifty of 4,200 were then coded anew, each by a
rule stated elsewhere. `robustness/mutants.py` says which words of a grammar no row needs.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import of_lists
from rows import hold
from test_phrase_tables import ISSUED, shown

from yiyang.agencies.grammar import read_units
from yiyang.core import schema
from yiyang.grammar import (
    batch_days,
    column_targets,
    deadlines,
    defined_words,
    document_rules,
    due_by_rule,
    indicator_names,
    leaning,
    mark_legends,
    notes_by_number,
    phase_headings,
    quantities,
    roles,
    targets,
    time_headings,
    title_years,
    year_goals,
    year_headings,
    year_notes,
)
from yiyang.grammar.dates import SchoolYear
from yiyang.grammar.deadline_phrases import Time, TitleYear, in_cell, in_text, is_unread
from yiyang.grammar.target_refusals import of_a_promise
from yiyang.parse import header_words
from yiyang.safety.telling import tell

TABLE = Path(__file__).parent.parent / "words.csv"
Row = dict[str, Any]


def _task(text: str, **more: object) -> Row:
    own = {"task_id": "x-01", "text": text, "line_start": 1, "line_end": 1, "section": ""}
    return own | {"number_printed": "", "measure_printed": ""} | more


def _time(time: Time) -> str:
    return f"({time.refusal})" if time.refusal and not is_unread(time) else shown(time)


def _in_year(phrase: str, year: TitleYear) -> list[str]:
    """The times of a cell of a document whose title names a year."""
    return [*map(shown, in_cell(phrase, ISSUED, year=year))]


def _texts(phrase: str) -> list[str]:
    return [_time(time) for time in in_text(phrase, ISSUED)]


def _amount(row: Row) -> str:
    ends = [n for n in (row["value"], row["value_high"]) if n is not None]
    value = "-".join(f"{n:.8g}" if n < 1e7 else f"{n:.0f}" for n in ends)
    by = f" by {row['due']}" if row.get("due") else ""
    return f"{row['comparator']} {value} {row['unit']}{by}"


def _promised(phrase: str) -> list[str]:
    tasks = [_task(phrase)]
    dated = deadlines.find(tasks, [], ISSUED)
    found = [(r["char_start"], _amount(r)) for r in targets.find(tasks, dated, issued=ISSUED)]
    found += [(r["char_start"], f"({r['kind']})") for r in targets.refusals(tasks, issued=ISSUED)]
    return [said for _, said in sorted(found)]


def _by_column(cell: str, text: str) -> list[str]:
    """The targets of a task with a cell of deadlines."""
    cells = [{"task_id": "x-01", "field": "deadline", "text": cell, "line": 1}]
    dated = deadlines.find([_task(text)], cells, ISSUED)
    return [_amount(row) for row in targets.find([_task(text)], dated, issued=ISSUED)]


def _reported(*phrases: str) -> list[str]:
    rows = [{"document_id": "x", "text": said, "line": n} for n, said in enumerate(phrases)]
    found = [f"{r['comparator']} {r['value']:.8g} {r['unit']}" for r in targets.outcomes(rows)]
    return [*found, *(f"({r['kind']})" for r in targets.refusals([], rows))]


def _figures(phrase: str) -> list[str]:
    return [
        _amount(
            {"comparator": q.comparator, "value": q.value, "value_high": q.high, "unit": q.unit}
        )
        for q in quantities.find(phrase)
    ]


def _indicators(phrase: str) -> list[str]:
    kept = [q for q in quantities.find(phrase) if not of_a_promise(phrase, q)]
    return indicator_names.indicators(phrase, kept)


def _units(phrase: str) -> list[str]:
    reading = read_units(phrase)
    return [f"{unit.role}:{unit.name}" for unit in reading.units] + [
        f"{piece.kind}:{piece.text}"
        for piece in reading.skipped
        if piece.kind in ("field", "unread")
    ]


def _of_table(heading: str, cell: str) -> list[str]:
    """The times of a cell below a heading."""
    cells = [{"task_id": "x-01", "field": "deadline", "heading": heading, "text": cell, "line": 1}]
    return [_row(row) for row in deadlines.find([_task("甲")], cells, ISSUED)]


def _row(row: Row) -> str:
    return shown(Time(0, 0, **{key: row[key] for key in ("kind", "start", "due")})) + (
        " +" if row["is_ongoing"] and row["kind"] != "ongoing" else ""
    )


def _stated(phrase: str) -> list[str]:
    return [_row(row) for row in deadlines.find([_task(phrase)], [], ISSUED)]


def _title(phrase: str, issued: str = "2025-03-01") -> list[str]:
    year = title_years.year_of_title(phrase, date.fromisoformat(issued) if issued else None)
    if isinstance(year, int) or year is None:
        return [str(year)] if year else []
    kind = "winter" if year.is_winter else "school"
    return [f"{year.first} {kind}{', named once' * year.is_named_once}"]


def _roles(phrase: str) -> list[str]:
    rules = document_rules.of_roles(phrase)
    return [" ".join([*filter(None, r.pick), r.role, r.others]).strip() for r in rules]


def _due(phrase: str) -> list[str]:
    said = []
    for rule in document_rules.of_times(phrase):
        time = due_by_rule.one_time(rule.time, ISSUED, None)
        day = str(time[1].due or time[1].kind) if time else "?"
        said.append(" ".join(filter(None, [*rule.pick, rule.reach, day])))
    return said


def _rule_words(phrase: str) -> list[str]:
    """The words of a text that are a rule of roles or of times."""
    rules = [*document_rules.of_roles(phrase), *document_rules.of_times(phrase)]
    return [phrase[rule.begin : rule.end] for rule in rules]


def _says_time(phrase: str) -> list[str]:
    return [due_by_rule.said(phrase, ISSUED, None)]


def _legend(phrase: str) -> list[str]:
    return [f"{sign} {meaning.role}" for sign, meaning in mark_legends.legend(phrase)]


def _explained(phrase: str) -> list[str]:
    return [*mark_legends.explained(phrase)]


def _mark(phrase: str) -> list[str]:
    cell = mark_legends.cell(phrase)
    if not cell:
        return []
    return [" ".join(filter(None, [cell.sign, mark_legends.role_of(cell.word), cell.note]))]


def _year_note(phrase: str, line: str = "1") -> list[str]:
    note = year_notes.find([_task("甲", line_start=2, line_end=2)], [_note(phrase, int(line))])
    return [str(note.year)] if note else []


def _note(text: str, line: int, reason: str = "parse.note_table") -> Row:
    return {"text": text, "line": line, "reason": tell(reason)}


def _batches(head: str, cells: str, note: str) -> list[str]:
    """The days of tasks, one for each of the cells below the head of a column, by a note."""
    tasks = [_task("甲", task_id=f"x-{n}") for n, _ in enumerate(cells.split())]
    columns = [
        {"task_id": f"x-{n}", "column_printed": head, "text": cell, "line": 1}
        for n, cell in enumerate(cells.split())
    ]
    found = batch_days.find(tasks, [], columns, [_note(note, line=9)], ISSUED)
    return [str(row["due"]) for row in found.rows] + [
        f"? {said}" for _, said in sorted(found.unread)
    ]


def _phase(heading: str, text: str = "甲", beside: str = "") -> list[str]:
    """The day of a task below a heading, `beside` another one of its list."""
    section = "parse.heading_section"
    notes = [_note(heading, 1, section), *[_note(beside, 3, section)] * bool(beside)]
    found = phase_headings.find([_task(text, line_start=2)], [], notes, ISSUED)
    given = [str(row["due"] or row["kind"] or "?") for row in found.rows]
    return given + ["unread"] * len(found.unread)


def _phase_phrase(heading: str) -> list[str]:
    notes = [_note(heading, 1, "parse.heading_section")]
    rows = phase_headings.find([_task("甲", line_start=2)], [], notes, ISSUED).rows
    return [row["printed"] for row in rows]


def _meeting(title: str, line: str) -> list[str]:
    """The day of the meeting that a line of minutes names."""
    met = leaning.day_of_meeting(title, [{"text": line, "line": 1}], 9, ISSUED)
    return [str(met)] if met else []


def _numbered(note: str) -> list[str]:
    """The days of four numbered tasks by a note."""
    tasks = [_task("甲", task_id=f"x-{n}", number_printed=str(n)) for n in range(1, 5)]
    found = notes_by_number.find(tasks, [], [_note(note, line=9)], ISSUED)
    return [f"{row['task_id'][2:]} {row['due'] or row['kind']}" for row in found.rows]


def _defined(cell: str, note: str) -> list[str]:
    tasks = [_task("甲")]
    cells = [{"task_id": "x-01", "field": "deadline", "text": cell, "line": 1}]
    times = deadlines.find(tasks, cells, ISSUED)
    found = defined_words.find(times, [_note(note, line=9)], ISSUED)
    return [_row(row) for row in found.rows]


def _defining(cell: str, note: str) -> list[str]:
    """The words of a note that define a time and were applied."""
    cells = [{"task_id": "x-01", "field": "deadline", "text": cell, "line": 1}]
    times = deadlines.find([_task("甲")], cells, ISSUED)
    return [said for _, said in defined_words.find(times, [_note(note, line=9)], ISSUED).applied]


def _goal(
    head: str, cell: str, beside: str = "", text: str = "甲", issued: str = "2025-03-01"
) -> list[str]:
    """The target that a cell of a column is, `beside` another column (单位=张)."""
    cells = [(head, cell), *[tuple(beside.split("=", 1))] * bool(beside)]
    columns = [
        {"task_id": "x-01", "column_printed": own, "text": words, "line": 1} for own, words in cells
    ]
    day = date.fromisoformat(issued)
    promised = targets.find([_task(text)], [], issued=day)
    found = column_targets.find([_task(text)], columns, [], promised, issued=day, year=None)
    bare = column_targets.bare_number(columns[0])
    return [_amount(row) for row in found] or ["unread"] * bool(bare)


def _everywhere(phrase: str) -> list[str]:
    found = roles.EVERYWHERE.search(phrase)
    return [found["units"], found[0]] if found else []


def _is(found: object) -> list[str]:
    return ["yes" if found else "no"]


def _year_head(phrase: str) -> list[str]:
    tasks = [_task("甲", line_start=2)]
    return [*year_headings.above(tasks, [_note(phrase, 1, "parse.heading_section")]).values()][:1]


def _goal_head(phrase: str) -> list[str]:
    year, kind = year_goals.year(phrase) or ("", "")
    return [f"{year} {kind}".strip()]


# Who is asked about a phrase, and answers with what was found, in order.
READERS: dict[str, Callable[..., list[str]]] = {
    "cell": lambda phrase: [*map(shown, in_cell(phrase, ISSUED))],
    "school": lambda phrase: _in_year(phrase, SchoolYear(2025)),
    "winter": lambda phrase: _in_year(phrase, SchoolYear(2025, is_winter=True)),
    "one winter": lambda phrase: _in_year(
        phrase, SchoolYear(2025, is_winter=True, is_named_once=True)
    ),
    "titled": lambda phrase, year: _in_year(phrase, int(year)),
    "text": _texts,
    "qualifier": lambda phrase: [time.qualifier for time in in_text(phrase, ISSUED)],
    "stated": _stated,
    "table": _of_table,
    "said": _says_time,
    "figures": _figures,
    "task": _promised,
    "report": _reported,
    "by column": _by_column,
    "kept": lambda phrase: [said.partition(" by ")[0] for said in _promised(phrase)],
    "indicator": _indicators,
    "goal": _goal,
    "goal head": _goal_head,
    "holds goals": lambda head: _is(column_targets.holds_goals(head)),
    "units": _units,
    "head": lambda head: [header_words.use_of(head)],
    "time label": lambda label: _is(re.fullmatch(time_headings.WORDS, label)),
    "beside": lambda head: _is(re.search(time_headings.BESIDE, head)),
    "ahead": lambda head, cell: _is(time_headings.may_lie_ahead(head, cell)),
    "everywhere": _everywhere,
    "unsaid": lambda phrase: _is(roles.UNSAID.search(phrase)),
    "others support": lambda phrase: _is(roles.OTHERS_SUPPORT.search(phrase)),
    "printed": lambda phrase: [phrase[t.begin : t.end] for t in in_text(phrase, ISSUED)],
    "unit label": lambda label: _is(
        re.fullmatch(roles.LABEL_WORDS + "：", label + "：")
        or re.match(f"(?:{roles.LABEL_WORDS})：", label + "：")
    ),
    "remark": lambda phrase: _is(re.fullmatch(roles.REMARK, phrase)),
    "worked out": lambda phrase: _is(re.fullmatch(roles.WORKED_OUT, phrase)),
    "keys alone": roles.keys,
    "is rule": lambda phrase: _is(roles.is_rule(phrase)),
    "meeting": _meeting,
    "keys": lambda phrase: [f"{k} {name}" for k, name in roles.legend(phrase).items()],
    "roles": _roles,
    "rule words": _rule_words,
    "due": _due,
    "by one": lambda phrase: [m[0] for m in document_rules.BY_ONE.finditer(phrase)],
    "legend": _legend,
    "no part": lambda cell: _is(mark_legends.NOTHING.fullmatch(cell)),
    "explained": _explained,
    "mark": _mark,
    "title": _title,
    "year note": _year_note,
    "year head": _year_head,
    "batches": _batches,
    "phase": _phase,
    "phase phrase": _phase_phrase,
    "numbered": _numbered,
    "defined": _defined,
    "defining": _defining,
    **of_lists.READERS,
}


def rows() -> list[dict[str, str]]:
    """The rows of the table of words."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def phrases(row: dict[str, str]) -> list[tuple[str, str]]:
    """The phrases of a row, each with what is right: one for each of its words, or the one that it
    is."""
    words = row["words"].split(" ") if "@" in row["phrase"] else [""]
    return [(row["phrase"].replace("@", word), row["right"].replace("@", word)) for word in words]


def read(asked: str, phrase: str) -> str:
    """What is read in a phrase, the parts of it by ` ; `."""
    return " ; ".join(READERS[asked](*phrase.split("｜")))


def check(asked: str, phrase: str, right: str) -> None:
    """Hold one phrase of a row."""
    assert read(asked, phrase) == right


def test_each_word_counts() -> None:
    asked = ((row["asked"], *phrase) for row in rows() for phrase in phrases(row))
    hold(lambda each: check(*each), asked, " | ".join)


# Hold data alone, or tell verbs from nouns, which is about no time and no figure.
NOT_TRIED = {"figures", "obligations", "verbs"}


def test_faults_are_tried_in_every_grammar() -> None:
    tried = (schema.CHECKOUT / "robustness" / "mutants.py").read_text(encoding="utf-8")
    grammars = {path.stem for path in Path(deadlines.__file__).parent.glob("[!_]*.py")}
    named = set(re.findall(r'"yiyang\.grammar\.(\w+)"', tried))
    assert grammars - NOT_TRIED == named


def test_no_word_stands_twice_in_a_row() -> None:
    every = [(row["asked"], phrase) for row in rows() for phrase, _ in phrases(row)]
    assert len(set(every)) == len(every)
