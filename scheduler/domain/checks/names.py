"""Whether every name of a problem is given once and refers to something; the checks that need no number."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import MOST_FINDINGS, Finding, Place, unknown_name
from scheduler.domain.values.spelling import likeness, look, unseen_signs
from scheduler.texts import text


def reference_faults(problem: Problem) -> list[Finding]:
    """Duplicate names, and names that refer to nothing; the checks that need no number.

    Where a list is empty, references into it are not reported.
    """
    faults = chain(
        _twice("skills", text("skill"), [skill.name for skill in problem.skills]),
        _twice("demand", text("the demand of skill"), [demand.skill for demand in problem.demand]),
        _twice("headcounts", text("the headcount of"), [wanted.row for wanted in problem.headcounts]),
        _twice("templates", text("shift"), [template.name for template in problem.templates]),
        _twice("contracts", text("contract"), [contract.name for contract in problem.contracts]),
        _twice("agents", text("agent"), [agent.name for agent in problem.agents]),
        _personnel_numbers_twice(problem),
        _strangers(problem),
    )
    return list(islice(faults, MOST_FINDINGS + 1))  # one more shows that there are more


def _twice(facts: str, kind: str, names: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    field = {"demand": "skill", "headcounts": "template"}.get(facts, "name")
    for index, name in enumerate(names):
        if name in seen:
            hint = text("Keep one of them.") if facts == "headcounts" else text("Give each its own name.")
            yield error(
                (facts, index, field), text('{kind} "{name}" is given twice.', kind=kind, name=name), hint
            )
        seen.add(name)
    yield from _look_alikes(facts, field, kind, names)


def _personnel_numbers_twice(problem: Problem) -> Iterator[Finding]:
    owners: dict[str, int] = {}
    for index, agent in enumerate(problem.agents):
        if not agent.personnel_number:
            continue
        first = owners.setdefault(agent.personnel_number, index)
        if first != index:
            yield error(
                ("agents", index, "personnel_number"),
                text(
                    'the personnel number "{number}" is given to {agent} and to {other}.',
                    number=agent.personnel_number,
                    agent=agent.name,
                    other=problem.agents[first].name,
                ),
                text("Give each agent a number of their own, or leave the cell blank."),
            )


def _look_alikes(facts: str, field: str, kind: str, names: list[str]) -> Iterator[Finding]:
    """Names that a reader takes for one: they look alike, or differ in no more than capitals and spaces."""
    likes: dict[str, int] = {}
    for index, name in enumerate(names):
        first = likes.setdefault(likeness(name), index)
        same = names[first]
        if same == name:
            continue
        unseen = unseen_signs(name + same) if look(name) == look(same) else ""
        message = (
            text(
                '{kind} "{name}" looks like another one, but for signs that are not seen ({unseen_signs}).',
                kind=kind,
                name=name,
                unseen_signs=unseen,
            )
            if unseen
            else text(
                '{kind} "{name}" and "{same}" differ only in capitals, spaces or signs that look alike.',
                kind=kind,
                name=name,
                same=same,
            )
        )
        yield error(
            (facts, index, field),
            message,
            text("If they are one, keep one of them; if they are two, give them names that look different."),
        ).model_copy(update={"beside": Place(path=(facts, first, field))})


def _strangers(problem: Problem) -> Iterator[Finding]:
    skills = {skill.name: None for skill in problem.skills}
    templates = {template.name: None for template in problem.templates}
    contracts = {contract.name: None for contract in problem.contracts}

    def stranger(
        path: FactPath,
        kind: str,
        name: str,
        known: Mapping[str, None],
        sheet: str,
        within: tuple[str, ...] = (),
    ) -> Iterator[Finding]:
        if known and name not in known:
            yield error(path, *unknown_name(kind, name, known, sheet, within))

    for index, demand in enumerate(problem.demand):
        yield from stranger(("demand", index, "skill"), text("skill"), demand.skill, skills, "Skills")
    for index, wanted in enumerate(problem.headcounts):
        path: FactPath = ("headcounts", index)
        yield from stranger((*path, "template"), text("shift"), wanted.template, templates, "Shifts")
        if wanted.skill is not None:
            yield from stranger((*path, "skill"), text("skill"), wanted.skill, skills, "Skills")
    for index, contract in enumerate(problem.contracts):
        for at, name in enumerate(contract.templates):
            yield from stranger(
                ("contracts", index, "templates", at),
                text("shift"),
                name,
                templates,
                "Shifts",
                contract.templates,
            )
    for index, agent in enumerate(problem.agents):
        path = ("agents", index)
        yield from stranger((*path, "contract"), text("contract"), agent.contract, contracts, "Contracts")
        for at, name in enumerate(agent.skills):
            at_skill = (*path, "skills", at)
            yield from stranger(at_skill, text("skill"), name, skills, "Skills", agent.skills)
        for at, pin in enumerate(agent.pins):
            if pin.template is not None:
                where = (*path, "pins", at, "template")
                yield from stranger(where, text("shift"), pin.template, templates, "Shifts")
        for at, wish in enumerate(agent.shift_wishes):
            if wish.template is not None:
                where = (*path, "shift_wishes", at, "template")
                yield from stranger(where, text("shift"), wish.template, templates, "Shifts")
        for at, duty in enumerate(agent.history):
            if duty.template is not None and templates and duty.template not in templates:
                said = unknown_name(text("shift"), duty.template, templates, "Shifts")
                yield warning((*path, "history", at, "template"), *said)  # the template may be gone by now
