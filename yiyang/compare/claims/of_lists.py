"""Count what the lists hold and state, when they are due, and what was read of them."""

from __future__ import annotations

from yiyang.compare import coverage, stated
from yiyang.compare.claims.rows import BESIDE, Claim, Rows, beside, row, sizes
from yiyang.core.corpus import Corpus


def reading(corpus: Corpus) -> dict[str, int]:
    """Count what was read, and what was repaired, inferred, is incomplete or left over."""
    tasks = corpus.tasks
    with_tasks = corpus.documents[corpus.documents["n_tasks"] > 0]
    return {
        "tasks": len(tasks),
        "lists": len(with_tasks),
        "repairs": len(corpus.repairs),
        "repaired": int(tasks["is_repaired"].sum()),
        "inferred": int(tasks["is_label_inferred"].sum()),
        "left": len(corpus.leftovers),
        "broken": int((~tasks["is_complete"]).sum()),
        "undated": int(with_tasks["date_issued"].isna().sum()),
    }


def _read(corpus: Corpus) -> Rows:
    found = reading(corpus)
    wholes = {"repaired": "tasks", "inferred": "tasks", "broken": "tasks", "undated": "lists"}
    for subject, n in found.items():
        of = found[wholes[subject]] if subject in wholes else n
        yield row(n, of, "certain", "", subject=subject)


def _tasks(corpus: Corpus) -> Rows:
    for place, n in sizes(corpus):
        yield row(n, len(corpus.tasks), "certain", beside(corpus, place), jurisdiction=place)


def _lengths(corpus: Corpus) -> Rows:
    lengths = corpus.tasks["text"].str.len()
    for place, own in lengths.groupby(corpus.tasks["jurisdiction"], sort=False):
        where = beside(corpus, str(place))
        yield row(own.median(), own.max(), "certain", where, jurisdiction=place, low=own.min())


def _timed(corpus: Corpus) -> Rows:
    for found in coverage.timed(corpus.tasks, corpus.deadlines).itertuples():
        caveats = beside(corpus, found.jurisdiction) + " template" * bool(found.in_column)
        place = found.jurisdiction
        yield row(found.timed, found.tasks, "certain", caveats, jurisdiction=place)


def _procedural(corpus: Corpus) -> Rows:
    for found in coverage.timed(corpus.tasks, corpus.deadlines).itertuples():
        where, place = beside(corpus, found.jurisdiction), found.jurisdiction
        yield row(found.procedural, found.tasks, "certain", where, jurisdiction=place)


def _template(corpus: Corpus) -> Rows:
    timed = coverage.timed(corpus.tasks, corpus.deadlines)
    for subject, part in timed.groupby(timed["in_column"] > 0):
        sums = part[["timed", "tasks"]].sum()
        named = "column" if subject else "no_column"
        yield row(sums["timed"], sums["tasks"], "certain", "template", subject=named)


def _stated(corpus: Corpus) -> Rows:
    counted = stated.counts(stated.tasks(corpus))
    formed = stated.by_form(corpus, counted)
    for found in counted.itertuples():
        place = found.jurisdiction
        caveats = beside(corpus, place) + " template" * (place in formed)
        for kind in stated.COUNTED:
            n = getattr(found, kind)
            yield row(n, found.tasks, "certain", caveats, jurisdiction=place, subject=kind)


def _passed(corpus: Corpus) -> Rows:
    states = coverage.states(corpus.tasks, corpus.deadlines)
    due = states.loc[states["state"].isin(coverage.TIMED), "last_due"].dropna()
    if len(due):
        n = int((due < coverage.AS_OF).sum())
        yield row(n, len(due), "certain", "not_done", subject=due.max().date().isoformat())


def _months(corpus: Corpus) -> Rows:
    months = coverage.calendar(coverage.states(corpus.tasks, corpus.deadlines))
    if months.empty:
        return
    top = months.loc[months["tasks"].idxmax()]
    own = months[months["jurisdiction"] == top["jurisdiction"]]
    caveats = beside(corpus, top["jurisdiction"]) + " template"
    about = {"jurisdiction": top["jurisdiction"], "subject": f"{top['month']:%Y-%m}"}
    yield row(top["tasks"], own["tasks"].sum(), "certain", caveats, **about)
    of = months["tasks"].sum()
    in_all = months.groupby("month")["tasks"].sum()
    december = months.loc[months["month"].dt.month == 12, "tasks"].sum()
    yield row(december, of, "certain", f"{BESIDE} template", subject="december")
    busiest = f"{in_all.idxmax():%Y-%m}"
    yield row(in_all.max(), of, "certain", f"{BESIDE} template", subject=busiest)


def _waits(corpus: Corpus) -> Rows:
    states = coverage.states(corpus.tasks, corpus.deadlines)
    waits = coverage.lead_times(states, corpus.tasks, corpus.documents).dropna(subset="days")
    for place, own in waits.groupby("jurisdiction", sort=False)["days"]:
        caveats = beside(corpus, str(place))
        low = {"jurisdiction": place, "low": own.min()}
        yield row(float(own.median()), len(own), "certain", caveats, **low)


CLAIMS = {
    "lists.read": Claim("claims.of_lists.reading", "documents tasks repairs leftovers", _read),
    "lists.tasks": Claim("tasks['jurisdiction'].value_counts", "tasks", _tasks),
    "lists.text_length": Claim("tasks['text'].str.len", "tasks", _lengths),
    "lists.stated": Claim("stated.counts", "tasks assignments deadlines targets", _stated),
    "deadlines.timed": Claim("coverage.timed", "tasks deadlines", _timed),
    "deadlines.procedural": Claim("coverage.timed", "tasks deadlines", _procedural),
    "deadlines.template": Claim("coverage.timed", "tasks deadlines", _template),
    "deadlines.passed": Claim("coverage.states", "deadlines", _passed),
    "deadlines.months": Claim("coverage.calendar", "tasks deadlines", _months),
    "deadlines.waits": Claim("coverage.lead_times", "tasks deadlines documents", _waits),
}
