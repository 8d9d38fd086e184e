"""Whose column of the Demand sheet a heading names, and which measure of it."""

from scheduler.domain.values.spelling import spelt
from scheduler.io.cells.columns import normalised
from scheduler.io.input.sheets import DEMAND

MEASURES = ("required", "minimum", "maximum")

_TAILS = {measure: tuple(dict.fromkeys(DEMAND.column(measure).spellings)) for measure in MEASURES}


def skill_and_measure(heading: str, skills: tuple[str, ...]) -> tuple[str | None, str]:
    """The skill and the measure of a column.

    A skill whose own name ends in a measure is tried first, and the exact name before one that differs in
    punctuation: C++ and C# are two skills.
    """
    said = spelt(heading)
    name, _, word = said.rpartition(" ")
    measures = {tail: measure for measure, tails in _TAILS.items() for tail in tails}
    if said in skills:
        return said, "required"
    if name in skills and normalised(word) in measures:
        return name, measures[normalised(word)]
    like: dict[str, list[str]] = {}
    for skill in skills:
        like.setdefault(normalised(skill), []).append(skill)
    named = {key: those[0] for key, those in like.items() if len(those) == 1}
    loose = normalised(heading)
    if loose in named:
        return named[loose], "required"
    for tail, measure in measures.items():
        if loose.endswith(tail) and loose.removesuffix(tail) in named:
            return named[loose.removesuffix(tail)], measure
    return None, "required"
