"""問題の一覧: one table from an error's code to its status and what to do about it.

Every code has a page under /problems/ in both languages. An error whose code is not
here is ours, and answers a bare 500.
"""

from backend.api.problem import Problem
from backend.api.problems_of_callers import CALLER_PROBLEMS
from backend.api.problems_of_requests import REQUEST_PROBLEMS


def _by_status(problem: Problem) -> int:
    return problem.status


_ALL = sorted((*CALLER_PROBLEMS, *REQUEST_PROBLEMS), key=_by_status)

PROBLEMS = {problem.code: problem for problem in _ALL}
INTERNAL = PROBLEMS["internal"]
