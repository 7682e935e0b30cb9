"""Resolve printed lists of units into canonical agencies with their roles: who does what.

`read_units` reads a list, `resolve` says which agency a name is, `assign` does both for the lists
of a corpus. What the names mean is data: `yiyang/curation/agencies.csv` and `agency_names.csv`.
"""

from yiyang.agencies.assigning import DEFAULT_ROLES, Assigned, assign
from yiyang.agencies.crosswalk import canonical, names
from yiyang.agencies.grammar import Skipped, Unit, UnitList, names_units, read_units
from yiyang.agencies.many import resolve_many
from yiyang.agencies.resolving import Resolution, resolve

__all__ = [
    "DEFAULT_ROLES",
    "Assigned",
    "Resolution",
    "Skipped",
    "Unit",
    "UnitList",
    "assign",
    "canonical",
    "names",
    "names_units",
    "read_units",
    "resolve",
    "resolve_many",
]
