"""Whether every name of a problem is given once and refers to something; the checks that need no number."""

from collections.abc import Iterator
from itertools import chain

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding, NamesOnSheet, Place
from scheduler.domain.values.spelling import likeness, look, unseen_signs
from scheduler.domain.values.words import counted
from scheduler.texts import text, text_n


def reference_faults(problem: Problem) -> list[Finding]:
    """Duplicate names, and names that refer to nothing; the checks that need no number.

    Where a list is empty, references into it are not reported.
    """
    faults = chain(
        _twice("skills", text("skill"), [skill.name for skill in problem.skills]),
        _twice("demand", text("the demand of skill"), [demand.skill for demand in problem.demand]),
        _twice("headcounts", text("the headcount of"), [wanted.row for wanted in problem.headcounts]),
        _twice("scenarios", text("scenario"), [one.name for one in problem.scenarios]),
        _twice("templates", text("shift"), [template.name for template in problem.templates]),
        _twice("contracts", text("contract"), [contract.name for contract in problem.contracts]),
        _twice("agents", text("agent"), [agent.name for agent in problem.agents]),
        _twice("premiums", text("premium"), [one.name for one in problem.premiums]),
        _personnel_numbers_twice(problem),
        _personnel_numbers_of_other_lengths(problem),
        _strangers(problem),
    )
    return list(faults)  # all of them: what they stand at is left out of the checks that build on names


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


def _personnel_numbers_of_other_lengths(problem: Problem) -> Iterator[Finding]:
    """Numbers that a spreadsheet may have taken zeros from: shorter than others, which begin with some."""
    said = [(index, agent.personnel_number or "") for index, agent in enumerate(problem.agents)]
    numbers = [(index, number) for index, number in said if number.isdecimal()]
    lengths = {len(number) for _, number in numbers if number.startswith("0")}
    short = [(index, number) for index, number in numbers if len(number) < max(lengths, default=0)]
    if short and len(lengths) == 1:
        (length,), (first, number) = lengths, short[0]
        yield warning(
            ("agents", first, "personnel_number"),
            text_n(
                "{agents} has a personnel number without the zeros that others begin with (first {number}).",
                "{agents} have personnel numbers without the zeros that others begin with (first {number}).",
                len(short),
                agents=counted(len(short), "agent"),
                number=number,
            ),
            text("Write it as text, such as {number}, if that is it.", number=number.zfill(length)),
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
    skills = NamesOnSheet(text("skill"), problem.skill_named, "Skills")
    templates = NamesOnSheet(text("shift"), problem.template_named, "Shifts")
    contracts = NamesOnSheet(text("contract"), problem.contract_named, "Contracts")

    def stranger(
        path: FactPath, name: str, known: NamesOnSheet, within: tuple[str, ...] = ()
    ) -> Iterator[Finding]:
        if known and name not in known:
            yield error(path, *known.unknown(name, within))

    for index, demand in enumerate(problem.demand):
        yield from stranger(("demand", index, "skill"), demand.skill, skills)
    for index, wanted in enumerate(problem.headcounts):
        path: FactPath = ("headcounts", index)
        yield from stranger((*path, "template"), wanted.template, templates)
        if wanted.skill is not None:
            yield from stranger((*path, "skill"), wanted.skill, skills)
    for index, contract in enumerate(problem.contracts):
        for at, name in enumerate(contract.templates):
            yield from stranger(("contracts", index, "templates", at), name, templates, contract.templates)
    for index, agent in enumerate(problem.agents):
        path = ("agents", index)
        yield from stranger((*path, "contract"), agent.contract, contracts)
        for at, name in enumerate(agent.skills):
            at_skill = (*path, "skills", at)
            yield from stranger(at_skill, name, skills, agent.skills)
        for at, pin in enumerate(agent.pins):
            if pin.template is not None:
                where = (*path, "pins", at, "template")
                yield from stranger(where, pin.template, templates)
        for at, wish in enumerate(agent.shift_wishes):
            if wish.template is not None:
                where = (*path, "shift_wishes", at, "template")
                yield from stranger(where, wish.template, templates)
        for at, duty in enumerate(agent.history):
            if duty.template is not None and templates and duty.template not in templates:
                said = templates.unknown(duty.template)
                yield warning((*path, "history", at, "template"), *said)  # the template may be gone by now
