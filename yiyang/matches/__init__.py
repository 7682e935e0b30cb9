"""Find, assert, explain and review counterparts of a task in other jurisdictions."""

from yiyang.matches.explaining import Explanation, explain_match
from yiyang.matches.finding import THRESHOLD, find
from yiyang.matches.signals import Profile

__all__ = ["THRESHOLD", "Explanation", "Profile", "explain_match", "find"]
