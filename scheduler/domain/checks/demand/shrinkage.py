"""Checks of shrinkage: that time is left, and that nothing is taken off twice."""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import error, warning
from scheduler.domain.findings.finding import Finding, unknown_name
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.domain.values.percent import WHOLE, is_finer
from scheduler.domain.values.spelling import likeness
from scheduler.domain.values.words import clock_words, listed
from scheduler.texts import text

_MEALS = ("meal", "meals", "lunch", "用餐", "就餐")
_ACTIVITIES = {
    "meetings": ("meeting", "meetings", "team meeting", "会议", "會議"),
    "training": ("training", "coaching", "培训", "培訓"),
}


def shrinkage_faults(problem: Problem) -> Iterator[Finding]:
    """What is wrong with shrinkage."""
    held = _in_the_roster(problem)
    for index, row in enumerate(problem.shrinkage):
        path = ("shrinkage", index)
        if row.skill is not None and row.skill not in problem.skill_named:
            message, hint = unknown_name(text("skill"), row.skill, problem.skill_named, "Skills")
            yield error((*path, "skill"), message, hint)
        if row.end <= row.start or row.end > MINUTES_PER_DAY:
            yield error(
                (*path, "end"),
                text(
                    "from {start} to {end} is no time of one day.",
                    start=clock_words(row.start),
                    end=clock_words(row.end),
                ),
                text("Two rows say what holds across midnight."),
            )
        if is_finer(row.percent):
            yield error(
                (*path, "percent"), text("{percent} % has more than two decimals.", percent=row.percent)
            )
        if row.kind in held and row.percent > 0:
            yield warning(
                (*path, "kind"),
                text("counted twice: {kind}, since the roster holds {where} already.",
                    kind=row.kind, where=held[row.kind]),
                text("Remove the row, or keep in it only what the roster does not hold."),
            )  # fmt: skip
    yield from _nothing_left(problem)


def _in_the_roster(problem: Problem) -> dict[str, str]:
    """Absences that the roster holds, and where."""
    pauses = {
        one.name: likeness(one.name)
        for template in problem.templates
        for band in template.breaks
        for one in band.breaks
    }
    of_kind: dict[str, list[str]] = {}
    kinds = {likeness(word): kind for kind, words in _ACTIVITIES.items() for word in words}
    kinds |= {likeness(word): "meals" for word in _MEALS}
    for name, like in pauses.items():
        of_kind.setdefault(kinds.get(like, "breaks"), []).append(name)
    held = {kind: text("{names} on Breaks", names=listed(names, 3)) for kind, names in of_kind.items()}
    leave = {one.kind for agent in problem.agents for one in agent.time_off}
    if "leave" in leave:
        held["leave"] = text("time off on Availability")
    if "sick" in leave:
        held["sickness"] = text("sick calls on Availability")
    return held


def _nothing_left(problem: Problem) -> Iterator[Finding]:
    """A time of a week at which all paid time or more is taken off."""
    edges = sorted({0, *(row.start for row in problem.shrinkage)})
    for skill in dict.fromkeys(volumes.skill for volumes in problem.volumes):
        for weekday in range(DAYS_PER_WEEK):
            for minute in edges:
                rows = [at for at, row in enumerate(problem.shrinkage) if row.holds(skill, weekday, minute)]
                if sum(problem.shrinkage[at].hundredths for at in rows) >= WHOLE:
                    yield error(
                        ("shrinkage", rows[-1], "percent"),
                        text('at {clock} nothing is left of the paid time of "{skill}".',
                             clock=clock_words(minute), skill=skill),
                        text("The rows of one time are added, and must stay below 100 %."),
                    )  # fmt: skip
                    return
