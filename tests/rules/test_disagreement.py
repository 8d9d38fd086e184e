"""Where the two sides of a rule do not agree, a person is told what each of them saw."""

from collections.abc import Iterator

from constraints import MaxConsecutiveDays
from scheduler.domain import Problem
from scheduler.model import Limit
from tests.rules.disagreement import disagreement
from tests.rules.worlds import roster, world


class OffByOne(MaxConsecutiveDays):
    """Nobody works more than ``days`` days in a row."""

    def limits(self, problem: Problem) -> Iterator[Limit]:
        yield from self.model_copy(update={"days": self.days + 1}).of_its_kind(problem)

    def of_its_kind(self, problem: Problem) -> Iterator[Limit]:
        return super().limits(problem)


def test_a_disagreement_is_told_with_the_roster_and_both_sums() -> None:
    # it was told as one line of the roster's fields, many screens long, without either sum
    problem = world(days=4, histories={"Ann": "N"})
    told = disagreement(problem, OffByOne(days=1), roster(problem, {"Ann": "DL.D"}))
    assert told.splitlines() == [
        "Nobody works more than 1 day in a row. (for everyone)",
        "  Ann, Sun 2024-03-03: night, 22:00 to 06:00, from before",
        "  Ann, Mon 2024-03-04: day, 08:00 to 16:00, meal 12:00, rest 14:30",
        "  Ann, Tue 2024-03-05: day, 12:00 to 20:00, meal 16:00, rest 18:30",
        "  Ann, Thu 2024-03-07: day, 08:00 to 16:00, meal 12:00, rest 14:30",
        "limits say 1:",
        "  1 beyond Run(agent=Ann, of=Worked(), over=((0,), (1,), (2,), (3,)), at_most=2, carried_in=1)",
        "check says 2:",
        "  2 on 2024-03-04, 2024-03-05: Ann works 3 days in a row, 2024-03-03 to 2024-03-05; "
        "the rule allows at most 1",
    ]
