"""Let a third list speak: two tasks that are like the same task elsewhere are like each other.

What one list says in a sentence and another in an article, a third may say in words of both. Only
pairs that are near enough themselves (`NEAR`) make a bridge.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

NEAR = 0.27
"""From this likeness on a pair makes a bridge."""
WEIGHT = 0.2
"""How far a bridge carries: this much of what it is better than the pair itself."""


def raised(pairs: pd.DataFrame, jurisdictions: np.ndarray) -> np.ndarray:
    """Return the score of each pair (`here, there, likeness`): its likeness, raised by bridges.

    A bridge is a task of a third list; it is as strong as the root of the product of the two
    likenesses.
    """
    own = pairs["likeness"].to_numpy()
    strong = _strongest(pairs[own >= NEAR], jurisdictions)
    keys = pd.MultiIndex.from_frame(pairs[["here", "there"]])
    bridge = strong.reindex(keys).fillna(0).to_numpy() if len(strong) else np.zeros(len(own))
    return own + WEIGHT * np.maximum(0, bridge - own)


def _strongest(links: pd.DataFrame, jurisdictions: np.ndarray) -> pd.Series:
    """The strongest bridge of each pair that has one, by its rows `here` and `there`."""
    back = links.rename(columns={"here": "there", "there": "here"})
    ends = pd.concat([links, back], ignore_index=True)[["here", "there", "likeness"]]
    ends = ends.rename(columns={"there": "over"}).assign(at=jurisdictions[ends["here"]])
    order = {name: number for number, name in enumerate(sorted(set(jurisdictions)))}
    ends["at"] = ends["at"].map(order)
    found = []
    # List by list, so that only the bridges over one list are in memory at a time.
    for _, over in ends.groupby(jurisdictions[ends["over"]]):
        both = over.merge(over, on="over", suffixes=("", "_other"))
        both = both[both["at"] < both["at_other"]]
        strength = np.sqrt(both["likeness"] * both["likeness_other"])
        keys = [both["here"].rename("here"), both["here_other"].rename("there")]
        found.append(strength.groupby(keys).max())
    if not found:
        return pd.Series(dtype=float)
    return pd.concat(found).groupby(level=[0, 1]).max()
