"""Count themes and concepts by list, beside what chance gives."""

from __future__ import annotations

from yiyang.compare import concepts as by_word
from yiyang.compare import everywhere as in_all
from yiyang.compare import theme_shares
from yiyang.compare.claims.rows import BESIDE, Claim, Rows, beside, by_chance, row, several
from yiyang.core.corpus import Corpus
from yiyang.themes import assign, evaluation, no_reviews


def _everywhere(corpus: Corpus) -> Rows:
    if not several(corpus):
        return
    drawn = in_all.by_chance(corpus).loc["themes"]
    shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    n = theme_shares.everywhere(shares)
    yield row(n, len(corpus.themes), by_chance(drawn["q"]), f"{BESIDE} program", **drawn)


def _largest(corpus: Corpus) -> Rows:
    shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    for place, own in shares.groupby("jurisdiction", sort=False):
        top = own.sort_values("tasks", ascending=False, kind="stable").head(3)
        for part in top[top["tasks"] > 0].itertuples():
            about = {"jurisdiction": place, "subject": part.theme_id}
            caveats = beside(corpus, str(place)) + " program"
            yield row(part.tasks, part.n_tasks, "suggestive", caveats, **about)


def _without(corpus: Corpus) -> Rows:
    n = int(corpus.task_themes["theme_id"].isna().sum())
    yield row(n, len(corpus.tasks), "suggestive", "program")


def _section(corpus: Corpus) -> Rows:
    section = theme_shares.largest_section(corpus.tasks)
    if section is None or not several(corpus):
        return
    place, name = section
    own = corpus.tasks[corpus.tasks["jurisdiction"] == place]
    about = {"jurisdiction": place, "subject": name}
    yield row(int((own["section"] == name).sum()), len(own), "certain", BESIDE, **about)
    left = theme_shares.outside(corpus.tasks, section)
    n = theme_shares.everywhere(theme_shares.shares(corpus.task_themes, left, corpus.themes))
    drawn = in_all.by_chance(corpus).loc["themes without"]
    about = {"subject": "without", **drawn}
    yield row(n, len(corpus.themes), by_chance(drawn["q"]), f"{BESIDE} program", **about)


def _clear(corpus: Corpus) -> Rows:
    shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    apart = theme_shares.contrasts(shares)
    if len(apart):
        least = {"p": apart["p"].min(), "q": apart["q"].min()}
        caveats = f"{BESIDE} program small"
        yield row(int(apart["is_clear"].sum()), len(apart), by_chance(least["q"]), caveats, **least)


def _concepts(corpus: Corpus) -> Rows:
    found = by_word.matrix(corpus.tasks, corpus.task_themes)
    of = found["concept"].nunique()
    if several(corpus):
        drawn = in_all.by_chance(corpus).loc["concepts"]
        n = len(by_word.everywhere(found))
        # Whether this is more than chance turns on one word more or less in the list of words
        # (护理从业 of Zhongning took it from q 0.11 to 0.03): no check of it is robust.
        yield row(n, of, "suggestive", f"{BESIDE} words", **drawn)
    for place, own in found.groupby("jurisdiction", sort=False):
        named = int((own["named"] > 0).sum())
        caveats = beside(corpus, str(place)) + " words"
        yield row(named, of, "certain", caveats, jurisdiction=place)


def _agreement(corpus: Corpus) -> Rows:
    coded = evaluation.codes().set_index("task_id")["theme_id"]
    coded = coded[coded.index.isin(corpus.tasks["task_id"])]
    if coded.empty:
        return
    yield row(len(coded), len(corpus.tasks), "certain", "models", subject="coded")
    ways = {
        "codebook": assign(corpus.tasks, reviews=no_reviews()).set_index("task_id")["theme_id"],
        "shared_seeds": evaluation.by_shared_seeds(corpus.tasks),
    }
    for subject, found in ways.items():
        said = evaluation.agreement(coded, found).iloc[0]
        limits = {"low": said["low"], "high": said["high"]}
        caveats = "models in_sample small"
        yield row(said["value"], 1, "suggestive", caveats, subject=subject, **limits)


_THEMES = "task_themes tasks"
CLAIMS = {
    "themes.everywhere": Claim("chance.themes_of_lists", _THEMES, _everywhere),
    "themes.largest": Claim("theme_shares.shares", _THEMES, _largest),
    "themes.without": Claim("task_themes['theme_id'].isna", "task_themes", _without),
    "themes.section": Claim("theme_shares.outside", _THEMES, _section),
    "themes.clear": Claim("theme_shares.contrasts", _THEMES, _clear),
    "themes.agreement": Claim("evaluation.agreement", "tasks", _agreement),
    "concepts.named": Claim("concepts.matrix", "tasks", _concepts),
}
