"""The independent verifier: recounts everything from the input and the roster alone.

It shares the domain and the rules' words with the search and nothing else: its own allocation of
agents to skills, its own best week of work, its own sums. Whatever is handed out has passed here.
"""

from scheduler.verifier.bound.lagrangian import recompute, recompute_bound, unavoidable_wages
from scheduler.verifier.patience import Patience, quick_seconds
from scheduler.verifier.recount.coverage import count_coverage
from scheduler.verifier.report import count_cost, verify

__all__ = [
    "Patience",
    "count_cost",
    "count_coverage",
    "quick_seconds",
    "recompute",
    "recompute_bound",
    "unavoidable_wages",
    "verify",
]
