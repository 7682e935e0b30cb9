"""Counterparts of a task in other jurisdictions: found, asserted, explained, reviewed."""

from yiyang.matches.explaining import Explanation, explain_match
from yiyang.matches.finding import THRESHOLD, find
from yiyang.matches.signals import THEMES, Profile

__all__ = ["THEMES", "THRESHOLD", "Explanation", "Profile", "explain_match", "find"]
