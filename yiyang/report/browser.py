"""Write the task browser: every task on one page, each with its link, opening to its evidence.

The page is whole without a script; `site/static/browser.js` adds the filters. All text of the
documents passes through `Markup.format`, which escapes it: the one place where it becomes HTML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from yiyang import themes
from yiyang.agencies.within import Within, roles_within
from yiyang.compare import coverage
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, label, names, phrase, say
from yiyang.core.schema import ROLES
from yiyang.matches.finding import SAID
from yiyang.reading import provenance
from yiyang.report import filters
from yiyang.safety.escaping import Markup
from yiyang.show import gloss, tables

NOTHING = Markup("")
MOST = 12
"""Counterparts shown of a task, more than one of the four lists has; of more their number is said.
Of sixty lists a task has eighty, and the page would hold 150 MB."""


class Evidence(NamedTuple):
    """What the page tells of the tasks, the same in both editions; rows by `task_id`."""

    corpus: Corpus
    called: dict[tuple[str, Lang], dict[str, str]]
    texts: dict[str, str]
    state: dict[str, str]
    reasons: dict[str, list[Any]]
    lines: dict[str, list[str]]
    units: dict[str, list[Any]]
    times: dict[str, list[Any]]
    figures: dict[str, list[Any]]
    matches: dict[str, list[Any]]
    files: dict[str, str]
    repairs: dict[str, list[Any]]
    """Those of a document, by its `document_id`."""
    glosses: Mapping[str, str]
    """The editor's, in English."""
    progress: dict[str, str]
    """What people wrote on a task (`report.progress`)."""


def gather(
    corpus: Corpus, folder: Path | None = None, progress: Mapping[str, str] | None = None
) -> Evidence:
    """Gather the evidence of every task; the printed lines are read from `folder` (default:
    data/raw)."""
    documents = corpus.documents[corpus.documents["n_tasks"] > 0]
    return Evidence(
        corpus,
        {
            (name, lang): names(corpus.table(name), lang).to_dict()
            for name in ("jurisdictions", "agencies", "themes")
            for lang in LANGS
        },
        corpus.tasks.set_index("task_id")["text"].to_dict(),
        coverage.states(corpus.tasks, corpus.deadlines).set_index("task_id")["state"].to_dict(),
        _by_task(themes.explain_all(corpus.tasks)),
        {d.document_id: provenance.printed(d, folder) for d in documents.itertuples(index=False)},
        _by_task(corpus.assignments),
        _by_task(corpus.deadlines),
        _by_task(corpus.targets),
        _by_task(corpus.task_matches[corpus.task_matches["grade"] != "none"]),
        corpus.documents.set_index("document_id")["file_name"].to_dict(),
        _by_task(corpus.repairs, "document_id"),
        gloss.titles(corpus)["gloss"].to_dict(),
        dict(progress or {}),
    )


def _by_task(frame: pd.DataFrame, key: str = "task_id") -> dict[str, list[Any]]:
    """The rows of each task. A frame for each would take ten times as long."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in frame.itertuples():
        found[str(getattr(row, key))].append(row)
    return dict(found)


def page(evidence: Evidence, lang: Lang, *, has_briefs: bool = True) -> Markup:
    """Write the filters and the table of all tasks; a task is a `tbody` whose id is its
    `task_id`. With `has_briefs` the filters lead to the brief of a place."""
    frame = evidence.corpus.tasks.merge(evidence.corpus.task_themes, on="task_id", how="left")
    heads = ("task_id", "text", "theme", "agency", "deadline")
    head = _join(Markup('<th scope="col">{}</th>').format(label(h, lang)) for h in heads)
    bodies = _join(_task(evidence, task, lang) for task in frame.itertuples(index=False))
    form = (
        '{}\n<table class="yy-table yy-tasks">\n<caption>{}</caption>\n'
        "<thead><tr>{}</tr></thead>\n{}</table>\n"
    )
    caption = label("browser.caption", lang).format(n=len(frame))
    return Markup(form).format(
        filters.form(evidence.corpus, lang, has_briefs=has_briefs), caption, head, bodies
    )


def printed(text: Any) -> Markup:
    """Mark words of a document as Chinese, and keep them apart where they hold marks that turn
    direction."""
    return Markup('<bdi lang="zh-CN">{}</bdi>').format(text)


# One task ----------------------------------------------------------------------------------------


def _task(evidence: Evidence, task: Any, lang: Lang) -> Markup:
    units = evidence.units.get(task.task_id)
    pairs = [("" if pd.isna(u.agency_id) else u.agency_id, u.role) for u in units or ()]
    # who leads something by the text itself is found by its role too, and said to stand there
    within = [w for w in roles_within(task.text) if (w.agency_id, w.role) not in pairs]
    pairs += [(w.agency_id, w.role) for w in within]
    state = str(evidence.state[task.task_id])
    held = [t for t in (task.theme_id, task.second_theme_id) if pd.notna(t)]
    heads = [label(h, lang) for h in ("task_id", "text", "theme", "agency", "deadline")]
    cells = (
        Markup('<a href="#{0}">{0}</a><br><small>{1}</small>').format(
            task.task_id, evidence.called["jurisdictions", lang][task.jurisdiction]
        ),
        _text(task),
        _theme(evidence, task, lang),
        _units(evidence, units, lang) + _said_within(evidence, within, lang),
        _times(evidence.times.get(task.task_id), state, lang) + _progress(evidence, task, lang),
    )
    row = _join(
        Markup('<td data-label="{}">{}</td>\n').format(head, cell)
        for head, cell in zip(heads, cells, strict=True)
    )
    form = (
        '<tbody id="{}" data-jurisdiction="{}" data-theme="{}" data-units="{}" data-state="{}">\n'
        '<tr>{}</tr>\n<tr class="yy-evidence"><td colspan="5"><details>'
        "<summary>{}</summary>\n{}</details></td></tr></tbody>\n"
    )
    return Markup(form).format(
        task.task_id,
        task.jurisdiction,
        " ".join(held),
        " ".join(f"{agency}:{role}" for agency, role in pairs),
        state,
        row,
        label("browser.open", lang),
        _evidence(evidence, task, lang),
    )


def _text(task: Any) -> Markup:
    above = [t for t in (task.section, task.measure) if pd.notna(t)]
    title = Markup("<small>{}</small><br>").format(printed(" / ".join(above))) if above else NOTHING
    return Markup('{}<span class="yy-text">{}</span>').format(title, printed(task.text))


def _progress(evidence: Evidence, task: Any, lang: Lang) -> Markup:
    """What people wrote on the task, below its deadline."""
    said = evidence.progress.get(task.task_id)
    if not said:
        return NOTHING
    form = '<br><b>{}</b> <bdi class="yy-progress">{}</bdi>'
    return Markup(form).format(label("sheet.progress", lang), said)


def _theme(evidence: Evidence, task: Any, lang: Lang) -> Markup:
    called = evidence.called["themes", lang]
    if pd.isna(task.theme_id):
        return Markup("—")
    second = (
        Markup("<br><small>{}</small>").format(called[task.second_theme_id])
        if pd.notna(task.second_theme_id)
        else NOTHING
    )
    return Markup("{}{}").format(called[task.theme_id], second)


def _units(evidence: Evidence, units: list[Any] | None, lang: Lang) -> Markup:
    if units is None:
        return Markup("{}").format(label("no_units", lang))
    called = evidence.called["agencies", lang]
    groups = []
    for role in ROLES:
        own = [unit for unit in units if unit.role == role]
        if not own:
            continue
        offices = Markup(label("mark.lists", lang)).join(
            _office(unit, called, lang) for unit in own
        )
        groups.append(Markup("<b>{}</b> {}").format(label(f"role.{role}", lang), offices))
    return Markup("<br>").join(groups)


def _said_within(evidence: Evidence, within: list[Within], lang: Lang) -> Markup:
    """The roles that the text states itself, with the sentence: it may speak of a part only."""
    called = evidence.called["agencies", lang]
    form = '<br><small class="yy-within">{} <b>{}</b> {} “{}”</small>'
    return _join(
        Markup(form).format(
            label("browser.within", lang),
            label(f"role.{unit.role}", lang),
            called[unit.agency_id] if unit.agency_id else printed(unit.printed),
            printed(unit.clause),
        )
        for unit in within
    )


def _office(unit: Any, called: dict[str, str], lang: Lang) -> Markup:
    """A unit as printed; the English edition says before it which office it is."""
    if lang == "zh" or pd.isna(unit.agency_id):
        return printed(unit.agency_printed)
    return Markup("{} ({})").format(called[unit.agency_id], printed(unit.agency_printed))


def _times(times: list[Any] | None, state: str, lang: Lang) -> Markup:
    if times is None:
        return Markup("{}").format(label("state.none", lang))
    return Markup("<br>").join(
        Markup("{} <small>{}</small>").format(printed(time.printed), _meant(time, lang))
        for time in times
    )


def _meant(time: Any, lang: Lang) -> str:
    kind = label(f"kind.{time.kind}", lang) if pd.notna(time.kind) else label("state.undated", lang)
    due = f" {time.due.date()}" if pd.notna(time.due) else ""
    goes_on = f", {label('is_ongoing', lang)}" if time.is_ongoing and due else ""
    return f"{kind}{due}{goes_on}"


# What it rests on --------------------------------------------------------------------------------


def _evidence(evidence: Evidence, task: Any, lang: Lang) -> Markup:
    parts = {
        "browser.lines": _printed_lines(evidence, task, lang),
        "agency": _items(_unit_items(evidence, task.task_id, lang)),
        "deadline": _items(_time_items(evidence, task.task_id, lang)),
        "browser.figures": _items(_figure_items(evidence, task.task_id, lang)),
        "theme": _items(_theme_items(evidence, task, lang)),
        "browser.counterparts": _counterparts(evidence, task.task_id, lang),
    }
    return Markup("<dl>{}</dl>").format(
        _join(
            Markup("<dt>{}</dt><dd>{}</dd>\n").format(label(key, lang), part)
            for key, part in parts.items()
            if part
        )
    )


def _printed_lines(evidence: Evidence, task: Any, lang: Lang) -> Markup:
    """The lines of the file, numbered, the ledger's repairs marked where they were made."""
    of_file = evidence.repairs.get(task.document_id, [])
    own = [repair for repair in of_file if str(repair.task_id) == task.task_id]
    lines = evidence.lines[task.document_id]
    if not lines:  # the file has gone since it was read
        return NOTHING
    shown = []
    for number in range(task.line_start, task.line_end + 1):
        line = lines[number - 1]
        if not line.strip():
            continue
        mended = line
        for repair in (r for r in of_file if r.line == number):
            after = "" if pd.isna(repair.after) else repair.after
            mended = mended.replace(repair.before, after, 1)
        marked = tables.marked(tables.tabs(line), tables.tabs(mended))
        shown.append(Markup("<li value='{}'>{}</li>").format(number, printed(marked)))
    reasons = _items(
        Markup("{} {}: {}").format(
            label("line", lang), repair.line, phrase(str(repair.reason), lang)
        )
        for repair in own
    )
    form = '<code>{}</code><ol class="yy-lines">{}</ol>{}'
    return Markup(form).format(evidence.files[task.document_id], _join(shown), reasons)


def _unit_items(evidence: Evidence, task_id: str, lang: Lang) -> Iterable[Markup]:
    called = evidence.called["agencies", lang]
    for unit in evidence.units.get(task_id, []):
        office = called[unit.agency_id] if pd.notna(unit.agency_id) else "—"
        yield Markup("{} → {} · {} <small>({} {})</small>").format(
            printed(unit.agency_printed),
            office,
            label(f"role.{unit.role}", lang),
            label("line", lang),
            unit.line,
        )


def _time_items(evidence: Evidence, task_id: str, lang: Lang) -> Iterable[Markup]:
    for time in evidence.times.get(task_id, []):
        yield Markup("{} → {} <small>({}, {} {})</small>").format(
            printed(time.printed),
            _meant(time, lang),
            label(f"source.{time.source}", lang),
            label("line", lang),
            time.line,
        )


def _figure_items(evidence: Evidence, task_id: str, lang: Lang) -> Iterable[Markup]:
    signs = {">=": "≥", "<=": "≤", "=": "=", "about": "≈"}
    for target in evidence.figures.get(task_id, []):
        due = f" ({target.due.date()})" if pd.notna(target.due) else ""
        yield Markup("{}: {} → {} {:g} {}{}").format(
            printed(target.indicator),
            printed(target.printed),
            signs[target.comparator],
            target.value,
            printed(target.unit),
            due,
        )


def _theme_items(evidence: Evidence, task: Any, lang: Lang) -> Iterable[Markup]:
    called = evidence.called["themes", lang]
    reasons = evidence.reasons.get(task.task_id, [])
    for theme, score in ((task.theme_id, task.score), (task.second_theme_id, task.second_score)):
        if pd.isna(theme):
            continue
        own = [r.words for r in reasons if r.theme_id == theme and pd.notna(r.words) and r.words]
        words = dict.fromkeys(w for found in own for w in found.split("、"))
        by_hand = theme == task.theme_id and task.is_reviewed
        yield Markup("{} {:.2f}{} <small>{}</small>").format(
            called[theme],
            score,
            f" ({label('browser.by_hand', lang)})" if by_hand else "",
            printed("、".join(words)),
        )


def _counterparts(evidence: Evidence, task_id: str, lang: Lang) -> Markup:
    """The counterparts by jurisdiction, the parts that answer to each other side by side; of many
    the surest."""
    found = evidence.matches.get(task_id)
    if found is None:
        return Markup("{}").format(label("browser.no_counterpart", lang))
    places = evidence.called["jurisdictions", lang]
    texts = evidence.texts
    here, there = label("browser.here", lang), label("browser.there", lang)
    items = (
        Markup(
            '<a href="#{0}">{0}</a> {1} <b>{9}</b> <small>{2} {3:.2f}{4}</small>{10}'
            '<div class="yy-pair"><p><small>{5}</small> {6}</p><p><small>{7}</small> {8}</p></div>'
        ).format(
            match.other_task_id,
            places[match.other_jurisdiction],
            label("browser.likeness", lang),
            match.score,
            _noted(match, lang),
            here,
            printed(texts[task_id][match.part_start : match.part_end]),
            there,
            printed(texts[match.other_task_id][match.other_part_start : match.other_part_end]),
            label(f"grade.{match.grade}", lang),
            _glossed(match.other_task_id, evidence, lang),
        )
        for match in _surest(found)
    )
    n_left = len(found) - MOST
    told = Markup("{}").format(say("browser.more_counterparts", lang, n=n_left))
    return _items([*items, told] if n_left > 0 else items)


def _surest(found: list[Any]) -> list[Any]:
    """The `MOST` surest of a task's counterparts, in the order of all: the same before what is
    possible, the highest scores first."""
    if len(found) <= MOST:
        return found
    ranked = sorted(found, key=lambda match: (match.grade != "same", -match.score))
    kept = {match.Index for match in ranked[:MOST]}
    return [match for match in found if match.Index in kept]


def _glossed(task_id: str, evidence: Evidence, lang: Lang) -> Markup:
    """In English, what a counterpart says."""
    said = evidence.glosses.get(task_id) if lang == "en" else None
    if not said:
        return NOTHING
    return Markup(' <small class="yy-gloss">{}</small>').format(say("task.gloss", lang, text=said))


def _noted(match: Any, lang: Lang) -> str:
    """What is to be known of a counterpart beside its score: in what it differs, who read it."""
    notes = [label(f"differs_in.{k}", lang) for k in str(match.differs_in).split(";") if k in SAID]
    if match.is_reviewed:
        notes.append(label("browser.reviewed", lang))
    return "".join(f", {note}" for note in notes)


# Small things ------------------------------------------------------------------------------------


def _join(pieces: Iterable[Markup]) -> Markup:
    return NOTHING.join(pieces)


def _items(pieces: Iterable[Markup]) -> Markup:
    items = _join(Markup("<li>{}</li>").format(piece) for piece in pieces)
    return Markup("<ul>{}</ul>").format(items) if items else NOTHING
