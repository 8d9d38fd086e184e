"""What a sheet says by the interval, and whose column of it a heading names.

Demand and Volumes have one form: rows of dates or weekdays and times, with a column for each skill or a row.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.values.spelling import spelt
from scheduler.io.cells.columns import Sheet, normalised
from scheduler.io.input.sheets import DEMAND, VOLUMES
from scheduler.io.input.sheets.past_volumes import PAST_VOLUMES
from scheduler.texts import marked


@dataclass(frozen=True)
class ByInterval:
    """A sheet with numbers by interval and skill.

    Parameters
    ----------
    measures
        Keys of the columns that hold numbers; without one in the first there is no row.
    tails
        What stands behind a skill's name in the headings of the other measures, in the wide form.
    """

    sheet: Sheet
    measures: tuple[str, ...]
    tails: tuple[str, ...]
    named: str
    repeated: str
    alone: str
    without: str
    blank: str
    blank_when: str
    zero: str

    @property
    def main(self) -> str:
        """The measure that every row has."""
        return self.measures[0]

    @cached_property
    def measure_of(self) -> dict[str, str]:
        """The measure by every spelling of it."""
        return {tail: measure for measure in self.measures for tail in self.sheet.column(measure).spellings}


DEMAND_ROWS = ByInterval(
    DEMAND,
    ("required", "minimum", "maximum"),
    (" minimum", " maximum", " required"),
    named=marked('{hint} A column is named after a skill, with " minimum" or " maximum" behind it.'),
    repeated=marked('how many "{skill}" are {measure} stands in column {column} already.'),
    alone=marked('there is a {measure} for skill "{skill}", but no column of how many are required.'),
    without=marked("no column holds the demand of a skill."),
    blank=marked("{skill}: no number of agents is given."),
    blank_when=marked("{skill}: no number of agents is given for {when}."),
    zero=marked("Write 0 where nobody is needed."),
)
VOLUME_ROWS = ByInterval(
    VOLUMES,
    ("contacts", "aht_seconds"),
    (" aht", " contacts"),
    named=marked('{hint} A column is named after a skill, with " AHT" behind it for its handling time.'),
    repeated=marked('the {measure} of "{skill}" stands in column {column} already.'),
    alone=marked('there is a {measure} for skill "{skill}", but no column of its contacts.'),
    without=marked("no column holds the contacts of a skill."),
    blank=marked("{skill}: no number of contacts is given."),
    blank_when=marked("{skill}: no number of contacts is given for {when}."),
    zero=marked("Write 0 where nobody calls."),
)

PAST_ROWS = replace(VOLUME_ROWS, sheet=PAST_VOLUMES)


def skill_and_measure(heading: str, skills: tuple[str, ...], of: ByInterval) -> tuple[str | None, str]:
    """The skill and the measure of a column.

    A skill whose own name ends in a measure is tried first, and the exact name before one that differs in
    punctuation: C++ and C# are two skills.
    """
    said = spelt(heading)
    name, _, word = said.rpartition(" ")
    measures = of.measure_of
    if said in skills:
        return said, of.main
    if name in skills and normalised(word) in measures:
        return name, measures[normalised(word)]
    like: dict[str, list[str]] = {}
    for skill in skills:
        like.setdefault(normalised(skill), []).append(skill)
    named = {key: those[0] for key, those in like.items() if len(those) == 1}
    loose = normalised(heading)
    if loose in named:
        return named[loose], of.main
    for tail, measure in measures.items():
        if loose.endswith(tail) and loose.removesuffix(tail) in named:
            return named[loose.removesuffix(tail)], measure
    return None, of.main
