"""The sheet Scenarios: what else may come than what is planned."""

from dataclasses import replace

from scheduler.domain.facts.scenarios import LEAST_CHANGE, MOST_CHANGE, MOST_WEIGHT
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet
from scheduler.io.input.sheets.campaign import DEMAND

SCENARIOS = Sheet(
    "scenarios", "Scenarios", "情景",
    "What else may come, and how much each of it counts: the roster costs least on average over all of them.",
    (
        Column(
            "name", "Scenario", "情景", Kind.TEXT,
            "What it is called. Rows of one name are one scenario; where several hold at a time they are "
            "added.", needed=True, width=20
        ),
        Column(
            "weight", "Weight", "权重", Kind.NUMBER,
            "How much it counts beside the others, such as 70 and 30; once for each scenario is enough.",
            aliases=("probability", "likelihood", "chance"), least=0, most=MOST_WEIGHT, width=10
        ),
        Column(
            "skill", "Skill", "技能", Kind.TEXT, "Of one skill alone; blank is every one.",
            names_from="skills", width=18
        ),
        replace(
            DEMAND.column("date"), key="days",
            comment="Dates on the campaign's clock, or weekdays (Mon-Fri). Left out, it is every day."
        ),
        Column(
            "start", "From", "从", Kind.CLOCK, "From when on these days. Left out, midnight.", least=0,
            most=2 * MINUTES_PER_DAY
        ),
        Column(
            "end", "To", "至", Kind.END_CLOCK,
            "Until when; 25:30 is half past one in the night. Left out, the end of the day.", least=0,
            most=2 * MINUTES_PER_DAY
        ),
        Column(
            "percent", "Change (%)", "变化(%)", Kind.PERCENT,
            "More (20) or fewer (-20) per cent: of the contacts where the skill has Volumes, of the agents "
            "where it has Demand. Left out with skill and times, it is as planned.",
            aliases=("change", "percent", "more or fewer"), least=LEAST_CHANGE, most=MOST_CHANGE
        ),
    ),
)  # fmt: skip
