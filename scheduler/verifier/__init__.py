"""The independent verifier: recounts everything from the input and the roster alone.

It shares domain and model with the search and nothing else: it has an allocation of agents to skills, a
dynamic programme for the best week, and sums of its own. Every outcome that ``solve`` returns has passed
here.
"""

from scheduler.verifier.bound.lagrangian import recompute, recompute_bound, unavoidable_wages
from scheduler.verifier.delta_evaluation import DeltaEvaluation
from scheduler.verifier.recount.coverage import count_coverage
from scheduler.verifier.recount.marginal import Marginal, marginal
from scheduler.verifier.recount.time_budget import TimeBudget, hasty_seconds, quick_seconds
from scheduler.verifier.report import count_cost, status_of, verify

__all__ = [
    "DeltaEvaluation",
    "Marginal",
    "TimeBudget",
    "count_cost",
    "count_coverage",
    "hasty_seconds",
    "marginal",
    "quick_seconds",
    "recompute",
    "recompute_bound",
    "status_of",
    "unavoidable_wages",
    "verify",
]
