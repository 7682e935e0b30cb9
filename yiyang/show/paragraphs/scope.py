"""Say beside every comparison what is compared: level, year and scope of each list."""

from __future__ import annotations

from yiyang.compare import offices, theme_shares
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names_in_text, say
from yiyang.safety import escaping
from yiyang.show import gloss


def strip(corpus: Corpus, lang: Lang, *, completeness: bool = False) -> str:
    """Tell of each list, in one line, its level, when it was issued, how long it is, and the
    section that is most of a list (`theme_shares.largest_section`); with `completeness` whether
    the file is complete."""
    places = names_in_text(corpus.jurisdictions, lang)
    levels = corpus.jurisdictions.set_index("jurisdiction")["level"].astype("str")
    early = offices.before_reform(corpus.assignments, corpus.tasks, corpus.agency_names)
    lists = corpus.documents[corpus.documents["n_tasks"] > 0]
    section = theme_shares.largest_section(corpus.tasks)
    lines = []
    for place, n in corpus.tasks["jurisdiction"].value_counts(sort=False).items():
        years = lists.loc[lists["jurisdiction"] == place, "date_issued"].dropna().dt.year
        if len(years):
            when = join(map(str, sorted(set(years))), "items", lang)
        else:
            when = say(f"lists.scope.{'early' if place in early else 'undated'}", lang)
        level = escaping.markdown(label(f"level.{levels[place]}", lang, levels[place]))
        parts = [level, when, say("lists.scope.tasks", lang, n=n)]
        if section and section[0] == place:
            own = corpus.tasks["jurisdiction"].eq(place) & corpus.tasks["section"].eq(section[1])
            name = escaping.markdown(gloss.named(section[1], lang))
            parts.append(say("lists.scope.section", lang, n=int(own.sum()), section=name))
        if completeness:
            is_whole = lists.loc[lists["jurisdiction"] == place, "is_complete"].all()
            parts.append(say(f"lists.scope.{'complete' if is_whole else 'broken'}", lang))
        lines.append(
            f"- **{places[place]}**{label('mark.colon', lang)}{join(parts, 'items', lang)}"
        )
    return "\n".join(lines)


def beside(corpus: Corpus, lang: Lang) -> str:
    """Tell the scope of the lists with the words that open it; nothing of a list alone."""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return strip(corpus, lang)
    return f"{say('lists.scope.beside', lang)}\n\n{strip(corpus, lang)}"
