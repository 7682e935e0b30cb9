"""Find who works with whom: the networks of agencies that tasks are given to together.

In the network of agencies (`together`) a task that names k of them ties each pair with
1 / (k - 1): a task adds 1 to the strength of each of its agencies, however many they are (Newman
2001). Collective and territorial units are left out: they are nobody's partner in particular.
"""

from __future__ import annotations

import itertools
from collections import Counter

import networkx as nx
import numpy as np
import pandas as pd

from yiyang.compare.workloads import COLLECTIVE_KINDS, duties
from yiyang.core import intervals

PAIR = ("health", "civil_affairs")
"""The two agencies between which integrated care is divided."""
RESAMPLES = 200


def members(
    assignments: pd.DataFrame, tasks: pd.DataFrame, agencies: pd.DataFrame
) -> dict[str, list[frozenset[str]]]:
    """List by jurisdiction the single agencies of each task that names any."""
    held = duties(assignments, tasks)
    kinds = agencies.set_index("agency_id")["kind"]
    held = held[~held["agency_id"].map(kinds).isin(COLLECTIVE_KINDS)]
    return {
        str(jurisdiction): [frozenset(ids) for _, ids in rows.groupby("task_id")["agency_id"]]
        for jurisdiction, rows in held.groupby("jurisdiction", sort=False)
    }


def together(tasks: list[frozenset[str]]) -> nx.Graph:
    """Build the network of the agencies of a list: node attribute `tasks`, edge attributes `tasks`
    (named together) and `strength`."""
    graph = nx.Graph()
    counts = Counter(a for task in tasks for a in task)
    graph.add_nodes_from((a, {"tasks": n}) for a, n in sorted(counts.items()))
    for task in tasks:
        for a, b in itertools.combinations(sorted(task), 2):
            edge = graph.edges[a, b] if graph.has_edge(a, b) else {"tasks": 0, "strength": 0.0}
            graph.add_edge(
                a, b, tasks=edge["tasks"] + 1, strength=edge["strength"] + 1 / (len(task) - 1)
            )
    return graph


def ties(lists: dict[str, list[frozenset[str]]]) -> pd.DataFrame:
    """Measure the tie of each pair. One row is a pair of agencies in a jurisdiction, the strongest
    of each jurisdiction first: `jurisdiction, agency_id, other_agency_id, tasks` (that name both)
    and `strength` in tasks with its 95 % interval `low`, `high`."""
    rows = []
    for jurisdiction, tasks in lists.items():
        edges = together(tasks).edges(data=True)
        for a, b, edge in sorted(edges, key=lambda e: (-e[2]["strength"], e[:2])):
            adds = [1 / (len(t) - 1) if a in t and b in t else 0.0 for t in tasks]
            rows.append((jurisdiction, a, b, edge["tasks"], edge["strength"], *_sums(adds)))
    columns = "jurisdiction agency_id other_agency_id tasks strength low high"
    return pd.DataFrame(rows, columns=columns.split())


def _sums(adds: list[float]) -> tuple[float, float]:
    """The 95 % interval of the sum of what each task adds, over resampled tasks."""
    low, high = intervals.ends(intervals.resample(len(adds)) @ np.array(adds))
    return float(low), float(high)


def centrality(lists: dict[str, list[frozenset[str]]]) -> pd.DataFrame:
    """Measure how central each agency is. One row is an agency in a jurisdiction, the most central
    first.

    `partners` (agencies it shares a task with), `strength` (tasks it shares, with their 95 %
    interval `low`, `high`), `betweenness` (part
    of the shortest ways between others that lead over it, a way being short where ties are
    strong; 0 to 1), `is_core`: it belongs to the innermost k-core of the pairs that share at least
    two tasks, so that one long task makes no core.
    """
    rows = []
    for jurisdiction, tasks in lists.items():
        graph = together(tasks)
        for _, _, edge in graph.edges(data=True):
            edge["length"] = 1 / edge["strength"]
        between = nx.betweenness_centrality(graph, weight="length")
        strength = dict(graph.degree(weight="strength"))
        inner = core(graph)
        for a in sorted(graph, key=lambda a: (-strength[a], a)):
            span = _sums([float(a in t and len(t) > 1) for t in tasks])
            row = (jurisdiction, a, graph.degree(a), strength[a], *span, between[a], a in inner)
            rows.append(row)
    columns = "jurisdiction agency_id partners strength low high betweenness is_core"
    return pd.DataFrame(rows, columns=columns.split())


def core(graph: nx.Graph) -> set[str]:
    """Find the innermost k-core of the pairs of `together` that share at least two tasks."""
    steady = nx.Graph((a, b) for a, b, edge in graph.edges(data=True) if edge["tasks"] > 1)
    numbers = nx.core_number(steady)
    return {a for a, k in numbers.items() if k == max(numbers.values())}


def brokers(lists: dict[str, list[frozenset[str]]], pair: tuple[str, str] = PAIR) -> pd.DataFrame:
    """Measure who stands between two agencies. One row is a third agency in a jurisdiction: how it
    stands between the two of `pair`.

    `with_both`, `with_first`, `with_second`: its tasks with both, with the first but not the
    second, with the second but not the first; `flow`: the part of all that runs from the one to
    the other over third agencies which runs over it (current flow, Newman 2005, the direct tie
    taken out), with the 95 % interval `low`, `high` of a bootstrap over tasks.
    """
    rows = []
    for jurisdiction, tasks in lists.items():
        flow = _flow(tasks, pair)
        draws = np.random.default_rng(intervals.SEED).integers(
            0, len(tasks), (RESAMPLES, len(tasks))
        )
        drawn = pd.DataFrame([_flow([tasks[i] for i in draw], pair) for draw in draws]).fillna(0)
        for agency in sorted(flow, key=lambda a: (-flow[a], a)):
            shared = [task for task in tasks if agency in task]
            low, high = intervals.ends(drawn[agency]) if agency in drawn else (0.0, 0.0)
            first, second = pair
            rows.append(
                (
                    jurisdiction,
                    agency,
                    sum(first in t and second in t for t in shared),
                    sum(first in t and second not in t for t in shared),
                    sum(second in t and first not in t for t in shared),
                    flow[agency],
                    low,
                    high,
                )
            )
    columns = "jurisdiction agency_id with_both with_first with_second flow low high"
    return pd.DataFrame(rows, columns=columns.split())


def _flow(tasks: list[frozenset[str]], pair: tuple[str, str]) -> dict[str, float]:
    """Third agency -> the part of the current between the two of `pair` that runs through it."""
    graph = together(tasks)
    if not all(graph.has_node(a) for a in pair):
        return {}
    if graph.has_edge(*pair):
        graph.remove_edge(*pair)
    part = nx.node_connected_component(graph, pair[0])
    if pair[1] not in part or len(part) < 3:
        return {}
    nodes = sorted(part)
    laplacian = nx.laplacian_matrix(graph, nodes, weight="strength").toarray()
    into = np.array([(n == pair[0]) - float(n == pair[1]) for n in nodes])
    potential = np.linalg.lstsq(laplacian, into, rcond=None)[0]
    flow = np.abs(-laplacian * (potential[:, None] - potential[None, :])).sum(axis=1) / 2
    return {n: round(float(f), 9) for n, f in zip(nodes, flow, strict=True) if n not in pair}


def meetings(lists: dict[str, list[frozenset[str]]], pair: tuple[str, str] = PAIR) -> pd.DataFrame:
    """Count tasks that name two agencies. One row is a jurisdiction: `tasks` that name one of
    `pair`, those that name `both`, their `share` with its 95 % interval `low`, `high`, and how many
    of those name no third agency (`alone`)."""
    rows = []
    for jurisdiction, tasks in lists.items():
        either = [t for t in tasks if t & set(pair)]
        both = [t for t in either if set(pair) <= t]
        share = len(both) / len(either) if either else float("nan")
        low, high = intervals.of_ratio(
            np.array([float(set(pair) <= t) for t in tasks]),
            np.array([float(bool(t & set(pair))) for t in tasks]),
        )
        alone = sum(len(t) == 2 for t in both)
        rows.append((jurisdiction, len(either), len(both), share, low, high, alone))
    columns = ["jurisdiction", "tasks", "both", "share", "low", "high", "alone"]
    return pd.DataFrame(rows, columns=columns)
