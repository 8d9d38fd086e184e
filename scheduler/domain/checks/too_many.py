"""Whether a problem has more of something than any centre: checking all of them would take minutes."""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import error
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.fields import (
    MOST_AGENTS,
    MOST_CONTRACTS,
    MOST_SCENARIOS,
    MOST_SKILLS,
    MOST_TEMPLATES,
)
from scheduler.texts import marked, text

_MOST = (
    ("skills", marked("skills"), MOST_SKILLS),
    ("scenarios", marked("scenarios"), MOST_SCENARIOS),
    ("templates", marked("shifts"), MOST_TEMPLATES),
    ("contracts", marked("contracts"), MOST_CONTRACTS),
    ("agents", marked("agents"), MOST_AGENTS),
)


def too_many(problem: Problem) -> Iterator[Finding]:
    """A fault for each kind of which there are too many; to be asked before anything else."""
    for facts, what, most in _MOST:
        number = len(getattr(problem, facts))
        if number > most:
            yield error(
                (facts,),
                text(
                    "there are {number:,} {what}, and the limit is {most:,}.",
                    number=number,
                    what=text(what),
                    most=most,
                ),
                text("Keep those that are in use."),
            )
