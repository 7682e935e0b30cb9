"""Show one document: what it is, its tasks with their lines, what was left over or unread."""

from __future__ import annotations

from typing import Any

from yiyang.core.messages import Lang, label, phrase, say
from yiyang.report.browser import printed
from yiyang.report.served import found_documents, found_tasks, framing, originals
from yiyang.report.served.asked import Inquiry
from yiyang.report.served.held import HeldStore
from yiyang.safety.escaping import Markup, address

MOST = 500
"""Pieces of text, or signs, that are listed."""
_HERE = " where province = $province and year = $year and document_id = $id"


def page(store: HeldStore, lang: Lang, document_id: str, choice: Inquiry) -> str:
    """Write the page. `UnansweredError` (404) where the store has no such document."""
    row = originals.document(store, document_id)
    where = {"province": row.province, "year": row.year, "id": document_id}
    body = [_facts(store, lang, row), _tasks(store, lang, row, where, choice)]
    body += [_leftovers(store, lang, where), _signs(store, lang, row, where)]
    here = f"document/{address(document_id)}"
    title = row.title
    return framing.page(lang, title, framing.join(body), here=here, rest=choice.query())


def _facts(store: HeldStore, lang: Lang, row: Any) -> Markup:
    way = f"/{lang}/file/{address(row.document_id)}"
    words = label("served.document.file", lang)
    has_file = originals.is_there(store, row)
    file = framing.link(way, words) if has_file else label("served.document.no_file", lang)
    pairs = [
        (label("jurisdiction", lang), row.name_zh if lang == "zh" else row.name_en),
        (label("served.number", lang), printed(row.document_number or "—")),
        (label("served.office", lang), printed(row.issuing_agency or "—")),
        (label("date", lang), row.date_issued or label("served.no_date", lang)),
        (
            label("document_type", lang),
            label(f"document_type.{row.document_type}", lang, row.document_type),
        ),
        (label("served.confidence", lang), framing.sureness(row.confidence)),
        (label("served.why", lang), found_documents.why(lang, row)),
        (label("file_name", lang), Markup("{}<br>{}").format(printed(row.file_name), file)),
        (label("sha256", lang), Markup("<code>{}</code>").format(row.sha256)),
    ]
    return framing.facts(pairs)


_TASKS = (
    "select task_id, seq, text_printed, text, is_repaired, section_printed, measure_printed,"
    f" line_start, line_end, number_printed, province, year from tasks{_HERE} order by seq"
    f" limit {framing.TASKS_SHOWN} offset $skipped"
)


def _tasks(
    store: HeldStore, lang: Lang, row: Any, where: dict[str, Any], choice: Inquiry
) -> Markup:
    heading = say("served.document.tasks", lang, n=f"{row.n_tasks:,}")
    parts = [Markup("<h2>{}</h2>\n").format(heading)]
    skipped = (choice.page - 1) * framing.TASKS_SHOWN
    rows = store.ask(_TASKS, {**where, "skipped": skipped})
    if not rows:
        return framing.join(parts)
    write = found_tasks.cells(store, lang, rows)
    heads = [label(key, lang) for key in ("line", "text_printed", "served.when", "agency")]
    head = framing.join(Markup('<th scope="col">{}</th>').format(h) for h in heads)
    bodies = []
    for task in rows:
        units, times = write(task)
        cells = (_number(lang, task), found_tasks.text(lang, task, [], is_whole=True), times, units)
        own = framing.join(
            Markup('<td data-label="{}">{}</td>').format(h, cell)
            for h, cell in zip(heads, cells, strict=True)
        )
        bodies.append(Markup('<tr id="t-{}">{}</tr>\n').format(task.seq, own))
    table = (
        '<table class="yy-table yy-found"><thead><tr>{}</tr></thead>\n<tbody>{}</tbody></table>\n'
    )
    parts.append(Markup(table).format(head, framing.join(bodies)))
    way = f"/{lang}/document/{address(row.document_id)}"
    parts.append(framing.pages(lang, way, choice, row.n_tasks, framing.TASKS_SHOWN))
    return framing.join(parts)


def _number(lang: Lang, task: Any) -> Markup:
    number = Markup(" <small>{}</small>").format(printed(task.number_printed))
    return Markup('<a href="#t-{0}">{1}</a>{2}<br><small>{3}</small>').format(
        task.seq,
        task.task_id,
        number if task.number_printed else framing.NOTHING,
        framing.lines(lang, task.line_start, task.line_end),
    )


def _leftovers(store: HeldStore, lang: Lang, where: dict[str, Any]) -> Markup:
    rows = store.ask(f"select line, text, reason from leftovers{_HERE} order by line", where)
    items = (
        Markup("<small>{} {}</small> {} <small>{}</small>").format(
            label("line", lang), row.line, printed(row.text), phrase(row.reason, lang)
        )
        for row in rows[:MOST]
    )
    title = say("served.document.leftovers", lang, n=f"{len(rows):,}")
    listed = framing.some_lines(lang, items, len(rows), "leftovers", MOST)
    return framing.fold(title, listed) if rows else framing.NOTHING


def _signs(store: HeldStore, lang: Lang, row: Any, where: dict[str, Any]) -> Markup:
    columns = "line, kind, printed, state, reason"
    order = "order by state desc, line, printed"  # unread before refused
    rows = store.ask(f"select {columns} from signs{_HERE} {order}", where)
    items = (
        Markup("<small>{} {}</small> {} <b>{}</b> <small>{}</small>").format(
            label("line", lang),
            sign.line,
            printed(sign.printed),
            phrase(sign.state, lang),
            phrase(sign.reason, lang),
        )
        for sign in rows[:MOST]
    )
    title = say("served.document.signs", lang, n=f"{len(rows):,}", unread=f"{row.n_unread:,}")
    listed = framing.some_lines(lang, items, len(rows), "signs", MOST)
    return framing.fold(title, listed) if rows else framing.NOTHING
