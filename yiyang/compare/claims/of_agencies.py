"""Count who is named, who leads, who stands with whom, and what the reform moved."""

from __future__ import annotations

from yiyang.compare import chance, networks, offices, workloads
from yiyang.compare import leads as led
from yiyang.compare.claims.rows import BESIDE, Claim, Rows, beside, by_chance, row, sizes
from yiyang.core.corpus import Corpus


def _named(corpus: Corpus) -> Rows:
    found = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    single = found[~found["is_collective"]] if len(found) else found
    if single.empty:
        return
    most = single.groupby("agency_id")["tasks"].sum().idxmax()
    own = found[found["agency_id"] == most].set_index("jurisdiction")["tasks"]
    for place, n in sizes(corpus):
        about = {"jurisdiction": place, "subject": most}
        yield row(int(own.get(place, 0)), n, "certain", beside(corpus, place) + " naming", **about)


def _first_two(corpus: Corpus) -> Rows:
    firm = workloads.steady(corpus.assignments, corpus.tasks)
    for found in workloads.two_heaviest(corpus.assignments, corpus.tasks).itertuples():
        place = found.jurisdiction
        about = {"jurisdiction": place, "subject": " ".join(found.agency_ids)}
        grade = "robust" if place in firm else "suggestive"
        caveats = beside(corpus, place) + " naming weighting"
        yield row(found.share, 1, grade, caveats, **about)


def _leads(corpus: Corpus) -> Rows:
    for found in led.leads(corpus.assignments, corpus.tasks, corpus.agencies).itertuples():
        place, caveats = found.jurisdiction, beside(corpus, found.jurisdiction)
        counts = {"no_units": found.no_units}
        if found.declares_leads:
            counts["no_lead"] = found.tasks - found.led - found.joint
        for subject, n in counts.items():
            yield row(n, found.tasks, "certain", caveats, jurisdiction=place, subject=subject)


def _met(corpus: Corpus) -> Rows:
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    met = networks.meetings(members)
    met = met[met["tasks"] > 0]
    for found, q in zip(met.itertuples(), chance.corrected(met["p"]), strict=True):
        place = found.jurisdiction
        about = {"jurisdiction": place, "subject": " ".join(networks.PAIR)}
        drawn = {"expected": found.expected * found.tasks, "p": found.p, "q": q}
        caveats = beside(corpus, place) + " naming"
        yield row(found.both, found.tasks, by_chance(q), caveats, **about, **drawn)


def _pairs(corpus: Corpus) -> Rows:
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    pairs = networks.together(members)
    for found in pairs[pairs["q"] < chance.LIKELY].itertuples():
        about = {
            "jurisdiction": found.jurisdiction,
            "subject": f"{found.agency_id} {found.other_agency_id}",
        }
        drawn = {name: getattr(found, name) for name in ("expected", "low", "high", "p", "q")}
        of = len(members[found.jurisdiction])
        yield row(found.tasks, of, by_chance(found.q), "naming small", **about, **drawn)


def _several_names(corpus: Corpus) -> Rows:
    different = offices.office_names(corpus.assignments, corpus.tasks)
    named = corpus.assignments["agency_id"].nunique()
    yield row(len(different), named, "robust", f"{BESIDE} names")


def _alone(corpus: Corpus) -> Rows:
    table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    if table["jurisdiction"].nunique() < 2:
        return
    dealt = offices.alone_by_chance(corpus.assignments, corpus.tasks, corpus.agencies)
    corrected = chance.corrected([one.p for one in dealt.alone.values()])
    q = dict(zip(dealt.alone, corrected, strict=True))
    alone = offices.only_here(table)["jurisdiction"].value_counts()
    single = table[~table["is_collective"]]
    for place, n in single.groupby("jurisdiction", sort=False)["agency_id"].nunique().items():
        one, where = dealt.alone[str(place)], str(place)
        drawn = {"expected": one.mean, "low": one.low, "high": one.high, "p": one.p, "q": q[where]}
        caveats = beside(corpus, where) + " names"
        yield row(int(alone.get(place, 0)), n, by_chance(q[where]), caveats,
                  jurisdiction=place, **drawn)  # fmt: skip


def _moved(corpus: Corpus) -> Rows:
    found = offices.moved(corpus.assignments, corpus.tasks, corpus.agency_names)
    for part in found.itertuples():
        about = {"jurisdiction": part.jurisdiction, "subject": part.agency_id}
        yield row(part.moved, part.tasks, "robust", "words", **about)


_NAMING = "assignments tasks agencies"
CLAIMS = {
    "agencies.named": Claim("workloads.by_agency", _NAMING, _named),
    "agencies.first_two": Claim("workloads.two_heaviest", "assignments tasks", _first_two),
    "agencies.leads": Claim("leads.leads", _NAMING, _leads),
    "agencies.met": Claim("networks.meetings", _NAMING, _met),
    "agencies.pairs": Claim("networks.together", _NAMING, _pairs),
    "agencies.names": Claim("offices.office_names", "assignments tasks", _several_names),
    "agencies.alone": Claim("offices.only_here", _NAMING, _alone),
    "agencies.moved": Claim("offices.moved", "assignments tasks agency_names", _moved),
}
