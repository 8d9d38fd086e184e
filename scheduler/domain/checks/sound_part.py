"""The part of a problem against which nothing stands, so that one wrong cell hides nothing of the others.

Checks that build on names and numbers are made there: a fact that is wrong is left out, and with it whatever
builds on it. Called by :mod:`scheduler.domain.checks.problem`, and where facts are checked with the rules.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.findings.finding import Finding, Place

LOST = -1
"""The position of a fact that could not be read at all: the others of its kind are whole, but not all."""
_PEOPLE = frozenset({"templates", "contracts", "agents"})
_OF_TEMPLATES = ("pins", "history", "shift_wishes", "usual_wishes")
"""What an agent has that may name a shift template."""
_OF_DAYS = ("agents", "demand", "headcounts", "scenarios")
"""Facts that mean nothing where the planned days are not known."""


@dataclass(frozen=True)
class SoundPart:
    """A problem without what is wrong in it.

    Parameters
    ----------
    has_everybody
        Whether all people, with all that they can do, are in it: only then can they be counted.
    has_all_demand
        Whether all that is asked for, with what it is worth, is in it.
    """

    problem: Problem
    has_everybody: bool = True
    has_all_demand: bool = True
    _kept: Mapping[FactPath, list[int]] = field(default_factory=dict)

    def placed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings on the part, each with its path in the whole problem."""
        for finding in findings:
            places = {"place": self._placed(finding.place)}
            if finding.beside is not None:
                places["beside"] = self._placed(finding.beside)
            yield finding.model_copy(update=places)

    def _placed(self, place: Place) -> Place:
        """The place with the position in the whole problem of each fact on its path."""
        path = place.path
        found = list(path)
        for end in range(1, len(path)):
            at, kept = path[end], self._kept.get(path[:end])
            if kept is not None and isinstance(at, int):
                found[end] = kept[at]
        return place.model_copy(update={"path": tuple(found)})


def sound_part(problem: Problem, unsound: Collection[FactPath]) -> SoundPart:
    """The part of a problem that is left without these facts and those that build on them.

    Parameters
    ----------
    unsound
        Paths of facts that are wrong or hold a placeholder, ``("templates", 2)``; of a kind all of which may
        be, ``("templates",)``; of one that could not be read, ``("agents", -1)``; or ``("grid",)``.
    """
    if not unsound:
        return SoundPart(problem)
    no_days = ("grid",) in unsound

    def sound(kind: str) -> list[int]:
        if (kind,) in unsound or (no_days and kind in _OF_DAYS):
            return []
        return [index for index in range(len(getattr(problem, kind))) if (kind, index) not in unsound]

    kept = {"templates": sound("templates")}
    templates = {problem.templates[index].name for index in kept["templates"]}
    kept["contracts"] = [
        index
        for index in sound("contracts")
        if problem.contracts[index].templates and templates.issuperset(problem.contracts[index].templates)
    ]
    contracts = {problem.contracts[index].name for index in kept["contracts"]}
    kept["agents"] = [index for index in sound("agents") if problem.agents[index].contract in contracts]
    kept["demand"] = sound("demand")
    kept["scenarios"] = sound("scenarios")
    kept["headcounts"] = [
        index for index in sound("headcounts") if problem.headcounts[index].template in templates
    ]
    wrong = {path[0] for path in unsound}
    part = problem.model_copy(
        update={kind: tuple(getattr(problem, kind)[at] for at in indices) for kind, indices in kept.items()}
    )
    positions: dict[FactPath, list[int]] = {(kind,): indices for kind, indices in kept.items()}
    if len(templates) < len(problem.templates):
        part = part.model_copy(update={"agents": tuple(_agents_with(part, templates, positions))})
    has_everybody = not no_days and not wrong & _PEOPLE
    has_all_demand = has_everybody and not wrong & {
        "skills",
        "demand",
        "headcounts",
        "volumes",
        "service_goals",
        "shrinkage",
    }
    return SoundPart(part, has_everybody, has_all_demand, positions)


def _agents_with(
    part: Problem, templates: Collection[str], positions: dict[FactPath, list[int]]
) -> Iterator[Agent]:
    """The agents without what names another shift template; where the rest of it stood is noted."""
    for index, agent in enumerate(part.agents):
        fewer = {}
        for kind in _OF_TEMPLATES:
            given = getattr(agent, kind)
            kept = [at for at, one in enumerate(given) if one.template is None or one.template in templates]
            if len(kept) < len(given):
                fewer[kind] = tuple(given[at] for at in kept)
                positions["agents", index, kind] = kept
        yield agent.model_copy(update=fewer) if fewer else agent


def stands_on(finding: Finding, unsound: Collection[FactPath]) -> bool:
    """Whether a finding is about a fact that may hold a placeholder."""
    path = finding.place.path
    return path[:2] in unsound or path[:1] in unsound
