"""The table of all rules in ``docs/rules.md``, made from the catalogue.

python -m tests.rules.listed --write   writes it, after a rule has been added
"""

import sys
from pathlib import Path

from constraints import CATALOGUE
from scheduler.domain import Headcount
from scheduler.model import Gap, Pair, Rest, Rule, Spread, Staffing, Strength
from tests.benchmarks.markdown import table
from tests.rules.worlds import world

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
DAYS = 14
BEGIN, END = "<!-- rules -->", "<!-- /rules -->"


def listed() -> str:
    """Each rule with its sentence, its unit and its part in the proof, in the order of the catalogue."""
    rows = [
        [
            f"`{rule.model_fields['kind'].default}`",
            (rule.__doc__ or "").strip().splitlines()[0].replace("``", "`"),
            rule.unit,
            proof(rule),
        ]
        for rule in CATALOGUE
    ]
    return table(["rule", "says", "price per", "proof"], rows)


def proof(rule: type[Rule]) -> str:
    """Whether the bound counts a must of this rule, by the kinds of limit that its example has."""
    if rule.model_fields["strength"].default is Strength.REPORT:
        return "only reported"
    wanted = (Headcount(template="day", required=(1,) * DAYS, maximum=(2,) * DAYS),)
    problem = world(days=DAYS, histories={"Ann": "DDN.D"}, headcounts=wanted)
    limits = list(rule.example(("day", "night")).limits(problem))
    left_out = any(
        isinstance(limit, Rest | Spread)
        or (isinstance(limit, Gap) and limit.in_a_row > 0)
        or (isinstance(limit, Pair) and limit.first_day > limit.then_day)
        or (isinstance(limit, Staffing) and bool(limit.agents))
        for limit in limits
    )
    return "left out" if left_out else "counted"


def with_rules(page: str) -> str:
    """A page with its table made anew."""
    (before, _), (_, after) = page.split(BEGIN), page.split(END)
    return f"{before}{BEGIN}\n\n{listed()}\n\n{END}{after}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(with_rules(PAGE.read_text("utf-8")), encoding="utf-8")
    else:
        print(listed())
