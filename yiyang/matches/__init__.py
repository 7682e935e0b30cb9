"""Find, grade, explain and review counterparts of a task in other jurisdictions."""

from yiyang.matches.explaining import Explanation, explain_match
from yiyang.matches.finding import find
from yiyang.matches.grades import GRADES, POSSIBLE, SAME
from yiyang.matches.signals import Profile

__all__ = ["GRADES", "POSSIBLE", "SAME", "Explanation", "Profile", "explain_match", "find"]
